import numpy as np
import pytest

from fcnn.inference.activations import FORMULAS, activate, parameters_of
from fcnn.insight.derivatives import DERIVATIVES, SOFTMAX, derivative, softmax_jacobian

# At -3, -1, 1 and 3, computed by hand from the definitions, to 7 decimals.
VALUES = {
    "elu": [0.0497871, 0.3678794, 1, 1],
    "exponential": [0.0497871, 0.3678794, 2.7182818, 20.0855369],
    "gelu": [-0.0119456, -0.0833155, 1.0833155, 1.0119456],
    "hard_sigmoid": [0, 0.2, 0.2, 0],
    "leaky_relu": [0.2, 0.2, 1, 1],
    "linear": [1, 1, 1, 1],
    "mish": [-0.0933931, 0.0592168, 1.0490362, 1.0211069],
    "relu": [0, 0, 1, 1],
    "selu": [0.0875306, 0.6467686, 1.0507010, 1.0507010],
    "sigmoid": [0.0451767, 0.1966119, 0.1966119, 0.0451767],
    "silu": [-0.0881041, 0.0723295, 0.9276705, 1.0881041],
    "softplus": [0.0474259, 0.2689414, 0.7310586, 0.9525741],
    "softsign": [0.0625, 0.25, 0.25, 0.0625],
    "tanh": [0.0098660, 0.4199743, 0.4199743, 0.0098660],
}
HAND = np.array([[-3.0, -1.0, 1.0, 3.0]])


def test_every_activation_has_a_derivative():
    assert {*DERIVATIVES, SOFTMAX} == set(FORMULAS)


@pytest.mark.parametrize("name", VALUES)
def test_values_are_those_computed_by_hand(name):
    z = HAND if name != "hard_sigmoid" else np.array([[-3.0, -1.0, 1.0, 3.0]])
    np.testing.assert_allclose(derivative(z, parameters_of(name, 0.2)), [VALUES[name]], rtol=0, atol=6e-8)


@pytest.mark.parametrize("name", DERIVATIVES)
def test_it_is_the_slope_of_the_curve(name):
    z = np.linspace(-8.013, 8.017, 400)[None, :]  # no corner among them
    step = 1e-6
    slope = (activate(z + step, parameters_of(name)) - activate(z - step, parameters_of(name))) / (2 * step)
    np.testing.assert_allclose(derivative(z, parameters_of(name)), slope, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", DERIVATIVES)
def test_it_is_that_of_tensorflow_at_corners_and_far_out_too(name):
    from fcnn.network import backend

    z = np.float32([[-80, -2.5, -1, 0, 1, 2.5, 80]])
    tensor = backend.tf.constant(z)
    with backend.tf.GradientTape() as tape:
        tape.watch(tensor)
        value = backend.activation(parameters_of(name))(tensor)
    expected = np.asarray(tape.gradient(value, tensor))
    found = derivative(z, parameters_of(name))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softplus", "silu", "mish"])
def test_a_saturated_unit_keeps_its_tiny_derivative(name):
    # e^-30 is 9.4e-14; 1 - g would be 0 in float32
    z = np.float32([[-30.0]])
    assert derivative(z, parameters_of(name))[0, 0] != 0


def test_the_jacobian_of_a_softmax_is_that_computed_by_hand():
    expected = [[[0.16, -0.06, -0.1], [-0.06, 0.21, -0.15], [-0.1, -0.15, 0.25]]]
    np.testing.assert_allclose(softmax_jacobian(np.array([[0.2, 0.3, 0.5]])), expected, atol=1e-15)


def test_softmax_has_no_derivative_of_each_unit_by_itself():
    with pytest.raises(KeyError):
        derivative(HAND, parameters_of("softmax"))
