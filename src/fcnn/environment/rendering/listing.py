"""The table of rules, for reading and as JSON."""

from typing import Dict, List

from fcnn.environment.facts import Facts
from fcnn.environment.rendering.cases import Case, cases_of, repairs_of, rule_ids, where_in_words, without_versions
from fcnn.environment.rendering.console import INDENT, Console, Style, console, plain, wrapped
from fcnn.environment.rendering.ranges import when_in_words


def render_list(encoding: str = "utf-8", language: str = "en", width: int = 80, style: Style = plain) -> str:
    """Write all rules, by id: when each speaks, what goes wrong, what one sees, what repairs it, how it is known."""
    there = console(encoding, language, width, style)
    lines: List[str] = []
    for rule_id in rule_ids():
        for case in cases_of(rule_id):
            lines += ["", *_case(case, rule_id, there)] if lines else _case(case, rule_id, there)
    return there.text(lines)


def list_document() -> List[Dict[str, object]]:
    """All rules as types that JSON has, a case each; in English."""
    return [
        {
            "rule": rule_id,
            "severity": case.severity,
            "package": case.package,
            "why": without_versions(case.why, str),
            "when": [when_in_words(row, str) for row in case.rows],
            "ranges": [dict(row.when) for row in case.rows],
            "symptoms": list(case.symptoms),
            "repairs": [
                {"where": where_in_words(repair, str), "commands": list(repair.plan.commands(Facts()))}
                for repair in repairs_of(case)
            ],
            "advice": [without_versions(advice, str) for advice in case.advice],
            "evidence": list(case.evidence),
        }
        for rule_id in rule_ids()
        for case in cases_of(rule_id)
    ]


def _case(case: Case, rule_id: str, there: Console) -> List[str]:
    say = there.say
    severity = there.paint(f"{rule_id} {say(case.severity)}", case.severity)
    package = without_versions(case.package, say)
    lines = [f"{there.mark(case.severity)} {severity}{say(': ')}{package}"]
    lines += there.sentence(without_versions(case.why, say))
    lines.append(INDENT + say("When:"))
    for row in case.rows:
        lines += wrapped(when_in_words(row, say), there.width, INDENT * 2 + "- ", INDENT * 3)
    if case.symptoms:
        lines += [INDENT + say("What you would see:"), *(INDENT * 2 + line for line in case.symptoms)]
    repairs = repairs_of(case)
    if repairs or case.advice:
        lines.append(INDENT + say("Repair:"))
    for repair in repairs:
        where = where_in_words(repair, say)
        lines += [INDENT * 2 + where + say(":")] if where else []
        lines += there.commands(repair.plan.commands(Facts()), INDENT * (3 if where else 2))
    for advice in case.advice:
        lines += there.sentence(without_versions(advice, say), INDENT * 2)
    for evidence in case.evidence:
        lines += wrapped(say("Known: {evidence}").format(evidence=evidence), there.width, INDENT, INDENT * 2)
    return lines
