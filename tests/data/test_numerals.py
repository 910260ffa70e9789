"""Numbers as people write them."""

# ruff: noqa: RUF001 - signs that look like others are what this is about

import pytest

from fcnn.data.numerals import read_numerals

READINGS = {
    "plain": (["1", "-2", "+3.5", ".5", "6.", "1e3", "-2.5E-3"],
        [1, -2, 3.5, 0.5, 6, 1000, -0.0025], ".", ""),
    "infinite": (["inf", "-Infinity", "1"], [float("inf"), float("-inf"), 1], ".", ""),
    "thousands": (["1,400", "1,400.5", "12,345,678"], [1400, 1400.5, 12345678], ".", "thousands separators"),
    "Indian thousands": (["12,34,567", "1,00,000.5", "99,999"], [1234567, 100000.5, 99999], ".",
        "thousands separators"),
    "Arabic marks": (["٣٫٥", "١٬٠٠٠٫٢٥", "٧٪"], [3.5, 1000.25, 7], ".", "thousands separators and percent signs"),
    "decimal commas": (["1,5", "-2,25", "3"], [1.5, -2.25, 3], ",", "decimal commas"),
    "points and decimal commas": (["1.400,5", "2.000", "3"], [1400.5, 2000, 3], ",",
        "thousands separators and decimal commas"),
    "blanks between thousands": (["1 400,5", "2 000 000"], [1400.5, 2000000], ",",
        "thousands separators and decimal commas"),
    "narrow blanks": (["1\u202f400", "2\u00a0000"], [1400, 2000], ".", "thousands separators"),
    "apostrophes": (["1'400.5", "2\u2019000"], [1400.5, 2000], ".", "thousands separators"),
    "percent": (["12%", "7.5 %", "-3%"], [12, 7.5, -3], ".", "percent signs"),
    "euros before and behind": (["€3.50", "20 €", "€ 1"], [3.5, 20, 1], ".", "the mark €"),
    "dollars and thousands": (["$1,000", "-$2.50", "$-3"], [1000, -2.5, -3], ".",
        "thousands separators and the mark $"),
    "yuan in its three ways": (["￥100", "¥200", "300元"], [100, 200, 300], ".", "the mark ¥"),
    "parentheses": (["(200)", "(1,000.50)", "3"], [-200, -1000.5, 3], ".",
        "parentheses for minus and thousands separators"),
    "the minus behind": (["1.179,26-", "250,28-", "3,5"], [-1179.26, -250.28, 3.5], ",",
        "thousands separators and decimal commas and the minus behind"),
    "digits of other scripts": (["１２", "４.５", "٣", "－7"], [12, 4.5, 3, -7], ".", ""),
    "the minus of typesetters": (["−5", "−1,000.5"], [-5, -1000.5], ".", "thousands separators"),
    "full-width signs": (["（２００）", "1，000", "￥5"], [-200, 1000, 5], ".",
        "parentheses for minus and thousands separators and the mark ¥"),
    "marked and plain": (["12%", "7", "1e2"], [12, 7, 100], ".", "percent signs"),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "values", "decimal", "notation"), READINGS.values(), ids=READINGS)
def test_texts_are_read_as(texts, values, decimal, notation):
    numerals = read_numerals(texts)
    assert numerals.values == dict(zip(texts, values))
    assert (numerals.decimal, numerals.notation) == (decimal, notation)


@pytest.mark.parametrize(("decimal", "value"), [(".", 1234.0), (",", 1.234)], ids=["point", "comma"])
def test_what_could_be_either_is_read_with_the_mark_of_the_file(decimal, value):
    assert read_numerals(["1,234"], decimal).values == {"1,234": value}


@pytest.mark.parametrize(("decimal", "value"), [(".", 1.234), (",", 1234.0)], ids=["point", "comma"])
def test_a_point_before_three_digits_is_read_with_the_mark_of_the_file(decimal, value):
    assert read_numerals(["1.234", "12 %"], decimal).values["1.234"] == value
    assert read_numerals(["1.234"], decimal).values["1.234"] == value


def test_no_group_of_thousands_begins_with_a_zero():
    assert read_numerals(["0.234"], ",").values == {"0.234": 0.234}


def test_the_mark_that_reads_most_wins_over_the_mark_of_the_file():
    numerals = read_numerals(["1,234", "1,5", "2,25"], ".")
    assert (numerals.decimal, numerals.values) == (",", {"1,234": 1.234, "1,5": 1.5, "2,25": 2.25})


NO_NUMBERS = [
    "", "abc", "5.1cm", "123,45,678", "1,23,45", "1.23.456", "12,34.5", "1.2.3", "1 23", "--1", "(5",
    "5)", "€5€", "5 % %", "1e", "0x10", "1_000", "Ⅳ", "1/2", "18-25", "nan", "5 m", "€", "-", ".", ",", "1,,000",
    "1 400 00", "2-", "-1.50-", "(1.50-)",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda text: ascii(text) or "empty")
def test_no_number_is(text):
    assert read_numerals([text]).values == {}


def test_numbers_with_another_unit_than_most_are_none():
    assert read_numerals(["$1", "$2", "€3", "4"]).values == {"$1": 1, "$2": 2, "4": 4}


def test_indian_thousands_are_none_where_the_comma_is_the_decimal_mark():
    assert read_numerals(["12,34,567", "1,5", "2,25"], ",").values == {"1,5": 1.5, "2,25": 2.25}


def test_times_are_seconds():
    numerals = read_numerals(["14:35", "00:01"])
    assert (numerals.values, numerals.seconds) == ({"14:35": 52500, "00:01": 60}, True)
    assert numerals.notation == "hours and minutes, in seconds"


def test_a_time_among_numbers_is_none():
    assert read_numerals(["1", "2", "14:35"]).values == {"1": 1, "2": 2}
