"""Scoring a run on a labelled table."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from fcnn.data.dataset import sample_weights
from fcnn.data.target import readable
from fcnn.errors import DataError, Problem, are, rows_have
from fcnn.jobs.predict import surprise_problems
from fcnn.jobs.score import Scored
from fcnn.runs.folder import not_writable
from fcnn.runs.run import load


@dataclass(frozen=True)
class Evaluation:
    """The scores of a run on a table."""

    run: Path
    rows: int
    metrics: Dict[str, float]
    details: Dict[str, Any]
    findings: Tuple[Problem, ...]


def evaluate(run_name: str, csv: Path, plots: Optional[Path] = None) -> Evaluation:
    """Score a run.

    Args:
        run_name: a run folder, its name, or ``latest``.
        csv: a table with the target; rows without a target are left out.
        plots: a folder to draw into; it is made where it is not there.

    Raises:
        RunError: there is no such run.
        DataError: the table lacks columns, or has values that cannot be used.
    """
    run = load(run_name)
    target = run.record.target
    weight_name = run.config.data.weight
    table = run.read([csv], extra=[target.name, *([weight_name] if weight_name else [])])
    truth = readable(table[target.name], target.bad_values, target.decimal)
    labelled = ~truth.missing
    findings: List[Problem] = []
    if not labelled.all():
        left = int((~labelled).sum())
        message = f"{rows_have(left)} no target and {are(left)} left out"
        findings.append(Problem(message, f"column {target.name!r}", severity="warning"))
        table, truth = table.take(np.flatnonzero(labelled)), truth.take(np.flatnonzero(labelled))
    if len(table) == 0:
        raise DataError(Problem("no row has a target", str(csv)))
    x, surprises = run.model.encode(table)
    findings += surprise_problems(surprises, len(table))
    weight = sample_weights(table, weight_name, {})
    scored = Scored(target, target.raw(truth), run.model.output(x), weight)
    if plots is not None:
        try:
            plots.mkdir(parents=True, exist_ok=True)
            scored.plots(plots)
        except OSError as error:
            raise DataError(not_writable(plots, error)) from error
    return Evaluation(run.folder, len(table), scored.metrics(), scored.details(), tuple(findings))
