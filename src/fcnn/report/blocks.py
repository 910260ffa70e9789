"""What a page is made of, whether it becomes HTML or text in a terminal: sentences keep their templates."""

from typing import NamedTuple, Sequence, Tuple, Union


class Heading(NamedTuple):
    """The title of the page (level 1), of a part (2) or of a section of it (3)."""

    level: int
    text: str


class Text(NamedTuple):
    """A sentence."""

    text: str


class Lines(NamedTuple):
    """Formulas, one a line."""

    lines: Tuple[str, ...]


class Table(NamedTuple):
    """Cells; what was said is told in the reader's language, the rest is data."""

    caption: str
    headings: Tuple[str, ...]
    rows: Sequence[Sequence[str]]
    left: int = 1
    """So many columns are text, the others are numbers."""


Block = Union[Heading, Text, Lines, Table]
