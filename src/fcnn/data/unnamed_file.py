"""Arrays in a file without a name: it is gone with the process, however that ends."""

import tempfile
from pathlib import Path
from threading import Lock
from typing import IO

import numpy as np

from fcnn.data.storage import writing


class UnnamedFile:
    """Arrays one behind the other; several threads may read."""

    def __init__(self, folder: Path) -> None:
        """Make the file.

        Raises:
            DataError: nothing can be written there.
        """
        self._folder = folder
        self._lock = Lock()  # the file has one position
        self._end = 0
        with writing(folder):
            self._file: IO[bytes] = tempfile.TemporaryFile(dir=str(folder), buffering=0)  # noqa: SIM115 - see __del__

    def __del__(self) -> None:
        """Let go of it, and of its room on the disk, when nobody has it any more."""
        file = getattr(self, "_file", None)
        if file is not None:
            file.close()

    def append(self, values: np.ndarray) -> int:
        """Write an array behind all others; where it begins.

        Raises:
            DataError: the disk is full.
        """
        with self._lock, writing(self._folder, values.nbytes):
            place = self._file.seek(self._end)
            write_all(self._file, values)
            self._end += values.nbytes
        return place

    def read(self, place: int, values: np.ndarray) -> None:
        """Fill an array with what begins at a place."""
        rest = values.view(np.uint8).data
        with self._lock:
            self._file.seek(place)
            while rest:
                count = self._file.readinto(rest)  # type: ignore[attr-defined]
                if not count:
                    raise EOFError
                rest = rest[count:]


def write_all(file: IO[bytes], values: np.ndarray) -> None:
    """Write an array to a file without a buffer, which may take it in parts."""
    rest = np.ascontiguousarray(values).view(np.uint8).reshape(-1).data if values.size else memoryview(b"")
    while rest:
        rest = rest[file.write(rest) :]
