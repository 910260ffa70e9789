"""Several trained networks judged together, as they predict: by the mean of those that a row is to be asked of."""

from dataclasses import replace
from typing import Any, Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from fcnn.evaluation.baselines import Baselines, answer_metrics
from fcnn.inference.ensemble import in_own_unit, plain_output
from fcnn.jobs.member import Member, rivals
from fcnn.jobs.repeats import FOLDS, Repeats
from fcnn.jobs.score import Scored


class Judged(NamedTuple):
    """What a run folder says how good its predictions are."""

    member: Member
    """The network that is kept, with the scores of what predicts: its own, or those of all members."""
    baselines: Mapping[str, Any]
    """Baseline -> part -> metric -> number, on the same rows."""
    each: Sequence[Mapping[str, Any]]
    """Those of each training."""
    is_together: bool = False
    """Whether all members predict."""


def judge(members: Sequence[Member], position: int, repeats: Optional[Repeats]) -> Judged:
    """What a run is judged by.

    The rows of a part are those that any member has in it, and each is predicted by the mean of the members that have
    it in that part: a test row by all; a validation row of folds by the one that did not learn from it; a training row
    by those that did. Baselines of folds are joined likewise: each fold has its own, fitted on its training rows.

    Args:
        members: all that are finished.
        position: of the one that is kept.
        repeats: how the training was repeated, where it was.
    """
    kept = members[position]
    together = repeats is not None and repeats.ensemble
    own = kept.compared or rivals(members[0].prepared if together else kept.prepared)
    compared = [member.compared or own for member in members]
    each = [one.scores for one in compared]
    if not together:
        return Judged(kept, own.scores, each)
    scored = {part: _together([member.scored[part] for member in members]) for part in kept.scored}
    judged = replace(kept, scored=scored, scores={part: found.metrics for part, found in scored.items()})
    if repeats is None or repeats.kind != FOLDS:
        return Judged(judged, own.scores, each, is_together=True)
    return Judged(judged, dict(_rivals(members, compared, scored)), each, is_together=True)


def _rivals(
    members: Sequence[Member], compared: Sequence[Baselines], scored: Mapping[str, Scored]
) -> Iterator[Tuple[str, Dict[str, Any]]]:
    """The baselines that each fold has, judged by the same rows as the networks."""
    for name in compared[0].answers:
        if all(name in one.answers for one in compared):
            figures = {}
            for part, found in scored.items():
                rows = [_rows(member.scored[part]) for member in members]
                answers = _mean(found, rows, [one.answers[name][part] for one in compared])
                target = found.target
                figures[part] = answer_metrics(target.task, found.truth, answers, target.classes, found.weight)
            yield name, figures


def _together(parts: Sequence[Scored]) -> Scored:
    """One part of the table of all members: each row that any of them has, once."""
    first = parts[0]
    rows = np.unique(np.concatenate([_rows(part) for part in parts]))
    truth = np.empty(len(rows), first.truth.dtype)
    weight = None if first.weight is None else np.empty(len(rows), first.weight.dtype)
    for part in parts:
        places = np.searchsorted(rows, _rows(part))
        truth[places] = part.truth
        if weight is not None:
            weight[places] = part.weight
    found = Scored(in_own_unit(first.target), truth, np.empty(0), weight, rows)
    outputs = [plain_output(part.target, part.output) for part in parts]
    return replace(found, output=_mean(found, [_rows(part) for part in parts], outputs))


def _mean(found: Scored, rows: Sequence[np.ndarray], answers: List[np.ndarray]) -> np.ndarray:
    """The mean for each of the rows that were found, (rows, ...) float64, over the members that have it.

    Args:
        found: all rows.
        rows: of each member: positions in the table.
        answers: of each member for its rows, (rows of it, ...) float64.
    """
    every = _rows(found)
    total = np.zeros((len(every), *answers[0].shape[1:]))
    count = np.zeros((len(every), *[1] * (answers[0].ndim - 1)))
    for own, answer in zip(rows, answers):
        places = np.searchsorted(every, own)
        total[places] += answer
        count[places] += 1
    return np.asarray(total / count)


def _rows(part: Scored) -> np.ndarray:
    assert part.rows is not None  # of a training all have them
    return part.rows
