"""Keras's callbacks, given to `fcnn.train`: each does at the ends of epochs what it does under Keras's own fit."""

import csv
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.errors import ConfigError, TrainingError
from fcnn.jobs.callbacks import check_callbacks
from fcnn.jobs.reporter import Reporter
from fcnn.network import backend
from fcnn.training import saving

keras = backend.keras
EPOCHS = 4
BOARD = find_spec("tensorboard") is not None
"""TensorFlow 2.4 brings it along, the current one does not."""
# Keras 3.15 asks NumPy 2 for arrays in the manner of NumPy 1 when it saves a model.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning")
MODEL, WEIGHTS = ("model.h5", "some.h5") if backend.IS_KERAS_2 else ("model.keras", "some.weights.h5")


class Problems(Reporter):
    def __init__(self):
        super().__init__()
        self.told = []

    def problem(self, problem):
        self.told.append(str(problem))


class OnlyEpochEnd(keras.callbacks.Callback):
    """What users write: one hook."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def on_epoch_end(self, epoch, logs=None):
        self.seen.append((epoch, dict(logs), float(backend.get_learning_rate(self.model.optimizer))))


def train(config, *callbacks, **options):
    overrides = [f"training.epochs={EPOCHS}", "network.layers=[{units: 8, dropout: 0.2}]"]
    return fcnn.train(config, [*overrides, *options.pop("overrides", [])], callbacks=list(callbacks), **options)


def test_what_writes_files_and_what_calls_back_works_in_one_training(rare):
    own, begun, problems = OnlyEpochEnd(), [], Problems()
    run = train(
        rare,
        own,
        keras.callbacks.CSVLogger("log.csv"),
        keras.callbacks.ModelCheckpoint(WEIGHTS, save_weights_only=True, save_best_only=True),
        keras.callbacks.ModelCheckpoint(MODEL),
        keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: begun.append(epoch)),
        keras.callbacks.TerminateOnNaN(),
        keras.callbacks.History(),
        *([keras.callbacks.TensorBoard("board")] if BOARD else []),
        reporter=problems,
    )
    history = run.history
    assert problems.told == [told for told in problems.told if "callback" not in told]
    assert begun == list(range(EPOCHS))
    names = ["loss", "accuracy", "val_loss", "val_accuracy"]
    assert [seen[0] for seen in own.seen] == begun
    assert sorted(own.seen[0][1]) == sorted([*names, backend.LEARNING_RATE])
    assert [[seen[1][name] for name in names] for seen in own.seen] == list(map(list, zip(*map(history.get, names))))
    assert {seen[2] for seen in own.seen} == {float(np.float32(0.02))}
    with Path("log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["val_loss"]) for row in rows] == history["val_loss"]
    model = run.keras_model()
    model.load_weights(WEIGHTS)  # of the best epoch, which is the run's
    for found, kept in zip(model.get_weights(), run.model.arrays.values()):
        np.testing.assert_array_equal(found, kept)
    saved = keras.models.load_model(MODEL)  # of the last epoch, with its optimizer and its dropout layer
    x = np.zeros((3, 2), dtype=np.float32)
    assert np.asarray(saved(x)).shape == (3, 1)
    assert saved.optimizer is not None
    assert not BOARD or sorted(path.name for path in Path("board").iterdir()) == ["train", "validation"]


def rates(run):
    return [float(np.float32(rate)) for rate in run.history["learning_rate"]]


def test_a_learning_rate_that_a_callback_sets_for_an_epoch_counts(rare):
    own = OnlyEpochEnd()
    given = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.5)
    run = train(rare, given, own)
    expected = [float(np.float32(0.02 * 0.5 ** (epoch + 1))) for epoch in range(EPOCHS)]
    np.testing.assert_allclose(rates(run), expected, rtol=1e-6)
    assert rates(run) == [seen[2] for seen in own.seen] == [seen[1][backend.LEARNING_RATE] for seen in own.seen]
    plain = train(rare)
    assert plain.history["learning_rate"] == [0.02] * EPOCHS
    assert plain.history["loss"] != run.history["loss"]


def test_a_learning_rate_that_a_callback_reduces_stays_reduced(rare):
    reducing = keras.callbacks.ReduceLROnPlateau(monitor="loss", factor=0.1, patience=1, min_delta=100.0)
    run = train(rare, reducing)
    np.testing.assert_allclose(rates(run), [0.02, 0.02, 0.002, 0.0002], rtol=1e-5)


def test_where_the_config_has_a_schedule_it_sets_the_rate_before_each_epoch_and_that_is_said_once(rare):
    reducing = keras.callbacks.ReduceLROnPlateau(monitor="loss", factor=0.1, patience=1, min_delta=100.0)
    problems = Problems()
    schedule = "training.learning_rate_schedule={name: step, every: 2, factor: 0.5}"
    run = train(rare, reducing, overrides=[schedule], reporter=problems)
    assert run.history["learning_rate"] == [0.02, 0.02, 0.01, 0.01]
    said = [told for told in problems.told if "callback" in told]
    assert said == [
        "training.learning_rate_schedule: a callback set the learning rate, which the schedule of the config sets "
        "again before each epoch\n  hint: training.learning_rate_schedule=null leaves it to callbacks"
    ]


def test_another_training_begins_with_the_learning_rate_of_the_config(rare):
    reducing = keras.callbacks.LearningRateScheduler(lambda epoch, rate: 0.001 if epoch else rate)
    seen = OnlyEpochEnd()
    train(rare, reducing, seen, seeds=2)
    found = [each[2] for each in seen.seen]
    assert found == [float(np.float32(rate)) for rate in (0.02, 0.001, 0.001, 0.001)] * 2


def test_early_stopping_stops_and_the_run_keeps_the_epoch_that_it_names(rare):
    stopping = keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=1, restore_best_weights=True, mode="min")
    checkpoint = keras.callbacks.ModelCheckpoint("{epoch}." + WEIGHTS, save_weights_only=True)
    run = train(rare, checkpoint, stopping, overrides=["training.epochs=40", "training.optimizer.learning_rate=1e-5"])
    assert run.metrics["stopped"] == "callback"
    assert 2 <= run.metrics["epochs"] < 40
    model = run.keras_model()
    model.load_weights(f"{run.metrics['best_epoch']}.{WEIGHTS}")
    for found, kept in zip(model.get_weights(), run.model.arrays.values()):
        np.testing.assert_array_equal(found, kept)


class Batches(OnlyEpochEnd):
    def on_train_batch_end(self, batch, logs=None):
        raise AssertionError

    def on_test_begin(self, logs=None):
        raise AssertionError


def test_hooks_of_batches_are_named_in_a_warning_once(rare):
    problems = Problems()
    train(rare, keras.callbacks.History(), Batches(), reporter=problems, seeds=2)
    assert [told for told in problems.told if "callback" in told] == [
        "callbacks[1]: Batches has on_train_batch_end, on_test_begin, which will not be called: callbacks are called "
        "at the beginning and end of epochs"
    ]


def test_a_function_for_batches_is_one_of_them_and_the_hooks_of_keras_itself_are_not():
    own = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: None)
    (warning,) = check_callbacks([own])
    assert "LambdaCallback has on_train_batch_end, which" in str(warning)
    usual = [keras.callbacks.TensorBoard("x"), keras.callbacks.TerminateOnNaN(), keras.callbacks.LambdaCallback()]
    assert check_callbacks(usual) == []
    assert check_callbacks(()) == []


BACKUP = (keras.callbacks.experimental if backend.IS_KERAS_2 else keras.callbacks).BackupAndRestore

MISTAKES = {
    "one callback, not a list": (lambda: keras.callbacks.History(), "callbacks: callbacks are given as a list"),
    "a class": (
        lambda: [keras.callbacks.History],
        "callbacks[0]: this is a class, not a callback\n  received: History\n  hint: History(...)",
    ),
    "a function": (lambda: [print], "callbacks[0]: this is no callback of Keras"),
    "nothing": (lambda: [None], "callbacks[0]: this is no callback of Keras"),
    "a backup": (lambda: [keras.callbacks.History(), BACKUP("backup")], "callbacks[1]: BackupAndRestore cannot work"),
    "a checkpoint every 10 batches": (
        lambda: [keras.callbacks.ModelCheckpoint(WEIGHTS, save_weights_only=True, save_freq=10)],
        "callbacks[0]: ModelCheckpoint saves after so many batches here",
    ),
}


@pytest.mark.parametrize(("callbacks", "message"), MISTAKES.values(), ids=MISTAKES)
def test_what_cannot_work_is_refused_before_anything_is_read(callbacks, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as caught:
        fcnn.train({"data": {"path": "not there"}}, callbacks=callbacks())
    (problem,) = caught.value.problems
    assert str(problem).startswith(message)
    assert list(tmp_path.iterdir()) == []


class Fail(keras.callbacks.Callback):
    def __init__(self, hook):
        super().__init__()
        setattr(self, hook, self.fail)

    def fail(self, *arguments):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("hook", "left"),
    [("set_model", 0), ("on_train_begin", 0), ("on_epoch_begin", 0), ("on_epoch_end", 0), ("on_train_end", 1)],
)
def test_a_callback_that_fails_leaves_only_what_was_trained(rare, monkeypatch, hook, left):
    monkeypatch.setattr(saving, "PAUSE", 0)  # a checkpoint at the end of each epoch
    with pytest.raises(ZeroDivisionError):
        train(rare, Fail(hook))
    assert [path.suffix for path in Path("runs").iterdir()] == [".partial"] * left


def test_a_loss_that_is_no_number_ends_the_training_whatever_callbacks_there_are(rare):
    with pytest.raises(TrainingError, match="in epoch"):
        train(rare, keras.callbacks.TerminateOnNaN(), overrides=["training.optimizer={name: sgd, learning_rate: 1e30}"])
    assert list(Path("runs").iterdir()) == []
