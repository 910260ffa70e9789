import pytest

from fcnn.config.structs import Column
from fcnn.data.columns import guess_types
from fcnn.data.table import read_table
from fcnn.errors import DataError


@pytest.fixture
def guess(table):
    """The types of the columns of a text, with the findings."""

    def types(content, **given):
        path = table(content)
        names = content.split("\n")[0].split(";")
        return guess_types(read_table([path], names), {name: Column(type=kind) for name, kind in given.items()})

    return types


def column(*cells):
    return "\n".join(["a;z", *(f"{cell};{row % 2}" for row, cell in enumerate(cells))]) + "\n"


TYPES = {
    "whole numbers": ("number", ["3", "1", "2"]),
    "decimals with gaps": ("number", ["1.5", "", "NA"]),
    "ones and zeros": ("number", ["0", "1", "0"]),
    "whole numbers beyond 64 bits": ("number", ["123456789012345678901234567890", "", "1"]),
    "numbers with blanks and gaps": ("number", ["1 ", "NA ", " 3"]),
    "words": ("category", ["red", "green", "red"]),
    "words and some numbers": ("category", ["red", "1", "2", "blue"]),
    "codes that begin with digits": ("category", ["1st", "2nd", "1st", "3rd"]),
    "ranges": ("category", ["18-25", "26-35", "18-25", "36+"]),
    "one word and gaps": ("category", ["yes", "", "yes"]),
    "three words of which two are yes and no": ("category", ["yes", "no", "maybe"]),
    "yes and no": ("boolean", ["yes", "no", "no"]),
    "Yes and NO and gaps": ("boolean", ["Yes", "", "NO"]),
    "true and false": ("boolean", ["true", "false", "true"]),
    "TRUE and False": ("boolean", ["TRUE", "False", "TRUE"]),
    "t and f": ("boolean", ["t", "f", "f"]),
    "on and off": ("boolean", ["on", "off", "off"]),
    "是 and 否": ("boolean", ["是", "否", "是"]),
}


@pytest.mark.parametrize(("kind", "cells"), TYPES.values(), ids=TYPES)
def test_a_column_is_taken_for(guess, kind, cells):
    types, findings = guess(column(*cells))
    assert (types, findings) == ([("a", kind), ("z", "number")], [])


@pytest.mark.parametrize("kind", ["number", "category", "boolean"])
def test_a_stated_type_wins(guess, kind):
    types, _ = guess(column("1", "2", "x"), a=kind)
    assert types == [("a", kind), ("z", "number")]


BAD_CELLS = {
    "one word among numbers": (
        ["5.1", "abc", "4.9", ""], "is numeric, but 1 cell is no number", "'abc' (row 2)"),
    "units here and there": (
        ["5.1cm", "5.1", "4.9", "12%", "5"], "is numeric, but 2 cells are no numbers",
        "'5.1cm' (row 1), '12%' (row 4)"),
    "decimal commas": (
        ["1,5", "2,25", "", "3"], "is text that looks like numbers: decimal commas, separators or units",
        "'1,5' (row 1), '2,25' (row 2)"),
    "thousands": (
        ["1,400", "12,000.50", "2,000"], "is text that looks like numbers: decimal commas, separators or units",
        "'1,400' (row 1), '12,000.50' (row 2), '2,000' (row 3)"),
    "percent": (
        ["12%", "7.5 %", "3%"], "is text that looks like numbers: decimal commas, separators or units",
        "'12%' (row 1), '7.5 %' (row 2), '3%' (row 3)"),
    "currencies": (
        ["$1,000", "€3.50", "20 €"], "is text that looks like numbers: decimal commas, separators or units",
        "'$1,000' (row 1), '€3.50' (row 2), '20 €' (row 3)"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "message", "received"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_a_number_with_bad_cells_is_an_error_that_names_them(guess, cells, message, received):
    with pytest.raises(DataError) as caught:
        guess(column(*cells))
    (problem,) = caught.value.problems
    assert (problem.where, problem.message, problem.received) == ("column 'a'", message, received)
    assert "data.columns.a.type=category" in problem.hint


def test_all_columns_with_bad_cells_are_reported_at_once(guess):
    with pytest.raises(DataError) as caught:
        guess("a;b;z\n1;1;0\n2;x;1\ny;3;0\n")
    assert [problem.where for problem in caught.value.problems] == ["column 'a'", "column 'b'"]


def test_text_that_differs_in_every_row_is_left_out_as_an_identifier(guess):
    types, (finding,) = guess(column(*(f"user {number}" for number in range(20))))
    assert types == [("z", "number")]
    assert (finding.severity, finding.where) == ("warning", "column 'a'")
    assert finding.message == "is text that is different in every row (an identifier?) and is left out"
    assert finding.hint == "to learn from it all the same: data.columns.a.type=category"


def test_the_override_that_is_proposed_can_be_typed(guess):
    with pytest.raises(DataError) as caught:
        guess("bill.length;z\n1;1\n2;0\nx;1\n")
    assert caught.value.problems[0].hint.endswith('data.columns."bill.length".type=category')


def test_few_rows_do_not_make_an_identifier(guess):
    types, findings = guess(column(*(f"user {number}" for number in range(19))))
    assert (types, findings) == ([("a", "category"), ("z", "number")], [])


def test_a_column_without_any_value_is_left_out(guess):
    types, (finding,) = guess(column("", "NA", "?"))
    assert types == [("z", "number")]
    assert (finding.severity, finding.message) == ("warning", "has no value in any row and is left out")


def test_a_table_without_any_column_to_learn_from_is_an_error(guess):
    with pytest.raises(DataError, match="no column is left to learn from"):
        guess("a;b\n;\nNA;?\n")


def test_the_columns_of_the_bank_are_guessed_right(shipped):
    names = ["age", "job", "default", "balance", "housing", "loan", "contact", "month", "poutcome"]
    types, findings = guess_types(read_table([shipped("bank")], names), {})
    assert findings == []
    assert types == [
        ("age", "number"), ("job", "category"), ("default", "boolean"), ("balance", "number"), ("housing", "boolean"),
        ("loan", "boolean"), ("contact", "category"), ("month", "category"), ("poutcome", "category"),
    ]  # fmt: skip
