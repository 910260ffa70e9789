"""How scores look in a terminal: those of one training, and mean and spread of several."""

import math
import sys
from typing import Any, Iterable, List, Mapping, Optional, Sequence

from fcnn.cli.output import show_table
from fcnn.evaluation.judged import judged_split
from fcnn.runs.documents import is_ensemble
from fcnn.wording import say

MOST_DECIMALS = 6
"""Of a spread; a smaller one is written with a power of ten."""


def show_metrics(metrics: Mapping[str, Any]) -> None:
    """Print what ``metrics.json`` says of the part that counts, beside the baselines on the same rows.

    Of several trainings it is the mean and the sample standard deviation; of folds those of the rows held out, too.
    Beside those of an ensemble stand its own, and those of the baselines on the same rows.
    """
    part = judged_split(metrics)
    if "repeats" not in metrics:
        baselines = _of_part(metrics["baselines"], part)
        if (
            "linear_collapse" in metrics
        ):  # of a stack that is one layer: the scores of that layer are those of the stack
            baselines = {"one_layer": metrics["linear_collapse"]["one_layer"], **baselines}
        show_table((part, "network", *_words(baselines)), metrics_rows(metrics[part], baselines))
        return
    repeats = metrics["repeats"]
    for each in dict.fromkeys(["validation", part] if repeats["kind"] == "folds" else [part]):
        baselines = _of_part((metrics if is_ensemble(metrics) else repeats)["baselines"], each)
        headings = (each, say("mean {sign} std", sign=_plus_minus()), _column(repeats, each), *_words(baselines))
        show_table(headings, _repeated_rows(each, metrics, baselines), whole=2)


def metrics_rows(scores: Mapping[str, float], baselines: Mapping[str, Mapping[str, float]]) -> Iterable[Sequence[str]]:
    """A row a metric: its name, the network's figure, the baselines' figures."""
    for name, value in scores.items():
        yield (name, number(value), *_beside(name, baselines))


def number(value: float) -> str:
    """Four significant digits, with thousands separated."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"


def with_spread(mean: float, std: Optional[float]) -> str:
    """A mean with its standard deviation to two significant digits, and itself to as many decimals."""
    if not std:
        return number(mean) if std is None else f"{number(mean)} {_plus_minus()} 0"
    decimals = max(0, 1 - math.floor(math.log10(std)))
    if decimals > MOST_DECIMALS:
        return f"{number(mean)} {_plus_minus()} {std:.2g}"
    return f"{round(mean, decimals) + 0.0:,.{decimals}f} {_plus_minus()} {std:,.{decimals}f}"


def said_of(repeats: Mapping[str, Any]) -> str:
    """Several trainings in a few words: ``5 trainings, fold 3 kept``.

    Args:
        repeats: of ``metrics.json``.
    """
    finished, count = len(repeats["members"]), repeats["count"]
    done = say("{count} trainings", count=count)
    if finished < count:
        done = say("{finished} of {count} trainings", finished=finished, count=count)
    if "ensemble" in repeats:
        return say("{trainings}, which predict together", trainings=done)
    return say("{trainings}, {kept}", trainings=done, kept=_kept(repeats))


def _column(repeats: Mapping[str, Any], part: str) -> str:
    """Whose scores stand beside mean and spread: ``fold 3 kept``; of an ensemble its own."""
    if "ensemble" not in repeats:
        return _kept(repeats)
    return say("out of fold") if (repeats["kind"], part) == ("folds", "validation") else say("ensemble")


def _kept(repeats: Mapping[str, Any]) -> str:
    """Which training is kept: ``fold 3 kept``."""
    if repeats["kind"] == "folds":
        return say("fold {number} kept", number=repeats["kept"])
    return say("seed {seed} kept", seed=repeats["members"][repeats["kept"] - 1]["seed"])


def _repeated_rows(
    part: str, metrics: Mapping[str, Any], baselines: Mapping[str, Mapping[str, float]]
) -> Iterable[Sequence[str]]:
    """A row a metric: its name, mean and spread, the figure of the network that is kept, the baselines' means."""
    repeats = metrics["repeats"]
    spread = repeats["std"].get(part, {})
    for name, mean in repeats["mean"][part].items():
        yield (name, with_spread(mean, spread.get(name)), number(metrics[part][name]), *_beside(name, baselines))


def _of_part(baselines: Mapping[str, Any], part: str) -> Mapping[str, Mapping[str, float]]:
    return {name: figures[part] for name, figures in baselines.items() if part in figures}


def _beside(metric: str, baselines: Mapping[str, Mapping[str, float]]) -> List[str]:
    return [number(figures[metric]) if metric in figures else "" for figures in baselines.values()]


def _words(baselines: Iterable[str]) -> List[str]:
    return [name.replace("_", " ") for name in baselines]


def _plus_minus() -> str:
    """The sign, or ``+-`` where stdout's encoding does not have it."""
    try:
        "±".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "+-"
    return "±"
