"""The loop over epochs: schedule, early stopping, the best epoch's weights, and the reasons to stop."""

import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

import numpy as np

from fcnn.config.structs import EarlyStopping
from fcnn.errors import Problem
from fcnn.training.engine import Engine
from fcnn.training.hooks import Hooks
from fcnn.training.non_finite import check_finite
from fcnn.training.order import epoch_order
from fcnn.training.rows import Rows
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
    earlier_seconds: float = 0.0
    """That it had taken before it was killed."""


def train(
    model: Any,
    engine: Engine,
    optimizer: Any,
    rates: LearningRate,
    plan: Plan,
    training: Rows,
    validation: Optional[Rows],
    *,
    scale: float = 1.0,
    on_epoch: Callable[[Dict[str, float], int], None] = lambda row, best_epoch: None,
    on_rows: Callable[[int], None] = lambda seen: None,
    on_weights: Optional[Callable[[int, Sequence[np.ndarray]], None]] = None,
    callbacks: Sequence[Any] = (),
    on_problem: Callable[[Problem], None] = lambda problem: None,
    stop: Optional[Stop] = None,
    state: Optional[State] = None,
    on_checkpoint: Callable[[State], None] = lambda state: None,
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
        on_rows: called within an epoch, with how many rows it has trained on so far.
        on_weights: called with the learnt weights, as Keras orders them, before the first epoch (0, or the one that an
            earlier process had come to) and after each; it may keep them, and must not change them.
        callbacks: Keras callbacks; their hooks of epochs and of the training are called.
        on_problem: is told where callbacks and the config contradict each other.
        stop: a request to stop from outside.
        state: where an earlier process left the training; model, optimizer and rates are as they were then.
        on_checkpoint: called with the state after each whole epoch, and when the training has ended by itself.

    Raises:
        NonFiniteError: loss or weights became NaN or infinite.
    """
    stop = stop or Stop()
    steps = -(-training.shape[0] // engine.batch_size) if callbacks else 0
    hooks = Hooks(
        callbacks, model, optimizer, plan.epochs, steps, has_schedule=not rates.is_constant, on_problem=on_problem
    )
    state = state or State(model.get_weights())
    min_delta = 0.0 if plan.early_stopping is None else plan.early_stopping.min_delta
    earlier_seconds = state.seconds
    began = time.monotonic() - earlier_seconds

    def time_is_up() -> bool:
        return plan.time_limit is not None and time.monotonic() - began >= plan.time_limit

    def should_stop() -> bool:
        return stop.requested() or stop.agreed("time_limit" if time_is_up() else None) is not None

    def reason_to_stop() -> Optional[str]:
        return _reason_to_stop(plan, state, time_is_up(), hooks)

    hooks.training_begins()
    stopped = state.stopped
    if stopped is None and state.epoch:  # what it was killed before may have been its end
        stopped = stop.agreed(reason_to_stop())
    if on_weights is not None and stopped is None:
        on_weights(state.epoch, model.get_weights())
    while stopped is None:
        epoch, epoch_began = state.epoch + 1, time.monotonic()
        rate = hooks.epoch_begins(epoch, rates.rate(epoch - 1))
        figures = _run_epoch(engine, training, validation, epoch, plan.seed, should_stop, on_rows)
        if figures is not None:
            weights = model.get_weights()
            check_finite(weights, figures, epoch, [*state.history.get("learning_rate", ()), rate])
            row = {"epoch": float(epoch), **_in_units(figures, scale), "learning_rate": rate}
            row["seconds"] = time.monotonic() - epoch_began
            rates.after(watched_loss(row))
            state.add(row, min_delta)
            if state.best_epoch == epoch:
                state.best_weights = weights
            if on_weights is not None:
                on_weights(epoch, weights)
            hooks.epoch_ends(epoch, row)
            on_epoch(row, state.best_epoch)
        state.seconds = time.monotonic() - began
        stopped = str(stop.reason) if stop.requested() else stop.agreed(reason_to_stop())
        if stop.reason is None:  # else the epoch may be a part of one
            state.stopped = stopped
            on_checkpoint(state)
    model.set_weights(state.best_weights)
    hooks.training_ends()
    if callbacks:
        model.set_weights(state.best_weights)  # some put those of another epoch there, by a measure of their own
    return Trained(state.history, state.best_epoch, stopped, earlier_seconds)


def _run_epoch(
    engine: Engine,
    training: Rows,
    validation: Optional[Rows],
    epoch: int,
    seed: int,
    should_stop: Callable[[], bool],
    on_rows: Callable[[int], None],
) -> Optional[Dict[str, float]]:
    """The figures of an epoch, or None where it was cut short: a part of an epoch is not worth a row.

    The first epoch counts all the same: half of it is better than nothing.
    """
    cut_short = False

    def ask() -> bool:
        nonlocal cut_short
        cut_short = should_stop()
        return cut_short

    figures = engine.epoch(training, epoch_order(*training.shape, seed, epoch), ask, validation, on_rows)
    if cut_short and epoch > 1:
        return None
    if validation is not None and "val_loss" not in figures:
        figures.update({f"val_{name}": value for name, value in engine.evaluate(validation).items()})
    return figures


def _in_units(figures: Mapping[str, float], scale: float) -> Dict[str, float]:
    return {name: value * scale if name.endswith("mae") else value for name, value in figures.items()}


def _reason_to_stop(plan: Plan, state: State, time_is_up: bool, hooks: Hooks) -> Optional[str]:
    """Why no epoch is to follow, or None where one is."""
    if plan.early_stopping is not None and state.stale_epochs >= plan.early_stopping.patience:
        return "early_stopping"
    if time_is_up:
        return "time_limit"
    if hooks.want_to_stop():
        return "callback"
    return "finished" if state.epoch >= plan.epochs else None
