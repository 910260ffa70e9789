"""Lengths of time as people write them: ``90``, ``90s``, ``10m``, ``2h``, ``1h30m``."""

import re
from typing import Union

from fcnn.wording import say

_SECONDS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0}
_PART = r"(?:\d+(?:\.\d+)?|\.\d+)"
_DURATION = re.compile(
    rf"(?:(?P<d>{_PART})\s*d)?\s*(?:(?P<h>{_PART})\s*h)?\s*(?:(?P<m>{_PART})\s*m(?:in)?)?\s*(?:(?P<s>{_PART})\s*s?)?",
    re.IGNORECASE | re.ASCII,
)


def parse_duration(given: Union[str, int, float]) -> float:
    """Seconds of a length of time: a number of seconds, or text such as ``90s``, ``10m``, ``2h``, ``1h30m``.

    Raises:
        ValueError: where it is none, or not longer than nothing.
    """
    if isinstance(given, (int, float)):
        seconds = float(given)
    else:
        found = _DURATION.fullmatch(given.strip())
        if found is None or not given.strip():
            raise ValueError(say("no length of time"))
        seconds = sum(float(found[unit]) * factor for unit, factor in _SECONDS.items() if found[unit])
    if not 0 < seconds < float("inf"):
        raise ValueError(say("a length of time is more than 0 seconds"))
    return seconds
