"""How the chief tells the driver what happens, and hears from it."""

import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping, Optional

from fcnn.errors import Problem
from fcnn.jobs.on_ray.mailbox import Told
from fcnn.jobs.on_ray.mirror import Mirror
from fcnn.jobs.reporter import Reporter
from fcnn.training.stop import Stop

SECONDS = 1.0
"""Between two looks at the run folder, and at whether the driver wants to stop."""
FEWEST = 0.2
"""Seconds between two words about how far a phase has come."""

Post = Callable[[Any], Any]


class MailReporter(Reporter):
    """Tells everything to the driver's reporter, which shows it and writes the log."""

    def __init__(self, post: Post) -> None:
        """Tell by `post`."""
        super().__init__()
        self._post = post
        self._last = 0.0
        self.folder: Optional[Path] = None
        """The run folder that is being written, while there is one."""

    def opened(self, folder: Path) -> None:
        """Remember the folder."""
        self.folder = folder

    def closed(self) -> None:
        """Forget the folder: it is about to get its name."""
        self.folder = None

    def line(self, text: str) -> None:
        """Tell a line of prose."""
        self._tell("line", text)

    def problem(self, problem: Problem) -> None:
        """Tell a warning or a note, but those that the driver finds itself.

        These are all about config and table, which come first, and what stays of the folder, which is the driver's.
        """
        if self.folder is not None and problem.where != str(self.folder):
            self._tell("problem", problem)

    def working(self, phase: str, done: int, total: int) -> None:
        """Tell how far a phase has come, now and then."""
        now = time.monotonic()
        if done in (0, total) or now - self._last >= FEWEST:
            self._last = now
            self._tell("working", phase, done, total)

    def member_begins(self, name: str, number: int, count: int) -> None:
        """Tell which training of several begins."""
        self._tell("member_begins", name, number, count)

    def training_begins(self, epochs: int) -> None:
        """Tell that the first epoch is about to start."""
        self._tell("training_begins", epochs)

    def epoch(self, row: Mapping[str, float], best_epoch: int) -> None:
        """Tell an epoch."""
        self._tell("epoch", dict(row), best_epoch)

    def training_ended(self) -> None:
        """Tell that no epoch will follow."""
        self._tell("training_ended")

    def log(self, text: str) -> None:
        """Tell what is for the log alone."""
        self._tell("log", text)

    def _tell(self, method: str, *arguments: Any) -> None:
        self._post(Told(method, arguments))


@contextmanager
def in_touch(reporter: MailReporter, mirror: Mirror, post: Post, reason: Callable[[], Optional[str]]) -> Iterator[Stop]:
    """Send what changes in the run folder, and hear whether the driver wants to stop, for the time of the block.

    Args:
        reporter: knows the run folder.
        mirror: remembers what was sent.
        post: takes what is sent.
        reason: asks the driver why it wants to stop; None where it does not.

    Yields:
        The driver's request to stop.
    """
    stop, over = Stop(), threading.Event()

    def look() -> None:
        while not over.wait(SECONDS):
            folder = reporter.folder
            if folder is not None:
                changes = mirror.changes(folder)
                if (changes.written or changes.gone) and folder == reporter.folder:
                    post(changes)
            stop.reason = reason()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield stop
    finally:
        over.set()
        thread.join()
