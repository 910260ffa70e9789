"""Columns of a table on the disk, for tables that are larger than memory: written block by block, read one by one.

All columns lie in one file that has no name (it is gone with the process, however that ends), each as runs of its rows:
numbers as float64, text as int32 codes of levels that stay in memory. What is asked of a column is asked of the
same arrays as in memory, so all that follows from a table is the same, bit for bit.
"""

from dataclasses import dataclass, field, replace
from typing import Collection, List, Mapping, Optional, Tuple

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.data.column import OTHERS, raw_text
from fcnn.data.faults import MOST_EXAMPLES
from fcnn.data.meanings import Meaning, meaning_of
from fcnn.data.missing import USUALLY, Missing
from fcnn.data.raw import Codes, RawColumn, all_missing
from fcnn.data.rows import RowNames
from fcnn.data.storage import Storage
from fcnn.data.stored_columns import Run, StoredColumn, StoredColumns, read_rows
from fcnn.data.threads import MOST
from fcnn.data.unnamed_file import UnnamedFile

HELD = 64 << 20
"""Bytes of all columns that wait to be written: the more, the fewer runs a column is read from."""
MOST_LEVELS = 250_000
"""Different texts of a column that are kept apart, at 150 bytes each; those that first come later share one level."""
WORK = 48
"""Bytes of memory for each row while a column is looked at: its values, those of the training rows, sorted, squared."""


@dataclass(frozen=True)
class Wanted:
    """Columns to read, and what is said of them."""

    names: Tuple[str, ...]
    missing: Missing = USUALLY
    """What stands for a missing value."""
    stated: Mapping[str, Stated] = field(default_factory=dict)
    """What the config says of columns."""
    decimal: str = "."
    """The decimal mark of the file."""
    splits: Optional[str] = None
    """The column that the rows are split by."""


class ColumnStore:
    """Columns that are written; one at a time may be added to."""

    def __init__(self, storage: Storage, wanted: Wanted) -> None:
        """Make the file.

        Args:
            storage: where.
            wanted: which columns, and what is said of them.

        Raises:
            DataError: nothing can be written there.
        """
        storage.make()
        self._storage = storage
        self._wanted = wanted
        self._columns = {name: StoredColumn() for name in wanted.names}
        self._held_each = max(1 << 16, HELD // len(wanted.names))
        self._file = UnnamedFile(storage.folder)

    def add(self, name: str, column: RawColumn) -> None:
        """Add rows to a column.

        Raises:
            DataError: the disk is full.
        """
        stored = self._columns[name]
        is_text = isinstance(column, Codes)
        rows = len(column.codes) if isinstance(column, Codes) else len(column)
        stored.was_text |= is_text
        if stored.is_mixed:
            return
        if all_missing(column):
            self._write(stored)
            stored.runs.append(Run(stored.rows, rows, None))
            stored.rows += rows
            return
        if stored.is_text not in (None, is_text):
            stored.is_mixed = True
            stored.held = []
            return
        stored.is_text = is_text
        values = self._as_stored(name, stored, column) if isinstance(column, Codes) else column
        stored.held.append(values)
        stored.rows += rows
        if sum(values.nbytes for values in stored.held) >= self._held_each:
            self._write(stored)

    def _as_stored(self, name: str, stored: StoredColumn, column: Codes) -> np.ndarray:
        """(rows,) int32 codes in the column's levels, or float64 what the texts mean."""
        levels = stored.levels
        if stored.meaning is None and OTHERS not in levels:
            new = [value for value in column.values if value not in levels]
            if len(levels) + len(new) > MOST_LEVELS:
                wanted = self._wanted
                texts = {raw_text(value).strip(): None for value in (*levels, *new)}
                present = [text for text in texts if text not in self._wanted.missing.of(name)]
                meaning = meaning_of(present, wanted.stated.get(name, Stated()), wanted.decimal, name == wanted.splits)
                if meaning is not None:
                    self._convert(name, stored, meaning)
        if stored.meaning is not None:
            return self._values(name, stored, column, stored.rows)
        codes = np.full(len(column.values) + 1, -1, dtype=np.int32)
        for position, value in enumerate(column.values):
            is_kept = value in levels or len(levels) < MOST_LEVELS
            codes[position] = levels.setdefault(value if is_kept else OTHERS, len(levels))
        return codes[column.codes]

    def _convert(self, name: str, stored: StoredColumn, meaning: Meaning) -> None:
        """Write what the rows of a column mean in place of their codes."""
        self._write(stored)
        runs, texts = stored.runs, list(stored.levels)
        before = replace(stored)  # as it must be read
        stored.runs, stored.levels, stored.meaning = [], {}, meaning
        for run in runs:
            place = run.place
            if place is not None:
                codes = read_rows(self._file, before, run.first, run.first + run.rows)
                place = self._file.append(self._values(name, stored, Codes(codes, texts), run.first))
            stored.runs.append(run._replace(place=place))

    def _values(self, name: str, stored: StoredColumn, column: Codes, first: int) -> np.ndarray:
        """(rows,) float64 what some texts mean; those that mean something else are noted.

        Args:
            name: of the column.
            stored: what is known of it.
            column: the texts.
            first: the position of the first row.
        """
        assert stored.meaning is not None
        absent = self._wanted.missing.of(name)
        texts = [raw_text(value).strip() for value in column.values]
        found = stored.meaning.read([text for text in dict.fromkeys(texts) if text not in absent])
        of_levels = np.array([*(found.get(text, np.nan) for text in texts), np.nan])
        is_bad = np.array([*(text not in absent and text not in found for text in texts), False])
        bad = np.flatnonzero(is_bad[column.codes]) if is_bad.any() else ()
        stored.bad_count += len(bad)
        more = bad[: MOST_EXAMPLES + 1 - len(stored.bad)]  # of one more than are shown it is said that there are
        stored.bad += [(first + int(row), texts[column.codes[row]]) for row in more]
        return of_levels[column.codes]

    def mixed(self) -> List[str]:
        """The columns that are numbers in one place and text in another; nothing of them is kept."""
        return [name for name, stored in self._columns.items() if stored.is_mixed]

    def begin_again(self, names: Collection[str]) -> None:
        """Forget all rows of some columns, to be added once more as text."""
        self._columns.update((name, StoredColumn()) for name in names)

    def finish(self, rows: RowNames) -> "StoredColumns":
        """The columns, now that all rows are there; `rows` are their names."""
        for stored in self._columns.values():
            self._write(stored)
        count = max(stored.rows for stored in self._columns.values())
        at_once = max(1, min(MOST, self._storage.limit // (WORK * max(1, count))))
        return StoredColumns(self._file, self._columns, rows, self._wanted.missing, at_once, self._storage.working)

    def _write(self, stored: StoredColumn) -> None:
        """Write the rows that wait."""
        if not stored.held:
            return
        values = stored.held[0] if len(stored.held) == 1 else np.concatenate(stored.held)
        stored.held = []
        stored.runs.append(Run(stored.rows - len(values), len(values), self._file.append(values)))
