"""How a CSV is written, told from its beginning: separator, names, decimal mark."""

import csv
import re
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Iterator, List, NamedTuple, Sequence, Tuple

from fcnn.data.findings import Noticed
from fcnn.data.not_csv import LONG_SEPARATORS, separated_otherwise
from fcnn.errors import DataError, Problem
from fcnn.wording import say

SEPARATORS = (",", ";", "\t", "|")
RARE_SEPARATORS = ("^", "~", ":")
"""Tried where those above leave one column; texts and times have them, too, so that all rows must fit."""
SAMPLE = 1 << 20
"""Bytes at the beginning of a file that are looked at."""
MOST_RECORDS = 1000
"""Records of the sample that are looked at."""

DECIMAL_COMMA = re.compile(r"[+-]?((\d+|\d{1,3}(\.\d{3})+),(\d{1,2}|\d{4,})|0,\d+)")
DECIMAL_POINT = re.compile(r"[+-]?(\d+\.(\d{1,2}|\d{4,})([eE][+-]?\d+)?|0\.\d+)")
DOUBTFUL_COMMA = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
"""1,234 is either."""


class Dialect(NamedTuple):
    """How a CSV is written."""

    names: Tuple[str, ...]
    """The column names in order, without surrounding blanks; a column without a name is ``""``."""
    separator: str
    """The character between the fields."""
    decimal: str
    """The decimal mark of its numbers: a point or a comma."""
    lines: int
    """How many lines end before the rows begin."""
    problems: Tuple[Problem, ...] = ()
    """What is doubtful."""
    advice: str = ""
    """What to do where these are not the names that are looked for."""


class _Reading(NamedTuple):
    """The first record as one separator reads it."""

    separator: str
    names: List[str]
    lines: int
    """How many it takes."""


def read_dialect(lines: Sequence[str], path: Path, whole: bool, encoding: str) -> Dialect:
    """Tell how a CSV is written.

    The separator is the one of ``, ; tab |`` that makes as many fields of the rows as of the first line, and the most;
    or one of ``^ ~ :`` that does so in all rows where those find nothing to separate; or what a first line ``sep=;``
    (Excel) says. Where each row ends with a separator and the first line does not, the names end with an empty one.

    Args:
        lines: the beginning of the file, with their ends.
        path: of the file, for errors.
        whole: whether the lines are all that the file has.
        encoding: of the file, for advice.

    Raises:
        DataError: there is no first record, or it does not end.
    """
    skipped, stated = _before_the_names(lines, path)
    rest = lines[skipped:]
    readings = [_first_record(rest, separator, path, whole) for separator in ([stated] if stated else SEPARATORS)]
    several = [reading for reading in readings if len(reading.names) > 1] or readings[:1]
    best = max(several, key=lambda reading: (_share_that_fits(rest, reading, whole), len(reading.names)))
    if len(best.names) == 1 and not stated:
        rare = (_first_record(rest, separator, path, whole) for separator in RARE_SEPARATORS)
        best = next((each for each in rare if len(each.names) > 1 and _all_fit(rest, each, whole)), best)
    names = [name.strip().replace("\r\n", "\n") for name in best.names]
    body = rest[best.lines :]
    rows = _records(body, best.separator, whole)
    if rows and all(len(row) == len(names) + 1 and not row[-1].strip() for row in rows):
        names.append("")
    decimal, doubtful = _decimal_mark(body, best.separator)
    problems = []
    if doubtful:
        message = say(
            "numbers such as {number} are read with a decimal comma, as {value}",
            number=doubtful,
            value=doubtful.replace(",", "."),
        )
        hint = "if the comma separates thousands, leave it out in the file"
        problems.append(Noticed(message, str(path), hint=hint, severity="warning", kind="decimal_comma"))
    advice = ""
    # a tab stands before the last field in some files of blanks; || are two separators
    is_tab_alone = best.separator == "\t" and "  " in names[0]
    is_half = 2 * best.separator in LONG_SEPARATORS and "" in names
    if len(names) == 1 or is_tab_alone or is_half:
        advice = separated_otherwise(rest if whole else rest[:-1], path, encoding)
    return Dialect(tuple(names), best.separator, decimal, skipped + best.lines, tuple(problems), advice)


@contextmanager
def fields_up_to(size: int) -> Iterator[None]:
    """Let Python's CSV reader take fields of so many characters in the block; by itself it takes 128 KB."""
    limit = csv.field_size_limit(size)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _before_the_names(lines: Sequence[str], path: Path) -> Tuple[int, str]:
    """How many lines stand before the names (blank ones, Excel's ``sep=;``), and the separator these state."""
    separator = ""
    for number, line in enumerate(lines):
        if line.lower().startswith("sep=") and len(line.strip("\r\n")) == 5 and not separator:
            separator = line[4]
            if not separator.isascii():
                unread = say("the first line says sep={separator}, which fcnn does not read", separator=separator)
                raise DataError(Problem(unread, str(path), say(", ; tab | ^ ~ :")))
        elif line.strip():
            return number, separator
    message = "there is nothing but blank lines" if lines else "the file is empty"
    raise DataError(Problem(message, str(path), "a first line with the names of the columns"))


def _first_record(lines: Sequence[str], separator: str, path: Path, whole: bool) -> _Reading:
    # a line more than there are: it belongs to the first record only where that has no end
    reader = csv.reader(chain(lines, ["\n"]), delimiter=separator, skipinitialspace=True)
    with fields_up_to(2 * SAMPLE):
        names = next(reader, [])
    if reader.line_num > len(lines) or (reader.line_num == len(lines) and not whole):
        if whole:
            raise DataError(Problem("a quote is never closed, in the names of the columns", str(path)))
        message = say("the first line does not end within {size} MB", size=SAMPLE >> 20)
        raise DataError(Problem(message, str(path), hint="is it a CSV at all?"))
    return _Reading(separator, names, reader.line_num)


def _records(lines: Sequence[str], separator: str, whole: bool) -> List[List[str]]:
    """The first records but for blank ones, and but for one that may have been cut."""
    reader = csv.reader(iter(lines), delimiter=separator, skipinitialspace=True)
    with fields_up_to(2 * SAMPLE):
        records = list(islice(reader, MOST_RECORDS))
    if reader.line_num >= len(lines) and not whole:
        records = records[:-1]
    return [record for record in records if len(record) > 1 or any(map(str.strip, record))]


def _share_that_fits(lines: Sequence[str], reading: _Reading, whole: bool) -> float:
    """The share of the first rows that have as many fields as there are names."""
    wanted = len(reading.names)
    rows = _records(lines[reading.lines :], reading.separator, whole)
    return sum(len(row) in (wanted, wanted + 1) for row in rows) / len(rows) if rows else 1.0


def _all_fit(lines: Sequence[str], reading: _Reading, whole: bool) -> bool:
    """Whether there are rows, and each has exactly as many fields as there are names, of which none is empty."""
    rows = _records(lines[reading.lines :], reading.separator, whole)
    return bool(rows) and all(reading.names) and all(len(row) == len(reading.names) for row in rows)


def _decimal_mark(lines: Sequence[str], separator: str) -> Tuple[str, str]:
    """A comma where the first rows have numbers with one and none with a point that is no thousands' mark.

    Returns:
        The mark; and a number for which it is a guess, where all with a comma are like it.
    """
    if separator == ",":
        return ".", ""
    cells = [field.strip(' "\r\n') for line in lines[:MOST_RECORDS] for field in line.split(separator)]
    points = sum(DECIMAL_POINT.fullmatch(cell) is not None for cell in cells)
    commas = sum(DECIMAL_COMMA.fullmatch(cell) is not None for cell in cells)
    if commas or points:
        return ("," if commas > points else "."), ""
    # Who separates with semicolons does so because the comma is taken.
    doubtful = next((cell for cell in cells if DOUBTFUL_COMMA.fullmatch(cell)), "") if separator == ";" else ""
    return ("," if doubtful else "."), doubtful
