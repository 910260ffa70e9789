"""What a column of text means of which there are too many different values to keep them apart: numbers, dates, names.

In memory each different text is kept; of a table on the disk only so many are. Times of the day and the second, or
amounts with cents, are more than that, and are kept as the numbers that they mean, which is all that is learnt from.
"""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.data.column import Numbers
from fcnn.data.dates import read_dates
from fcnn.data.guess import MOST_SHARE
from fcnn.data.numerals import read_numerals

NUMBER, DATE, NAME = "number", "date", "name"
EXACT = 2**52
"""Names are numbers below this: a float64 has each of them, and of ten million two are equal with a chance of 1 %."""


@dataclass(frozen=True)
class Meaning:
    """How the texts of a column are read."""

    kind: str
    """``number``; ``date``, in days since 1970; ``name``: nothing but whether two are equal."""
    format: str = ""
    """Of dates; of numbers what they have beyond digits and a point, in words."""
    decimal: str = "."

    def read(self, texts: Sequence[str]) -> Dict[str, float]:
        """Text to number, for those that have this meaning."""
        if self.kind == DATE:
            return read_dates(texts, self.format).values
        if self.kind == NUMBER:
            return read_numerals(texts, self.decimal).values
        return {text: float(_number_of(text)) for text in texts}


def meaning_of(texts: List[str], stated: Stated, decimal: str, is_name: bool) -> Optional[Meaning]:
    """What texts mean by themselves, if more than half of them mean the same.

    Args:
        texts: different ones, without blanks around them.
        stated: what the config says of the column.
        decimal: the decimal mark of the file.
        is_name: whether it only matters which of them are equal.
    """
    if is_name and stated.type == "auto" and not stated.format:
        # of the column that the rows are split by: a time, or else the name of a group
        dates = read_dates(texts)
        return Meaning(DATE, dates.format) if len(dates.values) == len(texts) else Meaning(NAME)
    if stated.type in ("category", "boolean"):
        return None
    if stated.type in ("auto", "number") and not stated.format:
        numerals = read_numerals(texts, decimal)
        are_codes = any(text[:1] == "0" and text[1:2].isdigit() for text in texts)
        signs = any(text.endswith("%") for text in texts)
        if len(numerals.values) > MOST_SHARE * len(texts) and not (numerals.seconds or are_codes or signs):
            return Meaning(NUMBER, numerals.notation, numerals.decimal)
    if stated.type in ("auto", "date"):
        dates = read_dates(texts, stated.format or "")
        if len(dates.values) > MOST_SHARE * len(texts) and not dates.other:
            return Meaning(DATE, dates.format)
    return None


def _number_of(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") % EXACT


@dataclass(frozen=True)
class Understood(Numbers):
    """A column of text by what it means; missing where a cell is, or means something else."""

    meaning: Meaning
    bad: int = 0
    """How many cells mean something else, in all rows that were read."""
    cells: str = ""
    """The first of them, with their rows."""
    places: Tuple[str, ...] = ()
    """Their rows."""


def as_days(column: object) -> Optional[np.ndarray]:
    """(rows,) float64 days since 1970 of a column of dates that is kept so; None of any other."""
    is_date = isinstance(column, Understood) and column.meaning.kind == DATE
    return column.values if is_date and isinstance(column, Numbers) else None
