"""What metadata and RECORDs say: requirements, installers, files that are gone, modules with two owners."""

import os
import sys
from pathlib import Path
from typing import Dict, Mapping, Tuple

import pytest

from fcnn.environment.facts import MissingFiles
from fcnn.environment.reading import read_facts
from fcnn.environment.reading.files import read_files
from fcnn.environment.reading.installing import (
    _windows_shell,
    install_command,
    installer_of,
    read_conda_packages,
    shell_of,
)
from fcnn.environment.reading.metadata import read_metadata
from fcnn.environment.reading.packages import read_packages

from . import layouts

TENSORFLOW = ("tensorflow/__init__.py", "tensorflow/python/_pywrap.so", "tensorflow/python/__init__.py")


def folders(site: Path) -> Dict[str, str]:
    return read_packages([str(site)]).folders


# --- METADATA ---


def test_requirements_are_kept_as_they_are_written(tmp_path: Path) -> None:
    layouts.install(tmp_path, "tensorflow", "2.4.0", ["numpy (~=1.19.2)", 'wheel>=0.35 ; extra == "x"', "six~=1.15.0"])
    layouts.install(tmp_path, "six", "1.15.0")
    assert read_metadata(folders(tmp_path)).requires == {
        "tensorflow": ("numpy (~=1.19.2)", 'wheel>=0.35 ; extra == "x"', "six~=1.15.0"),
        "six": (),
    }


@pytest.mark.parametrize(
    ("text", "requires"),
    [
        (b"Name: a\r\nRequires-Dist: b>=1\r\n\r\nRequires-Dist: c\r\n", ("b>=1",)),
        (b"Name: a\nRequires-Dist: b>=1\n\nRequires-Dist: c\n", ("b>=1",)),
        (b"Name: a\nRequires-Dist: b>=1", ("b>=1",)),
        (b"Name: a\nRequires-Dist: b\n  >=1\nSummary: x\n", ("b >=1",)),
        (b"Name: a\nLicense: BSD\n        Requires-Dist: c\nRequires-Dist: b\n", ("b",)),
        (b"Name: a\nAuthor: \xff\xfe\nRequires-Dist: b\nRequires-Dist: b\n", ("b",)),
        (b"Name: a\n" + b"License: x\n" * 3000 + b"Requires-Dist: b\n\n" + b"text\n" * 1000, ("b",)),
        (b"Name: a\nRequires-Dist: b\n" + b"License: x\n" * 200_000 + b"Requires-Dist: c\n", ("b",)),
    ],
    ids=["windows", "description", "no end", "folded", "licence", "not utf-8", "long", "enormous"],
)
def test_requirements_end_where_the_description_begins(tmp_path: Path, text: bytes, requires) -> None:
    (layouts.install(tmp_path, "a", "1.0") / "METADATA").write_bytes(text)
    found = read_metadata(folders(tmp_path))
    assert (found.requires, found.unreadable) == ({"a": requires}, ())


def test_the_requirements_of_an_egg_are_told_in_the_same_words(tmp_path: Path) -> None:
    layouts.file(tmp_path / "a-1.0.egg-info" / "PKG-INFO", "Name: a\nVersion: 1.0\n")
    layouts.file(
        tmp_path / "a-1.0.egg-info" / "requires.txt",
        'numpy>=1.19\n\n[:python_version < "3.8"]\ntyping\n\n[gpu]\ncupy\n\n[dev:os_name == "nt"]\nwin\n',
    )
    layouts.file(tmp_path / "b-1.0-py3.8.egg-info", "Name: b\nVersion: 1.0\n")
    assert read_metadata(folders(tmp_path)).requires == {
        "a": (
            "numpy>=1.19",
            'typing ; (python_version < "3.8")',
            'cupy ; extra == "gpu"',
            'win ; (os_name == "nt") and extra == "dev"',
        ),
        "b": (),
    }


@pytest.mark.parametrize("text", [b"", b"\0\xff\xfe", b"Version: 1.0\n", "Name: a\n".encode("utf-16")])
def test_metadata_without_a_name_is_damaged(tmp_path: Path, text: bytes) -> None:
    (layouts.install(tmp_path, "a", "1.0") / "METADATA").write_bytes(text)
    found = read_metadata(folders(tmp_path))
    assert (found.requires, found.unreadable) == ({}, (str(tmp_path / "a-1.0.dist-info" / "METADATA"),))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_metadata_that_is_not_ours_is_told(tmp_path: Path) -> None:
    (layouts.install(tmp_path, "a", "1.0") / "METADATA").chmod(0)
    assert len(read_metadata(folders(tmp_path)).unreadable) == 1


@pytest.mark.parametrize(
    ("text", "installers"),
    [
        (b"pip\n", {"a": "pip"}),
        (b"uv", {"a": "uv"}),
        (b"Poetry 1.8.3\n", {"a": "poetry"}),
        (b"", {}),
        (b"\xff\0\n", {}),
        (b"../x\n", {}),
    ],
    ids=["pip", "uv", "poetry", "empty", "damaged", "no word"],
)
def test_the_installer_is_a_word(tmp_path: Path, text: bytes, installers: Mapping[str, str]) -> None:
    (layouts.install(tmp_path, "a", "1.0") / "INSTALLER").write_bytes(text)
    assert read_metadata(folders(tmp_path)).installers == installers


# --- RECORD ---


def test_a_whole_installation_misses_nothing(tmp_path: Path) -> None:
    layouts.install(tmp_path, "tensorflow", "2.4.0", record=TENSORFLOW)
    layouts.install(tmp_path, "six", "1.15.0", record=["six.py"])
    assert read_files(folders(tmp_path)) == ({}, {})


def test_files_that_are_gone_are_counted_and_the_gravest_is_named(tmp_path: Path) -> None:
    layouts.install(tmp_path, "tensorflow", "2.4.0", record=TENSORFLOW, absent=TENSORFLOW[:2])
    layouts.install(tmp_path, "six", "1.15.0", record=["six.py"], absent=["six.py"])
    layouts.install(tmp_path, "numpy", "1.19.5", record=["numpy/__init__.py", "numpy/core/_x.pyd"])
    (tmp_path / "numpy" / "core" / "_x.pyd").unlink()
    assert read_files(folders(tmp_path)).missing == {
        "tensorflow": MissingFiles(2, 3, "tensorflow/__init__.py"),
        "six": MissingFiles(1, 1, "six.py"),
        "numpy": MissingFiles(1, 2, "numpy/core/_x.pyd"),
    }


@pytest.mark.parametrize(
    "file",
    [
        "tensorflow/core/ops.py",
        "tensorflow/a/b/c/__init__.py",
        "numpy/tests/__init__.py",
        "numpy/core/_multiarray_tests.so",
        "../../../bin/f2py.so",
        "/usr/lib/x.so",
        "C:\\Python38\\x.pyd",
        "tensorflow/x.sources",
        '"tensorflow/with, comma.so"',
        "numpy/\0.so",
        "numpy/" + "x" * 2000 + ".so",
    ],
    ids=["module", "deep", "tests", "a test", "outside", "absolute", "drive", "no library", "quoted", "null", "long"],
)
def test_files_that_say_nothing_are_not_looked_for(tmp_path: Path, file: str) -> None:
    record = layouts.install(tmp_path, "numpy", "1.19.5") / "RECORD"
    record.write_text(f"numpy/__init__.py,,\n{file},sha256=x,1\n", encoding="utf-8")
    layouts.file(tmp_path / "numpy" / "__init__.py")
    assert read_files(folders(tmp_path)).missing == {}


@pytest.mark.parametrize("name", ["libx.so.2", "x.cpython-38-x86_64-linux-gnu.so", "x.cp38-win_amd64.pyd"])
def test_compiled_modules_are_looked_for(tmp_path: Path, name: str) -> None:
    layouts.install(tmp_path, "tensorflow", "2.4.0", record=[f"tensorflow/{name}"], absent=[f"tensorflow/{name}"])
    assert read_files(folders(tmp_path)).missing == {"tensorflow": MissingFiles(1, 1, f"tensorflow/{name}")}


def test_a_record_with_backslashes_is_read(tmp_path: Path) -> None:
    record = layouts.install(tmp_path, "h5py", "2.10.0") / "RECORD"
    record.write_text("h5py\\_errors.pyd,sha256=x,1\n", encoding="utf-8")
    assert read_files(folders(tmp_path)).missing == {"h5py": MissingFiles(1, 1, "h5py/_errors.pyd")}


def test_what_no_rule_speaks_of_is_not_looked_for(tmp_path: Path) -> None:
    layouts.install(tmp_path, "requests", "2.0", record=["requests/__init__.py"], absent=["requests/__init__.py"])
    layouts.install(tmp_path, "rq", "2.0", record=["requests/__init__.py"])
    assert read_files(folders(tmp_path)) == ({}, {})


def test_a_module_of_two_packages_has_two_owners(tmp_path: Path) -> None:
    for name in ("tensorflow_cpu", "tensorflow"):
        layouts.install(tmp_path, name, "2.4.0", record=TENSORFLOW)
    layouts.install(tmp_path, "tensorflow_estimator", "2.4.0", record=["tensorflow_estimator/__init__.py"])
    assert read_files(folders(tmp_path)) == ({}, {"tensorflow": ("tensorflow", "tensorflow-cpu")})


def test_the_empty_package_of_windows_owns_nothing(tmp_path: Path) -> None:
    layouts.install(tmp_path, "tensorflow", "2.11.0", ["tensorflow-intel ; platform_system == 'Windows'"])
    layouts.install(tmp_path, "tensorflow_intel", "2.11.0", record=TENSORFLOW)
    assert read_files(folders(tmp_path)) == ({}, {})


def test_packages_of_two_folders_do_not_share_a_module(tmp_path: Path) -> None:
    layouts.install(tmp_path / "one", "tensorflow", "2.4.0", record=TENSORFLOW)
    layouts.install(tmp_path / "two", "tensorflow_cpu", "2.4.0", record=TENSORFLOW)
    both = read_packages([str(tmp_path / "one"), str(tmp_path / "two")]).folders
    assert read_files(both).owners == {}


# --- what installs ---


@pytest.mark.parametrize(
    ("installed", "records", "installer"),
    [
        ([("numpy", "pip"), ("six", "uv")], [], "pip"),
        ([("numpy", "uv"), ("six", "pip")], [], "uv"),
        ([("numpy", "conda")], ["numpy-1.0-0"], "conda"),
        ([("numpy", "")], ["numpy-1.0-0"], "conda"),
        ([("numpy", "pip")], ["numpy-1.0-0"], "conda"),
        ([("numpy", "pip")], ["numpy-1.9-0"], "pip"),
        ([("tensorflow", "pip"), ("numpy", "conda")], ["numpy-1.0-0"], "pip"),
        ([("tensorflow", "")], ["tensorflow-base-1.0-0"], "conda"),
        ([("tensorflow_cpu", "uv"), ("numpy", "conda")], ["numpy-1.0-0"], "uv"),
        ([("six", "conda"), ("pip", "conda")], ["pip-1.0-0"], "pip"),
        ([("six", "conda")], ["six-1.0-0"], "conda"),
        ([("numpy", "poetry")], [], "pip"),
        ([], [], "pip"),
    ],
    ids=[
        "pip",
        "uv",
        "conda",
        "conda without INSTALLER",
        "old recipe",
        "replaced by pip",
        "tensorflow of pip",
        "tensorflow-base",
        "tensorflow of uv",
        "neither, with pip",
        "neither, without pip",
        "another",
        "empty",
    ],
)
def test_the_installer_is_that_of_tensorflow_or_numpy(tmp_path: Path, installed, records, installer: str) -> None:
    for name, by in installed:
        layouts.install(tmp_path / "site", name, "1.0", installer=by)
    if records:
        layouts.conda(tmp_path, records)
    assert installer_of(read_packages([str(tmp_path / "site")]), str(tmp_path)) == installer


def test_the_running_environment_asks_for_its_own_installer(tmp_path: Path, monkeypatch) -> None:
    layouts.install(tmp_path, "numpy", "1.19.5", installer="uv")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path))
    assert (read_facts().installer, read_facts().install_command) == ("uv", ("uv", "pip", "install"))
    layouts.conda(tmp_path, ["numpy-1.19.5-py38_0"])
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    facts = read_facts()
    assert (facts.installer, facts.in_virtual_environment) == ("conda", True)
    assert facts.install_command == ("conda", "install", "--prefix", str(tmp_path))


@pytest.mark.parametrize(
    ("installer", "has_pip", "words"),
    [
        ("pip", True, ("/e/bin/python", "-m", "pip", "install")),
        ("uv", True, ("/e/bin/python", "-m", "pip", "install")),
        ("uv", False, ("uv", "pip", "install", "--python", "/e/bin/python")),
    ],
    ids=["pip", "uv with pip", "uv"],
)
def test_the_words_install_into_that_very_environment(installer: str, has_pip: bool, words: Tuple[str, ...]) -> None:
    assert install_command(installer, has_pip, "/e/bin/python", "/e") == words


def test_the_records_of_conda_are_read_by_their_names(tmp_path: Path) -> None:
    layouts.conda(tmp_path, ["numpy-base-1.19.5-py38_0", "Keras_Applications-1.0.8-py_1", "odd", "-1-2", "a--b"])
    assert read_conda_packages(str(tmp_path)) == {"numpy-base": "1.19.5", "keras-applications": "1.0.8"}
    assert read_conda_packages(str(tmp_path / "missing")) == {}


WINDOWS = {"SystemRoot": r"C:\Windows", "ProgramFiles": r"C:\Program Files"}
OF_WINDOWS = r"C:\Program Files\WindowsPowerShell\Modules;C:\Windows\system32\WindowsPowerShell\v1.0\Modules"


@pytest.mark.parametrize(
    ("variables", "shell"),
    [
        ({"PSModulePath": OF_WINDOWS}, "cmd"),
        ({}, "cmd"),
        ({"PSModulePath": rf"C:\Users\me\Documents\WindowsPowerShell\Modules;{OF_WINDOWS}"}, "powershell"),
        ({"PSModulePath": rf"D:\OneDrive\文档\PowerShell\Modules;{OF_WINDOWS}"}, "powershell"),
        ({"PSModulePath": rf"C:\Program Files\PowerShell\Modules;{OF_WINDOWS}"}, "cmd"),
        (
            {"PSModulePath": rf"C:\Users\me\Documents\WindowsPowerShell\Modules;{OF_WINDOWS}", "MSYSTEM": "MINGW64"},
            "sh",
        ),
    ],
    ids=["cmd", "nothing", "PowerShell 5", "PowerShell 7", "all users", "git bash"],
)
def test_the_shell_of_windows_is_known_by_its_variables(variables: Mapping[str, str], shell: str) -> None:
    assert _windows_shell({**WINDOWS, **variables}) == shell


def test_other_systems_have_one_shell() -> None:
    assert shell_of("Linux") == shell_of("Darwin") == "sh"
