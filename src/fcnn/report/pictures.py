"""Who draws the pictures of a run: this process, one after another; or one of their own, while this one goes on."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import Any, Callable, Dict, List, Mapping, Tuple

import numpy as np

from fcnn.files import atomic_write, write_json
from fcnn.wording import Said

PROGRAM = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from fcnn.report.drawer import main
main(sys.argv[2])
"""
"""What the process of the pictures runs: with the same folders to import from, and not the working folder."""

TEXTS = "texts.json"
"""A file with the texts of the labels, among those of the tasks."""
NEW_PROCESS_GROUP = 0x00000200
"""``CREATE_NEW_PROCESS_GROUP`` of Windows, which Python has there only."""


class Pictures:
    """Draws each picture at once; to be used in a ``with`` block."""

    def __init__(self, texts: Mapping[str, str] = MappingProxyType({})) -> None:
        """Have labels in English, or as `texts` says; see :func:`fcnn.report.style.speaking`."""
        self._texts = texts

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
            getattr(plots, kind)(**arguments)

    def finish(self) -> None:
        """Return when every picture is there.

        Raises:
            OSError: one cannot be written.
        """


class PicturesBeside(Pictures):
    """Has them drawn by a process of its own, which imports matplotlib while this one trains.

    What it cannot draw is drawn here at the end; so what is wrong with a picture is an exception here, as it would be
    without the other process.
    """

    def __init__(self, texts: Mapping[str, str] = MappingProxyType({})) -> None:
        """Start the process; `texts` are those of :class:`Pictures`."""
        super().__init__(texts)
        self._tasks: List[Tuple[str, Mapping[str, Any]]] = []
        self._folder = tempfile.TemporaryDirectory(prefix="fcnn-pictures-")
        write_json(Path(self._folder.name) / TEXTS, dict(texts))
        # A Ctrl-C in the terminal is for the first process: a session of its own has no part in it.
        apart: Dict[str, Any] = {"creationflags": NEW_PROCESS_GROUP} if os.name == "nt" else {"start_new_session": True}
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, json.dumps(sys.path), self._folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            **apart,
        )

    def draw(self, kind: str, **arguments: Any) -> None:
        """As :meth:`Pictures.draw`; what goes wrong is told by :meth:`finish`."""
        name = f"{len(self._tasks)}.npz"
        self._tasks.append((kind, arguments))
        write_task(Path(self._folder.name) / name, kind, arguments)
        self._tell(name + "\n")

    def finish(self) -> None:
        """As :meth:`Pictures.finish`."""
        drawn = self._drawn()
        for position, (kind, arguments) in enumerate(self._tasks):
            if position not in drawn:
                super().draw(kind, **arguments)

    def __exit__(self, *_: object) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def _drawn(self) -> List[int]:
        """The tasks that were done, when no more of them can be."""
        self._tell("\n")
        assert self._process.stdout is not None
        return [int(line) for line in self._process.stdout if line.strip().isdigit()]

    def _tell(self, line: str) -> None:
        """Write a line to the process where it is still there."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError:  # it has ended; what it has not drawn is drawn here
            pass


def write_task(path: Path, kind: str, arguments: Mapping[str, Any]) -> None:
    """Write a picture to be drawn into a file, for :func:`read_task`."""
    arrays: Dict[str, np.ndarray] = {}

    def plain(value: Any) -> Any:
        if isinstance(value, Path):
            return {"path": str(value)}
        if isinstance(value, Said):
            return {"said": [value.template, plain(value.values)]}
        if isinstance(value, np.ndarray):
            arrays[f"array_{len(arrays)}"] = value
            return {"array": f"array_{len(arrays) - 1}"}
        if isinstance(value, Mapping):
            return {"items": [[key, plain(each)] for key, each in value.items()]}
        return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value

    task = json.dumps([kind, plain(arguments)])
    with atomic_write(path, "wb") as file:
        np.savez(file, task=np.array(task), **arrays)  # type: ignore[arg-type]


def read_task(path: Path) -> Tuple[str, Dict[str, Any]]:
    """Kind and arguments of the picture in a file; tuples are lists."""
    with np.load(str(path), allow_pickle=False) as file:
        kind, arguments = json.loads(str(file["task"]))
        readers: Dict[str, Callable[[Any], Any]] = {
            "path": Path,
            "said": lambda sentence: Said(sentence[0], read(sentence[1])),
            "array": lambda name: np.asarray(file[name]),
            "items": lambda pairs: {key: read(each) for key, each in pairs},
        }

        def read(value: Any) -> Any:
            if isinstance(value, dict):
                ((what, content),) = value.items()
                return readers[what](content)
            return [read(each) for each in value] if isinstance(value, list) else value

        return str(kind), read(arguments)
