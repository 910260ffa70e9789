"""What is true of a Python environment, read without importing or running any of its packages.

Installed packages are read from the names of their metadata folders (``numpy-1.19.5.dist-info``): a name is
right where a METADATA file inside may be damaged, and listing folders is about ten times faster than parsing
them.
"""

# ruff: noqa: PTH112, PTH113, PTH118, PTH120, PTH123
# (no pathlib here: a Path for each of a thousand entries costs more than all the rest, and every start runs
# this)

import os
import re
import sys
from dataclasses import dataclass, field
from typing import Dict, FrozenSet, Iterable, List, Mapping, NamedTuple, Optional, Tuple

RELEVANT_VARIABLES = (
    "CONDA_PREFIX",
    "CUDA_VISIBLE_DEVICES",
    "KERAS_BACKEND",
    "LD_LIBRARY_PATH",
    "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION",
    "PYTHONHOME",
    "PYTHONNOUSERSITE",
    "PYTHONPATH",
    "TF_CPP_MIN_LOG_LEVEL",
    "TF_ENABLE_ONEDNN_OPTS",
    "TF_USE_LEGACY_KERAS",
    "VIRTUAL_ENV",
)
"""Environment variables that change what is imported or how TensorFlow runs."""


@dataclass(frozen=True)
class Facts:
    """One environment. Every field has a default, so that a test types only what matters."""

    packages: Mapping[str, str] = field(default_factory=dict)
    """Normalised name (``typing-extensions``) to the version as it was found."""
    python: str = "3.8.20"
    """The version of Python."""
    implementation: str = "CPython"
    """CPython, PyPy, ..."""
    system: str = "Linux"
    """Linux, Windows, Darwin."""
    machine: str = "x86_64"
    """x86_64, AMD64, arm64, aarch64, ..."""
    cpu_flags: Optional[FrozenSet[str]] = None
    """What the processor can do (``avx``, ``avx2``), or None where that cannot be read."""
    complete: bool = True
    """Whether a package that is not in `packages` is absent; otherwise nothing is known of it."""
    for_fcnn: bool = False
    """Whether the environment is to run fcnn itself, so that its requirements must be there."""
    in_virtual_environment: bool = False
    """A venv, virtualenv or conda environment (not the Python of the system)."""
    prefix: str = ""
    """The folder of the environment."""
    executable: str = ""
    """Its Python."""
    installer: str = "pip"
    """What installed its packages: pip, uv or conda."""
    install_command: Tuple[str, ...] = ("pip", "install")
    """The words that install into this very environment, from the shell that was used."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Those of `RELEVANT_VARIABLES` that are set."""
    duplicates: Mapping[str, Tuple[str, ...]] = field(default_factory=dict)
    """Packages with two metadata folders in one place (a broken upgrade), with both versions."""
    leftovers: Tuple[str, ...] = ()
    """Names of metadata folders that hold no metadata, or that an interrupted pip left behind (``~umpy``)."""


class Packages(NamedTuple):
    """What the folders on an import path say is installed."""

    versions: Dict[str, str]
    """Normalised name to version."""
    duplicates: Dict[str, Tuple[str, ...]]
    """Packages with several metadata folders in one place."""
    leftovers: Tuple[str, ...]
    """Metadata folders that count for nothing."""
    folders: Dict[str, str]
    """Normalised name to the path of its metadata folder."""


def normalised(name: str) -> str:
    """The one spelling of a package's name (PEP 503): ``Keras_Preprocessing`` is ``keras-preprocessing``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_packages(path: Iterable[object]) -> Packages:
    """Read what is installed in the folders of an import path; the first folder that has a package wins.

    Never raises: a folder that cannot be read holds nothing.
    """
    versions: Dict[str, str] = {}
    duplicates: Dict[str, Tuple[str, ...]] = {}
    leftovers: List[str] = []
    folders: Dict[str, str] = {}
    for folder in dict.fromkeys(item or os.curdir for item in path if isinstance(item, str)):
        here: Dict[str, List[Tuple[float, str, str]]] = {}
        for entry in _metadata_folders(folder):
            name, version = _name_and_version(entry)
            if not name or not version or name.startswith("~"):
                leftovers.append(entry.name)
                continue
            here.setdefault(normalised(name), []).append((_changed(entry), version, entry.path))
        for name, found in here.items():
            if name in versions:
                continue  # an earlier folder on the import path hides this one
            # Of two folders for one package the younger tells what was unpacked last, so what is there.
            _, versions[name], folders[name] = max(found)
            if len(found) > 1:
                duplicates[name] = tuple(sorted(version for _, version, _ in found))
    return Packages(versions, duplicates, tuple(sorted(leftovers)), folders)


def _metadata_folders(folder: str) -> List["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
    except (OSError, ValueError):  # not there, a zip file, not ours to read; a name with a null byte
        return []
    return sorted(found, key=lambda entry: entry.name)


def _name_and_version(entry: "os.DirEntry[str]") -> Tuple[str, str]:
    """Name and version of the distribution an entry describes; an empty version where it is not whole."""
    stem, _, kind = entry.name.rpartition(".")
    if kind == "dist-info":
        name, _, version = stem.rpartition("-")
        return name, version if os.path.isfile(os.path.join(entry.path, "METADATA")) else ""
    # numpy-1.24.2-py3.11.egg-info, as Debian and conda write it
    stem = re.sub(r"-py\d[\d.]*(-.*)?$", "", stem)
    name, dash, version = stem.partition("-")
    return name, version if dash else _version_line(entry.path)


def _version_line(path: str) -> str:
    """The version inside an egg-info without one in its name, as an old ``pip install -e`` leaves it."""
    file = os.path.join(path, "PKG-INFO") if os.path.isdir(path) else path
    try:
        with open(file, "rb") as stream:
            head = stream.read(4096).decode("utf-8", "replace")
    except OSError:
        return ""
    found = re.search(r"^Version:[ \t]*(\S+)", head, re.MULTILINE)
    return found.group(1) if found else ""


def _changed(entry: "os.DirEntry[str]") -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0


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
