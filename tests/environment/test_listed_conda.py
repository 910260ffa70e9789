"""environment.yml, conda's lists and conda-lock's files, as facts."""

from pathlib import Path

import pytest

from fcnn.environment.listed import read_list, read_list_text
from fcnn.errors import ListingError

from . import listing


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    listing.on(monkeypatch, listing.LINUX)


def environment(*lines: str, more: str = "") -> str:
    return "name: course\nchannels: [conda-forge]\ndependencies:\n" + "".join(map(item, lines)) + more


def item(line: str) -> str:
    return f"    {line}\n" if line.startswith("  ") else f"  - {line}\n"


def test_an_environment_yml(tmp_path: Path) -> None:
    (tmp_path / "pins.txt").write_text("h5py==2.10.0\n", encoding="utf-8")
    path = tmp_path / "environment.yml"
    path.write_text(
        environment("python=3.8", "numpy=1.19", "pip", "pip:", "  - tensorflow==2.4.0  # pinned", "  - -r pins.txt"),
        encoding="utf-8",
    )
    facts = read_list(str(path), complete=False)
    assert facts.packages == {"tensorflow": "2.4.0", "h5py": "2.10.0"}
    assert facts.ranges == {"numpy": "==1.19.*", "pip": ""}
    assert facts.lines["tensorflow"] == f"{path}:8"
    assert facts.lines["h5py"] == f"{tmp_path / 'pins.txt'}:1"
    assert (facts.python, facts.python_from) == ("3.8", f"{path}:4 (python=3.8)")
    assert facts.installer == "conda"
    assert facts.installers == {"numpy": "conda", "pip": "conda", "tensorflow": "pip", "h5py": "pip"}


def test_the_option_counts_for_more_than_the_file() -> None:
    facts = listing.plan(environment("python=3.8", "numpy"), "environment.yml", "3.9")
    assert (facts.python, facts.python_from) == ("3.9", "as --python-version says")


@pytest.mark.parametrize(
    ("specification", "pin", "versions"),
    [
        pytest.param("numpy", "", "", id="name alone"),
        pytest.param("numpy=1.19", "", "==1.19.*", id="a line"),
        pytest.param("numpy=1.19.5", "1.19.5", "", id="a whole version"),
        pytest.param("numpy==1.19.5", "1.19.5", "", id="exactly"),
        pytest.param("numpy==1.19", "1.19", "", id="exactly two numbers"),
        pytest.param("numpy 1.19.5", "1.19.5", "", id="space"),
        pytest.param("numpy 1.19.5 py38h1_0", "1.19.5", "", id="space and build"),
        pytest.param("numpy=1.19.5=py38h1_0", "1.19.5", "", id="build"),
        pytest.param("numpy=1.19=py38h1_0", "1.19", "", id="a short version with its build"),
        pytest.param("numpy>=1.19,<1.20", "", "<1.20,>=1.19", id="range"),
        pytest.param('"numpy >= 1.19, < 1.20"', "", "<1.20,>=1.19", id="range with spaces"),
        pytest.param("numpy=1.19.*", "", "==1.19.*", id="star"),
        pytest.param("numpy 1.19*", "", "==1.19.*", id="star without a dot"),
        pytest.param("numpy>=1.19.*", "", ">=1.19", id="star behind a sign"),
        pytest.param("numpy=1", "", "==1.*", id="one number"),
        pytest.param('"numpy=*"', "", "", id="any"),
        pytest.param("numpy!=1.20", "", "!=1.20", id="not one"),
        pytest.param("numpy~=1.19.2", "", "~=1.19.2", id="compatible"),
        pytest.param('"numpy=1.19|1.20"', "", "", id="alternatives are left open"),
        pytest.param('"numpy 1.19.*|>=1.21"', "", "", id="alternatives with a space"),
        pytest.param('"numpy=1.19.5=*_cp38"', "1.19.5", "", id="any build"),
        pytest.param('"numpy=*=py38*"', "", "", id="any version of a build"),
        pytest.param("conda-forge::numpy=1.19.5", "1.19.5", "", id="channel"),
        pytest.param("conda-forge/linux-64::numpy", "", "", id="channel and platform"),
        pytest.param("\"numpy[version='>=1.19,<1.20',build=py38*]\"", "", "<1.20,>=1.19", id="in brackets"),
    ],
)
def test_a_match_specification(specification: str, pin: str, versions: str) -> None:
    facts = listing.plan(environment("six", specification), "environment.yml")
    assert facts.packages == ({"numpy": pin} if pin else {})
    assert facts.ranges == ({"six": ""} if pin else {"six": "", "numpy": versions})


@pytest.mark.parametrize(
    ("specification", "python"),
    [
        ("python=3.8", "3.8"),
        ("python=3.8.20", "3.8.20"),
        ("python==3.8", "3.8"),
        ("python 3.8.*", "3.8"),
        ("python>=3.8,<3.9", "3.8"),
        ("python=3.8.20=h4499717_0_cpython", "3.8.20"),
        ("python=3.10", "3.10"),  # to YAML a text, and no 3.1
    ],
)
def test_the_python_of_the_file(specification: str, python: str) -> None:
    facts = read_list_text(environment(specification, "six"), "environment.yml", complete=False)
    assert facts.python == python
    assert facts.python_from == f"environment.yml:4 ({specification})"


@pytest.mark.parametrize("specification", ["python", "python>=3.8", "python=3"])
def test_a_file_that_allows_several_pythons(specification: str) -> None:
    facts = read_list_text(environment(specification, "six"), "environment.yml", complete=False)
    assert (facts.python, facts.python_from) == ("3.11.7", "the one that runs this check; the list allows several")


def test_what_pip_installs_later_counts() -> None:
    text = environment("numpy=1.19.5", "scipy=1.5.4", "pip:", "  - numpy==1.23.5", "  - scipy>=1.5")
    facts = listing.plan(text, "environment.yml")
    assert facts.packages == {"numpy": "1.23.5", "scipy": "1.5.4"}
    assert facts.installers == {"numpy": "pip", "scipy": "conda"}


def test_an_exported_environment_has_whole_versions() -> None:
    text = environment("python=3.8.20", "flatbuffers=1.12", "gast=0.4", "pip:", "  - keras==2.4.3", more="prefix: /x\n")
    facts = read_list_text(text, "environment.yml", complete=True)
    # conda's flatbuffers is the library of C++
    assert facts.packages == {"gast": "0.4", "keras": "2.4.3"}
    assert facts.python == "3.8.20"


def test_conda_has_other_names() -> None:
    names = (
        "_libgcc_mutex=0.1=main",
        "matplotlib-base=3.4.2",
        "tensorflow-base=2.4.1",
        "tensorflow=2.4.1",
        "pytorch=1.8.0",
    )
    facts = listing.plan(environment(*names), "environment.yml")
    assert facts.packages == {"matplotlib": "3.4.2", "tensorflow": "2.4.1", "torch": "1.8.0"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param(environment("numpy=1.19", "]"), 5, "this is no valid YAML", id="no YAML"),
        pytest.param(environment("numpy", "{conda: [six]}"), 5, "this is no package", id="mapping"),
        pytest.param(environment("numpy", "[six]"), 5, "this is no package", id="list"),
        pytest.param(environment("numpy", "a b c d"), 5, "this is no package as conda names it", id="words"),
        pytest.param(environment("pip:", "  - numpy=1.19.5"), 5, "this is no requirement", id="conda's sign under pip"),
        pytest.param("name: x\n", 0, "the file has no list of dependencies", id="no dependencies"),
        pytest.param("- numpy\n- six\n", 0, "the file has no list of dependencies", id="a list alone"),
        pytest.param("a: " + "[" * 9_000, 1, "the file is nested too deeply to be a list of packages", id="deep"),
        pytest.param(
            "dependencies: " + "{a: " * 2_000, 1, "the file is nested too deeply to be a list of packages", id="maps"
        ),
        pytest.param("- " * 4_000, 1, "the file is nested too deeply to be a list of packages", id="dashes"),
        pytest.param("", 0, "the list names no package", id="empty"),
    ],
)
def test_a_file_that_is_wrong(text: str, line: int, message: str) -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan(text, "environment.yml")
    (problem,) = caught.value.problems
    assert problem.message.startswith(message)
    assert problem.where == (f"environment.yml:{line}" if line else "environment.yml")


def test_aliases_name_what_is_there_and_multiply_nothing() -> None:
    text = "dependencies: [&numpy numpy=1.19.5, *numpy, six]\n"
    assert listing.plan(text, "environment.yml").packages == {"numpy": "1.19.5"}
    bomb = "a0: &a0 [six]\n" + "".join(
        f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]\n" for number in range(1, 30)
    )
    with pytest.raises(ListingError, match="this is no package"):
        listing.plan(f"{bomb}dependencies: [*a29]\n", "environment.yml")
    packages = "pip: &p {pip: [" + "six, " * 1000 + "]}\n"
    with pytest.raises(ListingError, match="the list names more than 20000 packages"):
        listing.plan(packages + "dependencies: [" + "*p,\n " * 10_000 + "]\n", "environment.yml")


def test_a_list_that_holds_itself() -> None:
    with pytest.raises(ListingError, match="this is no package"):
        listing.plan("dependencies: &a [*a, six]\n", "environment.yml")


def test_without_pyyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    with pytest.raises(ListingError) as caught:
        listing.plan(environment("numpy"), "environment.yml")
    assert caught.value.problems[0].hint == "pip install pyyaml"


# --- what conda prints ---

TABLE = """\
# packages in environment at /opt/conda/envs/course:
#
# Name                    Version                   Build  Channel
_libgcc_mutex             0.1                 conda_forge    conda-forge
keras                     2.4.3                    pypi_0    pypi
numpy                     1.19.5           py38h8246c76_3    conda-forge
python                    3.8.20          h4a871b0_2_cpython    conda-forge
"""
MICROMAMBA = """\
List of packages in environment: "/opt/conda/envs/course"

  Name            Version  Build               Channel
────────────────────────────────────────────────────────
  keras           2.4.3    pypi_0              pypi
  numpy           1.19.5   py38h8246c76_3      conda-forge
  python          3.8.20   h4a871b0_2_cpython  conda-forge
"""
EXPORT = """\
# This file may be used to create an environment using:
# $ conda create --name <env> --file <this file>
# platform: linux-64
_libgcc_mutex=0.1=conda_forge
keras=2.4.3=pypi_0
numpy=1.19.5=py38h8246c76_3
python=3.8.20=h4a871b0_2_cpython
"""
EXPLICIT = """\
# platform: linux-64
@EXPLICIT
https://x.example/conda-forge/linux-64/_libgcc_mutex-0.1-conda_forge.tar.bz2#d7c89558ba9fa0495403155b64376d81
https://x.example/conda-forge/linux-64/python-3.8.20-h4a871b0_2_cpython.conda
https://x.example/conda-forge/linux-64/numpy-1.19.5-py38h8246c76_3.tar.bz2#0f
https://x.example/conda-forge/noarch/keras-2.4.3-pyhd8ed1ab_0.tar.bz2
"""
JSON = """\
[
  {"base_url": "x", "build_string": "py38h8246c76_3", "channel": "conda-forge", "name": "numpy", "version": "1.19.5"},
  {"base_url": "x", "build_string": "pypi_0", "channel": "pypi", "name": "keras", "version": "2.4.3"},
  {"base_url": "x", "build_string": "h4a871b0_2", "channel": "conda-forge", "name": "python", "version": "3.8.20"}
]
"""


@pytest.mark.parametrize(
    ("text", "line", "of_keras"),
    [
        pytest.param(TABLE, 6, "pip", id="list"),
        pytest.param(MICROMAMBA, 6, "pip", id="micromamba"),
        pytest.param(EXPORT, 6, "pip", id="export"),
        pytest.param(EXPLICIT, 5, "conda", id="explicit"),
        pytest.param(JSON, 2, "pip", id="json"),
    ],
)
def test_what_conda_lists(text: str, line: int, of_keras: str) -> None:
    facts = read_list_text(text, "stdin", complete=True)
    assert facts.packages == {"numpy": "1.19.5", "keras": "2.4.3"}
    assert facts.installers == {"numpy": "conda", "keras": of_keras}
    assert facts.lines["numpy"] == f"stdin:{line}"
    assert facts.python == "3.8.20"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param(TABLE + "numpy\n", 8, "this is no row of `conda list`", id="list"),
        pytest.param(EXPORT + "numpy=1.19.5\n", 8, "this is no line of `conda list --export`", id="export"),
        pytest.param(EXPLICIT + "numpy\n", 7, "this is no line of an explicit list of conda's", id="explicit"),
    ],
)
def test_a_damaged_list(text: str, line: int, message: str) -> None:
    with pytest.raises(ListingError) as caught:
        read_list_text(text, "stdin", complete=True)
    (problem,) = caught.value.problems
    assert (problem.where, problem.message) == (f"stdin:{line}", message)


# --- conda-lock ---

LOCK = """\
version: 1
metadata: {platforms: [linux-64, win-64]}
package:
- {name: python, version: 3.8.20, manager: conda, platform: linux-64, category: main, optional: false}
- {name: numpy, version: 1.19.5, manager: conda, platform: linux-64, category: main, optional: false}
- {name: numpy, version: 1.19.4, manager: conda, platform: win-64, category: main, optional: false}
- {name: keras, version: 2.4.3, manager: pip, platform: linux-64, category: main, optional: false}
- {name: pytest, version: 8.3.5, manager: conda, platform: linux-64, category: dev, optional: true}
- {name: pytest-cov, version: 5.0.0, manager: conda, platform: linux-64, categories: [dev]}
- {name: six, version: 1.15.0, manager: conda, platform: linux-64, categories: [dev, main]}
"""


def test_a_lock_of_conda_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = read_list_text(LOCK, "conda-lock.yml", complete=False)
    assert facts.packages == {"numpy": "1.19.5", "keras": "2.4.3", "six": "1.15.0"}
    assert (facts.python, facts.python_from) == ("3.8.20", "conda-lock.yml:4 (python 3.8.20)")
    assert facts.installers == {"numpy": "conda", "keras": "pip", "six": "conda"}
    listing.on(monkeypatch, listing.WINDOWS)
    assert read_list_text(LOCK, "conda-lock.yml", complete=False).packages == {"numpy": "1.19.4"}


def test_a_lock_for_other_machines() -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan(LOCK.replace("linux-64", "osx-arm64"), "conda-lock.yml")
    (problem,) = caught.value.problems
    assert problem.message == "the lock holds nothing for this machine"
    assert (problem.expected, problem.received) == ("linux-64", "osx-arm64, win-64")
