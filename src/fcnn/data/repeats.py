"""What is in a table twice: rows, which flatter the scores where both are apart, and columns."""

from typing import Dict, Iterator, List, Mapping, Optional, Tuple

import numpy as np
import pandas as pd

from fcnn.config.structs import Data
from fcnn.data.column import OTHERS, Column, Numbers, Table
from fcnn.data.findings import Noticed, about_column
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.remedies import leave_out
from fcnn.data.stored import Matrix, pieces_of
from fcnn.errors import Problem
from fcnn.wording import say, say_joined, say_many

REPEATED_SHARE = 0.01
"""Of the rows that are scored: from this share on, repeated ones are a warning and no note."""
LOOKED_AT = 1000
"""Rows by which columns that may be equal are found; those that are equal in them are compared as a whole."""

HASHED_AT_ONCE = 1024
"""Rows: what a cache holds."""


def repeated_columns(table: Table, preprocessing: Preprocessing, data: Data) -> Dict[str, Noticed]:
    """Features that have the same value as another before them in every row, by name."""
    alike: Dict[Tuple[object, ...], List[str]] = {}
    found: Dict[str, Noticed] = {}
    for name in (state.name for state in preprocessing.columns):
        before = alike.setdefault(_contents(table[name], LOOKED_AT), [])
        whole = _contents(table[name]) if before else ()
        other = next((other for other in before if _contents(table[other]) == whole), None)
        if other is None:
            before.append(name)
            continue
        message = say("has the same value as the column {other!r} in every row", other=other)
        hint = say("one of them is enough: {override}", override=leave_out(data, name))
        found[name] = about_column("repeated_columns", name, message, len(table), severity="note", hint=hint)
    return found


def _contents(column: Column, rows: Optional[int] = None) -> Tuple[object, ...]:
    """What is equal for columns with equal cells in equal order, of the first rows alone where a number is given."""
    if isinstance(column, Numbers):
        values = column.values[:rows] + 0.0  # no zero is below zero
        return (np.where(np.isnan(values), np.nan, values).tobytes(),)
    if OTHERS in column.levels:  # of those that are not kept apart nothing is known
        return (object(),)
    seen, first, codes = np.unique(column.codes[:rows], return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return (rank[codes].tobytes(), *("" if seen[code] < 0 else column.levels[seen[code]] for code in order))


def repeated_rows(
    table: Table,
    matrices: Mapping[str, Matrix],
    values: np.ndarray,
    split: Mapping[str, np.ndarray],
    method: str = "auto",
) -> Iterator[Problem]:
    """Rows that are equal to others in every feature and in the target; scored ones, if they were trained on, too.

    Args:
        table: the usable rows.
        matrices: (rows, features) float32 of each part of the split.
        values: (rows,) the target's raw codes or values.
        split: row positions by part.
        method: of the split.
    """
    hashes = {name: matrix_hashes(matrices[name], values[rows]) for name, rows in split.items()}
    training = split["train"]
    repeats = pd.Series(hashes["train"]).duplicated().to_numpy()
    trained = hashes["train"][~repeats]
    # pandas looks up by hash; NumPy would sort
    scored = {
        name: rows[pd.Series(hashes[name]).isin(trained).to_numpy()] for name, rows in split.items() if name != "train"
    }
    again = np.concatenate([*scored.values(), training[:0]])
    if len(again):
        parts = say_joined(
            "{left} and {right}",
            (say("{count:,} in {part}", count=len(rows), part=name) for name, rows in scored.items() if len(rows)),
        )
        message = say("rows that are equal to training rows are scored: {parts}; their scores may flatter", parts=parts)
        hint = say("leave repeated rows out of the file")
        if method != "group":
            hint = say(
                "leave repeated rows out of the file, or keep what belongs together in one part: "
                "data.split.method=group data.split.column=COLUMN"
            )
        flatters = len(again) >= REPEATED_SHARE * sum(len(split[name]) for name in scored)
        yield _rows(table, again, message, hint, "warning" if flatters else "note")
    elif (
        len(training) > len(trained) >= len(training) / 2
    ):  # else few columns with few values, of which nothing follows
        more = training[repeats]
        message = say_many(
            len(more), "1 training row repeats another one", "{count:,} training rows repeat another one"
        )
        yield _rows(table, more, message, "", "note")


def _rows(table: Table, rows: np.ndarray, message: str, hint: str, severity: str) -> Noticed:
    return Noticed(
        message,
        "data.split",
        hint=hint,
        severity=severity,
        kind="repeated_rows",
        count=len(rows),
        examples=table.rows.first_names(np.sort(rows)),
    )


def matrix_hashes(matrix: Matrix, values: np.ndarray) -> np.ndarray:
    """As :func:`row_hashes`, of a matrix on the disk piece by piece."""
    hashes = np.empty(len(matrix), dtype=np.uint64)
    start = 0
    for piece in pieces_of(matrix):
        rows = slice(start, start + len(piece))
        hashes[rows] = row_hashes(piece, values[rows])
        start = rows.stop
    return hashes


def row_hashes(matrix: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(rows,) uint64: equal for equal rows of matrix and target, and for hardly any others (FNV-1a by words)."""
    prime = np.uint64(0x100000001B3)
    words = np.ascontiguousarray(matrix).view(np.uint32)
    hashes = np.full(len(matrix), 0xCBF29CE484222325, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for start in range(0, len(matrix), HASHED_AT_ONCE):
            part = hashes[start : start + HASHED_AT_ONCE]
            for column in words[start : start + HASHED_AT_ONCE].T:
                part ^= column
                part *= prime
        return (hashes ^ np.asarray(values, dtype=np.float64).view(np.uint64)) * prime
