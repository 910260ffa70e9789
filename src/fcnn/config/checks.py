"""Checks that need the config alone: what its types allow and what is wrong or doubtful all the same.

Every check is a pure function from a config to findings. Errors are what cannot work; the rest is said, and
the run goes on. Those of the data section are in ``checks_data``.
"""

import re
from typing import Callable, Iterator, List, Tuple

from fcnn.config import checks_data, checks_front, checks_network
from fcnn.config.document import Finding
from fcnn.config.duration import parse_duration
from fcnn.config.fit import FITTING, output_findings, task_findings
from fcnn.config.paths import Path
from fcnn.config.structs import (
    Config,
    EarlyStopping,
    Layer,
    activation_of,
    layers_of,
    optimizer_of,
    schedule_of,
)
from fcnn.wording import say, say_joined

DEVICE = re.compile(r"(?:CPU|GPU):\d{1,3}")
LAYERS: Path = ("network", "layers")
SCHEDULE: Path = ("training", "learning_rate_schedule")

SATURATING = frozenset({"sigmoid", "tanh", "hard_sigmoid", "softsign"})
DEEP = 5  # layers

# Beyond these, the first steps throw the weights away: the Adam family moves each weight by about the
# learning rate, whatever the gradient; the others scale the gradient.
LARGEST_LEARNING_RATE = {"adam": 1.0, "adamw": 1.0, "adamax": 1.0, "nadam": 1.0, "rmsprop": 1.0}
LARGEST_OTHER_LEARNING_RATE = 10.0
SMALLEST_LEARNING_RATE = 1e-7  # the resolution of float32
LARGEST_DROPOUT = 0.8
LAST_CYCLE = 8 / 15  # of the epochs, in coslog4: it begins where log2(1 + 15 t) is 3


def check_config(config: Config) -> List[Finding]:
    """Every finding about a config that needs no data."""
    return [finding for check in CHECKS for finding in check(config)]


def _task(config: Config) -> Iterator[Finding]:
    """Keys, an output layer or a loss that do not fit the task, as far as it is known without the data."""
    task = config.data.task
    if task != "auto":
        yield from task_findings(config, task)
    yield from output_findings(config, list(FITTING) if task == "auto" else [task])


def _layers(config: Config) -> Iterator[Finding]:
    """What is wrong or doubtful in one layer."""
    for index, layer in enumerate(layers_of(config)):
        path = (*LAYERS, index)
        given = layer.activation
        name = activation_of(layer).name
        if not isinstance(given, str) and given.negative_slope is not None and name != "leaky_relu":
            yield Finding(
                (*path, "activation", "negative_slope"),
                say("`negative_slope` is an option of leaky_relu, not of {name}", name=given.name),
                hint="write name: leaky_relu, or delete it",
                at_key=True,
            )
        yield from _doubts(layer, name, path)
        if layer.batch_normalization and config.training.batch_size == 1:
            message = "batch normalization over batches of one row makes every value the same"
            yield _warning((*path, "batch_normalization"), message, "training.batch_size: 16 or more")


def _doubts(layer: Layer, activation: str, path: Path) -> Iterator[Finding]:
    if activation == "softmax":
        message = "softmax in a hidden layer: its outputs sum to 1, so that few units learn at a time"
        yield _warning((*path, "activation"), message, "relu; softmax is for the output layer")
    if layer.kernel_initializer in ("zeros", "ones"):
        message = say(
            "kernels that all start as {initializer} keep the units of a layer equal for ever",
            initializer=layer.kernel_initializer,
        )
        yield _warning((*path, "kernel_initializer"), message, "auto chooses what fits the activation")
    if layer.dropout > LARGEST_DROPOUT:
        message = say(
            "a dropout of {dropout:g} leaves {kept:.1%} of the layer's outputs",
            dropout=layer.dropout,
            kept=1 - layer.dropout,
        )
        yield _warning((*path, "dropout"), message, "0.1 to 0.5 is usual")


def _stack(config: Config) -> Iterator[Finding]:
    """What is doubtful about the layers together."""
    layers = layers_of(config)
    names = [activation_of(layer).name for layer in layers]
    normalized = all(layer.batch_normalization for layer in layers)
    embeds = config.network.numeric_embedding is not None  # which is no linear map
    if embeds and all(name == "linear" for name in names):
        return
    if not layers:
        words = {
            "regression": say("without a hidden layer this is linear regression"),
            "auto": say("without a hidden layer this is logistic or linear regression"),
        }
        message = words.get(config.data.task, say("without a hidden layer this is logistic regression"))
        yield Finding(LAYERS, message, severity="note")
    elif all(name == "linear" for name in names):
        message = say("without a nonlinear activation the whole network is one linear map")
        yield _warning(LAYERS, message, "activation: relu; else `layers: []` gives the same")
    elif len(layers) >= DEEP and SATURATING.issuperset(names) and not normalized:
        kinds = say_joined("{left} and {right}", dict.fromkeys(names))
        message = say(
            "{count} layers of {kinds}: the gradients vanish on the way to the first ones",
            count=len(layers),
            kinds=kinds,
        )
        yield _warning(LAYERS, message, "activation: relu, or batch_normalization: true, or fewer layers")


def _learning_rate(config: Config) -> Iterator[Finding]:
    optimizer = optimizer_of(config)
    name, rate = optimizer.__struct_config__.tag, optimizer.learning_rate
    path: Path = ("training", "optimizer", "learning_rate")
    usual = say("the default of {name} is {rate:g}", name=name, rate=type(optimizer)().learning_rate)
    if rate > LARGEST_LEARNING_RATE.get(name, LARGEST_OTHER_LEARNING_RATE):
        message = say(
            "a learning rate of {rate:g} is out of any reason for {name}: the loss will blow up", rate=rate, name=name
        )
        yield _warning(path, message, usual)
    elif rate < SMALLEST_LEARNING_RATE:
        yield _warning(path, say("with a learning rate of {rate:g} the weights hardly move", rate=rate), usual)


def _patience(config: Config) -> Iterator[Finding]:
    """Options that cannot take effect within the epochs."""
    epochs, stopping, schedule = config.training.epochs, config.training.early_stopping, schedule_of(config)
    name = schedule.__struct_config__.tag
    # The default is not remarked on: nobody asked for it.
    if stopping is not None and stopping.patience >= epochs and stopping != EarlyStopping():
        message = say(
            "a patience of {patience} never ends a training of {epochs} epochs",
            patience=stopping.patience,
            epochs=epochs,
        )
        yield Finding(("training", "early_stopping", "patience"), message, severity="note")
    if name == "plateau" and stopping is not None and schedule.patience >= stopping.patience:
        message = say(
            "the learning rate is never reduced: early stopping ends the training after {patience} "
            "epochs without improvement, and the plateau waits for {plateau}",
            patience=stopping.patience,
            plateau=schedule.patience,
        )
        hint = "half the patience of early stopping, or less"
        yield Finding((*SCHEDULE, "patience"), message, hint=hint, severity="note")
    if name == "coslog4" and stopping is not None and stopping.patience < LAST_CYCLE * epochs:
        message = say(
            "early stopping with a patience of {patience} may end the training in the middle of a cycle of coslog4: "
            "the loss often rises with the learning rate and falls at the end, and the last cycle takes {cycle} epochs",
            patience=stopping.patience,
            cycle=round(LAST_CYCLE * epochs),
        )
        yield Finding(SCHEDULE, message, hint="training.early_stopping=null", severity="note")
    if name == "step" and schedule.every >= epochs:
        message = say(
            "the learning rate is never reduced: a step of {every} epochs, of {epochs} in all",
            every=schedule.every,
            epochs=epochs,
        )
        yield Finding((*SCHEDULE, "every"), message, severity="note")


def _time_limit(config: Config) -> Iterator[Finding]:
    limit = config.training.time_limit
    try:
        if limit is not None:
            parse_duration(limit)
    except ValueError as error:
        expected = "seconds, or such as 90s, 10m, 2h, 1h30m"
        yield Finding(("training", "time_limit"), error.args[0], expected, f'"{limit}"')


def _devices(config: Config) -> Iterator[Finding]:
    """Names that no device has, and a mode in which several do not work together."""
    training = config.training
    devices, path = training.devices, ("training", "devices")
    if devices == "auto":
        return
    names = devices if isinstance(devices, list) else []
    for index, name in enumerate(names):
        if not DEVICE.fullmatch(name):
            yield Finding((*path, index), say("this is no name of a device"), "GPU:0", f'"{name}"')
        elif name in names[:index]:
            yield Finding((*path, index), say("the device is named twice"), received=name)
    if devices == []:
        yield Finding(path, say("without a device nothing can be computed"), hint="training.devices=auto")
    if devices != 1 and training.compile in ("xla", "eager"):
        message = say("named or several devices work in graph mode")
        yield Finding(("training", "compile"), message, "graph", training.compile, "training.compile=graph")


def _run_name(config: Config) -> Iterator[Finding]:
    """A name that cannot be a folder's on one of the systems that fcnn is for."""
    name = config.run.name
    if name is None:
        return
    usable = name.isprintable() and not set(name) & set('/\\:*?"<>|')
    if not usable or not name or name[0] in ". " or name[-1] in ". ":
        hint = "run.dir is the folder it goes to"
        yield Finding(("run", "name"), "this cannot be a folder's name", received=f'"{name}"', hint=hint)


def _warning(path: Path, message: str, hint: str) -> Finding:
    return Finding(path, message, hint=hint, severity="warning")


CHECKS: Tuple[Callable[[Config], Iterator[Finding]], ...] = (
    *checks_data.CHECKS,
    _task,
    _layers,
    *checks_network.CHECKS,
    *checks_front.CHECKS,
    _stack,
    _learning_rate,
    _patience,
    _time_limit,
    _devices,
    _run_name,
)
