"""The chief's run folder, again on the driver's side: the chief may be on a machine that shares no disk with it."""

import shutil
from pathlib import Path, PurePosixPath
from typing import Dict, Iterator, Tuple

from fcnn.files import atomic_write
from fcnn.jobs.on_ray.mailbox import Files
from fcnn.runs.folder import LOG, RECEIPT

OWN = (LOG, "lock")
"""Files that each side has for itself."""


class Mirror:
    """Sees what changes in a folder. Its files are replaced as a whole, so that none is read half written."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._seen: Dict[str, Tuple[int, int]] = {}

    def changes(self, folder: Path, complete: bool = False) -> Files:
        """What is another file than before, and what is gone; the file that makes a run complete comes last."""
        found: Dict[str, Tuple[int, int]] = {}
        written: Dict[str, bytes] = {}
        for path in sorted(_files(folder), key=lambda path: (path.name == RECEIPT, path)):
            name = path.relative_to(folder).as_posix()
            try:
                status = path.stat()
                found[name] = (status.st_mtime_ns, status.st_size)
                if found[name] != self._seen.get(name):
                    written[name] = path.read_bytes()
            except FileNotFoundError:  # deleted meanwhile
                found.pop(name, None)
        gone = tuple(name for name in self._seen if name not in found)
        self._seen = found
        return Files(written, gone, complete)


def apply(files: Files, folder: Path) -> None:
    """Make the same changes in another folder.

    Raises:
        OSError: something cannot be written.
    """
    for name, content in files.written.items():
        path = folder / _below(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path, "wb") as file:
            file.write(content)
    for name in files.gone:
        path = folder / _below(name)
        if path.exists():
            path.unlink()
        if path.parent != folder and path.parent.is_dir() and not any(path.parent.iterdir()):
            shutil.rmtree(str(path.parent))


def _below(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    assert not path.is_absolute()
    assert ".." not in path.parts
    return path


def _files(folder: Path) -> Iterator[Path]:
    """The files of a run: not those that are being written, nor what each side has for itself."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith(".") and path.relative_to(folder).as_posix() not in OWN:
            yield path
