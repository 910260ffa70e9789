"""The locks, and what follows from them: environment.yml and the image."""

import re
import sys
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

import fcnn

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINUX, WINDOWS, MAC = ("linux", "x86_64"), ("win32", "AMD64"), ("darwin", "arm64")
PLACES = [
    *(("3.8", *system) for system in (LINUX, WINDOWS)),
    *((python, *system) for python in ("3.11", "3.12", "3.13") for system in (LINUX, WINDOWS, MAC)),
]


def place(python, platform, machine):
    return {
        "python_version": python,
        "python_full_version": python + ".5",
        "sys_platform": platform,
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
    }


def read_lock(name):
    """The lock's requirements, each with the number of its hashes."""
    entries = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [(Requirement(entry.split("--hash")[0]), entry.count("--hash=sha256:")) for entry in entries]


def pins(name, python, platform, machine):
    """Name -> version where that lock is installed there."""
    found = {}
    for requirement, _ in read_lock(name):
        if requirement.marker is None or requirement.marker.evaluate(place(python, platform, machine)):
            assert requirement.name not in found, f"{name} has {requirement.name} twice for {python}"
            found[requirement.name] = str(requirement.specifier)[2:]
    return found


def unmet(requirements, locked, where):
    wanted = [Requirement(text) for text in requirements]
    return [
        str(requirement)
        for requirement in wanted
        if (requirement.marker is None or requirement.marker.evaluate(where))
        and not requirement.specifier.contains(locked.get(requirement.name, "0"))
    ]


@pytest.mark.parametrize(("python", "platform", "machine"), PLACES)
def test_the_locks_hold_every_dependency_for_every_python_and_system(python, platform, machine):
    where = place(python, platform, machine)
    groups = PROJECT["dependency-groups"]
    assert unmet(PROJECT["project"]["dependencies"], pins("requirements.lock", python, platform, machine), where) == []
    for group in ("test", "build", "uv", "standalone"):
        assert unmet(groups[group], pins(f"requirements-{group}.lock", python, platform, machine), where) == []


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_lint_lock_holds_every_tool_on_linux(python):
    locked = pins("requirements-lint.lock", python, *LINUX)
    assert unmet(PROJECT["dependency-groups"]["lint"], locked, place(python, *LINUX)) == []


@pytest.mark.parametrize(("python", "platform", "machine"), PLACES)
def test_locks_that_are_installed_together_agree(python, platform, machine):
    locks = [pins(f"requirements{part}.lock", python, platform, machine) for part in ("", "-test", "-build")]
    for name in {name for lock in locks for name in lock}:
        assert len({lock[name] for lock in locks if name in lock}) == 1, name


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.lock")))
def test_a_lock_pins_and_hashes_everything_and_names_no_registry(lock):
    entries = read_lock(lock)
    assert entries
    assert [str(requirement) for requirement, hashes in entries if hashes == 0] == []
    assert all(str(requirement.specifier).startswith("==") for requirement, _ in entries)
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_environment_yml_has_the_pins_of_the_pinned_stack_by_name():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = environment["dependencies"]
    assert environment["name"] == "fcnn"
    assert conda == ["python=3.8", "pip"]
    assert pip["pip"][:5] == [
        "tensorflow==2.4.0",
        "keras==2.4.3",
        "numpy==1.19.5",
        "pandas==1.3.5",
        "matplotlib==3.4.2",
    ]
    assert pip["pip"][-1] == "."
    for system in (LINUX, WINDOWS):
        where = place("3.8", *system)
        listed = [Requirement(line) for line in pip["pip"][:-1]]
        here = {one.name: str(one.specifier)[2:] for one in listed if not one.marker or one.marker.evaluate(where)}
        assert here == pins("requirements.lock", "3.8", *system)
        assert unmet(PROJECT["project"]["dependencies"], here, where) == []


def test_the_image_is_built_from_hashes_and_runs_as_nobody_in_particular():
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert sum(line.startswith("FROM ${PYTHON_IMAGE}") for line in lines) == 2
    assert "ARG PYTHON_IMAGE=python:3.8-slim-bookworm" in lines
    assert "USER 10001:10001" in lines
    installs = re.findall(r"pip install[^&\n]*", "\n".join(lines))
    assert len(installs) == 3
    assert all("--require-hashes" in install or "--no-deps" in install for install in installs)
    assert f'version="{fcnn.__version__}"' in "\n".join(lines)


def test_the_build_context_is_what_the_dockerfile_copies():
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [
        source
        for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
        if line.startswith("COPY") and "--from" not in line
        for source in line.split()[1:-1]
    ]
    assert next(line for line in ignore if not line.startswith("#")) == "*"
    assert sorted(copied) == sorted(line[1:] for line in ignore if line.startswith("!"))


def test_scripts_keep_the_line_ends_their_systems_need():
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "* text=auto eol=lf" in attributes
    assert "*.cmd text eol=crlf" in attributes


def test_every_goto_of_the_windows_script_has_its_label():
    script = (ROOT / "scripts" / "fcnn.cmd").read_text(encoding="ascii")
    assert set(re.findall(r"(?:goto|call :)\s*(\w+)", script)) == set(re.findall(r"(?m)^:(\w+)", script))


def test_what_bootstrap_says_of_tensorflow_is_what_is_installed():
    source = (ROOT / "scripts" / "bootstrap.py").read_text(encoding="utf-8")
    said = dict(re.findall(r'"(pinned|current)": Kind\("TensorFlow ([0-9.]+)"', source))
    for stack, python in (("pinned", "3.8"), ("current", "3.11")):
        assert pins("requirements.lock", python, *LINUX)["tensorflow"].startswith(said[stack])
