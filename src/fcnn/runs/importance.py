"""``importance.csv``: what the network of a run needs its columns for."""

import csv
from pathlib import Path

from fcnn.files import atomic_write
from fcnn.insight.importance import Importance
from fcnn.runs.folder import IMPORTANCE


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
