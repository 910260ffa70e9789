"""The hashes of files, remembered by size and times: gigabytes need not be read to know that they are the same."""

import hashlib
from pathlib import Path
from typing import Dict, Iterable, List, Tuple

from fcnn.files import read_json, sha256, write_json


def identity(path: Path) -> List[int]:
    """What changes when a file does: size, time of the last change, number, and time of the last change of those.

    A program can set the first of the times back, and some do; the last one it cannot.
    """
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns]


class KnownFiles:
    """Hashes in a folder, a small file for each."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when something is remembered."""
        self._folder = folder
        self._found: Dict[Path, Tuple[List[int], str]] = {}
        self._new: Dict[Path, Tuple[List[int], str]] = {}
        """Those that are not written down."""

    def sha256(self, path: Path) -> str:
        """The SHA-256 of a file; the file is read only where it is not known.

        Raises:
            OSError: it cannot be read.
        """
        now = identity(path)
        if path in self._found and self._found[path][0] == now:
            return self._found[path][1]
        try:
            record = read_json(self._record(path))
            known = record["sha256"] if record["path"] == str(path) and record["identity"] == now else None
        except (OSError, ValueError, KeyError, TypeError):  # none, or none of ours
            known = None
        if isinstance(known, str):
            self._found[path] = now, known
        else:
            self._found[path] = self._new[path] = now, sha256(path)
        return self._found[path][1]

    def remember(self, paths: Iterable[Path]) -> None:
        """Write down the hashes of some files that were asked for.

        Raises:
            OSError: nothing can be written.
        """
        self._folder.mkdir(exist_ok=True)
        for path in paths:
            if path in self._new:
                seen, hashed = self._new.pop(path)
                write_json(self._record(path), {"path": str(path), "identity": seen, "sha256": hashed})

    def _record(self, path: Path) -> Path:
        return self._folder / f"{hashlib.sha256(str(path).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"
