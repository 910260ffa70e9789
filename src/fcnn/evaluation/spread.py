"""Mean and spread of the scores of several trainings."""

from statistics import mean, stdev
from typing import Callable, Dict, List, Mapping, Sequence

Scores = Mapping[str, Mapping[str, float]]
"""Part -> metric -> number."""


def means(members: Sequence[Scores]) -> Dict[str, Dict[str, float]]:
    """Part -> metric -> mean over all members; a metric that one of them does not have is left out."""
    return _each(members, mean)


def standard_deviations(members: Sequence[Scores]) -> Dict[str, Dict[str, float]]:
    """Part -> metric -> sample standard deviation (divided by members - 1); empty for less than two members."""
    return _each(members, stdev) if len(members) > 1 else {}


def _each(members: Sequence[Scores], figure: Callable[[List[float]], float]) -> Dict[str, Dict[str, float]]:
    return {
        part: {
            metric: figure([scores[part][metric] for scores in members])
            for metric in metrics
            if all(metric in scores.get(part, {}) for scores in members)
        }
        for part, metrics in members[0].items()
    }
