"""A request to stop a training; needs nothing heavy, so that a signal handler can have it early."""

from typing import Callable, List, Optional


class Stop:
    """A request to stop after the steps that are running."""

    reason: Optional[str] = None
    """``interrupted``, ``terminated``, or None: go on."""

    def requested(self) -> bool:
        """Whether somebody wants it to stop."""
        return self.reason is not None

    def agreed(self, reason: Optional[str]) -> Optional[str]:
        """Why a training ends, where this process has a reason, or else another that trains with it; None: it goes on.

        Args:
            reason: of this process.
        """
        return reason


class SharedStop(Stop):
    """The requests of several processes as one: where one of them wants to stop, all do, and at the same place.

    Whoever asks, asks all; so all must ask as often.
    """

    def __init__(self, own: Stop, all_gather: Callable[[bytes], List[bytes]]) -> None:
        """Hear what others say.

        Args:
            own: the request of this process.
            all_gather: of :class:`fcnn.training.meeting.Meeting`.
        """
        self._own = own
        self._all_gather = all_gather

    def requested(self) -> bool:
        """Whether somebody wants it to stop, in any of the processes."""
        if self.reason is None:
            self.reason = self.agreed(self._own.reason)
        return self.reason is not None

    def agreed(self, reason: Optional[str]) -> Optional[str]:
        """The reason of the first process that has one."""
        reasons = self._all_gather((reason or "").encode("ascii"))
        return next((each.decode("ascii") for each in reasons if each), None)
