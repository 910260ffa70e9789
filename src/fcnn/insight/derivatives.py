"""The derivatives of the activations in closed form; those of softmax, where every output depends on every input."""

from typing import Any, Callable, Dict, Mapping, Optional

import numpy as np

from fcnn.inference.activations import FORMULAS

Array = np.ndarray

SOFTMAX = "softmax"
"""The only activation whose units depend on one another: its derivative is a matrix, :func:`softmax_jacobian`."""

_logistic = FORMULAS["sigmoid"]


def derivative(z: Array, activation: Mapping[str, Any], weight: Optional[Array] = None) -> Array:
    """dg/dz of each unit by itself, or of a parametric activation, z + w (g(z) - z), 1 + w (dg/dz - 1).

    Where a curve has a corner the derivative is the one that TensorFlow uses: 0 for relu at 0, the slope of the left
    side for leaky_relu, of the right side for selu.

    Args:
        z: (rows, units) float, what the activation receives.
        activation: ``{"name": ..., parameter: value}`` as :func:`fcnn.inference.activations.parameters_of` gives it.
        weight: the w (units,) of a parametric activation.

    Returns:
        (rows, units), of the dtype of `z`.

    Raises:
        KeyError: a name that fcnn does not know, or softmax.
    """
    parameters = {key: value for key, value in activation.items() if key != "name"}
    with np.errstate(over="ignore", under="ignore"):
        found = DERIVATIVES[activation["name"]](z, **parameters)
    return np.asarray(found if weight is None else 1 + weight * (found - 1), dtype=z.dtype)


def softmax_jacobian(g: Array) -> Array:
    """The derivatives of a softmax by its inputs, diag(g) - g g^T; the course's g(1 - g) is the diagonal.

    Args:
        g: (rows, classes) float, the outputs of the softmax.

    Returns:
        (rows, classes, classes): ``[row, i, j]`` is dg_i/dz_j.
    """
    return np.asarray(g[:, :, None] * np.eye(g.shape[1], dtype=g.dtype) - g[:, :, None] * g[:, None, :])


def _sigmoid(z: Array) -> Array:
    g = _logistic(z)
    return g * _logistic(-z)  # 1 - g would be 0 where z is large


def _tanh(z: Array) -> Array:
    return 4 * _sigmoid(2 * z)  # 1 - g^2, without what is lost where g is nearly 1


def _gelu(z: Array) -> Array:
    from scipy.special import erf  # late: only this activation needs SciPy

    return (1 + erf(z * 0.5**0.5)) / 2 + z * np.exp(-z * z / 2) / (2 * np.pi) ** 0.5


def _mish(z: Array) -> Array:
    squashed = np.tanh(FORMULAS["softplus"](z))
    return squashed + z * (1 - squashed * squashed) * _logistic(z)


def _silu(z: Array) -> Array:
    g = _logistic(z)
    return g + z * g * _logistic(-z)


def _hard_sigmoid(z: Array, slope: float, offset: float) -> Array:
    inner = slope * z + offset
    return np.where((inner >= 0) & (inner <= 1), slope, 0.0)


DERIVATIVES: Dict[str, Callable[..., Array]] = {
    "elu": lambda z, alpha: np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0))),
    "exponential": np.exp,
    "gelu": _gelu,
    "hard_sigmoid": _hard_sigmoid,
    "leaky_relu": lambda z, negative_slope: np.where(z > 0, 1.0, negative_slope),
    "linear": np.ones_like,
    "mish": _mish,
    "relu": lambda z: np.where(z > 0, 1.0, 0.0),
    "selu": lambda z, scale, alpha: scale * np.where(z >= 0, 1.0, alpha * np.exp(np.minimum(z, 0))),
    "sigmoid": _sigmoid,
    "silu": _silu,
    "softplus": lambda z: _logistic(z),
    "softsign": lambda z: 1 / (1 + np.abs(z)) ** 2,
    "tanh": _tanh,
}
"""All activations but softmax."""
