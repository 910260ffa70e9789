"""Guessing what a column of text is: numbers and dates as people write them, truth values, or words."""

from typing import List, Optional

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.data.booleans import boolean_words, truths
from fcnn.data.classes import ONE_SPELLING
from fcnn.data.column import OTHERS, Numbers, Text
from fcnn.data.dates import CENTURY, Dates, iso, read_dates
from fcnn.data.findings import Noticed, about_column
from fcnn.data.guess import ID_ROWS, MOST_SHARE, Guess, identifier, left_out, to_keep
from fcnn.data.guess_many import guess_many
from fcnn.data.guess_numbers import guess_numbers
from fcnn.data.numbers import numeric_but_for, percent_signs
from fcnn.data.numerals import Numerals, read_numerals
from fcnn.data.remedies import as_category, override
from fcnn.data.units import listed_units, unit_advice, units_of
from fcnn.wording import say, say_joined, say_list, say_many


def guess_text(column: Text, stated: Stated, decimal: str) -> Guess:
    """What a column of text is.

    Args:
        column: of the table; at least one row has a value.
        stated: what the config says of it: no type and no format.
        decimal: the decimal mark of the file.
    """
    levels = column.present()
    if OTHERS in levels:
        return guess_many(column)
    if boolean_words(levels) is not None:
        return Guess("boolean", say_joined("{left} and {right}", map(repr, sorted(levels))))
    are_codes = any(level[:1] == "0" and level[1:2].isdigit() for level in levels)  # 007 and 7 are two
    return (
        _numerals(column, read_numerals(levels, decimal), stated, are_codes)
        or _dates(column, read_dates(levels), stated)
        or _words(column, levels, are_codes)
    )


def _numerals(column: Text, numerals: Numerals, stated: Stated, are_codes: bool) -> Optional[Guess]:
    values = column.look_up(numerals.values)
    bad = _bad_rows(column, values)
    if bad is None or (are_codes and not numerals.seconds):
        return None
    reason = say("numbers with {marks}", marks=numerals.notation) if numerals.notation else say("numbers")
    if len(bad) and stated.bad_values != "missing":
        expected = reason if numerals.notation else say("numbers such as 1400.5")
        return _bad(column, numeric_but_for(len(bad)), expected, bad)
    if not numerals.notation:  # a parser keeps the text of some that are too long for it
        return guess_numbers(Numbers(column.name, column.rows, values))
    return Guess("number", reason, _seconds(column, numerals) if numerals.seconds else _percent(column, values))


def _bad_rows(column: Text, values: np.ndarray) -> Optional[np.ndarray]:
    """The rows that have a cell and no value; None where no more than half of the cells have one.

    Args:
        column: the text.
        values: (rows,) float64 what it was read as, NaN where a cell is missing or could not be read.
    """
    bad = np.flatnonzero(np.isnan(values) & ~column.missing)
    present = int((~column.missing).sum())
    return bad if present - len(bad) > MOST_SHARE * present else None


def _seconds(column: Text, numerals: Numerals) -> Noticed:
    """A note on times without a date."""
    example, value = max(numerals.values.items(), key=lambda item: item[1])
    message = say("is read as times or durations in seconds: {example!r} is {value:,g}", example=example, value=value)
    hint = say("if they are none: {override}", override=as_category(column.name))
    return about_column("seconds", column.name, message, len(column), severity="note", hint=hint)


def _percent(column: Text, values: np.ndarray) -> Optional[Noticed]:
    """A warning where some numbers have a percent sign and others have none; 0 is the same with and without."""
    there = ~np.isnan(values) & (values != 0.0)
    signed = percent_signs(column) & there
    bare = np.flatnonzero(there & ~signed)
    if not signed.any() or not len(bare):
        return None
    message = say(
        "{signed:,} of {count:,} numbers have a percent sign: each is read as the number that stands there",
        signed=int(signed.sum()),
        count=int(there.sum()),
    )
    found = column.examples([int(np.flatnonzero(signed)[0]), int(bare[0])])
    hint = say("if 12% and 0.12 are the same, write all of them in one way in the file")
    examples = column.rows.first_names(bare)
    return about_column(
        "percent", column.name, message, len(bare), severity="warning", received=found, hint=hint, examples=examples
    )


def _dates(column: Text, dates: Dates, stated: Stated) -> Optional[Guess]:
    bad = _bad_rows(column, column.look_up(dates.values))
    if bad is None:
        return None
    if len(bad) and stated.bad_values != "missing":
        message = say_many(
            len(bad),
            "has dates ({format}), but 1 cell is none",
            "has dates ({format}), but {count:,} cells are none",
            format=dates.format,
        )
        return _bad(column, message, say("dates"), bad)
    return Guess("date", say("dates, {format}", format=dates.format), _order(column, dates) or _century(column, dates))


def _order(column: Text, dates: Dates) -> Optional[Noticed]:
    """A warning where another order of day, month and year is as right."""
    if not dates.other:
        return None
    message = say(
        "is read as {format}; all its dates are right as {other}, too", format=dates.format, other=dates.other
    )
    hint = say("if that is wrong: {override}", override=override(column.name, "format", dates.other))
    return about_column("date_order", column.name, message, len(column), severity="warning", hint=hint)


def _century(column: Text, dates: Dates) -> Optional[Noticed]:
    """A warning where two digits of a year may be of the century before."""
    text, last = max(dates.values.items(), key=lambda item: item[1])
    if "%y" not in dates.format or last < CENTURY:
        return None
    message = say(
        "has years of two digits, which are read as 1969 to 2068: {text!r} is {date}", text=text, date=iso(last)
    )
    hint = say("if that is wrong, write four digits in the file")
    return about_column("century", column.name, message, len(column), severity="warning", hint=hint)


def _words(column: Text, levels: List[str], are_codes: bool) -> Guess:
    units = units_of(levels) if len(levels) > 2 else []
    different = say("text, different in every row")
    is_different = len(levels) == len(column) >= ID_ROWS
    if units:
        found, advice = listed_units(units), unit_advice(units)
        if is_different:
            message = say(
                "has numbers with {units}, which as text are different in every row, and is left out", units=found
            )
            hint = say("{advice}; {keep}", advice=advice, keep=to_keep(column.name, "category"))
            return left_out(column, "unit", message, different, hint)
        message = say("has numbers with {units}, and is taken as text", units=found)
        problem = about_column("unit", column.name, message, len(column), severity="warning", hint=advice)
        return Guess("category", say("text, {count:,} different values", count=len(levels)), problem)
    if is_different:
        message = say("is text that is different in every row")
        return identifier(column, "identifier", message, different, "category")
    if len(levels) > 2 and truths(levels):
        message = say(
            "has truth values in several spellings, and is taken as text: {levels}", levels=say_list(map(repr, levels))
        )
        problem = about_column("truths", column.name, message, len(column), severity="warning", hint=ONE_SPELLING)
        return Guess("category", say("text, {count:,} different values", count=len(levels)), problem)
    if are_codes:
        return Guess("category", say("codes with leading zeros, {count:,} different values", count=len(levels)))
    return Guess("category", say_many(len(levels), "text, always the same", "text, {count:,} different values"))


def _bad(column: Text, message: str, expected: str, rows: np.ndarray) -> Guess:
    hint = say(
        "correct the file, or say what to do: {missing} (count them as missing), {category} (take it as text)",
        missing=override(column.name, "bad_values", "missing"),
        category=as_category(column.name),
    )
    problem = about_column(
        "bad_cells",
        column.name,
        message,
        len(rows),
        severity="error",
        expected=expected,
        received=column.examples(list(rows)),
        hint=hint,
        examples=column.rows.first_names(rows),
    )
    return Guess("", say("bad cells"), problem)
