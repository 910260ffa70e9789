"""Where a training first left the finite numbers: it is repeated from its last checkpoint, the last epoch step by step.

Epochs that were finite are repeated with the steps that are compiled already; those of the epoch that was not are run
one by one, uncompiled, and looked at after each. Rounding differs between the two in the last digits, so that a blow-up
that hangs on those may not be met again: then nothing is said.
"""

import time
from dataclasses import dataclass
from typing import Any, Iterator, Optional, Sequence, Tuple

import numpy as np

from fcnn.network import backend
from fcnn.network.backend import tf
from fcnn.network.dropout import get_counters, set_counters
from fcnn.training.learner import Learner
from fcnn.training.order import epoch_order
from fcnn.training.rows import Rows, Tensors

MOST_SECONDS = 20.0
"""That are spent on looking: what takes longer than this to repeat is not looked into."""


@dataclass(frozen=True)
class FirstBad:
    """Where the first number appeared that is not finite."""

    place: str
    """``forward``, ``loss``, ``gradient`` or ``update``."""
    layer: Optional[int]
    """Counting from 1, the output layer is the last; None where it is the loss of finite outputs."""
    part: str
    """``train`` or ``validation``."""
    rows: np.ndarray
    """Positions in the part of the rows that it happened with: those of the batch, or fewer where it can be told."""
    step: int = 0
    """Of the epoch, counting from 1; 0 for ``validation``."""
    steps: int = 0
    """Of the epoch."""


def find_first_bad(
    learner: Learner,
    training: Rows,
    validation: Optional[Rows],
    rates: Sequence[float],
    done: int,
    seed: int,
    seconds: float = MOST_SECONDS,
) -> Optional[FirstBad]:
    """Repeat a training that came to an end, and look for the first number that is not finite.

    Args:
        learner: as it was after `done` epochs; it is of no use afterwards.
        training: the rows to learn from.
        validation: the rows that were measured after each epoch.
        rates: the learning rate of each epoch, the last of which is the one that was not finite.
        done: epochs that need not be repeated.
        seed: of the order of the rows.
        seconds: that it may take.

    Returns:
        None where it did not happen again, or would take too long.
    """
    deadline = time.monotonic() + seconds
    for epoch in range(done + 1, len(rates)):
        backend.set_learning_rate(learner.optimizer, rates[epoch - 1])
        order = epoch_order(*training.shape, seed, epoch)
        learner.engine.epoch(training, order, lambda: time.monotonic() > deadline, validation)
        if time.monotonic() > deadline:
            return None
    backend.set_learning_rate(learner.optimizer, rates[-1])
    order = epoch_order(*training.shape, seed, len(rates))
    size = learner.engine.batch_size
    weights, steps = learner.model.get_weights(), -(-len(order) // size)
    for step, batch in enumerate(_batches(training, order, size), 1):
        counters = get_counters(learner.model)
        loss = learner.engine.step(batch)
        after = learner.model.get_weights()
        if not np.isfinite(loss) or not all(np.isfinite(array).all() for array in after):
            learner.model.set_weights(weights)
            set_counters(learner.model, counters)
            place, layer, rows = _look(learner, batch, training=True)
            if not place:
                place, layer = "update", _first_layer(learner.model, after)
            positions = order[(step - 1) * size : step * size]
            return FirstBad(place, layer, "train", positions if rows is None else positions[rows], step, steps)
        weights = after
        if time.monotonic() > deadline:
            return None
    return None if validation is None else _in_validation(learner, validation)


def _batches(part: Rows, order: np.ndarray, size: int) -> Iterator[Tensors]:
    for rows, positions in part.chunks(order, size):
        if positions is None:
            yield rows
        else:
            yield Tensors(*(None if each is None else tf.gather(each, positions) for each in rows))


def _in_validation(learner: Learner, validation: Rows) -> Optional[FirstBad]:
    start = 0
    for rows in validation.blocks():
        place, layer, found = _look(learner, rows, training=False)
        count = int(rows.x.shape[0])
        if place in ("forward", "loss"):
            positions = np.arange(start, start + count)
            return FirstBad(place, layer, "validation", positions if found is None else positions[found])
        start += count
    return None


def _look(learner: Learner, rows: Tensors, training: bool) -> Tuple[str, Optional[int], Optional[np.ndarray]]:
    """The first place that is not finite, or an empty text; its layer; a mask of the rows, where it can be told."""
    model = learner.model
    with tf.GradientTape() as tape:
        output = rows.x
        for number, layer in _numbered(model):
            output = layer(output, training=training)
            fine = np.isfinite(output.numpy()).all(axis=1)
            if not fine.all():
                return "forward", number, ~fine
        losses = learner.engine.losses(rows, output)
        loss = tf.reduce_mean(losses)
    fine = np.isfinite(np.ravel(losses.numpy()))
    if not fine.all():
        return "loss", None, ~fine
    if not np.isfinite(loss.numpy()):
        return "loss", None, None
    owners = {id(variable): number for number, layer in _numbered(model) for variable in layer.trainable_variables}
    variables = model.trainable_variables
    gradients = tape.gradient(loss, variables)
    bad = [
        owners[id(variable)]
        for variable, gradient in zip(variables, gradients)
        if not np.isfinite(gradient.numpy()).all()
    ]
    return ("gradient", max(bad), None) if bad else ("", None, None)  # the backward pass begins at the end


def _numbered(model: Any) -> Iterator[Tuple[int, Any]]:
    """Keras's layers with the number of the layer of the config that each belongs to."""
    number = 0
    for layer in model.layers:
        number += layer.name.startswith("dense_")
        yield number, layer


def _first_layer(model: Any, weights: Sequence[np.ndarray]) -> Optional[int]:
    """The first layer with a weight that is not finite."""
    rest = list(weights)
    for number, layer in _numbered(model):
        own, rest = rest[: len(layer.weights)], rest[len(layer.weights) :]
        if not all(np.isfinite(array).all() for array in own):
            return number
    return None
