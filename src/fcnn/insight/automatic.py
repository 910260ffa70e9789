"""The derivatives of activations as TensorFlow finds them, beside ours in closed form; to be imported late."""

from typing import Any, Mapping

import numpy as np

from fcnn.insight.activation_facts import NEAR
from fcnn.insight.derivatives import SOFTMAX, derivative, softmax_jacobian
from fcnn.network import backend
from fcnn.network.backend import tf

POINTS = 2_000
"""From -NEAR to NEAR; an even number has no 0 among them, where some curves have a corner."""
ROWS, CLASSES = 500, 4
"""Of the inputs that a softmax is tried with."""


def derivative_difference(activation: Mapping[str, Any]) -> float:
    """The largest difference between the derivative in closed form and the one of automatic differentiation.

    Both are computed in float64, where anything beyond rounding is a mistake of one of them; of gelu and leaky_relu
    TensorFlow has a constant as float32, and agrees to 1e-8. Of softmax all entries of the Jacobian are compared.

    Args:
        activation: name and parameters.

    Returns:
        Divided by max(1, size of the derivative).
    """
    function = backend.activation(activation)
    if activation["name"] == SOFTMAX:
        z = np.random.default_rng(0).normal(0, 3, (ROWS, CLASSES))
        given = tf.constant(z)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(given)
            g = function(given)
            each = [g[:, output] for output in range(CLASSES)]
        found = np.stack([tape.gradient(output, given).numpy() for output in each], axis=1)
        return float(np.abs(found - softmax_jacobian(g.numpy())).max())
    z = np.linspace(-NEAR, NEAR, POINTS)[:, None]
    given = tf.constant(z)
    with tf.GradientTape() as tape:
        tape.watch(given)
        g = function(given)
    ours = derivative(z, activation)
    return float((np.abs(tape.gradient(g, given).numpy() - ours) / np.maximum(1.0, np.abs(ours))).max())
