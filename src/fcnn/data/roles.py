"""Which column of a table does what, or which names of the config the table does not have."""

from collections import Counter
from dataclasses import dataclass
from typing import Callable, Iterable, List, Optional, Tuple

from fcnn.config.paths import Path as Key
from fcnn.config.paths import format_path
from fcnn.config.structs import Data
from fcnn.data.findings import Noticed
from fcnn.data.header import Header
from fcnn.data.numerals import read_numerals
from fcnn.errors import DataError, Problem, nearest_name
from fcnn.wording import say, say_many


@dataclass(frozen=True)
class Roles:
    """Which column does what."""

    target: str
    features: Tuple[str, ...]
    weight: Optional[str]
    problems: Tuple[Problem, ...] = ()
    """Notes on columns that were left out, and what was guessed of the file."""
    decimal: str = "."
    """The decimal mark of the file."""
    split: Optional[str] = None
    """The column that says how to split."""
    separator: str = ""
    """The character between the fields of the file; empty for one that is no text."""
    names: Tuple[str, ...] = ()
    """Those of all columns of the file, in order."""


def assign_roles(data: Data, header: Header, locate: Callable[[Key], str] = format_path) -> Roles:
    """Give every column of the table its role, or say which names of the config the table does not have.

    Args:
        data: the config's section.
        header: of the table.
        locate: from a key of the config to the words that say where it stands.

    Raises:
        DataError: with a Problem for each name of the config that is no column, for each column that is used and
            appears twice, and where no feature is left.
    """
    problems: List[Problem] = []
    for key, name in _names_in(data):
        if name not in header.names:
            problems.append(_no_such_column(locate(("data", *key)), name, header))
    left_out = {data.target, data.weight, data.split.column, *data.drop}
    if data.features is not None:
        features = tuple(data.features)
    else:
        features = tuple(name for name in header.names if name and name not in left_out)
    if problems and header.advice:
        raise DataError(problems[0], *header.problems)  # its other names mean as little
    counts = Counter(header.names)
    used = {data.target, data.weight, data.split.column, *features}
    problems += [appears_twice(name, header) for name in counts if name in used and counts[name] > 1]
    if not problems and not features:
        hint = "shorten data.drop" if data.drop else say("the table needs a column beside the target")
        problems.append(Problem("no column is left to learn from", str(header.path), hint=hint))
    notes = list(header.problems)
    if problems:
        raise DataError(*problems, *notes)  # a wrong guess of the encoding may be why a name is not there
    unnamed = [str(index + 1) for index, name in enumerate(header.names) if not name]
    if data.features is None and unnamed:
        message = say_many(
            len(unnamed),
            "column {positions} has no name and is left out",
            "columns {positions} have no name and are left out",
            positions=", ".join(unnamed),
        )
        count = len(unnamed)
        notes.append(Noticed(message, str(header.path), severity="note", kind="unnamed_columns", count=count))
    return Roles(
        data.target,
        features,
        data.weight,
        tuple(notes),
        header.decimal,
        data.split.column,
        header.separator,
        header.names,
    )


def _names_in(data: Data) -> Iterable[Tuple[Key, str]]:
    """Each column name in the config with its key below ``data``."""
    yield ("target",), data.target
    for key, names in (("features", data.features or []), ("drop", data.drop)):
        yield from (((key, index), name) for index, name in enumerate(names))
    yield from ((("columns", name), name) for name in data.columns)
    if data.weight is not None:
        yield ("weight",), data.weight
    if data.split.column is not None:
        yield ("split", "column"), data.split.column


def _no_such_column(where: str, name: str, header: Header) -> Problem:
    named = [other for other in header.names if other]
    nearest = nearest_name(name, named)
    if header.advice:
        hint = header.advice
    elif nearest is not None:
        hint = say("did you mean `{name}`?", name=nearest)
    elif len(header.names) == 1 or len(named) < len(header.names) / 2:
        hint = say(
            "the names of the columns are looked for in the first line, separated by , ; tab or |; it reads: {line}",
            line=", ".join(named)[:100],
        )
    elif 2 * len(read_numerals(named).values) >= len(named):  # a row, not names
        first = ", ".join(named[:12])
        hint = say("is the line with the names of the columns missing? The first line reads: {line}", line=first)
    elif len(named) <= 20:
        hint = say("known: {names}", names=", ".join(named))
    else:
        hint = say("its {count} columns begin with: {names}", count=len(named), names=", ".join(named[:12]))
    return Problem(say("{file} has no column {name!r}", file=header.path.name, name=name), where, hint=hint)


def appears_twice(name: str, header: Header) -> Problem:
    """The problem of a column name that several columns have."""
    positions = [str(index + 1) for index, other in enumerate(header.names) if other == name]
    message = say(
        "the column name {name!r} appears {count} times, at positions {positions}",
        name=name,
        count=len(positions),
        positions=", ".join(positions),
    )
    return Problem(message, str(header.path), "each used name once", hint="rename one of them in the first line")
