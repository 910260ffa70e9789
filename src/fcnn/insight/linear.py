"""A stack without a nonlinearity is one linear map: (x W1 + b1) W2 + b2 = x (W1 W2) + (b1 W2 + b2).

However many layers it has, one layer computes the same; only the function of the output layer (a softmax, a sigmoid)
stays behind it. Batch normalization changes nothing about that: when a network predicts it is a product and a sum, too;
dropout is off then.
"""

from typing import Dict, Mapping, Tuple

import msgspec
import numpy as np

from fcnn.inference.activations import is_identity
from fcnn.inference.front import is_linear_map
from fcnn.inference.network import Architecture, DenseLayer, folded, forward


def is_linear(architecture: Architecture) -> bool:
    """Whether there are hidden layers and none of them has a nonlinearity.

    A network without hidden layers is no stack: there is nothing to multiply out. One with a numeric embedding is not
    linear, whatever its layers are.
    """
    *hidden, _ = architecture.layers
    identities = all(is_identity(layer.activation) for layer in hidden)
    return bool(hidden) and identities and is_linear_map(architecture.front)


def collapse(
    architecture: Architecture, arrays: Mapping[str, np.ndarray]
) -> Tuple[Architecture, Dict[str, np.ndarray]]:
    """The one layer that a linear stack is.

    Args:
        architecture: for which :func:`is_linear` holds.
        arrays: its weights by name, float32.

    Returns:
        The architecture of a network with the output layer alone, and its arrays ``00/kernel`` (inputs, outputs) and
        ``00/bias`` (outputs,), multiplied out in float64 and rounded to float32 at the end.

    Raises:
        ValueError: a hidden layer has a nonlinearity.
    """
    if not is_linear(architecture):
        raise ValueError("a hidden layer has a nonlinearity, or there is no hidden layer")
    kernel, bias = multiplied_out(architecture, arrays)
    last = architecture.layers[-1]
    one = DenseLayer(units=last.units, activation=last.activation)
    with np.errstate(over="ignore"):
        multiplied = {"00/kernel": kernel.astype(np.float32), "00/bias": bias.astype(np.float32)}
    return msgspec.structs.replace(architecture, layers=(one,), front=()), multiplied


def multiplied_out(architecture: Architecture, arrays: Mapping[str, np.ndarray]) -> Tuple[np.ndarray, np.ndarray]:
    """Multiply out the layers of a stack as if none had an activation.

    Args:
        architecture: the layers; the function of the output layer is left out.
        arrays: its weights by name, float32.

    Returns:
        (inputs, outputs) float64 kernel and (outputs,) float64 bias of the one layer; the inputs are the columns of the
        matrix, or what a numeric embedding makes of them.
    """
    kernel, bias = folded(architecture, 0, arrays)
    for index in range(1, len(architecture.layers)):
        own_kernel, own_bias = folded(architecture, index, arrays)
        kernel, bias = kernel @ own_kernel, bias @ own_kernel + own_bias
    return kernel, bias


def largest_difference(
    architecture: Architecture,
    arrays: Mapping[str, np.ndarray],
    one: Tuple[Architecture, Mapping[str, np.ndarray]],
    x: np.ndarray,
) -> float:
    """The largest difference between the outputs of a network and of another that should compute the same.

    Args:
        architecture: of the network.
        arrays: its weights.
        one: architecture and arrays of the other, as :func:`collapse` returns them.
        x: (rows, inputs) float32, at least one row.

    Returns:
        In units of the output: probabilities, or standard deviations of a quantity. Infinite where it is no number.
    """
    outputs = (forward(architecture, arrays, x).astype(np.float64), forward(*one, x).astype(np.float64))
    difference = float(np.abs(outputs[0] - outputs[1]).max())
    return difference if np.isfinite(difference) else float("inf")
