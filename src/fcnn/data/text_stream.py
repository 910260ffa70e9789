"""A table's text as UTF-8 bytes, whatever its encoding is, with an error that names the line where it is none."""

import codecs
import io
from pathlib import Path
from typing import BinaryIO, Optional

from fcnn.data.source import open_bytes
from fcnn.errors import DataError, Problem

BLOCK = 4 << 20


def utf_8_stream(path: Path, encoding: str, stated: Optional[str] = None) -> BinaryIO:
    """Open a file as a stream of UTF-8 bytes without a byte order mark.

    Args:
        path: the file, perhaps compressed.
        encoding: its encoding.
        stated: what the config says of it, for the error.

    Raises:
        DataError: the file cannot be opened; while reading: it is not in that encoding, or damaged.
    """
    return io.BufferedReader(_Utf8(open_bytes(path), path, encoding, stated), BLOCK)


class _Utf8(io.RawIOBase):
    def __init__(self, stream: BinaryIO, path: Path, encoding: str, stated: Optional[str]) -> None:
        self._stream = stream
        self._path = path
        self._encoding = encoding
        self._stated = stated
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._is_utf_8 = codecs.lookup(encoding).name == "utf-8"
        self._ready = b""
        self._read = 0
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        while not self._ready and not self._ended:
            self._ready = self._next()
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _next(self) -> bytes:
        data = self._stream.read(BLOCK)
        self._ended = not data
        if self._is_utf_8 and data.isascii() and b"\0" not in data and not self._decoder.getstate()[0]:
            self._read += len(data)
            return data
        try:
            text = self._decoder.decode(data, final=self._ended)
            encoded = data if self._is_utf_8 else text.encode()
        except UnicodeError as error:
            position = self._read + max(0, getattr(error, "start", 0))
            line = _line_of(self._path, position, self._encoding)
            used = self._stated or (None if self._encoding.startswith("utf-8") else self._encoding)
            raise DataError(wrong_encoding(self._path, used, line)) from error
        self._check_for_nul(text)
        self._read += len(data)
        return encoded

    def _check_for_nul(self, text: str) -> None:
        position = text.find("\0")
        if position >= 0:
            line = _line_of(self._path, self._read, self._encoding) + text.count("\n", 0, position)
            message = "there is a NUL character: the file is no text, or damaged, or in another encoding"
            raise DataError(Problem(message, f"{self._path}:{line}"))

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def _line_of(path: Path, position: int, encoding: str) -> int:
    """The line, 1-based, of a byte of a file."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="ignore")
    line = 1
    with open_bytes(path) as stream:
        while position > 0:
            data = stream.read(min(position, BLOCK))
            if not data:
                break
            line += decoder.decode(data).count("\n")
            position -= len(data)
    return line


def wrong_encoding(path: Path, encoding: Optional[str], line: int = 0) -> Problem:
    """The problem of a file that is not in the encoding it should be in."""
    hint = (
        "say which it is: data.encoding=gb18030 (Chinese Excel, GBK), utf-16, or cp1252 (Western Windows); "
        "or save the file as UTF-8"
    )
    place = f"{path}:{line}" if line else str(path)
    return Problem(f"the file is not {encoding or 'UTF-8'} text", place, hint=hint)
