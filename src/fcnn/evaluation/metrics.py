"""Metrics of a whole split, computed by scikit-learn.

A metric that the rows do not define (ROC AUC where a class has no rows, R2 of a constant target) is left out:
a NaN would not survive JSON, and a 0 would be a lie. Rows of weight 0 count as not there.
"""

from typing import Dict, Optional, Sequence, Tuple

import numpy as np
from sklearn import metrics as scores

PROBABILITY_FLOOR = float(np.finfo(np.float32).eps)
"""Smallest probability that the log loss believes: below it, 1 - p of a float32 p rounds to 0 or 1."""


def classification_metrics(
    y_true: np.ndarray,
    probabilities: np.ndarray,
    class_names: Sequence[str],
    sample_weight: Optional[np.ndarray] = None,
    predicted: Optional[np.ndarray] = None,
) -> Dict[str, float]:
    """Score predicted probabilities against the true classes.

    Args:
        y_true: (rows,) int, the codes of the true classes, 0 to classes - 1.
        probabilities: (rows, classes) float; each row sums to 1 within float32. Two classes: two columns.
        class_names: the names in code order; with two of them, code 1 is the positive class.
        sample_weight: (rows,) float, at least 0; None counts every row once.
        predicted: (rows,) int codes of the predicted classes; None: the likeliest ones.

    Returns:
        ``accuracy``, ``balanced_accuracy`` (mean recall of the classes that have rows), ``f1_macro`` (mean F1
        of the classes that have rows or are predicted): fractions 0 to 1. ``log_loss``: nats a row, with
        probabilities below 1.2e-7 raised to it. ``roc_auc``: 0 to 1, of the positive class, or the mean of
        one class against the rest; left out unless every class has rows. ``average_precision``: 0 to 1, two
        classes only, left out likewise. Empty where no row has weight.

    Raises:
        ValueError: where shapes do not fit each other or there are fewer than two classes.
    """
    classes = len(class_names)
    if classes < 2 or probabilities.shape != (len(y_true), classes):
        raise ValueError(
            f"expected probabilities of shape ({len(y_true)}, {classes}), at least two columns wide, "
            f"received {probabilities.shape}"
        )
    codes, shares, weight = _weighty(np.asarray(y_true), np.asarray(probabilities, np.float64), sample_weight)
    if len(codes) == 0:
        return {}
    present = np.unique(codes)
    predicted = shares.argmax(axis=1) if predicted is None else _weighty(predicted, predicted, sample_weight)[0]
    believed = np.clip(shares, PROBABILITY_FLOOR, 1.0)
    # In float64 too the rows have to sum to 1: scikit-learn checks it to 8 digits.
    believed /= believed.sum(axis=1, keepdims=True)
    result = {
        "accuracy": scores.accuracy_score(codes, predicted, sample_weight=weight),
        # balanced_accuracy_score is the same number, with a warning for a predicted class that has no rows.
        "balanced_accuracy": scores.recall_score(
            codes, predicted, labels=present, average="macro", sample_weight=weight, zero_division=0
        ),
        "f1_macro": scores.f1_score(codes, predicted, average="macro", sample_weight=weight, zero_division=0),
        "log_loss": scores.log_loss(codes, believed, labels=np.arange(classes), sample_weight=weight),
    }
    if len(present) == classes == 2:
        positive = shares[:, 1]
        result["roc_auc"] = scores.roc_auc_score(codes, positive, sample_weight=weight)
        result["average_precision"] = scores.average_precision_score(codes, positive, sample_weight=weight)
    elif len(present) == classes:
        result["roc_auc"] = scores.roc_auc_score(
            codes, shares / shares.sum(axis=1, keepdims=True), multi_class="ovr", sample_weight=weight
        )
    return {name: float(value) for name, value in result.items()}


def per_class(
    y_true: np.ndarray,
    y_pred: np.ndarray,
    class_names: Sequence[str],
    sample_weight: Optional[np.ndarray] = None,
) -> Dict[str, Dict[str, float]]:
    """Score each class by itself.

    Args:
        y_true: (rows,) int, the codes of the true classes.
        y_pred: (rows,) int, the codes of the predicted classes.
        class_names: the names in code order.
        sample_weight: (rows,) float, at least 0; None counts every row once.

    Returns:
        For each class ``precision``, ``recall``, ``f1`` (fractions 0 to 1; 0 where nothing was predicted or
        has the class) and ``support`` (its true rows: their number, or the sum of their weights).
    """
    precision, recall, f1, support = scores.precision_recall_fscore_support(
        y_true, y_pred, labels=np.arange(len(class_names)), sample_weight=sample_weight, zero_division=0
    )
    return {
        name: {
            "precision": float(precision[code]),
            "recall": float(recall[code]),
            "f1": float(f1[code]),
            "support": int(support[code]) if sample_weight is None else float(support[code]),
        }
        for code, name in enumerate(class_names)
    }


def confusion(y_true: np.ndarray, y_pred: np.ndarray, n_classes: int) -> np.ndarray:
    """Count the rows of each pair of true and predicted class.

    Args:
        y_true: (rows,) int, codes 0 to n_classes - 1.
        y_pred: (rows,) int, codes 0 to n_classes - 1.
        n_classes: how many classes there are, whether they have rows or not.

    Returns:
        (n_classes, n_classes) int64: entry [i, j] is the number of rows of true class i predicted as class j.
    """
    pairs = np.asarray(y_true, np.int64) * n_classes + np.asarray(y_pred, np.int64)
    return np.bincount(pairs, minlength=n_classes * n_classes).reshape(n_classes, n_classes).astype(np.int64)


def regression_metrics(
    y_true: np.ndarray, y_pred: np.ndarray, sample_weight: Optional[np.ndarray] = None
) -> Dict[str, float]:
    """Score predicted numbers against the true ones.

    Args:
        y_true: (rows,) float, in the target's own units.
        y_pred: (rows,) float, in the target's own units.
        sample_weight: (rows,) float, at least 0; None counts every row once.

    Returns:
        ``rmse``, ``mae``, ``median_absolute_error`` in the target's units, and ``r2`` (1 is perfect, 0 is the
        mean of these rows), which is left out with fewer than two rows or a constant target. Empty where no
        row has weight.
    """
    truth, guess, weight = _weighty(np.asarray(y_true, np.float64), np.asarray(y_pred, np.float64), sample_weight)
    if len(truth) == 0:
        return {}
    result = {
        "rmse": np.sqrt(scores.mean_squared_error(truth, guess, sample_weight=weight)),
        "mae": scores.mean_absolute_error(truth, guess, sample_weight=weight),
    }
    if truth.min() < truth.max():
        result["r2"] = scores.r2_score(truth, guess, sample_weight=weight)
    result["median_absolute_error"] = scores.median_absolute_error(truth, guess, sample_weight=weight)
    return {name: float(value) for name, value in result.items()}


def _weighty(
    truth: np.ndarray, guess: np.ndarray, weight: Optional[np.ndarray]
) -> Tuple[np.ndarray, np.ndarray, Optional[np.ndarray]]:
    """Keep the rows that have weight: the others would make a class seem present that counts for nothing."""
    if weight is None:
        return truth, guess, None
    weight = np.asarray(weight, np.float64)
    kept = weight > 0
    return truth[kept], guess[kept], weight[kept]
