"""What the tests of training share: two tables as arrays, and a network bound to its engine."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from fcnn.config.optimizers import OPTIMIZERS, Constant
from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, DenseLayer


@pytest.fixture(scope="session")
def iris(shipped):
    """(150, 4) float32, standardised, and (150,) int32 codes; nobody may change them."""
    frame = pd.read_csv(shipped("iris"))
    x = frame.iloc[:, :4].to_numpy(np.float64)
    return ((x - x.mean(axis=0)) / x.std(axis=0)).astype(np.float32), pd.factorize(frame["species"])[0].astype(np.int32)


@pytest.fixture(scope="session")
def parts(iris):
    """Iris as a training and a validation part; the last batch of 16 is a part of one."""
    from fcnn.training.rows import to_rows

    x, y = iris
    rows = np.random.default_rng(0).permutation(150)
    return tuple(to_rows(x[part], y[part], False, None) for part in (rows[:110], rows[110:]))


@pytest.fixture(scope="session")
def diabetes(shipped):
    """(442, 10) and (442,) float32, both standardised; nobody may change them."""
    values = pd.read_csv(shipped("diabetes")).to_numpy(np.float64)
    values = ((values - values.mean(axis=0)) / values.std(axis=0)).astype(np.float32)
    return values[:, :-1], values[:, -1]


@pytest.fixture(scope="session")
def layer():
    """A layer: ``layer(8, "tanh", dropout=0.5)``."""
    return lambda units, activation="relu", **options: DenseLayer(
        units=units, activation=parameters_of(activation), **options
    )


@pytest.fixture
def bound():
    """A model with its optimizer and engine, as `fcnn train` binds them."""
    from fcnn.network import backend
    from fcnn.network.build import build_model
    from fcnn.training.engine import Engine

    def bind(
        layers, inputs=4, loss="categorical_crossentropy", optimizer="adam", options=None, batch_size=32, seed=1,
        clipnorm=None, mode="graph", label_smoothing=0.0, momentum_of_average=None, **arguments
    ):  # fmt: skip
        backend.set_seed(seed)
        model = build_model(Architecture(inputs=inputs, layers=tuple(layers)), options, seed)
        made = backend.optimizer(OPTIMIZERS[optimizer](**arguments), model.trainable_variables)
        engine = Engine(
            model, made, backend.loss(loss), batch_size=batch_size, clipnorm=clipnorm, mode=mode,
            training_loss=backend.loss(loss, label_smoothing), momentum=momentum_of_average,
        )  # fmt: skip
        rate = OPTIMIZERS[optimizer](**arguments).learning_rate
        return SimpleNamespace(model=model, optimizer=made, engine=engine, rate=rate, batch_size=batch_size)

    return bind


@pytest.fixture
def fit():
    """Train a bound network: ``fit(network, training, validation, epochs=5)``."""
    from fcnn.training.loop import Plan, train
    from fcnn.training.schedules import LearningRate

    def run(network, training, validation=None, epochs=5, seed=1, schedule=None, early=None, limit=None, **arguments):
        rates = LearningRate(schedule or Constant(), network.rate, epochs)
        plan = Plan(epochs, seed, early, limit)
        return train(network.model, network.engine, network.optimizer, rates, plan, training, validation, **arguments)

    return run
