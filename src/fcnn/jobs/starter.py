"""The config for a table of which only the target is known: that of the preset `strong`."""

from pathlib import Path
from typing import Optional, Sequence

from fcnn.config.endings import without_endings
from fcnn.config.tables import is_pattern
from fcnn.jobs.prepare import Request, read_request

STARTER = "strong"
"""The preset of a table without a config."""


def starter_request(table: Path, target: str, overrides: Sequence[str] = (), name: Optional[str] = None) -> Request:
    """A request to train on a table without a config.

    Args:
        table: its file.
        target: the column to predict.
        overrides: ``key=value`` texts.
        name: the start of the run folder's name; by default that of the table.

    Raises:
        ConfigError: with all problems of the overrides.
        DataError: the table cannot be read, or lacks columns that are named.
    """
    mapping = {"preset": STARTER, "data": {"path": str(table), "target": target}}
    return read_request(mapping, overrides, name or table_name(table))


def table_name(table: Path) -> str:
    """The name of a table without what says how it is written: ``sales`` of ``sales.csv.gz`` and ``sales/*.csv``."""
    if is_pattern(table):
        return table.absolute().parent.name or "tables"
    return without_endings(table)
