"""Trainings that do not end by themselves: Ctrl-C, SIGTERM, limits, and a loss that explodes."""

import csv
import os
import re
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from fcnn.cli.progress import ConsoleReporter
from fcnn.files import read_json
from fcnn.jobs import member
from fcnn.training import saving

FILES = {
    "config.yaml", "data.json", "diagnostics.csv", "environment.json", "history.csv", "importance.csv", "log.txt",
    "metrics.json", "predictions.csv", "receipt.json", "report.html", "weights.npz",
}  # fmt: skip
ENDLESS = ["training.epochs=1000000", "training.compile=graph"]
"""By itself fcnn would have XLA compile so many epochs first."""
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")


@pytest.fixture
def signal_in(monkeypatch):
    """`signal_in(3, signal.SIGINT)` sends a signal to this process when the third epoch has ended."""

    def arrange(epoch, *numbers):
        original = ConsoleReporter.epoch

        def epoch_then_signal(self, row, best_epoch):
            original(self, row, best_epoch)
            if row["epoch"] == epoch:
                for number in numbers:
                    signal.raise_signal(number)

        monkeypatch.setattr(ConsoleReporter, "epoch", epoch_then_signal)

    return arrange


@pytest.mark.parametrize(
    ("number", "stopped"),
    [
        pytest.param(signal.SIGINT, "interrupted", id="Ctrl-C"),
        pytest.param(signal.SIGTERM, "terminated", id="SIGTERM"),
    ],
)
def test_a_signal_keeps_the_best_so_far(console, small, signal_in, number, stopped) -> None:
    signal_in(3, number)
    before = signal.getsignal(signal.SIGINT)
    answer = console("train", small, *ENDLESS)
    assert answer.code == 130
    assert {path.name for path in answer.folder.iterdir()} == FILES
    metrics = read_json(answer.folder / "metrics.json")
    assert (metrics["stopped"], metrics["epochs"]) == (stopped, 3)
    assert metrics["best_epoch"] in (1, 2, 3)
    assert "stopping after the steps under way; the best epoch so far is kept\n" in answer.err
    assert answer.out.splitlines()[-2].startswith(f"{stopped}; epoch ")
    assert signal.getsignal(signal.SIGINT) is before
    assert console("predict", answer.folder, "table.csv").code == 0


@pytest.mark.parametrize("words", [(), ("--quiet",)], ids=["", "quiet"])
def test_the_second_ctrl_c_ends_it_at_once_and_keeps_the_checkpoint(
    console, small, signal_in, tmp_path, monkeypatch, words
) -> None:
    monkeypatch.setattr(saving, "PAUSE", 0)
    signal_in(2, signal.SIGINT, signal.SIGINT)
    answer = console("train", small, *ENDLESS, *words)
    assert (answer.code, answer.out) == (130, "")
    (partial,) = (tmp_path / "runs").iterdir()
    run = partial.with_name(partial.name[: -len(".partial")])
    assert (answer.err.startswith("note: ")) == ("--quiet" in words), "how to go on is told even then"
    assert answer.err.endswith(
        f"note: {partial}: what was trained so far is kept\n"
        f"  hint: to go on with it: fcnn train --resume {run}\n\ninterrupted\n"
    )
    assert sorted(path.name for path in (partial / "checkpoints").iterdir()) == ["001.npz", "begun.json"]


def test_a_second_ctrl_c_before_there_is_a_checkpoint_leaves_nothing(console, small, signal_in, tmp_path) -> None:
    signal_in(1, signal.SIGINT, signal.SIGINT)
    answer = console("train", small, *ENDLESS)
    assert (answer.code, answer.out) == (130, "")
    assert answer.err.endswith("interrupted\n")
    assert "what was trained" not in answer.err
    assert list((tmp_path / "runs").iterdir()) == []


def test_a_ctrl_c_while_the_run_folder_is_written_does_not_lose_the_training(console, small, monkeypatch) -> None:
    original = member.baselines

    def baselines_and_signal(*arguments):
        signal.raise_signal(signal.SIGINT)
        return original(*arguments)

    monkeypatch.setattr(member, "baselines", baselines_and_signal)
    answer = console("train", small)
    assert answer.code == 130
    assert read_json(answer.folder / "metrics.json")["stopped"] == "finished"
    assert "the training is over and the run folder is being written; once more gives it up\n" in answer.err


@POSIX
def test_a_signal_before_the_training_leaves_nothing(process, root, tmp_path) -> None:
    started = process("train", root / "configs" / "diamonds.yaml", "run.plots=false", cwd=str(tmp_path))
    partial = wait_for(lambda: list(tmp_path.glob("runs/*.partial/log.txt")), started)  # TensorFlow is being imported
    assert partial
    started.send_signal(signal.SIGTERM)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out) == (130, "")
    assert err.endswith("interrupted\n")
    assert "Traceback" not in err
    assert list((tmp_path / "runs").iterdir()) == []


def wait_for(condition, started):
    """What the condition returns, once it is true or the process has ended."""
    for _ in range(6000):
        found = condition()
        if found or started.poll() is not None:
            return found
        time.sleep(0.01)
    raise AssertionError("it never happened")


@POSIX
def test_on_a_terminal_a_live_line_is_shown_and_ctrl_c_leaves_a_clean_screen(process, root, tmp_path) -> None:
    import pty

    leader, follower = pty.openpty()
    os.set_blocking(leader, False)
    started = process(
        "train", root / "configs" / "iris.yaml", "training.epochs=100000", "training.early_stopping=null",
        "run.plots=false", cwd=str(tmp_path), stderr=follower, start_new_session=True,
        env={"TERM": "xterm", "COLUMNS": "80", "LINES": "24"},
    )  # fmt: skip
    os.close(follower)
    screen = bytearray()

    def read() -> str:
        with suppress(OSError):  # nothing to read now, or the other end is closed
            screen.extend(os.read(leader, 1 << 16))
        return screen.decode("utf-8", "replace")

    wait_for(
        lambda: re.search(r"epoch [2-9]\d*/100000  loss \S+  val_loss \S+  val_accuracy \S+  best \d+", read()), started
    )
    started.send_signal(signal.SIGINT)
    wait_for(lambda: read() and False, started)
    out = started.communicate(timeout=60)[0]
    text = read()
    os.close(leader)
    assert started.returncode == 130
    folder = Path(out.splitlines()[-1])
    assert read_json(folder / "metrics.json")["stopped"] == "interrupted"
    assert "ETA" in text
    assert "oneDNN" not in text
    # What is left when the control sequences have done their work: no live line, the cursor visible.
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")
    left = on_screen(text)
    assert "stopping after the steps under way; the best epoch so far is kept" in left
    assert not [line for line in left if "ETA" in line]


def on_screen(text: str) -> "list[str]":
    """The lines that a terminal shows in the end; knows the sequences that rich writes."""
    lines, row = [""], 0
    for token in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", text):
        if token == "\n":
            row += 1
            if row == len(lines):
                lines.append("")
        elif token.endswith("A") and token.startswith("\x1b["):
            row -= int(token[2:-1] or 1)
        elif token == "\x1b[2K":
            lines[row] = ""
        elif token[0] not in "\x1b\r":
            lines[row] += token
    return lines


def test_a_loss_that_explodes_leaves_nothing_and_says_what_to_try(console, small, tmp_path) -> None:
    answer = console("train", small, "training.optimizer={name: sgd, learning_rate: 1e6}", "network.layers=[8, 8]")
    assert (answer.code, answer.out) == (1, "")
    assert list((tmp_path / "runs").iterdir()) == []
    last = answer.err[answer.err.rindex("error:") :]
    assert re.fullmatch(
        r"error: training: (the loss became (nan|inf)|a weight became NaN or infinite) in epoch \d+; nothing was kept\n"
        r"  received: first in batch \d+ of 3: (.* of (layer [12]|the output).*|the loss, the outputs being finite)"
        r"; column '[ab]' has the largest standardised magnitude, \d\.\d+ in line \d+; learning rate 1e\+06\n"
        r"  hint: try training.optimizer.learning_rate=0.01, or training.clipnorm=1\n",
        last,
    )


def test_a_time_limit_ends_the_training(console, small) -> None:
    answer = console("train", small, *ENDLESS, "training.time_limit=0.1")
    assert answer.code == 0
    assert read_json(answer.folder / "metrics.json")["stopped"] == "time_limit"
    assert answer.out.splitlines()[-2].startswith("the time limit was reached; epoch ")


def test_early_stopping_keeps_the_best_epoch_and_says_so(console, small) -> None:
    options = [
        "training.epochs=500",
        "training.early_stopping={patience: 2}",
        "training.optimizer={name: sgd, learning_rate: 0.5}",
    ]
    answer = console("train", small, *options)
    metrics = read_json(answer.folder / "metrics.json")
    assert metrics["stopped"] == "early_stopping"
    assert metrics["epochs"] == metrics["best_epoch"] + 2 < 500
    assert answer.out.splitlines()[-2].startswith("stopped early: no improvement; epoch ")
    with (answer.folder / "history.csv").open(encoding="utf-8", newline="") as file:
        losses = [float(row["val_loss"]) for row in csv.DictReader(file)]
    assert metrics["best_epoch"] == losses.index(min(losses)) + 1
