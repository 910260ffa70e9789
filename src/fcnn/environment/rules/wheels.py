"""Which wheels of TensorFlow there are for which Python on which platform, and the rule of those that there are not."""

from typing import Mapping, NamedTuple, Tuple

from fcnn.environment.rules.model import Rule


class Wheels(NamedTuple):
    """A line of versions that were published for the same Pythons."""

    first: str
    """The first version."""
    end: str
    """The first version that no longer belongs to it."""
    pythons: Tuple[str, str]
    """The first and the last Python with a wheel."""


LINUX, LINUX_ARM = "Linux (x86_64)", "Linux (aarch64)"
WINDOWS = "Windows (x86_64)"
MACOS_INTEL, MACOS_ARM = "macOS (Intel)", "macOS (Apple silicon)"

_TO_2_12 = (
    Wheels("1.0", "2.2", ("3.3", "3.7")),
    Wheels("2.2", "2.4", ("3.5", "3.8")),
    Wheels("2.4", "2.5", ("3.6", "3.8")),
    Wheels("2.5", "2.5.3", ("3.6", "3.9")),
    Wheels("2.5.3", "2.6", ("3.7", "3.9")),
    Wheels("2.6", "2.6.3", ("3.6", "3.9")),
    Wheels("2.6.3", "2.8", ("3.7", "3.9")),
    Wheels("2.8", "2.11.1", ("3.7", "3.10")),
    Wheels("2.11.1", "2.12", ("3.8", "3.10")),
)
_FROM_2_12 = (Wheels("2.12", "2.14", ("3.8", "3.11")), Wheels("2.14", "2.16", ("3.9", "3.11")))
_FROM_2_12_IN_TWO_PARTS = (
    # `tensorflow` is empty there and requires tensorflow-intel or tensorflow-macos, without 2.13.1 for Python 3.8
    Wheels("2.12", "2.13.1", ("3.8", "3.11")),
    Wheels("2.13.1", "2.16", ("3.9", "3.11")),
)
_FROM_2_16 = (
    Wheels("2.16", "2.20", ("3.9", "3.12")),
    Wheels("2.20", "2.21", ("3.9", "3.13")),
    Wheels("2.21", "2.22", ("3.10", "3.13")),
)
_TO_2_16 = Wheels("2.16", "2.17", ("3.9", "3.12"))
_ON_LINUX = (*_TO_2_12, *_FROM_2_12, *_FROM_2_16)
_ON_WINDOWS = (*_TO_2_12, *_FROM_2_12_IN_TWO_PARTS, *_FROM_2_16)
_ON_MACOS_INTEL = (*_TO_2_12, *_FROM_2_12, _TO_2_16)

WHEELS: Mapping[str, Mapping[str, Tuple[Wheels, ...]]] = {
    LINUX: {
        "tensorflow": _ON_LINUX,
        "tensorflow-cpu": _ON_LINUX,
        "tensorflow-gpu": (*_TO_2_12[:-2], Wheels("2.8", "2.11.1", ("3.7", "3.10"))),
    },
    LINUX_ARM: {
        # tensorflow 2.11.1 requires a tensorflow-cpu-aws 2.11.1 that its Pythons do not have
        "tensorflow": (Wheels("2.10", "2.11.1", ("3.7", "3.10")), *_FROM_2_12, *_FROM_2_16),
        "tensorflow-cpu-aws": (
            Wheels("2.9.1", "2.11.1", ("3.7", "3.10")),
            Wheels("2.11.1", "2.12", ("3.7", "3.7")),
            *_FROM_2_12,
        ),
    },
    WINDOWS: {
        "tensorflow": _ON_WINDOWS,
        "tensorflow-cpu": _ON_WINDOWS,
        "tensorflow-gpu": (*_TO_2_12[:-2], Wheels("2.8", "2.11", ("3.7", "3.10"))),
        "tensorflow-intel": (
            Wheels("2.10", "2.12", ("3.7", "3.10")),
            *_FROM_2_12_IN_TWO_PARTS,
            Wheels("2.16", "2.18.1", ("3.9", "3.12")),
        ),
    },
    MACOS_INTEL: {
        "tensorflow": _ON_MACOS_INTEL,
        "tensorflow-cpu": _ON_MACOS_INTEL,
        "tensorflow-macos": (
            Wheels("2.5", "2.9", ("3.8", "3.8")),
            Wheels("2.9", "2.12", ("3.8", "3.10")),
            Wheels("2.12", "2.13", ("3.8", "3.11")),
        ),
    },
    MACOS_ARM: {
        "tensorflow": (
            Wheels("2.13", "2.13.1", ("3.8", "3.11")),
            Wheels("2.13.1", "2.16", ("3.9", "3.11")),
            *_FROM_2_16,
        ),
        "tensorflow-macos": (
            Wheels("2.5", "2.9", ("3.8", "3.9")),
            Wheels("2.9", "2.12", ("3.8", "3.10")),
            *_FROM_2_12_IN_TWO_PARTS,
            _TO_2_16,
        ),
    },
}
"""Platform to package to what was published there, from the package index's list of wheels (November 2026)."""

GLIBC = (("1.0", "1.15", "2.5"), ("1.15", "2.9", "2.12"), ("2.9", "2.21", "2.17"), ("2.21", "2.22", "2.27"))
"""The first TensorFlow, the first without again, the glibc that its wheels for Linux need (manylinux tags)."""

_SYMPTOMS = (
    "ERROR: No matching distribution found for tensorflow",
    "ERROR: Could not find a version that satisfies the requirement tensorflow",
)
_EVIDENCE = (
    "read from the names of all wheels that the package index lists, and from the requirements of those for Windows, "
    "macOS and ARM"
)

WHEEL_RULES = tuple(
    Rule(
        id="R46",
        severity="error",
        package="tensorflow",
        when={"tensorflow": ""},
        scope="plan",
        condition=condition,
        why="no wheel of {distribution} {tensorflow} was published for Python {python} on {platform}",
        symptoms=_SYMPTOMS,
        advice=advice,
        evidence=_EVIDENCE,
    )
    for condition, advice in (
        (
            "wheels for other Pythons, others for this",
            "make an environment with one of these Pythons: {pythons}; or choose what there is for Python {python}: "
            "{here}",
        ),
        ("wheels for other Pythons", "make an environment with one of these Pythons: {pythons}"),
        ("other wheels for this Python", "choose what there is for Python {python} on {platform}: {here}"),
        ("no wheels", "make an environment with one of these Pythons: {newest}; and choose another TensorFlow"),
    )
)
"""Rows from the most helpful advice to the least."""
