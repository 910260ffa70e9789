"""A table that is read piece by piece, all of it in the one way in which its dates and decimal marks are written."""

from typing import Any, Callable, List, Optional, Tuple, TypeVar

from fcnn.data.findings import column_place
from fcnn.data.preprocessing import Preprocessing
from fcnn.errors import DataError, Problem
from fcnn.wording import say

Made = TypeVar("Made")
Attempt = Callable[[Preprocessing], Tuple[Optional[Preprocessing], Made]]
"""Reads all pieces in a notation: None and what came of them; or the notation of the first that is written in another
one, where it stops."""


def in_one_notation(preprocessing: Preprocessing, attempt: Attempt[Made]) -> Tuple[Preprocessing, Made]:
    """Read a table; begin again where a piece has dates or decimal marks that are written in another way.

    03/04/2021 in the last rows must not be read month first where 13/04/2021 stands before it, or behind it.

    Args:
        preprocessing: as the training rows were written.
        attempt: reads the table.

    Returns:
        How the table is written, and what came of it.

    Raises:
        DataError: it is written in two ways.
    """
    used = [preprocessing]
    while True:
        other, made = attempt(used[-1])
        if other is None:
            return used[-1], made
        if other in used:
            raise DataError(*_two_ways(used[-1], other))
        used.append(other)


def _two_ways(before: Preprocessing, after: Preprocessing) -> List[Problem]:
    """What is said of columns that are written in one way here and in another there."""
    return [
        Problem(
            say("its dates or decimal marks are written in different ways"),
            column_place(old.name),
            say("one way in all rows"),
            say("{first} and {second}", first=_notation(old), second=_notation(new)),
        )
        for old, new in zip(before.columns, after.columns)
        if old != new
    ]


def _notation(state: Any) -> str:
    return str(getattr(state, "format", "") or repr(state.decimal))
