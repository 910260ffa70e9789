"""Progress of a search: a live table of the best trials on a terminal, a line for each trial elsewhere."""

import signal
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

import click

from fcnn.cli import process
from fcnn.cli.language import texts_for
from fcnn.cli.output import show_problem, visible
from fcnn.cli.progress import SIGNALS
from fcnn.cli.quiet import Screen
from fcnn.cli.working import WorkingLine
from fcnn.errors import Problem
from fcnn.report.study.facts import COMPLETE, FAILED, PRUNED, Key, Trial, best_of, counted
from fcnn.training.stop import Stop
from fcnn.tuning.reporter import SearchReporter, short_name, trial_line
from fcnn.wording import say, translated

ROWS = 8
"""Trials in the live table."""
COLUMNS = 6
"""Keys in it, the first ones."""


class SearchConsole(SearchReporter):
    """Shows what happens and sends TensorFlow's messages to the log of the study.

    While trials are trained, Ctrl-C and SIGTERM only ask to stop, so that the best trial so far is kept; a second
    Ctrl-C ends it at once.
    """

    def __init__(self, screen: Screen, quiet: bool, stop: Stop) -> None:
        """Write to `screen`, or nowhere where it is `quiet`; `stop` gets a reason when a signal comes."""
        super().__init__()
        self._screen = screen
        self._quiet = quiet
        self._stop = stop
        self._working = WorkingLine(screen.stream, quiet)
        self._live: Optional[LiveTable] = None
        self._keys: Sequence[Key] = ()
        self._most: Optional[int] = None
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

    def working(self, phase: str, done: int, total: int) -> None:
        """Show how far a phase has come."""
        self._working.show(phase, done, total)

    def search_begins(self, keys: Sequence[Key], trials: Sequence[Trial], most: Optional[int]) -> None:
        """Start the live table, and take over the signals."""
        super().search_begins(keys, trials, most)
        self._keys, self._most = keys, most
        process.all_is_loaded()
        for key in keys:
            self._show(f"  {key.name}: {key.space}")
        if counted(trials):
            self._show(say("the study goes on after {count} trials", count=len(counted(trials))))
        for number, reason in SIGNALS.items():
            self._handlers[number] = signal.signal(number, lambda *_, reason=reason: self._ask_to_stop(reason))
        if not self._quiet and self._screen.stream.isatty():
            self._live = LiveTable(self._screen.stream, keys, most)
            self._live.update(trials)

    def trial_ends(self, trial: Trial, trials: Sequence[Trial]) -> None:
        """Show the trial in the live table, or as a line."""
        super().trial_ends(trial, trials)
        if self._live is not None:
            self._live.update(trials)
        else:
            self._show(trial_line(trial))

    def search_ended(self) -> None:
        """End the live table; it stays."""
        if self._live is not None:
            self._live.end()
            self._live = None

    def _ask_to_stop(self, reason: str) -> None:
        if self._stop.requested():
            raise KeyboardInterrupt
        self._stop.reason = reason
        self._show(say("stopping after the steps under way; the best trial so far is kept"))

    def _show(self, text: str) -> None:
        self._working.end()
        shown = visible(translated(text, texts_for(self._screen.stream)))
        if self._live is not None:
            self._live.print_above(shown)
        elif not self._quiet:
            click.echo(shown, file=self._screen.stream)


class LiveTable:
    """The best trials, the last one and how many there are, on a terminal."""

    def __init__(self, stream: Any, keys: Sequence[Key], most: Optional[int]) -> None:
        """Draw it on a terminal; `most` trials there shall be."""
        from rich.console import Console
        from rich.live import Live

        self._keys = keys[:COLUMNS]
        self._most = most
        self._texts = texts_for(stream)
        self._live = Live(
            console=Console(file=stream, highlight=False, markup=False, emoji=False),
            redirect_stdout=False,
            redirect_stderr=False,
            auto_refresh=False,
        )
        self._live.start()

    def update(self, trials: Sequence[Trial]) -> None:
        """Show the trials that there are now."""
        from rich.table import Table

        done = counted(trials)
        figures = {state: sum(trial.state == state for trial in done) for state in (PRUNED, FAILED)}
        table = Table(title=self._told(_headline(len(done), self._most, figures)), title_justify="left", title_style="")
        for name in (say("trial"), say("validation loss"), say("epoch")):
            table.add_column(self._told(name), justify="right")
        for key in self._keys:
            table.add_column(visible(short_name(key.name)), overflow="ellipsis", no_wrap=True)
        for row in _rows(done):
            table.add_row(*self._cells(row))
        self._live.update(table, refresh=True)

    def _cells(self, trial: Trial) -> List[str]:
        loss = "" if trial.loss is None else f"{trial.loss:.4g}"
        state = {PRUNED: say("pruned"), FAILED: say("failed")}.get(trial.state)
        shown = loss if state is None else f"{loss} {self._told(state)}".strip()
        epoch = str(trial.best_epoch) if trial.state == COMPLETE else ""
        return [str(trial.number), shown, epoch, *(visible(trial.values.get(key.name, "")) for key in self._keys)]

    def _told(self, text: str) -> str:
        return translated(text, self._texts)

    def print_above(self, text: str) -> None:
        """Print a line that stays."""
        self._live.console.print(text)

    def end(self) -> None:
        """Leave it as it is."""
        self._live.stop()


def _headline(done: int, most: Optional[int], figures: Dict[str, int]) -> str:
    if most is None:
        return say("{done} trials, {pruned} pruned, {failed} failed", done=done, **figures)
    return say("{done} of {most} trials, {pruned} pruned, {failed} failed", done=done, most=most, **figures)


def _rows(trials: Sequence[Trial]) -> List[Trial]:
    """The best trials, and the last one."""
    complete = sorted(
        (trial for trial in trials if trial.state == COMPLETE), key=lambda trial: (trial.loss, trial.number)
    )
    rows = complete[:ROWS]
    if trials and best_of(trials) is not None and trials[-1] not in rows:
        rows.append(trials[-1])
    return rows or list(trials[-1:])
