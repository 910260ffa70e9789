"""What installed an environment's packages, and the words that install into that very environment."""

# ruff: noqa: PTH113, PTH118, PTH120
# (no pathlib: see packages.py)

import os
import re
import sys
from typing import Dict, Mapping, Tuple

from fcnn.environment.facts import normalised
from fcnn.environment.names import TENSORFLOW_NAMES
from fcnn.environment.reading.metadata import read_installer
from fcnn.environment.reading.packages import Packages
from fcnn.environment.reading.safely import entries, is_folder, printable, same_folder


def installer_of(packages: Packages, prefix: str) -> str:
    """What installed TensorFlow, or else NumPy: conda, uv or pip.

    Where neither is there, what installed anything; a conda environment without pip can only be conda's.
    """
    conda = read_conda_packages(prefix)
    decisive = [name for name in (*TENSORFLOW_NAMES, "numpy") if name in packages.folders][:1]
    for name in decisive:
        if _by_conda(name, packages, conda):
            return "conda"
    if not decisive and is_folder(os.path.join(prefix, "conda-meta")) and "pip" not in packages.versions:
        return "conda"
    for name in (*decisive, "packaging", *packages.folders):
        if name in packages.folders:
            installer = read_installer(packages.folders[name])
            if installer in ("pip", "uv"):
                return installer
    return "pip"


def read_conda_packages(prefix: str) -> Dict[str, str]:
    """What conda says it installed into a prefix, from the names of its records: ``numpy-1.19.5-py38h18fd61f_2.json``.

    Returns:
        Normalised name to version; empty where the prefix is not conda's.
    """
    found: Dict[str, str] = {}
    folder = os.path.join(prefix, "conda-meta")
    for name in sorted(entry.name for entry in entries(folder) if entry.name.endswith(".json")):
        parts = name[: -len(".json")].rsplit("-", 2)
        if len(parts) == 3 and all(parts):
            found[normalised(printable(parts[0]))] = printable(parts[1])
    return found


def _by_conda(name: str, packages: Packages, conda: Mapping[str, str]) -> bool:
    # Old recipes left pip's name in INSTALLER, and a pip that replaced conda's package left conda's record.
    versions = {conda.get(name), conda.get(f"{name}-base")}
    return read_installer(packages.folders[name]) == "conda" or packages.versions[name] in versions


def install_command(installer: str, has_pip: bool, executable: str, prefix: str) -> Tuple[str, ...]:
    """The words that install into the environment of `executable`, wherever they are typed."""
    if installer == "conda":
        return ("conda", "install", *_of_prefix(prefix))
    if installer == "uv" and not has_pip:
        return ("uv", "pip", "install", "--python", printable(executable))
    return (printable(executable), "-m", "pip", "install")


def own_install_command(installer: str, has_pip: bool, executable: str, prefix: str) -> Tuple[str, ...]:
    """The words that install into the running environment: shorter where the shell leads to it by itself."""
    if installer == "uv" and not has_pip:
        active = os.environ.get("VIRTUAL_ENV") or ""
        if active and same_folder(active, prefix):
            return ("uv", "pip", "install")
    elif installer != "conda" and _is_first_pip(executable, prefix):
        return ("pip", "install")
    return install_command(installer, has_pip, executable, prefix)


def _of_prefix(prefix: str) -> Tuple[str, str]:
    """How conda is told which environment: by the name of the active one, or by its folder."""
    name, active = os.environ.get("CONDA_DEFAULT_ENV") or "", os.environ.get("CONDA_PREFIX") or ""
    if re.fullmatch(r"[^/\\:\s]+", name) and active and same_folder(active, prefix):
        return ("--name", printable(name))
    return ("--prefix", printable(prefix))


def _is_first_pip(executable: str, prefix: str) -> bool:
    """Whether the first pip on PATH is the environment's own."""
    beside = {os.path.dirname(executable), os.path.join(prefix, "Scripts"), os.path.join(prefix, "bin")}
    pip = "pip.exe" if sys.platform == "win32" else "pip"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if os.path.isfile(os.path.join(folder, pip)):
            return os.path.normcase(os.path.normpath(folder)) in {os.path.normcase(item) for item in beside}
    return False


def shell_of(system: str) -> str:
    """The shell that commands are to be written for: sh, cmd or powershell.

    An environment of another system is repaired over there; of Windows then only the oldest shell is certain.
    """
    if system != "Windows":
        return "sh"
    return _windows_shell(os.environ) if sys.platform == "win32" else "cmd"


def _windows_shell(variables: Mapping[str, str]) -> str:
    r"""The shell of Windows that has these environment variables.

    Every process has PSModulePath with the folders of Windows itself, but only PowerShell puts the user's own
    (``C:\Users\me\Documents\WindowsPowerShell\Modules``, or ``...\PowerShell\Modules`` for version 7) before
    them when it starts, for itself and what it runs (about_PSModulePath). Git's bash sets MSYSTEM.
    """
    if variables.get("MSYSTEM"):
        return "sh"
    of_windows = [
        folder.lower()
        for folder in (variables.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)", "SystemRoot"))
        if folder
    ]
    for folder in variables.get("PSModulePath", "").lower().split(";"):
        of_user = re.search(r"\\(windows)?powershell\\modules\\?$", folder)
        if of_user and not any(folder.startswith(f"{other}\\") for other in of_windows):
            return "powershell"
    return "cmd"
