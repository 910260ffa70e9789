"""Steps that are too large or too small, and a loss that never moved."""

import math
from typing import List, Optional

import numpy as np

from fcnn.evaluation.progress import History, finite, held_back
from fcnn.evaluation.repairs import FIXED, start_anew
from fcnn.evaluation.verdict import (
    Measured,
    Setting,
    Verdict,
    lower_rate,
    plain_evidence,
    rate_override,
    rounded,
    typed,
)
from fcnn.wording import say

RISE = 1.1
"""The training loss of the last third of the epochs, by that of the first epoch: steps that overshoot go uphill."""
BLOWN_UP = 4.0
"""... or the loss of the first epoch, by that of a network that knows nothing: large steps have thrown it far off."""
FEWEST_EPOCHS = 5
"""With fewer epochs the course of a loss says little."""
SMALL_UPDATES = 3e-3
"""The largest update of a layer in an epoch, by its weights: a tenth of what learns; in 100 epochs of this no weight
changes by a third."""
SMALL_FALL = 0.2
"""... while the training loss falls, and has lost at most this share of its first value."""
PLATEAU = 0.01
"""A training loss that never got this share below its first epoch's value did not move."""


def too_high(history: History, classes: int, setting: Setting) -> List[Verdict]:
    """Say that the loss rises, or flew off in the first epoch, because the steps overshoot.

    Args:
        history: columns of equal length, at least ``loss``.
        classes: how many the target has; 0 for regression.
        setting: of network and optimizer.
    """
    loss = history["loss"]
    if len(loss) < FEWEST_EPOCHS or not finite(loss):
        return []
    end = float(np.median(loss[-max(1, len(loss) // 3) :]))
    ignorant = math.log(classes) if classes else 1.0  # of equal probabilities, or of the mean of a standardised target
    unusual = setting.learning_rate > setting.usual_rate and not held_back(setting)
    blown_up = loss[0] > BLOWN_UP * ignorant and unusual
    if not blown_up and end <= RISE * loss[0]:
        return []
    if end > RISE * loss[0]:
        course = say(
            "the training loss rose from {first:.4g} in the first epoch to {last:.4g}", first=loss[0], last=end
        )
    else:
        course = say(
            "the training loss was {first:.4g} in the first epoch, and is {least:.4g} where nothing is known",
            first=loss[0],
            least=ignorant,
        )
    message = say("the learning rate {rate:g} is too high: {course}", rate=setting.learning_rate, course=course)
    remedy = (rate_override(lower_rate(setting)),)
    evidence = plain_evidence(first_loss=loss[0], last_loss=end, learning_rate=setting.learning_rate)
    hint = say("try a lower learning rate: {line}", line=typed(remedy))
    return [Verdict(message, hint=hint, severity="warning", kind="learning_rate_too_high", remedy=remedy,
                    evidence=evidence)]  # fmt: skip


def too_low(history: History, measured: Measured, setting: Setting) -> List[Verdict]:
    """Say that the loss falls, but the weights hardly change; for a network that has learnt little.

    Args:
        history: columns of equal length, at least ``loss``.
        measured: of each layer.
        setting: of network and optimizer.
    """
    loss = history["loss"]
    if not measured.epochs or len(loss) < 2 or not finite(loss):
        return []
    updates = measured.of_all("update_ratio")
    largest = float(np.max(updates[np.isfinite(updates)], initial=0.0))
    falls = min(loss) == loss[-1] < loss[0]
    if not 0 < largest < SMALL_UPDATES or not falls or loss[0] - loss[-1] > SMALL_FALL * abs(loss[0]):
        return []
    rate = setting.usual_rate if 3 * setting.learning_rate < setting.usual_rate else 10 * setting.learning_rate
    remedy = (rate_override(rounded(rate)),)
    message = say(
        "the learning rate {rate:g} is too low: no layer's weights changed by more than {share:.2g} of their size in "
        "an epoch, and the training loss fell from {first:.4g} to {last:.4g} only",
        rate=setting.learning_rate,
        share=largest,
        first=loss[0],
        last=loss[-1],
    )
    evidence = plain_evidence(
        largest_update=largest, first_loss=loss[0], last_loss=loss[-1], learning_rate=setting.learning_rate
    )
    hint = say("try a higher learning rate: {line}", line=typed(remedy))
    return [Verdict(message, hint=hint, severity="warning", kind="learning_rate_too_low", remedy=remedy,
                    evidence=evidence)]  # fmt: skip


def plateau(history: History, nothing_learnt: bool = True, setting: Optional[Setting] = None) -> List[Verdict]:
    """Say that the training loss stayed where it was from its first epoch on.

    Args:
        history: columns of equal length, at least ``loss``.
        nothing_learnt: whether the scores are no better than a baseline's, or unknown. A large table can be
            learnt within the first epoch: its loss is flat from there on, and all is well.
        setting: of network and optimizer; makes the hint exact.
    """
    loss = history["loss"]
    if not nothing_learnt or len(loss) < FEWEST_EPOCHS or not finite(loss):
        return []
    if loss[0] - min(loss) >= PLATEAU * abs(loss[0]):
        return []
    message = say(
        "the training loss never improved: {first:.4g} in the first epoch, {lowest:.4g} at its lowest, {last:.4g} in "
        "the last of {epochs}",
        first=loss[0],
        lowest=min(loss),
        last=loss[-1],
        epochs=len(loss),
    )
    remedy = () if setting is None else start_anew(setting.layers, FIXED)
    hint = say("weights that begin as suits the layers: {line}", line=typed(remedy))
    if not remedy and setting is not None:
        remedy = (rate_override(rounded(10 * setting.learning_rate)),)
        hint = say("try a higher learning rate: {line}", line=typed(remedy))
    evidence = plain_evidence(first_loss=loss[0], lowest_loss=min(loss), last_loss=loss[-1], epochs=len(loss))
    return [Verdict(message, hint=hint if remedy else "", severity="warning", kind="plateau", remedy=remedy,
                    evidence=evidence)]  # fmt: skip
