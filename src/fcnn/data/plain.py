"""Columns of nothing but finite numbers, as most are: fitted and encoded many at a time.

One at a time, the calls to NumPy take longer than its work where a table has thousands of columns. What is found and
written here is bit for bit what :mod:`fcnn.data.fitting` and :mod:`fcnn.data.encoding` do with a single column, which
also know what to say of the others.
"""

import math
from typing import List, NamedTuple, Optional, Sequence, TypeVar

import numpy as np
from msgspec import UNSET, UnsetType

from fcnn.config.structs import Column as Stated
from fcnn.data.column import Column, Numbers
from fcnn.data.encoding import Surprise, out_of_range
from fcnn.data.scalers import AS_USUAL, Scaling, fit_scalers, is_bounded, linear_part, smooth_clip, to_normal
from fcnn.data.states import ColumnState, Number, Quantile

FITTED_AT_ONCE = 1 << 18
"""Numbers: 2 MB, as a cache holds."""
ENCODED_COLUMNS, ENCODED_ROWS = 8, 4096
"""What is encoded at a time: a row of as many float32 fills half a line of a cache."""

LARGEST = float(np.finfo(np.float32).max)

Item = TypeVar("Item")


class Place(NamedTuple):
    """A column's part of the matrix."""

    state: ColumnState
    start: int
    end: int


def pieces(items: Sequence[Item], size: int) -> List[Sequence[Item]]:
    """The items, `size` at a time."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def fit_plain(
    columns: Sequence[Column], stated: Sequence[Stated], decimal: str, scaling: Scaling = AS_USUAL
) -> List[Optional[Number]]:
    """The states of columns of numbers; None for those that are to be looked at one by one.

    Args:
        columns: the training rows of columns of type ``number``.
        stated: what the config says of each.
        decimal: the decimal mark of the file.
        scaling: of all, where `stated` does not say.

    Returns:
        For each column its state, or None where it is text, misses a value, is infinite, varies beyond float64 or is
        the same everywhere.
    """
    states: List[Optional[Number]] = [None] * len(columns)
    numbers = {position: column.values for position, column in enumerate(columns) if isinstance(column, Numbers)}
    if not numbers:
        return states
    values = np.stack(list(numbers.values()))
    finite = np.isfinite(values).all(axis=1)
    if not finite.all():
        values = values[finite]
    with np.errstate(over="ignore", invalid="ignore"):  # as in a single column, which then names the place
        found = np.stack(
            [np.median(values, axis=1), values.mean(axis=1), values.std(axis=1), values.min(axis=1), values.max(axis=1)]
        )
    minimum, maximum = found[3:]
    is_plain = np.isfinite(found[2]) & (minimum < maximum)
    positions = np.array(list(numbers))[finite][is_plain].tolist()
    wanted = [scaling.of(stated[position]) for position in positions]
    scalers = fit_scalers(values if is_plain.all() else values[is_plain], [each.scaler for each in wanted])
    for position, each, scaler, facts in zip(positions, wanted, scalers, found.T[is_plain].tolist()):
        median, mean, std, least, most = facts
        states[position] = Number(
            name=columns[position].name,
            median=median,
            mean=mean,
            std=std if std > 0 else 1.0,
            minimum=least,
            maximum=most,
            missing=False,
            decimal=decimal,
            bad_values=stated[position].bad_values,
            percent=False,
            scaler=scaler,
            smooth_clip=each.limit,
        )
    return states


def encode_plain(
    places: Sequence[Place], columns: Sequence[Column], matrix: np.ndarray
) -> List[Optional[List[Surprise]]]:
    """Write the columns of numbers that are finite and stay so.

    Args:
        places: where they belong in the matrix.
        columns: the rows of each.
        matrix: (rows, features) float32, all 0 there.

    Returns:
        For each column what the training rows did not have, or None where it is not written.
    """
    found = [_look(place, column) for place, column in zip(places, columns)]
    plain = [column for column in found if column is not None]
    starts = [column.start for column in plain]
    is_run = bool(plain) and starts[-1] - starts[0] == len(plain) - 1
    where = slice(starts[0], starts[-1] + 1) if is_run else starts
    linear = np.array([linear_part(column.state) for column in plain]).reshape(-1, 2)
    center, divisor = linear[:, :1], linear[:, 1:]
    ranks = {
        number: np.array(column.state.scaler.quantiles)
        for number, column in enumerate(plain)
        if isinstance(column.state.scaler, Quantile)
    }
    limits = {
        number: column.state.smooth_clip
        for number, column in enumerate(plain)
        if not isinstance(column.state.smooth_clip, UnsetType)
    }
    for start in range(0, len(matrix) if plain else 0, ENCODED_ROWS):
        rows = slice(start, start + ENCODED_ROWS)
        values = np.stack([column.values[rows] for column in plain])
        with np.errstate(over="ignore"):  # of a robust scaler, before it is clipped
            values -= center
            values /= divisor
        for number, quantiles in ranks.items():
            values[number] = to_normal(plain[number].values[rows], quantiles)
        if limits:
            clipped = slice(None) if len(limits) == len(plain) else list(limits)
            values[clipped] = smooth_clip(values[clipped], np.array([*limits.values()])[:, np.newaxis])
        matrix[rows, where] = values.T
    return [None if column is None else column.surprises for column in found]


class _Plain(NamedTuple):
    values: np.ndarray
    state: Number
    start: int
    surprises: List[Surprise]


def _look(place: Place, column: Column) -> Optional[_Plain]:
    state = place.state
    if not isinstance(state, Number) or not isinstance(column, Numbers) or state.percent or not len(column):
        return None
    lowest, highest = float(column.values.min()), float(column.values.max())  # NaN where one is
    is_within = lowest >= state.minimum and highest <= state.maximum
    if not (is_within and state.scaler is UNSET) and not _fits(state, lowest, highest):
        return None
    surprises = [] if is_within else out_of_range(state, column.values)
    return _Plain(column.values, state, place.start, surprises)


def _fits(state: Number, lowest: float, highest: float) -> bool:
    """Whether all numbers between two are finite, and float32 can hold what they become."""
    if is_bounded(state):
        return math.isfinite(lowest) and math.isfinite(highest)
    center, divisor = linear_part(state)
    return max(highest - center, center - lowest) / divisor <= LARGEST
