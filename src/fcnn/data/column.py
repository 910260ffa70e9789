"""A column as it was read: numbers, or text as codes of its levels, with the names of its rows.

Text is kept as codes because tables repeat themselves: what is asked of a column (is it a number in disguise, a date,
a boolean?) is asked once for each level and not once for each row.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Collection, Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple, Union

import numpy as np
import pandas as pd

from fcnn.data.missing import Missing
from fcnn.data.numerals import read_numerals
from fcnn.data.rows import RowNames, frame_rows, listed
from fcnn.data.threads import MOST

OTHERS = "\0others"
"""The level of the texts of a column that are not kept apart, being very many; no file can have such a cell."""


@dataclass(frozen=True)
class Numbers:
    """A column of numbers."""

    name: str
    rows: RowNames
    values: np.ndarray
    """(rows,) float64, NaN where missing."""

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.values)

    @property
    def missing(self) -> np.ndarray:
        """(rows,) bool."""
        return np.isnan(self.values)

    def take(self, positions: np.ndarray, rows: Optional[RowNames] = None) -> "Numbers":
        """Some of the rows, by position or by mask; `rows` are their names where somebody has them."""
        return replace(self, rows=rows or self.rows.take(positions), values=self.values[positions])

    def examples(self, positions: Sequence[int]) -> str:
        """The cells of some rows as text, with the rows' names."""
        return listed(self.rows, positions, [f"{self.values[row]:g}" for row in positions[:5]])

    def as_text(self) -> "Text":
        """The same as text: whole numbers without a point."""
        values, codes = np.unique(self.values[~self.missing], return_inverse=True)
        all_codes = np.full(len(self), -1, dtype=np.int32)
        all_codes[~self.missing] = codes
        return Text(self.name, self.rows, all_codes, tuple(map(_number_text, values)))


@dataclass(frozen=True)
class Text:
    """A column of text without surrounding blanks."""

    name: str
    rows: RowNames
    codes: np.ndarray
    """(rows,) int32 positions in `levels`, -1 where missing."""
    levels: Tuple[str, ...]
    """The different values, in the order of their first appearance or sorted; perhaps some that no row has."""

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.codes)

    @property
    def missing(self) -> np.ndarray:
        """(rows,) bool."""
        return np.asarray(self.codes < 0)

    def take(self, positions: np.ndarray, rows: Optional[RowNames] = None) -> "Text":
        """Some of the rows, by position or by mask; `rows` are their names where somebody has them."""
        return replace(self, rows=rows or self.rows.take(positions), codes=self.codes[positions])

    def examples(self, positions: Sequence[int]) -> str:
        """The cells of some rows as text, with the rows' names."""
        cells = ["" if code < 0 else self.levels[code] for code in self.codes[list(positions[:5])]]
        cells = ["..." if cell == OTHERS else cell for cell in cells]
        return listed(self.rows, positions, cells)

    def as_text(self) -> "Text":
        """The column itself."""
        return self

    def counts(self) -> Dict[str, int]:
        """How many rows each level has, for those that have any."""
        found = np.bincount(self.codes[self.codes >= 0], minlength=len(self.levels))
        return {level: int(count) for level, count in zip(self.levels, found) if count}

    def present(self) -> List[str]:
        """The levels that a row has."""
        return list(self.counts())

    def cells(self) -> np.ndarray:
        """(rows,) objects: the text of each row, None where it is missing."""
        return np.array([*self.levels, None], dtype=object)[self.codes]

    def look_up(self, values: Mapping[str, float]) -> np.ndarray:
        """(rows,) float64: the number of each row's level, NaN where it is missing or has none."""
        of_levels = np.array([values.get(level, np.nan) for level in self.levels] + [np.nan])
        return of_levels[self.codes]


Column = Union[Numbers, Text]


@dataclass(frozen=True)
class Table:
    """Columns of equal length."""

    columns: Mapping[str, Column]
    rows: RowNames
    count: int
    """How many rows there are."""
    taken: Optional[np.ndarray] = None
    """(rows,) int64: which of the columns' rows they are; None: all. A column is copied when it is asked for."""

    def __len__(self) -> int:
        """How many rows there are."""
        return self.count

    @property
    def at_once(self) -> int:
        """How many columns may be looked at at the same time: few where each is only in memory while it is."""
        return getattr(self.columns, "at_once", MOST)

    def __getitem__(self, name: str) -> Column:
        """The column of that name."""
        column = self.columns[name]
        return column if self.taken is None else column.take(self.taken, self.rows)

    def take(self, positions: np.ndarray) -> "Table":
        """Some of the rows, by position or by mask."""
        if positions.dtype == bool:
            positions = np.flatnonzero(positions)
        taken = positions if self.taken is None else self.taken[positions]
        return Table(self.columns, self.rows.take(positions), len(positions), taken)


def recoded(name: str, rows: RowNames, codes: np.ndarray, raw: Sequence[Any], missing: Collection[str]) -> Text:
    """A text column from codes of raw values, of which several may be one level as text without blanks."""
    levels: Dict[str, int] = {}
    absent = frozenset(missing)
    new = np.empty(len(raw) + 1, dtype=np.int32)
    new[-1] = -1
    for position, value in enumerate(raw):
        text = raw_text(value).strip()
        new[position] = -1 if text in absent else levels.setdefault(text, len(levels))
    return Text(name, rows, new[codes], tuple(levels))


def table_of(frame: pd.DataFrame, names: Sequence[str], missing: Missing) -> Table:
    """Columns of a user's own frame as a table; it has each of the names."""
    rows = frame_rows(len(frame))
    columns: Dict[str, Column] = {name: column_of(name, frame[name], rows, missing.of(name)) for name in names}
    return Table(columns, rows, len(frame))


def column_of(name: str, series: "pd.Series[Any]", rows: RowNames, missing: Collection[str]) -> Column:
    """One column of a user's own frame."""
    values = numbers_of(series)
    if values is not None:
        return Numbers(name, rows, without(values, missing))
    if isinstance(series.dtype, pd.CategoricalDtype):
        return recoded(name, rows, series.cat.codes.to_numpy(), series.cat.categories, missing)
    return recoded(name, rows, *raw_levels(series), missing)


def numbers_of(series: "pd.Series[Any]") -> Optional[np.ndarray]:
    """(rows,) float64 of a series of numbers, NaN where missing; None where it is none. Truth values are none."""
    is_real = pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_complex_dtype(series)
    if not is_real or pd.api.types.is_bool_dtype(series):
        return None
    if isinstance(series.dtype, np.dtype):  # has NaN already; pandas 1 warns where it is to replace some by itself
        return series.to_numpy(dtype=np.float64)
    return series.to_numpy(dtype=np.float64, na_value=np.nan)


def without(values: np.ndarray, missing: Collection[str]) -> np.ndarray:
    """(rows,) float64, NaN in place of the numbers that stand for a missing value, such as -999."""
    numbers = _numbers_among(frozenset(missing))
    return np.where(np.isin(values, numbers), np.nan, values) if numbers else values


@lru_cache(maxsize=None)  # mostly the same for thousands of columns
def _numbers_among(texts: FrozenSet[str]) -> List[float]:
    return list(read_numerals([text for text in texts if text]).values.values())


def raw_levels(series: "pd.Series[Any]") -> Tuple[np.ndarray, List[Any]]:
    """(rows,) codes of a series that is no number, -1 where missing, and the different values that they mean."""
    if pd.api.types.is_datetime64_any_dtype(series):
        local = series.dt.tz_localize(None).dt.floor("us")  # a zone is left out: the time that its clocks show
        series = local.astype(str).where(series.notna(), None)
    cells = series.to_numpy(dtype=object)
    try:
        codes, levels = pd.factorize(cells)
    except TypeError:  # lists and the like
        codes, levels = pd.factorize(np.array([*map(str, cells)], dtype=object))
    return codes.astype(np.int32), list(levels)


def raw_text(value: Any) -> str:
    """A cell as text: a whole number without a point."""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return _number_text(float(value))
    return str(value)


def _number_text(value: float) -> str:
    # repr of a float is the shortest text that reads back as it; a whole number loses its point
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(float(value))
