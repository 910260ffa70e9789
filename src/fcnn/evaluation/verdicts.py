"""What the numbers of a training run mean, in words: pure functions from plain facts to findings.

Every finding has its evidence in numbers and, where there is one, a remedy as an override. The thresholds are
conservative: one finding that is wrong teaches the reader to skip them all. Findings of one run do not contradict each
other: what is wrong inside of the network explains a loss that does not fall, and either explains scores that are poor,
so that these have no remedies of their own beside it.
"""

from dataclasses import replace
from typing import Any, Callable, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from fcnn.evaluation.classes import never_predicted
from fcnn.evaluation.comparison import Scores, no_better_than_baseline
from fcnn.evaluation.gradients import exploding, never_recovered, vanishing
from fcnn.evaluation.judged import judged_split
from fcnn.evaluation.learning_rate import plateau, too_high, too_low
from fcnn.evaluation.progress import History, overfitting, still_improving, underfitting
from fcnn.evaluation.settling import late_plateau
from fcnn.evaluation.stack import linear_stack
from fcnn.evaluation.units import dead, saturated
from fcnn.evaluation.verdict import Measured, Setting, Verdict
from fcnn.wording import say

FEWEST_ROWS = 10
"""On fewer judged rows a comparison with a baseline says nothing."""
LINEAR = ("no_better_than_linear", "worse_than_linear")
"""Kinds of findings that propose a linear model."""


def verdicts(
    task: str,
    history: History,
    best_epoch: int,
    metrics: Scores,
    baselines: Mapping[str, Scores],
    matrix: Optional[np.ndarray] = None,
    class_names: Sequence[str] = (),
    planned_epochs: Optional[int] = None,
    setting: Optional[Setting] = None,
    measured: Optional[Mapping[str, Sequence[float]]] = None,
    training_rows: Optional[int] = None,
    collapsed: Optional[Mapping[str, Any]] = None,
) -> List[Verdict]:
    """Judge a finished training run.

    Args:
        task: ``binary``, ``multiclass`` or ``regression``.
        history: columns of equal length, an entry an epoch: ``epoch``, ``loss``, perhaps ``val_loss`` and
            ``learning_rate``.
        best_epoch: the epoch that was kept, counted as in ``history["epoch"]``.
        metrics: split -> metric -> number, of the network.
        baselines: baseline -> split -> metric -> number, as ``fcnn.evaluation.baselines`` gives them.
        matrix: (classes, classes) int, true by predicted rows of `judged_split`; None for regression.
        class_names: the names in code order; empty for regression.
        planned_epochs: how many the config asked for; None where training was cut short from outside.
        setting: what the config says of network and optimizer; without it there are no remedies that need it.
        measured: columns of ``diagnostics.csv``; without it nothing is said of layers.
        training_rows: how many were learnt from.
        collapsed: of a stack without a nonlinearity: what was found by multiplying it out.

    Returns:
        Findings of severity ``warning`` or ``note``, the warnings first.
    """
    split = judged_split(metrics)
    rows = None if matrix is None else int(matrix.sum())
    enough = rows is None or rows >= FEWEST_ROWS
    poor = no_better_than_baseline(task, split, metrics, baselines, rows) if enough else []
    little_learnt = not baselines or any(problem.severity == "warning" for problem in poor)
    missed = [] if matrix is None else never_predicted(matrix, class_names, split)
    layers = Measured(measured or {}, best_epoch)
    causes: List[Verdict] = []
    if setting is not None:
        own = metrics.get("train", {})
        causes = _first(
            lambda: linear_stack(setting, collapsed),
            lambda: exploding(layers, setting),
            lambda: saturated(layers, setting),
            lambda: dead(layers, setting),
            lambda: vanishing(layers, setting),
            lambda: too_high(history, len(class_names), setting),
            lambda: too_low(history, layers, setting) if little_learnt else [],
            lambda: plateau(history, little_learnt, setting),
            lambda: never_recovered(
                layers, setting, underfitting(history, best_epoch, own, baselines, setting, training_rows)
            ),
        )
    course = _first(
        lambda: [] if setting is not None or causes else plateau(history, little_learnt),
        lambda: [] if causes else overfitting(history, best_epoch, setting),
        lambda: [] if causes else still_improving(history, best_epoch, planned_epochs),
        lambda: [] if causes or setting is None else late_plateau(history, setting, not poor and not missed),
    )
    explained = causes or [each for each in course if each.kind in ("plateau", "still_improving", "late_plateau")]
    if explained:
        missed = [_explained(each) for each in missed]
        poor = [_explained(each) for each in poor if each.severity == "warning"]
        poor = [] if explained[0].kind == "linear_stack" else poor
    elif any(each.kind == "overfitting" for each in course):
        poor = [each if each.kind not in LINEAR or not course[0].remedy else _explained(each) for each in poor]
    return sorted([*causes, *poor, *missed, *course], key=lambda problem: problem.severity != "warning")


def _first(*judges: Callable[[], List[Verdict]]) -> List[Verdict]:
    """The findings of the first one that has some."""
    return next((found for found in (judge() for judge in judges) if found), [])


def _explained(verdict: Verdict) -> Verdict:
    """The same without a remedy of its own: another finding of the run has that."""
    none: Tuple[str, ...] = ()
    return replace(verdict, hint=say("see the other finding first: it may be the reason"), remedy=none)
