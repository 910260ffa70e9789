"""What the packages of an environment ask for, where it is not so, and what of that was measured to do no harm."""

from functools import lru_cache
from typing import TYPE_CHECKING, Dict, Mapping, NamedTuple, Sequence, Tuple

from fcnn.environment.conditions.requirements import all_applying, contains, environment_of
from fcnn.environment.facts import Facts
from fcnn.environment.names import TENSORFLOW_NAMES
from fcnn.environment.rules import RULES
from fcnn.environment.rules.harmless import HARMLESS_MISSING, HARMLESS_VERSIONS
from fcnn.environment.rules.tensorflow_requires import required_by_tensorflow

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

TRIED_TOGETHER = (*TENSORFLOW_NAMES, "keras", "keras-nightly", "tensorboard", "tensorflow-estimator")
"""Packages that took part in every measurement: their complaints are what the notes of the table answer."""


class Complaint(NamedTuple):
    """A package that is not as others ask for it."""

    package: str
    found: str
    """Its version; empty where it is not there."""
    asked: Mapping[str, str]
    """Who is not content, and the range each asks for."""


@lru_cache(maxsize=4)
def asked_for(versions: "Versions") -> Mapping[str, Mapping[str, str]]:
    """Package to who asks for it in which range; what only extras or other systems ask for is left out."""
    asked: Dict[str, Dict[str, str]] = {}
    facts = versions.facts
    environment = environment_of(facts)
    for requirer, lines in facts.requires.items():
        if requirer in facts.packages:
            for name, range_ in all_applying(lines, environment):
                asked.setdefault(name, {})[requirer] = range_
    if versions.distribution in facts.packages and versions.distribution not in facts.requires:
        for name, range_ in required_by_tensorflow(facts.packages[versions.distribution]).items():
            asked.setdefault(name, {})[versions.distribution] = range_
    return asked


@lru_cache(maxsize=8)
def complaints(versions: "Versions", missing: bool) -> Sequence[Complaint]:
    """What is not there although it is asked for, or is there in another version, by package."""
    facts = versions.facts
    if facts.kind == "requirements":
        return ()  # R57 speaks of lists
    if missing and not facts.complete:
        return ()
    found = []
    for package, ranges in sorted(asked_for(versions).items()):
        version = facts.packages.get(package)
        if version is None:
            # What a table says that TensorFlow asks for may hold for other systems only.
            read = {name: range_ for name, range_ in ranges.items() if name in facts.requires}
            if missing and read and not _another_name(package, facts):
                found.append(Complaint(package, "", read))
        elif not missing:
            discontent = {name: range_ for name, range_ in ranges.items() if contains(range_, version) is False}
            if discontent:
                found.append(Complaint(package, version, discontent))
    return found


def _another_name(package: str, facts: Facts) -> bool:
    """Whether TensorFlow is there under another name than the one asked for."""
    return package in TENSORFLOW_NAMES and any(name in facts.packages for name in TENSORFLOW_NAMES)


# --- what of it is known ---


def known(complaint: Complaint, versions: "Versions") -> bool:
    """Whether it was measured that TensorFlow works all the same."""
    return listed_harmless(complaint, versions) or any(
        rule.severity == "note"
        and rule.package == complaint.package
        and rule.scope == "any"
        and not (rule.condition or rule.absent)
        and all(versions.facts.variables.get(name, "").lower() == value for name, value in rule.variables.items())
        and "tensorflow" in rule.when
        and rule.when.get(complaint.package)
        and versions.fits(rule.when)
        for rule in RULES
    )


def listed_harmless(complaint: Complaint, versions: "Versions") -> bool:
    """Whether the table of what is harmless has it."""
    rows: Sequence[Tuple[str, Mapping[str, str]]] = HARMLESS_VERSIONS if complaint.found else HARMLESS_MISSING
    return any(
        complaint.package in packages
        and versions.fits(
            {"tensorflow": tensorflow, complaint.package: packages[complaint.package]}
            if complaint.found
            else {"tensorflow": tensorflow}
        )
        for tensorflow, packages in rows
    )
