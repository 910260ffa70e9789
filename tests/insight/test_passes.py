"""The passes beside what TensorFlow computes, and a network small enough for a pencil."""

from typing import Any, Dict, Optional

import numpy as np
import pytest

from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer, forward
from fcnn.insight.losses import losses
from fcnn.insight.passes import backward_pass, forward_pass

LOSSES = {
    "binary_crossentropy": (1, "sigmoid"),
    "categorical_crossentropy": (3, "softmax"),
    "mean_squared_error": (1, "linear"),
    "mean_absolute_error": (1, "linear"),
    "huber": (1, "linear"),
    "log_cosh": (1, "linear"),
}
ROWS, INPUTS = 17, 5


def network(activation: str, units: int, output: str, **options: Any) -> Architecture:
    hidden = [DenseLayer(units=size, activation=parameters_of(activation), **options) for size in (7, 4)]
    return Architecture(inputs=INPUTS, layers=(*hidden, DenseLayer(units=units, activation=parameters_of(output))))


def weights(architecture: Architecture) -> Dict[str, np.ndarray]:
    generator = np.random.default_rng(3)
    arrays = {name: generator.normal(0, 0.7, shape) for name, shape in architecture.shapes().items()}
    return {name: np.float32(abs(each) + 0.1 if "variance" in name else each) for name, each in arrays.items()}


def rows(loss: str) -> Any:
    generator = np.random.default_rng(4)
    x = generator.normal(size=(ROWS, INPUTS)).astype(np.float32)
    if "crossentropy" in loss:
        return x, generator.integers(0, 2 if loss.startswith("binary") else 3, ROWS)
    return x, generator.normal(0, 2, ROWS).astype(np.float32)  # both sides of Huber's delta


def of_tensorflow(
    architecture: Architecture, arrays: Dict[str, np.ndarray], x: np.ndarray, y: np.ndarray, loss: str, weight: Any
) -> Any:
    """Loss and gradients by name, as TensorFlow has them."""
    from fcnn.network import backend
    from fcnn.network.build import build_model

    tf = backend.tf
    model = build_model(architecture)
    backend.set_arrays(model, arrays, list(architecture.shapes()))
    truth = tf.constant(y[:, None].astype(np.float32) if architecture.layers[-1].units == 1 else y.astype(np.int32))
    with tf.GradientTape() as tape:
        each = backend.loss(loss)(truth, model(tf.constant(x), training=False))
        mean = tf.reduce_mean(each if weight is None else each * weight)
    names = [name for name in architecture.shapes() if "moving" not in name]
    gradients = tape.gradient(mean, model.trainable_variables)
    assert len(names) == len(gradients)
    return np.asarray(each), {name: np.asarray(gradient) for name, gradient in zip(names, gradients)}


CASES = {
    **{loss: ("tanh", loss, {}, None) for loss in LOSSES},
    **{name: (name, "categorical_crossentropy", {}, None) for name in ("relu", "sigmoid", "leaky_relu", "selu")},
    "softmax inside": ("softmax", "mean_squared_error", {}, None),
    "batch normalization": (
        "relu", "binary_crossentropy", {"use_bias": False, "batch_normalization": BatchNormalization()}, None
    ),
    "parametric": ("selu", "categorical_crossentropy", {"parametric": True}, None),
    "parametric after batch normalization": (
        "mish", "mean_squared_error", {"parametric": True, "batch_normalization": BatchNormalization()}, None
    ),
    "dropout is off": ("relu", "log_cosh", {"dropout": 0.5}, None),
    "weights of rows": ("tanh", "categorical_crossentropy", {}, np.linspace(0, 3, ROWS).astype(np.float32)),
}  # fmt: skip


@pytest.mark.parametrize(("activation", "loss", "options", "weight"), CASES.values(), ids=CASES)
def test_gradients_and_losses_are_those_of_tensorflow(
    activation: str, loss: str, options: Dict[str, Any], weight: Optional[np.ndarray]
) -> None:
    architecture = network(activation, *LOSSES[loss], **options)
    arrays, (x, y) = weights(architecture), rows(loss)
    each, expected = of_tensorflow(architecture, arrays, x, y, loss, weight)
    passes = forward_pass(architecture, arrays, x)
    np.testing.assert_allclose(losses(loss, y, passes[-1].a), each, rtol=1e-4, atol=1e-5)
    layers = backward_pass(architecture, arrays, passes, y, loss, weight)
    found = {f"{index:02d}/{name}": array for index, layer in enumerate(layers) for name, array in layer.arrays.items()}
    assert set(found) == set(expected)
    for name, gradient in expected.items():
        assert found[name].dtype == np.float64
        np.testing.assert_allclose(found[name], gradient, rtol=2e-4, atol=2e-6, err_msg=name)


def test_the_last_output_is_that_of_prediction() -> None:
    architecture = network("gelu", 3, "softmax", batch_normalization=BatchNormalization())
    arrays, (x, _) = weights(architecture), rows("categorical_crossentropy")
    passes = forward_pass(architecture, arrays, x)
    np.testing.assert_allclose(passes[-1].a, forward(architecture, arrays, x), atol=1e-6)
    assert [each.a.shape for each in passes] == [(ROWS, 7), (ROWS, 4), (ROWS, 3)]
    assert passes[1].inputs is passes[0].a


def test_a_network_of_two_units_is_what_a_pencil_gives() -> None:
    """x = 2, one hidden sigmoid unit with w = 0.5, b = -1 (z = 0, a = 0.5), one linear unit with w = 3, b = 0.

    The output is 1.5, the truth 1: L = 0.25, dL/da2 = 2 * 0.5 = 1, dL/dw2 = 0.5, dL/da1 = 3,
    dL/dz1 = 3 * 0.25 = 0.75, dL/dw1 = 0.75 * 2 = 1.5.
    """
    layers = tuple(DenseLayer(units=1, activation=parameters_of(name)) for name in ("sigmoid", "linear"))
    architecture = Architecture(inputs=1, layers=layers)
    arrays = {"00/kernel": [[0.5]], "00/bias": [-1], "01/kernel": [[3]], "01/bias": [0]}
    given = {name: np.float32(value) for name, value in arrays.items()}
    passes = forward_pass(architecture, given, np.array([[2.0]]))
    assert [(each.z.item(), each.a.item()) for each in passes] == [(0.0, 0.5), (1.5, 1.5)]
    y = np.array([1.0])
    assert losses("mean_squared_error", y, passes[-1].a).tolist() == [0.25]
    first, last = backward_pass(architecture, given, passes, y, "mean_squared_error")
    assert [last.a.item(), last.z.item(), last.arrays["kernel"].item(), last.arrays["bias"].item()] == [1, 1, 0.5, 1]
    assert [first.a.item(), first.z.item(), first.arrays["kernel"].item(), first.arrays["bias"].item()] == [
        3,
        0.75,
        1.5,
        0.75,
    ]


def test_a_true_class_of_probability_zero_has_finite_gradients_by_z() -> None:
    architecture = Architecture(inputs=1, layers=(DenseLayer(units=2, activation=parameters_of("softmax")),))
    arrays = {"00/kernel": np.float32([[1000, 0]]), "00/bias": np.float32([0, 0])}
    passes = forward_pass(architecture, arrays, np.array([[1.0]]))
    assert passes[-1].a.tolist() == [[1.0, 0.0]]
    assert losses("categorical_crossentropy", np.array([1]), passes[-1].a).tolist() == [np.inf]
    (layer,) = backward_pass(architecture, arrays, passes, np.array([1]), "categorical_crossentropy")
    assert layer.z.tolist() == [[1.0, -1.0]]
    assert layer.arrays["kernel"].tolist() == [[1.0, -1.0]]
