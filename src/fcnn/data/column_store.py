"""Columns of a table on the disk, for tables that are larger than memory: written block by block, read one by one.

All columns lie in one file that has no name (it is gone with the process, however that ends), each as runs of its rows:
numbers as float64, text as int32 codes of levels that stay in memory. What is asked of a column is asked of the
same arrays as in memory, so all that follows from a table is the same, bit for bit.
"""

import tempfile
from bisect import bisect_right
from threading import Lock
from typing import IO, Any, Collection, Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from fcnn.data.column import OTHERS, Column, Numbers, Table, Text, recoded, without
from fcnn.data.missing import Missing
from fcnn.data.raw import Codes, RawColumn, all_missing
from fcnn.data.rows import RowNames
from fcnn.data.storage import CHECKING, LOOKING, Storage, Working, writing
from fcnn.data.threads import MOST

HELD = 64 << 20
"""Bytes of all columns that wait to be written: the more, the fewer runs a column is read from."""
MOST_LEVELS = 250_000
"""Different texts of a column that are kept apart, at 150 bytes each; those that first come later share one level."""
WORK = 48
"""Bytes of memory for each row while a column is looked at: its values, those of the training rows, sorted, squared."""

LOOKS: Mapping[str, int] = {LOOKING: 3, CHECKING: 5}
"""How often each column is asked for, about: type, sums below, fitting; groups, checks, leaks, repeats, report."""


class _Run(NamedTuple):
    """Rows of a column that follow one another."""

    first: int
    rows: int
    place: Optional[int]
    """Where they begin in the file; None where no row has a value."""


class _Stored:
    """What is known of a column while it is written."""

    def __init__(self) -> None:
        self.rows = 0
        self.dtype: Optional[np.dtype[Any]] = None
        """float64 for numbers, int32 for text; None as long as there is no value."""
        self.is_text = False
        """Whether it was text anywhere, if only without a value."""
        self.is_mixed = False
        self.levels: Dict[Any, int] = {}
        self.runs: List[_Run] = []
        self.held: List[np.ndarray] = []
        """Rows that wait to be written."""


class ColumnStore:
    """Columns that are written; one at a time may be added to."""

    def __init__(self, storage: Storage, names: Sequence[str], missing: Missing) -> None:
        """Make the file.

        Args:
            storage: where.
            names: of the columns.
            missing: what stands for a missing value.

        Raises:
            DataError: nothing can be written there.
        """
        storage.make()
        self._storage = storage
        self._missing = missing
        self._columns = {name: _Stored() for name in names}
        self._held_each = max(1 << 16, HELD // max(1, len(names)))
        self._end = 0
        with writing(storage.folder):
            self._file: IO[bytes] = tempfile.TemporaryFile(  # noqa: SIM115 - it lives as long as the columns
                dir=str(storage.folder), buffering=0
            )

    def add(self, name: str, column: RawColumn) -> None:
        """Add rows to a column.

        Raises:
            DataError: the disk is full.
        """
        stored = self._columns[name]
        is_text = isinstance(column, Codes)
        rows = len(column.codes) if isinstance(column, Codes) else len(column)
        stored.is_text |= is_text
        if stored.is_mixed:
            return
        if all_missing(column):
            self._write(stored)
            stored.runs.append(_Run(stored.rows, rows, None))
            stored.rows += rows
            return
        dtype = np.dtype(np.int32 if is_text else np.float64)
        if stored.dtype not in (None, dtype):
            stored.is_mixed = True
            stored.held = []
            return
        stored.dtype = dtype
        stored.held.append(_codes(stored.levels, column) if isinstance(column, Codes) else column)
        stored.rows += rows
        if sum(values.nbytes for values in stored.held) >= self._held_each:
            self._write(stored)

    def mixed(self) -> List[str]:
        """The columns that are numbers in one place and text in another; nothing of them is kept."""
        return [name for name, stored in self._columns.items() if stored.is_mixed]

    def begin_again(self, names: Collection[str]) -> None:
        """Forget all rows of some columns, to be added once more as text."""
        self._columns.update((name, _Stored()) for name in names)

    def finish(self, rows: RowNames) -> "StoredColumns":
        """The columns, now that all rows are there; `rows` are their names."""
        for stored in self._columns.values():
            self._write(stored)
        count = max(stored.rows for stored in self._columns.values())
        at_once = max(1, min(MOST, self._storage.limit // (WORK * max(1, count))))
        return StoredColumns(self._file, self._columns, rows, self._missing, at_once, self._storage.working)

    def _write(self, stored: _Stored) -> None:
        """Write the rows that wait."""
        if not stored.held:
            return
        values = stored.held[0] if len(stored.held) == 1 else np.concatenate(stored.held)
        stored.held = []
        with writing(self._storage.folder, values.nbytes):
            write_all(self._file, values)
        stored.runs.append(_Run(stored.rows - len(values), len(values), self._end))
        self._end += values.nbytes


def _codes(levels: Dict[Any, int], column: Codes) -> np.ndarray:
    """(rows,) int32 codes in `levels`, to which new ones are added as long as there is room."""
    new = np.full(len(column.values) + 1, -1, dtype=np.int32)
    for position, value in enumerate(column.values):
        code = levels.get(value)
        if code is None:
            if len(levels) >= MOST_LEVELS:
                value = OTHERS
            code = levels.setdefault(value, len(levels))
        new[position] = code
    return new[column.codes]


def write_all(file: IO[bytes], values: np.ndarray) -> None:
    """Write an array to a file without a buffer, which may take it in parts."""
    rest = np.ascontiguousarray(values).view(np.uint8).reshape(-1).data if values.size else memoryview(b"")
    while rest:
        rest = rest[file.write(rest) :]


class StoredColumns(Mapping[str, Column]):
    """Columns that are read from the disk whenever one is asked for, and only in memory while somebody has them."""

    def __init__(
        self,
        file: IO[bytes],
        columns: Mapping[str, _Stored],
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
        self._lock = Lock()
        self._columns = columns
        self._rows = rows
        self._missing = missing
        self._levels: Dict[str, Tuple[np.ndarray, Tuple[str, ...]]] = {}
        for name, stored in columns.items():
            if self._is_text(stored):
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
        values = self._read(stored, start, stop)
        if name in self._levels:
            codes, levels = self._levels[name]
            return Text(name, rows, codes[values], levels)
        return Numbers(name, rows, without(values, self._missing.of(name)))

    @staticmethod
    def _is_text(stored: _Stored) -> bool:
        return stored.dtype == np.dtype(np.int32) or (stored.dtype is None and stored.is_text)

    def _read(self, stored: _Stored, start: int, stop: int) -> np.ndarray:
        """(stop - start,) float64 or int32."""
        empty = -1 if self._is_text(stored) else np.nan
        values = np.full(stop - start, empty, dtype=np.int32 if self._is_text(stored) else np.float64)
        at = max(0, bisect_right([run.first for run in stored.runs], start) - 1)
        for run in stored.runs[at:]:
            if run.first >= stop:
                break
            first, last = max(run.first, start), min(run.first + run.rows, stop)
            if run.place is not None and last > first:
                into = values[first - start : last - start].view(np.uint8).data
                self._read_into(into, run.place + (first - run.first) * values.itemsize)
        return values

    def _read_into(self, into: memoryview, place: int) -> None:
        with self._lock:  # the file has one position
            self._file.seek(place)
            while into:
                count = self._file.readinto(into)  # type: ignore[attr-defined]
                if not count:
                    raise EOFError
                into = into[count:]


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
