"""What an experiment is made of: facts (a table and what else was measured), judgement, presentation."""

from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Sequence, Tuple, Union

from fcnn.jobs.lab.bench import Bench
from fcnn.jobs.lab.drawing import Sheet

Row = Dict[str, Union[str, int, float, None]]
"""Of the table: column -> value; None where there is nothing to measure."""


@dataclass(frozen=True)
class Seen:
    """What was measured."""

    rows: List[Row]
    """The table; all have the same columns."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What only the picture needs, such as curves."""


class Data(NamedTuple):
    """The table that the networks learn from."""

    header: Sequence[str]
    columns: Sequence[Any]
    """One for each name: (rows,) float64, or objects of ``str``."""


@dataclass(frozen=True)
class Experiment:
    """One experiment."""

    data: Callable[[], Data]
    """The same table every time."""
    config: str
    """What is to go on from: the YAML of a config for ``data.csv``, without its seed."""
    run: Callable[[Bench], Seen]
    """Train and measure."""
    conclude: Callable[[Sequence[Row]], Tuple[str, str, str]]
    """Three sentences about the table; they say what the numbers show, also where it is not what was expected."""
    draw: Callable[[Seen, Sheet], None]
    """Put panels on a sheet."""
    panels: Sequence[float]
    """The widths of the picture's panels, inches."""


def number(row: Row, column: str) -> float:
    """A number of the table; NaN, which is neither more nor less than anything, where there is none."""
    value = row[column]
    return float("nan") if value is None else float(value)
