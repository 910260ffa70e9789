"""Rows that a stray quote swallowed: a cell that looks like rows itself, or in which many lines end."""

from typing import Callable, Dict, Iterator, List, Sequence

import numpy as np

from fcnn.data.column import Column, Table, Text
from fcnn.data.findings import Noticed, about_column
from fcnn.data.numerals import read_numerals
from fcnn.data.rows import RowNames
from fcnn.errors import Problem
from fcnn.wording import say, say_many

MOST_LINES = 50
"""A cell of text may have some lines; few have more than these."""
LOOKED_AT = 100
"""Values that tell whether a column read as text is one of numbers."""


def swallowed_rows(table: Table, names: Sequence[str], separator: str, decimal: str) -> List[Problem]:
    """Warnings where rows are missed: of cells that look like rows, or else of files in which none begins for long.

    A cell of several lines looks like rows where each line has as many separators as there must be (the first those
    behind the cell, the last those before it), and each field fits its column: a number, or a word that it has
    elsewhere. A letter or an address does not.

    Args:
        table: all rows that were read.
        names: of all columns of the file, in order.
        separator: of the file; empty for a file that has none.
        decimal: the mark of its numbers.
    """
    if all(source.lines is None for source in table.rows.sources):
        return []  # each line is a row
    found: List[Problem] = []
    fits: Dict[str, Callable[[str], bool]] = {}
    for name in table.columns if separator else ():
        column = table[name]
        levels = [level for level in getattr(column, "levels", ()) if "\n" in level]
        if not levels or not isinstance(column, Text):
            continue
        fits = fits or {name: _fits(table[name], decimal) for name in table.columns}
        checks = [fits.get(name, _anything) for name in names]
        like_rows = [level for level in levels if _is_like_rows(level, names.index(name), checks, separator)]
        rows = np.flatnonzero(column.look_up(dict.fromkeys(like_rows, 1.0)) == 1.0)
        if len(rows):
            places = column.rows.first_names(rows)
            message = say_many(
                len(rows),
                "1 cell looks like rows of the table that a quote swallowed ({place})",
                "{count:,} cells look like rows of the table that a quote swallowed (the first in {place})",
                place=places[0],
            )
            hint = say('is a quote (") there that opens a field and should not?')
            found.append(
                about_column("swallowed_rows", name, message, len(rows), severity="warning", hint=hint, examples=places)
            )
    return found or list(long_rows(table.rows))


def _is_like_rows(cell: str, position: int, checks: Sequence[Callable[[str], bool]], separator: str) -> bool:
    """Whether a cell is the end of a row, perhaps some whole ones, and the beginning of another."""
    first, *between, last = cell.split("\n")
    before, behind = [""] * position, [""] * (len(checks) - 1 - position)
    rows = [[*before, *first.split(separator)], *(line.split(separator) for line in between)]
    rows.append([*last.split(separator), *behind])
    fields = [(check, field.strip(' "')) for row in rows for check, field in zip(checks, row)]
    said = [check(field) for check, field in fields if field and check is not _anything]
    return all(len(row) == len(checks) for row in rows) and bool(said) and all(said)


def _anything(_: str) -> bool:
    return True


def _fits(column: Column, decimal: str) -> Callable[[str], bool]:
    """What tells whether a text may be a cell of a column; :func:`_anything` where its cells differ from each other."""
    if isinstance(column, Text):
        counts = column.counts()
        if len(counts) <= len(column) / 2:
            return frozenset(level for level in counts if "\n" not in level).__contains__
        some = list(counts)[:LOOKED_AT]
        if len(read_numerals(some, decimal).values) < 0.9 * len(some):
            return _anything
    return lambda text: bool(read_numerals([text], decimal).values)


def long_rows(rows: RowNames) -> Iterator[Noticed]:
    """A warning for each file in which no row begins for many lines.

    Args:
        rows: of the whole table, in order.
    """
    for source in rows.sources:
        lines = np.arange(0) if source.lines is None else source.lines
        long = np.flatnonzero(np.diff(lines) > MOST_LINES)
        if len(long):
            first, following = int(lines[long[0]]), int(lines[long[0] + 1])
            message = say("between the lines {first} and {following} no row begins", first=first, following=following)
            hint = say('is a quote (") in line {first} that opens a field and should not?', first=first)
            examples = tuple(source.place(int(row)) for row in long[:5])
            yield Noticed(
                message,
                source.file,
                hint=hint,
                severity="warning",
                kind="long_rows",
                count=len(long),
                examples=examples,
            )
