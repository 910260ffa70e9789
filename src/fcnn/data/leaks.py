"""Features that tell the target by themselves, in every row: they may be known only after it is."""

from typing import Iterator, Optional, Tuple

import numpy as np

from fcnn.config.structs import Data
from fcnn.data.column import Column, Numbers, Table
from fcnn.data.findings import Noticed, about_column
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.remedies import leave_out
from fcnn.data.states import Date
from fcnn.data.target import Target
from fcnn.wording import say

LEAST_ROWS = 10
"""Of fewer rows it may be chance."""
LOOKED_AT = 10
"""Rows for each value that a column may have: most have more values than that in them already."""


def leaks(
    table: Table, preprocessing: Preprocessing, target: Target, values: np.ndarray, data: Data
) -> Iterator[Tuple[str, Noticed]]:
    """Features that say the target by themselves, by name.

    Args:
        table: the usable rows.
        preprocessing: fitted on training rows.
        target: fitted likewise.
        values: (rows,) the target's raw codes or values.
        data: the config's section.
    """
    for state in preprocessing.columns:
        if isinstance(state, Date) or len(values) < LEAST_ROWS:
            continue
        column = table[state.name]
        tells = _is_equal(column, values) if target.task == "regression" else _names_class(column, target, values)
        if tells:
            hint = say("is it known before the target is? If not: {override}", override=leave_out(data, state.name))
            message = say("alone tells the target in every row")
            yield state.name, about_column("leak", state.name, message, len(values), severity="warning", hint=hint)


def _is_equal(column: Column, values: np.ndarray) -> bool:
    """Whether a column is the quantity itself."""
    return isinstance(column, Numbers) and bool((column.values == values).all())


def _names_class(column: Column, target: Target, values: np.ndarray) -> bool:
    """Whether each of a few values of a column stands beside one class alone."""
    most = 2 * len(target.classes)
    if _levels(column, LOOKED_AT * most)[1] > most:
        return False
    codes, levels = _levels(column)
    return len(np.unique(codes * len(target.classes) + values)) == levels <= most


def _levels(column: Column, rows: Optional[int] = None) -> Tuple[np.ndarray, int]:
    """(rows,) int64 codes of the different cells of the first rows, one for missing ones, and how many there are."""
    cells = np.nan_to_num(column.values[:rows], nan=-np.inf) if isinstance(column, Numbers) else column.codes[:rows]
    levels, codes = np.unique(cells, return_inverse=True)
    return codes.astype(np.int64), len(levels)
