"""What a row of a table is called where a person reads of it: the line of the file it stands in."""

from dataclasses import dataclass
from typing import Any, Optional, Sequence, Tuple, Union

import numpy as np

from fcnn.wording import say, say_list

LONGEST_CELL = 100
"""Characters of a cell that are shown."""


@dataclass(frozen=True)
class RowNames:
    """Where each row of a table comes from.

    A table of several files has one :class:`FileRows` for each, in order; a user's own frame has one without a file.
    """

    sources: Tuple["FileRows", ...]
    positions: Optional[np.ndarray] = None
    """(rows,) int64: which row of the sources each row is; None where it is all of them in order."""

    def take(self, positions: np.ndarray) -> "RowNames":
        """The names of some of the rows, (n,) int64 or bool."""
        if positions.dtype == bool:
            positions = np.flatnonzero(positions)
        return RowNames(self.sources, positions if self.positions is None else self.positions[positions])

    def name(self, row: int) -> str:
        """``line 18``, ``part-2.csv line 18``, or ``row 17`` of a user's frame."""
        position = int(row if self.positions is None else self.positions[row])
        for source in self.sources:
            if position < source.rows:
                place = source.place(position)
                return say("{file} {place}", file=source.file, place=place) if len(self.sources) > 1 else place
            position -= source.rows
        raise IndexError(row)

    def places(self, rows: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """Which source some rows are of, (n,) int64, and the number of each in it, (n,) int64: the line of its file."""
        positions = rows if self.positions is None else self.positions[rows]
        counts = np.array([source.rows for source in self.sources], dtype=np.int64)
        behind = np.cumsum(counts)
        which = np.searchsorted(behind, positions, side="right")
        within = positions - (behind - counts)[which]
        numbers = np.empty(len(positions), dtype=np.int64)
        for index, source in enumerate(self.sources):
            mine = which == index
            numbers[mine] = within[mine] + source.first if source.lines is None else source.lines[within[mine]]
        return which.astype(np.int64), numbers

    def first_names(self, rows: Union[np.ndarray, Sequence[int]], most: int = 5) -> Tuple[str, ...]:
        """The names of the first of some rows."""
        return tuple(self.name(int(row)) for row in rows[:most])


@dataclass(frozen=True)
class FileRows:
    """The rows that came from one file or frame."""

    file: str
    """Its name; empty for a frame."""
    rows: int
    """How many there are."""
    first: int = 1
    """The number of the first: the file's line, 1-based, or 1 for a frame."""
    lines: Optional[np.ndarray] = None
    """(rows,) int64 line of each, where they do not follow one another (line ends within quotes, blank lines)."""

    def place(self, position: int) -> str:
        """The name of the row at a position within this source."""
        number = self.first + position if self.lines is None else int(self.lines[position])
        return say("line {number}", number=number) if self.file else say("row {number}", number=number)


def one_after_another(file: str, sources: Sequence[FileRows]) -> FileRows:
    """The rows of a file that was read in parts, in order."""
    rows = sum(source.rows for source in sources)
    first = sources[0].first if sources else 1
    ends = first + np.cumsum([source.rows for source in sources])
    if all(source.lines is None and source.first + source.rows == end for source, end in zip(sources, ends)):
        return FileRows(file, rows, first)
    lines = [np.arange(source.rows) + source.first if source.lines is None else source.lines for source in sources]
    return FileRows(file, rows, first, np.concatenate(lines))


def frame_rows(count: int) -> RowNames:
    """The names of a user's frame: rows counted from 1."""
    return RowNames((FileRows("", count),))


def listed(names: RowNames, rows: Sequence[int], values: Sequence[Any], most: int = 5) -> str:
    """The first cells of some rows as text: ``'abc' (line 17), 'x' (line 40), ...``."""
    cells = zip(rows[:most], values[:most])
    shown = [say("{cell!r} ({place})", cell=_shown(str(value)), place=names.name(row)) for row, value in cells]
    return say_list(shown, more=len(rows) > most)


def _shown(cell: str) -> str:
    """A cell, or the beginning of one that is a book."""
    return cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL]}..."
