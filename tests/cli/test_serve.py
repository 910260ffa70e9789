"""``fcnn serve`` on the command line; what it answers is in tests/serve."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import fcnn


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run of a line."""
    folder = tmp_path_factory.mktemp("line")
    (folder / "line.csv").write_text("x,y\n" + "".join(f"{x},{2 * x}\n" for x in range(60)), encoding="utf-8")
    job = {
        "data": {"path": str(folder / "line.csv"), "target": "y"},
        "network": {"layers": []},
        "training": {"epochs": 1},
        "run": {"plots": False},
    }
    return fcnn.train(job, run_dir=folder / "line").folder


@pytest.fixture
def started(run, tmp_path):
    """``started("--port", 0)``: a process that has printed its address, and that address' port."""
    processes = []

    def start(*words, **variables):
        environment = {**os.environ, "FCNN_LANG": "en", **variables}
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "fcnn", "serve", str(run), *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
            cwd=str(tmp_path),
        )
        processes.append(process)
        address = process.stdout.readline()
        assert address.startswith("http://"), process.communicate()
        return process, int(address.rstrip("/\n").rpartition(":")[2])

    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals to a process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_when_it_has_answered(number, started):
    process, port = started("--port", 0)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/health")
    assert connection.getresponse().read() == b'{"status":"ok"}'
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")
    connection.close()


def test_it_warns_of_a_server_that_others_reach(started):
    process, _ = started("--port", 0, "--host", "0.0.0.0")
    process.terminate()
    _, err = process.communicate(timeout=60)
    assert err.startswith("warning: --host 0.0.0.0: everybody who reaches this machine can use it")


# --- what is refused --------------------------------------------------------------------------------------------------


def test_a_run_that_is_not_there_is_an_error(console):
    answer = console("serve", "nosuch")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: nosuch: there is no such run")


def test_every_run_that_is_wrong_is_told_at_once(console, run, tmp_path):
    broken = Path(shutil.copytree(str(run), str(tmp_path / "broken")))
    (broken / "weights.npz").write_bytes(b"not weights")
    answer = console("serve", broken, "nosuch", run, run)
    assert answer.code == 2
    assert "weights.npz" in answer.err
    assert "error: nosuch: there is no such run" in answer.err
    assert f"error: {run.name}: there are two runs of this name" in answer.err
    assert f"hint: give one of them another name: fcnn serve {run.name} second={run}" in answer.err
    assert answer.err.splitlines()[-1].startswith("3 errors")


@pytest.mark.parametrize("name", ["a/b", "..", "a?b", "a%2fb", "a#b", "a\\b"])
def test_a_name_that_no_address_can_have_is_refused(name, console, run):
    answer = console("serve", f"{name}={run}")
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"error: {name}: is no name for an address")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--port", "70000"], "70000", id="no port"),
        pytest.param(["--port", "http"], "http", id="a word for a port"),
        pytest.param(["--max-rows", "0"], "0", id="no rows"),
        pytest.param(["--time-limit", "0"], "0", id="no time"),
        pytest.param(["--lang", "de"], "de", id="another language"),
        pytest.param(["--token-file", "nosuch.txt"], "nosuch.txt cannot be read", id="no such file"),
        pytest.param(["--token-file", "."], "cannot be read", id="a folder"),
        pytest.param(["--token", "abc"], "--token-file", id="a token for all to read"),
        pytest.param(["--host", "203.0.113.7"], "this is no address of this machine", id="not this machine"),
    ],
)
def test_a_wrong_option_is_refused(words, said, console, run):
    answer = console("serve", run, *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize("token", ["", "short", "with blanks in between", "中文中文中文中文中文中文"])
def test_a_token_that_could_be_guessed_or_not_be_sent_is_refused(token, console, run, tmp_path, monkeypatch):
    (tmp_path / "token.txt").write_text(token, encoding="utf-8")
    assert console("serve", run, "--token-file", "token.txt").code == 2
    monkeypatch.setenv("FCNN_TOKEN", token)
    answer = console("serve", run)
    assert (answer.code, answer.err.splitlines()[0]) == (
        2, "error: FCNN_TOKEN: a token has 16 characters or more, without blanks"
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="who may do everything may do this")
def test_a_port_for_administrators_is_refused(console, run):
    answer = console("serve", run, "--port", 1)
    assert (answer.code, answer.err.splitlines()[0]) == (1, "error: --port: this port is not for you")
