"""Reading a table: numbers as numbers, everything else as the text that stands in the file."""

from pathlib import Path
from types import MappingProxyType
from typing import Collection, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

from fcnn.config.structs import Column as Stated
from fcnn.data.column import Table
from fcnn.data.column_store import Wanted
from fcnn.data.formats import read_batches, read_columns
from fcnn.data.gathering import Gathering
from fcnn.data.header import Header, check_same_header, read_header
from fcnn.data.missing import USUALLY, Missing
from fcnn.data.parsing import Parser
from fcnn.data.raw import Codes, RawColumn
from fcnn.data.readers import Readers, parsed_by_all
from fcnn.data.records import Block, Misfits, block_size, read_records
from fcnn.data.rows import FileRows, RowNames, one_after_another
from fcnn.data.storage import Storage
from fcnn.data.text_stream import Utf8Stream
from fcnn.data.threads import in_order
from fcnn.errors import DataError, Problem

PROBE = 1 << 18
"""Bytes of the first block: it tells which columns are text before the larger ones are parsed."""
PROBE_OF_FIELD = 1 << 13
"""Bytes for each field at least: pandas takes its time for each column of a block, however short that is."""

NOTHING: Mapping[str, Stated] = MappingProxyType({})
"""Is said of the columns."""


def read_table(
    paths: Sequence[Path],
    columns: Sequence[str],
    as_text: Collection[str] = (),
    encoding: Optional[str] = None,
    missing: Missing = USUALLY,
    storage: Optional[Storage] = None,
    stated: Mapping[str, Stated] = NOTHING,
    splits: Optional[str] = None,
) -> Table:
    """Read some columns of a table that lies in one or more files.

    Args:
        paths: the files, in order; each has the same header.
        columns: which columns, in the order wanted.
        as_text: the columns whose values must stay the text that is in the file (class names, codes).
        encoding: of the files; None: found out.
        missing: what stands for a missing value, beside an empty cell.
        storage: where the columns go if they need too much memory; None: that is an error.
        stated: what the config says of columns.
        splits: the column that the rows are split by.

    Returns:
        The columns: numbers where all cells are some, else text. Codes with leading zeros are text.

    Raises:
        DataError: where a file cannot be read, decoded or parsed, or has no rows.
    """
    headers = [read_header(path, encoding) for path in paths]
    check_same_header(headers)
    gathering = Gathering(Wanted(tuple(columns), missing, stated, headers[0].decimal or ".", splits), storage)
    readers = None if storage is None else storage.readers
    sources = _read_files(headers, columns, as_text, missing, gathering, readers)
    # A column that is numbers in one place and text in another is text everywhere, as it is written.
    mixed = gathering.mixed()
    if mixed:
        gathering.begin_again(mixed)
        _read_files(headers, mixed, mixed, missing, gathering, readers)
    rows = RowNames(tuple(sources))
    count = sum(source.rows for source in sources)
    if count == 0:
        raise DataError(Problem("there is a header and not one row below it", str(paths[0])))
    return Table(gathering.finish(rows), rows, count)


def _read_files(
    headers: Sequence[Header],
    columns: Sequence[str],
    as_text: Collection[str],
    missing: Missing,
    gathering: Gathering,
    readers: Optional[Readers],
) -> List[FileRows]:
    gathering.expect(headers)
    return [_read_file(header, columns, as_text, missing, gathering, readers) for header in headers]


def _read_file(
    header: Header,
    columns: Sequence[str],
    as_text: Collection[str],
    missing: Missing,
    gathering: Gathering,
    readers: Optional[Readers],
) -> FileRows:
    gathering.open(header)
    sources: List[FileRows] = []
    if header.kind != "text":
        in_memory = gathering.fits(header, len(columns))
        parts = [read_columns(header, columns, as_text, missing)] if in_memory else None
        for part in parts or read_batches(header, columns, as_text, missing):
            for name, column in part.columns.items():
                gathering.add(name, column[0])
            sources.append(part.source)
            gathering.added(0)
    else:
        for block, found in parsed_blocks(header, columns, as_text, missing, readers):
            for name, raw in found.items():
                gathering.add(name, raw)
            sources.append(block_source(header, block))
            gathering.added(len(block.data))
    return sources[0] if len(sources) == 1 else one_after_another(header.path.name, sources)


def block_source(header: Header, block: Block) -> FileRows:
    """Where the rows of a block come from."""
    return FileRows(header.path.name, block.rows, block.first_line, block.lines)


def parsed_blocks(
    header: Header,
    columns: Sequence[str],
    as_text: Collection[str],
    missing: Missing,
    readers: Optional[Readers] = None,
) -> Iterator[Tuple[Block, Dict[str, RawColumn]]]:
    """The rows of a CSV block by block, with the wanted columns by name; parsed together by `readers`, if any.

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
        parse = parser.parse_records
        for parsed in in_order(parse, records) if readers is None else parsed_by_all(parser, records, readers):
            misfits.add(parsed.misfits)
            if misfits.count or parsed.block is None:
                parser.only_check = misfits.count > 0
                continue
            # what is no number in one block need not be tried in the next
            parser.text.update(name for name, column in parsed.columns.items() if isinstance(column, Codes))
            yield parsed.block, parsed.columns
    if misfits.count:
        raise misfits.error(place, header.separator)
