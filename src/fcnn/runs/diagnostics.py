"""``diagnostics.csv``: what each layer did while it learnt, a row for each epoch that was measured and each layer."""

import csv
import math
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence

from fcnn.errors import Problem, RunError
from fcnn.files import atomic_write
from fcnn.inference.network import Architecture
from fcnn.runs.folder import DIAGNOSTICS
from fcnn.runs.receipt import whole_file
from fcnn.wording import say

WHOLE = ("epoch", "layer", "units")
"""Columns of whole numbers; ``activation`` is text, the others are numbers, empty where there is none."""


def figures_by_layer(measured: Mapping[str, Sequence[float]], architecture: Architecture) -> Dict[str, List[Any]]:
    """The columns of ``diagnostics.csv``.

    Args:
        measured: a list a column: ``epoch``, ``layer`` (from 1), and the figures, NaN where there is none.
        architecture: the layers.
    """
    layers = [architecture.layers[int(number) - 1] for number in measured["layer"]]
    return {
        "epoch": [int(epoch) for epoch in measured["epoch"]],
        "layer": [int(number) for number in measured["layer"]],
        "activation": [layer.activation["name"] for layer in layers],
        "units": [layer.units for layer in layers],
        **{name: list(values) for name, values in measured.items() if name not in WHOLE},
    }


def write_diagnostics(folder: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    """Write ``diagnostics.csv``; numbers read back exactly.

    Args:
        folder: of the run.
        columns: as of :func:`figures_by_layer`.
    """
    with atomic_write(folder / DIAGNOSTICS) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in zip(*columns.values()):
            writer.writerow([_cell(value) for value in row])


def read_diagnostics(folder: Path) -> Dict[str, List[Any]]:
    """Read ``diagnostics.csv`` as lists by column; NaN where a cell is empty.

    Raises:
        RunError: it is not there, or damaged.
    """
    path = whole_file(folder, DIAGNOSTICS)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {name: [_value(name, row[name]) for row in rows] for name in (rows[0] if rows else ())}
    except (OSError, ValueError, TypeError, csv.Error) as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(path))) from error


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    return str(value)


def _value(name: str, cell: str) -> Any:
    if name == "activation":
        return cell
    return int(cell) if name in WHOLE else float(cell or "nan")
