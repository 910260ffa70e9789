"""A verdict about a training, and the plain facts that verdicts are made from."""

from dataclasses import dataclass, field
from typing import Any, Dict, Mapping, Sequence, Tuple

import numpy as np

from fcnn.config.paths import shell_word
from fcnn.config.structs import Layer
from fcnn.errors import Problem
from fcnn.wording import say

SPLITS = {"train": say("train"), "validation": say("validation"), "test": say("test")}
"""What the parts of a table are called in a sentence."""


@dataclass(frozen=True)
class Verdict(Problem):
    """A finding about a training that a program can read, too."""

    kind: str = "other"
    """A word that stays the same while sentences change: ``vanishing_gradients``, ``overfitting`` ..."""
    remedy: Tuple[str, ...] = ()
    """Overrides that help, as the command line takes them; empty where there is no such thing."""
    evidence: Mapping[str, float] = field(default_factory=dict)
    """The numbers that it was found by."""


@dataclass(frozen=True)
class Setting:
    """What the config says of network and optimizer, as far as a verdict may want it changed."""

    layers: Tuple[Layer, ...]
    """The hidden ones."""
    learning_rate: float
    """Of the optimizer, where the schedule begins."""
    usual_rate: float
    """The optimizer's default."""
    stops_early: bool = True
    """Whether training ends when nothing is gained any more."""


class Measured:
    """What was measured of each layer, as tables."""

    def __init__(self, columns: Mapping[str, Sequence[float]], best_epoch: int) -> None:
        """Take the columns of ``diagnostics.csv``.

        Args:
            columns: ``epoch``, ``layer`` and figures: a row for each measured epoch and each layer; may be empty.
            best_epoch: the epoch that was kept; it is among the measured ones.
        """
        layers = int(max(columns.get("layer", ()), default=0))
        self._tables: Dict[str, np.ndarray] = {
            name: np.array(values, np.float64).reshape(-1, max(1, layers)) for name, values in columns.items()
        }
        self.hidden = max(0, layers - 1)
        """How many hidden layers there are."""
        self.epochs = [int(row[0]) for row in self._tables.get("epoch", ())]
        """The measured ones, counting from 1."""
        self._best = best_epoch

    def __bool__(self) -> bool:
        """Whether there is anything about hidden layers."""
        return bool(self.epochs) and self.hidden > 0

    def of_all(self, name: str) -> np.ndarray:
        """(measured epochs, layers) float64 of a column; NaN where there is no number."""
        return self._tables[name]

    def of_hidden(self, name: str) -> np.ndarray:
        """(measured epochs, hidden layers) float64 of a column; NaN where there is no number."""
        return self._tables[name][:, : self.hidden]

    def kept(self, name: str) -> np.ndarray:
        """(hidden layers,) of the epoch that was kept."""
        return np.asarray(self.of_hidden(name)[self.epochs.index(self._best)])


def typed(remedy: Sequence[str]) -> str:
    """Overrides as they are typed in a shell."""
    return " ".join(map(shell_word, remedy))


def rounded(value: float) -> float:
    """A learning rate as a person writes one: one significant digit."""
    return float(f"{value:.0e}")


def rate_override(rate: float) -> str:
    """The override of a learning rate."""
    return f"training.optimizer.learning_rate={rate:g}"


def lower_rate(setting: Setting) -> float:
    """The learning rate to go back to: a tenth, or the optimizer's usual one where that is lower still."""
    return rounded(min(setting.learning_rate / 10, setting.usual_rate))


def plain_evidence(**numbers: Any) -> Dict[str, float]:
    """Numbers as JSON knows them."""
    return {name: value if isinstance(value, int) else float(value) for name, value in numbers.items()}
