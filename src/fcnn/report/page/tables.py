"""Tables of the page as plain data: what their cells say, and what they are sorted by."""

from typing import NamedTuple, Optional, Sequence, Tuple

DASH = "\u2013"
LONG = 32
"""Letters; a cell with more may be broken anywhere."""


class Cell(NamedTuple):
    """One cell."""

    text: str
    """A sentence is told in the page's language, anything else stands as it is."""
    value: Optional[float] = None
    """What it is sorted by, where that is a number."""
    mark: str = ""
    """A word for the style sheet: ``best``, ``hit``, ``miss``."""
    share: Optional[float] = None
    """How strongly it is coloured, from 0 to 1."""

    @property
    def classes(self) -> str:
        """Words for the style sheet."""
        return f"{self.mark} long".strip() if len(self.text) > LONG else self.mark


class Column(NamedTuple):
    """What stands above the cells."""

    title: str
    is_number: bool = False


class Table(NamedTuple):
    """Rows of cells; the first of each names its row."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    is_sortable: bool = False
    note: str = ""
    """Said below it."""


class Finding(NamedTuple):
    """Something to be told about the training or its table."""

    severity: str
    where: str
    message: str
    hint: str
    remedy: Sequence[str] = ()
    """Lines of config that help."""


def number(value: float, digits: int = 4) -> Cell:
    """A number in a few digits."""
    return Cell(short(value, digits), value)


def short(value: float, digits: int = 4) -> str:
    """A number as a person writes it: 0.9808, 53,940, 1.2e-07."""
    if value != value:
        return "-"
    if float(value).is_integer() and abs(value) < 1e9:
        return f"{value:,.0f}"
    if 1000 <= abs(value) < 1e9:
        return f"{value:,.0f}" if abs(value) >= 10**digits else f"{value:,.1f}"
    return f"{value:.{digits}g}"


def interval(ends: Sequence[float]) -> str:
    """``0.942 to 1``, with a dash."""
    return f" {DASH} ".join(short(end, 3 if abs(end) < 1000 else 4) for end in ends)


def plain_table(caption: str, titles: Sequence[str], rows: Sequence[Tuple[str, str]]) -> Table:
    """A table of names and what they are."""
    return Table(caption, [Column(title) for title in titles], [[Cell(name), Cell(text)] for name, text in rows])
