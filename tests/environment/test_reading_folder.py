"""Reading another environment from its folder alone, in all layouts there are."""

import os
import sys
from pathlib import Path
from typing import Callable

import pytest

from fcnn.environment import judge
from fcnn.environment.facts import Hidden
from fcnn.environment.reading import read_environment
from fcnn.errors import ListingError

from . import layouts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="made of symbolic links")


@pytest.fixture(autouse=True)
def _nobody_home(tmp_path: Path, monkeypatch) -> None:
    """A home folder without packages, and none of the variables that change where Python looks."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("PYTHONPATH", "PYTHONUSERBASE", "PYTHONNOUSERSITE", "PYTHONHOME", "CONDA_PREFIX", "VIRTUAL_ENV"):
        monkeypatch.delenv(name, raising=False)


# --- what leads to an environment ---


@pytest.mark.parametrize("below", ["", "bin", "bin/python"], ids=["folder", "bin", "interpreter"])
def test_a_venv_is_read(tmp_path: Path, below: str) -> None:
    layouts.install(layouts.python(tmp_path / "base"), "six", "1.16.0")
    layouts.install(layouts.venv(tmp_path / "venv", tmp_path / "base"), "numpy", "1.19.5", ["wheel; extra == 'dev'"])
    path = str(tmp_path / "venv" / below)
    facts = read_environment(path)
    assert facts.packages == {"numpy": "1.19.5"}
    assert (facts.kind, facts.source, facts.complete, facts.for_fcnn) == ("environment", path, True, False)
    assert (facts.python, facts.implementation, facts.in_virtual_environment) == ("3.8.18", "CPython", True)
    assert (facts.prefix, facts.executable) == (str(tmp_path / "venv"), str(tmp_path / "venv" / "bin" / "python"))
    assert facts.install_command == (facts.executable, "-m", "pip", "install")
    assert facts.requires == {"numpy": ("wheel; extra == 'dev'",)}
    assert facts.places == {"numpy": str(tmp_path / "venv" / "lib" / "python3.8" / "site-packages")}


@pytest.mark.parametrize(
    "below", ["", "bin", "bin/python", "bin/python3.8"], ids=["folder", "bin", "python", "python3.8"]
)
def test_a_python_of_its_own_is_read(tmp_path: Path, below: str) -> None:
    layouts.install(layouts.python(tmp_path / "3.8.18"), "Keras_Preprocessing", "1.1.2")
    facts = read_environment(str(tmp_path / "3.8.18" / below))
    assert (facts.packages, facts.python) == ({"keras-preprocessing": "1.1.2"}, "3.8.18")
    assert (facts.prefix, facts.in_virtual_environment) == (str(tmp_path / "3.8.18"), False)


def test_a_link_to_a_python_is_that_python(tmp_path: Path) -> None:
    layouts.install(layouts.python(tmp_path / "base"), "six", "1.16.0")
    (tmp_path / "py").symlink_to(tmp_path / "base" / "bin" / "python")
    facts = read_environment(str(tmp_path / "py"))
    assert (facts.packages, facts.executable) == ({"six": "1.16.0"}, str(tmp_path / "base" / "bin" / "python3.8"))


def test_a_further_link_to_the_python_of_a_venv_is_the_base_as_for_python_itself(tmp_path: Path) -> None:
    layouts.install(layouts.python(tmp_path / "base"), "six", "1.16.0")
    layouts.install(layouts.venv(tmp_path / "venv", tmp_path / "base"), "numpy", "1.19.5")
    (tmp_path / "py").symlink_to(tmp_path / "venv" / "bin" / "python")
    assert read_environment(str(tmp_path / "py")).packages == {"six": "1.16.0"}


def test_a_linked_folder_keeps_its_name(tmp_path: Path) -> None:
    layouts.install(layouts.python(tmp_path / "3.8.18"), "six", "1.16.0")
    (tmp_path / "mine").symlink_to(tmp_path / "3.8.18")
    facts = read_environment(str(tmp_path / "mine" / "bin" / "python"))
    assert (facts.packages, facts.prefix) == ({"six": "1.16.0"}, str(tmp_path / "mine"))


def test_a_bare_name_is_looked_for_in_the_path(tmp_path: Path, monkeypatch) -> None:
    layouts.install(layouts.python(tmp_path / "base"), "six", "1.16.0")
    (tmp_path / "base" / "bin" / "python3.8").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "base" / "bin"))
    monkeypatch.chdir(tmp_path)
    assert read_environment("python3.8").packages == {"six": "1.16.0"}


def test_a_venv_whose_base_is_gone_is_read(tmp_path: Path) -> None:
    site = layouts.venv(tmp_path / "venv", tmp_path / "gone", "3.11.7", {"include-system-site-packages": "true"})
    layouts.install(site, "numpy", "2.2.6")
    facts = read_environment(str(tmp_path / "venv" / "bin" / "python"))
    assert (facts.packages, facts.python) == ({"numpy": "2.2.6"}, "3.11.7")


def test_the_running_interpreter_is_read_from_its_folder_as_well() -> None:
    facts = read_environment(sys.executable)
    assert facts.python == "{}.{}.{}".format(*sys.version_info[:3])
    assert {"numpy", "tensorflow", "pytest"} <= set(facts.packages)
    assert "error" not in {finding.severity for finding in judge(facts).findings}


# --- the version of Python ---


@pytest.mark.parametrize(
    ("make", "version"),
    [
        (lambda prefix: layouts.venv(prefix, prefix / "no", "3.8.18", {"version": "3.8.18"}), "3.8.18"),
        (lambda prefix: layouts.venv(prefix, prefix / "no", "3.8", {"version_info": "3.8.5.final.0"}), "3.8.5"),
        (
            lambda prefix: layouts.venv(prefix, prefix / "no", "3.8", {"version": "", "version_info": "3.8.5.final.0"}),
            "3.8.5",
        ),
        (lambda prefix: layouts.venv(prefix, prefix / "no", "3.8", {"version": "damaged"}), "3.8"),
        (lambda prefix: layouts.venv(prefix, prefix / "no", "3.8", {"version": "3.9.1"}), "3.8"),
        (lambda prefix: layouts.python(prefix, "3.8.18"), "3.8.18"),
        (lambda prefix: layouts.python(prefix, "3.13.0rc2"), "3.13.0rc2"),
        (lambda prefix: layouts.python(prefix, "3.8.18", headers=False), "3.8"),
        (
            lambda prefix: (
                layouts.python(prefix, "3.8", headers=False),
                layouts.conda(prefix, ["python-3.8.16-h7a1cb2a_3", "python_abi-3.8-2_cp38"]),
            ),
            "3.8.16",
        ),
        (lambda prefix: layouts.windows_python(prefix, "3.8.10"), "3.8.10"),
        (lambda prefix: layouts.windows_venv(prefix, "3.11.4"), "3.11.4"),
    ],
    ids=[
        "venv",
        "venv and virtualenv",
        "virtualenv",
        "damaged",
        "base replaced",
        "headers",
        "pre-release",
        "no headers",
        "conda",
        "windows",
        "venv of windows",
    ],
)
def test_the_version_is_found(tmp_path: Path, make: Callable[[Path], object], version: str) -> None:
    make(tmp_path / "there")
    assert read_environment(str(tmp_path / "there")).python == version


def test_a_dll_tells_the_version_where_nothing_else_does(tmp_path: Path) -> None:
    layouts.windows_python(tmp_path, "3.11.4")
    (tmp_path / "include" / "patchlevel.h").unlink()
    assert read_environment(str(tmp_path)).python == "3.11"


def test_of_several_pythons_in_one_folder_the_named_one_is_read(tmp_path: Path) -> None:
    layouts.install(layouts.python(tmp_path / "usr", "3.11.2"), "numpy", "2.2.6")
    layouts.file(tmp_path / "usr" / "lib" / "python3.8" / "os.py")
    layouts.file(tmp_path / "usr" / "bin" / "python3.8")
    layouts.install(tmp_path / "usr" / "lib" / "python3.8" / "site-packages", "numpy", "1.19.5")
    assert read_environment(str(tmp_path / "usr" / "bin" / "python3.8")).packages == {"numpy": "1.19.5"}
    assert read_environment(str(tmp_path / "usr" / "bin" / "python3")).packages == {"numpy": "2.2.6"}
    assert read_environment(str(tmp_path / "usr")).packages == {"numpy": "2.2.6"}


def test_pypy_is_recognised(tmp_path: Path) -> None:
    layouts.file(tmp_path / "lib" / "pypy3.10" / "os.py")
    layouts.file(tmp_path / "bin" / "pypy3")
    layouts.file(tmp_path / "include" / "pypy3.10" / "patchlevel.h", '#define PY_VERSION "3.10.14"\n')
    layouts.install(tmp_path / "lib" / "pypy3.10" / "site-packages", "six", "1.16.0")
    facts = read_environment(str(tmp_path / "bin" / "pypy3"))
    assert (facts.python, facts.implementation, facts.packages) == ("3.10.14", "PyPy", {"six": "1.16.0"})


# --- Windows and conda ---


@pytest.mark.parametrize("below", ["", "Scripts", "Scripts/python.exe"], ids=["folder", "scripts", "interpreter"])
def test_a_venv_of_windows_is_read_anywhere(tmp_path: Path, below: str) -> None:
    layouts.install(layouts.windows_venv(tmp_path), "numpy", "1.19.5", tag="cp38-cp38-win_amd64")
    facts = read_environment(str(tmp_path / below))
    assert (facts.packages, facts.python, facts.system) == ({"numpy": "1.19.5"}, "3.8.10", "Windows")
    assert (facts.machine, facts.bits, facts.cpu_flags, facts.gpu) == ("AMD64", 64, None, None)
    assert (facts.executable, facts.shell) == (str(tmp_path / "Scripts" / "python.exe"), "cmd")


def test_another_system_has_none_of_this_ones_variables(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "given"))
    layouts.install(tmp_path / "given", "six", "1.16.0")
    layouts.install(layouts.windows_python(tmp_path / "there"), "numpy", "1.19.5", tag="cp38-cp38-win32")
    facts = read_environment(str(tmp_path / "there"))
    assert (facts.packages, facts.variables, facts.machine, facts.bits) == ({"numpy": "1.19.5"}, {}, "x86", 32)


@pytest.mark.parametrize(
    ("tag", "system", "machine"),
    [
        ("cp38-cp38-macosx_11_0_arm64", "Darwin", "arm64"),
        ("cp38-cp38-manylinux_2_17_aarch64.manylinux2014_aarch64", "Linux", "aarch64"),
        ("cp38-cp38-musllinux_1_1_x86_64", "Linux", "x86_64"),
        ("cp38-cp38-linux_x86_64", "Linux", "x86_64"),
    ],
    ids=["macos", "arm", "musl", "conda"],
)
def test_wheels_tell_what_they_were_built_for(tmp_path: Path, tag: str, system: str, machine: str) -> None:
    layouts.install(layouts.venv(tmp_path / "venv", tmp_path / "no"), "numpy", "1.19.5", tag=tag)
    facts = read_environment(str(tmp_path / "venv"))
    assert (facts.system, facts.machine) == (system, machine)


def test_a_conda_environment_is_read(tmp_path: Path, monkeypatch) -> None:
    prefix = tmp_path / "envs" / "tf"
    site = layouts.python(prefix, "3.8.16", headers=False)
    layouts.conda(prefix, ["python-3.8.16-h7a1cb2a_3", "numpy-1.19.5-py38h18fd61f_2", "tensorflow-base-2.4.1-mkl_1"])
    layouts.install(site, "numpy", "1.19.5", installer="conda")
    layouts.install(site, "tensorflow", "2.4.1", installer="")
    facts = read_environment(str(prefix / "bin" / "python"))
    assert (facts.python, facts.installer, facts.in_virtual_environment) == ("3.8.16", "conda", True)
    assert facts.install_command == ("conda", "install", "--prefix", str(prefix))
    assert facts.conda_packages == {"python": "3.8.16", "numpy": "1.19.5", "tensorflow-base": "2.4.1"}
    monkeypatch.setenv("CONDA_PREFIX", str(prefix))
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "tf")
    assert read_environment(str(prefix)).install_command == ("conda", "install", "--name", "tf")
    monkeypatch.setenv("CONDA_PREFIX", str(tmp_path / "envs"))  # another one is active
    assert read_environment(str(prefix)).install_command == ("conda", "install", "--prefix", str(prefix))
    monkeypatch.setenv("CONDA_PREFIX", str(prefix))
    monkeypatch.setenv("CONDA_DEFAULT_ENV", str(prefix))
    assert read_environment(str(prefix)).install_command == ("conda", "install", "--prefix", str(prefix))


def test_a_conda_environment_of_windows_is_read(tmp_path: Path) -> None:
    site = layouts.windows_python(tmp_path, "3.8.10")
    layouts.conda(tmp_path, ["python-3.8.16-h6244533_3", "numpy-1.19.5-py38hf4fb855_2"])
    layouts.install(site, "numpy", "1.19.5", installer="conda")
    facts = read_environment(str(tmp_path / "python.exe"))
    assert (facts.packages, facts.python, facts.installer) == ({"numpy": "1.19.5"}, "3.8.16", "conda")


# --- what is on the path ---


def test_a_venv_that_sees_the_base_has_its_packages_and_hides_them(tmp_path: Path) -> None:
    layouts.install(layouts.python(tmp_path / "base"), "numpy", "1.24.4")
    layouts.install(tmp_path / "base" / "lib" / "python3.8" / "site-packages", "six", "1.16.0")
    site = layouts.venv(tmp_path / "venv", tmp_path / "base", more={"include-system-site-packages": "true"})
    layouts.install(site, "numpy", "1.19.5")
    facts = read_environment(str(tmp_path / "venv"))
    assert facts.packages == {"numpy": "1.19.5", "six": "1.16.0"}
    below = tmp_path / "base" / "lib" / "python3.8" / "site-packages"
    assert facts.hidden == {"numpy": Hidden(str(site), "1.24.4", str(below))}


def test_the_folders_of_debian_are_read(tmp_path: Path) -> None:
    usr = tmp_path / "usr"
    layouts.python(usr, "3.11.2", headers=False).rmdir()
    layouts.file(usr / "lib" / "python3" / "dist-packages" / "numpy-1.24.2.egg-info" / "PKG-INFO", "Name: numpy\n")
    layouts.install(usr / "lib" / "python3" / "dist-packages", "six", "1.16.0", installer="")
    layouts.install(usr / "local" / "lib" / "python3.11" / "dist-packages", "numpy", "2.2.6")
    facts = read_environment(str(usr / "bin" / "python3"))
    assert (facts.packages, facts.python) == ({"numpy": "2.2.6", "six": "1.16.0"}, "3.11")
    with pytest.raises(ListingError):
        read_environment(str(usr / "local"))


def test_lib64_is_read_once(tmp_path: Path) -> None:
    site = layouts.python(tmp_path, "3.11.2")
    layouts.install(site, "six", "1.16.0")
    layouts.install(tmp_path / "lib64" / "python3.11" / "site-packages", "numpy", "2.2.6")
    assert read_environment(str(tmp_path)).packages == {"numpy": "2.2.6", "six": "1.16.0"}
    (layouts.venv(tmp_path / "venv", tmp_path) / "~umpy").mkdir()
    assert len(read_environment(str(tmp_path / "venv")).leftovers) == 1


@pytest.mark.parametrize(
    ("variables", "version"),
    [
        ({}, "1.24.4"),
        ({"PYTHONNOUSERSITE": "1"}, "1.19.5"),
        ({"PYTHONUSERBASE": "{tmp_path}/other"}, "1.23.5"),
    ],
    ids=["home", "switched off", "elsewhere"],
)
def test_the_users_own_packages_come_first(tmp_path: Path, monkeypatch, variables, version: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(tmp_path=tmp_path))
    layouts.install(layouts.python(tmp_path / "base"), "numpy", "1.19.5")
    layouts.install(tmp_path / "home" / ".local" / "lib" / "python3.8" / "site-packages", "numpy", "1.24.4")
    layouts.install(tmp_path / "other" / "lib" / "python3.8" / "site-packages", "numpy", "1.23.5")
    layouts.venv(tmp_path / "venv", tmp_path / "base")
    assert read_environment(str(tmp_path / "base")).packages == {"numpy": version}
    assert read_environment(str(tmp_path / "venv")).packages == {}


def test_folders_of_pythonpath_come_before_all(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", str(tmp_path / "given")]))
    layouts.install(tmp_path / "given", "numpy", "1.24.4")
    layouts.install(layouts.venv(tmp_path / "venv", tmp_path / "no"), "numpy", "1.19.5")
    assert read_environment(str(tmp_path / "venv")).packages == {"numpy": "1.24.4"}


def test_editable_installs_are_found_and_their_code_is_not_run(tmp_path: Path) -> None:
    site = layouts.venv(tmp_path / "venv", tmp_path / "no")
    layouts.file(tmp_path / "project" / "mine.egg-info" / "PKG-INFO", "Name: mine\nVersion: 0.3\n")
    layouts.file(tmp_path / "other" / "Your_Own.egg-info" / "PKG-INFO", "Name: Your_Own\nVersion: 0.4\n")
    layouts.file(site / "mine.egg-link", f"{tmp_path / 'project'}\n.\n")
    layouts.file(
        site / "easy-install.pth",
        f"# comment\nimport os; os.mkdir({str(tmp_path / 'run')!r})\nimport mine\n{tmp_path / 'project'}\n"
        "./six-1.15.0-py3.8.egg\n"
        "../../../../other\n/nowhere\n\0\n",
    )
    (site / "six-1.15.0-py3.8.egg").mkdir()
    layouts.install(site / "import mine", "named-like-code", "1.0")
    facts = read_environment(str(tmp_path / "venv"))
    assert facts.packages == {"mine": "0.3", "six": "1.15.0", "your-own": "0.4"}
    assert not (tmp_path / "run").exists()


# --- what is no environment ---


def problem_of(path: str) -> "tuple[str, str, str]":
    with pytest.raises(ListingError) as caught:
        read_environment(path)
    (problem,) = caught.value.problems
    assert "bin or Scripts folder" in problem.expected
    return problem.message, problem.received, problem.hint


def test_nothing_is_no_environment(tmp_path: Path) -> None:
    assert problem_of(str(tmp_path / "missing"))[0] == "there is no such file or folder"
    assert problem_of("no-python-of-this-name")[0] == "there is no such file or folder"
    assert problem_of("")[0] == problem_of("a\0b")[0] == "no environment is named"


def test_another_file_is_no_environment(tmp_path: Path) -> None:
    layouts.python(tmp_path / "base")
    other = layouts.file(tmp_path / "base" / "bin" / "ls")
    assert problem_of(str(other)) == ("this is no Python environment", "a file", "")
    lonely = layouts.file(tmp_path / "lonely" / "python")
    assert problem_of(str(lonely))[1] == "an interpreter without its library"
    (tmp_path / "python3").symlink_to(tmp_path / "gone")
    assert problem_of(str(tmp_path / "python3"))[1] == f"a link to {tmp_path / 'gone'}, which is not there"


def test_a_shim_of_pyenv_is_no_environment(tmp_path: Path) -> None:
    shim = layouts.file(tmp_path / "shims" / "python")
    assert problem_of(str(shim))[2] == "give what `pyenv which python` prints"


def test_a_project_is_no_environment_but_the_one_in_it_is_proposed(tmp_path: Path) -> None:
    layouts.file(tmp_path / "src" / "mine.py")
    assert problem_of(str(tmp_path)) == ("this is no Python environment", "a folder without a Python in it", "")
    layouts.venv(tmp_path / ".venv", tmp_path / "no")
    assert problem_of(str(tmp_path))[2] == f"did you mean `{tmp_path / '.venv'}`?"
