"""Conditions on what packages ask for (Requires-Dist): what is missing, what lies outside, what of it matters.

What was measured outdoes what metadata says: a complaint that the tables know to be harmless is told as such, and by
no other rule.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Callable, List, Mapping, Optional, Sequence

from fcnn.environment.conditions.complaints import (
    TRIED_TOGETHER,
    Complaint,
    asked_for,
    complaints,
    known,
    listed_harmless,
)
from fcnn.environment.conditions.requirements import contains
from fcnn.environment.facts import Facts
from fcnn.environment.names import TENSORFLOW_NAMES
from fcnn.environment.ranges import Interval, interval, range_text, some_version
from fcnn.environment.rules import REMEDIES
from fcnn.environment.rules.published import newest_for
from fcnn.environment.rules.tensorflow_requires import required_by_tensorflow

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

Fills = Sequence[Mapping[str, str]]

_TINY = ("astunparse", "google-pasta", "opt-einsum", "termcolor")
_SMALL = ("absl-py", "flatbuffers", "grpcio", "tensorflow-estimator", *_TINY)
_OF_KERAS = ("namex", "optree")
_OF_SCIENCE = ("cycler", "joblib", "kiwisolver", "pyparsing", "python-dateutil", "threadpoolctl")
"""What nobody lists who lists only what matters: where one of a kind is told, all of the kind are."""
_TOLD = 4
"""So many packages are named that ask for one and the same."""


# --- the rules' predicates ---


def missing_repairable(facts: Facts, versions: "Versions") -> Fills:
    """R55: what is asked for and not there, where it can simply be installed."""
    return [fills for fills in _generic(versions, missing=True) if fills["repair"]]


def missing_unrepairable(facts: Facts, versions: "Versions") -> Fills:
    """R55: the same where no version suits all who ask."""
    return [fills for fills in _generic(versions, missing=True) if not fills["repair"]]


def outside_repairable(facts: Facts, versions: "Versions") -> Fills:
    """R56: what is there in a version that others do not ask for, where one suits all."""
    return [fills for fills in _generic(versions, missing=False) if fills["repair"]]


def outside_unrepairable(facts: Facts, versions: "Versions") -> Fills:
    """R56: the same where none does."""
    return [fills for fills in _generic(versions, missing=False) if not fills["repair"]]


def harmless_versions(facts: Facts, versions: "Versions") -> Fills:
    """R26: what TensorFlow asks for otherwise and was measured to do without, all of it as one."""
    told = [
        f"{complaint.package} {complaint.found} ({_spans(complaint.asked)})"
        for complaint in complaints(versions, missing=False)
        if _only_tensorflow(complaint) and listed_harmless(complaint, versions)
    ]
    return [{"complaints": ", ".join(told)}] if told else []


def harmless_missing(facts: Facts, versions: "Versions") -> Fills:
    """R26: what TensorFlow asks for and was measured to do without, and is not there, all of it as one."""
    told = [
        f"{complaint.package}{_spans(complaint.asked)}"
        for complaint in complaints(versions, missing=True)
        if _only_tensorflow(complaint) and listed_harmless(complaint, versions)
    ]
    return [{"complaints": ", ".join(told)}] if told else []


def refused_repairable(facts: Facts, versions: "Versions") -> Fills:
    """R57: what a list asks for although the TensorFlow it pins forbids it, where it can ask for something else."""
    return [fills for fills in _refused(facts, versions) if fills["repair"]]


def refused_unrepairable(facts: Facts, versions: "Versions") -> Fills:
    """R57: the same where it cannot."""
    return [fills for fills in _refused(facts, versions) if not fills["repair"]]


def _refused(facts: Facts, versions: "Versions") -> Fills:
    found: List[Mapping[str, str]] = []
    for package, asked in sorted(required_by_tensorflow(versions.found.get("tensorflow", "")).items()):
        if package in facts.packages:
            listed = facts.packages[package]
            refused = contains(asked, listed) is False
        elif facts.ranges.get(package):
            listed = facts.ranges[package]
            ends = interval(listed), interval(asked)
            refused = None not in ends and not ends[0].meets(ends[1])  # type: ignore[union-attr,arg-type]
        else:
            continue
        if refused:
            repair = _repair(package, {versions.distribution: asked}, facts, versions)
            found.append({"package": package, "listed": listed, "found": listed, "asked": asked, "repair": repair})
    return found


def _told_where(names: Sequence[str]) -> Callable[[Facts, "Versions"], Fills]:
    """R27: whether one can tell that a package is missing which nobody lists who lists only what matters."""

    def told(facts: Facts, versions: "Versions") -> Fills:
        return [{}] if facts.requires or any(name in facts.packages for name in names) else []

    return told


METADATA_CONDITIONS: Mapping[str, Callable[[Facts, "Versions"], Fills]] = {
    "metadata: missing, repairable": missing_repairable,
    "metadata: missing, unrepairable": missing_unrepairable,
    "metadata: outside, repairable": outside_repairable,
    "metadata: outside, unrepairable": outside_unrepairable,
    "metadata: harmless versions": harmless_versions,
    "metadata: harmless missing": harmless_missing,
    "metadata: refused, repairable": refused_repairable,
    "metadata: refused, unrepairable": refused_unrepairable,
    "metadata: small packages are told": _told_where(_SMALL),
    "metadata: tiny packages are told": _told_where(_TINY),
    "metadata: what Keras needs is told": _told_where(_OF_KERAS),
    "metadata: what science needs is told": _told_where(_OF_SCIENCE),
}


# --- what is told of it ---


@lru_cache(maxsize=8)
def _generic(versions: "Versions", missing: bool) -> Fills:
    facts, everybody = versions.facts, asked_for(versions)
    found = []
    for complaint in complaints(versions, missing):
        unknown = {
            name: range_
            for name, range_ in complaint.asked.items()
            if name not in TRIED_TOGETHER or not known(complaint, versions)
        }
        if unknown:
            names = sorted(unknown)
            told = [f"{name} {facts.packages[name]}{unknown[name] and f' ({unknown[name]})'}" for name in names]
            found.append(
                {
                    "package": complaint.package,
                    "found": complaint.found,
                    "requirers": ", ".join([*told[:_TOLD], *(["..."] if told[_TOLD:] else [])]),
                    "choose": ", ".join([*names[:_TOLD], *(["..."] if names[_TOLD:] else [])]),
                    "repair": _repair(complaint.package, everybody[complaint.package], facts, versions),
                }
            )
    return found


def _only_tensorflow(complaint: Complaint) -> bool:
    return any(name in TENSORFLOW_NAMES for name in complaint.asked)


def _spans(asked: Mapping[str, str]) -> str:
    return next((range_ for name, range_ in asked.items() if name in TENSORFLOW_NAMES), "")


# --- what repairs it ---


def _repair(package: str, asked: Mapping[str, str], facts: Facts, versions: "Versions") -> str:
    """What to install so that all who ask are content: a package with a remedy, or a requirement; empty for neither."""
    from fcnn.environment.matching import find_remedy  # which imports this package

    if package in TENSORFLOW_NAMES:
        return ""
    ranges = [text for text in asked.values() if text]
    newest = newest_for(package, facts.python)
    available = [f"<={newest}"] if newest else []
    if any(row.package == package for row in REMEDIES):
        remedy = find_remedy(package, versions, REMEDIES)
        right = remedy.requirement[len(package) :] if remedy is not None else ""
        if right and all(_within(right, text) for text in ranges):
            return package
        if not right or _common([*ranges, right, *available]) is None:
            # A list may still ask for what TensorFlow itself asks for, and is judged once more then.
            right = ""
            if facts.kind != "requirements":
                return ""
        ranges += [right] if right else []
    common = _common(ranges)
    if common is None or _common([*ranges, *available]) is None:
        return ""
    requirement = range_text(common)
    version = some_version(requirement)
    return f"{package}{requirement}" if all(contains(text, version) is not False for text in ranges) else ""


def _common(ranges: Sequence[str]) -> Optional[Interval]:
    """What all ranges allow; None where that is nothing, or one cannot be read."""
    common = Interval(None, None)
    for text in ranges:
        range_ = interval(text)
        if range_ is None:
            return None
        common = common.intersection(range_)
    return None if common.empty else common


def _within(text: str, other: str) -> bool:
    inner, outer = interval(text), interval(other)
    return inner is not None and outer is not None and inner.within(outer)
