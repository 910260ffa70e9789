"""Predictions for the rows of a request: what cannot be read of a row is told of that row, the others are predicted."""

import io
import time
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from fcnn.data.column import Table
from fcnn.data.encoding import Surprise
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.source import kind_of
from fcnn.errors import DataError, Problem
from fcnn.inference.model import prediction_columns
from fcnn.jobs.given import given_stream
from fcnn.jobs.notation import settled_notation
from fcnn.jobs.predict import Predicted, predict_given
from fcnn.jobs.surprises import add_up_surprises, notation_problems, surprise_problems
from fcnn.serve.influence import influences
from fcnn.serve.problems import check_count, check_unpacked, told_problems, too_late
from fcnn.serve.rows import Row, table_of_rows
from fcnn.serve.served import Served

AT_ONCE = 4096
"""Rows between two looks at the clock."""
NAME = "table.csv"
"""What the table of a request is called, whatever its sender calls it."""


@dataclass(frozen=True)
class Deadline:
    """Until when a request may be worked on."""

    end: float
    """On the monotonic clock."""

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    def check(self) -> None:
        """Raise a Refusal where it is over."""
        if time.monotonic() > self.end:
            raise too_late()


def predict_rows(
    served: Served, rows: Sequence[Row], deadline: Deadline, texts: Mapping[str, str], *, strict: bool, explain: bool
) -> Dict[str, Any]:
    """What ``/predict`` answers.

    Args:
        served: the run.
        rows: each has all columns of the run.
        deadline: of the request.
        texts: of the reader's language.
        strict: refuse rows with values that training did not have.
        explain: tell what moved each prediction.

    Raises:
        Refusal: the deadline is over.
        DataError: the dates or decimal marks of a column are written in several ways.
    """
    table = table_of_rows(served.preprocessing, rows)
    used, _ = settled_notation(served.preprocessing, lambda state: _other_notation(state, table))
    work = _Work(served, used, rows, deadline, strict, explain)
    for start in range(0, len(rows), AT_ONCE):
        work.predict(table, np.arange(start, min(start + AT_ONCE, len(rows))))
    for position, problems in work.refused.items():
        work.answers[position] = {"problems": told_problems(problems, texts)}
    names = [state.name for state in served.columns]
    surprises = surprise_problems(add_up_surprises(work.surprises, names), len(rows))
    warnings = [*notation_problems(served.preprocessing, used), *surprises]
    return {
        "run": served.name,
        "predictions": work.answers,
        "refused": len(work.refused),
        "warnings": told_problems(warnings, texts),
    }


def _other_notation(state: Preprocessing, table: Table) -> Tuple[Optional[Preprocessing], None]:
    other = state.as_written(table)
    return (None if other is state else other), None


@dataclass
class _Work:
    """The rows of a request, and what becomes of each."""

    served: Served
    used: Preprocessing
    rows: Sequence[Row]
    deadline: Deadline
    strict: bool
    explain: bool
    answers: List[Dict[str, Any]] = field(init=False)
    refused: Dict[int, Sequence[Problem]] = field(default_factory=dict)
    surprises: List[Surprise] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.answers = [{} for _ in self.rows]

    def predict(self, table: Table, positions: np.ndarray) -> None:
        """Predict some rows, (n,) int64; where one of them cannot be, both halves by themselves."""
        self.deadline.check()
        try:
            x, surprises = self.used.transform(table.take(positions))
            if self.strict and surprises:
                raise DataError(*surprise_problems(surprises, len(positions), "error"))
            found = prediction_columns(self.served.target, self.served.output(x), table.rows.take(positions))
        except DataError as error:
            if len(positions) == 1:
                self.refused[int(positions[0])] = error.problems
                return
            middle = len(positions) // 2
            self.predict(table, positions[:middle])
            self.predict(table, positions[middle:])
            return
        self.surprises += surprises
        for position, answer in zip(positions.tolist(), self._answers(found)):
            self.answers[position] = answer
        if self.explain:
            rows = [self.rows[position] for position in positions.tolist()]
            for position, influence in zip(positions.tolist(), influences(self.served, rows, x, self.deadline.check)):
                self.answers[position]["influence"] = influence

    def _answers(self, found: Mapping[str, np.ndarray]) -> List[Dict[str, Any]]:
        columns = list(found.values())
        predictions, classes = columns[0].tolist(), self.served.target.classes
        if not classes:
            return [{"prediction": value} for value in predictions]
        return [
            {"prediction": value, "probabilities": dict(zip(classes, probabilities))}
            for value, probabilities in zip(predictions, np.column_stack(columns[1:]).tolist())
        ]


def predict_table(
    served: Served,
    content: bytes,
    deadline: Deadline,
    most_rows: int,
    *,
    strict: bool = False,
    fill: bool = False,
    identifiers: Sequence[str] = (),
) -> Tuple[str, Predicted]:
    """What ``/predict.csv`` answers: what `fcnn predict` writes for the same file, and what it says of it.

    Args:
        served: the run.
        content: of the file.
        deadline: of the request.
        most_rows: that it may have.
        strict: refuse a table with values that training did not have.
        fill: count columns that it lacks as missing, where the run can.
        identifiers: columns to carry into the result.

    Raises:
        Refusal: too many rows, or the deadline is over.
        DataError: the table lacks columns, or has cells that cannot be used.
    """

    def watch(rows: int) -> None:
        check_count(rows, most_rows)
        deadline.check()

    result = io.StringIO(newline="")
    with given_stream(io.BytesIO(content), NAME) as given:
        check_unpacked(kind_of(given.path))
        done = predict_given(served.run, given, result, identifiers=identifiers, fill=fill, strict=strict, watch=watch)
    return result.getvalue(), done
