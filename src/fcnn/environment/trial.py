"""The trial: TensorFlow imported and trained for two steps by another process, whose end is explained."""

# ruff: noqa: PTH100, PTH102, PTH118, PTH120, PTH123
# (no pathlib: see reading/packages.py)

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any, Dict, Mapping, Optional

from fcnn.environment.explanation import Explanation, Line, decode_pasted, explain
from fcnn.environment.facts import Facts
from fcnn.errors import ListingError, Problem

TIMEOUT = 300.0
"""Seconds: an import from a slow disk may take minutes, and no healthy one takes longer."""
_LONGEST_OUTPUT = 1_000_000
_MARK = "fcnn-trial "
"""What the line begins with on which the process says that all went well."""

# The process ends when its stdin does: so it cannot outlive this one, whatever becomes of that.
PROGRAM = """\
import os, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(1)), daemon=True).start()
import json, platform
import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Dense(4, activation="relu"), tf.keras.layers.Dense(1)])
model.compile(optimizer="sgd", loss="mse")
model.fit(tf.ones((8, 3)), tf.ones((8, 1)), batch_size=4, epochs=1, verbose=0)
import numpy
versions = {"python": platform.python_version(), "tensorflow": tf.__version__, "numpy": numpy.__version__}
keras = getattr(tf.keras, "__version__", "")
if keras:
    versions["keras"] = keras
os.write(1, ("\\n@MARK@" + json.dumps(versions) + "\\n").encode("ascii"))
""".replace("@MARK@", _MARK)
"""What is tried: the import, tf.keras, and two steps of a small dense network."""

SIGNALS = {
    "SIGILL": "the processor does not know an instruction that a library uses: TensorFlow 2.4.0 needs AVX2, every "
    "other published TensorFlow AVX",
    "SIGSEGV": "a library accessed memory that is not its own: mostly libraries that do not fit each other, or a "
    "damaged installation",
    "SIGBUS": "a library accessed memory that is not there: a file that was cut off, or a full disk",
    "SIGABRT": "a library gave up by itself; the reason stands in what it printed",
    "SIGFPE": "a library divided by zero or the like: mostly a wrong build for this processor",
    "SIGKILL": "the system ended it, mostly because the memory was used up",
    "SIGTERM": "another program ended it",
    "SIGINT": "it was interrupted",
    "STATUS_DLL_NOT_FOUND": "Windows does not find a library that another one needs, such as the Visual C++ runtime",
    "STATUS_DLL_INIT_FAILED": "a library of Windows or of TensorFlow failed while it was loaded",
    "STATUS_STACK_OVERFLOW": "the stack was used up",
    "STATUS_HEAP_CORRUPTION": "a library damaged the memory: mostly libraries that do not fit each other",
}
"""How a process can end that Python had no say in, and what that means."""
TIMED_OUT = "it was not done after {seconds} seconds and was ended"

_WINDOWS = {
    0xC000001D: "SIGILL",
    0xC0000005: "SIGSEGV",
    0xC0000094: "SIGFPE",
    0xC0000096: "SIGILL",
    0xC00000FD: "STATUS_STACK_OVERFLOW",
    0xC0000135: "STATUS_DLL_NOT_FOUND",
    0xC0000142: "STATUS_DLL_INIT_FAILED",
    0xC000013A: "SIGINT",
    0xC0000374: "STATUS_HEAP_CORRUPTION",
    0xC0000409: "SIGABRT",
}
"""Exit codes of Windows by what they are called elsewhere."""
_SHELLS_WORDS = {"SIGILL": "Illegal instruction", "SIGSEGV": "Segmentation fault", "SIGKILL": "Killed"}
"""What a shell prints for a process that ended so: that is what rules know."""


@dataclass(frozen=True)
class Trial:
    """What became of a trial."""

    ok: bool
    """Whether TensorFlow was imported and trained."""
    seconds: float
    """How long it took."""
    exit_code: Optional[int]
    """The process's, negative for a signal; None where it was ended because it took too long."""
    signal: str
    """What ended it: ``SIGILL``, also for the exit codes of Windows that say the same; empty where it ended itself."""
    signal_meaning: str
    """What that means: one sentence without a full stop; empty likewise."""
    timed_out: bool
    stdout: str
    stderr: str
    """The last of what was printed."""
    last_error: str
    """The last line that reads like an error; empty where there is none."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """What was imported: versions of python, tensorflow, keras, numpy."""
    explanation: Explanation = field(default_factory=Explanation)
    """What the rules know of stderr and of the signal."""


def try_import(executable: str, timeout: float = TIMEOUT, facts: Optional[Facts] = None) -> Trial:
    """Import TensorFlow with a Python and train two steps, in a process that ends with this call.

    It runs under the user's own conditions, since they may be what is wrong: PYTHONPATH, the user's site-packages and
    every other variable count (so no ``-I``). Only the working folder does not: it is an empty one.

    Args:
        executable: The Python.
        timeout: Seconds after which it is ended, with all processes it started.
        facts: That Python's environment, against which its error is explained.

    Raises:
        ListingError: There is no such program, or it cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="fcnn-trial-") as folder:
        program = os.path.join(folder, "fcnn_trial.py")
        with open(program, "w", encoding="ascii") as file:
            file.write(PROGRAM)
        working = os.path.join(folder, "empty")
        os.mkdir(working)
        with open(os.path.join(folder, "out"), "w+b") as out, open(os.path.join(folder, "err"), "w+b") as errors:
            began = time.monotonic()
            code = _run([_absolute(executable), "-X", "faulthandler", program], working, out, errors, timeout)
            seconds = time.monotonic() - began
            return judge_trial(code, seconds, _tail(out), _tail(errors), timeout, facts)


def judge_trial(
    code: Optional[int], seconds: float, stdout: str, stderr: str, timeout: float, facts: Optional[Facts] = None
) -> Trial:
    """What an exit code (None: ended because it took too long) and the output mean; a pure function."""
    versions = _versions(stdout)
    name = signal_name(code)
    text = stderr
    if name in _SHELLS_WORDS and _SHELLS_WORDS[name] not in stderr:
        text = f"{stderr.rstrip()}\n{_SHELLS_WORDS[name]}"
    explanation = Explanation() if code == 0 and versions else explain(text, facts)
    meaning = TIMED_OUT.format(seconds=f"{timeout:g}") if code is None else SIGNALS.get(name, "")
    last: Optional[Line] = explanation.last_error
    return Trial(
        ok=code == 0 and bool(versions),
        seconds=round(seconds, 3),
        exit_code=code,
        signal=name,
        signal_meaning=meaning,
        timed_out=code is None,
        stdout=stdout,
        stderr=stderr,
        last_error=last.text if last is not None else "",
        versions=versions,
        explanation=explanation,
    )


def signal_name(code: Optional[int]) -> str:
    """What ended a process: the name of a signal, of a shell's 128 + signal, or of a status of Windows."""
    if code is None or 0 <= code <= 128:
        return ""
    unsigned = code & 0xFFFFFFFF
    if unsigned in _WINDOWS:
        return _WINDOWS[unsigned]
    number = -code if -64 <= code < 0 else code - 128 if code <= 128 + 64 else 0
    try:
        return signal.Signals(number).name
    except ValueError:
        return ""


def _absolute(executable: str) -> str:
    """A path that holds in any working folder; a bare name is for PATH to find."""
    return os.path.abspath(executable) if os.path.dirname(executable) else executable


def _run(words: Any, folder: str, out: IO[bytes], errors: IO[bytes], timeout: float) -> Optional[int]:
    """Run a program to its end and return its exit code, or end it after `timeout` and return None.

    Whatever happens, neither it nor what it started is left.
    """
    group: Dict[str, Any] = (
        {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
        if sys.platform == "win32"
        else {"start_new_session": True}
    )
    try:
        process = subprocess.Popen(words, cwd=folder, stdin=subprocess.PIPE, stdout=out, stderr=errors, **group)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ListingError(Problem(f"it cannot be started: {reason}", where=words[0])) from error
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and all of its group."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
    else:
        with suppress(ProcessLookupError, PermissionError):  # nobody is left; on macOS one that is just ending
            os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _tail(file: IO[bytes]) -> str:
    """The last of what a process wrote."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_OUTPUT))
    return decode_pasted(file.read())


def _versions(stdout: str) -> Mapping[str, str]:
    """What the process said it imported; nothing where it did not come that far."""
    for line in reversed(stdout.splitlines()):
        if line.startswith(_MARK):
            try:
                found = json.loads(line[len(_MARK) :])
            except ValueError:
                return {}
            return {str(name): str(version) for name, version in found.items()} if isinstance(found, dict) else {}
    return {}
