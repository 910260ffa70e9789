"""pyproject.toml and Pipfile, as facts."""

import sys
from pathlib import Path
from typing import Dict

import pytest

from fcnn.environment.listed import read_list, read_list_text
from fcnn.errors import ListingError

from . import listing

PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    listing.on(monkeypatch, listing.LINUX)


STANDARD = """\
[project]
name = "demo"
requires-python = ">=3.8,<3.9"
dependencies = [
    "numpy==1.19.5",
    'scipy>=1.5 ; python_version < "3.9"',
    "tensorflow==2.21.*; python_version >= '3.11'",
]
[project.optional-dependencies]
more = ["seaborn"]
[dependency-groups]
test = ["pytest>=8"]
"""


def test_a_pyproject_toml() -> None:
    facts = read_list_text(STANDARD, "pyproject.toml", complete=False)
    assert facts.packages == {"numpy": "1.19.5"}
    assert facts.ranges == {"scipy": ">=1.5"}
    assert facts.lines == {"numpy": "pyproject.toml:5", "scipy": "pyproject.toml:6"}
    assert (facts.python, facts.python_from) == ("3.8", "pyproject.toml:3 (>=3.8,<3.9)")


def test_groups_count_where_the_project_needs_nothing_itself() -> None:
    facts = listing.plan(
        '[dependency-groups]\na = ["numpy==1.19.5"]\nb = ["six", {include-group = "a"}]\n', "pyproject.toml"
    )
    assert (facts.packages, facts.ranges) == ({"numpy": "1.19.5"}, {"six": ""})
    assert facts.lines == {"numpy": "pyproject.toml:2", "six": "pyproject.toml:3"}


def test_dependencies_that_setuptools_takes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("numpy==1.19.5\n", encoding="utf-8")
    path = tmp_path / "pyproject.toml"
    path.write_text(
        '[project]\ndynamic = ["dependencies"]\n'
        '[tool.setuptools.dynamic]\ndependencies = {file = ["requirements.txt"]}\n',
        encoding="utf-8",
    )
    facts = read_list(str(path), complete=False)
    assert facts.packages == {"numpy": "1.19.5"}
    assert facts.lines == {"numpy": f"{tmp_path / 'requirements.txt'}:1"}


POETRY = """\
[tool.poetry]
name = "demo"
[tool.poetry.dependencies]
python = ">=3.8,<3.9"
keras = "2.4.3"
numpy = [{version = "1.19.5", python = "<3.9"}, {version = "^1.26", python = ">=3.9"}]
pandas = {version = "^1.3", markers = "sys_platform == 'linux'"}
pywin32 = {version = "*", platform = "win32"}
seaborn = {version = "*", optional = true}
Keras_Preprocessing = {git = "https://x.example/a.git"}
h5py = {url = "https://x.example/h5py-2.10.0-cp38-cp38-linux_x86_64.whl"}
[tool.poetry.group.dev.dependencies]
pytest = "*"
"""


def test_a_project_of_poetry() -> None:
    facts = read_list_text(POETRY, "pyproject.toml", complete=False)
    assert facts.packages == {"keras": "2.4.3", "numpy": "1.19.5", "h5py": "2.10.0"}
    assert facts.ranges == {"pandas": "<2,>=1.3", "keras-preprocessing": ""}
    assert facts.lines["numpy"] == "pyproject.toml:6"
    assert (facts.python, facts.python_from) == ("3.8", 'pyproject.toml:4 (python = ">=3.8,<3.9")')


@pytest.mark.parametrize(
    ("constraint", "versions"),
    [
        ("^1.2.3", "<2,>=1.2.3"),
        ("^1.2", "<2,>=1.2"),
        ("^1", "<2,>=1"),
        ("^0.2.3", "<0.3,>=0.2.3"),
        ("^0.0.3", "<0.0.4,>=0.0.3"),
        ("^0.0", "<0.1,>=0.0"),
        ("^0", "<1,>=0"),
        ("~1.2.3", "<1.3,>=1.2.3"),
        ("~1.2", "<1.3,>=1.2"),
        ("~1", "<2,>=1"),
        ("~=1.2.3", "~=1.2.3"),
        ("1.2.*", "==1.2.*"),
        ("*", ""),
        (">=1.2,<1.5", "<1.5,>=1.2"),
        (">=1.2 <1.5", "<1.5,>=1.2"),
        (">= 1.2", ">=1.2"),
        ("!=1.3", "!=1.3"),
        ("^1.2 || ^2.0", ""),
    ],
)
def test_constraints_of_poetry(constraint: str, versions: str) -> None:
    facts = listing.plan(f'[tool.poetry.dependencies]\nnumpy = "{constraint}"\n', "pyproject.toml")
    assert (facts.packages, facts.ranges) == ({}, {"numpy": versions})


@pytest.mark.parametrize("constraint", ["1.19.5", "==1.19.5", "=1.19.5", "== 1.19.5"])
def test_pins_of_poetry(constraint: str) -> None:
    facts = listing.plan(f'[tool.poetry.dependencies]\nnumpy = "{constraint}"\n', "pyproject.toml")
    assert (facts.packages, facts.ranges) == ({"numpy": "1.19.5"}, {})


@pytest.mark.parametrize(
    ("versions", "python"),
    [
        ("==3.8.*", "3.8"),
        ("==3.8.20", "3.8.20"),
        ("~=3.8.0", "3.8"),
        (">=3.8.1,<3.9", "3.8"),
        (">=3.8,!=3.9.*,!=3.10.*,<3.11", "3.8"),
        (">3.7.99,<3.9", "3.8"),
        (">=3.8", "3.11.7"),
        ("", "3.11.7"),
        ("nonsense", "3.11.7"),
    ],
)
def test_the_python_of_the_project(versions: str, python: str) -> None:
    text = f'[project]\nrequires-python = "{versions}"\ndependencies = ["six"]\n'
    assert read_list_text(text, "pyproject.toml", complete=False).python == python


PIPFILE = """\
[[source]]
url = "https://x.example/simple"
[packages]
numpy = "==1.19.5"
pandas = {version = ">=1.3,<2", extras = ["test"]}
keras = "*"
colorama = {version = "*", sys_platform = "== 'win32'"}
dataclasses = {version = "*", python_version = "< '3.7'"}
six = {git = "https://x.example/six.git"}
[dev-packages]
pytest = "*"
[requires]
python_version = "3.8"
"""


def test_a_pipfile() -> None:
    facts = read_list_text(PIPFILE, "Pipfile", complete=False)
    assert facts.packages == {"numpy": "1.19.5"}
    assert facts.ranges == {"pandas": "<2,>=1.3", "keras": "", "six": ""}
    assert facts.lines["keras"] == "Pipfile:6"
    assert (facts.python, facts.python_from) == ("3.8", "Pipfile:13 (3.8)")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("[project\n", 1, "this is no valid TOML", id="no TOML"),
        pytest.param('[project]\ndependencies = "numpy"\n', 2, "`dependencies` is no array of requirements", id="text"),
        pytest.param('[project]\ndependencies = [\n  "numpy=1.19.5",\n]\n', 3, "this is no requirement", id="one sign"),
        pytest.param('[project]\ndependencies = [\n  "-r a.txt",\n]\n', 3, "this is no requirement", id="option"),
        pytest.param(
            "[tool.poetry.dependencies]\nnumpy = 1.19\n", 2, "this is no constraint of a package", id="number"
        ),
        pytest.param('[tool.poetry.dependencies]\nnumpy = "a"\n', 2, "this is no constraint of a package", id="word"),
        pytest.param('[project]\nname = "x"\n', 0, "the list names no package", id="nothing"),
        pytest.param("[tool.ruff]\nline-length = 120\n", 0, "the list names no package", id="no project"),
        pytest.param("a = 1\n", 0, "this TOML is no list of packages", id="other TOML"),
        pytest.param("a = 1\nb = " + "9" * 20_000, 2, "the line is too long for a list of packages", id="long"),
        pytest.param("a = " + "[" * 9_000, 0, "this is no valid TOML", id="deep"),
        pytest.param("a = " + "9" * 9_000, 0, "this ", id="enormous number"),
    ],
)
def test_a_file_that_is_wrong(text: str, line: int, message: str) -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan(text, "pyproject.toml")
    (problem,) = caught.value.problems
    assert problem.message.startswith(message)
    assert problem.where == (f"pyproject.toml:{line}" if line else "pyproject.toml")


@pytest.mark.skipif(sys.version_info >= (3, 11), reason="tomllib belongs to Python")
def test_without_tomli(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomli", None)
    with pytest.raises(ListingError) as caught:
        listing.plan(STANDARD, "pyproject.toml")
    assert caught.value.problems[0].hint == "pip install tomli"


# --- this project's own ---


@pytest.mark.parametrize(
    ("file", "python", "some"),
    [
        ("pyproject.toml", "3.8", {"tensorflow": "2.4.0", "keras": "2.4.3", "numpy": "1.19.5", "pandas": "1.3.5"}),
        (
            "requirements.lock",
            "3.8",
            {"tensorflow": "2.4.0", "keras": "2.4.3", "numpy": "1.19.5", "protobuf": "3.20.3"},
        ),
        ("environment.yml", "", {"tensorflow": "2.4.0", "keras": "2.4.3", "numpy": "1.19.5", "protobuf": "3.20.3"}),
    ],
)
def test_what_this_project_asks_for(file: str, python: str, some: Dict[str, str]) -> None:
    facts = read_list(str(PROJECT / file), complete=False, python=python)
    assert facts.packages.items() >= some.items()
    assert facts.python == "3.8"


def test_this_projects_lock_for_a_current_python() -> None:
    facts = read_list(str(PROJECT / "requirements.lock"), complete=False, python="3.12")
    assert facts.packages["tensorflow"].startswith("2.21.")
    assert int(facts.packages["numpy"].partition(".")[0]) >= 2
    assert facts.ranges == {}


def test_this_projects_lock_for_a_python_it_is_not_for() -> None:
    with pytest.raises(ListingError, match=r"names no package for Python 3\.9 on Linux x86_64"):
        read_list(str(PROJECT / "requirements.lock"), complete=False, python="3.9")
