"""The chain rule beside TensorFlow's tape and beside the slope of the loss."""

from dataclasses import replace

import numpy as np
import pytest

from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer
from fcnn.insight.keras_pass import compare_with_keras
from fcnn.insight.numeric_check import check_gradients
from fcnn.insight.passes import backward_pass, forward_pass


def network(*layers):
    return Architecture(inputs=5, layers=layers)


def layer(units, activation, **options):
    return DenseLayer(units=units, activation=parameters_of(activation), **options)


NORMALIZED = {"batch_normalization": BatchNormalization()}
CASES = {
    "classes": (network(layer(6, "relu", **NORMALIZED, dropout=0.5), layer(3, "softmax")), "categorical_crossentropy"),
    "two classes": (
        network(layer(4, "selu", use_bias=False, **NORMALIZED), layer(1, "sigmoid")),
        "binary_crossentropy",
    ),
    "a quantity": (network(layer(4, "leaky_relu"), layer(3, "silu"), layer(1, "linear")), "huber"),
    "a softmax inside": (network(layer(4, "softmax"), layer(1, "linear")), "log_cosh"),
    "parametric": (
        network(layer(4, "selu", parametric=True, **NORMALIZED), layer(3, "relu", parametric=True), layer(1, "linear")),
        "mean_squared_error",
    ),
    "no hidden layer": (network(layer(1, "linear")), "mean_squared_error"),
}  # fmt: skip


def passes_of(name):
    architecture, loss = CASES[name]
    random = np.random.default_rng(5)
    arrays = {
        array: np.float32(random.uniform(0.5, 2, shape) if "variance" in array else random.normal(0, 0.8, shape))
        for array, shape in architecture.shapes().items()
    }
    x = random.normal(size=(1, 5)).astype(np.float32)
    y = np.array([1]) if "crossentropy" in loss else np.array([2.5])
    passes = forward_pass(architecture, arrays, x)
    return architecture, loss, arrays, x, y, passes, backward_pass(architecture, arrays, passes, y, loss)


def compared(name, changed=None):
    from fcnn.network import backend
    from fcnn.network.build import build_model

    architecture, loss, arrays, _, y, passes, gradients = passes_of(name)
    model = build_model(architecture)
    backend.set_arrays(model, {**arrays, **(changed(arrays) if changed else {})}, list(architecture.shapes()))
    return compare_with_keras(model, architecture, loss, y, passes, gradients)


@pytest.mark.parametrize("name", CASES)
def test_all_that_tensorflow_computes_is_the_same(name) -> None:
    comparison = compared(name)
    assert comparison.relative < 2e-6
    assert comparison.largest < 1e-5
    learnt = [array for array in CASES[name][0].shapes() if "moving" not in array]
    found = [f"{each.layer - 1:02d}/{each.name[4:]}" for each in comparison.differences if each.name not in QUANTITIES]
    assert sorted(found) == sorted(learnt)
    assert [each.name for each in comparison.differences if each.layer == 1][:2] == ["z", "a"]


QUANTITIES = ("z", "a", "dL/da", "dL/dz")


def test_a_weight_that_is_another_one_is_seen() -> None:
    comparison = compared("a quantity", lambda arrays: {"00/bias": arrays["00/bias"] + np.float32(0.01)})
    assert comparison.largest > 1e-3


@pytest.mark.parametrize("name", CASES)
def test_the_slopes_of_the_loss_are_the_gradients(name) -> None:
    architecture, loss, arrays, x, y, _, gradients = passes_of(name)
    before = {array: values.copy() for array, values in arrays.items()}
    checked = check_gradients(architecture, arrays, x, y, loss, gradients)
    assert max(each.difference for each in checked) < 1e-8
    assert {each.array for each in checked} == {array for array in architecture.shapes() if "moving" not in array}
    assert all((arrays[array] == before[array]).all() for array in arrays)


def test_of_an_array_the_entries_with_largest_and_smallest_gradient_are_tried() -> None:
    architecture, loss, arrays, x, y, _, gradients = passes_of("a quantity")
    sizes = [abs(each.chain_rule) for each in check_gradients(architecture, arrays, x, y, loss, gradients)[:4]]
    all_sizes = np.abs(gradients[0].arrays["kernel"])
    assert (sizes[0], sizes[-1]) == (all_sizes.max(), all_sizes.min())
    assert sizes == sorted(sizes, reverse=True)


def test_a_gradient_that_is_wrong_is_seen() -> None:
    architecture, loss, arrays, x, y, _, gradients = passes_of("a quantity")
    arrays_of_first = {**gradients[0].arrays, "kernel": gradients[0].arrays["kernel"] * 1.001}
    wrong = [replace(gradients[0], arrays=arrays_of_first), *gradients[1:]]
    checked = check_gradients(architecture, arrays, x, y, loss, wrong)
    assert max(checked, key=lambda each: each.difference).array == "00/kernel"
    assert max(each.difference for each in checked) > 1e-5
