"""What rows are called."""

import numpy as np
import pytest

from fcnn.data.rows import FileRows, RowNames, frame_rows, listed

ONE = RowNames((FileRows("a.csv", 3, first=2),))
GAPS = RowNames((FileRows("a.csv", 3, lines=np.array([2, 5, 9])),))
TWO = RowNames((FileRows("a.csv", 2, first=2), FileRows("b.csv", 2, first=3)))
FRAME = frame_rows(3)

NAMES = {
    "one file": (ONE, ["line 2", "line 3", "line 4"]),
    "a file with line ends in quotes": (GAPS, ["line 2", "line 5", "line 9"]),
    "two files": (TWO, ["a.csv line 2", "a.csv line 3", "b.csv line 3", "b.csv line 4"]),
    "a frame": (FRAME, ["row 1", "row 2", "row 3"]),
    "some rows": (GAPS.take(np.array([2, 0])), ["line 9", "line 2"]),
    "rows by a mask": (TWO.take(np.array([False, True, True, False])), ["a.csv line 3", "b.csv line 3"]),
    "some of some rows": (TWO.take(np.array([3, 1, 0])).take(np.array([0, 2])), ["b.csv line 4", "a.csv line 2"]),
}


@pytest.mark.parametrize(("rows", "names"), NAMES.values(), ids=NAMES)
def test_a_row_has_the_name_of_its_place(rows, names):
    assert [rows.name(row) for row in range(len(names))] == names


def test_there_is_no_row_behind_the_last():
    with pytest.raises(IndexError):
        ONE.name(3)


def test_cells_are_listed_with_their_rows():
    assert listed(GAPS, [0, 2], ["a", 3.5]) == "'a' (line 2), '3.5' (line 9)"


def test_of_a_long_cell_the_beginning_is_listed():
    assert listed(ONE, [0], ["x" * 500]) == repr("x" * 100 + "...") + " (line 2)"


def test_only_the_first_cells_are_listed():
    assert listed(FRAME, [0, 1, 2], "abc", most=2) == "'a' (row 1), 'b' (row 2), ..."


PLACES = {name: (rows, [int(text.rpartition(" ")[2]) for text in names]) for name, (rows, names) in NAMES.items()}


@pytest.mark.parametrize(("rows", "lines"), PLACES.values(), ids=PLACES)
def test_many_rows_at_once_have_the_lines_that_their_names_tell(rows, lines):
    which, numbers = rows.places(np.arange(len(lines)))
    assert numbers.tolist() == lines
    assert [rows.sources[index].file for index in which] == [
        rows.name(row).rpartition(" line ")[0] or rows.sources[0].file for row in range(len(lines))
    ]


def test_no_row_has_no_place():
    which, numbers = TWO.places(np.arange(0))
    assert len(which) == len(numbers) == 0
