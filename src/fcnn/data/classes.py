"""The classes of a target: which there are, in which order, and whether they are any."""

import re
from typing import Dict, Iterable, List, Sequence, Tuple, Union

from fcnn.config.fit import class_named
from fcnn.data.column import Column
from fcnn.data.dates import read_dates
from fcnn.data.findings import column_place
from fcnn.data.numerals import read_numerals
from fcnn.data.units import unit_advice, units_of
from fcnn.errors import DataError, Problem
from fcnn.wording import say

NO_DATES = say("they are dates: a network predicts numbers or classes, such as the days until then, or the year")
ONE_SPELLING = say("if they mean the same, write them in one way in the file")


def class_names(column: Column, task: str, positive: Union[str, int, float, bool, None]) -> List[str]:
    """The classes of a target in the order of their codes.

    Numbers are sorted as numbers, text as text; the positive class of a binary task comes last. A `positive` that is
    none of the classes changes nothing: :func:`fcnn.config.check_fit` says so, with its place in the config.

    Raises:
        DataError: almost each row has a class of its own.
    """
    names = sorted(classes_of(column.as_text().present()), key=_natural)
    if len(names) > max(2, len(column) // 2):
        message = say(
            "{classes:,} classes for {rows:,} rows: hardly any class has two rows to learn from",
            classes=len(names),
            rows=len(column),
        )
        identifier = say(
            "is it an identifier? Choose another target; or join classes, or leave out the rows of rare ones"
        )
        raise DataError(Problem(message, column_place(column.name), hint=quantity_advice(names) or identifier))
    if positive is not None and task == "binary":
        last = class_named(positive, names)
        names.sort(key=lambda name: name == last)
    return names


def classes_of(spellings: Iterable[str]) -> List[str]:
    """The classes that some texts mean, each by its shortest spelling: 1 and 1.0 are one class, 01 is another."""
    names: Dict[str, str] = {}
    for spelling in spellings:
        key = without_point(spelling)
        names[key] = min(spelling, names.get(key, spelling), key=len)
    return list(names.values())


def without_point(name: str) -> str:
    """A whole number that was written as one with a fraction, as pandas does beside missing values, without it."""
    return name.split(".")[0] if _WHOLE.fullmatch(name) else name


_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)\.0*")


def quantity_advice(names: Sequence[str]) -> str:
    """What to do with classes that are no names: dates, times, or numbers with a unit; empty where they are names."""
    half = len(names) / 2
    numbers = read_numerals(names)
    if len(numbers.values) > half:
        if numbers.seconds:
            return say("they are times: as a quantity they are predicted in seconds, data.task=regression")
        return say("is it a quantity? data.task=regression")
    if len(read_dates(names).values) > half:
        return NO_DATES
    units = units_of(names)
    return unit_advice(units) if units else ""


def _natural(name: str) -> Tuple[int, float, str]:
    is_number = re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", name)
    return (0, float(name), name) if is_number else (1, 0.0, name)
