"""``fcnn reproduce``: the same again, or where and by how much it differs."""

import itertools
import json
import os
import shutil
import signal
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from fcnn.cli.progress import ConsoleReporter
from fcnn.files import read_json, write_json
from fcnn.runs.receipt import renew_receipt
from fcnn.runs.record import read_history, read_record, read_weights, write_history, write_weights
from fcnn.training import loop

IDENTICAL = "identical: {} epochs, weights, predictions and metrics are the same, bit for bit"


@pytest.fixture
def plants(studied, tmp_path) -> Path:
    """A run with dropout, batch normalization and missing values, copied to `runs/plants`; two epochs."""
    (tmp_path / "runs").mkdir()
    shutil.copytree(str(studied / "runs" / "classes"), str(tmp_path / "runs" / "plants"))
    return tmp_path / "runs" / "plants"


@pytest.fixture
def changed(plants) -> Path:
    """The same, as if it had come out otherwise: the loss of epoch 2 and a weight are others."""
    history = read_history(plants)
    history["loss"][1] += 0.25
    write_history(plants, history)
    network = read_record(plants).network
    arrays = {name: np.array(array) for name, array in read_weights(plants, network).items()}
    arrays["00/kernel"][0, 0] += 0.5
    write_weights(plants, arrays)
    renew_receipt(plants, ["history.csv", "weights.npz"])
    return plants


def beside(folder: Path):
    return sorted(path.name for path in folder.parent.iterdir() if path != folder and path.name != ".cache")


# --- the same ---------------------------------------------------------------------------------------------------------


def test_a_run_of_another_process_comes_again_and_nothing_stays(beside_it, trained) -> None:
    answer = beside_it("reproduce", "latest", "--quiet")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == IDENTICAL.format(12) + "\n"
    assert beside(trained.folder) == []


@pytest.fixture
def beside_it(trained, console, monkeypatch):
    """The console in the folder of the trained run."""
    monkeypatch.chdir(trained.cwd)
    return console


def test_the_second_run_can_be_kept_and_the_table_have_been_moved(console, plants, studied) -> None:
    shutil.copy(str(studied / "plants.csv"), "moved.csv")
    answer = console("reproduce", "plants", "--run-dir", "mine", "--json", "data.path=moved.csv")
    assert answer.code == 0
    found = json.loads(answer.out)
    assert (found["run"], found["again"]) == (str(plants), str(Path("mine").absolute()))
    assert (found["identical"], found["first_epoch"], found["epochs"]) == (True, None, [2, 2])
    assert (found["history"], found["weights"], found["predictions"], found["metrics"]) == ({}, {}, None, {})
    assert Path("mine/weights.npz").read_bytes() == (plants / "weights.npz").read_bytes()
    assert Path("mine/predictions.csv").read_bytes() == (plants / "predictions.csv").read_bytes()
    assert read_json("mine/receipt.json")["command"][:2] == ["fcnn", "reproduce"]


@pytest.mark.parametrize(
    ("options", "signals"),
    [
        pytest.param(["--folds", "2"], 0, id="folds"),
        pytest.param([], 2, id="Ctrl-C"),
        pytest.param(["--seeds", "3"], 5, id="Ctrl-C in the second of three"),
    ],
)
def test_a_run_comes_again_however_it_was_ended(options, signals, console, small, monkeypatch) -> None:
    epochs, original = [], ConsoleReporter.epoch

    def epoch_then_signal(self, row, best_epoch):
        original(self, row, best_epoch)
        epochs.append(row["epoch"])
        if len(epochs) == signals:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(ConsoleReporter, "epoch", epoch_then_signal)
    first = console("train", small, *options, "training.compile=graph")
    assert first.code == (130 if signals else 0)
    metrics = read_json(first.folder / "metrics.json")
    again = console("reproduce", first.folder, "--run-dir", "again")
    assert again.code == 0, again.out + again.err
    assert again.out.splitlines()[0] == IDENTICAL.format(metrics["epochs"])
    after = read_json("again/metrics.json")
    assert after["stopped"] == metrics["stopped"]
    assert len(after.get("repeats", {}).get("members", [])) == len(metrics.get("repeats", {}).get("members", []))


def test_a_run_that_a_time_limit_ended_comes_again_however_fast_it_is_now(console, small, monkeypatch) -> None:
    ticks = itertools.count()
    with monkeypatch.context() as patch:
        patch.setattr(loop, "time", SimpleNamespace(monotonic=lambda: float(next(ticks))))  # a second a look
        first = console("train", small, "training.time_limit=40", "training.epochs=1000", "training.compile=graph")
    metrics = read_json(first.folder / "metrics.json")
    assert metrics["stopped"] == "time_limit"
    assert 1 < metrics["epochs"] < 40
    again = console("reproduce", first.folder, "--run-dir", "again")
    assert again.out.splitlines()[0] == IDENTICAL.format(metrics["epochs"])
    assert read_json("again/metrics.json")["stopped"] == "time_limit"


# --- not the same -----------------------------------------------------------------------------------------------------


def test_what_differs_is_told_with_its_epoch_and_its_size(console, changed) -> None:
    answer = console("reproduce", changed, "--quiet")
    assert answer.code == 1
    first, *lines = answer.out.splitlines()
    assert first == "not identical: it differs from epoch 2 on"
    assert "weights: the largest difference is 0.5, in 00/kernel" in lines
    assert any("loss" in line and " 0.25 " in line for line in lines)
    (kept,) = beside(changed)
    assert kept.startswith("plants-again-")
    assert lines[-1] == str(changed.parent / kept)
    assert "epoch 1" in (changed.parent / kept / "log.txt").read_text(encoding="utf-8")


def test_what_differs_is_told_to_programs(console, changed) -> None:
    metrics = read_json(changed / "metrics.json")
    metrics["test"]["accuracy"], metrics["confidence"]["test"]["accuracy"] = 7.0, [6.0, 8.0]
    write_json(changed / "metrics.json", metrics)
    receipt = read_json(changed / "receipt.json")
    receipt["repeatable"]["threads"], receipt["stack"] = 77, "another"
    write_json(changed / "receipt.json", receipt)
    renew_receipt(changed, ["metrics.json"])
    answer = console("reproduce", changed, "--json")
    assert answer.code == 1
    found = json.loads(answer.out)
    assert (found["identical"], found["first_epoch"]) == (False, 2)
    assert found["history"]["loss"]["largest"] == pytest.approx(0.25)
    assert found["weights"] == {"00/kernel": pytest.approx(0.5)}
    assert found["metrics"]["test.accuracy"][0] == 7.0
    accuracy = found["scores"]["test"]["accuracy"]
    assert (accuracy["then"], accuracy["interval"], accuracy["within"]) == (7.0, [6.0, 8.0], False)
    assert [each["then"] for each in found["environment"] if each["name"] == "threads"] == [77]
    assert "was trained on the another stack" in answer.err
    assert len(found["obstacles"]) == 1


# --- what cannot be done ----------------------------------------------------------------------------------------------


def said(answer) -> str:
    assert answer.code == 2
    assert answer.out == ""
    return answer.err


def test_a_table_that_is_gone_is_asked_for(console, plants) -> None:
    data = read_json(plants / "data.json")
    data["files"][0]["path"] = str(plants.parent / "gone.csv")
    write_json(plants / "data.json", data)
    renew_receipt(plants, ["data.json"])
    error = said(console("reproduce", plants))
    assert "gone.csv: the table that the run was trained on cannot be read: No such file or directory" in error
    assert "hint: if it lies elsewhere: fcnn reproduce RUN data.path=FILE" in error


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the pipes of POSIX")
def test_a_pipe_in_place_of_the_table_is_refused_and_not_waited_for(console, plants) -> None:
    os.mkfifo("pipe.csv")
    data = read_json(plants / "data.json")
    data["files"][0]["path"] = str(Path("pipe.csv").absolute())
    write_json(plants / "data.json", data)
    renew_receipt(plants, ["data.json"])
    expected = "pipe.csv: the table that the run was trained on cannot be read: is no plain file"
    assert expected in said(console("reproduce", plants))
    assert "this is a pipe or a device" in said(console("reproduce", plants, "data.path=pipe.csv"))


def test_a_table_in_parts_is_looked_for_part_by_part(console, small) -> None:
    rows = Path("table.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    for name, part in (("part-1.csv", rows[1:20]), ("part-2.csv", rows[20:])):
        Path(name).write_text("".join([rows[0], *part]), encoding="utf-8")
    first = console("train", small, "data.path=part-*.csv", "training.epochs=1")
    shutil.copy("part-1.csv", "part-0.csv")
    more = said(console("reproduce", first.folder, "data.path=part-*.csv"))
    assert "the run was trained on 2 files" in more
    assert f"received: {', '.join(str(Path(f'part-{number}.csv').absolute()) for number in range(3))}" in more
    Path("part-2.csv").unlink()
    gone = "part-2.csv: the table that the run was trained on cannot be read: No such file"
    assert gone in said(console("reproduce", first.folder))
    moved = said(console("reproduce", first.folder, "data.path=part-*.csv"))
    assert "part-1.csv: is not the table that the run was trained on" in moved
    assert moved.count("is not the table") == 1


def test_another_table_is_refused_by_its_hash(console, plants, studied) -> None:
    (expected,) = read_json(plants / "receipt.json")["data"].values()
    table = (studied / "plants.csv").read_text(encoding="utf-8")
    Path("other.csv").write_text(table.replace("red", "rot"), encoding="utf-8")
    error = said(console("reproduce", plants, "data.path=other.csv"))
    assert "other.csv: is not the table that the run was trained on" in error
    assert f"expected: SHA-256 {expected[:12]}..." in error
    assert beside(plants) == []


def damage(folder: Path) -> None:
    (folder / "weights.npz").write_bytes(b"x" + (folder / "weights.npz").read_bytes()[1:])


def make_newer(folder: Path) -> None:
    text = (folder / "config.yaml").read_text(encoding="utf-8")
    (folder / "config.yaml").write_text(text + "telepathy: true\n", encoding="utf-8")
    renew_receipt(folder, ["config.yaml"])


def stop_in_the_first_epoch(folder: Path) -> None:
    metrics = read_json(folder / "metrics.json")
    write_json(folder / "metrics.json", {**metrics, "epochs": 1, "best_epoch": 1, "stopped": "interrupted"})
    renew_receipt(folder, ["metrics.json"])


def make_partial(folder: Path) -> None:
    (folder / "metrics.json").unlink()


def newer_receipt(folder: Path) -> None:
    write_json(folder / "receipt.json", {"format": 2})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(damage, "weights.npz: is not the file that was written: it was damaged, or changed", id="damaged"),
        pytest.param(make_newer, "unknown key `telepathy`", id="newer config"),
        pytest.param(newer_receipt, "receipt.json: unknown format", id="newer receipt"),
        pytest.param(make_partial, "is no complete run", id="partial"),
        pytest.param(
            stop_in_the_first_epoch,
            "was stopped in its first epoch, and nobody knows after which row",
            id="half an epoch",
        ),
    ],
)
def test_a_run_that_cannot_be_trained_again_is_refused(change, message, console, plants) -> None:
    change(plants)
    assert message in said(console("reproduce", plants))
    assert beside(plants) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["nosuch"], "nosuch: there is no such run", id="no run"),
        pytest.param(["plants", "training.epochs=3"], "training.epochs: only says where files", id="another key"),
        pytest.param(["plants", "data.path=nosuch.csv"], "nosuch.csv", id="no table there"),
        pytest.param(["plants", "--run-dir", "runs"], "is there already and not empty", id="folder in the way"),
        pytest.param([], "Missing argument 'RUN'", id="nothing"),
    ],
)
def test_a_mistake_is_told(words, message, console, plants) -> None:
    assert message in said(console("reproduce", *words))
    assert beside(plants) == []


def test_who_interrupts_it_learns_nothing_and_nothing_stays(console, plants, monkeypatch) -> None:
    (plants / "receipt.json").unlink()  # an fcnn before there were receipts wrote it
    original = ConsoleReporter.epoch

    def epoch_then_signal(self, row, best_epoch):
        original(self, row, best_epoch)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(ConsoleReporter, "epoch", epoch_then_signal)
    answer = console("reproduce", plants)
    assert (answer.code, answer.out) == (130, "")
    assert "the run has no receipt" in answer.err
    assert answer.err.splitlines()[-1] == "interrupted: nothing was compared"
    assert beside(plants) == []
