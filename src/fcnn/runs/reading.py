"""What is to be read of a table for a run that is there: its columns, as the run knows them."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Collection, Dict, FrozenSet, Iterator, List, Sequence, Tuple

import numpy as np

from fcnn.data.column import Column, Numbers, Table, Text
from fcnn.data.header import Header, read_header
from fcnn.data.missing import Missing
from fcnn.data.pieces import read_pieces
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.roles import appears_twice
from fcnn.data.states import ColumnState, Number
from fcnn.data.table import read_table
from fcnn.errors import DataError, Problem, did_you_mean
from fcnn.wording import say, say_joined, say_many

MOST_NAMED = 10
"""Columns that are not there and get a line of their own: looking for what may be meant takes its time."""


@dataclass(frozen=True)
class Reading:
    """A file that has the columns that predicting needs."""

    header: Header
    columns: Tuple[str, ...]
    """Those to read, in order."""
    as_text: FrozenSet[str]
    """Those whose values must stay the text that is in the file."""
    missing: Missing
    """What stands for a missing value."""
    filled: Tuple[ColumnState, ...] = ()
    """The features that the file lacks, and that count as missing in every row."""
    problems: Tuple[Problem, ...] = ()
    """What was guessed of the file, and what was filled."""

    def whole(self, columns: Sequence[str], as_text: Collection[str]) -> Table:
        """Some columns of the whole file, those in `as_text` as the text that is in it.

        Raises:
            DataError: it cannot be read, decoded or parsed, or has no rows.
        """
        return read_table([self.header.path], columns, as_text, missing=self.missing)

    def without(self, names: Collection[str]) -> "Reading":
        """The same for fewer columns."""
        return replace(self, columns=tuple(name for name in self.columns if name not in names))

    def pieces(self) -> Iterator[Table]:
        """The file piece by piece; see :func:`fcnn.data.pieces.read_pieces`."""
        return map(self._with_filled, read_pieces(self.header, self.columns, self.as_text, self.missing))

    def _with_filled(self, table: Table) -> Table:
        columns: Dict[str, Column] = dict(table.columns)
        for state in self.filled:
            if isinstance(state, Number):
                columns[state.name] = Numbers(state.name, table.rows, np.full(len(table), np.nan))
            else:
                columns[state.name] = Text(state.name, table.rows, np.full(len(table), -1, dtype=np.int32), ())
        return Table(columns, table.rows, len(table))


def plan_reading(
    preprocessing: Preprocessing, path: Path, extra: Sequence[str] = (), carried: Sequence[str] = (), fill: bool = False
) -> Reading:
    """Compare the header of a file with what a run needs.

    Args:
        preprocessing: of the run.
        path: the file, in whatever encoding it is: not that of the training.
        extra: further columns wanted, as text: the target, a weight.
        carried: columns that only have to be there.
        fill: count a column that is not there as missing in every row, where the run can: where it was missing in
            training rows.

    Raises:
        DataError: with a Problem for each column that is not there, or there twice; or the file cannot be read.
    """
    header = read_header(path)
    states = {state.name: state for state in preprocessing.columns}
    needed = list(dict.fromkeys([*states, *extra]))
    wanted = list(dict.fromkeys([*needed, *carried]))
    counts = Counter(header.names)
    fillable = [name for name in wanted if name not in counts and name in states and states[name].missing]
    if not any(name in counts for name in states):
        fillable = []  # a table without any of the features is another table
    filled = fillable if fill else []
    absent = [name for name in wanted if name not in counts and name not in filled]
    no_help = {name for name, state in states.items() if not state.missing} if fill else set()
    problems = [*_no_such_columns(absent, header, fillable, no_help)]
    problems += [appears_twice(name, header) for name in wanted if counts[name] > 1]
    if problems:
        raise DataError(*problems, *header.problems)  # a wrong guess of the encoding may be why a name is not there
    numbers = {name for name, state in states.items() if isinstance(state, Number)}
    columns = tuple(name for name in needed if name in counts)
    return Reading(
        header,
        columns,
        frozenset(columns) - numbers,
        preprocessing.missing,
        tuple(states[name] for name in filled),
        (*header.problems, *_said_of_filled(filled, path)),
    )


def _said_of_filled(filled: Sequence[str], path: Path) -> Iterator[Problem]:
    if filled:
        message = say_many(
            len(filled),
            "the table has no column {names}: it counts as missing in every row",
            "the table lacks {count:,} columns, which count as missing in every row: {names}",
            names=", ".join(map(repr, filled)),
        )
        yield Problem(message, str(path), severity="warning")


def _no_such_columns(
    absent: Sequence[str], header: Header, fillable: Collection[str], no_help: Collection[str]
) -> Iterator[Problem]:
    """The problems of columns that are not there.

    Args:
        absent: their names.
        header: of the table.
        fillable: those that filling would help.
        no_help: those that it was asked to help and cannot.
    """
    if header.advice:
        absent = absent[:1]  # the others are no nearer
    for name in absent[:MOST_NAMED]:
        yield _no_such_column(name, header, name in fillable, name in no_help)
    if absent[MOST_NAMED:]:
        names = ", ".join(map(repr, absent[MOST_NAMED : 2 * MOST_NAMED]))
        message = say("and {count:,} columns more: {names}", count=len(absent) - MOST_NAMED, names=names)
        yield Problem(message, str(header.path))


def _no_such_column(name: str, header: Header, fillable: bool, no_help: bool) -> Problem:
    message = say("the table has no column {name!r}", name=name)
    hints: List[str] = [header.advice or did_you_mean(name, header.names)]
    if fillable:
        hints.append(say("--fill counts it as missing in every row"))
    elif no_help:
        hints.append(say("--fill is no help: it was never missing in training"))
    return Problem(message, str(header.path), hint=say_joined("{left}; {right}", [hint for hint in hints if hint]))
