"""Whether ``data.json`` says what can be: a file that was changed by hand, or made to do harm, is refused."""

import math
from typing import Any, Iterator, Mapping

from msgspec import UNSET

from fcnn.config.network import NO_CURVE
from fcnn.data.dates import PARTS
from fcnn.data.scalers import MOST_QUANTILES
from fcnn.data.states import Date, Number, Quantile, Robust
from fcnn.errors import RunError
from fcnn.inference.activations import FORMULAS, PARAMETERS
from fcnn.runs.sound_front import unsound
from fcnn.runs.soundness import check_said, damaged


def check_record(record: Any, where: str) -> None:
    """Raise a RunError where ``data.json`` contradicts itself, or has what no fcnn writes.

    Args:
        record: :class:`fcnn.runs.record.Record`
        where: the file.
    """
    wrong = [*_wrong(record)]
    if wrong:
        raise RunError(*(damaged(where, text) for text in wrong[:20]))
    for each in (record.said or {}).values():
        check_said(each, where)


def _wrong(record: Any) -> Iterator[str]:
    """The places that cannot be, as paths in the document."""
    preprocessing, network, target = record.preprocessing, record.network, record.target
    names = preprocessing.feature_names
    if not preprocessing.columns or names != record.feature_names or network.inputs != len(names):
        yield "network.inputs"
    if len({column.name for column in preprocessing.columns}) < len(preprocessing.columns):
        yield "preprocessing.columns"
    for place, column in enumerate(preprocessing.columns):
        numbers = [column] if isinstance(column, Number) else column.parts if isinstance(column, Date) else ()
        if not all(math.isfinite(each.mean) and 0 < each.std < math.inf for each in numbers):
            yield f"preprocessing.columns[{place}].std"
        if not all(map(_is_scaled_soundly, numbers)):
            yield f"preprocessing.columns[{place}].scaler"
        if isinstance(column, Number) and column.decimal not in (".", ","):
            yield f"preprocessing.columns[{place}].decimal"
        if isinstance(column, Date) and not {part.name for part in column.parts} <= {*PARTS}:
            yield f"preprocessing.columns[{place}].parts"
    yield from (f"network.front[{place}]" for place in unsound(network.front, len(names)))
    units = [layer.units for layer in network.layers]
    if not units or not all(0 < count < 2**31 for count in units):
        yield "network.layers"
    for place, layer in enumerate(network.layers):
        if not _is_known(layer.activation):
            yield f"network.layers[{place}].activation"
        if layer.parametric and (layer.activation.get("name") in NO_CURVE or place == len(network.layers) - 1):
            yield f"network.layers[{place}].parametric"
    if network.clip is not None and (target.task != "regression" or not _is_range(*network.clip)):
        yield "network.clip"
    classes = target.classes
    outputs = {"binary": (1, 2), "multiclass": (len(classes),), "regression": (1,)}.get(target.task, ())
    least = 0 if target.task == "regression" else 2
    if units[-1:] and (units[-1] not in outputs or len(classes) < least or (least == 0 and classes)):
        yield "target.classes"
    if len({*classes}) < len(classes) or not (math.isfinite(target.mean) and 0 < target.std < math.inf):
        yield "target"
    if not {"read", "train"} <= {*record.rows} or not all(map(_is_count, record.rows.values())):
        yield "rows"
    for file in record.files:
        texts = [file.get(name) for name in ("path", "sha256")]
        if not all(isinstance(text, str) and "\0" not in text for text in texts) or not _is_count(file.get("bytes", 0)):
            yield "files"
    repeats = record.repeats
    if repeats is not None and (
        repeats.get("kind") not in ("seeds", "folds")
        or not all(_is_count(repeats.get(key)) for key in ("count", "kept"))
        or not 1 <= repeats["kept"] <= repeats["count"] <= 10**6
        or not _is_count(repeats.get("ensemble", repeats["kept"]))
        or not repeats["kept"] <= repeats.get("ensemble", repeats["kept"]) <= repeats["count"]
    ):
        yield "repeats"
    if ("ensemble" in (repeats or {}) or target.is_decided) != (record.format > 1):
        yield "format"
    if not all(math.isfinite(each) and each >= 0 for each in (target.temperature, target.threshold) if each != UNSET):
        yield "target"
    if target.temperature == 0 or (target.threshold != UNSET and target.task != "binary"):
        yield "target"
    if any(column.type not in ("", "number", "category", "boolean", "date") for column in record.columns):
        yield "columns.type"
    if any(finding.severity not in ("error", "warning", "note") for finding in record.findings):
        yield "findings.severity"


def _is_scaled_soundly(state: Any) -> bool:
    """Whether a number or a part of a date can be scaled as it says."""
    scaler, limit = state.scaler, state.smooth_clip
    if limit is not UNSET and not 0 < limit < math.inf:
        return False
    if isinstance(scaler, Robust):
        return math.isfinite(scaler.center) and 0 < scaler.scale < math.inf
    if isinstance(scaler, Quantile):
        found = scaler.quantiles
        ascends = all(one <= other for one, other in zip(found, found[1:]))
        return 2 <= len(found) <= MOST_QUANTILES and all(map(math.isfinite, found)) and ascends
    return True


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < 2**63


def _is_range(low: float, high: float) -> bool:
    return -1e30 < low <= high < 1e30


def _is_known(activation: Mapping[str, Any]) -> bool:
    """Whether a recorded activation can be computed."""
    name = activation.get("name")
    parameters = {key: value for key, value in activation.items() if key != "name"}
    return (
        isinstance(name, str)
        and name in FORMULAS
        and {*parameters} == {*PARAMETERS.get(name, {})}
        and all(isinstance(value, (int, float)) and abs(value) < 1e30 for value in parameters.values())
    )
