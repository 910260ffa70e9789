"""The facts of the running interpreter."""

# ruff: noqa: PTH112, PTH113, PTH118, PTH120, PTH123
# (no pathlib: see packages.py)

import os
import re
import sys
from typing import FrozenSet, Optional, Tuple

from fcnn.environment.facts import RELEVANT_VARIABLES, Facts
from fcnn.environment.reading.packages import Packages, read_packages


def read_facts() -> Facts:
    """Read the facts of the running interpreter.

    Takes a few milliseconds and never raises.
    """
    packages = read_packages(sys.path)
    conda = os.path.isdir(os.path.join(sys.prefix, "conda-meta"))
    installer = "conda" if conda else _installer(packages)
    return Facts(
        packages=dict(sorted(packages.versions.items())),
        python="{}.{}.{}".format(*sys.version_info[:3]),
        implementation={"cpython": "CPython", "pypy": "PyPy"}.get(sys.implementation.name, sys.implementation.name),
        system={"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}.get(sys.platform, sys.platform),
        machine=_machine(),
        cpu_flags=read_cpu_flags("/proc/cpuinfo"),
        for_fcnn=True,
        in_virtual_environment=conda or sys.prefix != sys.base_prefix,
        prefix=sys.prefix,
        executable=sys.executable or "",
        installer=installer,
        install_command=_install_command(installer, "pip" in packages.versions),
        variables={name: os.environ[name] for name in RELEVANT_VARIABLES if name in os.environ},
        duplicates=packages.duplicates,
        leftovers=packages.leftovers,
    )


def read_cpu_flags(path: str) -> Optional[FrozenSet[str]]:
    """The processor's flags from a file like Linux's /proc/cpuinfo, or None where there is none."""
    try:
        with open(path, "rb") as stream:
            head = stream.read(16384).decode("ascii", "replace")  # the first processor, of perhaps many
    except OSError:
        return None
    found = re.search(r"^(?:flags|Features)[ \t]*:[ \t]*(\S.*)\n", head, re.MULTILINE)
    return frozenset(found.group(1).split()) if found else None


def _machine() -> str:
    # platform.machine() starts a process on Python 3.8 and asks a slow service on Windows with Python 3.13.
    if sys.platform != "win32":
        return os.uname().machine
    return os.environ.get("PROCESSOR_ARCHITEW6432") or os.environ.get("PROCESSOR_ARCHITECTURE", "")


def _installer(packages: Packages) -> str:
    """Who installed TensorFlow, or else anything at all: the first word of an INSTALLER file."""
    for name in ("tensorflow", "tensorflow-cpu", "numpy", "packaging", *packages.folders):
        if name in packages.folders:
            try:
                with open(os.path.join(packages.folders[name], "INSTALLER"), "rb") as stream:
                    found = stream.read(64).decode("ascii", "replace").strip()
            except OSError:
                continue
            if found in ("pip", "uv"):
                return found
    return "pip"


def _install_command(installer: str, has_pip: bool) -> Tuple[str, ...]:
    """The words that install into this environment: a bare ``pip`` only where PATH leads to its own pip."""
    executable = sys.executable or "python"
    if installer == "uv" and not has_pip:
        active = os.environ.get("VIRTUAL_ENV") or ""
        if active and os.path.realpath(active) == os.path.realpath(sys.prefix):
            return ("uv", "pip", "install")
        return ("uv", "pip", "install", "--python", executable)
    beside = {
        os.path.dirname(executable),
        os.path.join(sys.prefix, "Scripts"),
        os.path.join(sys.prefix, "bin"),
    }
    pip = "pip.exe" if sys.platform == "win32" else "pip"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if os.path.isfile(os.path.join(folder, pip)):
            if os.path.normcase(os.path.normpath(folder)) in {os.path.normcase(item) for item in beside}:
                return ("pip", "install")
            break
    return (executable, "-m", "pip", "install")
