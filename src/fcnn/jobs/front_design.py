"""What stands before the first dense layer of a network, as a config and its table have it; needs no TensorFlow."""

from typing import Callable, List, Tuple

import numpy as np

from fcnn.config import Config
from fcnn.config import front as wanted
from fcnn.config.paths import Path
from fcnn.config.structs import numeric_embedding_of
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.states import Category, Date, Number
from fcnn.data.stored import Matrix, take
from fcnn.errors import Problem
from fcnn.inference.front import (
    Block,
    CategoricalEmbedding,
    Front,
    FrontLayer,
    InputScale,
    Periodic,
    PiecewiseLinear,
)
from fcnn.wording import say

QUANTILE_ROWS, QUANTILE_CELLS = 100_000, 20_000_000
"""Training rows that the quantiles are those of, and numbers of these: as many as do not pass either, but ..."""
FEWEST_ROWS = 1_000
"""... at least these."""
NARROWEST = 1e-6
"""Of the bins; numbers vary by about 1."""


def design_front(
    config: Config, preprocessing: Preprocessing, x: Matrix, locate: Callable[[Path], str]
) -> Tuple[Front, List[Problem]]:
    """The layers that a config wants before the first dense one, for a table.

    Args:
        config: of the network.
        preprocessing: of the table; it says which columns of the matrix are numbers and which are categories.
        x: (rows, features) float32, the training rows.
        locate: where a key is written.

    Returns:
        The layers, and notes on those for which the table has no column.
    """
    front: List[FrontLayer] = []
    notes: List[Problem] = []
    network = config.network
    numeric = numeric_embedding_of(config)
    if numeric is not None:
        embedding = _numeric(numeric, number_columns(preprocessing), x)
        front += embedding
        if not embedding:
            message = say("no column is a number: the numeric embedding is left out")
            notes.append(Problem(message, locate(("network", "numeric_embedding")), severity="note"))
    if network.categorical_embedding is not None:
        blocks = _blocks(network.categorical_embedding, preprocessing)
        front += [CategoricalEmbedding(blocks=blocks)] if blocks else []
        if not blocks:
            fewest = network.categorical_embedding.min_levels
            message = say("no category has {count} levels: the categorical embedding is left out", count=fewest)
            notes.append(Problem(message, locate(("network", "categorical_embedding")), severity="note"))
    if network.input_scale:
        front.append(InputScale())
    return tuple(front), notes


def number_columns(preprocessing: Preprocessing) -> List[int]:
    """The columns of the matrix that are numbers: those of the table and the parts of dates, but no indicators."""
    columns: List[int] = []
    for state, start, _ in preprocessing.places:
        if isinstance(state, (Number, Date)):
            columns += range(start, start + (len(state.parts) if isinstance(state, Date) else 1))
    return columns


def _numeric(given: wanted.NumericEmbedding, columns: List[int], x: Matrix) -> List[FrontLayer]:
    """The embedding of some columns; none where there are none."""
    if not columns:
        return []
    if isinstance(given, wanted.Periodic):
        return [Periodic(columns=tuple(columns), frequencies=given.frequencies, units=given.units)]
    found = [(column, each) for column, each in zip(columns, bin_edges(x, columns, given.bins)) if len(each) > 1]
    if not found:
        return []
    embedded, edges = zip(*found)
    return [PiecewiseLinear(columns=embedded, edges=edges, units=given.units)]


def bin_edges(x: Matrix, columns: List[int], bins: int) -> List[Tuple[float, ...]]:
    """The quantiles of columns, ascending, each once; bins between them that would be next to nothing are left out.

    Args:
        x: (rows, features) float32, the training rows; of many every so manyth counts.
        columns: of the matrix.
        bins: between the quantiles of a column, at most.
    """
    most = min(QUANTILE_ROWS, max(FEWEST_ROWS, QUANTILE_CELLS // len(columns)))
    chosen = np.unique(np.linspace(0, len(x) - 1, min(most, len(x))).round().astype(int))
    quantiles = np.quantile(take(x, chosen)[:, columns].astype(np.float64), np.linspace(0, 1, bins + 1), axis=0)
    edges: List[Tuple[float, ...]] = []
    for values in quantiles.T.tolist():
        own = values[:1]
        own += [value for before, value in zip(values, values[1:]) if value - before > NARROWEST]
        edges.append(tuple(own))
    return edges


def _blocks(given: wanted.CategoricalEmbedding, preprocessing: Preprocessing) -> Tuple[Block, ...]:
    """The categories of enough levels, and how many numbers a level of each becomes."""
    return tuple(
        Block(state.name, start, end - start, embedded_units(end - start) if given.units == "auto" else given.units)
        for state, start, end in preprocessing.places
        if isinstance(state, Category) and end - start >= given.min_levels
    )


def embedded_units(levels: int) -> int:
    """Numbers that a level becomes: 1.6 n^0.56, as fastai has found it (`emb_sz_rule`)."""
    return min(levels, round(1.6 * levels**0.56))
