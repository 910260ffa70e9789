"""A stack without a nonlinearity is one layer."""

import numpy as np
import pytest

from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer, forward
from fcnn.insight.linear import collapse, is_linear, largest_difference


def layer(units, activation="linear", slope=0.2, **options):
    return DenseLayer(units=units, activation=parameters_of(activation, slope), **options)


def network(*layers, inputs=6):
    return Architecture(inputs=inputs, layers=layers)


def random_arrays(architecture, seed=3):
    random = np.random.default_rng(seed)

    def array(name, shape):
        if name.endswith("/moving_variance"):
            return random.uniform(0.05, 4, shape)
        return random.normal(0, shape[0] ** -0.5 if name.endswith("/kernel") else 1, shape)

    return {name: array(name, shape).astype(np.float32) for name, shape in architecture.shapes().items()}


NORMALIZED = {"batch_normalization": BatchNormalization()}
STACKS = {
    "two layers": network(layer(5), layer(1)),
    "before a softmax": network(layer(5), layer(4), layer(3, "softmax")),
    "before a sigmoid": network(layer(16), layer(1, "sigmoid")),
    "without bias": network(layer(16, use_bias=False), layer(7), layer(1)),
    "batch normalization": network(
        layer(16, **NORMALIZED), layer(8, use_bias=False, **NORMALIZED), layer(3, "softmax")
    ),
    "dropout": network(layer(16, dropout=0.5), layer(3, "softmax")),
    "a leaky relu that leaks all": network(layer(16, "leaky_relu", 1.0), layer(1)),
    "through one unit": network(layer(1), layer(12), layer(3, "softmax")),
    "twelve layers": network(*(layer(24) for _ in range(12)), layer(3, "softmax")),
}


@pytest.mark.parametrize("architecture", STACKS.values(), ids=STACKS)
def test_one_layer_computes_what_the_stack_computes(architecture):
    arrays = random_arrays(architecture)
    x = np.random.default_rng(1).normal(0, 2, (200, 6)).astype(np.float32)
    one = collapse(architecture, arrays)
    assert len(one[0].layers) == 1
    assert {name: array.shape for name, array in one[1].items()} == one[0].shapes()
    assert {array.dtype for array in one[1].values()} == {np.dtype("float32")}
    expected, found = forward(architecture, arrays, x), forward(*one, x)
    assert np.abs(expected).max() > 0.1
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-6 * max(1.0, np.abs(expected).max()))
    assert largest_difference(architecture, arrays, one, x) == np.abs(found.astype(float) - expected).max()


def test_two_layers_multiplied_out_by_hand():
    architecture = network(layer(2), layer(1), inputs=2)
    arrays = {
        "00/kernel": np.array([[1, 2], [3, 4]], np.float32),
        "00/bias": np.array([1, -1], np.float32),
        "01/kernel": np.array([[10], [100]], np.float32),
        "01/bias": np.array([5], np.float32),
    }
    _, one = collapse(architecture, arrays)
    assert one["00/kernel"].tolist() == [[210], [430]]
    assert one["00/bias"].tolist() == [10 - 100 + 5]


@pytest.mark.parametrize(
    ("architecture", "linear"),
    [
        *(pytest.param(stack, True, id=name) for name, stack in STACKS.items()),
        pytest.param(network(layer(1)), False, id="no hidden layer"),
        pytest.param(network(layer(4, "relu"), layer(1)), False, id="relu"),
        pytest.param(network(layer(4), layer(4, "relu"), layer(4), layer(1)), False, id="relu among linear ones"),
        pytest.param(network(layer(4, "leaky_relu"), layer(1)), False, id="leaky relu"),
        pytest.param(network(layer(4, "hard_sigmoid"), layer(1)), False, id="linear in the middle only"),
    ],
)
def test_a_stack_is_linear_where_no_hidden_layer_has_a_nonlinearity(architecture, linear):
    assert is_linear(architecture) is linear


def test_a_network_with_a_nonlinearity_is_not_multiplied_out():
    architecture = network(layer(4, "tanh"), layer(1))
    with pytest.raises(ValueError, match="nonlinearity"):
        collapse(architecture, random_arrays(architecture))


def test_a_difference_that_is_no_number_is_infinite():
    architecture = network(layer(4), layer(1))
    arrays = random_arrays(architecture)
    one = collapse(architecture, arrays)
    one[1]["00/bias"][:] = np.inf
    assert largest_difference(architecture, arrays, one, np.ones((3, 6), np.float32)) == float("inf")
