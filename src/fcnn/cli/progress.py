"""Progress of a training: one live line on a terminal, plain lines elsewhere."""

import signal
from pathlib import Path
from typing import Any, Mapping, Optional

import click

from fcnn.cli.output import COLOURS
from fcnn.cli.quiet import Screen
from fcnn.errors import Problem
from fcnn.jobs.reporter import Reporter, epoch_line

PLAIN_LINES = 20
"""About as many epochs are told where the output is no terminal."""


class ConsoleReporter(Reporter):
    """Shows what happens and sends TensorFlow's messages to the run's log.

    While epochs run, Ctrl-C and SIGTERM only ask the training to stop, so that the best epoch so far is kept; a second
    Ctrl-C ends it at once.
    """

    def __init__(self, screen: Screen, quiet: bool, stop: Any) -> None:
        """Write to `screen`, or nowhere where it is `quiet`; `stop` gets a reason when a signal comes."""
        super().__init__()
        self._screen = screen
        self._quiet = quiet
        self._stop = stop
        self._progress: Optional[Any] = None
        self._task: Any = None
        self._epochs = 0
        self._last: Mapping[str, float] = {}
        self._handlers: Any = {}

    def opened(self, folder: Path) -> None:
        """Start the log and send stderr there."""
        super().opened(folder)
        assert self._log is not None
        self._screen.redirect(Path(self._log.name))

    def closed(self) -> None:
        """Give stderr back."""
        self._screen.release()
        super().closed()

    def line(self, text: str) -> None:
        """Show and log a line."""
        super().line(text)
        self._show(text)

    def problem(self, problem: Problem) -> None:
        """Show and log a warning or a note."""
        super().problem(problem)
        label = click.style(f"{problem.severity}:", fg=COLOURS[problem.severity], bold=True)
        self._show(f"{label} {problem}")

    def training_begins(self, epochs: int) -> None:
        """Start the live line, and take over the signals."""
        self._epochs = epochs
        for number, reason in ((signal.SIGINT, "interrupted"), (signal.SIGTERM, "terminated")):
            self._handlers[number] = signal.signal(number, lambda *_, reason=reason: self._ask_to_stop(reason))
        if not self._quiet and self._screen.stream.isatty():
            self._begin_live_line()

    def epoch(self, row: Mapping[str, float], best_epoch: int) -> None:
        """Log the epoch; show it in the live line, or as a line where it is its turn."""
        super().epoch(row, best_epoch)
        text = epoch_line(row, best_epoch)
        epoch = int(row["epoch"])
        self._last = row
        if self._progress is not None:
            self._progress.update(self._task, completed=epoch, description=text)
        elif epoch == 1 or epoch % max(1, self._epochs // PLAIN_LINES) == 0:
            self._show(text)

    def training_ended(self) -> None:
        """End the live line and give the signals back."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers = {}

    def _begin_live_line(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(file=self._screen.stream, highlight=False)
        columns = (TextColumn("{task.description}"), BarColumn(20), TextColumn("ETA"), TimeRemainingColumn())
        self._progress = Progress(
            *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._task = self._progress.add_task("compiling", total=self._epochs)
        self._progress.start()

    def _ask_to_stop(self, reason: str) -> None:
        if self._stop.requested():
            raise KeyboardInterrupt
        self._stop.reason = reason
        self._show("stopping after the steps under way; the best epoch so far is kept")

    def _show(self, text: str) -> None:
        if not self._quiet:
            click.echo(text, file=self._screen.stream)
