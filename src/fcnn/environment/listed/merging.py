"""From entries to facts: which Python is judged, which entries are for it, and what several lines say together."""

from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple

from fcnn.environment.conditions.wheels import has_python
from fcnn.environment.facts import Facts
from fcnn.environment.listed.markers import MarkerError, environment_for, holds
from fcnn.environment.listed.model import Entry, Environment, Listing, Resolution, shortened
from fcnn.environment.listed.text import FILES
from fcnn.environment.listed.versions import allows, parsed_range, parsed_version, single_python
from fcnn.environment.names import TENSORFLOW_NAMES
from fcnn.environment.ranges import interval
from fcnn.environment.rules.published import PYTHONS
from fcnn.environment.rules.tensorflow_requires import required_by_tensorflow
from fcnn.environment.rules.wheels import WHEELS
from fcnn.errors import ListingError, Problem

FROM_OPTION = "as --python-version says"
ALLOWS_SEVERAL = "the one that runs this check; the list allows several"
NAMES_NONE = "the one that runs this check; the list names none"
FIRST_ALLOWED = "the first that the list allows"
"""How the version of Python is known, where no line of the list tells it."""
_MOST_PROBLEMS = 20
_PATCHES = 40
"""More than any line of Python has had."""
_NO_LIST = 5
"""More bad lines that resemble no requirement, and more than others, are of another kind of file."""


@dataclass(frozen=True)
class Here:
    """What runs, for all that a list does not say."""

    python: str
    system: str
    machine: str
    implementation: str
    shell: str = "sh"


def as_facts(listing: Listing, complete: bool, python: str, here: Here) -> Facts:
    """The facts of a list.

    Raises:
        ListingError: lines that are no requirements, or that contradict each other; or there is nothing in it.
    """
    if listing.problems and not listing.entries and not listing.resolutions:
        raise ListingError(*_told(listing))
    judged, python_from = _judged_python(listing, python, here)
    environment = environment_for(judged, here.python, here.system, here.machine, here.implementation)
    entries = _applying(listing, environment)
    merged = _merged(entries, listing)
    if listing.problems:
        raise ListingError(*_told(listing))
    if not merged:
        raise ListingError(_nothing(listing, judged, here))
    return Facts(
        packages={entry.name: entry.pin for entry in merged if entry.pin},
        ranges={entry.name: entry.versions for entry in merged if not entry.pin},
        lines={entry.name: entry.where for entry in merged},
        python=judged,
        python_from=python_from,
        kind="freeze" if complete else "requirements",
        source=listing.name,
        complete=complete,
        for_fcnn=False,
        implementation=here.implementation,
        system=here.system,
        machine=here.machine,
        shell=here.shell,
        installer="conda" if any(entry.conda for entry in merged) else "pip",
        installers={entry.name: "conda" if entry.conda else "pip" for entry in merged},
    )


def _judged_python(listing: Listing, python: str, here: Here) -> Tuple[str, str]:
    """The Python that is judged, and in words how it is known."""
    if python:
        return python, FROM_OPTION
    for hint in listing.pythons:
        single = single_python(hint.versions)
        if single:
            return single, f"{hint.where} ({hint.text})"
    if not listing.pythons:
        return here.python, NAMES_NONE
    if all(allows(hint.versions, here.python) for hint in listing.pythons):
        return here.python, ALLOWS_SEVERAL
    first = _first_allowed(listing)
    return (first, FIRST_ALLOWED) if first else (here.python, ALLOWS_SEVERAL)


def _first_allowed(listing: Listing) -> str:
    """The first line of Python that all hints allow and that TensorFlow has wheels for; empty where there is none."""
    allowed = [
        python
        for python in PYTHONS
        if any(all(allows(hint.versions, f"{python}.{patch}") for hint in listing.pythons) for patch in range(_PATCHES))
    ]
    return next(filter(_has_tensorflow, allowed), next(iter(allowed), ""))


def _has_tensorflow(python: str) -> bool:
    rows = [row for packages in WHEELS.values() for row in packages["tensorflow"]]
    return any(has_python(row, python) for row in rows)


def _applying(listing: Listing, environment: Environment) -> List[Entry]:
    """The entries that are for this Python and this machine."""
    entries = [entry for entry in listing.entries if _applies(entry, environment, listing)]
    for resolution in listing.resolutions:
        entries.extend(_resolved(resolution, environment, listing))
    return entries


def _applies(entry: Entry, environment: Environment, listing: Listing) -> bool:
    try:
        return allows(entry.pythons, environment["python_full_version"]) and holds(entry.marker, environment)
    except MarkerError as error:
        listing.refuse("the environment marker cannot be evaluated", entry.where, received=str(error))
        return False


def _resolved(resolution: Resolution, environment: Environment, listing: Listing) -> Sequence[Entry]:
    try:
        return resolution(environment)
    except MarkerError as error:
        listing.refuse("an environment marker of the lock cannot be evaluated", listing.name, received=str(error))
        return ()


def _merged(entries: Sequence[Entry], listing: Listing) -> List[Entry]:
    """One entry a package; constraints only where something asks for the package."""
    asked: Dict[str, List[Entry]] = {}
    limits: Dict[str, List[Entry]] = {}
    for entry in entries:
        (limits if entry.constraint else asked).setdefault(entry.name, []).append(entry)
    for name, several in asked.items():
        if any(entry.conda for entry in several) and not all(entry.conda for entry in several):
            asked[name] = _installed_last(several)
    merged = {name: _together([*several, *limits.get(name, [])], listing) for name, several in asked.items()}
    # What TensorFlow brings along is asked for as well, by TensorFlow.
    tensorflow = next((merged[name].pin for name in TENSORFLOW_NAMES if name in merged), "")
    for name in required_by_tensorflow(tensorflow):
        if name in limits and name not in merged:
            merged[name] = _together(limits[name], listing)
    return list(merged.values())


def _installed_last(several: Sequence[Entry]) -> List[Entry]:
    """Of what both conda and pip install that of pip, which comes after; unless pip is content with conda's."""
    of_pip = [entry for entry in several if not entry.conda]
    pinned = [entry for entry in several if entry.conda and entry.pin]
    if pinned and not any(entry.pin for entry in of_pip) and all(_accepts(entry, pinned[0].pin) for entry in of_pip):
        return pinned[:1]
    return of_pip


def _together(several: Sequence[Entry], listing: Listing) -> Entry:
    """What several lines say of one package; a contradiction is a problem."""
    pinned = next((entry for entry in several if entry.pin), None)
    first = pinned or several[0]
    for entry in several:
        contradicts = (
            (entry.pin and not _same(entry.pin, pinned.pin)) or not _accepts(entry, pinned.pin)
            if pinned is not None
            else False
        )
        if contradicts and pinned is not None:
            _refuse_pair(pinned, entry, listing)
            return first
    if pinned is not None:
        return first
    versions = ",".join(dict.fromkeys(filter(None, (entry.versions for entry in several))))
    range_ = interval(versions)
    if range_ is not None and range_.empty:
        _refuse_pair(several[0], several[-1], listing)
    return first._replace(versions=versions, conda=all(entry.conda for entry in several))


def _refuse_pair(one: Entry, other: Entry, listing: Listing) -> None:
    if one is other or one.where == other.where:
        listing.refuse(f"no version of {one.name} satisfies this", one.where, received=f"{one.name}{one.versions}")
        return
    listing.refuse(
        f"two lines ask for {one.name}, and no version satisfies both",
        other.where,
        expected=f"{one.name}{one.versions}, as in {one.where}",
        received=f"{other.name}{other.versions}",
        hint="keep one of them",
    )


def _accepts(entry: Entry, version: str) -> bool:
    """Whether an entry is content with a version; one that PEP 440 does not know cannot be held against a range."""
    if entry.pin and _same(entry.pin, version):
        range_ = parsed_range(entry.versions)
        if entry.versions.startswith("===") or parsed_version(version) is None:
            return True
    else:
        range_ = parsed_range(entry.versions)
    return range_ is None or parsed_version(version) is None or range_.contains(version)


def _same(one: str, other: str) -> bool:
    versions: Tuple[Optional[object], Optional[object]] = (parsed_version(one), parsed_version(other))
    return one == other or (None not in versions and versions[0] == versions[1])


def _told(listing: Listing) -> List[Problem]:
    """Problems as they are told: some of them where they are many, so that the reader gets to their end."""
    distinct = list(dict.fromkeys(listing.problems))
    lost = [problem for problem in distinct if not problem.hint]
    if len(lost) > _NO_LIST and len(lost) > len(listing.entries) + len(distinct) - len(lost):
        first = lost[0]
        return [Problem("this is no list of packages", first.where or listing.name, FILES, first.received)]
    told = distinct[:_MOST_PROBLEMS]
    if len(distinct) > len(told):
        more = len(distinct) - len(told)
        told.append(Problem(f"{more} more lines are wrong", listing.name))
    return told


def _nothing(listing: Listing, python: str, here: Here) -> Problem:
    if listing.entries or listing.resolutions:
        hints = f"; it is for {shortened(listing.pythons[0].text)}" if listing.pythons else ""
        return Problem(
            f"the list names no package for Python {python} on {here.system} {here.machine}{hints}",
            listing.name,
            hint="name the Python it is for: --python-version X.Y",
        )
    return Problem("the list names no package", listing.name, FILES)
