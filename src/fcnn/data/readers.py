"""Several processes that read the same table: each parses its share of the text and tells the others what it found.

The text is cut into the same blocks everywhere, which takes little of the time. The blocks are dealt out in turn, and
what was parsed goes to all: each process ends with the columns that it would have had alone, and whatever is computed
from them is the same. The first block, which tells what the columns are, everybody parses; so a table of one block, a
small one, is not shared out at all.
"""

import zlib
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Callable, Iterable, Iterator, List, NamedTuple, Optional, Tuple

import msgspec
import numpy as np
from msgspec import Struct

from fcnn.data.parsing import Parsed, Parser
from fcnn.data.raw import Codes, RawColumn
from fcnn.data.records import Block, Misfits, Records
from fcnn.data.threads import in_order
from fcnn.errors import DataError, Problem
from fcnn.wording import say


@dataclass(frozen=True)
class Readers:
    """This process among those that read the same table."""

    index: int
    """The number of this one, from 0."""
    count: int
    all_gather: Callable[[bytes], List[bytes]]
    """What every process says, in the order of their numbers; all call it equally often."""

    def agree(self, facts: Any) -> bool:
        """Whether all processes say the same."""
        said = self.all_gather(msgspec.json.encode(facts))
        return all(each == said[0] for each in said)


def parsed_by_all(parser: Parser, records: Iterable[Records], readers: Readers) -> Iterator[Parsed]:
    """Parse the records of a file, each process its share of them.

    Args:
        parser: of the file; equal in all processes.
        records: likewise.
        readers: the processes.

    Yields:
        What `parser` makes of each, in order.

    Raises:
        DataError: the parser's own, in all processes; or the file is not the same in all of them.
    """
    rest = iter(records)
    yield from map(parser.parse_records, islice(rest, 1))
    for turn in in_order(partial(_own_part, parser, readers), _turns(rest, readers.count)):
        messages = readers.all_gather(turn.message)
        told = [
            turn.told if index == readers.index else msgspec.msgpack.decode(message, type=_Told)
            for index, message in enumerate(messages)
        ]
        _check_same(told, turn.pieces, parser)
        for index, piece in enumerate(turn.pieces):
            own = turn.parsed if index == readers.index else _as_parsed(told[index], piece, parser)
            yield own or parser.parse_records(piece)  # what is wrong with it everybody shall know


class _Told(Struct, array_like=True):
    """What a process tells of a turn."""

    checks: Tuple[Tuple[int, int], ...]
    """CRC-32 and first line of each of the blocks, to see that all have the same."""
    rows: int = 0
    """Of the block that is its own."""
    first_line: int = 0
    lines: Optional[bytearray] = None
    columns: Optional[List[Tuple[bytearray, Optional[List[Any]]]]] = None
    """Of each column float64 values, or int32 codes and what they stand for; None where it has no block without
    faults."""


class _Turn(NamedTuple):
    """A block for each process, and the own one parsed."""

    pieces: List[Records]
    parsed: Optional[Parsed]
    told: _Told
    message: bytes


def _turns(records: Iterator[Records], count: int) -> Iterator[List[Records]]:
    """So many blocks at a time, and in the end none: whose file is longer is noticed there."""
    pieces = [next(records, None)]
    while pieces[0] is not None:
        pieces += islice(records, count - 1)
        yield [piece for piece in pieces if piece is not None]
        pieces = [next(records, None)]
    yield []


def _own_part(parser: Parser, readers: Readers, pieces: List[Records]) -> _Turn:
    """Parse the block that is this process's own."""
    parsed = None
    if readers.index < len(pieces):
        try:
            parsed = parser.parse_records(pieces[readers.index])
        except DataError:  # it comes again when its turn does, in all processes
            parsed = None
    told = _Told(tuple((zlib.crc32(piece.data), piece.first_line) for piece in pieces))
    if parsed is not None and parsed.block is not None and not parsed.misfits.count:
        block = parsed.block
        told.rows, told.first_line = block.rows, block.first_line
        told.lines = None if block.lines is None else _bytes(block.lines, "<i8")
        told.columns = [_packed(column) for column in parsed.columns.values()]
    return _Turn(pieces, parsed, told, msgspec.msgpack.encode(told))


def _packed(column: RawColumn) -> Tuple[bytearray, Optional[List[Any]]]:
    if isinstance(column, Codes):
        return _bytes(column.codes, "<i4"), column.values
    return _bytes(column, "<f8"), None


def _bytes(values: np.ndarray, dtype: str) -> Any:
    """The bytes of an array, not copied."""
    return np.ascontiguousarray(values, dtype=dtype).view(np.uint8).data


def _as_parsed(told: _Told, piece: Records, parser: Parser) -> Optional[Parsed]:
    """What another process found in a block; None where it tells nothing."""
    if told.columns is None:
        return None
    lines = None if told.lines is None else np.frombuffer(told.lines, dtype="<i8")
    columns = {
        name: np.frombuffer(content, dtype="<f8")
        if values is None
        else Codes(np.frombuffer(content, dtype="<i4"), values)
        for name, (content, values) in zip(parser.positions.values(), told.columns)
    }
    block = Block(piece.data, told.rows, told.first_line, lines, quotes_within=False)
    return Parsed(block, Misfits(len(parser.header.names), records=told.rows), columns)


def _check_same(told: List[_Told], pieces: List[Records], parser: Parser) -> None:
    """Raise a DataError, the same in all processes, where one has another file."""
    if all(each.checks == told[0].checks for each in told):
        return
    line = pieces[0].first_line if pieces else 0
    where = f"{parser.header.path}:{line}" if line else str(parser.header.path)
    message = say("the workers do not have the same file: it differs somewhere behind this line")
    raise DataError(Problem(message, where, hint=say("copy it to all of them again")))
