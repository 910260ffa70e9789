"""What became of each column."""

import pytest

from fcnn.data.columns import ColumnReport, report_columns
from fcnn.data.header import read_header
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.table import read_table
from fcnn.data.types import guess_types
from fcnn.wording import Said

ROWS = [
    f"{row % 5 + 1};{row % 7},5 €;{'red' if row % 3 else ''};2020-0{row % 3 + 1}-01;u{row};7;;{row};{'yn'[row % 2]}"
    for row in range(20)
]
CONTENT = "\n".join(["n;price;colour;day;id;same;empty;count;flag", *ROWS]) + "\n"

EXPECTED = {
    "n": ColumnReport(
        name="n", type="number", reason="numbers", rows=20, missing=0, lowest="1", highest="5", features=1),
    "price": ColumnReport(
        name="price", type="number", reason="numbers with decimal commas and the mark €", rows=20, missing=0,
        lowest="0.5", highest="6.5", features=1),
    "colour": ColumnReport(
        name="colour", type="category", reason="text, always the same", rows=20, missing=7, different=1, features=2,
        usual="red"),
    "day": ColumnReport(
        name="day", type="date", reason="dates, %Y-%m-%d", rows=20, missing=0, lowest="2020-01-01",
        highest="2020-03-01", features=3),
    "id": ColumnReport(
        name="id", type="", reason="text, different in every row", rows=20, missing=0, different=20),
    "same": ColumnReport(
        name="same", type="", reason="the same in every training row", rows=20, missing=0, lowest="7", highest="7"),
    "empty": ColumnReport(name="empty", type="", reason="no value in any row", rows=20, missing=20, different=0),
    "count": ColumnReport(
        name="count", type="", reason="counts the rows", rows=20, missing=0, lowest="0", highest="19"),
    "flag": ColumnReport(
        name="flag", type="boolean", reason="'n' and 'y'", rows=20, missing=0, different=2, features=1),
}  # fmt: skip


@pytest.fixture
def reports(table):
    path = table(CONTENT)
    header = read_header(path)
    content = read_table([path], header.names)
    guesses, _ = guess_types(content, header.names, {}, header.decimal)
    types = {name: guess.type for name, guess in guesses.items() if guess.type}
    preprocessing, _ = fit_preprocessing(content, types, {}, header.decimal)
    return {report.name: report for report in report_columns(content, guesses, preprocessing)}


def test_the_columns_keep_their_order(reports):
    assert list(reports) == list(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_column_is_reported(reports, name):
    assert reports[name] == EXPECTED[name]


def test_a_negative_zero_is_zero(table):
    path = table("x,y\n" + "-0,1\n0,2\n" * 4)
    content = read_table([path], ["x", "y"])
    preprocessing, _ = fit_preprocessing(content, {"x": "number", "y": "number"}, {})
    report, _ = report_columns(content, guess_types(content, ["x", "y"], {})[0], preprocessing)
    assert (report.lowest, report.highest) == ("0", "0")


def test_the_reasons_are_sentences_that_can_be_translated(reports):
    assert {type(report.reason) for report in reports.values()} == {Said}
