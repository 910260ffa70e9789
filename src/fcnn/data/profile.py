"""What a look at the table shows: imputed and merged values, repeated rows, leaks, imbalance, skew."""

from typing import Iterator, List, Mapping, Tuple

import numpy as np

from fcnn.data.column import Column, Numbers, Table
from fcnn.data.findings import together
from fcnn.data.preprocessing import Category, Date, Number, Preprocessing
from fcnn.data.target import Target
from fcnn.errors import Problem

IMBALANCE = 20
"""The largest class has this many times the rows of the smallest: told."""
SKEW = 5.0
"""Beyond this many standard deviations of the third moment a number is told to be skewed (an exponential has 2)."""
LOOKED_AT = 1000
"""Rows that tell whether a column has few enough values to say the target."""
REPEATED_SHARE = 0.01
"""Of the rows that are scored: from this share on, repeated ones are a warning and no note."""


def profile(
    table: Table,
    preprocessing: Preprocessing,
    target: Target,
    values: np.ndarray,
    matrix: np.ndarray,
    split: Mapping[str, np.ndarray],
) -> List[Problem]:
    """Everything worth saying about the table that its reading has not said.

    Args:
        table: the usable rows.
        preprocessing: fitted on its training rows.
        target: fitted likewise.
        values: (rows,) the target's raw codes or values.
        matrix: (rows, features) float32.
        split: row positions by part.
    """
    training = table.take(split["train"])
    return [
        *together(
            dict(_imputed(training, preprocessing)), "have no value in some training rows, and usual ones stand in"
        ),
        *together(dict(_merged(training, preprocessing)), "have rare values, which are one level each"),
        *together(dict(_skewed(training, preprocessing)), "are far from symmetric"),
        *_leaks(table, preprocessing, target, values),
        *_imbalance(target, values),
        *_repeated(matrix, values, split),
    ]


def _imputed(training: Table, preprocessing: Preprocessing) -> Iterator[Tuple[str, Problem]]:
    for state in preprocessing.columns:
        column = training[state.name]
        missing = np.flatnonzero(column.missing)
        if not len(missing):
            continue
        share = f"no value in {len(missing):,} of {len(column):,} training rows"
        instead = "the usual value stands in"
        if isinstance(state, Number):
            instead = f"the median {state.median:g} stands in"
        elif isinstance(state, Category):
            instead = "they are a level of their own"
        message = f"{share} (the first in {column.rows.name(int(missing[0]))}): {instead}"
        yield state.name, Problem(message, f"column {state.name!r}", severity="note")


def _merged(training: Table, preprocessing: Preprocessing) -> Iterator[Tuple[str, Problem]]:
    for state in preprocessing.columns:
        if isinstance(state, Category) and state.rare:
            counts = training[state.name].as_text().counts()
            rare = [level for level in counts if level not in set(state.levels)]
            rows = sum(counts[level] for level in rare)
            message = f"rare values share one level: {len(rare):,} in {rows:,} training rows, such as {rare[0]!r}"
            yield state.name, Problem(message, f"column {state.name!r}", severity="note")


def _skewed(training: Table, preprocessing: Preprocessing) -> Iterator[Tuple[str, Problem]]:
    for state in preprocessing.columns:
        column = training[state.name]
        if not isinstance(state, Number) or not isinstance(column, Numbers) or state.std == 0:
            continue
        values = column.values[~np.isnan(column.values)]
        with np.errstate(over="ignore"):
            deviations = (values - values.mean()) / (values.std() or 1.0)
        skew = float(np.mean(deviations * deviations * deviations)) if len(values) > 2 else 0.0
        if abs(skew) > SKEW:
            message = f"is far from symmetric (skewness {skew:.1f}): median {state.median:g}, largest {state.maximum:g}"
            yield state.name, Problem(message, f"column {state.name!r}", severity="note")


def _leaks(table: Table, preprocessing: Preprocessing, target: Target, values: np.ndarray) -> Iterator[Problem]:
    """Features that say the target by themselves, in every row."""
    hint = "is it known before the target is? If not: data.drop"
    for state in preprocessing.columns:
        column = table[state.name]
        if isinstance(state, Date) or len(values) < 10:
            continue
        if target.task == "regression":
            equal = isinstance(column, Numbers) and bool((column.values == values).all())
        else:
            most = 2 * len(target.classes)
            # most columns have more values than that in their first rows already
            equal = _levels(column.take(np.arange(min(LOOKED_AT, len(column)))))[1] <= most
            if equal:
                codes, levels = _levels(column)
                pairs = len(np.unique(codes * len(target.classes) + values))
                equal = pairs == levels <= most
        if equal:
            where = f"column {state.name!r}"
            yield Problem("alone tells the target in every row", where, hint=hint, severity="warning")


def _levels(column: Column) -> Tuple[np.ndarray, int]:
    """(rows,) int64 codes of a column's different cells, a missing one among them, and how many there are."""
    cells = np.nan_to_num(column.values, nan=-np.inf) if isinstance(column, Numbers) else column.codes
    levels, codes = np.unique(cells, return_inverse=True)
    return codes.astype(np.int64), len(levels)


def _imbalance(target: Target, values: np.ndarray) -> Iterator[Problem]:
    if not target.classes:
        return
    counts = np.bincount(values, minlength=len(target.classes))
    largest, smallest = int(counts.argmax()), int(counts.argmin())
    if counts[largest] >= IMBALANCE * counts[smallest]:
        message = (
            f"the classes differ in size: {counts[largest]:,} of {target.classes[largest]!r}, "
            f"{counts[smallest]:,} of {target.classes[smallest]!r}"
        )
        hint = "to weigh the classes alike: training.class_weight=balanced"
        yield Problem(message, f"column {target.name!r}", hint=hint, severity="note")


def _repeated(matrix: np.ndarray, values: np.ndarray, split: Mapping[str, np.ndarray]) -> Iterator[Problem]:
    """Rows that are scored and were trained on, too: the scores would flatter."""
    hashes = row_hashes(matrix, values)
    trained = np.unique(hashes[split["train"]])
    scored = {name: int(np.isin(hashes[rows], trained).sum()) for name, rows in split.items() if name != "train"}
    rows = sum(len(split[name]) for name in scored)
    if sum(scored.values()):
        parts = " and ".join(f"{count:,} in {name}" for name, count in scored.items() if count)
        message = f"rows that are equal to training rows are scored: {parts}; their scores may flatter"
        hint = "leave repeated rows out of the file, or keep what belongs together in one part: data.split.method=group"
        severity = "warning" if sum(scored.values()) >= REPEATED_SHARE * rows else "note"
        yield Problem(message, "data.split", hint=hint, severity=severity)


def row_hashes(matrix: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(rows,) uint64: equal for equal rows of matrix and target, and for hardly any others (FNV-1a by words)."""
    prime = np.uint64(0x100000001B3)
    words = np.ascontiguousarray(matrix).view(np.uint32)
    hashes = np.full(len(matrix), 0xCBF29CE484222325, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for position in range(words.shape[1]):
            hashes = (hashes ^ words[:, position]) * prime
        return (hashes ^ np.asarray(values, dtype=np.float64).view(np.uint64)) * prime
