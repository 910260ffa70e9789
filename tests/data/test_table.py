import numpy as np
import pandas as pd
import pytest

from fcnn.data.table import as_strings, examples, read_table, to_numbers
from fcnn.errors import DataError

MISSING = ["", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "None", "?", "-"]


@pytest.mark.parametrize("cell", [*MISSING, " NA", "NA ", "  "])
def test_a_missing_value_is_spelt(table, cell):
    frame = read_table([table(f"n,t\n1.5,x\n{cell},{cell}\n2.5,z\n")], ["n", "t"])
    assert np.array_equal(to_numbers(frame["n"], "", ""), [1.5, np.nan, 2.5], equal_nan=True)
    assert frame["t"].tolist() == ["x", None, "z"]


@pytest.mark.parametrize("cell", ["none", "unknown", "missing", "0", "na"])
def test_a_level_is_not_mistaken_for_a_missing_value(table, cell):
    frame = read_table([table(f"t,n\nx,1\n{cell},2\n")], ["t"], as_text=["t"])
    assert frame["t"].tolist() == ["x", cell]


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
def test_text_stays_what_the_file_says(table, content, as_text, expected):
    assert read_table([table(content)], ["t", "n"], as_text)["t"].tolist() == expected


NUMBERS = {
    "whole": ("1\n-2\n+3\n", [1, -2, 3]),
    "decimal and scientific": (".5\n1e3\n-2.5E-3\n", [0.5, 1000, -0.0025]),
    "blanks around it": (" 1.5 \n2\t\n", [1.5, 2]),
    "beyond 64 bits": ("123456789012345678901234567890\n2\n", [1.2345678901234568e29, 2]),
    "the largest of 64 bits": ("18446744073709551615\n1\n", [1.8446744073709552e19, 1]),
}


@pytest.mark.parametrize(("cells", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_are_read(table, cells, expected):
    frame = read_table([table("n\n" + cells)], ["n"])
    assert to_numbers(frame["n"], "", "").tolist() == expected


WHOLE_TABLES = {
    "a quoted name of two lines": ('"a\nb",c\n1,2\n3,4\n', ["a\nb", "c"]),
    "Windows line ends in a quoted name": ('"a\r\nb",c\r\n1,2\r\n3,4\r\n', ["a\r\nb", "c"]),
    "columns in another order": ("c,x,a\n2,0,1\n4,0,3\n", ["a", "c"]),
    "an unused name twice": ("x,a,c,x\n0,1,2,0\n0,3,4,0\n", ["a", "c"]),
    "a comma after the last field": ("a,c\n1,2,\n3,4,\n", ["a", "c"]),
    "empty lines between": ("a,c\n1,2\n\n3,4\n\n", ["a", "c"]),
    "old Mac line ends": ("a,c\r1,2\r3,4\r", ["a", "c"]),
    "no line end after the last row": ("a,c\n1,2\n3,4", ["a", "c"]),
}


@pytest.mark.parametrize(("content", "columns"), WHOLE_TABLES.values(), ids=WHOLE_TABLES)
def test_no_row_and_no_field_gets_lost(table, content, columns):
    frame = read_table([table(content)], columns)
    assert list(frame.columns) == columns
    assert frame.to_numpy().tolist() == [[1, 2], [3, 4]]


def test_a_row_that_is_too_short_has_missing_values(table):
    frame = read_table([table("a,b\n1,2\n3\n")], ["a", "b"])
    assert np.array_equal(frame.to_numpy(dtype=float), [[1, 2], [3, np.nan]], equal_nan=True)


TOO_LONG = {
    "one row": ("a,b\n1,2\n3,4,5\n6,7\n", "1 row is longer", "'5' (row 2)"),
    "every row": ("a,b\n1,2,x\n3,4,y\n", "2 rows are longer", "'x' (row 1), 'y' (row 2)"),
    "a comma in the text": ("a,b\n1,Hilton, Paris\n3,4\n", "1 row is longer", "'Paris' (row 1)"),
}


@pytest.mark.parametrize(("content", "message", "received"), TOO_LONG.values(), ids=TOO_LONG)
def test_a_row_that_is_too_long_is_an_error(table, content, message, received):
    with pytest.raises(DataError) as caught:
        read_table([table(content)], ["a", "b"])
    (problem,) = caught.value.problems
    assert problem.message == f"rows and header do not fit: {message}"
    assert (problem.expected, problem.received) == ("2 fields in every row, as the header has", received)


def test_a_row_that_is_much_too_long_is_an_error(table):
    with pytest.raises(DataError, match="rows and header do not fit"):
        read_table([table("a,b\n1,2\n3,4,5,6,7\n")], ["a"])


BROKEN = {
    "no row": (b"a,b\n", "there is a header and not one row below it"),
    "a quote that is never closed": (b'a,b\n1,"x\n2,y\n', "EOF inside string"),
    "another encoding further down": (b"a,b\n" + b"1,2\n" * 100_000 + b"\xe9,2\n", "the file is not UTF-8 text"),
}


@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_an_error(table, content, message):
    with pytest.raises(DataError, match=message):
        read_table([table(content)], ["a", "b"])


def test_several_files_are_one_table(table):
    paths = [table("a,t\n1,x\n", "1.csv"), table("a;t\n;y\n", "2.csv"), table("a,t\n3,\n", "3.csv")]
    frame = read_table(paths, ["t", "a"])
    assert frame.index.tolist() == [0, 1, 2]
    assert frame["t"].tolist() == ["x", "y", None]
    assert np.array_equal(frame["a"], [1, np.nan, 3], equal_nan=True)


def test_a_column_that_is_text_in_one_file_is_text_in_all(table):
    paths = [table("a\n1\n\n", "1.csv"), table("a\nx\n", "2.csv"), table("a\n2.5\n", "3.csv")]
    assert read_table(paths, ["a"])["a"].tolist() == ["1", "x", "2.5"]


def test_another_encoding_is_read_when_it_is_named(table):
    path = table("名,数\n甲,1\n乙,2\n".encode("gb18030"))
    assert read_table([path], ["名", "数"], encoding="gb18030").to_numpy().tolist() == [["甲", 1], ["乙", 2]]


NOT_FINITE = {
    "text": (["1", "abc", None, "5.1cm"], "2 cells are no number", "'abc' (row 2), '5.1cm' (row 4)"),
    "infinite": ([1.0, np.inf, 2.0, -np.inf], "2 cells are infinite", "'inf' (row 2), '-inf' (row 4)"),
    "infinite as text": (["1", "Infinity", "2", "3"], "1 cell is infinite", "'Infinity' (row 2)"),
}


@pytest.mark.parametrize(("cells", "message", "received"), NOT_FINITE.values(), ids=NOT_FINITE)
def test_only_finite_numbers_are_numbers(cells, message, received):
    with pytest.raises(DataError) as caught:
        to_numbers(pd.Series(cells), "column 'n'", "mend it")
    (problem,) = caught.value.problems
    assert (problem.message, problem.received, problem.hint) == (message, received, "mend it")


def test_rows_are_those_of_the_table_when_some_were_left_out():
    cells = pd.Series(["a", "b", "c"], index=[4, 7, 9])
    assert examples(cells, [0, 2]) == "'a' (row 5), 'c' (row 10)"


def test_only_the_first_cells_are_shown():
    assert examples(pd.Series(list("abc")), [0, 1, 2], most=2) == "'a' (row 1), 'b' (row 2), ..."


SERIES = {
    "objects": pd.Series(["a ", None, np.nan, 3.0], dtype=object),
    "nullable text": pd.Series(["a ", pd.NA, None, "3"], dtype="string"),
    "categories": pd.Series(["a ", None, np.nan, "3"], dtype="category"),
}


@pytest.mark.parametrize("series", SERIES.values(), ids=SERIES)
def test_any_column_becomes_text(series):
    assert as_strings(series).tolist() == ["a", None, None, "3"]


def test_dates_become_text():
    assert as_strings(pd.Series(pd.to_datetime(["2024-05-01", None]))).tolist() == ["2024-05-01 00:00:00", None]
