"""Writing one column of any table into the matrix, by the state that the training rows gave it."""

from typing import Any, Callable, Dict, List, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from fcnn.data.booleans import SPELLINGS
from fcnn.data.column import Column, Numbers, Text
from fcnn.data.dates import Dates, iso, no_date, part_of, read_dates
from fcnn.data.faults import fault_of
from fcnn.data.meanings import as_days
from fcnn.data.numbers import percent_signs, to_numbers
from fcnn.data.numerals import read_numerals
from fcnn.data.scalers import scale_column
from fcnn.data.states import Boolean, Category, ColumnState, Date, Number
from fcnn.wording import say


class Surprise(Struct, frozen=True):
    """Something in a table that the training rows did not have."""

    column: str
    what: str
    """``missing``, ``unseen``, ``out of range``, or ``percent`` for a number with a percent sign that had none, or the
    other way round."""
    rows: int
    example: str = ""


def encode(state: ColumnState, column: Column, out: np.ndarray) -> List[Surprise]:
    """Write a column's part of the matrix.

    Args:
        state: the fitted state.
        column: the rows.
        out: (rows, names_of(state)) float32, all 0.

    Raises:
        FaultError: a cell of a number or date column that is none, or beyond float32 after standardising.
    """
    encoders: Dict[Any, Callable[[Any, Any, np.ndarray], List[Surprise]]] = {
        Number: _encode_number,
        Boolean: _encode_boolean,
        Category: _encode_category,
        Date: _encode_date,
    }
    return encoders[type(state)](state, column, out)


def as_written(state: ColumnState, column: Column) -> ColumnState:
    """The state with the decimal mark or the date format that a table's cells are written in, where that is another."""
    if isinstance(state, Number) and isinstance(column, Text):
        numerals = read_numerals(column.present(), state.decimal)
        if numerals.notation and numerals.decimal != state.decimal:
            return replace(state, decimal=numerals.decimal)
    if isinstance(state, Date):
        dates = _dates(state, column.as_text())
        if dates.format != state.format:
            return replace(state, format=dates.format)
    return state


def _encode_number(state: Number, column: Column, out: np.ndarray) -> List[Surprise]:
    hint = say("an empty cell is a missing value and is allowed")
    values = to_numbers(column, hint, state.decimal, state.bad_values)
    absent = np.isnan(values)
    out[:, 0] = scale_column(column, state, np.where(absent, state.median, values))
    if state.missing:
        out[:, 1] = absent
    return [
        *_missing(state, absent),
        *_percent(state, column, ~absent & (values != 0.0)),
        *out_of_range(state, values),
    ]


def out_of_range(state: Number, values: np.ndarray) -> List[Surprise]:
    """Numbers that are lower or higher than all of the training rows; `values` (rows,) float64, NaN where missing."""
    outside = (values < state.minimum) | (values > state.maximum)
    return _surprise(state.name, "out of range", outside, lambda row: f"{values[row]:g}")


def _percent(state: Number, column: Column, there: np.ndarray) -> List[Surprise]:
    """Cells with a percent sign where the training had none, or the other way round; `there` (rows,) may have one."""
    if state.percent is None or (isinstance(column, Numbers) and not state.percent):
        return []
    other = there & (percent_signs(column) != state.percent)
    return _surprise(state.name, "percent", other, _cell_of(column.as_text()))


def _encode_boolean(state: Boolean, column: Column, out: np.ndarray) -> List[Surprise]:
    text = column.as_text()
    # True of a user's frame is yes, whatever the word for yes was.
    words = {word: truth for truth, usual in enumerate(SPELLINGS) for word in (*usual, state.words[truth])}
    values = text.look_up({level: words[level.casefold()] for level in text.levels if level.casefold() in words})
    absent = text.missing
    neither = np.isnan(values) & ~absent
    out[:, 0] = np.where(np.isnan(values), float(state.mode), values)
    if state.missing:
        out[:, 1] = absent
    return [*_missing(state, absent), *_surprise(state.name, "unseen", neither, _cell_of(text))]


def _encode_category(state: Category, column: Column, out: np.ndarray) -> List[Surprise]:
    text = column.as_text()
    codes = {level: code for code, level in enumerate(state.levels)}
    if isinstance(
        column, Numbers
    ):  # of a user's frame: 2007 is the level that the file of the training wrote as 2007.0
        codes = {**number_spellings(state.levels), **codes}
    values = text.look_up({level: codes[level] for level in text.levels if level in codes})
    known = np.flatnonzero(~np.isnan(values))
    out[known, values[known].astype(np.int64)] = 1.0
    absent = text.missing
    other = np.isnan(values) & ~absent
    if state.missing:
        out[absent, len(state.levels)] = 1.0
    if state.rare:
        out[other, -1] = 1.0
    return [*_missing(state, absent), *_surprise(state.name, "unseen", other, _cell_of(text))]


def _encode_date(state: Date, column: Column, out: np.ndarray) -> List[Surprise]:
    known = as_days(column)
    days = _days(state, column.as_text()) if known is None else known
    absent = np.isnan(days)
    for position, part in enumerate(state.parts):
        values = np.where(absent, part.median, part_of(days, part.name, state.first))
        out[:, position] = scale_column(column, part, values)
    if state.missing:
        out[:, len(state.parts)] = absent
    outside = (days < state.first) | (days > state.last)
    return [*_missing(state, absent), *_surprise(state.name, "out of range", outside, lambda row: iso(days[row]))]


def _days(state: Date, text: Text) -> np.ndarray:
    """(rows,) float64 days since 1970, NaN where missing."""
    days = text.look_up(_dates(state, text).values)
    bad = np.flatnonzero(np.isnan(days) & ~text.missing)
    if len(bad) and state.bad_values == "error":
        expected = say("dates such as {date}, written {format}", date=iso(state.first), format=state.format)
        raise fault_of(text, bad, no_date, expected)
    return days


def _dates(state: Date, text: Text) -> Dates:
    """The values of a column as dates: another file may write them in another way."""
    present = text.present()
    dates = read_dates(present, state.format)
    if len(dates.values) == len(present):
        return dates
    return max(dates, read_dates(present), key=lambda found: len(found.values))


def number_spellings(levels: Sequence[str]) -> Dict[str, int]:
    """The levels that are numbers, by the text that a number column makes of them."""
    numbers = read_numerals(levels).values
    return {_plain(numbers[level]): code for code, level in enumerate(levels) if level in numbers}


def _plain(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _cell_of(text: Text) -> Callable[[int], str]:
    return lambda row: text.levels[text.codes[row]]


def _missing(state: ColumnState, absent: np.ndarray) -> List[Surprise]:
    return [] if state.missing else _surprise(state.name, "missing", absent, lambda row: "")


def _surprise(column: str, what: str, rows: np.ndarray, example: Callable[[int], str]) -> List[Surprise]:
    positions = np.flatnonzero(rows)
    if not len(positions):
        return []
    return [Surprise(column, what, len(positions), example(int(positions[0])))]
