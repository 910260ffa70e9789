"""Learning rates: one number an epoch, so that no compiled step has to be traced again."""

import math
from typing import Any, Tuple

from fcnn.config.optimizers import Constant, Cosine, CosLog4, Exponential, FlatCosine, Plateau, Step


class LearningRate:
    """The learning rate of each epoch."""

    def __init__(self, schedule: Any, initial: float, epochs: int) -> None:
        """Start at `initial`; `schedule` is one of :data:`fcnn.config.optimizers.SCHEDULES`."""
        self._schedule = schedule
        self._initial = initial
        self._epochs = epochs
        self._best = math.inf
        self._waited = 0
        self._factor = 1.0

    @property
    def is_constant(self) -> bool:
        """Whether the config leaves the rate as it is."""
        return isinstance(self._schedule, Constant)

    def rate(self, epoch: int) -> float:
        """The rate of an epoch, the first being 0."""
        schedule, initial = self._schedule, self._initial
        if isinstance(schedule, Cosine):
            share = 0.5 * (1 + math.cos(math.pi * epoch / self._epochs))
            return initial * (schedule.alpha + (1 - schedule.alpha) * share)
        if isinstance(schedule, Step):
            return initial * float(schedule.factor ** (epoch // schedule.every))
        if isinstance(schedule, Exponential):
            return initial * float(schedule.decay_rate**epoch)
        middle = (epoch + 0.5) / self._epochs  # of the epoch: at its beginning the rate of the first one would be 0
        if isinstance(schedule, CosLog4):  # 0.5 (1 - cos(2 pi log2(1 + 15 t))) of Holzmueller et al., 2024
            return initial * 0.5 * (1 - math.cos(2 * math.pi * math.log2(1 + 15 * middle)))
        if isinstance(schedule, FlatCosine):
            fallen = max(0.0, middle - schedule.flat) / (1 - schedule.flat)
            return initial * 0.5 * (1 + math.cos(math.pi * fallen))
        if isinstance(schedule, Plateau):
            return max(initial * self._factor, min(schedule.min_learning_rate, initial))
        return initial

    def after(self, loss: float) -> None:
        """Tell the watched loss of the epoch that has just ended; only a plateau schedule minds."""
        if not isinstance(self._schedule, Plateau):
            return
        if loss < self._best:
            self._best, self._waited = loss, 0
            return
        self._waited += 1
        if self._waited >= self._schedule.patience:
            self._factor *= self._schedule.factor
            self._waited = 0

    def get_state(self) -> Tuple[float, int, float]:
        """What a plateau schedule remembers: the best watched loss, epochs since it, the factor of the rate."""
        return self._best, self._waited, self._factor

    def set_state(self, best: float, waited: int, factor: float) -> None:
        """Remember something else; the reverse of :meth:`get_state`."""
        self._best, self._waited, self._factor = best, waited, factor
