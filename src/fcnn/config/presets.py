"""What a preset sets: values for keys that a config leaves out, chosen by a few facts about the table.

A preset is only values: each is an ordinary key that can be written without one, and what the user writes wins.
"""

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from fcnn.config.fit import PARAMETERS_PER_ROW, auto_batch_size
from fcnn.wording import say, say_joined

PRESETS = ("simple", "strong")

WIDTHS = ((1_000, 64), (100_000, 128))
"""Below so many training rows the first layer has so many units."""
WIDEST = 256
NARROWEST = 16
DROPOUT = 0.2
DROPOUT_ROWS = 10_000
"""Below so many training rows there is dropout: they are soon learnt by heart."""


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


class Choice(NamedTuple):
    """A value that a preset sets."""

    section: str
    """``data``, ``network`` or ``training``."""
    key: str
    value: Any
    why: str
    """A few words."""


def choices(name: str, table: Optional[TableFacts] = None) -> List[Choice]:
    """What a preset sets for a table, in the order of a config.

    Args:
        name: one of :data:`PRESETS`.
        table: None: it has not been read.
    """
    return {"simple": _simple, "strong": _strong}[name](table or UNKNOWN)


def preset_values(name: str, table: Optional[TableFacts] = None) -> Mapping[str, Any]:
    """The same as a mapping like a config's."""
    values: Dict[str, Dict[str, Any]] = {}
    for choice in choices(name, table):
        values.setdefault(choice.section, {})[choice.key] = choice.value
    return values


def _simple(table: TableFacts) -> List[Choice]:
    """What a course on fully connected networks teaches: the same for every table."""
    layers = [{"units": 64, "activation": "relu"}, {"units": 32, "activation": "relu"}]
    return [
        Choice("network", "layers", layers, say("two hidden layers of relu")),
        Choice("training", "optimizer", {"name": "adam", "learning_rate": 1e-3}, say("as Kingma and Ba propose it")),
    ]


def _strong(table: TableFacts) -> List[Choice]:
    """What scored best on the tables in ``data/``.

    Below 1,000 training rows wider layers score worse, above narrower ones do; dropout helps on each table of less than
    10,000 rows.
    """
    width, why = _width(table)
    layers: List[Dict[str, Any]] = [{"units": units, "activation": "relu"} for units in (width, width // 2)]
    if table.rows < DROPOUT_ROWS:
        why = [*why, say("dropout, as less than {count:,} rows are soon learnt by heart", count=DROPOUT_ROWS)]
        layers = [{**layer, "dropout": DROPOUT} for layer in layers]
    return [
        Choice("network", "layers", layers, say_joined("{left}; {right}", why)),
        Choice("training", "epochs", 200, say("at most; early stopping ends before")),
        Choice(
            "training",
            "batch_size",
            auto_batch_size(table.rows),
            say("a power of two near the square root of the training rows"),
        ),
        Choice("training", "optimizer", {"name": "adam", "learning_rate": 1e-3}, say("as Kingma and Ba propose it")),
        Choice("training", "early_stopping", {"patience": 20}, say("epochs without a better validation loss")),
    ]


def _width(table: TableFacts) -> Tuple[int, List[str]]:
    """Units of the first layer, and why, a few words each."""
    width = next((units for most, units in WIDTHS if table.rows < most), WIDEST)
    narrow = width
    while narrow > NARROWEST and narrow * table.features > PARAMETERS_PER_ROW * table.rows:
        narrow //= 2
    if narrow == width:
        words = say("{rows:,} training rows: {units} and {half} units", rows=table.rows, units=width, half=width // 2)
        return width, [words]
    narrowed = say(
        "{features:,} features for {rows:,} training rows: {units} and {half} units, to have fewer weights",
        features=table.features,
        rows=table.rows,
        units=narrow,
        half=narrow // 2,
    )
    return narrow, [narrowed]
