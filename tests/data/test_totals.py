"""Lines of sums and means below a table are told from its rows."""

import pytest

from fcnn.data.table import read_table
from fcnn.data.totals import total_lines

BODY = "".join(f"{'pqr'[row % 3]},{row % 7 + 1},{row + 0.5}\n" for row in range(20))
TABLE = "x,n,y\n" + BODY


def said(*paths, names=("x", "n", "y")):
    return [(problem.message, problem.examples) for problem in total_lines(read_table(paths, names))]


LINES = {
    "a total": ("Total,,200\n", ("line 22",)),
    "a total with a colon": ("total :,,200\n", ("line 22",)),
    "Chinese": ("合计,,200\n", ("line 22",)),
    "a sum and a mean": ("Sum,,200\nAverage,,10\n", ("line 22", "line 23")),
    "sums without a word": (",77,200\n", ("line 22",)),
    "in another column": ("p,,200\n", ()),
    "a total, and rows behind it": ("Total,,200\n" + "p,1,2\n" * 3, ()),
    "as many totals as rows": ("Total,,200\n" * 4, ()),
    "sums of one column": (",78,200\n", ()),
    "a large row": ("p,900,900\n", ()),
}


@pytest.mark.parametrize(("lines", "places"), LINES.values(), ids=LINES)
def test_the_last_lines_of_a_table(table, lines, places):
    found = said(table(TABLE + lines))
    assert [examples for _, examples in found] == ([places] if places else [])


def test_what_is_said(table):
    (problem,) = total_lines(read_table([table(TABLE + "Total,,200\n")], ["x", "n", "y"]))
    assert problem.message == "1 row looks like a sum or a mean of those above it, and is learnt from (line 22)"
    assert (problem.where, problem.severity, problem.kind, problem.count) == ("t.csv", "warning", "totals", 1)
    assert problem.hint == "delete lines that are no rows in the file"


def test_each_file_may_end_with_one(table):
    paths = [table(TABLE + "Total,,200\n", "a.csv"), table(TABLE + "Total,,200\n", "b.csv")]
    ((_, places),) = said(*paths)
    assert places == ("a.csv line 22", "b.csv line 22")


def test_a_word_in_a_file_before_the_last_is_found_and_one_within_a_file_is_a_level(table):
    paths = [table(TABLE + "Total,,200\n", "a.csv"), table(TABLE, "b.csv")]
    assert len(said(*paths)) == 1
    assert said(table("x,n,y\ntotal,1,2\n" + BODY, "c.csv")) == []


def test_few_rows_may_add_up_by_chance(table):
    assert said(table("n,y\n1,2\n2,4\n3,6\n"), names=("n", "y")) == []


def test_zeros_add_up_to_nothing(table):
    assert said(table("n,m\n" + "0,0\n" * 30), names=("n", "m")) == []
    assert said(table("n,m\n1,1\n" + "0,0\n" * 30 + "1,1\n"), names=("n", "m")) == []
