"""The rules as one reads them: rows of one id that say the same together, and what repairs each.

What repairs a row depends on the versions around it, so it is found by judging typical environments.
"""

from functools import lru_cache
from itertools import product
from typing import Dict, Iterator, List, Mapping, NamedTuple, Sequence, Tuple

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from fcnn.environment.conditions.wheels import has_python, lines_with
from fcnn.environment.facts import Facts
from fcnn.environment.matching import Versions, matches, some_version
from fcnn.environment.rendering.language import Say
from fcnn.environment.rendering.ranges import displayed
from fcnn.environment.repair import Plan, own_plan
from fcnn.environment.rules import REMEDIES, RULES, Rule

_TYPICAL = {
    "tensorflow": "2.3.4 2.4.0 2.4.4 2.5.3 2.6.0 2.6.5 2.7.4 2.8.4 2.9.3 2.10.1 2.11.1 2.12.1 2.13.1 2.14.1 2.15.1 "
    "2.16.2 2.17.1 2.18.1 2.19.1 2.20.0 2.21.0",
    "numpy": "1.17.3 1.18.5 1.19.5 1.20.3 1.21.6 1.22.4 1.23.5 1.24.4 1.26.4 2.0.2 2.2.6 2.4.6",
    "python": "3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13 3.14",
}
"""The versions that a repair may depend on."""


_Where = Dict[str, List[str]]


class Case(NamedTuple):
    """Rows of one rule that say the same of one package."""

    severity: str
    package: str
    why: str
    rows: Tuple[Rule, ...]

    @property
    def symptoms(self) -> Tuple[str, ...]:
        """What one may see, over all rows."""
        return tuple(dict.fromkeys(symptom for row in self.rows for symptom in row.symptoms))

    @property
    def advice(self) -> Mapping[str, Tuple[Rule, ...]]:
        """What to do where no installation helps, each with the rows that say so."""
        advice: Dict[str, Tuple[Rule, ...]] = {}
        for row in self.rows:
            if row.advice:
                advice[row.advice] = (*advice.get(row.advice, ()), row)
        return advice

    @property
    def evidence(self) -> Tuple[str, ...]:
        """How it is known, over all rows."""
        return tuple(dict.fromkeys(row.evidence for row in self.rows if row.evidence))


class Repair(NamedTuple):
    """What repairs a case somewhere."""

    where: Mapping[str, Tuple[str, ...]]
    """The packages it depends on, with the typical versions for which it is right."""
    plan: Plan


def rule_ids(rules: Sequence[Rule] = RULES) -> List[str]:
    """The ids of all rules, sorted."""
    return sorted({rule.id for rule in rules})


def cases_of(rule_id: str, rules: Sequence[Rule] = RULES) -> List[Case]:
    """The cases of a rule, in the order of the table."""
    rows: Dict[Tuple[str, str, str], List[Rule]] = {}
    for rule in rules:
        if rule.id == rule_id:
            rows.setdefault((rule.severity, rule.package, rule.why), []).append(rule)
    return [Case(*key, tuple(same)) for key, same in rows.items()]


def repairs_of(case: Case, rules: Sequence[Rule] = RULES) -> List[Repair]:
    """What repairs a case, each with where: one entry where the same is right everywhere."""
    found: Dict[object, Tuple[Plan, _Where]] = {}
    rivals = [rule for rule in rules if (rule.id, rule.package) == (case.rows[0].id, case.package)]
    for facts, sample in _environments(case):
        versions = Versions(facts)
        # Of the rows with one id about one package the first that matches speaks.
        speaking = next((match for rule in rivals for match in matches(rule, facts, versions)), None)
        if speaking is None or speaking.rule not in case.rows:
            continue
        plan = own_plan(speaking, facts, REMEDIES)
        if plan == Plan():
            continue
        key = (plan.uninstall, plan.reinstall, tuple(remedy.requirement for remedy in plan.install))
        where = found.setdefault(key, (plan, {}))[1]
        for name, version in sample.items():
            if version not in where.setdefault(name, []):
                where[name].append(version)
    places = [where for _, where in found.values()]
    return [Repair(_telling(where, places), plan) for plan, where in found.values()]


def _telling(where: _Where, places: Sequence[_Where]) -> Mapping[str, Tuple[str, ...]]:
    """What of a place tells it from all others: as little as does."""
    names = [name for name in _TYPICAL if any(place.get(name) != where.get(name) for place in places)]
    names = [name for name in names if name in where]
    for name in reversed(list(names)):
        rest = [other for other in names if other != name]
        if all(place is where or any(_apart(place, where, other) for other in rest) for place in places):
            names = rest
    return {name: tuple(where[name]) for name in names}


def _apart(one: _Where, other: _Where, name: str) -> bool:
    return name in one and name in other and not set(one[name]) & set(other[name])


def where_in_words(repair: Repair, say: Say) -> str:
    """Where a repair is the right one: ``TensorFlow 2.7 to 2.11``; empty where it is right everywhere."""
    parts = []
    for name, versions in repair.where.items():
        lines = list(dict.fromkeys(".".join(version.split(".")[:2]) for version in versions))
        template = "{package} {first}" if len(lines) == 1 else "{package} {first} to {last}"
        parts.append(say(template).format(package=displayed(name), first=lines[0], last=lines[-1]))
    return say("; ").join(parts)


def without_versions(template: str, say: Say) -> str:
    """A sentence of the table for no environment in particular: a version reads ``x.y``, the rest ``<name>``."""
    known = {*_TYPICAL, "line", "next_line", *(name for rule in RULES for name in (*rule.when, rule.package))}

    class Fills(Dict[str, str]):
        def __missing__(self, name: str) -> str:
            return "x.y" if name in known else f"<{name}>"

    return say(template).format_map(Fills())


def _environments(case: Case) -> Iterator[Tuple[Facts, Mapping[str, str]]]:
    """Typical environments in which a row of the case may speak, with the versions that were varied."""
    for row in case.rows:
        if row.condition:
            # What a condition looks for cannot be made up; a repair that needs none of it is the same anywhere.
            continue
        axes = {
            name: [version for version in versions.split() if _fits(version, row.when.get(name, ""))]
            for name, versions in _TYPICAL.items()
            if name not in row.absent and _matters(name, row)
        }
        fixed = {
            name: some_version(versions.format(line="2.10", next_line="2.11"))
            for name, versions in row.when.items()
            if name not in axes
        }
        for versions in product(*axes.values()):
            sample = dict(zip(axes, versions))
            if not _has_wheel(sample):
                continue
            packages = {name: version for name, version in (*fixed.items(), *sample.items()) if name != "python"}
            packages.update((name, "1") for name in row.uninstall if "{" not in name and name not in packages)
            for name, range_ in row.when.items():  # relative to the line of this TensorFlow
                if "{" in range_ and "tensorflow" in sample:
                    packages[name] = _relative(range_, sample["tensorflow"])
            yield (
                Facts(
                    packages=packages,
                    python=sample.get("python", fixed.get("python", "3.8")),
                    for_fcnn=row.scope == "fcnn",
                    kind="requirements" if row.scope == "plan" else "running",
                    cpu_flags=frozenset() if row.lacks else None,
                    variables=row.variables,
                ),
                sample,
            )


def _matters(name: str, row: Rule) -> bool:
    return any(name in remedy.when for remedy in REMEDIES if remedy.package in row.repair)


@lru_cache(maxsize=4096)
def _fits(version: str, versions: str) -> bool:
    return Version(version) in SpecifierSet(versions.format(line="2.10", next_line="2.11"), prereleases=True)


def _relative(versions: str, tensorflow: str) -> str:
    major, minor = tensorflow.split(".")[:2]
    return some_version(versions.format(line=f"{major}.{minor}", next_line=f"{major}.{int(minor) + 1}"))


def _has_wheel(sample: Mapping[str, str]) -> bool:
    """Whether that TensorFlow can be there at all on that Python."""
    if "tensorflow" not in sample or "python" not in sample or _fits(sample["tensorflow"], "<2.4"):
        return True
    return any(has_python(line, sample["python"]) for line in lines_with(sample["tensorflow"], Facts()))
