"""Random tables in random dialects, written by Python's own csv module, read back cell by cell and line by line."""

import bz2
import csv
import gzip
import io
import lzma
import re
import zipfile
from typing import Any, List, NamedTuple, Optional, Tuple

import pandas as pd
import pytest
import zstandard
from hypothesis import assume, given
from hypothesis import strategies as st

import fcnn.data.table
import fcnn.data.text_encoding
import fcnn.data.text_stream
from fcnn.data.column import Numbers
from fcnn.data.header import read_header
from fcnn.data.missing import USUAL
from fcnn.data.table import read_table

PANDAS = int(pd.__version__.split(".")[0])


class Dialect(NamedTuple):
    """How a table is written."""

    separator: str
    quoting: int
    line_end: str
    encoding: str
    stated: bool
    """Whether the reader is told the encoding."""
    decimal: str
    packing: str
    ends: bool
    """Whether the last line has an end."""
    blank_lines: Tuple[int, ...]
    """Before which of the rows there is one."""
    block: int
    """Bytes to read at a time."""


class Written(NamedTuple):
    """A table as it was written."""

    names: List[str]
    columns: List[List[str]]
    dialect: Dialect

    @property
    def rows(self) -> List[Tuple[str, ...]]:
        return list(zip(*self.columns))

    def text(self) -> str:
        pieces = []
        for number, row in enumerate([self.names, *self.rows]):
            buffer = io.StringIO(newline="")
            writer = csv.writer(
                buffer, delimiter=self.dialect.separator, quoting=self.dialect.quoting, lineterminator="\r\n"
            )
            writer.writerow(row)
            pieces += [self.dialect.line_end] * self.dialect.blank_lines.count(number)
            pieces += [buffer.getvalue()[: -len("\r\n")], self.dialect.line_end]
        return "".join(pieces if self.dialect.ends else pieces[:-1])


texts = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=8)
awkward = st.sampled_from(
    ["", " ", "  a", "b  ", "\t", '"', '""', '"a"', ' "a"', "a,b", "a;b", "a\tb", "a|b", "a\nb", "a\r\nb", "\rb", "\n",
     "NA", " NA ", "nan", "-", "none", "5\" pipe", "是", "Muñoz", "\u2028", "\x85", "\x0b", "\x1c", "\xa0", "\u3000a",
     "\ufeff", "#", "'", "\\", "\\n", "=cmd()", "🐧", "e\u0301", "True", "0x10", "1_000", "\uff11\uff12", "1e",
     "infinity", "+"]
)  # fmt: skip
number_texts = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.floats(allow_nan=False, allow_infinity=False).map("{:.17e}".format),
    st.floats(-1e6, 1e6).map("{:.3f}".format),
    st.integers(-(10**6), 10**6).map(str),
    st.sampled_from(["-0.0", "0", "-0", "5e-324", "2.2250738585072011e-308", "1.7976931348623157e308", "1E5", "+1",
                     "1.", ".5", "-.5e-3", "1e+22", "1e23", "8.41e21", "9007199254740993", "0.1", "123456789012345678",
                     "0.000000000000000000123456789",
                     "-.00000000000001234567890123", "0.00012345678901234567",
                     "10000000000000000000000000"]),
)  # fmt: skip
columns = {
    "numbers": number_texts,
    "numbers or nothing": st.one_of(number_texts, st.sampled_from(["", *USUAL])),
    "whole numbers": st.integers(-(2**53), 2**53).map(str),
    "identifiers": st.integers(-(2**63), 2**64).map(str),
    "codes": st.integers(0, 999).map("{:05d}".format),
    "truths": st.sampled_from(["True", "False", "true", "TRUE", "yes", "no", "是", "否", "1", "0"]),
    "dates": st.dates().map(str),
    "awkward text": awkward,
    "text": texts,
    "text and numbers": st.one_of(texts, number_texts),
}


@st.composite
def dialects(draw: Any, encodings: Tuple[str, ...] = ("utf-8", "utf-8-sig", "utf-16", "gb18030")) -> Dialect:
    separator = draw(st.sampled_from(",;\t|"))
    encoding = draw(st.sampled_from(encodings))
    return Dialect(
        separator,
        draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        draw(st.sampled_from(["\n", "\r\n", "\r"])),
        encoding,
        encoding == "gb18030" or draw(st.booleans()),
        draw(st.sampled_from(".,")) if separator == ";" else ".",
        draw(st.sampled_from(["", "gz", "bz2", "xz", "zip", "zst"])),
        draw(st.booleans()),
        tuple(draw(st.lists(st.integers(0, 12), max_size=3))),
        draw(st.sampled_from([1, 2, 3, 5, 7, 11, 16, 32, 64, 1 << 20])),
    )


@st.composite
def tables(draw: Any) -> Written:
    """From one to twelve rows in two to five columns."""
    dialect = draw(dialects())
    rows = draw(st.integers(1, 12))
    kinds = draw(st.lists(st.sampled_from(sorted(columns)), min_size=2, max_size=5))
    if dialect.decimal == ",":  # one column that says so; a point in another would be one word against it
        cells = [draw(st.lists(number_texts, min_size=rows, max_size=rows)) for _ in kinds[1:]]
        written = [["2,5"] * rows, *([cell.replace(".", ",") for cell in column] for column in cells)]
    else:
        written = [draw(st.lists(columns[kind], min_size=rows, max_size=rows)) for kind in kinds]
    names = [f"column {position}" if position % 2 else f"n{position}" for position in range(len(kinds))]
    return Written(names, written, dialect)


PACKERS = {
    "": lambda data: data,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": lambda data: zstandard.ZstdCompressor().compress(data),
    "zip": lambda data: _zipped(data),
}


def _zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.csv", data)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("random")


def read(path, written, as_text=()):
    """The table, read in blocks of the dialect's size."""
    dialect = written.dialect
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fcnn.data.table, "block_size", lambda fields: dialect.block)
        patch.setattr(fcnn.data.text_stream, "BLOCK", dialect.block)
        patch.setattr(fcnn.data.text_encoding, "BLOCK", max(4, dialect.block))  # as long as a byte order mark
        encoding = dialect.encoding if dialect.stated else None
        return read_table([path], written.names, as_text, encoding)


def plain(cell: str) -> Optional[str]:
    """A cell as it is read as text: without surrounding blanks, its line ends as one, None where it is missing."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    return None if text in ("", *USUAL) else text


def expected_lines(written: Written) -> List[int]:
    """The line in which each row begins, by Python's reader."""
    reader = csv.reader(io.StringIO(written.text(), newline=""), delimiter=written.dialect.separator)
    lines, before = [], 0
    for record in reader:
        if record:
            lines.append(before + 1)
        before = reader.line_num
    return lines[1:]


def is_right(found: float, text: str, decimal: str) -> bool:
    """Whether a number is the one of float64 that is nearest to its text; pandas 1 keeps 13 digits at least."""
    number = float(text.replace(decimal, "."))
    return found == number or (PANDAS < 2 and abs(found - number) <= 2e-12 * abs(number) + 1e-323)


@given(tables())
def test_a_table_reads_back_as_it_was_written(folder, written):
    data = written.text().encode(written.dialect.encoding)
    assume(data.decode(written.dialect.encoding) == written.text())
    path = folder / "t.csv"
    path.write_bytes(PACKERS[written.dialect.packing](data))
    header = read_header(path, written.dialect.encoding if written.dialect.stated else None)
    assert header.names == tuple(written.names)
    assert (header.separator, header.decimal) == (written.dialect.separator, written.dialect.decimal)

    table = read(path, written)
    lines = [f"line {line}" for line in expected_lines(written)]
    assert [table.rows.name(row) for row in range(len(table))] == lines
    for name, column in zip(written.names, written.columns):
        wanted = [plain(cell) for cell in column]
        found = table[name]
        assert found.missing.tolist() == [cell is None for cell in wanted]
        if isinstance(found, Numbers):
            there = [(value, cell) for value, cell in zip(found.values, wanted) if cell is not None]
            assert all(is_right(value, cell, header.decimal) for value, cell in there), there
            assert not any(re.match(r"[+-]?0\d", cell) for _, cell in there)
        else:
            assert found.cells().tolist() == wanted

    as_text = read(path, written, written.names)
    for name, column in zip(written.names, written.columns):
        assert as_text[name].cells().tolist() == [plain(cell) for cell in column]
