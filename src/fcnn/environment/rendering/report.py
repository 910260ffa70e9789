"""A verdict as a block of Markdown to paste into an issue, without anything that is nobody's business."""

import re
from typing import List

from fcnn.environment.facts import Facts
from fcnn.environment.rendering.console import console
from fcnn.environment.rendering.overview import machine_line, python_line
from fcnn.environment.rendering.text import advice_of, is_advice, verdict_line, why_of
from fcnn.environment.verdict import Verdict

_TOLD = ("KERAS_", "PROTOCOL_BUFFERS_", "PYTHONNOUSERSITE", "TF_")
"""The environment variables that are told: those whose values are no paths."""
_HOMES = (
    # C:\\Users\\anna, where a name may hold spaces; /home/anna, /Users/anna, /data/home/anna; /root
    r"(?<![A-Za-z0-9])[A-Za-z]:[\\/](?:Users|users|Documents and Settings)[\\/][^\\/\"'`:;,|\n]+",
    r"(?<![A-Za-z0-9_.-])(?:/[\w.-]+)*?/(?:home|Users|users)/[^/\s\"'`:;,|]+",
    r"(?<![A-Za-z0-9_.-])/root(?![A-Za-z0-9_.-])",
)


def render_report(verdict: Verdict, facts: Facts, language: str = "en", home: str = "") -> str:
    """Write what is worth telling in an issue as Markdown: findings, versions, all packages folded away.

    `home`, the user's own folder, and whatever else looks like one read ``~``, and of the environment variables only
    those of TensorFlow, Keras and protobuf are told.
    """
    there = console("utf-8", language, 80, lambda text, **_: text)
    say = there.say
    lines = ["### fcnn check-env", "", verdict_line(verdict, facts, say), ""]
    for finding in verdict.findings:
        name = f"**{finding.rule} {say(finding.severity)}** `{finding.package}` {finding.found or say('not there')}"
        lines.append(f"- {name}{say(': ')}{why_of(finding, there)}")
        if finding.fix:
            fix = advice_of(finding, there) if is_advice(finding) else f"`{_one_line(finding.fix)}`"
            lines.append(f"  - {say('Repair:')} {fix}")
    if verdict.findings:
        lines.append("")
    lines += [
        "| | |",
        "|---|---|",
        f"| Python | {python_line(facts, say)} |",
        f"| {say('Machine')} | {machine_line(facts, say)} |",
        f"| {say('Installer')} | {facts.installer} |",
    ]
    lines += [f"| {name} | `{value}` |" for name, value in sorted(facts.variables.items()) if name.startswith(_TOLD)]
    lines += _packages(facts, say("{number} packages").format(number=len(facts.packages)))
    return without_homes("\n".join(lines), home)


def without_homes(text: str, home: str = "") -> str:
    """The text with every home folder as ``~``."""
    if len(home) > 1:
        text = re.sub(re.escape(home.rstrip("/\\")) + r"(?![\w.-])", "~", text)
    for pattern in _HOMES:
        text = re.sub(pattern, "~", text)
    return text


def _packages(facts: Facts, title: str) -> List[str]:
    listed = [f"{name}=={version}" for name, version in sorted(facts.packages.items())]
    listed += [f"{name}{versions}" for name, versions in sorted(facts.ranges.items())]
    return ["", f"<details><summary>{title}</summary>", "", "```text", *listed, "```", "", "</details>"]


def _one_line(command: str) -> str:
    return "; ".join(command.splitlines())
