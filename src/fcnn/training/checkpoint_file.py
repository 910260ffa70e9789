"""The file of a checkpoint: a ``.npz`` without pickles, beside which the one before it stays."""

import json
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import IO, Callable, Dict, List, Sequence

import msgspec
import numpy as np

from fcnn.errors import Problem, RunError
from fcnn.files import atomic_write
from fcnn.training.checkpoint import FORMAT, PREVIOUS, Checkpoint, Facts, delete_hint, differs
from fcnn.wording import say

DAMAGED = (
    OSError, ValueError, KeyError, EOFError, TypeError, SyntaxError, RuntimeError, MemoryError, OverflowError,
    struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
"""What NumPy and zipfile raise for a file that is cut off, or is something else."""
FACTS = "facts"
TABLES = ("history", "measured")
COLUMNS = ("epoch", "loss", "learning_rate", "seconds")
"""Of every history."""


class DamagedError(RunError):
    """A checkpoint is not what was written."""


def save(checkpoint: Checkpoint, path: Path) -> None:
    """Write a checkpoint into a file; the one that was there is the one before it, of which only the last is kept.

    Whenever the process is killed, there is a whole one for :func:`settle`.
    """
    with atomic_write(path, "wb", keep=_before(path)) as file:
        write(checkpoint, file)


def settle(path: Path, on_problem: Callable[[Problem], None]) -> bool:
    """Let the newest checkpoint that can be read be the newest; where none can, all stays as it is.

    Args:
        path: the newest one, where it is not damaged and no kill has come between two renames.
        on_problem: is told of a damaged one, which is replaced by the one before it.

    Returns:
        Whether there is a checkpoint at all.
    """
    before = _before(path)
    if before.exists():
        damage = _damage(path) if path.exists() else ()
        if not path.exists() or (damage and not _damage(before)):
            before.replace(path)
            hint = say("the checkpoint before it is taken: the epochs since then are trained again")
            for problem in damage:
                on_problem(replace(problem, hint=hint, severity="warning"))
    return path.exists()


def _before(path: Path) -> Path:
    """The checkpoint before that of a file."""
    return path.with_name(f"{path.stem}{PREVIOUS}{path.suffix}")


def _damage(path: Path) -> Sequence[Problem]:
    """What keeps a checkpoint from being read; one of another format is not damaged."""
    try:
        load(path)
    except DamagedError as error:
        return error.problems
    except RunError:
        pass
    return ()


def load(path: Path) -> Checkpoint:
    """Read a checkpoint from a file; see :func:`read`."""
    try:
        with path.open("rb") as file:
            return read(file, str(path))
    except OSError as error:
        raise _damaged(str(path), error.strerror or str(error)) from error


def write(checkpoint: Checkpoint, file: IO[bytes]) -> None:
    """Write a checkpoint into a file that is open."""
    facts = json.dumps(msgspec.to_builtins(checkpoint.facts))  # not msgspec's: it has no infinity
    arrays = {FACTS: np.frombuffer(facts.encode(), dtype=np.uint8), "dropout": checkpoint.dropout}
    for group in ("weights", "best", "optimizer", "learnt"):
        arrays.update((f"{group}/{number:05}", array) for number, array in enumerate(getattr(checkpoint, group)))
    for group in TABLES:
        columns = getattr(checkpoint, group)
        arrays.update((f"{group}/{name}", np.array(values, np.float64)) for name, values in columns.items())
    np.savez(file, **arrays)  # type: ignore[arg-type]


def read(file: IO[bytes], where: str) -> Checkpoint:
    """Read a checkpoint; nothing in it is ever executed.

    Args:
        file: open, at its start.
        where: its name, for messages.

    Raises:
        RunError: it is damaged, or of another format.
    """
    try:
        # Opened as a zip file first: NumPy would take other files for arrays or pickles.
        with zipfile.ZipFile(file) as archive:
            broken = archive.testzip()  # NumPy may believe a size that the damage made
        if broken is not None:
            raise ValueError(broken)
        file.seek(0)
        with np.load(file, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        facts = json.loads(found.pop(FACTS).tobytes().decode())
    except DAMAGED as error:
        raise _damaged(where, str(error)) from error
    written = facts.get("format") if isinstance(facts, dict) else None
    if written != FORMAT:
        raise RunError(differs(say("unknown format"), where, str(FORMAT), str(written)))
    try:
        return _checked(
            Checkpoint(
                msgspec.convert(facts, Facts),
                _group(found, "weights"),
                _group(found, "best"),
                _group(found, "optimizer"),
                found["dropout"],
                _table(found, "history"),
                _table(found, "measured"),
                _group(found, "learnt"),
            )
        )
    except (ValueError, KeyError, msgspec.ValidationError) as error:
        raise _damaged(where, str(error)) from error


def _group(arrays: Dict[str, np.ndarray], group: str) -> List[np.ndarray]:
    return [arrays[name] for name in sorted(arrays) if name.startswith(f"{group}/")]


def _table(arrays: Dict[str, np.ndarray], group: str) -> Dict[str, List[float]]:
    return {name.split("/", 1)[1]: arrays[name].tolist() for name in arrays if name.startswith(f"{group}/")}


def _checked(checkpoint: Checkpoint) -> Checkpoint:
    """The checkpoint, where its parts fit each other; else a ValueError or KeyError."""
    facts, history = checkpoint.facts, checkpoint.history
    epochs = facts.epoch
    if not 1 <= facts.best_epoch <= epochs or checkpoint.dropout.dtype != np.int64 or checkpoint.dropout.ndim != 1:
        raise ValueError(FACTS)
    for name in (*COLUMNS, *history):
        values = np.array(history[name])
        if values.shape != (epochs,) or values.dtype != np.float64:
            raise ValueError(name)
    for name, column in checkpoint.measured.items():
        values = np.array(column)
        if values.shape != (len(checkpoint.measured["epoch"]),) or values.dtype != np.float64:
            raise ValueError(name)
    if history["epoch"] != list(range(1, epochs + 1)):
        raise ValueError("epoch")
    for array in (*checkpoint.weights, *checkpoint.best, *checkpoint.learnt):
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise ValueError("NaN")
    return checkpoint


def _damaged(where: str, reason: str) -> DamagedError:
    return DamagedError(Problem(say("is damaged: {reason}", reason=reason), where, hint=delete_hint(where)))
