"""The Keras Sequential model of an architecture."""

from typing import Any, Optional, Sequence

from fcnn.config.network import BiasInitializer
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.network import backend
from fcnn.network.architecture import FrontOptions, LayerOptions
from fcnn.network.clip import ClipOutput
from fcnn.network.dense import ScaledDense
from fcnn.network.dropout import Dropout
from fcnn.network.parametric import ParametricActivation

FRONT_SEEDS = 3000
"""Numbers of the seeds of the layers before the first dense one."""


def build_model(
    architecture: Architecture,
    options: Optional[Sequence[LayerOptions]] = None,
    seed: int = 0,
    front_options: Optional[FrontOptions] = None,
) -> Any:
    """Build the model with fresh weights.

    Input shape:
        (rows, architecture.inputs) float32.
    Output shape:
        (rows, units of the last layer) float32.

    Args:
        architecture: the layers; each becomes Dense -> BatchNormalization -> Activation -> Dropout, named
            ``dense_1``, ``batch_normalization_1``, ..., ``dense_output``; those a layer does not have are left out.
            Before them stands the front: ``numeric_embedding``, ``categorical_embedding``, ``input_scale``. Where the
            output is clipped, ``clip_output`` comes last.
        options: initializers, penalties and factors; without them the weights start as Glorot's, to be replaced.
        seed: of the initial weights and of dropout.
        front_options: how the layers of the front start and learn.
    """
    keras = backend.keras
    model = keras.Sequential([keras.Input(shape=(architecture.inputs,))])
    if architecture.front:
        from fcnn.network.front import front_layer  # late: most networks have none

        for number, part in enumerate(architecture.front):
            model.add(front_layer(part, front_options or FrontOptions(), layer_seed(seed, FRONT_SEEDS + 1000 * number)))
    last = len(architecture.layers)
    for number, layer in enumerate(architecture.layers, start=1):
        own = options[number - 1] if options else LayerOptions("glorot_uniform")
        suffix = f"_{number}" if number < last else "_output"
        model.add(_dense(layer, own, seed, number, f"dense{suffix}"))
        if layer.batch_normalization is not None:
            normalization = layer.batch_normalization
            model.add(
                keras.layers.BatchNormalization(
                    momentum=normalization.momentum,
                    epsilon=normalization.epsilon,
                    name=f"batch_normalization{suffix}",
                )
            )
        if layer.parametric:
            model.add(ParametricActivation(layer.activation, own.activation_factor, name=f"activation{suffix}"))
        elif layer.activation["name"] != "linear":
            model.add(backend.activation_layer(layer.activation, f"activation{suffix}"))
        if layer.dropout:
            model.add(Dropout(layer.dropout, seed=layer_seed(seed, number + 1000), name=f"dropout{suffix}"))
    if architecture.clip is not None:
        model.add(ClipOutput(*architecture.clip, name="clip_output"))
    return model


def _dense(layer: DenseLayer, options: LayerOptions, seed: int, number: int, name: str) -> Any:
    """Keras's own layer, or where weights have factors the one that learns with them."""
    keras = backend.keras
    arguments = {
        "use_bias": layer.use_bias,
        "kernel_initializer": backend.initializer(options.kernel_initializer, layer_seed(seed, number)),
        "bias_initializer": _bias_initializer(options.bias_initializer, bias_seed(seed, number)),
        "kernel_regularizer": keras.regularizers.L1L2(options.l1, options.l2) if options.l1 or options.l2 else None,
        "name": name,
    }
    if options.kernel_factor == options.bias_factor == 1:
        return keras.layers.Dense(layer.units, **arguments)
    return ScaledDense(layer.units, options.kernel_factor, options.bias_factor, **arguments)


def _bias_initializer(given: BiasInitializer, seed: int) -> Any:
    options = {} if given.stddev is None else {"stddev": given.stddev}
    return backend.initializer(given.name, seed, **options)


def bias_seed(seed: int, number: int) -> int:
    """That of a layer's bias."""
    return layer_seed(seed, number + 2000)


def layer_seed(seed: int, number: int) -> int:
    """A seed of its own for each layer: equal seeds would give equal layers equal weights and masks."""
    return (seed * 1_000_003 + number * 7_919) % (2**31 - 1)
