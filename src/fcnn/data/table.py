"""Reading a table: numbers as numbers, everything else as the text that stands in the file."""

import io
import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Collection, Dict, List, Mapping, Optional, Sequence, Set, Tuple, Union

import numpy as np
import pandas as pd

from fcnn.data.column import Column, Numbers, Table, numbers_of, raw_levels, raw_text, recoded, without
from fcnn.data.header import Header, check_same_header, read_header
from fcnn.data.missing import USUALLY, Missing
from fcnn.data.records import Block, read_blocks
from fcnn.data.rows import RowNames, Source
from fcnn.data.text_stream import utf_8_stream
from fcnn.errors import DataError, Problem

LEADING_ZERO = re.compile(r"\s*[+-]?0\d")
"""007 is a code and no number."""
BEFORE_DIGITS = np.isin(np.arange(256), list(b' "+-'))
"""(256,) bool: the bytes that may stand before the digits of a number."""
DIGITS = np.isin(np.arange(256), list(b"0123456789"))
"""(256,) bool."""


def read_table(
    paths: Sequence[Path],
    columns: Sequence[str],
    as_text: Collection[str] = (),
    encoding: Optional[str] = None,
    missing: Missing = USUALLY,
) -> Table:
    """Read some columns of a table that lies in one or more files.

    Args:
        paths: the files, in order; each has the same header.
        columns: which columns, in the order wanted.
        as_text: the columns whose values must stay the text that is in the file (class names, codes).
        encoding: of the files; None: found out.
        missing: what stands for a missing value, beside an empty cell.

    Returns:
        The columns: numbers where all cells are some, else text. Codes with leading zeros are text.

    Raises:
        DataError: where a file cannot be read, decoded or parsed, or has no rows.
    """
    headers = [read_header(path, encoding) for path in paths]
    check_same_header(headers)
    text = set(as_text)
    while True:
        parts = [_read_part(header, columns, text, missing) for header in headers]
        # A column that is numbers in one place and text in another is text everywhere, as it is written.
        mixed = set.union(*(part.to_read_again for part in parts), _kinds_differ(parts, columns)) - text
        if not mixed:
            break
        text |= mixed
    rows = RowNames(tuple(part.source for part in parts))
    count = sum(part.source.rows for part in parts)
    if count == 0:
        raise DataError(Problem("there is a header and not one row below it", str(paths[0])))
    joined = {name: _joined(name, rows, [part.columns[name] for part in parts], missing.of(name)) for name in columns}
    return Table(joined, rows, count)


Raw = Tuple[np.ndarray, List[Any]]  # codes of raw values
Piece = Union[np.ndarray, Raw]


@dataclass
class Part:
    """One file as it was read."""

    source: Source
    columns: Dict[str, List[Piece]]
    """The pieces of each column, a piece a block."""
    to_read_again: Set[str]
    """Columns that must be read as text, and were not."""


def _read_part(header: Header, columns: Sequence[str], as_text: Set[str], missing: Missing) -> Part:
    if header.kind != "text":
        from fcnn.data.formats import read_columns

        return read_columns(header, columns, as_text, missing)
    text = {header.position(name) for name in columns if name in as_text}
    positions = {header.position(name): name for name in columns}
    pieces: Dict[str, List[Piece]] = {name: [] for name in columns}
    parser = _Parser(header, {position: sorted(missing.of(name)) for position, name in sorted(positions.items())})
    again: Set[int] = set()
    lines: List[np.ndarray] = []
    first, rows, follows = header.first_line, 0, True
    with closing(utf_8_stream(header.path, header.encoding, header.stated)) as stream:
        stream.read(header.body)
        for block in read_blocks(stream, str(header.path), header.separator, len(header.names), header.first_line):
            frame = parser.parse(block, text)
            for position, name in positions.items():
                pieces[name].append(piece_of(frame[position]))
            again |= parser.leading_zeros(block, frame)
            # What is no number in one block need not be tried in the next.
            text |= {position for position in frame if frame[position].dtype.kind == "O"}
            first = block.first_line if rows == 0 else first
            follows = follows and block.lines is None and block.first_line == first + rows
            lines.append(np.arange(block.rows) + block.first_line if block.lines is None else block.lines)
            rows += block.rows
    source = Source(header.path.name, rows, first, None if follows else np.concatenate(lines))
    return Part(source, pieces, {positions[position] for position in again})


class _Parser:
    """pandas's C parser on the blocks of one file."""

    def __init__(self, header: Header, missing: Mapping[int, List[str]]) -> None:
        self.header = header
        self.missing = missing

    def parse(self, block: Block, text: Collection[int]) -> pd.DataFrame:
        """The wanted fields of a block: a column by position, numbers or objects of ``str``."""
        place = f"{self.header.path}:{block.first_line}"
        try:
            frame = self._read(block, text)
            truths = {position for position in frame if _are_truths(frame[position])}
            if truths:  # pandas forgot whether it was TRUE, True or true
                frame = self._read(block, {*text, *truths})
        except pd.errors.ParserError as error:
            message = f"no CSV behind this line: {str(error).strip().split('C error: ')[-1]}"
            raise DataError(Problem(message, place, hint="are its quotes in pairs?")) from error
        if len(frame) != block.rows:
            message = f"{block.rows:,} rows behind this line read as {len(frame):,}"
            hint = "are there quotes within fields? Double them, or leave them out"
            raise DataError(Problem(message, place, hint=hint))
        return frame

    def leading_zeros(self, block: Block, frame: pd.DataFrame) -> Set[int]:
        """The columns of numbers that have a code such as 007, which the parser reads as 7."""
        numbers = [position for position in frame if frame[position].dtype.kind in "iuf"]
        if block.field_ends is None:
            text = self._read(block, numbers) if numbers else frame
            return {position for position in numbers if any(map(LEADING_ZERO.match, text[position].dropna()))}
        return _with_leading_zeros(block.data, block.field_ends) & set(numbers)

    def _read(self, block: Block, text: Collection[int]) -> pd.DataFrame:
        return pd.read_csv(
            io.BytesIO(block.data),
            sep=self.header.separator,
            decimal=self.header.decimal,
            header=None,
            names=range(len(self.header.names)),
            usecols=list(self.missing),
            index_col=False,
            dtype=dict.fromkeys(text, object),
            keep_default_na=False,
            na_values=self.missing,
            skipinitialspace=True,
            low_memory=False,
            encoding="utf-8",
        )


def _with_leading_zeros(text: bytes, field_ends: np.ndarray) -> Set[int]:
    """The columns of which a field begins with 0 and another digit.

    Args:
        text: of a block.
        field_ends: (rows, fields) where each field ends.
    """
    data = np.frombuffer(text, dtype=np.uint8)
    at = np.empty(field_ends.size, dtype=np.int64)  # all fields in the order of the text: that is what a cache likes
    at[0] = 0
    np.add(field_ends.ravel()[:-1], 1, out=at[1:])
    first = data[at]
    odd = np.flatnonzero(BEFORE_DIGITS[first])
    while len(odd):
        at[odd] += 1
        first[odd] = data[at[odd]]
        odd = odd[BEFORE_DIGITS[first[odd]]]
    zeros = np.flatnonzero(first == ord("0"))
    leading = zeros[DIGITS[data[at[zeros] + 1]]]  # there is a byte behind: the last record too has a line end
    return {int(column) for column in np.unique(leading % field_ends.shape[1])}


def _are_truths(column: "pd.Series[Any]") -> bool:
    if column.dtype.kind != "O":
        return column.dtype.kind == "b"
    first = column.first_valid_index()
    return first is not None and isinstance(column[first], bool)


def piece_of(column: "pd.Series[Any]", as_text: bool = False) -> Piece:
    """A column of a frame as numbers, or as codes of its raw values."""
    values = None if as_text else numbers_of(column)
    return raw_levels(column) if values is None else values


def _kinds_differ(parts: Sequence[Part], columns: Sequence[str]) -> Set[str]:
    different = set()
    for name in columns:
        kinds = {isinstance(piece, tuple) for part in parts for piece in part.columns[name] if not _all_missing(piece)}
        if len(kinds) > 1:
            different.add(name)
    return different


def _all_missing(piece: Piece) -> bool:
    if isinstance(piece, tuple):
        return bool((piece[0] < 0).all())
    return bool(np.isnan(piece).all())


def _joined(name: str, rows: RowNames, parts: Sequence[List[Piece]], missing: Collection[str]) -> Column:
    pieces = [piece for part in parts for piece in part]
    has_numbers = any(not isinstance(piece, tuple) and not _all_missing(piece) for piece in pieces)
    if has_numbers or not any(isinstance(piece, tuple) for piece in pieces):
        values = [np.full(len(piece[0]), np.nan) if isinstance(piece, tuple) else piece for piece in pieces]
        return Numbers(name, rows, without(values[0] if len(values) == 1 else np.concatenate(values), missing))
    raw: Dict[Any, int] = {}
    codes = []
    for piece in pieces:
        if not isinstance(piece, tuple):  # nothing but missing values
            codes.append(np.full(len(piece), -1, dtype=np.int32))
            continue
        new = np.array([*(raw.setdefault(value, len(raw)) for value in piece[1]), -1], dtype=np.int32)
        codes.append(new[piece[0]])
    return recoded(name, rows, np.concatenate(codes), [raw_text(value) for value in raw], missing)
