"""What the metadata of packages says: what they require, and what installed them."""

# ruff: noqa: PTH118
# (no pathlib: see packages.py)

import os
import re
from typing import Dict, List, Mapping, NamedTuple, Optional, Tuple

from fcnn.environment.reading.safely import is_folder, printable, start_of, text_of

_FIRST_LOOK = 1 << 14
_LONGEST_HEADERS = 1 << 20
_LONGEST_REQUIREMENT = 10_000
_REQUIRES = re.compile(rb"^Requires-Dist:[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
_NAME = re.compile(rb"^Name:[ \t]*[A-Za-z0-9]", re.MULTILINE)


class Metadata(NamedTuple):
    """What the metadata of an environment's packages says."""

    requires: Dict[str, Tuple[str, ...]]
    """Normalised name to the package's own requirements, as they are written."""
    installers: Dict[str, str]
    """Normalised name to what installed it, where that is written down: ``pip``, ``uv``, ``conda``, ``poetry`` ..."""
    unreadable: Tuple[str, ...]
    """Paths of metadata that is damaged or not ours to read."""


def read_metadata(folders: Mapping[str, str]) -> Metadata:
    """Read the metadata of packages, given by normalised name and metadata folder.

    Never raises: what cannot be read is told in `unreadable`.
    """
    requires: Dict[str, Tuple[str, ...]] = {}
    installers: Dict[str, str] = {}
    unreadable: List[str] = []
    for name, folder in folders.items():
        path, is_egg = _file_of(folder)
        headers = _headers(path)
        if headers is None or not _NAME.search(headers):
            # An egg that is a zip file keeps its metadata to itself.
            if not path.endswith(os.path.join(".egg", "EGG-INFO")):
                unreadable.append(printable(path))
        else:
            lines = [_as_text(line) for line in _REQUIRES.findall(headers)]
            if is_egg:
                lines += _egg_requirements(text_of(os.path.join(folder, "requires.txt")))
            requires[name] = tuple(dict.fromkeys(line for line in lines if 0 < len(line) <= _LONGEST_REQUIREMENT))
        installer = read_installer(folder)
        if installer:
            installers[name] = installer
    return Metadata(requires, installers, tuple(sorted(unreadable)))


def read_installer(folder: str) -> str:
    """The first word of a metadata folder's INSTALLER file in lower case (``pip``); empty where there is none."""
    words = (start_of(os.path.join(folder, "INSTALLER"), 64) or b"").decode("ascii", "replace").lower().split()
    return words[0] if words and words[0].isalnum() and words[0].isascii() else ""


def _file_of(folder: str) -> Tuple[str, bool]:
    """The file with the headers of a package, and whether it is that of an egg."""
    if folder.endswith(".dist-info"):
        return os.path.join(folder, "METADATA"), False
    return (os.path.join(folder, "PKG-INFO") if is_folder(folder) else folder), True


def _headers(path: str) -> Optional[bytes]:
    """What stands before the first empty line, after which the description begins."""
    data: Optional[bytes] = b""
    for limit in (_FIRST_LOOK, _LONGEST_HEADERS):
        data = start_of(path, limit)
        if data is None:
            return None
        ends = [end for end in map(data.find, (b"\n\n", b"\r\n\r\n")) if end >= 0]
        if ends:
            return data[: min(ends)]
        if len(data) < limit:
            return data
    return data and data[: data.rfind(b"\n") + 1]  # whatever fitted, without a line that was cut


def _as_text(line: bytes) -> str:
    return " ".join(line.decode("utf-8", "replace").split())


def _egg_requirements(text: str) -> List[str]:
    """The lines of an egg's requires.txt in the words of Requires-Dist.

    ``[extra:marker]`` begins a section of what is required only then.
    """
    found, condition = [], ""
    for line in map(str.strip, text.splitlines()):
        section = re.match(r"\[([^\]:]*):?([^\]]*)\]$", line)
        if section:
            extra, marker = section.groups()
            terms = [f"({marker})"] if marker else []
            terms += [f'extra == "{extra}"'] if extra else []
            condition = " and ".join(terms)
        elif line and not line.startswith("#"):
            found.append(f"{line} ; {condition}" if condition else line)
    return found
