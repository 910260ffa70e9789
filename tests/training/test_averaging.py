"""Averaged weights are those that a loop written out by hand averages, and everybody but the steps sees them."""

import numpy as np
import pytest

from fcnn.config.optimizers import Adam
from fcnn.config.structs import Training, WeightAveraging
from fcnn.inference.network import Architecture, BatchNormalization
from fcnn.network.architecture import Design, LayerOptions
from fcnn.training import engine as engine_module
from fcnn.training.learner import Learners
from fcnn.training.rows import to_rows

EPOCHS, BATCH, MOMENTUM = 2, 40, 0.8


def averaged_by_hand(network, x, y):
    """The average, the weights themselves and the losses of the validation rows, by `train_on_batch` and NumPy."""
    model, losses, steps = network.model, [], 0
    model.compile(network.optimizer, "sparse_categorical_crossentropy")
    trainable = [any(one is other for other in model.trainable_weights) for one in model.weights]
    average = model.get_weights()
    for _ in range(EPOCHS):
        for start in range(0, len(x), BATCH):
            model.train_on_batch(x[start : start + BATCH], y[start : start + BATCH])
            steps += 1
            m = min(MOMENTUM, (1 + steps) / (10 + steps))
            average = [
                m * old + (1 - m) * new if is_learnt else new
                for old, new, is_learnt in zip(average, model.get_weights(), trainable)
            ]
        learnt = model.get_weights()
        model.set_weights(average)
        p = model.predict(x, verbose=0).astype(np.float64)
        losses.append(-np.log(p[np.arange(len(y)), y]).mean())
        model.set_weights(learnt)
    return average, learnt, losses


@pytest.fixture(scope="module")
def by_hand():
    """What the loop by hand found: it is the same for every mode."""
    return []


@pytest.mark.parametrize("mode", ["graph", "xla", "eager"])
def test_the_model_has_the_average_after_each_epoch_and_learns_as_without_it(
    bound, layer, iris, by_hand, monkeypatch, mode
):
    monkeypatch.setattr(engine_module, "CHUNK_ROWS", 2 * BATCH)  # several chunks an epoch, the last of one short step
    x, y = iris
    layers = [layer(6, "tanh", batch_normalization=BatchNormalization(momentum=0.9), use_bias=False)]
    layers.append(layer(3, "softmax"))
    options = {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": BATCH}
    if not by_hand:
        by_hand.extend(averaged_by_hand(bound(layers, **options), x, y))
    average, learnt, losses = by_hand
    network = bound(layers, mode=mode, momentum_of_average=MOMENTUM, **options)
    rows = to_rows(x, y, False, None)
    found = [network.engine.epoch(rows, np.arange(150), lambda: False, rows)["val_loss"] for _ in range(EPOCHS)]
    assert found == pytest.approx(losses, abs=1e-5)
    for one, expected in zip(network.model.get_weights(), average):
        np.testing.assert_allclose(one, expected, rtol=0, atol=1e-5)
    trainable = [learnt[0], *learnt[1:3], *learnt[5:]]  # kernel, gamma, beta; not the moving mean and variance
    for one, expected in zip(network.engine.average.get_learnt(), trainable):
        np.testing.assert_allclose(one, expected, rtol=0, atol=1e-5)
    assert max(np.abs(one - other).max() for one, other in zip(average, learnt)) > 0.01


def test_the_averages_are_those_that_are_kept_and_that_everybody_looks_at(bound, layer, iris, fit):
    x, y = iris
    rows, seen = to_rows(x, y, False, None), {}
    network = bound([layer(6), layer(3, "softmax")], learning_rate=0.05, momentum_of_average=0.9)
    trained = fit(network, rows, rows, epochs=4, on_weights=seen.__setitem__)
    kept = network.model.get_weights()
    assert [array.tobytes() for array in seen[trained.best_epoch]] == [array.tobytes() for array in kept]
    assert network.engine.evaluate(rows)["loss"] == pytest.approx(min(trained.history["val_loss"]), rel=1e-6)
    learnt = network.engine.average.get_learnt()
    assert max(np.abs(one - other).max() for one, other in zip(learnt, kept)) > 1e-3


def test_a_network_that_starts_again_forgets_its_average(layer, iris):
    x, y = iris
    rows, learners, found = to_rows(x, y, False, None), Learners(), []
    layers = (layer(6), layer(3, "softmax"))
    design = Design(
        Architecture(inputs=4, layers=layers), (LayerOptions("glorot_uniform"),) * 2, "categorical_crossentropy"
    )
    averaged = Training(batch_size=50, compile="graph", weight_averaging=WeightAveraging(momentum=0.9))
    for seed in (1, 2, 1):
        learner = learners.get(design, averaged, Adam(), seed)
        learner.engine.epoch(rows, np.arange(150), lambda: False)
        found.append([array.tobytes() for array in learner.model.get_weights()])
    assert found[0] == found[2] != found[1]
    other = Training(batch_size=50, compile="graph", weight_averaging=WeightAveraging(momentum=0.5))
    assert learners.get(design, other, Adam(), 1) is not learner
