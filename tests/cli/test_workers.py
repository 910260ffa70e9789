"""Several processes that train together, started from the command line: how they end, and what each of them says."""

import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from fcnn.files import read_json

PORT = 23500
ADDRESSES = f"127.0.0.1:{PORT},127.0.0.1:{PORT + 1}"
LIMIT = 400
"""Seconds; a worker that waits for ever is a failure."""


@pytest.fixture
def two(namespace, small):
    """`two(words, words)` starts two workers in a namespace of their own; `end` waits for both and tells all."""
    started = []

    def start(first, second):
        shell = subprocess.Popen(
            [*namespace, "ip link set lo up; echo up; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert shell.stdout.readline() == b"up\n"
        started.append(shell)
        inside = ["nsenter", "--preserve-credentials", "--user", "--net", f"--target={shell.pid}"]
        for index, words in enumerate((first, second)):
            options = ["--workers", ADDRESSES, "--index", str(index)]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "FCNN_LANG": "en"}
            environment.pop("TF_CPP_MIN_LOG_LEVEL", None)
            command = [*inside, sys.executable, "-m", "fcnn", "train", str(small), *words, *options]
            with (small.parent / f"err{index}").open("w") as err:
                worker = subprocess.Popen(
                    command, cwd=str(small.parent), env=environment, encoding="utf-8",
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err,
                )  # fmt: skip
            started.append(worker)
        return started[-2:]

    yield start
    for each in reversed(started):
        if each.poll() is None:
            each.kill()
        each.communicate(timeout=60)


def ends(workers, folder):
    """Exit code, stdout and stderr of each."""
    said = [worker.communicate(timeout=LIMIT)[0] for worker in workers]
    return [
        (worker.returncode, out, (folder / f"err{index}").read_text(encoding="utf-8"))
        for index, (worker, out) in enumerate(zip(workers, said))
    ]


def told_an_epoch(folder):
    return re.search(r"^epoch 1 ", (folder / "err0").read_text(encoding="utf-8"), re.MULTILINE)


def wait_until(condition, workers, folder):
    """Wait for what becomes true while both are training."""
    for _ in range(LIMIT * 20):
        if condition(folder):
            return
        assert [worker.poll() for worker in workers] == [None, None], ends(workers, folder)
        time.sleep(0.05)
    raise AssertionError("it never happened")


def test_two_workers_write_the_run_of_one(two, console, small):
    words = ["training.compile=graph", "--seeds", "2"]
    folder = small.parent
    (code, out, err), other = ends(two(words[1:], words[1:]), folder)
    assert (code, other[0], other[1]) == (0, 0, ""), err + other[2]
    assert err.count("asks for no password\n  hint: trusted networks only\n") == 1
    assert other[2].splitlines() == [
        f"worker 1 (127.0.0.1:{PORT + 1}) of 2: all are there",
        "done; worker 0 has written the run folder",
    ]
    together, alone = folder / out.splitlines()[-1], console("train", small, *words, "--name", "alone").folder
    metrics, expected = (read_json(run / "metrics.json") for run in (together, alone))
    assert metrics["repeats"]["mean"]["test"]["mae"] == pytest.approx(expected["repeats"]["mean"]["test"]["mae"], 1e-5)
    with np.load(str(together / "weights.npz")) as one, np.load(str(alone / "weights.npz")) as two_:
        for name in two_.files:
            np.testing.assert_allclose(one[name], two_[name], rtol=0, atol=1e-6)
    assert "compile: graph" in (together / "config.yaml").read_text(encoding="utf-8")


def test_a_killed_worker_ends_the_other_at_once_and_both_go_on_to_the_same_bits(two, small):
    folder, words = small.parent, ["training.epochs=200", "training.early_stopping=null"]
    workers = two([*words, "--run-dir", "killed"], words)
    wait_until(lambda folder: (folder / "killed.partial" / "checkpoints" / "001.npz").exists(), workers, folder)
    workers[1].kill()
    began = time.monotonic()
    code, out, err = ends(workers, folder)[0]
    assert time.monotonic() - began < 60
    assert (code, out) == (1, "")
    lost = f"error: worker 1 (127.0.0.1:{PORT + 1}) was lost\n  hint: start all workers again with --resume\n"
    assert lost in err
    assert "Traceback" not in err

    again = ends(two([*words, "--resume", "killed"], [*words, "--resume", "killed"]), folder)
    assert [code for code, _, _ in again] == [0, 0], again
    assert re.search(r"^it goes on after epoch \d+$", again[0][2], re.MULTILINE)
    whole = ends(two([*words, "--run-dir", "whole"], words), folder)
    assert [code for code, _, _ in whole] == [0, 0], whole
    for name in ("weights.npz", "diagnostics.csv"):
        assert (folder / "killed" / name).read_bytes() == (folder / "whole" / name).read_bytes()
    histories = [pd.read_csv(folder / run / "history.csv").drop(columns="seconds") for run in ("killed", "whole")]
    pd.testing.assert_frame_equal(*histories, check_exact=True)
    assert len(histories[0]) == 200


def test_a_signal_to_one_worker_ends_both_and_keeps_the_best_epoch(two, small):
    words = ["training.epochs=1000000", "network.layers=[{units: 4, batch_normalization: true}]"]
    workers = two(words, words)
    wait_until(told_an_epoch, workers, small.parent)
    workers[1].send_signal(signal.SIGTERM)
    (code, out, err), other = ends(workers, small.parent)
    assert (code, other[0], other[1]) == (130, 130, ""), err + other[2]
    assert read_json(small.parent / out.splitlines()[-1] / "metrics.json")["stopped"] == "terminated"
    note = "batch normalization: each of 2 devices normalises by its own share of a batch, 4 rows\n"
    assert (err.count(note), other[2].count(note)) == (1, 0)


def test_workers_that_would_not_train_the_same_all_say_what_differs(two, small):
    found = ends(two(["seed=1"], ["seed=2", "training.epochs=4"]), small.parent)
    for code, out, err in found:
        assert (code, out) == (2, "")
        where = f"error: worker 1 (127.0.0.1:{PORT + 1}): "
        assert f"{where}training.epochs is not what worker 0 has\n  expected: 3\n  received: 4\n" in err
        assert f"{where}seed is not what worker 0 has\n" in err
        assert f"{where}train.rows is not what worker 0 has\n" in err
        assert "table.sha256" not in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--workers", "a:1,b:2"], "error: --index: which of the workers is this one?", id="no index"),
        pytest.param(["--index", "1"], "error: --index: there is an index, but no workers", id="no workers"),
        pytest.param(
            ["--workers", "a:1,b", "--index", "0"], "error: --workers: this is no address of a worker", id="no port"
        ),
        pytest.param(
            ["--workers", "a:1,b:1", "--index", "0", "--dry-run"], "error: --dry-run: one process is enough",
            id="dry run",
        ),
        pytest.param(
            ["--workers", "a:1,b:1", "--index", "0", "--workers-timeout", "soon"],
            "error: --workers-timeout: no length of time", id="no duration",
        ),
    ],
)  # fmt: skip
def test_workers_that_cannot_be_are_a_mistake(console, small, words, said):
    answer = console("train", small, *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("training.devices=[GPU0]", "this is no name of a device", id="no name"),
        pytest.param("training.devices=[GPU:0,GPU:0]", "the device is named twice", id="doubles"),
        pytest.param("training.devices=[]", "without a device nothing can be computed", id="none"),
        pytest.param("training.devices=[GPU:77]", "there is no device GPU:77", id="a GPU that there is not"),
        pytest.param("training.devices=77", "GPUs that TensorFlow can use", id="too many"),
    ],
)
def test_devices_that_there_are_not(console, small, words, said):
    answer = console("train", small, words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_named_devices_and_xla_do_not_go_together(console, small):
    answer = console("train", small, "training.devices=[CPU:0]", "training.compile=xla")
    assert answer.code == 2
    assert "named or several devices work in graph mode" in answer.err


def test_a_named_device_is_used(console, small):
    answer = console("train", small, "training.devices=[CPU:0]")
    assert answer.code == 0
    assert "compile: graph" in (answer.folder / "config.yaml").read_text(encoding="utf-8")


def test_what_is_stuck_in_tensorflow_ends_with_the_message(tmp_path):
    program = (
        "import sys; from fcnn.cli.workers import _end_at_once; from fcnn.errors import Problem;"
        "_end_at_once(Problem('worker 1 was lost'), sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"error: worker 1 was lost\n")
