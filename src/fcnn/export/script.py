"""A short Keras script that trains the same network on the same rows: for reading, running and changing."""

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Sequence, Tuple

import msgspec
import numpy as np
import pandas as pd

from fcnn.config import Config
from fcnn.config.optimizers import Cosine, CosLog4, Exponential, FlatCosine, Plateau, Step
from fcnn.config.structs import optimizer_of, schedule_of
from fcnn.data.header import Header, read_header
from fcnn.data.states import Category
from fcnn.errors import Problem, RunError
from fcnn.export.source import in_words, rendered
from fcnn.export.steps import ColumnSteps, Levels, Scale
from fcnn.export.subject import Subject
from fcnn.files import atomic_write
from fcnn.network.architecture import Design, LayerOptions
from fcnn.network.backend import GENERATION, INITIALIZERS, tf
from fcnn.network.build import bias_seed, layer_seed
from fcnn.wording import Said, say

LETTERS = {"train": "t", "validation": "v", "test": "e"}
INLINE_ROWS = 2_000
"""Of more rows the letters lie in a file beside the script."""
CLASSES_OF_OPTIMIZERS = {
    "adam": "Adam", "adamw": "AdamW", "sgd": "SGD", "rmsprop": "RMSprop", "adagrad": "Adagrad", "adamax": "Adamax",
    "nadam": "Nadam", "adadelta": "Adadelta", "ftrl": "Ftrl",
}  # fmt: skip
LOSSES = {
    "binary_crossentropy": '"binary_crossentropy"',
    "categorical_crossentropy": '"sparse_categorical_crossentropy"',
    "mean_squared_error": '"mean_squared_error"',
    "mean_absolute_error": '"mean_absolute_error"',
    "huber": "keras.losses.Huber()",
    "log_cosh": "keras.losses.LogCosh()",
}


@dataclass(frozen=True)
class Lesson:
    """A run with the rows that it was trained on."""

    subject: Subject
    config: Config
    """With everything that follows from the table written out."""
    design: Design
    paths: Sequence[Path]
    parts: Mapping[str, np.ndarray]
    """Positions, 0-based over all files, of the rows of each part."""
    rows: int
    """How many the files have."""


def write_script(path: Path, lesson: Lesson) -> None:
    """Write the script; of a large table ``.parts.txt``, beside it, says which row is in which part.

    Raises:
        RunError: the run has something that a plain script cannot repeat.
    """
    headers = [read_header(each, lesson.config.data.encoding) for each in lesson.paths]
    others = "savedmodel, onnx, numpy" if lesson.subject.embeds_numbers else "keras, savedmodel, onnx, numpy"
    hint = say("formats that can: {others}", others=others)
    problems = [Problem(reason, str(lesson.subject.run.folder), hint=hint) for reason in why_no_script(lesson, headers)]
    if problems:
        raise RunError(*problems)
    letters = np.full(lesson.rows, "-")
    for name, rows in lesson.parts.items():
        letters[rows] = LETTERS[name]
    parts = "".join(letters.tolist())
    if len(parts) > INLINE_ROWS:
        with atomic_write(path.with_suffix(".parts.txt")) as file:
            file.write(parts)
    with atomic_write(path) as file:
        file.write(script_source(path.stem, lesson, headers[0], parts))


def why_no_script(lesson: Lesson, headers: Sequence[Header]) -> Iterator[Said]:
    """What of a run a plain script cannot repeat."""
    config, record = lesson.config, lesson.subject.run.record
    if any(header.kind != "text" for header in headers):
        yield say("the script reads CSV alone")
        return
    if config.data.weight is not None:
        yield say("the script has no sample weights")
    stated = config.data.columns.values()
    if config.data.scaler != "standard" or any(column.scaler not in (None, "standard") for column in stated):
        yield say("the script standardises, and knows no other scaler")
    if config.data.smooth_clip is not None:
        yield say("the script has no smooth clip")
    if config.training.label_smoothing:
        yield say("the script has no label smoothing")
    if config.training.weight_averaging is not None:
        yield say("the script has no averaged weights")
    if config.training.initial_weights is not None:
        yield say("the training started from the weights of another run")
    if record.repeats is not None:
        yield say("the run is one of several trainings")
    if lesson.subject.run.metrics["stopped"] not in ("finished", "early_stopping"):
        yield say("the training was cut short")
    if GENERATION == 2 and optimizer_of(config).__struct_config__.tag == "adamw":
        yield say("Keras 2.4 has no AdamW")
    network, options = lesson.design.architecture, lesson.design.options
    if any(each.kernel_factor != 1 or each.bias_factor != 1 for each in options):
        yield say("Keras has no layers whose weights are learnt with factors")
    if network.front:
        yield say("Keras has no layers that embed some columns, or scale each")
    if any(layer.parametric for layer in network.layers):
        yield say("Keras has no parametric activations")
    if network.clip is not None:
        yield say("Keras has no layer that clips outside training alone")
    table = _as_script_reads(headers)
    if len(table) != lesson.rows:
        yield say("pandas reads {found:,} rows of the table, fcnn {rows:,}", found=len(table), rows=lesson.rows)
        return
    taken = np.concatenate(list(lesson.parts.values()))
    for column in lesson.subject.columns:
        text = table[column.name].iloc[taken]
        there = text[~text.isin(column.missing)]
        if column.kind == "number" and not column.is_bad_missing:
            values = pd.to_numeric(_with_point(there, column), errors="coerce")
        elif column.kind == "date" and not column.is_bad_missing:
            values = pd.to_datetime(there, format=column.format, errors="coerce")
        else:
            continue
        if values.isna().any():
            yield say("pandas alone cannot read how column {name!r} is written", name=column.name)
    target = lesson.subject.target
    labels = table[target.name].iloc[taken]
    is_known = labels.isin(target.classes) if target.classes else pd.to_numeric(labels, errors="coerce").notna()
    if not is_known.all():
        yield say("pandas alone cannot read how column {name!r} is written", name=target.name)


def _as_script_reads(headers: Sequence[Header]) -> pd.DataFrame:
    tables = [
        pd.read_csv(header.path, sep=header.separator, encoding=header.encoding, dtype=str, keep_default_na=False)
        for header in headers
    ]
    table = pd.concat(tables, ignore_index=True)
    return table.rename(columns=str.strip).apply(lambda column: column.str.strip())


def _with_point(text: "pd.Series[str]", column: ColumnSteps) -> "pd.Series[str]":
    return text if column.decimal == "." else text.str.replace(",", ".", regex=False)


def script_source(name: str, lesson: Lesson, header: Header, parts: str) -> str:
    """The text of the script that is called `name`."""
    subject, config, training = lesson.subject, lesson.config, lesson.config.training
    columns, target = subject.columns, subject.target
    judged = "test" if "test" in lesson.parts else "validation" if "validation" in lesson.parts else "train"
    metric = "accuracy" if target.classes else "r2"
    schedule = schedule_of(config)
    usual = subject.run.record.preprocessing.missing.texts
    others = {
        column.name: list(column.missing[1:]) for column in columns if set(column.missing[1:]) != set(usual) - {""}
    }
    numbers = sorted({number for column in columns for number in column.missing_numbers})
    stopping = training.early_stopping
    one_unit = lesson.design.architecture.layers[-1].units == 1
    return rendered(
        "train.py.jinja",
        name=in_words(name),
        target_words=in_words(target.name),
        target=repr(target.name),
        run=in_words(subject.run.folder.name),
        files=len(lesson.paths),
        first_file=in_words(lesson.paths[0].name),
        tensorflow=tf.__version__,
        metric=metric,
        score=round(subject.run.metrics[judged][metric], 4),
        scored=judged,
        judged=judged,
        seed=config.seed,
        paths=repr([str(path) for path in lesson.paths]),
        parts_file=len(parts) > INLINE_ROWS,
        parts=textwrap.wrap(parts, 100),
        separator=repr(header.separator),
        encoding=repr(header.encoding),
        columns=[(repr(column.name), _kind(column)) for column in columns],
        kinds={column.kind for column in columns},
        missing=repr(list(usual)),
        missing_of=f"{others!r}.get(name, MISSING)" if others else "MISSING",
        missing_numbers=repr(numbers) if numbers else "",
        truth=next((repr(_truth(column)) for column in columns if column.kind == "boolean"), ""),
        decimal='.str.replace(",", ".", regex=False)' if header.decimal == "," else "",
        errors='"coerce"' if any(column.is_bad_missing for column in columns) else '"raise"',
        rare=any(isinstance(state, Category) and state.rare for state in subject.run.record.preprocessing.columns),
        classes=repr(list(target.classes)) if target.classes else "",
        y_type="float32" if one_unit else "int32",
        one_unit=one_unit,
        layers=list(_layers(lesson)),
        optimizer=_optimizer(config),
        loss=LOSSES[lesson.design.loss],
        watched="accuracy" if target.classes else "mae",
        epochs=training.epochs,
        batch_size=training.batch_size,
        has_validation="validation" in lesson.parts,
        patience=stopping.patience if stopping else 0,
        min_delta=f" - {stopping.min_delta!r}" if stopping and stopping.min_delta else "",
        rate=_rate(schedule, optimizer_of(config).learning_rate, training.epochs),
        plateau=schedule if isinstance(schedule, Plateau) else None,
        class_weight=_class_weight(training.class_weight, target.classes, lesson),
    )


def _kind(column: ColumnSteps) -> str:
    """What the script says of a column."""
    if column.kind == "date":
        return repr((column.format, *(step.part for step in column.steps if isinstance(step, Scale))))
    if len(column.steps) > 1 and column.features[-1].endswith("=<rare>"):
        return repr([level for step in column.steps if isinstance(step, Levels) for level in step.levels])
    return repr(column.kind)


def _truth(column: ColumnSteps) -> Dict[str, int]:
    return {word: truth for truth, words in enumerate(column.words) for word in words}


def _layers(lesson: Lesson) -> Iterator[str]:
    layers = lesson.design.architecture.layers
    for number, (layer, options) in enumerate(zip(layers, lesson.design.options), 1):
        yield f"keras.layers.Dense({', '.join([str(layer.units), *_dense(layer.use_bias, options, lesson, number)])})"
        if layer.batch_normalization is not None:
            yield "keras.layers.BatchNormalization()"
        activation = _activation(layer.activation)
        if activation:
            yield activation
        if layer.dropout:
            yield f"keras.layers.Dropout({layer.dropout})"


def _dense(use_bias: bool, options: LayerOptions, lesson: Lesson, number: int) -> List[str]:
    name = options.kernel_initializer
    seed = "" if name in ("ones", "zeros") else f"seed={layer_seed(lesson.config.seed, number)}"
    arguments = [f"kernel_initializer=keras.initializers.{INITIALIZERS[name]}({seed})"]
    bias = options.bias_initializer
    if bias.name != "zeros":
        seeded = [] if bias.name == "ones" else [f"seed={bias_seed(lesson.config.seed, number)}"]
        stddev = [] if bias.stddev is None else [f"stddev={bias.stddev!r}"]
        arguments.append(f"bias_initializer=keras.initializers.{INITIALIZERS[bias.name]}({', '.join(stddev + seeded)})")
    if not use_bias:
        arguments.append("use_bias=False")
    if options.l1 or options.l2:
        arguments.append(f"kernel_regularizer=keras.regularizers.L1L2({options.l1}, {options.l2})")
    return arguments


def _activation(record: Mapping[str, Any]) -> str:
    name = record["name"]
    special = {
        "linear": "",
        "leaky_relu": f"keras.layers.LeakyReLU({record.get('negative_slope')})",
        "hard_sigmoid": "keras.layers.Activation(lambda z: tf.clip_by_value({slope} * z + {offset}, 0.0, 1.0))",
        "mish": "keras.layers.Activation(lambda z: z * tf.tanh(tf.nn.softplus(z)))",
        "silu": 'keras.layers.Activation("swish")',
    }
    return special.get(name, f'keras.layers.Activation("{name}")').format(**record)


def _optimizer(config: Config) -> str:
    options: Dict[str, Any] = msgspec.to_builtins(optimizer_of(config))
    kind = CLASSES_OF_OPTIMIZERS[options.pop("name")]
    if config.training.clipnorm is not None:
        options["clipnorm"] = config.training.clipnorm
    return f"{kind}({', '.join(f'{name}={value!r}' for name, value in options.items())})"


def _rate(schedule: Any, rate: float, epochs: int) -> str:
    """The learning rate of an epoch as an expression; empty where it stays the same."""
    if isinstance(schedule, Cosine):
        share = f"0.5 * (1 + np.cos(np.pi * (epoch - 1) / {epochs}))"
        return f"{rate!r} * ({schedule.alpha!r} + {1 - schedule.alpha!r} * {share})"
    if isinstance(schedule, Step):
        return f"{rate!r} * {schedule.factor!r} ** ((epoch - 1) // {schedule.every})"
    if isinstance(schedule, Exponential):
        return f"{rate!r} * {schedule.decay_rate!r} ** (epoch - 1)"
    middle = f"(epoch - 0.5) / {epochs}"
    if isinstance(schedule, CosLog4):
        return f"{rate!r} * 0.5 * (1 - np.cos(2 * np.pi * np.log2(1 + 15 * {middle})))"
    if isinstance(schedule, FlatCosine):
        fallen = f"max(0.0, {middle} - {schedule.flat!r}) / {1 - schedule.flat!r}"
        return f"{rate!r} * 0.5 * (1 + np.cos(np.pi * {fallen}))"
    if isinstance(schedule, Plateau):
        return f"max({rate!r} * factor, {min(schedule.min_learning_rate, rate)!r})"
    return ""


def _class_weight(given: Any, classes: Tuple[str, ...], lesson: Lesson) -> str:
    if given is None:
        return ""
    if given == "balanced":
        counts = "np.bincount(y_train.astype(int), minlength=len(CLASSES))"
        return f",\n        class_weight=dict(enumerate(len(y_train) / (len(CLASSES) * {counts})))"
    return f", class_weight={ {code: given.get(name, 1.0) for code, name in enumerate(classes)}!r}"
