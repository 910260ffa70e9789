"""What a column is taken for, and why."""

import re
import shlex
import sys

import pytest

from fcnn.config.overrides import read_override
from fcnn.config.structs import Column
from fcnn.data.header import read_header
from fcnn.data.table import read_table
from fcnn.data.types import guess_type, guess_types
from fcnn.errors import DataError


@pytest.fixture
def guess(table):
    """The types of the columns of a text, with the findings."""

    def types(content, **given):
        path = table(content)
        header = read_header(path)
        stated = {name: Column(**({"type": keys} if isinstance(keys, str) else keys)) for name, keys in given.items()}
        return guess_types(read_table([path], header.names), header.names, stated, header.decimal)

    return types


@pytest.fixture
def kinds(guess):
    """The types alone, by column, with the findings."""

    def types(content, **given):
        guesses, findings = guess(content, **given)
        return {name: each.type for name, each in guesses.items() if each.type}, findings

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
def test_a_column_is_taken_for(kinds, kind, cells):
    types, findings = kinds(column(*cells))
    assert (types, findings) == ({"a": kind, "z": "number"}, [])


# fmt: off
REASONS = {
    "numbers": (["3", "1", "2"], "numbers"),
    "decimal commas": (["1,5", "2,25", "3"], "numbers"),
    "thousands and percent": (["1,400 %", "12 %", "3 %"], "numbers with thousands separators and percent signs"),
    "words": (["red", "green", "red"], "text, 2 different values"),
    "one word": (["red", "red", "red"], "text, always the same"),
    "yes and no": (["yes", "no", "yes"], "'no' and 'yes'"),
    "dates": (["2020-05-17", "2021-01-01", "2020-05-17"], "dates, %Y-%m-%d"),
    "leading zeros": (["007", "7", "012"], "codes with leading zeros, 3 different values"),
    "nothing": (["", "NA", "?"], "no value in any row"),
    "a count": ([str(row) for row in range(20)], "counts the rows"),
    "a parser's text of numbers": ([str(2**66), "1", "2"], "numbers"),
    "times": (["10:30", "11:45", "10:30"], "numbers with hours and minutes, in seconds"),
    "dates of eight digits": (["20200517", "20210101", "", "20200518"], "dates, %Y%m%d"),
    "zeros before a unit": (["07 kg", "12 kg", "13 kg"], "text, 3 different values"),
    "long numbers": (
        [str(2**53 + 2 * number * number) for number in range(1, 21)], "long numbers, different in every row"),
    "names": ([f"user {row}" for row in range(20)], "text, different in every row"),
}
# fmt: on


@pytest.mark.parametrize(("cells", "reason"), REASONS.values(), ids=REASONS)
def test_the_guess_has_a_reason(guess, cells, reason):
    guesses, _ = guess(column(*cells))
    assert guesses["a"].reason == reason


@pytest.mark.parametrize("kind", ["number", "category", "boolean", "date"])
def test_a_stated_type_wins(kinds, kind):
    types, _ = kinds(column("1", "2", "x"), a=kind)
    assert types == {"a": kind, "z": "number"}


def test_a_stated_format_says_that_a_column_is_a_date(guess):
    guesses, _ = guess(column("20200517", "20210101"), a={"format": "%Y%m%d"})
    assert (guesses["a"].type, guesses["a"].reason) == ("date", "stated in the config")


BAD_CELLS = {
    "one word among numbers": (
        ["5.1", "abc", "4.9", ""], "is numeric, but 1 cell is no number", "numbers such as 1400.5", "'abc' (line 3)"),
    "units here and there": (
        ["5.1cm", "5.1", "4.9", "tall", "5"], "is numeric, but 2 cells are no number", "numbers such as 1400.5",
        "'5.1cm' (line 2), 'tall' (line 5)"),
    "two currencies": (
        ["$1", "$2", "3", "4 $", "€5"], "is numeric, but 1 cell is no number", "numbers with the mark $",
        "'€5' (line 6)"),
    "one word among dates": (
        ["2020-05-17", "2020-05-18", "soon"], "has dates (%Y-%m-%d), but 1 cell is none", "dates", "'soon' (line 4)"),
    "two dates that are none": (
        ["17.05.2020", "18.05.2020", "1.1.2021", "31.02.2020", "40.01.2020"],
        "has dates (%d.%m.%Y), but 2 cells are none", "dates", "'31.02.2020' (line 5), '40.01.2020' (line 6)"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "message", "expected", "received"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_a_column_with_a_few_bad_cells_is_an_error_that_names_them(guess, cells, message, expected, received):
    with pytest.raises(DataError) as caught:
        guess(column(*cells))
    (problem,) = caught.value.problems
    assert (problem.where, problem.message) == ("column 'a'", message)
    assert (problem.expected, problem.received) == (expected, received)
    assert (problem.kind, problem.column, problem.count) == ("bad_cells", "a", received.count("line"))
    assert problem.examples == tuple(re.findall(r"line \d+", received))
    assert problem.hint == (
        "correct the file, or say what to do: data.columns.a.bad_values=missing (count them as missing), "
        "data.columns.a.type=category (take it as text)"
    )


NASTY = ["bill length", "it's", 'say "x"', "a.b", "价格", "a=b", "[0]", "$HOME", "two\nlines", "back\\slash", "#", "*"]


@pytest.mark.skipif(sys.platform == "win32", reason="the quotes of a POSIX shell")
@pytest.mark.parametrize("name", NASTY, ids=ascii)
def test_what_is_proposed_can_be_pasted_into_a_shell(text, name):
    problem = guess_type(text(["1", "2", "x"], name), Column()).problem
    words = shlex.split(problem.hint.split("say what to do: ")[1].replace(" (count them as missing),", ""))
    assert [read_override(word)[:2] for word in words[:2]] == [
        (("data", "columns", name, "bad_values"), "missing"),
        (("data", "columns", name, "type"), "category"),
    ]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [(BAD_CELLS["one word among numbers"][0], "number"), (BAD_CELLS["one word among dates"][0], "date")],
    ids=["numbers", "dates"],
)
def test_bad_cells_can_be_missing_values(kinds, cells, kind):
    types, _ = kinds(column(*cells), a={"bad_values": "missing"})
    assert types == {"a": kind, "z": "number"}


def test_text_with_a_number_now_and_then_is_no_number_because_bad_values_may_be_missing(kinds):
    types, _ = kinds(column("red", "", "1", "blue", "green"), a={"bad_values": "missing"})
    assert types == {"a": "category", "z": "number"}


NUMERALS = {
    "decimal commas": ["1,5", "2,25", "", "3"],
    "thousands": ["1,400", "12,000.50", "2,000"],
    "percent": ["12%", "7.5 %", "3%"],
    "a currency": ["$1,000", "$3.50", "20"],
}


@pytest.mark.parametrize("cells", NUMERALS.values(), ids=NUMERALS)
def test_numbers_as_people_write_them_are_numbers(kinds, cells):
    assert kinds(column(*cells)) == ({"a": "number", "z": "number"}, [])


CODES = {
    "in each row": ["007", "012", "113", "007"],
    "in one row": ["113", "7", "012"],
    "beside gaps": ["113", "", "012"],
    "within quotes": ['"113"', '"012"', "7"],
    "with a decimal point": ["1.5", "02.5", "3"],
}


@pytest.mark.parametrize("cells", CODES.values(), ids=CODES)
def test_codes_with_leading_zeros_stay_text(kinds, cells):
    assert kinds(column(*cells)) == ({"a": "category", "z": "number"}, [])


@pytest.mark.parametrize("cells", [["0", "1", "2"], ["0.5", "-0.25", "0"], ["0e5", "1", "2"]], ids=str)
def test_a_zero_alone_is_no_leading_zero(kinds, cells):
    assert kinds(column(*cells)) == ({"a": "number", "z": "number"}, [])


ORDERS = {
    "slashes": (["01/02/2020", "03/04/2020"], "%m/%d/%Y", "%d/%m/%Y"),
    "dashes": (["01-02-2020", "03-04-2020"], "%d-%m-%Y", "%m-%d-%Y"),
}


@pytest.mark.parametrize(("cells", "taken", "other"), ORDERS.values(), ids=ORDERS)
def test_dates_whose_day_and_month_may_be_exchanged_are_said(kinds, cells, taken, other):
    types, (finding,) = kinds(column(*cells))
    assert types == {"a": "date", "z": "number"}
    assert (finding.severity, finding.where) == ("warning", "column 'a'")
    assert finding.message == f"is read as {taken}; all its dates are right as {other}, too"
    assert finding.hint == f"if that is wrong: data.columns.a.format={other}"


def test_the_format_with_a_blank_that_is_proposed_can_be_typed(kinds):
    _, (finding,) = kinds(column("01/02/2020 10:00", "03/04/2020 11:00"))
    assert finding.hint == "if that is wrong: 'data.columns.a.format=%d/%m/%Y %H:%M'"


def test_two_digits_of_a_year_that_mean_the_future_are_said(kinds):
    types, (finding,) = kinds(column("1/2/55", "5/17/71"))
    assert types == {"a": "date", "z": "number"}
    assert (finding.kind, finding.severity) == ("century", "warning")
    assert finding.message == "has years of two digits, which are read as 1969 to 2068: '1/2/55' is 2055-01-02"


def test_four_digits_of_a_year_may_be_the_future(kinds):
    assert kinds(column("1/2/2055", "5/17/1971")) == ({"a": "date", "z": "number"}, [])


def test_times_are_read_as_seconds_and_that_is_said(kinds):
    types, (finding,) = kinds(column("14:35", "08:00", ""))
    assert types == {"a": "number", "z": "number"}
    assert (finding.kind, finding.severity) == ("seconds", "note")
    assert finding.message == "is read as times or durations in seconds: '14:35' is 52,500"
    assert finding.hint == "if they are none: data.columns.a.type=category"


def test_truth_values_in_several_spellings_are_text_and_that_is_said(kinds):
    types, (finding,) = kinds(column("TRUE", "0", "1", "no"))
    assert types == {"a": "category", "z": "number"}
    assert (finding.kind, finding.severity) == ("truths", "warning")
    assert finding.message == ("has truth values in several spellings, and is taken as text: 'TRUE', '0', '1', 'no'")
    assert finding.hint == "if they mean the same, write them in one way in the file"


UNITS = {
    "a few": (["5 kg", "7 kg", "9 kg"], "category", "has numbers with 'kg', and is taken as text", ""),
    "different in every row": (
        [f"${number}.5M" for number in range(20)], "",
        "has numbers with '$', 'M', which as text are different in every row, and is left out",
        "; to learn from it all the same: data.columns.a.type=category"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "kind", "message", "keep"), UNITS.values(), ids=UNITS)
def test_numbers_with_units_are_said(guess, cells, kind, message, keep):
    guesses, (finding,) = guess(column(*cells))
    assert (guesses["a"].type, finding.kind, finding.message) == (kind, "unit", message)
    assert finding.hint.endswith(keep)
    assert finding.hint.startswith("if they are quantities, ")


def test_all_columns_with_bad_cells_are_reported_at_once(guess):
    with pytest.raises(DataError) as caught:
        guess("a;b;z\n1;1;0\n2;x;1\ny;3;0\n")
    assert [problem.where for problem in caught.value.problems] == ["column 'a'", "column 'b'"]


IDENTIFIERS = {
    "text": (
        [f"user {number}" for number in range(20)], "is text that is different in every row", "category"),
    "a row number": (
        [str(number + 5) for number in range(20)], "counts the rows: each number is one more than that before it",
        "number"),
    "64-bit ids": (
        [str(2**53 + 7919**2 * number * number) for number in range(1, 21)],
        "has numbers of 16 digits and more, different in every row: names", "number"),
    "64-bit ids of which one is missing": (
        [str(2**53 + 7919**2 * number * number) for number in range(1, 20)] + [""],
        "has numbers of 16 digits and more, different in every row: names", "number"),
    "64-bit ids and a longer one": (
        [str(2**53 + 7919**2 * number * number) for number in range(1, 20)] + [str(2**66)],
        "has numbers of 16 digits and more, different in every row: names", "number"),
    "64-bit ids with a sign": (
        [str(-(2**53) - 7919**2 * number * number) for number in range(1, 21)],
        "has numbers of 16 digits and more, different in every row: names", "number"),
    "64-bit ids that repeat, or differ by less than a number can tell": (
        [str(2**60 + number) for number in range(20)],
        "has whole numbers of 16 digits and more, too long to be told apart as numbers: names", "category"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "message", "kind"), IDENTIFIERS.values(), ids=IDENTIFIERS)
def test_an_identifier_is_left_out(kinds, cells, message, kind):
    types, (finding,) = kinds(column(*cells))
    assert types == {"z": "number"}
    assert (finding.severity, finding.where) == ("warning", "column 'a'")
    assert finding.message == f"{message} (an identifier?), and is left out"
    assert finding.hint == f"to learn from it all the same: data.columns.a.type={kind}"


def test_many_identifiers_are_one_warning(kinds):
    names = "abcdef"
    lines = [";".join([*(f"{name} {row}" for name in names), str(row % 2)]) for row in range(20)]
    types, (finding,) = kinds("\n".join(["a;b;c;d;e;f;z", *lines]))
    assert types == {"z": "number"}
    assert (finding.severity, finding.where) == ("warning", "")
    assert finding.message == "6 columns are different in every row (identifiers?) and are left out: 'a', 'b', 'c', ..."
    assert finding.hint == "to learn from it all the same: data.columns.a.type=category"


def test_a_row_number_is_kept_where_there_is_nothing_else(guess):
    guesses, findings = guess("x;e\n" + "".join(f"{row};\n" for row in range(30)))
    assert {name: each.type for name, each in guesses.items()} == {"x": "number", "e": ""}
    assert [finding.message for finding in findings] == ["has no value in any row and is left out"]


NO_IDENTIFIERS = {
    "few rows": ([f"user {number}" for number in range(19)], "category"),
    "a row number of few rows": ([str(number) for number in range(19)], "number"),
    "large quantities": ([f"{number}e{20 + number % 3}" for number in range(1, 21)], "number"),
    "infinities": (["inf", "-inf"] * 10, "number"),
    "the largest numbers": (["1e308", "-1e308"] * 10, "number"),
    "numbers that skip": ([str(number * 2) for number in range(20)], "number"),
}


@pytest.mark.parametrize(("cells", "kind"), NO_IDENTIFIERS.values(), ids=NO_IDENTIFIERS)
def test_what_makes_no_identifier(kinds, cells, kind):
    assert kinds(column(*cells)) == ({"a": kind, "z": "number"}, [])


def test_the_override_that_is_proposed_can_be_typed(guess):
    with pytest.raises(DataError) as caught:
        guess("bill.length;z\n1;1\n2;0\nx;1\n")
    assert 'data.columns."bill.length".type=category' in caught.value.problems[0].hint


def test_a_column_without_any_value_is_left_out(kinds):
    types, (finding,) = kinds(column("", "NA", "?"))
    assert types == {"z": "number"}
    assert (finding.severity, finding.message) == ("warning", "has no value in any row and is left out")


def test_a_table_without_any_column_to_learn_from_is_an_error(guess):
    with pytest.raises(DataError) as caught:
        guess("a;b\n;\nNA;?\n")
    assert [(problem.where, problem.message) for problem in caught.value.problems] == [
        ("data.features", "all 2 features are left out"),
        ("column 'a'", "has no value in any row and is left out"),
        ("column 'b'", "has no value in any row and is left out"),
    ]


def test_the_columns_of_the_bank_are_guessed_right(shipped):
    names = ["age", "job", "default", "balance", "housing", "loan", "contact", "month", "poutcome"]
    types, findings = guess_types(read_table([shipped("bank")], names), names, {})
    assert findings == []
    assert {name: guess.type for name, guess in types.items()} == {
        "age": "number", "job": "category", "default": "boolean", "balance": "number", "housing": "boolean",
        "loan": "boolean", "contact": "category", "month": "category", "poutcome": "category",
    }  # fmt: skip
