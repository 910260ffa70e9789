"""Columns as they were read, some rows at a time, before it is known what the other rows hold."""

from dataclasses import dataclass
from typing import Any, Collection, Dict, List, NamedTuple, Sequence, Union

import numpy as np
import pandas as pd

from fcnn.data.column import Column, Numbers, numbers_of, raw_levels, recoded, without
from fcnn.data.rows import FileRows, RowNames

LEVEL_BYTES = 150
"""A short text as a Python object, with its place in a list and in a dictionary."""


class Codes(NamedTuple):
    """Text as it was read."""

    codes: np.ndarray
    """(rows,) int32 positions in `values`, -1 where missing."""
    values: List[Any]
    """The different cells, mostly ``str``."""


RawColumn = Union[np.ndarray, Codes]
"""A column of some rows as it was read: (rows,) float64, or text."""


@dataclass
class RawTable:
    """Rows of one file as they were read."""

    source: FileRows
    columns: Dict[str, List[RawColumn]]
    """Some rows after the others of each column."""


def raw_column(column: "pd.Series[Any]", as_text: bool = False) -> RawColumn:
    """A column of a frame as numbers, or as codes of its cells."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Codes(column.cat.codes.to_numpy().astype(np.int32), list(column.cat.categories))
    values = None if as_text else numbers_of(column)
    # a copy lets go of the frame, of which all columns may be one array
    return Codes(*raw_levels(column)) if values is None else np.array(values)


def bytes_of(column: RawColumn) -> int:
    """The memory that some rows of a column take, about."""
    if isinstance(column, Codes):
        return int(column.codes.nbytes) + LEVEL_BYTES * len(column.values)
    return int(column.nbytes)


def all_missing(column: RawColumn) -> bool:
    """Whether some rows of a column have no value at all."""
    if isinstance(column, Codes):
        return bool((column.codes < 0).all())
    return bool(np.isnan(column).all())


def joined(name: str, rows: RowNames, columns: Sequence[RawColumn], missing: Collection[str]) -> Column:
    """A column of rows that were read one after another: all numbers or all text, but for those without any value."""
    has_numbers = any(not isinstance(raw, Codes) and not all_missing(raw) for raw in columns)
    if has_numbers or not any(isinstance(raw, Codes) for raw in columns):
        values = [np.full(len(raw.codes), np.nan) if isinstance(raw, Codes) else raw for raw in columns]
        return Numbers(name, rows, without(values[0] if len(values) == 1 else np.concatenate(values), missing))
    if len(columns) == 1 and isinstance(columns[0], Codes):
        return recoded(name, rows, *columns[0], missing)
    different: Dict[Any, int] = {}
    codes = []
    for raw in columns:
        if not isinstance(raw, Codes):  # nothing but missing values
            codes.append(np.full(len(raw), -1, dtype=np.int32))
            continue
        new = np.array([*(different.setdefault(value, len(different)) for value in raw.values), -1], dtype=np.int32)
        codes.append(new[raw.codes])
    return recoded(name, rows, np.concatenate(codes), list(different), missing)
