"""What a pasted error message means, as text and as a JSON document."""

from typing import TYPE_CHECKING, Dict, List

from fcnn.environment.rendering.console import INDENT, Console, Style, console, plain
from fcnn.environment.rendering.document import SCHEMA, finding_document
from fcnn.environment.rendering.ranges import displayed
from fcnn.environment.rendering.text import heading, repair_lines, separated, why_of

if TYPE_CHECKING:
    from fcnn.environment.explanation import Explanation

_SHOWN_LINES = 3
"""How many of the lines by which a rule is known are shown."""


def render_explanation(
    explanation: "Explanation", encoding: str = "utf-8", language: str = "en", width: int = 80, style: Style = plain
) -> str:
    """Write what the text means: the likeliest rule, then others that share it; or what to report."""
    there = console(encoding, language, width, style)
    say = there.say
    if explanation.unknown:
        return there.text(_unknown(explanation, there))
    blocks = []
    if explanation.versions:
        versions = say(", ").join(f"{displayed(name)} {version}" for name, version in explanation.versions.items())
        blocks.append(there.sentence(say("The text tells of {versions}").format(versions=versions), ""))
    for index in range(len(explanation.findings)):
        if index == 1:
            blocks.append([there.title(say("It may also be:"))])
        blocks.append(_finding(explanation, index, there))
    return there.text(separated(blocks))


def explanation_document(explanation: "Explanation") -> Dict[str, object]:
    """The explanation as types that JSON has; in English."""
    last = explanation.last_error
    return {
        "schema": SCHEMA,
        "known": not explanation.unknown,
        "confirmed": explanation.confirmed,
        "findings": [
            {
                **finding_document(finding),
                "evidence": [{"line": line.number, "text": line.text} for line in explanation.evidence[index]],
                "apart": explanation.tell_apart(index),
            }
            for index, finding in enumerate(explanation.findings)
        ],
        "versions": dict(explanation.versions),
        "last_error": None if last is None else {"line": last.number, "text": last.text},
    }


def _finding(explanation: "Explanation", index: int, there: Console) -> List[str]:
    say, finding = there.say, explanation.findings[index]
    found = f"{say(finding.package)} {finding.found}".strip()
    lines = [heading(finding, found, there), *there.sentence(why_of(finding, there))]
    if index == 0 and explanation.confirmed:
        lines += there.sentence(say("The environment that was looked at has this"))
    apart = explanation.apart[index]
    if apart.why:
        lines += there.sentence(apart.tell_why(say))
    lines.append(INDENT + say("Known by:"))
    for line in explanation.evidence[index][:_SHOWN_LINES]:
        lines.append(INDENT * 2 + say("line {number}: {text}").format(number=line.number, text=line.text))
    return lines + repair_lines(finding, there)


def _unknown(explanation: "Explanation", there: Console) -> List[str]:
    from fcnn.environment.explanation import REPORT

    say, last = there.say, explanation.last_error
    lines = there.sentence(say("No rule knows this text"), "")
    if last is not None:
        lines.append(say("The last error in it: line {number}").format(number=last.number) + say(":"))
        lines.append(INDENT + last.text)
    lines.append(say("Please report it, together with what this prints:"))
    return lines + there.commands([REPORT], INDENT)
