"""A table piece by piece, in bounded memory, for those who know already what each column is."""

from dataclasses import replace
from typing import Collection, Dict, Iterator, Sequence

import numpy as np
import pandas as pd

from fcnn.data.column import Column, Numbers, Table, raw_levels, raw_text
from fcnn.data.formats import read_batches
from fcnn.data.header import Header
from fcnn.data.missing import USUALLY, Missing
from fcnn.data.raw import Codes, RawColumn, RawTable, joined
from fcnn.data.rows import FileRows, RowNames
from fcnn.data.table import block_source, parsed_blocks

MOST_ROWS = 1 << 16
"""Rows of a piece: a block has too many where a row is a few bytes that become many features."""


def read_pieces(
    header: Header, columns: Sequence[str], as_text: Collection[str] = (), missing: Missing = USUALLY
) -> Iterator[Table]:
    """Read some columns of a file.

    Args:
        header: of the file.
        columns: which columns; it has each of them once.
        as_text: those whose values must stay the text that is in the file. Any other is numbers in a piece where all
            cells are some, and may be text in the next.
        missing: what stands for a missing value, beside an empty cell.

    Yields:
        The rows in their order; which rows a piece has depends on the file alone, not on the columns.

    Raises:
        DataError: the file cannot be read, decoded or parsed; at the end for rows with a wrong number of fields.
    """
    for part in _parts(header, columns, as_text, missing):
        rows = RowNames((part.source,))
        whole = {name: joined(name, rows, part.columns[name], missing.of(name)) for name in columns}
        for start in range(0, part.source.rows, MOST_ROWS):
            yield _piece(whole, part.source, start)


def read_cells(header: Header, columns: Sequence[str]) -> Iterator[Dict[str, np.ndarray]]:
    """Read some columns as the text that is in the file, nothing being a missing value but an empty cell.

    Args:
        header: of the file.
        columns: which columns; it has each of them once.

    Yields:
        By name (rows,) objects of ``str``, without surrounding blanks, empty where a cell is; of the rows that
        :func:`read_pieces` yields.

    Raises:
        DataError: the file cannot be read, decoded or parsed; at the end for rows with a wrong number of fields.
    """
    for part in _parts(header, columns, columns, Missing(())):
        whole = {name: _cells(part.columns[name][0]) for name in columns}
        for start in range(0, part.source.rows, MOST_ROWS):
            yield {name: cells[start : start + MOST_ROWS] for name, cells in whole.items()}


def _cells(column: RawColumn) -> np.ndarray:
    codes, levels = column if isinstance(column, Codes) else raw_levels(pd.Series(column))  # nothing but empty cells
    return np.array([*(raw_text(level).strip() for level in levels), ""], dtype=object)[codes]


def _parts(header: Header, columns: Sequence[str], as_text: Collection[str], missing: Missing) -> Iterator[RawTable]:
    if header.kind != "text":
        yield from read_batches(header, columns, as_text, missing)
        return
    for block, found in parsed_blocks(header, columns, as_text, missing):
        yield RawTable(block_source(header, block), {name: [column] for name, column in found.items()})


def _piece(columns: Dict[str, Column], source: FileRows, start: int) -> Table:
    end = min(start + MOST_ROWS, source.rows)
    lines = None if source.lines is None else source.lines[start:end]
    rows = RowNames((FileRows(source.file, end - start, source.first + start, lines),))
    return Table({name: _rows_of(column, rows, start, end) for name, column in columns.items()}, rows, end - start)


def _rows_of(column: Column, rows: RowNames, start: int, end: int) -> Column:
    """Some rows of a column, with the levels that they have and no others."""
    if isinstance(column, Numbers):
        return replace(column, rows=rows, values=column.values[start:end])
    present, codes = np.unique(column.codes[start:end], return_inverse=True)
    absent = int(len(present) > 0 and present[0] < 0)
    levels = tuple(column.levels[code] for code in present[absent:])
    return replace(column, rows=rows, codes=(codes - absent).astype(np.int32), levels=levels)
