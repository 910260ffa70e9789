"""The losses as NumPy formulas, a value for each row, and their derivatives by the network's output."""

from typing import Callable, Dict, Tuple

import numpy as np

Array = np.ndarray


def losses(loss: str, y: Array, output: Array) -> Array:
    """The loss of each row.

    Args:
        loss: the canonical name of a config's loss.
        y: (rows,) integer codes of classes, or standardised float values.
        output: (rows, units) float of the last layer's activation.

    Returns:
        (rows,), of the dtype of `output`; infinite where a true class has the probability 0 (Keras clips at 1e-7).
    """
    with np.errstate(divide="ignore"):
        return LOSSES[loss][0](y, output)


def loss_gradient(loss: str, y: Array, output: Array) -> Array:
    """dL/da of the last layer, of each row's own loss; the arguments are those of :func:`losses`.

    Returns:
        (rows, units).
    """
    with np.errstate(divide="ignore"):
        return LOSSES[loss][1](y, output)


def _error(y: Array, output: Array) -> Array:
    return output[:, 0] - y


def _cross_entropy(y: Array, output: Array) -> Array:
    return np.asarray(-np.log(output[np.arange(len(y)), y]))


def _cross_entropy_gradient(y: Array, output: Array) -> Array:
    gradient = np.zeros_like(output)
    rows = np.arange(len(y))
    gradient[rows, y] = -1 / output[rows, y]
    return gradient


def _binary(y: Array, output: Array) -> Array:
    p = output[:, 0]
    return np.asarray(-np.log(np.where(y == 1, p, 1 - p)))


def _binary_gradient(y: Array, output: Array) -> Array:
    p = output[:, 0]
    return np.where(y == 1, -1 / p, 1 / (1 - p))[:, None]


def _huber(y: Array, output: Array) -> Array:
    size = np.abs(_error(y, output))
    return np.where(size <= 1, size * size / 2, size - 0.5)


def _log_cosh(y: Array, output: Array) -> Array:
    size = np.abs(_error(y, output))
    return np.asarray(size + np.log1p(np.exp(-2 * size)) - np.log(2))


LOSSES: Dict[str, Tuple[Callable[[Array, Array], Array], Callable[[Array, Array], Array]]] = {
    "binary_crossentropy": (_binary, _binary_gradient),
    "categorical_crossentropy": (_cross_entropy, _cross_entropy_gradient),
    "mean_squared_error": (lambda y, a: _error(y, a) ** 2, lambda y, a: 2 * _error(y, a)[:, None]),
    "mean_absolute_error": (lambda y, a: np.abs(_error(y, a)), lambda y, a: np.sign(_error(y, a))[:, None]),
    "huber": (_huber, lambda y, a: np.clip(_error(y, a), -1, 1)[:, None]),  # delta is 1, as Keras's
    "log_cosh": (_log_cosh, lambda y, a: np.tanh(_error(y, a))[:, None]),
}
"""Name -> the loss of each row, and its derivative by the output."""
