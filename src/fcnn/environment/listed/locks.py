"""Locks with one resolution for several Pythons: poetry.lock, pdm.lock, pylock.toml (PEP 751), Pipfile.lock."""

import json
import re
from typing import Any, Dict, List, Mapping, Sequence, Tuple

from fcnn.environment.facts import normalised
from fcnn.environment.listed.addresses import named_by
from fcnn.environment.listed.markers import holds
from fcnn.environment.listed.model import Entry, Environment, Listing, Place, PythonHint
from fcnn.environment.listed.toml_reading import Finder, table_in, tables_in, text_at, texts_at
from fcnn.environment.listed.versions import LONGEST, allows, exactly, of_poetry, parsed_range


def read_poetry_lock(document: Dict[str, Any], text: str, place: Place, listing: Listing) -> None:
    """Read poetry.lock; of a package that it holds in several versions those that the others ask for."""
    pythons = text_at(table_in(document, "metadata"), "python-versions")
    finder = Finder(text, place)
    _hint(pythons, finder.where(r"^\s*python-versions\s*=", finder.heading(r"^\[metadata\]")), listing)
    packages: List[Dict[str, Any]] = []
    for block, where in _blocks(document, "package", text, place, listing):
        groups = texts_at(block, "groups")
        of_development = text_at(block, "category") == "dev" or (groups and "main" not in groups)
        if not of_development and block.get("optional") is not True:
            packages.append({**block, "where": where})

    def resolve(environment: Environment) -> Sequence[Entry]:
        fitting = [
            block
            for block in packages
            if allows(text_at(block, "python-versions"), environment["python_full_version"])
            and holds(_poetry_marker(block), environment)
        ]
        by_name: Dict[str, List[Dict[str, Any]]] = {}
        for block in fitting:
            by_name.setdefault(normalised(text_at(block, "name")), []).append(block)
        asked: Dict[str, List[str]] = {}
        for block in fitting:
            for name, wanted in table_in(block, "dependencies").items():
                for item in wanted if isinstance(wanted, list) else [wanted]:
                    versions = item if isinstance(item, str) else text_at(item, "version")
                    if holds("" if isinstance(item, str) else text_at(item, "markers"), environment):
                        asked.setdefault(normalised(name), []).append(versions)
        return [_chosen(name, blocks, asked.get(name, [])) for name, blocks in by_name.items()]

    listing.resolutions.append(resolve)


def read_pdm_lock(document: Dict[str, Any], text: str, place: Place, listing: Listing) -> None:
    """Read pdm.lock: the packages of the group `default`."""
    metadata = table_in(document, "metadata")
    pythons = [text_at(target, "requires_python") for target in tables_in(metadata, "targets")]
    if len(pythons) == 1:
        _hint(pythons[0], Finder(text, place).where(r"^\s*requires_python\s*="), listing)
    packages = []
    for block, where in _blocks(document, "package", text, place, listing):
        groups = texts_at(block, "groups")
        if not groups or "default" in groups:
            packages.append({**block, "where": where})

    def resolve(environment: Environment) -> Sequence[Entry]:
        by_name: Dict[str, List[Dict[str, Any]]] = {}
        for block in packages:
            here = allows(text_at(block, "requires_python"), environment["python_full_version"])
            if here and holds(text_at(block, "marker"), environment):
                by_name.setdefault(normalised(text_at(block, "name")), []).append(block)
        return [_chosen(name, blocks, []) for name, blocks in by_name.items()]

    listing.resolutions.append(resolve)


def read_pylock(document: Dict[str, Any], text: str, place: Place, listing: Listing) -> None:
    """Read pylock.toml: what it installs without extras, with the groups that are its default."""
    _hint(text_at(document, "requires-python"), Finder(text, place).where(r"^\s*requires-python\s*="), listing)
    groups = texts_at(document, "default-groups")
    for block, where in _blocks(document, "packages", text, place, listing, need_version=False):
        marker = re.sub(
            r"""(["'])([^"']*)\1\s+(not\s+)?in\s+(extras|dependency_groups)""",
            lambda found: _membership(found.group(2), found.group(3), found.group(4), groups),
            text_at(block, "marker"),
        )
        version = text_at(block, "version")
        if not version:  # what comes from a folder or an archive need not tell it
            for key in ("archive", "sdist"):
                source = table_in(block, key)
                version = version or named_by(text_at(source, "url") or text_at(source, "path"))[1]
        wanted = exactly(version) if version else ("", "")
        listing.take(
            Entry(
                normalised(text_at(block, "name")),
                where,
                *wanted,
                marker=marker,
                pythons=text_at(block, "requires-python"),
            )
        )


def read_pipfile_lock(document: Mapping[str, Any], text: str, place: Place, listing: Listing) -> None:
    """Read Pipfile.lock: its default packages."""
    requires = table_in(document, "_meta", "requires")
    for key in ("python_full_version", "python_version"):
        _hint(text_at(requires, key), place.name, listing)
    position, line = 0, 1
    for name, value in table_in(document, "default").items():
        found = max(position, text.find(json.dumps(name) + ":", position))
        line += text.count("\n", position, found)
        position = found
        wanted = of_poetry(text_at(value, "version")) if isinstance(value, dict) else None
        if wanted is None or not _is_name(name):
            listing.refuse(
                "this entry has no version", place.line(line), '{"version": "==1.19.5"}', f"{name}: {value!r}"
            )
            continue
        listing.take(Entry(normalised(name), place.line(line), *wanted, marker=text_at(value, "markers")))


def _blocks(
    document: Dict[str, Any], key: str, text: str, place: Place, listing: Listing, need_version: bool = True
) -> List[Tuple[Dict[str, Any], str]]:
    """Every package of a lock and its place; what has no name is a problem."""
    tables = tables_in(document, key)
    places = Finder(text, place).blocks(f"[[{key}]]")
    places = places if len(places) == len(tables) else [place.name] * len(tables)
    found = []
    for table, where in zip(tables, places):
        name, version = text_at(table, "name"), text_at(table, "version")
        if not _is_name(name) or (need_version and not version) or len(version) > LONGEST:
            listing.refuse("this entry has no name and version", where, "name and version", str(table)[:300])
        else:
            found.append((table, where))
    return found


def _chosen(name: str, blocks: List[Dict[str, Any]], asked: List[str]) -> Entry:
    """The block whose version all others accept; where that leaves several, the version stays open."""
    ranges = [parsed_range(wanted.versions) for wanted in map(of_poetry, asked) if wanted is not None]
    fitting = [
        block for block in blocks if all(item is None or _contains(item, text_at(block, "version")) for item in ranges)
    ] or blocks
    versions = {text_at(block, "version") for block in fitting}
    wanted = exactly(versions.pop()) if len(versions) == 1 else ("", "")
    return Entry(name, fitting[0]["where"], *wanted)


def _contains(range_: Any, version: str) -> bool:
    try:
        return bool(range_.contains(version))
    except ValueError:  # InvalidVersion
        return True


def _poetry_marker(block: Mapping[str, Any]) -> str:
    """The marker of a package, which may be one for each group."""
    of_main = text_at(table_in(block, "markers"), "main")
    return of_main or text_at(block, "markers")


def _hint(versions: str, where: str, listing: Listing) -> None:
    if versions:
        listing.pythons.append(PythonHint(versions, where, versions))


def _membership(name: str, negated: str, kind: str, groups: List[str]) -> str:
    there = kind == "dependency_groups" and name in groups
    return "python_version > '0'" if there is not bool(negated) else "python_version < '0'"


def _is_name(text: str) -> bool:
    return re.match(r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$", text) is not None
