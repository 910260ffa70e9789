"""Parquet, Excel and Zstandard: the same as the CSV says."""

import datetime
from contextlib import contextmanager

import numpy as np
import openpyxl
import pandas as pd
import pytest
import zstandard

from fcnn.data.header import read_header
from fcnn.data.missing import Missing
from fcnn.data.table import read_table
from fcnn.data.types import guess_types
from fcnn.errors import DataError

FRAME = pd.DataFrame(
    {
        "whole": [3, 1, 2],
        "gaps": [1.5, np.nan, 2.0],
        "text": ["a ", None, "007"],
        "NA": ["NA", "x", "-"],
        "truth": [True, False, True],
        "day": pd.to_datetime(["2020-05-17", "2020-05-18", None]),
        " blanks ": [1, 2, 3],
    }
)
EXPECTED = {
    "whole": [3, 1, 2],
    "gaps": [1.5, None, 2],
    "text": ["a", None, "007"],
    "NA": [None, "x", None],
    "truth": ["True", "False", "True"],
    "day": ["2020-05-17", "2020-05-18", None],
    "blanks": [1, 2, 3],
}


@contextmanager
def suppress_data_errors(problems):
    """Collect the problems of a block that may fail."""
    try:
        yield
    except DataError as error:
        problems += error.problems


@pytest.fixture
def sheet(tmp_path):
    """Write rows as a sheet of Excel; its name says nothing, its first bytes do."""

    def write(*rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        with (tmp_path / "excel").open("wb") as stream:
            book.save(stream)
        return tmp_path / "excel"

    return write


@pytest.fixture(params=["parquet", "excel"])
def file(request, tmp_path):
    """Write a frame as Parquet or as Excel."""

    def write(frame):
        if request.param == "excel":
            cells = frame.astype(object).where(frame.notna(), None)
            return request.getfixturevalue("sheet")(list(frame.columns), *cells.values.tolist())
        frame.to_parquet(tmp_path / "parquet", index=False)
        return tmp_path / "parquet"

    return write


def test_a_table_reads_as_its_csv_would(file, cells):
    path = file(FRAME)
    names = read_header(path).names
    assert names == tuple(EXPECTED)
    table = read_table([path], names)
    assert {name: cells(table[name]) for name in names} == EXPECTED


def test_columns_are_what_they_seem(file):
    path = file(FRAME)
    names = ["whole", "gaps", "text", "truth", "day"]
    guesses, _ = guess_types(read_table([path], names), names, {})
    assert {name: guess.type for name, guess in guesses.items()} == {
        "whole": "number", "gaps": "number", "text": "category", "truth": "boolean", "day": "date",
    }  # fmt: skip


def test_what_is_asked_for_as_text_is_text_without_a_point(file, cells):
    path = file(FRAME)
    table = read_table([path], ["whole", "gaps"], ["whole", "gaps"])
    assert (cells(table["whole"]), cells(table["gaps"])) == (["3", "1", "2"], ["1.5", None, "2"])


def test_what_is_missing_may_be_stated(file, cells):
    path = file(FRAME)
    table = read_table([path], ["NA", "whole"], missing=Missing((), {"whole": ("3",)}))
    assert cells(table["NA"]) == ["NA", "x", "-"]
    assert cells(table["whole"]) == [None, 1, 2]


def test_a_table_may_lie_in_a_csv_and_others(file, table, cells):
    other = table("whole,text\n7,b\n", "t.csv")
    found = read_table([file(FRAME[["whole", "text"]]), other], ["whole", "text"])
    assert (cells(found["whole"]), cells(found["text"])) == ([3, 1, 2, 7], ["a", None, "007", "b"])


def test_an_index_of_pandas_is_a_column_that_shifts_no_other(tmp_path, cells):
    path = tmp_path / "t.parquet"
    FRAME[["whole", "text"]].set_axis([7, 8, 9], axis=0).rename_axis("id").to_parquet(path)
    table = read_table([path], ["whole", "id"])
    assert (cells(table["whole"]), cells(table["id"])) == ([3, 1, 2], [7, 8, 9])


def test_names_and_lines_are_those_of_the_sheet(sheet, cells):
    path = sheet([], [None, "a", "a", 2020], [1, "x", 3, 4], [], [2, "y"])
    assert read_header(path).names == ("", "a", "a", "2020")
    table = read_table([path], ["a", "2020"])
    assert (cells(table["a"]), cells(table["2020"])) == (["x", "y"], [4, None])
    assert [table.rows.name(row) for row in range(2)] == ["line 3", "line 5"]


CELLS = {
    "days": ([datetime.date(2020, 5, 17), None], ["2020-05-17", None]),
    "moments": ([datetime.datetime(2020, 5, 17, 6), datetime.datetime(2020, 5, 18)],
        ["2020-05-17 06:00:00", "2020-05-18 00:00:00"]),
    "numbers and a missing value in words": ([1, "NA", 2.5], [1, None, 2.5]),
    "numbers and a word": ([1, "many", 2.5], ["1", "many", "2.5"]),
    "numbers and a truth value": ([3, True], ["3", "True"]),
    "Excel's own word for nothing": (["#N/A", 2], [None, 2]),
    "nothing": ([None, None], [None, None]),
}  # fmt: skip


@pytest.mark.parametrize(("column", "expected"), CELLS.values(), ids=CELLS)
def test_cells_of_a_sheet_are(sheet, cells, column, expected):
    path = sheet(["a", "b"], *([cell, "x"] for cell in column))
    assert cells(read_table([path], ["a"])["a"]) == expected


def test_an_empty_sheet_is_an_error(sheet):
    with pytest.raises(DataError, match="the first sheet is empty"):
        read_header(sheet())


def test_a_damaged_parquet_file_is_an_error_that_names_it(table):
    path = table(b"PAR1rubbishPAR1")
    with pytest.raises(DataError) as caught:
        read_header(path)
    (problem,) = caught.value.problems
    assert problem.where == str(path)
    assert problem.message.startswith("cannot be read as Parquet: ")


def test_a_damaged_sheet_is_an_error_that_names_it(sheet):
    path = sheet(["a", "b"], *([row, "x"] for row in range(200)))
    content = path.read_bytes()
    problems = []
    for start in range(0, len(content), 97):
        path.write_bytes(content[:start] + b"\xff" * 50 + content[start + 50 :])
        with suppress_data_errors(problems):
            read_table([path], ["a"])
    assert len(problems) > 10
    assert {str(path) in problem.where for problem in problems} == {True}


def test_an_old_or_locked_sheet_says_what_to_do(table):
    path = table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    with pytest.raises(DataError) as caught:
        read_header(path)
    (problem,) = caught.value.problems
    assert problem.message == "this is an old Excel file (.xls), one with a password, or a damaged one"
    assert (problem.where, problem.hint) == (str(path), "save it as .xlsx without a password, or as CSV")


def test_zstandard_is_unpacked_and_damage_is_told(table, cells):
    text = b"a,b\n" + b"".join(b"%d,%d\n" % (row, row * row % 977) for row in range(5000))
    packed = zstandard.ZstdCompressor(write_checksum=True).compress(text)
    assert cells(read_table([table(packed)], ["a"])["a"]) == list(map(float, range(5000)))
    for damaged in (packed[:2000] + b"\xff" * 100 + packed[2100:], packed[:-500], packed[:-1]):
        path = table(damaged)
        with pytest.raises(DataError, match="cannot be unpacked: ") as caught:
            read_table([path], ["a"])
        assert caught.value.problems[0].where == str(path)
    two = table(packed + zstandard.ZstdCompressor().compress(b"5000,1\n"))
    assert cells(read_table([two], ["a"])["a"]) == list(map(float, range(5001)))
