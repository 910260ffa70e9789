"""A lock on a folder that ends with the process that holds it, however that ends."""

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

LOCK = "lock"
"""The file in the folder that the operating system locks; that it is there says nothing, a killed process leaves it."""
HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""What systems answer where somebody else has the lock."""

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


TRIES, PAUSE = 3, 0.05
"""How often a lock is asked for, and seconds between: who only looks (:func:`is_locked`) has it for a moment."""


def is_locked(folder: Path) -> bool:
    """Whether a process holds the lock of a folder; False, too, where that cannot be known."""
    try:
        descriptor = os.open(str(folder / LOCK), os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(descriptor)
    except OSError as error:
        return error.errno in HELD
    else:
        return False
    finally:
        os.close(descriptor)


class FolderLock:
    """Held from when it is made until it is released or the process is gone; a second one is refused."""

    def __init__(self, folder: Path) -> None:
        """Lock a folder that is there.

        Raises:
            BlockingIOError: it is locked.
            OSError: no file can be made in it.
        """
        self._path = folder / LOCK
        self.holds = True
        """False where the file system knows no locks: then nothing keeps a second one away."""
        self._descriptor = os.open(str(self._path), os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock_soon(self._descriptor)
            # whoever had it before may have deleted the file since it was opened here
            gone = not os.path.samestat(os.fstat(self._descriptor), os.stat(str(self._path)))  # noqa: PTH116
        except OSError as error:
            self.holds, gone = False, error.errno in (*HELD, errno.ENOENT)
        if gone:
            os.close(self._descriptor)
            raise BlockingIOError(errno.EWOULDBLOCK, os.strerror(errno.EWOULDBLOCK), str(self._path))

    def release(self) -> None:
        """Give it back, and delete its file; a second time does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor < 0:
            return
        try:
            self._path.unlink()
            os.close(descriptor)
        except OSError:  # Windows does not delete what is open
            os.close(descriptor)
            with suppress(OSError):
                self._path.unlink()


def _lock_soon(descriptor: int) -> None:
    for _ in range(TRIES - 1):
        try:
            _lock(descriptor)
        except OSError as error:  # noqa: PERF203 - there are few
            if error.errno not in HELD:
                raise
            time.sleep(PAUSE)
        else:
            return
    _lock(descriptor)
