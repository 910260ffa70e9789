"""What a file is by its name: asked where a command takes a config or a table, and nothing has been opened yet.

What a table is written in, its first bytes tell (:func:`fcnn.data.source.kind_of`); a name may lie.
"""

from pathlib import Path
from typing import Union

CONFIGS = (".yaml", ".yml")
TEXT = (".csv", ".tsv", ".txt")
PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip")
"""These may stand behind another ending: ``sales.csv.gz``."""
TABLES = (*TEXT, *PACKED, ".parquet", ".xlsx", ".xls")


def is_config(path: Union[str, Path]) -> bool:
    """Whether a name is that of a config."""
    return Path(path).suffix.lower() in CONFIGS


def is_table(path: Union[str, Path]) -> bool:
    """Whether a name, or a pattern of names, is that of a table."""
    return Path(path).suffix.lower() in TABLES


def without_endings(path: Union[str, Path]) -> str:
    """The name of a file without what says how it is written: ``sales`` of ``2024/sales.csv.gz``."""
    path = Path(path)
    return Path(path.stem).stem if path.suffix.lower() in PACKED else path.stem
