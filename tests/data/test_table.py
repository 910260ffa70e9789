import numpy as np
import pytest

from fcnn.data.missing import Missing
from fcnn.data.numbers import to_numbers
from fcnn.data.table import read_table
from fcnn.errors import DataError

MISSING = ["", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "None", "?", "-"]


@pytest.mark.parametrize("cell", [*MISSING, " NA", "NA ", "  "])
def test_a_missing_value_is_spelt(read, cells, cell):
    table = read(f"n,t\n1.5,x\n{cell},{cell}\n2.5,z\n", ["n", "t"])
    assert np.array_equal(to_numbers(table["n"], ""), [1.5, np.nan, 2.5], equal_nan=True)
    assert cells(table["t"]) == ["x", None, "z"]


@pytest.mark.parametrize("cell", ["none", "unknown", "missing", "0", "na"])
def test_a_level_is_not_mistaken_for_a_missing_value(read, cells, cell):
    assert cells(read(f"t,n\nx,1\n{cell},2\n", ["t"], as_text=["t"])["t"]) == ["x", cell]


NA = "a,b,n\nNA,NA,1\nx,-,NA\n,y,-999\n"

OWN = {
    "by default": (Missing(), [None, "x", None], [None, None, "y"], [1, None, -999]),
    "nothing but empty cells": (Missing(texts=()), ["NA", "x", None], ["NA", "-", "y"], ["1", "NA", "-999"]),
    "some texts": (Missing(texts=("-", "-999")), ["NA", "x", None], ["NA", None, "y"], ["1", "NA", None]),
    "nothing in one column": (Missing(columns={"a": ()}), ["NA", "x", None], [None, None, "y"], [1, None, -999]),
    "something in one column": (
        Missing(columns={"n": ("-999", "NA")}), [None, "x", None], [None, None, "y"], [1, None, None]),
    "something in one column, nothing in the others": (
        Missing((), {"b": ("y",)}), ["NA", "x", None], ["NA", "-", None], ["1", "NA", "-999"]),
}  # fmt: skip


@pytest.mark.parametrize(("missing", "a", "b", "n"), OWN.values(), ids=OWN)
def test_what_is_missing_may_be_stated_for_the_table_and_for_columns(read, cells, missing, a, b, n):
    table = read(NA, ["a", "b", "n"], missing=missing)
    assert [cells(table[name]) for name in "abn"] == [a, b, n]


@pytest.mark.parametrize("cell", ["-999", "-999.0"])
def test_a_number_that_stands_for_a_missing_value_does_so_however_it_is_written(read, cells, cell):
    table = read(f"n\n1.5\n{cell}\n", ["n"], missing=Missing(texts=("-999",)))
    assert cells(table["n"]) == [1.5, None]


TEXTS = {
    "blanks around it": ("t,n\n a ,1\nb\t,2\n", [], ["a", "b"]),
    "quotes around it": ('t,n\n"a, b",1\n"say ""c""",2\n', [], ["a, b", 'say "c"']),
    "codes with leading zeros": ("t,n\n007,1\n012,2\n", ["t"], ["007", "012"]),
    "whole numbers with gaps": ("t,n\n2007,1\n,2\n2009,3\n", ["t"], ["2007", None, "2009"]),
    "decimals as they are written": ("t,n\n1.50,1\n2.00,2\n", ["t"], ["1.50", "2.00"]),
    "truth values": ("t,n\nTRUE,1\nfalse,2\n", ["t"], ["TRUE", "false"]),
    "more digits than a float has": ("t,n\n12345678901234567890123,1\n2,2\n", ["t"], ["12345678901234567890123", "2"]),
    "truth values that are not asked for as text": ("t,n\nTRUE,1\nfalse,2\n", [], ["TRUE", "false"]),
    "one truth value and gaps": ("t,n\nTRUE,1\n,2\n", [], ["TRUE", None]),
    "Chinese": ("t,n\n是,1\n否,2\n", [], ["是", "否"]),
}


@pytest.mark.parametrize(("content", "as_text", "expected"), TEXTS.values(), ids=TEXTS)
def test_text_stays_what_the_file_says(read, cells, content, as_text, expected):
    assert cells(read(content, ["t", "n"], as_text=as_text)["t"]) == expected


LEADING_ZEROS = {
    "in the first row": ("007\n12\n", ["007", "12"]),
    "in the last row": ("12\n7\n007", ["12", "7", "007"]),
    "beside gaps": ('12\n""\n007\n', ["12", None, "007"]),
    "beside decimals": ("1.50\n01.5\n", ["1.50", "01.5"]),
    "behind a sign": ("-07\n12\n", ["-07", "12"]),
    "in quotes": ('"12"\n"007"\n', ["12", "007"]),
    "behind blanks": ("12\n   007\n", ["12", "007"]),
    "beside a quote within a field": ("12\n007\n", ["12", "007"]),
}


@pytest.mark.parametrize(("cells_of_file", "expected"), LEADING_ZEROS.values(), ids=LEADING_ZEROS)
@pytest.mark.parametrize("before", ["", '5" pipe,'], ids=["alone", "beside a quote within a field"])
def test_codes_with_leading_zeros_are_read_as_text(read, cells, cells_of_file, expected, before):
    lines = [before + line for line in cells_of_file.strip("\n").split("\n")]
    names = "p,c" if before else "c"
    assert cells(read("\n".join([names, *lines]), ["c"])["c"]) == expected


@pytest.mark.parametrize("text", ["0\n1\n", "0.5\n-0.25\n", "0e5\n1\n", "0\n0\n", "1\n0\n"], ids=repr)
def test_a_zero_is_a_number(read, cells, text):
    found = cells(read("c\n" + text, ["c"])["c"])
    assert all(isinstance(cell, float) for cell in found)


NUMBERS = {
    "whole": ("1\n-2\n+3\n", [1, -2, 3]),
    "decimal and scientific": (".5\n1e3\n-2.5E-3\n", [0.5, 1000, -0.0025]),
    "blanks around it": (" 1.5 \n2\t\n", [1.5, 2]),
    "beyond 64 bits": ("123456789012345678901234567890\n2\n", [1.2345678901234568e29, 2]),
    "the largest of 64 bits": ("18446744073709551615\n1\n", [1.8446744073709552e19, 1]),
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_are_read(read, text, expected):
    assert to_numbers(read("n\n" + text, ["n"])["n"], "").tolist() == expected


def test_decimal_commas_are_read_as_numbers(read, cells):
    table = read("a;b\n1,5;1.400,5\n-2,25;2\n", ["a", "b"])
    assert cells(table["a"]) == [1.5, -2.25]
    assert to_numbers(table["b"], "", ",").tolist() == [1400.5, 2]


WHOLE_TABLES = {
    "a quoted name of two lines": ('"a\nb",c\n1,2\n3,4\n', ["a\nb", "c"]),
    "Windows line ends in a quoted name": ('"a\r\nb",c\r\n1,2\r\n3,4\r\n', ["a\nb", "c"]),
    "columns in another order": ("c,x,a\n2,0,1\n4,0,3\n", ["a", "c"]),
    "an unused name twice": ("x,a,c,x\n0,1,2,0\n0,3,4,0\n", ["a", "c"]),
    "a comma after the last field": ("a,c\n1,2,\n3,4,\n", ["a", "c"]),
    "empty lines between": ("a,c\n1,2\n\n3,4\n\n", ["a", "c"]),
    "old Mac line ends": ("a,c\r1,2\r3,4\r", ["a", "c"]),
    "no line end after the last row": ("a,c\n1,2\n3,4", ["a", "c"]),
}


@pytest.mark.parametrize(("content", "columns"), WHOLE_TABLES.values(), ids=WHOLE_TABLES)
def test_no_row_and_no_field_gets_lost(read, cells, content, columns):
    table = read(content, columns)
    assert list(table.columns) == columns
    assert [cells(table[name]) for name in columns] == [[1, 3], [2, 4]]


MISFITS = {
    "too short": ("a,b\n1,2\n3\n", "1 row has too few fields", "line 3 has 1"),
    "too long": ("a,b\n1,2\n3,4,5\n6,7\n", "1 row has too many fields", "line 3 has 3"),
    "every row": ("a,b\n1,2,x\n3,4,y\n", "2 rows have too many fields", "line 2 has 3, line 3 has 3"),
    "a comma in the text": ("a,b\n1,Hilton, Paris\n3,4\n", "1 row has too many fields", "line 2 has 3"),
    "much too long": ("a,b\n1,2\n3,4,5,6,7\n", "1 row has too many fields", "line 3 has 5"),
    "a comma after some rows": ("a,b\n1,2,\n3,4\n", "1 row has too many fields", "line 2 has 3"),
    "behind blank lines and a name of two lines": (
        '"a\nx",b\n\n1,2\n\n3\n', "1 row has too few fields", "line 6 has 1"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message", "received"), MISFITS.values(), ids=MISFITS)
def test_a_row_with_another_number_of_fields_is_an_error_with_its_line(table, content, message, received):
    path = table(content)
    with pytest.raises(DataError) as caught:
        read_table([path], ["b"])
    (problem,) = caught.value.problems
    assert (problem.message, problem.where) == (message, str(path))
    assert (problem.expected, problem.received) == ("2 fields in each, as the header has", received)


BROKEN = {
    "no row": (b"a,b\n", "there is a header and not one row below it"),
    "no row but blank lines": (b"a,b\n\n  \n", "there is a header and not one row below it"),
    "a quote that is never closed": (b'a,b\n1,"x\n2,y\n', "a record that does not end"),
    "a quote that is never closed in the last row": (b'a,b\n1,2\n2,"', "a record that does not end"),
}


@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_an_error(table, content, message):
    with pytest.raises(DataError, match=message):
        read_table([table(content)], ["a", "b"])


def test_several_files_are_one_table(table, cells):
    paths = [table("a,t\n1,x\n", "1.csv"), table("a;t\n;y\n", "2.csv"), table("a,t\n3,\n", "3.csv")]
    found = read_table(paths, ["t", "a"])
    assert [found.rows.name(row) for row in range(3)] == ["1.csv line 2", "2.csv line 2", "3.csv line 2"]
    assert cells(found["t"]) == ["x", "y", None]
    assert cells(found["a"]) == [1, None, 3]


def test_a_column_that_is_text_in_one_file_is_text_in_all(table, cells):
    paths = [table("a\n1\n\n", "1.csv"), table("a\nx\n", "2.csv"), table("a\n2.5\n", "3.csv")]
    assert cells(read_table(paths, ["a"])["a"]) == ["1", "x", "2.5"]


def test_a_column_that_is_text_far_down_is_text_from_the_beginning(table, cells, monkeypatch):
    monkeypatch.setattr("fcnn.data.records.BLOCK", 64)
    path = table("a,b\n" + "".join(f"{row}.0,{row}\n" for row in range(50)) + "x,007\n")
    found = read_table([path], ["a", "b"])
    assert cells(found["a"]) == [*(f"{row}.0" for row in range(50)), "x"]
    assert cells(found["b"]) == [*map(str, range(50)), "007"]


@pytest.mark.parametrize("gaps", ['""', "NA", "?"])
def test_a_column_with_gaps_in_whole_blocks_stays_a_number(table, cells, monkeypatch, gaps):
    monkeypatch.setattr("fcnn.data.records.BLOCK", 8)
    path = table("a,b\n" + f"{gaps},x\n" * 9 + "1.5,x\n" + f"{gaps},x\n" * 9)
    assert cells(read_table([path], ["a"])["a"]) == [None] * 9 + [1.5] + [None] * 9


def test_what_is_asked_for_as_text_is_text_without_any_value_too(read, cells):
    assert cells(read("a,b\n,1\n,2\n", ["a"], as_text=["a"])["a"]) == [None, None]


def test_another_encoding_is_read_when_it_is_named(table, cells):
    path = table("名,数\n甲,1\n乙,2\n".encode("gb18030"))
    found = read_table([path], ["名", "数"], encoding="gb18030")
    assert (cells(found["名"]), cells(found["数"])) == (["甲", "乙"], [1, 2])


NOT_FINITE = {
    "text": (["1", "abc", None, "5.1cm"], "2 cells are no number", "'abc' (row 2), '5.1cm' (row 4)"),
    "infinite": ([1.0, np.inf, 2.0, -np.inf], "2 cells are infinite", "'inf' (row 2), '-inf' (row 4)"),
    "infinite as text": (["1", "Infinity", "2", "3"], "1 cell is infinite", "'Infinity' (row 2)"),
}


@pytest.mark.parametrize(("content", "message", "received"), NOT_FINITE.values(), ids=NOT_FINITE)
def test_only_finite_numbers_are_numbers(text, numbers, content, message, received):
    column = text(content, "n") if isinstance(content[0], str) else numbers(content, "n")
    with pytest.raises(DataError) as caught:
        to_numbers(column, "mend it")
    (problem,) = caught.value.problems
    assert (problem.where, problem.message) == ("column 'n'", message)
    assert (problem.received, problem.hint) == (received, "mend it")


def test_infinity_in_a_file_names_column_and_line(read):
    with pytest.raises(DataError, match=r"column 'a': 1 cell is infinite\n.*\n  received: '(inf|1e999)' \(line 3\)"):
        to_numbers(read("a,b\n1,2\n1e999,3\n", ["a"])["a"], "")


def test_bad_values_are_missing_where_that_is_said(text):
    found = to_numbers(text(["1", "abc", None, "5"]), "", bad_values="missing")
    np.testing.assert_array_equal(found, [1, np.nan, np.nan, 5])


def test_rows_are_those_of_the_table_when_some_were_left_out(text):
    column = text("abcdefghijk").take(np.array([4, 7, 9]))
    assert column.examples([0, 2]) == "'e' (row 5), 'j' (row 10)"


def test_only_the_first_cells_are_shown(text, numbers):
    assert text("abcdefg").examples(range(6)) == (
        "'a' (row 1), 'b' (row 2), 'c' (row 3), 'd' (row 4), 'e' (row 5), ..."
    )
    assert numbers([1, 2.5, 3, 4, 5, 6]).examples(range(6)) == (
        "'1' (row 1), '2.5' (row 2), '3' (row 3), '4' (row 4), '5' (row 5), ..."
    )


def test_numbers_become_text_without_a_needless_point(numbers, cells):
    assert cells(numbers([3, 1.5, None, -0.25, 1e17, 3]).as_text()) == ["3", "1.5", None, "-0.25", "1e+17", "3"]
