"""Days since 1970 and the calendar in nothing but sums, quotients and floors, for numbers and for tensors alike.

The algorithms are Howard Hinnant's ``days_from_civil`` and ``civil_from_days``: years begin in March, so that the leap
day is a year's last. All numbers are whole and far below 2^53, so that float64 has each of them exactly.
"""

from typing import Any, Callable, Tuple

ERA_DAYS, ERA_YEARS = 146_097, 400
"""The Gregorian calendar repeats itself."""
MARCH_0000 = 719_468
"""Days from 0000-03-01 to 1970-01-01."""

Floor = Callable[[Any], Any]
Where = Callable[[Any, Any, Any], Any]


def year_and_month(days: Any, floor: Floor, where: Where) -> Tuple[Any, Any]:
    """The year and the month, 1 to 12, of days since 1970-01-01.

    Args:
        days: whole numbers.
        floor: of numbers.
        where: condition, what is taken where it holds, what is taken elsewhere.
    """
    shifted = days + float(MARCH_0000)
    era = floor(shifted / float(ERA_DAYS))
    day = shifted - era * float(ERA_DAYS)
    year = floor((day - floor(day / 1460.0) + floor(day / 36524.0) - floor(day / 146096.0)) / 365.0)
    day_of_year = day - (year * 365.0 + floor(year / 4.0) - floor(year / 100.0))
    from_march = floor((day_of_year * 5.0 + 2.0) / 153.0)
    is_next_year = from_march > 9.0
    month = where(is_next_year, from_march - 9.0, from_march + 3.0)
    march_year = year + era * float(ERA_YEARS)
    return where(is_next_year, march_year + 1.0, march_year), month


def days_since_1970(year: Any, month: Any, day: Any, floor: Floor, where: Where) -> Any:
    """Days from 1970-01-01 to a day of the calendar; its month and its day must be there.

    Args:
        year: whole numbers, as month (1 to 12) and day (1 to 31).
        month: of the year.
        day: of the month.
        floor: of numbers.
        where: condition, what is taken where it holds, what is taken elsewhere.
    """
    march_year = where(month > 2.0, year, year - 1.0)
    from_march = where(month > 2.0, month - 3.0, month + 9.0)
    era = floor(march_year / float(ERA_YEARS))
    year_of_era = march_year - era * float(ERA_YEARS)
    day_of_year = floor((from_march * 153.0 + 2.0) / 5.0) + day - 1.0
    day_of_era = year_of_era * 365.0 + floor(year_of_era / 4.0) - floor(year_of_era / 100.0) + day_of_year
    return era * float(ERA_DAYS) + day_of_era - float(MARCH_0000)


def part_of(days: Any, part: str, first: float, floor: Floor, where: Where) -> Any:
    """One of :data:`fcnn.data.dates.PARTS` of some days; see :func:`fcnn.data.dates.part_of`."""
    if part == "days":
        return days - first
    whole = floor(days)
    if part == "hour":
        return (days - whole) * 24.0
    if part == "weekday":
        monday = whole + 3.0  # 1970-01-01 was a Thursday
        return monday - floor(monday / 7.0) * 7.0
    year, month = year_and_month(whole, floor, where)
    return year if part == "year" else month
