"""``predictions.csv`` of a run: what the network says of each row that it was judged by, beside the truth."""

from pathlib import Path
from typing import Dict, List, Optional

import numpy as np

from fcnn.data.parts import Dataset
from fcnn.errors import Problem
from fcnn.files import atomic_write
from fcnn.inference.model import prediction_columns
from fcnn.jobs.csv_text import csv_rows
from fcnn.jobs.member import Member
from fcnn.jobs.score import Scored
from fcnn.runs.folder import PREDICTIONS
from fcnn.wording import say

WRITTEN_CELLS = 20_000_000
"""Of the file at most: 400 MB where all are numbers with all their digits."""
AT_ONCE = 50_000
"""Rows that are text at one time."""


def write_predictions(partial: Path, kept: Member) -> Optional[Problem]:
    """Write the scored rows of the part that counts, in the order of the table.

    Args:
        partial: the run folder.
        kept: the network that it has.

    Returns:
        A note where they are so many that only some are written, chosen by the seed; equal seeds choose equal rows.
    """
    dataset, scored = kept.prepared.dataset, kept.scored[kept.part]
    count = len(scored.truth)
    columns = _columns(dataset, scored, np.arange(0))
    most = max(1, WRITTEN_CELLS // len(columns))
    chosen = np.arange(count)
    if count > most:
        random = np.random.default_rng(kept.prepared.config.seed)
        chosen = np.sort(random.choice(count, most, replace=False, shuffle=False))
    with atomic_write(partial / PREDICTIONS) as file:
        file.write(csv_rows([np.array([name], dtype=object) for name in columns]))
        for start in range(0, len(chosen), AT_ONCE):
            file.write(csv_rows(list(_columns(dataset, scored, chosen[start : start + AT_ONCE]).values())))
    if len(chosen) == count:
        return None
    message = say("{some:,} of {count:,} scored rows, chosen at random by the seed", some=len(chosen), count=count)
    return Problem(message, PREDICTIONS, severity="note")


def _columns(dataset: Dataset, scored: Scored, chosen: np.ndarray) -> Dict[str, np.ndarray]:
    """Name -> (n,) int64, float64 or ``str``: the columns of some of the scored rows."""
    assert scored.rows is not None
    rows = scored.rows[chosen]
    which, lines = dataset.row_names.places(rows)
    columns = {"row": rows}
    if len(dataset.files) > 1:
        columns["file"] = np.asarray(_names(dataset), dtype=object)[which]
    columns["line"] = lines
    truth = scored.truth[chosen]
    classes = scored.target.classes
    columns["truth"] = np.asarray(classes, dtype=object)[truth] if classes else truth
    columns.update(prediction_columns(scored.target, scored.output[chosen], dataset.row_names))
    if scored.weight is not None:
        columns["weight"] = scored.weight[chosen].astype(np.float64)
    return columns


def _names(dataset: Dataset) -> List[str]:
    """The name of each file, with its folders where two have the same."""
    names = [source.file for source in dataset.row_names.sources]
    several = len(set(names)) < len(names)
    return [str(file["path"]) for file in dataset.files] if several else names
