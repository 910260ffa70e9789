"""A lock on a folder that ends with the process that holds it, however that ends."""

import errno
import os
import sys
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
            _lock(self._descriptor)
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
