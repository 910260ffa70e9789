"""``fcnn train --ray``: what is told without a Ray, and two workers on one where it is installed."""

import importlib.util
import shlex
import socket
import subprocess
import sys
import time

import numpy as np
import psutil
import pytest

import fcnn
from fcnn.files import read_json
from fcnn.jobs.on_ray import connection
from fcnn.jobs.reporter import Reporter
from fcnn.training import saving

NOT_TESTED = 'NOT TESTED: training on Ray, which is not installed here (pip install "fcnn[ray]")'


@pytest.fixture
def without_ray(monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ray" else found(name))


@pytest.fixture
def as_if_with_ray(monkeypatch):
    monkeypatch.setattr(connection, "require_ray", lambda: None)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["--ray", "head"], "--ray: this is no address of a Ray cluster", id="address"),
        pytest.param(["--ray-workers", "2"], "--ray-workers: it goes with --ray", id="alone"),
        pytest.param(["--ray", "auto", "--ray-cpus", "0"], "--ray-cpus: a number, 1 or more, is needed", id="0"),
        pytest.param(["--ray", "auto", "--workers", "a:1,b:2"], "--workers: it does not go with --ray", id="workers"),
        pytest.param(["--ray", "auto", "--index", "0"], "--index: it does not go with --ray", id="index"),
        pytest.param(["--ray", "auto", "--workers-timeout", "soon"], "--workers-timeout: ", id="timeout"),
    ],
)
def test_wrong_options_are_told_before_ray_is_looked_for(console, small, without_ray, words, message) -> None:
    answer = console("train", small, *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"error: {message}")
    assert not (small.parent / "runs").exists()


def test_where_ray_is_missing_the_extra_is_named(console, small, without_ray) -> None:
    answer = console("train", small, "--ray", "local")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == 'error: --ray: Ray is not installed\n  hint: pip install "fcnn[ray]"\n'
    assert not (small.parent / "runs").exists()


def test_a_dry_run_needs_no_ray(console, small, without_ray) -> None:
    answer = console("train", small, "--ray", "auto", "--dry-run")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("regression: 20 train")


@pytest.mark.parametrize(
    ("override", "place"),
    [
        pytest.param("training.epochs=0", "training.epochs", id="config"),
        pytest.param("data.target=z", "data.target", id="table"),
    ],
)
def test_mistakes_are_told_before_ray_is_touched(console, small, as_if_with_ray, monkeypatch, override, place) -> None:
    monkeypatch.delattr(connection, "_check_reachable")
    answer = console("train", small, override, "--ray", "127.0.0.1:1")
    assert (answer.code, answer.out) == (2, "")
    assert place in answer.err
    assert not (small.parent / "runs").exists()


@pytest.mark.parametrize("form", ["127.0.0.1:{port}", "ray://127.0.0.1:{port}"])
@pytest.mark.parametrize("listens", [False, True], ids=["nobody listens", "what listens is no Ray"])
def test_where_no_ray_answers_it_ends_soon(console, small, as_if_with_ray, monkeypatch, form, listens) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        if listens:
            taken.listen()
        port = taken.getsockname()[1]
        answer = console("train", small, "--ray", form.format(port=port))
    assert (answer.code, answer.out) == (1, "")
    assert f"error: --ray: no Ray answers at 127.0.0.1:{port}\n" in answer.err
    assert "6379" in answer.err
    assert "10001" in answer.err
    assert list((small.parent / "runs").iterdir()) == []


class Interrupts(Reporter):
    """Ends a run in its second epoch."""

    def epoch(self, row, best_epoch):
        if row["epoch"] == 2:
            raise KeyboardInterrupt


def test_a_run_that_is_to_go_on_is_kept_where_no_ray_answers(console, small, as_if_with_ray, monkeypatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    monkeypatch.setattr(saving, "PAUSE", 0)
    with pytest.raises(KeyboardInterrupt):
        fcnn.train(small, ["training.compile=graph"], run_dir=small.parent / "killed", reporter=Interrupts())
    answer = console("train", "--resume", "killed", "--ray", "127.0.0.1:1", "--ray-workers", "2")
    assert (answer.code, answer.out) == (1, "")
    assert "error: --ray: no Ray answers at 127.0.0.1:1\n" in answer.err
    folder = small.parent / "killed"
    hint = f"to go on with it: fcnn train --resume {folder} --ray 127.0.0.1:1 --ray-workers 2\n"
    assert answer.err.endswith(f"note: {folder}.partial: what was trained so far is kept\n  hint: {hint}")
    assert (small.parent / "killed.partial" / "checkpoints" / "001.npz").is_file()


# --- with Ray ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def ray_run(namespace, shell, tmp_path_factory):
    """Run `fcnn train` with --ray local and two workers, where there is no network but a loopback."""
    if importlib.util.find_spec("ray") is None:
        print(NOT_TESTED, file=sys.__stderr__)
        pytest.skip(NOT_TESTED)

    def run(config, folder, *words, meanwhile=lambda process: None):
        command = [sys.executable, "-m", "fcnn", "train", str(config), *words]
        script = f"ip link set lo up; exec {' '.join(shlex.quote(word) for word in command)}"
        with subprocess.Popen(
            [*namespace, script],
            cwd=str(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            meanwhile(process)
            out, err = process.communicate(timeout=600)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    return run


TWO = ("--ray", "local", "--ray-workers", "2", "--ray-cpus", "1")


def test_two_workers_on_ray_learn_what_one_process_does(console, small, ray_run) -> None:
    done = ray_run(small, small.parent, *TWO, "--run-dir", "two")
    assert done.returncode == 0, done.stderr
    two = small.parent / "two"
    assert done.stdout.splitlines()[-1] == str(two)
    assert "Ray: 2 workers with 1 CPU each, on 1 node\n" in done.stderr
    assert "epoch 3  loss " in done.stderr
    assert "raylet" not in done.stderr, "what Ray says is for the log"
    assert "epoch 3  loss " in (two / "log.txt").read_text(encoding="utf-8")
    one = console("train", small, "training.compile=graph").folder
    assert {path.name for path in two.iterdir()} == {path.name for path in one.iterdir()}
    with np.load(two / "weights.npz") as shared, np.load(one / "weights.npz") as alone:
        for name in alone.files:
            np.testing.assert_allclose(shared[name], alone[name], rtol=0, atol=1e-6)
    assert read_json(two / "metrics.json")["epochs"] == 3


def test_the_problem_of_a_worker_comes_back_as_of_one_process(small, ray_run) -> None:
    words = ("training.optimizer={name: sgd, learning_rate: 1e30}", "--run-dir", "two")
    done = ray_run(small, small.parent, *TWO, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "error: " in done.stderr
    assert "--ray: Ray lost" not in done.stderr
    assert not (small.parent / "two").exists()
    assert not (small.parent / "two.partial").exists()


def test_a_killed_worker_ends_the_run_which_goes_on_to_the_same_bits(small, ray_run) -> None:
    words = ("training.epochs=300", "training.early_stopping=null")

    def kill_a_worker(command):
        log = small.parent / "killed.partial" / "log.txt"
        while command.poll() is None and not (log.exists() and "\nepoch 1 " in log.read_text(encoding="utf-8")):
            time.sleep(0.1)
        time.sleep(2)  # until the driver has a checkpoint
        family = psutil.Process(command.pid).children(recursive=True)
        next(each for each in family if "TrainWorker" in " ".join(each.cmdline())).kill()

    done = ray_run(small, small.parent, *words, *TWO, "--run-dir", "killed", meanwhile=kill_a_worker)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    folder = small.parent / "killed"
    hint = f"  hint: to go on with it: fcnn train --resume {folder} {' '.join(TWO)}\n"
    assert done.stderr.count("what was trained so far is kept\n" + hint) == 1, done.stderr
    again = ray_run("--resume", small.parent, "killed", *TWO)
    assert again.returncode == 0, again.stderr
    assert "it goes on after epoch " in again.stderr
    whole = ray_run(small, small.parent, *words, *TWO, "--run-dir", "whole")
    assert whole.returncode == 0, whole.stderr
    assert (folder / "weights.npz").read_bytes() == (small.parent / "whole" / "weights.npz").read_bytes()
