"""What stands before the first dense layer, as Keras layers; the formulas in NumPy are in :mod:`fcnn.inference.front`.

Each weight is its layer's `factor` times what is learnt; see :mod:`fcnn.network.parametrization`.
"""

from itertools import groupby
from typing import Any, List, Sequence, Tuple

import numpy as np

from fcnn.inference.front import Block, CategoricalEmbedding, FrontLayer, InputScale, Periodic, PiecewiseLinear
from fcnn.inference.numeric_embedding import bins_of
from fcnn.network.architecture import FrontOptions
from fcnn.network.backend import keras, tf
from fcnn.network.dense import divided


def front_layer(layer: FrontLayer, options: FrontOptions, seed: int) -> Any:
    """The Keras layer of a layer of the front.

    Args:
        layer: as plain data.
        options: how it starts and learns.
        seed: of its weights; a few numbers above it are used, too.
    """
    if isinstance(layer, Periodic):
        return PeriodicEmbedding(
            layer.columns, layer.frequencies, layer.units, options.sigma, options.numeric_embedding, seed
        )
    if isinstance(layer, PiecewiseLinear):
        return PiecewiseLinearEmbedding(layer.columns, layer.edges, layer.units, options.numeric_embedding, seed)
    if isinstance(layer, CategoricalEmbedding):
        return CategoricalEmbeddings(layer.blocks, seed)
    return Scale(options.input_scale)


class _NumericEmbedding(keras.layers.Layer):
    """Each number stays, and a linear map of some encoding of it, the column's own, comes behind all inputs.

    Input shape:
        (rows, inputs) float32.
    Output shape:
        (rows, inputs + columns * (units - 1)) float32: the inputs, then what was made, column after column.
    """

    def __init__(self, columns: Sequence[int], encoded: int, units: int, factor: float, seed: int) -> None:
        """Take some of the inputs.

        Args:
            columns: positions of the inputs that are numbers, ascending.
            encoded: values of the encoding of a number.
            units: what a number becomes, itself included.
            factor: a weight is that times what is learnt.
            seed: of the weights.
        """
        super().__init__(name=Periodic.name)
        self.columns = tuple(columns)
        self.encoded = encoded
        self.units = units
        self.factor = factor
        self.seed = seed

    @property
    def factors(self) -> List[float]:
        """Of the weights; see :mod:`fcnn.network.parametrization`."""
        return [self.factor] * len(self.weights)

    def _add(self, name: str, shape: Tuple[int, ...], initializer: Any) -> Any:
        return self.add_weight(name=name, shape=shape, initializer=divided(initializer, self.factor))

    def _uniform(self, limit: float, number: int) -> Any:
        return keras.initializers.RandomUniform(-limit, limit, seed=self.seed + number)

    def build(self, input_shape: Any) -> None:
        """Make the weights: uniform up to 1 / sqrt(values of the encoding), as PyTorch's linear layers start."""
        count, limit = len(self.columns), self.encoded**-0.5
        self.kernel = self._add("kernel", (count, self.encoded, self.units - 1), self._uniform(limit, 0))
        self.bias = self._add("bias", (count, self.units - 1), self._uniform(limit, 1))
        super().build(input_shape)

    def encode(self, numbers: Any) -> Any:
        """(columns, rows, encoded) of (columns, rows, 1)."""
        raise NotImplementedError

    def call(self, inputs: Any) -> Any:
        """The inputs and what is made of the numbers among them."""
        numbers = tf.transpose(_columns(inputs, self.columns))[:, :, None]
        made = tf.matmul(self.encode(numbers), self._weight(self.kernel))
        made = tf.transpose(made, [1, 0, 2]) + self._weight(self.bias)
        return tf.concat([inputs, tf.reshape(made, [-1, len(self.columns) * (self.units - 1)])], axis=1)

    def _weight(self, learnt: Any) -> Any:
        return _times(self.factor, learnt)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """(rows, inputs and what is made)."""
        return (input_shape[0], input_shape[1] + len(self.columns) * (self.units - 1))


class PeriodicEmbedding(_NumericEmbedding):
    """[x, cos(2 pi w x + b) W + c]; see :class:`fcnn.inference.front.Periodic`.

    Input shape:
        (rows, inputs) float32.
    Output shape:
        (rows, inputs + columns * (units - 1)) float32.
    """

    def __init__(
        self, columns: Sequence[int], frequencies: int, units: int, sigma: float, factor: float, seed: int
    ) -> None:
        """Take some of the inputs; `sigma` is the standard deviation of w at the start, the others as above."""
        super().__init__(columns, frequencies, units, factor, seed)
        self.sigma = sigma

    def build(self, input_shape: Any) -> None:
        """Make the weights: w normal, b uniform from -pi to pi."""
        shape = (len(self.columns), self.encoded)
        normal = keras.initializers.RandomNormal(0.0, self.sigma, seed=self.seed + 2)
        self.frequency = self._add("frequency", shape, normal)
        self.phase = self._add("phase", shape, self._uniform(np.pi, 3))
        super().build(input_shape)

    def encode(self, numbers: Any) -> Any:
        """cos(2 pi w x + b)."""
        turned = float(np.float32(2 * np.pi)) * self._weight(self.frequency)
        return tf.cos(numbers * turned[:, None] + self._weight(self.phase)[:, None])


class PiecewiseLinearEmbedding(_NumericEmbedding):
    """[x, e(x) W + c], e being the shares of the bins below x; see :class:`fcnn.inference.front.PiecewiseLinear`.

    Input shape:
        (rows, inputs) float32.
    Output shape:
        (rows, inputs + columns * (units - 1)) float32.
    """

    def __init__(
        self, columns: Sequence[int], edges: Sequence[Sequence[float]], units: int, factor: float, seed: int
    ) -> None:
        """Take some of the inputs; `edges` are those of the bins of each, the others as above."""
        super().__init__(columns, max(map(len, edges)) - 1, units, factor, seed)
        self._bins = bins_of(edges, np.float32)

    def encode(self, numbers: Any) -> Any:
        """(x - left) / width, but no less than 0 and no more than 1 where the bin is no outer one."""
        left, inverse, lowest, highest = (tf.constant(each[:, None]) for each in self._bins)
        return tf.minimum(tf.maximum((numbers - left) * inverse, lowest), highest)


class CategoricalEmbeddings(keras.layers.Layer):
    """Blocks of one-hot columns, each times its kernel; see :class:`fcnn.inference.front.CategoricalEmbedding`.

    Input shape:
        (rows, inputs) float32.
    Output shape:
        (rows, inputs - levels + units) float32: the other inputs in their order, then what the blocks became.
    """

    def __init__(self, blocks: Sequence[Block], seed: int) -> None:
        """Take some blocks of inputs.

        Args:
            blocks: ascending.
            seed: of the weights.
        """
        super().__init__(name=CategoricalEmbedding.name)
        self._blocks = tuple(blocks)
        self.seed = seed

    def build(self, input_shape: Any) -> None:
        """Make the kernels: normal of standard deviation 1, the size that numbers have beside them."""
        self.kernels: List[Any] = []
        for number, block in enumerate(self._blocks):
            normal = keras.initializers.RandomNormal(0.0, 1.0, seed=self.seed + number)
            name, shape = f"kernel_{number}", (block.levels, block.units)
            self.kernels.append(self.add_weight(name=name, shape=shape, initializer=normal))
        super().build(input_shape)

    def call(self, inputs: Any) -> Any:
        """What belongs to no block, and what the blocks become."""
        sizes, place = [], 0
        for block in self._blocks:
            sizes += [block.start - place, block.levels]
            place = block.start + block.levels
        sizes.append(int(inputs.shape[1]) - place)
        parts = tf.split(inputs, sizes, axis=1)
        made = [tf.matmul(parts[2 * number + 1], _times(1.0, kernel)) for number, kernel in enumerate(self.kernels)]
        return tf.concat([*parts[::2], *made], axis=1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """(rows, outputs)."""
        return (input_shape[0], CategoricalEmbedding(blocks=self._blocks).width(input_shape[1]))


class Scale(keras.layers.Layer):
    """Each input times a factor that is learnt, 1 at the start.

    Input shape:
        (rows, inputs) float32.
    Output shape:
        That of the input.
    """

    def __init__(self, factor: float) -> None:
        """Begin with the inputs as they are; a weight is `factor` times what is learnt."""
        super().__init__(name=InputScale.name)
        self.factor = factor

    @property
    def factors(self) -> List[float]:
        """Of the weight; see :mod:`fcnn.network.parametrization`."""
        return [self.factor]

    def build(self, input_shape: Any) -> None:
        """Make the weight."""
        start = divided(keras.initializers.Ones(), self.factor)
        self.scale = self.add_weight(name="scale", shape=(int(input_shape[-1]),), initializer=start)
        super().build(input_shape)

    def call(self, inputs: Any) -> Any:
        """The products."""
        return inputs * _times(self.factor, self.scale)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """That of the input."""
        return input_shape


def _times(factor: float, learnt: Any) -> Any:
    """The weight: `factor` times what is learnt."""
    learnt = tf.convert_to_tensor(learnt)
    return learnt if factor == 1.0 else factor * learnt


def _columns(x: Any, columns: Sequence[int]) -> Any:
    """Some columns, ascending, of (rows, columns); by slices, as the gradient of a gather is slow."""
    runs = [[place for _, place in run] for _, run in groupby(enumerate(columns), lambda each: each[1] - each[0])]
    parts = [x[:, run[0] : run[-1] + 1] for run in runs]
    return parts[0] if len(parts) == 1 else tf.concat(parts, axis=1)
