"""What became of each column, as plain data for ``data.json``, ``fcnn validate`` and ``fcnn init``."""

from typing import List, Mapping, Optional, Tuple

import numpy as np
from msgspec import Struct

from fcnn.data.column import Column, Numbers, Table
from fcnn.data.dates import iso
from fcnn.data.guess import Guess
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.states import Category, ColumnState, Date, Number, names_of
from fcnn.wording import say


class ColumnReport(Struct, frozen=True, kw_only=True):
    """One feature of the config, or a column that could have been one."""

    name: str
    type: str
    """``number``, ``category``, ``boolean`` or ``date``; empty where it is left out."""
    reason: str
    """Why, in a few words; a sentence that can be translated until it is written down."""
    rows: int
    """The rows that have a target."""
    missing: int
    """Those of them in which it has no value."""
    different: Optional[int] = None
    """How many different values it has; None for numbers, whose range says more."""
    lowest: str = ""
    """Of numbers and dates, as text."""
    highest: str = ""
    features: int = 0
    """How many columns of the matrix it becomes."""
    usual: str = ""
    """Of a category the level that most rows have; empty in runs that are older than this."""


def report_columns(
    table: Table, guesses: Mapping[str, Guess], preprocessing: Preprocessing
) -> Tuple[ColumnReport, ...]:
    """What became of each column.

    Args:
        table: the usable rows.
        guesses: what each was taken for, with an empty type where it was left out.
        preprocessing: fitted on training rows; columns that it lacks are the same in all of those.
    """
    states = {state.name: state for state in preprocessing.columns}
    reports: List[ColumnReport] = []
    for name, guess in guesses.items():
        column, state = table[name], states.get(name)
        constant = bool(guess.type) and state is None
        different, lowest, highest = _values(column, state)
        reports.append(
            ColumnReport(
                name=name,
                type="" if state is None else guess.type,
                reason=say("the same in every training row") if constant else guess.reason,
                rows=len(column),
                missing=int(column.missing.sum()),
                different=different,
                lowest=lowest,
                highest=highest,
                features=0 if state is None else len(names_of(state)),
                usual=_most_frequent(column, state) if isinstance(state, Category) else "",
            )
        )
    return tuple(reports)


def _most_frequent(column: Column, state: Category) -> str:
    """The level that most rows have; the first of several."""
    counts = column.as_text().counts()
    return max(state.levels, key=lambda level: counts.get(level, 0), default="")


def _values(column: Column, state: Optional[ColumnState]) -> Tuple[Optional[int], str, str]:
    """How many different values there are of text, the lowest and the highest of numbers and dates."""
    if isinstance(state, Date):
        return None, iso(state.first), iso(state.last)
    if isinstance(column, Numbers) and not column.missing.all():
        lowest, highest = np.fmin.reduce(column.values), np.fmax.reduce(column.values)
        return None, f"{lowest + 0.0:g}", f"{highest + 0.0:g}"  # 0 for -0, whichever of the two comes first
    if isinstance(state, Number):  # written with separators or units
        return None, f"{state.minimum:g}", f"{state.maximum:g}"
    return len(column.as_text().present()), "", ""
