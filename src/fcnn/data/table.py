"""Reading a table: numbers as numbers, everything else as the text that stands in the file."""

from pathlib import Path
from typing import Collection, Dict, Iterator, List, Optional, Sequence, Tuple

from fcnn.data.column import Table
from fcnn.data.formats import read_columns
from fcnn.data.header import Header, check_same_header, read_header
from fcnn.data.memory import Budget
from fcnn.data.missing import USUALLY, Missing
from fcnn.data.parsing import Parser
from fcnn.data.raw import Codes, RawColumn, RawTable, all_missing, bytes_of, joined
from fcnn.data.records import Block, Misfits, block_size, read_records
from fcnn.data.rows import FileRows, RowNames, one_after_another
from fcnn.data.text_stream import Utf8Stream
from fcnn.data.threads import in_order
from fcnn.errors import DataError, Problem

PROBE = 1 << 18
"""Bytes of the first block: it tells which columns are text before the larger ones are parsed."""
PROBE_OF_FIELD = 1 << 13
"""Bytes for each field at least: pandas takes its time for each column of a block, however short that is."""


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
    parts = _read_files(headers, columns, as_text, missing)
    # A column that is numbers in one place and text in another is text everywhere, as it is written.
    mixed = _kinds_differ(parts, columns)
    if mixed:
        for part in parts:
            for name in mixed:
                del part.columns[name]
        for part, again in zip(parts, _read_files(headers, mixed, mixed, missing)):
            part.columns.update(again.columns)
    rows = RowNames(tuple(part.source for part in parts))
    count = sum(part.source.rows for part in parts)
    if count == 0:
        raise DataError(Problem("there is a header and not one row below it", str(paths[0])))
    # taken out one by one: what is joined is let go
    whole = {
        name: joined(name, rows, [raw for part in parts for raw in part.columns.pop(name)], missing.of(name))
        for name in columns
    }
    return Table(whole, rows, count)


def _read_files(
    headers: Sequence[Header], columns: Sequence[str], as_text: Collection[str], missing: Missing
) -> List[RawTable]:
    budget = Budget()
    return [_read_file(header, columns, as_text, missing, budget) for header in headers]


def _read_file(
    header: Header, columns: Sequence[str], as_text: Collection[str], missing: Missing, budget: Budget
) -> RawTable:
    if header.kind != "text":
        return read_columns(header, columns, as_text, missing)
    whole: Dict[str, List[RawColumn]] = {name: [] for name in columns}
    sources: List[FileRows] = []
    budget.open(header)
    for block, found in parsed_blocks(header, columns, as_text, missing):
        for name, column in found.items():
            whole[name].append(column)
        sources.append(block_source(header, block))
        budget.add(len(block.data), sum(map(bytes_of, found.values())))
    return RawTable(one_after_another(header.path.name, sources), whole)


def block_source(header: Header, block: Block) -> FileRows:
    """Where the rows of a block come from."""
    return FileRows(header.path.name, block.rows, block.first_line, block.lines)


def parsed_blocks(
    header: Header, columns: Sequence[str], as_text: Collection[str], missing: Missing
) -> Iterator[Tuple[Block, Dict[str, RawColumn]]]:
    """The rows of a CSV block by block, with the wanted columns by name.

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
        first = min(size, max(PROBE, len(header.names) * PROBE_OF_FIELD))
        records = read_records(stream, place, header.separator, header.first_line, size, first=first)
        for parsed in in_order(parser.parse_records, records):
            misfits.add(parsed.misfits)
            if misfits.count or parsed.block is None:
                parser.only_check = misfits.count > 0
                continue
            # what is no number in one block need not be tried in the next
            parser.text.update(name for name, column in parsed.columns.items() if isinstance(column, Codes))
            yield parsed.block, parsed.columns
    if misfits.count:
        raise misfits.error(place, header.separator)


def _kinds_differ(parts: Sequence[RawTable], columns: Sequence[str]) -> List[str]:
    different = []
    for name in columns:
        kinds = {isinstance(raw, Codes) for part in parts for raw in part.columns[name] if not all_missing(raw)}
        if len(kinds) > 1:
            different.append(name)
    return different
