"""How far a phase that takes its time has come: one live line on a terminal, a plain line now and then elsewhere."""

import sys
import time
from typing import IO, Any, Optional

import click

from fcnn.cli.language import texts_for
from fcnn.cli.output import show_line
from fcnn.jobs.reporter import Reporter
from fcnn.wording import say, translated

MOMENT = 1.0
"""Seconds before anything is shown of a phase: most are over by then."""
EVERY = 10.0
"""Seconds between two plain lines."""


class WorkingLine:
    """Shows the phase under way."""

    def __init__(self, stream: IO[str], quiet: bool = False) -> None:
        """Write to `stream`, or nowhere where it is `quiet`."""
        self._stream = stream
        self._quiet = quiet
        self._phase = ""
        self._began = self._shown = 0.0
        self._live: Optional[Any] = None
        self._task: Any = None

    def show(self, phase: str, done: int, total: int) -> None:
        """Note how far a phase has come, and show it where it is time for that.

        Args:
            phase: its name.
            done: how much is done.
            total: of how much; 0 where that is not known.
        """
        if self._quiet:
            return
        now = time.monotonic()
        if phase != self._phase:
            self.end()
            self._phase, self._began, self._shown = phase, now, now
        elif now - self._began >= MOMENT:
            if self._stream.isatty():
                self._draw(done, total)
            elif now - self._shown >= EVERY:
                self._shown = now
                click.echo(translated(_line(phase, done, total, now - self._began), self._texts()), file=self._stream)
        if 0 < total <= done:
            self.end()

    def end(self) -> None:
        """Wipe the line off; something else will be shown."""
        self._phase = ""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _draw(self, done: int, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        if self._live is None:
            console = Console(file=self._stream, highlight=False, markup=False, emoji=False)
            columns = (
                TextColumn("{task.description}"),
                BarColumn(20),
                TaskProgressColumn(),
                TextColumn("ETA"),
                TimeRemainingColumn(),
            )
            self._live = Progress(
                *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
            )
            self._task = self._live.add_task(translated(self._phase, self._texts()), total=total or None)
            self._live.start()
        self._live.update(self._task, completed=done)

    def _texts(self) -> Any:
        return texts_for(self._stream)


class WorkingReporter(Reporter):
    """Shows on stderr what happens where nothing is trained."""

    def __init__(self, quiet: bool = False) -> None:
        """Show nothing where it is `quiet`."""
        super().__init__()
        self._line = WorkingLine(sys.stderr, quiet)
        self._quiet = quiet

    def line(self, text: str) -> None:
        """Show a line."""
        self._line.end()
        if not self._quiet:
            show_line(text)

    def working(self, phase: str, done: int, total: int) -> None:
        """Show how far a phase has come."""
        self._line.show(phase, done, total)

    def __enter__(self) -> "WorkingReporter":
        """Nothing is to be done."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe off what is there."""
        self._line.end()


def _line(phase: str, done: int, total: int, seconds: float) -> str:
    """``encoding: 45 %, about 2:10 left``."""
    if not total or not done:
        return say("{phase}, for as long as it takes", phase=phase)
    left = round(seconds * (total - done) / done)
    time_left = (
        f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}" if left >= 3600 else f"{left // 60}:{left % 60:02}"
    )
    return say("{phase}: {share:.0%}, about {time} left", phase=phase, share=done / total, time=time_left)
