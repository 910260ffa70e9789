"""What a pasted error message means: the rules that know it, with cause and fix, from its text alone."""

import re
from dataclasses import dataclass, field, replace
from typing import List, Mapping, Optional, Sequence, Tuple

from fcnn.environment.explaining.clues import CLUES
from fcnn.environment.explaining.conflicts import conflicts
from fcnn.environment.explaining.cures import NAMES, KnownFills, cures, tell
from fcnn.environment.explaining.decoding import decode_pasted as decode_pasted
from fcnn.environment.explaining.pasted import Pasted
from fcnn.environment.explaining.ranking import Candidate, candidates, rank_of
from fcnn.environment.explaining.told import told_versions
from fcnn.environment.facts import Facts
from fcnn.environment.matching import Versions
from fcnn.environment.ranges import interval, range_text
from fcnn.environment.rules import RULES, Rule
from fcnn.environment.verdict import Finding, judge
from fcnn.environment.wording import Wording, fills_of

OF_UNKNOWN_VERSION = "of unknown version"
REPORT = "fcnn check-env --report"
"""The command whose output belongs into a report of an error that no rule knows."""
APART_BY_VERSIONS = "it is this one if the versions are {ranges}"
APART = "it is this one if {sign}"
"""How it is told which of several rules with one text is the one."""

_A_FILE_HIDES = "a file hides "
"""How the conditions begin that tell which module is hidden."""
_VERSIONED = frozenset(
    {"tensorflow", "python", "line", "next_line", "distribution", "file", "module"}.union(
        *(rule.when for rule in RULES)
    )
)
"""What a text, or the rule's own ranges, can put into a sentence."""
_ERROR_LINE = re.compile(
    r"^\W{0,20}(?:E\s+)?(?:[\w.]{1,200}\.)?"
    r"(?:\w*(?:Error|Exception|Interrupt|Exit)|ERROR|FATAL|Fatal Python error)\b\s*(?::|$)"
)
_CRASH_LINE = re.compile(
    r"core dumped|Segmentation fault|Illegal (?:hardware )?instruction|^Killed|^Aborted|DLL load failed", re.IGNORECASE
)


@dataclass(frozen=True)
class Line:
    """A line of what was pasted."""

    number: int
    """From 1."""
    text: str
    """Without colours and surrounding white space."""


@dataclass(frozen=True)
class Explanation:
    """What a text means. The tuples run side by side: one item for each rule that knows it."""

    findings: Tuple[Finding, ...] = ()
    """The rules that know it, the most likely first, each once."""
    evidence: Tuple[Tuple[Line, ...], ...] = ()
    """The lines by which each is known."""
    apart: Tuple[Wording, ...] = ()
    """What tells each from the others that share its text, as `why` of a wording; an empty one where none does."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """The versions that the text tells, ``python`` among them."""
    confirmed: bool = False
    """Whether the first finding is also found in the environment that was looked at."""
    last_error: Optional[Line] = None
    """The last line that reads like an error."""

    @property
    def unknown(self) -> bool:
        """Whether no rule knows the text: then `last_error`, and what `REPORT` prints, are to be reported."""
        return not self.findings

    def tell_apart(self, index: int) -> str:
        """In English, what tells a finding from the others that share its text; may be empty."""
        return self.apart[index].tell_why(str)


def explain(text: str, facts: Optional[Facts] = None, rules: Sequence[Rule] = RULES) -> Explanation:
    """Explain a traceback, a log, or a part of one; a pure function.

    Args:
        text: What was pasted, of any system, wrapped, quoted or coloured.
        facts: An environment that it may come from. A rule that finds the same there is told with what is there;
            where the text tells other versions, it comes from elsewhere.
        rules: The rules that are tried.
    """
    pasted = Pasted(text)
    told_packages = told_versions("\n".join(pasted.lines))
    python = told_packages.get("python", "")
    told_facts = Facts(
        packages={name: version for name, version in told_packages.items() if name != "python"},
        python=python,
        kind="text",
        complete=False,
    )
    told = Versions(told_facts)
    found = candidates(pasted, rules, told)
    judged = judge(facts, rules).findings if facts is not None and not _elsewhere(told, facts) else ()
    confirmed = {finding.rule for finding in judged}
    # What is found in the environment is likelier than what is not, as far as the text allows both.
    found.sort(
        key=lambda candidate: (
            _harmless(candidate),
            rank_of(candidate, 2.0 * (candidate.id in confirmed and not candidate.contradicted)),
        )
    )
    found = [item if item.id in confirmed else _tellable(item) for item in found]
    named = conflicts(pasted, rules)
    known = {conflict.finding.rule for conflict in named}
    found = [item for item in found if item.rows and item.id not in known]
    findings = tuple(_finding(candidate, judged, told, told_facts, pasted) for candidate in found)
    return Explanation(
        findings=tuple(conflict.finding for conflict in named) + findings,
        evidence=tuple(tuple(Line(*line) for line in conflict.lines) for conflict in named)
        + tuple(tuple(Line(*line) for line in pasted.evidence(candidate.spans)) for candidate in found),
        apart=(Wording(),) * len(named) + tuple(_apart(candidate, found) for candidate in found),
        versions=told_packages,
        confirmed=named[0].finding.rule in confirmed
        if named
        else bool(found) and any(finding is findings[0] for finding in judged),
        last_error=_last_error(pasted),
    )


def _tellable(candidate: Candidate) -> Candidate:
    """With the rows whose sentences need nothing but versions: what else they tell only an environment knows."""
    clue = CLUES.get(candidate.id)
    if clue is not None and clue.why:
        return candidate
    return candidate._replace(rows=tuple(row for row in candidate.rows if _needs_no_facts(row)))


def _needs_no_facts(row: Rule) -> bool:
    return set(re.findall(r"\{([^{}]+)\}", row.why + row.advice + row.package)) <= _VERSIONED


def _harmless(candidate: Candidate) -> bool:
    """Whether it is about a message that only looks bad, as TensorFlow prints of CUDA before every other error."""
    return all(row.severity == "note" for row in candidate.rows)


def _elsewhere(told: Versions, facts: Facts) -> bool:
    """Whether the text tells of another environment than the one that was looked at."""
    there = Versions(facts)
    for name in ("tensorflow", "python"):
        one, other = told.found.get(name, ""), there.found.get(name, "")
        length = min(one.count("."), other.count(".")) + 1
        if one and other and one.split(".")[:length] != other.split(".")[:length]:
            return True
    return False


def _finding(
    candidate: Candidate, judged: Sequence[Finding], told: Versions, told_facts: Facts, pasted: Pasted
) -> Finding:
    packages = {row.package for row in candidate.rows}
    same = [finding for finding in judged if finding.rule == candidate.id]
    if same and not candidate.contradicted:
        return next((finding for finding in same if finding.package in packages), same[0])
    row = _told_without_facts(_most_general(candidate.rows))
    # Where the text contradicts the rule, its versions are of something else.
    known = Versions(Facts(python="", kind="text", complete=False)) if candidate.contradicted else told
    fills = _fills(row, known, pasted)
    wording = Wording(
        why=row.why, advice=row.advice, fills=fills_of(row.why + row.advice, lambda text: text.format_map(fills))
    )
    repairs = cures(candidate.rows, known)
    requirements = {", ".join(remedy.requirement for remedy in cure.plan.install) for cure in repairs}
    return Finding(
        rule=row.id,
        severity=row.severity,
        package=row.package.format_map(fills),
        found=known.found.get(row.package, ""),
        wanted=requirements.pop() if len(requirements) == 1 else "",
        why=wording.tell_why(str),
        symptom="\n".join(row.symptoms),
        fix=tell(repairs, told_facts) or wording.tell_advice(str),
        wording=wording,
    )


def _told_without_facts(row: Rule) -> Rule:
    """The row with sentences that need no fact of the environment."""
    clue = CLUES.get(row.id)
    if clue is None or not clue.why or _needs_no_facts(row):
        return row
    return replace(row, package="tensorflow" if "{" in row.package else row.package, why=clue.why, advice=clue.advice)


def _most_general(rows: Sequence[Rule]) -> Rule:
    """Of rows that fit alike one that needs no variable, is grave, and has the TensorFlows of most others, too."""

    def rank(row: Rule) -> Tuple[bool, bool, int]:
        own = interval(row.when.get("tensorflow", ""))
        ranges = (interval(other.when.get("tensorflow", "")) for other in rows)
        within = sum(own is not None and range_ is not None and range_.within(own) for range_ in ranges)
        return not row.variables, row.severity == "error", within

    return max(rows, key=rank)


def _fills(row: Rule, known: Versions, pasted: Pasted) -> Mapping[str, str]:
    """Versions as far as they are known, and ranges where they are not: `TensorFlow <2.7 uses np.object`."""
    fills = KnownFills()
    for template in (row.why, row.advice, row.package):
        fills.update(dict.fromkeys(re.findall(r"\{([^{}]+)\}", template), OF_UNKNOWN_VERSION))
    fills.update({"distribution": known.distribution or "tensorflow", "line": "X.Y", "next_line": "X.Z"})
    if known.knows_line():
        fills.update({name: known.fill("{" + name + "}") for name in ("line", "next_line")})
    fills.update({name: range_text(interval(text)) for name, text in row.when.items() if _plain(text)})  # type: ignore[arg-type]
    fills.update({name: version for name, version in known.found.items() if version})
    if row.condition.startswith(_A_FILE_HIDES):
        module = row.condition[len(_A_FILE_HIDES) :]
        fills.update({"module": module, "file": f"{module}.py"})
    return fills


def _plain(text: str) -> bool:
    return bool(text) and "{" not in text and interval(text) is not None


def _apart(candidate: Candidate, found: Sequence[Candidate]) -> Wording:
    """What tells a rule from others that were found at the same place."""
    if not any(other is not candidate and set(other.spans) & set(candidate.spans) for other in found):
        return Wording()
    clue = CLUES.get(candidate.id)
    if clue is not None and clue.apart:
        return Wording(why=APART, fills={"sign": clue.apart})
    row = _most_general(candidate.rows)
    ranges = ", ".join(
        f"{NAMES.get(name, name)} {range_text(interval(text))}"  # type: ignore[arg-type]
        for name, text in row.when.items()
        if _plain(text)
    )
    return Wording(why=APART_BY_VERSIONS, fills={"ranges": ranges}) if ranges else Wording()


def _last_error(pasted: Pasted) -> Optional[Line]:
    last: List[Line] = []
    for number, text in zip(pasted.line_numbers, pasted.lines):
        if _ERROR_LINE.search(text) or _CRASH_LINE.search(text):
            last = [Line(number, text.strip())]
    return last[0] if last else None
