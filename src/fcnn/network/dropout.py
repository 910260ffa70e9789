"""Dropout whose masks are the same bits under XLA, as a graph and eagerly, on both generations of Keras.

Keras's own masks are others under XLA than in a graph, and on TensorFlow 2.4 with XLA others each time. Here a mask
comes from a counter: an integer hash of the seed, the number of the step and the position in the batch, with nothing
in it that a compiler may order differently.
"""

from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from fcnn.network.backend import keras, tf

STEP = 0x9E3779B97F4A7C15
"""Of a counter, from one mask to the next."""
AHEAD = 10**12 + 39
"""Masks from the beginning of one stream to that of the next; odd, so that both halves of the counter differ."""


@keras.utils.register_keras_serializable(package="fcnn")
class Dropout(keras.layers.Layer):
    """Sets a share of the outputs to 0 while training and scales the others, so that the mean stays.

    Every training call has a mask of its own. What it depends on, a counter that starts at a hash of the seed, is held
    in a variable that is no weight: Keras's ``get_weights``, and with it the weights that are exported or kept for the
    best epoch, are those of the dense and normalizing layers alone. TensorFlow tracks it all the same, so that a
    SavedModel of the layer is complete; and with the seed in it a compiled step serves for another seed, too.

    Input shape:
        (rows, units) float32.
    Output shape:
        That of the input.
    """

    def __init__(self, rate: float, seed: int, **options: Any) -> None:
        """Start at the first mask.

        Args:
            rate: share of the outputs that become 0, at least 0 and less than 1.
            seed: at least 0; equal seeds have equal masks.
            options: of every Keras layer, as its name.
        """
        super().__init__(**options)
        self.rate = rate
        self.seed = seed
        self.stream = 0
        """Which of several networks that learn together this one is; each has masks of its own."""
        self._counter = _Counter(seed)

    @property
    def counter(self) -> Any:
        """() int64 variable: where the masks of the layer stand."""
        return self._counter.value

    def call(self, inputs: Any, training: Optional[bool] = None) -> Any:
        """The inputs, while training with a new mask."""
        if not training:
            return inputs
        kept = _uniform(tf.shape(inputs), *self._counter.next(self.stream)) >= round(self.rate * 2**32) - 2**31
        return inputs * tf.where(kept, 1.0 / (1.0 - self.rate), 0.0)

    def skip(self) -> None:
        """Go on to the next mask without using this one."""
        self._counter.next()

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The shape of the input."""
        return input_shape

    def get_config(self) -> Dict[str, Any]:
        """What `from_config` needs; the layer that it makes starts at the first mask."""
        return {**super().get_config(), "rate": self.rate, "seed": self.seed}


class _Counter(tf.Module):
    """A counter of masks; a module, as a variable that is an attribute of a layer is a weight to Keras 2.4."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        start = np.random.SeedSequence(seed).generate_state(1, np.uint64).astype(np.int64)[0]
        self.value = tf.Variable(
            start,
            dtype=tf.int64,
            trainable=False,
            aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
            name="dropout_counter",
        )

    def next(self, stream: int = 0) -> Tuple[Any, Any]:
        """Two int32 numbers that belong to one mask, then count on.

        The step is 2^64 divided by the golden ratio: both halves of the counter change each time, and it comes back
        to no value before it had all.

        Args:
            stream: other streams have the masks that the first comes to some 10^12 masks later.
        """
        value = self.value.read_value()
        if stream:
            value += _signed(stream * AHEAD * STEP)
        self.value.assign_add(_signed(STEP))
        return tf.cast(value, tf.int32), tf.cast(tf.bitwise.right_shift(value, tf.constant(32, tf.int64)), tf.int32)


def _uniform(shape: Any, first: Any, second: Any) -> Any:
    """Integers of a shape, uniform over all of int32: a hash of two keys and the position.

    The hash is lowbias32 of hash-prospector without its last shift, which moves only what a comparison cannot see.
    TensorFlow 2.4 cannot multiply uint32; int32 wraps around alike. One key would do for one mask; but with 32 bits
    some masks of a long training would be other steps' masks, shifted by some units.
    """
    position = tf.reshape(tf.range(tf.reduce_prod(shape)), shape)
    values = _folded(position + first, 16) * 0x7FEB352D + second
    return _folded(values, 15) * (0x846CA68B - 2**32)


def _folded(values: Any, bits: int) -> Any:
    """Integers exclusive-or themselves, shifted to the right as unsigned numbers."""
    shifted = tf.bitwise.right_shift(tf.bitcast(values, tf.uint32), tf.constant(bits, tf.uint32))
    return tf.bitwise.bitwise_xor(values, tf.bitcast(shifted, tf.int32))


def _signed(value: int) -> int:
    """The int64 of the same bits as the last 64 of a whole number."""
    return (value + 2**63) % 2**64 - 2**63


def dropout_layers(model: Any) -> List[Any]:
    """The dropout layers of a model, in order."""
    return [layer for layer in model.layers if isinstance(layer, Dropout)]


def use_stream(model: Any, stream: int) -> None:
    """Give a network masks of its own among several that learn together; before its steps are traced."""
    for layer in dropout_layers(model):
        layer.stream = stream


def get_counters(model: Any) -> List[int]:
    """Where the masks of a model stand: a number for each dropout layer, in the order of the layers."""
    return [int(layer.counter.numpy()) for layer in dropout_layers(model)]


def set_counters(model: Any, counters: Sequence[int]) -> None:
    """Go on with masks from another point, or with those of another seed; the reverse of :func:`get_counters`."""
    for layer, counter in zip(dropout_layers(model), counters):
        layer.counter.assign(counter)
