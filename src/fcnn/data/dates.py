"""Dates and times as people write them, and what a network can learn from them."""

import re
from datetime import datetime, timedelta
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import pandas as pd

from fcnn.wording import Said, say_many

_ZONE = r"(Z| ?[+-]\d{2}(:?\d{2})?)?"
"""A zone is left out: the time that its clocks show."""
_TIME = (
    (r"", ""),
    (rf"[ T]\d{{1,2}}:\d{{2}}{_ZONE}", " %H:%M"),
    (rf"[ T]\d{{1,2}}:\d{{2}}:\d{{2}}{_ZONE}", " %H:%M:%S"),
    (rf"[ T]\d{{1,2}}:\d{{2}}:\d{{2}}\.\d{{1,6}}{_ZONE}", " %H:%M:%S.%f"),
    (r" \d{1,2}:\d{2} [AaPp][Mm]", " %I:%M %p"),
    (r" \d{1,2}:\d{2}:\d{2} [AaPp][Mm]", " %I:%M:%S %p"),
)
_DAY = (
    (r"\d{4}-\d{1,2}-\d{1,2}", "%Y-%m-%d"),
    (r"\d{4}/\d{1,2}/\d{1,2}", "%Y/%m/%d"),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", "%Y.%m.%d"),
    (r"\d{4}年\d{1,2}月\d{1,2}日", "%Y年%m月%d日"),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "%d-%m-%Y"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "%m-%d-%Y"),
    (r"\d{1,2}-[A-Za-z]{3}-\d{4}", "%d-%b-%Y"),
    (r"\d{1,2} [A-Za-z]{3} \d{4}", "%d %b %Y"),
    (r"[A-Za-z]{3} \d{1,2}, \d{4}", "%b %d, %Y"),
)
FORMATS = {code + clock: re.compile(day + time, re.ASCII) for day, code in _DAY for time, clock in _TIME}
"""What each way to write a date looks like, by its strptime format; of two that fit the first is taken."""
EXCHANGED = {"%m/%d/%Y": "%d/%m/%Y", "%d-%m-%Y": "%m-%d-%Y"}
"""Formats that differ in the order of day and month: the one that is taken, and the other."""
_DAY_FORMAT = len("%m/%d/%Y")
SECONDS = 86_400.0


class Dates(NamedTuple):
    """What some texts are as dates."""

    values: Dict[str, float]
    """Text to days since 1970-01-01 00:00, for those that are dates."""
    format: str
    """The strptime format that they were read with; empty where there is none."""
    other: str = ""
    """The format with day and month exchanged, where all of them are dates in it, too."""


def read_dates(texts: Sequence[str], given: str = "") -> Dates:
    """Read texts as dates, in the format that reads most of them.

    Args:
        texts: different texts without surrounding blanks.
        given: the only format to try, where it is known.
    """
    if given:
        return Dates(_parsed(texts, given), given)
    likely = [code for code, pattern in FORMATS.items() if any(map(pattern.fullmatch, texts[:50]))]
    best = Dates({}, "")
    for code in likely:
        values = _parsed(texts, code)
        if len(values) > len(best.values):
            best = Dates(values, code)
        elif len(values) == len(texts) > 0 and EXCHANGED.get(best.format[:_DAY_FORMAT]) == code[:_DAY_FORMAT]:
            best = best._replace(other=code)
    return best


def no_date(count: int) -> Said:
    """So many cells are no date."""
    return say_many(count, "1 cell is no date", "{count:,} cells are no date")


def _parsed(texts: Sequence[str], code: str) -> Dict[str, float]:
    """Days by text, for those that are dates in a format."""
    pattern = FORMATS.get(code)
    if pattern is None:  # a format of the user's: rarely many different texts
        slow = ((text, _one(text, code)) for text in texts)
        return {text: day for text, day in slow if day is not None}
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
_FAR = re.compile(r"(?<!\d)((0\d|1[0-6]|2[3-9]|[3-9]\d)\d|22[6-9])\d(?!\d)")


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
