"""The environments that were built, written as the lists that people have of them: all read back as they are."""

import csv
from pathlib import Path
from typing import Dict, List

import pytest

from fcnn.environment import Facts, judge
from fcnn.environment.listed import read_list

TABLE = Path(__file__).with_name("environments.csv")
with TABLE.open(encoding="utf-8", newline="") as stream:
    ROWS: List[Dict[str, str]] = list(csv.DictReader(stream))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in ROWS])
def test_an_environment_as_a_list(row: Dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(row["packages"].replace(" ", "\n") + "\n", encoding="utf-8")
    facts = read_list(str(path), row["complete"] == "yes", row["python"])
    assert facts.packages == dict(item.split("==") for item in row["packages"].split())
    assert facts.ranges == {}
    assert facts.python == row["python"]
    assert facts.kind == ("freeze" if row["complete"] == "yes" else "requirements")
    assert [facts.lines[name] for name in facts.packages] == [
        f"{path}:{number}" for number in range(1, len(facts.packages) + 1)
    ]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in ROWS if row["verdict"] == "ok"])
def test_a_healthy_environment_has_wheels_of_all(row: Dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(row["packages"].replace(" ", "\n") + "\n", encoding="utf-8")
    facts: Facts = read_list(str(path), False, row["python"])
    errors = [finding for finding in judge(facts).findings if finding.severity == "error"]
    assert errors == []
