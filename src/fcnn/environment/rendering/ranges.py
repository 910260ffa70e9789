"""Version ranges and the conditions of rules in words: ``>=2.4,<2.5`` is 2.4.x."""

import re
from typing import List, Mapping

from fcnn.environment.rendering.language import Say
from fcnn.environment.rules import Rule

_WORDS = {
    ">=": "{version} or later",
    ">": "later than {version}",
    "<=": "up to {version}",
    "<": "before {version}",
    "!=": "other than {version}",
    "~=": "{version} or a later one of its line",
}
_SCOPES = {
    "fcnn": "where fcnn itself is to run",
    "other": "where fcnn itself is not to run",
    "plan": "in a list of what is still to be installed",
    "text": "known by its text alone",
}
_DISPLAYED = {"tensorflow": "TensorFlow", "numpy": "NumPy", "keras": "Keras", "python": "Python", "scipy": "SciPy"}


def displayed(package: str) -> str:
    """A package as one writes it in a sentence."""
    return _DISPLAYED.get(package, package)


def in_words(versions: str, say: Say) -> str:
    """A range of versions in words."""
    parts = [part.strip() for part in versions.split(",") if part.strip()]
    if not parts:
        return say("any version")
    low, high = (next((part for part in parts if part.startswith(sign)), "") for sign in (">", "<"))
    lines = _lines(low, high, say) if len(parts) == 2 else ""
    return lines or say(", ").join(_part(part, say) for part in parts)


def when_in_words(rule: Rule, say: Say) -> str:
    """All that must hold for a row of the table to speak, in words."""
    parts: List[str] = when_of(rule.when, say)
    parts += [say("without {package}").format(package=displayed(package)) for package in rule.absent]
    parts += [f"{name}={value}" for name, value in rule.variables.items()]
    if rule.lacks:
        parts.append(say("a processor without {flag}").format(flag=rule.lacks.upper()))
    if rule.condition:
        parts.append(say("where it is as said above"))
    if rule.scope in _SCOPES:
        parts.append(say(_SCOPES[rule.scope]))
    return say("; ").join(parts) or say("always")


def when_of(when: Mapping[str, str], say: Say) -> List[str]:
    """Packages with their ranges in words."""
    return [f"{displayed(name)} {in_words(versions, say)}" for name, versions in when.items()]


def _part(part: str, say: Say) -> str:
    found = re.match(r"([<>=!~]+)(.*)", part)
    if found is None:
        return part
    sign, version = found.groups()
    version = version.strip().replace("{line}", say("TensorFlow's line"))
    version = version.replace("{next_line}", say("the line after TensorFlow's"))
    version = re.sub(r"\.\*$", ".x", version)
    return version if sign in ("==", "===") else say(_WORDS[sign]).format(version=version)


def _lines(low: str, high: str, say: Say) -> str:
    """``2.4.x`` of ``>=2.4`` and ``<2.5``, or ``2.4.x to 2.6.x``; empty where it is not whole lines."""
    first, end = re.match(r">=(\d+)\.(\d+)$", low), re.match(r"<(\d+)\.(\d+)$", high)
    if first is None or end is None or first.group(1) != end.group(1):
        return ""
    begins, last = (
        f"{major}.{minor}.x"
        for major, minor in ((first.group(1), first.group(2)), (end.group(1), int(end.group(2)) - 1))
    )
    return begins if begins == last else say("{first} to {last}").format(first=begins, last=last)
