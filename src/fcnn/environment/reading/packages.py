"""What is installed in the folders of an import path, from the names of the metadata folders there.

``numpy-1.19.5.dist-info``: a name is right where a METADATA file inside may be damaged, and listing folders is about
ten times faster than parsing them.
"""

# ruff: noqa: PTH110, PTH118, PTH119
# (no pathlib here: a Path for each of a thousand entries costs more than all the rest, and every start runs this)

import os
import re
from typing import Dict, Iterable, Iterator, List, NamedTuple, Tuple

from fcnn.environment.facts import Hidden, normalised
from fcnn.environment.reading.safely import entries, is_file, is_folder, printable, start_of

_SITE_FOLDERS = ("site-packages", "dist-packages")


class Packages(NamedTuple):
    """What the folders on an import path say is installed."""

    versions: Dict[str, str]
    """Normalised name to version."""
    duplicates: Dict[str, Tuple[str, ...]]
    """Packages with several metadata folders in one place."""
    leftovers: Tuple[str, ...]
    """Paths of metadata folders that count for nothing, and of what an interrupted pip left."""
    folders: Dict[str, str]
    """Normalised name to the path of its metadata: a folder, or (some egg-info) a file."""
    places: Dict[str, str]
    """Normalised name to the folder of the import path that has it."""
    hidden: Dict[str, Hidden]
    """Packages of which a later folder has another version."""


class _Found(NamedTuple):
    """One package in one folder; the youngest sorts last."""

    changed: float
    version: str
    metadata: str


def read_packages(path: Iterable[object]) -> Packages:
    """Read what is installed in the folders of an import path; the first folder that has a package wins.

    Never raises: a folder that cannot be read holds nothing.
    """
    found = Packages({}, {}, (), {}, {}, {})
    leftovers: List[str] = []
    for folder in dict.fromkeys(item or os.curdir for item in path if isinstance(item, str)):
        here: Dict[str, List[_Found]] = {}
        for name, item in _packages_in(folder):
            if name and item.version:
                here.setdefault(normalised(name), []).append(item)
            else:
                leftovers.append(printable(item.metadata))
        for name, items in here.items():
            # Of two folders for one package the younger tells what was unpacked last, so what is there.
            _, version, metadata = max(items)
            if name in found.versions:
                if version != found.versions[name] and name not in found.hidden:
                    found.hidden[name] = Hidden(found.places[name], version, printable(folder))
                continue
            found.versions[name], found.folders[name] = version, metadata
            found.places[name] = printable(folder)
            if len(items) > 1:
                found.duplicates[name] = tuple(sorted(item.version for item in items))
    return found._replace(leftovers=tuple(sorted(dict.fromkeys(leftovers))))


def _packages_in(folder: str) -> Iterator[Tuple[str, _Found]]:
    """Each package of one folder, by the name it writes; with no name or version where nothing whole is there."""
    if folder.endswith(".egg"):
        # What setup.py install put on the path: the folder, or zip file, is the package.
        if os.path.exists(folder):
            name, version = _egg_name_and_version(os.path.basename(folder), folder)
            yield name, _Found(0.0, version, os.path.join(folder, "EGG-INFO"))
        return
    is_site = os.path.basename(folder) in _SITE_FOLDERS
    for entry in sorted(entries(folder), key=lambda item: item.name):
        if entry.name.endswith((".dist-info", ".egg-info")):
            name, version = _name_and_version(entry)
            left = name.startswith("~")
            yield ("" if left else printable(name)), _Found(_changed(entry), printable(version), entry.path)
        elif is_site and entry.name.startswith("~"):
            yield "", _Found(0.0, "", entry.path)


def _name_and_version(entry: "os.DirEntry[str]") -> Tuple[str, str]:
    """Name and version of the distribution an entry describes; an empty version where it is not whole."""
    stem, _, kind = entry.name.rpartition(".")
    if kind == "dist-info":
        name, _, version = stem.rpartition("-")
        return name, version if is_file(os.path.join(entry.path, "METADATA")) else ""
    return _egg_name_and_version(entry.name, entry.path)


def _egg_name_and_version(file_name: str, path: str) -> Tuple[str, str]:
    """Name and version as in ``numpy-1.24.2-py3.11.egg-info``, which Debian and conda write."""
    stem = re.sub(r"-py\d[\d.]*(-.*)?$", "", file_name.rpartition(".")[0])
    name, dash, version = stem.partition("-")
    return name, version if dash else _version_line(path)


def _version_line(path: str) -> str:
    """The version inside an egg-info without one in its name, as an old ``pip install -e`` leaves it."""
    head = start_of(os.path.join(path, "PKG-INFO") if is_folder(path) else path, 4096) or b""
    found = re.search(r"^Version:[ \t]*(\S+)", head.decode("utf-8", "replace"), re.MULTILINE)
    return found.group(1) if found else ""


def _changed(entry: "os.DirEntry[str]") -> float:
    try:
        return entry.stat().st_mtime
    except (OSError, ValueError):
        return 0.0
