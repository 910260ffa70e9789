"""What the figures hold for, and what every benchmark prints alike."""

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Iterable, Sequence


def described(*packages: str) -> str:
    """Python, the versions of packages, the processors and how busy they are with other work, in one line."""
    versions = ", ".join(f"{NAMES.get(package, package)} {version(package)}" for package in packages)
    return f"Python {sys.version.split()[0]}, {versions}, {processors()} processors{_model()}{_load()}"


NAMES = {"tensorflow": "TensorFlow", "keras": "Keras", "numpy": "NumPy", "torch": "PyTorch"}
"""Packages that write themselves otherwise than they are installed."""


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def peak_memory() -> int:
    """The most memory that this process ever had, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent had when this process was forked
        return next(int(line.split()[1]) << 10 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _model() -> str:
    """The processor's name in brackets, where the system tells it."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((f" ({line.split(':', 1)[1].strip()})" for line in lines if line.startswith("model name")), "")


def _load() -> str:
    """The load of the last minute, where the system tells it."""
    return f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is text."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
