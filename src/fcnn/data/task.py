"""Classes or a quantity: what a network is to predict, where the config does not say."""

from typing import List

import numpy as np

from fcnn.data.booleans import truths
from fcnn.data.classes import NO_DATES, ONE_SPELLING, classes_of, quantity_advice
from fcnn.data.column import OTHERS, Column
from fcnn.data.dates import SHORT_SHARE, date_share
from fcnn.data.findings import column_place
from fcnn.data.guess import MOST_SHARE
from fcnn.data.meanings import NUMBER, Understood
from fcnn.data.numbers import numeric_but_for, to_numbers
from fcnn.data.numerals import read_numerals
from fcnn.data.remedies import override
from fcnn.errors import DataError, Problem
from fcnn.wording import say

CLASS_TYPES = ("category", "boolean")
"""Types of a column that make the target one of classes; ``number`` makes it a quantity."""
LOOKED_AT = 1000
"""Values of which something is said where there are very many."""
MOST_CLASSES = 20
"""A target of whole numbers with more different values than this is a quantity, unless the config says otherwise."""


def choose_task(column: Column, task: str, decimal: str = ".", hint: str = "", kind: str = "auto") -> str:
    """The task that the config names or that the target's values suggest.

    Text is classes. Numbers with fractions, or whole numbers with more than MOST_CLASSES different values, are
    regression; fewer are classes. Two different values are binary.

    Args:
        column: the target without missing values, as text.
        task: of the config; ``auto`` to guess.
        decimal: the decimal mark of the file.
        hint: what an error proposes where all values are equal.
        kind: the type of the column that the config states; ``category`` is classes, ``boolean`` two of them,
            ``number`` a quantity.

    Raises:
        DataError: the values do not allow the task.
    """
    where = column_place(column.name)
    if isinstance(column, Understood):
        return _task_of_meaning(column)
    spellings = column.as_text().present()
    if OTHERS in spellings:
        message = say("has more than {count:,} different values: too many for classes", count=len(spellings) - 1)
        raise DataError(Problem(message, where, hint=quantity_advice(spellings[:LOOKED_AT])))
    levels = classes_of(spellings)
    if len(levels) < 2:
        found = ", ".join(map(repr, levels)) or say("no value at all")
        message = say("the target is the same in every row that has one")
        raise DataError(Problem(message, where, say("at least two values"), found, hint))
    if task == "auto":
        task = {"number": "regression", "boolean": "binary"}.get(kind, task)
    if task == "regression":
        _check_quantity(column, spellings, decimal)
    if task == "binary" and len(levels) > 2:
        found = f"{len(levels):,}: {', '.join(sorted(map(str, levels))[:5])}{', ...' if len(levels) > 5 else ''}"
        hint = ONE_SPELLING if truths(levels) else f"data.task={choose_task(column, 'auto', decimal)}"
        raise DataError(Problem(say("a binary target has two classes"), where, "2", found, hint))
    if task != "auto":
        return task
    if kind in CLASS_TYPES:
        return "binary" if len(levels) == 2 else "multiclass"
    numbers = read_numerals(spellings, decimal)
    bad = np.flatnonzero(np.isnan(column.as_text().look_up(numbers.values)))
    if len(levels) > MOST_CLASSES and 0 < len(bad) < MOST_SHARE * len(column) and not numbers.seconds:
        raise DataError(_bad_cells(column, bad))
    values = np.array(list(numbers.values.values()))
    is_quantity = bool(numbers.notation) or len(levels) > MOST_CLASSES or bool((np.floor(values) != values).any())
    if len(values) == len(spellings) and is_quantity and not numbers.seconds:
        if date_share(values) >= SHORT_SHARE:
            raise DataError(_doubtful(column, levels, NO_DATES, "regression"))
        return "regression"
    advice = quantity_advice(spellings) if MOST_CLASSES < len(levels) <= len(column) // 2 else ""
    if advice:
        raise DataError(_doubtful(column, levels, advice, "multiclass"))
    return "binary" if len(levels) == 2 else "multiclass"


def _task_of_meaning(column: Understood) -> str:
    """A target of too many different values to be classes: a quantity, or nothing."""
    where = column_place(column.name)
    if column.meaning.kind != NUMBER or date_share(column.values) >= SHORT_SHARE:
        hint = say("{advice}; to predict it as it is: data.task={task}", advice=NO_DATES, task="regression")
        message = say("has values that are neither plain numbers nor names")
        raise DataError(Problem(message, where, say("classes or numbers"), hint=hint))
    if column.bad:
        raise DataError(_numeric_but_for(column, column.bad, column.cells))
    to_numbers(column, say("regression needs a finite number in each row"))
    return "regression"


def _check_quantity(column: Column, levels: List[str], decimal: str) -> None:
    """Raise where a target is no quantity: text, or numbers but for some cells."""
    where = column_place(column.name)
    numbers = read_numerals(levels, decimal).values
    text = column.as_text()
    bad = np.flatnonzero(np.isnan(text.look_up(numbers)))
    if len(bad) > MOST_SHARE * len(column):
        message = say("the target is text, and regression needs a number in each row")
        hint = say("for classes: data.task={task}", task="binary" if len(levels) == 2 else "multiclass")
        raise DataError(Problem(message, where, say("numbers"), text.examples(list(bad)), hint))
    if len(bad):
        raise DataError(_bad_cells(column, bad))
    to_numbers(column, say("regression needs a finite number in each row"), decimal)


def _doubtful(column: Column, levels: List[str], advice: str, task: str) -> Problem:
    """A target that can be read in a way that is hardly meant."""
    message = say("has {count:,} different values that are neither plain numbers nor names", count=len(levels))
    found = column.as_text().examples(list(range(min(3, len(column)))))
    hint = say("{advice}; to predict it as it is: data.task={task}", advice=advice, task=task)
    return Problem(message, column_place(column.name), say("classes or numbers"), found, hint)


def _bad_cells(column: Column, bad: np.ndarray) -> Problem:
    """A target that is numbers but for some cells."""
    return _numeric_but_for(column, len(bad), column.as_text().examples(list(bad)))


def _numeric_but_for(column: Column, count: int, cells: str) -> Problem:
    """The same of so many cells, of which these are the first."""
    hint = say(
        "correct the file, or say what to do: {missing} (leave these rows out), "
        "data.task=multiclass (they are classes)",
        missing=override(column.name, "bad_values", "missing"),
    )
    return Problem(numeric_but_for(count), column_place(column.name), say("numbers"), cells, hint)
