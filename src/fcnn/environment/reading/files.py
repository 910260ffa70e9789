"""The files that packages wrote down in their RECORDs: which of them are gone, and which belong to several packages."""

# ruff: noqa: PTH118, PTH120
# (no pathlib: see packages.py)

import os
import re
from itertools import islice
from typing import Dict, Iterator, List, Mapping, NamedTuple, Tuple

from fcnn.environment.facts import MissingFiles
from fcnn.environment.names import STACK_NAMES
from fcnn.environment.reading.safely import WHOLE_FILE, is_gone, printable, start_of

_DEEPEST = 3
"""How many folders deep a file is looked for: below lie hundreds of __init__.py files that go with those above."""
_MARKS = (b"/__init__.py,", b".pyd,", b".so")
_LIBRARY = re.compile(rb".*\.so(\.\d+)*\Z", re.DOTALL)
_MODULE = re.compile(rb"^([A-Za-z_]\w*\.py),", re.MULTILINE)
_SMALL = 1 << 16
_LONGEST = 1 << 10
_MOST = 10_000
_TRIED_OUT = ("test", "tests", "testing", "examples")
"""Folders that a slimmed installation may lack."""


class Files(NamedTuple):
    """What the RECORDs of an environment say against the disk."""

    missing: Dict[str, MissingFiles]
    """Normalised names of packages of which files are gone."""
    owners: Dict[str, Tuple[str, ...]]
    """Import names that several packages own."""


def read_files(folders: Mapping[str, str]) -> Files:
    """Compare RECORDs with the disk for the packages that rules speak of.

    Looks for ``__init__.py`` files and compiled modules alone, and never raises: a RECORD that cannot be read
    lists nothing.

    Args:
        folders: Normalised name to metadata folder, of any packages.
    """
    missing: Dict[str, MissingFiles] = {}
    owners: Dict[Tuple[str, str], List[str]] = {}
    for name in STACK_NAMES:
        if name not in folders:
            continue
        site = os.path.dirname(folders[name])
        record = start_of(os.path.join(folders[name], "RECORD"), WHOLE_FILE) or b""
        listed = list(dict.fromkeys(islice(_listed(record), _MOST)))
        for file in listed:
            parts = file.split("/")
            if parts[1:] == ["__init__.py"]:
                owners.setdefault((site, parts[0]), []).append(name)
        gone = [file for file in listed if is_gone(os.path.join(site, *file.split("/")))]
        if gone:
            missing[name] = MissingFiles(len(gone), len(listed), printable(min(gone, key=_by_weight)))
    return Files(missing, {module: tuple(names) for (_, module), names in owners.items() if len(names) > 1})


def _listed(record: bytes) -> Iterator[str]:
    """The files of a RECORD to look for, relative to site-packages, with slashes.

    TensorFlow's RECORD has three megabytes: it is searched for what counts and not taken apart.
    """
    for mark in _MARKS:
        position = record.find(mark)
        while position >= 0:
            # Never more than a path can be long: in a damaged RECORD a line has no end.
            earliest, latest = max(0, position - _LONGEST), position + _LONGEST
            start = record.rfind(b"\n", earliest, position) + 1 or earliest
            end = record.find(b",", position, latest)
            if end >= 0 and (start > earliest or start == 0) and _counts(record[start:end]):
                yield record[start:end].decode("utf-8", "surrogateescape").replace("\\", "/")
            position = record.find(mark, position + len(mark))
    if len(record) < _SMALL:  # a package may be one file, as six is
        yield from (found.decode("ascii") for found in _MODULE.findall(record))


def _counts(path: bytes) -> bool:
    parts = path.replace(b"\\", b"/").split(b"/")
    if not parts[0] or b":" in path or b"\0" in path or b"\n" in path or b'"' in path or b".." in parts:
        return False
    return (
        len(parts) <= _DEEPEST + 1
        and not any(part.decode("ascii", "replace") in _TRIED_OUT for part in parts[:-1])
        and b"_tests." not in parts[-1]
        and (parts[-1].endswith((b".py", b".pyd")) or _LIBRARY.match(parts[-1]) is not None)
    )


def _by_weight(file: str) -> Tuple[int, bool, str]:
    """What sorts first is missed most: the package's own ``__init__.py``."""
    return file.count("/"), not file.endswith(".py"), file
