import msgspec
import numpy as np
import pytest

from fcnn.config.optimizers import OPTIMIZERS
from fcnn.config.structs import InitializerName
from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.network import backend
from fcnn.network.build import build_model

# Losses of single rows computed by hand: (truth, output, loss).
LOSSES = {
    "binary_crossentropy": ([[1.0], [0.0]], [[0.8], [0.3]], [0.2231436, 0.3566749]),  # -ln 0.8, -ln 0.7
    "categorical_crossentropy": ([2, 0], [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]], [0.3566749, 0.6931472]),
    "mean_squared_error": ([[1.0], [0.0]], [[3.0], [-0.5]], [4, 0.25]),
    "mean_absolute_error": ([[1.0], [0.0]], [[3.0], [-0.5]], [2, 0.5]),
    "huber": ([[1.0], [0.0]], [[3.0], [-0.5]], [1.5, 0.125]),
    "log_cosh": ([[1.0], [0.0]], [[3.0], [-0.5]], [1.3250027, 0.1201145]),
}


@pytest.mark.parametrize(("name", "rows"), LOSSES.items(), ids=LOSSES)
def test_a_loss_is_one_value_a_row(name, rows):
    truth, output, expected = rows
    kind = np.int32 if name == "categorical_crossentropy" else np.float32
    found = backend.loss(name)(np.asarray(truth, kind), np.float32(output))
    np.testing.assert_allclose(np.asarray(found), expected, atol=1e-6)


def test_every_initializer_of_the_config_is_known():
    assert {*backend.INITIALIZERS, "auto"} == set(InitializerName.__args__)
    for name in backend.INITIALIZERS:
        assert type(backend.initializer(name, 1)).__name__ in (
            backend.INITIALIZERS[name],
            f"{backend.INITIALIZERS[name]}V2",
        )


OPTIONS = {
    "adam": {"learning_rate": 0.5, "beta_1": 0.8, "beta_2": 0.7, "epsilon": 0.01, "amsgrad": True},
    "adamw": {"learning_rate": 0.5, "weight_decay": 0.25, "beta_1": 0.8, "beta_2": 0.7, "epsilon": 0.01},
    "sgd": {"learning_rate": 0.5, "momentum": 0.25, "nesterov": True},
    "rmsprop": {"learning_rate": 0.5, "rho": 0.8, "momentum": 0.25, "epsilon": 0.01, "centered": True},
    "adagrad": {"learning_rate": 0.5, "initial_accumulator_value": 0.25, "epsilon": 0.01},
    "adamax": {"learning_rate": 0.5, "beta_1": 0.8, "beta_2": 0.7, "epsilon": 0.01},
    "nadam": {"learning_rate": 0.5, "beta_1": 0.8, "beta_2": 0.7, "epsilon": 0.01},
    "adadelta": {"learning_rate": 0.5, "rho": 0.8, "epsilon": 0.01},
    "ftrl": {
        "learning_rate": 0.5, "learning_rate_power": -0.25, "initial_accumulator_value": 0.25,
        "l1_regularization_strength": 0.1, "l2_regularization_strength": 0.2,
        "l2_shrinkage_regularization_strength": 0.3, "beta": 0.4,
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def variables():
    return build_model(
        Architecture(inputs=2, layers=(DenseLayer(units=1, activation=parameters_of("linear")),))
    ).trainable_variables


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_option_of_an_optimizer_reaches_keras(name, variables):
    optimizer = backend.optimizer(msgspec.convert({"name": name, **OPTIONS[name]}, OPTIMIZERS[name]), variables)
    config = optimizer.get_config()
    assert {key: pytest.approx(value) for key, value in OPTIONS[name].items()} == {
        key: config[key] for key in OPTIONS[name]
    }


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_learning_rate_of_an_optimizer_can_be_changed(name, variables):
    optimizer = backend.optimizer(OPTIMIZERS[name](), variables)
    backend.set_learning_rate(optimizer, 0.125)
    assert float(np.asarray(optimizer.learning_rate)) == 0.125


def test_threads_are_left_as_they_are_once_tensorflow_runs():
    np.asarray(backend.tf.ones(3) + 1)
    before = backend.tf.config.threading.get_intra_op_parallelism_threads()
    backend.set_threads(before + 1)
    backend.set_threads(None)
    assert backend.tf.config.threading.get_intra_op_parallelism_threads() == before
