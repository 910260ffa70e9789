"""In which order the rows of an epoch are trained on: at random, and yet to be read from a disk piece by piece.

A disk is fast where many rows that follow one another are read at once. So a large table is cut into blocks; a window
of blocks chosen at random is read, and its rows are shuffled, then the next window. The order depends on nothing but
the size of the matrix, the seed and the epoch: a table that is in memory is trained on in the same one. A matrix that
fits into one window is shuffled as a whole.
"""

import numpy as np

BLOCK_BYTES = 1 << 18
"""Of the float32 rows of a block: enough for a disk to read it at its full speed."""
WINDOW_BLOCKS = 256
"""Blocks whose rows are shuffled together: 64 MB. Each epoch has others together."""


def block_rows(columns: int) -> int:
    """Rows of a block of a matrix with so many columns."""
    return max(1, BLOCK_BYTES // (4 * max(1, columns)))


def epoch_order(rows: int, columns: int, seed: int, epoch: int) -> np.ndarray:
    """The positions of the rows in the order of training.

    Args:
        rows: of the matrix.
        columns: of the matrix.
        seed: of the training.
        epoch: counting from 1.

    Returns:
        (rows,) int64, each position once; of every `WINDOW_BLOCKS` x `block_rows` that follow one another all are from
        `WINDOW_BLOCKS` blocks, or one more.
    """
    generator = np.random.default_rng([seed, epoch])
    size = block_rows(columns)
    if rows <= size * WINDOW_BLOCKS:
        return generator.permutation(rows)
    order = np.empty(rows, dtype=np.int64)
    blocks = generator.permutation(-(-rows // size))
    filled = 0
    for first in range(0, len(blocks), WINDOW_BLOCKS):
        starts = blocks[first : first + WINDOW_BLOCKS] * size
        positions = (starts[:, None] + np.arange(size)).ravel()
        positions = positions[positions < rows]  # the last block of the matrix may be a part of one
        order[filled : filled + len(positions)] = generator.permutation(positions)
        filled += len(positions)
    return order
