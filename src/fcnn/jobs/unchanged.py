"""Whether the files of a table are still those that a run learnt from."""

from pathlib import Path
from typing import Any, Iterator, Mapping, Optional, Sequence

from fcnn.errors import DataError, Problem
from fcnn.files import sha256
from fcnn.wording import say

BACK = say("bring the file back, or train again")
"""What to do about another file, where nothing else helps."""


def check_unchanged(
    files: Sequence[Mapping[str, Any]], paths: Optional[Sequence[Path]] = None, hint: str = BACK
) -> None:
    """See whether files hold what a run was trained on.

    Args:
        files: what the run knows of each: ``path`` and ``sha256``.
        paths: where they are now, in the same order; None for where they were.
        hint: what to do about one that does not.

    Raises:
        DataError: naming each file that is gone or another one.
    """
    now = [Path(file["path"]) for file in files] if paths is None else paths
    problems = [problem for file, path in zip(files, now) for problem in _changed(path, file["sha256"], hint)]
    if problems:
        raise DataError(*problems)


def _changed(path: Path, expected: str, hint: str) -> Iterator[Problem]:
    """What is to be said of a file that should have this SHA-256."""
    try:
        if path.exists() and not path.is_file():  # a pipe would wait for its other end
            raise OSError(say("is no plain file"))
        found = sha256(path)
    except OSError as error:
        reason = error.strerror or str(error)
        message = say("the table that the run was trained on cannot be read: {reason}", reason=reason)
        yield Problem(message, str(path), hint=hint)
        return
    if found != expected:
        yield another_table(path, f"SHA-256 {expected[:12]}...", f"{found[:12]}...", hint)


def another_table(path: Path, expected: str = "", received: str = "", hint: str = BACK) -> Problem:
    """What is said of a file that is not what it was when the run learnt from it."""
    return Problem(say("is not the table that the run was trained on"), str(path), expected, received, hint)
