"""Rows of the table that a run was trained on, read again."""

from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Dict, Iterator, Sequence

import numpy as np

from fcnn.data.column import Table
from fcnn.data.header import read_header
from fcnn.data.pieces import read_cells, read_pieces
from fcnn.data.states import Number
from fcnn.errors import DataError, Problem
from fcnn.jobs.unchanged import check_unchanged
from fcnn.runs.run import Run
from fcnn.wording import say


@dataclass(frozen=True)
class SomeRows:
    """Rows out of one piece of the table."""

    positions: np.ndarray
    """(rows,) int64, 0-based, in the whole table."""
    table: Table
    """The features, and what else was asked for."""
    cells: Dict[str, np.ndarray]
    """By name (rows,) objects of ``str`` as they stand in the file, where they were asked for."""
    file: Path


def rows_of_run(run: Run, positions: np.ndarray, extra: Sequence[str] = (), cells: bool = False) -> Iterator[SomeRows]:
    """Read some rows, piece by piece, so that a table of any size takes little memory.

    Args:
        run: whose table it is.
        positions: (n,) int64 of rows, 0-based over all files in their order, ascending.
        extra: columns beside the features, as text: the target.
        cells: whether the text of the cells is wanted, too.

    Raises:
        DataError: a file is gone, was changed since the training, or cannot be read.
    """
    check_unchanged(run.record.files)
    preprocessing, encoding = run.record.preprocessing, run.config.data.encoding
    names = tuple(dict.fromkeys([*(state.name for state in preprocessing.columns), *extra]))
    as_text = frozenset(names) - {state.name for state in preprocessing.columns if isinstance(state, Number)}
    first = 0
    for path in (Path(file["path"]) for file in run.record.files):
        header = read_header(path, encoding)
        absent = [name for name in names if name not in header.names]
        if absent:
            raise DataError(Problem(say("the table has no column {name!r}", name=absent[0]), str(path)))
        texts = read_cells(header, names) if cells else repeat({})
        for piece, text in zip(read_pieces(header, names, as_text, preprocessing.missing), texts):
            wanted = positions[(positions >= first) & (positions < first + len(piece))]
            if len(wanted):
                inside = wanted - first
                chosen = {name: column[inside] for name, column in text.items()}
                yield SomeRows(wanted, piece.take(inside), chosen, path)
            first += len(piece)
            if not len(positions) or positions[-1] < first:
                return
