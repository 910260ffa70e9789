"""The part of the main job that needs TensorFlow: building and training the Keras model; to be imported late."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from fcnn.config import parse_duration
from fcnn.config.structs import optimizer_of, schedule_of
from fcnn.data.stored import take
from fcnn.errors import OutOfMemoryError, Problem, TrainingError
from fcnn.inference.network import forward
from fcnn.insight.observer import Observer, choose_probe
from fcnn.jobs.post_mortem import explained
from fcnn.jobs.prepare import Prepared
from fcnn.jobs.reporter import Reporter
from fcnn.network import backend
from fcnn.network.parametrization import effective
from fcnn.training.engine import class_weights
from fcnn.training.event_files import EventFiles
from fcnn.training.learner import Learner, Learners
from fcnn.training.loop import Plan, Trained, train
from fcnn.training.non_finite import NonFiniteError
from fcnn.training.rows import Rows, to_rows
from fcnn.training.saving import Checkpoints
from fcnn.training.schedules import LearningRate
from fcnn.training.state import State, rows_of
from fcnn.training.stop import Stop
from fcnn.wording import say

PARITY = 1e-5
"""The largest difference between NumPy's and Keras's output, divided by max(1, largest output), that is rounding."""
PARITY_ROWS = 10_000
"""Rows of each part that are compared."""


@dataclass(frozen=True)
class Fitted:
    """A trained network."""

    arrays: Mapping[str, np.ndarray]
    """The kept weights by name, float32."""
    trained: Trained
    numpy_difference: float
    """The largest difference between the outputs of NumPy and Keras, divided by max(1, largest output)."""
    measured: Mapping[str, List[float]] = field(default_factory=dict)
    """Of :class:`fcnn.insight.observer.Observer`; empty where nothing was to be measured."""


def fit_network(
    prepared: Prepared,
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Optional[Stop],
    learners: Learners,
    checkpoints: Checkpoints,
    number: int,
    events: Optional[Path] = None,
) -> Fitted:
    """Build and train the Keras model of a job.

    Args:
        prepared: the job.
        callbacks: Keras callbacks.
        reporter: is told of every epoch.
        stop: a request to stop from outside.
        learners: what earlier trainings compiled.
        checkpoints: of the run; where there is one of this training, it goes on from there.
        number: of the training, from 1.
        events: the folder for TensorBoard's files, where they are wanted.

    Raises:
        RunError: the checkpoint is damaged, or does not fit.
        TrainingError: loss or weights became non-finite, NumPy cannot repeat what Keras computes, or there is not
            enough memory.
    """
    config, names = prepared.config, list(prepared.design.architecture.shapes())
    backend.set_threads(config.training.threads)
    try:
        learner = learners.get(prepared.design, config.training, optimizer_of(config), config.seed)
        if prepared.initial is not None:
            backend.set_arrays(learner.model, prepared.initial, names)
        trained, measured = _train(prepared, learner, callbacks, reporter, stop, checkpoints, number, events)
        arrays = backend.get_arrays(learner.model, names)
        return Fitted(arrays, trained, _numpy_difference(prepared, learner.model, arrays), measured)
    except backend.OUT_OF_MEMORY as error:
        parameters = prepared.design.architecture.trainable_parameters
        message = say(
            "not enough memory to train {count:,} weights, {size:.2g} GB and several times that",
            count=parameters,
            size=parameters * 4 / 1e9,
        )
        hint = "fewer units, or a smaller batch_size"
        raise OutOfMemoryError(Problem(message, "network.layers", hint=hint)) from error


def _train(
    prepared: Prepared,
    learner: Learner,
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Optional[Stop],
    checkpoints: Checkpoints,
    number: int,
    events: Optional[Path],
) -> Tuple[Trained, Mapping[str, List[float]]]:
    """Train the network of a job, leave it with the weights of the best epoch, and say what was measured meanwhile."""
    config, model, optimizer = prepared.config, learner.model, learner.optimizer
    options, rate = config.training, optimizer_of(config).learning_rate
    rates = LearningRate(schedule_of(config), rate, options.epochs)
    state = checkpoints.restore(number, learner, rates)
    if state is not None and state.stopped is not None:
        callbacks = ()  # they were called
        reporter.line(say("it had ended before the run was killed"))
    elif state is not None:
        reporter.line(say("it goes on after epoch {epoch}", epoch=state.epoch))
    if callbacks:
        model.compile(optimizer=optimizer, loss=backend.loss(prepared.design.loss))  # they may look at model.optimizer
    parts = _rows(prepared)
    limit = None if options.time_limit is None else parse_duration(options.time_limit)
    board = None if events is None else EventFiles(events, [] if state is None else rows_of(state.history))
    observer = _observer(prepared, state) if checkpoints.are_written and config.diagnostics else None
    reporter.training_begins(options.epochs)

    def on_epoch(row: Dict[str, float], best_epoch: int) -> None:
        if board is not None:
            board.epoch(row)
        reporter.epoch(row, best_epoch)

    def on_weights(epoch: int, weights: Sequence[np.ndarray]) -> None:
        if observer is not None:
            observer.look(epoch, effective(model, weights))

    def on_checkpoint(state: State) -> None:
        if observer is not None:
            state.measured = observer.columns
        checkpoints.save(number, learner, rates, state)

    try:
        trained = train(
            model,
            learner.engine,
            optimizer,
            rates,
            Plan(options.epochs, config.seed, options.early_stopping, limit),
            parts["train"],
            parts.get("validation"),
            scale=prepared.dataset.target.std,
            on_epoch=on_epoch,
            on_rows=lambda seen: reporter.rows(seen, parts["train"].shape[0]),
            on_weights=None if observer is None else on_weights,
            callbacks=callbacks,
            on_problem=reporter.problem,
            stop=stop,
            state=state,
            on_checkpoint=on_checkpoint,
        )
        if observer is None:
            return trained, {}
        observer.look_at_kept(trained.best_epoch, effective(model, model.get_weights()))
        return trained, observer.columns
    except NonFiniteError as error:
        fresh = LearningRate(schedule_of(config), rate, options.epochs)
        raise explained(error, prepared, learner, parts, checkpoints, number, fresh, callbacks) from error
    finally:
        reporter.training_ended()
        if board is not None:
            board.close()


def _rows(prepared: Prepared) -> Dict[str, Rows]:
    """The rows of ``train`` and, where there is one, ``validation``; only in training do classes have weights."""
    one_unit = prepared.design.architecture.layers[-1].units == 1
    weights = _class_weights(prepared)
    return {
        part: to_rows(rows.x, rows.y, one_unit, rows.weight, weights if part == "train" else None)
        for part, rows in prepared.dataset.parts.items()
        if part != "test"
    }


def _class_weights(prepared: Prepared) -> Optional[np.ndarray]:
    dataset = prepared.dataset
    return class_weights(dataset.parts["train"].y, dataset.target.classes, prepared.config.training.class_weight)


def _observer(prepared: Prepared, state: Optional[State]) -> Observer:
    """Who looks at the network of a job while it is trained."""
    part, given = prepared.dataset.parts["train"], _class_weights(prepared)
    weights = [weight for weight in (part.weight, given) if weight is not None]
    probe = choose_probe(part.x, part.y, np.prod(weights, axis=0) if weights else None, prepared.config.seed)
    architecture, size = prepared.design.architecture, int(prepared.config.training.batch_size)
    before = {} if state is None else state.measured
    return Observer(architecture, prepared.design.loss, probe, len(part.y), size, before)


def _numpy_difference(prepared: Prepared, model: Any, arrays: Mapping[str, np.ndarray]) -> float:
    """The largest difference between the outputs of NumPy and Keras, divided by max(1, largest output)."""
    worst = 0.0
    for part in prepared.dataset.parts.values():
        x = take(part.x, np.arange(min(PARITY_ROWS, len(part.x))))
        expected = np.asarray(model(x, training=False))
        found = forward(prepared.design.architecture, arrays, x)
        if not np.isfinite(expected).all():
            raise TrainingError(Problem("the network's output is not finite", "training", hint="a lower learning rate"))
        difference = np.abs(found.astype(np.float64) - expected).max() / max(1.0, float(np.abs(expected).max()))
        worst = max(worst, float(difference))
    if worst > PARITY:
        message = say(
            "NumPy's forward pass differs from Keras's by {worst:.1e}, more than {limit:.0e}", worst=worst, limit=PARITY
        )
        raise TrainingError(
            Problem(
                message,
                "network",
                hint="an activation with very large outputs? try relu, or batch_normalization",
            )
        )
    return worst
