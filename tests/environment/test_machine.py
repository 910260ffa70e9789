"""The machine: what its own words mean, on each system, and the rules of it."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Dict, List, Optional, Set, Tuple

import pytest

from fcnn.environment import Facts, judge
from fcnn.environment.reading import machine
from fcnn.environment.reading.machine import (
    flags_of_linux,
    flags_of_macos,
    flags_of_windows,
    libc_version,
    machine_facts,
    read_cpuinfo,
    translated_on_linux,
    translated_on_macos,
)

INTEL = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu sse4_2 avx avx2\nbugs\t\t: spectre\n"
ARM = "processor\t: 0\nBogoMIPS\t: 48.00\nFeatures\t: fp asimd aes\nCPU implementer\t: 0x61\n"
ROSETTA_IN_A_VIRTUAL_MACHINE = "processor\t: 0\nvendor_id\t: VirtualApple\nflags\t\t: fpu sse4_2\n"


@pytest.mark.parametrize(
    ("cpuinfo", "processor", "flags", "translated"),
    [
        pytest.param(INTEL, "x86_64", {"fpu", "sse4_2", "avx", "avx2"}, False, id="Intel"),
        pytest.param(ARM, "aarch64", {"fp", "asimd", "aes"}, False, id="ARM"),
        pytest.param(ARM, "x86_64", None, True, id="x86 emulated on ARM"),
        pytest.param(
            ROSETTA_IN_A_VIRTUAL_MACHINE, "x86_64", {"fpu", "sse4_2"}, True, id="Rosetta in a virtual machine"
        ),
        pytest.param("processor : 0\n", "x86_64", None, False, id="no flags"),
        pytest.param("flags :\n\n", "x86_64", None, False, id="blank flags"),
        pytest.param("", "x86_64", None, False, id="no file"),
    ],
)
def test_linux_tells_of_its_processor_in_cpuinfo(
    cpuinfo: str, processor: str, flags: Optional[Set[str]], translated: bool
) -> None:
    assert flags_of_linux(cpuinfo, processor) == flags
    assert translated_on_linux(cpuinfo, processor) is translated


def test_cpuinfo_is_read_whatever_bytes_it_holds(tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_bytes(b"\xff\xfe\nflags : avx\n" + b"x" * 100_000)
    assert flags_of_linux(read_cpuinfo(str(tmp_path / "cpuinfo")), "x86_64") == {"avx"}
    assert read_cpuinfo(str(tmp_path)) == ""
    assert read_cpuinfo(str(tmp_path / "missing")) == ""


def raising(error: Exception):
    """A function that raises `error`."""

    def call(_name: str) -> str:
        raise error

    return call


@pytest.mark.parametrize(
    ("confstr", "libc"),
    [
        pytest.param(lambda _: "glibc 2.31", "glibc 2.31", id="glibc"),
        pytest.param(lambda _: None, "", id="no answer"),
        pytest.param(lambda _: "something else", "", id="another libc"),
        pytest.param(raising(ValueError("unrecognized configuration name")), "", id="unknown name"),
        pytest.param(raising(OSError(22, "Invalid argument")), "", id="refused"),
    ],
)
def test_the_c_library_tells_its_version(tmp_path: Path, confstr, libc: str) -> None:
    assert libc_version(confstr, str(tmp_path)) == libc


def test_musl_is_known_by_its_loader(tmp_path: Path) -> None:
    (tmp_path / "ld-musl-x86_64.so.1").write_bytes(b"")
    assert libc_version(raising(OSError(22, "Invalid argument")), str(tmp_path)) == "musl"
    assert (
        libc_version(lambda _: "glibc 2.36", str(tmp_path)) == "glibc 2.36"
    )  # with musl beside it, for other programs


def sysctl(values: Dict[str, bytes]):
    """An answer of macOS's sysctl for each name."""
    return values.get


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        pytest.param(
            {
                "machdep.cpu.features": b"FPU SSE4.2 AVX1.0 RDRAND\0",
                "machdep.cpu.leaf7_features": b"SMEP BMI1 AVX2\0",
            },
            {"fpu", "sse4_2", "avx1_0", "avx", "rdrand", "smep", "bmi1", "avx2"},
            id="Intel",
        ),
        pytest.param({"machdep.cpu.features": b"FPU SSE4.2\0"}, {"fpu", "sse4_2"}, id="an old Mac, or Rosetta"),
        pytest.param(
            {"hw.optional.avx1_0": b"\1\0\0\0", "hw.optional.avx2_0": b"\0\0\0\0"}, {"avx"}, id="optional features"
        ),
        pytest.param({}, None, id="Apple silicon"),
    ],
)
def test_macos_tells_of_its_processor_by_sysctl(values: Dict[str, bytes], flags: Optional[Set[str]]) -> None:
    assert flags_of_macos(sysctl(values)) == flags


@pytest.mark.parametrize(("value", "translated"), [(b"\1\0\0\0", True), (b"\0\0\0\0", False), (None, False)])
def test_rosetta_is_known_by_sysctl(value: Optional[bytes], translated: bool) -> None:
    assert translated_on_macos({"sysctl.proc_translated": value}.get) is translated


@pytest.mark.parametrize(
    ("features", "xstate", "flags"),
    [
        pytest.param({39, 40}, 7, {"sse2", "avx", "avx2"}, id="AVX2"),
        pytest.param({39}, 7, {"sse2", "avx"}, id="AVX alone"),
        pytest.param(set(), 3, {"sse2"}, id="no AVX"),
        pytest.param(set(), 7, None, id="a Windows too old to tell of AVX2"),
    ],
)
def test_windows_tells_of_its_processor(features: Set[int], xstate: int, flags: Optional[Set[str]]) -> None:
    assert flags_of_windows(lambda number: number in features, xstate) == flags


def test_this_machine_is_read_without_a_process(monkeypatch) -> None:
    for name in ("popen", "system", "fork", "posix_spawn"):
        monkeypatch.setattr(os, name, raising(AssertionError("a process")), raising=False)
    monkeypatch.setattr("subprocess.Popen", raising(AssertionError("a process")))
    facts = machine_facts()
    assert set(facts) == {"system", "machine", "bits", "libc", "translated", "cpu_flags"}
    assert facts["bits"] == (64 if sys.maxsize > 2**32 else 32)
    assert Facts(**facts) == Facts(**facts)  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform == "win32", reason="stands in for systems other than this one")
@pytest.mark.parametrize("platform", ["darwin", "win32", "freebsd14"])
def test_a_system_that_answers_nothing_breaks_nothing(monkeypatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PROCESSOR_ARCHITECTURE", "AMD64")
    facts = machine_facts()
    assert (facts["libc"], facts["translated"], facts["cpu_flags"]) == ("", False, None)


def test_a_32_bit_windows_python_names_the_real_processor(monkeypatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PROCESSOR_ARCHITECTURE", "x86")
    monkeypatch.setenv("PROCESSOR_ARCHITEW6432", "AMD64")
    assert machine._machine() == "AMD64"


# --- the rules ---


def told(facts: Facts) -> List[Tuple[str, str]]:
    """Rule and severity of what is found, notes apart."""
    return [(item.rule, item.severity) for item in judge(facts).findings if item.severity != "note"]


def planned(tensorflow: str = "2.13.1", name: str = "tensorflow", **facts: object) -> Facts:
    """A list that asks for TensorFlow alone."""
    return replace(Facts(packages={name: tensorflow}, kind="requirements", complete=False), **facts)  # type: ignore[arg-type]


def there(tensorflow: str, name: str = "tensorflow", **facts: object) -> Facts:
    """An environment of which only its TensorFlow is known."""
    return replace(Facts(packages={name: tensorflow}, complete=False), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        pytest.param("R65", {"bits": 32, "system": "Windows", "machine": "AMD64"}, id="a 32-bit Python on Windows"),
        pytest.param("R65", {"bits": 32, "machine": "armv7l"}, id="a 32-bit Python on a small ARM"),
        pytest.param("R66", {"libc": "musl"}, id="musl"),
    ],
)
def test_where_nothing_is_published_both_the_plan_and_the_absence_are_errors(
    rule: str, facts: Dict[str, object]
) -> None:
    assert [item for item in told(planned(**facts)) if item[0][0:2] in ("R6", "R4")] == [(rule, "error")]
    assert told(replace(Facts(packages={"pip": "24.0"}), **facts)) == [(rule, "error")]  # type: ignore[arg-type]
    assert told(there("2.13.1", **facts)) == []  # whoever built it knows how


@pytest.mark.parametrize(
    ("tensorflow", "libc", "expected"),
    [
        ("2.21.0", "glibc 2.26", [("R67", "error")]),
        ("2.21.0", "glibc 2.27", []),
        ("2.20.0", "glibc 2.17", []),
        ("2.9.0", "glibc 2.12", [("R67", "error")]),
        ("2.4.0", "glibc 2.12", []),
        ("2.21.0", "glibc unknown", []),
        ("2.21.0", "", []),
        ("2.22.0", "glibc 2.17", []),
    ],
)
def test_a_tensorflow_for_a_newer_glibc_is_an_error(tensorflow: str, libc: str, expected: object) -> None:
    assert told(there(tensorflow, libc=libc, python="3.11.7")) == expected


def test_an_old_glibc_is_told_what_there_is_for_it() -> None:
    (finding,) = judge(there("2.21.0", libc="glibc 2.17", python="3.11.7")).findings
    assert finding.why == "TensorFlow 2.21.0 needs glibc 2.27 or later, and this system has 2.17"
    assert finding.fix == "use a newer Linux, or a TensorFlow that is published for an older one: tensorflow 2.12-2.20"


def test_conda_builds_for_an_older_glibc_and_for_processors_without_avx() -> None:
    facts = there("2.21.0", libc="glibc 2.17", cpu_flags=frozenset({"sse4_2"}), python="3.11.7")
    assert told(facts) == [("R32", "error"), ("R67", "error")]
    assert told(replace(facts, installer="conda", installers={"tensorflow": "conda"})) == []


ROSETTA = {"system": "Darwin", "machine": "x86_64", "translated": True, "cpu_flags": frozenset({"sse4_2"})}


def test_rosetta_is_told_in_place_of_the_missing_avx() -> None:
    assert told(there("2.13.1", **ROSETTA)) == [("R68", "error")]
    assert told(replace(Facts(packages={"pip": "24.0"}), **ROSETTA))[0] == ("R68", "error")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(there("2.13.1", **{**ROSETTA, "cpu_flags": frozenset({"avx"})}), id="with AVX"),
        pytest.param(there("2.8.0", name="tensorflow-macos", **ROSETTA), id="built without AVX"),
        pytest.param(there("2.13.1", system="Darwin", machine="arm64"), id="a Python for Apple silicon"),
    ],
)
def test_a_mac_where_tensorflow_works_is_left_alone(facts: Facts) -> None:
    assert told(facts) == []
