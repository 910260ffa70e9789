"""What a list leaves open, and what it pins that cannot be installed."""

from dataclasses import replace
from typing import Dict, List, Tuple

import pytest

from fcnn.environment import Facts, judge
from fcnn.environment.chinese.lists import TEXTS
from fcnn.environment.conditions import CONDITIONS
from fcnn.environment.conditions.lists import LIST_CONDITIONS
from fcnn.environment.listed import read_list_text
from fcnn.environment.listed.merging import ALLOWS_SEVERAL, FIRST_ALLOWED, FROM_OPTION, NAMES_NONE
from fcnn.environment.rules.lists import LIST_RULES
from fcnn.environment.rules.published import NEWEST, OLDEST, PYTHONS, newest_for, oldest_for
from fcnn.environment.verdict import Finding

from . import listing

OURS = ("R41", "R58", "R59", "R82")


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    listing.on(monkeypatch, listing.LINUX)


def found(facts: Facts, *rules: str) -> List[Finding]:
    return [finding for finding in judge(facts).findings if finding.rule in (rules or OURS)]


def told(facts: Facts, *rules: str) -> List[Tuple[str, str, str]]:
    return [(finding.rule, finding.severity, finding.package) for finding in found(facts, *rules)]


# --- the course ---

COURSE = "tensorflow==2.4.0\nkeras==2.4.3\nnumpy==1.19.5\npandas==1.3.5\nmatplotlib==3.4.2\nscikit-learn\nclick\n"


def test_the_courses_pins_lack_protobuf_alone() -> None:
    verdict = judge(listing.plan(COURSE))
    assert [(finding.rule, finding.severity) for finding in verdict.findings] == [("R07", "warning")]
    assert verdict.fix == ('pip install "protobuf==3.20.3"',)
    assert verdict.remaining == ()


def test_the_courses_pins_on_a_current_python() -> None:
    facts = listing.plan(COURSE, python="3.11")
    assert told(facts, "R46", *OURS) == [
        ("R46", "error", "tensorflow"),
        ("R59", "error", "matplotlib"),
        ("R59", "error", "numpy"),
        ("R59", "error", "pandas"),
    ]
    numpy = found(facts)[1]
    assert numpy.found == "1.19.5"
    assert numpy.why == (
        "numpy 1.19.5 has no wheel for Python 3.11, for which 1.23.2 is the first, so pip has to compile it from "
        "source, which takes long and mostly fails"
    )
    assert numpy.fix == (
        "make an environment with one of these Pythons: 3.7-3.8; they have wheels of all that the list pins"
    )


# --- wheels ---


@pytest.mark.parametrize(
    ("text", "python", "packages"),
    [
        pytest.param("numpy==1.19.5", "3.8", [], id="a wheel"),
        pytest.param("numpy==1.19.5", "3.9", [], id="the same on 3.9"),
        pytest.param("numpy==1.19.5", "3.10", ["numpy"], id="too old"),
        pytest.param("numpy==1.17.3", "3.8", [], id="the first"),
        pytest.param("numpy==1.17.2", "3.8", ["numpy"], id="before the first"),
        pytest.param("numpy==1.24.4", "3.8", [], id="the last"),
        pytest.param("numpy==1.25.0", "3.8", ["numpy"], id="after the last"),
        pytest.param("numpy==2.2.9", "3.10", [], id="a patch of the last line is not known to be missing"),
        pytest.param("pandas==1.3.5\nh5py==2.10.0", "3.12", ["h5py", "pandas"], id="several"),
        pytest.param("keras==2.4.3\nprotobuf==3.20.3", "3.13", [], id="pure Python"),
        pytest.param("keras==3.10.0\nprotobuf==6.33.0", "3.8", ["keras", "protobuf"], id="given up for that Python"),
        pytest.param("numpy==1.19", "3.15", [], id="a Python that the table does not know"),
        pytest.param("numpy>=1.19,<1.20", "3.12", [], id="not pinned"),
        pytest.param("numpy==1.19.5.dev1", "3.8", [], id="a development version"),
        pytest.param("numpy===odd", "3.8", [], id="no version"),
    ],
)
def test_a_pin_without_a_wheel(text: str, python: str, packages: List[str]) -> None:
    assert told(listing.plan(text, python=python), "R59") == [("R59", "error", package) for package in packages]


def test_the_nearest_version_is_the_repair() -> None:
    (finding,) = found(listing.plan("scikit-learn==0.24.2", python="3.12"), "R59")
    assert finding.wanted == "scikit-learn==1.3.1"
    (finding,) = found(listing.plan("scikit-learn==1.5.0", python="3.8"), "R59")
    assert finding.why == "scikit-learn 1.5.0 cannot be installed on Python 3.8, for which 1.3.2 is the last"
    assert finding.wanted == "scikit-learn==1.3.2"


@pytest.mark.parametrize(
    ("text", "python", "fix"),
    [
        pytest.param("numpy==1.19.5\npandas==1.3.5", "3.11", ('pip install "numpy>=2.0.2,<3" "pandas<3"',), id="alone"),
        pytest.param("tensorflow==2.10.1\nnumpy==1.19.5", "3.10", ('pip install "numpy==1.23.5"',), id="old NumPy"),
        pytest.param("tensorflow==2.10.1\nnumpy==2.1.0", "3.8", ('pip install "numpy==1.23.5"',), id="new NumPy"),
        pytest.param("tensorflow==2.20.0\nnumpy==1.26.4", "3.13", ('pip install "numpy>=2.0.2,<3"',), id="newest"),
    ],
)
def test_the_repair_fits_what_else_is_there(text: str, python: str, fix: Tuple[str, ...]) -> None:
    verdict = judge(listing.plan(text, python=python))
    assert verdict.verdict == "broken"
    assert verdict.fix == fix
    assert verdict.remaining == ()


def test_where_no_python_has_wheels_of_all() -> None:
    (finding,) = found(listing.plan("tensorflow==2.4.0\nnumpy==2.1.0", python="3.9"), "R59")
    assert finding.fix == ("choose versions that one Python has wheels of; for Python 3.9 the nearest is numpy==2.0.2")


def test_wheels_are_no_matter_of_what_is_installed_or_conda_builds() -> None:
    facts = listing.plan("numpy==1.19.5\npandas==2.0.3", python="3.12")
    assert len(found(facts, "R59")) == 2
    assert found(replace(facts, kind="freeze", complete=True), "R59") == []
    assert found(replace(facts, installers={"numpy": "conda", "pandas": "conda"}), "R59") == []
    conda = "dependencies:\n- numpy=1.19.5\n- pip:\n  - pandas==2.0.3\n"
    assert told(listing.plan(conda, "environment.yml", "3.12"), "R59") == [("R59", "error", "pandas")]


def test_first_wheels_of_other_machines_are_not_known() -> None:
    facts = replace(listing.plan("numpy==1.19.5\nkeras==3.10.0", python="3.10"), machine="arm64")
    assert found(facts, "R59") == []
    assert told(replace(facts, python="3.8"), "R59") == [("R59", "error", "keras")]


def test_the_tables_of_wheels_are_in_order() -> None:
    for package, first in OLDEST.items():
        assert tuple(first) == PYTHONS
        assert set(NEWEST[package]) <= set(PYTHONS)
    assert (oldest_for("numpy", "3.11.7"), newest_for("numpy", "3.8.20")) == ("1.23.2", "1.24.4")
    assert (oldest_for("keras", "3.11"), newest_for("numpy", "3.14")) == ("", "")


# --- what is left open ---


@pytest.mark.parametrize(
    ("text", "packages"),
    [
        pytest.param("tensorflow", ["tensorflow"], id="TensorFlow alone"),
        pytest.param("tensorflow>=2.4,<2.11", ["tensorflow"], id="a range"),
        pytest.param("tensorflow-cpu\nnumpy\npandas", ["numpy", "tensorflow-cpu"], id="NumPy beside it"),
        pytest.param("tensorflow\nkeras>=2.6\nprotobuf<4", ["keras", "protobuf", "tensorflow"], id="all"),
        pytest.param("tensorflow==2.4.0\nnumpy\nkeras", [], id="what this TensorFlow needs is known"),
        pytest.param("tensorflow===odd\nnumpy", ["numpy"], id="a TensorFlow of which nothing is known"),
        pytest.param("numpy\nkeras", [], id="no TensorFlow"),
        pytest.param("tensorflow==2.4.0\nnumpy==1.19.5\nkeras==2.4.3\nprotobuf==3.20.3", [], id="all pinned"),
    ],
)
def test_what_a_list_leaves_open_is_said(text: str, packages: List[str]) -> None:
    facts = listing.plan(text)
    assert told(facts, "R58") == [("R58", "note", package) for package in packages]
    assert judge(facts).verdict != "broken"


def test_what_is_asked_for_is_shown_and_nothing_invented() -> None:
    (finding,) = found(listing.plan("tensorflow>=2.4"), "R58")
    assert (finding.found, finding.wanted) == (">=2.4", "")
    assert "pip freeze" in finding.fix


def test_a_complete_list_without_a_version() -> None:
    text = "numpy @ file:///C:/ci/numpy/work\nkeras @ file:///C:/ci/keras/work\ntensorflow==2.10.1\nprotobuf==3.19.6\n"
    facts = replace(listing.plan(text), kind="freeze", complete=True)
    assert told(facts, "R58") == [("R58", "note", "keras"), ("R58", "note", "numpy")]
    # what is named is there, although nobody knows which it is
    assert "R17" not in {finding.rule for finding in judge(facts).findings}


# --- packages that are gone ---


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        pytest.param("tensorflow-gpu", [("R82", "error", "tensorflow-gpu")], id="tensorflow-gpu"),
        pytest.param("tensorflow_gpu>=2.4", [("R82", "error", "tensorflow-gpu")], id="a range"),
        pytest.param("tensorflow-gpu==2.12.0", [("R82", "error", "tensorflow-gpu")], id="the last"),
        pytest.param("tensorflow-gpu==2.10.1", [], id="a version that is there"),
        pytest.param("tensorflow-gpu<2.11", [], id="versions that are there"),
        pytest.param("tensorflow==2.12.0", [], id="tensorflow"),
        pytest.param("sklearn", [("R41", "error", "sklearn")], id="sklearn"),
        pytest.param("sklearn==0.0.post1", [("R41", "error", "sklearn")], id="a later sklearn"),
        pytest.param("sklearn==0.0", [("R41", "note", "sklearn")], id="the first sklearn"),
        pytest.param("scikit-learn", [], id="scikit-learn"),
    ],
)
def test_a_package_that_is_gone(text: str, rules: List[Tuple[str, str, str]]) -> None:
    assert told(listing.plan(text), "R41", "R82") == rules


def test_what_is_gone_does_not_matter_where_it_is_installed() -> None:
    facts = replace(
        listing.plan("tensorflow-gpu==2.4.0\nsklearn==0.0\nscikit-learn==1.3.2"), kind="freeze", complete=True
    )
    assert told(facts, "R41", "R82") == [("R41", "note", "sklearn")]
    conda = listing.plan("dependencies:\n- tensorflow-gpu\n", "environment.yml")
    assert found(conda, "R82") == []


# --- the rows ---


def test_every_condition_of_the_rows_is_there() -> None:
    names = {rule.condition for rule in LIST_RULES}
    assert names == set(LIST_CONDITIONS)
    assert names <= set(CONDITIONS)


def test_every_sentence_is_there_in_chinese() -> None:
    sentences = {text for rule in LIST_RULES for text in (rule.why, rule.advice) if text}
    assert sentences | {FROM_OPTION, ALLOWS_SEVERAL, FIRST_ALLOWED, NAMES_NONE} == set(TEXTS)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=f"{rule.id}-{rule.condition}") for rule in LIST_RULES])
def test_a_chinese_sentence_has_the_same_gaps(rule) -> None:
    for text in filter(None, (rule.why, rule.advice)):
        assert gaps(TEXTS[text]) == gaps(text)


def gaps(text: str) -> Dict[str, int]:
    names = [part.partition("}")[0] for part in text.split("{")[1:]]
    return dict.fromkeys(names, 1)


# --- a list that forbids the Python that runs ---

_LOCK = (
    '[[package]]\nname = "tensorflow"\nversion = "2.16.1"\n\n'
    '[metadata]\nlock-version = "2.0"\npython-versions = "^3.12"\n'
)


@pytest.mark.parametrize(
    ("name", "text", "python", "python_from"),
    [
        pytest.param(
            "pyproject.toml",
            '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["tensorflow==2.16.1"]\n',
            *("3.12", FIRST_ALLOWED),
            id="pyproject.toml",
        ),
        pytest.param("poetry.lock", _LOCK, "3.12", FIRST_ALLOWED, id="poetry.lock"),
        pytest.param(
            "environment.yml",
            "dependencies:\n  - python>=3.6,<3.11\n  - tensorflow=2.4.0\n",
            *("3.6", FIRST_ALLOWED),
            id="environment.yml, an older Python",
        ),
        pytest.param(
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = ">=3.13.1"\ntensorflow = "2.20.0"\n',
            *("3.13", FIRST_ALLOWED),
            id="the bound within a line of Python",
        ),
        pytest.param(
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = ">=3.14"\ntensorflow = "2.20.0"\n',
            *("3.14", FIRST_ALLOWED),
            id="none with wheels of TensorFlow",
        ),
        pytest.param(
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = ">=3.9"\ntensorflow = "2.16.1"\n',
            *("3.11.7", ALLOWS_SEVERAL),
            id="the one that runs is allowed",
        ),
    ],
)
def test_a_list_is_judged_for_a_python_that_it_allows(name: str, text: str, python: str, python_from: str) -> None:
    facts = read_list_text(text, name, complete=False)
    assert (facts.python, facts.python_from) == (python, python_from)
