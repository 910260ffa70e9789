"""Keeping TensorFlow's messages off the screen: they go to the run's log."""

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Iterator


@contextmanager
def screen() -> Iterator["Screen"]:
    """A :class:`Screen` for the time of the block; afterwards stderr is what it was."""
    made = Screen()
    try:
        yield made
    finally:
        made.restore()


class Screen:
    """The terminal behind stderr, and what of stderr is sent elsewhere.

    TensorFlow writes from C++ to the file descriptor 2, past Python's ``sys.stderr``; so the descriptor is redirected,
    and what fcnn itself has to say goes to a copy of the old one.
    """

    def __init__(self) -> None:
        """Copy the descriptor of stderr where there is one."""
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "0")  # the log may have it all
        try:
            sys.stderr.flush()
            self._old = os.dup(sys.stderr.fileno())
        except (OSError, ValueError):  # a stderr without descriptor, as in tests
            self._old = -1
            self.stream: IO[str] = sys.stderr
            return
        self.stream = os.fdopen(os.dup(self._old), "w", encoding=sys.stderr.encoding, errors="replace", buffering=1)

    def redirect(self, target: Path) -> None:
        """Send everything that is written to stderr to the end of a file instead."""
        if self._old < 0:
            return
        sys.stderr.flush()
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(str(target), flags, 0o666)
        os.dup2(descriptor, 2)
        os.close(descriptor)

    def release(self) -> None:
        """Let stderr be the terminal again."""
        if self._old >= 0:
            sys.stderr.flush()
            os.dup2(self._old, 2)

    def restore(self) -> None:
        """Release stderr and close the copies."""
        self.release()
        if self._old >= 0:
            os.close(self._old)
            self.stream.close()
            self._old = -1
