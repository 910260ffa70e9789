"""``fcnn train --resume`` after real kills: the process is gone at once, as where the power fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fcnn.runs.folder import NewRun

from .test_repeating import history, metrics, weights

KILL = """
import os, signal, sys
from fcnn.cli import main
from fcnn.cli.progress import ConsoleReporter
from fcnn.training import saving

saving.PAUSE = 0  # a checkpoint after every epoch
wanted, told, told_before = int(sys.argv[1]), [], ConsoleReporter.epoch

def epoch(self, row, best_epoch):
    told_before(self, row, best_epoch)
    told.append(row)
    if len(told) == wanted:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

ConsoleReporter.epoch = epoch
del sys.argv[1]
main()
"""
RICH = [
    "network.layers=[{units: 5, dropout: 0.4, batch_normalization: true}]",
    "training.learning_rate_schedule={name: plateau, patience: 1}",
    "training.optimizer={name: adam, learning_rate: 0.3}",
    "training.epochs=6",
    "training.batch_size=10",
]


@pytest.fixture
def killed(small):
    """`killed(4, ...)` trains in a process of its own that is killed in the fourth epoch; the name of its run."""

    def run(epoch, *words):
        from .conftest import SOURCES

        done = subprocess.run(
            [sys.executable, "-c", KILL, str(epoch), "train", "small.yaml", "--run-dir", "killed", *words],
            cwd=str(small.parent),
            env={**os.environ, "PYTHONPATH": str(SOURCES), "FCNN_LANG": "en"},
            capture_output=True,
            check=False,
        )
        assert done.returncode not in (0, 1, 2), done.stderr
        assert done.stdout == b""
        return small.parent / "killed"

    return run


def same(one: Path, other: Path) -> bool:
    return (weights(one), history(one), metrics(one)) == (weights(other), history(other), metrics(other))


def names(folder: Path):
    return sorted(path.name for path in folder.iterdir())


def test_a_killed_training_goes_on_and_ends_as_it_would_have(console, killed) -> None:
    options = [*RICH, "training.compile=xla"]
    run = killed(4, *options)
    assert names(run.with_name("killed.partial")) == ["checkpoints", "config.yaml", "lock", "log.txt"]
    answer = console("train", "--resume", "killed")
    assert (answer.code, answer.folder) == (0, run)
    assert "it goes on after epoch 3\nepoch 4  loss " in answer.err
    whole = console("train", "small.yaml", *options, "--run-dir", "whole").folder
    assert same(run, whole)
    assert names(run) == names(whole)
    assert not run.with_name("killed.partial").exists()

    left = {path: path.read_bytes() for path in run.iterdir()}
    again = console("train", "--resume", "killed.partial")
    assert (again.code, again.out, again.err) == (
        0, f"{run}\n", "the run is complete already; nothing is left to do\n",
    )  # fmt: skip
    assert {path: path.read_bytes() for path in run.iterdir()} == left
    assert f'"run": "{run}"'.replace("\\", "\\\\") in console("train", "--resume", "killed", "--json").out


def test_a_kill_leaves_nothing_but_the_partial_folder(killed, tmp_path, monkeypatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    run = killed(2, "run.plots=true", "training.compile=eager")
    assert names(tmp_path / "temporary") == []
    checkpoint, begun, pictures = names(run.with_name("killed.partial") / "checkpoints")
    assert (checkpoint, begun, pictures[:14]) == ("001.npz", "begun.json", "fcnn-pictures-")


def test_several_killed_trainings_go_on_with_the_one_under_way(console, killed) -> None:
    options = [*RICH, "training.compile=eager", "training.batch_size=20"]  # one step an epoch
    run = killed(6 + 6 + 2, *options, "--seeds", "3")
    assert names(run.with_name("killed.partial") / "checkpoints") == [
        "001.npz", "001.previous.npz", "002.npz", "002.previous.npz", "003.npz", "begun.json",
    ]  # fmt: skip
    answer = console("train", "small.yaml", *options, "--resume", "killed", "--seeds", "3")
    assert answer.code == 0, answer.err
    assert "seed 42 (1 of 3)\nit had ended before the run was killed\nseed 42: epoch " in answer.err
    assert "seed 44 (3 of 3)\nit goes on after epoch 1\nepoch 2" in answer.err
    assert same(run, console("train", "small.yaml", *options, "--seeds", "3", "--run-dir", "whole").folder)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["--resume", "none"], "error: none: there is no such run\n", id="no such run"),
        pytest.param(["--resume", "latest"], "error: runs: there is no run that was killed\n", id="none at all"),
        pytest.param(
            ["--resume", "half"],
            "error: {cwd}/half.partial: the run was killed before it had written its config\n"
            "  hint: say which: fcnn train CONFIG --resume RUN\n",
            id="killed at once",
        ),
        pytest.param(
            ["--resume", "half", "--run-dir", "x", "--name", "y"],
            "error: --run-dir, --name: a run that goes on has its folder and its name already\n"
            "  hint: leave that out\n",
            id="another folder",
        ),
        pytest.param(
            ["--resume", "half", "--dry-run"],
            "error: --dry-run does not go with --resume\n  hint: fcnn train --help\n",
            id="a dry run",
        ),
        pytest.param(
            ["--resume", "half", "--target", "y"],
            "error: --target goes with a CSV\n  hint: fcnn train --help\n",
            id="a target without a table",
        ),
        pytest.param(
            ["--resume", "half", "nosuch.yaml"], "error: nosuch.yaml: there is no such config file\n", id="no config"
        ),
        pytest.param(
            ["--resume", "half", "--seeds", "1"],
            "error: --seeds: mean and spread need several trainings\n"
            "  expected: a whole number, 2 or more\n  received: 1\n",
            id="one seed",
        ),
        pytest.param(["--resume"], "error: Option '--resume' requires an argument\n", id="nothing"),
    ],
)  # fmt: skip
def test_what_cannot_go_on_is_said_and_nothing_is_changed(console, small, words, message) -> None:
    (small.parent / "half.partial").mkdir()
    before = sorted(small.parent.rglob("*"))
    answer = console("train", *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(message.format(cwd=small.parent))
    assert sorted(small.parent.rglob("*")) == before


def test_a_run_of_a_table_without_a_config_goes_on_with_its_words(console, small) -> None:
    (small.parent / "half.partial").mkdir()
    options = ["training.epochs=1", "run.plots=false", "training.compile=eager"]
    answer = console("train", "table.csv", "--target", "y", *options, "--resume", "half")
    assert (answer.code, answer.folder) == (0, small.parent / "half")


def test_a_run_that_another_process_is_writing_is_refused(console, small) -> None:
    with NewRun(small.parent / "half"):
        answer = console("train", "small.yaml", "--resume", "half")
    assert (answer.code, answer.err) == (
        2, f"error: {small.parent / 'half.partial'}: another process is writing this run\n",
    )  # fmt: skip
