"""Where the records of a CSV end and how many fields they have, found by NumPy in its bytes."""

import csv
import io
from contextlib import suppress
from typing import Iterator, List, NamedTuple

import numpy as np

from fcnn.data.dialect import fields_up_to

LONGEST_RECORD = 64 << 20
"""Bytes of one record at most: more is a quote that is never closed, or no CSV."""

_QUOTE, _LINE_FEED, _BLANK = b'"'[0], b"\n"[0], b" "[0]


class Scan(NamedTuple):
    """What lies in a piece of text that begins with a record."""

    ends: np.ndarray
    """(records,) int64 position behind each record's line end."""
    fields: np.ndarray
    """(records,) int64 number of fields."""
    newlines: np.ndarray
    """(records,) int64 line ends in each record, those within quotes too."""
    quotes_within: bool = False
    """Whether quotes stand within fields."""


def scan_unquoted(data: bytes, separator: str) -> Scan:
    """What lies in text without a quote; it ends with a line end."""
    text = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(text == _LINE_FEED) + 1
    is_separator = text == ord(separator)
    starts = np.concatenate(([0], ends[:-1]))
    # Bytes are added ten times as fast as int64; where a sum does not fit, the total shows it.
    total = np.count_nonzero(is_separator)
    for dtype in (np.uint8, np.uint16, np.int64):
        separators = np.add.reduceat(is_separator.view(np.uint8), starts, dtype=dtype).astype(np.int64)
        if separators.sum() == total:
            break
    return Scan(ends, separators + 1, np.ones(len(ends), dtype=np.int64))


def scan_quoted(data: bytes, separator: str) -> Scan:
    """What lies in text with quotes, up to the end of its last whole record."""
    text = np.frombuffer(data, dtype=np.uint8)
    is_quote = text == _QUOTE
    inside = _inside(is_quote)
    if not _quotes_are_plain(text, is_quote, inside, ord(separator)):
        return _scan_slowly(data, separator)
    is_end = text == _LINE_FEED
    all_ends = np.flatnonzero(is_end)
    positions = np.flatnonzero(((text == ord(separator)) | is_end) & ~inside)
    which = np.flatnonzero(is_end[positions])
    ends = positions[which] + 1
    newlines = np.diff(np.searchsorted(all_ends, ends), prepend=0)
    return Scan(ends, np.diff(which, prepend=-1), newlines)


def field_ends(data: bytes, separator: str) -> np.ndarray:
    """(fields of all records,) int64 positions of what ends each field; no quotes stand within fields."""
    text = np.frombuffer(data, dtype=np.uint8)
    special = (text == ord(separator)) | (text == _LINE_FEED)
    if b'"' in data:
        special &= ~_inside(text == _QUOTE)
    return np.flatnonzero(special)


def _inside(is_quote: np.ndarray) -> np.ndarray:
    """(bytes,) bool: whether each byte stands in quotes, an opening one included."""
    return np.bitwise_xor.accumulate(is_quote.view(np.uint8)).view(bool)


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


def _scan_slowly(data: bytes, separator: str) -> Scan:
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
    # a field beyond the limit is an error: what is scanned so far is right, and the rest is no record
    with suppress(csv.Error), fields_up_to(2 * LONGEST_RECORD):
        for record in reader:
            if taken < 0:
                break
            position += taken
            ends.append(position)
            fields.append(max(1, len(record)))
            newlines.append(lines_taken)
            taken = lines_taken = 0
    return Scan(_positions(ends), _positions(fields), _positions(newlines), True)


def _positions(values: List[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)
