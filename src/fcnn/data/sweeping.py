"""Folders that are being written, and what killed processes left of them."""

import os
import shutil
import socket
from pathlib import Path

PARTIAL = ".partial"


def new_partial(folder: Path) -> Path:
    """Make the folder that this process writes until it is complete: ``<folder>.<host>.<process>.partial``."""
    partial = folder.with_name(f"{folder.name}.{_host()}.{os.getpid()}{PARTIAL}")
    shutil.rmtree(str(partial), ignore_errors=True)  # of a process that had the same number
    partial.mkdir()
    return partial


def sweep(folder: Path) -> None:
    """Delete what processes of this machine that are no more left of folders beside this one."""
    import psutil

    for partial in folder.parent.glob(f"*.{_host()}.*{PARTIAL}"):
        number = partial.name.split(".")[-2]
        if number.isdigit() and not psutil.pid_exists(int(number)):
            shutil.rmtree(str(partial), ignore_errors=True)


def _host() -> str:
    return "".join(character if character.isalnum() else "-" for character in socket.gethostname()) or "host"
