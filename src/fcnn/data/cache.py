"""Encoded tables on the disk, so that a second run with the same table need not read it again.

``<folder>/<key>/`` has everything of a :class:`fcnn.data.parts.Dataset`; the key is that of the files' contents, of
what the config says of the data, of the seed, and of what did the work. It is written as ``.partial`` and renamed:
what is there is whole. ``<folder>/files/`` remembers the hashes of files by their size and times. All of it can be
deleted at any time.
"""

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Callable, Optional, Sequence, Tuple

import msgspec

import fcnn
from fcnn.config.structs import Data
from fcnn.data.cache_files import FORMAT, Damaged, read_dataset, write_dataset
from fcnn.data.known_files import KnownFiles
from fcnn.data.parts import Dataset
from fcnn.data.storage import CHECKING, Storage, writing
from fcnn.data.stored import StoredMatrix
from fcnn.data.sweeping import new_partial, sweep
from fcnn.errors import Problem
from fcnn.wording import say

LIBRARIES = ("numpy", "pandas", "scikit-learn")
"""What parses, rounds and shuffles."""
NOT_THE_TABLE = ("path", "validation_path", "test_path", "memory")
"""Keys of ``data`` that say where the table lies and how it is worked on, not what becomes of it."""


class Cache:
    """The place of one encoded table."""

    def __init__(
        self,
        storage: Storage,
        data: Data,
        paths: Sequence[Path],
        seed: int,
        parts_of_files: Sequence[str] = (),
        problems: Tuple[Problem, ...] = (),
        fold: str = "",
    ) -> None:
        """Say what would be encoded.

        Args:
            storage: where the caches lie.
            data: the config's section.
            paths: the files that ``data.path`` means.
            seed: of the split.
            parts_of_files: the part of the split that each file is.
            problems: the findings that come first, and tell of the config: they are not kept.
            fold: which part of a cross-validation it is.
        """
        self.storage = storage
        self.known = KnownFiles(storage.folder / "files")
        self._paths = tuple(paths)
        self._problems = problems
        said = {key: value for key, value in msgspec.to_builtins(data).items() if key not in NOT_THE_TABLE}
        self._what = {
            "format": FORMAT,
            "fcnn": fcnn.__version__,
            "libraries": {name: metadata.version(name) for name in LIBRARIES},
            "files": [path.name for path in paths],  # findings name them
            "parts": list(parts_of_files),
            "data": said,
            "seed": seed,
            "fold": fold,
        }

    def share(self, names: Sequence[str], kept: Sequence[bool]) -> None:
        """Share the reading with other processes only where all have to read the same: else each reads for itself.

        Args:
            names: of the table's columns.
            kept: whether this process has the encoded table, or those of each fold.
        """
        if self.storage.readers is None:
            return
        sizes = [path.stat().st_size if path.is_file() else -1 for path in self._paths]
        if not self.storage.readers.agree({**self._what, "bytes": sizes, "names": names, "kept": kept}):
            self.storage = replace(self.storage, readers=None)

    def find(self) -> Optional[Dataset]:
        """The encoded table, if it is there; one that is damaged is deleted."""
        if not any(self.storage.folder.glob("*/dataset.json")):
            return None
        try:
            folder = self._folder()
        except OSError:  # whoever reads the table says what is wrong with its files
            return None
        dataset = self._read(folder)
        if dataset is not None:
            with suppress(OSError):  # it only spares the hashing next time
                self.known.remember(self._paths)
            self.storage.tell(say("starting from the encoded table in {folder}", folder=str(folder)))
        return dataset

    def make(self, encode: Callable[[Path], Dataset]) -> Dataset:
        """Write an encoded table.

        Args:
            encode: is given the folder in which the matrices must be, and returns all that is to be written.

        Raises:
            DataError: what `encode` raises, or there is no room on the disk.
        """
        folder = self._folder()
        self.storage.make()
        with writing(self.storage.folder):
            sweep(folder)
            partial = new_partial(folder)
        try:
            dataset = encode(partial)
            self.storage.working(CHECKING, 1, 1)
            with writing(self.storage.folder):
                write_dataset(partial, dataset, len(self._problems))
                return self._renamed(dataset, partial, folder)
        finally:
            shutil.rmtree(str(partial), ignore_errors=True)

    def _renamed(self, dataset: Dataset, partial: Path, folder: Path) -> Dataset:
        """Give the folder its name, unless another process made the same one in the meantime."""
        if folder.exists():
            found = self._read(folder)
            if found is not None:
                return found
        try:
            partial.rename(folder)
        except OSError:
            found = self._read(folder)
            if found is None:
                raise
            return found
        self.known.remember(self._paths)
        parts = {
            name: replace(part, x=part.x.moved(folder) if isinstance(part.x, StoredMatrix) else part.x)
            for name, part in dataset.parts.items()
        }
        return replace(dataset, parts=parts)

    def _read(self, folder: Path) -> Optional[Dataset]:
        """What is in a folder; None where nothing is, or what is there is no good and therefore deleted."""
        if not folder.exists():
            return None
        try:
            return read_dataset(folder, self._problems, self._paths)
        except Damaged as error:
            message = say("the encoded table in {folder} is damaged ({what}) and is made anew",
                          folder=str(folder), what=str(error))  # fmt: skip
            self.storage.tell(message)
            shutil.rmtree(str(folder), ignore_errors=True)
            return None

    def _folder(self) -> Path:
        """Where it lies, or will."""
        hashes = [self.known.sha256(path) for path in self._paths]
        text = json.dumps({**self._what, "sha256": hashes}, sort_keys=True)
        return self.storage.folder / hashlib.sha256(text.encode()).hexdigest()[:32]
