"""What a numeric embedding computes: of each number some values, and of these, multiplied, what it becomes.

As in :mod:`fcnn.inference.blocks` what a row becomes depends on itself alone: the products of some number of rows
have the same shape each time.
"""

from typing import Any, Callable, NamedTuple, Sequence, Tuple

import numpy as np

from fcnn.inference.blocks import rows_of_one_thread

CELLS = 1 << 18
"""Values that are encoded at a time: 1 MB of float32."""

Encode = Callable[[slice, np.ndarray], np.ndarray]
"""From some of the columns and their values, (columns, rows, 1), to (columns, rows, encoded)."""


class Embedded(NamedTuple):
    """A numeric embedding, ready to compute."""

    columns: np.ndarray
    """(columns,) int: the inputs that are numbers."""
    encode: Encode
    kernel: np.ndarray
    """(columns, encoded, made) float."""
    bias: np.ndarray
    """(columns, made) float."""

    @property
    def made(self) -> int:
        """Outputs beside the inputs."""
        return int(self.bias.size)

    @property
    def rows(self) -> int:
        """Rows of its products: as many as one thread of OpenBLAS does."""
        return rows_of_one_thread(self.kernel[0].size)

    def into(self, x: np.ndarray, out: np.ndarray) -> None:
        """Compute (rows, inputs + made) of (rows, inputs): the inputs, then what was made, column after column."""
        count, inputs = x.shape
        encoded, made = self.kernel.shape[1:]
        rows = self.rows if count % self.rows == 0 else count
        out[:, :inputs] = x
        ends = out[:, inputs:].reshape(count, len(self.columns), made)  # a view
        step = max(1, CELLS // max(1, count * encoded))
        for start in range(0, len(self.columns), step):
            some = slice(start, start + step)
            values = np.ascontiguousarray(x[:, self.columns[some]].T)[:, :, None]
            products = self.encode(some, values).reshape(len(values), -1, rows, encoded) @ self.kernel[some, None]
            ends[:, some] = products.reshape(len(values), count, made).transpose(1, 0, 2)
            ends[:, some] += self.bias[some]


def cosines(frequency: np.ndarray, phase: np.ndarray) -> Encode:
    """cos(2 pi w x + b) of the frequencies w and phases b, (columns, frequencies) each."""
    turned = (frequency.dtype.type(2 * np.pi) * frequency)[:, None]

    def encode(some: slice, values: np.ndarray) -> np.ndarray:
        angles = values * turned[some]
        angles += phase[some, None]
        return np.asarray(np.cos(angles, out=angles))

    return encode


class Bins(NamedTuple):
    """The bins of columns of numbers, (columns, bins) float each; those that a column does not have encode 0."""

    left: np.ndarray
    """Edges."""
    inverse: np.ndarray
    """1 / width."""
    lowest: np.ndarray
    highest: np.ndarray


def bins_of(edges: Sequence[Sequence[float]], dtype: Any) -> Bins:
    """The bins between edges, so that a value is min(max((x - left) * inverse, lowest), highest).

    Args:
        edges: of each column, ascending, at least two.
        dtype: of the arrays.
    """
    shape = (len(edges), max(map(len, edges)) - 1)
    bins = Bins(*(np.zeros(shape, dtype=dtype) for _ in range(4)))
    for column, own in enumerate(edges):
        count = len(own) - 1
        exact = np.array(own, dtype=np.float64)
        bins.left[column, :count] = exact[:-1]
        bins.inverse[column, :count] = 1 / np.diff(exact)
        bins.highest[column, :count] = 1
        bins.lowest[column, 0], bins.highest[column, count - 1] = -np.inf, np.inf
    return bins


def piecewise(edges: Tuple[Tuple[float, ...], ...], dtype: Any) -> Encode:
    """Which share of each bin lies below the number; see :class:`fcnn.inference.front.PiecewiseLinear`."""
    bins = bins_of(edges, dtype)

    def encode(some: slice, values: np.ndarray) -> np.ndarray:
        shares = values - bins.left[some, None]
        shares *= bins.inverse[some, None]
        np.maximum(shares, bins.lowest[some, None], out=shares)
        return np.asarray(np.minimum(shares, bins.highest[some, None], out=shares))

    return encode
