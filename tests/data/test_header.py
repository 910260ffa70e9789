import pytest

from fcnn.data.header import check_same_header, read_header
from fcnn.errors import DataError

READABLE = {
    "commas": (b"a,b,c\n1,2,3\n", ("a", "b", "c"), ","),
    "semicolons": (b"a;b;c\n1,5;2;3\n", ("a", "b", "c"), ";"),
    "tabs": (b"a\tb c\td\n", ("a", "b c", "d"), "\t"),
    "bars": (b"a|b\n1|2\n", ("a", "b"), "|"),
    "one column": (b"a\n1\n", ("a",), ","),
    "carets": (b"a^b\n1^2\n", ("a", "b"), "^"),
    "tildes": (b"a~b\n1~2\n", ("a", "b"), "~"),
    "colons": (b"a:b\n1:2\n", ("a", "b"), ":"),
    "two colons are no separator": (b"a::b\n1::2\n", ("a::b",), ","),
    "a colon in a name alone": (b"a:b\n1:2\n3\n", ("a:b",), ","),
    "a colon in the one name, and no rows": (b"a:b\n", ("a:b",), ","),
    "commas, and a colon in each field": (b"a:b,c:d\n1:2,3:4\n", ("a:b", "c:d"), ","),
    "a byte order mark": (b"\xef\xbb\xbfa,b\n", ("a", "b"), ","),
    "names in quotes": (b'"a, or b";"c;d"\n', ("a, or b", "c;d"), ";"),
    "a quoted name after a blank": (b'a, "b, c"\n', ("a", "b, c"), ","),
    "a quoted name of two lines": (b'"a\nb",c\n1,2\n', ("a\nb", "c"), ","),
    "blanks around names": (b" a , b\t,c\n", ("a", "b", "c"), ","),
    "Chinese names": ("花萼长度,种类\n".encode(), ("花萼长度", "种类"), ","),
    "Windows line ends": (b"a,b\r\n1,2\r\n", ("a", "b"), ","),
    "old Mac line ends": (b"a,b\r1,2\r", ("a", "b"), ","),
    "a column without a name": (b",a\n0,1\n", ("", "a"), ","),
    "blank lines before the names": (b"\n  \na,b\n1,2\n", ("a", "b"), ","),
    "Excel's word for the separator": (b"sep=;\na;b\n1,5;2\n", ("a", "b"), ";"),
    "Excel's word for an unusual separator": (b"sep=^\r\na^b,c\r\n1^2\r\n", ("a", "b,c"), "^"),
    "a name like Excel's word": (b"sep=x,b\n1,2\n", ("sep=x", "b"), ","),
    "Windows line ends in a name": (b'"a\r\nb",c\r\n1,2\r\n', ("a\nb", "c"), ","),
    "commas in a name beside semicolons": (b"size (m, n, o);b\n1;2\n3;4\n", ("size (m, n, o)", "b"), ";"),
    "semicolons in a name beside commas": (b"size; in m; or ft,b\n1,2\n3,4\n", ("size; in m; or ft", "b"), ","),
    "rows that are too short": (b"a,b,c\n1,2\n3,4\n", ("a", "b", "c"), ","),
    "a separator at the end of each row": (b"a,b\n1,2,\n3,4,\n\n", ("a", "b", ""), ","),
    "a separator at the end of each row and of the names": (b"a,b,\n1,2,\n", ("a", "b", ""), ","),
    "a separator at the end of some rows": (b"a,b\n1,2,\n3,4\n", ("a", "b"), ","),
    "a field more in each row": (b"a,b\n1,2,\n3,4,x\n", ("a", "b"), ","),
    "names alone": (b"a;b", ("a", "b"), ";"),
}


@pytest.mark.parametrize(("content", "names", "separator"), READABLE.values(), ids=READABLE)
def test_names_and_separator_are_read(table, content, names, separator):
    header = read_header(table(content))
    assert (header.names, header.separator) == (names, separator)


def test_another_encoding_is_read_when_it_is_named(table):
    content = "花萼,种类\n1,是\n"
    assert read_header(table(content.encode("gb18030")), "gb18030").names == ("花萼", "种类")
    assert read_header(table(content.encode("utf-16")), "utf-16").names == ("花萼", "种类")


BODIES = {
    "plain": (b"a,b\n1,2\n", 4, 2),
    "Windows line ends": (b"a,b\r\n1,2\r\n", 5, 2),
    "old Mac line ends": (b"a,b\r1,2\r", 4, 2),
    "a byte order mark": (b"\xef\xbb\xbfa,b\n1,2\n", 4, 2),
    "two bytes a character": ("a,é\n1,2\n".encode("utf-16"), 5, 2),
    "Excel's word and blank lines": (b"sep=,\n\na,b\n1,2\n", 11, 4),
    "a name of three lines": (b'"a\n\nb",c\n1,2\n', 9, 4),
    "names alone": (b"a,b", 3, 2),
}


@pytest.mark.parametrize(("content", "body", "line"), BODIES.values(), ids=BODIES)
def test_the_rows_begin_behind_the_names(table, content, body, line):
    header = read_header(table(content))
    assert (header.body, header.first_line) == (body, line)


DECIMALS = {
    "points": ("a;b\n1.5;x\n", ".", []),
    "commas": ("a;b\n1,5;x\n", ",", []),
    "commas and thousands": ("a;b\n1.400,50;x\n", ",", []),
    "commas in quotes": ('a;b\n"1,5";x\n', ",", []),
    "points beside commas for thousands": ("a\tb\n1,400.5\t2.5\n", ".", []),
    "a comma as separator": ('a,b\n"1,5",2\n', ".", []),
    "neither": ("a;b\n15;x\n", ".", []),
    "commas before three digits beside others": ("a;b\n1,234;0,5\n", ",", []),
    "commas before three digits beside tabs": ("a\tb\n1,234\tx\n", ".", []),
    "nothing but commas before three digits beside semicolons": ("a;b\n12,345;x\n", ",",
        ["numbers such as 12,345 are read with a decimal comma, as 12.345"]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "decimal", "messages"), DECIMALS.values(), ids=DECIMALS)
def test_the_decimal_mark_is_found(table, content, decimal, messages):
    header = read_header(table(content))
    assert (header.decimal, [problem.message for problem in header.problems]) == (decimal, messages)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf-8-sig"])
def test_a_byte_order_mark_is_no_part_of_a_name_when_utf_8_is_named(table, encoding):
    assert read_header(table(b"\xef\xbb\xbfa,b\n"), encoding).names == ("a", "b")


UNREADABLE = {
    "an empty file": (b"", None, "the file is empty"),
    "nothing but blank lines": (b"\n  \n\n", None, "there is nothing but blank lines"),
    "nothing but a byte order mark": (b"\xef\xbb\xbf", None, "the file is empty"),
    "a quote that is never closed": (b'a,"b\n1,2\n', None, "a quote is never closed, in the names of the columns"),
    "one huge line": (b"a," * 600_000, None, "the first line does not end within 1 MB"),
    "one huge name": (b'"' + b"a" * 1_200_000, None, "the first line does not end within 1 MB"),
    "not the encoding that is named": (b"\xff\xff\xff", "utf-8", "the file is not utf-8 text"),
    "an encoding that there is not": (b"a,b\n", "utf-99", "unknown encoding"),
}


@pytest.mark.parametrize(("content", "encoding", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_said(table, content, encoding, message):
    with pytest.raises(DataError) as caught:
        read_header(table(content), encoding)
    (problem,) = caught.value.problems
    assert problem.message == message


def test_a_trailing_separator_is_told_from_whole_rows_alone(table, monkeypatch):
    monkeypatch.setattr("fcnn.data.header.SAMPLE", 20)
    assert read_header(table("a,b\n" + "1,2,\n" * 50)).names == ("a", "b", "")
    assert read_header(table('a,b\n"x\ny",2,\n' + '"zzzzzzz\nz",2,\n' * 50)).names == ("a", "b", "")


def test_parts_of_one_table_have_the_same_columns(table):
    first, same, other = (table(text, name) for text, name in (("a,b\n", "1.csv"), ("a;b\n", "2.csv"), ("b,a\n", "3")))
    check_same_header([read_header(first), read_header(same)])
    with pytest.raises(DataError) as caught:
        check_same_header([read_header(path) for path in (first, same, other)])
    (problem,) = caught.value.problems
    assert (problem.message, problem.expected, problem.received) == ("not the columns of 1.csv", "a, b", "b, a")
