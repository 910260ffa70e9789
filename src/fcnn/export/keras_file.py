"""A Keras file of stock layers: it loads wherever that generation of Keras is, and can be trained further there.

Keras has no stock layer that reads text, so the file takes the encoded matrix: numbers in their own units, which a
Normalization layer inside standardises, and a column of 0 and 1 for each level of a category. A number comes out in
the target's own unit.
"""

import json
from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np

from fcnn.export.steps import ColumnSteps, IsMissing, Levels, Scale, is_bent
from fcnn.export.subject import Subject
from fcnn.inference.front import multiplied_into
from fcnn.inference.network import array_names
from fcnn.wording import say

FEATURES = "features"
"""The name of the input."""
SMALLEST_STD = 1e-6
"""Keras's Normalization divides by 1e-7 at least."""


def why_no_keras(subject: Subject) -> Dict[str, str]:
    """What of some columns a Keras file cannot hold, by name."""
    flat = {
        column.name: say("it varies so little that Keras's Normalization would take it for constant")
        for column in subject.columns
        if any(isinstance(step, Scale) and step.scale < SMALLEST_STD for step in column.steps)
    }
    bent = {
        column.name: say("Keras has no stock layer for quantiles or for the smooth clip, which scale it")
        for column in subject.columns
        if is_bent(column)
    }
    return {**flat, **bent}


def write_keras(path: Path, subject: Subject) -> None:
    """Write the file in the form that its ending names; needs TensorFlow."""
    from fcnn.network import backend

    document = {**subject.schema(), "columns": matrix_columns(subject), "outputs": _outputs(subject)}
    note = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    backend.save_model(keras_model(subject), path, "fcnn.json", note)


def keras_model(subject: Subject) -> Any:
    """The Keras model.

    Input shape:
        (rows, features) float64, the columns of :func:`matrix_columns`.
    Output shape:
        (rows, classes) or (rows, 1) of a sigmoid unit: probabilities; (rows, 1) in the target's own unit.
    """
    from fcnn.network import backend

    keras, record = backend.keras, subject.run.record
    network, all_arrays = record.network, subject.run.model.arrays
    means, stds = _scales(subject)
    inputs = keras.Input(shape=(len(means),), dtype="float64", name=FEATURES)
    x = backend.normalization_layer(means, stds, "standardise")(inputs)
    last = len(network.layers)
    for number, layer in enumerate(network.layers):
        arrays = [all_arrays[f"{number:02d}/{name}"] for name in array_names(layer)]
        if number == 0:  # what stands before it is linear
            arrays[0] = multiplied_into(network.front, all_arrays, arrays[0], network.inputs)
        suffix = f"_{number + 1}" if number + 1 < last else "_output"
        dense = keras.layers.Dense(layer.units, use_bias=layer.use_bias, name=f"dense{suffix}")
        x = dense(x)
        own = 2 if layer.use_bias else 1
        dense.set_weights(arrays[:own])
        if layer.batch_normalization is not None:
            options = layer.batch_normalization
            normalization = keras.layers.BatchNormalization(
                momentum=options.momentum, epsilon=options.epsilon, name=f"batch_normalization{suffix}"
            )
            x = normalization(x)
            normalization.set_weights(arrays[own : own + 4])
        name = f"activation{suffix}"
        if layer.parametric:
            x = backend.stock_parametric_activation(x, layer.activation, arrays[-1], name)
        else:
            x = backend.stock_activation(x, layer.activation, name)
        if layer.dropout:
            x = keras.layers.Dropout(layer.dropout, name=f"dropout{suffix}")(x)
    target = subject.target
    if target.task == "regression":
        low, high = network.clip or (0.0, 0.0)
        if network.clip is not None:
            from_low = backend.rescaling_layer(1.0, -low, "from_the_least")(x)
            x = keras.layers.ReLU(max_value=high - low, name="clip_output")(from_low)
        x = backend.rescaling_layer(target.std, target.mean + low * target.std, "in_own_unit")(x)
    return keras.Model(inputs, x, name="fcnn")


def matrix_columns(subject: Subject) -> List[Dict[str, str]]:
    """What the columns of the input are: a name and a meaning each, in order."""
    return [
        {"name": name, "is": meaning}
        for column in subject.columns
        for name, meaning in zip(column.features, _meanings(column))
    ]


def _meanings(column: ColumnSteps) -> List[str]:
    meanings: List[str] = []
    for step in column.steps:
        if isinstance(step, Scale):
            part = repr(column.name) if column.kind == "number" else f"{step.part} of {column.name!r}"
            if column.kind == "boolean":
                part = f"0 or 1 for {column.words[0][-1]!r} or {column.words[1][-1]!r} of {column.name!r}"
            meanings.append(f"{part}; {step.fill!r} where it is missing")
        elif isinstance(step, Levels):
            meanings += [f"1 where {column.name!r} is {level!r}, else 0" for level in step.levels]
        else:
            what = "missing" if isinstance(step, IsMissing) else "any other text"
            meanings.append(f"1 where {column.name!r} is {what}, else 0")
    return meanings


def _scales(subject: Subject) -> Tuple[np.ndarray, np.ndarray]:
    """(features,) what is subtracted and what is divided by, float64; 0 and 1 for what is not scaled."""
    means: List[float] = []
    stds: List[float] = []
    for column in subject.columns:
        for step in column.steps:
            if isinstance(step, Scale):
                means.append(step.center)
                stds.append(step.scale)
            else:
                count = len(step.levels) if isinstance(step, Levels) else 1
                means += [0.0] * count
                stds += [1.0] * count
    return np.array(means), np.array(stds)


def _outputs(subject: Subject) -> Dict[str, str]:
    classes = subject.target.classes
    if not classes:
        return {"output": "(rows, 1), in the target's own unit"}
    if subject.run.record.network.layers[-1].units == 1:
        return {"output": f"(rows, 1), the probability of {classes[1]!r}"}
    return {"output": f"(rows, {len(classes)}), the probabilities of {', '.join(map(repr, classes))}"}
