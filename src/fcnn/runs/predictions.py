"""``predictions.csv``, read again: the rows that a run was judged by, with truth and prediction."""

import csv
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any, Optional, Sequence, Tuple

import numpy as np

from fcnn.errors import Problem, RunError
from fcnn.runs.folder import PREDICTIONS
from fcnn.runs.receipt import whole_file
from fcnn.wording import Said, say

PROBABILITY = "probability_"
"""What the column of a class begins with."""
AT_ONCE = 50_000
"""Rows that are text at one time."""


@dataclass(frozen=True)
class Predictions:
    """The rows of the file, in the order of the table."""

    row: np.ndarray
    """(rows,) int64 data rows of the table, counted from 0."""
    file: Optional[np.ndarray]
    """(rows,) ``str`` objects; None where the table is one file."""
    line: np.ndarray
    """(rows,) int64 lines of the file, counted from 1."""
    truth: np.ndarray
    """(rows,) int64 codes of the classes, or float64 in the target's own unit."""
    prediction: np.ndarray
    """(rows,) likewise."""
    probabilities: Optional[np.ndarray]
    """(rows, classes) float64; None of a regression."""
    weight: Optional[np.ndarray]
    """(rows,) float64; None where no column of them is named."""


def read_predictions(folder: Path, classes: Tuple[str, ...]) -> Optional[Predictions]:
    """Read the file; None where the run has none, being older than the file.

    Args:
        folder: of the run.
        classes: of the target, in the order of their codes; none of a regression.

    Raises:
        RunError: it is damaged.
    """
    path = whole_file(folder, PREDICTIONS)
    if not path.exists():
        return None
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            pieces = [_piece(header, list(islice(reader, AT_ONCE)), classes)]
            while len(pieces[-1].row) == AT_ONCE:
                pieces.append(_piece(header, list(islice(reader, AT_ONCE)), classes))
        return Predictions(*(_joined([getattr(piece, each.name) for piece in pieces]) for each in fields(Predictions)))
    except KeyError as error:
        raise RunError(Problem("is damaged", str(path), received=say("no {names} in it", names=error))) from error
    except (OSError, ValueError, OverflowError, csv.Error) as error:
        reason = next((each for each in error.args if isinstance(each, Said)), str(error))
        raise RunError(Problem(say("cannot be read: {error}", error=reason), str(path))) from error


def _piece(header: Sequence[str], rows: Sequence[Sequence[str]], classes: Tuple[str, ...]) -> Predictions:
    """Some rows of the file: as numbers they take a tenth of the memory."""
    cells = dict(zip(header, zip(*rows) if rows else ((),) * len(header)))
    names = [f"{PROBABILITY}{name}" for name in classes]
    return Predictions(
        _whole_numbers(cells["row"]),
        np.array(cells["file"], dtype=object) if "file" in cells else None,
        _whole_numbers(cells["line"]),
        _values(cells["truth"], classes),
        _values(cells["prediction"], classes),
        np.column_stack([_numbers(cells[name]) for name in names]) if names else None,
        _numbers(cells["weight"]) if "weight" in cells else None,
    )


def _joined(parts: Sequence[Any]) -> Any:
    """One column of several pieces, or None where there is none."""
    return None if parts[0] is None else np.concatenate(parts)


def _values(cells: Sequence[str], classes: Tuple[str, ...]) -> np.ndarray:
    if not classes:
        return _numbers(cells)
    codes = {name: code for code, name in enumerate(classes)}
    unknown = next((cell for cell in cells if cell not in codes), None)
    if unknown is not None:
        raise ValueError(say("{cell!r} is no class of this run", cell=unknown))
    return np.array([codes[cell] for cell in cells], dtype=np.int64)


def _numbers(cells: Sequence[str]) -> np.ndarray:
    return np.array(list(map(float, cells)), dtype=np.float64)


def _whole_numbers(cells: Sequence[str]) -> np.ndarray:
    return np.array(list(map(int, cells)), dtype=np.int64)
