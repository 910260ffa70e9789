"""Guessing what each column is: a number, a category, a boolean, a date, or nothing to learn from; and saying why."""

from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from fcnn.config.paths import format_path
from fcnn.config.structs import Column as Stated
from fcnn.data.column import Column, Numbers, Table, Text
from fcnn.data.dates import read_dates
from fcnn.data.findings import together
from fcnn.data.numerals import read_numerals
from fcnn.errors import DataError, Problem, cells_are, errors_in

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


ROW_NUMBER = "a row number"
TOGETHER = {
    "empty": "have no value in any row and are left out",
    ROW_NUMBER: "count the rows and are left out",
    "identifier": "are different in every row (identifiers?) and are left out",
}
"""What is said of many columns that are left out for the same reason."""


class Guess(NamedTuple):
    """What a column was taken for."""

    type: str
    """``number``, ``category``, ``boolean`` or ``date``; empty where the column is left out."""
    reason: str
    """Why, in a few words."""
    problem: Optional[Problem] = None
    """A warning where it is left out or doubtful, an error where it cannot be used."""


def boolean_words(text: Text, least: int = 2) -> Optional[Tuple[str, str]]:
    """The (false, true) words of a text column that holds nothing else, casefolded; None where it is no boolean.

    Args:
        text: the column.
        least: how many of the two words must be there; 1 where it is known to be a boolean.
    """
    levels = {level.casefold() for level in text.present()}
    return next((pair for pair in BOOLEANS if len(levels) >= least and levels <= set(pair)), None)


def override(name: str, key: str, value: str) -> str:
    """The override that says what a column is: ``data.columns.size.type=category``."""
    return f"{format_path(('data', 'columns', name, key))}={value}"


def shell_word(text: str) -> str:
    """A word as it is typed in a shell."""
    return f"'{text}'" if " " in text else text


def as_category(name: str) -> str:
    """The override that makes a column a category."""
    return override(name, "type", "category")


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
        A guess for each column to learn from, in order; and the warnings and notes, also about those left out.

    Raises:
        DataError: columns that are numbers or dates but for some cells, each with rows and values; no column left.
    """
    every = {name: guess_type(table[name], given.get(name, Stated()), decimal) for name in names}
    if all(guess.reason in (ROW_NUMBER, "empty") for guess in every.values()):
        # x = 1, 2, 3 ... beside nothing else is what to learn from
        every = {
            name: Guess("number", guess.reason) if guess.reason == ROW_NUMBER else guess
            for name, guess in every.items()
        }
    errors = errors_in(guess.problem for guess in every.values() if guess.problem is not None)
    if errors:
        raise DataError(*errors)
    problems: List[Problem] = []
    for reason in dict.fromkeys(guess.reason for guess in every.values() if guess.problem is not None):
        same = {name: guess.problem for name, guess in every.items() if guess.problem and guess.reason == reason}
        problems += together(same, TOGETHER.get(reason, f"are {reason}"))
    guesses = {name: guess for name, guess in every.items() if guess.type}
    if not guesses:
        raise DataError(Problem("no column is left to learn from", "data.features"), *problems)
    return guesses, problems


def guess_type(column: Column, stated: Stated, decimal: str = ".") -> Guess:
    """What one column is."""
    where = f"column {column.name!r}"
    if stated.type != "auto" or stated.format:
        return Guess("date" if stated.type == "auto" else stated.type, "stated")
    if column.missing.all():
        return Guess("", "empty", Problem("has no value in any row and is left out", where, severity="warning"))
    if isinstance(column, Numbers):
        return _numbers(column)
    levels = column.present()
    if boolean_words(column) is not None:
        return Guess("boolean", " and ".join(map(repr, sorted(levels))))
    return _numerals(column, levels, stated, decimal) or _dates(column, levels, stated) or _words(column, levels)


def _numbers(column: Numbers) -> Guess:
    values = column.values
    whole = len(values) >= ID_ROWS and bool(np.isfinite(values).all() and (np.floor(values) == values).all())
    if whole and (values[1:] == values[:-1] + 1).all() and values[-1] < EXACT_INTEGERS:
        message = "counts the rows: each number is one more than that before it"
        return _left_out(column.name, message, "number")._replace(reason=ROW_NUMBER)
    largest = np.abs(values).max() if whole else 0.0
    if EXACT_INTEGERS < largest < LARGEST_INTEGER and len(np.unique(values)) == len(values):
        return _left_out(column.name, "has numbers of 16 digits and more, different in every row: names", "number")
    return Guess("number", "numbers")


def _left_out(name: str, what: str, kind: str) -> Guess:
    hint = f"to learn from it all the same: {override(name, 'type', kind)}"
    message = f"{what} (an identifier?), and is left out"
    return Guess("", "identifier", Problem(message, f"column {name!r}", hint=hint, severity="warning"))


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
        return Guess("number", f"numbers with {numerals.notation}" if numerals.notation else "numbers")
    return _bad(column, f"is numeric, but {cells_are(len(bad))} no number", "numbers such as 1400.5", bad)


def _dates(column: Text, levels: List[str], stated: Stated) -> Optional[Guess]:
    dates = read_dates(levels)
    bad = np.flatnonzero(np.isnan(column.look_up(dates.values)) & ~column.missing)
    present = int((~column.missing).sum())
    if present - len(bad) <= MOST_SHARE * present:
        return None
    if len(bad) and stated.bad_values != "missing":
        return _bad(column, f"has dates ({dates.format}), but {cells_are(len(bad))} none", "dates", bad)
    problem = None
    if dates.other:
        message = f"is read as {dates.format}; all its dates are right as {dates.other}, too"
        change = override(column.name, "format", dates.other)
        hint = f"if that is wrong: {shell_word(change)}"
        problem = Problem(message, f"column {column.name!r}", hint=hint, severity="warning")
    return Guess("date", f"dates, {dates.format}", problem)


def _words(column: Text, levels: List[str]) -> Guess:
    if len(levels) == len(column) >= ID_ROWS:
        return _left_out(column.name, "is text that is different in every row", "category")
    return Guess("category", f"text, {len(levels)} different values" if len(levels) > 1 else "text, always the same")


def _bad(column: Text, message: str, expected: str, rows: np.ndarray) -> Guess:
    missing, category = override(column.name, "bad_values", "missing"), as_category(column.name)
    hint = f"correct the file, or say what to do: {missing} (count them as missing), {category} (take it as text)"
    where = f"column {column.name!r}"
    return Guess("", "bad cells", Problem(message, where, expected, column.examples(list(rows)), hint))
