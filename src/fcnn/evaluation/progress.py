"""What the course of the losses says: overfitting, underfitting, still improving at the end."""

from math import isfinite, sqrt
from typing import List, Mapping, Optional, Sequence, Tuple

from fcnn.evaluation.comparison import UNKNOWN_ROWS, Scores
from fcnn.evaluation.repairs import with_layers
from fcnn.evaluation.verdict import Setting, Verdict, plain_evidence, typed
from fcnn.wording import say, say_many

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
DROPOUT = 0.3
"""That is proposed against overfitting, and more where a layer has it already."""
LEAST_EPOCHS = 20
"""Underfitting: with fewer epochs it may just not have been trained for long enough."""
SETTLED = 0.10
"""... the training loss of the last quarter of the epochs has not fallen by this share of it any more."""
WORSE = 0.05
"""... and the network explains the rows that it learnt from by so much worse than a linear model: accuracy, or R2."""
WIDE = 64
"""Units that a layer gets at least, where a network is too small."""
STRONG_DROPOUT, STRONG_PENALTY = 0.5, 1e-2
"""From these on, it may be what keeps the network from learning."""


def overfitting(history: History, best_epoch: int, setting: Optional[Setting] = None) -> List[Verdict]:
    """Say from which epoch on the validation loss rose while the training loss kept falling.

    Args:
        history: columns of equal length, at least ``epoch`` and ``loss``; silent without ``val_loss``.
        best_epoch: the epoch that was kept, counted as in ``history["epoch"]``.
        setting: of network and optimizer.
    """
    if "val_loss" not in history or not finite(history["loss"]) or not finite(history["val_loss"]):
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
    percent = say(" (+{percent:.0f} %)", percent=100 * rise / held_out[best]) if held_out[best] > 0 else ""
    message = say(
        "overfitting from epoch {epoch} on: the validation loss rose from {lowest:.4g} to {end:.4g}{percent} while the "
        "training loss fell from {training:.4g} to {training_end:.4g} (means of the last {last} epochs)",
        epoch=best_epoch + 1,
        lowest=held_out[best],
        end=end,
        percent=percent,
        training=training[best],
        training_end=training_end,
        last=last,
    )
    remedy = _restrained(setting)
    hint = say("the weights of epoch {epoch} are kept, so nothing is lost; more rows may help", epoch=best_epoch)
    if remedy:
        hint = say(
            "the weights of epoch {epoch} are kept, so nothing is lost; more rows may help, or {line}",
            epoch=best_epoch,
            line=typed(remedy),
        )
    evidence = plain_evidence(
        epoch=best_epoch + 1, lowest_loss=held_out[best], last_loss=end, training_loss=training_end
    )
    return [Verdict(message, hint=hint, severity="note", kind="overfitting", remedy=remedy, evidence=evidence)]


def still_improving(history: History, best_epoch: int, planned_epochs: Optional[int]) -> List[Verdict]:
    """Say that training ended at its last planned epoch while the loss was still falling.

    Args:
        history: columns of equal length, at least ``epoch`` and ``loss``.
        best_epoch: the epoch that was kept, counted as in ``history["epoch"]``.
        planned_epochs: how many the config asked for; None, as where fewer were run, is silent.
    """
    held_out = "val_loss" in history
    values, epochs = history["val_loss" if held_out else "loss"], len(history["loss"])
    if planned_epochs is None or epochs < 2 or history["epoch"][-1] < planned_epochs or not finite(values):
        return []
    last, best = max(1, epochs // 10), _index(history, best_epoch)
    before = min(values[: epochs - last])
    gain, fall = before - values[best], values[0] - values[best]
    if best < epochs - last or gain <= STILL_IMPROVING * max(abs(before), fall):
        return []
    message = say(
        "still improving when it ended: the {which} loss fell from {before:.4g} to {lowest:.4g} in the {span}",
        which=say("validation") if held_out else say("training"),
        before=before,
        lowest=values[best],
        span=say_many(last, "last of {epochs} epochs", "last {count} of {epochs} epochs", epochs=epochs),
    )
    remedy = (f"training.epochs={2 * planned_epochs}",)
    return [
        Verdict(
            message,
            hint=say("train longer: {line}", line=typed(remedy)),
            severity="note",
            kind="still_improving",
            remedy=remedy,
            evidence=plain_evidence(loss_before=before, lowest_loss=values[best], epochs=epochs),
        )
    ]


def underfitting(
    history: History,
    best_epoch: int,
    scores: Mapping[str, float],
    baselines: Mapping[str, Scores],
    setting: Setting,
    rows: Optional[int] = None,
) -> List[Verdict]:
    """Say that the network cannot even explain the rows that it learns from, though it has settled.

    Args:
        history: columns of equal length, at least ``epoch`` and ``loss``.
        best_epoch: the epoch that was kept, counted as in ``history["epoch"]``; later ones may explain the rows better.
        scores: metric -> number, of the training rows.
        baselines: baseline -> split -> metric -> number; those without a linear model are silent.
        setting: of network and optimizer.
        rows: of training, which say how large a difference chance makes.
    """
    loss, linear = history["loss"], _linear(baselines)
    metric = "r2" if "r2" in scores else "accuracy"
    if not setting.layers or len(loss) < LEAST_EPOCHS or not finite(loss) or not {metric} <= set(linear) & set(scores):
        return []
    quarter = len(loss) // 4
    settled = min(loss[:-quarter]) - min(loss[-quarter:]) <= SETTLED * abs(min(loss[-quarter:]))
    chance = 2 * sqrt(max(linear[metric] * (1 - linear[metric]), 0.0) / (rows or UNKNOWN_ROWS))
    kept = loss[_index(history, best_epoch)]
    if kept - min(loss) > SETTLED * abs(kept) or not settled or scores[metric] >= linear[metric] - max(WORSE, chance):
        return []
    message = say(
        "underfitting: on the rows that it learns from, the network has {metric} {own:.3f}, a linear model {other:.3f}",
        metric="R2" if metric == "r2" else say("accuracy"),
        own=scores[metric],
        other=linear[metric],
    )
    remedy = _freed(setting)
    evidence = plain_evidence(**{f"train_{metric}": scores[metric], f"linear_train_{metric}": linear[metric]})
    hint = say("give it more to learn with: {line}", line=typed(remedy))
    return [Verdict(message, hint=hint, severity="warning", kind="underfitting", remedy=remedy, evidence=evidence)]


def held_back(setting: Setting) -> bool:
    """Whether a strong penalty, which is part of the loss, or a strong dropout keeps layers from learning."""
    return any(max(layer.l1, layer.l2) >= STRONG_PENALTY or layer.dropout >= STRONG_DROPOUT for layer in setting.layers)


def finite(values: Sequence[float]) -> bool:
    """Whether all numbers are."""
    return all(isfinite(value) for value in values)


def _linear(baselines: Mapping[str, Scores]) -> Mapping[str, float]:
    """The scores of the linear model on the training rows."""
    found = (baselines[name].get("train", {}) for name in ("logistic_regression", "ridge") if name in baselines)
    return next(found, {})


def _restrained(setting: Optional[Setting]) -> Tuple[str, ...]:
    if setting is None:
        return ()
    return with_layers(
        setting.layers, lambda layer: {"dropout": DROPOUT if layer.dropout < DROPOUT else STRONG_DROPOUT}
    )


def _freed(setting: Setting) -> Tuple[str, ...]:
    """Weaker penalties where they are strong, else more units."""
    if held_back(setting):
        return with_layers(setting.layers, lambda layer: {"l1": 0.0, "l2": 0.0, "dropout": 0.0})
    return with_layers(setting.layers, lambda layer: {"units": max(WIDE, 2 * layer.units)})


def _index(history: History, epoch: int) -> int:
    return [int(value) for value in history["epoch"]].index(epoch)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
