"""Which output layer and which loss fit which task, and checks that need facts about the data."""

import math
from typing import Dict, Iterable, List, Optional, Sequence, Tuple, Union

import msgspec

from fcnn.config.checks_network import clip_findings
from fcnn.config.document import Finding, Locate, located
from fcnn.config.paths import format_path
from fcnn.config.presets import TableFacts, preset_values
from fcnn.config.structs import ALIASES, Config, Layer, layers_of
from fcnn.errors import Problem, did_you_mean
from fcnn.wording import say, say_joined

CROSSENTROPY = ("categorical_crossentropy",)
REGRESSION = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")

# Task -> output activation -> losses that fit it; the first of each is what `auto` means.
FITTING: Dict[str, Dict[str, Tuple[str, ...]]] = {
    "binary": {"sigmoid": ("binary_crossentropy",), "softmax": CROSSENTROPY},
    "multiclass": {"softmax": CROSSENTROPY},
    "regression": {"linear": REGRESSION},
}

PARAMETERS_PER_ROW = 100


def resolve_output(config: Config, task: str) -> Optional[Tuple[str, str]]:
    """The output layer's activation and the loss; `auto` follows from the task and from the other of the two.

    Args:
        config: its `network.output.activation` and `training.loss` are looked at.
        task: ``binary``, ``multiclass`` or ``regression``.

    Returns:
        Activation and loss under their canonical names; None where what is given does not fit the task.
    """
    wanted = config.network.output.activation
    loss = ALIASES.get(config.training.loss, config.training.loss)
    for activation, losses in FITTING[task].items():
        if wanted in ("auto", activation) and loss in ("auto", *losses):
            return activation, losses[0] if loss == "auto" else loss
    return None


def auto_batch_size(rows: int) -> int:
    """The power of two nearest to the square root of the training rows, from 8 to 512.

    Few rows get small batches, so that an epoch is more than a few steps; many get large ones, whose products use the
    machine better.
    """
    return min(512, max(8, 2 ** round(math.log2(max(rows, 1)) / 2)))


def output_findings(config: Config, tasks: Sequence[str]) -> List[Finding]:
    """An output layer or a loss that fits none of the tasks."""
    if any(resolve_output(config, task) for task in tasks):
        return []
    activation = config.network.output.activation
    loss = ALIASES.get(config.training.loss, config.training.loss)
    outputs = _unique(name for task in tasks for name in FITTING[task])
    losses = _unique(name for task in tasks for fitting in FITTING[task].values() for name in fitting)
    task = tasks[0] if len(tasks) == 1 else say("any task")
    findings = []
    if activation not in ("auto", *outputs):
        message = say("an output layer with {activation} does not fit {task}", activation=activation, task=task)
        expected = _auto_or(outputs)
        findings.append(Finding(("network", "output", "activation"), message, expected, activation))
    if loss not in ("auto", *losses):
        message = say("the loss {loss} does not fit {task}", loss=loss, task=task)
        expected = _auto_or(losses)
        findings.append(Finding(("training", "loss"), message, expected, config.training.loss))
    if not findings:  # each fits, but not the two together
        losses = _unique(name for task in tasks for name in FITTING[task].get(activation, ()))
        message = say(
            "the loss {loss} does not fit an output layer with {activation}", loss=loss, activation=activation
        )
        expected = _auto_or(losses)
        findings.append(Finding(("training", "loss"), message, expected, config.training.loss))
    return findings


def check_fit(
    config: Config,
    task: str,
    rows: int,
    features: int,
    classes: Sequence[str] = (),
    parameters: Optional[int] = None,
    locate: Locate = format_path,
) -> List[Problem]:
    """Judge a config by facts about the data.

    Args:
        config: a config without errors.
        task: the resolved task: ``binary``, ``multiclass`` or ``regression``.
        rows: the rows that train.
        features: the columns of the matrix that goes into the network.
        classes: the names of the classes; empty for regression.
        parameters: the trainable numbers of the network, where they are known.
        locate: from a path of the config to the words that locate it, such as ``LoadedConfig.locate``.

    Returns:
        Errors, warnings and notes.
    """
    findings = output_findings(config, [task])
    findings += _class_findings(config, task, classes)
    findings += _decision_findings(config, task)
    findings += _size_findings(config, TableFacts(task, rows, features), parameters)
    return located(findings, locate)


def _decision_findings(config: Config, task: str) -> List[Finding]:
    """A calibration of numbers, or a threshold where there are not two classes."""
    findings = []
    if config.decision.calibration is not None and task == "regression":
        message = say("a regression has no probabilities to calibrate")
        findings.append(Finding(("decision", "calibration"), message, "null", config.decision.calibration))
    if config.decision.threshold is not None and task != "binary":
        message = say("a threshold decides between two classes, and this is {task}", task=task)
        findings.append(Finding(("decision", "threshold"), message, "null", config.decision.threshold))
    return findings


def _size_findings(config: Config, table: TableFacts, parameters: Optional[int]) -> List[Finding]:
    findings, rows = [], table.rows
    batch = config.training.batch_size
    # A preset that was written out for a few rows more is not remarked on: one step an epoch is what it wanted.
    if isinstance(batch, int) and batch > rows and config.preset is None:
        message = say(
            "the batch of {batch:,} is larger than the {rows:,} training rows: every epoch is one step",
            batch=batch,
            rows=rows,
        )
        hint = "smaller batches learn in fewer epochs; `auto` chooses one"
        findings.append(Finding(("training", "batch_size"), message, hint=hint, severity="note"))
    if parameters is not None and parameters > PARAMETERS_PER_ROW * rows and not _has_layers_of_preset(config, table):
        message = say(
            "{parameters:,} weights for {rows:,} training rows and {features:,} features, "
            "more than {limit} a row: the network can learn the rows by heart",
            parameters=parameters,
            rows=rows,
            features=table.features,
            limit=PARAMETERS_PER_ROW,
        )
        hint = "fewer units, or dropout or l2"
        findings.append(Finding(("network", "layers"), message, hint=hint, severity="warning"))
    return findings


def _has_layers_of_preset(config: Config, table: TableFacts) -> bool:
    """Whether the layers are those that a preset has for the table, and so were found good for ones like it."""
    if config.preset is None:
        return False
    chosen = preset_values(config.preset, table)["network"]["layers"]
    return layers_of(config) == tuple(msgspec.convert(chosen, List[Layer]))


def _auto_or(names: Sequence[str]) -> str:
    return say("auto, or {names}", names=say_joined("{left} or {right}", names))


def _class_findings(config: Config, task: str, classes: Sequence[str]) -> List[Finding]:
    """Names in the config that must be classes of the target."""
    findings = task_findings(config, task)
    weights = config.training.class_weight
    if classes and isinstance(weights, dict):
        findings += [
            Finding(
                ("training", "class_weight", name),
                say("the target has no class `{name}`", name=name),
                expected=say("classes: {classes}", classes=_few(classes)),
                hint=_meant(name, classes),
                at_key=True,
            )
            for name in weights
            if name not in classes
        ]
    positive = config.data.positive
    if classes and positive is not None and task == "binary" and class_named(positive, classes) is None:
        name = _spellings(positive)[0]
        message = say("the target has no class `{name}`", name=name)
        expected = say("classes: {classes}", classes=_few(classes))
        findings.append(Finding(("data", "positive"), message, expected, hint=_meant(name, classes)))
    return findings


def class_named(value: Union[str, int, float, bool], classes: Sequence[str]) -> Optional[str]:
    """The class that a value of the config names; None where there is none.

    Classes are named by text. A number or a truth value in the config names the class that is written alike:
    1 or 1.0 the class ``1``, or else ``1.0``; true the class ``true``, or else ``True``.
    """
    return next((name for name in _spellings(value) if name in classes), None)


def _spellings(value: Union[str, int, float, bool]) -> List[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, bool):
        word = str(value)
        return [word.lower(), word, word.upper()]
    whole = [str(int(value))] if float(value).is_integer() else []
    return list(dict.fromkeys([*whole, repr(value), repr(float(value))]))


def task_findings(config: Config, task: str) -> List[Finding]:
    """Keys that have no meaning for a task."""
    findings = []
    if config.data.positive is not None and task != "binary":
        message = say("`positive` names a class of a binary task, and the task is {task}", task=task)
        findings.append(Finding(("data", "positive"), message, hint="delete the key, or set task: binary"))
    if config.training.class_weight is not None and task == "regression":
        message = say("`class_weight` weights classes, and the task is regression")
        hint = "delete the key; data.weight names a column of sample weights"
        findings.append(Finding(("training", "class_weight"), message, hint=hint))
    if config.training.label_smoothing and task == "regression":
        message = say("`label_smoothing` smooths classes, and the task is regression")
        hint = say("training.label_smoothing=0, or delete the key")
        findings.append(Finding(("training", "label_smoothing"), message, hint=hint))
    return [*findings, *clip_findings(config.network.output, task)]


def _meant(name: str, classes: Sequence[str]) -> str:
    hint = did_you_mean(name, classes)
    return hint if hint.startswith("did") else ""


def _few(names: Sequence[str], most: int = 20) -> str:
    shown = ", ".join(names[:most])
    return say("{names} and {count} more", names=shown, count=len(names) - most) if len(names) > most else shown


def _unique(names: Iterable[str]) -> List[str]:
    return list(dict.fromkeys(names))
