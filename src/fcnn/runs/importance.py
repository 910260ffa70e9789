"""``importance.csv``: what the network of a run needs its columns for."""

import csv
from pathlib import Path
from typing import List, NamedTuple

import numpy as np

from fcnn.errors import Problem, RunError
from fcnn.files import atomic_write
from fcnn.insight.importance import Importance
from fcnn.runs.folder import IMPORTANCE
from fcnn.wording import say


class Ranked(NamedTuple):
    """The file, the most important column first."""

    names: List[str]
    increases: np.ndarray
    """(columns, repeats) float64."""


def write_importance(folder: Path, importance: Importance) -> None:
    """Write ``importance.csv``: a row a column, the most important first; numbers read back exactly."""
    repeats = importance.increases.shape[1]
    with atomic_write(folder / IMPORTANCE) as file:
        writer = csv.writer(file, lineterminator="\n")
        header = [f"repeat_{number}" for number in range(1, repeats + 1)]
        writer.writerow(["feature", "importance", "std", *header])
        rows = zip(importance.names, importance.means, importance.standard_deviations, importance.increases)
        for name, mean, spread, repeated in rows:
            writer.writerow([name, *(repr(float(value)) for value in (mean, spread, *repeated))])


def read_importance(folder: Path) -> Ranked:
    """Read ``importance.csv``.

    Raises:
        RunError: it is not there, or damaged.
    """
    path = folder / IMPORTANCE
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        values = np.array([[float(cell) for cell in row[3:]] for row in rows])
        return Ranked([row[0] for row in rows], values)
    except (OSError, ValueError, IndexError, csv.Error) as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(path))) from error
