"""Where things lie in the folder of an environment: Python itself, its version, its site-packages."""

# ruff: noqa: PTH118, PTH119
# (no pathlib: see packages.py)

import os
import re
from typing import Dict, List, NamedTuple, Optional, Tuple

from fcnn.environment.reading.safely import entries, is_file, is_folder, start_of, text_of

_LIBRARY = re.compile(r"(python|pypy)(\d+\.\d+)t?\Z")
_EXECUTABLE = re.compile(r"(pythonw?|pypy)(\d+(?:\.\d+)?)?t?(\.exe)?\Z", re.IGNORECASE)
_DLL = re.compile(r"(?:python|libpypy)(\d)\.?(\d+)t?(?:-c)?\.dll\Z", re.IGNORECASE)
_VERSION = re.compile(r"\d+\.\d+(?:\.\d+(?:(?:a|b|rc)\d+)?)?")
_DEFINED = re.compile(rb'^#define[ \t]+PY_VERSION[ \t]+"(\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?)\+?"', re.MULTILINE)


class Layout(NamedTuple):
    """One environment in its folder."""

    prefix: str
    """The folder."""
    library: str
    """The folder below it that has the standard library and site-packages: ``.../lib/python3.8``, ``...\\Lib``."""
    executable: str
    """Its Python, which need not be there in a copy."""
    python: str
    """The version of Python: ``3.8.18``, or ``3.8`` where no more is known."""
    implementation: str
    """CPython or PyPy."""
    windows: bool
    """Whether it is laid out as on Windows."""
    configuration: Optional[Dict[str, str]]
    """What pyvenv.cfg says, in lower case before the ``=``; None where there is none: not a venv."""


def is_python(file_name: str) -> bool:
    """Whether a file is named as an interpreter is: ``python``, ``python3.8``, ``python.exe``, ``pypy3``."""
    return _EXECUTABLE.match(file_name) is not None


def read_layout(prefix: str, executable: str = "") -> Optional[Layout]:
    """What lies in `prefix`, or None where no Python environment does.

    Args:
        prefix: The folder.
        executable: The interpreter in it that was asked for; where several Pythons share the folder, as in /usr, its
            name decides.
    """
    configuration = read_configuration(prefix)
    conda = _conda_version(prefix)
    libraries = _libraries(prefix, is_venv=configuration is not None)
    windows_folder = _child(prefix, "Lib")
    executable = executable or _executable(prefix)
    on_windows = executable.lower().endswith(".exe")
    if libraries:
        library = _chosen(libraries, [_version_in(executable), (configuration or {}).get("version", ""), conda])
        kind, line = _LIBRARY.match(os.path.basename(library)).groups()  # type: ignore[union-attr]
    elif windows_folder and (on_windows or is_folder(os.path.join(windows_folder, "site-packages"))):
        library, kind, line, on_windows = windows_folder, "python", "", True
    else:
        return None
    folder = "Scripts" if configuration is not None else ""
    usual = (folder, "python.exe") if on_windows and not libraries else ("bin", "pypy3" if kind == "pypy" else "python")
    found = [(configuration or {}).get("version", ""), conda, _header_version(prefix, line), _dll_version(prefix)]
    known = [text for text in found if text and (not line or text == line or text.startswith(f"{line}."))]
    python = max([line, *known], key=lambda text: text.count("."))
    if not python:
        return None
    is_pypy = kind == "pypy" or (configuration or {}).get("implementation", "").lower() == "pypy"
    return Layout(
        prefix=prefix,
        library=library,
        executable=executable or os.path.join(prefix, *filter(None, usual)),
        python=python,
        implementation="PyPy" if is_pypy or _has_pypy_dll(prefix) else "CPython",
        windows=on_windows,
        configuration=configuration,
    )


def read_configuration(prefix: str) -> Optional[Dict[str, str]]:
    """The lines of a pyvenv.cfg; None where there is none.

    ``version`` is there always: the longer of its two spellings, or empty.
    """
    file = os.path.join(prefix, "pyvenv.cfg")
    if not is_file(file):
        return None
    found: Dict[str, str] = {}
    for line in text_of(file).splitlines():
        key, equals, value = line.partition("=")
        if equals:
            found[key.strip().lower()] = value.strip()
    versions = [_VERSION.match(found.get(key, "")) for key in ("version", "version_info")]  # venv, virtualenv
    found["version"] = max([match.group() for match in versions if match], key=len, default="")
    return found


def _libraries(prefix: str, is_venv: bool) -> List[str]:
    """The folders ``lib/python3.8`` of a prefix, in no order.

    /usr/local/lib/python3.11 of Debian has packages only and is no Python of its own.
    """
    found = []
    for name in ("lib", "lib64"):
        for entry in entries(os.path.join(prefix, name)):
            if _LIBRARY.match(entry.name) and is_folder(entry.path):
                proof = os.path.join(entry.path, "site-packages" if is_venv else "os.py")
                if is_folder(proof) or is_file(proof):
                    found.append(entry.path)
    return found


def _chosen(libraries: List[str], versions: List[str]) -> str:
    def line(library: str) -> str:
        return _LIBRARY.match(os.path.basename(library)).group(2)  # type: ignore[union-attr]

    for version in versions:
        for library in sorted(libraries):
            if version == line(library) or version.startswith(f"{line(library)}."):
                return library
    return max(sorted(libraries), key=lambda library: tuple(map(int, line(library).split("."))))


def _executable(prefix: str) -> str:
    """The interpreter of a prefix; empty where none is there."""
    for folder in (os.path.join(prefix, "bin"), _child(prefix, "Scripts"), prefix):
        names = {entry.name.lower(): entry.name for entry in entries(folder)} if folder else {}
        plain = [name for name in ("python", "python.exe", "python3", "pypy3", "pypy", "pypy3.exe") if name in names]
        others = sorted(name for name in names if _EXECUTABLE.match(name) and not name.startswith("pythonw"))
        # Below the prefix itself there may be a folder `python`, which is none.
        for name in [*plain, *others]:
            path = os.path.join(folder, names[name])
            if not is_folder(path):
                return path
    return ""


def _child(folder: str, name: str) -> str:
    """A folder by its name in any case, as on Windows; empty where it is not there."""
    found = [entry.path for entry in entries(folder) if entry.name.lower() == name.lower() and is_folder(entry.path)]
    exact = os.path.join(folder, name)
    return exact if exact in found else next(iter(sorted(found)), "")


def _version_in(executable: str) -> str:
    """The version in an interpreter's name, or in that of the file it is a link to."""
    for path in (executable, os.path.realpath(executable)) if executable else ():
        match = _EXECUTABLE.match(os.path.basename(path))
        if match and match.group(2) and "." in match.group(2):
            return match.group(2)
    return ""


def _conda_version(prefix: str) -> str:
    """The version of conda's own record of Python: ``python-3.8.18-h955ad1f_0.json``."""
    found = [
        match.group(1)
        for match in (
            re.match(r"python-(\d+\.\d+\.\d+\w*)-[^-]+\.json\Z", entry.name)
            for entry in entries(os.path.join(prefix, "conda-meta"))
        )
        if match
    ]
    return max(found, key=_numbers) if found else ""


def _header_version(prefix: str, line: str) -> str:
    """The version that Python's C headers define."""
    include = _child(prefix, "include")
    if not include:
        return ""
    below = [entry.path for entry in entries(include) if line and re.match(rf"(python|pypy){line}[a-z]*\Z", entry.name)]
    for folder in [*sorted(below), include]:
        match = _DEFINED.search(start_of(os.path.join(folder, "patchlevel.h"), 1 << 16) or b"")
        if match:
            return match.group(1).decode("ascii")
    return ""


def _dll_version(prefix: str) -> str:
    """The version in the name of Python's DLL: ``python38.dll``, ``python311.dll``; python3.dll has none."""
    for folder in (prefix, _child(prefix, "Scripts")):
        for entry in entries(folder) if folder else ():
            match = _DLL.match(entry.name)
            if match:
                return f"{match.group(1)}.{match.group(2)}"
    return ""


def _has_pypy_dll(prefix: str) -> bool:
    return any(entry.name.lower().startswith("libpypy") for entry in entries(prefix))


def _numbers(version: str) -> Tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
