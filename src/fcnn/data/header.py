"""The first line of a CSV, with the standard library alone: a wrong column name is answered before pandas loads."""

import codecs
import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterable, List, Optional, Sequence, Tuple

from fcnn.config.paths import Path as Key
from fcnn.config.paths import format_path
from fcnn.config.structs import Data
from fcnn.errors import DataError, Problem, did_you_mean

SEPARATORS = (",", ";", "\t", "|")
UTF_8 = "utf-8-sig"  # UTF-8, and a byte order mark is skipped where there is one


@dataclass(frozen=True)
class Header:
    """What the first line of a table says."""

    path: Path
    """The file it was read from."""
    names: Tuple[str, ...]
    """The column names in order, without surrounding blanks; a column without a name is ``""``."""
    separator: str
    """The character between the fields."""
    encoding: str
    """The encoding that the line was read with."""

    def position(self, name: str) -> int:
        """The 0-based position of the column `name`."""
        return self.names.index(name)


def read_header(path: Path, encoding: Optional[str] = None) -> Header:
    """Read the column names of a CSV.

    The separator is the one of ``, ; tab |`` that gives the most names.

    Args:
        path: the file.
        encoding: of the file; UTF-8 with or without a byte order mark where it is None.

    Raises:
        DataError: no file, a folder, no permission, empty, or not in that encoding.
    """
    used = encoding or UTF_8
    try:
        if codecs.lookup(used).name == "utf-8":
            used = UTF_8
        with path.open(encoding=used, newline="") as file:
            line = file.readline(1 << 20)
            candidates = {}
            for separator in SEPARATORS:
                file.seek(0)
                candidates[separator] = next(csv.reader(file, delimiter=separator, skipinitialspace=True), [])
    except OSError as error:
        raise DataError(_unreadable(path, error)) from error
    except LookupError as error:
        hint = "a Python codec's name, such as utf-8, gb18030, utf-16 or cp1252"
        raise DataError(Problem("unknown encoding", "data.encoding", hint, str(encoding))) from error
    except UnicodeError as error:
        raise DataError(wrong_encoding(path, encoding)) from error
    except csv.Error as error:
        raise DataError(Problem(f"the first line is no CSV: {error}", str(path))) from error
    if not line.strip():
        message = "the first line is empty" if line else "the file is empty"
        raise DataError(Problem(message, str(path), "a first line with the names of the columns"))
    separator = max(SEPARATORS, key=lambda each: len(candidates[each]))
    return Header(path, tuple(name.strip() for name in candidates[separator]), separator, used)


def is_utf_8(path: Path) -> bool:
    """Whether a whole file is UTF-8 text; a file that cannot be read is."""
    try:
        with path.open(encoding=UTF_8) as file:
            while file.read(1 << 20):
                pass
    except UnicodeError:
        return False
    except OSError:
        pass  # reading it for its content says why
    return True


def wrong_encoding(path: Path, encoding: Optional[str]) -> Problem:
    """The problem of a file that is not in the encoding it should be in."""
    hint = (
        "say which it is: data.encoding=gb18030 (Chinese Excel, GBK), utf-16, or cp1252 (Western Windows); "
        "or save the file as UTF-8"
    )
    return Problem(f"the file is not {encoding or 'UTF-8'} text", str(path), hint=hint)


def _unreadable(path: Path, error: OSError) -> Problem:
    if path.is_dir():
        return Problem("this is a folder", str(path), "a CSV file")
    if not path.exists():
        near = [other.name for other in path.parent.glob("*.csv")] if path.parent.is_dir() else []
        return Problem("there is no such file", str(path), hint=did_you_mean(path.name, near))
    return Problem(f"cannot be read: {error.strerror or error}", str(path))


def check_same_header(headers: Sequence[Header]) -> None:
    """Raise a DataError where the parts of one table do not have the same columns in the same order."""
    first = headers[0]
    problems = [
        Problem(
            f"not the columns of {first.path.name}",
            str(other.path),
            ", ".join(first.names),
            ", ".join(other.names),
        )
        for other in headers[1:]
        if other.names != first.names
    ]
    if problems:
        raise DataError(*problems)


@dataclass(frozen=True)
class Roles:
    """Which column does what."""

    target: str
    features: Tuple[str, ...]
    weight: Optional[str]
    problems: Tuple[Problem, ...] = ()
    """Notes on columns that were left out."""


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
    left_out = {data.target, data.weight, *data.drop}
    if data.features is not None:
        features = tuple(data.features)
    else:
        features = tuple(name for name in header.names if name and name not in left_out)
    counts = Counter(header.names)
    used = {data.target, data.weight, *features}
    problems += [_twice(name, header) for name in counts if name in used and counts[name] > 1]
    if not problems and not features:
        problems.append(Problem("no column is left to learn from", str(header.path), hint="shorten data.drop"))
    if problems:
        raise DataError(*problems)
    notes = []
    if data.features is None and "" in header.names:
        position = header.names.index("") + 1
        notes.append(Problem(f"column {position} has no name and is left out", str(header.path), severity="note"))
    return Roles(data.target, features, data.weight, tuple(notes))


def _names_in(data: Data) -> Iterable[Tuple[Key, str]]:
    """Each column name in the config with its key below ``data``."""
    yield ("target",), data.target
    for key, names in (("features", data.features or []), ("drop", data.drop)):
        yield from (((key, index), name) for index, name in enumerate(names))
    yield from ((("columns", name), name) for name in data.columns)
    if data.weight is not None:
        yield ("weight",), data.weight


def _no_such_column(where: str, name: str, header: Header) -> Problem:
    hint = did_you_mean(name, header.names)
    if not hint:
        hint = f"its {len(header.names)} columns begin with: {', '.join(header.names[:12])}"
    return Problem(f"{header.path.name} has no column {name!r}", where, hint=hint)


def _twice(name: str, header: Header) -> Problem:
    positions = [str(index + 1) for index, other in enumerate(header.names) if other == name]
    message = f"the column name {name!r} appears {len(positions)} times, at positions {', '.join(positions)}"
    return Problem(message, str(header.path), "each used name once", hint="rename one of them in the first line")
