"""Files in the working folder that are imported in place of modules."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Dict, Tuple

import pytest

from fcnn.environment import Facts, judge
from fcnn.environment.reading.working_folder import SHADOWED_MODULES, read_shadows
from fcnn.environment.rules.working_folder import SHADOW_RULES

PINNED = {"tensorflow": "2.4.0", "protobuf": "3.20.3", "scipy": "1.10.1", "h5py": "2.10.0"}
CURRENT = {"tensorflow": "2.21.0", "protobuf": "7.36.2", "scipy": "1.17.1", "h5py": "3.14.0", "matplotlib": "3.11.2"}


def beside(shadows: Dict[str, str], packages: Dict[str, str]) -> Tuple[Tuple[str, str, str], ...]:
    """Severity, file and command of what the files of a folder are blamed for."""
    facts = Facts(packages=packages, complete=False, shadows=shadows)
    return tuple((item.severity, item.found, item.fix) for item in judge(facts).findings if item.rule == "R45")


@pytest.mark.parametrize(
    ("entry", "shadows"),
    [
        ("numpy.py", {"numpy": "numpy.py"}),
        ("random.pyc", {"random": "random.pyc"}),
        ("six.cpython-38-x86_64-linux-gnu.so", {"six": "six.cpython-38-x86_64-linux-gnu.so"}),
        ("six.cp38-win_amd64.pyd", {"six": "six.cp38-win_amd64.pyd"}),
        ("keras/__init__.py", {"keras": "keras/"}),
        ("keras/layers.py", {}),
        ("numpy.txt", {}),
        ("numpy.py.bak", {}),
        ("Numpy.py", {}),
        ("my_numpy.py", {}),
        ("numpy", {}),
        ("train.py", {}),
        ("check_env.py", {}),
    ],
)
def test_what_python_would_import_hides_a_module(tmp_path: Path, entry: str, shadows: Dict[str, str]) -> None:
    file = tmp_path / entry
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"")
    assert read_shadows(str(tmp_path)) == shadows


def test_of_several_the_one_that_python_imports_is_named(tmp_path: Path) -> None:
    for name in ("numpy.pyc", "numpy.py", "keras.py", "random.py"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "keras").mkdir()
    (tmp_path / "keras" / "__init__.py").write_bytes(b"")
    (tmp_path / "numpy.py2.py").mkdir()
    assert read_shadows(str(tmp_path)) == {"keras": "keras/", "numpy": "numpy.py", "random": "random.py"}


def test_a_folder_that_cannot_be_read_hides_nothing(tmp_path: Path) -> None:
    assert read_shadows(str(tmp_path / "missing")) == {}
    assert read_shadows("a\0b") == {}
    (tmp_path / "file").write_bytes(b"")
    assert read_shadows(str(tmp_path / "file")) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="links ask for rights on Windows")
def test_a_link_that_leads_nowhere_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "numpy.py").symlink_to(tmp_path / "nowhere")
    assert read_shadows(str(tmp_path)) == {}


def test_no_name_in_a_folder_means_the_current_one(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "random.py").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    assert read_shadows("") == {"random": "random.py"}


def test_there_is_a_rule_for_each_name_that_is_looked_for() -> None:
    assert {rule.condition for rule in SHADOW_RULES} == {f"a file hides {module}" for module in SHADOWED_MODULES}
    assert len(SHADOWED_MODULES) == len(set(SHADOWED_MODULES)) == 53


@pytest.mark.parametrize(
    ("module", "pinned", "current"),
    [
        ("tensorflow", "error", "error"),
        ("numpy", "error", "error"),
        ("pandas", "error", "error"),
        ("random", "error", "error"),
        ("logging", "error", "error"),
        ("code", "error", "error"),
        ("keras", "warning", "error"),
        ("types", "", "error"),
        ("collections", "", "error"),
        ("operator", "", "error"),
        ("google", "", "error"),
        ("h5py", "warning", "warning"),
        ("matplotlib", "", "warning"),
    ],
)
def test_a_file_is_as_grave_as_it_was_measured_to_be(module: str, pinned: str, current: str) -> None:
    fix = f"rename {module}.py and delete the folder __pycache__ beside it"
    for severity, packages in ((pinned, PINNED), (current, CURRENT)):
        expected = ((severity, f"{module}.py", fix),) if severity else ()
        assert beside({module: f"{module}.py"}, packages) == expected


def test_each_file_is_told_for_itself() -> None:
    found = beside({"numpy": "numpy.py", "random": "random.py", "keras": "keras/"}, CURRENT)
    assert [file for _, file, _ in found] == ["keras/", "numpy.py", "random.py"]


def test_without_tensorflow_a_file_hides_nothing_that_matters_here() -> None:
    assert beside({"numpy": "numpy.py"}, {"pip": "24.0"}) == ()


def test_the_finding_says_what_is_hidden_and_what_one_sees() -> None:
    facts = replace(Facts(packages=CURRENT, complete=False), shadows={"numpy": "numpy.py"})
    (finding,) = (item for item in judge(facts).findings if item.rule == "R45")
    assert finding.package == "working folder"
    assert finding.why == (
        "numpy.py is imported in place of the module numpy, so that TensorFlow cannot be imported and trained"
    )
    assert "ImportError: cannot import name 'typing' from 'numpy'" in finding.symptom.split("\n")
