"""What a preset sets: values for keys that a config leaves out, chosen by a few facts about the table.

A preset is only values: each is an ordinary key that can be written without one, and what the user writes wins.
"""

from typing import Any, Dict, Mapping, NamedTuple, Optional

from fcnn.config.base import Literal

PresetName = Literal["simple", "strong"]
PRESETS = ("simple", "strong")


class TableFacts(NamedTuple):
    """What the choices of a preset depend on."""

    task: str
    """``binary``, ``multiclass`` or ``regression``."""
    rows: int
    """That train."""
    features: int
    """Columns of the preprocessed matrix."""


UNKNOWN = TableFacts("binary", 10_000, 16)
"""Stands for a table that has not been read: what a preset sets for it keeps the config complete until then."""


def preset_values(name: str, table: Optional[TableFacts]) -> Mapping[str, Any]:
    """The keys that a preset sets.

    Args:
        name: one of :data:`PRESETS`.
        table: None: it has not been read.

    Returns:
        A mapping like a config's.
    """
    return {"simple": _simple, "strong": _strong}[name](table or UNKNOWN)


def _simple(table: TableFacts) -> Dict[str, Any]:
    """What a course on fully connected networks teaches: the same for every table."""
    return {
        "network": {
            "layers": [{"units": 64, "activation": "relu"}, {"units": 32, "activation": "relu"}],
        },
        "training": {"optimizer": {"name": "adam", "learning_rate": 1e-3}},
    }


def _strong(table: TableFacts) -> Dict[str, Any]:
    return _simple(table)
