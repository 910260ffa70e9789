"""Real training: networks that learn, fail and are stopped."""

import numpy as np
import pytest

from fcnn.config.optimizers import Cosine
from fcnn.config.structs import EarlyStopping
from fcnn.errors import ExitCode
from fcnn.inference.network import BatchNormalization
from fcnn.network import backend
from fcnn.training.non_finite import NonFiniteError, Suspect, explain_non_finite
from fcnn.training.rows import to_rows


@pytest.fixture
def usual(bound, layer):
    """A network that learns iris, with everything random that there is."""

    def build(**arguments):
        layers = [
            layer(16, dropout=0.3, batch_normalization=BatchNormalization()),
            layer(8, "tanh"),
            layer(3, "softmax"),
        ]
        return bound(layers, **{"learning_rate": 0.01, "batch_size": 16, **arguments})

    return build


def test_iris_is_learnt(usual, fit, parts):
    network = usual()
    fit(network, *parts, epochs=30)
    assert network.engine.evaluate(parts[1])["accuracy"] >= 0.9


@pytest.mark.parametrize("epochs", [12, 40], ids=["to the last epoch", "until patience ends"])
def test_the_weights_that_are_kept_have_the_loss_of_the_best_epoch(usual, fit, parts, epochs):
    network = usual(learning_rate=0.05)
    early = EarlyStopping(patience=5) if epochs == 40 else None
    trained = fit(network, *parts, epochs=epochs, early=early)
    losses = trained.history["val_loss"]
    assert trained.stopped == ("early_stopping" if early else "finished")
    assert trained.best_epoch == int(np.argmin(losses)) + 1 < len(losses)
    assert network.engine.evaluate(parts[1])["loss"] == min(losses)


def test_the_same_seed_gives_the_same_weights_and_history_bit_for_bit(usual, fit, parts):
    results = []
    for seed in (3, 3, 4):
        network = usual(seed=seed)
        history = fit(network, *parts, seed=seed, schedule=Cosine()).history
        del history["seconds"]
        results.append(([weight.tobytes() for weight in network.model.get_weights()], history))
    first, again, other = results
    assert first == again
    assert first[0] != other[0]
    assert first[1] != other[1]


def test_dropout_and_order_differ_from_epoch_to_epoch(usual, fit, parts):
    frozen = usual(learning_rate=1e-12, optimizer="sgd")
    losses = fit(frozen, *parts, epochs=3).history["loss"]
    assert len(set(losses)) == 3


@pytest.mark.parametrize("loss_is", ["huge learning rate", "exploding activations"])
def test_a_loss_that_explodes_stops_at_once_with_its_epoch(bound, layer, fit, diabetes, loss_is):
    x, y = diabetes
    part = to_rows(x, y, True, None)
    activation = "relu" if loss_is == "huge learning rate" else "exponential"
    network = bound(
        [layer(16, activation), layer(16, activation), layer(1, "linear")],
        inputs=10, loss="mean_squared_error", optimizer="sgd", learning_rate=100.0,
    )  # fmt: skip
    with pytest.raises(NonFiniteError) as caught:
        fit(network, part, part, epochs=50)
    assert 1 <= caught.value.epoch <= 5
    assert f"in epoch {caught.value.epoch}" in str(caught.value)


def test_clipping_by_norm_saves_a_training_that_would_explode(bound, layer, fit, diabetes):
    x, y = diabetes
    part = to_rows(x, y * 1e4, True, None)

    def network(clipnorm):
        return bound(
            [layer(16), layer(16), layer(1, "linear")],
            inputs=10, loss="mean_squared_error", optimizer="sgd", learning_rate=0.1, clipnorm=clipnorm,
        )  # fmt: skip

    with pytest.raises(NonFiniteError):
        fit(network(None), part, epochs=20)
    assert fit(network(1.0), part, epochs=20).stopped == "finished"


def test_a_weight_that_became_nan_is_caught_though_the_loss_is_finite(usual, fit, parts):
    network = usual()
    epoch, epochs = network.engine.epoch, []

    def break_a_weight(*arguments):
        figures = epoch(*arguments)
        epochs.append(figures["val_loss"])
        if len(epochs) == 2:
            weights = network.model.get_weights()
            weights[0][0, 0] = np.nan
            network.model.set_weights(weights)
        return figures

    network.engine.epoch = break_a_weight
    with pytest.raises(NonFiniteError, match="a weight became NaN or infinite in epoch 2"):
        fit(network, *parts)
    assert np.isfinite(epochs).all()


def test_a_cell_that_is_nan_never_trains_in_silence(bound, layer, fit, iris):
    """With oneDNN the fused ReLU turns NaN into 0 and the loss stays finite: the weights tell."""
    x, y = iris[0].copy(), iris[1]
    x[3, 2] = np.nan
    part = to_rows(x, y, False, None)
    with pytest.raises(NonFiniteError, match="in epoch 1"):
        fit(bound([layer(16), layer(3, "softmax")]), part, part)


def test_what_a_user_reads_has_epoch_column_and_remedy():
    error = explain_non_finite(NonFiniteError(4, "the loss became nan"), Suspect("income", 87.25), 0.1, 0.01)
    (problem,) = error.problems
    assert error.exit_code == ExitCode.FAILED
    assert problem.message == "the loss became nan in epoch 4; nothing was kept"
    assert problem.received == "column 'income' has the largest standardised magnitude, 87.2; learning rate 0.1"
    assert problem.hint == (
        "try training.optimizer.learning_rate=0.01, or training.clipnorm=1; look at column 'income' for outliers"
    )


def test_a_column_without_outliers_is_not_blamed():
    error = explain_non_finite(NonFiniteError(1, "the loss became inf"), Suspect("income", 4.3), 1e6, 0.01)
    assert error.problems[0].hint == "try training.optimizer.learning_rate=0.01, or training.clipnorm=1"


class Listener(backend.keras.callbacks.Callback):
    """Writes down what is called, and stops after an epoch if it is told to."""

    def __init__(self, last=None):
        super().__init__()
        self.last, self.calls, self.logs = last, [], None

    def on_train_begin(self, logs=None):
        self.calls.append("begin")

    def on_epoch_begin(self, epoch, logs=None):
        self.calls.append(f"epoch {epoch}")

    def on_epoch_end(self, epoch, logs=None):
        self.logs = dict(logs)
        self.calls.append(f"end of {epoch}")
        if epoch == self.last:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        self.calls.append("end")


def test_callbacks_of_keras_are_called_with_the_figures_of_the_epoch(usual, fit, parts):
    listener = Listener()
    trained = fit(usual(), *parts, epochs=2, callbacks=[listener])
    assert listener.calls == ["begin", "epoch 0", "end of 0", "epoch 1", "end of 1", "end"]
    assert listener.params["epochs"] == 2
    assert listener.params["steps"] == -(-len(parts[0].x) // usual().batch_size)
    figures = {name: trained.history[name][1] for name in ("loss", "accuracy", "val_loss", "val_accuracy")}
    assert listener.logs == {**figures, backend.LEARNING_RATE: trained.history["learning_rate"][1]}


def test_a_callback_of_keras_can_stop_training(usual, fit, parts):
    listener, network = Listener(last=3), usual(learning_rate=0.05)
    trained = fit(network, *parts, epochs=20, callbacks=[listener])
    assert (trained.stopped, len(trained.history["loss"]), listener.calls[-2:]) == ("callback", 4, ["end of 3", "end"])
    assert network.engine.evaluate(parts[1])["loss"] == min(trained.history["val_loss"])


def test_the_early_stopping_of_keras_works(usual, fit, parts):
    stopping = backend.keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
    network = usual(learning_rate=0.05)
    trained = fit(network, *parts, epochs=40, callbacks=[stopping])
    assert trained.stopped == "callback"
    assert network.engine.evaluate(parts[1])["loss"] == min(trained.history["val_loss"])


def test_a_time_limit_keeps_the_best_so_far(usual, fit, parts):
    network = usual()
    trained = fit(network, *parts, epochs=10_000, limit=0.5)
    assert trained.stopped == "time_limit"
    assert 1 <= len(trained.history["loss"]) < 10_000
    assert network.engine.evaluate(parts[1])["loss"] == min(trained.history["val_loss"])


SMALL = {
    "one feature and one unit": (1, 1, 100, 10),
    "two rows": (4, 4, 2, 32),
    "one row": (4, 4, 1, 32),
    "a batch larger than the rows": (4, 4, 20, 4096),
    "one row is left over": (4, 4, 33, 32),
}


@pytest.mark.parametrize(("features", "units", "rows", "batch_size"), SMALL.values(), ids=SMALL)
def test_the_smallest_tables_and_networks_train(bound, layer, fit, features, units, rows, batch_size):
    random = np.random.default_rng(0)
    x = random.normal(size=(rows, features)).astype(np.float32)
    part = to_rows(x, x[:, 0] * 2, True, None)
    network = bound(
        [layer(units, "tanh"), layer(1, "linear")], inputs=features, loss="mean_squared_error", batch_size=batch_size,
        learning_rate=0.05,
    )  # fmt: skip
    losses = fit(network, part, part, epochs=20).history["val_loss"]
    assert min(losses) < losses[0]


def test_a_validation_part_of_one_class_chooses_an_epoch(usual, fit, iris):
    x, y = iris
    first = to_rows(x[:20], y[:20], False, None)
    trained = fit(usual(), to_rows(x[20:], y[20:], False, None), first, epochs=3)
    assert trained.best_epoch == int(np.argmin(trained.history["val_loss"])) + 1
