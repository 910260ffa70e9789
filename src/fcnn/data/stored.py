"""The matrix of a part whose rows lie on the disk, for tables that are larger than memory."""

from pathlib import Path
from typing import Iterator, Tuple, Union

import numpy as np

PIECE_ROWS = 1 << 17
"""Rows that are read at once at most."""
PIECE_BYTES = 64 << 20
"""The same of wide ones."""


def rows_at_once(row_bytes: int) -> int:
    """How many rows of so many bytes each to work on at once."""
    return max(1, min(PIECE_ROWS, PIECE_BYTES // max(1, row_bytes)))


class StoredMatrix:
    """A matrix in a file, row after row; what is asked for is read, and nothing stays in memory.

    The file is read and not mapped: mapped pages count as memory of the process, and where memory is short the machine
    decides which to drop.
    """

    dtype = np.dtype(np.float32)

    def __init__(self, path: Path, columns: int) -> None:
        """Open the file of a matrix.

        Args:
            path: rows * columns float32, little-endian, nothing else.
            columns: of the matrix.
        """
        self.path = path
        self._row_bytes = columns * self.dtype.itemsize
        self.shape: Tuple[int, int] = (path.stat().st_size // max(1, self._row_bytes), columns)

    @property
    def piece_rows(self) -> int:
        """How many rows to read at once."""
        return rows_at_once(self._row_bytes)

    def __len__(self) -> int:
        """How many rows there are."""
        return self.shape[0]

    def rows(self, start: int, stop: int) -> np.ndarray:
        """(stop - start, columns) float32: the rows from `start` to before `stop`, or to the end."""
        stop = min(stop, len(self))
        count = max(0, stop - start)
        values = np.fromfile(str(self.path), dtype="<f4", count=count * self.shape[1], offset=start * self._row_bytes)
        return values.reshape(count, self.shape[1])

    def moved(self, folder: Path) -> "StoredMatrix":
        """The same in another folder, which its file was moved to."""
        return StoredMatrix(folder / self.path.name, self.shape[1])

    def take(self, positions: np.ndarray) -> np.ndarray:
        """(len(positions), columns) float32: some rows, at ascending positions; read piece by piece."""
        found = np.empty((len(positions), self.shape[1]), dtype=np.float32)
        for start in range(0, len(self), self.piece_rows):
            stop = start + self.piece_rows
            first, last = np.searchsorted(positions, (start, stop))
            if last > first:
                found[first:last] = self.rows(start, stop)[positions[first:last] - start]
        return found


Matrix = Union[np.ndarray, StoredMatrix]
"""(rows, columns) float32, in memory or on the disk."""


def take(x: Matrix, positions: np.ndarray) -> np.ndarray:
    """(len(positions), columns) float32: some rows, at ascending positions."""
    return x.take(positions) if isinstance(x, StoredMatrix) else x[positions]


def pieces_of(x: Matrix) -> Iterator[np.ndarray]:
    """All rows, (n, columns) float32 at a time: at once where they are in memory."""
    if not isinstance(x, StoredMatrix):
        yield x
        return
    for start in range(0, len(x), x.piece_rows):
        yield x.rows(start, start + x.piece_rows)
