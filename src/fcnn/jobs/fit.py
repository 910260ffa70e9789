"""The part of the main job that needs TensorFlow: building and training the Keras model."""

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence, Tuple

import numpy as np

from fcnn.config import parse_duration
from fcnn.config.structs import optimizer_of, schedule_of
from fcnn.errors import Problem, TrainingError
from fcnn.inference.network import forward
from fcnn.jobs.backend import load_backend
from fcnn.jobs.prepare import Prepared
from fcnn.jobs.reporter import Reporter
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
    trained: Any
    """:class:`fcnn.training.loop.Trained`"""
    numpy_difference: float
    """The largest difference between the outputs of NumPy and Keras, divided by max(1, largest output)."""


def fit_network(prepared: Prepared, callbacks: Sequence[Any], reporter: Reporter, stop: Optional[Stop]) -> Fitted:
    """Build and train the Keras model of a job; imports TensorFlow.

    Args:
        prepared: the job.
        callbacks: Keras callbacks.
        reporter: is told of every epoch.
        stop: a request to stop from outside.

    Raises:
        TrainingError: loss or weights became non-finite, or NumPy cannot repeat what Keras computes.
        UnsupportedEnvironmentError: TensorFlow cannot be imported.
    """
    backend = load_backend()
    try:
        return _fit(prepared, callbacks, reporter, stop)
    except backend.OUT_OF_MEMORY as error:
        parameters = prepared.design.architecture.trainable_parameters
        message = say(
            "not enough memory to train {count:,} weights, {size:.2g} GB and several times that",
            count=parameters,
            size=parameters * 4 / 1e9,
        )
        raise TrainingError(Problem(message, "network.layers", hint="fewer units, or a smaller batch_size")) from error


def _fit(prepared: Prepared, callbacks: Sequence[Any], reporter: Reporter, stop: Optional[Stop]) -> Fitted:
    from fcnn.network import backend
    from fcnn.network.build import build_model
    from fcnn.training.engine import Engine, class_weights, to_tensors
    from fcnn.training.loop import NonFiniteError, Plan, explain_non_finite, train
    from fcnn.training.schedules import LearningRate

    dataset, design, config = prepared.dataset, prepared.design, prepared.config
    options = config.training
    backend.set_threads(options.threads)
    backend.set_seed(config.seed)
    model = build_model(design.architecture, design.options, config.seed)
    names = list(design.architecture.shapes())
    if prepared.initial is not None:
        backend.set_arrays(model, prepared.initial, names)
    optimizer = backend.optimizer(optimizer_of(config), model.trainable_variables)
    mode = "graph" if options.compile == "auto" else options.compile
    if callbacks:
        model.compile(optimizer=optimizer, loss=backend.loss(design.loss))  # callbacks may look at model.optimizer
    engine = Engine(
        model,
        optimizer,
        backend.loss(design.loss),
        batch_size=int(options.batch_size),
        clipnorm=options.clipnorm,
        mode=mode,
    )
    one_unit = design.architecture.layers[-1].units == 1
    training = dataset.parts["train"]
    weights = class_weights(training.y, dataset.target.classes, options.class_weight)
    tensors = {
        part: to_tensors(rows.x, rows.y, one_unit, rows.weight, weights if part == "train" else None)
        for part, rows in dataset.parts.items()
        if part != "test"
    }
    limit = options.time_limit
    plan = Plan(options.epochs, config.seed, options.early_stopping, None if limit is None else parse_duration(limit))
    rate = optimizer_of(config).learning_rate
    reporter.training_begins(options.epochs)
    try:
        trained = train(
            model,
            engine,
            optimizer,
            LearningRate(schedule_of(config), rate, options.epochs),
            plan,
            tensors["train"],
            tensors.get("validation"),
            scale=dataset.target.std,
            on_epoch=reporter.epoch,
            callbacks=callbacks,
            stop=stop,
        )
    except NonFiniteError as error:
        column, magnitude = _largest_column(dataset)
        usual = type(optimizer_of(config))().learning_rate
        raise explain_non_finite(error, column, magnitude, rate, min(rate / 10, usual)) from error
    finally:
        reporter.training_ended()
    arrays = backend.get_arrays(model, names)
    return Fitted(arrays, trained, _numpy_difference(prepared, model, arrays))


def _largest_column(dataset: Any) -> Tuple[str, float]:
    seen = [np.abs(part.x).max(axis=0) for name, part in dataset.parts.items() if name != "test"]
    magnitudes = np.max(seen, axis=0)
    position = int(magnitudes.argmax())
    return dataset.preprocessing.feature_names[position], float(magnitudes[position])


def _numpy_difference(prepared: Prepared, model: Any, arrays: Mapping[str, np.ndarray]) -> float:
    """The largest difference between the outputs of NumPy and Keras, divided by max(1, largest output)."""
    worst = 0.0
    for part in prepared.dataset.parts.values():
        x = part.x[:PARITY_ROWS]
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
