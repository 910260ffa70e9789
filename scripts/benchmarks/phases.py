"""Runs fcnn and looks every few milliseconds at what it is doing: phases.py ANSWER ARGUMENT... writes JSON to ANSWER.

Nothing in fcnn takes part in it: the main thread's stack tells which of fcnn's functions are at work, or which package
is being imported. Another thread that works at the same time is not seen.
"""

import json
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Dict, List, Optional

EVERY = 0.002
"""Seconds from one look to the next."""


class Looks:
    """Seconds by what the main thread was doing, a path of names from the outside in."""

    def __init__(self) -> None:
        """Start looking, from a thread that ends with the process."""
        self.began = time.time()
        self.seconds: Dict[str, float] = {}
        self._thread = threading.main_thread().ident
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        last = time.perf_counter()
        while not self._over.wait(EVERY):
            path = "/".join(_doing(sys._current_frames().get(self._thread or 0)))
            now = time.perf_counter()
            self.seconds[path] = self.seconds.get(path, 0.0) + now - last
            last = now


def _doing(frame: Optional[FrameType]) -> List[str]:
    """The functions of fcnn from the outside in; or ``import PACKAGE``, of the outermost package that is not fcnn."""
    frames: List[FrameType] = []
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back
    path: List[str] = []
    importing = False
    for each in reversed(frames):
        module, function = each.f_globals.get("__name__", ""), each.f_code.co_name
        if module == "importlib._bootstrap" or each.f_code.co_filename == "<frozen importlib._bootstrap>":
            package = str(each.f_locals.get("name", "")).split(".")[0] if function == "_find_and_load" else ""
            if package not in ("", "fcnn"):
                return [f"import {package}"]
            importing = importing or package == "fcnn"
        elif Path(each.f_code.co_filename).name == f"{module.split('.')[-1]}.py" and module.startswith("fcnn."):
            path.append(f"{module[len('fcnn.') :]}.{function}")
    return ["import fcnn"] if importing else path


def main(answer: str, *arguments: str) -> None:
    """Run fcnn's command line with these arguments."""
    looks = Looks()
    code = 0
    try:
        from fcnn.cli import main as fcnn

        fcnn(list(arguments))
    except SystemExit as end:
        code = int(end.code or 0)
    looks.end()
    Path(answer).write_text(json.dumps({"began": looks.began, "ended": time.time(), "seconds": looks.seconds}))
    from fcnn.cli.process import leave

    leave(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
