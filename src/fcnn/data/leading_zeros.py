"""Codes such as 007 in the text of a CSV: a parser reads them as 7, and they are no numbers."""

from typing import Set

import numpy as np

from fcnn.data.scan import field_ends

PIECE = 1 << 18
"""Bytes that are looked at together: what a cache holds."""
BEFORE_DIGITS = np.isin(np.arange(256), list(b' "+-'))
"""(256,) bool: the bytes that may stand before the digits of a number."""
_BEFORE_FIELDS = ord("-") + 1
"""Those bytes, comma, tab and line end are below; digits, letters and the decimal point are not."""
_ZERO, _LINE_FEED = ord("0"), ord("\n")


def with_leading_zeros(data: bytes, separator: str, fields: int) -> Set[int]:
    """The columns of which a field begins with 0 and another digit, by position.

    Args:
        data: whole records of a CSV with `fields` fields each; no quotes within fields.
        separator: one character.
        fields: of each record.
    """
    text = np.frombuffer(data, dtype=np.uint8)
    if not len(_beginnings(text, ord(separator))):
        return set()
    ends = field_ends(data, separator)
    at = np.empty(len(ends), dtype=np.int64)
    at[0] = 0
    np.add(ends[:-1], 1, out=at[1:])
    first = text[at]
    odd = np.flatnonzero(BEFORE_DIGITS[first])
    while len(odd):
        at[odd] += 1
        first[odd] = text[at[odd]]
        odd = odd[BEFORE_DIGITS[first[odd]]]
    zeros = np.flatnonzero(first == _ZERO)
    leading = zeros[_is_digit(text[at[zeros] + 1])]  # there is a byte behind: the last record too has a line end
    return {int(column) for column in np.unique(leading % fields)}


def _beginnings(text: np.ndarray, separator: int) -> np.ndarray:
    """Where a 0 and another digit stand that may begin a field: all that do, and a few more within quotes."""
    found = [_beginnings_in(text[start : start + PIECE + 2], separator) + start for start in range(0, len(text), PIECE)]
    at = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
    if len(text) > 1 and text[0] == _ZERO and _is_digit(text[1:2]).all():
        at = np.append(at, 0)
    before = at - 1
    inner = np.flatnonzero((before >= 0) & BEFORE_DIGITS[text[before]])  # the minus of 1e-05 begins no number
    while len(inner):
        before[inner] -= 1
        inner = inner[(before[inner] >= 0) & BEFORE_DIGITS[text[before[inner]]]]
    ahead = text[before]
    return at[(before < 0) | (ahead == separator) | (ahead == _LINE_FEED)]


def _beginnings_in(text: np.ndarray, separator: int) -> np.ndarray:
    before, first, second = text[:-2], text[1:-1], text[2:]
    is_one = (first == _ZERO) & _is_digit(second)
    is_one &= (
        (before < _BEFORE_FIELDS) if separator < _BEFORE_FIELDS else (before < _BEFORE_FIELDS) | (before == separator)
    )
    return np.flatnonzero(is_one) + 1


def _is_digit(text: np.ndarray) -> np.ndarray:
    return np.asarray((text - np.uint8(_ZERO)) < 10)  # uint8 wraps around: what is below 0 is far above 9
