"""The machine that an environment's packages were built for, by the tags of their wheels."""

# ruff: noqa: PTH118
# (no pathlib: see packages.py)

import os
import re
from typing import Any, Dict, Mapping, Tuple

from fcnn.environment.names import STACK_NAMES
from fcnn.environment.reading.machine import machine_facts
from fcnn.environment.reading.safely import text_of

_PLATFORMS = (
    ("Windows", re.compile(r"win_?(amd64|arm64|32)\Z")),
    ("Darwin", re.compile(r"macosx_\d+_\d+_(x86_64|arm64|universal2)\Z")),
    ("Linux", re.compile(r"(?:many|musl)?linux(?:\d+|_\d+_\d+)?_(\w+)\Z")),
)
_X86 = ("x86_64", "AMD64", "x86", "i386", "i686")


def described_machine(folders: Mapping[str, str], system: str, system_here: str) -> Dict[str, Any]:
    """What :class:`fcnn.environment.Facts` says of the machine of an environment on disk.

    Args:
        folders: Normalised name to metadata folder of its packages.
        system: The system that its layout shows; empty where it shows none.
        system_here: The system of the running interpreter.

    Returns:
        The fields system, machine, bits, libc, translated and cpu_flags: those of the running interpreter, but for
        what the packages show to be otherwise. Of another machine the processor is not known.
    """
    tagged_system, machine = _tagged(folders)
    found = system or tagged_system or (system_here if system_here != "Windows" else "Linux")
    if tagged_system != found:
        machine = ""
    here = machine_facts()
    bits = 32 if machine in ("x86", "i386", "i686", "armv7l") else 64
    if found != system_here:
        return {"system": found, "machine": machine, "bits": bits, "libc": "", "translated": False, "cpu_flags": None}
    if not machine or machine == here["machine"]:
        return here
    same_kind = (machine in _X86) == (here["machine"] in _X86)
    # Built for x86, on an ARM machine whose system can translate: Rosetta 2, Windows on ARM.
    translated = bool(here["translated"]) or (machine in _X86 and not same_kind and found in ("Darwin", "Windows"))
    flags = here["cpu_flags"] if same_kind else None
    return {**here, "machine": machine, "bits": bits, "translated": translated, "cpu_flags": flags}


def _tagged(folders: Mapping[str, str]) -> Tuple[str, str]:
    """The system and machine of the first compiled package; empty where none tells."""
    for name in STACK_NAMES:
        if name in folders:
            for platform in _platforms(text_of(os.path.join(folders[name], "WHEEL"), 1 << 14)):
                for system, pattern in _PLATFORMS:
                    match = pattern.match(platform)
                    if match:
                        return system, _machine(match.group(1), system)
    return "", ""


def _platforms(wheel: str) -> Tuple[str, ...]:
    tags = re.findall(r"^Tag:[ \t]*\S+-([^\s-]+)[ \t]*$", wheel, re.MULTILINE)
    return tuple(platform for tag in tags for platform in tag.split("."))


def _machine(tag: str, system: str) -> str:
    if system == "Windows":
        return {"amd64": "AMD64", "arm64": "ARM64", "32": "x86"}[tag]
    return "" if tag == "universal2" else tag
