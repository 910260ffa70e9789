"""The loop over epochs: schedule, early stopping, the best epoch's weights, and the reasons to stop."""

import math
import time
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

import numpy as np

from fcnn.config.structs import EarlyStopping
from fcnn.errors import FcnnError, Problem, TrainingError
from fcnn.network import backend
from fcnn.training.engine import Engine, Tensors
from fcnn.training.schedules import LearningRate
from fcnn.training.stop import Stop
from fcnn.wording import say, say_joined


@dataclass(frozen=True)
class Plan:
    """How long to train and when to stop."""

    epochs: int
    seed: int
    early_stopping: Optional[EarlyStopping]
    time_limit: Optional[float]
    """Seconds."""


@dataclass
class Trained:
    """What came of it; the model itself holds the weights of the kept epoch."""

    history: Dict[str, List[float]] = field(default_factory=dict)
    """A list a column, one entry an epoch; ``epoch`` counts from 1."""
    best_epoch: int = 0
    """The epoch that was kept, counting from 1."""
    stopped: str = "finished"
    """Why it ended: ``finished``, ``early_stopping``, ``time_limit``, ``callback``, ``interrupted``, ``terminated``."""


OUTLIER = 10.0
"""Standard deviations from the mean from which on a value is worth a look."""


class NonFiniteError(TrainingError):
    """Loss or weights are no longer finite numbers."""

    def __init__(self, epoch: int, what: str) -> None:
        """Remember the epoch (from 1) and what was found."""
        super().__init__(Problem(say("{what} in epoch {epoch}", what=what, epoch=epoch)))
        self.epoch = epoch
        self.what = what


def train(
    model: Any,
    engine: Engine,
    optimizer: Any,
    rates: LearningRate,
    plan: Plan,
    training: Tensors,
    validation: Optional[Tensors],
    *,
    scale: float = 1.0,
    on_epoch: Callable[[Dict[str, float], int], None] = lambda row, best_epoch: None,
    callbacks: Sequence[Any] = (),
    stop: Optional[Stop] = None,
) -> Trained:
    """Train a model and leave it with the weights of its best epoch.

    The best epoch is the one with the lowest validation loss (training loss where there is no validation part).

    Args:
        model: the Keras model.
        engine: bound to the model.
        optimizer: of Keras.
        rates: the learning rate of each epoch.
        plan: how long, when to stop.
        training: the rows to learn from.
        validation: the rows that choose the epoch.
        scale: of regression: the target's standard deviation, so that ``mae`` is in the target's own unit.
        on_epoch: called after each epoch with its row of the history and the best epoch so far.
        callbacks: Keras callbacks; their epoch hooks are called.
        stop: a request to stop from outside.

    Raises:
        NonFiniteError: loss or weights became NaN or infinite.
    """
    stop = stop or Stop()
    result = Trained()
    hooks = backend.callback_list(callbacks, model, plan.epochs) if callbacks else None
    patience = _Patience(plan.early_stopping)
    best = math.inf
    best_weights: List[np.ndarray] = model.get_weights()
    began = time.monotonic()
    if hooks:
        model.stop_training = False
        hooks.on_train_begin()
    for epoch in range(1, plan.epochs + 1):
        epoch_began = time.monotonic()
        rate = rates.rate(epoch - 1)
        backend.set_learning_rate(optimizer, rate)
        order = np.random.default_rng([plan.seed, epoch]).permutation(int(training.x.shape[0]))
        if hooks:
            hooks.on_epoch_begin(epoch - 1)
        figures = engine.epoch(training, order, stop.requested)
        if stop.requested() and result.best_epoch:
            break  # half an epoch is not worth a row; the best so far is kept
        if validation is not None:
            figures.update({f"val_{name}": value for name, value in engine.evaluate(validation).items()})
        _check(engine, figures, epoch)
        row = {"epoch": float(epoch), **_in_units(figures, scale), "learning_rate": rate}
        row["seconds"] = time.monotonic() - epoch_began
        for name, value in row.items():
            result.history.setdefault(name, []).append(value)
        watched = row.get("val_loss", row["loss"])
        rates.after(watched)
        if watched < best or not result.best_epoch:
            best, result.best_epoch, best_weights = watched, epoch, model.get_weights()
        patience.after(watched)
        if hooks:
            hooks.on_epoch_end(epoch - 1, {name: row[name] for name in row if name not in ("epoch", "seconds")})
        on_epoch(row, result.best_epoch)
        if patience.exhausted:
            result.stopped = "early_stopping"
        elif plan.time_limit is not None and time.monotonic() - began >= plan.time_limit:
            result.stopped = "time_limit"
        elif hooks and model.stop_training:
            result.stopped = "callback"
        if stop.requested() or result.stopped != "finished":
            break
    if stop.requested():
        result.stopped = str(stop.reason)
    model.set_weights(best_weights)
    if hooks:
        hooks.on_train_end()
    return result


def _check(engine: Engine, figures: Mapping[str, float], epoch: int) -> None:
    if not math.isfinite(figures.get("loss", 0.0)):
        raise NonFiniteError(epoch, say("the loss became {value}", value=figures["loss"]))
    if not math.isfinite(figures.get("val_loss", 0.0)):
        raise NonFiniteError(epoch, say("the validation loss became {value}", value=figures["val_loss"]))
    if not engine.weights_are_finite():
        raise NonFiniteError(epoch, say("a weight became NaN or infinite"))


def _in_units(figures: Dict[str, float], scale: float) -> Dict[str, float]:
    return {name: value * scale if name.endswith("mae") else value for name, value in figures.items()}


class _Patience:
    """Counts the epochs since the watched loss improved by more than `min_delta`."""

    def __init__(self, options: Optional[EarlyStopping]) -> None:
        self._options = options
        self._reference = math.inf
        self._waited = 0

    def after(self, loss: float) -> None:
        if self._options is not None and loss < self._reference - self._options.min_delta:
            self._reference, self._waited = loss, 0
        else:
            self._waited += 1

    @property
    def exhausted(self) -> bool:
        return self._options is not None and self._waited >= self._options.patience


def explain_non_finite(
    error: NonFiniteError, largest_column: str, magnitude: float, rate: float, lower: float
) -> FcnnError:
    """The error that a user reads: epoch, the column that may be behind it, and what to try."""
    hint: str = say("try training.optimizer.learning_rate={rate:g}, or training.clipnorm=1", rate=lower)
    if magnitude > OUTLIER:
        look = say("look at column {name!r} for outliers", name=largest_column)
        hint = say_joined("{left}; {right}", [hint, look])
    message = say("{what} in epoch {epoch}; nothing was kept", what=error.what, epoch=error.epoch)
    received = say(
        "column {name!r} has the largest standardised magnitude, {magnitude:.3g}; learning rate {rate:g}",
        name=largest_column,
        magnitude=magnitude,
        rate=rate,
    )
    return TrainingError(Problem(message, "training", received=received, hint=hint))
