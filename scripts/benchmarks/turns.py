"""Several processes that work in turns, so that a busy moment of the machine meets all of them alike.

Each has a process, its memory and its threads for itself; while one works, the others wait for their turn.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, List, Optional


def command(benchmark: str, *arguments: str, python: Optional[str] = None) -> List[str]:
    """The command of a process that does the work of a benchmark: its function `work`; in this Python, or another."""
    return [python or sys.executable, "-I", str(Path(__file__).parent), "work", benchmark, *arguments]


class Turns:
    """The worker's side: waits for its turn, and tells how long the turn took."""

    def __init__(self) -> None:
        """Keep standard output for the answers: whatever else is printed goes to standard error."""
        self._answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        self._began = 0.0

    def begin(self) -> Any:
        """All is imported and in memory: wait for the first turn, and give what is to be done in it."""
        return self._answer({})

    def end(self, **figures: Any) -> Any:
        """Tell what came of the turn, wait for the next one, and give what is to be done in that."""
        return self._answer({"seconds": time.perf_counter() - self._began, **figures})

    def _answer(self, figures: Dict[str, Any]) -> Any:
        print(json.dumps(figures), file=self._answers, flush=True)
        line = sys.stdin.readline()
        if not line:
            sys.exit(0)  # all turns are over
        self._began = time.perf_counter()
        return json.loads(line)


class Worker:
    """The other side: a process that has been started and is ready for its first turn."""

    def __init__(self, benchmark: str, *arguments: str, python: Optional[str] = None) -> None:
        """Start the work of a benchmark, see :func:`command`."""
        self._name = " ".join((benchmark, *arguments))
        self._messages = tempfile.TemporaryFile("w+")  # noqa: SIM115 - TensorFlow has something to say each time
        self._process = subprocess.Popen(
            command(benchmark, *arguments, python=python),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._messages,
            universal_newlines=True,
        )
        self._read()

    def turn(self, job: Any = None) -> Dict[str, Any]:
        """Let it work until it ends a turn: its ``seconds`` and what else it tells.

        Args:
            job: what is to be done, where turns differ; as JSON has it.
        """
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return self._read()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._messages.close()

    def _read(self) -> Dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._messages.seek(0)
            raise SystemExit(f"{self._messages.read()}\n{self._name} ended before its turn was over")
        figures: Dict[str, Any] = json.loads(line)
        return figures


def in_turns(workers: Dict[str, Worker], rounds: int) -> Dict[str, List[Dict[str, Any]]]:
    """What each worker told of its turns, by name."""
    found: Dict[str, List[Dict[str, Any]]] = {name: [] for name in workers}
    for _ in range(rounds):
        for name, worker in workers.items():
            found[name].append(worker.turn())
    return found
