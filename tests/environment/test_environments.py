"""Environments that were built and tried: what the rules say of each must agree with what happened."""

import csv
from pathlib import Path
from typing import Any, Dict, List

import pytest

from fcnn.environment import Facts, judge

TABLE = Path(__file__).with_name("environments.csv")
PYTHONS = {"3.8": "3.8.20", "3.11": "3.11.7"}


def _rows() -> List[Any]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [pytest.param(row, id=row["id"]) for row in csv.DictReader(stream)]


def _facts(row: Dict[str, str]) -> Facts:
    packages = dict(package.split("==") for package in row["packages"].split())
    return Facts(packages=packages, python=PYTHONS[row["python"]], complete=row["complete"] == "yes")


def test_the_table_holds_healthy_and_broken_environments() -> None:
    verdicts = [parameter.values[0]["verdict"] for parameter in _rows()]
    assert {name: verdicts.count(name) for name in ("ok", "partial", "broken")} == {
        "ok": 20,
        "partial": 15,
        "broken": 41,
    }


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
