"""The process, where the command line has it to itself: what no other owner would want done to it."""

import atexit
import gc
import os
import sys
import threading
from typing import NoReturn

_own = False


def take() -> None:
    """The process runs one command of fcnn, and nothing else."""
    global _own
    _own = True


def is_own() -> bool:
    """Whether the process runs one command of fcnn, and nothing else."""
    return _own


def all_is_loaded() -> None:
    """Leave what is imported by now out of garbage collection: to search it again and again takes its time."""
    if _own and not gc.get_freeze_count():
        gc.freeze()


def leave(code: int) -> NoReturn:
    """End the process with a code, when its work is done and its files are closed.

    Python would first take apart what it has loaded, object by object, and TensorFlow its threads and its memory: the
    better part of a second with the result on the disk already. The functions that libraries registered for the end
    are called, and what was printed is out; the rest is the system's to free. Where a thread has work left, or the
    output cannot be written, the end is Python's own, which waits, or says so.
    """
    others = [thread for thread in threading.enumerate() if thread is not threading.current_thread()]
    if all(thread.daemon for thread in others):
        try:
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
        except Exception:
            sys.exit(code)
        os._exit(code)
    sys.exit(code)
