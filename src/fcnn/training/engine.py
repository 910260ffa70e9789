"""The steps of an epoch inside one TensorFlow function.

Keras's ``fit`` returns to Python after every batch, which costs a small network more than the batch itself. Here the
data lie in tensors, a loop inside the function gathers batch after batch, and Python is back once a chunk of steps.
Model, optimizer and loss are Keras's; the result is that of ``fit`` on the same batches.
"""

from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Tuple

import numpy as np

from fcnn.network import backend
from fcnn.network.backend import tf

EVALUATION_ROWS = 8192
"""Rows of one block when a whole part is evaluated."""
CHUNK_ROWS = 1 << 17
"""Rows after which an epoch returns to Python for a moment, to see whether it should stop."""


@dataclass(frozen=True)
class Tensors:
    """The rows of one part as tensors."""

    x: Any
    """(rows, features) float32."""
    y: Any
    """(rows, 1) float32 for one sigmoid or linear unit, (rows,) int32 for a softmax."""
    weight: Any
    """(rows,) float32 sample weights of losses and metrics."""
    loss_weight: Any
    """(rows,) float32: sample weight times class weight; losses of training only."""


def to_tensors(
    x: np.ndarray,
    y: np.ndarray,
    one_unit: bool,
    weight: Optional[np.ndarray],
    class_weight: Optional[np.ndarray] = None,
) -> Tensors:
    """Copy a part into tensors.

    Args:
        x: (rows, features) float32.
        y: (rows,) codes or standardised values.
        one_unit: the output layer is one unit, so the labels are a column.
        weight: (rows,) sample weights, or None for ones.
        class_weight: (rows,) weight of each row's class, or None for ones.
    """
    ones = np.ones(len(x), dtype=np.float32)
    sample = ones if weight is None else weight
    total = sample if class_weight is None else (sample * class_weight).astype(np.float32)
    labels = y.astype(np.float32)[:, None] if one_unit else y.astype(np.int32)
    return Tensors(*(tf.constant(array) for array in (x, labels, sample, total)))


class Engine:
    """Trains and evaluates one model; all its functions are traced once."""

    def __init__(
        self, model: Any, optimizer: Any, loss: Any, *, batch_size: int, clipnorm: Optional[float], mode: str
    ) -> None:
        """Bind a model to an optimizer and a loss.

        Args:
            model: a Keras Sequential model, built.
            optimizer: of Keras, its slots made.
            loss: of Keras, one value a row.
            batch_size: rows of a step; the last step of an epoch has the rest, so that every row is trained on.
            clipnorm: the largest norm of one weight's gradient, or None.
            mode: ``graph``, ``xla`` or ``eager``.
        """
        self._model = model
        self._optimizer = optimizer
        self._loss = loss
        self._batch_size = batch_size
        self._clipnorm = clipnorm
        self._classes = type(loss).__name__ in ("BinaryCrossentropy", "SparseCategoricalCrossentropy")
        # Sums over an epoch: rows, row-weighted loss, sample weight, weighted hits or absolute errors.
        self._sums: List[Any] = [tf.Variable(0.0, dtype=tf.float64, trainable=False) for _ in range(4)]
        self._steps = backend.compiled(self._run_steps, mode)
        self._rest = backend.compiled(self._run_rest, mode)
        self._blocks = backend.compiled(self._run_blocks, mode)

    def epoch(self, part: Tensors, order: np.ndarray, should_stop: Callable[[], bool]) -> Dict[str, float]:
        """Train on every row once.

        Args:
            part: the training rows.
            order: (rows,) the rows' positions in the order of training.
            should_stop: asked between chunks; where it says yes, the epoch ends early.

        Returns:
            ``loss``, the mean over the rows seen, each with the weights of its step, penalties included; and
            ``accuracy`` or ``mae`` likewise.
        """
        shuffled = tf.constant(order.astype(np.int32))
        whole = len(order) // self._batch_size
        chunk = max(1, CHUNK_ROWS // self._batch_size)
        self._reset()
        for start in range(0, whole, chunk):
            # Tensors: a Python number would trace the function again for each value.
            first, stop = tf.constant(start), tf.constant(min(whole, start + chunk))
            self._steps(part.x, part.y, part.weight, part.loss_weight, shuffled, first, stop)
            if should_stop():
                return self._means()
        if len(order) % self._batch_size:
            self._rest(part.x, part.y, part.weight, part.loss_weight, shuffled)
        return self._means()

    def evaluate(self, part: Tensors) -> Dict[str, float]:
        """The same figures of all rows with the weights as they are now; dropout is off."""
        self._reset()
        self._blocks(part.x, part.y, part.weight)
        return self._means()

    def weights_are_finite(self) -> bool:
        """Whether every weight is a finite number.

        A finite loss does not prove it: TensorFlow 2.21 with oneDNN turns the NaN of a unit into 0 in its fused ReLU.
        """
        return all(bool(np.isfinite(weight).all()) for weight in self._model.get_weights())

    # --- inside the TensorFlow function ---------------------------------------------------------------------------

    def _run_steps(self, x: Any, y: Any, weight: Any, loss_weight: Any, order: Any, start: Any, stop: Any) -> None:
        size = self._batch_size
        for step in tf.range(start, stop):
            rows = tf.slice(order, [step * size], [size])
            self._step(*(tf.gather(values, rows) for values in (x, y, weight, loss_weight)))

    def _run_rest(self, x: Any, y: Any, weight: Any, loss_weight: Any, order: Any) -> None:
        rows = order[order.shape[0] // self._batch_size * self._batch_size :]
        self._step(*(tf.gather(values, rows) for values in (x, y, weight, loss_weight)))

    def _step(self, x: Any, y: Any, weight: Any, loss_weight: Any) -> None:
        variables = self._model.trainable_variables
        with tf.GradientTape() as tape:
            output = self._model(x, training=True)
            loss = tf.reduce_mean(self._loss(y, output) * loss_weight)
            if self._model.losses:
                loss += tf.add_n(self._model.losses)
        gradients = tape.gradient(loss, variables)
        if self._clipnorm is not None:
            gradients = [tf.clip_by_norm(gradient, self._clipnorm) for gradient in gradients]
        self._optimizer.apply_gradients(zip(gradients, variables))
        self._add(x.shape[0], loss, y, output, weight)

    def _run_blocks(self, x: Any, y: Any, weight: Any) -> None:
        whole = x.shape[0] // EVALUATION_ROWS
        if whole:  # XLA compiles also what runs no time, and a slice of a shorter table does not compile
            positions = tf.range(x.shape[0])
            for block in tf.range(whole):
                rows = tf.slice(positions, [block * EVALUATION_ROWS], [EVALUATION_ROWS])
                self._measure(*(tf.gather(values, rows) for values in (x, y, weight)))
        if x.shape[0] % EVALUATION_ROWS:
            self._measure(*(values[whole * EVALUATION_ROWS :] for values in (x, y, weight)))

    def _measure(self, x: Any, y: Any, weight: Any) -> None:
        output = self._model(x, training=False)
        loss = tf.reduce_mean(self._loss(y, output) * weight)
        if self._model.losses:
            loss += tf.add_n(self._model.losses)
        self._add(x.shape[0], loss, y, output, weight)

    def _add(self, rows: int, loss: Any, y: Any, output: Any, weight: Any) -> None:
        if not self._classes:
            score = tf.abs(tf.squeeze(output - y, axis=1))
        elif y.shape.rank == 2:
            score = tf.cast(tf.equal(tf.squeeze(output > 0.5, axis=1), tf.squeeze(y > 0.5, axis=1)), tf.float32)
        else:
            score = tf.cast(tf.equal(tf.argmax(output, axis=1, output_type=tf.int32), y), tf.float32)
        terms = (rows, tf.cast(loss, tf.float64) * rows, tf.reduce_sum(weight), tf.reduce_sum(score * weight))
        for total, term in zip(self._sums, terms):
            total.assign_add(tf.cast(term, tf.float64))

    # --------------------------------------------------------------------------------------------------------------

    def _reset(self) -> None:
        for total in self._sums:
            total.assign(0.0)

    def _means(self) -> Dict[str, float]:
        rows, loss, weight, score = (float(total.numpy()) for total in self._sums)
        name = "accuracy" if self._classes else "mae"
        return {"loss": loss / max(rows, 1.0), name: score / weight if weight else 0.0}


def class_weights(y: np.ndarray, classes: Tuple[str, ...], given: Any) -> Optional[np.ndarray]:
    """The weight of each row's class.

    Args:
        y: (rows,) codes of the training rows.
        classes: names by code.
        given: of the config: None, ``balanced`` (rows / (classes * rows of the class), as scikit-learn has it) or a
            mapping by name; a class that it does not name weighs 1.

    Returns:
        (rows,) float32, or None where all weigh the same.
    """
    if given is None:
        return None
    if given == "balanced":
        counts = np.bincount(y, minlength=len(classes))
        by_code = len(y) / (np.count_nonzero(counts) * np.maximum(counts, 1))
    else:
        by_code = np.array([given.get(name, 1.0) for name in classes])
    return np.asarray(by_code[y], dtype=np.float32)
