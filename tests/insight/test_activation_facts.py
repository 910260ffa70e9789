"""What is told of an activation is true of its curve."""

import numpy as np
import pytest

from fcnn.inference.activations import FORMULAS, activate, parameters_of
from fcnn.insight.activation_facts import FAR, SATURATED, activation_facts, own_curve, slope, zone

FACTS = {
    "elu": ("(-1, inf)", 1.0, -4.6052, None),
    "exponential": ("(0, inf)", None, -4.6052, None),
    "gelu": ("[-0.170, inf)", 1.1289, -3.0674, None),
    "hard_sigmoid": ("[0, 1]", 0.2, -2.5, 2.5),
    "leaky_relu": ("(-inf, inf)", 1.0, None, None),
    "linear": ("(-inf, inf)", 1.0, None, None),
    "mish": ("[-0.309, inf)", 1.0885, -6.2640, None),
    "relu": ("[0, inf)", 1.0, 0.0, None),
    "selu": ("(-1.758, inf)", 1.7581, -5.1694, None),
    "sigmoid": ("(0, 1)", 0.25, -4.5849, 4.5849),
    "silu": ("[-0.278, inf)", 1.0998, -6.2614, None),
    "softmax": ("(0, 1)", 0.25, -4.5849, 4.5849),
    "softplus": ("(0, inf)", 1.0, -4.5951, None),
    "softsign": ("(-1, 1)", 1.0, -9.0, 9.0),
    "tanh": ("(-1, 1)", 1.0, -2.9932, 2.9932),
}


def facts_of(name):
    return activation_facts(parameters_of(name))


def test_every_activation_is_known() -> None:
    assert sorted(FACTS) == sorted(FORMULAS)


@pytest.mark.parametrize("name", FACTS)
def test_range_largest_derivative_and_saturated_zone(name) -> None:
    facts = facts_of(name)
    rounded = [None if value is None else round(value, 4) for value in (facts.saturated_below, facts.saturated_above)]
    largest = None if facts.largest_derivative is None else round(facts.largest_derivative, 4)
    assert (facts.range, largest, *rounded) == FACTS[name]


@pytest.mark.parametrize("name", FACTS)
def test_the_curve_fills_its_range(name) -> None:
    facts = facts_of(name)
    low, high = (float(end) for end in facts.range[1:-1].split(", "))
    values = activate(np.linspace(-FAR, FAR, 200_001), own_curve(facts.activation))
    for end, value in ((low, values.min()), (high, values.max())):
        assert abs(value) >= 99 if np.isinf(end) else abs(value - end) < 0.003, (end, value)


@pytest.mark.parametrize("name", FACTS)
def test_outside_of_its_zone_little_of_a_gradient_passes_and_inside_more(name) -> None:
    facts = facts_of(name)
    below, above = zone(facts)
    z = np.linspace(-40, 40, 8_001)
    sizes = np.abs(slope(z, facts.activation))
    assert (sizes[(z < below) | (z > above)] < SATURATED).all()
    for end, inwards in ((below, 1e-6), (above, -1e-6)):
        if np.isfinite(end):
            assert abs(slope(np.array([end + inwards]), facts.activation)[0]) >= SATURATED


def test_parameters_are_in_the_formulas() -> None:
    facts = activation_facts(parameters_of("leaky_relu", 0.004))
    assert (facts.formula, facts.derivative) == ("z > 0: z; z <= 0: 0.004 z", "z > 0: 1; z <= 0: 0.004")
    assert facts.saturated_below == 0.0
