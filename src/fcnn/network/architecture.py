"""From the config to the network as plain data, its output layer and its loss; needs no TensorFlow."""

import math
from dataclasses import dataclass
from typing import Optional, Tuple

from msgspec import UNSET

from fcnn.config import Config, resolve_output
from fcnn.config.front import Periodic
from fcnn.config.network import BiasInitializer
from fcnn.config.structs import activation_of, bias_initializer_of, layers_of
from fcnn.errors import ConfigError, Problem
from fcnn.inference.activations import parameters_of
from fcnn.inference.front import Front, widths
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer

HE = {"relu", "leaky_relu", "elu", "gelu", "mish", "silu", "softplus"}
"""The ReLU family: half of the inputs are set (nearly) to 0, so the weights start sqrt(2) larger (He et al., 2015)."""

ZEROS = BiasInitializer(name="zeros")


@dataclass(frozen=True)
class LayerOptions:
    """What a layer needs for training and not for predicting."""

    kernel_initializer: str
    l1: float = 0.0
    l2: float = 0.0
    bias_initializer: BiasInitializer = ZEROS
    kernel_factor: float = 1.0
    """The kernel is this times what is learnt; so are the others. Initializers and penalties are of the kernel."""
    bias_factor: float = 1.0
    activation_factor: float = 1.0


@dataclass(frozen=True)
class FrontOptions:
    """What the layers before the first dense one need for training and not for predicting."""

    sigma: float = 0.1
    """Standard deviation of a periodic embedding's frequencies at the start."""
    numeric_embedding: float = 1.0
    """A weight of it is this factor times what is learnt."""
    input_scale: float = 1.0
    """The same of the input scale."""


@dataclass(frozen=True)
class Design:
    """A network with everything that training it needs."""

    architecture: Architecture
    options: Tuple[LayerOptions, ...]
    """One for each layer of the architecture."""
    loss: str
    front_options: FrontOptions = FrontOptions()


def design_network(
    config: Config,
    task: str,
    inputs: int,
    classes: int,
    target_range: Optional[Tuple[float, float]] = None,
    front: Front = (),
) -> Design:
    """The network that a config describes for a table.

    Args:
        config: a config whose output and loss fit the task.
        task: ``binary``, ``multiclass`` or ``regression``.
        inputs: columns of the preprocessed matrix.
        classes: how many the target has; 0 for regression.
        target_range: of regression: the least and the largest standardised target of the training rows.
        front: what stands before the layers, as :func:`fcnn.jobs.front_design.design_front` makes it.

    Raises:
        ConfigError: output layer or loss of the config do not fit the task; :func:`fcnn.config.check_fit` says why.
    """
    fitting = resolve_output(config, task)
    if fitting is None:
        raise ConfigError(Problem(f"output layer and loss do not fit the task {task}", "network.output"))
    name, loss = fitting
    factors, width = config.network.learning_rate_factors, widths(front, inputs)[-1]
    layers, options = [], []
    for layer in layers_of(config):
        activation = activation_of(layer)
        layers.append(
            DenseLayer(
                units=layer.units,
                activation=parameters_of(activation.name, activation.negative_slope or 0.0),
                use_bias=layer.use_bias,
                batch_normalization=BatchNormalization() if layer.batch_normalization else None,
                dropout=layer.dropout,
                parametric=activation.parametric or UNSET,
            )
        )
        options.append(
            LayerOptions(
                initializer_for(layer.kernel_initializer, activation.name),
                layer.l1,
                layer.l2,
                bias_initializer_of(layer),
                kernel_factor(config, width),
                factors.bias,
                factors.activation,
            )
        )
        width = layer.units
    output = config.network.output
    units = classes if name == "softmax" else 1
    layers.append(DenseLayer(units=units, activation=parameters_of(name)))
    initializer = initializer_for(output.kernel_initializer, name)
    options.append(LayerOptions(initializer, kernel_factor=kernel_factor(config, width), bias_factor=factors.bias))
    clip = target_range if output.clip else None
    architecture = Architecture(inputs=inputs, layers=tuple(layers), front=front, clip=clip)
    return Design(architecture, tuple(options), loss, _front_options(config))


def _front_options(config: Config) -> FrontOptions:
    factors, embedding = config.network.learning_rate_factors, config.network.numeric_embedding
    sigma = embedding.sigma if isinstance(embedding, Periodic) else Periodic().sigma
    return FrontOptions(sigma, factors.numeric_embedding, factors.input_scale)


def kernel_factor(config: Config, inputs: int) -> float:
    """What a kernel of so many inputs is times what is learnt: with ``ntk`` 1 / sqrt(inputs), Jacot et al., 2018."""
    return 1 / math.sqrt(inputs) if config.network.parametrization == "ntk" else 1.0


def initializer_for(name: str, activation: str) -> str:
    """The start of the kernel: as stated, or what keeps the variance of the activations from layer to layer."""
    if name != "auto":
        return name
    if activation == "selu":
        return "lecun_normal"  # Klambauer et al., 2017
    return "he_normal" if activation in HE else "glorot_uniform"
