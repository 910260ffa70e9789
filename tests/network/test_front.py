"""The Keras layers before the first dense one: how they start, and that the engine trains them as Keras does."""

from typing import Any

import numpy as np
import pytest

from fcnn.config.optimizers import Adam
from fcnn.inference.activations import parameters_of
from fcnn.inference.front import Block, CategoricalEmbedding, InputScale, Periodic, PiecewiseLinear
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.network import backend
from fcnn.network.architecture import FrontOptions
from fcnn.network.build import build_model
from fcnn.training.engine import Engine
from fcnn.training.rows import to_rows

WIDE = Periodic(columns=tuple(range(60)), frequencies=30, units=5)


def output(units: int, name: str) -> Any:
    return (DenseLayer(units=units, activation=parameters_of(name)),)


@pytest.mark.parametrize("factor", [1.0, 0.1])
def test_a_periodic_embedding_starts_as_realmlp_has_it_whatever_the_factor(factor: float) -> None:
    architecture = Architecture(inputs=60, layers=output(1, "linear"), front=(WIDE,))
    model = build_model(architecture, seed=4, front_options=FrontOptions(0.3, numeric_embedding=factor))
    found = backend.get_arrays(model, list(architecture.shapes()))
    frequency, phase, kernel, bias = (
        found[f"numeric_embedding/{name}"] for name in ("frequency", "phase", "kernel", "bias")
    )
    assert frequency.std() == pytest.approx(0.3, rel=0.05)
    assert abs(frequency.mean()) < 0.03
    assert -np.pi <= phase.min() < -3.1 < 3.1 < phase.max() <= np.pi
    limit = 30**-0.5
    for array in (kernel, bias):
        assert 0.95 * limit < np.abs(array).max() <= limit * 1.0001
        assert array.std() == pytest.approx(limit / 3**0.5, rel=0.1)
    learnt = model.layers[0].get_weights()[0]
    assert np.abs(learnt * factor - frequency).max() < 1e-6
    again = build_model(architecture, seed=4, front_options=FrontOptions(0.3, numeric_embedding=factor))
    other = build_model(architecture, seed=5, front_options=FrontOptions(0.3, numeric_embedding=factor))
    assert np.array_equal(again.get_weights()[2], model.get_weights()[2])
    assert not np.array_equal(other.get_weights()[2], model.get_weights()[2])


def test_a_category_starts_with_numbers_of_size_one_and_a_scale_with_one() -> None:
    front = (CategoricalEmbedding(blocks=(Block("a", 0, 50, 20), Block("b", 50, 50, 20))), InputScale())
    architecture = Architecture(inputs=100, layers=output(1, "linear"), front=front)
    found = backend.get_arrays(
        build_model(architecture, seed=4, front_options=FrontOptions(input_scale=6.0)), list(architecture.shapes())
    )
    first, second = (found[f"categorical_embedding/{number}/kernel"] for number in range(2))
    assert first.std() == pytest.approx(1, rel=0.05)
    assert not np.array_equal(first, second)
    np.testing.assert_allclose(found["input_scale/scale"], np.ones(40), atol=1e-6)


FRONT = (
    CategoricalEmbedding(blocks=(Block("a", 3, 4, 2),)),
    InputScale(),
)
EMBEDDINGS = {
    "periodic": Periodic(columns=(0, 2), frequencies=8, units=4),
    "piecewise_linear": PiecewiseLinear(columns=(0, 2), edges=((-1.0, 0.0, 1.0), (-1.0, 1.0)), units=4),
}


@pytest.mark.parametrize("mode", ["graph", "xla"])
@pytest.mark.parametrize("name", EMBEDDINGS)
def test_the_engine_learns_what_fit_learns(name: str, mode: str) -> None:
    random = np.random.default_rng(0)
    x = np.hstack([random.normal(size=(150, 3)), np.eye(4)[random.integers(0, 4, 150)]]).astype(np.float32)
    y = ((np.sin(3 * x[:, 0]) + x[:, 3] > 0.5) + (x[:, 2] > 1)).astype(np.int32)
    layers = (*output(8, "tanh"), *output(3, "softmax"))
    architecture = Architecture(inputs=7, layers=layers, front=(EMBEDDINGS[name], *FRONT))

    def fresh() -> Any:
        backend.set_seed(1)
        model = build_model(architecture, seed=1, front_options=FrontOptions(0.1, 0.5, 3.0))
        return model, backend.optimizer(Adam(learning_rate=0.02), model.trainable_variables)

    model, optimizer = fresh()
    start = model.get_weights()
    engine = Engine(model, optimizer, backend.loss("categorical_crossentropy"), batch_size=40, clipnorm=None, mode=mode)
    losses = [engine.epoch(to_rows(x, y, False, None), np.arange(150), lambda: False)["loss"] for _ in range(3)]
    keras_model, keras_optimizer = fresh()
    keras_model.compile(keras_optimizer, "sparse_categorical_crossentropy")
    history = keras_model.fit(x, y, 40, epochs=3, verbose=0, shuffle=False).history
    assert losses == pytest.approx(history["loss"], rel=1e-4)
    for key, before, one, other in zip(architecture.shapes(), start, model.get_weights(), keras_model.get_weights()):
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-4, err_msg=key)
        assert np.abs(one - before).max() > 1e-3, f"{key} learns nothing"


def test_a_factor_is_a_learning_rate_of_its_own() -> None:
    """A step of Adam moves what is learnt by the learning rate: the scale by 6 times that, the frequencies by 0.1."""
    architecture = Architecture(
        inputs=2, layers=output(1, "linear"), front=(Periodic(columns=(0, 1), frequencies=3, units=2), InputScale())
    )
    model = build_model(architecture, seed=2, front_options=FrontOptions(0.1, 0.1, 6.0))
    names, x = list(architecture.shapes()), np.float32([[0.7, -1.3]])
    optimizer = backend.optimizer(Adam(learning_rate=0.001), model.trainable_variables)
    engine = Engine(model, optimizer, backend.loss("mean_squared_error"), batch_size=1, clipnorm=None, mode="graph")
    before = backend.get_arrays(model, names)
    engine.epoch(to_rows(x, np.float32([5]), True, None), np.arange(1), lambda: False)
    after = backend.get_arrays(model, names)
    moved = {name: float(np.abs(after[name] - before[name]).max()) for name in names}
    assert moved["input_scale/scale"] == pytest.approx(0.006, rel=1e-2)
    assert moved["00/kernel"] == pytest.approx(0.001, rel=1e-2)
    for name in ("frequency", "phase", "kernel", "bias"):
        assert moved[f"numeric_embedding/{name}"] == pytest.approx(0.0001, rel=1e-2), name
