"""Whether a rule speaks of an environment: version ranges against the versions found, or left open by a list."""

import re
from enum import IntEnum
from functools import lru_cache
from typing import Dict, List, Mapping, NamedTuple, Optional, Tuple

from packaging.specifiers import SpecifierSet

from fcnn.environment.conditions import CONDITIONS
from fcnn.environment.facts import Facts
from fcnn.environment.names import TENSORFLOW_NAMES as TENSORFLOW_NAMES
from fcnn.environment.ranges import base_version, interval
from fcnn.environment.ranges import some_version as some_version
from fcnn.environment.rules import Remedy, Rule
from fcnn.environment.rules.published import newest_for
from fcnn.environment.rules.tensorflow_requires import required_by_tensorflow

_X86 = ("x86_64", "amd64", "i386", "i686", "x86")


class Fit(IntEnum):
    """How surely a range holds."""

    NO = 0
    POSSIBLE = 1  # for some of the versions that a list leaves open
    CERTAIN = 2


class Versions:
    """The versions of one environment as rules see them.

    ``tensorflow`` is TensorFlow under any of its names, ``python`` is Python itself, and a pre-release counts
    as the release it leads to: 2.4.0rc1 and 2.4.0.dev20201023 break as 2.4.0 does, while by the letter neither
    ``<2.4`` nor ``>=2.4`` would contain them.
    """

    def __init__(self, facts: Facts) -> None:
        """Take the versions out of `facts`."""
        self.facts = facts
        """What they were taken from, so that what is worked out of it can be kept as long as these are."""
        self.found: Dict[str, str] = {"python": facts.python, **facts.packages}
        known = {**facts.ranges, **facts.packages}
        self.distribution = next((name for name in TENSORFLOW_NAMES if name in known), "")
        """The name under which TensorFlow is installed; empty where it is not."""
        if self.distribution in facts.packages:
            self.found["tensorflow"] = facts.packages[self.distribution]
        self.open: Dict[str, str] = {}
        """What a list leaves open: a package it names without a version, or one that TensorFlow brings along."""
        if facts.kind == "requirements":
            self.open = self._left_open(facts)
        self._named = {*facts.ranges, *(["tensorflow"] if self.distribution in facts.ranges else [])}
        """What is there although its version is not told (``numpy @ file:///...`` in a complete list)."""

    def fits(self, when: Mapping[str, str]) -> bool:
        """Whether every package of `when` is there in a version of its range, for certain."""
        return self.fit(when) is Fit.CERTAIN

    def fit(self, when: Mapping[str, str]) -> Fit:
        """How surely every package of `when` is there in a version of its range.

        Possible is what depends on one open package alone; what depends on two is no news to anybody.
        """
        possible = 0
        for name, versions in when.items():
            if name in self.found:
                if not self._within(name, versions):
                    return Fit.NO
            elif name in self.open:
                fit = self._open_fit(name, versions)
                if fit is Fit.NO or (fit is Fit.POSSIBLE and name == "tensorflow"):
                    return Fit.NO
                possible += fit is Fit.POSSIBLE
            else:
                return Fit.NO
        return Fit.NO if possible > 1 else Fit.POSSIBLE if possible else Fit.CERTAIN

    def undecided(self, when: Mapping[str, str]) -> str:
        """The package of `when` that a list leaves open; empty where it leaves none."""
        names = [name for name in when if name not in self.found and name in self.open]
        return next((name for name in names if self._open_fit(name, when[name]) is Fit.POSSIBLE), "")

    def has(self, name: str) -> bool:
        """Whether a package is there, in whatever version."""
        return name in self.found or name in self.open or name in self._named

    def fill(self, text: str, more: Mapping[str, str] = {}) -> str:
        """Put versions into a text of the tables: ``{numpy}``, ``{line}``, ``{distribution}``, and what `more` has."""
        if "{" not in text:
            return text
        left_open = {name: versions or "(any version)" for name, versions in self.open.items()}
        return text.format_map(
            _Fills({**left_open, **self._lines(), "distribution": self.distribution, **self.found, **more})
        )

    def knows_line(self) -> bool:
        """Whether TensorFlow's line, 2.10 of 2.10.1, is known."""
        return bool(self._lines())

    def _left_open(self, facts: Facts) -> Dict[str, str]:
        named = {name: versions for name, versions in facts.ranges.items() if name not in self.found}
        if self.distribution in named:
            named["tensorflow"] = named[self.distribution]
        brought = required_by_tensorflow(self.found.get("tensorflow", ""))
        for name, versions in brought.items():
            if name not in self.found:
                named[name] = ",".join(filter(None, (named.get(name, ""), versions)))
        for name in named:
            newest = newest_for(name, facts.python)
            if newest:
                named[name] = ",".join(filter(None, (named[name], f"<={newest}")))
        return named

    def _open_fit(self, name: str, versions: str) -> Fit:
        asked = interval(self.open[name])
        if not versions:
            return Fit.CERTAIN
        if asked is None or asked.empty or ("{" in versions and not self._lines()):
            return Fit.NO
        range_ = interval(self.fill(versions))
        if range_ is None or not asked.meets(range_):
            return Fit.NO
        if asked.within(range_):
            return Fit.CERTAIN
        # An installer takes the newest that it may: what holds for older ones alone is not to be expected
        return Fit.POSSIBLE if asked.ends_within(range_) else Fit.NO

    def _within(self, name: str, versions: str) -> bool:
        if not versions:
            return True
        if "{" in versions and not self._lines():
            return False  # the range is relative to a TensorFlow whose version is no version
        version = base_version(self.found[name])
        return version is not None and version in _range(self.fill(versions))

    def _lines(self) -> Dict[str, str]:
        tensorflow = base_version(self.found.get("tensorflow", ""))
        if tensorflow is None:
            return {}
        return {
            "line": f"{tensorflow.major}.{tensorflow.minor}",
            "next_line": f"{tensorflow.major}.{tensorflow.minor + 1}",
        }


class _Fills(Dict[str, str]):
    """What is put into a text; a version that is not known reads as such."""

    def __missing__(self, name: str) -> str:
        return "of unknown version"


class Match(NamedTuple):
    """A rule that speaks of an environment."""

    rule: Rule
    """Which."""
    fills: Mapping[str, str]
    """What its condition found, for its texts."""
    undecided: str
    """The package whose version a list leaves open, on which it depends; empty where it holds for certain."""


def matches(rule: Rule, facts: Facts, versions: Versions) -> List[Match]:
    """How `rule` speaks of the environment: not at all, once, or once for everything its condition found."""
    if (
        not _in_scope(rule, facts)
        or (rule.absent and (not facts.complete or any(map(versions.has, rule.absent))))
        or (rule.lacks and not _processor_lacks(rule.lacks, facts))
        or any(facts.variables.get(name, "").lower() != value for name, value in rule.variables.items())
    ):
        return []
    fit = versions.fit(rule.when)
    if fit is Fit.NO:
        return []
    undecided = versions.undecided(rule.when) if fit is Fit.POSSIBLE else ""
    found = CONDITIONS[rule.condition](facts, versions) if rule.condition else ({},)
    return [Match(rule, fills, undecided) for fills in found]


def find_remedy(package: str, versions: Versions, remedies: Tuple[Remedy, ...]) -> Optional[Remedy]:
    """The remedy for `package` beside what else is there, with versions filled in; None where none is known.

    `package` may be a whole requirement (``pandas==1.3.5``), which is its own remedy, as is a package that no remedy
    speaks of.
    """
    name = re.split(r"[<>=!~ ]", package, maxsplit=1)[0]
    if name != package:
        return Remedy(name, package, some_version(package[len(name) :]))
    for remedy in remedies:
        if remedy.package == package and versions.fits(remedy.when):
            if "{line}" in remedy.requirement and not versions.knows_line():
                continue
            return Remedy(package, versions.fill(remedy.requirement), versions.fill(remedy.gives))
    return Remedy(package, package, "0") if all(remedy.package != package for remedy in remedies) else None


@lru_cache(maxsize=1024)
def _range(text: str) -> SpecifierSet:
    return SpecifierSet(text, prereleases=True)


def _in_scope(rule: Rule, facts: Facts) -> bool:
    return {
        "any": True,
        "fcnn": facts.for_fcnn,
        "other": not facts.for_fcnn,
        "plan": facts.kind == "requirements",
        "text": False,
    }[rule.scope]


def _processor_lacks(flag: str, facts: Facts) -> bool:
    known_x86 = facts.cpu_flags is not None and facts.machine.lower() in _X86
    return known_x86 and flag not in (facts.cpu_flags or ())
