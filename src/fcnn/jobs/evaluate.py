"""Scoring a run on a labelled table."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

import numpy as np

from fcnn.data.column import Table
from fcnn.data.dataset import sample_weights
from fcnn.data.faults import Fault, FaultError
from fcnn.data.findings import column_place
from fcnn.data.target import readable, without_target
from fcnn.errors import DataError, Problem
from fcnn.jobs.given import DASH, given_file
from fcnn.jobs.notation import in_one_notation
from fcnn.jobs.score import Scored
from fcnn.jobs.surprises import notation_problems, surprise_problems
from fcnn.report.pictures import Pictures
from fcnn.runs.folder import not_writable
from fcnn.runs.reading import Reading, plan_reading
from fcnn.runs.run import Run, load
from fcnn.wording import say


@dataclass(frozen=True)
class Evaluation:
    """The scores of a run on a table."""

    run: Path
    rows: int
    metrics: Mapping[str, float]
    details: Dict[str, Any]
    findings: Tuple[Problem, ...]


def evaluate(
    run_name: str, table: Path, plots: Optional[Path] = None, *, fill: bool = False, strict: bool = False
) -> Evaluation:
    """Score a run.

    Args:
        run_name: a run folder, its name, or ``latest``.
        table: a file with the target; ``-`` is standard input. Rows without a target are left out.
        plots: a folder to draw into; it is made where it is not there.
        fill: count a column that the table lacks as missing in every row, where the run can.
        strict: refuse a table with values that the training rows did not have.

    Raises:
        RunError: there is no such run.
        DataError: the table lacks columns, has values that cannot be used, or surprises while `strict`.
    """
    run = load(run_name)
    with given_file(table) as given:
        scored, findings = _score(run, given.path, fill, strict)
        findings = list(given.told(findings))
    if plots is not None:
        try:
            plots.mkdir(parents=True, exist_ok=True)
            scored.draw(Pictures(), plots, None if str(table) == DASH else table.name)
        except OSError as error:
            raise DataError(not_writable(plots, error)) from error
    return Evaluation(run.folder, len(scored.truth), scored.metrics, scored.details(), tuple(findings))


def _score(run: Run, path: Path, fill: bool, strict: bool) -> Tuple[Scored, List[Problem]]:
    """The rows that have a target, predicted; and what to tell of the table.

    Target and weights of all rows are in memory, and what the network says of them; the features are read and encoded
    piece by piece.
    """
    predictor = run.predictor
    target, preprocessing = predictor.target, predictor.preprocessing
    weight_name = run.config.data.weight
    extra = [target.name, *([weight_name] if weight_name else [])]
    reading = plan_reading(preprocessing, path, extra=extra, fill=fill)
    rows = reading.whole(extra, [target.name] if target.classes else [])
    truth = readable(rows[target.name], target.bad_values, target.decimal)
    findings = list(reading.problems)
    labelled = ~truth.missing
    if not labelled.all():
        message = without_target(int((~labelled).sum()))
        findings.append(Problem(message, column_place(target.name), severity="warning"))
        chosen = np.flatnonzero(labelled)
        rows, truth = rows.take(chosen), truth.take(chosen)
    if len(rows) == 0:
        raise DataError(Problem(say("no row has a value of {name!r}, the target", name=target.name), str(path)))
    faults: List[Fault] = []
    try:
        expected = target.raw(truth)
    except FaultError as error:
        faults += error.faults
    features = {column.name for column in preprocessing.columns}
    output = predictor.room(len(rows))

    def predict(table: Table, x: np.ndarray, first: int) -> None:
        output[first : first + len(table)] = predictor.output(x)

    pieces = partial(_labelled, reading.without(set(extra) - features), labelled)
    used, whole = in_one_notation(preprocessing, pieces, predict)
    faults += whole.faults
    if faults:
        raise FaultError(*faults)
    found = surprise_problems(whole.surprises, len(rows), "error" if strict else "warning")
    if strict and found:
        raise DataError(*found, *reading.problems)  # a wrong guess of the encoding may be the reason
    findings += [*notation_problems(preprocessing, used), *found]
    weight = sample_weights(rows, weight_name, {})
    return Scored(target, expected, output, weight), findings


def _labelled(reading: Reading, labelled: np.ndarray) -> Iterator[Table]:
    """The pieces of a table, of its rows with a target alone; `labelled` (rows of the table,) bool says which."""
    read = 0
    for piece in reading.pieces():
        yield piece.take(np.flatnonzero(labelled[read : read + len(piece)]))
        read += len(piece)
