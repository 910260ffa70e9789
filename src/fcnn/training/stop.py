"""A request to stop a training; needs nothing heavy, so that a signal handler can have it early."""

from typing import Optional


class Stop:
    """A request to stop after the steps that are running."""

    reason: Optional[str] = None
    """``interrupted``, ``terminated``, or None: go on."""

    def requested(self) -> bool:
        """Whether somebody wants it to stop."""
        return self.reason is not None
