import pytest

from fcnn.data.header import check_same_header, read_header
from fcnn.errors import DataError

READABLE = {
    "commas": (b"a,b,c\n1,2,3\n", ("a", "b", "c"), ","),
    "semicolons": (b"a;b;c\n1,5;2;3\n", ("a", "b", "c"), ";"),
    "tabs": (b"a\tb c\td\n", ("a", "b c", "d"), "\t"),
    "bars": (b"a|b\n1|2\n", ("a", "b"), "|"),
    "one column": (b"a\n1\n", ("a",), ","),
    "a byte order mark": (b"\xef\xbb\xbfa,b\n", ("a", "b"), ","),
    "names in quotes": (b'"a, or b";"c;d"\n', ("a, or b", "c;d"), ";"),
    "a quoted name after a blank": (b'a, "b, c"\n', ("a", "b, c"), ","),
    "a quoted name of two lines": (b'"a\nb",c\n1,2\n', ("a\nb", "c"), ","),
    "blanks around names": (b" a , b\t,c\n", ("a", "b", "c"), ","),
    "Chinese names": ("花萼长度,种类\n".encode(), ("花萼长度", "种类"), ","),
    "Windows line ends": (b"a,b\r\n1,2\r\n", ("a", "b"), ","),
    "old Mac line ends": (b"a,b\r1,2\r", ("a", "b"), ","),
    "a column without a name": (b",a\n0,1\n", ("", "a"), ","),
}


@pytest.mark.parametrize(("content", "names", "separator"), READABLE.values(), ids=READABLE)
def test_names_and_separator_are_read(table, content, names, separator):
    header = read_header(table(content))
    assert (header.names, header.separator) == (names, separator)


def test_another_encoding_is_read_when_it_is_named(table):
    content = "花萼,种类\n1,是\n"
    assert read_header(table(content.encode("gb18030")), "gb18030").names == ("花萼", "种类")
    assert read_header(table(content.encode("utf-16")), "utf-16").names == ("花萼", "种类")


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf-8-sig"])
def test_a_byte_order_mark_is_no_part_of_a_name_when_utf_8_is_named(table, encoding):
    assert read_header(table(b"\xef\xbb\xbfa,b\n"), encoding).names == ("a", "b")


UNREADABLE = {
    "an empty file": (b"", None, "the file is empty"),
    "an empty first line": (b"\na,b\n1,2\n", None, "the first line is empty"),
    "another encoding": ("花萼,种类\n".encode("gb18030"), None, "the file is not UTF-8 text"),
    "not the encoding that is named": (b"\xff\xff\xff", "utf-8", "the file is not utf-8 text"),
    "an encoding that there is not": (b"a,b\n", "utf-99", "unknown encoding"),
}


@pytest.mark.parametrize(("content", "encoding", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_said(table, content, encoding, message):
    with pytest.raises(DataError) as caught:
        read_header(table(content), encoding)
    (problem,) = caught.value.problems
    assert problem.message == message


def test_a_wrong_encoding_names_those_it_may_be(table):
    with pytest.raises(DataError, match=r"data\.encoding=gb18030 .*, utf-16, or cp1252"):
        read_header(table(b"caf\xe9,b\n"))


def test_a_missing_file_is_answered_with_the_nearest_name(table):
    path = table("a,b\n", "penguins.csv")
    with pytest.raises(DataError) as caught:
        read_header(path.with_name("pengiuns.csv"))
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == ("there is no such file", "did you mean `penguins.csv`?")


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(DataError, match="this is a folder"):
        read_header(tmp_path)


def test_parts_of_one_table_have_the_same_columns(table):
    first, same, other = (table(text, name) for text, name in (("a,b\n", "1.csv"), ("a;b\n", "2.csv"), ("b,a\n", "3")))
    check_same_header([read_header(first), read_header(same)])
    with pytest.raises(DataError) as caught:
        check_same_header([read_header(path) for path in (first, same, other)])
    (problem,) = caught.value.problems
    assert (problem.message, problem.expected, problem.received) == ("not the columns of 1.csv", "a, b", "b, a")
