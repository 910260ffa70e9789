"""Gradients by trying: the slope of the loss when one weight is moved a little, beside what the chain rule says."""

from typing import Dict, List, Mapping, NamedTuple, Sequence, Tuple

import numpy as np

from fcnn.inference.network import Architecture
from fcnn.insight.losses import losses
from fcnn.insight.passes import LayerGradients, forward_pass

STEP = 1e-5
"""Of a weight to both sides, times its size where that is above 1: the error of the slope is about STEP squared, and
what float64 rounds away about 1e-16 divided by STEP, so that both are near 1e-11."""
ENTRIES = 4
"""Of each array."""


class Checked(NamedTuple):
    """One weight."""

    array: str
    """Its array by name: ``00/kernel``."""
    place: Tuple[int, ...]
    """Where in it, from 0."""
    chain_rule: float
    numeric: float
    """(L(w + h) - L(w - h)) / 2h."""

    @property
    def difference(self) -> float:
        """Of the two."""
        return abs(self.chain_rule - self.numeric)


def check_gradients(
    architecture: Architecture,
    arrays: Mapping[str, np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    loss: str,
    gradients: Sequence[LayerGradients],
) -> List[Checked]:
    """Move some weights of every array, those with the largest gradient, the smallest, and others between.

    Args:
        architecture: the layers.
        arrays: weights by name.
        x: (rows, inputs) float.
        y: (rows,) integer codes of classes, or standardised values.
        loss: the canonical name of a config's loss.
        gradients: of the mean loss of the rows, as :func:`fcnn.insight.passes.backward_pass` gives them.
    """
    exact: Dict[str, np.ndarray] = {name: array.astype(np.float64) for name, array in arrays.items()}

    def mean_loss() -> float:
        return float(losses(loss, y, forward_pass(architecture, exact, x)[-1].a).mean())

    checked: List[Checked] = []
    for index, layer in enumerate(gradients):
        for own, gradient in layer.arrays.items():
            name = f"{index:02d}/{own}"
            for position in _spread(gradient):
                place = tuple(int(each) for each in np.unravel_index(position, gradient.shape))
                before = float(exact[name][place])
                step = STEP * max(1.0, abs(before))
                found = []
                for moved in (before + step, before - step):
                    exact[name][place] = moved
                    found.append(mean_loss())
                exact[name][place] = before
                checked.append(Checked(name, place, float(gradient[place]), (found[0] - found[1]) / (2 * step)))
    return checked


def _spread(gradient: np.ndarray) -> np.ndarray:
    """Positions of entries from the largest to the smallest size, evenly among their ranks."""
    order = np.argsort(-np.abs(gradient), axis=None, kind="stable")
    ranks = np.linspace(0, len(order) - 1, min(ENTRIES, len(order))).round().astype(int)
    return order[ranks]
