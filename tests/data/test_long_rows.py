"""Lines that a stray quote swallowed are told."""

import pytest

from fcnn.data.long_rows import long_rows, swallowed_rows
from fcnn.data.table import read_table

ROWS = [f"{row},text {row},{row % 2}" for row in range(200)]


def problems(path):
    return list(long_rows(read_table([path], ["x", "z", "y"]).rows))


def test_rows_between_two_stray_quotes_are_missed(table):
    swallowed = [*ROWS[:10], '10,"text 10,0', *ROWS[11:90], '90,text 90",0', *ROWS[91:]]
    path = table("x,z,y\n" + "\n".join(swallowed) + "\n")
    rows = read_table([path], ["x", "z", "y"])
    assert len(rows) == 120
    (problem,) = long_rows(rows.rows)
    assert (problem.where, problem.message) == ("t.csv", "between the lines 12 and 93 no row begins")
    assert (problem.severity, problem.kind, problem.count, problem.examples) == (
        "warning",
        "long_rows",
        1,
        ("line 12",),
    )
    assert problem.hint == 'is a quote (") in line 12 that opens a field and should not?'


def test_a_few_lines_in_a_cell_and_a_plain_table_are_nothing_to_speak_of(table):
    assert problems(table("x,z,y\n" + "\n".join(ROWS) + "\n")) == []
    address = '1,"' + "\n".join(f"line {line}" for line in range(40)) + '",0'
    assert problems(table("x,z,y\n" + "\n".join([*ROWS[:5], address, *ROWS[5:]]) + "\n")) == []


NAMES = ("x", "z", "y")


def looked_at(path, names=NAMES, wanted=NAMES):
    found = swallowed_rows(read_table([path], wanted, {"y"}), names, ",", ".")
    return [(problem.kind, problem.where, problem.count, problem.examples) for problem in found]


SWALLOWED = {
    "one end of a line": ('"q,1.5,0', 'r",2.5,1', 1),
    "some rows": ('"q,1.5,0', 'r",2.5,1', 5),
    "a quote that opens twice": ('"q,1.5,0', '"r,2.5,1', 3),
    "the last column": ('q,1.5,"0', 'r,2.5,1"', 3),
}


@pytest.mark.parametrize(("opens", "closes", "apart"), SWALLOWED.values(), ids=SWALLOWED)
def test_a_cell_that_looks_like_rows_is_told_with_its_line(table, opens, closes, apart):
    rows = [f"{'pqr'[row % 3]},{row}.5,{row % 2}" for row in range(40)]
    rows[10], rows[10 + apart] = opens, closes
    ((kind, _, count, examples),) = looked_at(table("\n".join([",".join(NAMES), *rows, ""])))
    assert (kind, count, examples) == ("swallowed_rows", 1, ("line 12",))


def test_a_column_of_numbers_tells_though_all_texts_differ(table):
    rows = [f"text {row},{row}.5,{row + 3}" for row in range(40)]
    rows[10], rows[13] = '"text,1.5,8', 'text",2.5,9'
    ((_, where, _, _),) = looked_at(table("\n".join([",".join(NAMES), *rows, ""])))
    assert where == "column 'x'"


CELLS = {
    "as many commas as a row": '"red, green, or\nblue"',
    "as many commas as a row, and words of a column": '"red, green, 1\np"',
    "an address": '"12 High Street,\nLondon, N1\nEngland, UK"',
    "numbers of another count": '"1\n2\n3"',
    "one line": '"red, 1, 2"',
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_text_of_several_lines_is_one(table, cell):
    rows = [f"{cell if row % 4 == 0 else 'p'},{row}.5,{row % 2}" for row in range(40)]
    assert looked_at(table("\n".join([",".join(NAMES), *rows, ""]))) == []


def test_texts_that_are_all_different_do_not_tell_a_row_from_a_text(table):
    rows = [f'"text {row}, or\nanother",{"x" * row}-,t{row}' for row in range(40)]
    names = ("x", "z")
    assert looked_at(table("\n".join(["x,z,y", *rows, ""])), wanted=("x", "z", "y")) == []
    assert looked_at(table("\n".join(["x,z", *(row.rpartition(",")[0] for row in rows), ""])), names, names) == []


def test_many_lines_in_a_cell_that_is_no_row_are_told_as_before(table):
    rows = [f"p,{row}.5,{row % 2}" for row in range(40)]
    rows[10] = '"' + "p\n" * 60 + '",1.5,0'
    ((kind, _, _, _),) = looked_at(table("\n".join([",".join(NAMES), *rows, ""])))
    assert kind == "long_rows"
