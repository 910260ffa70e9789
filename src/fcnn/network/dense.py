"""A dense layer that learns its weights divided by a factor."""

from typing import Any, Callable, Dict, List, Optional

from fcnn.network.backend import keras, tf


@keras.utils.register_keras_serializable(package="fcnn")
class ScaledDense(keras.layers.Layer):
    """z = x W + b with W = kernel_factor * kernel and b = bias_factor * bias, where kernel and bias are learnt.

    With ``kernel_factor`` 1 / sqrt(inputs) it is the parametrization of the neural tangent kernel (Jacot, Gabriel and
    Hongler, 2018, section 2); RealMLP (Holzmüller et al., 2024) has it, and a bias that learns more slowly.
    Initializers and penalties are those of W and b: a network starts as it would without factors.

    Input shape:
        (rows, inputs) float32.
    Output shape:
        (rows, units) float32.
    """

    def __init__(
        self,
        units: int,
        kernel_factor: float = 1.0,
        bias_factor: float = 1.0,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Optional[Callable[[Any], Any]] = None,
        **options: Any,
    ) -> None:
        """Know the factors; the weights are made when the number of inputs is known.

        Args:
            units: outputs of a row.
            kernel_factor: above 0.
            bias_factor: above 0.
            use_bias: whether there is a b.
            kernel_initializer: of W.
            bias_initializer: of b.
            kernel_regularizer: the penalty on W.
            options: of every Keras layer, as its name.
        """
        super().__init__(**options)
        self.units = units
        self.kernel_factor = kernel_factor
        self.bias_factor = bias_factor
        self.use_bias = use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.bias_initializer = keras.initializers.get(bias_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)

    @property
    def factors(self) -> List[float]:
        """Of the weights, in their order; see :mod:`fcnn.network.parametrization`."""
        return [self.kernel_factor, self.bias_factor] if self.use_bias else [self.kernel_factor]

    def build(self, input_shape: Any) -> None:
        """Make kernel (inputs, units) and bias (units,)."""
        penalty = self.kernel_regularizer
        self.kernel = self.add_weight(
            name="kernel",
            shape=(int(input_shape[-1]), self.units),
            initializer=divided(self.kernel_initializer, self.kernel_factor),
            regularizer=None if penalty is None else lambda kernel: penalty(kernel * self.kernel_factor),
        )
        self.bias = None
        if self.use_bias:
            initializer = divided(self.bias_initializer, self.bias_factor)
            self.bias = self.add_weight(name="bias", shape=(self.units,), initializer=initializer)
        self.built = True

    def call(self, inputs: Any) -> Any:
        """X W + b."""
        z = tf.matmul(inputs, self.kernel * self.kernel_factor)
        return z if self.bias is None else z + self.bias * self.bias_factor

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The shape of the input, with the units last."""
        return (*tuple(input_shape)[:-1], self.units)

    def get_config(self) -> Dict[str, Any]:
        """What `from_config` needs."""
        return {
            **super().get_config(),
            "units": self.units,
            "kernel_factor": self.kernel_factor,
            "bias_factor": self.bias_factor,
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
        }


def divided(initializer: Callable[..., Any], factor: float) -> Callable[..., Any]:
    """An initializer of what is learnt, from that of `factor` times it."""

    def start(shape: Any, dtype: Any = None, **options: Any) -> Any:
        return initializer(shape, dtype=dtype, **options) / factor

    return start
