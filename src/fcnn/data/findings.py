"""Findings about many columns as one."""

from dataclasses import replace
from typing import List, Mapping

from fcnn.errors import Problem

MOST_SINGLE = 3
"""Columns of which the same is said that get a line of their own; more share one."""


def together(problems: Mapping[str, Problem], message: str) -> List[Problem]:
    """The problems of some columns, or one in place of them where they are many.

    Args:
        problems: by column name; of one kind and severity.
        message: what is said of them together, after ``12 columns``.

    Returns:
        One for each column, or ``12 columns are constant: 'a', 'b', 'c', ...`` with the first one's hint.
    """
    found = list(problems.values())
    if len(found) <= MOST_SINGLE:
        return found
    named = ", ".join(map(repr, list(problems)[:MOST_SINGLE]))
    return [replace(found[0], message=f"{len(found):,} columns {message}: {named}, ...", where="")]
