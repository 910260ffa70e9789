"""Columns that lie on the disk, read whenever one is asked for: what a :class:`ColumnStore` wrote."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Mapping, NamedTuple, Optional, Tuple

import numpy as np

from fcnn.data.column import Column, Numbers, Table, Text, recoded, without
from fcnn.data.meanings import Meaning, Understood
from fcnn.data.missing import Missing
from fcnn.data.rows import RowNames, listed
from fcnn.data.storage import CHECKING, LOOKING, Working
from fcnn.data.unnamed_file import UnnamedFile

LOOKS: Mapping[str, int] = {LOOKING: 3, CHECKING: 5}
"""How often each column is asked for, about: type, sums below, fitting; groups, checks, leaks, repeats, report."""


class Run(NamedTuple):
    """Rows of a column that follow one another."""

    first: int
    rows: int
    place: Optional[int]
    """Where they begin in the file; None where no row has a value."""


@dataclass
class StoredColumn:
    """What is known of a column on the disk."""

    rows: int = 0
    is_text: Optional[bool] = None
    """Whether it is text, as codes or by its meaning, or numbers; None as long as there is no value."""
    was_text: bool = False
    """Whether it was text anywhere, if only without a value."""
    is_mixed: bool = False
    levels: Dict[Any, int] = field(default_factory=dict)
    meaning: Optional[Meaning] = None
    """Of text that has too many levels."""
    bad: List[Tuple[int, str]] = field(default_factory=list)
    """The first cells that mean something else, with their rows."""
    bad_count: int = 0
    runs: List[Run] = field(default_factory=list)
    held: List[np.ndarray] = field(default_factory=list)
    """Rows that wait to be written."""

    @property
    def has_codes(self) -> bool:
        """Whether it is stored as int32 codes, not as float64."""
        return (self.was_text if self.is_text is None else self.is_text) and self.meaning is None

    @property
    def dtype(self) -> "np.dtype[Any]":
        """Of what is stored."""
        return np.dtype(np.int32 if self.has_codes else np.float64)


def read_rows(file: UnnamedFile, stored: StoredColumn, start: int, stop: int) -> np.ndarray:
    """(stop - start,) int32 codes or float64 values of some rows that are written."""
    values = np.full(stop - start, -1 if stored.has_codes else np.nan, dtype=stored.dtype)
    at = max(0, bisect_right([run.first for run in stored.runs], start) - 1)
    for run in stored.runs[at:]:
        if run.first >= stop:
            break
        first, last = max(run.first, start), min(run.first + run.rows, stop)
        if run.place is not None and last > first:
            part = values[first - start : last - start]
            file.read(run.place + (first - run.first) * values.itemsize, part)
    return values


class StoredColumns(Mapping[str, Column]):
    """Columns that are read from the disk whenever one is asked for, and only in memory while somebody has them."""

    def __init__(
        self,
        file: UnnamedFile,
        columns: Mapping[str, StoredColumn],
        rows: RowNames,
        missing: Missing,
        at_once: int,
        working: Working,
    ) -> None:
        """Take over what was written.

        Args:
            file: of all columns.
            columns: what is in it, by name.
            rows: the names of the rows.
            missing: what stands for a missing value.
            at_once: how many may be looked at at the same time.
            working: is told how far the looking has come.
        """
        self._working = working
        self._phase, self._looks = LOOKING, 0
        self.at_once = at_once
        self._file = file
        self._columns = columns
        self._rows = rows
        self._missing = missing
        self._levels: Dict[str, Tuple[np.ndarray, Tuple[str, ...]]] = {}
        for name, stored in columns.items():
            if stored.has_codes:
                # what the raw texts are without blanks is found out once, and not whenever the column is read
                codes = np.arange(len(stored.levels), dtype=np.int32)
                text = recoded(name, rows, codes, list(stored.levels), missing.of(name))
                self._levels[name] = np.append(text.codes, np.int32(-1)), text.levels
                stored.levels = {}

    def __iter__(self) -> Iterator[str]:
        """The names, in order."""
        return iter(self._columns)

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self._columns)

    def __getitem__(self, name: str) -> Column:
        """All rows of a column."""
        self._looks += 1
        total = LOOKS[self._phase] * len(self)
        self._working(self._phase, min(self._looks, total), total)
        return self._column(name, 0, self._columns[name].rows, self._rows)

    def piece(self, name: str, start: int, stop: int, rows: RowNames) -> Column:
        """Some rows of a column, with the levels that they have and no others.

        Args:
            name: of the column.
            start: the first of them.
            stop: the one behind the last.
            rows: their names.
        """
        self._phase, self._looks = CHECKING, 0  # of all that is asked of a column, encoding is in the middle
        column = self._column(name, start, stop, rows)
        if not isinstance(column, Text):
            return column
        present = np.bincount(column.codes + 1, minlength=len(column.levels) + 1)[1:] > 0
        new = np.append(np.cumsum(present, dtype=np.int32) - 1, np.int32(-1))
        levels = tuple(column.levels[code] for code in np.flatnonzero(present))
        return Text(name, rows, new[column.codes].astype(np.int32), levels)

    def _column(self, name: str, start: int, stop: int, rows: RowNames) -> Column:
        stored = self._columns[name]
        values = read_rows(self._file, stored, start, stop)
        if name in self._levels:
            codes, levels = self._levels[name]
            return Text(name, rows, codes[values], levels)
        if stored.meaning is not None:
            places, cells = [row for row, _ in stored.bad], [cell for _, cell in stored.bad]
            shown = listed(self._rows, places, cells)
            names = self._rows.first_names(places)
            return Understood(name, rows, values, stored.meaning, stored.bad_count, shown, names)
        return Numbers(name, rows, without(values, self._missing.of(name)))


def is_stored(table: Table) -> bool:
    """Whether the columns of a table lie on the disk."""
    return isinstance(table.columns, StoredColumns)


def piece_of(table: Table, start: int, stop: int) -> Table:
    """Some rows that follow one another; of a table on the disk nothing else is read."""
    if not isinstance(table.columns, StoredColumns):
        return table.take(np.arange(start, stop))
    taken = np.arange(start, stop) if table.taken is None else table.taken[start:stop]
    first, behind = int(taken[0]), int(taken[-1]) + 1
    rows = table.rows.take(np.arange(start, stop))
    whole = len(taken) == behind - first
    names = rows if whole else RowNames(rows.sources, np.arange(first, behind))
    pieces = _Pieces(table.columns, first, behind, names)
    return Table(pieces, rows, len(taken), None if whole else taken - first)


class _Pieces(Mapping[str, Column]):
    """Some rows of stored columns."""

    def __init__(self, columns: StoredColumns, start: int, stop: int, rows: RowNames) -> None:
        self._columns = columns
        self._bounds = start, stop, rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __getitem__(self, name: str) -> Column:
        return self._columns.piece(name, *self._bounds)
