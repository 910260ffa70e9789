"""Who draws the pictures of a run: this process, one after another; or others, while this one goes on."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import Any, Dict, List, Mapping, Optional, Tuple

from fcnn.data.threads import processors
from fcnn.files import write_json
from fcnn.report.tasks import TEXTS, write_task

PROGRAM = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from fcnn.report.drawer import main
main(sys.argv[2])
"""
"""What a process of the pictures runs: with the same folders to import from, and not the working folder."""

MOST_PROCESSES = 2
"""Processes that draw. Two against one, on two processors: a run of diamonds of 12.0 s took 10.6 (pinned stack), one of
11.8 took 11.4 (current stack); medians of 5 runs in turns."""
TEMPORARY = "fcnn-pictures-"
"""The start of the name of the folder that the processes draw from."""
NEW_PROCESS_GROUP = 0x00000200
"""``CREATE_NEW_PROCESS_GROUP`` of Windows, which Python has there only."""


class Pictures:
    """Draws each picture at once; to be used in a ``with`` block."""

    def __init__(self, texts: Mapping[str, str] = MappingProxyType({}), place: Optional[Path] = None) -> None:
        """Have labels in English, or as `texts` says; see :func:`fcnn.report.style.speaking`.

        Args:
            texts: English labels, and what is written in place of them.
            place: an existing folder for what is gone at the end; nothing here is.
        """
        self._texts = texts
        self.written: List[Path] = []
        """The files that this process has drawn."""

    def __enter__(self) -> "Pictures":
        """Nothing is to be done."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind, whether all is drawn or not."""

    def draw(self, kind: str, **arguments: Any) -> None:
        """Draw a picture, or have it drawn before :meth:`finish` is over.

        Args:
            kind: a function of :mod:`fcnn.report.plots`.
            arguments: those of that function; plain values, paths, arrays, sentences and lists and mappings of them.

        Raises:
            OSError: it cannot be written.
        """
        from fcnn.report import plots, style  # late: they take longer to import than most runs to train

        with style.speaking(self._texts):
            made = getattr(plots, kind)(**arguments)
        self.written += made or [arguments["path"]]

    def finish(self) -> None:
        """Return when every picture is there.

        Raises:
            OSError: one cannot be written.
        """


class PicturesBeside(Pictures):
    """Has them drawn by processes of their own, which import matplotlib while this one trains.

    What they cannot draw is drawn here at the end; so what is wrong with a picture is an exception here, as it would be
    without the other processes.
    """

    def __init__(self, texts: Mapping[str, str] = MappingProxyType({}), place: Optional[Path] = None) -> None:
        """Start the processes.

        Args:
            texts: those of :class:`Pictures`.
            place: an existing folder for what the processes draw from, in which only one process has pictures drawn;
                what a kill has left there is deleted. None: that for temporary files.
        """
        super().__init__(texts)
        self._tasks: List[Tuple[str, Mapping[str, Any]]] = []
        for left in () if place is None else place.glob(f"{TEMPORARY}*"):
            shutil.rmtree(str(left), ignore_errors=True)
        self._folder = tempfile.TemporaryDirectory(prefix=TEMPORARY, dir=None if place is None else str(place))
        write_json(Path(self._folder.name) / TEXTS, dict(texts))
        self._processes = [_start(self._folder.name) for _ in range(min(MOST_PROCESSES, processors()))]

    def draw(self, kind: str, **arguments: Any) -> None:
        """As :meth:`Pictures.draw`; what goes wrong is told by :meth:`finish`."""
        name = f"{len(self._tasks)}.npz"
        self._tasks.append((kind, arguments))
        write_task(Path(self._folder.name) / name, kind, arguments)
        self._tell(name + "\n")

    def finish(self) -> None:
        """As :meth:`Pictures.finish`."""
        self._tell("\n")
        answers = [line for process in self._processes for line in process.stdout or ()]
        drawn = {int(line) for line in answers if line.strip().isdigit()}
        for position, (kind, arguments) in enumerate(self._tasks):
            if position not in drawn:
                super().draw(kind, **arguments)

    def __exit__(self, *_: object) -> None:
        """End the processes, whatever they are doing."""
        for process in self._processes:
            process.kill()
            process.communicate()
        self._folder.cleanup()

    def _tell(self, line: str) -> None:
        """Write a line to each process that is still there: they settle among themselves who draws it."""
        for process in self._processes:
            assert process.stdin is not None
            try:
                process.stdin.write(line)
                process.stdin.flush()
            except OSError:  # it has ended; what nobody has drawn is drawn here
                pass


def _start(folder: str) -> "subprocess.Popen[str]":
    """A process that draws the tasks of a folder."""
    # A Ctrl-C in the terminal is for the first process: a session of its own has no part in it.
    apart: Dict[str, Any] = {"creationflags": NEW_PROCESS_GROUP} if os.name == "nt" else {"start_new_session": True}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, json.dumps(sys.path), folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        **apart,
    )
