"""Reading an environment from its folders, however damaged they are."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from fcnn.environment import judge, read_facts
from fcnn.environment.facts import Hidden, normalised
from fcnn.environment.reading import examine
from fcnn.environment.reading.packages import read_packages

HEAVY = ("numpy", "pandas", "tensorflow", "keras", "sklearn", "matplotlib", "rich")


def install(folder: Path, name: str, metadata: bytes = b"Metadata-Version: 2.1\n") -> Path:
    """Put a metadata folder into a site-packages folder."""
    made = folder / name
    made.mkdir()
    (made / ("METADATA" if name.endswith(".dist-info") else "PKG-INFO")).write_bytes(metadata)
    return made


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Keras", "keras"),
        ("Keras_Preprocessing", "keras-preprocessing"),
        ("ruamel.yaml", "ruamel-yaml"),
        ("a-_.b", "a-b"),
    ],
)
def test_names_have_one_spelling(spelling: str, name: str) -> None:
    assert normalised(spelling) == name


@pytest.mark.parametrize(
    ("folder", "name", "version"),
    [
        ("numpy-1.19.5.dist-info", "numpy", "1.19.5"),
        ("Keras_Preprocessing-1.1.2.dist-info", "keras-preprocessing", "1.1.2"),
        ("absl-py-0.15.0.dist-info", "absl-py", "0.15.0"),
        ("keras_nightly-2.5.0.dev2021032900.dist-info", "keras-nightly", "2.5.0.dev2021032900"),
        ("tensorflow-2.4.0+cuda.dist-info", "tensorflow", "2.4.0+cuda"),
        ("numpy-1.24.2-py3.11.egg-info", "numpy", "1.24.2"),
        ("PyYAML-5.3-py3.8-linux-x86_64.egg-info", "pyyaml", "5.3"),
    ],
)
def test_a_package_is_read_from_the_name_of_its_folder(tmp_path: Path, folder: str, name: str, version: str) -> None:
    install(tmp_path, folder)
    assert read_packages([str(tmp_path)]).versions == {name: version}


def test_an_egg_info_without_a_version_in_its_name_is_read(tmp_path: Path) -> None:
    install(tmp_path, "mine.egg-info", b"Metadata-Version: 1.0\nName: mine\nVersion: 0.3\n")
    (tmp_path / "single-1.0.egg-info").write_bytes(b"Name: single\nVersion: 1.0\n")
    assert read_packages([str(tmp_path)]).versions == {"mine": "0.3", "single": "1.0"}


@pytest.mark.parametrize(
    "metadata",
    [b"", b"\x00\xff\xfe garbage", b"Name: \nVersion: \n", b"x" * 300_000],
    ids=["empty", "binary", "no name", "long"],
)
def test_damaged_metadata_does_not_matter(tmp_path: Path, metadata: bytes) -> None:
    install(tmp_path, "numpy-1.19.5.dist-info", metadata)
    assert read_packages([str(tmp_path)]).versions == {"numpy": "1.19.5"}


def test_leftovers_are_told_and_do_not_count(tmp_path: Path) -> None:
    install(tmp_path, "~ensorflow-2.4.0.dist-info")
    (tmp_path / "numpy-1.24.4.dist-info").mkdir()  # its METADATA is gone
    (tmp_path / "pandas-1.3.5.dist-info").write_bytes(b"a file where a folder belongs")
    (tmp_path / "nothing.egg-info").mkdir()
    (tmp_path / ".dist-info").mkdir()
    found = read_packages([str(tmp_path)])
    assert found.versions == {}
    assert [Path(path).name for path in found.leftovers] == [
        ".dist-info",
        "nothing.egg-info",
        "numpy-1.24.4.dist-info",
        "pandas-1.3.5.dist-info",
        "~ensorflow-2.4.0.dist-info",
    ]
    assert {Path(path).parent for path in found.leftovers} == {tmp_path}


def test_what_pip_renamed_is_left_over_in_site_packages_alone(tmp_path: Path) -> None:
    for folder in ("site-packages", "work"):
        (tmp_path / folder / "~umpy").mkdir(parents=True)
    found = read_packages([str(tmp_path / "site-packages"), str(tmp_path / "work")])
    assert found.leftovers == (str(tmp_path / "site-packages" / "~umpy"),)


def test_of_two_folders_in_one_place_the_younger_counts(tmp_path: Path) -> None:
    os.utime(install(tmp_path, "numpy-1.24.4.dist-info"), (1_000, 1_000))
    os.utime(install(tmp_path, "numpy-1.19.5.dist-info"), (2_000, 2_000))
    found = read_packages([str(tmp_path)])
    assert (found.versions, found.duplicates) == ({"numpy": "1.19.5"}, {"numpy": ("1.19.5", "1.24.4")})


def test_the_first_folder_on_the_path_hides_the_later(tmp_path: Path) -> None:
    for folder, version in (("user", "1.24.4"), ("site", "1.19.5")):
        (tmp_path / folder).mkdir()
        install(tmp_path / folder, f"numpy-{version}.dist-info")
    install(tmp_path / "user", "six-1.16.0.dist-info")
    install(tmp_path / "site", "six-1.16.0.dist-info")
    found = read_packages([str(tmp_path / "user"), str(tmp_path / "site")])
    assert (found.versions, found.duplicates) == ({"numpy": "1.24.4", "six": "1.16.0"}, {})
    assert found.hidden == {"numpy": Hidden(str(tmp_path / "user"), "1.19.5", str(tmp_path / "site"))}
    assert found.places == {"numpy": str(tmp_path / "user"), "six": str(tmp_path / "user")}


def test_an_egg_on_the_path_is_a_package(tmp_path: Path) -> None:
    (tmp_path / "gast-0.3.3-py3.8.egg" / "EGG-INFO").mkdir(parents=True)
    (tmp_path / "six-1.15.0-py3.8.egg").write_bytes(b"PK")
    eggs = [str(tmp_path / name) for name in ("gast-0.3.3-py3.8.egg", "six-1.15.0-py3.8.egg", "no-1.0-py3.8.egg")]
    assert read_packages(eggs).versions == {"gast": "0.3.3", "six": "1.15.0"}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file systems whose names are text")
def test_names_in_no_encoding_are_told_all_the_same(tmp_path: Path) -> None:
    os.mkdir(os.fsencode(tmp_path) + b"/\xff-1.0.dist-info")  # noqa: PTH102 - a Path is text
    install(tmp_path, "b\udcffd-1.0.dist-info")
    found = read_packages([str(tmp_path)])
    assert found.leftovers == (f"{tmp_path}/\ufffd-1.0.dist-info",)
    assert found.versions == {"b\ufffdd": "1.0"}


def test_a_path_entry_that_cannot_be_read_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "python38.zip").write_bytes(b"PK")
    entries = [str(tmp_path / "python38.zip"), str(tmp_path / "missing"), "a\0b", None, b"bytes", tmp_path]
    assert read_packages(entries).versions == {}


def test_the_real_environment_has_no_error() -> None:
    facts = read_facts()
    assert facts.python == "{}.{}.{}".format(*sys.version_info[:3])
    assert (facts.prefix, facts.executable, facts.complete, facts.for_fcnn) == (sys.prefix, sys.executable, True, True)
    assert {"numpy", "tensorflow", "pytest"} <= set(facts.packages)
    assert [finding for finding in judge(facts).findings if finding.severity == "error"] == []


def test_everything_about_the_real_environment_is_read(tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("", encoding="ascii")
    facts = examine(str(tmp_path))
    assert facts.packages == read_facts().packages
    assert any(line.replace("-", "_").startswith("typing_extensions") for line in facts.requires["tensorflow"])
    assert set(facts.installers.values()) <= {"pip", "uv", "conda"}
    assert (facts.missing_files, facts.owners, facts.unreadable) == ({}, {}, ())
    assert (facts.working_folder, facts.shadows) == (str(tmp_path), {"numpy": "numpy.py"})
    assert facts.gpu is not None
    assert "error" not in {finding.severity for finding in judge(replace(facts, shadows={})).findings}


def test_every_start_loads_only_what_it_needs() -> None:
    program = (
        "import sys, fcnn.environment as doctor\n"
        "doctor.read_facts()\n"
        "print([name for name in sys.modules if name.endswith(('reading.folder', 'reading.thorough'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout == "[]\n"


def test_reading_and_judging_imports_nothing_heavy() -> None:
    program = (
        "import sys, fcnn.environment as doctor\n"
        "from fcnn.environment.reading import examine\n"
        "facts = examine('.')\n"
        "from fcnn.environment.rendering import render_text\n"
        "render_text(doctor.judge(facts), facts)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout == "[]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the layout of POSIX environments")
@pytest.mark.parametrize(
    ("on_path", "words"), [(True, ("pip", "install")), (False, None)], ids=["active", "not active"]
)
def test_a_bare_pip_is_proposed_only_where_it_is_the_right_one(tmp_path: Path, monkeypatch, on_path, words) -> None:
    install(tmp_path, "pip-24.0.dist-info")
    for folder in ("bin", "elsewhere"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pip").write_text("", encoding="ascii")
    executable = str(tmp_path / "bin" / "python")
    order = ["bin", "elsewhere"] if on_path else ["elsewhere", "bin"]
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "executable", executable)
    monkeypatch.setenv("PATH", os.pathsep.join(str(tmp_path / folder) for folder in order))
    assert read_facts().install_command == (words or (executable, "-m", "pip", "install"))


def test_relevant_variables_are_kept_and_others_are_not(monkeypatch) -> None:
    monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1")
    monkeypatch.setenv("SECRET", "x")
    assert read_facts().variables["TF_USE_LEGACY_KERAS"] == "1"
    assert "SECRET" not in read_facts().variables
