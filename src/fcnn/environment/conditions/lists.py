"""Conditions on lists of what is still to be installed: what they leave open, and what cannot be installed."""

from typing import TYPE_CHECKING, Iterator, List, Mapping, Sequence, Tuple

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from fcnn.environment.conditions.wheels import has_python, lines_with
from fcnn.environment.facts import Facts
from fcnn.environment.ranges import base_version, interval
from fcnn.environment.rules.published import NEWEST, PYTHONS, newest_for, oldest_for
from fcnn.environment.rules.tensorflow_requires import required_by_tensorflow

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

Fills = Sequence[Mapping[str, str]]

_JUDGED_WITH_TENSORFLOW = ("keras", "numpy", "protobuf")
_X86_64 = ("x86_64", "amd64")


# --- what is left open ---


def tensorflow_left_open(facts: Facts, versions: "Versions") -> Fills:
    """TensorFlow is named in a plan, and its version is not."""
    if facts.kind != "requirements" or versions.distribution not in facts.ranges:
        return []
    return [_asked(facts, versions.distribution)]


def left_open_beside_it(facts: Facts, versions: "Versions") -> Fills:
    """Packages that a plan leaves open beside a TensorFlow of which nobody knows what it needs."""
    if facts.kind != "requirements" or not versions.distribution:
        return []
    if required_by_tensorflow(versions.found.get("tensorflow", "")):
        return []  # the rules know what may be taken beside it
    return [_asked(facts, name) for name in _JUDGED_WITH_TENSORFLOW if name in facts.ranges]


def version_not_told(facts: Facts, versions: "Versions") -> Fills:
    """Packages of a list of what is installed that are named without a version (``numpy @ file:///C:/ci/...``)."""
    if facts.kind != "freeze":
        return []
    names = (versions.distribution, *_JUDGED_WITH_TENSORFLOW)
    return [_asked(facts, name) for name in names if name in facts.ranges]


def _asked(facts: Facts, name: str) -> Mapping[str, str]:
    return {"package": name, "found": facts.ranges[name]}


# --- what cannot be installed ---


def tensorflow_gpu_removed(facts: Facts, versions: "Versions") -> Fills:
    """tensorflow-gpu in a version that there is no more: the index has wheels up to 2.11 and then only a refusal."""
    return _from_index(facts, "tensorflow-gpu", ">=2.12")


def sklearn_refuses(facts: Facts, versions: "Versions") -> Fills:
    """Sklearn in a version that refuses to be installed: all but 0.0."""
    return _from_index(facts, "sklearn", ">0.0")


def _from_index(facts: Facts, name: str, refused: str) -> Fills:
    """A package that pip would take from the index in a refused version: the newest that is asked for."""
    if facts.installers.get(name) == "conda":
        return []
    if name in facts.packages:
        version = base_version(facts.packages[name])
        found = version is not None and SpecifierSet(refused, prereleases=True).contains(version)
        # PEP 440 does not take 0.0.post1 for later than 0.0
        return [{}] if found or ".post" in facts.packages[name] else []
    range_, bad = interval(facts.ranges.get(name, "==0")), interval(refused)
    return [{}] if name in facts.ranges and range_ is not None and bad is not None and range_.meets(bad) else []


# --- wheels ---


def too_old_here(facts: Facts, versions: "Versions") -> Fills:
    """Pinned packages that would have to be compiled for this Python, which TensorFlow has a wheel for."""
    return list(_too_old(facts)) if _has_tensorflow(facts.python, facts, versions) else []


def too_old_but_elsewhere(facts: Facts, versions: "Versions") -> Fills:
    """The same where TensorFlow has none either, and another Python has wheels of all that is pinned."""
    return _with_pythons(facts, versions, list(_too_old(facts)), True)


def too_old_everywhere(facts: Facts, versions: "Versions") -> Fills:
    """The same where no Python has wheels of all."""
    return _with_pythons(facts, versions, list(_too_old(facts)), False)


def too_new_here(facts: Facts, versions: "Versions") -> Fills:
    """Pinned packages that are no longer made for this Python, which TensorFlow has a wheel for."""
    return list(_too_new(facts)) if _has_tensorflow(facts.python, facts, versions) else []


def too_new_but_elsewhere(facts: Facts, versions: "Versions") -> Fills:
    """The same where TensorFlow has none either, and another Python has wheels of all that is pinned."""
    return _with_pythons(facts, versions, list(_too_new(facts)), True)


def too_new_everywhere(facts: Facts, versions: "Versions") -> Fills:
    """The same where no Python has wheels of all."""
    return _with_pythons(facts, versions, list(_too_new(facts)), False)


def _too_old(facts: Facts) -> Iterator[Mapping[str, str]]:
    if facts.machine.lower() not in _X86_64:
        return  # macOS and Linux on ARM had their first wheels later
    for name, version in _pinned(facts):
        oldest = oldest_for(name, facts.python)
        if oldest and version < Version(oldest):
            yield _wheel(name, facts, oldest)


def _too_new(facts: Facts) -> Iterator[Mapping[str, str]]:
    for name, version in _pinned(facts):
        newest = newest_for(name, facts.python)
        if newest and _line(version) > _line(Version(newest)):
            yield _wheel(name, facts, newest)


def _wheel(name: str, facts: Facts, nearest: str) -> Mapping[str, str]:
    return {"package": name, "found": facts.packages[name], "nearest": nearest}


def _with_pythons(
    facts: Facts, versions: "Versions", found: List[Mapping[str, str]], elsewhere: bool
) -> List[Mapping[str, str]]:
    """What was found where TensorFlow has no wheel, with the Pythons that have wheels of all, if there are any."""
    if not found or _has_tensorflow(facts.python, facts, versions):
        return []
    pythons = [python for python in PYTHONS if _has_all(python, facts, versions)]
    if bool(pythons) is not elsewhere:
        return []
    text = "-".join(dict.fromkeys((*pythons[:1], *pythons[-1:])))
    return [{**fills, "pythons": text} for fills in found]


def _has_all(python: str, facts: Facts, versions: "Versions") -> bool:
    for name, version in _pinned(facts):
        oldest, newest = oldest_for(name, python), newest_for(name, python)
        if (oldest and version < Version(oldest)) or (newest and _line(version) > _line(Version(newest))):
            return False
    return _has_tensorflow(python, facts, versions)


def _has_tensorflow(python: str, facts: Facts, versions: "Versions") -> bool:
    """Whether the pinned TensorFlow has a wheel for a Python; one of which nothing is known may have."""
    rows = lines_with(versions.found.get("tensorflow", ""), facts, versions.distribution)
    return (
        not rows
        or facts.installers.get(versions.distribution) == "conda"
        or any(has_python(row, python) for row in rows)
    )


def _pinned(facts: Facts) -> Iterator[Tuple[str, Version]]:
    """What the table of wheels knows and the list pins, unless conda brings it."""
    for name in NEWEST:
        version = base_version(facts.packages.get(name, ""))
        if version is not None and facts.installers.get(name) != "conda":
            yield name, version


def _line(version: Version) -> Tuple[int, ...]:
    """The first two numbers: the last patch of today need not be the last."""
    return (*version.release, 0)[:2]


LIST_CONDITIONS = {
    condition.__name__: condition
    for condition in (
        tensorflow_left_open,
        left_open_beside_it,
        version_not_told,
        tensorflow_gpu_removed,
        sklearn_refuses,
        too_old_here,
        too_old_but_elsewhere,
        too_old_everywhere,
        too_new_here,
        too_new_but_elsewhere,
        too_new_everywhere,
    )
}
"""Every condition of this module by its name."""
