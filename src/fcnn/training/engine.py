"""The steps of an epoch inside one TensorFlow function.

Keras's ``fit`` returns to Python after every batch, which costs a small network more than the batch itself. Here the
data lie in tensors, the function puts the rows into the epoch's order, and a loop inside it takes batch after batch;
Python is back once a chunk of steps, and the validation part is measured in the same function. Model, optimizer and
loss are Keras's; the result is that of ``fit`` on the same batches.
"""

from contextlib import closing
from typing import Any, Callable, Dict, Optional, Sequence, Tuple

import numpy as np

from fcnn.network import backend
from fcnn.network.backend import tf
from fcnn.network.compile_mode import WORK
from fcnn.training.averaging import WeightAverage
from fcnn.training.rows import Rows, Tensors

EVALUATION_ROWS = 8192
"""Rows of one block when a whole part is evaluated."""
CHUNK_ROWS = 1 << 17
"""Rows of a chunk at most: they are copied into the epoch's order."""
CHUNK_WORK = 2e10
"""Multiplications and additions of a chunk at most, about a second: after it Python sees whether it should stop."""


class Engine:
    """Trains and evaluates one model; each of its functions is traced once for each shape of the data."""

    def __init__(
        self,
        model: Any,
        optimizer: Any,
        loss: Any,
        *,
        batch_size: int,
        clipnorm: Optional[float],
        mode: str,
        training_loss: Optional[Any] = None,
        momentum: Optional[float] = None,
    ) -> None:
        """Bind a model to an optimizer and a loss.

        Args:
            model: a Keras Sequential model, built.
            optimizer: of Keras, its slots made.
            loss: of Keras, one value a row.
            batch_size: rows of a step; the last step of an epoch has the rest, so that every row is trained on.
            clipnorm: the largest norm of one weight's gradient, or None.
            mode: ``graph``, ``xla`` or ``eager``.
            training_loss: what is trained by and told of training, where it is another one than `loss`, by which rows
                are evaluated.
            momentum: of the average of the weights, which the model has after each epoch; None for none.
        """
        self._model = model
        self._optimizer = optimizer
        self._loss = loss
        self._training_loss = loss if training_loss is None else training_loss
        self.average = None if momentum is None else WeightAverage(model.trainable_variables, optimizer, momentum)
        """Of the weights, where it is wanted."""
        self._batch_size = batch_size
        self._clipnorm = clipnorm
        self._classes = type(loss).__name__ in ("BinaryCrossentropy", "SparseCategoricalCrossentropy")
        weights = sum(int(np.prod(variable.shape)) for variable in model.trainable_variables)
        rows = min(CHUNK_ROWS, CHUNK_WORK / (WORK * max(1, weights)))
        self._chunk = max(1, int(rows) // batch_size) * batch_size
        self._train = backend.compiled(self._train_on, mode)
        self._evaluate = backend.compiled(self._evaluate_on, mode)

    def epoch(
        self,
        part: Rows,
        order: np.ndarray,
        should_stop: Callable[[], bool],
        validation: Optional[Rows] = None,
        on_rows: Callable[[int], None] = lambda seen: None,
    ) -> Dict[str, float]:
        """Train on every row once.

        Args:
            part: the training rows.
            order: (rows,) the rows' positions in the order of training.
            should_stop: asked between chunks; where it says yes, the epoch ends early.
            validation: the rows to measure when all are trained on.
            on_rows: told after each chunk how many rows are done.

        Returns:
            ``loss``, the mean over the rows seen, each with the weights of its step, penalties included; ``accuracy``
            or ``mae`` likewise; and those of the validation rows at the end, as ``val_loss`` ...
        """
        at_hand = validation if isinstance(validation, Tensors) else None
        sums, measured, seen = np.zeros(4), None, 0
        with closing(part.chunks(order, self._chunk)) as chunks:
            for rows, positions in chunks:
                seen += int((rows.y if positions is None else positions).shape[0])
                is_last = seen == len(order)
                trained, found = self._train(rows, positions, at_hand if is_last else None)
                sums += trained.numpy()
                on_rows(seen)
                if is_last:
                    measured = found.numpy()
                elif should_stop():
                    break
        figures = self._means(sums)
        if validation is not None and measured is not None:
            values = self.evaluate(validation) if at_hand is None else self._means(measured)
            figures.update((f"val_{name}", value) for name, value in values.items())
        return figures

    @property
    def batch_size(self) -> int:
        """Rows of a step."""
        return self._batch_size

    def evaluate(self, part: Rows) -> Dict[str, float]:
        """The same figures of all rows with the weights as they are now; dropout is off."""
        return self._means(sum(self._evaluate(rows).numpy() for rows in part.blocks()))

    def step(self, rows: Tensors) -> float:
        """Train on the rows of one batch, uncompiled; the loss."""
        count, loss, *_ = self._step(rows).numpy().tolist()
        return float(loss / count)

    def losses(self, rows: Tensors, output: Any) -> Any:
        """(rows,) float32 tensor: the loss of each row of training, its weights included, penalties not."""
        found = self._training_loss(rows.y, output)
        return found if rows.loss_weight is None else found * rows.loss_weight

    @property
    def compilations(self) -> int:
        """How many shapes of data there were to train on; each is traced, and under XLA compiled, once."""
        return backend.traces(self._train)

    # --- inside the TensorFlow function ---------------------------------------------------------------------------

    def _train_on(self, part: Tensors, order: Any, validation: Optional[Tensors]) -> Tuple[Any, Any]:
        """Train on the rows of a chunk; the sums over them, and over the validation rows where they are given."""
        ordered = (
            part if order is None else Tensors(*(None if each is None else tf.gather(each, order) for each in part))
        )
        self._chunk_begins()
        size, rows = self._batch_size, ordered.x.shape[0]
        steps = rows // size
        sums = tf.zeros([4], tf.float64)
        if steps:  # XLA compiles also what runs no time, and a slice of a shorter table does not compile
            sums = _add(sums, steps, lambda step: self._step(slice_rows(ordered, step * size, size)))
        if rows % size:  # a step of its own: padded rows would be seen by batch normalization
            sums += self._step(slice_rows(ordered, steps * size, rows % size))
        sums = self._chunk_ends(sums)
        return sums, sums if validation is None else self._evaluate_on(validation)

    def _chunk_begins(self) -> None:
        """Before the first step of a chunk."""
        if self.average is not None:
            self.average.begin_steps()

    def _chunk_ends(self, sums: Any) -> Any:
        """The sums over the rows of a chunk, all steps of which are done."""
        if self.average is not None:
            self.average.end_steps()
        return sums

    def _step(self, rows: Tensors) -> Any:
        variables = self._model.trainable_variables
        with tf.GradientTape() as tape:
            output = self._model(rows.x, training=True)
            loss = self._mean_loss(self.losses(rows, output))
        self._apply(tape.gradient(loss, variables))
        return self._sums(rows, loss, output)

    def _apply(self, gradients: Sequence[Any]) -> None:
        if self._clipnorm is not None:
            gradients = [tf.clip_by_norm(gradient, self._clipnorm) for gradient in gradients]
        self._optimizer.apply_gradients(zip(gradients, self._model.trainable_variables))
        if self.average is not None:
            self.average.after_step()

    def _evaluate_on(self, part: Tensors) -> Any:
        blocks, rest = divmod(part.x.shape[0], EVALUATION_ROWS)
        sums = tf.zeros([4], tf.float64)
        if blocks:
            sums = _add(
                sums, blocks, lambda block: self._measure(slice_rows(part, block * EVALUATION_ROWS, EVALUATION_ROWS))
            )
        if rest:
            sums += self._measure(slice_rows(part, blocks * EVALUATION_ROWS, rest))
        return sums

    def _measure(self, rows: Tensors) -> Any:
        output = self._model(rows.x, training=False)
        losses = self._loss(rows.y, output)
        return self._sums(rows, self._mean_loss(losses if rows.weight is None else losses * rows.weight), output)

    def _mean_loss(self, losses: Any) -> Any:
        """That of rows with the loss of each of them, penalties included."""
        loss = tf.reduce_mean(losses)
        return loss + tf.add_n(self._model.losses) if self._model.losses else loss

    def _sums(self, rows: Tensors, loss: Any, output: Any) -> Any:
        """(4,) float64: rows, loss times rows, sample weight, weighted hits or absolute errors."""
        if not self._classes:
            score = tf.abs(tf.squeeze(output - rows.y, axis=1))
        elif rows.y.shape.rank == 2:
            score = tf.cast(tf.equal(tf.squeeze(output > 0.5, axis=1), tf.squeeze(rows.y > 0.5, axis=1)), tf.float32)
        else:
            score = tf.cast(tf.equal(tf.argmax(output, axis=1, output_type=tf.int32), rows.y), tf.float32)
        count = float(rows.x.shape[0])
        weight = tf.constant(count) if rows.weight is None else tf.reduce_sum(rows.weight)
        scores = tf.reduce_sum(score if rows.weight is None else score * rows.weight)
        return tf.cast(tf.stack([tf.constant(count), loss * count, weight, scores]), tf.float64)

    # --------------------------------------------------------------------------------------------------------------

    def _means(self, sums: np.ndarray) -> Dict[str, float]:
        rows, loss, weight, score = sums.tolist()
        name = "accuracy" if self._classes else "mae"
        return {"loss": loss / max(rows, 1.0), name: score / weight if weight else 0.0}


def _add(sums: Any, times: int, step: Callable[[Any], Any]) -> Any:
    """`sums` and what `step` gives for 0, 1, ... up to `times`, one after another; a loop of TensorFlow's."""
    done = tf.while_loop(
        lambda position, _: position < times, lambda position, sums: (position + 1, sums + step(position)), (0, sums)
    )
    return done[1]


def slice_rows(part: Tensors, start: Any, size: int) -> Tensors:
    """Some rows, one after another; `size` is a number that is known when the function is traced."""

    def rows(values: Any) -> Any:
        others = values.shape[1:].as_list()
        return tf.slice(values, [start, *[0] * len(others)], [size, *others])

    return Tensors(*(None if values is None else rows(values) for values in part))


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
