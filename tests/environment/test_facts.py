"""Reading an environment from its folders, however damaged they are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fcnn.environment import judge, read_facts
from fcnn.environment.facts import normalised
from fcnn.environment.reading.interpreter import read_cpu_flags
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
    assert found.leftovers == (
        ".dist-info",
        "nothing.egg-info",
        "numpy-1.24.4.dist-info",
        "pandas-1.3.5.dist-info",
        "~ensorflow-2.4.0.dist-info",
    )


def test_of_two_folders_in_one_place_the_younger_counts(tmp_path: Path) -> None:
    os.utime(install(tmp_path, "numpy-1.24.4.dist-info"), (1_000, 1_000))
    os.utime(install(tmp_path, "numpy-1.19.5.dist-info"), (2_000, 2_000))
    found = read_packages([str(tmp_path)])
    assert (found.versions, found.duplicates) == ({"numpy": "1.19.5"}, {"numpy": ("1.19.5", "1.24.4")})


def test_the_first_folder_on_the_path_hides_the_later(tmp_path: Path) -> None:
    for folder, version in (("user", "1.24.4"), ("site", "1.19.5")):
        (tmp_path / folder).mkdir()
        install(tmp_path / folder, f"numpy-{version}.dist-info")
    found = read_packages([str(tmp_path / "user"), str(tmp_path / "site")])
    assert (found.versions, found.duplicates) == ({"numpy": "1.24.4"}, {})


def test_a_path_entry_that_cannot_be_read_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "python38.zip").write_bytes(b"PK")
    entries = [str(tmp_path / "python38.zip"), str(tmp_path / "missing"), "a\0b", None, b"bytes", tmp_path]
    assert read_packages(entries).versions == {}


def test_the_flags_of_the_processor_are_read(tmp_path: Path) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text("processor\t: 0\nflags\t\t: fpu avx avx2\nbugs\t\t: spectre\n", encoding="ascii")
    assert read_cpu_flags(str(file)) == {"fpu", "avx", "avx2"}


@pytest.mark.parametrize("text", ["", "processor : 0\n", "flags :\n\n"], ids=["empty", "none", "blank"])
def test_flags_that_are_not_there_are_not_known(tmp_path: Path, text: str) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(text, encoding="ascii")
    assert read_cpu_flags(str(file)) is None
    assert read_cpu_flags(str(tmp_path / "missing")) is None


def test_the_real_environment_has_no_error() -> None:
    facts = read_facts()
    assert facts.python == "{}.{}.{}".format(*sys.version_info[:3])
    assert (facts.prefix, facts.executable, facts.complete, facts.for_fcnn) == (sys.prefix, sys.executable, True, True)
    assert {"numpy", "tensorflow", "pytest"} <= set(facts.packages)
    assert [finding for finding in judge(facts).findings if finding.severity == "error"] == []


def test_reading_and_judging_imports_nothing_heavy() -> None:
    program = (
        "import sys, fcnn.environment as doctor\n"
        "facts = doctor.read_facts()\n"
        "doctor.render_text(doctor.judge(facts), facts)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("installer", ["pip", "uv"])
def test_the_installer_is_the_one_that_says_so(tmp_path: Path, monkeypatch, installer: str) -> None:
    (install(tmp_path, "numpy-1.19.5.dist-info") / "INSTALLER").write_text(f"{installer}\n", encoding="ascii")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert read_facts().installer == installer


def test_a_folder_of_conda_is_a_conda_environment(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "conda-meta").mkdir()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    facts = read_facts()
    assert (facts.installer, facts.in_virtual_environment) == ("conda", True)


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
