"""Whether the documents of a run say what can be: a file that was changed by hand, or made to do harm, is refused."""

import math
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple, Union

import msgspec
from msgspec import Struct

from fcnn.config.base import Literal
from fcnn.data.dates import PARTS
from fcnn.data.said_again import read_back
from fcnn.data.states import Date, Number
from fcnn.errors import Problem, RunError
from fcnn.inference.activations import FORMULAS, PARAMETERS
from fcnn.wording import say

Scores = Dict[str, float]
Part = Literal["train", "validation", "test"]


class _Verdict(Struct):
    message: str
    hint: str
    severity: Literal["error", "warning", "note"]
    said: Optional[Dict[str, Any]] = None


class _Repeats(Struct):
    kind: Literal["seeds", "folds"]
    count: int
    kept: int
    mean: Dict[Part, Scores]
    std: Dict[Part, Scores]
    members: List[Dict[str, Union[Scores, int, float, str, None]]]
    baselines: Dict[str, Dict[Part, Scores]] = {}


class _Importance(Struct):
    metric: str
    part: Part


class _Collapse(Struct):
    one_layer: Scores


class _Metrics(Struct):
    """``metrics.json``, as far as fcnn reads it again."""

    task: Literal["binary", "multiclass", "regression"]
    train: Scores
    baselines: Dict[str, Dict[Part, Scores]]
    verdicts: List[_Verdict]
    parameters: int
    epochs: int
    best_epoch: int
    stopped: str
    validation: Scores = {}
    test: Scores = {}
    scored_rows: Dict[Part, int] = {}
    confidence: Dict[Part, Dict[str, Tuple[float, float]]] = {}
    per_class: Dict[Part, Dict[str, Scores]] = {}
    confusion_matrix: Dict[Part, List[List[int]]] = {}
    importance: Optional[_Importance] = None
    linear_collapse: Optional[_Collapse] = None
    repeats: Optional[_Repeats] = None
    seconds: Optional[float] = None


def check_metrics(metrics: Mapping[str, Any], where: str) -> None:
    """Raise a RunError where ``metrics.json`` is nothing that fcnn writes."""
    try:
        found = msgspec.convert(metrics, _Metrics)
    except (msgspec.ValidationError, RecursionError, OverflowError) as error:
        raise RunError(_damaged(where, str(error))) from error
    if not 1 <= found.best_epoch <= found.epochs < 2**63 or not 0 <= found.parameters < 2**63:
        raise RunError(_damaged(where, "best_epoch"))
    if found.repeats is not None and not 1 <= found.repeats.kept <= len(found.repeats.members):
        raise RunError(_damaged(where, "repeats"))
    verdicts = check_said([verdict.said for verdict in found.verdicts if verdict.said is not None], where)
    if not all(isinstance(each, Problem) and each.severity in ("error", "warning", "note") for each in verdicts):
        raise RunError(_damaged(where, "verdicts"))


def check_said(sentences: Any, where: str) -> Any:
    """The sentences, read back; a RunError where they cannot be."""
    try:
        return read_back(sentences)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise RunError(_damaged(where, "said")) from error


def check_record(record: Any, where: str) -> None:
    """Raise a RunError where ``data.json`` contradicts itself, or has what no fcnn writes.

    Args:
        record: :class:`fcnn.runs.record.Record`
        where: the file.
    """
    wrong = [*_wrong(record)]
    if wrong:
        raise RunError(*(_damaged(where, text) for text in wrong[:20]))
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
        if isinstance(column, Number) and column.decimal not in (".", ","):
            yield f"preprocessing.columns[{place}].decimal"
        if isinstance(column, Date) and not {part.name for part in column.parts} <= {*PARTS}:
            yield f"preprocessing.columns[{place}].parts"
    units = [layer.units for layer in network.layers]
    if not units or not all(0 < count < 2**31 for count in units):
        yield "network.layers"
    for place, layer in enumerate(network.layers):
        if not _is_known(layer.activation):
            yield f"network.layers[{place}].activation"
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
    ):
        yield "repeats"
    if any(column.type not in ("", "number", "category", "boolean", "date") for column in record.columns):
        yield "columns.type"
    if any(finding.severity not in ("error", "warning", "note") for finding in record.findings):
        yield "findings.severity"


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < 2**63


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


def _damaged(where: str, received: str) -> Problem:
    return Problem(say("is damaged"), where, received=received)
