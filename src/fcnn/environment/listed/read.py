"""Reads a list: recognises its format by name and content, and turns it into facts."""

# ruff: noqa: PTH119, PTH120
# (no pathlib: see text.py)

import contextlib
import json
import os
import re
import sys
from typing import Optional, Union

from fcnn.environment.facts import Facts
from fcnn.environment.listed.columns import (
    read_conda_export,
    read_conda_table,
    read_explicit,
    read_json,
    read_pip_table,
)
from fcnn.environment.listed.conda import read_yaml
from fcnn.environment.listed.locks import read_pdm_lock, read_pipfile_lock, read_poetry_lock, read_pylock
from fcnn.environment.listed.merging import Here, as_facts
from fcnn.environment.listed.model import EnoughProblems, Listing, Place
from fcnn.environment.listed.projects import read_pipfile, read_pyproject
from fcnn.environment.listed.requirements import read_requirements
from fcnn.environment.listed.text import FILES, decoded, read_bytes
from fcnn.environment.listed.toml_reading import load_toml
from fcnn.environment.listed.uv_lock import read_uv_lock
from fcnn.environment.reading.installing import shell_of
from fcnn.environment.reading.machine import machine_facts
from fcnn.errors import ListingError, Problem

_TOML_HEADING = re.compile(r"(?m)^[ \t]{0,20}\[{1,2}(?!notice\b)[A-Za-z][\w.\"' -]{0,200}\]{1,2}[ \t]{0,20}(#.*)?$")
_YAML_KEY = re.compile(r"(?m)^(dependencies|channels|package|metadata):")
_HEAD = 1 << 18
"""By so many letters any format is known."""
_LONGEST_LINE = 10_000
"""Nobody writes longer ones, and some parsers need the square of their length in time."""
_CONDA_EXPORT = re.compile(r"[A-Za-z0-9_][\w.-]*=[^=\s]+=[^=\s]+$")


def read_list(path: str, complete: bool, python: Optional[str] = None) -> Facts:
    """Read a list of packages.

    Args:
        path: The file.
        complete: Whether it lists everything, so that what is not in it is absent.
        python: The Python that it is to be judged for (``3.8``); else what the list says, or that which runs.

    Raises:
        ListingError: it is not there, or not all of it is a list of packages; all problems at once.
    """
    return _read(read_bytes(path), Place(path, os.path.dirname(path)), complete, python)


def read_list_text(content: Union[str, bytes], name: str, complete: bool, python: Optional[str] = None) -> Facts:
    """Read a list that is not in a file; `name` is what it is called in messages, paths in it are relative to here.

    Raises:
        ListingError: not all of it is a list of packages.
    """
    return _read(content, Place(name, ""), complete, python)


def _read(content: Union[str, bytes], place: Place, complete: bool, python: Optional[str]) -> Facts:
    if python and not re.match(r"\d\.\d{1,3}(\.\d{1,3})?$", python):
        raise ListingError(Problem("this is no version of Python", "--python-version", "3.8", python))
    text = content if isinstance(content, str) else decoded(content, place.name)
    text = text.lstrip("\ufeff")
    if isinstance(content, str):
        text = decoded(text.encode("utf-8", "replace"), place.name)
    here = running()
    listing = Listing(place.name, seen={os.path.realpath(place.name)} if "\0" not in place.name else set())
    with contextlib.suppress(EnoughProblems):  # those that were found will be told
        _read_format(text, place, listing, here)
    return as_facts(listing, complete, python or "", here)


def running() -> Here:
    """What runs."""
    machine = machine_facts()
    name = sys.implementation.name
    return Here(
        python="{}.{}.{}".format(*sys.version_info[:3]),
        system=str(machine["system"]),
        machine=str(machine["machine"]),
        implementation={"cpython": "CPython", "pypy": "PyPy"}.get(name, name),
        shell=shell_of(str(machine["system"])),
    )


def _read_format(text: str, place: Place, listing: Listing, here: Here) -> None:
    """Recognise the format and read it; content counts for more than the name."""
    name = os.path.basename(place.name).lower()
    stripped = text.lstrip()
    if name in ("setup.py", "setup.cfg") or name.endswith((".py", ".ipynb")):
        raise ListingError(
            Problem("this is a program, not a list of packages", place.name, FILES, hint="`pip freeze` writes a list")
        )
    if not stripped:
        return
    head = text[:_HEAD]
    lines = enumerate(text.split("\n"), 1)
    too_long = next((number for number, line in lines if len(line) > _LONGEST_LINE), 0)
    of_toml = name.endswith(".toml") or name == "pipfile" or _TOML_HEADING.search(head) is not None
    if name.endswith((".json", "pipfile.lock")) or (stripped[0] in "{[" and not of_toml):
        _read_json_format(text, place, listing)
    elif too_long:
        listing.refuse("the line is too long for a list of packages", place.line(too_long))
    elif re.search(r"(?m)^@EXPLICIT\b", head):
        read_explicit(text, place, listing)
    elif name.endswith((".yml", ".yaml")) or _YAML_KEY.search(head):
        read_yaml(text, place, listing, here.system, here.machine)
    elif of_toml:
        _read_toml_format(text, place, listing)
    elif re.search(r"(?m)^[ \t]{0,20}Package +Version\b", head):
        read_pip_table(text, place, listing)
    elif re.search(r"(?m)^[ \t]{0,20}#?[ \t]{0,20}Name +Version +Build\b", head):
        read_conda_table(text, place, listing)
    elif _is_conda_export(head):
        read_conda_export(text, place, listing)
    else:
        read_requirements(text, place, listing)


def _is_conda_export(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines()]
    content = [line for line in lines if line and not line.startswith("#")]
    return bool(content) and sum(map(bool, map(_CONDA_EXPORT.match, content))) > len(content) / 2


def _read_json_format(text: str, place: Place, listing: Listing) -> None:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict) and isinstance(document.get("default"), dict) and "_meta" in document:
        read_pipfile_lock(document, text, place, listing)
    elif not read_json(text, place, listing):
        listing.refuse(
            "this JSON is no list of packages", place.name, "Pipfile.lock, or the output of `pip list --format=json`"
        )


def _read_toml_format(text: str, place: Place, listing: Listing) -> None:
    document = load_toml(text, place.name)
    metadata = document.get("metadata")
    packages = document.get("package")
    if "lock-version" in document and isinstance(document.get("packages"), list):
        read_pylock(document, text, place, listing)
    elif isinstance(packages, list) and isinstance(metadata, dict) and "lock_version" in metadata:
        read_pdm_lock(document, text, place, listing)
    elif isinstance(packages, list) and isinstance(metadata, dict) and "lock-version" in metadata:
        read_poetry_lock(document, text, place, listing)
    elif isinstance(packages, list):
        read_uv_lock(document, text, place, listing)
    elif isinstance(document.get("packages"), dict):
        read_pipfile(document, text, place, listing)
    elif any(isinstance(document.get(key), dict) for key in ("project", "tool", "dependency-groups", "build-system")):
        read_pyproject(document, text, place, listing)
    else:
        listing.refuse("this TOML is no list of packages", place.name, "pyproject.toml, Pipfile, or a lock")
