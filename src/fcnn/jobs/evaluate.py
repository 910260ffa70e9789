"""Scoring a run on a labelled table."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from fcnn.data.dataset import sample_weights
from fcnn.data.encoding import Surprise
from fcnn.data.faults import Fault, FaultError, add_up_faults
from fcnn.data.findings import column_place
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.target import readable, without_target
from fcnn.errors import DataError, Problem
from fcnn.jobs.given import DASH, given_file
from fcnn.jobs.notation import in_one_notation
from fcnn.jobs.score import Scored
from fcnn.jobs.surprises import add_up_surprises, notation_problems, surprise_problems
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
    metrics: Dict[str, float]
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
    return Evaluation(run.folder, len(scored.truth), scored.metrics(), scored.details(), tuple(findings))


def _score(run: Run, path: Path, fill: bool, strict: bool) -> Tuple[Scored, List[Problem]]:
    """The rows that have a target, predicted; and what to tell of the table.

    Target and weights of all rows are in memory, and what the network says of them; the features are read and encoded
    piece by piece.
    """
    target, preprocessing = run.record.target, run.record.preprocessing
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
    job = _Job(run, reading.without(set(extra) - features), labelled, len(rows))
    used, whole = in_one_notation(preprocessing, job.attempt)
    faults += whole.faults
    if faults:
        raise FaultError(*faults)
    found = surprise_problems(whole.surprises, len(rows), "error" if strict else "warning")
    if strict and found:
        raise DataError(*found, *reading.problems)  # a wrong guess of the encoding may be the reason
    findings += [*notation_problems(preprocessing, used), *found]
    weight = sample_weights(rows, weight_name, {})
    return Scored(target, expected, whole.output, weight), findings


@dataclass
class _Whole:
    """What the pieces of a table were found to be together."""

    output: np.ndarray
    """(rows, units) float32 of the network, of the rows with a target."""
    surprises: List[Surprise] = field(default_factory=list)
    faults: List[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class _Job:
    """Everything that computing the network's output for the pieces of a table takes."""

    run: Run
    reading: Reading
    labelled: np.ndarray
    """(rows of the table,) bool: those with a target."""
    rows: int
    """How many these are."""

    def attempt(self, preprocessing: Preprocessing) -> Tuple[Optional[Preprocessing], _Whole]:
        """Compute all of it; or tell the notation of the first piece that is written in another, and stop there."""
        units = self.run.model.architecture.layers[-1].units
        whole = _Whole(np.empty((self.rows, units), dtype=np.float32))
        names = [column.name for column in preprocessing.columns]
        read = done = 0
        for piece in self.reading.pieces():
            table = piece.take(np.flatnonzero(self.labelled[read : read + len(piece)]))
            read += len(piece)
            other = preprocessing.as_written(table)
            if other is not preprocessing:
                return other, whole
            try:
                x, surprises = preprocessing.transform(table)
                whole.surprises = add_up_surprises([*whole.surprises, *surprises], names)
                if not whole.faults:
                    whole.output[done : done + len(table)] = self.run.model.output(x)
            except FaultError as error:
                whole.faults = add_up_faults([*whole.faults, *error.faults])
            done += len(table)
        return None, whole
