"""A training between two epochs as plain arrays and numbers: written when an epoch ends, read after a kill.

The file is a ``.npz`` without pickles. Taking a checkpoint of a network, writing, reading and putting it into a network
are apart, so that one process may read what several go on from.
"""

import json
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Dict, List, Optional, Sequence, Tuple

import msgspec
import numpy as np
from msgspec import Struct

import fcnn
from fcnn.errors import Problem, RunError
from fcnn.files import atomic_write
from fcnn.network import backend
from fcnn.network.dropout import get_counters, set_counters
from fcnn.training.learner import Learner
from fcnn.training.schedules import LearningRate
from fcnn.training.state import State
from fcnn.wording import say

FORMAT = 1
"""Of the file; another one is refused."""
DAMAGED = (
    OSError, ValueError, KeyError, EOFError, TypeError, SyntaxError, RuntimeError, MemoryError, OverflowError,
    struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
"""What NumPy and zipfile raise for a file that is cut off, or is something else."""
FACTS = "facts"
COLUMNS = ("epoch", "loss", "learning_rate", "seconds")
"""Of every history."""


class Facts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What of a checkpoint is no array."""

    format: int
    fcnn: str
    """The version that wrote it."""
    keras: int
    """The generation of Keras: each keeps an optimizer's state in a way of its own."""
    mode: str
    """How the steps were compiled."""
    seed: int
    epoch: int
    best_epoch: int
    best_loss: float
    stale_epochs: int
    loss_to_beat: float
    seconds: float
    stopped: Optional[str]
    """Why the training ended; None where it is to go on."""
    plateau: Tuple[float, int, float]
    """Of :meth:`fcnn.training.schedules.LearningRate.get_state`."""


@dataclass(frozen=True)
class Checkpoint:
    """All it takes to go on with a training as if nothing had happened."""

    facts: Facts
    weights: Sequence[np.ndarray]
    """As Keras orders them."""
    best: Sequence[np.ndarray]
    """Those of the best epoch, in the same order."""
    optimizer: Sequence[np.ndarray]
    """Of :func:`fcnn.network.backend.get_state`."""
    dropout: np.ndarray
    """(dropout layers,) int64: where the masks of each stand."""
    history: Dict[str, List[float]]
    """A list a column, one entry an epoch."""

    @classmethod
    def of(cls, learner: Learner, rates: LearningRate, state: State) -> "Checkpoint":
        """The checkpoint of a training whose last epoch has just ended."""
        facts = Facts(
            format=FORMAT,
            fcnn=fcnn.__version__,
            keras=backend.GENERATION,
            mode=learner.mode,
            seed=learner.seed,
            epoch=state.epoch,
            best_epoch=state.best_epoch,
            best_loss=state.best_loss,
            stale_epochs=state.stale_epochs,
            loss_to_beat=state.loss_to_beat,
            seconds=state.seconds,
            stopped=state.stopped,
            plateau=rates.get_state(),
        )
        return cls(
            facts,
            learner.model.get_weights(),
            state.best_weights,
            backend.get_state(learner.optimizer),
            np.array(get_counters(learner.model), dtype=np.int64),
            state.history,
        )

    def apply(self, learner: Learner, rates: LearningRate, where: str) -> State:
        """Make a network, its optimizer and the learning rates what they were, and return how the training stood.

        Args:
            learner: made from the config that the checkpoint's was made from.
            rates: likewise.
            where: the file, for messages.

        Raises:
            RunError: it is of another generation of Keras, mode, seed or network.
        """
        self._check(learner, where)
        facts = self.facts
        learner.model.set_weights(list(self.weights))
        backend.set_state(learner.optimizer, list(self.optimizer))
        set_counters(learner.model, self.dropout.tolist())
        rates.set_state(*facts.plateau)
        return State(
            list(self.best),
            {name: list(values) for name, values in self.history.items()},
            facts.epoch,
            facts.best_epoch,
            facts.best_loss,
            facts.stale_epochs,
            facts.loss_to_beat,
            facts.seconds,
            facts.stopped,
        )

    def _check(self, learner: Learner, where: str) -> None:
        facts, weights = self.facts, _forms(learner.model.get_weights())
        _compare(
            where,
            (say("the generation of Keras differs"), backend.GENERATION, facts.keras),
            (say("the mode of compiling differs"), learner.mode, facts.mode),
            (say("the seed differs"), learner.seed, facts.seed),
        )
        _compare(
            where,
            (say("the weights are those of another network"), weights, _forms(self.weights)),
            (say("the best weights are those of another network"), weights, _forms(self.best)),
            (
                say("the state of the optimizer is that of another one"),
                _forms(backend.get_state(learner.optimizer)),
                _forms(self.optimizer),
            ),
            (
                say("the dropout layers are those of another network"),
                len(get_counters(learner.model)),
                len(self.dropout),
            ),
        )


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
    for group in ("weights", "best", "optimizer"):
        arrays.update((f"{group}/{number:05}", array) for number, array in enumerate(getattr(checkpoint, group)))
    arrays.update((f"history/{name}", np.array(values)) for name, values in checkpoint.history.items())
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
        raise RunError(_differs(say("unknown format"), where, str(FORMAT), str(written)))
    try:
        return _checked(
            Checkpoint(
                msgspec.convert(facts, Facts),
                _group(found, "weights"),
                _group(found, "best"),
                _group(found, "optimizer"),
                found["dropout"],
                {name.split("/", 1)[1]: found[name].tolist() for name in found if name.startswith("history/")},
            )
        )
    except (ValueError, KeyError, msgspec.ValidationError) as error:
        raise RunError(_damaged(where, str(error))) from error


def _group(arrays: Dict[str, np.ndarray], group: str) -> List[np.ndarray]:
    return [arrays[name] for name in sorted(arrays) if name.startswith(f"{group}/")]


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
    if history["epoch"] != list(range(1, epochs + 1)):
        raise ValueError("epoch")
    for array in (*checkpoint.weights, *checkpoint.best):
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise ValueError("NaN")
    return checkpoint


def _forms(arrays: Sequence[Any]) -> str:
    """Shapes and types in a line, by which networks differ."""
    return ", ".join(f"{array.dtype}{list(array.shape)}" for array in arrays)


def _compare(where: str, *wanted: Tuple[str, Any, Any]) -> None:
    """Raise a RunError of all that is not as it is wanted: messages, what is there now, what was there then."""
    problems = [_differs(message, where, str(now), str(then)) for message, now, then in wanted if now != then]
    if problems:
        raise RunError(*problems)


def _differs(message: str, where: str, now: str, then: str) -> Problem:
    return Problem(message, where, now, then, _hint(where))


def _damaged(where: str, reason: str) -> Problem:
    return Problem(say("is damaged: {reason}", reason=reason), where, hint=_hint(where))


def _hint(where: str) -> str:
    return say("delete {file}: the training whose checkpoint it is then starts over", file=where)
