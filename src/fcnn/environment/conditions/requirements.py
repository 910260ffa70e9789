"""Requirements as packages write them (``numpy>=1.19; python_version < "3.9"``), read and held against versions."""

import re
from functools import lru_cache
from typing import Dict, Mapping, Optional, Tuple

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from fcnn.environment.facts import Facts, normalised
from fcnn.environment.names import line_of

Environment = Tuple[Tuple[str, str], ...]
"""What markers can ask for, and what it is."""

_SIMPLE = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?) *\(?([<>=!~][<>=!~0-9A-Za-z.,*+ ]*)?\)? *$")
"""A requirement without extras, address and marker: nine of ten."""
_FOR_EXTRA = re.compile(r""".*;(?:.*\band\b)? *\(?extra *== *["'][^"']+["'] *\)?$""")
"""What only an extra asks for, and no `or` could bring in otherwise."""


def environment_of(facts: Facts) -> Environment:
    """What markers are evaluated against, for the environment that is judged and not the one that runs."""
    python = facts.python if facts.python.count(".") > 1 else f"{facts.python}.0"
    implementation = facts.implementation
    return tuple(
        sorted(
            {
                "implementation_name": implementation.lower(),
                "implementation_version": python,
                "os_name": "nt" if facts.system == "Windows" else "posix",
                "platform_machine": facts.machine,
                "platform_python_implementation": implementation,
                "platform_release": "",
                "platform_system": facts.system,
                "platform_version": "",
                "python_full_version": python,
                "python_version": line_of(python),
                "sys_platform": {"Windows": "win32", "Darwin": "darwin"}.get(facts.system, facts.system.lower()),
                "extra": "",
            }.items()
        )
    )


@lru_cache(maxsize=2048)
def all_applying(lines: Tuple[str, ...], environment: Environment) -> Tuple[Tuple[str, str], ...]:
    """Every package that some lines ask for, each with its range."""
    asked: Dict[str, str] = {}
    for line in lines:
        applies = applying(line, environment)
        if applies is not None:
            name, range_ = applies
            asked[name] = f"{asked[name]},{range_}" if asked.get(name) and range_ else asked.get(name, "") or range_
    return tuple(asked.items())


def applying(line: str, environment: Environment) -> Optional[Tuple[str, str]]:
    """The package and the range that a line asks for; None where it asks for nothing here, or cannot be read."""
    simple = _SIMPLE.match(line)
    if simple:
        return normalised(simple.group(1)), (simple.group(2) or "").replace(" ", "")
    if " or " not in line and _FOR_EXTRA.match(line):
        return None
    before, _, marker = line.partition(";")
    simple = _SIMPLE.match(before)
    if simple and marker:
        if not _holds(marker.strip(), environment):
            return None
        return normalised(simple.group(1)), (simple.group(2) or "").replace(" ", "")
    return _read_in_full(line, environment)


def _read_in_full(line: str, environment: Environment) -> Optional[Tuple[str, str]]:
    # The guard of every command loads this module and reads no requirement.
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        requirement = Requirement(line)
    except InvalidRequirement:
        return None
    if requirement.marker is not None and not _holds(str(requirement.marker), environment):
        return None
    return normalised(requirement.name), str(requirement.specifier)


@lru_cache(maxsize=1024)
def _holds(marker: str, environment: Environment) -> bool:
    """Whether a marker holds; one that cannot be read or compared does not."""
    from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName

    values: Mapping[str, str] = dict(environment)
    try:
        return Marker(marker).evaluate(dict(values))
    except (InvalidMarker, InvalidVersion, UndefinedComparison, UndefinedEnvironmentName):
        return False


@lru_cache(maxsize=16384)
def contains(range_: str, version: str) -> Optional[bool]:
    """Whether a range contains a version, pre-releases as well; None where one of the two cannot be read."""
    specifiers, parsed = _specifiers(range_), _version(version)
    return None if specifiers is None or parsed is None else specifiers.contains(parsed)


@lru_cache(maxsize=4096)
def _specifiers(text: str) -> Optional[SpecifierSet]:
    try:
        return SpecifierSet(text, prereleases=True)
    except InvalidSpecifier:
        return None


@lru_cache(maxsize=4096)
def _version(text: str) -> Optional[Version]:
    try:
        return Version(text)
    except InvalidVersion:
        return None
