"""A training loss that fell well, and then stayed where it was for the rest of the epochs."""

from typing import List, Tuple

import numpy as np

from fcnn.evaluation.progress import History, finite
from fcnn.evaluation.verdict import Setting, Verdict, plain_evidence, typed
from fcnn.wording import say

FEWEST_EPOCHS = 40
"""With fewer, half of them is not long."""
GOOD_START = 0.1
"""The share of its first epoch's value that the training loss has lost before; without it, it never moved."""
FLAT = 0.02
"""From the third to the fourth quarter of the epochs it fell by this share at most (medians), or by half of what it
wavers. Networks that learn to their end lose 10 % to 60 %."""
WAVERING = 0.01
"""The share by which it changes from one epoch to the next, up or down, where the steps are too large to get deeper."""
PATIENCE = 10
"""Epochs without improvement after which to stop, where the rest brings nothing."""


def late_plateau(history: History, setting: Setting, well: bool = True) -> List[Verdict]:
    """Say that the second half of the epochs brought nothing, where nothing was to stop them.

    Args:
        history: columns of equal length, at least ``epoch`` and ``loss``.
        setting: of network and optimizer.
        well: whether all else is well: then only is it enough to end in time.
    """
    loss = np.asarray(history["loss"], np.float64)
    if setting.stops_early or len(loss) < FEWEST_EPOCHS or not finite(history["loss"]):
        return []
    half = loss[len(loss) // 2 :]
    before, last = (float(np.median(quarter)) for quarter in np.array_split(half, 2))
    wavering = float(np.median(np.abs(np.diff(half)))) / last if last > 0 else 0.0
    if loss[0] - last < GOOD_START * loss[0] or not abs(before - last) < max(FLAT, wavering / 2) * before:
        return []
    wavers = wavering >= WAVERING and len(set(history.get("learning_rate", ()))) <= 1
    if not wavers and not well:
        return []
    since = int(history["epoch"][len(loss) // 2])
    message = say(
        "the training loss has stood still since epoch {since}: {before:.4g} up to epoch {middle}, {last:.4g} up to "
        "the last of {epochs} (medians)",
        since=since,
        before=before,
        middle=since + (len(half) + 1) // 2 - 1,
        last=last,
        epochs=int(history["epoch"][-1]),
    )
    remedy, hint = _smaller_steps() if wavers else _an_end()
    evidence = plain_evidence(first_loss=loss[0], loss_before=before, last_loss=last, epoch=since, wavering=wavering)
    return [Verdict(message, hint=hint, severity="note", kind="late_plateau", remedy=remedy, evidence=evidence)]


def _smaller_steps() -> Tuple[Tuple[str, ...], str]:
    remedy = ("training.learning_rate_schedule=cosine",)
    return remedy, say("it wavers, so that smaller steps get deeper: {line}", line=typed(remedy))


def _an_end() -> Tuple[Tuple[str, ...], str]:
    remedy = (f"training.early_stopping.patience={PATIENCE}",)
    return remedy, say("to end when nothing is gained any more: {line}", line=typed(remedy))
