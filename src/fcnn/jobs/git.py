"""The git revision of the working folder, as far as git tells it at once."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Optional

from fcnn.runs.receipt import Git

SECONDS = 2.0
"""That git has to answer: a large repository on a slow disk must not keep a training waiting."""
COMMAND = ("-c", "core.fsmonitor=false", "status", "--porcelain=v2", "--branch", "--untracked-files=no",
           "--ignore-submodules=all", "--no-renames")  # fmt: skip
"""Tells commit and changes in one; a repository's own config may not name a program that it runs."""


def git_of(folder: Path) -> Optional[Git]:
    """The revision of the repository that a folder is in; None where it is in none, or git cannot tell.

    Never raises, and never takes longer than `SECONDS`.
    """
    try:
        if not any((parent / ".git").exists() for parent in (folder, *folder.parents)):
            return None
        program = shutil.which("git")
        if program is None:
            return None
        done = subprocess.run(
            [program, *COMMAND],
            cwd=str(folder),
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return read_status(done.stdout.decode("utf-8", "replace"))


def read_status(text: str) -> Optional[Git]:
    """What `COMMAND` says; None where there is no commit yet."""
    lines = text.splitlines()
    revision = next((line[len("# branch.oid ") :] for line in lines if line.startswith("# branch.oid ")), "(initial)")
    if not revision.isalnum():
        return None
    return Git(revision, any(not line.startswith("#") for line in lines))
