"""A training between two epochs as plain arrays and numbers: taken when an epoch ends, put back after a kill.

Its file is the business of :mod:`fcnn.training.checkpoint_file`, so that one process may read what several go on from.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np
from msgspec import Struct

import fcnn
from fcnn.errors import Problem, RunError
from fcnn.network import backend
from fcnn.network.dropout import get_counters, set_counters
from fcnn.training.learner import Learner
from fcnn.training.schedules import LearningRate
from fcnn.training.state import State
from fcnn.wording import say

FORMAT = 1
"""Of the file; another one is refused."""
PREVIOUS = ".previous"
"""In the name of the file, before its ending, of the checkpoint before the last one."""


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
    measured: Dict[str, List[float]] = field(default_factory=dict)
    """Of :class:`fcnn.training.state.State`: columns of equal length; NaN where there is no number."""
    learnt: Sequence[np.ndarray] = ()
    """Where `weights` are an average of them: the trainable weights themselves."""

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
            state.measured,
            _learnt(learner),
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
        if learner.engine.average is not None:
            learner.engine.average.set_learnt(self.learnt)
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
            {name: list(values) for name, values in self.measured.items()},
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
            (say("the averaged weights are those of another training"), _forms(_learnt(learner)), _forms(self.learnt)),
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


def _learnt(learner: Learner) -> Sequence[np.ndarray]:
    """The weights that are learnt, where the model has an average of them."""
    return () if learner.engine.average is None else learner.engine.average.get_learnt()


def _forms(arrays: Sequence[Any]) -> str:
    """Shapes and types in a line, by which networks differ."""
    return ", ".join(f"{array.dtype}{list(array.shape)}" for array in arrays)


def _compare(where: str, *wanted: Tuple[str, Any, Any]) -> None:
    """Raise a RunError of all that is not as it is wanted: messages, what is there now, what was there then."""
    problems = [differs(message, where, str(now), str(then)) for message, now, then in wanted if now != then]
    if problems:
        raise RunError(*problems)


def differs(message: str, where: str, now: str, then: str) -> Problem:
    """The problem of a checkpoint that does not fit what is there now."""
    return Problem(message, where, now, then, delete_hint(where))


def delete_hint(where: str) -> str:
    """What can be done about a checkpoint that cannot be used, and the one before it."""
    files = re.sub(rf"({re.escape(PREVIOUS)})?\.npz$", "*.npz", where)
    return say("delete {files}: the training whose checkpoints they are then starts over", files=files)
