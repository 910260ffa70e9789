"""Dates and times as people write them, and what a network can learn from them."""

import re
from datetime import datetime, timedelta
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import pandas as pd

from fcnn.wording import Said, say_many

_ZONE = r"(Z| ?UTC| ?GMT| ?[+-]\d{2}(:?\d{2})?)?"
"""A zone is left out: the time that its clocks show."""
_TIMES = {
    "": "",
    " %H:%M": rf"[ T]\d{{1,2}}:\d{{2}}{_ZONE}",
    " %H:%M:%S": rf"[ T]\d{{1,2}}:\d{{2}}:\d{{2}}{_ZONE}",
    " %H:%M:%S.%f": rf"[ T]\d{{1,2}}:\d{{2}}:\d{{2}}\.\d{{1,6}}{_ZONE}",
    " %I:%M %p": r" \d{1,2}:\d{2} [AaPp][Mm]",
    " %I:%M:%S %p": r" \d{1,2}:\d{2}:\d{2} [AaPp][Mm]",
}
_DAYS = {
    "%Y-%m-%d": r"\d{4}-\d{1,2}-\d{1,2}",
    "%Y/%m/%d": r"\d{4}/\d{1,2}/\d{1,2}",
    "%Y.%m.%d": r"\d{4}\.\d{1,2}\.\d{1,2}",
    "%Y年%m月%d日": r"\d{4}年\d{1,2}月\d{1,2}日",
    "%Y%m%d": r"\d{8}",
    "%d.%m.%Y": r"\d{1,2}\.\d{1,2}\.\d{4}",
    "%m/%d/%Y": r"\d{1,2}/\d{1,2}/\d{4}",
    "%d/%m/%Y": r"\d{1,2}/\d{1,2}/\d{4}",
    "%d-%m-%Y": r"\d{1,2}-\d{1,2}-\d{4}",
    "%m-%d-%Y": r"\d{1,2}-\d{1,2}-\d{4}",
    "%d-%b-%Y": r"\d{1,2}-[A-Za-z]{3}-\d{4}",
    "%d/%b/%Y": r"\d{1,2}/[A-Za-z]{3}/\d{4}",
    "%d %b %Y": r"\d{1,2} [A-Za-z]{3} \d{4}",
    "%d %B %Y": r"\d{1,2} [A-Za-z]{3,9} \d{4}",
    "%b %d, %Y": r"[A-Za-z]{3} \d{1,2}, \d{4}",
    "%B %d, %Y": r"[A-Za-z]{3,9} \d{1,2}, \d{4}",
    "%a, %d %b %Y": r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4}",
    "%A, %B %d, %Y": r"[A-Za-z]{6,9}, [A-Za-z]{3,9} \d{1,2}, \d{4}",
}
_SHORT_DAYS = {
    "%d.%m.%y": r"\d{1,2}\.\d{1,2}\.\d{2}",
    "%y.%m.%d": r"\d{1,2}\.\d{1,2}\.\d{2}",
    "%m/%d/%y": r"\d{1,2}/\d{1,2}/\d{2}",
    "%d/%m/%y": r"\d{1,2}/\d{1,2}/\d{2}",
    "%y/%m/%d": r"\d{1,2}/\d{1,2}/\d{2}",
    "%d-%m-%y": r"\d{1,2}-\d{1,2}-\d{2}",
    "%m-%d-%y": r"\d{1,2}-\d{1,2}-\d{2}",
    "%y-%m-%d": r"\d{1,2}-\d{1,2}-\d{2}",
    "%d-%b-%y": r"\d{1,2}-[A-Za-z]{3}-\d{2}",
    "%d %b %y": r"\d{1,2} [A-Za-z]{3} \d{2}",
    "%Y-%m": r"\d{4}-\d{1,2}",
    "%Y/%m": r"\d{4}/\d{1,2}",
    "%m/%Y": r"\d{1,2}/\d{4}",
    "%Y年%m月": r"\d{4}年\d{1,2}月",
    "%b %Y": r"[A-Za-z]{3} \d{4}",
    "%B %Y": r"[A-Za-z]{3,9} \d{4}",
    "%b-%Y": r"[A-Za-z]{3}-\d{4}",
    "%b-%y": r"[A-Za-z]{3}-\d{2}",
}
"""Two digits of a year, or no day: what else (a season, a part's number) may look like that."""
SHORT_SHARE = 0.9
"""This share of the texts must be dates of such a format, or of numbers of eight digits; else they are none."""
_PATTERNS = {code: re.compile(pattern, re.ASCII) for code, pattern in {**_DAYS, **_SHORT_DAYS}.items()}
FORMATS = {day + time: pattern.pattern + _TIMES[time] for day, pattern in _PATTERNS.items() for time in _TIMES}
"""What each way to write a date looks like, by its strptime format; of two that fit the first is taken."""
AMBIGUOUS = tuple(code for code, pattern in _PATTERNS.items() if list(_PATTERNS.values()).count(pattern) > 1)
"""Those that look like another one, in which day, month and year stand in another order."""
EIGHT_DIGITS = "%Y%m%d"
LEAST_DATES = 3
"""So many different numbers must be dates; a number of eight digits is one by chance once in thirty times."""
CENTURY = 25_567.0
"""Days from 1970 to 2040: two digits of a year mean 1969 to 2068, and who is born in 55 is rarely born in 2055."""
SECONDS = 86_400.0


class Dates(NamedTuple):
    """What some texts are as dates."""

    values: Dict[str, float]
    """Text to days since 1970-01-01 00:00, for those that are dates."""
    format: str
    """The strptime format that they were read with; empty where there is none."""
    other: str = ""
    """Another format, such as that with day and month exchanged, in which all of them are other dates."""


def read_dates(texts: Sequence[str], given: str = "") -> Dates:
    """Read texts as dates, in the format that reads most of them.

    Args:
        texts: different texts without surrounding blanks.
        given: the only format to try, where it is known.
    """
    if given:
        return Dates(_parsed(texts, given), given)
    sample = texts[:50]
    days = [code for code, pattern in _PATTERNS.items() if any(map(pattern.match, sample))]
    likely = [(day, day + time) for day in days for time in _TIMES if _looks_like(sample, day + time)]
    best = Dates({}, "")
    for day, code in likely:
        values = _parsed(texts, code)
        is_enough = day not in _SHORT_DAYS or len(values) >= SHORT_SHARE * len(texts)
        if len(values) > len(best.values) and is_enough:
            best = Dates(values, code)
        elif len(values) == len(texts) > 0 and not best.other and values != best.values:
            best = best._replace(other=code)
    return best


def _looks_like(texts: Sequence[str], code: str) -> bool:
    return any(map(re.compile(FORMATS[code], re.ASCII).fullmatch, texts))


def date_share(values: np.ndarray) -> float:
    """How many of the different numbers are dates such as 20200517 of the years 1900 to 2100, as a share.

    Args:
        values: (rows,) float64, NaN where missing.

    Returns:
        From 0 to 1; 0 where there are hardly any different numbers.
    """
    first, last = 19000101, 21001231
    if not np.fmax.reduce(values) >= first:  # most columns end here
        return 0.0
    sample = values[:50]
    if not ((sample >= first) & (sample <= last)).any():
        return 0.0
    different = np.unique(values[~np.isnan(values)])
    likely = different[(different >= first) & (different <= last) & (np.floor(different) == different)]
    if len(different) < LEAST_DATES or len(likely) < SHORT_SHARE * len(different):
        return 0.0
    return len(_parsed([f"{value:.0f}" for value in likely], EIGHT_DIGITS)) / len(different)


def no_date(count: int) -> Said:
    """So many cells are no date."""
    return say_many(count, "1 cell is no date", "{count:,} cells are no date")


def _parsed(texts: Sequence[str], code: str) -> Dict[str, float]:
    """Days by text, for those that are dates in a format."""
    if code not in FORMATS:  # a format of the user's: rarely many different texts
        slow = ((text, _one(text, code)) for text in texts)
        return {text: day for text, day in slow if day is not None}
    pattern = re.compile(FORMATS[code], re.ASCII)
    fitting = [text for text in texts if pattern.fullmatch(text)]
    plain = [_T.sub(r"\1 \2", _BEHIND.sub(r"\1", text)) for text in fitting] if ":" in code else fitting
    moments = pd.to_datetime(pd.Series(plain, dtype=object), format=code, errors="coerce")
    days = moments.to_numpy().astype("datetime64[us]").astype(np.int64) / 1e6 / SECONDS
    there = moments.notna().to_numpy()
    values = dict(zip(np.array(fitting, dtype=object)[there], days[there].tolist()))
    for position in np.flatnonzero(~there):
        if _FAR.search(plain[position]):  # pandas 1 ends in 2262
            day = _one(plain[position], code)
            if day is not None:
                values[fitting[position]] = day
    return values


_T = re.compile(r"(\d)T(\d)")
_BEHIND = re.compile(rf"(:\d{{2}}(?:\.\d+)?){_ZONE}$")
"""A zone behind a time."""
_FAR = re.compile(r"(?<!\d)((0\d|1[0-6]|2[3-9]|[3-9]\d)\d|22[6-9])\d(?=\D|$|\d{4}(\D|$))")


def _one(text: str, code: str) -> Optional[float]:
    """Days since 1970-01-01 of one date; None where it is none."""
    try:
        moment = datetime.strptime(text, code)
    except ValueError:
        return None
    return (moment.replace(tzinfo=None) - datetime(1970, 1, 1)) / timedelta(days=1)


PARTS: Tuple[str, ...] = ("days", "year", "month", "weekday", "hour")
"""What a date becomes: days since the first of the training rows, and the parts of the calendar."""


def part_of(days: np.ndarray, part: str, first: float) -> np.ndarray:
    """One part of some dates as numbers.

    Args:
        days: (rows,) float64 days since 1970-01-01 00:00, NaN where missing.
        part: of `PARTS`; weekday is 0 for Monday, hour is with its fraction.
        first: where ``days`` begins to count.

    Returns:
        (rows,) float64, NaN where missing.
    """
    if part == "days":
        return days - first
    known = np.where(np.isnan(days), 0.0, days)
    if part == "hour":
        values = (known - np.floor(known)) * 24
    elif part == "weekday":
        values = (np.floor(known) + 3) % 7  # 1970-01-01 was a Thursday
    else:
        months = np.floor(known).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        values = months // 12 + 1970.0 if part == "year" else months % 12 + 1.0
    return np.where(np.isnan(days), np.nan, values)


def iso(days: float) -> str:
    """Days since 1970-01-01 as text: 2020-05-17, with the time where it has one."""
    moment: Any = np.datetime64(round(days * SECONDS), "s")
    text = str(moment).replace("T", " ")
    return text[:-9] if text.endswith(" 00:00:00") else text


def varying(days: np.ndarray) -> List[str]:
    """The parts that are not the same in all of some dates."""
    known = days[~np.isnan(days)]
    return [part for part in PARTS if len(np.unique(part_of(known, part, 0.0))) > 1]
