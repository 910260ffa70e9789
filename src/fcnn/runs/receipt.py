"""``receipt.json``: what a run was made of, and the SHA-256 of every file that came of it.

It is written last, and again by whatever writes a file of a complete run again.
"""

from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Optional

import msgspec
from msgspec import Struct

from fcnn.errors import Problem, RunError
from fcnn.files import sha256, write_json
from fcnn.runs.folder import CHECKPOINTS, CONFIG, LOG, RECEIPT, WEIGHTS
from fcnn.runs.lock import LOCK
from fcnn.wording import say

FORMAT = 1
"""A newer one than this is refused."""
NOT_LISTED = (RECEIPT, LOG, LOCK)
"""Files without a hash in it: itself, what is still written to, and what is gone when the folder gets its name."""


class Git(Struct, frozen=True):
    """What the working folder was a part of."""

    revision: str
    """The commit, in hexadecimal."""
    dirty: bool
    """Whether a file that git knows was another than in that commit."""


class Origin(Struct, frozen=True, kw_only=True):
    """Who asked for a training, when and where."""

    command: Optional[List[str]]
    """As it was typed; None where Python code called."""
    started: str
    """The time, UTC."""
    git: Optional[Git]
    """None where the working folder is in no repository, or git cannot tell."""


class Conditions(Struct, frozen=True, kw_only=True):
    """What must be equal for the same bits to come out again, and why they would not even then."""

    python: str
    machine: str
    """``Linux x86_64``."""
    processor: str
    """What the processor is called; its caches and instructions decide in which order sums are taken."""
    cpu_flags: Optional[List[str]]
    """Instructions that it has of those that matter; None where that is not known."""
    processors: int
    """How many of them the process could use."""
    threads: int
    """Of one TensorFlow operation."""
    compile: str
    """``xla`` or ``graph``."""
    devices: List[str]
    """``CPU:0``, ``GPU:0`` ..."""
    workers: int
    """How many processes shared the rows."""
    hindrances: List[str]
    """``gpu``, ``devices``, ``workers``, ``callbacks``, ``resumed_elsewhere``: see docs/reproduce.md; empty where the
    same bits come out."""


class Receipt(Struct, frozen=True, kw_only=True):
    """``receipt.json``."""

    format: int
    fcnn: str
    """The version that wrote it."""
    stack: str
    command: Optional[List[str]]
    started: str
    seed: int
    data: Dict[str, str]
    """The path of each file of the table and its SHA-256."""
    config: str
    weights: str
    """The SHA-256 of ``config.yaml`` and ``weights.npz``."""
    files: Dict[str, str]
    """The SHA-256 of every file of the folder but `NOT_LISTED`; paths are relative, with ``/``."""
    packages: Dict[str, str]
    """All that were installed, and their versions."""
    git: Optional[Git]
    repeatable: Conditions
    initial_weights: Optional[str] = None
    """The SHA-256 of the ``weights.npz`` that the training started from, where it started from a run."""
    resumed: Optional[Origin] = None
    """Who asked for it the last time, where the run was killed and went on."""


def write_receipt(folder: Path, facts: Dict[str, Any]) -> None:
    """Write ``receipt.json``, when all other files are there.

    Args:
        folder: of the run.
        facts: the fields of :class:`Receipt` that are not read from the folder: all but ``format``, ``config``,
            ``weights`` and ``files``.
    """
    files = {name: sha256(folder / name) for name in sorted(_listed(folder))}
    _write(folder, Receipt(format=FORMAT, config=files[CONFIG], weights=files[WEIGHTS], files=files, **facts))


def read_receipt(folder: Path) -> Optional[Receipt]:
    """Read ``receipt.json``; None where there is none: an fcnn before there were receipts wrote the run.

    Raises:
        RunError: it is damaged, or of a newer format.
    """
    path = folder / RECEIPT
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(path))) from error
    try:
        found = msgspec.json.decode(content, type=Dict[str, msgspec.Raw]).get("format", msgspec.Raw(b"0"))
        if msgspec.json.decode(found) != FORMAT:
            hint = "did a newer fcnn write it? pip install -U fcnn"
            raise RunError(Problem("unknown format", str(path), str(FORMAT), bytes(found).decode(), hint))
        return msgspec.json.decode(content, type=Receipt)
    except (ValueError, msgspec.DecodeError) as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(path))) from error


def renew_receipt(folder: Path, names: Iterable[str]) -> None:
    """Take down files that were written again; the others keep their hashes, whatever became of them since.

    Args:
        folder: of a complete run; where it has no receipt, nothing is done.
        names: paths relative to it.
    """
    receipt = read_receipt(folder)
    if receipt is not None:
        files = {**receipt.files, **{name: sha256(folder / name) for name in names}}
        _write(folder, msgspec.structs.replace(receipt, files=dict(sorted(files.items()))))


def check_files(folder: Path, names: Iterable[str]) -> None:
    """See whether files of a run are those that were written; a run without a receipt is not checked.

    Args:
        folder: of the run.
        names: paths relative to it; those that the receipt does not list are not checked.

    Raises:
        RunError: with a problem for each file that is missing or differs.
    """
    receipt = read_receipt(folder)
    if receipt is not None:
        problems = [problem for name in names for problem in _differs(folder / name, receipt.files.get(name))]
        if problems:
            raise RunError(*problems)


def whole_file(folder: Path, name: str) -> Path:
    """The path of a file of a run that is about to be read, and is as it was written.

    Raises:
        RunError: as of :func:`check_files`.
    """
    check_files(folder, [name])
    return folder / name


def _differs(path: Path, written: Optional[str]) -> Iterator[Problem]:
    if written is None:
        return
    hint = say("take the run folder from where it is whole: a copy, or train again")
    try:
        found = sha256(path)
    except OSError as error:
        yield Problem(say("cannot be read: {error}", error=error.strerror or str(error)), str(path), hint=hint)
        return
    if found != written:
        message = say("is not the file that was written: it was damaged, or changed")
        yield Problem(message, str(path), f"SHA-256 {written[:12]}...", f"{found[:12]}...", hint)


def _listed(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] != CHECKPOINTS and name.as_posix() not in NOT_LISTED:
            yield name.as_posix()


def _write(folder: Path, receipt: Receipt) -> None:
    write_json(folder / RECEIPT, msgspec.to_builtins(receipt))
