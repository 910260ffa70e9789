"""What workers and driver tell each other: calls of a reporter, files, problems, and that it is to stop."""

from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from fcnn.errors import Problem


class Told(NamedTuple):
    """The chief's reporter was told something."""

    method: str
    """Of :class:`fcnn.jobs.reporter.Reporter`."""
    arguments: Tuple[Any, ...]


class Files(NamedTuple):
    """What changed in the chief's run folder."""

    written: Dict[str, bytes]
    """Contents by path below the folder, with ``/`` between its parts."""
    gone: Tuple[str, ...]
    """Files that are there no longer."""
    complete: bool
    """Whether the run folder is whole, and nothing will follow."""


class Failed(NamedTuple):
    """A worker failed, in a way that is understood; an exception would come back from Ray without its problems."""

    error: str
    """The class in :mod:`fcnn.errors`."""
    problems: Tuple[Problem, ...]
    is_loss: bool
    """Whether it failed because another one was lost."""


class Mailbox:
    """An actor of Ray: it belongs to the driver, and ends with it.

    What a worker posts is taken in the order in which it was posted.
    """

    def __init__(self, begun_with: Optional[Files] = None) -> None:
        """Begin with nothing.

        Args:
            begun_with: what there is of a run that goes on.
        """
        self._begun_with = begun_with
        self._posted: List[Any] = []
        self._workers: List[int] = []
        self._reason: Optional[str] = None

    def begin(self, worker: int) -> bool:
        """A worker is there; False where it was there before: Ray has started it once more."""
        first = worker not in self._workers
        self._workers.append(worker)
        return first

    def begun(self) -> int:
        """How many workers have been there."""
        return len(self._workers)

    def begun_with(self) -> Optional[Files]:
        """What there is of the run, where it goes on; it is in here, and not in what Ray sends to each worker."""
        return self._begun_with

    def post(self, letter: Any) -> None:
        """Keep a :class:`Told`, :class:`Files` or :class:`Failed` for the driver."""
        self._posted.append(letter)

    def take(self) -> Sequence[Any]:
        """Everything that was posted since the driver took it last."""
        posted, self._posted = self._posted, []
        return posted

    def ask_to_stop(self, reason: str) -> None:
        """The driver wants the training to end; the best epoch so far is kept."""
        self._reason = reason

    def reason(self) -> Optional[str]:
        """Why the training is to end; None where it is to go on."""
        return self._reason
