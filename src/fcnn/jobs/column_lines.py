"""What each column of a table was taken for, as lines that people read: in a starter config and in the terminal."""

import unicodedata
from typing import Any, Dict, Iterable, List, NamedTuple, Sequence, Tuple

from fcnn.config.render import to_yaml
from fcnn.data.columns import ColumnReport
from fcnn.jobs.prepare import Prepared
from fcnn.wording import say, say_many

MOST_LISTED = 40
"""Columns that get a line each; of more, those of a kind share one."""
LEFT_OUT = say("left out")
KINDS = {"number": say("number"), "category": say("category"), "boolean": say("boolean"), "date": say("date")}
"""What features are taken for, by the word of the config."""
WIDEST_NAME = 32


class ColumnLine(NamedTuple):
    """A column, or several of a kind; all but its name can be translated."""

    name: str
    """As the config has it: quoted where it must be."""
    kind: str
    """``number``, ``category``, ``boolean``, ``date``, ``target``, ``weight``, ``split`` or ``left out``."""
    reason: str
    values: str = ""
    """The range of numbers and dates, or how many different values there are."""
    missing: str = ""
    """In how many rows it has no value; empty where it always has one."""
    features: int = 0
    """How many columns of the matrix it becomes."""


def column_lines(prepared: Prepared) -> List[ColumnLine]:
    """Every column of the table in its order, those that are left out included; wide tables by kind."""
    request, dataset = prepared.request, prepared.dataset
    reports: Dict[str, ColumnReport] = {report.name: report for report in dataset.columns}
    lines = []
    for position, name in enumerate(request.header.names):
        if name in reports:
            lines.append(_feature(reports[name]))
        else:
            kind, reason = _other(prepared, name)
            lines.append(ColumnLine(quoted(name) if name else f"({position + 1})", kind, reason))
    return lines if len(lines) <= MOST_LISTED else _by_kind(lines)


def _feature(report: ColumnReport) -> ColumnLine:
    one = report.lowest == report.highest
    values = report.lowest if one else say("{lowest} to {highest}", lowest=report.lowest, highest=report.highest)
    if report.different is not None and report.type:
        values = say("{count:,} different", count=report.different)
    missing = say("{count:,} of {rows:,}", count=report.missing, rows=report.rows) if report.missing else ""
    name, kind = quoted(report.name), KINDS.get(report.type, LEFT_OUT)
    return ColumnLine(name, kind, report.reason, values, missing, report.features)


def _other(prepared: Prepared, name: str) -> Tuple[str, str]:
    """What a column that is no feature is for."""
    data, target = prepared.config.data, prepared.dataset.target
    if name == data.target:
        classes = len(target.classes)
        return say("target"), say("{count:,} classes", count=classes) if classes else say("a quantity")
    if name == data.weight:
        return say("weight"), say("of each row")
    if name == data.split.column:
        return say("split"), str(data.split.method)
    if not name:
        return LEFT_OUT, say("it has no name")
    return LEFT_OUT, say("in data.drop" if name in data.drop else "not in data.features")


def _by_kind(lines: Sequence[ColumnLine]) -> List[ColumnLine]:
    """Columns that are alike as one line; by kind and reason, or by kind alone where that leaves too many."""
    groups = _grouped((line.kind, line.reason) for line in lines)
    if len(groups) > MOST_LISTED:
        groups = _grouped((line.kind, "") for line in lines)
    return [_joined([lines[position] for position in group]) for group in groups]


def _grouped(keys: Iterable[Tuple[str, str]]) -> List[List[int]]:
    groups: Dict[Tuple[str, str], List[int]] = {}
    for position, key in enumerate(keys):
        groups.setdefault(key, []).append(position)
    return list(groups.values())


def _joined(group: Sequence[ColumnLine]) -> ColumnLine:
    if len(group) == 1:
        return group[0]
    reason = group[0].reason
    if any(line.reason != reason for line in group):
        reason = say("{reason}; or another reason", reason=reason)
    between = ", " if len(group) == 2 else " ... "
    missing = sum(1 for line in group if line.missing)
    return ColumnLine(
        f"{group[0].name}{between}{group[-1].name}",
        group[0].kind,
        say("{reason} ({count:,} columns)", reason=reason, count=len(group)),
        missing=say_many(missing, "some rows of 1 column", "some rows of {count:,} columns") if missing else "",
        features=sum(line.features for line in group),
    )


def aligned(rows: Sequence[Sequence[str]]) -> List[str]:
    """Rows of words as lines whose words stand below each other; the last word of each may be of any length."""
    if not rows:
        return []
    widths = [min(WIDEST_NAME, max(_width(row[place]) for row in rows)) for place in range(len(rows[0]) - 1)]
    lines = []
    for row in rows:
        words = [word + " " * (width - _width(word)) for word, width in zip(row, widths)]
        lines.append("  ".join([*words, row[-1]]).rstrip())
    return lines


def _width(text: str) -> int:
    """How many cells of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def quoted(value: Any) -> str:
    """A value as YAML on one line."""
    return to_yaml([value], flow=True).strip()[1:-1]
