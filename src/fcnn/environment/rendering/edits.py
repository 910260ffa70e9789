"""A repair as changes to the list of requirements that was judged."""

import re
from typing import List

from fcnn.environment.facts import Facts, normalised
from fcnn.environment.rendering.language import Say
from fcnn.environment.repair import Plan


def edits(plan: Plan, facts: Facts, say: Say) -> List[str]:
    """The changes, a line each: ``requirements.txt:2: numpy==1.24.4 -> numpy==1.19.5``, ``add: six~=1.15.0``."""
    new = {_name(remedy.requirement): remedy.requirement for remedy in plan.install}
    changes = [
        (facts.lines.get(name, ""), say("remove {requirement}").format(requirement=name))
        for name in plan.uninstall
        if name not in new
    ]
    for name, requirement in new.items():
        old = _asked_for(name, facts)
        if old:
            changes.append((facts.lines.get(name, ""), f"{old} -> {requirement}"))
        else:
            changes.append(("", say("add: {requirement}").format(requirement=requirement)))
    changes.sort(key=lambda change: (not change[0], _place(change[0])))
    return [f"{line}: {change}" if line else change for line, change in changes]


def _name(requirement: str) -> str:
    return normalised(re.split(r"[<>=!~ \[;]", requirement, maxsplit=1)[0])


def _asked_for(name: str, facts: Facts) -> str:
    """What the list says of a package; empty where it does not name it."""
    if name in facts.packages:
        return f"{name}=={facts.packages[name]}"
    return f"{name}{facts.ranges[name]}" if name in facts.ranges else ""


def _place(line: str) -> object:
    file, _, number = line.rpartition(":")
    return (file, int(number)) if number.isdigit() else (line, 0)
