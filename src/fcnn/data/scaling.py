"""Standardising numbers, with an error where a float cannot hold them."""

from typing import Tuple

import numpy as np
import pandas as pd

from fcnn.data.table import examples
from fcnn.errors import DataError, Problem


def mean_and_std(values: np.ndarray, where: str) -> Tuple[float, float]:
    """Mean and population standard deviation of finite numbers; 1 stands for the deviation of equal ones.

    Args:
        values: (rows,) float64, at least one.
        where: the place that an error names.

    Raises:
        DataError: the variance is beyond float64.
    """
    if values.min() == values.max():
        return float(values[0]), 1.0  # the mean of equal numbers may differ from them by rounding
    with np.errstate(over="ignore", invalid="ignore"):
        mean, std = float(values.mean()), float(values.std())
    if not np.isfinite(std):
        message = "the values are too large: their variance is beyond float64"
        raise DataError(Problem(message, where, "magnitudes below 1e150", f"{np.abs(values).max():g}"))
    return mean, std if std > 0 else 1.0


def standardise(values: "pd.Series[float]", mean: float, std: float, where: str) -> np.ndarray:
    """``(values - mean) / std`` as float32.

    Args:
        values: (rows,) float64, finite, with the index of the table.
        mean: to subtract.
        std: to divide by.
        where: the place that an error names.

    Raises:
        DataError: a result that float32 cannot hold.
    """
    with np.errstate(over="ignore"):
        scaled = ((values.to_numpy() - mean) / std).astype(np.float32)
    beyond = np.flatnonzero(~np.isfinite(scaled))
    if len(beyond):
        message = "a value is beyond float32 after standardising"
        raise DataError(Problem(message, where, f"values around {mean:g}", examples(values, beyond)))
    return scaled
