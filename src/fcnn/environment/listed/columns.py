"""What tools print as tables or JSON: `pip list`, `conda list`, `conda list --export`, conda's explicit lists."""

import json
import re
from typing import Any, List, Optional, Tuple

from fcnn.environment.listed.conda_names import add_conda
from fcnn.environment.listed.model import Listing, Place
from fcnn.environment.listed.versions import exactly
from fcnn.errors import ListingError, Problem

_RULE = re.compile(r"[\s\u2500\u2501-]+$")
"""The line of dashes under a header."""


def read_pip_table(text: str, place: Place, listing: Listing) -> None:
    """`pip list`: a header, dashes, name and version a row, perhaps the folder it is installed from."""
    for number, line in _rows_after(r"\s*Package\s+Version\b", text):
        columns = line.split()
        if line.startswith(("[notice]", "WARNING:", "DEPRECATION:")):
            continue
        if len(columns) < 2 or not _is_name(columns[0]) or not re.match(r"\d", columns[1]):
            listing.refuse("this is no row of `pip list`", place.line(number), "a name and a version", line)
            continue
        listing.add(columns[0], place.line(number), *exactly(columns[1]))


def read_conda_table(text: str, place: Place, listing: Listing) -> None:
    """`conda list`, also that of mamba and micromamba: name, version, build and channel a row."""
    for number, line in _rows_after(r"\s*#?\s*Name\s+Version\s+Build\b", text):
        columns = line.split()
        if len(columns) < 2 or line.startswith("#"):
            if not line.startswith("#"):
                listing.refuse("this is no row of `conda list`", place.line(number), "a name and a version", line)
            continue
        _add(listing, columns[0], columns[1], "pypi" in columns[2:], place.line(number), line)


def read_conda_export(text: str, place: Place, listing: Listing) -> None:
    """`conda list --export`: name=version=build."""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        parts = line.split("=")
        if len(parts) != 3 or not all(parts):
            listing.refuse("this is no line of `conda list --export`", place.line(number), "name=version=build", line)
            continue
        _add(listing, parts[0], parts[1], parts[2].startswith("pypi"), place.line(number), line)


def read_explicit(text: str, place: Place, listing: Listing) -> None:
    """`conda list --explicit`: the address of each archive, whose name ends in -version-build."""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith(("#", "@EXPLICIT")):
            continue
        file = re.split(r"[\\/]", line.partition("#")[0])[-1]
        parts = re.sub(r"\.(tar\.bz2|conda)$", "", file).rsplit("-", 2)
        if len(parts) != 3 or not parts[0] or not re.match(r"\d", parts[1]):
            listing.refuse(
                "this is no line of an explicit list of conda's",
                place.line(number),
                "the address of an archive, name-version-build.conda",
                line,
            )
            continue
        _add(listing, parts[0], parts[1], False, place.line(number), "-".join(parts[:2]))


def read_json(text: str, place: Place, listing: Listing) -> bool:
    """`pip list --format=json`, `pip inspect`, `conda list --json`: whether it is one of them."""
    document = load_json(text, place.name)
    rows: Optional[List[Any]] = document if isinstance(document, list) else None
    if isinstance(document, dict):
        for key in ("installed", "install"):
            if isinstance(document.get(key), list):
                rows = [row.get("metadata") if isinstance(row, dict) else row for row in document[key]]
    if rows is None:
        return False
    position, line = 0, 1
    for count, row in enumerate(rows, 1):
        name, version = (row.get("name"), row.get("version")) if isinstance(row, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(version, str):
            listing.refuse(
                f"entry {count} has no name and version", place.name, '{"name": ..., "version": ...}', str(row)[:300]
            )
            continue
        found = max(position, text.find(json.dumps(name), position))
        line += text.count("\n", position, found)
        position, where = found, place.line(line)
        of_conda = "channel" in row and row.get("channel") != "pypi"
        _add(listing, name, version, not of_conda, where, f"{name} {version}")
    return True


def load_json(text: str, name: str) -> Any:
    """The content of a JSON file.

    Raises:
        ListingError: it is none.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise ListingError(
            Problem(
                f"this is no valid JSON: {getattr(error, 'msg', None) or 'it is nested too deeply'}",
                f"{name}:{line}" if line else name,
            )
        ) from None


def _rows_after(header: str, text: str) -> List[Tuple[int, str]]:
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if re.match(header, line)), -1)
    rows = [(number, line.strip()) for number, line in enumerate(lines[start + 1 :], start + 2)]
    return [(number, line) for number, line in rows if line and not _RULE.match(line)]


def _add(listing: Listing, name: str, version: str, of_pip: bool, where: str, text: str) -> None:
    if of_pip:
        listing.add(name, where, *exactly(version))
    else:
        add_conda(listing, name, exactly(version), where, text)


def _is_name(text: str) -> bool:
    return re.match(r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$", text) is not None
