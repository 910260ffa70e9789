"""A Python program that needs nothing but NumPy, with the weights beside it."""

from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Mapping, Tuple

import numpy as np
from msgspec import UnsetType

from fcnn.data.dates import FORMATS
from fcnn.export.graph import Network
from fcnn.export.source import in_words, rendered
from fcnn.export.steps import ColumnSteps, IsMissing, Levels, Scale
from fcnn.export.subject import Subject
from fcnn.files import atomic_write
from fcnn.inference.blocks import FoldedLayer
from fcnn.inference.numeric_embedding import Embedded

FORMULAS: Dict[str, str] = {
    "elu": "return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))",
    "exponential": "return np.exp(z)",
    "gelu": "return z * (1 + np.vectorize(math.erf, otypes=[np.float32])(z / 2**0.5)) / 2",
    "hard_sigmoid": "return np.clip(slope * z + offset, 0, 1)",
    "leaky_relu": "return np.where(z > 0, z, negative_slope * z)",
    "mish": "return z * np.tanh(np.logaddexp(0, z))",
    "relu": "return np.maximum(z, 0)",
    "selu": "return scale * np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))",
    "sigmoid": "return np.where(z >= 0, 1, np.exp(-abs(z))) / (1 + np.exp(-abs(z)))  # never overflows",
    "silu": "return z * np.where(z >= 0, 1, np.exp(-abs(z))) / (1 + np.exp(-abs(z)))",
    "softmax": """powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)""",
    "softplus": "return np.logaddexp(0, z)  # log(1 + exp(z)), which never overflows",
    "softsign": "return z / (1 + abs(z))",
    "tanh": "return np.tanh(z)",
}
"""The body of each activation, by fcnn's names."""


def write_numpy(path: Path, subject: Subject) -> None:
    """Write the program, and ``.npz`` beside it."""
    arrays = {}
    for suffix, network in zip(_suffixes(subject), subject.networks):
        for number, layer in enumerate(network.layers, 1):
            arrays[f"kernel_{number}{suffix}"], arrays[f"bias_{number}{suffix}"] = layer.kernel, layer.bias
            if layer.activation_weight is not None:
                arrays[f"activation_weight_{number}{suffix}"] = layer.activation_weight
        if network.embedding is not None:
            arrays.update(_embedding_arrays(suffix, network.embedding))
    with atomic_write(path.with_suffix(".npz"), "wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
    with atomic_write(path) as file:
        file.write(numpy_source(path.stem, subject))


def numpy_source(name: str, subject: Subject) -> str:
    """The text of the program that is called `name`."""
    usual = Counter(column.missing for column in subject.columns).most_common(1)[0][0]
    scales = [step for column in subject.columns for step in column.steps if isinstance(step, Scale)]
    schema, kinds = subject.schema(), {column.kind for column in subject.columns}
    networks = [_network(suffix, network, usual) for suffix, network in zip(_suffixes(subject), subject.networks)]
    sizes = list(dict.fromkeys(network["sizes"] for network in networks))
    layers = subject.networks[0].layers
    units = layers[-1].bias.size
    records = {str(layer.activation["name"]): layer.activation for layer in layers}
    return rendered(
        "numpy_model.py.jinja",
        name=in_words(name),
        target=in_words(subject.target.name),
        run=in_words(schema["run"]),
        made_by=schema["made_by"],
        weights_sha256=str(schema["weights_sha256"]),
        classes=repr(schema["classes"]) if schema["classes"] else "",
        missing=repr(usual[1:]),
        truth=next((repr(_truth(column)) for column in subject.columns if column.words[1]), ""),
        numbers="number" in kinds,
        dates="date" in kinds,
        is_bad_missing=any(column.is_bad_missing for column in subject.columns),
        ranks=any(step.quantiles for step in scales),
        clips=any(step.smooth_clip is not None for step in scales),
        networks=networks,
        sizes=sizes[0] if len(sizes) == 1 else f"{len(networks)} of them",
        formulas=[_formula(record) for kind, record in records.items() if kind != "linear"],
        outputs=units,
        parametric=any(layer.activation_weight is not None for layer in layers),
        one_unit=units == 1,
        exponent="" if isinstance(subject.target.temperature, UnsetType) else repr(1.0 / subject.target.temperature),
        threshold="" if isinstance(subject.target.threshold, UnsetType) else repr(subject.target.threshold),
    )


def _suffixes(subject: Subject) -> List[str]:
    """What the names of each network's arrays and functions end with: nothing where there is one."""
    count = len(subject.networks)
    return [""] if count == 1 else [f"_of_{number}" for number in range(1, count + 1)]


def _embedding_arrays(suffix: str, embedding: Embedded) -> Dict[str, np.ndarray]:
    """What an embedding of numbers needs."""
    own = {"columns": embedding.columns, "kernel": embedding.kernel, "bias": embedding.bias}
    return {f"embedding_{name}{suffix}": array for name, array in {**own, **embedding.encoding._asdict()}.items()}


def _network(suffix: str, network: Network, usual: Tuple[str, ...]) -> Dict[str, Any]:
    """What the template says of a network and of its preprocessing."""
    features = sum(len(column.features) for column in network.columns)
    embedded = [] if network.embedding is None else [network.layers[0].kernel.shape[0]]
    units = [features, *embedded, *(layer.bias.size for layer in network.layers)]
    return {
        "suffix": suffix,
        "features": features,
        "columns": [_column(column, usual) for column in network.columns],
        "layers": [_layer(number, suffix, layer) for number, layer in enumerate(network.layers, 1)],
        "sizes": " -> ".join(map(str, units)),
        "embedding": "" if network.embedding is None else type(network.embedding.encoding).__name__,
        "clip": ", ".join(map(repr, network.layers[-1].clip or ())),
        "std": repr(network.target.std),
        "mean": repr(network.target.mean),
    }


def _column(column: ColumnSteps, usual: Tuple[str, ...]) -> Dict[str, Any]:
    """What the template says of a column."""
    arguments = ["cell", "MISSING" if column.missing == usual else repr(column.missing[1:])]
    reader = "text_of"
    if column.kind == "number":
        reader = "number_of"
        arguments += [repr(column.missing_numbers), repr(column.decimal)]
    elif column.kind == "date":
        reader = "days_of"
        arguments += [repr(FORMATS.get(column.format, "")), repr(column.format)]
    if column.is_bad_missing:
        arguments.insert(0, reader)
        reader = "bad_is_missing"
    parts = {step.part for step in column.steps if isinstance(step, Scale)}
    return {
        "name": in_words(column.name),
        "name_text": repr(column.name),
        "kind": column.kind,
        "read": f"{reader}({', '.join(arguments)})",
        "parts": bool(parts - {"days", "value"}),
        "lines": _lines(column),
    }


def _truth(column: ColumnSteps) -> Dict[str, int]:
    """What the words of a boolean column mean, which are the same in all of them."""
    return {word: truth for truth, words in enumerate(column.words) for word in words}


def _lines(column: ColumnSteps) -> List[str]:
    """The statements that write a column's part of the matrix."""
    lines: List[str] = []
    for step in column.steps:
        if isinstance(step, Scale):
            part = {"value": "value", "days": f"value - {column.first!r}"}.get(step.part, step.part)
            empty = "np.isnan(value)" if column.kind == "boolean" else "missing"
            value = f"np.where({empty}, {step.fill!r}, {part})"
            if step.quantiles:
                value = f"to_normal({value}, {list(step.quantiles)!r})"
            elif (step.center, step.scale) != (0.0, 1.0):
                value = f"({value} - {step.center!r}) / {step.scale!r}"
            if step.smooth_clip is not None:
                value = f"smooth_clip({value}, {step.smooth_clip!r})"
            lines.append(f"columns.append({value})")
        elif isinstance(step, Levels):
            lines += [f"levels = {list(step.levels)!r}", "columns += [value == level for level in levels]"]
        elif isinstance(step, IsMissing):
            lines.append("columns.append(missing)")
        else:
            lines.append("columns.append(~missing & ~np.isin(value, levels))")
    return lines


def _formula(record: Mapping[str, Any]) -> str:
    """An activation as a function."""
    parameters = "".join(f", {key}={value!r}" for key, value in record.items() if key != "name")
    return f"def {record['name']}(z{parameters}):\n    {FORMULAS[record['name']]}"


def _layer(number: int, suffix: str, layer: FoldedLayer) -> Dict[str, str]:
    product = f'x @ WEIGHTS["kernel_{number}{suffix}"] + WEIGHTS["bias_{number}{suffix}"]'
    name = layer.activation["name"]
    inputs, units = layer.kernel.shape
    call = product if name == "linear" else f"{name}({product})"
    if layer.activation_weight is not None:
        call = f'parametric({name}, {product}, WEIGHTS["activation_weight_{number}{suffix}"])'
    return {"call": call, "sizes": f"{inputs} -> {units}"}
