"""A comparison in sentences."""

import math
from typing import List, Sequence

from fcnn.evaluation.paired import Difference
from fcnn.report.comparison.facts import Comparison
from fcnn.report.comparison.matching import Paired
from fcnn.wording import say, say_list

SIGNIFICANT = 3
"""Digits of the largest of a difference and the ends of its interval."""
MOST_DECIMALS = 9
"""Beyond, numbers have a power of ten."""
MAIN_METRICS = ("accuracy", "rmse")
"""The first of these stands for the others in a sentence."""


def sentences(comparison: Comparison) -> List[str]:
    """What is to be said of each run beside the first, one sentence each, and of the comparison as a whole."""
    said: List[str] = []
    for paired in comparison.paired:
        main = next((name for name in MAIN_METRICS if name in paired.differences), None)
        if main is None:
            reason = paired.reason or say("nothing to compare")
            said.append(say("run {letter} beside run A: cannot be said: {reason}", letter=paired.letter, reason=reason))
        else:
            said.append(about(paired, main))
            others = [name for name, each in paired.differences.items() if name != main and each.is_more_than_noise]
            if others:
                names = say_list(others)
                said.append(say("run {letter}: more than noise: {names}", letter=paired.letter, names=names))
        if paired.note:
            said.append(say("run {letter}: {note}", letter=paired.letter, note=paired.note))
    if len(comparison.paired) > 1 and any(paired.differences for paired in comparison.paired):
        said.append(
            say("of 20 differences that are noise, about 1 looks like more: look twice where many runs are compared")
        )
    if len(comparison.parts) > 1:
        said.append(
            say("the runs are judged by different parts of their tables: no number is marked as the better one")
        )
    return said


def about(paired: Paired, metric: str) -> str:
    """Whether one score of a run differs from that of the first by more than noise."""
    difference = paired.differences[metric]
    is_higher = difference.value >= 0
    low, high = (difference.low, difference.high) if is_higher else (-difference.high, -difference.low)
    size, *ends = aligned([abs(difference.value), low, high], SIGNIFICANT)
    evidence = say("95 % interval {low} to {high}, {rows}", low=ends[0], high=ends[1], rows=common_rows(paired))
    values = {"letter": paired.letter, "metric": metric, "size": size, "evidence": evidence}
    if difference.value == 0:
        return say(
            "run {letter}'s {metric} is that of run A ({evidence}): {verdict}",
            verdict=verdict(difference),
            letter=paired.letter,
            metric=metric,
            evidence=evidence,
        )
    if is_higher:
        return say(
            "run {letter}'s {metric} is {size} higher than run A's ({evidence}): {verdict}",
            verdict=verdict(difference),
            **values,
        )
    return say(
        "run {letter}'s {metric} is {size} lower than run A's ({evidence}): {verdict}",
        verdict=verdict(difference),
        **values,
    )


def common_rows(paired: Paired) -> str:
    """How many rows both were judged by."""
    if paired.part == "test":
        return say("{count:,} common test rows", count=paired.rows)
    if paired.part == "validation":
        return say("{count:,} common validation rows", count=paired.rows)
    return say("{count:,} common training rows", count=paired.rows)


def verdict(difference: Difference) -> str:
    """``more than noise`` or not."""
    return say("more than noise") if difference.is_more_than_noise else say("no more than noise")


def aligned(values: Sequence[float], significant: int, sign: str = "") -> List[str]:
    """Numbers with as many decimals each, so that they can stand below or beside each other.

    Args:
        values: finite.
        significant: digits of the largest that are shown.
        sign: ``+`` for a sign in front of all but 0.
    """
    largest = max(map(abs, values), default=0.0)
    before = math.floor(math.log10(largest)) + 1 if largest else 1  # digits before the point, or minus the zeros behind
    decimals = max(0, significant - before)
    if decimals > MOST_DECIMALS or before > MOST_DECIMALS:
        return [f"{value:{sign}.{significant}g}" for value in values]
    texts = [f"{value:{sign},.{decimals}f}" for value in values]
    return [text.lstrip("+-") if not text.strip("+-0.,") else text for text in texts]
