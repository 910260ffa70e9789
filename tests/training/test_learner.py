"""A network that starts again learns what a new one would, without a second compilation."""

import numpy as np
import pytest

from fcnn.config.optimizers import OPTIMIZERS, Adam
from fcnn.config.structs import Training
from fcnn.inference.network import Architecture, BatchNormalization
from fcnn.network.architecture import Design, LayerOptions
from fcnn.training.learner import Learners
from fcnn.training.rows import to_rows


@pytest.fixture
def design(layer):
    hidden = layer(16, dropout=0.2, batch_normalization=BatchNormalization(momentum=0.9))
    layers = (hidden, layer(3, "softmax"))
    return Design(
        Architecture(inputs=4, layers=layers), (LayerOptions("glorot_uniform"),) * 2, "categorical_crossentropy"
    )


def learnt(learner, iris):
    part = to_rows(*iris, False, None)
    figures = [
        learner.engine.epoch(part, np.random.default_rng(epoch).permutation(150), lambda: False, part)
        for epoch in range(3)
    ]
    return [*learner.model.get_weights(), np.array([list(each.values()) for each in figures])]


def assert_same_bits(first, second):
    assert [each.tobytes() for each in first] == [each.tobytes() for each in second]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_was_learnt_before_leaves_no_trace(design, iris, optimizer):
    training, options = Training(batch_size=50, compile="graph"), OPTIMIZERS[optimizer](learning_rate=0.01)
    learners = Learners()
    first = learnt(learners.get(design, training, options, 1), iris)
    other = learnt(learners.get(design, training, options, 2), iris)
    assert not np.array_equal(first[0], other[0])
    assert_same_bits(learnt(learners.get(design, training, options, 1), iris), first)


def test_another_seed_starts_as_a_new_network_does(design, iris):
    training, learners = Training(batch_size=32, compile="graph"), Learners()
    learnt(learners.get(design, training, Adam(), 1), iris)
    other = learnt(learners.get(design, training, Adam(), 2), iris)
    assert_same_bits(learnt(Learners().get(design, training, Adam(), 2), iris), other)


@pytest.mark.parametrize("mode", ["graph", "xla"])
def test_several_seeds_are_compiled_once(design, iris, mode):
    learners, training = Learners(), Training(batch_size=50, compile=mode)
    made = [learners.get(design, training, Adam(), seed) for seed in (1, 2, 3)]
    for learner in made:
        learnt(learner, iris)
    assert made[0] is made[1] is made[2]
    assert made[0].engine.compilations == 1


def test_several_learning_rates_are_compiled_once_and_each_is_learnt_with(design, iris):
    learners, training = Learners(), Training(batch_size=32, compile="graph")
    learner = learners.get(design, training, Adam(learning_rate=0.1), 1)
    learnt(learner, iris)
    assert learners.get(design, training, Adam(learning_rate=0.01), 1) is learner
    slow = learnt(learner, iris)
    assert learner.engine.compilations == 1
    assert_same_bits(slow, learnt(Learners().get(design, training, Adam(learning_rate=0.01), 1), iris))


@pytest.mark.parametrize(
    "change",
    [{"batch_size": 16}, {"clipnorm": 1.0}, {"compile": "eager"}],
    ids=["batch size", "clipping", "mode"],
)
def test_what_is_compiled_in_another_way_is_another_network(design, change):
    learners = Learners()
    usual = {"batch_size": 32, "compile": "graph"}
    first = learners.get(design, Training(**usual), Adam(), 1)
    assert learners.get(design, Training(**usual), Adam(), 5) is first
    assert learners.get(design, Training(**{**usual, **change}), Adam(), 1) is not first
    assert learners.get(design, Training(**usual), Adam(epsilon=1e-3), 1) is not first
