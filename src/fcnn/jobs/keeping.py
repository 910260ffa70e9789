"""What becomes of a run folder where writing it fails: nothing stays, or what a training can go on from."""

from contextlib import contextmanager, suppress
from typing import Iterator, Tuple

from fcnn.config.paths import shell_word
from fcnn.errors import ClusterError, FcnnError, OutOfMemoryError, Problem, TrainingError
from fcnn.jobs.reporter import Reporter
from fcnn.runs.folder import NewRun, has_checkpoint, not_writable
from fcnn.wording import say


@contextmanager
def keeping(folder: NewRun, reporter: Reporter, options: str = "") -> Iterator[None]:
    """Write a run folder in the block; where that fails, the partial one stays if it has a checkpoint.

    Args:
        folder: the run folder.
        reporter: is told what stays.
        options: of the command that goes on with it, beside ``--resume``.

    Raises:
        TrainingError: in place of an OSError.
    """
    try:
        reporter.opened(folder.partial)
        yield
        reporter.closed()
    except BaseException as error:
        # A loss that explodes, or a network that NumPy cannot repeat, would do so again.
        hopeless = isinstance(error, TrainingError) and not isinstance(error, (OutOfMemoryError, ClusterError))
        notes = () if hopeless else _kept(folder, options)
        if not isinstance(error, (FcnnError, OSError)):  # Ctrl-C, for one: it has no words of its own
            with suppress(OSError):
                for note in notes:
                    reporter.insist(note)
        with suppress(OSError):  # the disk may be full
            reporter.closed()
        problem = _not_written(folder, error) if isinstance(error, OSError) else None
        if not notes:
            folder.discard()
        if problem is not None:
            raise TrainingError(problem, *notes) from error
        if isinstance(error, (OutOfMemoryError, ClusterError)):
            raise type(error)(*error.problems, *notes) from error
        raise


def _not_written(folder: NewRun, error: OSError) -> Problem:
    """The problem of a run folder that cannot be written, or is no longer there."""
    if folder.partial.is_dir():
        return not_writable(folder.partial, error)
    message = say("the run folder is gone: it was moved or deleted while it was written")
    hint = say("if it was moved: move it back, and fcnn train --resume {run}", run=shell_word(str(folder.final)))
    return Problem(message, str(folder.partial), hint=hint)


def _kept(folder: NewRun, options: str) -> Tuple[Problem, ...]:
    """The note that a training can go on; nothing where it cannot."""
    if not has_checkpoint(folder.partial):
        return ()
    run = " ".join(word for word in (shell_word(str(folder.final)), options) if word)
    hint = say("to go on with it: fcnn train --resume {run}", run=run)
    return (Problem(say("what was trained so far is kept"), str(folder.partial), hint=hint, severity="note"),)
