"""What pip itself says of two packages that do not fit: it names both versions, and so they can be judged."""

import re
from typing import Dict, List, NamedTuple, Sequence, Tuple

from fcnn.environment.explaining.pasted import Pasted
from fcnn.environment.facts import Facts, normalised
from fcnn.environment.rules import Rule
from fcnn.environment.verdict import Finding, judge

_VERSION = r"\d[\w.+!]{0,40}"
_CONFLICT = re.compile(
    r"(?<![\w.-])(?P<one>[A-Za-z][\w.-]{1,60}) (?P<one_version>" + _VERSION + r") (?:requires|has requirement) "
    r"[^\n]{1,200}?, but you(?:'ll)? have (?P<other>[A-Za-z][\w.-]{1,60}) (?P<other_version>" + _VERSION + r")"
)
_MOST_CONFLICTS = 50


class Conflict(NamedTuple):
    """A rule that knows two versions which pip named."""

    finding: Finding
    lines: Tuple[Tuple[int, str], ...]
    """Number and text of each line that says so."""


def conflicts(pasted: Pasted, rules: Sequence[Rule]) -> List[Conflict]:
    """The findings for the pairs of versions in pip's own lines, the grave ones first, each rule once."""
    found: Dict[str, Conflict] = {}
    seen = 0
    for number, line in zip(pasted.line_numbers, pasted.lines):
        match = _CONFLICT.search(line) if ", but you" in line else None
        if match is None:
            continue
        seen += 1
        if seen > _MOST_CONFLICTS:
            break
        packages = {
            normalised(match.group(name)): match.group(name + "_version").rstrip(".") for name in ("one", "other")
        }
        for finding in judge(Facts(packages=packages, kind="freeze", complete=False), rules).findings:
            before = found.get(finding.rule, Conflict(finding, ()))
            found[finding.rule] = before._replace(lines=(*before.lines, (number, line.strip())))
    return sorted(found.values(), key=lambda conflict: ("error", "warning", "note").index(conflict.finding.severity))
