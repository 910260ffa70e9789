"""Guessing what each column is: a number, a category, a boolean, a date, or nothing to learn from; and saying why."""

from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.data.column import Column, Numbers, Table, Text
from fcnn.data.dates import read_dates
from fcnn.data.findings import Noticed, about_column, together
from fcnn.data.numbers import numeric_but_for, percent_signs
from fcnn.data.numerals import read_numerals, unit_behind
from fcnn.data.remedies import as_category, override
from fcnn.errors import DataError, Problem, errors_in
from fcnn.wording import say, say_joined, say_many

# (false, true) in their usual spellings, compared without case.
BOOLEANS = (
    ("no", "yes"), ("n", "y"), ("false", "true"), ("f", "t"), ("off", "on"), ("否", "是"), ("0", "1"), ("0.0", "1.0"),
)  # fmt: skip
MOST_SHARE = 0.5
"""A text column of which more than this share of the cells are numbers (or dates) is one with bad cells."""
ID_ROWS = 20
"""From this many rows on, a column that is different in every row may be an identifier."""
EXACT_INTEGERS = 2.0**53
"""Whole numbers from here on may be names (64-bit ids): float64 cannot even tell neighbours apart."""
LARGEST_INTEGER = 2.0**64
"""Those beyond this are no ids but large quantities."""

TOGETHER = {
    "empty": say("have no value in any row and are left out"),
    "row_number": say("count the rows and are left out"),
    "identifier": say("are different in every row (identifiers?) and are left out"),
    "long_numbers": say("have whole numbers of 16 digits and more (identifiers?) and are left out"),
    "unit": say("have numbers with a unit behind, and are taken as text"),
    "percent": say("have some cells with a percent sign and others without"),
    "date_order": say("have dates whose day and month may be the other way round"),
}
"""What is said of many columns of which the same kind of thing was noticed."""


class Guess(NamedTuple):
    """What a column was taken for."""

    type: str
    """``number``, ``category``, ``boolean`` or ``date``; empty where the column is left out."""
    reason: str
    """Why, in a few words."""
    problem: Optional[Noticed] = None
    """A warning where it is left out or doubtful, an error where it cannot be used."""


def boolean_words(text: Text, least: int = 2) -> Optional[Tuple[str, str]]:
    """The (false, true) words of a text column that holds nothing else, casefolded; None where it is no boolean.

    Args:
        text: the column.
        least: how many of the two words must be there; 1 where it is known to be a boolean.
    """
    levels = {level.casefold() for level in text.present()}
    return next((pair for pair in BOOLEANS if len(levels) >= least and levels <= set(pair)), None)


def guess_types(
    table: Table, names: Sequence[str], given: Mapping[str, Stated], decimal: str = "."
) -> Tuple[Dict[str, Guess], List[Problem]]:
    """Decide what each feature column is.

    Args:
        table: as :func:`fcnn.data.table.read_table` returns it.
        names: the features.
        given: what the config states of columns; it wins.
        decimal: the decimal mark of the file.

    Returns:
        A guess for each feature, in order, with an empty type where it is left out; and the warnings and notes.

    Raises:
        DataError: columns that are numbers or dates but for some cells, each with rows and values; no column left.
    """
    every = {name: guess_type(table[name], given.get(name, Stated()), decimal) for name in names}
    kinds = {name: guess.problem.kind for name, guess in every.items() if guess.problem is not None}
    if len(kinds) == len(every) and set(kinds.values()) <= {"row_number", "empty"}:
        # x = 1, 2, 3 ... beside nothing else is what to learn from
        counts = [name for name, kind in kinds.items() if kind == "row_number"]
        every.update((name, Guess("number", say("numbers that count the rows"))) for name in counts)
    noticed = {name: guess.problem for name, guess in every.items() if guess.problem is not None}
    errors = errors_in(noticed.values())
    if errors:
        raise DataError(*errors)
    problems: List[Problem] = []
    for kind in dict.fromkeys(problem.kind for problem in noticed.values()):
        same = {name: problem for name, problem in noticed.items() if problem.kind == kind}
        problems += together(same, TOGETHER[kind])
    if not any(guess.type for guess in every.values()):
        raise DataError(_nothing_left(names), *problems)
    return every, problems


def _nothing_left(names: Sequence[str]) -> Problem:
    message = say_many(len(names), "the one feature is left out", "all {count:,} features are left out")
    hint = say("what follows says why, and what keeps each of them")
    return Problem(message, "data.features", say("a column to learn from"), hint=hint)


def guess_type(column: Column, stated: Stated, decimal: str = ".") -> Guess:
    """What one column is."""
    if stated.type != "auto" or stated.format:
        return Guess("date" if stated.type == "auto" else stated.type, say("stated in the config"))
    if column.missing.all():
        message = say("has no value in any row and is left out")
        problem = about_column("empty", column.name, message, len(column), severity="warning")
        return Guess("", say("no value in any row"), problem)
    if isinstance(column, Numbers):
        return _numbers(column)
    levels = column.present()
    if boolean_words(column) is not None:
        return Guess("boolean", say_joined("{left} and {right}", map(repr, sorted(levels))))
    return _numerals(column, levels, stated, decimal) or _dates(column, levels, stated) or _words(column, levels)


def _numbers(column: Numbers) -> Guess:
    values = column.values
    whole = len(values) >= ID_ROWS and bool(np.isfinite(values).all() and (np.floor(values) == values).all())
    places = column.rows.positions  # where rows were left out, as many numbers are left out
    steps = 1 if places is None else np.diff(places)
    if whole and (values[1:] == values[:-1] + steps).all() and values[-1] < EXACT_INTEGERS:
        message = say("counts the rows: each number is one more than that before it")
        return _left_out(column, "row_number", message, say("counts the rows"), "number")
    largest = np.abs(values).max() if whole else 0.0
    if EXACT_INTEGERS < largest < LARGEST_INTEGER:
        if len(np.unique(values)) == len(values):
            message = say("has numbers of 16 digits and more, different in every row: names")
            return _left_out(column, "identifier", message, say("long numbers, different in every row"), "number")
        message = say("has whole numbers of 16 digits and more, too long to be told apart as numbers: names")
        return _left_out(column, "long_numbers", message, say("long numbers"), "category")
    return Guess("number", say("numbers"))


def _left_out(column: Column, kind: str, what: str, reason: str, type_to_keep: str) -> Guess:
    change = override(column.name, "type", type_to_keep)
    hint = say("to learn from it all the same: {override}", override=change)
    message = say("{what} (an identifier?), and is left out", what=what)
    return Guess("", reason, about_column(kind, column.name, message, len(column), severity="warning", hint=hint))


def _numerals(column: Text, levels: List[str], stated: Stated, decimal: str) -> Optional[Guess]:
    if any(level[:1] == "0" and level[1:2].isdigit() for level in levels):
        return None  # codes with leading zeros: 007 and 7 are two
    numerals = read_numerals(levels, decimal)
    good = column.look_up(numerals.values)
    bad = np.flatnonzero(np.isnan(good) & ~column.missing)
    present = int((~column.missing).sum())
    if present - len(bad) <= MOST_SHARE * present:
        return None
    if not len(bad) or stated.bad_values == "missing":
        marks = numerals.notation
        reason = say("numbers with {marks}", marks=marks) if marks else say("numbers")
        return Guess("number", reason, _percent(column, good))
    return _bad(column, numeric_but_for(len(bad)), say("numbers such as 1400.5"), bad)


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


def _dates(column: Text, levels: List[str], stated: Stated) -> Optional[Guess]:
    dates = read_dates(levels)
    bad = np.flatnonzero(np.isnan(column.look_up(dates.values)) & ~column.missing)
    present = int((~column.missing).sum())
    if present - len(bad) <= MOST_SHARE * present:
        return None
    if len(bad) and stated.bad_values != "missing":
        message = say_many(
            len(bad),
            "has dates ({format}), but 1 cell is none",
            "has dates ({format}), but {count:,} cells are none",
            format=dates.format,
        )
        return _bad(column, message, say("dates"), bad)
    problem = None
    if dates.other:
        message = say(
            "is read as {format}; all its dates are right as {other}, too", format=dates.format, other=dates.other
        )
        hint = say("if that is wrong: {override}", override=override(column.name, "format", dates.other))
        problem = about_column("date_order", column.name, message, present, severity="warning", hint=hint)
    return Guess("date", say("dates, {format}", format=dates.format), problem)


def _words(column: Text, levels: List[str]) -> Guess:
    unit = unit_behind(levels) if len(levels) > 2 else ""
    if len(levels) == len(column) >= ID_ROWS:
        message = say("is text that is different in every row")
        if unit:
            message = say("is text that is different in every row, numbers with {unit!r} behind", unit=unit)
        return _left_out(column, "identifier", message, say("text, different in every row"), "category")
    if any(level[:1] == "0" and level[1:].isdigit() for level in levels):
        return Guess("category", say("codes with leading zeros, {count:,} different values", count=len(levels)))
    problem = None
    if unit:
        message = say("has numbers with {unit!r} behind, and is taken as text", unit=unit)
        hint = say("if they are quantities, leave {unit!r} out in the file", unit=unit)
        problem = about_column("unit", column.name, message, len(column), severity="warning", hint=hint)
    return Guess(
        "category", say_many(len(levels), "text, always the same", "text, {count:,} different values"), problem
    )


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
