"""What a list says before anything is judged: entries, hints at a Python, and what could not be read."""

# ruff: noqa: PTH111, PTH118, PTH120
# (no pathlib: see text.py)

import os
from dataclasses import dataclass, field
from typing import Callable, List, Mapping, NamedTuple, Optional, Sequence, Set

from fcnn.environment.facts import normalised
from fcnn.errors import ListingError, Problem

MOST = 20_000
"""Packages of one list: more are an accident or an attack, and would take minutes."""
MOST_PROBLEMS = 1000


class Entry(NamedTuple):
    """One package as one line names it."""

    name: str
    """Normalised."""
    where: str
    """The line: ``requirements.txt:3``."""
    versions: str = ""
    """The range that is asked for (PEP 440), a pin included; empty for any version."""
    pin: str = ""
    """The one version that is asked for, as it was written; empty where it is open."""
    marker: str = ""
    """The environment marker on which it depends (PEP 508)."""
    pythons: str = ""
    """The Pythons for which it is meant, as a range."""
    constraint: bool = False
    """Whether it only limits the version of what something else asks for."""
    conda: bool = False
    """Whether conda installs it."""


class PythonHint(NamedTuple):
    """What a list says of the Python it is for."""

    versions: str
    """A version (``3.8``) or a range of them (``>=3.8,<3.9``)."""
    where: str
    """The line, or the file."""
    text: str
    """As it is written there."""


class EnoughProblems(Exception):
    """Ends the reading of a file that is something else."""


Environment = Mapping[str, str]
"""Marker variables (PEP 508) of the judged Python."""


class Place(NamedTuple):
    """The file that is being read."""

    name: str
    """As it is shown to the user."""
    folder: str
    """What its relative paths are relative to."""

    def line(self, number: int) -> str:
        """A line of it; 0 where that is not known."""
        return f"{self.name}:{number}" if number else self.name

    def beside(self, path: str) -> "Place":
        """A file whose path is relative to this one."""
        path = path if os.sep == "\\" else path.replace("\\", "/")
        joined = os.path.normpath(os.path.join(self.folder, os.path.expanduser(path)))
        return Place(joined, os.path.dirname(joined))


Resolution = Callable[[Environment], Sequence["Entry"]]
"""What a lock that holds several resolutions says for one Python."""


@dataclass
class Listing:
    """Collects what is read, of nested files too."""

    name: str
    """What it is called in messages."""

    entries: List[Entry] = field(default_factory=list)
    """What is named."""
    resolutions: List[Resolution] = field(default_factory=list)
    """What depends on the Python as a whole, and not line by line."""
    pythons: List[PythonHint] = field(default_factory=list)
    """Hints at the Python, the most telling first."""
    problems: List[Problem] = field(default_factory=list)
    """What is no requirement."""
    seen: Set[str] = field(default_factory=set)
    """Real paths of the files that were read, so that a cycle ends."""

    def add(self, name: str, where: str, versions: str = "", pin: str = "", conda: bool = False) -> None:
        """Take in one package that depends on nothing; a pin is its own range."""
        self.take(Entry(normalised(name), where, versions, pin, conda=conda))

    def take(self, entry: Entry) -> None:
        """Take in what one line names.

        Raises:
            ListingError: there are too many for a list of packages.
        """
        if len(self.entries) >= MOST:
            raise ListingError(Problem(f"the list names more than {MOST} packages", self.name))
        self.entries.append(entry)

    def refuse(
        self, message: str, where: str, expected: str = "", received: Optional[str] = None, hint: str = ""
    ) -> None:
        """Keep a problem.

        Raises:
            EnoughProblems: there are so many that the rest need not be read.
        """
        if len(self.problems) >= MOST_PROBLEMS:
            raise EnoughProblems
        self.problems.append(Problem(message, where, expected, shortened(received or ""), hint))


def shortened(text: str, length: int = 200) -> str:
    """A text that may be anything, as an excerpt that can be shown on a line."""
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
    return text if len(text) <= length else text[: length - 3] + "..."
