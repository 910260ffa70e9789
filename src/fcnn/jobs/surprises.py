"""What a table has that the training rows did not have, in words."""

from typing import Any, Dict, Iterable, List, Sequence, Tuple

from msgspec.structs import replace

from fcnn.data.dates import AMBIGUOUS
from fcnn.data.encoding import Surprise
from fcnn.data.findings import column_place
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.states import Date, Number
from fcnn.errors import Problem
from fcnn.wording import Said, say

MOST_LINES = {"missing": 10, "unseen": 10, "percent": 10, "out of range": 3}
"""Columns of which the same is said that get a line of their own; more share one."""


def add_up_surprises(surprises: Iterable[Surprise], names: Sequence[str]) -> List[Surprise]:
    """The surprises of the pieces of a table as those of the whole, in the order of the columns of these names."""
    whole: Dict[Tuple[str, str], Surprise] = {}
    for surprise in surprises:
        key = surprise.column, surprise.what
        before = whole.get(key)
        whole[key] = surprise if before is None else replace(before, rows=before.rows + surprise.rows)
    order = {name: position for position, name in enumerate(names)}
    return sorted(whole.values(), key=lambda surprise: order[surprise.column])


def surprise_problems(surprises: Sequence[Surprise], rows: int, severity: str = "warning") -> List[Problem]:
    """The surprises of a whole table of so many rows; what is out of range is a note where others are warnings."""
    many = {
        what: [surprise for surprise in surprises if surprise.what == what]
        for what, most in MOST_LINES.items()
        if sum(surprise.what == what for surprise in surprises) > most
    }
    problems = [Problem(_of_many(what, found), severity=_severity(what, severity)) for what, found in many.items()]
    for surprise in surprises:
        if surprise.what not in many:
            where = column_place(surprise.column)
            problems.append(Problem(_of_one(surprise, rows), where, severity=_severity(surprise.what, severity)))
    return problems


def _severity(what: str, severity: str) -> str:
    return "note" if what == "out of range" and severity == "warning" else severity


def _of_one(surprise: Surprise, rows: int) -> Said:
    values: Dict[str, Any] = {"count": surprise.rows, "rows": rows}
    if surprise.what == "missing":
        return say(
            "{count:,} of {rows:,} values are missing, and none was in training: the usual value stands in", **values
        )
    values["example"] = surprise.example
    if surprise.what == "unseen":
        return say("{count:,} of {rows:,} values were not in training, such as {example!r}", **values)
    if surprise.what == "percent":
        if surprise.example[-1].isdigit():
            return say(
                "{count:,} of {rows:,} values have no percent sign, such as {example!r}; all had in training", **values
            )
        return say(
            "{count:,} of {rows:,} values have a percent sign, such as {example!r}; none had in training", **values
        )
    return say("{count:,} of {rows:,} values are beyond those of training, such as {example}", **values)


def _of_many(what: str, surprises: Sequence[Surprise]) -> Said:
    most = MOST_LINES["out of range"]
    names = ", ".join(f"{surprise.column!r} ({surprise.rows:,})" for surprise in surprises[:most])
    count = len(surprises)
    if what == "missing":
        return say(
            "{count:,} columns have missing values, and had none in training: {names}, ...", count=count, names=names
        )
    if what == "unseen":
        return say("{count:,} columns have values that were not in training: {names}, ...", count=count, names=names)
    if what == "percent":
        return say(
            "{count:,} columns have percent signs here or in training, not in both: {names}, ...",
            count=count,
            names=names,
        )
    return say("{count:,} columns have values beyond those of training: {names}, ...", count=count, names=names)


def notation_problems(training: Preprocessing, table: Preprocessing) -> List[Problem]:
    """In which columns dates and numbers are written in another way than those of the training."""
    problems = []
    for old, new in zip(training.columns, table.columns):
        where = column_place(old.name)
        if isinstance(old, Date) and isinstance(new, Date) and old.format != new.format:
            message = say("dates are read as {new}; in training they were {old}", new=new.format, old=old.format)
            doubtful = new.format.startswith(AMBIGUOUS)
            problems.append(Problem(message, where, severity="warning" if doubtful else "note"))
        if isinstance(old, Number) and isinstance(new, Number) and old.decimal != new.decimal:
            message = say("the decimal mark is {new!r}; in training it was {old!r}", new=new.decimal, old=old.decimal)
            problems.append(Problem(message, where, severity="note"))
    return problems
