"""fcnn from Python: `fcnn.train` and `fcnn.load`."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import fcnn
from fcnn.errors import ConfigError, RunError
from fcnn.files import read_json


@pytest.fixture
def mapping(small, monkeypatch):
    """The small config as a mapping, in its folder."""
    monkeypatch.chdir(small.parent)
    return {
        "data": {"path": "table.csv", "target": "y", "split": {"validation": 0.25, "test": 0.25}},
        "network": {"layers": [4]},
        "training": {"epochs": 3, "early_stopping": None, "batch_size": 8},
        "run": {"plots": False},
    }


def test_a_mapping_trains_as_the_same_file_does(mapping, small) -> None:
    runs = [fcnn.train(config) for config in (mapping, str(small), small)]
    assert [run.folder.name.partition("-2")[0] for run in runs] == ["run", "small", "small"]
    weights = [(run.folder / "weights.npz").read_bytes() for run in runs]
    assert weights[0] == weights[1] == weights[2]


def test_nothing_is_printed(mapping, capfd) -> None:
    fcnn.train(mapping)
    out, err = capfd.readouterr()
    assert out == ""
    assert "epoch" not in err


def test_overrides_name_and_run_folder_are_arguments_too(mapping, small) -> None:
    run = fcnn.train(mapping, ["training.epochs=1"], name="mine", run_dir="there")
    assert run.folder == small.parent / "there"
    assert (run.config.training.epochs, run.config.run.name) == (1, "mine")


def test_keras_callbacks_see_every_epoch_and_may_stop_it(mapping) -> None:
    from fcnn.network.backend import LEARNING_RATE, keras

    seen = []

    class Watch(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            seen.append("begin")

        def on_epoch_end(self, epoch, logs=None):
            seen.append((epoch, sorted(logs)))
            self.model.stop_training = epoch == 1

        def on_train_end(self, logs=None):
            seen.append("end")

    run = fcnn.train(mapping, ["training.epochs=50"], callbacks=[Watch()])
    names = sorted(["loss", "mae", "val_loss", "val_mae", LEARNING_RATE])
    assert seen == ["begin", (0, names), (1, names), "end"]
    assert (run.metrics["stopped"], run.metrics["epochs"]) == ("callback", 2)


def test_a_callback_that_fails_leaves_nothing(mapping, small) -> None:
    from fcnn.network.backend import keras

    class Fail(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fcnn.train(mapping, callbacks=[Fail()])
    assert list((small.parent / "runs").iterdir()) == []


def test_a_run_predicts_a_frame_and_keeps_its_index(mapping) -> None:
    trained = fcnn.train(mapping)
    frame = pd.DataFrame({"b": [1, 2], "other": ["x", "y"], "a": [3.0, None]}, index=[7, 5])
    predicted = fcnn.load("latest").predict(frame)
    assert list(predicted.columns) == ["prediction"]
    assert list(predicted.index) == [7, 5]
    np.testing.assert_array_equal(predicted, trained.predict(frame))


def test_a_run_opens_its_files(mapping) -> None:
    run = fcnn.train(mapping)
    again = fcnn.load(run.folder)
    assert repr(again) == f"Run({str(run.folder)!r})"
    assert again.metrics == read_json(run.folder / "metrics.json")
    assert again.history["epoch"] == [1.0, 2.0, 3.0]
    assert again.config.network.layers[0].units == 4
    assert again.record.target.name == "y"
    assert list(again.model.arrays) == ["00/kernel", "00/bias", "01/kernel", "01/bias"]
    x = np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32)
    np.testing.assert_allclose(again.keras_output(x), again.model.output(x), atol=1e-5)


def test_mistakes_are_exceptions_with_the_same_text(mapping) -> None:
    mapping["training"]["epoch"] = 1
    with pytest.raises(ConfigError) as raised:
        fcnn.train(mapping)
    assert str(raised.value) == "training.epoch: unknown key `epoch`\n  hint: did you mean `epochs`?"
    with pytest.raises(RunError):
        fcnn.load("nosuch")


def test_two_runs_of_one_second_get_two_folders(mapping) -> None:
    runs = {fcnn.train(mapping, ["training.epochs=1"]).folder for _ in range(3)}
    assert len(runs) == 3
    assert all(isinstance(run, Path) and run.is_dir() for run in runs)
