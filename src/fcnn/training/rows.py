"""The rows of one part as the engine takes them: tensors that hold them all, or a file that is read while it trains."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generator, Iterator, NamedTuple, Optional, Tuple, Union

import numpy as np

from fcnn.data.stored import StoredMatrix
from fcnn.network.backend import tf
from fcnn.training.order import WINDOW_BLOCKS, block_rows


class Tensors(NamedTuple):
    """Rows as tensors."""

    x: Any
    """(rows, features) float32."""
    y: Any
    """(rows, 1) float32 for one sigmoid or linear unit, (rows,) int32 for a softmax."""
    weight: Any
    """(rows,) float32 sample weights of losses and metrics, or None for ones."""
    loss_weight: Any
    """(rows,) float32: sample weight times class weight, or None for ones; losses of training only."""

    @property
    def shape(self) -> Tuple[int, int]:
        """Rows and features."""
        rows, features = self.x.shape
        return int(rows), int(features)

    def chunks(self, order: np.ndarray, size: int) -> Generator[Tuple["Tensors", Any], None, None]:
        """All rows, and which of them to train on, so many at a time.

        Args:
            order: (n,) positions.
            size: how many at a time; at last fewer.

        Yields:
            The same tensors each time, and (size,) int32 positions.
        """
        positions = order.astype(np.int32)
        for start in range(0, len(positions), size):
            # a tensor: an array of NumPy would trace a compiled function again for each
            yield self, tf.constant(positions[start : start + size])

    def blocks(self) -> Iterator["Tensors"]:
        """All rows at once."""
        yield self


class Streamed:
    """Rows whose features lie in a file; labels and weights are in memory.

    Whatever the order, each row is read; orders of :func:`fcnn.training.order.epoch_order` are read fast.
    """

    def __init__(
        self, x: StoredMatrix, y: np.ndarray, weight: Optional[np.ndarray], loss_weight: Optional[np.ndarray]
    ) -> None:
        """Take over a file.

        Args:
            x: (rows, features).
            y: (rows, 1) float32 or (rows,) int32, as of :class:`Tensors`.
            weight: (rows,) float32, or None.
            loss_weight: (rows,) float32, or None.
        """
        self._x = x
        self._others = (y, weight, loss_weight)
        self.shape = x.shape
        self._block = block_rows(x.shape[1])
        self._window = self._block * WINDOW_BLOCKS

    def chunks(self, order: np.ndarray, size: int) -> Generator[Tuple[Tensors, Any], None, None]:
        """The rows in the order of training, so many at a time; while some are trained on, the next ones are read.

        Args:
            order: (n,) positions.
            size: how many at a time; at last fewer.

        Yields:
            (size, ...) tensors, and None: they are in order already.
        """
        windows = [order[start : start + self._window] for start in range(0, len(order), self._window)]
        rest = np.empty((0, self.shape[1]), dtype=np.float32)
        done = 0
        with ThreadPoolExecutor(1) as reader:
            waiting = [reader.submit(self._read, windows[0])] if windows else []
            for number in range(len(windows)):
                if number + 1 < len(windows):
                    waiting.append(reader.submit(self._read, windows[number + 1]))
                x = waiting.pop(0).result()
                rest = np.concatenate([rest, x]) if len(rest) else x
                last = number + 1 == len(windows)
                whole = len(rest) if last else len(rest) // size * size
                for start in range(0, whole, size):
                    rows = rest[start : start + size]
                    yield self._tensors(rows, order[done : done + len(rows)]), None
                    done += len(rows)
                rest = rest[whole:].copy()  # else it would hold the whole window

    def blocks(self) -> Iterator[Tensors]:
        """All rows in the order of the file, a window at a time."""
        for start in range(0, self.shape[0], self._window):
            x = self._x.rows(start, start + self._window)
            yield self._tensors(x, np.arange(start, start + len(x)))

    def _read(self, positions: np.ndarray) -> np.ndarray:
        """(n, features) float32: some rows, in the order of `positions`; each block of them is read once."""
        blocks, block_of = np.unique(positions // self._block, return_inverse=True)
        runs = np.split(blocks, np.flatnonzero(np.diff(blocks) > 1) + 1)  # blocks that follow one another
        read = [self._x.rows(int(run[0]) * self._block, int(run[-1] + 1) * self._block) for run in runs]
        # only the last block of the file may be shorter, and it is the last one here
        return np.concatenate(read)[block_of * self._block + positions % self._block]

    def _tensors(self, x: np.ndarray, positions: np.ndarray) -> Tensors:
        others = (None if values is None else tf.constant(values[positions]) for values in self._others)
        return Tensors(tf.constant(x), *others)


Rows = Union[Tensors, Streamed]


def to_rows(
    x: Union[np.ndarray, StoredMatrix],
    y: np.ndarray,
    one_unit: bool,
    weight: Optional[np.ndarray],
    class_weight: Optional[np.ndarray] = None,
) -> Rows:
    """The rows of a part: copied into tensors, or left where they are on the disk.

    Args:
        x: (rows, features) float32.
        y: (rows,) codes or standardised values.
        one_unit: the output layer is one unit, so the labels are a column.
        weight: (rows,) sample weights, or None for ones.
        class_weight: (rows,) weight of each row's class, or None for ones.
    """
    labels = y.astype(np.float32)[:, None] if one_unit else y.astype(np.int32)
    total = weight if class_weight is None else class_weight if weight is None else weight * class_weight
    weights = [None if array is None else array.astype(np.float32) for array in (weight, total)]
    if isinstance(x, StoredMatrix):
        return Streamed(x, labels, *weights)
    return Tensors(*(None if values is None else tf.constant(values) for values in (x, labels, *weights)))
