"""Predicting the rows of a table with a run."""

from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Sequence, Tuple

import pandas as pd

from fcnn.data.preprocessing import Surprise
from fcnn.errors import DataError, Problem
from fcnn.inference.model import prediction_table
from fcnn.jobs.backend import load_backend
from fcnn.runs.run import load

MOST_NOTES = 3
"""Columns with values out of range that get a line of their own; more share one."""


@dataclass(frozen=True)
class Predictions:
    """What came out, and what to tell about it."""

    table: pd.DataFrame
    findings: Tuple[Problem, ...]

    @property
    def rows(self) -> int:
        """How many rows were predicted: as many as the table has."""
        return len(self.table)

    def csv_text(self) -> str:
        """The predictions as CSV, each number written so that it reads back exactly."""
        text: str = self.table.to_csv(index=False)
        return text.replace("\r\n", "\n")


def predict(
    run_name: str, csv: Path, *, engine: str = "numpy", identifier: Optional[str] = None, strict: bool = False
) -> Predictions:
    """Predict a table.

    Args:
        run_name: a run folder, its name, or ``latest``.
        csv: the table.
        engine: ``numpy``, or ``keras`` to compute with the Keras model instead.
        identifier: a column of the table that comes first in the result.
        strict: refuse a table with values that the training rows did not have.

    Raises:
        RunError: there is no such run.
        DataError: the table lacks columns, has values that cannot be used, or surprises while `strict`.
        UnsupportedEnvironmentError: TensorFlow cannot be imported.
    """
    run = load(run_name)
    rows = run.read([csv], extra=[identifier] if identifier else [])
    x, surprises = run.model.encode(rows)
    findings = surprise_problems(surprises, len(rows), "error" if strict else "warning")
    if strict and findings:
        raise DataError(*findings)
    if engine == "keras":
        load_backend()
    output = run.keras_output(x) if engine == "keras" else run.model.output(x)
    table = prediction_table(run.record.target, output)
    if identifier:
        if identifier in table.columns:
            message = f"the result has a column {identifier!r} of its own"
            raise DataError(Problem(message, "--id", hint="rename that column of the table"))
        table.insert(0, identifier, rows[identifier].as_text().cells())
    return Predictions(table, tuple(findings))


def surprise_problems(surprises: Sequence[Surprise], rows: int, severity: str = "warning") -> List[Problem]:
    """What the training rows did not have, in words."""
    words = {
        "missing": "{count} of {rows} values are missing, and none was in training: the usual value stands in",
        "unseen": "{count} of {rows} values were not in training, such as {example!r}",
        "out of range": "{count} of {rows} values are beyond those of training, such as {example}",
    }
    problems = []
    beyond = [surprise for surprise in surprises if surprise.what == "out of range"]
    if len(beyond) > MOST_NOTES:
        named = ", ".join(f"{surprise.column!r} ({surprise.rows})" for surprise in beyond[:MOST_NOTES])
        message = f"{len(beyond)} columns have values beyond those of training: {named}, ..."
        problems.append(Problem(message, severity="note" if severity == "warning" else severity))
        surprises = [surprise for surprise in surprises if surprise.what != "out of range"]
    for surprise in surprises:
        message = words[surprise.what].format(count=surprise.rows, rows=rows, example=surprise.example)
        level = "note" if surprise.what == "out of range" and severity == "warning" else severity
        problems.append(Problem(message, f"column {surprise.column!r}", severity=level))
    return problems
