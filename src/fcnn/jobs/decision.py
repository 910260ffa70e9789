"""The temperature and the threshold that a config asks for, fitted on rows that were held out, and what they change."""

from dataclasses import replace
from typing import Any, Dict, Optional, Tuple

import msgspec

from fcnn.config.structs import Decision as Wanted
from fcnn.data.target import Target
from fcnn.evaluation.decision import fitted_temperature, fitted_threshold, reliability
from fcnn.jobs.member import Member


def decided(member: Member, wanted: Wanted) -> Tuple[Member, Optional[Dict[str, Any]]]:
    """What predicts, with calibrated probabilities and a threshold.

    Args:
        member: with the scores of what predicts.
        wanted: of the config.

    Returns:
        The same with all parts judged anew, and what ``metrics.json`` says of it: ``temperature``, ``threshold`` and
        its ``metric``, the part that they were ``fitted_on``, the scores ``before``, and the ``reliability`` of the
        part that counts before and after. None where nothing is wanted.
    """
    if wanted == Wanted():
        return member, None
    held_out = member.scored["validation"]
    found: Dict[str, Any] = {"fitted_on": "validation"}
    target = held_out.target
    if wanted.calibration is not None:
        temperature = fitted_temperature(held_out.truth, held_out.probabilities, held_out.weight)
        target, found["temperature"] = msgspec.structs.replace(target, temperature=temperature), temperature
    if wanted.threshold is not None:
        positive = replace(held_out, target=target).probabilities[:, 1]
        threshold = fitted_threshold(held_out.truth, positive, wanted.threshold, held_out.weight)
        target = msgspec.structs.replace(target, threshold=threshold)
        found.update({"threshold": threshold, "metric": wanted.threshold})
    scored = {part: replace(each, target=with_decision(each.target, target)) for part, each in member.scored.items()}
    after = replace(member, scored=scored, scores={part: each.metrics for part, each in scored.items()})
    pair = {"before": member.scored[member.part], "after": scored[member.part]}
    found["before"] = member.scores
    found["reliability"] = {
        name: {"part": member.part, **reliability(each.truth, each.probabilities, each.weight)}
        for name, each in pair.items()
    }
    return after, found


def with_decision(target: Target, decided: Target) -> Target:
    """A target with the temperature and the threshold of another."""
    return msgspec.structs.replace(target, temperature=decided.temperature, threshold=decided.threshold)
