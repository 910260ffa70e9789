"""The loop over epochs: schedule, early stopping, the best epoch's weights, and the reasons to stop."""

import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

import numpy as np

from fcnn.config.structs import EarlyStopping
from fcnn.network import backend
from fcnn.training.engine import Engine, Tensors
from fcnn.training.non_finite import check_finite
from fcnn.training.schedules import LearningRate
from fcnn.training.state import State, watched_loss
from fcnn.training.stop import Stop


@dataclass(frozen=True)
class Plan:
    """How long to train and when to stop."""

    epochs: int
    seed: int
    early_stopping: Optional[EarlyStopping]
    time_limit: Optional[float]
    """Seconds."""


@dataclass(frozen=True)
class Trained:
    """What came of it; the model itself holds the weights of the kept epoch."""

    history: Dict[str, List[float]]
    """A list a column, one entry an epoch; ``epoch`` counts from 1."""
    best_epoch: int
    """The epoch that was kept, counting from 1."""
    stopped: str
    """Why it ended: ``finished``, ``early_stopping``, ``time_limit``, ``callback``, ``interrupted``, ``terminated``."""


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
    hooks = _Hooks(callbacks, model, plan.epochs)
    state = State(model.get_weights())
    min_delta = 0.0 if plan.early_stopping is None else plan.early_stopping.min_delta
    stopped: Optional[str] = None
    began = time.monotonic()
    hooks.training_begins()
    while stopped is None:
        epoch, epoch_began = state.epoch + 1, time.monotonic()
        rate = rates.rate(epoch - 1)
        backend.set_learning_rate(optimizer, rate)
        hooks.epoch_begins(epoch)
        figures = _run_epoch(engine, training, validation, epoch, plan.seed, stop)
        if figures is not None:
            weights = model.get_weights()
            check_finite(weights, figures, epoch)
            row = {"epoch": float(epoch), **_in_units(figures, scale), "learning_rate": rate}
            row["seconds"] = time.monotonic() - epoch_began
            rates.after(watched_loss(row))
            state.add(row, min_delta)
            if state.best_epoch == epoch:
                state.best_weights = weights
            hooks.epoch_ends(epoch, row)
            on_epoch(row, state.best_epoch)
        stopped = str(stop.reason) if stop.requested() else stop.agreed(_reason_to_stop(plan, state, began, hooks))
    model.set_weights(state.best_weights)
    hooks.training_ends()
    return Trained(state.history, state.best_epoch, stopped)


def _run_epoch(
    engine: Engine, training: Tensors, validation: Optional[Tensors], epoch: int, seed: int, stop: Stop
) -> Optional[Dict[str, float]]:
    """The figures of an epoch, or None where it was stopped: half an epoch is not worth a row.

    The first epoch counts all the same: half of it is better than nothing.
    """
    order = np.random.default_rng([seed, epoch]).permutation(int(training.x.shape[0]))
    figures = engine.epoch(training, order, stop.requested, validation)
    if stop.requested() and epoch > 1:
        return None
    if validation is not None and "val_loss" not in figures:  # the first epoch was cut short
        figures.update({f"val_{name}": value for name, value in engine.evaluate(validation).items()})
    return figures


def _in_units(figures: Mapping[str, float], scale: float) -> Dict[str, float]:
    return {name: value * scale if name.endswith("mae") else value for name, value in figures.items()}


def _reason_to_stop(plan: Plan, state: State, began: float, hooks: "_Hooks") -> Optional[str]:
    """Why no epoch is to follow, or None where one is."""
    if plan.early_stopping is not None and state.stale_epochs >= plan.early_stopping.patience:
        return "early_stopping"
    if plan.time_limit is not None and time.monotonic() - began >= plan.time_limit:
        return "time_limit"
    if hooks.want_to_stop():
        return "callback"
    return "finished" if state.epoch >= plan.epochs else None


class _Hooks:
    """The hooks of Keras callbacks; without any callback Keras is left alone."""

    def __init__(self, callbacks: Sequence[Any], model: Any, epochs: int) -> None:
        self._model = model
        self._list = backend.callback_list(callbacks, model, epochs) if callbacks else None

    def training_begins(self) -> None:
        if self._list is not None:
            self._model.stop_training = False
            self._list.on_train_begin()

    def epoch_begins(self, epoch: int) -> None:
        """Tell of an epoch, counting from 1; Keras counts from 0."""
        if self._list is not None:
            self._list.on_epoch_begin(epoch - 1)

    def epoch_ends(self, epoch: int, row: Mapping[str, float]) -> None:
        """Tell the figures of an epoch by the names that Keras uses."""
        if self._list is not None:
            figures = {name: value for name, value in row.items() if name not in ("epoch", "seconds")}
            self._list.on_epoch_end(epoch - 1, figures)

    def want_to_stop(self) -> bool:
        return self._list is not None and bool(self._model.stop_training)

    def training_ends(self) -> None:
        if self._list is not None:
            self._list.on_train_end()
