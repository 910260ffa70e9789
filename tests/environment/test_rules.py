"""The table of rules itself: whole, and of one mind with what pyproject.toml asks for."""

import re
from pathlib import Path
from typing import Dict, List

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from fcnn.environment.conditions import CONDITIONS
from fcnn.environment.rules import MINIMUM_VERSIONS, REMEDIES, RULES, STACKS, Rule

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
NAMES = sorted({rule.id for rule in RULES})
OF_ONE_NAME = [pytest.param([rule for rule in RULES if rule.id == name], id=name) for name in NAMES]


@pytest.mark.parametrize("rules", OF_ONE_NAME)
def test_a_rule_is_whole(rules: List[Rule]) -> None:
    for rule in rules:
        assert_whole(rule)


def assert_whole(rule: Rule) -> None:
    assert re.fullmatch(r"R\d\d", rule.id)
    assert rule.severity in ("error", "warning", "note")
    assert rule.scope in ("any", "fcnn", "other", "plan", "text")
    assert rule.scope != "text" or rule.symptoms, "nothing could lead to it"
    assert not rule.condition or rule.condition in CONDITIONS
    assert rule.why
    assert not rule.why.endswith(".")
    helps = rule.repair or rule.uninstall or rule.reinstall or rule.advice
    assert rule.severity == "note" or helps, "nothing is said of how to repair it"
    for versions in rule.when.values():
        SpecifierSet(versions.format(line="2.10", next_line="2.11"))


def test_a_rule_about_packages_says_how_it_is_known() -> None:
    assert [rule for rule in RULES if rule.id < "R50" and not rule.evidence] == []


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda remedy: f"{remedy.requirement}-{remedy.gives}")
def test_a_remedy_gives_a_version_that_its_requirement_allows(remedy) -> None:
    filled = [text.format(line="2.10", distribution="tensorflow") for text in (remedy.requirement, remedy.gives)]
    assert Requirement(filled[0]).specifier.contains(Version(filled[1]), prereleases=True)


def test_the_requirements_are_those_of_the_project() -> None:
    requirements = _requirements()
    lowest: Dict[str, str] = {}
    for requirement in requirements:
        for specifier in requirement.specifier:
            version = specifier.version.replace(".*", "")
            if specifier.operator in (">=", "==") and requirement.name not in ("tensorflow", "keras", "protobuf"):
                lowest[requirement.name] = min(lowest.get(requirement.name, version), version, key=Version)
    lowest.pop("tomli", None)  # reads lists in TOML, which Python 3.11 does itself
    lowest.pop("typing-extensions", None)  # of the pinned stack alone, and TensorFlow brings it
    lowest.pop("sqlalchemy", None)  # likewise, and Optuna brings it
    assert lowest == MINIMUM_VERSIONS


@pytest.mark.parametrize(("stack", "python"), [("pinned", "3.8"), ("current", "3.12")])
def test_the_stacks_are_those_of_the_project(stack: str, python: str) -> None:
    applying = {
        requirement.name: requirement.specifier
        for requirement in _requirements()
        if requirement.marker is None or requirement.marker.evaluate({"python_version": python})
    }
    for package, versions in STACKS[stack].items():
        if package != "python":
            assert applying[package] == SpecifierSet(versions)


def _requirements() -> list:
    # no tomllib on Python 3.8; the table is one string a line
    text = PROJECT.read_text(encoding="utf-8")
    table = text[text.index("\ndependencies = [") : text.index("\n]", text.index("\ndependencies = ["))]
    found = [Requirement(line) for line in re.findall(r'^ +"([^"]+)"', table, re.MULTILINE)]
    assert len(found) > 10
    return found
