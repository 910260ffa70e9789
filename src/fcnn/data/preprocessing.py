"""Columns to a float32 matrix: fitted on training rows, stored as plain data, applied to any table."""

from typing import Any, Dict, List, Sequence, Tuple, Union

import numpy as np
import pandas as pd
from msgspec import Struct

from fcnn.data.columns import boolean_words
from fcnn.data.table import as_strings, to_numbers
from fcnn.errors import DataError, Problem

MOST_LEVELS = 100
"""Levels of one category that get a column of their own; the rarer ones share one."""


class Number(Struct, frozen=True, kw_only=True, tag_field="type", tag="number"):
    """A number: missing replaced by the median, then (x - mean) / std."""

    name: str
    median: float
    mean: float
    std: float
    """Population standard deviation of the training rows, missing ones imputed; 1 where the column is constant."""
    minimum: float
    maximum: float
    missing: bool
    """Training rows had missing values, so an indicator column follows."""


class Boolean(Struct, frozen=True, kw_only=True, tag_field="type", tag="boolean"):
    """Two words as 0 and 1: missing replaced by the more frequent one."""

    name: str
    words: Tuple[str, str]
    """(false, true), casefolded."""
    mode: bool
    missing: bool


class Category(Struct, frozen=True, kw_only=True, tag_field="type", tag="category"):
    """Levels as one column each (one-hot)."""

    name: str
    levels: Tuple[str, ...]
    missing: bool
    """Training rows had missing values, so a column stands for them."""
    rare: bool
    """Rare levels share a column, which unseen levels get too.

    Without one an unseen level is zero in every column: a column that no training row had would add the random start
    weights of the network to the prediction.
    """


ColumnState = Union[Number, Boolean, Category]


class Surprise(Struct, frozen=True):
    """Something in a table that the training rows did not have."""

    column: str
    what: str
    """``missing``, ``unseen`` or ``out of range``."""
    rows: int
    example: str = ""


class Preprocessing(Struct, frozen=True):
    """The fitted preprocessing of all features, in the order of the matrix' columns."""

    columns: Tuple[ColumnState, ...]

    @property
    def feature_names(self) -> List[str]:
        """Names of the matrix' columns: ``bill_depth_mm``, ``sex=male``, ``sex=<missing>``."""
        return [name for column in self.columns for name in _names(column)]

    def transform(self, frame: pd.DataFrame) -> Tuple[np.ndarray, List[Surprise]]:
        """Encode rows.

        Args:
            frame: the feature columns, in any order, beside any others.

        Returns:
            (rows, features) float32, finite; and what the training rows did not have.

        Raises:
            DataError: columns that are not there, cells of number columns that are no finite numbers, or values
                beyond float32 after standardising. All columns' problems at once.
        """
        matrix = np.zeros((len(frame), len(self.feature_names)), dtype=np.float32)
        surprises: List[Surprise] = []
        problems: List[Problem] = []
        first = 0
        for column in self.columns:
            width = len(_names(column))
            try:
                if column.name not in frame.columns:
                    found = ", ".join(map(str, list(frame.columns)[:12]))
                    raise DataError(Problem(f"the table has no column {column.name!r}", received=found))
                surprises += _ENCODERS[type(column)](column, frame[column.name], matrix[:, first : first + width])
            except DataError as error:
                problems += error.problems
            first += width
        if problems:
            raise DataError(*problems)
        return matrix, surprises


def fit_preprocessing(frame: pd.DataFrame, types: Sequence[Tuple[str, str]]) -> Tuple[Preprocessing, List[Problem]]:
    """Fit on the training rows.

    Args:
        frame: the feature columns of the training rows.
        types: (name, type) of each column to learn from.

    Returns:
        The preprocessing, and notes about columns that are constant in the training rows, which are left out.

    Raises:
        DataError: a stated type that the values do not allow, or no column left.
    """
    columns: List[ColumnState] = []
    findings: List[Problem] = []
    problems: List[Problem] = []
    for name, kind in types:
        try:
            state = _FITTERS[kind](name, frame[name])
        except DataError as error:
            problems += error.problems
            continue
        if _is_constant(state, frame[name]):
            message = "is the same in every training row and is left out"
            findings.append(Problem(message, f"column {name!r}", severity="note"))
        else:
            columns.append(state)
    if not problems and not columns:
        problems.append(Problem("every column is constant: nothing is left to learn from", "data.features"))
    if problems:
        raise DataError(*problems)
    return Preprocessing(tuple(columns)), findings


def _is_constant(state: ColumnState, column: "pd.Series[Any]") -> bool:
    if isinstance(state, Number):
        return state.minimum == state.maximum and not state.missing
    return bool(column.nunique(dropna=False) == 1)


def _fit_number(name: str, column: "pd.Series[Any]") -> Number:
    values = to_numbers(column, f"column {name!r}", f"or take it as text: data.columns.{name}.type=category")
    absent = np.isnan(values)
    if absent.all():
        raise DataError(Problem("has no value in any training row", f"column {name!r}", hint="data.drop it"))
    present = values[~absent]
    median = float(np.median(present))
    imputed = np.where(absent, median, values)
    with np.errstate(over="ignore"):
        mean, std = float(imputed.mean()), float(imputed.std())
    if not np.isfinite(std):
        largest = f"{np.abs(present).max():g}"
        message = "the values are too large: their variance is beyond float64"
        raise DataError(Problem(message, f"column {name!r}", "magnitudes below 1e150", largest))
    return Number(
        name=name,
        median=median,
        mean=mean,
        std=std if std > 0 else 1.0,
        minimum=float(present.min()),
        maximum=float(present.max()),
        missing=bool(absent.any()),
    )


def _fit_boolean(name: str, column: "pd.Series[Any]") -> Boolean:
    text = as_strings(column)
    words = boolean_words(text)
    if words is None:
        found = ", ".join(sorted({str(value) for value in text.dropna()})[:5])
        hint = f"data.columns.{name}.type=category"
        expected = "two of yes/no, true/false, t/f, y/n, on/off, 是/否, 1/0"
        raise DataError(Problem("is no boolean", f"column {name!r}", expected, found, hint))
    mode = bool((text.dropna().str.casefold() == words[1]).mean() >= 0.5)
    return Boolean(name=name, words=words, mode=mode, missing=bool(text.isna().any()))


def _fit_category(name: str, column: "pd.Series[Any]") -> Category:
    text = as_strings(column)
    counts = text.dropna().value_counts()
    # By count, then by name: the order of value_counts among equals differs between pandas versions.
    ordered = sorted(counts.index, key=lambda level: (-counts[level], level))
    kept = ordered[:MOST_LEVELS] if len(ordered) > MOST_LEVELS else ordered
    return Category(
        name=name, levels=tuple(sorted(kept)), missing=bool(text.isna().any()), rare=len(ordered) > len(kept)
    )


def _names(column: ColumnState) -> List[str]:
    extra = [f"{column.name}=<missing>"] if column.missing else []
    if isinstance(column, Category):
        levels = [f"{column.name}={level}" for level in column.levels]
        return levels + extra + ([f"{column.name}=<rare>"] if column.rare else [])
    return [column.name, *extra]


def _encode_number(state: Number, column: "pd.Series[Any]", out: np.ndarray) -> List[Surprise]:
    where = f"column {state.name!r}"
    values = to_numbers(column, where, "an empty cell is a missing value and is allowed")
    absent = np.isnan(values)
    scaled = (np.where(absent, state.median, values) - state.mean) / state.std
    if len(scaled) and np.abs(scaled).max() > np.finfo(np.float32).max:
        largest = f"{np.nanmax(np.abs(values)):g}"
        raise DataError(Problem("a value is beyond float32 after standardising", where, received=largest))
    out[:, 0] = scaled
    if state.missing:
        out[:, 1] = absent
    outside = (values < state.minimum) | (values > state.maximum)
    return [
        *_missing(state, absent),
        *_surprise(state.name, "out of range", outside, lambda row: f"{values[row]:g}"),
    ]


def _encode_boolean(state: Boolean, column: "pd.Series[Any]", out: np.ndarray) -> List[Surprise]:
    text = as_strings(column)
    folded = text.map(lambda value: value if value is None else value.casefold())
    false, true = (folded == word for word in state.words)
    absent = text.isna().to_numpy()
    neither = ~(false | true).to_numpy() & ~absent
    out[:, 0] = np.where(neither | absent, state.mode, true.to_numpy())
    if state.missing:
        out[:, 1] = absent
    return [
        *_missing(state, absent),
        *_surprise(state.name, "unseen", neither, lambda row: str(text.iloc[row])),
    ]


def _encode_category(state: Category, column: "pd.Series[Any]", out: np.ndarray) -> List[Surprise]:
    text = as_strings(column)
    codes = pd.Index(state.levels, dtype=object).get_indexer(text)
    known = np.flatnonzero(codes >= 0)
    out[known, codes[known]] = 1.0
    absent = text.isna().to_numpy()
    other = (codes < 0) & ~absent
    if state.missing:
        out[absent, len(state.levels)] = 1.0
    if state.rare:
        out[other, -1] = 1.0
    return [
        *_missing(state, absent),
        *_surprise(state.name, "unseen", other, lambda row: str(text.iloc[row])),
    ]


def _missing(state: ColumnState, absent: np.ndarray) -> List[Surprise]:
    return [] if state.missing else _surprise(state.name, "missing", absent, lambda row: "")


def _surprise(column: str, what: str, rows: Any, example: Any) -> List[Surprise]:
    positions = np.flatnonzero(rows)
    if not len(positions):
        return []
    return [Surprise(column, what, len(positions), example(positions[0]))]


_FITTERS: Dict[str, Any] = {"number": _fit_number, "boolean": _fit_boolean, "category": _fit_category}
_ENCODERS: Dict[Any, Any] = {Number: _encode_number, Boolean: _encode_boolean, Category: _encode_category}
