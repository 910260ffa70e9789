"""What is noticed in a table, for a person and for a program; findings about many columns as one."""

from dataclasses import dataclass, replace
from typing import Iterable, List, Mapping, Optional, Tuple

from msgspec import Struct

from fcnn.errors import Problem
from fcnn.wording import Said, say

MOST_SINGLE = 3
"""Columns of which the same is said that get a line of their own; more share one."""


@dataclass(frozen=True)
class Noticed(Problem):
    """Something about a table that is left out, replaced or doubtful: a Problem that a program can read, too."""

    kind: str = "other"
    """A word that stays the same while sentences change: ``constant``, ``imputed``, ``merged``, ``identifier`` ..."""
    column: Optional[str] = None
    """The column that it is about; None where it is about the rows, the file or the split."""
    count: Optional[int] = None
    """How many rows or cells it is about."""
    examples: Tuple[str, ...] = ()
    """The first of them: ``line 17``."""
    each: Tuple["Noticed", ...] = ()
    """The findings that this one stands for."""


class FindingReport(Struct, frozen=True, kw_only=True):
    """A finding in ``data.json``: plain data, and the sentence that was printed."""

    severity: str
    """``warning`` or ``note``; of what cannot be trained on ``error``."""
    kind: str
    """As in :class:`Noticed`; ``config`` where it is about the config."""
    column: Optional[str] = None
    where: str = ""
    message: str
    expected: str = ""
    received: str = ""
    hint: str = ""
    count: Optional[int] = None
    examples: Tuple[str, ...] = ()


def column_place(name: str) -> Said:
    """The place of a problem with a column."""
    return say("column {name!r}", name=name)


def about_column(
    kind: str,
    name: str,
    message: str,
    count: int,
    *,
    severity: str,
    expected: str = "",
    received: str = "",
    hint: str = "",
    examples: Tuple[str, ...] = (),
) -> Noticed:
    """Something about a column; the arguments are the fields of :class:`Noticed`."""
    where = column_place(name)
    return Noticed(message, where, expected, received, hint, severity, kind, name, count, examples)


def together(problems: Mapping[str, Noticed], message: str, hint: str = "") -> List[Problem]:
    """The findings about some columns, or one in place of them where they are many.

    Args:
        problems: by column name; of one kind and severity.
        message: what is said of them together, after ``12 columns``.
        hint: what to do about all of them; else the first one's stands for them.

    Returns:
        One for each column, or ``12 columns are constant: 'a', 'b', 'c', ...`` with one hint.
    """
    found = list(problems.values())
    if len(found) <= MOST_SINGLE:
        return list(found)
    named = ", ".join(map(repr, list(problems)[:MOST_SINGLE]))
    whole = say("{count:,} columns {what}: {names}, ...", count=len(found), what=message, names=named)
    every = replace(found[0], message=whole, where="", column=None, count=len(found), examples=(), each=tuple(found))
    return [replace(every, hint=hint or every.hint)]


def report_findings(problems: Iterable[Problem]) -> Tuple[FindingReport, ...]:
    """Problems as plain data, one for each column where one line stands for many."""
    return tuple(map(_finding, single_findings(problems)))


def single_findings(problems: Iterable[Problem]) -> List[Problem]:
    """The problems, each by itself where one line stands for many."""
    return [each for problem in problems for each in (getattr(problem, "each", ()) or (problem,))]


def _finding(problem: Problem) -> FindingReport:
    noticed = problem if isinstance(problem, Noticed) else Noticed(problem.message, kind="config")
    return FindingReport(
        severity=problem.severity,
        kind=noticed.kind,
        column=noticed.column,
        where=str(problem.where),
        message=str(problem.message),
        expected=str(problem.expected),
        received=str(problem.received),
        hint=str(problem.hint),
        count=noticed.count,
        examples=tuple(map(str, noticed.examples)),
    )
