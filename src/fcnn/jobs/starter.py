"""The config for a table of which only the target is known: a few rules, each with its reason.

The widths and the dropout were chosen by training on the tables in ``data/``: below 1,000 training rows wider layers
score worse, above narrower ones do; dropout helps on each table of less than 10,000 rows.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence

from fcnn.config import LoadedConfig, config_from_mapping
from fcnn.config.endings import without_endings
from fcnn.config.fit import PARAMETERS_PER_ROW
from fcnn.config.presets import TableFacts
from fcnn.config.tables import is_pattern
from fcnn.jobs.prepare import Request, read_request
from fcnn.wording import say

WIDTHS = ((1_000, 64), (100_000, 128))
"""Below so many training rows the first layer has so many units."""
WIDEST = 256
NARROWEST = 16
DROPOUT = 0.2
DROPOUT_ROWS = 10_000
"""Below so many training rows there is dropout: they are soon learnt by heart."""


class Proposal(NamedTuple):
    """The hidden layers that suit a table."""

    layers: List[Dict[str, Any]]
    reasons: List[str]
    """Why they are as they are, a few words each."""


def propose_layers(rows: int, features: int) -> Proposal:
    """Two layers of relu, the second half as wide as the first.

    Args:
        rows: that train.
        features: columns of the matrix.
    """
    width = next((units for most, units in WIDTHS if rows < most), WIDEST)
    reasons: List[str] = [
        say("{rows:,} training rows: {units} and {half} units", rows=rows, units=width, half=width // 2)
    ]
    narrow = width
    while narrow > NARROWEST and narrow * features > PARAMETERS_PER_ROW * rows:
        narrow //= 2
    if narrow < width:
        narrowed = say(
            "{features:,} features for {rows:,} training rows: {units} and {half} units, to have fewer weights",
            features=features,
            rows=rows,
            units=narrow,
            half=narrow // 2,
        )
        reasons = [narrowed]
    layers: List[Dict[str, Any]] = [{"units": units, "activation": "relu"} for units in (narrow, narrow // 2)]
    if rows < DROPOUT_ROWS:
        reasons.append(say("dropout, as less than {count:,} rows are soon learnt by heart", count=DROPOUT_ROWS))
        layers = [{**layer, "dropout": DROPOUT} for layer in layers]
    return Proposal(layers, reasons)


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
    name = name or table_name(table)

    def mapping(rows: int, features: int) -> Mapping[str, Any]:
        layers = propose_layers(rows, features).layers
        return {"data": {"path": str(table), "target": target}, "network": {"layers": layers}}

    def suited(facts: TableFacts) -> LoadedConfig:
        found = config_from_mapping(mapping(facts.rows, facts.features), name=request.loaded.name, overrides=overrides)
        return found.suited_to(facts)

    # Layers of any width stand in until the rows have been read: that mistakes are told before.
    request = read_request(mapping(1, 1), overrides, name)
    return replace(request, suited=suited)


def table_name(table: Path) -> str:
    """The name of a table without what says how it is written: ``sales`` of ``sales.csv.gz`` and ``sales/*.csv``."""
    if is_pattern(table):
        return table.absolute().parent.name or "tables"
    return without_endings(table)
