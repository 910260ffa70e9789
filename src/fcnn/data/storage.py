"""Where a table goes that needs more memory than it may take, and what is said where there is no room for it."""

import errno
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Iterator, Optional

from fcnn.data.memory import size_text
from fcnn.errors import DataError, Problem
from fcnn.wording import Said, say

if TYPE_CHECKING:
    from fcnn.data.readers import Readers

Working = Callable[[str, int, int], None]
"""Is told how far a phase has come: its name, how much is done, and of how much; 0 where that is not known."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if hasattr(errno, "EDQUOT") else (errno.ENOSPC, errno.EFBIG)

READING, LOOKING, ENCODING, CHECKING = say("reading"), say("looking at columns"), say("encoding"), say("checking")
"""The phases of a table."""


def nobody(*_: object) -> None:
    """Is told, and does nothing."""


@dataclass(frozen=True)
class Storage:
    """A place on the disk, who is told what happens there, and who shares the work."""

    folder: Path
    """It is made when it is needed; whatever lies in it can be deleted while nobody works with it."""
    limit: int
    """Bytes of memory from which on a table with its matrices goes there."""
    working: Working = nobody
    tell: Callable[[Said], None] = nobody
    """Is told a sentence now and then."""
    readers: "Optional[Readers]" = None
    """The processes that read the same table, each its share of it; None where this one reads it alone."""

    def make(self) -> None:
        """Make the folder.

        Raises:
            DataError: it cannot be made.
        """
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)

    def check_room(self, needed: float) -> None:
        """Raise a DataError where so many bytes have no room on the disk.

        Args:
            needed: bytes, beside what is written there already.
        """
        self.make()
        with writing(self.folder):
            free = shutil.disk_usage(str(self.folder)).free
        if needed > free:
            raise DataError(_no_room(self.folder, needed, free))


@contextmanager
def writing(folder: Path, needed: float = 0.0) -> Iterator[None]:
    """What goes wrong on the disk within is a DataError.

    Args:
        folder: the place that is written to.
        needed: bytes that are about to be written, for the error of a full disk.
    """
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DataError(_no_room(folder, needed, shutil.disk_usage(str(folder)).free)) from error
        message = say("cannot be written: {error}", error=error.strerror or str(error))
        raise DataError(Problem(message, str(folder), hint=_elsewhere())) from error


def _no_room(folder: Path, needed: float, free: int) -> Problem:
    message = say(
        "the table is larger than data.memory and needs about {needed} on this disk, where {free} are free",
        needed=size_text(needed),
        free=size_text(free),
    )
    return Problem(message, str(folder), hint=_elsewhere())


def _elsewhere() -> Said:
    return say("choose another disk: run.dir=FOLDER; or learn from fewer columns or rows")
