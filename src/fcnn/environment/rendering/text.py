"""A verdict as text for people: what there is at a glance, each finding, what repairs all of it, the verdict."""

from typing import Dict, List

from fcnn.environment.facts import Facts
from fcnn.environment.matching import Versions
from fcnn.environment.rendering.console import INDENT, Console, Style, console, plain, wrapped
from fcnn.environment.rendering.edits import edits
from fcnn.environment.rendering.language import Say
from fcnn.environment.rendering.overview import PSEUDO_PACKAGES, overview
from fcnn.environment.verdict import Finding, Verdict


def render_text(
    verdict: Verdict,
    facts: Facts,
    encoding: str = "utf-8",
    language: str = "en",
    width: int = 80,
    style: Style = plain,
) -> str:
    """Write the verdict as text, without a final newline.

    Args:
        verdict: The judgement.
        facts: What was judged.
        encoding: That of the console: what it cannot hold is written in ASCII, and Chinese in English.
        language: ``en`` or ``zh``.
        width: Columns of a line; commands and symptoms may be longer, since they are to be copied.
        style: Colours a text, as click.style does.
    """
    there = console(encoding, language, width, style)
    blocks = [
        overview(verdict, facts, there),
        *(finding_block(finding, facts, there) for finding in verdict.findings),
        _repair(verdict, facts, there),
        _verdict(verdict, facts, there),
    ]
    return there.text(separated(blocks))


def separated(blocks: List[List[str]]) -> List[str]:
    """Blocks of lines with an empty line between them."""
    lines: List[str] = []
    for block in blocks:
        if block:
            lines += ["", *block] if lines else block
    return lines


def finding_block(finding: Finding, facts: Facts, there: Console) -> List[str]:
    """One finding: what was found, why it matters, what one sees, what repairs it."""
    lines = [heading(finding, _found(finding, facts, there), there), *there.sentence(why_of(finding, there))]
    if finding.symptom:
        lines.append(INDENT + there.say("What you would see:"))
        lines += [INDENT * 2 + line for line in finding.symptom.splitlines()]
    return lines + repair_lines(finding, there)


def heading(finding: Finding, found: str, there: Console) -> str:
    """The first line of a finding: its rule, how grave it is, and what was found."""
    severity = there.paint(f"{finding.rule} {there.say(finding.severity)}", finding.severity)
    return f"{there.mark(finding.severity)} {severity}{there.say(': ')}{found}"


def repair_lines(finding: Finding, there: Console) -> List[str]:
    """What repairs one finding: a command, or what to do by hand."""
    if not finding.fix:
        return []
    label = "Repair, if you like:" if finding.severity == "note" else "Repair:"
    if is_advice(finding):
        return [INDENT + there.say(label), *there.sentence(advice_of(finding, there), INDENT * 2)]
    return [INDENT + there.say(label), *there.commands([finding.fix])]


def why_of(finding: Finding, there: Console) -> str:
    """Why it matters, in the language of the console."""
    return finding.wording.tell_why(there.say) if finding.wording.why else finding.why


def advice_of(finding: Finding, there: Console) -> str:
    """What to do by hand, in the language of the console."""
    return finding.wording.tell_advice(there.say) if finding.wording.advice else finding.fix


def is_advice(finding: Finding) -> bool:
    """Whether the fix is a sentence and no command."""
    return bool(finding.wording.advice) and finding.fix == finding.wording.tell_advice(str)


def verdict_line(verdict: Verdict, facts: Facts, say: Say) -> str:
    """Sound or not, how many findings, which stack."""
    numbers = {
        severity: sum(finding.severity == severity for finding in verdict.findings)
        for severity in ("error", "warning", "note")
    }
    counts = [
        say("1 {severity}" if number == 1 else "{number} {severity}s").format(number=number, severity=say(severity))
        for severity, number in numbers.items()
        if number
    ]
    text = say("Verdict: {verdict} ({counts})").format(
        verdict=say(verdict.verdict), counts=say(", ").join(counts) or say("nothing found")
    )
    if verdict.stack != "other":
        stack = say("the pinned stack" if verdict.stack == "pinned" else "the current stack")
        return text + say("; this is {stack}.").format(stack=stack)
    return text + (say("; this is neither stack of fcnn.") if facts.for_fcnn else say("."))


def _verdict(verdict: Verdict, facts: Facts, there: Console) -> List[str]:
    role = {"broken": "error", "warnings": "warning", "ok": "ok"}[verdict.verdict]
    first, *rest = wrapped(verdict_line(verdict, facts, there.say), there.width, rest=INDENT)
    word = there.say(verdict.verdict)
    return [first.replace(word, there.paint(word, role), 1), *rest]


def _found(finding: Finding, facts: Facts, there: Console) -> str:
    """What is there: the package with its version and its line in the list."""
    say, package, versions = there.say, finding.package, Versions(facts)
    line = facts.lines.get(package, "")
    place = say(", {line}").format(line=line) if line else ""
    if finding.found:
        return f"{say(package)} {finding.found}{place}"
    if package in versions.open:
        text = say("{package}, which the list leaves open") if finding.wording.undecided == package else "{package}"
        return text.format(package=package + versions.open[package]) + place
    if package in PSEUDO_PACKAGES or package in facts.packages:
        return say(package) + place
    return say("{package}, which is not there").format(package=package)


def _repair(verdict: Verdict, facts: Facts, there: Console) -> List[str]:
    """What repairs all of it at once, what is to be done by hand, and what both leave."""
    say, lines = there.say, []
    commands = verdict.plan.commands(facts)
    if commands:
        several = sum(finding.severity != "note" for finding in verdict.findings) > 1
        lines.append(there.title(say("To repair all of it at once:" if several else "To repair it:")))
        lines += there.commands(commands, INDENT)
        if facts.kind == "requirements":
            lines.append(there.title(say("The same as changes to the list:")))
            lines += there.commands(edits(verdict.plan, facts, say), INDENT)
    by_hand = _by_hand(verdict, there)
    if by_hand:
        lines.append(there.title(say("To be done by hand:")))
        for advice, rules in by_hand.items():
            lines += wrapped(f"- {say(', ').join(rules)}{say(': ')}{advice}", there.width, INDENT, INDENT * 2)
    advised = {rule for rules in by_hand.values() for rule in rules}
    left = [finding for finding in verdict.remaining if finding.rule not in advised]
    if left:
        lines.append(there.title(say("What stays after that:")))
        for finding in left:
            text = f"- {finding.rule} {say(finding.severity)}{say(': ')}{why_of(finding, there)}"
            lines += wrapped(text, there.width, INDENT, INDENT * 2)
    elif commands and not by_hand:
        lines += there.sentence(say("After it the rules find no error and no warning"), "")
    return lines


def _by_hand(verdict: Verdict, there: Console) -> Dict[str, List[str]]:
    """Advice for all errors and warnings, each with the rules that give it."""
    advice: Dict[str, List[str]] = {}
    for finding in verdict.findings:
        if finding.wording.advice and finding.severity != "note":
            rules = advice.setdefault(advice_of(finding, there), [])
            if finding.rule not in rules:
                rules.append(finding.rule)
    return advice
