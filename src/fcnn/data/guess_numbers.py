"""Guessing what a column is that was read as numbers: numbers mostly, but also row numbers, long ids, and dates."""

from typing import Optional

import numpy as np

from fcnn.data.column import Numbers
from fcnn.data.dates import EIGHT_DIGITS, SHORT_SHARE, date_share
from fcnn.data.findings import Noticed, about_column
from fcnn.data.guess import ID_ROWS, Guess, identifier
from fcnn.data.remedies import override
from fcnn.wording import say

EXACT_INTEGERS = 2.0**53
"""Whole numbers from here on may be names (64-bit ids): float64 cannot even tell neighbours apart."""
LARGEST_INTEGER = 2.0**64
"""Those beyond this are no ids but large quantities, where they are not fewer than the ids."""


def guess_numbers(column: Numbers) -> Guess:
    """What a column of numbers is, at least one of which is there."""
    share = date_share(column.values)
    if share == 1:
        return Guess("date", say("dates, {format}", format=EIGHT_DIGITS))
    if share >= SHORT_SHARE:
        return Guess("number", say("numbers"), _nearly_dates(column))
    if len(column) >= ID_ROWS:
        if _counts_rows(column):
            message = say("counts the rows: each number is one more than that before it")
            return identifier(column, "row_number", message, say("counts the rows"), "number")
        return _long_ids(column) or Guess("number", say("numbers"))
    return Guess("number", say("numbers"))


def _nearly_dates(column: Numbers) -> Noticed:
    message = say("is read as numbers, most of which are dates such as 20200517")
    hint = say("to read them as dates: {override}", override=override(column.name, "format", EIGHT_DIGITS))
    return about_column("nearly_dates", column.name, message, len(column), severity="warning", hint=hint)


def _counts_rows(column: Numbers) -> bool:
    values = column.values
    first, last = float(values[0]), float(values[-1])
    if last - first < len(values) - 1 or not first.is_integer() or last >= EXACT_INTEGERS:
        return False  # most columns end here, before each of their rows is looked at
    places = column.rows.positions  # where rows were left out, as many numbers are left out
    steps = 1 if places is None else np.diff(places)
    return bool((values[1:] == values[:-1] + steps).all())


def _long_ids(column: Numbers) -> Optional[Guess]:
    """Whole numbers of 16 digits and more; None where there are none, or as many that are longer than any id."""
    values = column.values
    if max(np.fmax.reduce(values), -np.fmin.reduce(values)) <= EXACT_INTEGERS:
        return None
    present = values[~np.isnan(values)]
    sizes = np.abs(present)
    larger = np.count_nonzero(sizes >= LARGEST_INTEGER)
    ids = np.count_nonzero(sizes > EXACT_INTEGERS) - larger
    if ids <= larger or (np.floor(present) != present).any():
        return None
    if len(np.unique(present)) == len(present):
        message = say("has numbers of 16 digits and more, different in every row: names")
        return identifier(column, "identifier", message, say("long numbers, different in every row"), "number")
    message = say("has whole numbers of 16 digits and more, too long to be told apart as numbers: names")
    return identifier(column, "long_numbers", message, say("long numbers"), "category")
