"""Environments that were built and tried: what the rules say of each must agree with what happened.

``environments.csv`` is the table the rules were measured with. ``measured.csv`` was built afterwards, one package
at a time, where the rules were a guess; its smoke test also tries recurrent layers, ragged tensors, locally connected
layers and dictionaries in modules where NumPy, wrapt or typing-extensions changed. A row that is not complete names
only what matters.
"""

import csv
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Sequence

import pytest

from fcnn.environment import Facts, Finding, judge

from .repairing import repaired

TABLES = ("environments.csv", "measured.csv")


def _rows(*tables: str) -> List[Any]:
    rows = []
    for table in tables or TABLES:
        with Path(__file__).with_name(table).open(encoding="utf-8", newline="") as stream:
            rows += [pytest.param(row, id=row["id"]) for row in csv.DictReader(stream)]
    return rows


def _facts(row: Dict[str, str]) -> Facts:
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
    verdicts = [parameter.values[0]["verdict"] for parameter in _rows(table)]
    assert [verdicts.count(verdict) for verdict in ("ok", "partial", "broken")] == [ok, partial, broken]


@pytest.mark.parametrize("row", _rows())
def test_the_verdict_agrees_with_what_happened(row: Dict[str, str]) -> None:
    severities = {finding.severity for finding in judge(_facts(row)).findings}
    if row["verdict"] == "broken":
        assert "error" in severities
    elif row["verdict"] == "partial":
        assert severities & {"error", "warning"}
    else:
        assert "error" not in severities


@pytest.mark.parametrize("row", [item for item in _rows() if item.values[0]["verdict"] != "ok"])
def test_the_symptom_is_what_was_printed(row: Dict[str, str]) -> None:
    symptoms = [line for finding in judge(_facts(row)).findings for line in finding.symptom.splitlines()]
    # an object's address and what follows differ from run to run
    assert any(symptom[:60] in row["error"] or row["error"][:60] in symptom for symptom in symptoms)


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
        for parameter in _rows(table)
        if parameter.values[0]["verdict"] == "ok"
        for finding in judge(_facts(parameter.values[0])).findings
        if finding.severity == "warning" and finding.rule != "R50"  # that there is no TensorFlow at all
    )
    assert warned == expected


@pytest.mark.parametrize("row", _rows())
def test_the_plan_leaves_no_error_and_no_warning(row: Dict[str, str]) -> None:
    assert _grave(judge(_facts(row)).remaining) == []


@pytest.mark.parametrize("newest", [True, False], ids=["newest", "oldest"])
@pytest.mark.parametrize("row", _rows())
def test_the_printed_commands_leave_no_error_and_no_warning(row: Dict[str, str], newest: bool) -> None:
    facts = _facts(row)
    assert _grave(judge(repaired(facts, judge(facts).fix, newest)).findings) == []


def _grave(findings: Sequence[Finding]) -> List[str]:
    """The errors and warnings, but for a TensorFlow that is not there and that fcnn does not know what to take for."""
    return [
        f"{finding.rule} {finding.package}"
        for finding in findings
        if finding.severity != "note" and (finding.rule != "R50" or finding.wanted)
    ]
