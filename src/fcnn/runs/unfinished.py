"""Runs that were killed: finding their folders, and what they wrote down when they began."""

import os
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import msgspec
from msgspec import Struct

from fcnn.errors import Problem, RunError, did_you_mean
from fcnn.files import write_json
from fcnn.runs.folder import (
    CHECKPOINTS,
    CONFIG,
    LATEST,
    MOMENT,
    PARTIAL,
    RECEIPT,
    has_checkpoint,
    is_run,
    list_runs,
    partial_of,
)
from fcnn.runs.receipt import Origin
from fcnn.wording import say

VERSIONS = ("tensorflow", "keras", "numpy")
"""Packages on which the bits of a training depend."""
BEGUN = "begun.json"
"""Beside the checkpoints."""


class TableFile(Struct, frozen=True):
    """A file of the table."""

    path: str
    sha256: str


class Repeated(Struct, frozen=True):
    """Several trainings of one run."""

    kind: str
    count: int
    ensemble: bool = False


class Begun(Struct, frozen=True, kw_only=True):
    """What must be the same when a run goes on."""

    config: str
    """The SHA-256 of its ``config.yaml``."""
    files: Tuple[TableFile, ...]
    versions: Dict[str, str]
    """Of fcnn, TensorFlow, Keras and NumPy."""
    repeats: Optional[Repeated]
    """None where the run is one training."""
    origin: Optional[Origin] = None
    """Who asked for it the first time."""


def write_begun(partial: Path, begun: Begun) -> None:
    """Write ``begun.json``, with the folder of the checkpoints where there is none yet."""
    (partial / CHECKPOINTS).mkdir(exist_ok=True)
    write_json(partial / CHECKPOINTS / BEGUN, msgspec.to_builtins(begun))


def read_begun(partial: Path) -> Optional[Begun]:
    """Read ``begun.json``; None where the run was killed before it was written.

    Raises:
        RunError: it is damaged.
    """
    path = partial / CHECKPOINTS / BEGUN
    if not path.exists() and not has_checkpoint(partial):
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Begun)
    except (OSError, msgspec.DecodeError) as error:
        hint = say("what was trained cannot be used: delete {folder}, and train again", folder=partial)
        raise RunError(Problem(say("is damaged: {reason}", reason=str(error)), str(path), hint=hint)) from error


def can_go_on(partial: Path) -> bool:
    """Whether ``--resume`` needs no config for a partial folder: it has one, or lacks nothing at all."""
    return is_written(partial) or ((partial / CONFIG).is_file() and (partial / CHECKPOINTS / BEGUN).is_file())


def is_written(partial: Path) -> bool:
    """Whether a partial folder has all files of a run, and lacks nothing but its name."""
    return (partial / RECEIPT).is_file()


def find_begun(text: str, runs: Path = Path("runs")) -> Path:
    """The folder that a run has, or will have when it is complete.

    Args:
        text: a path or the name of a folder below `runs`, with or without ``.partial``; ``latest`` is the newest
            partial one.
        runs: the folder of run folders.

    Raises:
        RunError: there is none.
    """
    if text == LATEST and not any(_is_there(folder) or _is_there(partial_of(folder)) for folder in _named(text)):
        found = list_partial(runs)
        if not found:
            raise RunError(Problem(say("there is no run that was killed"), str(runs)))
        return final_of(found[-1].absolute())
    candidates = [*_named(text), *_named(runs / text)]
    for folder in candidates:
        if is_run(folder) or _is_there(partial_of(folder)):
            return folder
    for folder in candidates:
        if _is_there(folder):
            message = say("is no run folder, and there is no {partial}", partial=partial_of(folder).name)
            raise RunError(Problem(message, str(folder)))
    names = [final_of(folder).name for folder in (*list_partial(runs), *list_runs(runs))]
    hint = did_you_mean(final_of(Path(text)).name, [*names, LATEST])
    raise RunError(Problem(say("there is no such run"), text, hint=hint))


def _named(path: Any) -> List[Path]:
    """The final folder that a text means, absolute; none where no folder can be called so."""
    folder = Path(os.path.abspath(path)) if "\0" not in str(path) else None  # noqa: PTH100 - as fcnn.runs.folder
    return [] if folder is None or not folder.name else [final_of(folder)]


def final_of(folder: Path) -> Path:
    """The folder that a partial one is to become; any other one is itself."""
    bare = folder.name[: -len(PARTIAL)]
    return folder.with_name(bare) if folder.name.endswith(PARTIAL) and bare else folder


def _is_there(folder: Path) -> bool:
    return os.path.isdir(folder)  # noqa: PTH112 - Path.is_dir raises where the name is too long


def list_partial(runs: Path) -> List[Path]:
    """The partial folders below a folder, the one that was written last at the end."""
    found = [folder for folder in runs.glob(f"*{PARTIAL}") if folder.is_dir()]
    return sorted(found, key=lambda folder: (_last_written(folder), folder.name))


def make_last(partial: Path) -> None:
    """Let a run that begins, or goes on, come last in :func:`list_partial`, even where the clock was set back since."""
    others = (other for other in list_partial(partial.parent) if other.name != partial.name)
    newest = max(map(_last_written, others), default=0)
    if _last_written(partial) <= newest:
        os.utime(str(partial / CHECKPOINTS / BEGUN), ns=(newest + MOMENT, newest + MOMENT))


def _last_written(partial: Path) -> int:
    try:
        return max(path.stat().st_mtime_ns for path in (partial, *(partial / CHECKPOINTS).glob("*")))
    except OSError:  # it was completed just now
        return 0
