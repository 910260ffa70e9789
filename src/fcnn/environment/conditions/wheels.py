"""Conditions on the wheels of TensorFlow that there are for this Python on this platform."""

from functools import lru_cache
from typing import TYPE_CHECKING, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from packaging.version import Version

from fcnn.environment.facts import Facts
from fcnn.environment.ranges import Interval, base_version, interval
from fcnn.environment.rules.wheels import GLIBC, LINUX, LINUX_ARM, MACOS_ARM, MACOS_INTEL, WHEELS, WINDOWS, Wheels

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

Fills = Sequence[Mapping[str, str]]

_PLATFORMS: Mapping[Tuple[str, str], str] = {
    ("linux", "x86_64"): LINUX,
    ("linux", "amd64"): LINUX,
    ("linux", "aarch64"): LINUX_ARM,
    ("linux", "arm64"): LINUX_ARM,
    ("windows", "amd64"): WINDOWS,
    ("windows", "x86_64"): WINDOWS,
    ("darwin", "x86_64"): MACOS_INTEL,
    ("darwin", "arm64"): MACOS_ARM,
}
_STACKS = (("3.8", "3.8", "2.4.0"), ("3.11", "3.13", "2.21.0"))
"""The first and the last Python of a stack of fcnn, and its TensorFlow."""


def platform_of(facts: Facts) -> str:
    """The platform as the table of wheels names it; empty for one that is not there."""
    return _PLATFORMS.get((facts.system.lower(), facts.machine.lower()), "")


def forbidden(facts: Facts) -> bool:
    """Whether no wheel can be installed at all: other rules (R65, R66) tell that."""
    return facts.bits == 32 or facts.libc.startswith("musl")


def available(facts: Facts, name: str = "tensorflow") -> Tuple[Wheels, ...]:
    """The lines of a package with wheels for this Python on this platform."""
    rows = WHEELS.get(platform_of(facts), {}).get(name, ())
    return tuple(row for row in rows if has_python(row, facts.python) and _glibc_is_enough(row, facts))


def lines_with(tensorflow: str, facts: Facts, name: str = "tensorflow") -> Tuple[Wheels, ...]:
    """The lines of this platform that a version belongs to, whatever the Python; none where nothing is known of it."""
    version = base_version(tensorflow)
    rows = WHEELS.get(platform_of(facts), {}).get(name, ())
    return tuple(row for row in rows if version and _version(row.first) <= version < _version(row.end))


def has_python(row: Wheels, python: str) -> bool:
    """Whether a line has wheels for a Python."""
    return _python(row.pythons[0]) <= _python(python) <= _python(row.pythons[1])


def told(rows: Sequence[Wheels]) -> str:
    """Lines of versions in few words: ``2.5-2.20``; ``2.13.0`` for one version."""
    merged: List[Tuple[str, str]] = []
    for row in rows:
        if merged and merged[-1][1] == row.first:
            merged[-1] = (merged[-1][0], row.end)
        else:
            merged.append((row.first, row.end))
    return ", ".join(_span(first, _last_before(end)) for first, end in merged)


def glibc_for(version: Optional[Version]) -> str:
    """The glibc that the wheels of a TensorFlow for Linux need; empty where that is not known."""
    rows = [needed for first, end, needed in GLIBC if version and _version(first) <= version < _version(end)]
    return rows[0] if rows else ""


def wheels_here(facts: Facts) -> str:
    """What there is for this Python on this platform: ``tensorflow 2.13.0, tensorflow-macos 2.5-2.13.0``."""
    names = [name for name in WHEELS.get(platform_of(facts), {}) if name in ("tensorflow", "tensorflow-macos")]
    texts = [(name, told(available(facts, name))) for name in names]
    return ", ".join(f"{name} {text}" for name, text in texts if text)


def _missing(has_pythons: bool, has_here: bool) -> Callable[[Facts, "Versions"], Fills]:
    def condition(facts: Facts, versions: "Versions") -> Fills:
        fills = _no_wheel(facts, versions)
        fitting = fills and (bool(fills["pythons"]), bool(fills["here"])) == (has_pythons, has_here)
        return [fills] if fitting else []

    return condition


def _no_wheel(facts: Facts, versions: "Versions") -> Dict[str, str]:
    """What there is instead, where what a list asks for has no wheel; empty where it has one, or nothing is known."""
    platform, name, asked = platform_of(facts), versions.distribution, _asked(versions)
    if not platform or asked is None or forbidden(facts):
        return {}
    published = [row for packages in WHEELS.values() for row in packages.get(name, ()) if asked.meets(_interval(row))]
    here = [row for row in WHEELS[platform].get(name, ()) if asked.meets(_interval(row))]
    if not published or any(has_python(row, facts.python) for row in here):
        return {}
    newest = WHEELS[platform]["tensorflow"][-1]
    return {
        "platform": platform,
        "pythons": _pythons(here),
        "here": wheels_here(facts),
        "newest": _span(*newest.pythons),
    }


def _stack_wheel(facts: Facts, _versions: "Versions") -> Fills:
    """Whether the TensorFlow that fcnn is tried with on this Python can be installed, as far as is known."""
    if forbidden(facts):
        return []
    return [{}] if not platform_of(facts) or _has_stack_wheel(facts) else []


def _other_wheels(facts: Facts, _versions: "Versions") -> Fills:
    """The TensorFlows that can be installed, where that of the stack cannot."""
    if forbidden(facts) or _has_stack_wheel(facts) or not wheels_here(facts):
        return []
    return [{"platform": platform_of(facts), "here": wheels_here(facts)}]


def _no_wheels_here(facts: Facts, _versions: "Versions") -> Fills:
    return [] if forbidden(facts) or not platform_of(facts) or wheels_here(facts) else [{}]


def _wheels_unknown(facts: Facts, _versions: "Versions") -> Fills:
    return [] if forbidden(facts) or platform_of(facts) else [{}]


def _wheels_possible(facts: Facts, _versions: "Versions") -> Fills:
    return [] if forbidden(facts) else [{}]


def _old_glibc(facts: Facts, versions: "Versions") -> Fills:
    """Whether glibc is older than the wheel of this TensorFlow needs; conda builds for older ones."""
    needed = glibc_for(base_version(versions.found.get("tensorflow", "")))
    found = _glibc(facts)
    if not needed or found is None or found >= _version(needed) or by_conda(facts, versions):
        return []
    return [{"glibc": str(found), "needed": needed, "here": wheels_here(facts)}]


def by_conda(facts: Facts, versions: "Versions") -> bool:
    """Whether TensorFlow is, or may be, conda's own build and not a published wheel."""
    if versions.distribution in facts.installers:
        return facts.installers[versions.distribution] == "conda"
    return facts.installer == "conda"


def _has_stack_wheel(facts: Facts) -> bool:
    python = _python(facts.python)
    for first, last, tensorflow in _STACKS:
        if _python(first) <= python <= _python(last):
            return any(row in available(facts) for row in lines_with(tensorflow, facts))
    return False


def _asked(versions: "Versions") -> Optional[Interval]:
    if "tensorflow" in versions.found:
        version = base_version(versions.found["tensorflow"])
        return interval(f"=={version}") if version else None
    asked = interval(versions.open.get("tensorflow", ""))
    return None if asked is None or asked.empty else asked


def _glibc_is_enough(row: Wheels, facts: Facts) -> bool:
    needed, found = glibc_for(_version(row.first)), _glibc(facts)
    return found is None or not needed or found >= _version(needed)


def _glibc(facts: Facts) -> Optional[Version]:
    """The version of glibc, where a platform of the table has one."""
    on_linux = platform_of(facts).startswith("Linux") and facts.libc.startswith("glibc ")
    return base_version(facts.libc.partition(" ")[2]) if on_linux else None


def _pythons(rows: Sequence[Wheels]) -> str:
    pythons = [python for row in rows for python in row.pythons]
    return _span(min(pythons, key=_python), max(pythons, key=_python)) if pythons else ""


def _interval(row: Wheels) -> Interval:
    found = interval(f">={row.first},<{row.end}")
    if found is None:
        raise ValueError(row)
    return found


def _span(first: str, last: str) -> str:
    return last if first == last or f"{first}.0" == last else f"{first}-{last}"


def _last_before(end: str) -> str:
    """The last version before another: 2.12 -> 2.11, 2.13.1 -> 2.13.0."""
    *line, last = map(int, end.split("."))
    return ".".join(map(str, (*line, last - 1)))


def _python(text: str) -> Tuple[int, ...]:
    """The line of a Python: 3.8.20 -> (3, 8)."""
    version = base_version(text)
    return version.release[:2] if version else (0, 0)


@lru_cache(maxsize=256)
def _version(text: str) -> Version:
    return Version(text)


WHEEL_CONDITIONS: Mapping[str, Callable[[Facts, "Versions"], Fills]] = {
    "wheels for other Pythons, others for this": _missing(has_pythons=True, has_here=True),
    "wheels for other Pythons": _missing(has_pythons=True, has_here=False),
    "other wheels for this Python": _missing(has_pythons=False, has_here=True),
    "no wheels": _missing(has_pythons=False, has_here=False),
    "stack wheel": _stack_wheel,
    "other wheels": _other_wheels,
    "no wheels here": _no_wheels_here,
    "wheels possible": _wheels_possible,
    "wheels unknown": _wheels_unknown,
    "old glibc": _old_glibc,
}
