"""The bytes of a table's file, unpacked where it is compressed; with the standard library alone."""

import bz2
import gzip
import io
import lzma
import struct
import sys
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import IO, Any, Callable, Dict, Protocol, Tuple, Type

from fcnn.config.endings import is_table
from fcnn.errors import DataError, Problem, did_you_mean
from fcnn.wording import say

PACKED = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"), (b"\x28\xb5\x2f\xfd", "zst"))
"""The first bytes of compressed files: the name may lie, they do not."""
DAMAGED = (
    EOFError, ValueError, zlib.error, lzma.LZMAError, struct.error,
    zipfile.BadZipFile, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the unpackers raise beside OSError for a file that is cut off, damaged or encrypted."""


def kind_of(path: Path) -> str:
    """What a file is by its first bytes: ``text``, ``gz``, ``bz2``, ``xz``, ``zst``, ``zip``, ``parquet``, ``excel``.

    Raises:
        DataError: no file, a folder, no permission.
    """
    if path.exists() and not path.is_file() and not path.is_dir():  # opening a pipe would wait for its other end
        message = "this is a pipe or a device, not a file"
        raise DataError(Problem(message, str(path), hint="write what it gives into a file"))
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise DataError(unreadable(path, error)) from error
    for magic, kind in PACKED:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "excel"  # .xls
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "excel" if _is_workbook(path) else "zip"
    return "text"


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int) -> bytes:
        """As many bytes, or fewer at the end."""


def open_bytes(path: Path) -> "Unpacked":
    """Open a table's file for reading its text, unpacked.

    Raises:
        DataError: no file, a folder, no permission, an archive of several files, no library to unpack it.
    """
    kind = kind_of(path)
    if kind in ("parquet", "excel"):
        raise DataError(Problem(say("this is {kind}, not text", kind=kind.capitalize()), str(path)))
    openers: Dict[str, Callable[[str], Any]] = {
        "text": partial(open, mode="rb"),
        "gz": gzip.open,
        "bz2": bz2.open,
        "xz": lzma.open,
        "zst": _open_zst,
        "zip": _open_zip,
    }
    try:
        return Unpacked(openers[kind](str(path)), path)
    except OSError as error:
        raise DataError(unreadable(path, error)) from error
    except DAMAGED as error:
        raise DataError(damaged(path, error)) from error


class Unpacked:
    """The bytes of a file; errors while unpacking name it and say what is the matter."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        """Take over an open stream of a file."""
        self._stream = stream
        self._path = path

    def read(self, size: int) -> bytes:
        """As many bytes, or fewer at the end.

        Raises:
            DataError: the file is damaged.
        """
        try:
            return self._stream.read(size)
        except _damages() as error:
            raise DataError(damaged(self._path, error)) from error

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def __enter__(self) -> "Unpacked":
        """Nothing is to be done."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()


def _open_zip(path: str) -> IO[bytes]:
    with zipfile.ZipFile(path) as archive:
        return archive.open(_only_name(archive, path))  # it stays open until it is closed itself


def _only_name(archive: zipfile.ZipFile, path: str) -> str:
    names = [
        item.filename
        for item in archive.infolist()
        if not item.filename.endswith("/") and not item.filename.startswith("__MACOSX/")
    ]
    if len(names) != 1:
        found = ", ".join(names[:5]) or "none"
        hint = "unpack it, and name the file, or a list of files, in data.path"
        raise DataError(Problem("an archive must hold one file", path, "1", f"{len(names)}: {found}", hint))
    return names[0]


def _open_zst(path: str) -> IO[bytes]:
    try:
        import zstandard
    except ImportError as error:
        hint = 'pip install "fcnn[zst]", or unpack it: zstd -d'
        raise DataError(Problem("zstandard is needed to unpack this file", path, hint=hint)) from error
    return io.BufferedReader(_Zst(Path(path).open("rb"), zstandard.ZstdDecompressor))


class _Zst(io.RawIOBase):
    """Frames of Zstandard one after another; the library's own reader says nothing where a file is cut."""

    def __init__(self, stream: IO[bytes], decompressor: Callable[[], Any]) -> None:
        self._stream = stream
        self._new = decompressor
        self._frame = decompressor().decompressobj()
        self._begun = False
        self._packed = self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        while not self._ready:
            packed = self._packed or self._stream.read(2048)  # no more than some 64 MB come out of that
            if not packed:
                if self._begun:
                    raise EOFError("the file ends within a frame")
                return 0
            self._ready = self._frame.decompress(packed)
            self._packed, self._begun = b"", True
            if self._frame.eof:
                self._packed, self._begun = self._frame.unused_data, False
                self._frame = self._new().decompressobj()
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()


def _damages() -> Tuple[Type[BaseException], ...]:
    """What reading a damaged file raises; OSError is also gzip's error for a wrong checksum."""
    zstandard = sys.modules.get("zstandard")  # in use where it was imported
    return (OSError, *DAMAGED, *([] if zstandard is None else [zstandard.ZstdError]))


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(str(path)) as archive:
            return "xl/workbook.xml" in archive.namelist() or "[Content_Types].xml" in archive.namelist()
    except (OSError, *DAMAGED):
        return False


def unreadable(path: Path, error: OSError) -> Problem:
    """The problem of a file that cannot be opened."""
    if path.is_dir():
        return Problem("this is a folder", str(path), "a CSV file")
    if not path.exists():
        tables = sorted(other.name for other in path.parent.glob("*") if is_table(other))
        return Problem("there is no such file", str(path), hint=did_you_mean(path.name, tables))
    return Problem(say("cannot be read: {error}", error=error.strerror or str(error)), str(path))


def damaged(path: Path, error: BaseException) -> Problem:
    """The problem of a compressed file that cannot be unpacked."""
    hint = "unpack it first" if "password" in str(error) else "is it whole? Copy or download it again"
    return Problem(say("cannot be unpacked: {error}", error=str(error)), str(path), hint=hint)


def fingerprint(path: Path) -> Tuple[int, int]:
    """Size in bytes and time of the last change in nanoseconds: whether a file changed while it was read."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns
