"""The compiled epoch and evaluation; that they do what Keras's `fit` does is in test_equal_to_fit.py."""

import numpy as np
import pytest

from fcnn.inference.network import BatchNormalization
from fcnn.network.architecture import LayerOptions
from fcnn.training import engine as engine_module
from fcnn.training.engine import class_weights
from fcnn.training.non_finite import NonFiniteError, check_finite
from fcnn.training.rows import to_rows

EPOCHS = 3


def never():
    return False


def orders(rows):
    return [np.random.default_rng(epoch).permutation(rows) for epoch in range(EPOCHS)]


def with_engine(network, x, y, one_unit, weight=None, class_weight=None):
    """Weights and the figures of each epoch."""
    part = to_rows(x, y, one_unit, weight, class_weight)
    figures = [network.engine.epoch(part, order, never) for order in orders(len(x))]
    return network.model.get_weights(), figures


def assert_alike(first, second, tolerance=1e-5):
    for one, other in zip(first[0], second[0]):
        np.testing.assert_allclose(one, other, rtol=0, atol=tolerance)
    for one, other in zip(first[1], second[1]):
        assert one == {name: pytest.approx(value, abs=10 * tolerance) for name, value in other.items()}


@pytest.mark.parametrize(("mode", "tolerance"), [("xla", 1e-4), ("eager", 1e-5)], ids=["xla", "eager"])
def test_every_mode_learns_the_same(bound, layer, iris, mode, tolerance):
    x, y = iris
    weight = np.random.default_rng(0).uniform(0, 3, len(x)).astype(np.float32)

    def network(mode):
        normalized = layer(16, "tanh", batch_normalization=BatchNormalization(), use_bias=False)
        layers = [normalized, layer(8), layer(3, "softmax")]
        options = [LayerOptions("glorot_uniform", l2=0.01)] * 3
        return bound(layers, options=options, clipnorm=0.5, mode=mode)

    first, second = network("graph"), network(mode)
    assert_alike(with_engine(first, x, y, False, weight), with_engine(second, x, y, False, weight), tolerance)
    part = to_rows(x, y, False, weight)
    evaluated = second.engine.evaluate(part)
    assert evaluated == {name: pytest.approx(value, abs=1e-3) for name, value in first.engine.evaluate(part).items()}


def test_adamw_takes_the_steps_of_its_formula(bound, layer, diabetes):
    x, y = diabetes
    network = bound(
        [layer(1, "linear")], inputs=10, loss="mean_squared_error", optimizer="adamw", batch_size=442,
        learning_rate=0.1, weight_decay=0.3, beta_1=0.8, beta_2=0.9, epsilon=1e-3,
    )  # fmt: skip
    network.model.set_weights([np.full((10, 1), 0.5), np.full(1, -0.25)])
    part = to_rows(x, y, True, None)

    theta = np.append(np.full(10, 0.5), -0.25)
    inputs = np.hstack([x.astype(np.float64), np.ones((442, 1))])
    m, v = np.zeros(11), np.zeros(11)
    for step in range(1, 6):
        network.engine.epoch(part, np.arange(442), never)
        gradient = 2 * inputs.T @ (inputs @ theta - y) / 442
        m, v = 0.8 * m + 0.2 * gradient, 0.9 * v + 0.1 * gradient**2
        rate = 0.1 * (1 - 0.9**step) ** 0.5 / (1 - 0.8**step)
        theta = theta - 0.1 * 0.3 * theta - rate * m / (v**0.5 + 1e-3)
        kernel, bias = network.model.get_weights()
        np.testing.assert_allclose(np.append(kernel, bias), theta, rtol=0, atol=1e-5)


def test_losses_and_metrics_weigh_rows_and_penalties_count(bound, layer):
    options = [LayerOptions("ones", l2=0.5)]
    network = bound([layer(1, "linear")], inputs=1, loss="mean_squared_error", options=options)
    network.model.set_weights([np.float32([[2]]), np.float32([1])])
    part = to_rows(np.float32([[0], [1], [2]]), np.float32([1, 2, 9]), True, np.float32([1, 2, 0.5]))
    # outputs 1, 3, 5: errors 0, 1, -4; (0 * 1 + 1 * 2 + 16 * 0.5) / 3 + 0.5 * 2^2; (0 + 2 + 2) / 3.5
    assert network.engine.evaluate(part) == {"loss": pytest.approx(10 / 3 + 2), "mae": pytest.approx(4 / 3.5)}


def test_class_weights_count_in_the_loss_of_training_but_not_in_its_accuracy(bound, layer, iris):
    x, y = iris
    network = bound([layer(3, "softmax")], optimizer="sgd", learning_rate=1e-12)
    weight = np.float32([1, 0.5, 4])[y]
    plain, weighted = to_rows(x, y, False, None), to_rows(x, y, False, None, weight)
    first = network.engine.epoch(plain, np.arange(150), never)
    second = network.engine.epoch(weighted, np.arange(150), never)
    assert second["accuracy"] == first["accuracy"]
    assert second["loss"] > 1.2 * first["loss"]
    assert network.engine.evaluate(weighted)["loss"] == pytest.approx(first["loss"], abs=1e-5)


def test_a_part_of_several_blocks_is_evaluated_whole(bound, layer, iris, monkeypatch):
    x, y = iris
    network = bound([layer(8), layer(3, "softmax")])
    expected = network.engine.evaluate(to_rows(x, y, False, None))
    monkeypatch.setattr(engine_module, "EVALUATION_ROWS", 40)
    in_blocks = bound([layer(8), layer(3, "softmax")]).engine
    for rows in (150, 120):
        whole = network.engine.evaluate(to_rows(x[:rows], y[:rows], False, None))
        assert in_blocks.evaluate(to_rows(x[:rows], y[:rows], False, None)) == pytest.approx(whole)
    assert expected["accuracy"] != whole["accuracy"]


def test_an_epoch_in_chunks_is_the_same_epoch(bound, layer, iris, monkeypatch):
    x, y = iris

    def network():
        return bound([layer(8), layer(3, "softmax")], batch_size=16)

    whole = with_engine(network(), x, y, False)
    monkeypatch.setattr(engine_module, "CHUNK_ROWS", 64)
    assert_alike(with_engine(network(), x, y, False), whole, 1e-7)


def test_an_epoch_stops_after_a_chunk_when_it_is_asked_to(bound, layer, iris, monkeypatch):
    monkeypatch.setattr(engine_module, "CHUNK_ROWS", 32)
    network = bound([layer(3, "softmax")], batch_size=16)
    answers = iter([False, True])
    network.engine.epoch(to_rows(*iris, False, None), np.arange(150), lambda: next(answers))
    assert int(np.asarray(network.optimizer.iterations)) == 4  # two chunks of two steps


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_weight_that_is_not_finite_is_seen(bound, layer, value):
    network = bound([layer(3, batch_normalization=BatchNormalization()), layer(3, "softmax")])
    check_finite(network.model.get_weights(), {"loss": 1.0}, 7)
    for position in range(len(network.model.get_weights())):
        weights = network.model.get_weights()
        weights[position].flat[-1] = value
        with pytest.raises(NonFiniteError, match="a weight became NaN or infinite in epoch 7"):
            check_finite(weights, {"loss": 1.0}, 7)


def test_balanced_class_weights_are_computed_by_hand():
    y = np.array([0, 0, 0, 0, 0, 1, 2, 2])
    # 8 rows / (3 classes * rows of the class)
    expected = np.float32([8 / 15] * 5 + [8 / 3] + [8 / 6] * 2)
    found = class_weights(y, ("a", "b", "c"), "balanced")
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    assert found.sum() == pytest.approx(8)


def test_balanced_class_weights_leave_out_a_class_without_rows():
    assert class_weights(np.array([0, 0, 2]), ("a", "b", "c"), "balanced").tolist() == [0.75, 0.75, 1.5]


def test_class_weights_by_name_are_1_where_a_class_is_not_named():
    assert class_weights(np.array([0, 1, 2]), ("否", "b", "c"), {"否": 5, "c": 0.5}).tolist() == [5, 1, 0.5]
    assert class_weights(np.array([0, 1]), ("a", "b"), None) is None
