"""Reading a table: numbers as numbers, everything else as the text that stands in the file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Collection, Dict, Iterator, List, Optional, Sequence, Set, Tuple

import numpy as np

from fcnn.data.column import Column, Numbers, Table, raw_text, recoded, without
from fcnn.data.header import Header, check_same_header, read_header
from fcnn.data.memory import Budget
from fcnn.data.missing import USUALLY, Missing
from fcnn.data.parsing import Lines, Parser, Piece, bytes_of
from fcnn.data.records import Block, Misfits, block_size, read_records
from fcnn.data.rows import RowNames, Source
from fcnn.data.text_stream import Utf8Stream
from fcnn.data.threads import in_order
from fcnn.errors import DataError, Problem

PROBE = 1 << 18
"""Bytes of the first block: it tells which columns are text before the larger ones are parsed."""


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
        budget = Budget()
        parts = [_read_part(header, columns, text, missing, budget) for header in headers]
        # A column that is numbers in one place and text in another is text everywhere, as it is written.
        mixed = _kinds_differ(parts, columns)
        if not mixed:
            break
        text |= mixed
    rows = RowNames(tuple(part.source for part in parts))
    count = sum(part.source.rows for part in parts)
    if count == 0:
        raise DataError(Problem("there is a header and not one row below it", str(paths[0])))
    # taken out one by one: what is joined is let go
    whole = {name: joined(name, rows, [part.columns.pop(name) for part in parts], missing.of(name)) for name in columns}
    return Table(whole, rows, count)


@dataclass
class Part:
    """One file as it was read."""

    source: Source
    columns: Dict[str, List[Piece]]
    """The pieces of each column, a piece a block."""


def _read_part(header: Header, columns: Sequence[str], as_text: Set[str], missing: Missing, budget: Budget) -> Part:
    if header.kind != "text":
        from fcnn.data.formats import read_columns

        return read_columns(header, columns, as_text, missing)
    pieces: Dict[str, List[Piece]] = {name: [] for name in columns}
    lines = Lines()
    budget.open(header)
    for block, found in parsed_blocks(header, columns, as_text, missing):
        for name, piece in found.items():
            pieces[name].append(piece)
        lines.add(block)
        budget.add(len(block.data), sum(map(bytes_of, found.values())))
    return Part(lines.source(header.path.name), pieces)


def parsed_blocks(
    header: Header, columns: Sequence[str], as_text: Collection[str], missing: Missing
) -> Iterator[Tuple[Block, Dict[str, Piece]]]:
    """The rows of a CSV block by block, a piece of each wanted column by name.

    Raises:
        DataError: the file cannot be read, decoded or parsed; at the end for rows with a wrong number of fields: the
            first of them ends the blocks.
    """
    parser = Parser(header, columns, as_text, missing)
    misfits = Misfits(len(header.names))
    with Utf8Stream(header.path, header.encoding, header.stated) as stream:
        stream.read(header.body)
        size = block_size(len(header.names))
        place = str(header.path)
        records = read_records(stream, place, header.separator, header.first_line, size, first=min(size, PROBE))
        for parsed in in_order(parser.parse_records, records):
            misfits.add(parsed.misfits)
            if misfits.count or parsed.block is None:
                parser.only_check = misfits.count > 0
                continue
            # what is no number in one block need not be tried in the next
            parser.text.update(name for name, piece in parsed.pieces.items() if isinstance(piece, tuple))
            yield parsed.block, parsed.pieces
    if misfits.count:
        raise misfits.error(place, header.separator)


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


def joined(name: str, rows: RowNames, parts: Sequence[List[Piece]], missing: Collection[str]) -> Column:
    """A column from its pieces, which are all numbers or all text but for those without any value."""
    pieces = [piece for part in parts for piece in part]
    has_numbers = any(not isinstance(piece, tuple) and not _all_missing(piece) for piece in pieces)
    if has_numbers or not any(isinstance(piece, tuple) for piece in pieces):
        values = [np.full(len(piece[0]), np.nan) if isinstance(piece, tuple) else piece for piece in pieces]
        return Numbers(name, rows, without(values[0] if len(values) == 1 else np.concatenate(values), missing))
    if len(pieces) == 1:
        codes, levels = pieces[0]
        return recoded(name, rows, codes, [raw_text(value) for value in levels], missing)
    raw: Dict[Any, int] = {}
    codes = []
    for piece in pieces:
        if not isinstance(piece, tuple):  # nothing but missing values
            codes.append(np.full(len(piece), -1, dtype=np.int32))
            continue
        new = np.array([*(raw.setdefault(value, len(raw)) for value in piece[1]), -1], dtype=np.int32)
        codes.append(new[piece[0]])
    return recoded(name, rows, np.concatenate(codes), [raw_text(value) for value in raw], missing)
