"""The activations fcnn knows, as NumPy formulas with their parameters written out.

The formulas are fcnn's own and the same on both stacks: Keras 2 and Keras 3 mean different functions by
``hard_sigmoid`` and by the slope of a leaky ReLU. A run records name and parameters, so that it predicts the same
wherever it is opened.
"""

from typing import Any, Callable, Dict, Mapping

import numpy as np

Array = np.ndarray

PARAMETERS: Dict[str, Dict[str, float]] = {
    "elu": {"alpha": 1.0},
    "hard_sigmoid": {"slope": 0.2, "offset": 0.5},  # Keras 2's; Keras 3 has a slope of 1/6
    "leaky_relu": {"negative_slope": 0.2},
    # Klambauer et al. 2017, equation 14: the fixed point of mean 0 and variance 1
    "selu": {"scale": 1.0507009873554805, "alpha": 1.6732632423543772},
}
"""The parameters of the activations that have some, with their defaults."""


def parameters_of(name: str, negative_slope: float = 0.2) -> Dict[str, Any]:
    """The record of an activation: its name and all of its parameters."""
    parameters = dict(PARAMETERS.get(name, {}))
    if "negative_slope" in parameters:
        parameters["negative_slope"] = negative_slope
    return {"name": name, **parameters}


def is_identity(activation: Mapping[str, Any]) -> bool:
    """Whether a recorded activation is no nonlinearity: ``linear``, and a leaky ReLU that lets everything through."""
    return activation["name"] == "linear" or activation.get("negative_slope") == 1.0


def activate(z: Array, activation: Mapping[str, Any]) -> Array:
    """Apply a recorded activation.

    Args:
        z: (rows, units) float.
        activation: ``{"name": ..., parameter: value}`` as :func:`parameters_of` gives it.

    Returns:
        (rows, units), of the dtype of `z`.

    Raises:
        KeyError: a name that fcnn does not know.
    """
    parameters = {key: value for key, value in activation.items() if key != "name"}
    with np.errstate(over="ignore", under="ignore"):
        return FORMULAS[activation["name"]](z, **parameters)


def activate_into(z: Array, activation: Mapping[str, Any], out: Array) -> None:
    """The same, written into `out`, other memory of the same shape: none else for the activations of most networks."""
    name = activation["name"]
    if name == "relu":
        np.maximum(z, np.zeros(z.shape[-1], z.dtype), out=out)  # NumPy is faster with a row of zeros than with one
    elif name == "tanh":
        np.tanh(z, out=out)
    else:
        out[...] = activate(z, activation)


def _sigmoid(z: Array) -> Array:
    small = np.exp(-np.abs(z))  # never overflows
    return np.where(z >= 0, np.ones_like(small), small) / (1 + small)


def _softplus(z: Array) -> Array:
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def _softmax(z: Array) -> Array:
    by_class = np.ascontiguousarray(z.T)  # NumPy is several times as fast along few long rows as along many short ones
    powers = np.exp(by_class - by_class.max(axis=0))
    return (powers / powers.sum(axis=0)).T


def _elu(z: Array, alpha: float) -> Array:
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))


def _selu(z: Array, scale: float, alpha: float) -> Array:
    return scale * _elu(z, alpha)


def _gelu(z: Array) -> Array:
    from scipy.special import erf  # late: only this activation needs SciPy

    return z * ((1 + erf(z * 0.5**0.5)) / 2)


def _leaky_relu(z: Array, negative_slope: float) -> Array:
    return np.where(z > 0, z, negative_slope * z)


def _hard_sigmoid(z: Array, slope: float, offset: float) -> Array:
    return np.clip(slope * z + offset, 0.0, 1.0)


FORMULAS: Dict[str, Callable[..., Array]] = {
    "elu": _elu,
    "exponential": np.exp,
    "gelu": _gelu,
    "hard_sigmoid": _hard_sigmoid,
    "leaky_relu": _leaky_relu,
    "linear": lambda z: z,
    "mish": lambda z: z * np.tanh(_softplus(z)),
    "relu": lambda z: np.maximum(z, 0),
    "selu": _selu,
    "sigmoid": _sigmoid,
    "silu": lambda z: z * _sigmoid(z),
    "softmax": _softmax,
    "softplus": _softplus,
    "softsign": lambda z: z / (1 + np.abs(z)),
    "tanh": np.tanh,
}
