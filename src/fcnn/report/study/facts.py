"""What is known about a study: plain data, made by who searched."""

from typing import Mapping, NamedTuple, Optional, Sequence, Tuple

COMPLETE, PRUNED, FAILED, INTERRUPTED, RUNNING = "complete", "pruned", "failed", "interrupted", "running"
"""What a trial can be."""


class Trial(NamedTuple):
    """One config that was tried."""

    number: int
    """From 0 on, in the order in which they began."""
    state: str
    """One of the above."""
    values: Mapping[str, str]
    """What each searched key had, as YAML; empty for the config as it is."""
    numbers: Mapping[str, float]
    """The same of those keys that have a range."""
    loss: Optional[float] = None
    """Validation loss of the kept epoch; of a pruned trial, of its best epoch until then."""
    best_epoch: int = 0
    """Counting from 1; 0 where no epoch ended."""
    epochs: int = 0
    parameters: int = 0
    seconds: float = 0.0
    reason: str = ""
    """Why it failed."""


class Key(NamedTuple):
    """A key that is searched."""

    name: str
    space: str
    """Its range or choices as YAML."""
    choices: Tuple[str, ...] = ()
    """As YAML; of a range, none."""
    log: bool = False


class Study(NamedTuple):
    """A search: what was tried where, and what came of it."""

    name: str
    target: str
    """The column that is predicted."""
    keys: Sequence[Key]
    trials: Sequence[Trial]
    importance: Mapping[str, float]
    """Share of the differences between complete trials that each key accounts for; empty where there are too few."""

    @property
    def best(self) -> Optional[Trial]:
        """The complete trial with the lowest loss, the first of equal ones; None where there is none."""
        return best_of(self.trials)


def best_of(trials: Sequence[Trial]) -> Optional[Trial]:
    """The complete trial with the lowest loss, the first of equal ones; None where there is none."""
    complete = [trial for trial in trials if trial.state == COMPLETE and trial.loss is not None]
    return min(complete, key=lambda trial: (trial.loss, trial.number), default=None)


def counted(trials: Sequence[Trial]) -> Sequence[Trial]:
    """Those that count as tried: the interrupted ones are tried again."""
    return [trial for trial in trials if trial.state in (COMPLETE, PRUNED, FAILED)]
