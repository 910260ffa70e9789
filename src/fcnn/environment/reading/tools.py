"""Which tools that make environments are on this machine: looked for on disk, nothing is run."""

# ruff: noqa: PTH111, PTH113, PTH118, PTH119, PTH120, PTH208
# (no pathlib: Path.home raises for a user without a home)

import os
import re
import shutil
import sys
from typing import Dict, List, Mapping, Optional, Tuple

PYTHONS = ("3.8", "3.11", "3.12", "3.13")
"""The Pythons of the two stacks."""
_TOOLS = ("py", "uv", "conda", "mamba", "docker", "pyenv")


def read_tools(environment: Optional[Mapping[str, str]] = None) -> Mapping[str, str]:
    """The tools that are there with their paths: ``python3.8`` and the like, py, uv, conda, mamba, docker, pyenv.

    Never raises. A shim of pyenv counts as a Python only where the version behind it is installed.

    Args:
        environment: The environment variables; None for those of this process.
    """
    variables = os.environ if environment is None else environment
    path = variables.get("PATH", "")
    found: Dict[str, str] = {}
    for tool in _TOOLS:
        place = _which(tool, path)
        if place:
            found[tool] = place
    if "conda" not in found and os.path.isfile(variables.get("CONDA_EXE", "")):
        found["conda"] = variables["CONDA_EXE"]
    for version in PYTHONS:
        place = _python(version, path, variables)
        if place:
            found[f"python{version}"] = place
    return found


def _which(name: str, path: str) -> str:
    try:
        return shutil.which(name, path=path) or ""
    except (OSError, ValueError):  # a folder with a null byte in its name
        return ""


def _python(version: str, path: str, variables: Mapping[str, str]) -> str:
    """The path of a Python of that version; empty where none is seen."""
    for folder in path.split(os.pathsep):
        place = _which(f"python{version}", folder) if folder else ""
        if place and os.path.basename(os.path.dirname(place)) != "shims":
            return place
    return _pyenv(version, variables) or _registered(version)


def _pyenv(version: str, variables: Mapping[str, str]) -> str:
    """The newest Python of that version which pyenv (or pyenv-win) has installed."""
    home = variables.get("HOME") or os.path.expanduser("~")
    roots = [variables.get("PYENV_ROOT", ""), variables.get("PYENV", ""), os.path.join(home, ".pyenv")]
    roots.append(os.path.join(home, ".pyenv", "pyenv-win"))
    for root in filter(None, roots):
        versions = os.path.join(root, "versions")
        try:
            names = os.listdir(versions)
        except (OSError, ValueError):  # not there, not ours to read; a name with a null byte
            continue
        for name in sorted((name for name in names if name.startswith(f"{version}.")), key=_numbers, reverse=True):
            for place in (os.path.join("bin", f"python{version}"), "python.exe"):
                if os.path.isfile(os.path.join(versions, name, place)):
                    return os.path.join(versions, name, place)
    return ""


def _numbers(name: str) -> Tuple[List[int], str]:
    return [int(number) for number in re.findall(r"\d+", name)], name


def _registered(version: str) -> str:
    """The Python of that version which the registry of Windows names, as the launcher `py` would find it."""
    if sys.platform != "win32":
        return ""
    import winreg

    for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        try:
            with winreg.OpenKey(hive, rf"SOFTWARE\Python\PythonCore\{version}\InstallPath") as key:
                place = os.path.join(str(winreg.QueryValueEx(key, "")[0]), "python.exe")
        except OSError:
            continue
        if os.path.isfile(place):
            return place
    return ""
