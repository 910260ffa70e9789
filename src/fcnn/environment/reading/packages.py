"""What is installed in the folders of an import path, from the names of the metadata folders there.

``numpy-1.19.5.dist-info``: a name is right where a METADATA file inside may be damaged, and listing folders is about
ten times faster than parsing them.
"""

# ruff: noqa: PTH112, PTH113, PTH118, PTH123
# (no pathlib here: a Path for each of a thousand entries costs more than all the rest, and every start runs this)

import os
import re
from typing import Dict, Iterable, List, NamedTuple, Tuple

from fcnn.environment.facts import normalised


class Packages(NamedTuple):
    """What the folders on an import path say is installed."""

    versions: Dict[str, str]
    """Normalised name to version."""
    duplicates: Dict[str, Tuple[str, ...]]
    """Packages with several metadata folders in one place."""
    leftovers: Tuple[str, ...]
    """Metadata folders that count for nothing."""
    folders: Dict[str, str]
    """Normalised name to the path of its metadata folder."""


def read_packages(path: Iterable[object]) -> Packages:
    """Read what is installed in the folders of an import path; the first folder that has a package wins.

    Never raises: a folder that cannot be read holds nothing.
    """
    versions: Dict[str, str] = {}
    duplicates: Dict[str, Tuple[str, ...]] = {}
    leftovers: List[str] = []
    folders: Dict[str, str] = {}
    for folder in dict.fromkeys(item or os.curdir for item in path if isinstance(item, str)):
        here: Dict[str, List[Tuple[float, str, str]]] = {}
        for entry in _metadata_folders(folder):
            name, version = _name_and_version(entry)
            if not name or not version or name.startswith("~"):
                leftovers.append(entry.name)
                continue
            here.setdefault(normalised(name), []).append((_changed(entry), version, entry.path))
        for name, found in here.items():
            if name in versions:
                continue  # an earlier folder on the import path hides this one
            # Of two folders for one package the younger tells what was unpacked last, so what is there.
            _, versions[name], folders[name] = max(found)
            if len(found) > 1:
                duplicates[name] = tuple(sorted(version for _, version, _ in found))
    return Packages(versions, duplicates, tuple(sorted(leftovers)), folders)


def _metadata_folders(folder: str) -> List["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
    except (OSError, ValueError):  # not there, a zip file, not ours to read; a name with a null byte
        return []
    return sorted(found, key=lambda entry: entry.name)


def _name_and_version(entry: "os.DirEntry[str]") -> Tuple[str, str]:
    """Name and version of the distribution an entry describes; an empty version where it is not whole."""
    stem, _, kind = entry.name.rpartition(".")
    if kind == "dist-info":
        name, _, version = stem.rpartition("-")
        return name, version if os.path.isfile(os.path.join(entry.path, "METADATA")) else ""
    # numpy-1.24.2-py3.11.egg-info, as Debian and conda write it
    stem = re.sub(r"-py\d[\d.]*(-.*)?$", "", stem)
    name, dash, version = stem.partition("-")
    return name, version if dash else _version_line(entry.path)


def _version_line(path: str) -> str:
    """The version inside an egg-info without one in its name, as an old ``pip install -e`` leaves it."""
    file = os.path.join(path, "PKG-INFO") if os.path.isdir(path) else path
    try:
        with open(file, "rb") as stream:
            head = stream.read(4096).decode("utf-8", "replace")
    except OSError:
        return ""
    found = re.search(r"^Version:[ \t]*(\S+)", head, re.MULTILINE)
    return found.group(1) if found else ""


def _changed(entry: "os.DirEntry[str]") -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0
