"""Blocks of a CSV parsed by pandas: numbers, or codes of the text that stands in the file."""

import io
import re
from codecs import BOM_UTF8
from typing import Any, Collection, Dict, List, NamedTuple, Optional, Sequence, Set

import numpy as np
import pandas as pd

from fcnn.data.header import Header
from fcnn.data.leading_zeros import with_leading_zeros
from fcnn.data.missing import Missing
from fcnn.data.precision import float_options
from fcnn.data.raw import RawColumn, raw_column
from fcnn.data.records import Block, Misfits, Records, checked
from fcnn.errors import DataError, Problem
from fcnn.wording import say

LEADING_ZERO = re.compile(r"\s*[+-]?0\d")
"""007 is a code and no number."""


class Parsed(NamedTuple):
    """Some records as they were parsed."""

    block: Optional[Block]
    """None where records have a wrong number of fields, or nothing but blank lines is there."""
    misfits: Misfits
    columns: Dict[str, RawColumn]
    """By name."""


class Parser:
    """pandas's C parser on the records of one file; several threads may call it."""

    def __init__(self, header: Header, columns: Sequence[str], text: Collection[str], missing: Missing) -> None:
        """Say what is wanted.

        Args:
            header: of the file.
            columns: the wanted ones.
            text: those that are wanted as text; it may grow between two calls.
            missing: what stands for a missing value.
        """
        self.header = header
        self.positions = {header.position(name): name for name in columns}
        self.text = set(text)
        self.codes: Set[int] = set()
        """Positions of text columns that look like numbers or truth values."""
        self.only_check = False
        """Whether the fields are to be counted, and nothing more: the file is wrong already."""
        texts = {position: sorted(missing.of(name)) for position, name in sorted(self.positions.items())}
        first = next(iter(texts.values()), [])
        # One list for all columns: pandas takes a third longer with one for each.
        self.missing: Any = first if all(each == first for each in texts.values()) else texts

    def parse_records(self, records: Records) -> Parsed:
        """Check the number of fields of some records, and parse them.

        Raises:
            DataError: the parser stumbles over quotes.
        """
        block, misfits = checked(records, self.header.separator, len(self.header.names))
        if block is None or self.only_check:
            return Parsed(None, misfits, {})
        return Parsed(block, misfits, self.parse(block))

    def parse(self, block: Block) -> Dict[str, RawColumn]:
        """The wanted columns of a block, by name.

        Raises:
            DataError: the parser stumbles over quotes.
        """
        text = {position for position, name in self.positions.items() if name in self.text}
        place = f"{self.header.path}:{block.first_line}"
        try:
            # Categories are codes at once, and no Python object for each cell; but of those that look like numbers
            # pandas 3 makes some.
            types = {position: "object" if position in self.codes else "category" for position in text}
            frame = self._read(block, list(self.positions), types)
            # pandas forgot whether it was TRUE, True or true, and takes the code 007 for a 7
            others = [position for position in frame if position not in text]
            numbers = _numbers_in(frame)
            words = {position for position in set(others) - set(numbers) if _are_truths(frame[position])}
            words |= self._leading_zeros(block, set(numbers))
            # the frame is asked, and not self.codes: another thread may have changed that since
            codes = {position for position in text if not _has_words(frame[position])}
            self.codes |= words | codes
            written = self._as_written(block, words | codes)
        except pd.errors.ParserError as error:
            if "out of memory" in str(error):
                raise MemoryError(str(error)) from error
            reason = str(error).strip().split("C error: ")[-1]
            message = say("no CSV behind this line: {reason}", reason=reason)
            raise DataError(Problem(message, place, hint="are its quotes in pairs?")) from error
        if len(frame) != block.rows:
            message = say("{rows:,} rows behind this line read as {read:,}", rows=block.rows, read=len(frame))
            hint = "are there quotes within fields? Double them, or leave them out"
            raise DataError(Problem(message, place, hint=hint))
        # taken together, since asking a frame for each of 5,000 columns takes longer than parsing them
        numbers = [position for position in numbers if position not in written]
        values = frame[numbers].to_numpy(dtype=np.float64) if numbers else np.empty((0, 0))
        # copied, since a view would hold all of them for as long as one is there
        found: Dict[int, RawColumn] = {position: values[:, column].copy() for column, position in enumerate(numbers)}
        for position in self.positions.keys() - found.keys():
            found[position] = raw_column(written[position] if position in written else frame[position])
        return {name: found[position] for position, name in self.positions.items()}

    def _leading_zeros(self, block: Block, numbers: Set[int]) -> Set[int]:
        """The columns of numbers that have a code such as 007."""
        if not numbers:
            return set()
        if block.quotes_within:
            text = self._as_written(block, numbers)
            return {each for each in numbers if any(map(LEADING_ZERO.match, text[each].dropna()))}
        return with_leading_zeros(block.data, self.header.separator, len(self.header.names)) & numbers

    def _as_written(self, block: Block, positions: Collection[int]) -> pd.DataFrame:
        """Some columns as the text that stands in the file, for each cell an object."""
        return self._read(block, sorted(positions), dict.fromkeys(positions, "object")) if positions else pd.DataFrame()

    def _read(self, block: Block, positions: List[int], types: Dict[int, str]) -> pd.DataFrame:
        separator = self.header.separator.encode()
        return pd.read_csv(
            # a blank line is skipped; at the very beginning pandas takes the character for a byte order mark
            io.BytesIO(b"\n" + block.data if block.data.startswith(BOM_UTF8) else block.data),
            sep=self.header.separator,
            decimal=self.header.decimal,
            header=None,
            names=range(len(self.header.names)),
            usecols=positions,
            index_col=False,
            dtype=types,
            keep_default_na=False,
            na_values=self.missing,
            # it costs a tenth of the time, and most files have no such blanks
            skipinitialspace=b" " in block.data
            and (block.data[:1] == b" " or any(each in block.data for each in (separator + b" ", b"\n "))),
            low_memory=False,
            encoding="utf-8",
            **float_options(block.data, self.header.decimal),
        )


def _numbers_in(frame: pd.DataFrame) -> List[int]:
    """The columns of numbers."""
    return [position for position, dtype in zip(frame.columns, frame.dtypes) if dtype.kind in "iuf"]


def _are_truths(column: "pd.Series[Any]") -> bool:
    if column.dtype.kind != "O":
        return column.dtype.kind == "b"
    first = column.first_valid_index()
    return first is not None and isinstance(column[first], bool)


def _has_words(column: "pd.Series[Any]") -> bool:
    """Whether a column, or the levels of a category, are the text of the file."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return True
    levels = column.cat.categories
    return len(levels) == 0 or isinstance(levels[0], str)
