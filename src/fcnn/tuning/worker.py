"""Processes that train trials for another one: what the first says and what they answer, a line of JSON each."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import IO, Any, Dict, List, Optional, Tuple

import msgspec

from fcnn.config import config_from_mapping
from fcnn.jobs.prepare import Request, request_of
from fcnn.jobs.reporter import Reporter
from fcnn.report.study.facts import FAILED, INTERRUPTED
from fcnn.training.stop import Stop
from fcnn.tuning.outcome import OnRung, Outcome
from fcnn.tuning.trainer import Trainer
from fcnn.wording import say

PROGRAM = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from fcnn.tuning.worker import main
main()
"""
"""What a process runs: with the same folders to import from, and not the working folder."""
NEW_PROCESS_GROUP = 0x00000200
"""``CREATE_NEW_PROCESS_GROUP`` of Windows, which Python has there only."""


class Worker:
    """A process that trains one trial after another; where it dies, its trial has failed and a new one takes over."""

    def __init__(self, request: Request, log: IO[str]) -> None:
        """Prepare a process, which is started with its first trial.

        Args:
            request: the config as it is.
            log: an open file, for what the process writes to stderr.
        """
        loaded = request.loaded
        assert loaded.read is not None
        self._request = {
            "config": loaded.read.value,
            "folder": str(loaded.base_dir),
            "overrides": loaded.typed,
            "name": request.name,
        }
        self._log = log
        self._process: Optional[subprocess.Popen[bytes]] = None
        self._ended = False

    def train(self, values: List[Tuple[str, Any]], on_rung: OnRung, stop: Stop) -> Outcome:
        """As :meth:`fcnn.tuning.trainer.Trainer.train`."""
        process = self._started()
        try:
            self._tell(process, values)
            for line in process.stdout or ():
                answer = json.loads(line)
                if "outcome" in answer:
                    return msgspec.convert(answer["outcome"], Outcome)
                self._tell(process, on_rung(*answer["rung"]))
        except OSError:
            pass  # it has ended
        code = process.wait()
        self._closed(process)
        if self._ended or stop.requested():
            return Outcome(INTERRUPTED)
        return Outcome(FAILED, reason=say("its process ended with code {code}: not enough memory?", code=code))

    def end(self) -> None:
        """End the process, whatever it is doing; who waits for it in :meth:`train` returns."""
        self._ended = True
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Give its pipes back, when nobody waits any more."""
        if self._process is not None:
            self._process.wait()
            self._closed(self._process)

    def _closed(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = None
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with suppress(OSError):  # what could not be written to a process that is gone
                pipe.close()

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            # A Ctrl-C in the terminal is for the first process: a session of its own has no part in it.
            apart: Dict[str, Any] = (
                {"creationflags": NEW_PROCESS_GROUP} if os.name == "nt" else {"start_new_session": True}
            )
            self._process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                **apart,
            )
            self._tell(self._process, self._request)
        return self._process

    @staticmethod
    def _tell(process: "subprocess.Popen[bytes]", message: Any) -> None:
        assert process.stdin is not None
        process.stdin.write(json.dumps(message).encode("utf-8") + b"\n")
        process.stdin.flush()


def main() -> None:
    """Train what the first process asks for, until it is gone."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers, os.fdopen(os.dup(0), "rb") as asked:
        os.dup2(2, 1)  # what a library prints is no answer
        serve(asked, answers)


def serve(asked: IO[bytes], answers: IO[str]) -> None:
    """Train what each line asks for.

    Args:
        asked: lines: the config and where it was, and for each trial its values.
        answers: gets lines: what is to be asked, and what came of a trial.
    """
    given = json.loads(asked.readline())
    loaded = config_from_mapping(given["config"], given["folder"], given["name"], given["overrides"])
    trainer = Trainer(request_of(loaded, given["name"]), Reporter())

    def answer(message: Any) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    def on_rung(epoch: int, loss: float) -> bool:
        answer({"rung": [epoch, loss]})
        return bool(json.loads(asked.readline() or b"true"))

    for line in iter(asked.readline, b""):
        values = [(key, value) for key, value in json.loads(line)]
        answer({"outcome": msgspec.to_builtins(trainer.train(values, on_rung, Stop()))})
