"""pip's requirements files, and what `pip freeze` writes: one requirement a line, options, nested files."""

import os
import re
from typing import Iterator, List, Tuple

from packaging.requirements import InvalidRequirement, Requirement

from fcnn.environment.facts import normalised
from fcnn.environment.listed.addresses import named_by, takes_for_address
from fcnn.environment.listed.corrections import corrected
from fcnn.environment.listed.model import Entry, Listing, Place, shortened
from fcnn.environment.listed.text import decoded, read_bytes
from fcnn.environment.listed.versions import LONGEST, exactly, of_pep440
from fcnn.errors import ListingError, did_you_mean

EXPECTED = "a requirement such as `numpy==1.19.5`"
_NESTED = {"-r": False, "--requirement": False, "-c": True, "--constraint": True}
"""Options that read another file, and whether it holds constraints."""
_EDITABLE = ("-e", "--editable")
_OTHER = (
    *("-i", "--index-url", "--pypi-url", "--extra-index-url", "--no-index", "-f", "--find-links", "--trusted-host"),
    *("--no-binary", "--only-binary", "--prefer-binary", "--pre", "--require-hashes", "--use-feature", "--no-deps"),
    *("-Z", "--always-unzip", "--use-wheel", "--no-use-wheel", "--process-dependency-links", "--find-directory"),
)
"""Options that change where packages come from, not which."""
_CAPTURED = re.compile(r"(\[notice\]|WARNING: |DEPRECATION: |Collecting |Using )")
"""What pip says beside its answer, where both were written to one file."""
_EDITABLE_COMMENT = re.compile(r"#\s*Editable .*\(([A-Za-z0-9][\w.-]*)==([^\s)]+)\)\s*$")
"""How `pip freeze` tells the version of what is installed from a folder."""
_LONGEST_LINE = 2000


def read_requirements(text: str, place: Place, listing: Listing, constraint: bool = False) -> None:
    """Read a requirements file with all that it includes."""
    lines = re.split(r"\r\n|\r|\n", text)
    named_before = ""
    for number, line in _joined(lines):
        comment = _EDITABLE_COMMENT.match(line.strip())
        if comment:
            listing.take(
                Entry(
                    normalised(comment.group(1)), place.line(number), *exactly(comment.group(2)), constraint=constraint
                )
            )
            named_before = comment.group(1)
            continue
        content = re.sub(r"(^|\s)#.*$", "", line).strip()
        if content and not _CAPTURED.match(content):
            if not (named_before and content.startswith(_EDITABLE)):
                read_line(content, place, place.line(number), listing, constraint)
            named_before = ""


def read_line(text: str, place: Place, where: str, listing: Listing, constraint: bool = False) -> None:
    """Read one line without comment: a requirement, or an option of pip.

    Args:
        text: The line.
        place: The file, to which its paths are relative.
        where: The line's place, for messages.
        listing: Takes in what is read.
        constraint: Whether the file only limits versions.
    """
    words = text.split(" ")
    if not text.startswith("-"):
        # options of a single requirement: --hash, --config-settings, ...
        ends = (number for number, word in enumerate(words) if word.startswith("--") or word == "-C")
        text = " ".join(words[: next(ends, None)]).rstrip()
    if len(text) > _LONGEST_LINE:
        listing.refuse("the line is too long to be a requirement", where, EXPECTED, text)
        return
    if text.startswith("-"):
        _read_option(text, place, where, listing, constraint)
        return
    if takes_for_address(text):
        address, _, marker = text.partition(" ;")
        _add_address(address, marker.strip(), where, listing, constraint)
        return
    try:
        requirement = Requirement(text)
        wanted = of_pep440(str(requirement.specifier))
    except (InvalidRequirement, ValueError, RecursionError):
        wanted = None
    if wanted is None:
        _add_unusual(text, where, listing, constraint)
        return
    if requirement.url:
        # a build of conda's (file:///C:/ci/numpy_1603/work) names the package and not the version
        version = named_by(requirement.url)[1]
        wanted = exactly(version) if version else wanted
    marker = str(requirement.marker) if requirement.marker else ""
    listing.take(Entry(normalised(requirement.name), where, *wanted, marker=marker, constraint=constraint))


def _joined(lines: List[str]) -> Iterator[Tuple[int, str]]:
    """Lines that a backslash continues as one, with the number of the first."""
    start = 0
    parts: List[str] = []
    for number, line in enumerate(lines, 1):
        start = start if parts else number
        if line.endswith("\\") and not line.lstrip().startswith("#"):
            parts.append(line[:-1])
            continue
        yield start, " ".join([*parts, line]) if parts else line
        parts = []
    if parts:
        yield start, " ".join(parts)


def _read_option(text: str, place: Place, where: str, listing: Listing, constraint: bool) -> None:
    found = re.match(r"(--[A-Za-z-]+|-[A-Za-z])(?:\s*=\s*|\s*)(.*)$", text)
    option, value = (found.group(1), found.group(2).strip().strip("\"'")) if found else (text, "")
    if option in _NESTED:
        _include(value, place, where, listing, constraint or _NESTED[option])
    elif option in _EDITABLE:
        _add_address(value.partition(" ;")[0], value.partition(" ;")[2].strip(), where, listing, constraint)
    elif option not in _OTHER:
        known = [*_NESTED, *_EDITABLE, *_OTHER]
        hint = did_you_mean(option, [name for name in known if name.startswith("--")]) if found else ""
        listing.refuse("this is no option of a requirements file", where, EXPECTED, text, hint)


def _include(path: str, place: Place, where: str, listing: Listing, constraint: bool) -> None:
    if not path:
        listing.refuse("the name of the file to include is missing", where, "-r FILE")
        return
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", path) and not path.startswith("file:"):
        listing.refuse(
            "a list at an address is not fetched", where, "a file", path, "save it beside this one and include that"
        )
        return
    nested = place.beside(re.sub(r"^file:(//)?", "", path))
    real = os.path.realpath(nested.name)
    if real in listing.seen or len(listing.seen) > 500:
        return
    listing.seen.add(real)
    try:
        text = decoded(read_bytes(nested.name, where), nested.name)
    except ListingError as error:
        listing.problems.extend(error.problems)
        return
    read_requirements(text, nested, listing, constraint)


def _add_address(address: str, marker: str, where: str, listing: Listing, constraint: bool) -> None:
    """A package that is installed from an address or a path; one without a name there (``-e .``) stays unknown."""
    name, version = named_by(address)
    if name:
        wanted = exactly(version) if version else ("", "")
        listing.take(Entry(normalised(name), where, *wanted, marker=marker, constraint=constraint))


def _add_unusual(text: str, where: str, listing: Listing, constraint: bool) -> None:
    """What pip freeze writes of versions from before PEP 440; anything else is a mistake."""
    found = re.match(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)===?(\d[A-Za-z0-9.!+_-]*)$", text)
    if found and len(found.group(2)) <= LONGEST and not re.search(r"\.[xX](\.|$)", text):
        listing.take(
            Entry(normalised(found.group(1)), where, f"==={found.group(2)}", found.group(2), constraint=constraint)
        )
        return
    better = corrected(text)
    hint = f"did you mean {better}?" if better else ""
    listing.refuse("this is no requirement", where, EXPECTED, shortened(text), hint)
