"""Progress of a training: one live line on a terminal, plain lines elsewhere."""

import os
import signal
from pathlib import Path
from typing import Any, Dict, Mapping, Optional

import click

from fcnn.cli import process
from fcnn.cli.language import texts_for
from fcnn.cli.output import show_problem, visible
from fcnn.cli.quiet import Screen
from fcnn.cli.working import WorkingLine
from fcnn.errors import Problem
from fcnn.jobs.reporter import Reporter, epoch_line
from fcnn.training.stop import Stop
from fcnn.wording import say, translated

PLAIN_LINES = 20
"""About as many epochs are told where the output is no terminal."""
FEWEST_LINES = 2
"""About as many of each training, where there are several."""
SIGNALS = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}
"""What asks a training to stop, and what ``metrics.json`` says then."""


class ConsoleReporter(Reporter):
    """Shows what happens and sends TensorFlow's messages to the run's log.

    From the first epoch until the run folder is whole, Ctrl-C and SIGTERM only ask to stop, so that the best epoch so
    far is kept; a second Ctrl-C ends it at once.
    """

    def __init__(self, screen: Screen, quiet: bool, stop: Stop) -> None:
        """Write to `screen`, or nowhere where it is `quiet`; `stop` gets a reason when a signal comes."""
        super().__init__()
        self._screen = screen
        self._quiet = quiet
        self._stop = stop
        self._live: Optional[LiveLine] = None
        self._working = WorkingLine(screen.stream, quiet)
        self._epochs = 0
        self._shown = PLAIN_LINES
        self._earlier = self._later = 0
        self._training = False
        self._handlers: Dict[int, Any] = {}

    def opened(self, folder: Path) -> None:
        """Start the log and send stderr there."""
        super().opened(folder)
        assert self._log is not None
        self._screen.redirect(Path(self._log.name))

    def closed(self) -> None:
        """Give stderr and the signals back."""
        self._working.end()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers = {}
        self._screen.release()
        super().closed()

    def line(self, text: str) -> None:
        """Show and log a line."""
        super().line(text)
        self._show(text)

    def problem(self, problem: Problem) -> None:
        """Show and log a warning or a note."""
        super().problem(problem)
        self._working.end()
        if not self._quiet:
            show_problem(problem, self._screen.stream)

    def insist(self, problem: Problem) -> None:
        """Show and log a note, however quiet it is to be."""
        super().problem(problem)
        self._working.end()
        show_problem(problem, self._screen.stream)

    def working(self, phase: str, done: int, total: int) -> None:
        """Show how far a phase has come."""
        self._working.show(phase, done, total)

    def member_begins(self, name: str, number: int, count: int) -> None:
        """Show and log which training begins; each of several has fewer lines."""
        super().member_begins(name, number, count)
        self._earlier, self._later = number - 1, count - number
        self._shown = max(FEWEST_LINES, PLAIN_LINES // count)
        self._show(name)

    def training_begins(self, epochs: int) -> None:
        """Start the live line, and take over the signals."""
        self._epochs = epochs
        process.all_is_loaded()
        self._take_signals()
        if not self._quiet and self._screen.stream.isatty():
            self._live = LiveLine(self._screen.stream, epochs)

    def rows(self, seen: int, count: int) -> None:
        """Move the live line within the epoch."""
        if self._live is not None:
            self._live.advance(seen / count)

    def epoch(self, row: Mapping[str, float], best_epoch: int) -> None:
        """Log the epoch; show it in the live line, or as a line where it is its turn."""
        super().epoch(row, best_epoch)
        epoch = int(row["epoch"])
        if self._live is not None:
            self._live.update(row, best_epoch)
        elif epoch in (1, self._epochs) or epoch % max(1, self._epochs // self._shown) == 0:
            self._show(epoch_line(row, best_epoch))

    def training_ended(self) -> None:
        """End the live line."""
        self._training = False
        if self._live is not None:
            self._live.end()
            self._live = None

    def _take_signals(self) -> None:
        self._training = True
        for number, reason in SIGNALS.items():
            if number not in self._handlers:  # one of several trainings took it over before
                self._handlers[number] = signal.signal(number, lambda *_, reason=reason: self._ask_to_stop(reason))

    def _ask_to_stop(self, reason: str) -> None:
        if self._stop.requested():
            raise KeyboardInterrupt
        self._stop.reason = reason
        if not self._training and not self._later:
            self._show("the training is over and the run folder is being written; once more gives it up")
        elif self._earlier or not self._training:
            self._show(say("stopping after the steps under way; the trainings that are finished are kept"))
        else:
            self._show("stopping after the steps under way; the best epoch so far is kept")

    def _show(self, text: str) -> None:
        self._working.end()
        if self._live is not None:
            self._live.print_above(translated(text, texts_for(self._screen.stream)))
        elif not self._quiet:
            click.echo(visible(translated(text, texts_for(self._screen.stream))), file=self._screen.stream)


class WorkerReporter(ConsoleReporter):
    """Shows a line or two of a worker; the chief tells the rest, and what TensorFlow says goes nowhere."""

    def __init__(self, screen: Screen, quiet: bool, stop: Stop) -> None:
        """Write to `screen`, or nowhere where it is `quiet`; `stop` gets a reason when a signal comes."""
        super().__init__(screen, quiet, stop)
        screen.redirect(Path(os.devnull))

    def problem(self, problem: Problem) -> None:
        """Nothing: the chief has the same table."""

    def member_begins(self, name: str, number: int, count: int) -> None:
        """Remember which of how many it is."""
        self._earlier, self._later = number - 1, count - number

    def training_begins(self, epochs: int) -> None:
        """Take over the signals."""
        self._take_signals()

    def epoch(self, row: Mapping[str, float], best_epoch: int) -> None:
        """Nothing: the chief has the same figures."""


class LiveLine:
    """The epoch under way in one line of a terminal, which is gone when it ends."""

    def __init__(self, stream: Any, epochs: int) -> None:
        """Draw it on a terminal; there will be at most so many `epochs`."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(file=stream, highlight=False, markup=False, emoji=False)
        bar = [BarColumn(20)] if console.width >= 100 else []
        columns = (TextColumn("{task.description}"), *bar, TextColumn("ETA"), TimeRemainingColumn())
        self._epochs = epochs
        self._progress = Progress(
            *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._task = self._progress.add_task("compiling", total=epochs)
        self._progress.start()
        self._done = 0

    def advance(self, share: float) -> None:
        """Show what share of the rows of the epoch under way is done."""
        self._progress.update(self._task, completed=self._done + share)

    def update(self, row: Mapping[str, float], best_epoch: int) -> None:
        """Show an epoch: loss, the figures of the validation rows, the best epoch so far."""
        shown = {name: value for name, value in row.items() if name == "loss" or name.startswith("val_")}
        figures = "  ".join(f"{name} {value:.3g}" for name, value in shown.items())
        text = f"epoch {int(row['epoch'])}/{self._epochs}  {figures}  best {best_epoch}"
        self._done = int(row["epoch"])
        self._progress.update(self._task, completed=self._done, description=text)

    def print_above(self, text: str) -> None:
        """Print a line that stays."""
        self._progress.console.print(text)

    def end(self) -> None:
        """Wipe it off."""
        self._progress.stop()
