"""What projects ask for: pyproject.toml (PEP 621, Poetry, dependency groups) and Pipfile."""

import re
from typing import Any, Dict, List, Tuple

from fcnn.environment.facts import normalised
from fcnn.environment.listed.addresses import named_by
from fcnn.environment.listed.model import Entry, Listing, Place, PythonHint
from fcnn.environment.listed.requirements import EXPECTED, read_line, read_requirements
from fcnn.environment.listed.text import decoded, read_bytes
from fcnn.environment.listed.toml_reading import Finder, table_in, text_at, texts_at
from fcnn.environment.listed.versions import Wanted, exactly, of_poetry
from fcnn.errors import ListingError

_MARKER_KEYS = (
    *("sys_platform", "platform_machine", "platform_system"),
    *("python_version", "python_full_version", "os_name"),
)
"""Variables of markers that stand as keys in a Pipfile: `sys_platform = "== 'win32'"`."""
_SEVERAL_PLACES = 3000
"""Above so many packages their lines are not looked for: no project that is written by hand has them."""


def read_pyproject(document: Dict[str, Any], text: str, place: Place, listing: Listing) -> None:
    """Read pyproject.toml: what the project itself needs, without its extras; groups only where it needs nothing."""
    finder = Finder(text, place)
    project, poetry = table_in(document, "project"), table_in(document, "tool", "poetry")
    requires = text_at(project, "requires-python")
    if requires:
        listing.pythons.append(PythonHint(requires, finder.where(r"^\s*requires-python\b"), requires))
    needs = poetry.get("dependencies")
    _read_texts(project, "dependencies", finder, finder.heading(r"^\s*\[project\]"), place, listing)
    if isinstance(needs, dict):
        _read_table(needs, finder, finder.heading(r"^\s*\[tool\.poetry\.dependencies\]"), listing)
    for file in _dynamic_files(document):
        _read_file(file, place, finder.where(r"^\s*dependencies\s*="), listing)
    if not listing.entries:
        groups = table_in(document, "dependency-groups")
        for group in groups:
            _read_texts(groups, group, finder, finder.heading(r"^\s*\[dependency-groups\]"), place, listing)


def read_pipfile(document: Dict[str, Any], text: str, place: Place, listing: Listing) -> None:
    """Read a Pipfile: its packages, without those for development."""
    finder = Finder(text, place)
    requires = table_in(document, "requires")
    for key in ("python_full_version", "python_version"):
        version = text_at(requires, key)
        if version:
            listing.pythons.append(PythonHint(version, finder.where(rf"^\s*{key}\b"), version))
    _read_table(table_in(document, "packages"), finder, finder.heading(r"^\s*\[packages\]"), listing)


def _read_texts(table: Dict[str, Any], key: str, finder: Finder, heading: int, place: Place, listing: Listing) -> None:
    """An array of requirements as pip writes them."""
    value = table.get(key)
    if value is not None and not isinstance(value, list):
        listing.refuse(f"`{key}` is no array of requirements", finder.where(rf"^\s*{re.escape(key)}\s*=", heading))
        return
    known = len(value or []) <= _SEVERAL_PLACES
    for item in texts_at(table, key):
        where = finder.where(rf"""["']{re.escape(item[:200])}""", heading) if known and item else place.name
        if not item.strip() or item.lstrip().startswith("-"):
            listing.refuse("this is no requirement", where, EXPECTED, item)
        else:
            read_line(item.strip(), place, where, listing)


def _read_table(table: Dict[str, Any], finder: Finder, heading: int, listing: Listing) -> None:
    """A table of Poetry or Pipenv: a name and a constraint, or a table or several with one."""
    known = len(table) <= _SEVERAL_PLACES
    for name, value in table.items():
        where = finder.where(rf"""^\s*["']?{re.escape(name)}["']?\s*[=.\]]""", heading if known else 1 << 30)
        for item in value if isinstance(value, list) else [value]:
            options: Dict[str, Any] = item if isinstance(item, dict) else {}
            constraint = item if isinstance(item, str) else text_at(options, "version")
            wanted = of_poetry(constraint)
            if not re.match(r"[A-Za-z0-9][\w.-]*$", name) or wanted is None or not isinstance(item, (str, dict)):
                listing.refuse("this is no constraint of a package", where, '`numpy = "^1.19.5"`', f"{name} = {item!r}")
            elif normalised(name) == "python":
                listing.pythons.append(PythonHint(constraint, where, f'python = "{constraint}"'))
            elif options.get("optional") is not True:
                listing.take(_of_options(name, wanted, options, where))


def _of_options(name: str, wanted: Wanted, options: Dict[str, Any], where: str) -> Entry:
    """An entry with the conditions that stand beside its version."""
    for key in ("url", "file", "path"):
        version = named_by(text_at(options, key))[1]
        wanted = exactly(version) if version else wanted
    markers = [
        text_at(options, "markers"),
        *(f"{key} {text_at(options, key)}" for key in _MARKER_KEYS if text_at(options, key)),
    ]
    platform = text_at(options, "platform")
    if platform:
        markers.append(f"sys_platform == '{platform}'")
    marker = " and ".join(f"({item})" for item in markers if item)
    return Entry(normalised(name), where, *wanted, marker=marker, pythons=text_at(options, "python"))


def _dynamic_files(document: Dict[str, Any]) -> Tuple[str, ...]:
    """Requirements files that setuptools is told to take the dependencies from."""
    dynamic = table_in(document, "tool", "setuptools", "dynamic", "dependencies")
    files: List[str] = texts_at(dynamic, "file") or [text_at(dynamic, "file")]
    return tuple(filter(None, files))


def _read_file(path: str, place: Place, where: str, listing: Listing) -> None:
    nested = place.beside(path)
    try:
        read_requirements(decoded(read_bytes(nested.name, where), nested.name), nested, listing)
    except ListingError as error:
        listing.problems.extend(error.problems)
