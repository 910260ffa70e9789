"""Losses and weights that became NaN or infinite."""

import math
from dataclasses import dataclass
from typing import Mapping, Sequence

import numpy as np

from fcnn.errors import FcnnError, Problem, TrainingError
from fcnn.wording import say, say_joined

OUTLIER = 10.0
"""Standard deviations from the mean from which on a value is worth a look."""
HOPELESS = 1e6
"""... and from which on no learning rate helps."""


class NonFiniteError(TrainingError):
    """Loss or weights are no longer finite numbers."""

    def __init__(self, epoch: int, what: str, rates: Sequence[float] = ()) -> None:
        """Remember the epoch (from 1), what was found, and the learning rates of all epochs up to it."""
        super().__init__(Problem(say("{what} in epoch {epoch}", what=what, epoch=epoch)))
        self.epoch = epoch
        self.what = what
        self.rates = rates


def check_finite(
    weights: Sequence[np.ndarray], figures: Mapping[str, float], epoch: int, rates: Sequence[float] = ()
) -> None:
    """Raise a NonFiniteError where an epoch's losses, or the weights after it, are no finite numbers.

    A finite loss does not prove finite weights: TensorFlow 2.21 with oneDNN turns the NaN of a unit into 0 in its fused
    ReLU.
    """
    if not math.isfinite(figures.get("loss", 0.0)):
        raise NonFiniteError(epoch, say("the loss became {value}", value=figures["loss"]), rates)
    if not math.isfinite(figures.get("val_loss", 0.0)):
        raise NonFiniteError(epoch, say("the validation loss became {value}", value=figures["val_loss"]), rates)
    if not all(np.isfinite(weight).all() for weight in weights):
        raise NonFiniteError(epoch, say("a weight became NaN or infinite"), rates)


@dataclass(frozen=True)
class Suspect:
    """The column that may be behind it."""

    column: str
    magnitude: float
    """The largest absolute value, standardised."""
    row: str = ""
    """Where that is; empty where it was not looked for."""


def explain_non_finite(
    error: NonFiniteError, suspect: Suspect, rate: float, lower: float, where: str = ""
) -> FcnnError:
    """The error that a user reads: epoch, batch and layer, the column that may be behind it, and what to try.

    Args:
        error: what was seen.
        suspect: the column.
        rate: the learning rate.
        lower: one to try.
        where: it began, in words; empty where that is not known.
    """
    hint: str = say("try training.optimizer.learning_rate={rate:g}, or training.clipnorm=1", rate=lower)
    if suspect.magnitude > OUTLIER:
        look = say("look at column {name!r} for outliers", name=suspect.column)
        hint = look if suspect.magnitude > HOPELESS else say_joined("{left}; {right}", [hint, look])
    message = say("{what} in epoch {epoch}; nothing was kept", what=error.what, epoch=error.epoch)
    column = say(
        "column {name!r} has the largest standardised magnitude, {magnitude:.3g}",
        name=suspect.column,
        magnitude=suspect.magnitude,
    )
    if suspect.row:
        column = say("{column} in {row}", column=column, row=suspect.row)
    parts = [*([where] if where else []), column, say("learning rate {rate:g}", rate=rate)]
    return TrainingError(Problem(message, "training", received=say_joined("{left}; {right}", parts), hint=hint))
