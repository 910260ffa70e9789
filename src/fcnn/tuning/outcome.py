"""What came of a trial, and who is asked while it goes on; plain data that goes from process to process."""

from typing import Any, Callable, List, Tuple

import msgspec

from fcnn.report.study.facts import COMPLETE
from fcnn.training.stop import Stop


class Outcome(msgspec.Struct, frozen=True):
    """What came of a trial."""

    state: str
    """One of those of :mod:`fcnn.report.study.facts`."""
    loss: float = 0.0
    """The watched loss of the kept epoch."""
    best_epoch: int = 0
    """Counting from 1; 0 where no epoch ended."""
    epochs: int = 0
    parameters: int = 0
    reason: str = ""
    """Why it failed."""

    @property
    def is_complete(self) -> bool:
        """Whether it was trained to its end."""
        return self.state == COMPLETE


OnRung = Callable[[int, float], bool]
"""Is told an epoch and the watched loss of the best one so far, and says whether the trial is to be pruned."""
Train = Callable[[List[Tuple[str, Any]], OnRung, Stop], Outcome]
"""Trains the config with other values of some keys."""

RUNGS = (8, 4, 2)
"""A trial is compared with the others after these fractions of its epochs: an epoch of a small network takes less time
than asking the study."""


def rungs(epochs: int) -> List[int]:
    """The epochs after which a trial of so many at most is compared with others, ascending."""
    return sorted({epochs // part for part in RUNGS if epochs // part >= 1})
