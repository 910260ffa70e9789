"""The judgement: a pure function from the facts of an environment to findings and repairing commands."""

from dataclasses import dataclass, field
from typing import Dict, List, Sequence, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.matching import Match, Versions, matches
from fcnn.environment.ranges import interval
from fcnn.environment.repair import Plan, carry_out, joined, next_to_repair, own_plan, settled
from fcnn.environment.rules import REMEDIES, RULES, STACK_MARKS, STACKS, Remedy, Rule
from fcnn.environment.wording import Wording, fills_of

_SEVERITIES = ("error", "warning", "note")
_LESS_GRAVE = {"error": "warning", "warning": "note", "note": "note"}


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
    wording: Wording = field(default=Wording(), compare=False, repr=False)
    """The sentences above before versions were put in, for other languages."""


@dataclass(frozen=True)
class Verdict:
    """The judgement of one environment."""

    findings: Tuple[Finding, ...]
    """Errors first, then warnings, then notes; by rule and package within."""
    fix: Tuple[str, ...]
    """What repairs all errors and warnings at once: commands in order, then advice; empty if all is well."""
    stack: str
    """``pinned``, ``current``, or ``other`` where it is neither."""
    plan: Plan = field(default_factory=Plan)
    """What the commands of `fix` do."""
    remaining: Tuple[Finding, ...] = ()
    """The errors and warnings that those commands leave."""

    @property
    def verdict(self) -> str:
        """``broken`` with an error, ``warnings`` with a warning, otherwise ``ok``; notes do not count."""
        severities = {finding.severity for finding in self.findings}
        return "broken" if "error" in severities else "warnings" if "warning" in severities else "ok"


def judge(facts: Facts, rules: Sequence[Rule] = RULES, remedies: Tuple[Remedy, ...] = REMEDIES) -> Verdict:
    """Judge an environment by `rules`; reads nothing but its arguments."""
    versions = Versions(facts)
    spoken = _spoken(facts, rules)
    findings = [_finding(match, facts, versions, remedies) for match in spoken]
    plan, repaired, left = _planned(facts, spoken, rules, remedies)
    then = Versions(repaired)
    # What the commands end by themselves needs no advice, and what they start does.
    advice = [then.fill(match.rule.advice, match.fills) for match in left if match.rule.advice]
    return Verdict(
        findings=tuple(findings),
        fix=(*plan.commands(facts), *dict.fromkeys(advice)),
        stack=_stack(versions),
        plan=plan,
        remaining=tuple(_finding(match, repaired, then, remedies) for match in left),
    )


def _planned(
    facts: Facts, spoken: List[Match], rules: Sequence[Rule], remedies: Tuple[Remedy, ...]
) -> Tuple[Plan, Facts, List[Match]]:
    """Plan what repairs every error and warning that an installation can repair.

    One finding is repaired on paper and the rest judged again, because a repair can end another trouble or
    start one: NumPy 1.19.5 for TensorFlow 2.4 makes pandas 2.0.3 refuse to work, so that pandas 1.3.5 joins
    the plan.

    Args:
        facts: The environment.
        spoken: How the rules speak of it.
        rules: Those rules.
        remedies: What to install.

    Returns:
        The plan, the environment as it is after it, and the errors and warnings that the rules still tell of it.
    """
    plan = Plan()
    tried = set()
    while True:
        grave = [match for match in spoken if _severity(match) != "note"]
        candidates = [
            match for match in grave if _attempt(match) not in tried and own_plan(match, facts, remedies) != Plan()
        ]
        if not candidates:
            return settled(plan, facts, remedies), facts, grave
        match = next_to_repair(candidates)
        tried.add(_attempt(match))
        plan, facts = carry_out(match, facts, remedies, plan)
        spoken = _spoken(facts, rules)


def _spoken(facts: Facts, rules: Sequence[Rule]) -> List[Match]:
    """How the rules speak of the environment, the gravest first."""
    versions = Versions(facts)
    first: Dict[Tuple[str, str, Tuple[Tuple[str, str], ...]], Match] = {}
    for rule in rules:
        for match in matches(rule, facts, versions):
            key = (rule.id, versions.fill(rule.package, match.fills), tuple(sorted(match.fills.items())))
            if key not in first or _outdoes(match, first[key]):
                first[key] = match
    measured = {key[1] for key, match in first.items() if _severity(match) != "note" and not match.rule.generic}
    blamed = {key[1] for key, match in first.items() if _severity(match) != "note"}
    # A note about a package whose trouble is already told would only be noise, and so would what metadata says of it.
    kept = [
        (_SEVERITIES.index(_severity(match)), key, match)
        for key, match in first.items()
        if key[1] not in (measured if match.rule.generic else blamed if _severity(match) == "note" else ())
    ]
    return [match for _, _, match in sorted(kept, key=lambda item: item[:2])]


def _outdoes(match: Match, earlier: Match) -> bool:
    """Whether a later row says more: one that holds for certain, or that may hold for more versions."""
    name = earlier.undecided
    if not name or (match.undecided and match.undecided != name):
        return False
    ranges = [interval(item.rule.when[name]) for item in (earlier, match) if name in item.rule.when]
    return not match.undecided or (None not in ranges and ranges[0].within(ranges[1]))  # type: ignore[union-attr,arg-type]


def _severity(match: Match) -> str:
    return _LESS_GRAVE[match.rule.severity] if match.undecided else match.rule.severity


def _attempt(match: Match) -> Tuple[object, ...]:
    return (match.rule.id, match.rule.package, match.rule.repair, tuple(sorted(match.fills.items())))


def _finding(match: Match, facts: Facts, versions: Versions, remedies: Tuple[Remedy, ...]) -> Finding:
    rule, undecided = match.rule, match.undecided
    plan = own_plan(match, facts, remedies)
    package = versions.fill(rule.package, match.fills)
    fills = dict(match.fills)
    if undecided:
        fills[undecided] = versions.fill(rule.when[undecided])
    wording = Wording(
        why=rule.why,
        advice=rule.advice,
        fills=fills_of(rule.why + rule.advice, lambda text: versions.fill(text, fills)),
        undecided=undecided,
        taken=fills[undecided] if undecided else "",
    )
    return Finding(
        rule=rule.id,
        severity=_severity(match),
        package=versions.distribution if package == "tensorflow" and versions.distribution else package,
        found=fills.get("found", "" if undecided else versions.found.get(package, "")),
        wanted=", ".join([*plan.reinstall, *(remedy.requirement for remedy in plan.install)]),
        why=wording.tell_why(str),
        symptom="\n".join(rule.symptoms),
        fix=joined(plan.commands(facts), facts.shell) or wording.tell_advice(str),
        wording=wording,
    )


def _stack(versions: Versions) -> str:
    for name, mark in STACK_MARKS.items():
        if versions.fits({"python": STACKS[name]["python"], "tensorflow": mark}):
            return name
    return "other"
