"""The records of a CSV, found by NumPy in its bytes: where each ends, how many fields it has, in which line it stands.

pandas fills short rows with missing values and says nothing; and it cannot say in which line of a file a row stands
that has a line end within quotes. This looks first, at a tenth of the time that parsing takes.
"""

import csv
import io
from dataclasses import dataclass
from typing import BinaryIO, Iterator, List, NamedTuple, Optional

import numpy as np

from fcnn.errors import DataError, Problem

BLOCK = 16 << 20
"""Bytes that are read at a time."""
LONGEST_RECORD = 64 << 20
"""Bytes of one record at most: more is a quote that is never closed, or no CSV."""
MOST_EXAMPLES = 5

_QUOTE, _LINE_FEED, _RETURN, _BLANK = b'"'[0], b"\n"[0], b"\r"[0], b" "[0]


class Block(NamedTuple):
    """Some whole records."""

    data: bytes
    """UTF-8; each record with the number of fields of the header, no blank line among them."""
    rows: int
    first_line: int
    """The line of the first record, 1-based."""
    lines: Optional[np.ndarray]
    """(rows,) int64 line of each record, where they do not follow one another."""
    field_ends: Optional[np.ndarray]
    """(rows, fields) int64 position in `data` of what ends each field; None where quotes stand within fields."""


@dataclass
class Misfits:
    """The records that have too many or too few fields."""

    lines: List[int]
    """The first of their lines."""
    fields: List[int]
    """How many fields each of those has."""
    count: int = 0
    too_many: int = 0
    records: int = 0
    """How many records were looked at."""

    def add(self, lines: np.ndarray, fields: np.ndarray, wanted: int, records: int) -> None:
        """Note the misfits of one block."""
        self.records += records
        self.count += len(lines)
        self.too_many += int((fields > wanted).sum())
        room = MOST_EXAMPLES - len(self.lines)
        self.lines += [int(line) for line in lines[:room]]
        self.fields += [int(count) for count in fields[:room]]


class _Scan(NamedTuple):
    """What lies in a piece of text that begins with a record."""

    ends: np.ndarray
    """(records,) int64 position behind each record's line end."""
    fields: np.ndarray
    """(records,) int64 number of fields."""
    newlines: np.ndarray
    """(records,) int64 line ends in each record, those within quotes too."""
    field_ends: Optional[np.ndarray]
    """Positions of all separators and line ends between fields; None where they were not looked for one by one."""


def read_blocks(
    stream: BinaryIO, place: str, separator: str, fields: int, first_line: int, size: int = BLOCK
) -> Iterator[Block]:
    """Read a CSV block by block; the header has been read already.

    Args:
        stream: UTF-8 text behind the header.
        place: the file, for errors.
        separator: one character.
        fields: of the header.
        first_line: the line at which the stream stands, 1-based.
        size: bytes to read at a time.

    Raises:
        DataError: at the end, with the lines of the records that have too many or too few fields; at once for a
            record without end.
    """
    misfits = Misfits([], [])
    line, pending, ended = first_line, b"", False
    while not ended:
        chunk = stream.read(size)
        ended = not chunk
        data = pending + chunk
        if ended and data and not data.endswith(b"\n"):
            data += b"\n"
        if _RETURN in data:
            data, held = _one_kind_of_line_end(data, ended)
        else:
            held = b""
        scan = _scan(data, separator)
        end = int(scan.ends[-1]) if len(scan.ends) else 0
        pending = data[end:] + held
        if len(pending) > LONGEST_RECORD or (ended and pending.strip()):
            raise DataError(_endless(place, line + int(scan.newlines.sum())))
        if end:
            lines = line + np.concatenate(([0], np.cumsum(scan.newlines)))
            line = int(lines[-1])
            block = _whole(data[:end], separator, scan, lines[:-1], fields, misfits)
            if block is not None and not misfits.count:
                yield block
    if misfits.count:
        raise DataError(_misfit(place, separator, fields, misfits))


def _one_kind_of_line_end(data: bytes, ended: bool) -> "tuple[bytes, bytes]":
    """The data with line feeds alone; a return at the very end waits for the line feed that may follow."""
    held = b""
    if data.endswith(b"\r") and not ended:
        data, held = data[:-1], b"\r"
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), held


def _scan(data: bytes, separator: str) -> _Scan:
    text = np.frombuffer(data, dtype=np.uint8)
    is_end = text == _LINE_FEED
    special = (text == ord(separator)) | is_end
    if b'"' in data:
        is_quote = text == _QUOTE
        inside = np.bitwise_xor.accumulate(is_quote.view(np.uint8)).view(bool)
        if not _quotes_are_plain(text, is_quote, inside, ord(separator)):
            return _scan_slowly(data, separator)
        all_ends = np.flatnonzero(is_end)
        special &= ~inside
        is_end &= ~inside
    else:
        all_ends = None
    positions = np.flatnonzero(special)
    which = np.flatnonzero(is_end[positions])
    ends = positions[which] + 1
    fields = np.diff(which, prepend=-1)
    if all_ends is None or len(all_ends) == len(ends):
        newlines = np.ones(len(ends), dtype=np.int64)
    else:
        newlines = np.diff(np.searchsorted(all_ends, ends), prepend=0)
    return _Scan(ends, fields, newlines, positions)


def _quotes_are_plain(text: np.ndarray, is_quote: np.ndarray, inside: np.ndarray, separator: int) -> bool:
    """Whether each quote opens or closes a field or is doubled: then every second one closes."""
    positions = np.flatnonzero(is_quote)
    opening = inside[positions]
    before = np.where(positions > 0, text[positions - 1], _LINE_FEED)
    after = text[np.minimum(positions + 1, len(text) - 1)]
    earlier = np.where(positions > 1, text[np.maximum(positions - 2, 0)], _LINE_FEED)
    starts = (before == separator) | (before == _LINE_FEED) | (before == _QUOTE)
    # one blank before an opening quote is usual (a, "b"); more are left to Python's reader
    starts |= (before == _BLANK) & ((earlier == separator) | (earlier == _LINE_FEED))
    ends = (after == separator) | (after == _LINE_FEED) | (after == _QUOTE) | (after == _BLANK)
    return bool(np.where(opening, starts, ends).all())


def _scan_slowly(data: bytes, separator: str) -> _Scan:
    """The same by Python's own CSV reader, for quotes within fields (5" pipe)."""
    ends: List[int] = []
    fields: List[int] = []
    newlines: List[int] = []
    position = taken = lines_taken = 0
    whole = data[: data.rfind(b"\n") + 1]

    def lines() -> Iterator[str]:
        nonlocal taken, lines_taken
        for line in io.BytesIO(whole):
            taken += len(line)
            lines_taken += 1
            yield line.decode("latin-1")  # a byte a character: only separators and quotes matter here
        taken = -1
        yield "\n"  # belongs to the record before only where that has no end yet

    reader = csv.reader(lines(), delimiter=separator, skipinitialspace=True)
    limit = csv.field_size_limit(2 * LONGEST_RECORD)
    try:
        for record in reader:
            if taken < 0:
                break
            position += taken
            ends.append(position)
            fields.append(max(1, len(record)))
            newlines.append(lines_taken)
            taken = lines_taken = 0
    except csv.Error:  # a field beyond the limit: what is scanned so far is right, and the rest is no record
        pass
    finally:
        csv.field_size_limit(limit)
    return _Scan(_positions(ends), _positions(fields), _positions(newlines), None)


def _positions(values: List[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def _whole(
    data: bytes, separator: str, scan: _Scan, lines: np.ndarray, wanted: int, misfits: Misfits
) -> Optional[Block]:
    """The records of a block but for blank lines; None where it has none. Misfits are noted."""
    wrong = scan.fields != wanted
    starts = np.concatenate(([0], scan.ends[:-1]))
    # A line of blanks is no record; with one column alone it would be a missing value, and nobody writes that.
    blank = np.array(
        [row for row in np.flatnonzero(wrong | (wanted == 1)) if not data[starts[row] : scan.ends[row]].strip()],
        dtype=np.int64,
    )
    wrong[blank] = False
    rows = np.flatnonzero(wrong)
    misfits.add(lines[rows], scan.fields[rows], wanted, len(wrong) - len(blank))
    positions = scan.field_ends
    if len(blank):
        kept = np.delete(np.arange(len(wrong)), blank)
        data = b"".join(data[starts[row] : scan.ends[row]] for row in kept) if len(kept) else b""
        lines = lines[kept]
        positions = _scan(data, separator).field_ends
    if not len(lines) or len(rows):
        return None
    follows = len(blank) == 0 and bool((scan.newlines == 1).all())
    ends = None if positions is None else positions[: len(lines) * wanted].reshape(-1, wanted)
    return Block(data, len(lines), int(lines[0]), None if follows else lines, ends)


def _endless(place: str, line: int) -> Problem:
    return Problem(
        "a record that does not end",
        f"{place}:{line}",
        f"records of at most {LONGEST_RECORD >> 20} MB",
        hint='is a quote (") opened there that is never closed? Is the file a CSV at all?',
    )


def _misfit(place: str, separator: str, wanted: int, misfits: Misfits) -> Problem:
    shown = [f"line {line} has {count}" for line, count in zip(misfits.lines, misfits.fields)]
    found = ", ".join(shown) + (", ..." if misfits.count > len(shown) else "")
    kinds = {0: "too few", misfits.count: "too many"}
    rows = "1 row has" if misfits.count == 1 else f"{misfits.count:,} rows have"
    message = f"{rows} {kinds.get(misfits.too_many, 'too few or too many')} fields"
    every = misfits.count == misfits.records > 1 and set(misfits.fields) == {wanted + 1}
    hint = (
        "every row has one field more than the header: does each end with a separator, or lacks the header the name "
        "of the first column?"
        if every
        else f"quote a field that contains {separator!r}, and write an empty field for a missing value"
    )
    return Problem(message, place, f"{wanted} fields in each, as the header has", found, hint)
