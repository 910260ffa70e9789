"""TOML with line numbers as far as they can be found, and what is not there as nothing."""

import re
import sys
from typing import Any, Dict, List

from fcnn.environment.listed.model import Place
from fcnn.errors import ListingError, Problem


def load_toml(text: str, name: str) -> Dict[str, Any]:
    """The content of a TOML file.

    Raises:
        ListingError: it is none, or there is nothing to read it with.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        try:
            import tomli as tomllib
        except ImportError:
            raise ListingError(
                Problem(
                    "this file is TOML, and Python before 3.11 has nothing to read it with",
                    name,
                    hint="pip install tomli",
                )
            ) from None
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # ValueError: also integers of thousands of digits
        found = re.search(r"\(at line (\d+)", str(error))
        reason = re.sub(r"\s*\(at .*\)$", "", str(error)) if isinstance(error, ValueError) else "nested too deeply"
        raise ListingError(
            Problem(f"this is no valid TOML: {reason}", f"{name}:{found.group(1)}" if found else name)
        ) from None


def table_in(document: Any, *keys: str) -> Dict[str, Any]:
    """The table under keys; an empty one where there is none."""
    for key in keys:
        document = document.get(key) if isinstance(document, dict) else None
    return document if isinstance(document, dict) else {}


def tables_in(document: Any, key: str) -> List[Dict[str, Any]]:
    """The tables of the array under a key, an empty one for what is no table; none where there is no array."""
    rows = document.get(key) if isinstance(document, dict) else None
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []


def text_at(table: Any, key: str) -> str:
    """The text under a key; empty where there is none."""
    value = table.get(key) if isinstance(table, dict) else None
    return value if isinstance(value, str) else ""


def texts_at(table: Any, key: str) -> List[str]:
    """The texts of the array under a key."""
    value = table.get(key) if isinstance(table, dict) else None
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


class Finder:
    """Finds the lines of a file on which keys and texts stand; the parser does not tell them."""

    def __init__(self, text: str, place: Place) -> None:
        """Take the text of `place`."""
        self._lines = text.splitlines()
        self._place = place

    def heading(self, pattern: str) -> int:
        """The line of a heading (``[project]``), by a regular expression; 0 where it is not found."""
        return self._find(pattern, 0)

    def where(self, pattern: str, after: int = 0) -> str:
        """The place of the first line from `after` on that matches; the file where none does."""
        return self._place.line(self._find(pattern, after))

    def blocks(self, heading: str) -> List[str]:
        """The place of each line that is this heading (``[[package]]``)."""
        return [self._place.line(number) for number, line in enumerate(self._lines, 1) if line.strip() == heading]

    def _find(self, pattern: str, after: int) -> int:
        compiled = re.compile(pattern)
        for number, line in enumerate(self._lines[after:], after + 1):
            if compiled.search(line):
                return number
        return 0
