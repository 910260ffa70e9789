"""What the folder of a run may not do, seen before a file of it is read: lead elsewhere, wait, fill the memory."""

import os
import stat
from pathlib import Path
from typing import Iterator, Optional

from fcnn.errors import Problem, RunError
from fcnn.wording import say

LARGEST = 100 << 20
"""Bytes of a text file of a run: it is read as a whole. The largest that fcnn writes are a tenth of it."""
STREAMED = ("predictions.csv", "log.txt", "report.html")
"""Text files that may be larger: they are read piece by piece, or not at all."""
TEXTS = (".json", ".csv", ".yaml")


def check_folder(folder: Path) -> Path:
    """The run folder itself, when all that is in it is files and folders of its own.

    Raises:
        RunError: with a problem for each link that leads out of it or nowhere, for each pipe or device, and for each
            text that is too large to be one of fcnn's.
    """
    problems = [*_problems(folder)]
    if problems:
        raise RunError(*problems)
    return folder


def _problems(folder: Path) -> Iterator[Problem]:
    root = os.path.realpath(folder)
    for parent, folders, files in os.walk(str(folder)):  # follows no links
        for name in [*folders, *files]:
            problem = _problem(Path(parent, name), root, name in folders)
            if problem is not None:
                yield problem


def _problem(path: Path, root: str, is_folder: bool) -> Optional[Problem]:
    """What is wrong with a file or a folder, where something is."""
    try:
        if path.is_symlink() and os.path.commonpath([root, os.path.realpath(path)]) != root:
            message = say("is a link that leads out of the run folder")
            return Problem(message, str(path), hint=say("put the file itself in its place, if you trust it"))
        found = path.stat()
    except (OSError, ValueError) as error:  # a link to itself or to nothing; on Windows, to another drive
        reason = getattr(error, "strerror", None) or str(error)
        return Problem(say("cannot be read: {error}", error=reason), str(path))
    if not is_folder and not stat.S_ISREG(found.st_mode):
        return Problem(say("is no plain file"), str(path))
    if path.suffix in TEXTS and path.name not in STREAMED and found.st_size > LARGEST:
        received = f"{found.st_size / 1e6:,.0f} MB"
        return Problem(say("is too large for a file of a run"), str(path), f"{LARGEST / 1e6:,.0f} MB", received)
    return None
