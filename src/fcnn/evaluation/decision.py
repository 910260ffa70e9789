"""From probabilities to better ones, and from them to a class: a temperature and a threshold, fitted on held-out rows.

The temperature T of C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, On Calibration of Modern Neural Networks (2017):
softmax(z / T), which in terms of the probabilities p of T = 1 is p**(1/T), divided by its sum. Its one number is that
with the least log loss on rows that the network did not learn from; the order of the classes stays.

The threshold of the positive class is that with the best score on those rows, as scikit-learn's
``TunedThresholdClassifierCV`` chooses it. Youden's J is 2 * balanced accuracy - 1 and has the same threshold.
"""

from typing import Any, Callable, Dict, List, Optional

import numpy as np
from scipy.optimize import minimize_scalar

from fcnn.evaluation.metrics import PROBABILITY_FLOOR
from fcnn.inference.model import at_temperature

LOWEST, HIGHEST = 0.02, 50.0
"""Temperatures between which it is looked for."""
BINS = 10
"""Of equal width, of the probability of the predicted class."""


def fitted_temperature(truth: np.ndarray, probabilities: np.ndarray, weight: Optional[np.ndarray] = None) -> float:
    """The temperature with the least log loss.

    Args:
        truth: (rows,) int codes of the true classes.
        probabilities: (rows, classes) float64; each row sums to 1.
        weight: (rows,) of each row, 0 or more; None counts every row once.
    """
    rows = np.arange(len(truth))

    def loss(logarithm: float) -> float:
        found = at_temperature(probabilities, float(np.exp(logarithm)))[rows, truth]
        return -float(np.average(np.log(np.maximum(found, PROBABILITY_FLOOR)), weights=weight))

    found = minimize_scalar(loss, bounds=(np.log(LOWEST), np.log(HIGHEST)), method="bounded", options={"xatol": 1e-6})
    return float(np.exp(found.x))


def fitted_threshold(
    truth: np.ndarray, positive: np.ndarray, metric: str, weight: Optional[np.ndarray] = None
) -> float:
    """The threshold with the best score; of several the one nearest to 0.5.

    Args:
        truth: (rows,) int, 1 for the positive class.
        positive: (rows,) float64, its probability.
        metric: a name of `METRICS`.
        weight: (rows,) of each row, 0 or more; None counts every row once.
    """
    order = np.argsort(-positive, kind="stable")
    values = positive[order]
    counts = np.ones(len(values)) if weight is None else weight[order].astype(np.float64)
    is_true = counts * (truth[order] == 1)
    last = np.append(np.flatnonzero(np.diff(values)), len(values) - 1)  # of each value: a threshold parts no ties
    hits = np.append(0.0, np.cumsum(is_true)[last])
    taken = np.append(0.0, np.cumsum(counts)[last])
    ends = np.concatenate([[1.0], values[last], [0.0]])
    thresholds = (ends[:-1] + ends[1:]) / 2  # in the middle between two neighbours
    scores = METRICS[metric](hits, taken - hits, hits[-1] - hits, (taken[-1] - hits[-1]) - (taken - hits))
    best = np.flatnonzero(scores >= scores.max() - 1e-12)
    return float(thresholds[best[np.argmin(np.abs(thresholds[best] - 0.5))]])


def reliability(truth: np.ndarray, probabilities: np.ndarray, weight: Optional[np.ndarray] = None) -> Dict[str, Any]:
    """How sure the likeliest class is, and how often it is right.

    Args:
        truth: as of :func:`fitted_temperature`.
        probabilities: likewise.
        weight: likewise.

    Returns:
        ``bins``: for each tenth of the probability that has rows ``probability`` (its mean), ``share`` that is right,
        and ``rows`` (their number, or the sum of their weights); ``error``: the mean distance of the two, weighted by
        the rows (the expected calibration error).
    """
    counts = np.ones(len(truth)) if weight is None else weight.astype(np.float64)
    likeliest, sure = probabilities.argmax(axis=1), probabilities.max(axis=1)
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    rows = np.bincount(place, counts, BINS)
    there = np.flatnonzero(rows > 0)
    mean = np.bincount(place, counts * sure, BINS)[there] / rows[there]
    right = np.bincount(place, counts * (likeliest == truth), BINS)[there] / rows[there]
    bins: List[Dict[str, float]] = [
        {"probability": float(each), "share": float(hit), "rows": float(count)}
        for each, hit, count in zip(mean, right, rows[there])
    ]
    return {"bins": bins, "error": float(np.average(np.abs(mean - right), weights=rows[there]))}


Counts = np.ndarray
"""(thresholds,) float64."""


def _accuracy(hits: Counts, false: Counts, missed: Counts, others: Counts) -> np.ndarray:
    return (hits + others) / (hits + false + missed + others)


def _balanced_accuracy(hits: Counts, false: Counts, missed: Counts, others: Counts) -> np.ndarray:
    return (_share(hits, missed) + _share(others, false)) / 2


def _f1(hits: Counts, false: Counts, missed: Counts, others: Counts) -> np.ndarray:
    return _share(2 * hits, false + missed)


def _matthews(hits: Counts, false: Counts, missed: Counts, others: Counts) -> np.ndarray:
    below = np.sqrt((hits + false) * (hits + missed) * (others + false) * (others + missed))
    return np.asarray((hits * others - false * missed) / np.where(below > 0, below, 1.0))


def _share(part: Counts, rest: Counts) -> np.ndarray:
    """The part of both together; 0 of nothing."""
    return np.asarray(part / np.where(part + rest > 0, part + rest, 1.0))


METRICS: Dict[str, Callable[[Counts, Counts, Counts, Counts], np.ndarray]] = {
    "accuracy": _accuracy,
    "balanced_accuracy": _balanced_accuracy,
    "f1": _f1,
    "matthews_corrcoef": _matthews,
}
"""By scikit-learn's names, from true positives, false positives, false negatives and true negatives."""
