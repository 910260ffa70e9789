"""How to get the environment of a stack on this machine: which ways there are, and which one to take."""

from typing import List, Mapping, NamedTuple, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.obstacles import processor
from fcnn.environment.reading.tools import read_tools
from fcnn.environment.rules.stacks import STACKS
from fcnn.environment.ways import Here, Way, conda_way, docker_way, find_python, pip_way, uv_way
from fcnn.environment.wording import Said

STACKS_TO_GUIDE = ("pinned", "current")
"""The stacks there is a guide to."""

_PYTHONS = {"pinned": ("3.8",), "current": ("3.12", "3.13", "3.11")}
_ADDED = {
    # TensorFlow 2.4 does not limit protobuf, and some installers choose one that it cannot use
    "pinned": ("scikit-learn==1.3.2", "protobuf==3.20.3"),
    "current": ("scikit-learn>=1.3",),
}


class Guide(NamedTuple):
    """How to get the environment of a stack on one machine."""

    stack: str
    """``pinned`` or ``current``."""
    python: str
    """The Python it has: ``3.8``."""
    pins: Tuple[str, ...]
    """What is installed into it."""
    ways: Tuple[Way, ...]
    """pip, uv, conda and Docker, in this order."""
    recommended: str
    """The tool of the way to take: the first that can work with what is there; empty where none can."""
    remarks: Tuple[Said, ...]
    """What holds for every way."""


def guide(stack: str, machine: Facts, tools: Mapping[str, str]) -> Guide:
    """Work out the ways to a stack; reads nothing but its arguments.

    Args:
        stack: One of `STACKS_TO_GUIDE`.
        machine: Facts of the machine: system, processor, C library, the running Python, the shell.
        tools: What :func:`read_tools` found.
    """
    python = next((version for version in _PYTHONS[stack] if find_python(version, machine, tools)), _PYTHONS[stack][0])
    pins, remarks = _pins(stack, machine)
    here = Here(stack, python, pins, machine, tools)
    ways = (pip_way(here), uv_way(here), conda_way(here), docker_way(here))
    able = [way for way in ways if not way.obstacles]
    ready = [way for way in able if not way.lacks]
    # uv is the one that is got most easily, and it brings the Python along.
    rest = sorted(able, key=lambda way: ("uv", "conda", "docker", "pip").index(way.tool))
    return Guide(stack, python, pins, ways, (ready or rest)[0].tool if able else "", remarks)


def _pins(stack: str, machine: Facts) -> Tuple[Tuple[str, ...], Tuple[Said, ...]]:
    pins = {name: f"{name}{versions}" for name, versions in STACKS[stack].items() if name != "python"}
    remarks: List[Said] = []
    if stack == "pinned":
        remarks.append(
            Said("protobuf is named because TensorFlow 2.4 does not limit it and fails on import with 4 or later")
        )
        flags = machine.cpu_flags
        if flags is not None and processor(machine) == "x86_64" and "avx" in flags and "avx2" not in flags:
            pins["tensorflow"] = "tensorflow==2.4.4"
            remarks.append(
                Said("This processor has no AVX2, which TensorFlow 2.4.0 alone of all needs; 2.4.4 is the same without")
            )
    if machine.system == "Windows":
        text = "Where the import ends with `DLL load failed`, Microsoft's Visual C++ Redistributable (x64) is missing"
        remarks.append(Said(text))
    if machine.shell == "powershell":
        text = "Where PowerShell refuses to run Activate.ps1, `{command}` allows it in this window"
        remarks.append(Said(text, {"command": "Set-ExecutionPolicy -Scope Process RemoteSigned"}))
    return (*pins.values(), *_ADDED[stack]), tuple(remarks)


__all__ = ["STACKS_TO_GUIDE", "Guide", "guide", "read_tools"]
