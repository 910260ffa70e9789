"""The table of wheels, and what is told where there is none."""

from dataclasses import replace
from typing import List

import pytest
from packaging.version import Version

from fcnn.environment import Facts, judge
from fcnn.environment.conditions.wheels import available, told, wheels_here
from fcnn.environment.rules.wheels import LINUX, LINUX_ARM, MACOS_ARM, MACOS_INTEL, WHEELS, WINDOWS

PLATFORMS = {
    LINUX: ("Linux", "x86_64"),
    LINUX_ARM: ("Linux", "aarch64"),
    WINDOWS: ("Windows", "AMD64"),
    MACOS_INTEL: ("Darwin", "x86_64"),
    MACOS_ARM: ("Darwin", "arm64"),
}


def on(platform: str, python: str, **facts: object) -> Facts:
    """An empty environment of a Python on a platform."""
    system, machine = PLATFORMS[platform]
    return replace(Facts(python=python, system=system, machine=machine), **facts)  # type: ignore[arg-type]


def plan(platform: str, python: str, requirement: str) -> Facts:
    """A list with one requirement on TensorFlow: pinned, or a range."""
    name, _, version = requirement.partition("==")
    facts = on(platform, python, kind="requirements", complete=False)
    if version:
        return replace(facts, packages={name: version})
    end = min((requirement.index(sign) for sign in "<>" if sign in requirement), default=len(requirement))
    return replace(facts, ranges={requirement[:end]: requirement[end:]})


def without_wheel(facts: Facts) -> List[str]:
    """What R46 advises, if it speaks."""
    return [item.fix for item in judge(facts).findings if item.rule == "R46" and item.severity == "error"]


@pytest.mark.parametrize("platform", WHEELS)
def test_lines_of_a_package_follow_each_other(platform: str) -> None:
    for rows in WHEELS[platform].values():
        edges = [Version(edge) for row in rows for edge in (row.first, row.end)]
        assert edges == sorted(edges)
        assert all(Version(row.pythons[0]) <= Version(row.pythons[1]) for row in rows)


@pytest.mark.parametrize(
    ("platform", "python", "expected"),
    [
        (LINUX, "3.7", "tensorflow 1.0-2.11.0"),
        (LINUX, "3.8.20", "tensorflow 2.2-2.13"),
        (LINUX, "3.9", "tensorflow 2.5-2.20"),
        (LINUX, "3.10", "tensorflow 2.8-2.21"),
        (LINUX, "3.11", "tensorflow 2.12-2.21"),
        (LINUX, "3.12", "tensorflow 2.16-2.21"),
        (LINUX, "3.13", "tensorflow 2.20-2.21"),
        (LINUX, "3.14", ""),
        (LINUX_ARM, "3.8", "tensorflow 2.10-2.11.0, 2.12-2.13"),
        (LINUX_ARM, "3.7", "tensorflow 2.10-2.11.0"),
        (WINDOWS, "3.8", "tensorflow 2.2-2.13.0"),
        (WINDOWS, "3.13", "tensorflow 2.20-2.21"),
        (MACOS_INTEL, "3.8", "tensorflow 2.2-2.13, tensorflow-macos 2.5-2.12"),
        (MACOS_INTEL, "3.12", "tensorflow 2.16"),
        (MACOS_INTEL, "3.13", ""),
        (MACOS_ARM, "3.8", "tensorflow 2.13.0, tensorflow-macos 2.5-2.13.0"),
        (MACOS_ARM, "3.9", "tensorflow 2.13-2.20, tensorflow-macos 2.5-2.16"),
        (MACOS_ARM, "3.13", "tensorflow 2.20-2.21"),
    ],
)
def test_each_python_has_the_wheels_that_the_index_lists(platform: str, python: str, expected: str) -> None:
    assert wheels_here(on(platform, python)) == expected


@pytest.mark.parametrize(
    ("libc", "expected"),
    [("", "2.12-2.21"), ("glibc 2.36", "2.12-2.21"), ("glibc 2.17", "2.12-2.20"), ("glibc 2.5", "")],
)
def test_an_old_glibc_has_fewer_wheels(libc: str, expected: str) -> None:
    assert told(available(on(LINUX, "3.11", libc=libc))) == expected


@pytest.mark.parametrize(
    ("platform", "python", "requirement", "advice"),
    [
        pytest.param(
            LINUX,
            "3.9",
            "tensorflow==2.4.0",
            "make an environment with one of these Pythons: 3.6-3.8; or choose what there is for Python 3.9: "
            "tensorflow 2.5-2.20",
            id="a Python too new",
        ),
        pytest.param(
            LINUX,
            "3.14",
            "tensorflow==2.21.0",
            "make an environment with one of these Pythons: 3.10-3.13",
            id="a Python with no TensorFlow at all",
        ),
        pytest.param(
            LINUX,
            "3.12.1",
            "tensorflow<2.11",
            "make an environment with one of these Pythons: 3.3-3.10; or choose what there is for Python 3.12.1: "
            "tensorflow 2.16-2.21",
            id="a range",
        ),
        pytest.param(
            LINUX, "3.14", "tensorflow", "make an environment with one of these Pythons: 3.3-3.13", id="any version"
        ),
        pytest.param(
            MACOS_INTEL,
            "3.11",
            "tensorflow==2.21.0",
            "choose what there is for Python 3.11 on macOS (Intel): tensorflow 2.12-2.16, tensorflow-macos 2.12",
            id="Intel's Macs after 2.16",
        ),
        pytest.param(
            MACOS_ARM,
            "3.8",
            "tensorflow==2.4.0",
            "choose what there is for Python 3.8 on macOS (Apple silicon): tensorflow 2.13.0, "
            "tensorflow-macos 2.5-2.13.0",
            id="Apple silicon before 2.13",
        ),
        pytest.param(
            MACOS_ARM,
            "3.11",
            "tensorflow-cpu==2.15.0",
            "choose what there is for Python 3.11 on macOS (Apple silicon): tensorflow 2.13-2.21, "
            "tensorflow-macos 2.12-2.16",
            id="another name",
        ),
        pytest.param(
            LINUX_ARM,
            "3.14",
            "tensorflow-gpu==2.10.0",
            "make an environment with one of these Pythons: 3.10-3.13; and choose another TensorFlow",
            id="neither the name nor the Python",
        ),
        pytest.param(
            LINUX_ARM,
            "3.9",
            "tensorflow==2.11.1",
            "choose what there is for Python 3.9 on Linux (aarch64): tensorflow 2.10-2.11.0, 2.12-2.20",
            id="a wheel that requires what is not there",
        ),
        pytest.param(
            WINDOWS,
            "3.8",
            "tensorflow==2.13.1",
            "make an environment with one of these Pythons: 3.9-3.11; or choose what there is for Python 3.8: "
            "tensorflow 2.2-2.13.0",
            id="the same on Windows",
        ),
    ],
)
def test_a_plan_without_a_wheel_is_an_error(platform: str, python: str, requirement: str, advice: str) -> None:
    assert without_wheel(plan(platform, python, requirement)) == [advice]


@pytest.mark.parametrize(
    ("platform", "python", "requirement"),
    [
        (LINUX, "3.8", "tensorflow==2.4.0"),
        (LINUX, "3.8", "tensorflow==2.4.0rc1"),
        (LINUX, "3.9", "tensorflow==2.15.0.post1"),
        (LINUX, "3.11", "tensorflow-cpu==2.21.0"),
        (LINUX, "3.11", "tensorflow>=2.4"),
        (LINUX, "3.14", "tensorflow==2.22.0"),
        (LINUX, "3.14", "tf-nightly==2.22.0.dev20261101"),
        (LINUX, "3.14", "tensorflow==nonsense"),
        (LINUX_ARM, "3.9", "tensorflow-cpu-aws==2.10.1"),
        (WINDOWS, "3.12", "tensorflow-intel==2.18.0"),
        (MACOS_ARM, "3.9", "tensorflow-macos==2.5.0"),
    ],
)
def test_a_plan_with_a_wheel_or_of_something_unknown_is_no_error(platform: str, python: str, requirement: str) -> None:
    assert without_wheel(plan(platform, python, requirement)) == []


@pytest.mark.parametrize(
    ("system", "machine"), [("Linux", "ppc64le"), ("FreeBSD", "amd64"), ("Windows", "ARM64"), ("", "")]
)
def test_of_a_platform_that_is_not_in_the_table_nothing_is_said(system: str, machine: str) -> None:
    facts = replace(plan(LINUX, "3.14", "tensorflow==2.4.0"), system=system, machine=machine)
    assert without_wheel(facts) == []


def missing(facts: Facts) -> str:
    """What is advised where TensorFlow is not there."""
    (finding,) = (item for item in judge(facts).findings if item.rule == "R50")
    return finding.fix


@pytest.mark.parametrize(
    ("platform", "python", "fix"),
    [
        (LINUX, "3.12", 'pip install "tensorflow==2.21.*" "keras==3.15.*"'),
        (LINUX, "3.9", "install one of these: tensorflow 2.5-2.20"),
        (LINUX_ARM, "3.8", "install one of these: tensorflow 2.10-2.11.0, 2.12-2.13"),
        (MACOS_INTEL, "3.11", "install one of these: tensorflow 2.12-2.16, tensorflow-macos 2.12"),
        (MACOS_ARM, "3.8", "install one of these: tensorflow 2.13.0, tensorflow-macos 2.5-2.13.0"),
        (
            MACOS_INTEL,
            "3.13",
            "make an environment with Python 3.8 (the pinned stack) or 3.11 to 3.13 and install fcnn there",
        ),
    ],
)
def test_a_missing_tensorflow_is_repaired_by_one_that_this_machine_can_have(
    platform: str, python: str, fix: str
) -> None:
    assert missing(on(platform, python, packages={"numpy": "2.0.2", "keras": "3.15.0"})) == fix


def test_an_old_glibc_gets_no_tensorflow_that_needs_a_newer_one() -> None:
    facts = on(LINUX, "3.11", packages={"numpy": "2.0.2"}, libc="glibc 2.17", for_fcnn=True)
    assert missing(facts) == "install one of these: tensorflow 2.12-2.20"
