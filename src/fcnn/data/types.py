"""Guessing what each column is: a number, a category, a boolean, a date, or nothing to learn from; and saying why."""

from typing import Dict, List, Mapping, Sequence, Tuple

from fcnn.config.structs import Column as Stated
from fcnn.data.column import Column, Numbers, Table
from fcnn.data.findings import together
from fcnn.data.guess import Guess, left_out
from fcnn.data.guess_many import guess_understood
from fcnn.data.guess_numbers import guess_numbers
from fcnn.data.guess_text import guess_text
from fcnn.data.meanings import Understood
from fcnn.errors import DataError, Problem, errors_in
from fcnn.wording import say, say_many

TOGETHER = {
    "empty": say("have no value in any row and are left out"),
    "row_number": say("count the rows and are left out"),
    "identifier": say("are different in every row (identifiers?) and are left out"),
    "long_numbers": say("have whole numbers of 16 digits and more (identifiers?) and are left out"),
    "truths": say("have truth values in several spellings, and are taken as text"),
    "nearly_dates": say("are read as numbers, most of which are dates such as 20200517"),
    "unit": say("have numbers with units, and are not read as numbers"),
    "percent": say("have some cells with a percent sign and others without"),
    "seconds": say("are read as times or durations in seconds"),
    "date_order": say("have dates whose day and month may be the other way round"),
    "many_texts": say("have more different values than are kept apart on the disk"),
    "names": say("have more different values than are kept apart on the disk, and are left out"),
    "century": say("have years of two digits, which are read as 1969 to 2068"),
}
"""What is said of many columns of which the same kind of thing was noticed."""


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
        return left_out(column, "empty", message, say("no value in any row"))
    if isinstance(column, Understood):
        return guess_understood(column, stated)
    return guess_numbers(column) if isinstance(column, Numbers) else guess_text(column, stated, decimal)
