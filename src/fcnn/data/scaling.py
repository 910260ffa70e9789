"""Standardising numbers, with an error where a float cannot hold them."""

from typing import Tuple

import numpy as np

from fcnn.data.column import Column
from fcnn.data.faults import fault_of
from fcnn.errors import DataError, Problem
from fcnn.wording import Said, say, say_many


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


def standardise(column: Column, values: np.ndarray, mean: float, std: float) -> np.ndarray:
    """``(values - mean) / std`` as float32.

    Args:
        column: whose values they are, for an error.
        values: (rows,) float64, finite.
        mean: to subtract.
        std: to divide by.

    Raises:
        FaultError: a result that float32 cannot hold.
    """
    with np.errstate(over="ignore"):
        scaled = (values - mean) / std
    return as_float32(column, scaled, mean)


def as_float32(column: Column, scaled: np.ndarray, center: float) -> np.ndarray:
    """(rows,) float32 of float64 values of a column.

    Raises:
        FaultError: one that float32 cannot hold; `center` is where usual ones are, in the column's own unit.
    """
    with np.errstate(over="ignore"):
        narrow = scaled.astype(np.float32)
    beyond = np.flatnonzero(~np.isfinite(narrow))
    if len(beyond):
        raise fault_of(column, beyond, _beyond_float32, say("values around {mean:g}", mean=center))
    return narrow


def _beyond_float32(count: int) -> Said:
    return say_many(
        count,
        "a value is beyond float32 after standardising",
        "{count:,} values are beyond float32 after standardising",
    )
