import numpy as np
import pytest

from fcnn.inference.activations import FORMULAS, activate, parameters_of

HAND = np.float32([[-3, -1, 0, 1, 3]])

# Computed by hand from the definitions, to 7 decimals.
VALUES = {
    "elu": [-0.9502129, -0.6321206, 0, 1, 3],
    "exponential": [0.0497871, 0.3678794, 1, 2.7182818, 20.0855369],
    "gelu": [-0.0040497, -0.1586553, 0, 0.8413447, 2.9959503],
    "hard_sigmoid": [0, 0.3, 0.5, 0.7, 1],  # 0.2 z + 0.5, as in Keras 2
    "leaky_relu": [-0.6, -0.2, 0, 1, 3],
    "linear": [-3, -1, 0, 1, 3],
    "mish": [-0.1456474, -0.3034015, 0, 0.8650984, 2.9865350],
    "relu": [0, 0, 0, 1, 3],
    "selu": [-1.6705687, -1.1113307, 0, 1.0507010, 3.1521030],
    "sigmoid": [0.0474259, 0.2689414, 0.5, 0.7310586, 0.9525741],
    "silu": [-0.1422776, -0.2689414, 0, 0.7310586, 2.8577224],
    "softmax": [0.0020555, 0.0151881, 0.0412857, 0.1122261, 0.8292446],
    "softplus": [0.0485874, 0.3132617, 0.6931472, 1.3132617, 3.0485874],
    "softsign": [-0.75, -0.5, 0, 0.5, 0.75],
    "tanh": [-0.9950548, -0.7615942, 0, 0.7615942, 0.9950548],
}

RANGES = {
    "usual": np.linspace(-50, 50, 4001),
    "tiny": [sign * 10.0**power for power in range(-38, 0) for sign in (-1, 1)],
    "large": [sign * 10.0**power for power in range(1, 38) for sign in (-1, 1)],
}


def test_every_activation_is_tested():
    assert set(VALUES) == set(FORMULAS)


@pytest.mark.parametrize("name", FORMULAS)
def test_values_are_those_computed_by_hand(name):
    np.testing.assert_allclose(activate(HAND, parameters_of(name)), [VALUES[name]], rtol=0, atol=2e-7)


@pytest.mark.parametrize("z", RANGES.values(), ids=RANGES)
@pytest.mark.parametrize("name", FORMULAS)
def test_numpy_and_keras_compute_the_same(name, z):
    from fcnn.network import backend

    z = np.asarray(z, dtype=np.float32)[None, :]  # (1, values): softmax goes along the row
    expected = np.asarray(backend.activation(parameters_of(name))(backend.tf.constant(z)))
    found = activate(z, parameters_of(name))
    assert found.dtype == np.float32
    finite = np.isfinite(expected)
    assert np.array_equal(found[~finite], expected[~finite])  # e^z beyond float32
    error = np.abs(found[finite] - expected[finite]) / np.maximum(1, np.abs(expected[finite]))
    assert error.max() <= 1e-5


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("name", FORMULAS)
def test_shape_and_type_are_kept(name, kind):
    a = activate(np.linspace(-2, 2, 12, dtype=kind).reshape(4, 3), parameters_of(name))
    assert (a.shape, a.dtype) == ((4, 3), kind)


@pytest.mark.parametrize("name", sorted(set(FORMULAS) - {"exponential"}))
def test_very_large_values_stay_finite(name):
    assert np.isfinite(activate(np.float32([[-3e38, 3e38]]), parameters_of(name))).all()


def test_a_softmax_row_sums_to_one():
    z = np.random.default_rng(0).normal(0, 30, (100, 7)).astype(np.float32)
    np.testing.assert_allclose(activate(z, {"name": "softmax"}).sum(axis=1), 1, atol=1e-6)


def test_recorded_parameters_are_used():
    assert parameters_of("leaky_relu", 0.01) == {"name": "leaky_relu", "negative_slope": 0.01}
    assert activate(HAND, parameters_of("leaky_relu", 0.5)).tolist() == [[-1.5, -0.5, 0, 1, 3]]
    assert activate(HAND, {"name": "hard_sigmoid", "slope": 0.5, "offset": 0.25}).tolist() == [[0, 0, 0.25, 0.75, 1]]


def test_an_unknown_activation_is_an_error():
    with pytest.raises(KeyError):
        activate(HAND, {"name": "sparsemax"})
