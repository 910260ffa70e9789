"""Activations with a learnt weight for each unit."""

from typing import Any, Dict, List, Mapping

from fcnn.network import backend
from fcnn.network.backend import keras
from fcnn.network.dense import divided


@keras.utils.register_keras_serializable(package="fcnn")
class ParametricActivation(keras.layers.Layer):
    """a = z + w (g(z) - z), where w starts at 1: 0 is no activation at all, 1 is g itself.

    RealMLP (Holzmüller et al., 2024, "parametric activations") has it; of relu it is the PReLU of He et al., 2015.
    What is learnt is ``activation_weight``, and w is `factor` times it.

    Input shape:
        (rows, units) float32.
    Output shape:
        That of the input.
    """

    def __init__(self, activation: Mapping[str, Any], factor: float = 1.0, **options: Any) -> None:
        """Know the activation.

        Args:
            activation: the record of g, as of :func:`fcnn.inference.activations.parameters_of`.
            factor: above 0.
            options: of every Keras layer, as its name.
        """
        super().__init__(**options)
        self.activation = dict(activation)
        self.factor = factor
        self._function = backend.activation(self.activation)

    @property
    def factors(self) -> List[float]:
        """Of the weights, in their order; see :mod:`fcnn.network.parametrization`."""
        return [self.factor]

    def build(self, input_shape: Any) -> None:
        """Make the weight (units,)."""
        self.activation_weight = self.add_weight(
            name="activation_weight",
            shape=(int(input_shape[-1]),),
            initializer=divided(keras.initializers.get("ones"), self.factor),
        )
        self.built = True

    def call(self, inputs: Any) -> Any:
        """Z + w (g(z) - z)."""
        return inputs + (self._function(inputs) - inputs) * (self.activation_weight * self.factor)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The shape of the input."""
        return input_shape

    def get_config(self) -> Dict[str, Any]:
        """What `from_config` needs."""
        return {**super().get_config(), "activation": dict(self.activation), "factor": self.factor}
