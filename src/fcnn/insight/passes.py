"""The forward and the backward pass of a network in NumPy, with everything in between.

The backward pass is the chain rule, layer by layer from the last one: with the gradient of the loss by a layer's output
a, that by z is dL/dz = dL/da * g'(z); from it follow those of its weights, dL/dW = x^T dL/dz and dL/db = sum of dL/dz
over the rows, and that of the layer before, dL/dx = dL/dz W^T. A parametric activation, a = z + w (g(z) - z), has the
slope 1 + w (g'(z) - 1), and dL/dw = sum of dL/da (g(z) - z) over the rows. Batch normalization has its moving
statistics and dropout is off: it is the network that predicts which is looked at; but its output is not clipped, for
the loss is that of training. Penalties (l1, l2) are no part of it here. Where embeddings stand before the first layer,
its inputs are what they give, and the way back ends there.
"""

from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence

import numpy as np

from fcnn.inference.activations import activate
from fcnn.inference.front import front_outputs
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.insight.derivatives import SOFTMAX, derivative
from fcnn.insight.losses import loss_gradient
from fcnn.insight.products import product, summed_product

Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class LayerPass:
    """What a layer makes of some rows."""

    inputs: np.ndarray
    """(rows, inputs): the features, or what the front makes of them, or what the layer before gives."""
    z_dense: np.ndarray
    """(rows, units): inputs W + b."""
    z: np.ndarray
    """(rows, units): what the activation receives; `z_dense` itself where there is no batch normalization."""
    a: np.ndarray
    """(rows, units): g(z), or where the activation is parametric z + w (g(z) - z)."""


@dataclass(frozen=True)
class LayerGradients:
    """The gradients of the mean loss by what a layer has."""

    a: np.ndarray
    """(rows, units) by its output; not finite where the loss is that of a probability that is 0."""
    z: np.ndarray
    """(rows, units) by what its activation receives."""
    z_dense: np.ndarray
    """(rows, units) by inputs W + b."""
    arrays: Dict[str, np.ndarray]
    """By its arrays: ``kernel`` (inputs, units), ``bias``, ``gamma``, ``beta``, ``activation_weight`` (units,), those
    that it has."""


def forward_pass(architecture: Architecture, arrays: Arrays, x: np.ndarray, dtype: Any = np.float64) -> List[LayerPass]:
    """Compute what every layer makes of some rows.

    Args:
        architecture: the layers.
        arrays: weights by name, shapes as :meth:`fcnn.inference.network.Architecture.shapes` says.
        x: (rows, inputs) float.
        dtype: that everything is computed in.

    Returns:
        One for each layer, the output layer last.
    """
    x = x.astype(dtype)
    passes, inputs = [], [x, *front_outputs(architecture.front, arrays, x)][-1]
    for index, layer in enumerate(architecture.layers):
        own = _arrays_of(index, arrays, dtype)
        z_dense = product(inputs, own["kernel"])
        if layer.use_bias:
            z_dense += own["bias"]
        z = z_dense
        if layer.batch_normalization is not None:
            z = _normalized(layer, own, z_dense) * own["gamma"] + own["beta"]
        a = activate(z, layer.activation)
        if layer.parametric:
            a = z + own["activation_weight"] * (a - z)
        passes.append(LayerPass(inputs, z_dense, z, a))
        inputs = a
    return passes


def backward_pass(
    architecture: Architecture,
    arrays: Arrays,
    passes: Sequence[LayerPass],
    y: np.ndarray,
    loss: str,
    weight: Optional[np.ndarray] = None,
) -> List[LayerGradients]:
    """Compute the gradients of the mean loss of some rows by the chain rule.

    Args:
        architecture: the layers.
        arrays: weights by name.
        passes: what :func:`forward_pass` gives for the rows, computed with these weights.
        y: (rows,) integer codes of classes, or standardised float values.
        loss: the canonical name of a config's loss.
        weight: (rows,) the weight of each row's loss; the sum is divided by the number of rows, as in training.

    Returns:
        One for each layer, the output layer last, in the dtype of `passes`.
    """
    last = passes[-1]
    share = np.full((len(y), 1), 1 / len(y), last.a.dtype)
    if weight is not None:
        share *= weight[:, None]
    with np.errstate(invalid="ignore"):  # 0 times infinity, where a row of weight 0 has the probability 0
        by_output = loss_gradient(loss, y, last.a) * share
    by_z = _by_last_z(architecture.layers[-1], last, y, loss, by_output, share)
    found: List[LayerGradients] = []
    for index in reversed(range(len(passes))):
        layer, own, each = architecture.layers[index], _arrays_of(index, arrays, last.a.dtype), passes[index]
        if index < len(passes) - 1:
            by_z = _by_z(layer, own, each, by_output)
        by_dense, gradients = by_z, {}
        if layer.batch_normalization is not None:
            gradients = {"gamma": (by_z * _normalized(layer, own, each.z_dense)).sum(axis=0), "beta": by_z.sum(axis=0)}
            by_dense = by_z * (own["gamma"] / _deviation(layer, own))
        gradients = {"kernel": summed_product(each.inputs, by_dense), **gradients}
        if layer.use_bias:
            gradients["bias"] = by_dense.sum(axis=0)
        if layer.parametric:
            gradients["activation_weight"] = (by_output * (activate(each.z, layer.activation) - each.z)).sum(axis=0)
        found.append(LayerGradients(by_output, by_z, by_dense, gradients))
        by_output = product(by_dense, own["kernel"].T)
    return found[::-1]


def input_gradient(arrays: Arrays, gradients: Sequence[LayerGradients]) -> np.ndarray:
    """(rows, inputs) dL/dx of the first layer's inputs: the features, or what the front makes of them.

    Args:
        arrays: weights by name.
        gradients: what :func:`backward_pass` gives.
    """
    by_dense = gradients[0].z_dense
    return product(by_dense, arrays["00/kernel"].astype(by_dense.dtype).T)


def _by_z(layer: DenseLayer, own: Arrays, each: LayerPass, by_output: np.ndarray) -> np.ndarray:
    """dL/dz from dL/da."""
    if layer.activation["name"] != SOFTMAX:
        return by_output * derivative(each.z, layer.activation, own.get("activation_weight"))
    # (diag(g) - g g^T) dL/dg, without making the matrix of each row
    return each.a * (by_output - (by_output * each.a).sum(axis=1, keepdims=True))


def _by_last_z(
    layer: DenseLayer, last: LayerPass, y: np.ndarray, loss: str, by_output: np.ndarray, share: np.ndarray
) -> np.ndarray:
    """dL/dz of the output layer; with its own loss a softmax or sigmoid gives p - y, finite also where p is 0."""
    name = layer.activation["name"]
    if name == SOFTMAX and loss == "categorical_crossentropy":
        return np.asarray((last.a - np.eye(last.a.shape[1], dtype=last.a.dtype)[y]) * share)
    if name == "sigmoid" and loss == "binary_crossentropy":
        return np.asarray((last.a - y[:, None]) * share)
    return _by_z(layer, {}, last, by_output)


def _arrays_of(index: int, arrays: Arrays, dtype: Any) -> Dict[str, np.ndarray]:
    start = f"{index:02d}/"
    return {name[len(start) :]: value.astype(dtype) for name, value in arrays.items() if name.startswith(start)}


def _normalized(layer: DenseLayer, own: Arrays, z_dense: np.ndarray) -> np.ndarray:
    return np.asarray((z_dense - own["moving_mean"]) / _deviation(layer, own))


def _deviation(layer: DenseLayer, own: Arrays) -> np.ndarray:
    assert layer.batch_normalization is not None
    return np.asarray(np.sqrt(own["moving_variance"] + layer.batch_normalization.epsilon))
