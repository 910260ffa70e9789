"""Times of a day and durations as numbers of seconds: 14:35, 2:35 PM, 1 days 03:04:05, 1:27.452, 1h 20m, PT1H20M."""

import re
from typing import Dict, Sequence

_DAYS = r"(?:(?P<days>\d+)\sdays?,?\s)?"
_HALF = r"(?: ?(?P<half>[AP])\.?M\.?)?"
_CLOCKS = tuple(
    re.compile(shape, re.ASCII | re.IGNORECASE)
    for shape in (
        rf"{_DAYS}(?P<hours>\d{{1,3}}):(?P<minutes>[0-5]\d){_HALF}",
        rf"{_DAYS}(?P<hours>\d{{1,3}}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d(?:\.\d+)?){_HALF}",
        r"(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d\.\d+)",
    )
)
"""Ways to write with colons; a column must be in one of them, since 59:30 beside 1:02:10 are no hours."""
_SPELLED = re.compile(
    r"P?(?:(?P<days>\d+) ?d(?:ays?)?)?[ T]?(?:(?P<hours>\d+) ?h(?:(?:ou)?rs?)?)? ?"
    r"(?:(?P<minutes>\d+) ?m(?:ins?|inutes?)?)? ?(?:(?P<seconds>\d+(?:\.\d+)?) ?s(?:ec(?:ond)?s?)?)?",
    re.ASCII | re.IGNORECASE,
)
_SHORT = re.compile(r"[\d.]+ ?[dms]", re.IGNORECASE)
"""Where all are such as 5 m, they may be metres as well."""
_UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}


def read_clocks(texts: Sequence[str]) -> Dict[str, float]:
    """Text to seconds, for those that are times or durations, in the way to write them that reads most.

    Args:
        texts: different texts without surrounding blanks.
    """
    readings = [_read(texts, shape) for shape in _CLOCKS]
    spelled = {
        match.string: _seconds(match) for match in map(_SPELLED.fullmatch, texts) if match and any(match.groups())
    }
    if not all(map(_SHORT.fullmatch, spelled)):
        readings.append(spelled)
    return max(readings, key=len)


def _read(texts: Sequence[str], shape: "re.Pattern[str]") -> Dict[str, float]:
    return {match.string: _seconds(match) for match in map(shape.fullmatch, texts) if match}


def _seconds(match: "re.Match[str]") -> float:
    parts = {unit: float(text) for unit, text in match.groupdict().items() if text and unit in _UNITS}
    half = match.groupdict().get("half")
    if half:
        parts["hours"] = parts["hours"] % 12 + 12 * (half in "Pp")
    return sum(parts.get(unit, 0.0) * seconds for unit, seconds in _UNITS.items())
