"""Environments that were built and tried: what the rules say of each must agree with what happened.

``environments.csv`` is the table the rules were measured with. ``measured.csv`` was built afterwards, one package
at a time, where the rules were a guess; its smoke test also tries recurrent layers, ragged tensors, locally connected
layers and dictionaries in modules where NumPy, wrapt or typing-extensions changed. A row that is not complete names
only what matters.
"""

import csv
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

import pytest

from fcnn.environment import Facts, Finding, Verdict, judge

from .repairing import repaired

TABLES = ("environments.csv", "measured.csv")


Row = Dict[str, str]


def _rows(table: str) -> List[Row]:
    with Path(__file__).with_name(table).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module", params=TABLES)
def judged(request: Any) -> List[Tuple[Row, Facts, Verdict]]:
    """Each environment of a table, and what the rules say of it."""
    found = [(row, _facts(row)) for row in _rows(request.param)]
    return [(row, facts, judge(facts)) for row, facts in found]


def _facts(row: Row) -> Facts:
    """The row as a list gives it: complete as `--freeze`, else as `--requirements`."""
    complete = row["complete"] == "yes"
    return Facts(
        packages=dict(package.split("==") for package in row["packages"].split()),
        python=row["python"],
        kind="freeze" if complete else "requirements",
        complete=complete,
    )


@pytest.mark.parametrize(
    ("table", "ok", "partial", "broken"),
    [("environments.csv", 67, 15, 52), ("measured.csv", 144, 27, 104)],
)
def test_the_tables_hold_healthy_and_broken_environments(table: str, ok: int, partial: int, broken: int) -> None:
    verdicts = [row["verdict"] for row in _rows(table)]
    assert [verdicts.count(verdict) for verdict in ("ok", "partial", "broken")] == [ok, partial, broken]


def _agrees(verdict: Verdict, happened: str) -> bool:
    severities = {finding.severity for finding in verdict.findings}
    if happened == "broken":
        return "error" in severities
    return bool(severities & {"error", "warning"}) if happened == "partial" else "error" not in severities


def test_the_verdict_agrees_with_what_happened(judged: List[Tuple[Row, Facts, Verdict]]) -> None:
    assert [row["id"] for row, _, verdict in judged if not _agrees(verdict, row["verdict"])] == []


def _tells(verdict: Verdict, error: str) -> bool:
    symptoms = [line for finding in verdict.findings for line in finding.symptom.splitlines()]
    # an object's address and what follows differ from run to run
    return any(symptom[:60] in error or error[:60] in symptom for symptom in symptoms)


def test_the_symptom_is_what_was_printed(judged: List[Tuple[Row, Facts, Verdict]]) -> None:
    sick = [(row, verdict) for row, _, verdict in judged if row["verdict"] != "ok"]
    assert [row["id"] for row, verdict in sick if not _tells(verdict, row["error"])] == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "environments.csv",
            # A feature that the smoke test did not try (R02, R04, R28, R29), what installers resolve today (R07, R14),
            # and pins that they refuse (R57)
            {"R02": 5, "R04": 8, "R07": 3, "R14": 1, "R28": 1, "R29": 14, "R57": 4},
            id="environments.csv",
        ),
        pytest.param("measured.csv", {"R04": 8, "R28": 4}, id="measured.csv"),
    ],
)
def test_a_healthy_environment_is_warned_of_what_was_not_tried(table: str, expected: Dict[str, int]) -> None:
    warned = Counter(
        finding.rule
        for row in _rows(table)
        if row["verdict"] == "ok"
        for finding in judge(_facts(row)).findings
        if finding.severity == "warning" and finding.rule != "R50"  # that there is no TensorFlow at all
    )
    assert warned == expected


def test_the_plan_leaves_no_error_and_no_warning(judged: List[Tuple[Row, Facts, Verdict]]) -> None:
    left = {row["id"]: _grave(verdict.remaining) for row, _, verdict in judged}
    assert {row: findings for row, findings in left.items() if findings} == {}


@pytest.mark.parametrize("newest", [True, False], ids=["newest", "oldest"])
def test_the_printed_commands_leave_no_error_and_no_warning(
    judged: List[Tuple[Row, Facts, Verdict]], newest: bool
) -> None:
    left = {
        row["id"]: _grave(judge(repaired(facts, verdict.fix, newest)).findings)
        for row, facts, verdict in judged
        if verdict.fix or newest  # without a command both are what was judged
    }
    assert {row: findings for row, findings in left.items() if findings} == {}


def _grave(findings: Sequence[Finding]) -> List[str]:
    """The errors and warnings, but for a TensorFlow that is not there and that fcnn does not know what to take for."""
    return [
        f"{finding.rule} {finding.package}"
        for finding in findings
        if finding.severity != "note" and (finding.rule != "R50" or finding.wanted)
    ]
