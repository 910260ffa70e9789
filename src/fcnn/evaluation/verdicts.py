"""What the numbers of a training run mean, in words: pure functions from plain facts to findings.

Every finding has its evidence in numbers and a remedy, where there is one as a ``key=value`` line. The
thresholds are conservative: one finding that is wrong teaches the reader to skip them all.
"""

from typing import List, Mapping, Optional, Sequence

import numpy as np

from fcnn.errors import Problem
from fcnn.evaluation.comparison import Scores, no_better_than_baseline
from fcnn.evaluation.progress import History, never_improved, overfitting, still_improving

FEW_ROWS = 5
"""A class with fewer rows in the judged split may be missed by chance: a note, not a warning."""
NAMED = 5
"""So many of the classes that are never predicted are named, the largest first."""


RARE_SHARE = 0.5
"""A class with less than this share of the rows it would have among equal classes is rare."""
RARE_HINT = "give rare classes more weight: training.class_weight=balanced"
UNLEARNT_HINT = "they are no rarer than others: train longer, or with fewer or other layers"
FEWEST_ROWS = 10
"""On fewer judged rows a comparison with a baseline says nothing."""


def verdicts(
    task: str,
    history: History,
    best_epoch: int,
    metrics: Scores,
    baselines: Mapping[str, Scores],
    matrix: Optional[np.ndarray] = None,
    class_names: Sequence[str] = (),
    planned_epochs: Optional[int] = None,
) -> List[Problem]:
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

    Returns:
        Findings of severity ``warning`` or ``note``, the warnings first.
    """
    split = judged_split(metrics)
    rows = None if matrix is None else int(matrix.sum())
    found = (
        []
        if rows is not None and rows < FEWEST_ROWS
        else no_better_than_baseline(task, split, metrics, baselines, rows)
    )
    nothing_learnt = not baselines or any(problem.severity == "warning" for problem in found)
    if matrix is not None:
        found += never_predicted(matrix, class_names, split)
    found += (
        never_improved(history, nothing_learnt)
        or overfitting(history, best_epoch)
        or still_improving(history, best_epoch, planned_epochs)
    )
    return sorted(found, key=lambda problem: problem.severity != "warning")


def judged_split(metrics: Scores) -> str:
    """The split that tells most about new rows: ``test``, else ``validation``, else ``train``."""
    return next((name for name in ("test", "validation") if metrics.get(name)), "train")


def never_predicted(matrix: np.ndarray, class_names: Sequence[str], split: str) -> List[Problem]:
    """Name the classes that have rows in the judged split and are never the answer.

    Args:
        matrix: (classes, classes) int, true by predicted rows.
        class_names: the names in code order.
        split: the judged split, for the text.
    """
    rows, answers = matrix.sum(axis=1).tolist(), matrix.sum(axis=0).tolist()
    missed = [code for code in range(len(class_names)) if rows[code] and not answers[code]]
    if not missed:
        return []
    missed.sort(key=lambda code: -rows[code])
    rare = rows[missed[0]] < RARE_SHARE * sum(rows) / len(class_names)
    named = ", ".join(f"`{class_names[code]}` ({_count(rows[code])})" for code in missed[:NAMED])
    more = f" and {len(missed) - NAMED} more" if len(missed) > NAMED else ""
    subject = "one class is" if len(missed) == 1 else f"{len(missed)} classes are"
    return [
        Problem(
            f"{subject} never predicted in the {split} split of {_count(sum(rows))}: {named}{more}",
            hint=RARE_HINT if rare else UNLEARNT_HINT,
            severity="warning" if rows[missed[0]] >= FEW_ROWS else "note",
        )
    ]


def _count(rows: int) -> str:
    return f"{rows:,} row" if rows == 1 else f"{rows:,} rows"
