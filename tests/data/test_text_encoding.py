"""Texts in the encodings that people have, and those that are damaged."""

import io

import pytest

from fcnn.data import text_stream
from fcnn.data.header import read_header
from fcnn.data.table import read_table
from fcnn.data.text_encoding import detect_encoding
from fcnn.errors import DataError

CITIES = ["北京", "上海", "广州", "深圳", "成都", "杭州", "重庆", "西安", "苏州", "武汉"]
NAMES = ["Muñoz", "Núñez", "José", "Peña", "Ibáñez", "María", "Andrés", "Begoña"]
CHINESE = "城市,数\n" + "".join(f"{name},{number}\n" for number, name in enumerate(CITIES))
SPANISH = "nombre,n\n" + "".join(f"{name},{number}\n" for number, name in enumerate(NAMES))
GERMAN = "Straße;Größe\n" + "".join(f"Münchner Allee {number};{number},5\n" for number in range(9))

ENCODINGS = {
    "ASCII": (b"a,b\n1,2\n", "utf-8", False),
    "UTF-8": (CHINESE.encode(), "utf-8", False),
    "UTF-8 with a mark": (CHINESE.encode("utf-8-sig"), "utf-8-sig", False),
    "UTF-16 of Windows": (b"\xff\xfe" + CHINESE.encode("utf-16-le"), "utf-16", False),
    "UTF-16 with the high byte first": (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "utf-16", False),
    "UTF-32": (CHINESE.encode("utf-32"), "utf-32", False),
    "UTF-16 without a mark": (CHINESE.encode("utf-16-le"), "utf-16-le", True),
    "UTF-16 without a mark, the high byte first": (CHINESE.encode("utf-16-be"), "utf-16-be", True),
    "UTF-16 of Latin letters without a mark": ("a,b\n1,2\n".encode("utf-16-le"), "utf-16-le", True),
    "GBK": (CHINESE.encode("gbk"), "gb18030", True),
    "GB18030 with a character that GBK lacks": ((CHINESE + "𠮷,1\n").encode("gb18030"), "gb18030", True),
    "Spanish of Windows": (SPANISH.encode("cp1252"), "cp1252", True),
    "German of Windows": (GERMAN.encode("cp1252"), "cp1252", True),
    "a euro sign of Windows": (b"a,b\n1,5\x80\n", "cp1252", True),
}


@pytest.mark.parametrize(("content", "name", "guessed"), ENCODINGS.values(), ids=ENCODINGS)
def test_the_encoding_is_found(content, name, guessed):
    found = detect_encoding(io.BytesIO(content), 1 << 20)
    assert (found.name, found.guessed) == (name, guessed)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(CHINESE, "utf-8-sig"), (CHINESE, "utf-16"), (CHINESE, "utf-16-le"), (CHINESE, "utf-16-be"), (CHINESE, "utf-32"),
        (CHINESE, "gbk"), (CHINESE, "gb18030"), (SPANISH, "cp1252"), (SPANISH, "utf-8"), (GERMAN, "cp1252")],
    ids=lambda value: value if len(value) < 10 else value[:2],
)  # fmt: skip
def test_a_table_reads_alike_in_each_encoding(table, cells, text, encoding):
    plain, coded = table(text, "plain.csv"), table(text.encode(encoding), "coded.csv")
    names = read_header(plain).names
    assert read_header(coded).names == names
    expected, found = read_table([plain], names), read_table([coded], names)
    assert [cells(found[name]) for name in names] == [cells(expected[name]) for name in names]


def test_a_guess_is_said_with_two_values(table):
    (finding,) = read_header(table(SPANISH.encode("cp1252"))).problems
    assert finding.severity == "warning"
    assert finding.message == "the file is no UTF-8 and is read as cp1252: 'Muñoz' and 'Núñez'"
    assert finding.hint == "if that is wrong: data.encoding=gb18030"


def test_a_guess_of_chinese_is_said_with_two_values(table):
    (finding,) = read_header(table(CHINESE.encode("gbk"))).problems
    assert finding.message == "the file is no UTF-8 and is read as gb18030: '城市' and '数'"
    assert finding.hint == "if that is wrong: data.encoding=cp1252"


def test_what_is_no_utf_8_far_down_is_found(cells, table):
    path = table(b"a,b\n" + b"x,1\n" * 300_000 + "Muñoz,2\n".encode("cp1252"))
    header = read_header(path)
    assert (header.encoding, header.problems[0].message) == (
        "cp1252", "the file is no UTF-8 and is read as cp1252: 'Muñoz'")  # fmt: skip
    assert cells(read_table([path], ["a"])["a"])[-1] == "Muñoz"


DAMAGED = {
    "a byte that is no UTF-8 among Chinese": (CHINESE.encode() + b"\xff,1\n", None, "UTF-8", ":12"),
    "cut within a character behind a mark": (CHINESE.encode("utf-8-sig")[:-4], None, "UTF-8", ":11"),
    "cut within a character": (CHINESE.encode() + "武".encode()[:2], None, "UTF-8", ":12"),
    "not the encoding that is named": (b"a,b\n1,2\n\xe9,3\n", "utf-8", "utf-8", ":3"),
    "GBK that is cut within a character": (CHINESE.encode("gbk") + b"\xce", "gbk", "gbk", ":12"),
    "UTF-16 that is cut within a character": (CHINESE.encode("utf-16")[:-1], None, "utf-16", ":11"),
    "a half character of UTF-16": (
        "a,b\n1,2\n".encode("utf-16-le") + b"\x00\xd8,\x00", "utf-16-le", "utf-16-le", ":3"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "stated", "name", "line"), DAMAGED.values(), ids=DAMAGED)
def test_a_file_that_is_damaged_is_an_error_with_its_line(table, monkeypatch, content, stated, name, line):
    path = table(content)
    for block in (7, 64, 4 << 20):
        monkeypatch.setattr(text_stream, "BLOCK", block)
        with pytest.raises(DataError) as caught:
            read_table([path], read_header(path, stated).names, encoding=stated)
        (problem,) = caught.value.problems
        assert problem.message == f"the file is not {name} text"
        assert problem.where == str(path) + line


NUL = {
    "in a row": (b"a,b\n1,2\n3,\x004\n", ":3"),
    "in the names": (b"a,\0b\n1,2\n", ":1"),
    "in quotes": (b'a,b\n1,"x\ny\0"\n', ":3"),
    "at the end": (b"a,b\n1,2\n\0", ":3"),
    "in Chinese": (CHINESE.encode() + b"\0,1\n", ":12"),
    "a program": (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00>\x00\n", ":1"),
}


@pytest.mark.parametrize(("content", "line"), NUL.values(), ids=NUL)
def test_a_nul_character_is_an_error_with_its_line(table, content, line):
    path = table(content)
    with pytest.raises(DataError, match="there is a NUL character: the file is no text, or damaged") as caught:
        read_table([path], ["a", "b"])
    assert caught.value.problems[0].where == str(path) + line


def test_what_fits_no_encoding_names_those_it_may_be(table):
    with pytest.raises(DataError) as caught:
        read_header(table(b"a,b\n\x81\x20,1\n"))
    (problem,) = caught.value.problems
    assert problem.message == "the file is not UTF-8 text"
    assert problem.hint == (
        "say which it is: data.encoding=gb18030 (Chinese Excel, GBK), utf-16, or cp1252 (Western Windows); "
        "or save the file as UTF-8"
    )


def test_another_encoding_is_read_when_it_is_named(table, cells):
    path = table("città,n\nperché,1\n".encode("mac-roman"))
    found = read_table([path], ["città", "n"], encoding="mac-roman")
    assert (cells(found["città"]), cells(found["n"])) == (["perché"], [1])
