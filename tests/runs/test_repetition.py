"""Two runs compared: the same bits are the same, and what differs is found, named and measured."""

import shutil

import numpy as np
import pytest

from fcnn.errors import RunError
from fcnn.files import read_json, write_json
from fcnn.runs.record import read_history, write_history, write_weights
from fcnn.runs.repetition import Answers, Cell, Place, compare_runs

ARRAYS = {"00/kernel": np.array([[2.0], [0.0]], np.float32), "00/bias": np.array([0.1], np.float32)}
PREDICTIONS = "row,line,truth,prediction\n0,2,10.0,{}\n2,4,30.0,29.5\n"
ENVIRONMENT = {
    "environment": {
        "stack": "pinned",
        "python": "3.8.20",
        "system": "Linux",
        "variables": {"TF_ENABLE_ONEDNN_OPTS": "0", "VIRTUAL_ENV": "/a"},
        "packages": {"numpy": "1.19.5", "click": "8.1.8"},
    }
}


@pytest.fixture
def two(run, tmp_path):
    """A run folder and its copy; the seconds of the copy are others."""
    (run / "predictions.csv").write_text(PREDICTIONS.format("9.5"), encoding="utf-8")
    metrics = read_json(run / "metrics.json")
    confidence = {"train": {"r2": [0.4, 0.6]}}
    write_json(run / "metrics.json", {**metrics, "confidence": confidence, "seconds": 1.5})
    write_json(run / "environment.json", ENVIRONMENT)
    again = tmp_path / "again"
    shutil.copytree(str(run), str(again))
    write_json(again / "metrics.json", {**metrics, "confidence": confidence, "seconds": 99.0})
    write_history(again, {**read_history(again), "seconds": [7.0, 8.0]})
    return run, again


def test_runs_that_differ_in_seconds_alone_are_identical(two) -> None:
    found = compare_runs(*two)
    assert found.identical
    assert (found.first_epoch, found.epochs, found.places) == (None, (2, 2), [])


def test_the_last_bit_of_a_loss_is_found_with_its_epoch(two) -> None:
    history = read_history(two[1])
    history["loss"][1] = float(np.nextafter(history["loss"][1], 1))
    write_history(two[1], history)
    found = compare_runs(*two)
    assert not found.identical
    assert found.first_epoch == 2
    assert found.history == {"loss": Cell(2, 1e-20, history["loss"][1], history["loss"][1] - 1e-20)}


def test_the_first_of_all_columns_is_the_first_epoch_and_the_largest_difference_is_of_all_epochs(two) -> None:
    for folder, val_loss in zip(two, ([0.5, 0.5], [0.75, 1.5])):
        write_history(folder, {**read_history(folder), "val_loss": val_loss})
    write_history(two[1], {**read_history(two[1]), "loss": [0.1 + 0.2, 2e-20]})
    found = compare_runs(*two)
    assert found.first_epoch == 1
    assert found.history["val_loss"] == Cell(1, 0.5, 0.75, 1.0)
    assert found.history["loss"].epoch == 2


def test_minus_zero_is_another_bit(two) -> None:
    for folder, loss in zip(two, (0.0, -0.0)):
        write_history(folder, {**read_history(folder), "loss": [loss, 1.0]})
    assert compare_runs(*two).history == {"loss": Cell(1, 0.0, -0.0, 0.0)}


def test_epochs_that_one_of_them_lacks_count(two) -> None:
    write_history(two[1], {"epoch": [1.0], "loss": [0.1 + 0.2], "seconds": [0.5]})
    found = compare_runs(*two)
    assert (found.identical, found.first_epoch, found.epochs, found.history) == (False, 2, (2, 1), {})


def test_the_largest_difference_of_each_array_of_weights_is_found(two) -> None:
    write_weights(two[1], {**ARRAYS, "00/kernel": np.array([[2.5], [-0.25]], np.float32)})
    found = compare_runs(*two)
    assert not found.identical
    assert found.weights == {"00/kernel": 0.5}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        pytest.param(PREDICTIONS.format("9.75"), Answers(2, None, 0.25), id="another number"),
        pytest.param(PREDICTIONS.format("9.5").replace("2,4", "1,3"), Answers(2, None, None), id="other rows"),
        pytest.param(PREDICTIONS.format("9.50"), None, id="the same number"),
    ],
)
def test_predictions_are_compared_by_number(text, answers, two) -> None:
    (two[1] / "predictions.csv").write_text(text, encoding="utf-8")
    found = compare_runs(*two)
    assert found.predictions == answers
    assert found.identical is (answers is None)


@pytest.mark.parametrize(("now", "within"), [(0.55, True), (0.39, False)])
def test_a_metric_is_found_and_held_against_the_interval_of_the_first_run(now, within, two) -> None:
    write_json(two[1] / "metrics.json", {**read_json(two[1] / "metrics.json"), "train": {"r2": now}})
    found = compare_runs(*two)
    assert not found.identical
    assert found.metrics == {"train.r2": (0.5, now)}
    (score,) = found.scores
    assert (score.name, score.then, score.now, score.interval, score.within) == ("r2", 0.5, now, (0.4, 0.6), within)


def test_a_baseline_is_not_the_networks(two) -> None:
    for folder, rmse in zip(two, (1126.3974209781095, 1126.3974209781106)):
        metrics = read_json(folder / "metrics.json")
        write_json(folder / "metrics.json", {**metrics, "baselines": {"ridge": {"train": {"rmse": rmse}}}})
    found = compare_runs(*two)
    assert found.identical
    assert found.rivals == {"baselines.ridge.train.rmse": (1126.3974209781095, 1126.3974209781106)}


def test_what_differs_where_they_were_trained_is_named_and_makes_no_difference_itself(two) -> None:
    there = ENVIRONMENT["environment"]
    variables = {"TF_ENABLE_ONEDNN_OPTS": "1", "VIRTUAL_ENV": "/b"}
    here = {**there, "python": "3.8.18", "variables": variables, "packages": {"numpy": "1.19.4", "msgspec": "0.18.6"}}
    write_json(two[1] / "environment.json", {"environment": here})
    found = compare_runs(*two)
    assert found.identical
    assert found.places == [
        Place("python", "3.8.20", "3.8.18"),
        Place("variable TF_ENABLE_ONEDNN_OPTS", "0", "1"),
        Place("package numpy", "1.19.5", "1.19.4"),
        Place("package click", "8.1.8", None),
        Place("package msgspec", None, "0.18.6"),
    ]


def test_a_damaged_file_is_told(two) -> None:
    (two[1] / "weights.npz").write_bytes(b"no zip file")
    with pytest.raises(RunError, match=r"weights\.npz: cannot be read"):
        compare_runs(*two)
