"""What one column becomes in the matrix: its state, fitted on training rows, and how any table is encoded with it."""

from typing import Any, Callable, Dict, List, Sequence, Tuple, Union

import numpy as np
import pandas as pd
from msgspec import Struct

from fcnn.data.columns import BOOLEANS, as_category, boolean_words
from fcnn.data.scaling import mean_and_std, standardise
from fcnn.data.table import as_strings, is_number, to_numbers
from fcnn.errors import DataError, Problem

MOST_LEVELS = 100
"""Levels of one category that get a column of their own; the rarer ones share one."""
SPELLINGS = tuple(zip(*BOOLEANS))
"""The usual words for false, and those for true."""


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


def fit_column(kind: str, name: str, column: "pd.Series[Any]") -> ColumnState:
    """Fit one column of the training rows, in which it is not the same everywhere.

    Args:
        kind: ``number``, ``boolean`` or ``category``.
        name: of the column.
        column: its values.

    Raises:
        DataError: the values do not allow the kind.
    """
    fitters: Dict[str, Callable[..., ColumnState]] = {
        "number": _fit_number,
        "boolean": _fit_boolean,
        "category": _fit_category,
    }
    return fitters[kind](name, column)


def encode(state: ColumnState, column: "pd.Series[Any]", out: np.ndarray) -> List[Surprise]:
    """Write a column's part of the matrix.

    Args:
        state: the fitted state.
        column: (rows,) raw values.
        out: (rows, names_of(state)) float32, all 0.

    Raises:
        DataError: a cell of a number column that is no finite number, or beyond float32 after standardising.
    """
    if isinstance(state, Number):
        return _encode_number(state, column, out)
    if isinstance(state, Boolean):
        return _encode_boolean(state, column, out)
    return _encode_category(state, column, out)


def _fit_number(name: str, column: "pd.Series[Any]") -> Number:
    values = to_numbers(column, f"column {name!r}", f"or take it as text: {as_category(name)}")
    absent = np.isnan(values)
    present = values[~absent]
    median = float(np.median(present))
    mean, std = mean_and_std(np.where(absent, median, values), f"column {name!r}")
    return Number(
        name=name,
        median=median,
        mean=mean,
        std=std,
        minimum=float(present.min()),
        maximum=float(present.max()),
        missing=bool(absent.any()),
    )


def _fit_boolean(name: str, column: "pd.Series[Any]") -> Boolean:
    text = as_strings(column)
    words = boolean_words(text, least=1)
    if words is None:
        found = ", ".join(sorted({str(value) for value in text.dropna()})[:5])
        expected = "two of yes/no, true/false, t/f, y/n, on/off, 是/否, 1/0"
        raise DataError(Problem("is no boolean", f"column {name!r}", expected, found, as_category(name)))
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


def names_of(column: ColumnState) -> List[str]:
    """The names of its columns in the matrix."""
    extra = [f"{column.name}=<missing>"] if column.missing else []
    if isinstance(column, Category):
        levels = [f"{column.name}={level}" for level in column.levels]
        return levels + extra + ([f"{column.name}=<rare>"] if column.rare else [])
    return [column.name, *extra]


def _encode_number(state: Number, column: "pd.Series[Any]", out: np.ndarray) -> List[Surprise]:
    where = f"column {state.name!r}"
    values = to_numbers(column, where, "an empty cell is a missing value and is allowed")
    absent = np.isnan(values)
    imputed = pd.Series(np.where(absent, state.median, values), index=column.index)
    out[:, 0] = standardise(imputed, state.mean, state.std, where)
    if state.missing:
        out[:, 1] = absent
    outside = (values < state.minimum) | (values > state.maximum)
    return [
        *_missing(state, absent),
        *_surprise(state.name, "out of range", outside, lambda row: f"{values[row]:g}"),
    ]


def _encode_boolean(state: Boolean, column: "pd.Series[Any]", out: np.ndarray) -> List[Surprise]:
    text = as_strings(column)
    # True of a user's frame is yes, whatever the word for yes was.
    false, true = (text.str.casefold().isin([word, *usual]).to_numpy() for word, usual in zip(state.words, SPELLINGS))
    absent = text.isna().to_numpy()
    neither = ~(false | true | absent)
    out[:, 0] = np.where(false | true, true, state.mode)
    if state.missing:
        out[:, 1] = absent
    return [
        *_missing(state, absent),
        *_surprise(state.name, "unseen", neither, lambda row: str(text.iloc[row])),
    ]


def _encode_category(state: Category, column: "pd.Series[Any]", out: np.ndarray) -> List[Surprise]:
    text = as_strings(column)
    if is_number(column):  # of a user's frame: 2007 is the level that the file of the training wrote as 2007.0
        spellings = {**_number_spellings(state.levels), **{level: level for level in state.levels}}
        text = pd.Series([spellings.get(cell, cell) for cell in text], index=text.index, dtype=object)
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


def _number_spellings(levels: Sequence[str]) -> Dict[str, str]:
    """The levels that are numbers, by the text that :func:`as_strings` makes of them."""
    numbers = pd.to_numeric(pd.Series(levels, dtype=object), errors="coerce").dropna()
    return dict(zip(as_strings(numbers), (levels[position] for position in numbers.index)))


def _missing(state: ColumnState, absent: np.ndarray) -> List[Surprise]:
    return [] if state.missing else _surprise(state.name, "missing", absent, lambda row: "")


def _surprise(column: str, what: str, rows: Any, example: Any) -> List[Surprise]:
    positions = np.flatnonzero(rows)
    if not len(positions):
        return []
    return [Surprise(column, what, len(positions), example(positions[0]))]
