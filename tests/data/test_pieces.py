"""Tables in pieces: the same rows, lines and cells as the whole, whatever the pieces are."""

import numpy as np
import pandas as pd
import pytest

from fcnn.data import pieces, table
from fcnn.data.header import read_header
from fcnn.data.pieces import read_cells, read_pieces
from fcnn.errors import DataError

ROWS = 5000


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch) -> None:
    """Blocks of a few KB and pieces of 64 rows: every table here has several of both."""
    monkeypatch.setattr(pieces, "MOST_ROWS", 64)
    monkeypatch.setattr(table, "PROBE", 1 << 10)
    monkeypatch.setattr(table, "block_size", lambda fields: 1 << 12)


def text_of(number: int) -> str:
    return f'{number * 0.5},"a ""b""\n{number % 7}",{number:08d}\n'


@pytest.fixture
def path(tmp_path):
    """Rows of two lines each, and a blank line in the middle."""
    path = tmp_path / "t.csv"
    rows = [text_of(number) for number in range(ROWS)]
    path.write_bytes(("x,level,id\n" + "".join([*rows[:300], "\n", *rows[300:]])).encode())
    return path


def test_the_pieces_are_the_rows_in_their_order(path) -> None:
    header = read_header(path)
    found = list(read_pieces(header, ["level", "x"], ["level"]))
    assert max(map(len, found)) == 64
    assert sum(map(len, found)) == ROWS
    assert np.concatenate([piece["x"].values for piece in found]).tolist() == [row * 0.5 for row in range(ROWS)]
    levels = np.concatenate([piece["level"].cells() for piece in found])
    assert levels.tolist() == [f'a "b"\n{row % 7}' for row in range(ROWS)]
    assert {len(piece["level"].levels) for piece in found} <= set(range(1, 8))


def test_each_row_has_the_line_of_the_file(path) -> None:
    names = [piece.rows.name(row) for piece in read_pieces(read_header(path), ["x"]) for row in range(len(piece))]
    assert names == [f"line {2 + 2 * row + (row >= 300)}" for row in range(ROWS)]


def test_cells_are_the_text_of_the_same_rows(path) -> None:
    header = read_header(path)
    cells = list(read_cells(header, ["id"]))
    assert [len(piece["id"]) for piece in cells] == [len(piece) for piece in read_pieces(header, ["level"], ["level"])]
    assert np.concatenate([piece["id"] for piece in cells]).tolist() == [f"{row:08d}" for row in range(ROWS)]


@pytest.mark.parametrize(
    "cell", ["NA", "null", "-", "?", "007", "1.50", "9007199254740993", "TRUE", "", "1e5", "日本"], ids=str
)
def test_a_cell_stays_as_it_is_written(tmp_path, cell) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"a,b\n1,{cell}\n2,2\n".encode())
    assert [piece["b"].tolist() for piece in read_cells(read_header(path), ["b"])] == [[cell, "2"]]


def test_rows_that_do_not_fit_are_an_error_at_the_end_with_all_their_lines(tmp_path) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{row},x\n" for row in range(ROWS)]
    rows[10] = rows[4000] = "1\n"
    path.write_bytes(("a,b\n" + "".join(rows)).encode())
    with pytest.raises(DataError) as error:
        list(read_pieces(read_header(path), ["a"]))
    assert error.value.problems[0].received == "line 12 has 1, line 4002 has 1"


def test_no_rows_are_no_pieces(tmp_path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n")
    assert list(read_pieces(read_header(path), ["a"])) == []


@pytest.mark.parametrize("ending", ["parquet", "xlsx"])
def test_parquet_and_excel_come_in_pieces_too(tmp_path, ending) -> None:
    numbers = list(range(150))
    frame = pd.DataFrame({"x": numbers, "id": [None, 9007199254740993, *numbers[2:]]}, dtype="object")
    path = tmp_path / f"t.{ending}"
    if ending == "parquet":
        frame.astype({"x": float, "id": "Int64"}).to_parquet(str(path), row_group_size=100)
    else:
        frame["id"] = frame["id"].map(lambda value: None if value is None else str(value))
        frame.to_excel(str(path), index=False)
    header = read_header(path)
    found = list(read_pieces(header, ["x"]))
    assert np.concatenate([piece["x"].values for piece in found]).tolist() == numbers
    cells = list(read_cells(header, ["id"]))
    assert [len(piece["id"]) for piece in cells] == [len(piece) for piece in found]
    assert max(map(len, found)) <= 100
    assert np.concatenate([piece["id"] for piece in cells]).tolist()[:4] == ["", "9007199254740993", "2", "3"]
