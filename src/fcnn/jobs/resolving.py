"""What a config leaves open and its table decides: batch size, output layer, loss, how the steps are compiled."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from fcnn.config import Config
from fcnn.config.base import Literal
from fcnn.config.fit import auto_batch_size
from fcnn.config.structs import optimizer_of
from fcnn.errors import ConfigError, Problem
from fcnn.wording import say

if TYPE_CHECKING:
    from fcnn.jobs.prepare import Request


def resolved(request: "Request", task: str, rows: int, design: Any) -> Config:
    """The config with every value that followed from the table or the current folder written out.

    Args:
        request: the job.
        task: of the target.
        rows: training rows.
        design: :class:`fcnn.network.architecture.Design`

    Raises:
        ConfigError: the steps cannot be run in the way that is asked for.
    """
    config = request.loaded.absolute() if request.paths else request.loaded.config  # rows that lie in no file
    output = design.architecture.layers[-1].activation["name"]
    change = msgspec.structs.replace
    batch_size = auto_batch_size(rows) if config.training.batch_size == "auto" else int(config.training.batch_size)
    return change(
        config,
        data=change(config.data, task=task),
        network=change(config.network, output=change(config.network.output, activation=output)),
        training=change(
            config.training,
            batch_size=batch_size,
            loss=design.loss,
            compile=_compile_mode(request, design.architecture.trainable_parameters, batch_size, rows),
            initial_weights=None if request.start is None else str(request.start),
        ),
        run=change(config.run, dir=str(Path(config.run.dir).absolute()), name=request.name),
        search=None,  # a run is one training
    )


def _compile_mode(request: "Request", weights: int, batch_size: int, rows: int) -> Literal["xla", "graph", "eager"]:
    """How TensorFlow runs the steps, where the config leaves it open."""
    from fcnn.network.compile_mode import choose_mode, keras_generation

    training, keras = request.config.training, keras_generation()
    amsgrad = getattr(optimizer_of(request.config), "amsgrad", False)
    if request.workers > 1:
        _check_workers(request)
        return "graph"
    if training.devices not in ("auto", 1):
        return "graph"
    if training.compile == "auto":
        return choose_mode(weights, batch_size, rows, training.epochs, keras, amsgrad, request.trainings)
    if training.compile == "xla" and amsgrad and keras == 2:
        message = say("XLA of TensorFlow 2.4 cannot compile Adam with amsgrad")
        where = request.loaded.locate(("training", "compile"))
        raise ConfigError(Problem(message, where, "graph", "xla", "training.compile=graph"))
    return training.compile


def _check_workers(request: "Request") -> None:
    """Refuse what several workers cannot do."""
    training, locate = request.config.training, request.loaded.locate
    problems = []
    if training.compile in ("xla", "eager"):
        message = say("several workers train in graph mode")
        where = locate(("training", "compile"))
        problems.append(Problem(message, where, "graph", training.compile, "training.compile=graph"))
    if training.devices not in ("auto", 1):
        message = say("each of several workers uses one device")
        hint = say("start a worker for each GPU, CUDA_VISIBLE_DEVICES chooses which")
        problems.append(Problem(message, locate(("training", "devices")), "1", str(training.devices), hint))
    if problems:
        raise ConfigError(*problems)
