"""The column to predict: its task, its classes or its scale."""

import re
from dataclasses import replace
from typing import Dict, Iterable, List, Tuple, Union

import msgspec
import numpy as np
from msgspec import Struct

from fcnn.config.fit import class_named
from fcnn.data.column import Column
from fcnn.data.dates import read_dates
from fcnn.data.faults import fault_of
from fcnn.data.findings import column_place
from fcnn.data.numbers import numeric_but_for, to_numbers
from fcnn.data.numerals import read_numerals, unit_behind
from fcnn.data.remedies import override
from fcnn.data.scaling import mean_and_std, standardise
from fcnn.data.types import MOST_SHARE
from fcnn.errors import DataError, Problem
from fcnn.wording import Said, say, say_many

CLASS_TASKS = ("binary", "multiclass")
CLASS_TYPES = ("category", "boolean")
"""Types of a column that make the target one of classes; ``number`` makes it a quantity."""
MOST_CLASSES = 20
"""A target of whole numbers with more different values than this is a quantity, unless the config says otherwise."""


class Target(Struct, frozen=True, kw_only=True):
    """What is predicted; fitted on the training rows."""

    name: str
    task: str
    """``binary``, ``multiclass`` or ``regression``."""
    classes: Tuple[str, ...] = ()
    """Class names by code; of a binary task the second is the positive one. Empty for regression."""
    mean: float = 0.0
    """Regression: mean of the training rows, in the target's own unit."""
    std: float = 1.0
    """Regression: standard deviation of the training rows, in the target's own unit."""

    decimal: str = "."
    """The decimal mark of a quantity that is written with separators or units."""
    bad_values: str = "error"
    """What cells are that are no numbers: an error, or ``missing``; then their rows have no target."""

    def fitted(self, values: np.ndarray) -> "Target":
        """The same, a quantity scaled by the training rows: (rows,) as :meth:`raw` returns them."""
        if self.task != "regression":
            return self
        mean, std = mean_and_std(values, column_place(self.name))
        return msgspec.structs.replace(self, mean=mean, std=std)

    def encode(self, column: Column) -> np.ndarray:
        """Turn raw values into what the network learns.

        Args:
            column: the values as read, none missing.

        Returns:
            (rows,) int32 codes of classes, or (rows,) float32 standardised values.

        Raises:
            DataError: a value that is none of the classes, or no finite number, or too large for float32.
        """
        if self.task == "regression":
            return standardise(column, self.raw(column), self.mean, self.std)
        return self.raw(column)

    def raw(self, column: Column) -> np.ndarray:
        """(rows,) int32 codes of classes, or (rows,) float64 values in the target's own unit; see :meth:`encode`."""
        if self.task == "regression":
            return to_numbers(column, "regression needs a number in each row", self.decimal)
        text = column.as_text()
        codes = {_without_point(name): code for code, name in enumerate(self.classes)}
        spelled = {level: codes.get(_without_point(level)) for level in text.levels}
        found = text.look_up({level: code for level, code in spelled.items() if code is not None})
        unknown = np.flatnonzero(np.isnan(found))
        if len(unknown):
            raise fault_of(text, unknown, _no_class, ", ".join(self.classes[:20]))
        return found.astype(np.int32)

    def unscale(self, values: np.ndarray) -> np.ndarray:
        """Standardised predictions (rows,) to float64 in the target's own unit."""
        return np.asarray(values, dtype=np.float64) * self.std + self.mean


def _no_class(count: int) -> Said:
    return say_many(count, "1 cell is no class of this run", "{count:,} cells are no class of this run")


def without_target(count: int) -> Said:
    """So many rows cannot be used."""
    return say_many(count, "1 row has no target and is left out", "{count:,} rows have no target and are left out")


def readable(column: Column, bad_values: str, decimal: str) -> Column:
    """The target with its bad values missing, where the config says so.

    Args:
        column: as it was read.
        bad_values: ``missing`` to take cells that are no numbers as missing.
        decimal: the decimal mark of the file.
    """
    if bad_values != "missing":
        return column
    text = column.as_text()
    bad = np.isnan(text.look_up(read_numerals(text.present(), decimal).values))
    return replace(text, codes=np.where(bad, np.int32(-1), text.codes))


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
    spellings = column.as_text().present()
    levels = _classes_of(spellings)
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
        hint = f"data.task={choose_task(column, 'auto', decimal)}"
        raise DataError(Problem(say("a binary target has two classes"), where, "2", found, hint))
    if task != "auto":
        return task
    if kind in CLASS_TYPES:
        return "binary" if len(levels) == 2 else "multiclass"
    numbers = read_numerals(spellings, decimal)
    bad = np.flatnonzero(np.isnan(column.as_text().look_up(numbers.values)))
    if len(levels) > MOST_CLASSES and 0 < len(bad) < MOST_SHARE * len(column):
        raise DataError(_bad_cells(column, bad))
    values = np.array(list(numbers.values.values()))
    is_quantity = bool(numbers.notation) or len(levels) > MOST_CLASSES or bool((np.floor(values) != values).any())
    if len(values) == len(spellings) and is_quantity:
        return "regression"
    return "binary" if len(levels) == 2 else "multiclass"


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


def _bad_cells(column: Column, bad: np.ndarray) -> Problem:
    """A target that is numbers but for some cells."""
    hint = say(
        "correct the file, or say what to do: {missing} (leave these rows out), "
        "data.task=multiclass (they are classes)",
        missing=override(column.name, "bad_values", "missing"),
    )
    where = column_place(column.name)
    return Problem(numeric_but_for(len(bad)), where, say("numbers"), column.as_text().examples(list(bad)), hint)


def class_names(column: Column, task: str, positive: Union[str, int, float, bool, None]) -> List[str]:
    """The classes of a target in the order of their codes.

    Numbers are sorted as numbers, text as text; the positive class of a binary task comes last. A `positive` that is
    none of the classes changes nothing: :func:`fcnn.config.check_fit` says so, with its place in the config.

    Raises:
        DataError: almost each row has a class of its own.
    """
    names = sorted(_classes_of(column.as_text().present()), key=_natural)
    where = column_place(column.name)
    if len(names) > max(2, len(column) // 2):
        message = say(
            "{classes:,} classes for {rows:,} rows: hardly any class has two rows to learn from",
            classes=len(names),
            rows=len(column),
        )
        raise DataError(Problem(message, where, hint=_quantity_hint(names)))
    if positive is not None and task == "binary":
        last = class_named(positive, names)
        names.sort(key=lambda name: name == last)
    return names


def _classes_of(spellings: Iterable[str]) -> List[str]:
    """The classes that some texts mean, each by its shortest spelling: 1 and 1.0 are one class, 01 is another."""
    names: Dict[str, str] = {}
    for spelling in spellings:
        key = _without_point(spelling)
        names[key] = min(spelling, names.get(key, spelling), key=len)
    return list(names.values())


def _without_point(name: str) -> str:
    """A whole number that was written as one with a fraction, as pandas does beside missing values, without it."""
    return name.split(".")[0] if _WHOLE.fullmatch(name) else name


_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)\.0*")


def _quantity_hint(names: List[str]) -> str:
    """What to do with a target that has too many values to be classes."""
    half = len(names) / 2
    if len(read_numerals(names).values) > half:
        return say("is it a quantity? data.task=regression")
    if len(read_dates(names).values) > half:
        return say("they are dates: a network predicts numbers or classes, such as the days until then, or the year")
    unit = unit_behind(names)
    if unit:
        return say("if they are quantities, leave {unit!r} out in the file", unit=unit)
    return say("is it an identifier? Choose another target; or join classes, or leave out the rows of rare ones")


def _natural(name: str) -> Tuple[int, float, str]:
    is_number = re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", name)
    return (0, float(name), name) if is_number else (1, 0.0, name)
