"""Whether one network is better than another, or chance made it seem so: differences of scores on the same rows.

The rows are drawn again and again with replacement, the same ones for both networks, and both are scored: the middle
95 % of the differences are the interval. What makes a row hard for both of them cancels out, so that a difference shows
that two intervals by themselves would hide.
"""

from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple

import numpy as np

from fcnn.evaluation.bootstrap import (
    RANKED_CLASSES,
    Interval,
    Scoring,
    percentile_intervals,
    scoring_of_answers,
    scoring_of_errors,
    scoring_of_ranks,
)
from fcnn.evaluation.metrics import classification_metrics, regression_metrics

HIGHER_IS_BETTER = {
    "accuracy": True,
    "balanced_accuracy": True,
    "f1_macro": True,
    "log_loss": False,
    "roc_auc": True,
    "average_precision": True,
    "rmse": False,
    "mae": False,
    "median_absolute_error": False,
    "r2": True,
}
"""Of every metric of :mod:`fcnn.evaluation.metrics`."""


class Difference(NamedTuple):
    """A score of one network beside that of another, on the same rows."""

    first: float
    """Of the network that is compared with."""
    second: float
    """Of the other one."""
    low: float
    """Lower end of the 95 % interval of second - first."""
    high: float
    """Upper end."""

    @property
    def value(self) -> float:
        """By how much the second is higher."""
        return self.second - self.first

    @property
    def is_more_than_noise(self) -> bool:
        """Whether the interval lies on one side of 0."""
        return self.low > 0 or self.high < 0


def class_differences(
    y_true: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    weight: Optional[np.ndarray],
    seed: int,
    predicted: Tuple[Optional[np.ndarray], Optional[np.ndarray]] = (None, None),
) -> Dict[str, Difference]:
    """Compare two classifiers on the same rows.

    Args:
        y_true: (rows,) int codes of the true classes.
        first: (rows, classes) float64, the probabilities of one; each row sums to 1.
        second: (rows, classes) float64, those of the other.
        weight: (rows,) of each row, 0 or more; None counts every row once.
        seed: equal ones give equal intervals.
        predicted: (rows,) int codes of the classes that each predicts; None: its likeliest ones.

    Returns:
        By metric; without one that these rows, or most resamples of them, do not have; empty on fewer than five rows.
    """
    classes = first.shape[1]
    names = [str(code) for code in range(classes)]
    of_first, of_second = (
        classification_metrics(y_true, shares, names, weight, codes)
        for shares, codes in zip((first, second), predicted)
    )

    def of_answers(chosen: np.ndarray) -> Scoring:
        one, other = (
            scoring_of_answers(y_true[chosen], shares[chosen], None if codes is None else codes[chosen])
            for shares, codes in zip((first, second), predicted)
        )
        return lambda counts: _minus(other(counts), one(counts))

    def of_ranks(chosen: np.ndarray) -> Scoring:
        one, other = (scoring_of_ranks(y_true[chosen], shares[chosen]) for shares in (first, second))
        return lambda counts: _minus(other(counts), one(counts))

    differences = _minus(of_second, of_first)
    intervals = percentile_intervals(of_answers, len(y_true), weight, differences, seed, 2 + classes // 4)
    if "roc_auc" in differences and classes <= RANKED_CLASSES:
        width = 2 if classes == 2 else 2 * classes
        intervals.update(percentile_intervals(of_ranks, len(y_true), weight, differences, seed, width))
    return _beside(of_first, of_second, intervals)


def number_differences(
    y_true: np.ndarray, first: np.ndarray, second: np.ndarray, weight: Optional[np.ndarray], seed: int
) -> Dict[str, Difference]:
    """Compare two regressions on the same rows.

    Args:
        y_true: (rows,) float64, in the target's own unit.
        first: (rows,) float64 likewise, the predictions of one.
        second: (rows,) float64, those of the other.
        weight: (rows,) of each row, 0 or more; None counts every row once.
        seed: equal ones give equal intervals.

    Returns:
        As of :func:`class_differences`.
    """
    of_first, of_second = (regression_metrics(y_true, guess, weight) for guess in (first, second))

    def of_errors(chosen: np.ndarray) -> Scoring:
        centred = y_true[chosen] - y_true.mean()
        one, other = (scoring_of_errors(centred, np.abs((guess - y_true)[chosen])) for guess in (first, second))
        return lambda counts: _minus(other(counts), one(counts))

    differences = _minus(of_second, of_first)
    return _beside(of_first, of_second, percentile_intervals(of_errors, len(y_true), weight, differences, seed, 2))


def _minus(second: Mapping[str, Any], first: Mapping[str, Any]) -> Dict[str, Any]:
    """Metric by metric, of those that both have."""
    return {name: second[name] - first[name] for name in second if name in first}


def _beside(
    first: Mapping[str, float], second: Mapping[str, float], intervals: Mapping[str, Interval]
) -> Dict[str, Difference]:
    return {name: Difference(first[name], second[name], *intervals[name]) for name in first if name in intervals}
