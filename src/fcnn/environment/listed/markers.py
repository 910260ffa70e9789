"""Environment markers (PEP 508) for the Python that is judged, not for the one that runs."""

from functools import lru_cache
from typing import Dict, Optional

from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName

from fcnn.environment.conditions.requirements import environment_of
from fcnn.environment.facts import Facts
from fcnn.environment.listed.model import Environment


class MarkerError(Exception):
    """A marker that cannot be read or evaluated."""


def environment_for(python: str, running: str, system: str, machine: str, implementation: str) -> Dict[str, str]:
    """The variables of markers for a Python; of its micro version, where only ``3.8`` is known, the newest.

    A list that asks for ``python_full_version >= '3.6.1'`` means every 3.6 that anybody has today.
    """
    if python.count(".") < 2:
        python = running if running.startswith(f"{python}.") else f"{python}.99"
    facts = Facts(python=python, system=system, machine=machine, implementation=implementation)
    return dict(environment_of(facts))


def holds(marker: str, environment: Environment) -> bool:
    """Whether a marker holds; an empty one does.

    Raises:
        MarkerError: it cannot be read or evaluated.
    """
    if not marker:
        return True
    parsed = _parsed(marker)
    if parsed is None:
        raise MarkerError(marker)
    try:
        return parsed.evaluate(dict(environment))
    except (UndefinedComparison, UndefinedEnvironmentName, ValueError, RecursionError):  # InvalidVersion: a ValueError
        raise MarkerError(marker) from None


@lru_cache(maxsize=4096)
def _parsed(marker: str) -> Optional[Marker]:
    try:
        return Marker(marker) if len(marker) < 20_000 else None
    except (InvalidMarker, ValueError, RecursionError):
        return None
