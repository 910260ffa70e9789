"""What the course of the losses says: overfitting, still improving at the end, never improved."""

from math import isfinite
from typing import List, Mapping, Optional, Sequence

from fcnn.errors import Problem

History = Mapping[str, Sequence[float]]
"""Column -> a number an epoch: ``epoch`` (from 1), ``loss``, with a validation split ``val_loss``, ..."""

RISE = 0.10
"""Overfitting: the validation loss has to end this share above its best. On small splits it wavers by some
percent from epoch to epoch, so it is the mean of the last epochs that is compared, not the last one."""
RISE_OF_FALL = 0.05
"""... and this share of all that it fell before: from 0.010 to 0.012 after a start at 1.1 matters to nobody."""
STILL_FALLING = 0.05
"""... while the training loss of those last epochs lies this share below its value at the best epoch."""
STILL_IMPROVING = 0.01
"""The last tenth of the epochs has to bring this share of the loss, and of its whole fall, to go on for."""
PLATEAU = 0.01
"""A training loss that never got this share below its first epoch's value did not move."""
PLATEAU_EPOCHS = 5
"""With fewer epochs a flat loss says little."""


def overfitting(history: History, best_epoch: int) -> List[Problem]:
    """Say from which epoch on the validation loss rose while the training loss kept falling.

    Args:
        history: columns of equal length, at least ``epoch`` and ``loss``; silent without ``val_loss``.
        best_epoch: the epoch that was kept, counted as in ``history["epoch"]``.
    """
    if "val_loss" not in history or not _finite(history["loss"]) or not _finite(history["val_loss"]):
        return []
    training, held_out, best = history["loss"], history["val_loss"], _index(history, best_epoch)
    after = len(training) - 1 - best
    if after < 3:
        return []
    last = max(3, after // 3)
    end, training_end = _mean(held_out[-last:]), _mean(training[-last:])
    rise, fall = end - held_out[best], max(0.0, held_out[0] - held_out[best])
    kept_falling = training_end <= training[best] - STILL_FALLING * abs(training[best])
    if rise <= max(RISE * abs(held_out[best]), RISE_OF_FALL * fall) or not kept_falling:
        return []
    percent = f" (+{100 * rise / held_out[best]:.0f} %)" if held_out[best] > 0 else ""
    return [
        Problem(
            f"overfitting from epoch {best_epoch + 1} on: the validation loss rose from {held_out[best]:.4g} "
            f"to {end:.4g}{percent} while the training loss fell from {training[best]:.4g} to "
            f"{training_end:.4g} (means of the last {last} epochs)",
            hint=f"the weights of epoch {best_epoch} are kept, so nothing is lost; more rows, fewer units or "
            "network.layers.0.dropout=0.3 may let it learn more",
            severity="note",
        )
    ]


def still_improving(history: History, best_epoch: int, planned_epochs: Optional[int]) -> List[Problem]:
    """Say that training ended at its last planned epoch while the loss was still falling.

    Args:
        history: columns of equal length, at least ``epoch`` and ``loss``.
        best_epoch: the epoch that was kept, counted as in ``history["epoch"]``.
        planned_epochs: how many the config asked for; None, as where fewer were run, is silent.
    """
    name, which = ("val_loss", "validation") if "val_loss" in history else ("loss", "training")
    values, epochs = history[name], len(history["loss"])
    if planned_epochs is None or epochs < 2 or history["epoch"][-1] < planned_epochs or not _finite(values):
        return []
    last, best = max(1, epochs // 10), _index(history, best_epoch)
    before = min(values[: epochs - last])
    gain, fall = before - values[best], values[0] - values[best]
    if best < epochs - last or gain <= STILL_IMPROVING * max(abs(before), fall):
        return []
    span = f"last {last} of {epochs} epochs" if last > 1 else f"last of {epochs} epochs"
    return [
        Problem(
            f"still improving when it ended: the {which} loss fell from {before:.4g} to {values[best]:.4g} in "
            f"the {span}",
            hint=f"train longer: training.epochs={2 * planned_epochs}",
            severity="note",
        )
    ]


def never_improved(history: History, nothing_learnt: bool = True) -> List[Problem]:
    """Say that the training loss stayed where it was from its first epoch on.

    Args:
        history: columns of equal length, at least ``loss``; ``learning_rate`` makes the hint exact.
        nothing_learnt: whether the scores are no better than a baseline's, or unknown. A large table can be
            learnt within the first epoch: its loss is flat from there on, and all is well.
    """
    loss = history["loss"]
    if not nothing_learnt or len(loss) < PLATEAU_EPOCHS or not _finite(loss):
        return []
    if loss[0] - min(loss) >= PLATEAU * abs(loss[0]):
        return []
    rose = loss[-1] - loss[0] > PLATEAU * abs(loss[0])
    rate = next((value for value in history.get("learning_rate", ()) if value > 0), None)
    line = f": training.optimizer.learning_rate={rate * (0.1 if rose else 10):g}" if rate else ""
    return [
        Problem(
            f"the training loss never improved: {loss[0]:.4g} in the first epoch, {min(loss):.4g} at its lowest, "
            f"{loss[-1]:.4g} in the last of {len(loss)}",
            hint=f"try a {'lower' if rose else 'higher'} learning rate{line}",
            severity="warning",
        )
    ]


def _index(history: History, epoch: int) -> int:
    return [int(value) for value in history["epoch"]].index(epoch)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _finite(values: Sequence[float]) -> bool:
    return all(isfinite(value) for value in values)
