"""A plane through the rows of a table, on which a network can be drawn: two columns, or two principal components."""

from typing import Any, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from fcnn.data.column import Numbers
from fcnn.data.encoding import encode
from fcnn.data.plain import Place
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.rows import frame_rows
from fcnn.data.scalers import scale, unscale
from fcnn.data.states import Boolean, Category, Date, Number
from fcnn.wording import say

SIDE, SHORTEST_SIDE = 120, 30
"""Points of the grid along each axis; fewer for a network of many inputs ..."""
CELLS = 8e6
"""... so that the grid has no more numbers than this."""
INNER = (0.5, 99.5)
"""Percentiles of the training rows that an axis reaches, and a tenth further: outliers would squeeze the others."""
COMPONENT_ROWS = 500
"""Training rows that the principal components are those of, spread over all: tables are sorted."""
SHARE = 0.5
"""Of all importance, that two columns must have together to be the plane."""


class Axis(NamedTuple):
    """One of the two."""

    name: str
    """A column of the table, or ``component 1``, which is said."""
    values: np.ndarray
    """(side,) float64 of the grid, ascending; of a column in its own unit."""
    share: Optional[float] = None
    """Of the variance of the training rows that a component has; None for a column."""
    mostly: Tuple[str, ...] = ()
    """The columns of the matrix that a component has most of."""


class Plane(NamedTuple):
    """A grid on it, and some rows of the table."""

    across: Axis
    up: Axis
    x: np.ndarray
    """(points of the grid, features) float32 for the network, line by line from the lowest."""
    points: np.ndarray
    """(rows, 2) float64: where the rows lie; NaN where a row lacks one of the two columns."""
    held: Tuple[Tuple[str, str], ...] = ()
    """The other columns and the value that each has everywhere on the grid, which is said where it is no cell of theirs
    (``median``); empty for components, where it is the mean of the training rows that everything starts from."""


def two_columns(
    preprocessing: Preprocessing, names: Sequence[str], means: np.ndarray, alike: Sequence[Sequence[str]]
) -> Optional[Tuple[str, str]]:
    """The two columns to draw: the most important numeric one, and the next that does not say nearly the same.

    Args:
        preprocessing: which columns are numbers.
        names: columns, the most important first.
        means: (columns,) how important each is.
        alike: groups of columns that are correlated.

    Returns:
        The names; None where there are no two, or where they have less than half of all importance: the answer
        then hangs on columns that the plane would hold still.
    """
    numbers = {state.name for state in preprocessing.columns if isinstance(state, Number)}
    ranked = [(name, float(mean)) for name, mean in zip(names, means) if name in numbers and mean > 0]
    if not ranked:
        return None
    first, important = ranked[0]
    same = next((set(group) for group in alike if first in group), {first})
    others = [(name, mean) for name, mean in ranked if name not in same]
    if not others or important + others[0][1] < SHARE * means[means > 0].sum():
        return None
    return first, others[0][0]


def column_plane(preprocessing: Preprocessing, training: np.ndarray, rows: np.ndarray, names: Tuple[str, str]) -> Plane:
    """The plane of two numeric columns; every other column is held at its median or its most frequent value.

    Args:
        preprocessing: of the network.
        training: (rows, features) float32, training rows.
        rows: (rows, features) float32, rows to be shown as points.
        names: of the two columns.
    """
    places = {place.state.name: place for place in preprocessing.places}
    two = [places[name] for name in names]
    side = _side(training.shape[1])
    axes = [Axis(place.state.name, _spread(_in_units(place, training), side, place.state)) for place in two]
    grid = np.tile(_typical(preprocessing, training), (side * side, 1))
    for place, values in zip(two, _meshed(axes)):
        block = np.zeros((len(grid), place.end - place.start), dtype=np.float32)
        encode(place.state, Numbers(place.state.name, frame_rows(len(grid)), values), block)
        grid[:, place.start : place.end] = block
    points = np.stack([_in_units(place, rows) for place in two], axis=1)
    typical = grid[0]
    held = tuple((name, _in_words(place, typical)) for name, place in places.items() if name not in names)
    return Plane(axes[0], axes[1], grid, points, held)


def component_plane(preprocessing: Preprocessing, training: np.ndarray, rows: np.ndarray) -> Optional[Plane]:
    """The plane through the mean of the training rows along their two leading principal components.

    Args:
        preprocessing: of the network.
        training: (rows, features) float32, training rows; every so manyth counts, 500 at most.
        rows: (rows, features) float32, rows to be shown as points.

    Returns:
        The plane; None where the rows have fewer than two components.
    """
    sample = training[:: -(-len(training) // COMPONENT_ROWS)].astype(np.float64)
    mean = sample.mean(axis=0)
    _, lengths, directions = np.linalg.svd(sample - mean, full_matrices=False)
    if len(lengths) < 2 or lengths[1] <= 1e-6 * lengths[0]:
        return None
    shares, names = lengths**2 / (lengths**2).sum(), preprocessing.feature_names
    two = directions[:2] * np.sign(directions[[0, 1], np.abs(directions[:2]).argmax(axis=1)])[:, np.newaxis]
    axes = [
        Axis(
            say("component {number}", number=number + 1),
            _spread((sample - mean) @ two[number], _side(len(mean))),
            float(shares[number]),
            tuple(names[place] for place in np.argsort(-np.abs(two[number]), kind="stable")[:2]),
        )
        for number in range(2)
    ]
    grid = np.stack(_meshed(axes), axis=1).astype(np.float32) @ two.astype(np.float32)
    grid += mean.astype(np.float32)
    return Plane(axes[0], axes[1], grid, (rows - mean) @ two.T)


def _side(features: int) -> int:
    return int(np.clip(np.sqrt(CELLS / features), SHORTEST_SIDE, SIDE))


def _spread(values: np.ndarray, side: int, state: Any = None) -> np.ndarray:
    """(side,) float64 over the inner part of some values, and a tenth further; or over all that the training had."""
    there = values[~np.isnan(values)]
    low, high = np.percentile(there, INNER) if len(there) else (0.0, 0.0)
    if low == high and state is not None:
        low, high = state.minimum, state.maximum
    further = 0.1 * (high - low)
    return np.linspace(low - further, high + further, side)


def _meshed(axes: Sequence[Axis]) -> List[np.ndarray]:
    across, up = np.meshgrid(axes[0].values, axes[1].values)
    return [across.ravel(), up.ravel()]


def _in_units(place: Place, x: np.ndarray) -> np.ndarray:
    """(rows,) float64 of a numeric column in its own unit, NaN where it is missing."""
    state = place.state
    assert isinstance(state, Number)
    values = unscale(state, x[:, place.start].astype(np.float64))
    return np.where(x[:, place.end - 1] > 0, np.nan, values) if state.missing else values


def _typical(preprocessing: Preprocessing, training: np.ndarray) -> np.ndarray:
    """(features,) float32: medians of numbers and of the parts of dates, the most frequent of two words or levels."""
    row = np.zeros(training.shape[1], dtype=np.float32)
    for state, start, end in preprocessing.places:
        if isinstance(state, Category):
            row[start + training[:, start:end].sum(axis=0).argmax()] = 1.0
        elif isinstance(state, Boolean):
            row[start] = state.mode
        else:
            parts = state.parts if isinstance(state, Date) else [state]
            row[start : start + len(parts)] = [scale(part, np.array([part.median]))[0] for part in parts]
    return row


def _in_words(place: Place, typical: np.ndarray) -> str:
    state = place.state
    if isinstance(state, Number):
        return f"{state.median:.4g}"
    if isinstance(state, Boolean):
        return state.words[state.mode]
    if isinstance(state, Date):
        return say("median")
    code = int(typical[place.start : place.end].argmax())
    extra = ([say("missing")] if state.missing else []) + ([say("rare")] if state.rare else [])
    return [*state.levels, *extra][code]
