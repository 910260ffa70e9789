"""The trial in a process of its own: what it says, and that nothing of it is left."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any, Callable, Dict

import pytest

import fcnn
from fcnn.environment import Facts
from fcnn.environment.trial import Trial, judge_trial, signal_name, try_import
from fcnn.errors import ListingError

SOURCES = str(Path(fcnn.__file__).parents[1])
VERSIONS = {"python": "3.8.20", "tensorflow": "2.4.0", "numpy": "1.19.5", "keras": "2.4.0"}
SOUND = '\nfcnn-trial {"python": "3.8.20", "tensorflow": "2.4.0", "numpy": "1.19.5", "keras": "2.4.0"}\n'
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Trial]:
    """Tries this Python with a `tensorflow` of the given source first on its path."""

    def run(source: str, timeout: float = 60, facts: Any = None) -> Trial:
        package = tmp_path / "path" / "tensorflow"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(textwrap.dedent(source), encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(package.parent))
        return try_import(sys.executable, timeout, facts)

    return run


def test_a_healthy_tensorflow_is_imported_and_trained() -> None:
    trial = try_import(sys.executable)
    assert trial.ok, trial.stderr
    assert (trial.exit_code, trial.signal, trial.signal_meaning, trial.last_error) == (0, "", "", "")
    assert set(trial.versions) == {"python", "tensorflow", "numpy", "keras"}
    assert trial.versions["python"] == "{}.{}.{}".format(*sys.version_info[:3])
    assert trial.explanation.findings == ()
    assert 0 < trial.seconds < 300


def test_a_known_failure_is_explained(fake) -> None:
    trial = fake("raise AttributeError(\"module 'numpy' has no attribute 'typeDict'\")")
    assert (trial.ok, trial.exit_code, trial.signal, trial.timed_out) == (False, 1, "", False)
    assert trial.last_error == "AttributeError: module 'numpy' has no attribute 'typeDict'"
    assert [finding.rule for finding in trial.explanation.findings] == ["R23"]
    assert "Traceback (most recent call last):" in trial.stderr


def test_an_unknown_failure_has_its_last_line(fake) -> None:
    trial = fake("raise RuntimeError('nobody knows this')")
    assert trial.explanation.unknown
    assert trial.last_error == "RuntimeError: nobody knows this"


def test_a_tensorflow_that_says_nothing_is_no_success(fake) -> None:
    trial = fake("import os\nos._exit(0)")
    assert (trial.ok, trial.exit_code, dict(trial.versions)) == (False, 0, {})


@ON_POSIX
def test_an_illegal_instruction_is_explained(fake) -> None:
    facts = Facts(
        packages={"tensorflow": "2.4.0"},
        python="{}.{}.{}".format(*sys.version_info[:3]),
        machine="x86_64",
        cpu_flags=frozenset({"avx"}),
        complete=False,
    )
    trial = fake("import os, signal\nos.kill(os.getpid(), signal.SIGILL)", facts=facts)
    assert (trial.ok, trial.signal, trial.exit_code) == (False, "SIGILL", -signal.SIGILL)
    assert trial.signal_meaning.startswith("the processor does not know an instruction")
    assert [finding.rule for finding in trial.explanation.findings][:2] == ["R31", "R32"]
    assert trial.explanation.confirmed


@ON_POSIX
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGKILL"])
def test_other_signals_are_named(fake, name: str) -> None:
    trial = fake(f"import os, signal\nos.kill(os.getpid(), signal.{name})")
    assert (trial.ok, trial.signal) == (False, name)
    assert trial.signal_meaning


def test_the_working_folder_does_not_count(fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise RuntimeError('of the working folder')\n", encoding="utf-8")
    trial = fake("raise RuntimeError('of PYTHONPATH')")
    assert trial.last_error == "RuntimeError: of PYTHONPATH"


def test_a_python_that_is_not_there_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(ListingError) as raised:
        try_import(str(tmp_path / "python"))
    assert raised.value.exit_code == 2
    assert raised.value.problems[0].where == str(tmp_path / "python")


HANGING = """
    import os, subprocess, sys, time
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with open({path!r}, "w") as file:
        file.write("%d %d" % (os.getpid(), child.pid))
    time.sleep(600)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def gone(path: Path) -> bool:
    """Whether the processes that a file names end soon."""
    pids = [int(word) for word in path.read_text().split()]
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if not any(map(alive, pids)):
            return True
        time.sleep(0.05)
    return False


@ON_POSIX
def test_what_takes_too_long_is_ended_with_what_it_started(fake, tmp_path: Path) -> None:
    trial = fake(HANGING.format(path=str(tmp_path / "pids")), timeout=5)
    assert (trial.ok, trial.timed_out, trial.exit_code, trial.signal) == (False, True, None, "")
    assert trial.signal_meaning == "it was not done after 5 seconds and was ended"
    assert gone(tmp_path / "pids")


@ON_POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_nothing_is_left_where_the_trial_is_given_up(tmp_path: Path, number: int) -> None:
    package = tmp_path / "path" / "tensorflow"
    package.mkdir(parents=True)
    pids = tmp_path / "pids"
    source = HANGING.format(path=str(pids))
    if number == signal.SIGKILL:  # then only the process itself can notice; what it started is its own affair
        source = source.replace('file.write("%d %d" % (os.getpid(), child.pid))', "file.write(str(os.getpid()))")
        source = source.replace("child = subprocess", "subprocess").replace('time.sleep(600)"', 'pass"')
    (package / "__init__.py").write_text(textwrap.dedent(source), encoding="utf-8")
    program = f"import signal, sys; sys.path.insert(0, {SOURCES!r})\nfrom fcnn.environment.trial import try_import\n"
    program += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background ignores it
    program += "try_import(sys.executable)\n"
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    end = time.monotonic() + 60
    while not (pids.exists() and pids.read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(process.pid, number)
    process.wait(30)
    assert gone(pids)


# --- exit codes ---


@pytest.mark.parametrize(
    ("code", "name"),
    [
        pytest.param(0, "", id="done"),
        pytest.param(1, "", id="failed"),
        pytest.param(None, "", id="too long"),
        pytest.param(-4, "SIGILL", id="POSIX"),
        pytest.param(132, "SIGILL", id="a shell around it"),
        pytest.param(139, "SIGSEGV", id="a shell around it, memory"),
        pytest.param(0xC000001D, "SIGILL", id="Windows"),
        pytest.param(0xC000001D - (1 << 32), "SIGILL", id="Windows, signed"),
        pytest.param(0xC0000005, "SIGSEGV", id="Windows, memory"),
        pytest.param(0xC0000135, "STATUS_DLL_NOT_FOUND", id="Windows, a missing library"),
        pytest.param(255, "", id="a code that is no signal"),
        pytest.param(0xC0DEC0DE, "", id="an unknown status"),
    ],
)
def test_what_ended_a_process_is_named(code: Any, name: str) -> None:
    assert signal_name(code) == name


@pytest.mark.parametrize("code", [-signal.SIGILL if sys.platform != "win32" else 132, 132, 0xC000001D])
def test_an_illegal_instruction_is_explained_from_the_code_alone(code: int) -> None:
    trial = judge_trial(code, 1.0, "", "", 300)
    assert {finding.rule for finding in trial.explanation.findings} >= {"R31", "R32"}


@pytest.mark.parametrize(
    ("code", "stdout", "ok", "versions"),
    [
        pytest.param(
            0, SOUND, True, {"python": "3.8.20", "tensorflow": "2.4.0", "numpy": "1.19.5", "keras": "2.4.0"}, id="ok"
        ),
        pytest.param(0, "noise\n" + SOUND + "noise\n", True, None, id="among noise"),
        pytest.param(1, SOUND, False, None, id="died at its end"),
        pytest.param(0, "", False, {}, id="no word"),
        pytest.param(0, "\nfcnn-trial {bad", False, {}, id="a damaged word"),
    ],
)
def test_success_is_an_exit_code_and_a_word(code: int, stdout: str, ok: bool, versions: Dict[str, str]) -> None:
    trial = judge_trial(code, 1.0, stdout, "", 300)
    assert trial.ok is ok
    assert versions is None or dict(trial.versions) == versions


def test_what_healthy_runs_print_to_stderr_is_no_finding() -> None:
    noise = "W tensorflow/...dso_loader.cc:60] Could not load dynamic library 'libcudart.so.11.0'"
    assert judge_trial(0, 1.0, SOUND, noise, 300).explanation.findings == ()


def test_trials_can_run_side_by_side(fake) -> None:
    results = []
    threads = [threading.Thread(target=lambda: results.append(try_import(sys.executable, 0.01))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [trial.timed_out for trial in results] == [True] * 3
