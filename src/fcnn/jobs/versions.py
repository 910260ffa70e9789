"""Versions of installed packages, read from their metadata: importing them takes seconds."""

from importlib.metadata import PackageNotFoundError, version
from typing import Dict, Iterable

import fcnn
from fcnn.runs.unfinished import VERSIONS


def installed_versions(packages: Iterable[str]) -> Dict[str, str]:
    """Package -> version, without those that are not installed."""
    found = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # noqa: PERF203 - a few packages
            continue
    return found


def versions_of_training() -> Dict[str, str]:
    """Of fcnn, and of the packages on which the bits of a training depend."""
    return {"fcnn": fcnn.__version__, **installed_versions(VERSIONS)}
