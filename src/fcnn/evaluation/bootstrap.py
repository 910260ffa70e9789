"""How sure the scores are: 95 % intervals by the percentile bootstrap.

Judged rows are drawn again and again with replacement, as many as there are, and scored; the middle 95 % of those
scores are the interval (B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, Chapman & Hall 1993,
chapter 13). Here a resample is how often each row was drawn, so that most scores are one matrix product of all
resamples at once.

A metric that is 1 for all rows is 1 in every resample: its interval has no width, which says that no row was judged
wrongly, not that none ever will be.
"""

from typing import Callable, Dict, Mapping, Optional, Tuple

import numpy as np

from fcnn.evaluation.metrics import PROBABILITY_FLOOR

CELLS = 2_000_000
"""Rows times resamples at most, times the classes that each resample is sorted for, or an eighth of those that it is
only counted for."""
RESAMPLES, FEWEST = 1000, 400
"""How many are drawn; of many rows fewer, at last so many. Where that is too much still, some of the rows stand for
all, and the interval is narrowed by the square root of their share (the m out of n bootstrap)."""
AT_ONCE = 50_000
"""Cells that are computed at one time: few, which stay in the processor's cache."""
RANKED_CLASSES = 10
"""With more there is no interval of the ROC area, which needs the rows in the order of each class."""
FEWEST_ROWS = 5
"""On fewer rows there are no intervals."""
LEVELS = (2.5, 97.5)
"""Percentiles."""

Interval = Tuple[float, float]
Scoring = Callable[[np.ndarray], Dict[str, np.ndarray]]
"""From how much each row counts in each resample (resamples, rows) to metric -> the score of each (resamples,); NaN
where it has none."""


def classification_intervals(
    y_true: np.ndarray,
    probabilities: np.ndarray,
    weight: Optional[np.ndarray],
    scores: Mapping[str, float],
    seed: int,
    predicted: Optional[np.ndarray] = None,
) -> Dict[str, Interval]:
    """The intervals of :func:`fcnn.evaluation.metrics.classification_metrics`.

    Args:
        y_true: (rows,) int codes of the true classes.
        probabilities: (rows, classes) float64; each row sums to 1.
        weight: (rows,) of each row, 0 or more; None counts every row once.
        scores: the metrics of all rows.
        seed: equal ones give equal intervals.
        predicted: (rows,) int codes of the predicted classes; None: the likeliest ones.

    Returns:
        Metric -> lowest and highest value, in the metric's unit; without a metric that most resamples do not have, and
        empty on fewer than five rows.
    """
    rows, classes = probabilities.shape

    def of_answers(chosen: np.ndarray) -> Scoring:
        return scoring_of_answers(
            y_true[chosen], probabilities[chosen], None if predicted is None else predicted[chosen]
        )

    def of_ranks(chosen: np.ndarray) -> Scoring:
        return scoring_of_ranks(y_true[chosen], probabilities[chosen])

    found = percentile_intervals(of_answers, rows, weight, scores, seed, 1 + classes // 8)
    if "roc_auc" in scores and classes <= RANKED_CLASSES:
        found.update(percentile_intervals(of_ranks, rows, weight, scores, seed, 1 if classes == 2 else classes))
    return found


def regression_intervals(
    y_true: np.ndarray, y_pred: np.ndarray, weight: Optional[np.ndarray], scores: Mapping[str, float], seed: int
) -> Dict[str, Interval]:
    """The intervals of :func:`fcnn.evaluation.metrics.regression_metrics`.

    Args:
        y_true: (rows,) float64, in the target's own unit.
        y_pred: (rows,) float64 likewise.
        weight: (rows,) of each row, 0 or more; None counts every row once.
        scores: the metrics of all rows.
        seed: equal ones give equal intervals.

    Returns:
        As of :func:`classification_intervals`.
    """

    def of_errors(chosen: np.ndarray) -> Scoring:
        return scoring_of_errors(y_true[chosen] - y_true.mean(), np.abs(y_pred[chosen] - y_true[chosen]))

    return percentile_intervals(of_errors, len(y_true), weight, scores, seed, 1)


def resamples_of(rows: int, width: int) -> Tuple[int, int]:
    """How many rows stand for all, and how many resamples are drawn of them.

    Args:
        rows: that there are.
        width: how many times each is computed with.
    """
    taken = min(rows, CELLS // (FEWEST * width))
    return taken, min(RESAMPLES, CELLS // (taken * width))


def percentile_intervals(
    scoring_of: Callable[[np.ndarray], Scoring],
    rows: int,
    weight: Optional[np.ndarray],
    scores: Mapping[str, float],
    seed: int,
    width: int,
) -> Dict[str, Interval]:
    """The intervals of some scores, all on the same resamples."""
    usable = np.arange(rows) if weight is None else np.flatnonzero(weight > 0)
    if len(usable) < FEWEST_ROWS:
        return {}
    random = np.random.default_rng(seed)
    share = 1.0
    taken, resamples = resamples_of(len(usable), width)
    if taken < len(usable):
        share = taken / len(usable)
        usable = np.sort(random.choice(usable, taken, replace=False, shuffle=False))
    of_row = np.ones((1, taken)) if weight is None else weight[None, usable].astype(np.float64)
    scoring = scoring_of(usable)
    at_once = max(1, AT_ONCE // taken)
    drawn = [
        scoring(_drawn(random, min(at_once, resamples - start), taken) * of_row)
        for start in range(0, resamples, at_once)
    ]
    middle = scoring(of_row)
    intervals = {}
    for name in (name for name in scores if name in middle):
        values = np.concatenate([part[name] for part in drawn])
        there = values[np.isfinite(values)]
        if 2 * len(there) < resamples:
            continue
        low, high = np.percentile(there, LEVELS)
        if share < 1:
            center = float(middle[name][0])
            low, high = (scores[name] + (end - center) * np.sqrt(share) for end in (low, high))
        intervals[name] = (float(low), float(high))
    return intervals


def _drawn(random: np.random.Generator, resamples: int, rows: int) -> np.ndarray:
    """(resamples, rows) float64: how often each row is in each resample of as many."""
    drawn = random.integers(0, rows, (resamples, rows))
    drawn += np.arange(resamples)[:, None] * rows
    return np.bincount(drawn.ravel(), minlength=resamples * rows).reshape(resamples, rows).astype(np.float64)


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The quotient; NaN where there is none."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(below > 0, above / below, np.nan))


def scoring_of_answers(codes: np.ndarray, shares: np.ndarray, predicted: Optional[np.ndarray] = None) -> Scoring:
    """The scores that are sums over rows, and those of the rows by class: (rows,) and (rows, classes).

    Predicted are codes (rows,), or the likeliest classes.
    """
    rows, classes = shares.shape
    predicted = shares.argmax(axis=1) if predicted is None else predicted
    believed = np.clip(shares, PROBABILITY_FLOOR, 1.0)
    losses = np.log(believed.sum(axis=1)) - np.log(believed[np.arange(rows), codes])
    is_true = (codes[:, None] == np.arange(classes)).astype(np.float64)
    is_predicted = (predicted[:, None] == np.arange(classes)).astype(np.float64)
    columns = np.hstack([losses[:, None], is_true, is_predicted, is_true * is_predicted])

    def score(counts: np.ndarray) -> Dict[str, np.ndarray]:
        sums = counts @ columns
        total = counts.sum(axis=1)
        true, guessed, hits = (sums[:, 1 + part * classes :][:, :classes] for part in range(3))
        return {
            "accuracy": _ratio(hits.sum(axis=1), total),
            "balanced_accuracy": _mean_there(_ratio(hits, true)),
            "f1_macro": _mean_there(_ratio(2 * hits, true + guessed)),
            "log_loss": _ratio(sums[:, 0], total),
        }

    return score


def scoring_of_errors(truth: np.ndarray, sizes: np.ndarray) -> Scoring:
    """The scores of numbers: (rows,) about their mean, of which the squares lose no digits, and (rows,) errors."""
    columns = np.stack([np.ones(len(truth)), sizes, sizes**2, truth, truth**2], axis=1)
    order = np.argsort(sizes, kind="stable")
    ordered = sizes[order]

    def score(counts: np.ndarray) -> Dict[str, np.ndarray]:
        total, absolute, squares, first, second = (counts @ columns).T
        running = np.cumsum(np.take(counts, order, axis=1), axis=1)
        middle = [np.searchsorted(each, each[-1] / 2) for each in running]
        return {
            "rmse": np.sqrt(_ratio(squares, total)),
            "mae": _ratio(absolute, total),
            "r2": 1 - _ratio(squares, second - _ratio(first**2, total)),
            "median_absolute_error": ordered[middle],
        }

    return score


def _mean_there(values: np.ndarray) -> np.ndarray:
    """(resamples,) means over the classes that a resample has."""
    there = np.isfinite(values)
    return _ratio(np.where(there, values, 0).sum(axis=1), there.sum(axis=1))


def scoring_of_ranks(codes: np.ndarray, shares: np.ndarray) -> Scoring:
    """The areas under the curves: (rows,) and (rows, classes)."""
    classes = shares.shape[1]
    if classes == 2:
        return _Ranked(codes == 1, shares[:, 1]).both
    each = [_Ranked(codes == code, shares[:, code]) for code in range(classes)]
    return lambda counts: {"roc_auc": np.mean([ranked.both(counts)["roc_auc"] for ranked in each], axis=0)}


class _Ranked:
    """Rows in the order of their score, for areas under curves."""

    def __init__(self, positive: np.ndarray, score: np.ndarray) -> None:
        """Sort them: (rows,) bool and (rows,) float."""
        self._order = np.argsort(-score, kind="stable")
        ranked = score[self._order]
        ends = np.append(ranked[1:] != ranked[:-1], True)  # rows of equal score are one step
        self._ends = np.flatnonzero(ends) if not ends.all() else slice(None)
        self._positive = positive[self._order].astype(np.float64)

    def both(self, counts: np.ndarray) -> Dict[str, np.ndarray]:
        """The area under the ROC curve, by trapezoids, and the average precision, by steps; each (resamples,)."""
        ordered = np.take(counts, self._order, axis=1)
        everybody = np.cumsum(ordered, axis=1)[:, self._ends]
        ordered *= self._positive
        hits = np.cumsum(ordered, axis=1)[:, self._ends]
        false = everybody - hits
        gains, losses = (np.diff(each, axis=1, prepend=0.0) for each in (hits, false))
        area = (losses * (hits - gains / 2)).sum(axis=1)
        precision = hits / np.maximum(everybody, np.finfo(np.float64).tiny)
        return {
            "roc_auc": _ratio(area, hits[:, -1] * false[:, -1]),
            "average_precision": _ratio((gains * precision).sum(axis=1), hits[:, -1]),
        }
