"""The guard: stops a command before TensorFlow can fail where the environment cannot run it."""

import os
from typing import List, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.reading import read_facts
from fcnn.environment.verdict import Verdict, judge
from fcnn.errors import Problem, UnsupportedEnvironmentError

SKIP_VARIABLE = "FCNN_SKIP_ENV_CHECK"
"""Set to 1 to go on without the check."""


def require_tensorflow() -> Tuple[Problem, ...]:
    """Make sure that this environment can run TensorFlow, before anything imports it.

    Returns:
        What to tell the user all the same: that the check was skipped, where it was.

    Raises:
        UnsupportedEnvironmentError: TensorFlow, or a package that fcnn needs beside it, would fail.
    """
    if os.environ.get(SKIP_VARIABLE, "") not in ("", "0"):
        skipped = Problem(
            f"the environment was not checked, because {SKIP_VARIABLE} is set",
            hint="run `fcnn check-env` to see whether it is sound",
            severity="warning",
        )
        return (skipped,)
    facts = read_facts()
    problems = as_problems(judge(facts), facts)
    if problems:
        raise UnsupportedEnvironmentError(*problems)
    return ()


def as_problems(verdict: Verdict, facts: Facts) -> List[Problem]:
    """The errors of a verdict as problems, and the one way to repair them all where they are several."""
    place = f"environment {facts.prefix}".strip()
    problems = [
        Problem(
            finding.why + (f": {_first_line(finding.symptom)}" if finding.symptom else ""),
            where=place,
            expected=finding.wanted,
            received=f"{finding.package} {finding.found}" if finding.found else f"no {finding.package}",
            hint=finding.fix,
        )
        for finding in verdict.findings
        if finding.severity == "error"
    ]
    if len(problems) > 1 and verdict.fix:
        problems.append(
            Problem("all of it is repaired at once", hint=", then ".join(verdict.fix), severity="note"),
        )
    return problems


def _first_line(text: str) -> str:
    return text.partition("\n")[0].rstrip(".")
