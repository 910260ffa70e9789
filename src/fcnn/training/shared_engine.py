"""The engine where several devices share the rows of every step."""

from typing import Any, List, Sequence, Tuple

import numpy as np

from fcnn.network.backend import tf
from fcnn.network.dropout import dropout_layers
from fcnn.training.engine import Engine, slice_rows
from fcnn.training.replicas import Replicas, share
from fcnn.training.rows import Tensors


class SharedEngine(Engine):
    """Each device takes its rows of a batch through a copy of the network; the gradients are summed, then applied.

    A batch has its rows in the order that a single device would see, and its loss is divided by all of its rows: the
    steps are those of one device but for the rounding of the sums. Batch normalization alone sees only a device's own
    rows; its moving statistics become the mean of all devices' at the end of each chunk.
    """

    def __init__(self, copies: Sequence[Any], replicas: Replicas, *arguments: Any, **options: Any) -> None:
        """Bind a model and its copies to an optimizer and a loss.

        Args:
            copies: of the model, for the other devices of this process; they follow the model, which is on the first.
            replicas: the devices.
            arguments: those of :class:`Engine`.
            options: those of :class:`Engine`.
        """
        super().__init__(*arguments, **options)
        self._copies = (self._model, *copies)
        self._replicas = replicas
        self._shapes = [tuple(variable.shape) for variable in self._model.trainable_variables]

    def _chunk_begins(self) -> None:
        """Make the copies equal to the model."""
        super()._chunk_begins()
        for copy in self._copies[1:]:
            _assign(copy.weights, self._model.weights)
            _assign(_counters(copy), _counters(self._model))

    def _step(self, rows: Tensors) -> Any:
        """A step of all devices; the sums over the rows of this process."""
        replicas = self._replicas
        found = replicas.run(lambda position: self._share_of_step(rows, position))
        gradient = replicas.sum(found[0])
        sizes = [int(np.prod(shape)) for shape in self._shapes]
        self._apply([tf.reshape(each, shape) for each, shape in zip(tf.split(gradient, sizes), self._shapes)])
        for copy in self._copies[1:]:
            _assign(copy.trainable_variables, self._model.trainable_variables)
        return tf.add_n(replicas.local(found[1]))

    def _share_of_step(self, rows: Tensors, position: int) -> Tuple[Any, Any]:
        """What one device does of a step.

        Args:
            rows: the whole batch.
            position: of the device, among those of this process.

        Returns:
            (weights,) float32, its part of the gradient, all variables one after another; (4,) float64, its sums.
        """
        batch, replicas, model = int(rows.x.shape[0]), self._replicas, self._copies[position]
        own = share(batch, replicas.first + position, replicas.count)
        if not own:
            for layer in dropout_layers(model):
                layer.skip()
            return tf.zeros([sum(int(np.prod(shape)) for shape in self._shapes)]), tf.zeros([4], tf.float64)
        part = slice_rows(rows, own.start, len(own))
        with tf.GradientTape() as tape:
            output = model(part.x, training=True)
            error = tf.reduce_sum(self.losses(part, output))
            penalty = tf.add_n(model.losses) if model.losses else tf.constant(0.0)
            loss = error / batch + penalty / min(batch, replicas.count)  # who has no row has no part of it
        gradients = tape.gradient(loss, model.trainable_variables)
        flat = tf.concat([tf.reshape(gradient, [-1]) for gradient in gradients], axis=0)
        return flat, self._sums(part, error / len(own) + penalty, output)

    def _chunk_ends(self, sums: Any) -> Any:
        """Make the moving statistics equal, and add up the sums of all processes."""
        statistics = self._model.non_trainable_weights
        if statistics:
            found = self._replicas.run(lambda position: _flat(self._copies[position].non_trainable_weights))
            mean = self._replicas.sum(found) / self._replicas.count
            shapes = [tuple(variable.shape) for variable in statistics]
            parts = tf.split(mean, [int(np.prod(shape)) for shape in shapes])
            _assign(statistics, [tf.reshape(part, shape) for part, shape in zip(parts, shapes)])
        return self._replicas.sum_of_workers(super()._chunk_ends(sums))

    def _evaluate_on(self, part: Tensors) -> Any:
        """The sums over all rows; each process measures its share of them, on its first device."""
        own = share(int(part.x.shape[0]), self._replicas.worker, self._replicas.workers)
        return self._replicas.sum_of_workers(super()._evaluate_on(slice_rows(part, own.start, len(own))))


def _flat(variables: Sequence[Any]) -> Any:
    return tf.concat([tf.reshape(tf.convert_to_tensor(variable), [-1]) for variable in variables], axis=0)


def _assign(variables: Sequence[Any], values: Sequence[Any]) -> None:
    for variable, value in zip(variables, values):
        variable.assign(value)


def _counters(model: Any) -> List[Any]:
    """Of the dropout masks; they are equal on all devices, also where one had no row of a batch."""
    return [layer.counter for layer in dropout_layers(model)]
