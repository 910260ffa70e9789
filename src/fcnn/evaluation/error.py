"""How wrong predictions are, as one number: what the importance of columns asks for hundreds of times.

The numbers are those of :mod:`fcnn.evaluation.metrics`, which scikit-learn computes; it looks at its arguments for one
to three milliseconds before it does, longer than a small network takes to predict a test split.
"""

from typing import Optional

import numpy as np

from fcnn.evaluation.metrics import PROBABILITY_FLOOR


def log_loss(y_true: np.ndarray, probabilities: np.ndarray, sample_weight: Optional[np.ndarray] = None) -> float:
    """The mean negative logarithm of the true class's probability: nats a row.

    Args:
        y_true: (rows,) int, the codes of the true classes.
        probabilities: (rows, classes) float64; each row sums to 1.
        sample_weight: (rows,) float, at least 0 and not all 0; None counts every row once.
    """
    believed = np.clip(probabilities, PROBABILITY_FLOOR, 1.0)
    true = believed[np.arange(len(y_true)), y_true] / believed.sum(axis=1)
    return float(np.average(-np.log(true), weights=sample_weight))


def root_mean_squared_error(
    y_true: np.ndarray, y_pred: np.ndarray, sample_weight: Optional[np.ndarray] = None
) -> float:
    """The root of the mean squared difference, in the target's own units.

    Args:
        y_true: (rows,) float.
        y_pred: (rows,) float64.
        sample_weight: (rows,) float, at least 0 and not all 0; None counts every row once.
    """
    return float(np.sqrt(np.average((y_true - y_pred) ** 2, weights=sample_weight)))
