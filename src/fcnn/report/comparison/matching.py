"""The rows that two runs were both judged by, and how their scores on these differ."""

from pathlib import PurePath
from typing import Dict, List, Mapping, NamedTuple, Optional, Tuple

import numpy as np

from fcnn.evaluation.bootstrap import FEWEST_ROWS
from fcnn.evaluation.paired import Difference, class_differences, number_differences
from fcnn.runs.folder import PREDICTIONS
from fcnn.runs.predictions import Predictions, read_predictions
from fcnn.runs.record import Record
from fcnn.runs.run import Run
from fcnn.wording import say, say_many

SEED = 0
"""Of the resampling: the same runs give the same intervals."""
LINES = 1 << 40
"""More than a file has."""


class Paired(NamedTuple):
    """A run beside the first one."""

    letter: str
    rows: int
    """That both were judged by."""
    part: str
    """Which these rows are of."""
    differences: Mapping[str, Difference]
    """By metric; empty where nothing can be said."""
    reason: str = ""
    """Why nothing can be said."""
    note: str = ""
    """What else is to be known of it."""


def compare_rows(letter: str, first: Run, other: Run, parts: Tuple[str, str]) -> Paired:
    """Compare two runs on their common rows: equal lines of files with equal bytes, wherever those lie.

    Args:
        letter: of the other one.
        first: the run that it is compared with.
        other: a run of the same target.
        parts: by which the two are judged.

    Raises:
        RunError: ``predictions.csv`` of one is damaged.
    """
    if parts[0] != parts[1]:
        reason = say(
            "run A is judged by its {one} rows, run {letter} by its {other} rows",
            one=parts[0],
            letter=letter,
            other=parts[1],
        )
        return Paired(letter, 0, parts[0], {}, reason)
    classes = first.record.target.classes
    if set(classes) != set(other.record.target.classes):
        return Paired(letter, 0, parts[0], {}, say("the runs know different classes"))
    read = [read_predictions(run.folder, run.record.target.classes) for run in (first, other)]
    lacking = [name for name, found in zip(("A", letter), read) if found is None]
    if read[0] is None or read[1] is None:
        reason = say("run {letter} has no {file}; a new training writes it", letter=lacking[0], file=PREDICTIONS)
        return Paired(letter, 0, parts[0], {}, reason)
    return _on_common_rows(letter, first.record, read[0], other.record, read[1], parts[0])


def common_rows(
    one: Predictions, one_files: List[str], two: Predictions, two_files: List[str]
) -> Tuple[np.ndarray, np.ndarray]:
    """(n,) positions of the common rows in each of two tables of predictions.

    Args:
        one: of the first run.
        one_files: (rows,) the SHA-256 of the file of each of its rows.
        two: of the second run.
        two_files: likewise.
    """
    code: Dict[str, int] = {}
    keys = []
    for rows, files in ((one, one_files), (two, two_files)):
        codes = np.array([code.setdefault(name, len(code)) for name in files], dtype=np.int64)
        keys.append(codes * LINES + rows.line)
    _, first, second = np.intersect1d(keys[0], keys[1], return_indices=True)
    return first, second


def _on_common_rows(
    letter: str, one: Record, first: Predictions, two: Record, second: Predictions, part: str
) -> Paired:
    here, there = common_rows(first, _hashes(one, first), second, _hashes(two, second))
    rows = len(here)
    if rows == 0:
        return Paired(letter, 0, part, {}, say("no common {part} rows", part=part))
    if rows < FEWEST_ROWS:
        reason = say_many(rows, "1 common {part} row is too few", "{count} common {part} rows are too few", part=part)
        return Paired(letter, rows, part, {}, reason)
    classes, note = one.target.classes, ""
    most = max(len(first.row), len(second.row))
    if rows < most:
        note = say(
            "it and run A were judged by up to {count:,} rows each, of which {rows:,} are common", count=most, rows=rows
        )
    truth, other_truth = first.truth[here], second.truth[there]
    order = [two.target.classes.index(name) for name in classes]  # of the second run's codes
    if classes:
        other_truth = np.argsort(order)[other_truth]
    if not np.array_equal(truth, other_truth):
        return Paired(letter, rows, part, {}, say("the same rows have other targets in run {letter}", letter=letter))
    weight: Optional[np.ndarray] = None if first.weight is None else first.weight[here]
    other_weight = None if second.weight is None else second.weight[there]
    if not _equal(weight, other_weight):
        weight, note = None, say("the weights of the rows differ: each counts once here")
    if first.probabilities is not None and second.probabilities is not None:
        shares = second.probabilities[there][:, order]
        answers = first.prediction[here], np.argsort(order)[second.prediction[there]]
        found = class_differences(truth, first.probabilities[here], shares, weight, SEED, answers)
    else:
        found = number_differences(truth, first.prediction[here], second.prediction[there], weight, SEED)
    return Paired(letter, rows, part, found, note=note)


def _hashes(record: Record, rows: Predictions) -> List[str]:
    """(rows,) the SHA-256 of the file of each row."""
    if rows.file is None:
        return [str(record.files[0].get("sha256", ""))] * len(rows.line)
    of_name = {PurePath(str(file["path"])).name: str(file.get("sha256", "")) for file in record.files}
    of_name.update({str(file["path"]): str(file.get("sha256", "")) for file in record.files})
    return [of_name.get(name, name) for name in rows.file]


def _equal(one: Optional[np.ndarray], two: Optional[np.ndarray]) -> bool:
    return one is two or (one is not None and two is not None and np.array_equal(one, two))
