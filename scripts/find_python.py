"""Looks for Pythons of a version where they usually are; standard library only, Python 3.6 or later."""

import ast
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Iterator, List, NamedTuple, Optional, Tuple

WINDOWS = os.name == "nt"

# Answers for a 64-bit CPython that can make environments. It is named with its version where it can be, since
# `python3` may be another one after an upgrade, and with ascii(), since not every console encodes every path.
PROBE = """
import ensurepip, os, platform, sys, venv
exe = os.path.join(os.path.dirname(sys.executable), "python%d.%d" % sys.version_info[:2])
if sys.implementation.name == "cpython" and sys.maxsize > 2**32:
    exe = exe if os.path.exists(exe) else sys.executable
    print(ascii((exe, sys.version_info[:3], sys.platform, platform.machine())))
"""


class Python(NamedTuple):
    """An interpreter that was seen running and can make environments."""

    exe: str
    version: Tuple[int, ...]
    platform: Tuple[str, str]
    """sys.platform and platform.machine()."""


def probe(*command: str) -> Optional[Python]:
    """The Python behind a command; None where it does not run (as a pyenv shim may not) or is of no use."""
    try:
        done = subprocess.run(
            [*command, "-I", "-c", PROBE],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
        exe, version, system, machine = ast.literal_eval(done.stdout.decode("ascii"))
    except (OSError, ValueError, SyntaxError, subprocess.TimeoutExpired):
        return None
    return Python(exe, version, (system, machine))


def candidates(version: str) -> Iterator[Tuple[str, ...]]:
    """Commands that may be a Python of that version ("3.8"), the likely ones first; none was tried yet."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home raises for a user without a home)
    for name in (f"python{version}", "python3", "python"):
        for folder in filter(None, os.get_exec_path()):
            found = shutil.which(name, path=folder)
            if found:
                yield (found,)
    if WINDOWS:
        yield "py", f"-{version}"
    for folder in [*pyenv(version, home), *conda(version, home), *uv(version, home)]:
        yield (str(folder / "python.exe" if WINDOWS else folder / "bin" / "python"),)


def pyenv(version: str, home: Path) -> Iterator[Path]:
    """Installations of pyenv and pyenv-win."""
    own = [os.environ.get("PYENV_ROOT"), os.environ.get("PYENV")]
    for root in filter(None, [*own, home / ".pyenv", home / ".pyenv" / "pyenv-win"]):
        yield from newest_first(Path(root) / "versions", f"{version}*")


def conda(version: str, home: Path) -> Iterator[Path]:
    """Conda's base and named environments that have it."""
    roots = [Path(os.environ["CONDA_PREFIX"])] if os.environ.get("CONDA_PREFIX") else []
    if os.environ.get("CONDA_EXE"):  # ROOT/bin/conda or ROOT/Scripts/conda.exe
        roots.append(Path(os.environ["CONDA_EXE"]).parent.parent)
    shared = [Path(os.environ[name]) for name in ("LOCALAPPDATA", "PROGRAMDATA") if os.environ.get(name)]
    for parent in [home, home / "opt", Path("/opt"), *shared]:
        roots += [parent / name for name in ("miniconda3", "anaconda3", "miniforge3", "mambaforge", "conda")]
    for root in roots:
        for folder in [root, *sorted(root.glob("envs/*"))]:
            if any(folder.glob(f"conda-meta/python-{version}.*.json")):
                yield folder


def uv(version: str, home: Path) -> Iterator[Path]:
    """Pythons that uv has downloaded."""
    own = os.environ.get("UV_PYTHON_INSTALL_DIR")
    data = os.environ.get("APPDATA" if WINDOWS else "XDG_DATA_HOME") or home / ".local" / "share"
    folder = Path(own) if own else Path(data) / "uv" / "python"
    yield from newest_first(folder, f"cpython-{version}.*")


def newest_first(folder: Path, pattern: str) -> List[Path]:
    """The matching folders, by the numbers in their names."""

    def numbers(path: Path) -> List[int]:
        return [int(number) for number in re.findall(r"\d+", path.name)]

    return sorted(folder.glob(pattern), key=numbers, reverse=True)
