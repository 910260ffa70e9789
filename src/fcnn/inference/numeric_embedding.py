"""What a numeric embedding computes: of each number some values, and of these, multiplied, what it becomes.

As in :mod:`fcnn.inference.blocks` what a row becomes depends on itself alone: the products of some number of rows
have the same shape each time.
"""

from typing import Any, NamedTuple, Sequence, Union

import numpy as np

from fcnn.inference.blocks import rows_of_one_thread

CELLS = 1 << 18
"""Values that are encoded at a time: 1 MB of float32."""


class Cosines(NamedTuple):
    """Encodes x as cos(turned x + phase), (columns, frequencies) float each."""

    turned: np.ndarray
    """2 pi times the frequency."""
    phase: np.ndarray

    def encode(self, some: slice, values: np.ndarray) -> np.ndarray:
        """(columns, rows, frequencies) of (columns, rows, 1), values of some of the columns."""
        angles = values * self.turned[some, None]
        angles += self.phase[some, None]
        return np.asarray(np.cos(angles, out=angles))


class Bins(NamedTuple):
    """Encodes x as min(max((x - left) * inverse, lowest), highest), (columns, bins) float each.

    A bin that a column does not have, others having more, encodes 0.
    """

    left: np.ndarray
    """Edges."""
    inverse: np.ndarray
    """1 / width."""
    lowest: np.ndarray
    """0; of the first bin without end."""
    highest: np.ndarray
    """1; of the last bin without end."""

    def encode(self, some: slice, values: np.ndarray) -> np.ndarray:
        """(columns, rows, bins) of (columns, rows, 1), values of some of the columns."""
        shares = values - self.left[some, None]
        shares *= self.inverse[some, None]
        np.maximum(shares, self.lowest[some, None], out=shares)
        return np.asarray(np.minimum(shares, self.highest[some, None], out=shares))


class Embedded(NamedTuple):
    """A numeric embedding, ready to compute."""

    columns: np.ndarray
    """(columns,) int: the inputs that are numbers."""
    encoding: Union[Cosines, Bins]
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
            products = (
                self.encoding.encode(some, values).reshape(len(values), -1, rows, encoded) @ self.kernel[some, None]
            )
            ends[:, some] = products.reshape(len(values), count, made).transpose(1, 0, 2)
            ends[:, some] += self.bias[some]


def cosines(frequency: np.ndarray, phase: np.ndarray) -> Cosines:
    """cos(2 pi w x + b) of the frequencies w and phases b, (columns, frequencies) each."""
    return Cosines(frequency.dtype.type(2 * np.pi) * frequency, phase)


def bins_of(edges: Sequence[Sequence[float]], dtype: Any) -> Bins:
    """The bins between edges.

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
