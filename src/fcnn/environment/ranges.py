"""Ranges of versions as intervals: whether a rule's range holds for all that a list leaves open, or for some of it."""

from functools import lru_cache
from typing import NamedTuple, Optional, Tuple

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

_Edge = Tuple[Version, bool]


class Interval(NamedTuple):
    """The versions from `lower` to `upper`, each with whether it belongs to them; None is without end.

    What a ``!=`` takes out is not kept: it changes neither what is certain nor, but for a list that excludes just
    the one version that breaks, what is possible.
    """

    lower: Optional[_Edge]
    upper: Optional[_Edge]

    @property
    def empty(self) -> bool:
        """Whether no version lies in it."""
        if self.lower is None or self.upper is None:
            return False
        both = self.lower[1] and self.upper[1]
        return self.lower[0] > self.upper[0] or (self.lower[0] == self.upper[0] and not both)

    def within(self, other: "Interval") -> bool:
        """Whether every version of this one lies in the other."""
        return self.empty or (_lower(self.lower) >= _lower(other.lower) and _upper(self.upper) <= _upper(other.upper))

    def ends_within(self, other: "Interval") -> bool:
        """Whether the newest versions of this one lie in the other, given that they meet."""
        return _upper(self.upper) <= _upper(other.upper)

    def meets(self, other: "Interval") -> bool:
        """Whether a version lies in both."""
        return not self.intersection(other).empty

    def intersection(self, other: "Interval") -> "Interval":
        """The versions that lie in both."""
        return Interval(
            max(self.lower, other.lower, key=_lower),
            min(self.upper, other.upper, key=_upper),
        )


@lru_cache(maxsize=1024)
def interval(text: str) -> Optional[Interval]:
    """The interval of a PEP 440 range such as ``>=1.20,<2``; None where it is no range of versions."""
    try:
        specifiers = SpecifierSet(text)
        result = Interval(None, None)
        for specifier in specifiers:
            result = result.intersection(_of_one(specifier.operator, specifier.version))
    except (InvalidSpecifier, InvalidVersion):
        return None
    return result


@lru_cache(maxsize=1024)
def base_version(text: str) -> Optional[Version]:
    """The release that a version belongs to, or None where the text is no version."""
    try:
        return Version(Version(text).base_version)
    except InvalidVersion:
        return None


def some_version(versions: str) -> str:
    """A version of a range, with which an environment can be judged again."""
    range_ = interval(versions)
    for edge in (range_.lower, range_.upper) if range_ else ():
        if edge is not None and edge[1]:
            return str(edge[0])
    if range_ and range_.lower is not None:  # >1.2
        return f"{range_.lower[0]}.1"
    if range_ and range_.upper is not None:  # <2: the last before it, as far as rules can tell
        release = [*range_.upper[0].release, 0]
        while len(release) > 1 and release[-1] == 0:
            release.pop()
        return ".".join(map(str, [*release[:-1], release[-1] - 1, 9999])) if release[-1] else "0"
    return "0"


def range_text(range_: Interval) -> str:
    """An interval as PEP 440 writes it: ``>=1.20,<2``; empty for any version."""
    lower, upper = range_
    if lower is not None and lower == upper:
        return f"=={lower[0]}"
    parts = []
    if lower is not None:
        parts.append(f"{'>=' if lower[1] else '>'}{lower[0]}")
    if upper is not None:
        parts.append(f"{'<=' if upper[1] else '<'}{upper[0]}")
    return ",".join(parts)


def _of_one(operator: str, text: str) -> Interval:
    if operator == "==" and text.endswith(".*"):
        version = Version(text[:-2])
        return Interval((version, True), (_next(version.release), False))
    version = Version(text.replace(".*", ""))
    if operator in ("==", "==="):
        return Interval((version, True), (version, True))
    if operator == "~=":
        return Interval((version, True), (_next(version.release[:-1]), False))
    if operator in (">", ">="):
        return Interval((version, operator == ">="), None)
    if operator in ("<", "<="):
        return Interval(None, (version, operator == "<="))
    return Interval(None, None)  # !=


def _next(release: Tuple[int, ...]) -> Version:
    """The first version after all of a line: 2.4 -> 2.5."""
    return Version(".".join(map(str, (*release[:-1], release[-1] + 1))))


def _lower(edge: Optional[_Edge]) -> Tuple[int, Version, bool]:
    # An edge that belongs to the interval lies before one that does not.
    return (0, Version("0"), False) if edge is None else (1, edge[0], not edge[1])


def _upper(edge: Optional[_Edge]) -> Tuple[int, Version, bool]:
    return (1, Version("0"), False) if edge is None else (0, edge[0], edge[1])
