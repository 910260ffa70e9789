"""The records of a CSV, found by NumPy in its bytes: where each ends, how many fields it has, in which line it stands.

pandas fills short rows with missing values and says nothing; and it cannot say in which line of a file a row stands
that has a line end within quotes. This looks first, at a tenth of the time that parsing takes.
"""

from dataclasses import dataclass, field
from typing import Iterator, List, NamedTuple, Optional

import numpy as np

from fcnn.data.scan import LONGEST_RECORD, Scan, scan_quoted, scan_unquoted
from fcnn.data.source import Readable
from fcnn.errors import DataError, Problem
from fcnn.wording import say, say_list, say_many

BLOCK = 64 << 20
"""Bytes that are read at a time at most."""
LEAST_BLOCK = 2 << 20
VISIBLE = (~np.isin(np.arange(256), list(b" \t\n\r\x0b\x0c"))).astype(np.uint8)
"""(256,) 1 for the bytes that are no blank."""
MOST_EXAMPLES = 5


class Records(NamedTuple):
    """Some whole records as they were read."""

    data: bytes
    """UTF-8, line feeds alone as line ends, one at the end."""
    first_line: int
    """The line of the first record, 1-based."""
    scan: Optional[Scan]
    """What lies in them, where quotes made it necessary to look."""


class Block(NamedTuple):
    """Some whole records, each with the number of fields of the header, no blank line among them."""

    data: bytes
    """UTF-8."""
    rows: int
    first_line: int
    """The line of the first record, 1-based."""
    lines: Optional[np.ndarray]
    """(rows,) int64 line of each record, where they do not follow one another."""
    quotes_within: bool
    """Whether quotes stand within fields (5" pipe), so that only a parser knows where a field ends."""


@dataclass
class Misfits:
    """The records that have too many or too few fields."""

    wanted: int
    """Fields of the header."""
    lines: List[int] = field(default_factory=list)
    """The first of their lines."""
    fields: List[int] = field(default_factory=list)
    """How many fields each of those has."""
    count: int = 0
    too_many: int = 0
    records: int = 0
    """How many records were looked at."""

    def add(self, other: "Misfits") -> None:
        """Take over those of records that follow."""
        room = MOST_EXAMPLES - len(self.lines)
        self.lines += other.lines[:room]
        self.fields += other.fields[:room]
        self.count += other.count
        self.too_many += other.too_many
        self.records += other.records

    def error(self, place: str, separator: str) -> DataError:
        """What is said of them."""
        return DataError(_misfit(place, separator, self))


def block_size(fields: int) -> int:
    """Bytes to parse at a time: few, so that each processor has some; more for many columns, which cost each time."""
    return min(BLOCK, max(LEAST_BLOCK, fields << 13))


def read_records(
    stream: Readable, place: str, separator: str, first_line: int, size: int, first: int = 0
) -> Iterator[Records]:
    """Cut the text of a CSV into pieces of whole records.

    Args:
        stream: UTF-8 text behind the header.
        place: the file, for errors.
        separator: one character.
        first_line: the line at which the stream stands, 1-based.
        size: bytes to read at a time.
        first: bytes to read the first time, where that is another number.

    Raises:
        DataError: a record without end.
    """
    line, pending, ended = first_line, b"", False
    while not ended:
        # What was read in vain is looked at again: it is doubled, so that this happens rarely.
        doubled = min(len(pending), LONGEST_RECORD + 1 - len(pending))
        chunk = stream.read(max(first or size, doubled))
        first = 0
        ended = not chunk
        data = pending + chunk if pending else chunk
        if ended and data and not data.endswith(b"\n"):
            data += b"\n"
        held = b""
        if b"\r" in data:
            data, held = _one_kind_of_line_end(data, ended)
        scan = scan_quoted(data, separator) if b'"' in data else None
        if scan is None:
            end = data.rfind(b"\n") + 1
            newlines = data.count(b"\n", 0, end)
        else:
            end = int(scan.ends[-1]) if len(scan.ends) else 0
            newlines = int(scan.newlines.sum())
        pending = data[end:] + held
        if len(pending) > LONGEST_RECORD or (ended and pending.strip()):
            raise DataError(_endless(place, line + newlines))
        if end:
            yield Records(data[:end], line, scan)
            line += newlines


def checked(records: Records, separator: str, fields: int) -> "tuple[Optional[Block], Misfits]":
    """The records but for blank lines, and those with another number of fields; no block where there are some.

    Args:
        records: of :func:`read_records`.
        separator: one character.
        fields: of the header.
    """
    data, scan = records.data, records.scan or scan_unquoted(records.data, separator)
    wrong = scan.fields != fields
    if fields > 1 and not wrong.any() and records.scan is None:  # as nearly all are
        return Block(data, len(wrong), records.first_line, None, False), Misfits(fields, records=len(wrong))
    lines = records.first_line + np.concatenate(([0], np.cumsum(scan.newlines[:-1])))
    starts = np.concatenate(([0], scan.ends[:-1]))
    # A line of blanks is no record; with one column alone it would be a missing value, and nobody writes that.
    text = np.frombuffer(data[: int(scan.ends[-1])], dtype=np.uint8)
    blank = (wrong | (fields == 1)) & (np.maximum.reduceat(VISIBLE[text], starts) == 0)
    wrong &= ~blank
    rows = np.flatnonzero(wrong)
    misfits = Misfits(
        fields,
        lines[rows[:MOST_EXAMPLES]].tolist(),
        scan.fields[rows[:MOST_EXAMPLES]].tolist(),
        len(rows),
        int((scan.fields[rows] > fields).sum()),
        len(wrong) - int(blank.sum()),
    )
    if blank.any():
        data = text[np.repeat(~blank, scan.ends - starts)].tobytes()
        lines = lines[~blank]
    if not len(lines) or len(rows):
        return None, misfits
    follows = not blank.any() and bool((scan.newlines == 1).all())
    return Block(data, len(lines), int(lines[0]), None if follows else lines, scan.quotes_within), misfits


def _one_kind_of_line_end(data: bytes, ended: bool) -> "tuple[bytes, bytes]":
    """The data with line feeds alone; a return at the very end waits for the line feed that may follow."""
    held = b""
    if data.endswith(b"\r") and not ended:
        data, held = data[:-1], b"\r"
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), held


def _endless(place: str, line: int) -> Problem:
    return Problem(
        "a record that does not end",
        f"{place}:{line}",
        say("records of at most {size} MB", size=LONGEST_RECORD >> 20),
        hint='is a quote (") opened there that is never closed? Is the file a CSV at all?',
    )


def _misfit(place: str, separator: str, misfits: Misfits) -> Problem:
    wanted = misfits.wanted
    shown = [
        say("line {line} has {count}", line=line, count=count) for line, count in zip(misfits.lines, misfits.fields)
    ]
    found = say_list(shown, more=misfits.count > len(shown))
    if misfits.too_many == 0:
        message = say_many(misfits.count, "1 row has too few fields", "{count:,} rows have too few fields")
    elif misfits.too_many == misfits.count:
        message = say_many(misfits.count, "1 row has too many fields", "{count:,} rows have too many fields")
    else:
        message = say("{count:,} rows have too few or too many fields", count=misfits.count)
    hint = say(
        "quote a field that contains {separator!r}, and write an empty field for a missing value", separator=separator
    )
    if misfits.count == misfits.records > 1 and set(misfits.fields) == {wanted + 1}:
        hint = say(
            "every row has one field more than the header: does each end with a separator, or lacks the header the "
            "name of the first column?"
        )
    elif set(misfits.fields) == {1} and misfits.count < misfits.records:
        hint = say("delete lines that are no rows (a comment, a sum below); a missing value is an empty field")
    return Problem(message, place, say("{count} fields in each, as the header has", count=wanted), found, hint)
