"""The guard: stops a command before TensorFlow can fail, and explains why where it fails all the same."""

import os
import traceback
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


MOST_TOLD = 3
"""Explanations of a failure that are told; the text that failed is seldom known to more rules."""
TRACEBACK_LINES = 16
"""Lines of the traceback that are shown where no rule knows it; the cause stands at its end."""


def import_failure(error: BaseException) -> UnsupportedEnvironmentError:
    """What is to be raised where the import of TensorFlow died although its metadata looked sound.

    Args:
        error: What the import raised.

    Returns:
        An error that tells cause and repair as far as a rule knows the traceback, and otherwise what to report.
    """
    from fcnn.environment.explanation import REPORT, explain  # here, because every start loads this module

    facts = read_facts()
    place = f"environment {facts.prefix}".strip()
    lines = "".join(traceback.format_exception(type(error), error, error.__traceback__)).splitlines()
    last = _first_line(traceback.format_exception_only(type(error), error)[-1].strip())
    explanation = explain("\n".join(lines), facts)
    if explanation.unknown:
        shown = ["..."] if len(lines) > TRACEBACK_LINES else []
        shown += lines[-TRACEBACK_LINES:]
        return UnsupportedEnvironmentError(
            Problem(
                "TensorFlow cannot be imported, and no rule knows why",
                where=place,
                received=last,
                hint=f"report it with the output of `{REPORT}` and the lines below",
            ),
            Problem("\n".join(["the traceback", *(f"  {line}" for line in shown)]), severity="note"),
        )
    problems = []
    for number, finding in enumerate(explanation.findings[:MOST_TOLD]):
        apart = explanation.tell_apart(number)
        problems.append(
            Problem(
                f"{'it may also be' if number else 'TensorFlow cannot be imported,'} {finding.rule}: {finding.why}"
                + (f"; {apart}" if apart else ""),
                where=place,
                expected=finding.wanted,
                received="" if number else last,
                hint=finding.fix.replace("\n", "\n        "),
                severity="note" if number else "error",
            )
        )
    return UnsupportedEnvironmentError(*problems)


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
