"""An output that is clipped outside training."""

import numpy as np

from fcnn.config.optimizers import Adam
from fcnn.config.structs import Training
from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.network import backend
from fcnn.network.architecture import Design, LayerOptions
from fcnn.network.build import build_model
from fcnn.network.clip import set_clip


def clipped(low, high):
    layers = (DenseLayer(units=1, activation=parameters_of("linear")),)
    return Architecture(inputs=1, layers=layers, clip=(low, high))


X = np.float32([[-9], [-1], [0.25], [9]])


def test_outside_training_the_output_stays_within_the_range_and_gradients_pass_while_training():
    model = build_model(clipped(-2.0, 0.5))
    model.set_weights([np.float32([[1]]), np.float32([0])])
    assert np.ravel(model(X, training=False)).tolist() == [-2.0, -1.0, 0.25, 0.5]
    assert np.ravel(model(X, training=True)).tolist() == [-9.0, -1.0, 0.25, 9.0]
    with backend.tf.GradientTape() as tape:
        total = backend.tf.reduce_sum(model(X, training=True))
    assert [float(np.ravel(each)[0]) for each in tape.gradient(total, model.trainable_variables)] == [-0.75, 4.0]


def test_the_range_is_no_weight():
    model = build_model(clipped(-2.0, 0.5))
    assert [weight.shape for weight in model.get_weights()] == [(1, 1), (1,)]
    set_clip(model, (-1.0, 8.0))
    model.set_weights([np.float32([[1]]), np.float32([0])])
    assert np.ravel(model(X, training=False)).tolist() == [-1.0, -1.0, 0.25, 8.0]


def test_another_range_needs_no_other_compilation():
    from fcnn.training.learner import Learners
    from fcnn.training.rows import to_rows

    learners, training = Learners(), Training(batch_size=4, compile="graph")
    rows = to_rows(X, np.float32([5, 5, 5, 5]), True, None)
    losses = []
    for high in (0.5, 3.0, 0.5):
        design = Design(clipped(-2.0, high), (LayerOptions("ones"),), "mean_squared_error")
        learner = learners.get(design, training, Adam(learning_rate=1e-30), 1)
        losses.append(learner.engine.epoch(rows, np.arange(4), lambda: False, rows)["val_loss"])
    # (-2 - 5)^2 + (-1 - 5)^2 + (0.25 - 5)^2 + (high - 5)^2 over 4
    assert losses == [(49 + 36 + 22.5625 + each) / 4 for each in (20.25, 4.0, 20.25)]
    assert learner.engine.compilations == 1
    assert learners.get(Design(clipped(-2.0, 0.5), (LayerOptions("zeros"),), "huber"), training, Adam(), 1) != learner
