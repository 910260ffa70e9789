"""Which versions there are for which Python: the newest with a wheel, as the package index lists them."""

from typing import Mapping

NEWEST: Mapping[str, Mapping[str, str]] = {
    "numpy": {"3.6": "1.19.5", "3.7": "1.21.6", "3.8": "1.24.4", "3.9": "2.0.2", "3.10": "2.2.6"},
    "protobuf": {"3.7": "4.24.4", "3.8": "5.29.6"},
    "keras": {"3.7": "2.11.0", "3.8": "2.13.1", "3.9": "3.10.0", "3.10": "3.12.0"},
    "h5py": {"3.7": "3.8.0", "3.8": "3.11.0"},
    "setuptools": {"3.7": "68.0.0", "3.8": "75.3.4"},
}
"""Package to Python to the last version that installs there; a Python that is not named has no end yet."""


def newest_for(package: str, python: str) -> str:
    """The newest version of `package` for a Python (``3.8`` or ``3.8.20``); empty where none is the last."""
    return NEWEST.get(package, {}).get(".".join(python.split(".")[:2]), "")
