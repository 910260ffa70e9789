"""The errors of environments that were built and tried, explained: the rules that find the fault know its text."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Tuple

import pytest

import fcnn
from fcnn.environment import Facts, judge
from fcnn.environment.chinese import TEXTS
from fcnn.environment.explaining.clues import CLUES
from fcnn.environment.explanation import explain
from fcnn.environment.rules import RULES
from fcnn.environment.rules.libraries import LIBRARY_RULES

TABLE = Path(__file__).with_name("environments.csv")
TRANSFORMERS = {"transformers": "4.40.0", "tensorflow": "2.16.2", "keras": "3.3.3"}
HUB = {"tensorflow-hub": "0.16.1", "tensorflow": "2.16.2", "keras": "3.3.3", "tf-keras": "2.16.0"}


def rows() -> List[Dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["error"]]


def facts_of(row: Dict[str, str]) -> Facts:
    packages = dict(package.split("==") for package in row["packages"].split())
    python = {"3.8": "3.8.20", "3.11": "3.11.7"}[row["python"]]
    return Facts(packages=packages, python=python, complete=row["complete"] == "yes")


NOT_FIRST = {"e110"}
"""The same text from Keras's generated code and from TensorFlow's: without its traceback TensorFlow is likelier."""


def test_the_error_of_an_environment_is_known_to_a_rule_that_finds_its_fault() -> None:
    told_rules = {
        error: [finding.rule for finding in explain(error).findings] for error in {r["error"] for r in rows()}
    }
    missed, not_first = [], set()
    for row in rows():
        found = {finding.rule for finding in judge(facts_of(row)).findings}
        told = told_rules[row["error"]]
        missed += [] if set(told) & found else [row["id"]]
        not_first |= set() if told[0] in found else {row["id"]}
    assert missed == []
    assert not_first <= NOT_FIRST


def test_beside_its_environment_the_error_is_confirmed() -> None:
    wrong = []
    for row in rows():
        facts = facts_of(row)
        explanation = explain(row["error"], facts)
        if not explanation.confirmed or explanation.findings[0] not in judge(facts).findings:
            wrong.append(row["id"])
    assert wrong == []


# --- the rules of libraries ---


@pytest.mark.parametrize(
    ("packages", "variables", "expected"),
    [
        pytest.param(TRANSFORMERS, {}, [("R80", "warning")], id="transformers without tf-keras"),
        pytest.param({**TRANSFORMERS, "tf-keras": "2.16.0"}, {}, [], id="transformers with tf-keras"),
        pytest.param({**TRANSFORMERS, "tensorflow": "2.15.1", "keras": "2.15.0"}, {}, [], id="transformers, Keras 2"),
        pytest.param({**TRANSFORMERS, "transformers": "5.0.0"}, {}, [], id="transformers without TensorFlow models"),
        pytest.param(HUB, {}, [("R81", "warning")], id="hub"),
        pytest.param(HUB, {"TF_USE_LEGACY_KERAS": "1"}, [("R81", "note")], id="hub with legacy Keras"),
        pytest.param({"tensorflow": "2.14.1", "ml-dtypes": "0.3.2"}, {}, [("R84", "error")], id="ml-dtypes 0.3"),
        pytest.param({"tensorflow": "2.14.1", "ml-dtypes": "0.2.0"}, {}, [], id="ml-dtypes 0.2"),
        pytest.param({"tensorflow": "2.13.1", "ml-dtypes": "0.4.1"}, {}, [], id="TensorFlow 2.13 needs none"),
    ],
)
def test_a_library_beside_keras_3_is_judged(packages, variables, expected: List[Tuple[str, str]]) -> None:
    verdict = judge(Facts(packages=packages, python="3.11.7", variables=variables), LIBRARY_RULES)
    assert [(finding.rule, finding.severity) for finding in verdict.findings] == expected


def test_what_repairs_transformers_and_ml_dtypes() -> None:
    assert judge(Facts(packages=TRANSFORMERS, python="3.11.7"), LIBRARY_RULES).fix == (
        'pip install "tf-keras==2.16.*"',
    )
    facts = Facts(packages={"tensorflow": "2.14.1", "ml-dtypes": "0.3.2"}, python="3.11.7", complete=False)
    assert judge(facts, LIBRARY_RULES).fix == ('pip install "ml-dtypes==0.2.0"',)


# --- the tables ---


@pytest.mark.parametrize("name", sorted(CLUES))
def test_a_clue_is_about_a_rule_and_its_sentences_are_translated(name: str) -> None:
    clue = CLUES[name]
    assert name in {rule.id for rule in RULES}
    assert [text for text in (clue.why, clue.advice, clue.apart) if text and text not in TEXTS] == []
    assert bool(clue.why) == bool(clue.advice)
    assert clue.sites or not clue.only_there


def test_every_symptom_of_a_rule_that_a_text_can_tell_leads_to_it() -> None:
    unseen = {"R26", "R55", "R56", "R57", "R59", "R41", "R93", "R94"}  # known only beside an environment or a traceback
    lost = set()
    symptoms = {text for rule in RULES if not rule.generic and rule.scope in ("any", "text") for text in rule.symptoms}
    assert len(symptoms) > 100
    for symptom in symptoms:
        owners = {rule.id for rule in RULES if symptom in rule.symptoms}
        told = {finding.rule for finding in explain(symptom).findings}
        lost |= set() if told & owners or owners <= unseen else {symptom}
    assert lost == set()


def test_explaining_imports_nothing_but_the_environment_package() -> None:
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from fcnn.environment.explanation import explain\n"
        "explain('AttributeError: module numpy has no attribute object')\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(*sorted(new - set(sys.builtin_module_names) - {'fcnn', 'packaging'}))\n"
        "print(*sorted(name for name in sys.modules if name.startswith('fcnn') and name.count('.') == 1))\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        env={"PYTHONPATH": ":".join([str(Path(fcnn.__file__).parents[1]), *_site_of_packaging()])},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    modules, parts = done.stdout.splitlines()
    assert not set(modules.split()) & {"numpy", "yaml", "click", "rich", "tensorflow", "pandas", "msgspec"}
    assert parts.split() == ["fcnn.environment", "fcnn.errors", "fcnn.wording"]


def _site_of_packaging() -> List[str]:
    import packaging

    return [str(Path(packaging.__file__).parents[1])]
