"""The first line of a CSV, with the standard library alone: a wrong column name is answered before pandas loads."""

import codecs
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Dict, Iterator, Optional, Sequence, Tuple

from fcnn.data.dialect import SAMPLE, read_dialect
from fcnn.data.findings import Noticed
from fcnn.data.not_csv import HEAD, other_format
from fcnn.data.source import kind_of, open_bytes
from fcnn.data.text_encoding import Encoding, detect_encoding
from fcnn.data.text_stream import Utf8Stream, wrong_encoding
from fcnn.errors import DataError, Problem
from fcnn.wording import say, say_joined

LOOKED_AT = 64 << 20
"""Bytes at the beginning that the encoding is told from; what comes later is checked while it is read."""


@dataclass(frozen=True)
class Header:
    """What the beginning of a table says."""

    path: Path
    """The file it was read from."""
    names: Tuple[str, ...]
    """The column names in order, without surrounding blanks; a column without a name is ``""``."""
    separator: str
    """The character between the fields."""
    encoding: str
    """The encoding of the file."""
    decimal: str = "."
    """The decimal mark of its numbers: a point or a comma."""
    kind: str = "text"
    """``text``, or ``parquet`` or ``excel``, which have no separator."""
    body: int = 0
    """Where the rows begin, in bytes of the text as UTF-8."""
    first_line: int = 2
    """The line in which they begin, 1-based."""
    stated: Optional[str] = None
    """The encoding that the config names."""
    problems: Tuple[Problem, ...] = ()
    """What was guessed."""
    advice: str = ""
    """What to do where these are not the names that are looked for; empty where nothing speaks against them."""

    def position(self, name: str) -> int:
        """The 0-based position of the column `name`."""
        return self._positions[name]

    @cached_property
    def _positions(self) -> Dict[str, int]:
        return {name: index for index, name in reversed(list(enumerate(self.names)))}


def read_header(path: Path, encoding: Optional[str] = None) -> Header:
    """Read the column names of a table, and how its text is written.

    Args:
        path: the file; compressed with gzip, bzip2, xz, Zstandard or zip, or not.
        encoding: of the file; found out where it is None.

    Raises:
        DataError: no file, a folder, no permission, empty, damaged, no table at all, or not in that encoding.
    """
    kind = kind_of(path)
    if kind in ("parquet", "excel"):
        from fcnn.data.formats import column_names

        return Header(path, tuple(name.strip() for name in column_names(path, kind)), "", "", kind=kind)
    with open_bytes(path) as beginning_of_file:
        other = other_format(beginning_of_file.read(HEAD), path)
    if other is not None:
        raise DataError(other)
    used = Encoding(encoding) if encoding else _detected(path)
    try:
        codecs.lookup(used.name)
    except LookupError as error:
        hint = "a Python codec's name, such as utf-8, gb18030, utf-16 or cp1252"
        raise DataError(Problem("unknown encoding", "data.encoding", hint, str(encoding))) from error
    with Utf8Stream(path, used.name, encoding) as stream:
        sample = stream.read(SAMPLE)
    whole = len(sample) < SAMPLE
    text = sample.decode("utf-8", errors="ignore")
    byte_order_mark = "\ufeff" if text.startswith("\ufeff") else ""  # of a stated utf-8, which keeps it
    text = text[len(byte_order_mark) :]
    lines = io.StringIO(text, newline="").readlines()
    dialect = read_dialect(lines, path, whole, used.name)
    beginning = byte_order_mark + "".join(lines[: dialect.lines])
    return Header(
        path,
        dialect.names,
        dialect.separator,
        used.name,
        decimal=dialect.decimal,
        body=len(beginning.encode()),
        first_line=dialect.lines + 1,
        stated=encoding,
        problems=(*_said(path, used), *dialect.problems),
        advice=dialect.advice,
    )


def _detected(path: Path) -> Encoding:
    with open_bytes(path) as stream:
        found = detect_encoding(stream, LOOKED_AT)
    if found is None:
        raise DataError(wrong_encoding(path, None))
    return found


def _said(path: Path, encoding: Encoding) -> Iterator[Problem]:
    """The guess, with two values to look at."""
    if encoding.guessed:
        samples = say_joined("{left} and {right}", map(repr, encoding.samples))
        message = say("the file is no UTF-8 and is read as {encoding}", encoding=encoding.name)
        if samples:
            message = say("{message}: {samples}", message=message, samples=samples)
        other = "cp1252" if encoding.name == "gb18030" else "gb18030"
        hint = say("if that is wrong: {override}", override=f"data.encoding={other}")
        yield Noticed(message, str(path), hint=hint, severity="warning", kind="encoding", examples=encoding.samples)


def check_same_header(headers: Sequence[Header]) -> None:
    """Raise a DataError where the parts of one table do not have the same columns in the same order."""
    first = headers[0]
    problems = [
        Problem(
            say("not the columns of {file}", file=first.path.name),
            str(other.path),
            ", ".join(first.names),
            ", ".join(other.names),
        )
        for other in headers[1:]
        if other.names != first.names
    ]
    if problems:
        raise DataError(*problems)
