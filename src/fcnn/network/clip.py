"""An output that stays within what training has seen."""

from typing import Any, Dict, Optional, Tuple

from fcnn.network.backend import keras, tf


@keras.utils.register_keras_serializable(package="fcnn")
class ClipOutput(keras.layers.Layer):
    """Outside training, clips to a range; while training it lets everything through, and gradients with it.

    RealMLP (Holzmüller et al., 2024) clips what it predicts of a quantity to the range of the training targets. The
    range is held in a variable that is no weight, so that a compiled step serves for another range, too.

    Input shape:
        (rows, 1) float32.
    Output shape:
        That of the input.
    """

    def __init__(self, low: float, high: float, **options: Any) -> None:
        """Start with a range.

        Args:
            low: the least that comes out.
            high: the largest.
            options: of every Keras layer, as its name.
        """
        super().__init__(**options)
        self._range = _Range(low, high)

    @property
    def range(self) -> Tuple[float, float]:
        """The least and the largest that comes out."""
        low, high = self._range.value.numpy().tolist()
        return low, high

    @range.setter
    def range(self, value: Tuple[float, float]) -> None:
        self._range.value.assign(value)

    def call(self, inputs: Any, training: Optional[bool] = None) -> Any:
        """The inputs; outside training clipped."""
        if training:
            return inputs
        return tf.clip_by_value(inputs, self._range.value[0], self._range.value[1])

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The shape of the input."""
        return input_shape

    def get_config(self) -> Dict[str, Any]:
        """What `from_config` needs."""
        low, high = self.range
        return {**super().get_config(), "low": low, "high": high}


class _Range(tf.Module):
    """A range; a module, as a variable that is an attribute of a layer is a weight to Keras 2.4."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__()
        self.value = tf.Variable([low, high], dtype=tf.float32, trainable=False, name="range")


def set_clip(model: Any, clip: Optional[Tuple[float, float]]) -> None:
    """Give a model whose output is clipped another range."""
    for layer in model.layers:
        if isinstance(layer, ClipOutput) and clip is not None:
            layer.range = clip
