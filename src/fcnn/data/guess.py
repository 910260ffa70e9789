"""What a column was taken for, and how it is said that one is left out."""

from typing import NamedTuple, Optional

from fcnn.data.column import Column
from fcnn.data.findings import Noticed, about_column
from fcnn.data.remedies import override
from fcnn.wording import say

MOST_SHARE = 0.5
"""A text column of which more than this share of the cells are numbers (or dates) is one with bad cells."""
ID_ROWS = 20
"""From this many rows on, a column that is different in every row may be an identifier."""


class Guess(NamedTuple):
    """What a column was taken for."""

    type: str
    """``number``, ``category``, ``boolean`` or ``date``; empty where the column is left out."""
    reason: str
    """Why, in a few words."""
    problem: Optional[Noticed] = None
    """A warning where it is left out or doubtful, an error where it cannot be used."""


def identifier(column: Column, kind: str, what: str, reason: str, type_to_keep: str) -> Guess:
    """A column that is left out since it seems to name the rows."""
    message = say("{what} (an identifier?), and is left out", what=what)
    return left_out(column, kind, message, reason, to_keep(column.name, type_to_keep))


def to_keep(name: str, type_to_keep: str) -> str:
    """How to learn from a column that is left out."""
    return say("to learn from it all the same: {override}", override=override(name, "type", type_to_keep))


def left_out(column: Column, kind: str, message: str, reason: str, hint: str = "") -> Guess:
    """A column that is left out, with a warning."""
    return Guess("", reason, about_column(kind, column.name, message, len(column), severity="warning", hint=hint))
