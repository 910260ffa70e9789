"""Why a published TensorFlow cannot run on a machine, whoever installs it."""

from typing import Dict, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.wording import Said

NATIVE = {
    "pinned": {("Linux", "x86_64"), ("Windows", "x86_64"), ("Darwin", "x86_64")},
    "current": {("Linux", "x86_64"), ("Linux", "arm64"), ("Windows", "x86_64"), ("Darwin", "arm64")},
}
"""Systems and processors for which the TensorFlow of a stack was published: the wheels that the package index lists."""
_OLDEST_GLIBC = {"pinned": (2, 12), "current": (2, 27)}
_TENSORFLOW = {"pinned": "2.4", "current": "2.21"}


def obstacles(stack: str, machine: Facts) -> Tuple[Said, ...]:
    """Why TensorFlow's wheels cannot work on this machine outside a container."""
    fills = {"version": _TENSORFLOW[stack]}
    if (machine.system, processor(machine)) not in NATIVE[stack]:
        text = "No TensorFlow {version} was published for {system} {machine}"
        return (Said(text, {**fills, "system": machine.system, "machine": machine.machine}),)
    if machine.libc.startswith("musl"):
        return (Said("No TensorFlow {version} was published for musl, the C library of this system", fills),)
    glibc = tuple(int(part) for part in machine.libc.partition(" ")[2].split(".") if part.isdigit())
    if machine.libc.startswith("glibc") and glibc and glibc < _OLDEST_GLIBC[stack]:
        needed = "glibc {}.{}".format(*_OLDEST_GLIBC[stack])
        text = "TensorFlow {version} needs {needed} or later; this system has {libc}"
        return (Said(text, {**fills, "needed": needed, "libc": machine.libc}),)
    if machine.translated and stack == "pinned":
        return (Said("This Python's code is translated for another processor, and the translation may have no AVX"),)
    return no_avx(machine)


def no_avx(machine: Facts) -> Tuple[Said, ...]:
    """That the processor has no AVX, where it is known to have none."""
    flags = machine.cpu_flags
    if flags is None or processor(machine) != "x86_64" or "avx" in flags:
        return ()
    return (Said("This processor has no AVX, which every published TensorFlow needs: only another machine helps"),)


def processor(machine: Facts) -> str:
    """The processor's one name: ``x86_64``, ``arm64``, or what the system calls it."""
    names: Dict[str, str] = {"amd64": "x86_64", "aarch64": "arm64"}
    name = machine.machine.lower()
    return names.get(name, name)
