"""Which versions there are for which Python: the first and the last with a wheel, as the package index lists them.

Measured on 2026-11-22 with ``pip index versions NAME --python-version 3.8.20 --only-binary=:all:`` for the last release
of each Python from 3.6 to 3.14, on Linux and on Windows (x86_64), of which the earlier counts. Wheels of keras,
protobuf and setuptools are pure Python, or also that, so that any old version installs.
"""

from typing import Mapping

from fcnn.environment.names import line_of

PYTHONS = ("3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
"""What the tables know."""

_OLDEST = {
    # package: the first version with a wheel for each of PYTHONS
    "numpy": "1.11.3 1.14.5 1.17.3 1.19.3 1.21.2 1.23.2 1.26.0 2.1.0 2.3.2",
    "pandas": "0.19.1 0.23.2 0.25.2 1.1.3 1.3.3 1.5.0 2.1.1 2.2.3 2.3.3",
    "matplotlib": "1.5.3 2.2.2 2.2.5 3.2.2 3.5.0 3.6.0 3.7.3 3.9.2 3.10.5",
    "scipy": "0.18.1 1.1.0 1.3.2 1.5.4 1.7.2 1.9.2 1.11.2 1.14.1 1.16.1",
    "scikit-learn": "0.18.1 0.19.2 0.22 0.24.0 1.0.2 1.1.3 1.3.1 1.5.2 1.7.2",
    "h5py": "2.6.0 2.8.0 2.9.0 3.0.0 3.6.0 3.8.0 3.10.0 3.12.1 3.15.0",
}

OLDEST: Mapping[str, Mapping[str, str]] = {
    package: dict(zip(PYTHONS, versions.split())) for package, versions in _OLDEST.items()
}
"""Package to Python to the first version with a wheel: older ones have to be compiled."""

NEWEST: Mapping[str, Mapping[str, str]] = {
    "numpy": {
        **{"3.6": "1.19.5", "3.7": "1.21.6", "3.8": "1.24.4", "3.9": "2.0.2", "3.10": "2.2.6", "3.11": "2.4.6"},
    },
    "pandas": {"3.6": "1.1.5", "3.7": "1.3.5", "3.8": "2.0.3", "3.9": "2.3.3", "3.10": "2.3.3"},
    "matplotlib": {"3.6": "3.3.4", "3.7": "3.5.3", "3.8": "3.7.5", "3.9": "3.9.4", "3.10": "3.10.9"},
    "scipy": {
        **{"3.6": "1.5.4", "3.7": "1.7.3", "3.8": "1.10.1", "3.9": "1.13.1", "3.10": "1.15.3", "3.11": "1.17.1"},
    },
    "scikit-learn": {"3.6": "0.24.2", "3.7": "1.0.2", "3.8": "1.3.2", "3.9": "1.6.1", "3.10": "1.7.2"},
    "h5py": {"3.6": "3.1.0", "3.7": "3.8.0", "3.8": "3.11.0", "3.9": "3.14.0"},
    "protobuf": {"3.6": "3.19.6", "3.7": "4.24.4", "3.8": "5.29.6", "3.9": "6.33.6"},
    "keras": {"3.6": "2.10.0", "3.7": "2.11.0", "3.8": "2.15.0", "3.9": "3.10.0", "3.10": "3.12.4"},
    "setuptools": {"3.6": "59.6.0", "3.7": "68.0.0", "3.8": "75.3.4", "3.9": "82.0.1"},
}
"""Package to Python to the last version that installs there; a Python that is not named has no end yet."""


def newest_for(package: str, python: str) -> str:
    """The newest version of `package` for a Python (``3.8`` or ``3.8.20``); empty where none is the last."""
    return NEWEST.get(package, {}).get(line_of(python), "")


def oldest_for(package: str, python: str) -> str:
    """The first version of `package` with a wheel for a Python; empty where any will do, or none is known."""
    return OLDEST.get(package, {}).get(line_of(python), "")
