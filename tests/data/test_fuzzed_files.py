"""Damaged tables and random bytes: a table comes out, or an FcnnError, and never anything else."""

import bz2
import csv
import gzip
import io
import lzma
import math
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np
import pytest
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st

import fcnn.data.table
import fcnn.data.text_stream
from fcnn.config.structs import Data
from fcnn.data.dataset import prepare
from fcnn.data.dates import FORMATS, iso, part_of, read_dates, varying
from fcnn.data.dialect import read_dialect
from fcnn.data.header import read_header
from fcnn.data.missing import Missing, missing_in
from fcnn.data.numerals import read_numerals
from fcnn.data.roles import assign_roles
from fcnn.data.table import read_table
from fcnn.data.text_encoding import detect_encoding
from fcnn.errors import DataError, FcnnError

TABLES = [
    "a,b,y\n1,x,0\n2.5,z,1\n,x,0\n4,NA,1\n5,x,0\n6,z,1\n7,x,0\n8,z,1\n",
    "size;color;when;price\n1,5;red;2020-01-02;1.200,50\n2,5;blue;2021-03-04;900,10\n3,0;red;2022-05-06;12,00\n",
    'name\tx\ty\n"say ""hi""\tyou"\t1\tyes\n"two\nlines"\t2\tno\n5" pipe\t3\tyes\n\tNA\tno\n',
    "编号|姓名|是否\r\n001|王|是\r\n002|李|否\r\n003|张|是\r\n004|刘|否\r\n",
    "id,t,y\n9007199254740993,1e5,$1.50\n9007199254740995,-inf,$2.50\n9007199254740997,0x1,(3)\n",
]
PIECES = [
    b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r", b"\r\n", b" ", b"  ", b"\n\n", b'"\n', b',"', b'" ', b"0", b"1",
    b"-", b"+", b".", b"e", b"E9", b"1e999", b"-inf", b"nan", b"NA", b"007", b"1,5", b"1.000,5", b"1 000", b"%", b"$1",
    b"2020-01-02", b"31.12.1999", b"25:61", b"9999-12-31", b"0001-01-01", b"2020-02-30", b"yes", b"True", b"x" * 40,
    b"9" * 40, b"0." + b"0" * 30 + b"1", b"\0", b"\xff", b"\xfe", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xc3\xb1",
    b"\xb0\xa1", b"\x81\x30\x81\x30", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1a", b"\x85", b"\xe2\x80\xa8",
    b"sep=;\n", b"a", b"y", b"PK\x03\x04", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"PAR1",
]  # fmt: skip
PACKERS = [gzip.compress, bz2.compress, lzma.compress, zstandard.ZstdCompressor().compress]


@st.composite
def damaged(draw):
    """A small table in some encoding, perhaps compressed, in which bytes were put, cut out or replaced."""
    text = draw(st.sampled_from(TABLES))
    encodings = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-16-le"]
    content = text.encode(draw(st.sampled_from(encodings)))
    packed = draw(st.integers(0, 9)) == 0
    if packed:
        content = draw(st.sampled_from(PACKERS))(content)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(content)))
        cut = draw(st.sampled_from([0, 0, 0, 1, 2, 5, 30]))
        content = content[:at] + draw(st.sampled_from(PIECES)) + content[at + cut :]
    return content


soups = st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)
contents = st.one_of(damaged(), damaged(), soups, st.binary(max_size=60))
blocks = st.sampled_from([1, 2, 3, 5, 8, 13, 32, 1 << 20])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzzed")


def read_in_blocks(size, read):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fcnn.data.table, "block_size", lambda fields: size)
        patch.setattr(fcnn.data.text_stream, "BLOCK", size)
        return read()


@given(
    contents, blocks, st.sampled_from([None, None, None, "utf-8", "gb18030", "utf-16", "cp1252", "latin-1", "utf-7"])
)
@example(b"", 1, None)
def test_any_bytes_are_a_table_or_an_error(folder, content, size, encoding):
    path = folder / "t.csv"
    path.write_bytes(content)
    try:
        header = read_header(path, encoding)
        table = read_in_blocks(size, lambda: read_table([path], header.names, encoding=encoding))
    except DataError as error:
        str(error).encode()
    else:
        assert all(len(table[name]) == len(table) for name in header.names)


@given(contents, st.sampled_from([0, -1]))
def test_any_bytes_are_a_data_set_or_an_error(folder, content, target):
    path = folder / "t.csv"
    path.write_bytes(content)
    try:
        header = read_header(path)
        keys = {"path": str(path), "target": header.names[target], "split": {"method": "random", "test": 0.2}}
        section = msgspec.convert(keys, Data)
        dataset = prepare(section, [path], assign_roles(section, header), 1)
    except FcnnError as error:
        str(error).encode()
    else:
        rows = np.concatenate([part.rows for part in dataset.parts.values()])
        assert len(np.unique(rows)) == len(rows) == dataset.rows_read - dataset.rows_without_target
        assert all(np.isfinite(part.x).all() for part in dataset.parts.values())


tokens = st.sampled_from(["a", "b", "1", ",", ",", '"', '"', '""', "\n", "\n", "\r\n", "\r", " ", "  ", "é", "\u3000"])


@given(st.lists(tokens, max_size=24).map("".join), blocks)
@example('a"b,"c\nd",e\n', 1)
def test_what_is_read_is_what_pythons_reader_reads(folder, text, size):
    """Quotes in any place, in blocks of any size."""
    path = folder / "t.csv"
    path.write_bytes(("a,b\np,q\n" + text).encode())
    records = list(csv.reader(io.StringIO("p,q\n" + text + "\n", newline=""), skipinitialspace=True))
    try:
        table = read_in_blocks(size, lambda: read_table([path], ["a", "b"], ["a", "b"], "utf-8"))
    except DataError as error:
        found = str(error)
        assert any(len(record) not in (0, 2) for record in records) or "does not end" in found
        return
    wanted = [[cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in record] for record in records]
    rows = [[cell or "" for cell in row] for row in zip(table["a"].cells(), table["b"].cells())]
    assert [row for row in rows if any(row)] == [row for row in wanted if any(row)]


@given(st.one_of(soups, st.binary(max_size=80)), st.integers(1, 100))
def test_any_bytes_have_an_encoding_that_reads_them_or_none(content, most):
    found = detect_encoding(io.BytesIO(content), most)
    if found is not None and len(content) <= most and found.name not in ("utf-16", "utf-32") and not found.guessed:
        with suppress(UnicodeDecodeError):  # a damaged one is read, and its line named
            content.decode(found.name)


texts = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=12)
lines = st.lists(st.one_of(texts, st.lists(st.sampled_from([*',;\t|" ab1.\n', "sep=;"]), max_size=12).map("".join)))


@given(lines, st.booleans())
def test_any_lines_have_a_dialect_or_are_an_error(found, whole):
    text = io.StringIO("\n".join(found), newline="").readlines()
    try:
        dialect = read_dialect(text, Path("t.csv"), whole, "utf-8")
    except DataError:
        return
    assert len(dialect.names) >= 1
    assert dialect.decimal in (".", ",")
    assert 0 < dialect.lines <= len(text)


number_like = st.lists(
    st.sampled_from([*"0123456789.,+-eE%$€¥元()' \u00a0", "1,234", "12.5", "inf", "nan", "\uff11", "²", "٣"]),
    max_size=10,
).map("".join)


@given(st.lists(st.one_of(number_like, texts), max_size=6, unique=True), st.sampled_from(".,"))
def test_any_texts_are_numbers_or_not(found, decimal):
    numerals = read_numerals([text.strip() for text in found], decimal)
    assert not any(math.isnan(value) for value in numerals.values.values())
    for text, value in numerals.values.items():
        with suppress(ValueError):
            if numerals.notation == "":
                assert value == float(text)


date_like = st.one_of(
    st.datetimes().flatmap(lambda moment: st.sampled_from(sorted(FORMATS)).map(moment.strftime)),
    st.lists(st.sampled_from([*"0123456789-/.: TZ年月日", "2020", "Jan", "PM", "31", "12"]), max_size=12).map("".join),
)


@given(st.lists(st.one_of(date_like, texts), max_size=6, unique=True))
def test_any_texts_are_dates_or_not(found):
    dates = read_dates([text.strip() for text in found])
    days = np.array(list(dates.values.values()), dtype=np.float64)
    assert np.isfinite(days).all()
    assert all(iso(day) for day in days)
    assert all(np.isfinite(part_of(days, part, 0.0)).all() for part in varying(days))


@given(st.datetimes(datetime(1000, 1, 1)), st.sampled_from(sorted(FORMATS)))
def test_a_date_reads_back_in_each_format(moment, code):
    text = moment.strftime(code)
    wanted = (datetime.strptime(text, code) - datetime(1970, 1, 1)) / timedelta(days=1)
    assert read_dates([text], code).values == {text: pytest.approx(wanted, abs=1e-9)}


@given(st.lists(st.text(max_size=3), max_size=3), st.sampled_from(["", "NA", "-", "?", "x"]))
def test_missing_is_what_the_config_says(folder, stated, cell):
    section = msgspec.convert({"path": "t.csv", "target": "y", "missing": stated}, Data)
    absent = missing_in(section)
    assert absent == Missing(tuple(text.strip() for text in stated), {})
    path = folder / "m.csv"
    path.write_text(f"a,y\n{cell},1\nabc,2\n", encoding="utf-8")
    column = read_table([path], ["a"], ["a"], missing=absent)["a"]
    assert column.missing.tolist() == [cell == "" or cell in absent.texts, "abc" in absent.texts]
