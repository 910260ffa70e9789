"""A table that is read piece by piece, all of it in the one way in which its dates and decimal marks are written."""

from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, List, Optional, Tuple, TypeVar

import numpy as np

from fcnn.data.column import Table
from fcnn.data.encoding import Surprise
from fcnn.data.faults import Fault, FaultError, add_up_faults
from fcnn.data.findings import column_place
from fcnn.data.preprocessing import Preprocessing
from fcnn.errors import DataError, Problem
from fcnn.jobs.surprises import add_up_surprises
from fcnn.wording import say

Found = TypeVar("Found")
Use = Callable[[Table, np.ndarray, int], None]
"""Takes a piece of a table, its rows as the network takes them, (rows, features) float32, and the position of the first
of them."""


@dataclass
class Encoded:
    """What the pieces of a table were found to be together."""

    rows: int = 0
    surprises: List[Surprise] = field(default_factory=list)
    faults: List[Fault] = field(default_factory=list)


def in_one_notation(
    preprocessing: Preprocessing, pieces: Callable[[], Iterable[Table]], use: Use
) -> Tuple[Preprocessing, Encoded]:
    """Encode a table piece by piece, as :func:`settled_notation` has it written.

    Args:
        preprocessing: as the training rows were written.
        pieces: reads the table from its beginning; what was made of it until then does not count any more.
        use: what is made of each piece; of none after one that has a value which cannot be encoded.

    Returns:
        How the table is written, and what was found in it.

    Raises:
        DataError: it is written in two ways.
    """
    return settled_notation(preprocessing, lambda state: _attempt(state, pieces(), use))


def settled_notation(
    preprocessing: Preprocessing, attempt: Callable[[Preprocessing], Tuple[Optional[Preprocessing], Found]]
) -> Tuple[Preprocessing, Found]:
    """Attempt something with a table; again where its dates or decimal marks are found to be written in another way.

    03/04/2021 in the last rows must not be read month first where 13/04/2021 stands before it, or behind it.

    Args:
        preprocessing: as the training rows were written.
        attempt: returns the other notation, if it meets one, and what it has made of the table.

    Returns:
        How the table is written, and what was made of it.

    Raises:
        DataError: it is written in two ways.
    """
    used = [preprocessing]
    while True:
        other, found = attempt(used[-1])
        if other is None:
            return used[-1], found
        if other in used:
            raise DataError(*_two_ways(used[-1], other))
        used.append(other)


def _attempt(
    preprocessing: Preprocessing, pieces: Iterable[Table], use: Use
) -> Tuple[Optional[Preprocessing], Encoded]:
    """Encode all pieces; or tell the notation of the first one that is written in another, and stop there."""
    found, names = Encoded(), [column.name for column in preprocessing.columns]
    for table in pieces:
        other = preprocessing.as_written(table)
        if other is not preprocessing:
            return other, found
        try:
            x, surprises = preprocessing.transform(table)
            found.surprises = add_up_surprises([*found.surprises, *surprises], names)
            if not found.faults:
                use(table, x, found.rows)
        except FaultError as error:
            found.faults = add_up_faults([*found.faults, *error.faults])
        found.rows += len(table)
    return None, found


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
