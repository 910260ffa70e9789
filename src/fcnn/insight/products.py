"""Products of matrices of some hundred rows, by one thread each where they are small.

OpenBLAS, the library in NumPy's wheels, shares out products from some size on to threads of its own, which wait for
each other, and for TensorFlow's, a hundred times as long as they work. A batch of smaller ones is done by one thread.
"""

import numpy as np

from fcnn.inference.blocks import FEWEST_ROWS, MOST_ROWS, ONE_THREAD


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(rows, n) times (n, m)."""
    rows = _rows_at_once(len(a), b.size)
    if not rows:
        return np.asarray(a @ b)
    return np.asarray(np.matmul(a.reshape(-1, rows, a.shape[1]), b).reshape(len(a), b.shape[1]))


def summed_product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(rows, n) transposed, times (rows, m): a sum over the rows."""
    n, m = a.shape[1], b.shape[1]
    rows = _rows_at_once(len(a), n * m)
    if not rows:
        return np.asarray(a.T @ b)
    return np.asarray(np.matmul(a.reshape(-1, rows, n).transpose(0, 2, 1), b.reshape(-1, rows, m)).sum(axis=0))


def _rows_at_once(rows: int, size: int) -> int:
    """Rows of each of the smaller products, which are equally many; 0 where it is one product."""
    if rows * size <= ONE_THREAD:
        return 0
    fitting = (1 << power for power in range(MOST_ROWS.bit_length() - 1, -1, -1))
    return next((each for each in fitting if each * size <= ONE_THREAD and rows % each == 0 and each >= FEWEST_ROWS), 0)
