"""Derivatives beside those of automatic differentiation."""

import pytest

from fcnn.inference.activations import FORMULAS, parameters_of
from fcnn.insight import derivatives
from fcnn.insight.automatic import derivative_difference

FLOAT32_INSIDE = {"gelu": 1e-7, "leaky_relu": 1e-7}
"""TensorFlow has a constant of theirs as float32."""


@pytest.mark.parametrize("name", FORMULAS)
def test_the_closed_form_is_what_tensorflow_finds(name) -> None:
    assert derivative_difference(parameters_of(name)) < FLOAT32_INSIDE.get(name, 1e-13)


def test_a_wrong_derivative_is_seen(monkeypatch) -> None:
    monkeypatch.setitem(derivatives.DERIVATIVES, "tanh", lambda z: 1 / (1 + z * z))
    assert derivative_difference({"name": "tanh"}) > 0.1
