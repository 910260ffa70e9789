"""What a job tells while it goes on, and to whom."""

from pathlib import Path
from typing import IO, Mapping, Optional

from fcnn.errors import Problem
from fcnn.runs.folder import LOG


class Reporter:
    """Writes everything to the run's ``log.txt`` and nothing to the screen; the command line's one shows it as well."""

    def __init__(self) -> None:
        """Keep what is said before there is a folder."""
        self._lines = ""
        self._log: Optional[IO[str]] = None

    def opened(self, folder: Path) -> None:
        """The run folder is there, as ``.partial``: start its log."""
        self._log = (folder / LOG).open("a", encoding="utf-8", newline="\n")
        self._log.write(self._lines)
        self._log.flush()

    def closed(self) -> None:
        """The run folder is about to get its name: nothing in it may be open any more."""
        if self._log is not None:
            self._log.close()
            self._log = None

    def line(self, text: str) -> None:
        """One line of prose, such as what the table looks like."""
        self.log(text)

    def problem(self, problem: Problem) -> None:
        """A warning or a note."""
        self.log(f"{problem.severity}: {problem}")

    def insist(self, problem: Problem) -> None:
        """A note that is told even to those who want to hear of nothing but errors."""
        self.problem(problem)

    def working(self, phase: str, done: int, total: int) -> None:
        """How far a phase that takes its time has come: its name, and how much is done of how much; at last all is."""

    def member_begins(self, name: str, number: int, count: int) -> None:
        """One training of several is about to begin: its name, and which of how many it is, counting from 1."""
        self.log(name)

    def training_begins(self, epochs: int) -> None:
        """The first epoch is about to start; there will be at most so many."""

    def rows(self, seen: int, count: int) -> None:
        """Within an epoch: so many of so many rows have been trained on."""

    def epoch(self, row: Mapping[str, float], best_epoch: int) -> None:
        """An epoch has ended: its row of the history, and the best epoch so far."""
        self.log(epoch_line(row, best_epoch))

    def training_ended(self) -> None:
        """No epoch will follow."""

    def log(self, text: str) -> None:
        """Write a line to the log alone."""
        if self._log is None:
            self._lines += text + "\n"
        else:
            self._log.write(text + "\n")
            self._log.flush()


def epoch_line(row: Mapping[str, float], best_epoch: int) -> str:
    """An epoch in one line: ``epoch 12  loss 0.1234  val_loss 0.2345  best 10``."""
    hidden = ("epoch", "learning_rate", "seconds")
    figures = "  ".join(f"{name} {value:.4g}" for name, value in row.items() if name not in hidden)
    return f"epoch {int(row['epoch'])}  {figures}  best {best_epoch}"
