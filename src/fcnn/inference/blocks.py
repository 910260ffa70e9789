"""The forward pass over many rows: block after block, in products of the same shape each time.

What a row becomes depends on the network and the row alone, not on how many rows there are, which ones, or how many
threads work on them: a linear algebra library may round in another way for another number of rows, so that every
product of a layer has the same number, filled up with zeros at the end.

The blocks are small enough to stay in a processor's cache from layer to layer. The products of small layers are so
small that OpenBLAS, the library in NumPy's wheels, does not share them out to threads of its own, which for these wait
for each other longer than they work; here each thread has blocks of its own instead.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Iterator, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from fcnn.data.threads import processors
from fcnn.inference.activations import activate_into

if TYPE_CHECKING:
    from fcnn.inference.numeric_embedding import Embedded

BLOCK_ROWS = 1024
"""Rows of a block: 256 KB in a layer of 64 units."""
MOST_ROWS, FEWEST_ROWS = 64, 16
"""Rows of a product of small layers: beyond, larger ones are no faster; with fewer, fetching the kernel dominates."""
ONE_THREAD = 1 << 18
"""Multiplications of a product up to which OpenBLAS does not share it out."""
BLOCKS_OF_A_THREAD = 4
"""As many and more are worth starting a thread for."""


class FoldedLayer(NamedTuple):
    """A layer whose batch normalization is part of kernel and bias."""

    kernel: np.ndarray
    """(in, out) float32."""
    bias: np.ndarray
    """(out,) float32."""
    activation: Mapping[str, Any]
    activation_weight: Optional[np.ndarray] = None
    """(out,) float32 of a parametric activation, z + w (g(z) - z)."""
    clip: Optional[Tuple[float, float]] = None
    """The least and the largest that comes out."""

    def activate_into(self, z: np.ndarray, out: np.ndarray) -> None:
        """What the layer makes of z (rows, out) float32, written into `out`, other memory of the same shape."""
        activate_into(z, self.activation, out)
        if self.activation_weight is not None:
            with np.errstate(over="ignore", invalid="ignore"):  # likewise seen in the result
                out -= z
                out *= self.activation_weight
                out += z
        if self.clip is not None:
            np.clip(out, *self.clip, out=out)

    @property
    def rows(self) -> int:
        """Rows of its products: as many as one thread of OpenBLAS does, or a whole block where those are too few."""
        if not self.is_small:
            return BLOCK_ROWS
        return rows_of_one_thread(self.kernel.size)

    @property
    def is_small(self) -> bool:
        """Whether its products are for one thread."""
        return FEWEST_ROWS * self.kernel.size <= ONE_THREAD


def rows_of_one_thread(size: int) -> int:
    """How many rows one thread of OpenBLAS multiplies with a kernel of so many weights; a power of two, as all are."""
    possible = max(1, ONE_THREAD // size)
    return min(MOST_ROWS, 1 << (possible.bit_length() - 1))


def through(layers: Sequence[FoldedLayer], x: np.ndarray, embedding: Optional["Embedded"] = None) -> np.ndarray:
    """What the layers make of rows.

    Args:
        layers: at least one.
        x: (rows, inputs) float32.
        embedding: what stands before the first layer.

    Returns:
        (rows, units of the last layer) float32; not finite where a sum left float32 on the way.
    """
    output = np.empty((len(x), layers[-1].bias.size), dtype=np.float32)
    starts = range(0, len(x), BLOCK_ROWS)
    are_small = all(layer.is_small for layer in layers)
    threads = min(processors(), len(starts) // BLOCKS_OF_A_THREAD) if are_small else 1
    rest = iter(starts)  # shared: each thread takes the next block that nobody has taken
    if threads < 2:
        _work(layers, x, embedding, output, rest)
        return output
    with ThreadPoolExecutor(threads) as executor:
        for done in [executor.submit(_work, layers, x, embedding, output, rest) for _ in range(threads)]:
            done.result()
    return output


def _work(
    layers: Sequence[FoldedLayer],
    x: np.ndarray,
    embedding: Optional["Embedded"],
    output: np.ndarray,
    starts: Iterator[int],
) -> None:
    """Fill in the blocks of the output that begin at `starts`."""
    embedded = 0 if embedding is None else embedding.rows
    step = max(embedded, *(layer.rows for layer in layers))  # a multiple of all, which are powers of two
    most = min(BLOCK_ROWS, -(-len(x) // step) * step)
    widest = max(layers[0].kernel.shape[0], *(layer.bias.size for layer in layers))
    before, after = (np.empty(most * widest, dtype=np.float32) for _ in range(2))  # a layer's activation
    for start in starts:
        given = x[start : start + BLOCK_ROWS]
        size = -(-len(given) // step) * step
        a = after[: size * x.shape[1]].reshape(size, -1)
        a[: len(given)] = given
        a[len(given) :] = 0.0
        with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is seen in the result
            if embedding is not None:
                made = before[: size * layers[0].kernel.shape[0]].reshape(size, -1)
                embedding.into(a, made)
                before, after, a = after, before, made
            for layer in layers:
                units = layer.bias.size
                z = before[: size * units].reshape(size, units)
                products = (size // layer.rows, layer.rows, -1)
                np.matmul(a.reshape(products), layer.kernel, out=z.reshape(products))
                z += layer.bias
                a = after[: size * units].reshape(size, units)
                layer.activate_into(z, a)
        output[start : start + BLOCK_ROWS] = a[: len(given)]
