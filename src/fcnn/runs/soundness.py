"""Whether ``metrics.json`` says what can be: a file that was changed by hand, or made to do harm, is refused."""

from typing import Any, Dict, List, Mapping, Optional, Tuple, Union

import msgspec
from msgspec import Struct

from fcnn.config.base import Literal
from fcnn.data.said_again import read_back
from fcnn.errors import Problem, RunError
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
    ensemble: Optional[int] = None


class _Importance(Struct):
    metric: str
    part: Part


class _Bin(Struct):
    probability: float
    share: float
    rows: float


class _Reliability(Struct):
    part: Part
    bins: List[_Bin]
    error: float


class _Reliabilities(Struct):
    before: _Reliability
    after: _Reliability


class _Decision(Struct):
    before: Dict[Part, Scores]
    reliability: _Reliabilities
    temperature: Optional[float] = None
    threshold: Optional[float] = None
    metric: str = ""


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
    decision: Optional[_Decision] = None
    seconds: Optional[float] = None


def check_metrics(metrics: Mapping[str, Any], where: str) -> None:
    """Raise a RunError where ``metrics.json`` is nothing that fcnn writes."""
    try:
        found = msgspec.convert(metrics, _Metrics)
    except (msgspec.ValidationError, RecursionError, OverflowError) as error:
        raise RunError(damaged(where, str(error))) from error
    if not 1 <= found.best_epoch <= found.epochs < 2**63 or not 0 <= found.parameters < 2**63:
        raise RunError(damaged(where, "best_epoch"))
    repeats = found.repeats
    if repeats is not None and not 1 <= repeats.kept <= len(repeats.members):
        raise RunError(damaged(where, "repeats"))
    if repeats is not None and repeats.ensemble not in (None, len(repeats.members)):
        raise RunError(damaged(where, "repeats"))
    verdicts = check_said([verdict.said for verdict in found.verdicts if verdict.said is not None], where)
    if not all(isinstance(each, Problem) and each.severity in ("error", "warning", "note") for each in verdicts):
        raise RunError(damaged(where, "verdicts"))


def check_said(sentences: Any, where: str) -> Any:
    """The sentences, read back; a RunError where they cannot be."""
    try:
        return read_back(sentences)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise RunError(damaged(where, "said")) from error


def damaged(where: str, received: str) -> Problem:
    """The problem of a file that no fcnn has written."""
    return Problem(say("is damaged"), where, received=received)
