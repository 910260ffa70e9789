"""What is to be known of an activation: formulas, range, the largest derivative, where it is saturated."""

from dataclasses import dataclass
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple

import numpy as np

from fcnn.insight.derivatives import SOFTMAX, derivative

SATURATED = 0.01
"""An activation is saturated where the size of its derivative is below this, and stays so further out: of the gradient
that comes to such a unit less than a hundredth goes on to the weights before it."""
FAR = 500.0
"""Further out than any z of a network that learns; there an exponential is not yet beyond float64."""
NEAR = 12.0
"""Within this all saturated zones begin, and all corners and bends lie."""
STEPS = 24_001
"""Points from -NEAR to NEAR."""
HALVINGS = 60
"""Of the interval in which a zone begins: as exact as float64 is."""


class _Words(NamedTuple):
    """Formulas and range with places for the parameters."""

    value: str
    derivative: str
    low: str
    high: str


_WORDS: Dict[str, _Words] = {
    "elu": _Words("z > 0: z; z <= 0: {alpha:g} (e^z - 1)", "z > 0: 1; z <= 0: {alpha:g} e^z", "(-{alpha:g}", "inf)"),
    "exponential": _Words("e^z", "e^z", "(0", "inf)"),
    "gelu": _Words("z P, P = (1 + erf(z / sqrt(2))) / 2", "P + z e^(-z^2 / 2) / sqrt(2 pi)", "[-0.170", "inf)"),
    "hard_sigmoid": _Words("max(0, min(1, {slope:g} z + {offset:g}))", "0 < g < 1: {slope:g}; else 0", "[0", "1]"),
    "leaky_relu": _Words(
        "z > 0: z; z <= 0: {negative_slope:g} z", "z > 0: 1; z <= 0: {negative_slope:g}", "(-inf", "inf)"
    ),
    "linear": _Words("z", "1", "(-inf", "inf)"),
    "mish": _Words("z tanh(ln(1 + e^z))", "t + z (1 - t^2) / (1 + e^-z), t = tanh(ln(1 + e^z))", "[-0.309", "inf)"),
    "relu": _Words("max(0, z)", "z > 0: 1; z <= 0: 0", "[0", "inf)"),
    "selu": _Words(
        "{scale:.4f} (z > 0: z; z <= 0: {alpha:.4f} (e^z - 1))",
        "{scale:.4f} (z > 0: 1; z <= 0: {alpha:.4f} e^z)",
        "(-1.758",
        "inf)",
    ),
    "sigmoid": _Words("1 / (1 + e^-z)", "g (1 - g)", "(0", "1)"),
    "silu": _Words("z s, s = 1 / (1 + e^-z)", "s + z s (1 - s)", "[-0.278", "inf)"),
    SOFTMAX: _Words("e^z_i / sum_j e^z_j", "diag(g) - g g^T", "(0", "1)"),
    "softplus": _Words("ln(1 + e^z)", "1 / (1 + e^-z)", "(0", "inf)"),
    "softsign": _Words("z / (1 + |z|)", "1 / (1 + |z|)^2", "(-1", "1)"),
    "tanh": _Words("(e^z - e^-z) / (e^z + e^-z)", "1 - g^2", "(-1", "1)"),
}
"""In signs that need no language; numbers of a range that are rounded are those of the lowest value."""


@dataclass(frozen=True)
class ActivationFacts:
    """What is to be known of an activation; of softmax, of one class against the others."""

    activation: Mapping[str, Any]
    """Name and parameters."""
    formula: str
    """g(z) in text."""
    derivative: str
    """g'(z) in text."""
    range: str
    """Of the values: ``(0, 1)``; a bracket where the end belongs to it."""
    largest_derivative: Optional[float]
    """The largest size of g'; None where it grows without end."""
    saturated_below: Optional[float]
    """Below this z it is saturated; None where it never is."""
    saturated_above: Optional[float]
    """Above this z it is saturated; None where it never is."""


def activation_facts(activation: Mapping[str, Any]) -> ActivationFacts:
    """Look at an activation; formulas are written down, the numbers are found in its derivative.

    Args:
        activation: name and parameters, as :func:`fcnn.inference.activations.parameters_of` gives them.
    """
    words = _WORDS[activation["name"]]
    parameters = {key: value for key, value in activation.items() if key != "name"}
    below, above = (_saturated_from(activation, side) for side in (-1.0, 1.0))
    return ActivationFacts(
        activation,
        words.value.format(**parameters),
        words.derivative.format(**parameters),
        f"{words.low}, {words.high}".format(**parameters),
        _largest(activation),
        below,
        above,
    )


def slope(z: np.ndarray, activation: Mapping[str, Any]) -> np.ndarray:
    """g'(z), (n,) for (n,); of softmax the derivative of one class by its own z, g (1 - g).

    With the other z as they are, a class's share is the sigmoid of z_i - ln(sum of the others' e^z_j): that difference
    is what `z` is then.
    """
    return derivative(z, own_curve(activation))


def own_curve(activation: Mapping[str, Any]) -> Mapping[str, Any]:
    """The activation as a function of one number: softmax is a sigmoid then, see :func:`slope`."""
    return {"name": "sigmoid"} if activation["name"] == SOFTMAX else activation


def _largest(activation: Mapping[str, Any]) -> Optional[float]:
    tiny = np.array([-1e-9, 1e-9])  # both sides of a corner
    near = np.abs(slope(np.concatenate([np.linspace(-NEAR, NEAR, STEPS), tiny]), activation)).max()
    far = np.abs(slope(np.array([-FAR, FAR]), activation)).max()
    return None if far > 2 * near else float(max(near, far))


def _saturated_from(activation: Mapping[str, Any], side: float) -> Optional[float]:
    """Where the derivative falls below the threshold for good on one side."""

    def is_saturated(z: float) -> bool:
        return bool(np.abs(slope(np.array([z]), activation))[0] < SATURATED)

    grid = side * np.linspace(NEAR, -NEAR, STEPS)  # from the outside
    active = np.flatnonzero(np.abs(slope(grid, activation)) >= SATURATED)
    if not len(active) or active[0] == 0 or not is_saturated(side * FAR):
        return None
    inner, outer = float(grid[active[0]]), float(grid[active[0] - 1])
    for _ in range(HALVINGS):
        middle = (inner + outer) / 2
        inner, outer = (inner, middle) if is_saturated(middle) else (middle, outer)
    return outer + 0.0  # no -0


def zone(facts: ActivationFacts) -> Tuple[float, float]:
    """From where to where it is not saturated; infinite where it never is."""
    return (
        -np.inf if facts.saturated_below is None else facts.saturated_below,
        np.inf if facts.saturated_above is None else facts.saturated_above,
    )
