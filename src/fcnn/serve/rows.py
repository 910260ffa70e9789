"""Rows of a request as a table: what a cell means is what it means in a file."""

from typing import Dict, FrozenSet, List, Mapping, Optional, Sequence, Union

import numpy as np

from fcnn.data.column import Column, Numbers, Table, Text, raw_text, recoded, without
from fcnn.data.encoding import as_written, number_spellings
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.rows import RowNames, frame_rows
from fcnn.data.states import Category, ColumnState, Number

Cell = Union[str, int, float, bool, None]
Row = Mapping[str, Cell]


def table_of_rows(preprocessing: Preprocessing, rows: Sequence[Row]) -> Table:
    """The columns that predicting needs.

    Args:
        preprocessing: of the run.
        rows: each has all of those columns, perhaps others; None is a missing value.
    """
    names = frame_rows(len(rows))
    missing = preprocessing.missing
    columns: Dict[str, Column] = {}
    for state in preprocessing.columns:
        cells = [row[state.name] for row in rows]
        columns[state.name] = _column(state, cells, names, missing.of(state.name))
    return Table(columns, names, len(rows))


def _column(state: ColumnState, cells: List[Cell], names: RowNames, missing: FrozenSet[str]) -> Column:
    if not {type(cell) for cell in cells} - {int, float, type(None)}:
        values = np.array(list(map(_as_float, cells)), dtype=np.float64)
        return Numbers(state.name, names, without(values, missing))
    if isinstance(state, Number):
        return _mixed_numbers(state, cells, names, missing)
    levels = number_spellings(state.levels) if isinstance(state, Category) else {}
    spelled = {text: state.levels[code] for text, code in levels.items()} if isinstance(state, Category) else {}
    known = frozenset(state.levels) if isinstance(state, Category) else frozenset()
    return _text(state.name, [_as_text(cell, known, spelled) for cell in cells], names, missing)


def _mixed_numbers(state: Number, cells: List[Cell], names: RowNames, missing: FrozenSet[str]) -> Text:
    """Numbers, some of which are text: the others are written as those are."""
    only_text = [cell if isinstance(cell, str) else None for cell in cells]
    text = _text(state.name, only_text, names, missing)
    written = as_written(state, text)
    mark = written.decimal if isinstance(written, Number) else "."
    texts = [cell if cell is None or isinstance(cell, str) else raw_text(cell).replace(".", mark) for cell in cells]
    return _text(state.name, texts, names, missing)


def _as_text(cell: Cell, known: FrozenSet[str], spelled: Mapping[str, str]) -> Optional[str]:
    """A cell as it would stand in the file that the run learnt from."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return next((word for word in (str(cell), str(cell).upper()) if word in known), str(cell).lower())
    text = raw_text(cell)
    return text if text in known else spelled.get(text, text)


def _text(name: str, cells: Sequence[Optional[str]], names: RowNames, missing: FrozenSet[str]) -> Text:
    levels: Dict[str, int] = {}
    codes = [-1 if cell is None else levels.setdefault(cell, len(levels)) for cell in cells]
    return recoded(name, names, np.array(codes, dtype=np.int32), list(levels), missing)


def _as_float(cell: Cell) -> float:
    """A number, NaN where there is none; infinite where it is one of hundreds of digits."""
    try:
        return np.nan if cell is None else float(cell)
    except OverflowError:
        return float("inf")
