"""The judgement: a pure function from the facts of an environment to findings and repairing commands."""

from dataclasses import dataclass, replace
from typing import Dict, List, Mapping, Sequence, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.matching import Versions, find_remedy, speaks
from fcnn.environment.rules import REMEDIES, RULES, STACK_MARKS, STACKS, Remedy, Rule

_SEVERITIES = ("error", "warning", "note")
_REPAIR_FIRST = ("tensorflow", "numpy", "protobuf", "keras", "keras-nightly", "h5py")
"""What is repaired before all else, because what suits the rest depends on it."""


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found."""

    rule: str
    """The rule's id."""
    severity: str
    """``error``, ``warning`` or ``note``."""
    package: str
    """The package that is to blame, by the name it is installed under."""
    found: str
    """Its version; empty where it is not there."""
    wanted: str
    """What would be right, as a requirement; empty where no installation helps."""
    why: str
    """What goes wrong, and why: one sentence without a full stop."""
    symptom: str
    """What one sees when it strikes, as it is printed; a line for each text."""
    fix: str
    """The command that repairs it, or advice where none does; empty where nothing needs to be done."""


@dataclass(frozen=True)
class Verdict:
    """The judgement of one environment."""

    findings: Tuple[Finding, ...]
    """Errors first, then warnings, then notes; by rule and package within."""
    fix: Tuple[str, ...]
    """What repairs all errors and warnings at once: commands in order, then advice; empty if all is well."""
    stack: str
    """``pinned``, ``current``, or ``other`` where it is neither."""

    @property
    def verdict(self) -> str:
        """``broken`` with an error, ``warnings`` with a warning, otherwise ``ok``; notes do not count."""
        severities = {finding.severity for finding in self.findings}
        return "broken" if "error" in severities else "warnings" if "warning" in severities else "ok"


@dataclass(frozen=True)
class Plan:
    """What to uninstall and install, in what order."""

    uninstall: Tuple[str, ...] = ()
    """Packages to remove first."""
    install: Tuple[Remedy, ...] = ()
    """What to install then, by one command."""

    def commands(self, install_command: Sequence[str]) -> Tuple[str, ...]:
        """The commands to type; none where there is nothing to do."""
        words = [quoted(word) for word in install_command]
        commands: List[str] = []
        if self.uninstall:
            # uv asks nothing and knows no --yes
            remove = ["uninstall" if word == "install" else word for word in words]
            commands.append(" ".join([*remove, *([] if words[0] == "uv" else ["-y"]), *self.uninstall]))
        if self.install:
            commands.append(" ".join([*words, *(f'"{remedy.requirement}"' for remedy in self.install)]))
        return tuple(commands)


def judge(facts: Facts, rules: Sequence[Rule] = RULES, remedies: Tuple[Remedy, ...] = REMEDIES) -> Verdict:
    """Judge an environment by `rules`; reads nothing but its arguments."""
    versions = Versions(facts)
    spoken = _spoken(facts, rules)
    findings = [_finding(rule, facts, versions, remedies) for rule in spoken]
    advice = [rule.advice for rule in spoken if rule.advice and rule.severity != "note"]
    plan = plan_repair(facts, rules, remedies)
    return Verdict(
        findings=tuple(findings),
        fix=(*plan.commands(facts.install_command), *dict.fromkeys(advice)),
        stack=_stack(versions),
    )


def plan_repair(facts: Facts, rules: Sequence[Rule] = RULES, remedies: Tuple[Remedy, ...] = REMEDIES) -> Plan:
    """Plan what repairs every error and warning that an installation can repair.

    One finding is repaired on paper and the rest judged again, because a repair can end another trouble or
    start one: NumPy 1.19.5 for TensorFlow 2.4 makes pandas 2.0.3 refuse to work, so that pandas 1.3.5 joins
    the plan.
    """
    uninstall: Dict[str, None] = {}
    install: Dict[str, Remedy] = {}
    tried = set()
    while True:
        candidates = [
            rule
            for rule in _spoken(facts, rules)
            if rule.repair and rule.severity != "note" and (rule.id, rule.package, rule.repair) not in tried
        ]
        if not candidates:
            break
        rule = min(candidates, key=_repair_order)
        tried.add((rule.id, rule.package, rule.repair))
        present = [name for name in rule.uninstall if name in facts.packages]
        uninstall.update(dict.fromkeys(present))
        facts = replace(facts, packages={name: facts.packages[name] for name in facts.packages if name not in present})
        for package in rule.repair:
            remedy = find_remedy(package, Versions(facts), remedies)
            install[remedy.package] = remedy
            facts = after(facts, remedy)
    # What suits the first repaired package was looked up before the NumPy of the end was known: look again.
    versions = Versions(facts)
    settled = [
        remedy if remedy.package == "tensorflow" else find_remedy(remedy.package, versions, remedies)
        for remedy in install.values()
    ]
    return Plan(tuple(uninstall), tuple(settled))


def after(facts: Facts, remedy: Remedy) -> Facts:
    """The environment after a remedy was installed."""
    versions = Versions(facts)
    name = versions.distribution if remedy.package == "tensorflow" and versions.distribution else remedy.package
    packages: Mapping[str, str] = {**facts.packages, name: remedy.gives}
    # A TensorFlow that is installed anew brings what it depends on: what was absent no longer is for certain.
    brings_more = remedy.package == "tensorflow" and not versions.distribution
    return replace(facts, packages=packages, complete=facts.complete and not brings_more)


def quoted(word: str) -> str:
    """A word of a command as sh, cmd and PowerShell take it: in double quotes where it needs any."""
    plain = word and all(letter.isalnum() or letter in "-_./:\\~+=@" for letter in word)
    return word if plain else f'"{word}"'


def _spoken(facts: Facts, rules: Sequence[Rule]) -> List[Rule]:
    """The rules that speak of the environment, the gravest first."""
    versions = Versions(facts)
    first: Dict[Tuple[str, str], Rule] = {}
    for rule in rules:
        key = (rule.id, rule.package)
        if key not in first and speaks(rule, facts, versions):
            first[key] = rule
    blamed = {rule.package for rule in first.values() if rule.severity != "note"}
    # A note about a package whose trouble is already told would only be noise.
    kept = [rule for rule in first.values() if rule.severity != "note" or rule.package not in blamed]
    return sorted(kept, key=lambda rule: (_SEVERITIES.index(rule.severity), rule.id, rule.package))


def _repair_order(rule: Rule) -> Tuple[bool, int, str]:
    # What is missing outright comes first: once TensorFlow is installed anew, nothing counts as missing any
    # more.
    package = rule.repair[0]
    rank = _REPAIR_FIRST.index(package) if package in _REPAIR_FIRST else len(_REPAIR_FIRST)
    return (rule.id != "R51", rank, package)


def _finding(rule: Rule, facts: Facts, versions: Versions, remedies: Tuple[Remedy, ...]) -> Finding:
    plan = _plan_of(rule, facts, remedies)
    name = versions.distribution if rule.package == "tensorflow" and versions.distribution else rule.package
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        package=name,
        found=versions.found.get(rule.package, ""),
        wanted=", ".join(remedy.requirement for remedy in plan.install),
        why=versions.fill(rule.why),
        symptom="\n".join(rule.symptoms),
        fix=" && ".join(plan.commands(facts.install_command)) or versions.fill(rule.advice),
    )


def _plan_of(rule: Rule, facts: Facts, remedies: Tuple[Remedy, ...]) -> Plan:
    """What repairs this one finding."""
    present = tuple(name for name in rule.uninstall if name in facts.packages)
    install: List[Remedy] = []
    for package in rule.repair:
        install.append(find_remedy(package, Versions(facts), remedies))
        facts = after(facts, install[-1])
    return Plan(present, tuple(install))


def _stack(versions: Versions) -> str:
    for name, mark in STACK_MARKS.items():
        if versions.fits({"python": STACKS[name]["python"], "tensorflow": mark}):
            return name
    return "other"
