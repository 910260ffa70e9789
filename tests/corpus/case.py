"""What a case of the corpus is: the files somebody has, the command they give, and what must happen."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Mapping, Optional, Sequence, Tuple, Union

Content = Union[str, bytes, Callable[[Path], None]]
"""Of a file: text (UTF-8), bytes, or what makes it at a path."""


@dataclass(frozen=True)
class Works:
    """The command ends with 0; what is None is not asked."""

    cells: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """The first cells of columns, told back from the matrix: numbers, truth values, levels, dates, None for missing."""
    types: Mapping[str, str] = field(default_factory=dict)
    """``number``, ``category``, ``boolean`` or ``date`` by column; ``left out`` where nothing is learnt from it."""
    features: Optional[Sequence[str]] = None
    """All names of the matrix' columns."""
    target: Optional[Sequence[Any]] = None
    """The first values of the target."""
    classes: Optional[Sequence[str]] = None
    """All classes by code; empty for regression."""
    rows: Optional[int] = None
    """Rows read."""
    parts: Optional[Mapping[str, int]] = None
    """Rows by part of the split."""
    encoding: Optional[str] = None
    said: Sequence[str] = ()
    """Words of stderr; each warning has some of them."""
    printed: Sequence[str] = ()
    """Words of stdout."""
    written: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Words of files that the command made; a pattern such as ``runs/*/metrics.json``."""


@dataclass(frozen=True)
class Fails:
    """The command ends with an error, and leaves nothing behind."""

    said: Sequence[str]
    """Words of stderr."""
    unsaid: Sequence[str] = ()
    """Words that would mislead."""
    code: int = 2
    plain: bool = False
    """There is nothing to propose: the message says it all."""


@dataclass(frozen=True, eq=False)
class Case:
    """Files, a command, and what must happen."""

    id: str
    """One sentence without a full stop."""
    files: Union[Content, Mapping[str, Content]]
    """By name; content alone is that of ``table.csv``."""
    expect: Union[Works, Fails]
    data: Mapping[str, Any] = field(default_factory=dict)
    """Keys of the config's ``data`` beside path and target; they win over them."""
    config: Union[str, bytes, Callable[[Path], None], Mapping[str, Any], None] = None
    """All of the config, or sections beside ``data`` and ``network``."""
    words: Tuple[str, ...] = ("validate", "config.yaml")
    """The command."""
    overrides: Tuple[str, ...] = ()
    row: str = ""
    """What the README's table calls it, where it stands for its kind."""
    posix: bool = False
    """It needs what Windows does not have."""
    unprivileged: bool = False
    """It is for a user who may not read everything; where root runs it, as nobody."""
    varies: str = ""
    """From these words on, what is said differs between the stacks."""


# --- tables -----------------------------------------------------------------------------------------------------------

LABELS = "abbabaabbaababbabaababba" * 2
"""Classes that no period of cells tells."""


def plain(row: int) -> str:
    """A number that is different in each of the first 100 rows and in no order."""
    return f"{(row * 37 % 101) / 10 + 0.05:.2f}"


def column(*cells: str, name: str = "x", separator: str = ",", rows: int = 24, end: str = "\n") -> str:
    """A table ``x,z,y`` in whose first column the cells take turns."""
    header = separator.join((name, "z", "y"))
    body = [separator.join((cells[row % len(cells)], plain(row), LABELS[row])) for row in range(rows)]
    return end.join([header, *body, ""])


def among(*cells: str, separator: str = ",", rows: int = 24) -> str:
    """A table ``x,z,y`` in whose first column the cells come first and plain numbers follow."""
    filled = [*cells, *(plain(row + 50) for row in range(rows - len(cells)))]
    return column(*filled, separator=separator, rows=rows)


def targets(*cells: str, rows: int = 24) -> str:
    """A table ``x,z,y`` whose targets take turns."""
    body = [f"{plain(row + 30)},{plain(row)},{cells[row % len(cells)]}" for row in range(rows)]
    return "\n".join(["x,z,y", *body, ""])


TABLE = column(*(plain(row + 50) for row in range(24)))
"""A table of two numbers and two classes of which nothing is to be said."""
