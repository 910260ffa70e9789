"""``diagnostics.csv``: what each layer did while it learnt, a row for each epoch that was measured and each layer."""

import csv
import math
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence

from fcnn.errors import Problem, RunError
from fcnn.files import atomic_write
from fcnn.inference.network import Architecture
from fcnn.runs.folder import DIAGNOSTICS
from fcnn.wording import say

WHOLE = ("epoch", "layer", "units")
"""Columns of whole numbers; ``activation`` is text, the others are numbers, empty where there is none."""


def write_diagnostics(folder: Path, measured: Mapping[str, Sequence[float]], architecture: Architecture) -> None:
    """Write ``diagnostics.csv``; numbers read back exactly.

    Args:
        folder: of the run.
        measured: a list a column: ``epoch``, ``layer`` (from 1), and the figures, NaN where there is none.
        architecture: the layers.
    """
    figures = [name for name in measured if name not in WHOLE]
    with atomic_write(folder / DIAGNOSTICS) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["epoch", "layer", "activation", "units", *figures])
        for epoch, number, *values in zip(measured["epoch"], measured["layer"], *(measured[name] for name in figures)):
            layer = architecture.layers[int(number) - 1]
            cells = ["" if math.isnan(value) else repr(float(value)) for value in values]
            writer.writerow([int(epoch), int(number), layer.activation["name"], layer.units, *cells])


def read_diagnostics(folder: Path) -> Dict[str, List[Any]]:
    """Read ``diagnostics.csv`` as lists by column; NaN where a cell is empty.

    Raises:
        RunError: it is not there, or damaged.
    """
    path = folder / DIAGNOSTICS
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {name: [_value(name, row[name]) for row in rows] for name in (rows[0] if rows else ())}
    except (OSError, ValueError, TypeError, csv.Error) as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(path))) from error


def _value(name: str, cell: str) -> Any:
    if name == "activation":
        return cell
    return int(cell) if name in WHOLE else float(cell or "nan")
