"""The facts of another environment, from its folder alone: nothing of it is run or imported."""

# ruff: noqa: PTH100, PTH110, PTH111, PTH114, PTH118, PTH119, PTH120
# (no pathlib: see packages.py)

import contextlib
import os
import shutil
import sys
from dataclasses import replace
from typing import Dict, Iterator, List, Optional, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.reading.built_for import described_machine
from fcnn.environment.reading.gpu import read_gpu
from fcnn.environment.reading.import_path import import_path
from fcnn.environment.reading.installing import install_command, installer_of, shell_of
from fcnn.environment.reading.interpreter import relevant_variables
from fcnn.environment.reading.layout import Layout, is_python, read_configuration, read_layout
from fcnn.environment.reading.packages import read_packages
from fcnn.environment.reading.safely import entries, is_folder, printable, same_folder
from fcnn.environment.reading.thorough import site_folders, with_details
from fcnn.errors import ListingError, Problem

EXPECTED = (
    "an interpreter (python, python3.8, python.exe), the folder of an environment (venv, virtualenv, conda, pyenv), "
    "or its bin or Scripts folder"
)


def read_environment(path: str) -> Facts:
    """Read the facts of the environment that a path leads to.

    Args:
        path: An interpreter, the folder of an environment, or its bin or Scripts folder; a bare name (``python3.8``)
            is looked for in PATH.

    Raises:
        ListingError: Nothing is there, or it is no Python environment.
    """
    layout = _find(path)
    system_here = _system_here()
    # Of another system are only its files: neither this shell's variables nor the user's folders are its own.
    is_foreign = layout.windows != (system_here == "Windows")
    variables = {} if is_foreign else relevant_variables()
    more = {} if is_foreign or not layout.windows else {"APPDATA": os.environ.get("APPDATA", "")}
    home = "" if is_foreign else os.path.expanduser("~")
    packages = read_packages(import_path(layout, {**variables, **more}, home))
    machine = described_machine(packages.folders, "Windows" if layout.windows else "", system_here)
    installer = installer_of(packages, layout.prefix)
    conda = is_folder(os.path.join(layout.prefix, "conda-meta"))
    facts = Facts(
        packages=dict(sorted(packages.versions.items())),
        python=layout.python,
        implementation=layout.implementation,
        kind="environment",
        source=printable(path),
        in_virtual_environment=conda or layout.configuration is not None,
        prefix=printable(layout.prefix),
        executable=printable(layout.executable),
        installer=installer,
        install_command=install_command(installer, "pip" in packages.versions, layout.executable, layout.prefix),
        variables=variables,
        places=packages.places,
        duplicates=packages.duplicates,
        leftovers=packages.leftovers,
        hidden=packages.hidden,
        **machine,
    )
    facts = replace(facts, shell=shell_of(facts.system))
    if facts.system == system_here:
        facts = replace(facts, gpu=read_gpu(site_folders(packages)))
    return with_details(facts, packages, layout.prefix)


def _system_here() -> str:
    return {"win32": "Windows", "darwin": "Darwin"}.get(sys.platform, "Linux")


def _find(path: str) -> Layout:
    """The environment that a path leads to.

    Raises:
        ListingError: It leads to none.
    """
    if not path or "\0" in path:
        raise ListingError(Problem("no environment is named", where=printable(path), expected=EXPECTED))
    here = os.path.expanduser(path)
    with contextlib.suppress(OSError):  # a current folder that somebody deleted
        here = os.path.abspath(here)
    if not os.path.lexists(here) and not any(sign in path for sign in "/\\"):
        here = shutil.which(path) or here
    if not os.path.lexists(here):
        raise ListingError(Problem("there is no such file or folder", where=printable(path), expected=EXPECTED))
    layout = _of_folder(here) if is_folder(here) else _of_executable(here)
    if layout is not None:
        return layout
    received, hint = _what_it_is(here)
    raise ListingError(
        Problem("this is no Python environment", where=printable(path), expected=EXPECTED, received=received, hint=hint)
    )


def _of_folder(folder: str) -> Optional[Layout]:
    if os.path.basename(folder).lower() in ("bin", "scripts"):
        return read_layout(os.path.dirname(folder))
    return read_layout(folder)


def _of_executable(file: str) -> Optional[Layout]:
    """The environment of an interpreter: as Python itself finds it.

    A venv's Python is a link to another's, and what makes it a venv is the pyvenv.cfg beside the link; where none
    is there, what the link leads to counts. So a further link to a venv's Python is no venv's.
    """
    folder = os.path.dirname(file)
    resolved = os.path.realpath(file)
    if not is_python(os.path.basename(file)) and not is_python(os.path.basename(resolved)):
        return None
    for prefix in (os.path.dirname(folder), folder):
        if read_configuration(prefix) is not None:
            return read_layout(prefix, file)
    for prefix in _prefixes(os.path.dirname(resolved)):
        # The folder as it was written, where it is the same.
        written = next(filter(lambda item: same_folder(item, prefix), _prefixes(folder)), "")
        layout = read_layout(written or prefix, file if written else resolved)
        if layout is not None:
            return layout
    return None


def _prefixes(folder: str) -> List[str]:
    """The folders that may be the environment of an interpreter in `folder`, the likelier first."""
    above = os.path.dirname(folder)
    return [above, folder] if os.path.basename(folder).lower() in ("bin", "scripts") else [folder]


def _what_it_is(path: str) -> Tuple[str, str]:
    """What there is instead of an environment, and what may have been meant."""
    if not is_folder(path):
        if os.path.basename(os.path.dirname(path)) == "shims":
            return "a script of pyenv that starts one of several Pythons", "give what `pyenv which python` prints"
        if os.path.islink(path) and not os.path.exists(path):
            return f"a link to {printable(os.path.realpath(path))}, which is not there", ""
        return ("an interpreter without its library" if is_python(os.path.basename(path)) else "a file"), ""
    if not os.access(path, os.R_OK | os.X_OK):
        return "a folder that is not yours to read", ""
    inside = sorted(_environments_in(path))
    hint = f"did you mean `{'`, `'.join(map(printable, inside[:3]))}`?" if inside else ""
    return "a folder without a Python in it", hint


def _environments_in(folder: str) -> Iterator[str]:
    """Environments one folder further down (a project's .venv), or below ``envs`` (conda) or ``versions`` (pyenv)."""
    for place in (folder, os.path.join(folder, "envs"), os.path.join(folder, "versions")):
        for entry in entries(place)[:200]:
            if is_folder(entry.path) and _looks_like_one(entry.path):
                yield entry.path


def _looks_like_one(folder: str) -> bool:
    names: Dict[str, bool] = {entry.name.lower(): True for entry in entries(folder)}
    return "pyvenv.cfg" in names or "conda-meta" in names or ("lib" in names and "bin" in names)
