"""A table's text as UTF-8 bytes, whatever its encoding is, with an error that names the line where it is none."""

import codecs
from pathlib import Path
from typing import Optional

from fcnn.data.source import open_bytes
from fcnn.errors import DataError, Problem
from fcnn.wording import say

BLOCK = 16 << 20
"""Bytes that are read and decoded at a time at most."""


class Utf8Stream:
    """The text of a file as UTF-8 bytes without a byte order mark."""

    def __init__(self, path: Path, encoding: str, stated: Optional[str] = None) -> None:
        """Open a file.

        Args:
            path: the file, perhaps compressed.
            encoding: its encoding.
            stated: what the config says of it, for the error.

        Raises:
            DataError: the file cannot be opened.
        """
        self._path = path
        self._encoding = encoding
        self._stated = stated
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._is_utf_8 = codecs.lookup(encoding).name == "utf-8"
        self._ready = b""
        self._bytes_read = 0
        self._ended = False
        self._stream = open_bytes(path)

    def read(self, size: int) -> bytes:
        """As many bytes, or fewer at the end.

        Raises:
            DataError: the text is not in that encoding, or damaged.
        """
        data = self._ready
        while len(data) < size and not self._ended:
            more = self._next(min(size - len(data), BLOCK))
            data = data + more if data else more  # most files are ASCII or UTF-8: their bytes are what is returned
        self._ready = data[size:]
        return data[:size]

    def _next(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._ended = not data
        if self._is_utf_8 and data.isascii() and b"\0" not in data and not self._decoder.getstate()[0]:
            self._bytes_read += len(data)
            return data
        try:
            text = self._decoder.decode(data, final=self._ended)
        except UnicodeError as error:
            position = self._bytes_read + max(0, getattr(error, "start", 0))
            line = _line_of(self._path, position, self._encoding)
            used = self._stated or (None if self._encoding.startswith("utf-8") else self._encoding)
            raise DataError(wrong_encoding(self._path, used, line)) from error
        self._check_for_nul(text)
        self._bytes_read += len(data)
        return data if self._is_utf_8 else text.encode()

    def _check_for_nul(self, text: str) -> None:
        position = text.find("\0")
        if position >= 0:
            line = _line_of(self._path, self._bytes_read, self._encoding) + text.count("\n", 0, position)
            message = "there is a NUL character: the file is no text, or damaged, or in another encoding"
            raise DataError(Problem(message, f"{self._path}:{line}"))

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def __enter__(self) -> "Utf8Stream":
        """Nothing is to be done."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()


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
    return Problem(say("the file is not {encoding} text", encoding=encoding or "UTF-8"), place, hint=hint)
