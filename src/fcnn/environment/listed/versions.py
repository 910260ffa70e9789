"""Versions as the tools write them, as ranges of PEP 440: Poetry's carets, conda's single ``=``, pins."""

import re
from typing import List, NamedTuple, Optional, Sequence

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

LONGEST = 200
"""No version is longer; `int` refuses numbers of thousands of digits."""


class Wanted(NamedTuple):
    """Which versions are asked for."""

    versions: str = ""
    """The range; empty for any version."""
    pin: str = ""
    """The one version; empty where it is open."""


def parsed_version(text: str) -> Optional[Version]:
    """The version that a text is, or None."""
    try:
        return Version(text) if len(text) <= LONGEST else None
    except InvalidVersion:
        return None


def parsed_range(text: str) -> Optional[SpecifierSet]:
    """The range that a text is, pre-releases included, or None."""
    try:
        return SpecifierSet(text, prereleases=True) if len(text) <= 10 * LONGEST else None
    except (InvalidSpecifier, InvalidVersion):
        return None


def exactly(version: str) -> Wanted:
    """One version; one that PEP 440 does not know (conda's 1.1.1w) is compared letter by letter."""
    version = version.strip()
    return Wanted(f"=={version}" if parsed_version(version) else f"==={version}", version)


def of_pep440(versions: str) -> Optional[Wanted]:
    """A range as pip takes it; None where it is none."""
    specifiers = parsed_range(versions)
    if specifiers is None:
        return None
    for specifier in specifiers:
        if specifier.operator == "===" or (specifier.operator == "==" and not specifier.version.endswith(".*")):
            return Wanted(str(specifiers), specifier.version)
    return Wanted(str(specifiers))


def of_poetry(text: str) -> Optional[Wanted]:
    """A constraint of Poetry or Pipenv: ``^1.2``, ``~1.2``, ``1.2.*``, ``1.2.3``, ``>=1,<2``; None where it is none.

    Alternatives (``^1 || ^2``) leave the version open.
    """
    if "|" in text:
        return Wanted()
    parts = [part for part in re.split(r"\s*,\s*|\s+(?=[<>=!~^])", text.strip()) if part]
    ranges = [_of_poetry_part(re.sub(r"\s+", "", part)) for part in parts]
    return of_pep440(",".join(filter(None, ranges))) if None not in ranges else None


def _of_poetry_part(part: str) -> Optional[str]:
    if part in ("*", ""):
        return ""
    sign, version = part[:1], part[1:]
    if sign == "^" or (sign == "~" and version[:1] != "="):
        parsed = parsed_version(version)
        if parsed is None:
            return None
        release = list(parsed.release)
        kept = 1 if sign == "^" or len(release) == 1 else 2
        if sign == "^":  # up to the first number that is not 0
            kept = next((place for place, number in enumerate(release, 1) if number), len(release))
        return f">={version},<{'.'.join(map(str, [*release[: kept - 1], release[kept - 1] + 1]))}"
    if sign.isdigit():
        return f"=={part}"
    return part if not re.match(r"=[^=]", part) else f"={part}"


def of_conda(text: str, exported: bool = False) -> Wanted:
    """A version of a conda match specification: ``=1.19``, ``==1.19.5``, ``>=1.19,<1.20``, ``1.19.*``, ``1.19.5``.

    ``=1.19`` is any 1.19, and ``=1.19.5`` is 1.19.5. What conda can say and PEP 440 cannot (alternatives, patterns)
    leaves the version open.

    Args:
        text: What stands after the name, without a build.
        exported: Whether conda wrote it itself, so that ``=1.19`` is the whole version.
    """
    text = re.sub(r"\s+", "", text)
    if text in ("", "*", "=*") or re.search(r"[|()^$]", text):
        return Wanted()
    found = re.match(r"=?([^=<>!~,*]+)$", text)
    if found:
        version = found.group(1)
        fuzzy = text.startswith("=") and not exported and version.count(".") < 2
        if not fuzzy:
            return exactly(version)
        return of_pep440(f"=={version}.*") or Wanted()
    parts: List[str] = []
    for part in text.split(","):
        part = re.sub(r"^=?(\d[^*]*?)\.?\*$", r"==\1.*", part)
        part = re.sub(r"^(<=?|>=?)(.*?)\.?\*$", r"\1\2", part)
        part = re.sub(r"^=(?=\d)", "==", part)
        part = re.sub(r"^(?=\d)", "==", part)
        if part != "*":
            parts.append(part)
    return of_pep440(",".join(parts)) or Wanted()


def single_python(versions: str) -> str:
    """The one Python 3 that a version or a range allows (``3.8``; pinned, ``3.8.5``); empty for several."""
    wanted = of_poetry(versions)
    if wanted is None or wanted == Wanted():
        return ""
    if wanted.pin:
        return _as_python(wanted.pin)
    specifiers = parsed_range(wanted.versions)
    allowed = [
        minor
        for minor in range(40)
        if specifiers is not None and any(specifiers.contains(f"3.{minor}.{patch}") for patch in range(40))
    ]
    return f"3.{allowed[0]}" if len(allowed) == 1 else ""


def _as_python(version: str) -> str:
    parsed = parsed_version(version)
    return ".".join(map(str, parsed.release[:3])) if parsed and len(parsed.release) > 1 else ""


def allows(versions: str, python: str) -> bool:
    """Whether a range of Pythons, as Poetry or PEP 440 write it, holds one; what cannot be read holds all."""
    alternatives: Sequence[str] = re.split(r"\s*\|\|?\s*", versions)
    ranges = [of_poetry(alternative) for alternative in alternatives]
    sets = [parsed_range(wanted.versions) for wanted in ranges if wanted is not None]
    return not sets or any(item is None or item.contains(python) for item in sets)
