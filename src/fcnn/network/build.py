"""The Keras Sequential model of an architecture."""

from typing import Any, Optional, Sequence

from fcnn.inference.network import Architecture
from fcnn.network import backend
from fcnn.network.architecture import FrontOptions, LayerOptions
from fcnn.network.dropout import Dropout

FRONT_SEEDS = 2000
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
            Before them stands the front: ``numeric_embedding``, ``categorical_embedding``, ``input_scale``.
        options: initializers and penalties; without them the weights start as Glorot's, to be replaced.
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
        model.add(
            keras.layers.Dense(
                layer.units,
                use_bias=layer.use_bias,
                kernel_initializer=backend.initializer(own.kernel_initializer, layer_seed(seed, number)),
                kernel_regularizer=keras.regularizers.L1L2(own.l1, own.l2) if own.l1 or own.l2 else None,
                name=f"dense{suffix}",
            )
        )
        if layer.batch_normalization is not None:
            normalization = layer.batch_normalization
            model.add(
                keras.layers.BatchNormalization(
                    momentum=normalization.momentum,
                    epsilon=normalization.epsilon,
                    name=f"batch_normalization{suffix}",
                )
            )
        if layer.activation["name"] != "linear":
            model.add(backend.activation_layer(layer.activation, f"activation{suffix}"))
        if layer.dropout:
            model.add(Dropout(layer.dropout, seed=layer_seed(seed, number + 1000), name=f"dropout{suffix}"))
    return model


def layer_seed(seed: int, number: int) -> int:
    """A seed of its own for each layer: equal seeds would give equal layers equal weights and masks."""
    return (seed * 1_000_003 + number * 7_919) % (2**31 - 1)
