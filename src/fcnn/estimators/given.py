"""What scikit-learn hands to an estimator, checked in scikit-learn's own words: rows, labels, weights, a seed."""

import numbers
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, assert_all_finite, check_array, column_or_1d

from fcnn.data.frames import unused

IS_OLD = hasattr(BaseEstimator, "_validate_data")
"""Whether this is scikit-learn up to 1.5, whose checks are methods of the estimator."""


class Rows(NamedTuple):
    """Rows whose columns have names."""

    frame: pd.DataFrame
    are_numbers: bool
    """An array of numbers was given: nothing has to be guessed."""


def rows_given(estimator: Any, X: Any, names: Optional[Sequence[str]] = None) -> Rows:
    """The rows as a frame; notes what their columns are, or compares them with what was noted.

    Args:
        estimator: gets ``n_features_in_`` and ``feature_names_in_``, or has them.
        X: a frame, or an array of numbers, or one of objects with text in it.
        names: of the columns when the estimator was fitted; None while it is.

    Raises:
        ValueError: too few rows or columns, an infinite number in an array, other columns than in fitting.
        TypeError: it is sparse, or has a cell that is neither number nor text.
    """
    is_first = names is None
    least = 1 + is_first
    if isinstance(X, pd.DataFrame):
        frame, are_numbers = _checked(estimator, X, is_first, as_it_is=True).copy(deep=False), False
        check_array(np.empty(frame.shape, np.int8), ensure_min_samples=least, estimator=estimator)
    else:
        has_text = isinstance(X, np.ndarray) and X.dtype == object and any(isinstance(cell, str) for cell in X.flat)
        array = _checked(estimator, X, is_first, dtype=None if has_text else "numeric", ensure_min_samples=least)
        frame, are_numbers = pd.DataFrame(array).infer_objects(), not has_text
    if names is None:
        names = getattr(estimator, "feature_names_in_", None)
    frame.columns = [f"x{number}" for number in range(frame.shape[1])] if names is None else list(names)
    return Rows(frame, are_numbers)


def _checked(estimator: Any, X: Any, is_first: bool, as_it_is: bool = False, **options: Any) -> Any:
    """scikit-learn's own check of the names and the number of columns, and of the cells unless they stay `as_it_is`."""
    if IS_OLD:
        finite = {"force_all_finite": "allow-nan"}
        return estimator._validate_data(X, reset=is_first, cast_to_ndarray=not as_it_is, **finite, **options)
    from sklearn.utils.validation import validate_data

    if as_it_is:
        return validate_data(estimator, X, reset=is_first, skip_check_array=True)
    return validate_data(estimator, X, reset=is_first, ensure_all_finite="allow-nan", **options)


def classes_given(estimator: Any, y: Any) -> Tuple[np.ndarray, np.ndarray]:
    """The classes in order, and (rows,) int32 which of them each row is.

    Raises:
        ValueError: a quantity, several labels a row, a missing one.
    """
    labels = column_or_1d(_not_none(estimator, y), warn=True)
    if labels.dtype.kind == "f":
        assert_all_finite(labels, input_name="y")
    elif pd.isna(labels).any():
        raise ValueError("Input y contains a missing value: each row needs a class")
    check_classification_targets(labels)
    classes, codes = np.unique(labels, return_inverse=True)
    return classes, codes.astype(np.int32)


def quantities_given(estimator: Any, y: Any) -> np.ndarray:
    """(rows,) float64 to be predicted.

    Raises:
        ValueError: text, a missing or infinite value, several values a row.
    """
    quantities = check_array(_not_none(estimator, y), ensure_2d=False, dtype=np.float64, input_name="y")
    return np.asarray(column_or_1d(quantities, warn=True))


def _not_none(estimator: Any, y: Any) -> Any:
    if y is None:
        name = type(estimator).__name__
        raise ValueError(f"This {name} estimator requires y to be passed, but the target y is None.")
    return y


def weights_given(sample_weight: Any, rows: Rows, labels: np.ndarray) -> Tuple[Rows, np.ndarray, Optional[np.ndarray]]:
    """The rows that have a weight above 0, their labels, and (rows,) float64 weights; None where all weigh the same.

    Raises:
        ValueError: not one finite weight of 0 or more for each row, or none above 0.
    """
    if sample_weight is None:
        return rows, labels, None
    weights = np.asarray(_check_sample_weight(sample_weight, np.empty((len(labels), 1)), dtype=np.float64))
    if (weights < 0).any():
        raise ValueError(f"Negative values in sample_weight: {weights.min():g}")
    if not weights.any():
        raise ValueError("All values of sample_weight are 0: no row is left to learn from")
    there = np.flatnonzero(weights)
    if len(there) == len(weights):
        return rows, labels, weights
    return rows._replace(frame=rows.frame.iloc[there]), labels[there], weights[there]


def target_name(y: Any, frame: pd.DataFrame) -> str:
    """The name of a series, or ``y``; one that no column of the frame has."""
    return unused(str(getattr(y, "name", None) or "y"), tuple(frame.columns))


def seed_given(random_state: Any) -> int:
    """A whole number as it is; else one that is drawn, by NumPy's global state where None is given."""
    if isinstance(random_state, numbers.Integral):
        return int(random_state)
    return int(check_random_state(random_state).randint(2**31 - 1))


def class_names(classes: np.ndarray) -> List[str]:
    """What the classes are called in a run and in messages.

    Raises:
        ValueError: two are called the same.
    """
    names = [str(name) for name in classes]
    if len({*names}) < len(names):
        raise ValueError(f"Two classes of y are called the same: {', '.join(sorted(names))}")
    return names
