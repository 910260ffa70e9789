"""What single units do on a plane."""

import numpy as np
import pytest

from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, DenseLayer, forward
from fcnn.insight.neurons import neuron_maps


def network(*units, inputs=2, hidden="tanh"):
    layers = [DenseLayer(units=count, activation=parameters_of(hidden)) for count in units[:-1]]
    layers.append(DenseLayer(units=units[-1], activation=parameters_of("softmax" if units[-1] > 1 else "sigmoid")))
    architecture = Architecture(inputs=inputs, layers=tuple(layers))
    generator = np.random.RandomState(2)
    arrays = {name: generator.normal(0, 1, shape).astype(np.float32) for name, shape in architecture.shapes().items()}
    return architecture, arrays


GRID = np.random.RandomState(0).normal(size=(700, 2)).astype(np.float32)
ROWS = np.random.RandomState(1).normal(size=(60, 2)).astype(np.float32)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        pytest.param((5, 3), [(1, 5), (2, 3)], id="one hidden layer"),
        pytest.param((1,), [(1, 1)], id="none"),
        pytest.param((4, 4, 4, 4, 4, 2), [(1, 4), (2, 4), (3, 4), (6, 2)], id="the first three of five"),
    ],
)
def test_which_layers_are_looked_at(units, expected) -> None:
    architecture, arrays = network(*units)
    found = neuron_maps(architecture, arrays, GRID, ROWS)
    assert [(layer.number, layer.width) for layer in found] == expected
    assert [layer.maps.shape for layer in found] == [(width, 700) for _, width in expected]
    np.testing.assert_allclose(found[-1].maps.T, forward(architecture, arrays, GRID), atol=1e-6)


def test_of_many_units_those_are_shown_that_vary_most_over_the_rows() -> None:
    architecture, arrays = network(12, 1, hidden="linear")
    arrays["00/kernel"] = np.zeros((2, 12), np.float32)
    arrays["00/kernel"][0] = [0, 5, 1, 9, 2, 8, 3, 7, 4, 6, 0, -11]
    (first, output) = neuron_maps(architecture, arrays, GRID, ROWS)
    assert (first.units, first.activation, first.width) == ((1, 3, 5, 6, 7, 8, 9, 11), "linear", 12)
    expected = GRID[:, :1] * arrays["00/kernel"][0, list(first.units)] + arrays["00/bias"][list(first.units)]
    np.testing.assert_allclose(first.maps.T, expected, rtol=1e-5, atol=1e-5)
    assert (output.units, output.activation) == ((0,), "sigmoid")
