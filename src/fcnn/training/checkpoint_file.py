"""The file of a checkpoint: a ``.npz`` without pickles, of which a kill leaves the old one or the new one."""

import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO, Dict, List

import msgspec
import numpy as np

from fcnn.errors import Problem, RunError
from fcnn.files import atomic_write
from fcnn.training.checkpoint import FORMAT, Checkpoint, Facts, delete_hint, differs
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


def save(checkpoint: Checkpoint, path: Path) -> None:
    """Write a checkpoint into a file, which is the old one or the new one whenever the process is killed."""
    with atomic_write(path, "wb") as file:
        write(checkpoint, file)


def load(path: Path) -> Checkpoint:
    """Read a checkpoint from a file; see :func:`read`."""
    try:
        with path.open("rb") as file:
            return read(file, str(path))
    except OSError as error:
        raise RunError(_damaged(str(path), error.strerror or str(error))) from error


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
        raise RunError(_damaged(where, str(error))) from error
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
        raise RunError(_damaged(where, str(error))) from error


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


def _damaged(where: str, reason: str) -> Problem:
    return Problem(say("is damaged: {reason}", reason=reason), where, hint=delete_hint(where))
