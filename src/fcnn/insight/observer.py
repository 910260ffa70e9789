"""Which epochs are measured, and what was found: for a few percent of the time that training takes.

The rule counts work and no clocks, so that equal trainings are measured at equal epochs, on any machine and where one
goes on after a kill: the first epoch always; each later one when all measurements, with this one, come to at most
:data:`SHARE` of the epochs so far. A share of what TensorFlow takes to start is spent beside that, on epochs further
and further apart: so the beginning, where networks die, is seen in the smallest of them, too, of which else every
hundredth epoch or so would be measured. The weights that are kept are measured in any case, at the end.
"""

from bisect import bisect_left
from typing import Any, Dict, List, Mapping, Optional, Sequence

import numpy as np

from fcnn.data.stored import Matrix, take
from fcnn.inference.blocks import FEWEST_ROWS
from fcnn.inference.front import values_encoded
from fcnn.inference.network import Architecture
from fcnn.insight.measuring import COLUMNS, Probe, measure

PROBE_ROWS = 256
"""Training rows that are looked at: a unit that answers to 2 % of the rows is found dead on 0.6 % of such probes."""
SHARE = 0.03
"""Of the time of a training, by the estimates below: 5 % less what they may be wrong by."""
STARTING = 0.5
"""Seconds that TensorFlow takes at the very least to trace and compile a training, before its first epoch ends."""
SPACING = 1.15
"""Times as far as the last measured epoch is the next one for which that is spent."""
STEP, LAYER = 5e-5, 4e-4
"""Seconds of a step of TensorFlow, and of a layer in NumPy, where there is next to nothing to compute."""
ACTIVATION = 4e-8
"""Seconds of all that NumPy does with one row's output of one unit."""
RATE, MEASURING_RATE = 6e10, 2e10
"""Operations a second of a processor, in training and in NumPy, in large products."""
OPERATIONS = 6
"""For each row and weight: multiplied and added on the way forward, twice on the way back."""


def choose_probe(x: Matrix, y: np.ndarray, weight: Optional[np.ndarray], seed: int) -> Probe:
    """Some training rows, chosen at random by the seed; all where they are few.

    Their weights are divided by the mean, so that the size of a gradient does not depend on the unit of weights.

    Args:
        x: (rows, features) float32, in memory or on the disk.
        y: (rows,) what the network learns.
        weight: (rows,) of the loss, or None for ones.
        seed: of the training.
    """
    count = min(PROBE_ROWS, len(y))
    count -= count % FEWEST_ROWS if count > FEWEST_ROWS else 0  # so many can be multiplied block by block
    chosen = np.sort(np.random.default_rng(seed).choice(len(y), count, replace=False, shuffle=False))
    if weight is None or not weight[chosen].any():
        return Probe(take(x, chosen), y[chosen])
    return Probe(take(x, chosen), y[chosen], weight[chosen] / weight[chosen].mean())


class Observer:
    """Looks at a network after its epochs."""

    def __init__(
        self,
        architecture: Architecture,
        loss: str,
        probe: Probe,
        rows: int,
        batch_size: int,
        columns: Optional[Mapping[str, Sequence[float]]] = None,
    ) -> None:
        """Begin, or go on where a training that was killed had come to.

        Args:
            architecture: the layers.
            loss: the canonical name of a config's loss.
            probe: the rows to look at.
            rows: of training.
            batch_size: of training.
            columns: what was measured before the kill.
        """
        self._architecture = architecture
        self._loss = loss
        self._probe = probe
        self._names = list(architecture.shapes())
        self._before: Optional[Sequence[np.ndarray]] = None
        self.columns: Dict[str, List[float]] = {name: list((columns or {}).get(name, ())) for name in COLUMNS}
        layers = len(architecture.layers)
        units = sum(layer.units for layer in architecture.layers) + values_encoded(architecture.front)
        operations = OPERATIONS * architecture.trainable_parameters
        looked_at = len(probe.y)
        self._cost = layers * LAYER + looked_at * (units * ACTIVATION + operations / MEASURING_RATE)
        self._epoch_cost = -(-rows // batch_size) * STEP + rows * operations / RATE

    def is_due(self, epoch: int) -> bool:
        """Whether an epoch is to be measured."""
        measured = self.columns["epoch"]
        cost = (len(measured) // len(self._architecture.layers) + 1) * self._cost
        share = SHARE * epoch * self._epoch_cost
        is_apart = not measured or epoch >= SPACING * measured[-1]
        return epoch == 1 or cost <= share or (is_apart and cost <= share + SHARE * STARTING)

    def look(self, epoch: int, weights: Sequence[np.ndarray]) -> None:
        """Take notice of the weights after an epoch.

        Args:
            epoch: that is over, counting from 1; 0 before the first; where a training goes on, the last one before.
            weights: effective ones, as Keras orders them; nobody changes them afterwards.
        """
        if epoch and self.columns["epoch"][-1:] != [epoch] and self.is_due(epoch):
            self._measure(epoch, weights, self._before, len(self.columns["epoch"]))
        self._before = weights if self.is_due(epoch + 1) else None

    def look_at_kept(self, epoch: int, weights: Sequence[np.ndarray]) -> None:
        """Measure the weights that are kept, where their epoch was passed over; what they were before is gone."""
        epochs = self.columns["epoch"]
        position = bisect_left(epochs, epoch)
        if epochs[position : position + 1] != [epoch]:
            self._measure(epoch, weights, None, position)

    def _measure(
        self, epoch: int, weights: Sequence[np.ndarray], before: Optional[Sequence[np.ndarray]], position: int
    ) -> None:
        found = measure(self._architecture, self._named(weights), self._named(before), self._probe, self._loss)
        for number, row in enumerate(found):
            for name, value in ({"epoch": float(epoch), **row}).items():
                self.columns[name].insert(position + number, value)

    def _named(self, weights: Any) -> Any:
        return None if weights is None else dict(zip(self._names, weights))
