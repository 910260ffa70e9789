"""Where a training stands between two epochs."""

import math
from dataclasses import dataclass, field
from typing import Dict, List, Mapping, Optional, Sequence

import numpy as np


@dataclass
class State:
    """What a training knows of its epochs so far: with model, optimizer and learning rates, all it takes to go on."""

    best_weights: List[np.ndarray]
    """Those of the best epoch, as Keras orders them; before there is one, those that the model starts with."""
    history: Dict[str, List[float]] = field(default_factory=dict)
    """A list a column, one entry an epoch; ``epoch`` counts from 1."""
    epoch: int = 0
    """The last one that is over, counting from 1."""
    best_epoch: int = 0
    """The one with the lowest watched loss, the first of equals; 0 before there is one."""
    best_loss: float = math.inf
    """The watched loss of that epoch."""
    stale_epochs: int = 0
    """Epochs since the watched loss improved by enough for early stopping."""
    loss_to_beat: float = math.inf
    """What the watched loss was then; small improvements do not change it, so that they add up."""

    seconds: float = 0.0
    """That it has taken; those before a kill count."""
    stopped: Optional[str] = None
    """Why it ended, where it has."""
    measured: Dict[str, List[float]] = field(default_factory=dict)
    """What somebody who looks on has found so far, a list a column; kept in checkpoints, and for nothing else."""

    def add(self, row: Mapping[str, float], min_delta: float) -> None:
        """Count an epoch that is over.

        Args:
            row: of the history.
            min_delta: how much the watched loss must improve for early stopping to take notice.
        """
        self.epoch += 1
        for name, value in row.items():
            self.history.setdefault(name, []).append(value)
        loss = watched_loss(row)
        if loss < self.best_loss or not self.best_epoch:
            self.best_loss, self.best_epoch = loss, self.epoch
        if loss < self.loss_to_beat - min_delta:
            self.loss_to_beat, self.stale_epochs = loss, 0
        else:
            self.stale_epochs += 1


def watched_loss(row: Mapping[str, float]) -> float:
    """The loss that chooses the best epoch: that of validation, or of training where there is no validation part."""
    return row.get("val_loss", row["loss"])


def rows_of(history: Mapping[str, Sequence[float]]) -> List[Dict[str, float]]:
    """A history epoch by epoch."""
    return [dict(zip(history, values)) for values in zip(*history.values())]
