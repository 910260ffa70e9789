"""The records of a CSV: whatever is read at a time, they are the same, and they are those that pandas parses."""

import csv
import io

import numpy as np
import pytest

from fcnn.data import records
from fcnn.data.header import read_header
from fcnn.data.missing import Missing
from fcnn.data.records import Misfits, checked, read_records
from fcnn.data.scan import field_ends
from fcnn.data.table import parsed_blocks, read_table
from fcnn.errors import DataError

# text without a header, fields of each record, the rows and the line in which each begins
TEXTS = {
    "plain": ("1,2\n3,4\n", [["1", "2"], ["3", "4"]], [1, 2]),
    "no line end after the last": ("1,2\n3,4", [["1", "2"], ["3", "4"]], [1, 2]),
    "Windows line ends": ("1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]], [1, 2]),
    "old Mac line ends": ("1,2\r3,4\r", [["1", "2"], ["3", "4"]], [1, 2]),
    "old Mac and no line end after the last": ("1,2\r3,4", [["1", "2"], ["3", "4"]], [1, 2]),
    "mixed line ends": ("1,2\r\n3,4\r5,6\n7,8", [["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]], [1, 2, 3, 4]),
    "blank lines": ("\n1,2\n\n\n3,4\n\n", [["1", "2"], ["3", "4"]], [2, 5]),
    "blank Windows lines": ("1,2\r\n\r\n3,4\r\n\r\n", [["1", "2"], ["3", "4"]], [1, 3]),
    "lines of blanks": ("1,2\n   \n3,4\n \t \n", [["1", "2"], ["3", "4"]], [1, 3]),
    "empty fields": (",\n1,\n,2\n", [["", ""], ["1", ""], ["", "2"]], [1, 2, 3]),
    "quotes": ('"a","b"\n"c",d\n', [["a", "b"], ["c", "d"]], [1, 2]),
    "a separator in quotes": ('"a,b",1\n"c,d",2\n', [["a,b", "1"], ["c,d", "2"]], [1, 2]),
    "a line end in quotes": ('"a\nb",1\nc,2\n"d\n\ne",3\n', [["a\nb", "1"], ["c", "2"], ["d\n\ne", "3"]], [1, 3, 4]),
    "a Windows line end in quotes": ('"a\r\nb",1\r\nc,2\r\n', [["a\nb", "1"], ["c", "2"]], [1, 3]),
    "a line end before a closing quote": ('1,"a\n"\n2,b\n', [["1", "a\n"], ["2", "b"]], [1, 3]),
    "quotes in quotes": ('"say ""a, b""",1\n"""c""",2\n', [['say "a, b"', "1"], ['"c"', "2"]], [1, 2]),
    "nothing in quotes": ('"",1\n"","2"\n', [["", "1"], ["", "2"]], [1, 2]),
    "a blank before quotes": ('1, "a, b"\n2, "c\nd"\n3, e\n', [["1", "a, b"], ["2", "c\nd"], ["3", "e"]], [1, 2, 4]),
    "many blanks before quotes": ('1,   "a, b"\n  "x, y",2\n', [["1", "a, b"], ["x, y", "2"]], [1, 2]),
    "a blank behind quotes": ('"a" ,1\n"b, c" ,2\n', [["a ", "1"], ["b, c ", "2"]], [1, 2]),
    "a quote within a field": ('5" pipe,1\n3" pipe,2\n', [['5" pipe', "1"], ['3" pipe', "2"]], [1, 2]),
    "an odd quote within a field": ('5" pipe,1\nb,2\n"c\n",3\n', [['5" pipe', "1"], ["b", "2"], ["c\n", "3"]],
        [1, 2, 3]),
    "quotes around a part of a field": ('a "b" c,1\nd,2\n', [['a "b" c', "1"], ["d", "2"]], [1, 2]),
    "text behind quotes": ('"a"b,1\n"c" d,2\n', [["ab", "1"], ["c d", "2"]], [1, 2]),
    "two quoted parts with a separator between": ('"a" "b,1\n"c, d" "e,2\n', [['a "b', "1"], ['c, d "e', "2"]],
        [1, 2]),
    "empty quotes before text": ('""a"",1\nb,2\n', [['a""', "1"], ["b", "2"]], [1, 2]),
    "a quoted line end beside a quote within a field": ('"a\nb",1\n5" c,2\n"d\ne\nf",3\n',
        [["a\nb", "1"], ['5" c', "2"], ["d\ne\nf", "3"]], [1, 3, 4]),
    "Chinese": ("甲,乙\n丙,丁\n", [["甲", "乙"], ["丙", "丁"]], [1, 2]),
}  # fmt: skip


def parsed(text, size, fields=2, separator=","):
    """The rows of all blocks as Python's own reader sees them, and their lines."""
    rows, lines, misfits = [], [], Misfits(fields)
    for piece in read_records(io.BytesIO(text.encode("utf-8")), "t.csv", separator, 1, size):
        block, found = checked(piece, separator, fields)
        misfits.add(found)
        if block is None:
            continue
        reader = csv.reader(io.StringIO(block.data.decode("utf-8")), delimiter=separator, skipinitialspace=True)
        block_rows = list(reader)
        assert len(block_rows) == block.rows
        rows += block_rows
        following = np.arange(block.rows) + block.first_line
        lines += (following if block.lines is None else block.lines).tolist()
        if not block.quotes_within:
            ends = field_ends(block.data, separator)
            assert len(ends) == block.rows * fields
            assert {block.data[end] for end in ends} <= {ord(separator), ord("\n")}
    if misfits.count:
        raise misfits.error("t.csv", separator)
    return rows, lines


@pytest.mark.parametrize(("text", "rows", "lines"), TEXTS.values(), ids=TEXTS)
def test_rows_and_lines_do_not_depend_on_what_is_read_at_a_time(text, rows, lines):
    for size in (*range(1, 41), 1 << 20):
        assert parsed(text, size) == (rows, lines), size


@pytest.mark.parametrize(("text", "rows", "lines"), TEXTS.values(), ids=TEXTS)
def test_a_table_has_these_rows_at_these_lines(table, monkeypatch, cells, text, rows, lines):
    path = table("a,b\n" + text)
    wanted = [[cell.strip() or None for cell in row] for row in rows]
    for size in (1, 7, 23, 1 << 20):
        monkeypatch.setattr(records, "BLOCK", size)
        found = read_table([path], ["a", "b"], ["a", "b"])
        assert [list(row) for row in zip(cells(found["a"]), cells(found["b"]))] == wanted
        assert [found.rows.name(row) for row in range(len(found))] == [f"line {line + 1}" for line in lines]


def test_a_single_column_has_no_blank_rows():
    assert parsed("1\n\n2\n  \n3\n", 3, fields=1) == ([["1"], ["2"], ["3"]], [1, 3, 5])
    assert parsed('1\n""\n2\n', 3, fields=1) == ([["1"], [""], ["2"]], [1, 2, 3])


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_any_separator_will_do(separator):
    text = 'a,b\n1,2\n"x,y",3\n'.replace(",", separator)
    rows = [["a", "b"], ["1", "2"], [f"x{separator}y", "3"]]
    for size in range(1, 20):
        assert parsed(text, size, separator=separator) == (rows, [1, 2, 3])


def test_rows_of_tabs_alone_are_rows_of_missing_values(read, cells):
    found = read("a\tb\n1\tx\n\t\n2\ty\n", ["b"])
    assert cells(found["b"]) == ["x", None, "y"]


MISFITS = {
    "too short": ("1,2\n3\n5,6\n", "1 row has too few fields", "line 2 has 1"),
    "too long": ("1,2\n3,4,5\n5,6\n", "1 row has too many fields", "line 2 has 3"),
    "both": ("1\n\n3,4,5\n5,6\n", "2 rows have too few or too many fields", "line 1 has 1, line 3 has 3"),
    "a separator in the text": ("1,Hilton, Paris\n3,4\n", "1 row has too many fields", "line 1 has 3"),
    "behind a quoted line end": ('"a\nb",1\n2\n', "1 row has too few fields", "line 3 has 1"),
    "many": ("1\n" * 7 + "1,2\n", "7 rows have too few fields",
        "line 1 has 1, line 2 has 1, line 3 has 1, line 4 has 1, line 5 has 1, ..."),
    "beside a quote within a field": ('5" a,1\n2\n', "1 row has too few fields", "line 2 has 1"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message", "received"), MISFITS.values(), ids=MISFITS)
def test_rows_with_other_numbers_of_fields_are_an_error_with_their_lines(text, message, received):
    for size in (1, 2, 3, 5, 8, 1 << 20):
        with pytest.raises(DataError) as caught:
            parsed(text, size)
        (problem,) = caught.value.problems
        assert (problem.where, problem.message, problem.received) == ("t.csv", message, received)
        assert problem.expected == "2 fields in each, as the header has"
        hint = "quote a field that contains ',', and write an empty field for a missing value"
        if all(has.endswith((" 1", "...")) for has in received.split(", ")):
            hint = "delete lines that are no rows (a comment, a sum below); a missing value is an empty field"
        assert problem.hint == hint


def test_one_field_more_in_every_row_is_explained():
    with pytest.raises(DataError) as caught:
        parsed("1,2,3\n4,5,6\n", 100)
    assert caught.value.problems[0].hint == (
        "every row has one field more than the header: does each end with a separator, or lacks the header the name "
        "of the first column?"
    )


ENDLESS = {
    "a quote that is never closed": ('1,2\n3,"x\n5,6\n', "t.csv:2"),
    "one that opens the last record": ('1,2\n"', "t.csv:2"),
    "beside a quote within a field": ('5" a,2\n3,"x\n5,6\n', "t.csv:2"),
}


@pytest.mark.parametrize(("text", "where"), ENDLESS.values(), ids=ENDLESS)
def test_a_record_without_end_is_an_error_that_names_its_line(text, where):
    for size in (1, 3, 10, 1 << 20):
        with pytest.raises(DataError) as caught:
            parsed(text, size)
        (problem,) = caught.value.problems
        assert (problem.message, problem.where) == ("a record that does not end", where)


@pytest.mark.parametrize("start", ["1,", '1,"', '5" a,'], ids=["plain", "quoted", "with a quote within a field"])
def test_a_record_that_is_too_long_is_an_error_before_all_of_it_is_read(monkeypatch, start):
    monkeypatch.setattr(records, "LONGEST_RECORD", 1000)

    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size):
            self.taken += size
            return (b"1,2\n" + start.encode()).ljust(size, b"x") if self.taken == size else b"x" * size

    stream = Endless()
    with pytest.raises(DataError, match="a record that does not end") as caught:
        list(read_records(stream, "t.csv", ",", 1, 100))
    assert caught.value.problems[0].where == "t.csv:2"
    assert stream.taken <= 1200


def test_rows_before_a_misfit_are_handed_out_only_until_it_is_found(table, monkeypatch):
    monkeypatch.setattr(records, "BLOCK", 4)
    blocks = parsed_blocks(read_header(table("a,b\n1,2\n3,4\n5\n6,7\n")), ["a", "b"], [], Missing())
    assert [next(blocks)[0].data, next(blocks)[0].data] == [b"1,2\n", b"3,4\n"]
    with pytest.raises(DataError, match="line 4 has 1"):
        next(blocks)


def random_texts(seed, count):
    """Texts of letters, quotes, separators and line ends, each with the rows that Python's own reader sees.

    The rows are None where one has another number of fields than two, or has no end.
    """
    generator = np.random.default_rng(seed)
    letters = np.array(list('ab"",,\n\n \r'))
    for _ in range(count):
        text = "".join(generator.choice(letters, generator.integers(1, 25)))
        unix = text.replace("\r\n", "\n").replace("\r", "\n")
        *rows, last = csv.reader(io.StringIO(unix + "\nEND,END\n"), skipinitialspace=True)
        rows = [row for row in rows if row]
        fit = last == ["END", "END"] and all(len(row) == 2 for row in rows)
        yield text, int(generator.integers(1, 12)), rows if fit else None


def test_random_texts_have_the_rows_that_pythons_reader_sees():
    right = wrong = 0
    for text, size, rows in random_texts(4, 1500):
        if rows is None:
            wrong += 1
        else:
            assert parsed(text, size)[0] == rows, (text, size)
            right += 1
    assert (right > 100, wrong > 100) == (True, True)


def test_random_texts_that_do_not_fit_are_errors():
    for text, size, rows in random_texts(5, 500):
        if rows is None and text.strip(" \n\r"):
            try:
                found = parsed(text, size)[0]
            except DataError:
                continue
            assert all(len(row) == 2 for row in found), (text, size)


def test_tables_of_random_texts_have_the_rows_that_pythons_reader_sees(table, cells):
    right = 0
    for text, _, rows in random_texts(6, 900):
        if rows:
            found = read_table([table("x,y\n" + text)], ["x", "y"], ["x", "y"])
            wanted = [[cell.strip() or None for cell in row] for row in rows]
            assert [list(row) for row in zip(cells(found["x"]), cells(found["y"]))] == wanted, text
            right += 1
    assert right > 30


def test_the_header_has_the_lines_before_the_first_row(table):
    assert read_header(table('\n"a\nb",c\n1,2\n')).first_line == 4
