"""Which columns a network needs: permutation importance (Breiman, 2001), as scikit-learn computes it.

The values of one column are shuffled among the rows, and nothing else is changed: what the prediction gets worse by is
what the network had from that column. A column is one of the user's table: the columns of the matrix that it became
(its levels, the parts of a date, the indicator of its missing values) are shuffled together, so that no row of the
matrix is one that no table could have had.

Nothing is encoded again, and the first layer is not computed again. It adds up what each column contributes,
z = x W + b: with one column shuffled, that column's summand ``x[:, column] @ W[column]`` has its rows in another order.
"""

from typing import Callable, Iterator, List, NamedTuple, Sequence, Union

import numpy as np

from fcnn.inference.blocks import FoldedLayer, through

REPEATS = 5
"""How many times each column is shuffled, as in scikit-learn."""
MOST_ROWS, FEWEST_ROWS = 5_000, 500
MOST_COLUMNS, FEWEST_COLUMNS = 100, 10
WORK = 2e9
"""Multiplications for all columns and repeats together: some tenths of a second."""
ACTIVATION = 32
"""Multiplications that take as long as the activation of one unit."""

Error = Callable[[np.ndarray], float]
"""From the network's output (rows, units) float32 to how wrong it is, as one number."""


class Columns(NamedTuple):
    """Columns of the table, and which inputs of the first layer each became."""

    names: Sequence[str]
    places: Sequence[Union[slice, np.ndarray]]


class Importance(NamedTuple):
    """What the network needs its columns for, the most important one first."""

    names: List[str]
    increases: np.ndarray
    """(columns, repeats) float64: by how much the error is larger with the column shuffled; negative where it is less,
    which is chance, or a column that misleads the network."""
    error: float
    """With every column in place."""
    columns_left_out: int
    """Columns that were not measured, being too many."""

    @property
    def means(self) -> np.ndarray:
        """(columns,) the mean of the repeats, which is the importance."""
        return np.asarray(self.increases.mean(axis=1))

    @property
    def standard_deviations(self) -> np.ndarray:
        """(columns,) of the repeats around their mean (divided by their number, as scikit-learn does)."""
        return np.asarray(self.increases.std(axis=1))


class Extent(NamedTuple):
    """How much is measured."""

    rows: int
    columns: int


def extent(layers: Sequence[FoldedLayer], rows: int, columns: int) -> Extent:
    """How many rows and columns are measured.

    All of them, but never more than 5,000 rows and 100 columns. Where that would take more than 2e9 multiplications
    (a unit's activation counting as 32), fewer rows, down to 500; and where it still does, fewer columns, down to 10.

    Args:
        layers: the network.
        rows: how many there are.
        columns: how many there are.
    """
    units = sum(layer.bias.size for layer in layers)
    of_a_row = REPEATS * (sum(layer.kernel.size for layer in layers[1:]) + ACTIVATION * units)
    columns = min(columns, MOST_COLUMNS)
    rows = min(rows, MOST_ROWS, max(FEWEST_ROWS, int(WORK / (columns * of_a_row))))
    return Extent(rows, min(columns, max(FEWEST_COLUMNS, int(WORK / (rows * of_a_row)))))


def permutation_importance(
    layers: Sequence[FoldedLayer], x: np.ndarray, columns: Columns, most: int, error: Error, seed: int
) -> Importance:
    """Shuffle one column after the other, and see how much worse the network predicts.

    The shufflings are those of ``sklearn.inspection.permutation_importance(..., n_repeats=5, random_state=seed)``: the
    same ones for every column. With the same rows the numbers are equal, but for the rounding of float32.

    Args:
        layers: the network.
        x: (rows, inputs of the first layer) float32, at least one row: the matrix, or what a numeric embedding makes of
            it.
        columns: of the table.
        most: how many of them to measure; where there are more, it is those whose contribution to the first layer's z
            varies most from row to row.
        error: of the network's output for these rows.
        seed: of the shufflings, 0 to 2**32 - 1.
    """
    first, rest = layers[0], layers[1:]
    z = x @ first.kernel + first.bias

    def error_of(z: np.ndarray) -> float:
        a = np.empty_like(z)
        first.activate_into(z, a)
        return error(through(rest, a) if rest else a)

    def contribution(position: int) -> np.ndarray:
        columns_of_x = columns.places[position]
        return np.asarray(x[:, columns_of_x] @ first.kernel[columns_of_x])

    measured = range(len(columns.names))
    if len(measured) > most:
        variances = [float(contribution(position).var(axis=0).sum()) for position in measured]
        measured = sorted(np.argsort(variances)[::-1][:most].tolist())  # type: ignore[assignment]
    orders = list(shufflings(len(x), REPEATS, seed))
    whole = error_of(z)
    increases = np.empty((len(measured), REPEATS))
    for row, position in enumerate(measured):
        own = contribution(position)
        others = z - own
        increases[row] = [error_of(others + own[order]) - whole for order in orders]
    ranking = np.argsort(-increases.mean(axis=1), kind="stable")
    names = [columns.names[measured[row]] for row in ranking]
    return Importance(names, increases[ranking], whole, len(columns.names) - len(measured))


def shufflings(rows: int, repeats: int, seed: int) -> Iterator[np.ndarray]:
    """The orders (rows,) int in which scikit-learn puts the values of a column, one a repeat.

    It shuffles what it has shuffled before. Its generator, NumPy's old one, gives the same in every version.
    """
    generator = np.random.RandomState(np.random.RandomState(seed).randint(np.iinfo(np.int32).max + 1))
    shuffled, order = np.arange(rows), np.arange(rows)
    for _ in range(repeats):
        generator.shuffle(shuffled)
        order = order[shuffled]
        yield order
