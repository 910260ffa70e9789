"""Losses and weights that became NaN or infinite."""

import math
from typing import Mapping, Sequence

import numpy as np

from fcnn.errors import FcnnError, Problem, TrainingError
from fcnn.wording import say, say_joined

OUTLIER = 10.0
"""Standard deviations from the mean from which on a value is worth a look."""


class NonFiniteError(TrainingError):
    """Loss or weights are no longer finite numbers."""

    def __init__(self, epoch: int, what: str) -> None:
        """Remember the epoch (from 1) and what was found."""
        super().__init__(Problem(say("{what} in epoch {epoch}", what=what, epoch=epoch)))
        self.epoch = epoch
        self.what = what


def check_finite(weights: Sequence[np.ndarray], figures: Mapping[str, float], epoch: int) -> None:
    """Raise a NonFiniteError where an epoch's losses, or the weights after it, are no finite numbers.

    A finite loss does not prove finite weights: TensorFlow 2.21 with oneDNN turns the NaN of a unit into 0 in its fused
    ReLU.
    """
    if not math.isfinite(figures.get("loss", 0.0)):
        raise NonFiniteError(epoch, say("the loss became {value}", value=figures["loss"]))
    if not math.isfinite(figures.get("val_loss", 0.0)):
        raise NonFiniteError(epoch, say("the validation loss became {value}", value=figures["val_loss"]))
    if not all(np.isfinite(weight).all() for weight in weights):
        raise NonFiniteError(epoch, say("a weight became NaN or infinite"))


def explain_non_finite(
    error: NonFiniteError, largest_column: str, magnitude: float, rate: float, lower: float
) -> FcnnError:
    """The error that a user reads: epoch, the column that may be behind it, and what to try."""
    hint: str = say("try training.optimizer.learning_rate={rate:g}, or training.clipnorm=1", rate=lower)
    if magnitude > OUTLIER:
        look = say("look at column {name!r} for outliers", name=largest_column)
        hint = say_joined("{left}; {right}", [hint, look])
    message = say("{what} in epoch {epoch}; nothing was kept", what=error.what, epoch=error.epoch)
    received = say(
        "column {name!r} has the largest standardised magnitude, {magnitude:.3g}; learning rate {rate:g}",
        name=largest_column,
        magnitude=magnitude,
        rate=rate,
    )
    return TrainingError(Problem(message, "training", received=received, hint=hint))
