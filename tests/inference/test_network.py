import numpy as np
import pytest

from fcnn.errors import RunError
from fcnn.inference.activations import FORMULAS, parameters_of
from fcnn.inference.blocks import BLOCK_ROWS
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer, check_arrays, forward

NORMALIZED = {"batch_normalization": BatchNormalization()}


def layer(units, activation="relu", **options):
    return DenseLayer(units=units, activation=parameters_of(activation), **options)


def network(*layers, inputs=6):
    return Architecture(inputs=inputs, layers=layers)


def random_arrays(architecture, seed=3):
    """Weights of a trained size, moving statistics far from their start."""
    random = np.random.default_rng(seed)

    def array(name, shape):
        if name.endswith("/moving_variance"):
            return random.uniform(0.05, 4, shape)
        if name.endswith("/kernel"):
            return random.normal(0, shape[0] ** -0.5, shape)
        return random.normal(0, 1, shape)

    return {name: array(name, shape).astype(np.float32) for name, shape in architecture.shapes().items()}


NETWORKS = {
    **{
        name: network(layer(16, name), layer(8, name), layer(1, "linear")) for name in FORMULAS if name != "exponential"
    },
    "exponential": network(layer(16, "exponential"), layer(1, "linear")),  # two of them leave float32
    "no hidden layer, linear": network(layer(1, "linear")),
    "no hidden layer, sigmoid": network(layer(1, "sigmoid")),
    "no hidden layer, softmax": network(layer(5, "softmax")),
    "one feature, one unit": network(layer(1), layer(1, "linear"), inputs=1),
    "without bias": network(layer(16, use_bias=False), layer(3, "softmax")),
    "batch normalization": network(layer(16, **NORMALIZED), layer(8, "tanh", **NORMALIZED), layer(3, "softmax")),
    "batch normalization without bias": network(layer(16, use_bias=False, **NORMALIZED), layer(1, "sigmoid")),
    "another epsilon": network(layer(16, batch_normalization=BatchNormalization(epsilon=0.5)), layer(1, "linear")),
    "dropout": network(layer(16, dropout=0.5), layer(8, "elu", dropout=0.2, **NORMALIZED), layer(1, "sigmoid")),
    "a steep leaky relu": network(
        DenseLayer(units=16, activation=parameters_of("leaky_relu", 0.7)), layer(1, "linear")
    ),
    "parametric": network(*(layer(9, name, parametric=True) for name in ("selu", "mish", "relu")), layer(1, "linear")),
    "parametric after batch normalization": network(
        layer(16, "tanh", parametric=True, dropout=0.3, **NORMALIZED), layer(3, "softmax")
    ),
    "clipped": Architecture(inputs=6, layers=(layer(8), layer(1, "linear")), clip=(-0.25, 0.5)),
    "clipped, no hidden layer": Architecture(inputs=6, layers=(layer(1, "linear"),), clip=(-0.25, 0.5)),
    "deep": network(*(layer(24, "tanh") for _ in range(12)), layer(3, "softmax")),
}


@pytest.mark.parametrize("architecture", NETWORKS.values(), ids=NETWORKS)
def test_the_forward_pass_is_that_of_keras(architecture):
    from fcnn.network import backend
    from fcnn.network.build import build_model

    arrays = random_arrays(architecture)
    x = np.random.default_rng(5).normal(0, 1.5, (300, architecture.inputs)).astype(np.float32)
    model = build_model(architecture)
    backend.set_arrays(model, arrays, list(architecture.shapes()))
    expected = np.asarray(model(x, training=False))
    found = forward(architecture, arrays, x)
    assert (found.dtype, found.shape) == (np.float32, expected.shape)
    assert np.abs(found - expected).max() / max(1, np.abs(expected).max()) <= 1e-5


def test_a_forward_pass_computed_by_hand():
    architecture = network(layer(2, "relu", **NORMALIZED), layer(1, "sigmoid"), inputs=2)
    arrays = {
        "00/kernel": np.float32([[1, 2], [3, 4]]),
        "00/bias": np.float32([0.5, -20]),
        "00/gamma": np.float32([2, 1]),
        "00/beta": np.float32([0.1, 0]),
        "00/moving_mean": np.float32([3.5, 0]),
        "00/moving_variance": np.float32([0.249, 0.999]),
        "01/kernel": np.float32([[0.5], [7]]),
        "01/bias": np.float32([-2]),
    }
    # x W + b = 1 + 6 + 0.5, 2 + 8 - 20 = 7.5, -10; normalised (7.5 - 3.5) / sqrt(0.25) * 2 + 0.1 = 16.1, -10;
    # relu 16.1, 0; 0.5 * 16.1 - 2 = 6.05; 1 / (1 + e^-6.05) = 0.99764756
    np.testing.assert_allclose(forward(architecture, arrays, np.float32([[1, 2]])), [[0.99764756]], atol=1e-6)


@pytest.mark.parametrize("rows", [0, 1, BLOCK_ROWS, BLOCK_ROWS + 1])
def test_any_number_of_rows_is_computed(rows):
    architecture = network(layer(4, "tanh"), layer(2, "softmax"), inputs=3)
    arrays = random_arrays(architecture)
    x = np.random.default_rng(1).normal(size=(BLOCK_ROWS + 1, 3)).astype(np.float32)
    found = forward(architecture, arrays, x[:rows])
    assert found.shape == (rows, 2)
    for row in {0, rows - 1} if rows else ():
        np.testing.assert_allclose(found[row], forward(architecture, arrays, x[row : row + 1])[0], rtol=0, atol=1e-6)


def test_a_sum_beyond_float32_gives_a_result_that_is_seen_not_to_be_finite():
    architecture = network(layer(4), layer(1, "linear"), inputs=2)
    arrays = {name: np.ones_like(array) for name, array in random_arrays(architecture).items()}
    assert not np.isfinite(forward(architecture, arrays, np.float32([[3e38, 3e38]]))).any()


def test_arrays_are_named_and_counted():
    architecture = network(layer(5, **NORMALIZED), layer(4, use_bias=False), layer(3, "softmax"), inputs=2)
    assert architecture.shapes() == {
        "00/kernel": (2, 5), "00/bias": (5,), "00/gamma": (5,), "00/beta": (5,), "00/moving_mean": (5,),
        "00/moving_variance": (5,), "01/kernel": (5, 4), "02/kernel": (4, 3), "02/bias": (3,),
    }  # fmt: skip
    assert architecture.trainable_parameters == 10 + 5 + 5 + 5 + 20 + 12 + 3


def test_every_array_that_does_not_fit_is_reported():
    architecture = network(layer(5), layer(1, "linear"), inputs=2)
    arrays = random_arrays(architecture)
    check_arrays(architecture, arrays, "w")
    arrays["00/kernel"] = arrays["00/kernel"].T
    arrays["00/bias"] = np.full(5, np.nan, dtype=np.float32)
    arrays["02/kernel"] = arrays.pop("01/kernel")
    with pytest.raises(RunError) as caught:
        check_arrays(architecture, arrays, "w")
    assert [(problem.message, problem.expected, problem.received) for problem in caught.value.problems] == [
        ("array 00/bias is not finite", "", ""),
        ("array 00/kernel", "(2, 5)", "(5, 2)"),
        ("array 01/kernel", "(5, 1)", "None"),
        ("array 02/kernel", "None", "(5, 1)"),
    ]
