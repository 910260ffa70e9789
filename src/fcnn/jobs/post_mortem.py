"""What is said of a training whose loss or weights are no longer finite: where it began, with which row and column."""

from typing import Any, Mapping, Optional, Sequence, Tuple

import numpy as np

from fcnn.config.structs import optimizer_of
from fcnn.data.stored import pieces_of, take
from fcnn.errors import FcnnError
from fcnn.jobs.prepare import Prepared
from fcnn.network import backend
from fcnn.training.learner import Learner
from fcnn.training.non_finite import NonFiniteError, Suspect, explain_non_finite
from fcnn.training.post_mortem import FirstBad, find_first_bad
from fcnn.training.rows import Rows
from fcnn.training.saving import Checkpoints
from fcnn.training.schedules import LearningRate
from fcnn.wording import say


def explained(
    error: NonFiniteError,
    prepared: Prepared,
    learner: Learner,
    parts: Mapping[str, Rows],
    checkpoints: Checkpoints,
    number: int,
    rates: LearningRate,
    callbacks: Sequence[Any],
) -> FcnnError:
    """The error that a user reads.

    It is looked into by repeating the training, where that gives the same: not with callbacks, which would be called
    twice, and not where several processes or devices share the rows.

    Args:
        error: what was seen.
        prepared: the job.
        learner: the network; it is of no use afterwards.
        parts: the rows of ``train`` and, where there is one, ``validation``.
        checkpoints: of the run.
        number: of the training, from 1.
        rates: as a new training gets them.
        callbacks: of the training.
    """
    first = None
    if not callbacks and learner.is_alone and checkpoints.are_written:
        learner.start_again(prepared.config.seed)
        if prepared.initial is not None:
            backend.set_arrays(learner.model, prepared.initial, list(prepared.design.architecture.shapes()))
        state = checkpoints.restore(number, learner, rates)
        done = 0 if state is None else state.epoch
        validation = parts.get("validation")
        first = find_first_bad(learner, parts["train"], validation, error.rates, done, prepared.config.seed)
    layers = len(prepared.design.architecture.layers)
    return explain_non_finite(error, suspect(prepared.dataset, first), *_rates(prepared), _where(first, layers))


def suspect(dataset: Any, first: Optional[FirstBad]) -> Suspect:
    """The column with the largest value, standardised: of the rows it began with, or else of all but the test rows."""
    names = dataset.preprocessing.feature_names
    if first is None:
        kept = (part.x for name, part in dataset.parts.items() if name != "test")
        largest = np.max([np.abs(piece).max(axis=0) for x in kept for piece in pieces_of(x)], axis=0)
        column = int(largest.argmax())
        return Suspect(names[column], float(largest[column]))
    part, positions = dataset.parts[first.part], np.sort(first.rows)
    sizes = np.abs(take(part.x, positions))
    row, column = divmod(int(sizes.argmax()), sizes.shape[1])
    return Suspect(names[column], float(sizes[row, column]), dataset.row_names.name(int(part.rows[positions[row]])))


def _rates(prepared: Prepared) -> Tuple[float, float]:
    """The learning rate that the training began with, and one to try."""
    optimizer = optimizer_of(prepared.config)
    return optimizer.learning_rate, min(optimizer.learning_rate / 10, type(optimizer)().learning_rate)


def _where(first: Optional[FirstBad], layers: int) -> str:
    """Batch and layer in words; an empty text where they are not known."""
    if first is None:
        return ""
    layer = say("the output layer")
    if first.layer is not None and first.layer < layers:
        layer = say("layer {number}", number=first.layer)
    what = {
        "forward": say("the output of {layer}", layer=layer),
        "loss": say("the loss, the outputs being finite"),
        "gradient": say("the gradient of {layer}, the loss being finite", layer=layer),
        "update": say("the weights of {layer} after the step, its gradient being finite", layer=layer),
    }[first.place]
    if first.part == "validation":
        return say("first with validation rows: {what}", what=what)
    return say("first in batch {step} of {steps}: {what}", step=first.step, steps=first.steps, what=what)
