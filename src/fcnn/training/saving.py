"""When a checkpoint is written: seldom enough not to be felt."""

import io
import time
from pathlib import Path
from typing import Callable, Optional

from fcnn.errors import Problem
from fcnn.training.checkpoint import Checkpoint
from fcnn.training.checkpoint_file import load, read, save, settle
from fcnn.training.learner import Learner
from fcnn.training.schedules import LearningRate
from fcnn.training.state import State
from fcnn.wording import say

PAUSE = 99.0
"""Times as long as all writing takes, the next checkpoint included, must pass without: writing is 1 % of the time, or
2 % where a disk is suddenly that much slower."""
OPENING, BYTES_A_SECOND = 0.01, 50e6
"""What the first checkpoint is taken to cost, before one was measured: seconds, and what a slow disk writes in one."""
COPIES = 4
"""Of the weights in a checkpoint: they, the best ones, and what most optimizers remember of each."""


class Checkpoints:
    """The checkpoints of a run: a file for each of its trainings, and the one before it.

    One is written at the end of an epoch where :data:`PAUSE` allows it. A training out of several has a last one when
    it has ended, so that it need not be trained again; half of the time for writing is kept for these.
    """

    def __init__(
        self,
        folder: Optional[Path],
        several: bool,
        pause: Optional[float] = None,
        broadcast: Optional[Callable[[Optional[bytes]], bytes]] = None,
        on_problem: Callable[[Problem], None] = lambda _: None,
    ) -> None:
        """Begin with those that are there.

        Args:
            folder: to write into; it is there. None: another process writes them.
            several: whether the run has several trainings.
            pause: in place of :data:`PAUSE`; 0 writes after every epoch.
            broadcast: tells all processes that train together what the one with the folder has read, and returns it.
            on_problem: is told of a checkpoint that is damaged, where the one before it is gone on with.
        """
        self._folder = folder
        self._several = several
        self._broadcast = broadcast
        self._on_problem = on_problem
        self._pause = PAUSE if pause is None else pause
        self._began = time.monotonic()
        self._spent = 0.0
        self._last: Optional[float] = None

    @property
    def are_written(self) -> bool:
        """Whether this process writes them, and all else of the run: of several that train together the first."""
        return self._folder is not None

    def restore(self, number: int, learner: Learner, rates: LearningRate) -> Optional[State]:
        """Go on from the checkpoint of a training; None where it has none.

        Args:
            number: of the training, from 1.
            learner: as a new training gets it.
            rates: likewise.

        Raises:
            RunError: the checkpoint is damaged and so is the one before it, or it does not fit.
        """
        path = None if self._folder is None else self._path(self._folder, number)
        is_there = path is not None and settle(path, self._on_problem)
        if self._broadcast is None:
            return load(path).apply(learner, rates, str(path)) if path is not None and is_there else None
        content = self._broadcast(path.read_bytes() if path is not None and is_there else None)
        where = str(path or say("the checkpoint of worker 0"))
        return read(io.BytesIO(content), where).apply(learner, rates, where) if content else None

    def save(self, number: int, learner: Learner, rates: LearningRate, state: State) -> None:
        """Write a checkpoint where it is time for one.

        Raises:
            OSError: it cannot be written; the one before it stays.
        """
        if self._folder is None:
            return
        if self._is_due(state):
            began = time.monotonic()
            save(Checkpoint.of(learner, rates, state), self._path(self._folder, number))
            self._last = time.monotonic() - began
            self._spent += self._last

    def _is_due(self, state: State) -> bool:
        """Whether enough time has passed to write one; by a clock that nobody sets."""
        if self._last is None:
            expected = OPENING + COPIES * sum(array.nbytes for array in state.best_weights) / BYTES_A_SECOND
        else:
            expected = self._last
        share = 2 if self._several and state.stopped is None else 1
        return time.monotonic() - self._began - self._spent >= share * self._pause * (self._spent + expected)

    @staticmethod
    def _path(folder: Path, number: int) -> Path:
        return folder / f"{number:03}.npz"
