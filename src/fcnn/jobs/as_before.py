"""Ending trainings where others ended that were stopped from outside: after the same epoch, for the same reason."""

from typing import Any, Mapping, Optional, Sequence, Tuple

from fcnn.training.stop import Stop

FROM_OUTSIDE = ("interrupted", "terminated")
"""Reasons of a whole run."""
OF_A_CLOCK = ("time_limit", "callback")
"""Reasons of one training that neither config nor table tell."""


def endings_of(metrics: Mapping[str, Any]) -> Sequence[Tuple[int, str]]:
    """The epochs of each training of a run and what ended it, of ``metrics.json``."""
    members = metrics["repeats"]["members"] if "repeats" in metrics else [metrics]
    return [(member["epochs"], member["stopped"]) for member in members]


class AsBefore(Stop):
    """Stops where an earlier run stopped, and where somebody asks for it now."""

    def __init__(self, own: Stop, endings: Sequence[Tuple[int, str]], stopped: str) -> None:
        """Follow an earlier run.

        Args:
            own: the request of today.
            endings: as of :func:`endings_of`.
            stopped: what ended the earlier run; where it did not train all that it was to train, after the last of
                `endings`.
        """
        self._own = own
        self._endings = endings
        self._stopped = stopped
        self._number = 1
        self._ended: Optional[str] = None

    def requested(self) -> bool:
        """Whether the earlier run was stopped here, or somebody wants it now."""
        self.reason = self.reason or self._own.reason
        return self.reason is not None

    def agreed(self, reason: Optional[str]) -> Optional[str]:
        """Why the training ends, of itself or as the earlier one did."""
        return self._ended or reason

    def training_begins(self, number: int) -> None:
        """The training of that number, from 1, begins."""
        self._number, self._ended = number, None
        if number > len(self._endings):
            self.reason = self._stopped

    def epoch_ended(self, epoch: int) -> None:
        """So many epochs are over."""
        epochs, stopped = self._endings[min(self._number, len(self._endings)) - 1]
        if epoch == epochs and stopped in FROM_OUTSIDE:
            self.reason = stopped
        elif epoch == epochs and stopped in OF_A_CLOCK:
            self._ended = stopped

    def watching(self, reporter: Any) -> "Watched":
        """A reporter by which this hears how far the training has come."""
        return Watched(reporter, self)


class Watched:
    """A reporter that tells somebody else of epochs and trainings, too."""

    def __init__(self, reporter: Any, stop: AsBefore) -> None:
        """Tell `reporter` everything, and `stop` how far it has come."""
        self._reporter = reporter
        self._stop = stop

    def __getattr__(self, name: str) -> Any:
        """Everything else is the reporter's."""
        return getattr(self._reporter, name)

    def member_begins(self, name: str, number: int, count: int) -> None:
        """A training of several begins."""
        self._reporter.member_begins(name, number, count)
        self._stop.training_begins(number)

    def epoch(self, row: Mapping[str, float], best_epoch: int) -> None:
        """An epoch has ended."""
        self._reporter.epoch(row, best_epoch)
        self._stop.epoch_ended(int(row["epoch"]))
