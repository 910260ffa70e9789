"""The columns of a table while it is read: in memory, and on the disk from when they would need too much of it."""

from typing import Collection, Dict, List, Mapping, Optional, Sequence

from fcnn.data.column import Column
from fcnn.data.column_store import ColumnStore, Wanted
from fcnn.data.header import Header
from fcnn.data.memory import Budget
from fcnn.data.raw import Codes, RawColumn, all_missing, bytes_of, joined
from fcnn.data.rows import RowNames
from fcnn.data.source import kind_of
from fcnn.data.storage import READING, Storage
from fcnn.wording import say


class Gathering:
    """What has been read of each column so far."""

    def __init__(self, wanted: Wanted, storage: Optional[Storage] = None) -> None:
        """Begin with no row.

        Args:
            wanted: which columns.
            storage: where the columns go when they need too much memory; None: nowhere.
        """
        self._wanted = wanted
        self._budget = Budget(None if storage is None else storage.limit)
        self._storage = storage
        self._held: Dict[str, List[RawColumn]] = {name: [] for name in wanted.names}
        self._store: Optional[ColumnStore] = None
        self._done = self._total = self._taken = 0

    def expect(self, headers: Sequence[Header]) -> None:
        """Note which files will be read, from the first one on."""
        plain = [header.kind == "text" and kind_of(header.path) == "text" for header in headers]
        self._total = sum(header.path.stat().st_size for header in headers) if all(plain) else 0
        self._done = 0

    def open(self, header: Header) -> None:
        """Begin with the next file."""
        self._budget.open(header)

    def fits(self, header: Header, columns: int) -> bool:
        """Whether a file that is no text can be read as a whole."""
        if self._storage is None or header.kind != "parquet":
            return True
        size = 8.0 * rows_of(header) * columns
        if self._store is None and self._budget.exceeded_by(size):
            self._put_away(self._budget.columns + size)
        return self._store is None

    def add(self, name: str, column: RawColumn) -> None:
        """Some more rows of a column."""
        self._taken += bytes_of(column)
        if self._store is None:
            self._held[name].append(column)
        else:
            self._store.add(name, column)

    def added(self, text: int) -> None:
        """Some more rows of all columns are there, which so many bytes of text took.

        Raises:
            DataError: there is not enough memory, or room on the disk.
        """
        self._budget.add(text, self._taken)
        self._taken = 0
        self._done += text
        if self._storage is None:
            return
        if self._store is None and self._budget.is_exceeded:
            self._put_away(self._budget.columns)
        self._storage.working(READING, min(self._done, self._total) if self._total else self._done, self._total)

    def _put_away(self, size: float) -> None:
        """Move everything to the disk; it stays there, and so does what follows: so many bytes in all."""
        assert self._storage is not None
        self._storage.check_room(size)
        self._storage.tell(say("the table is larger than its memory (data.memory): it is put on the disk"))
        self._store = ColumnStore(self._storage, self._wanted)
        for name, columns in self._held.items():
            for column in columns:
                self._store.add(name, column)
            columns.clear()

    def mixed(self) -> List[str]:
        """The columns that are numbers in one place and text in another."""
        if self._store is not None:
            return self._store.mixed()
        return [name for name, columns in self._held.items() if len(_kinds(columns)) > 1]

    def begin_again(self, names: Collection[str]) -> None:
        """Forget all rows of some columns; they will be read once more."""
        if self._store is not None:
            self._store.begin_again(names)
        else:
            self._held.update((name, []) for name in names)

    def finish(self, rows: RowNames) -> Mapping[str, Column]:
        """The columns, now that all rows are there; `rows` are their names."""
        if self._store is not None:
            return self._store.finish(rows)
        # taken out one by one: what is joined is let go
        return {name: joined(name, rows, self._take(name), self._wanted.missing.of(name)) for name in list(self._held)}

    def _take(self, name: str) -> List[RawColumn]:
        return self._held.pop(name)


def _kinds(columns: Sequence[RawColumn]) -> Collection[bool]:
    return {isinstance(raw, Codes) for raw in columns if not all_missing(raw)}


def rows_of(header: Header) -> int:
    """How many rows a Parquet file says it has."""
    from pyarrow.parquet import ParquetFile

    return int(ParquetFile(str(header.path)).metadata.num_rows)
