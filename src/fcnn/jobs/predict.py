"""Predicting the rows of a table with a run, piece by piece."""

from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import IO, Callable, Dict, Iterator, List, Sequence, Tuple

import numpy as np

from fcnn.data.column import Table
from fcnn.data.pieces import read_cells
from fcnn.data.rows import frame_rows
from fcnn.errors import DataError, Problem
from fcnn.inference.model import prediction_columns
from fcnn.jobs.backend import load_backend
from fcnn.jobs.csv_text import csv_rows
from fcnn.jobs.given import Given, given_file
from fcnn.jobs.notation import in_one_notation
from fcnn.jobs.surprises import notation_problems, surprise_problems
from fcnn.runs.reading import Reading, plan_reading
from fcnn.runs.run import Run, load
from fcnn.wording import say


@dataclass(frozen=True)
class Predicted:
    """What to tell about predictions that were written."""

    rows: int
    """How many: as many as the table has."""
    findings: Tuple[Problem, ...]


def predict(
    run_name: str,
    table: Path,
    result: IO[str],
    *,
    engine: str = "numpy",
    identifiers: Sequence[str] = (),
    fill: bool = False,
    strict: bool = False,
) -> Predicted:
    """Predict a table and write a CSV: each number so that it reads back exactly.

    A table without rows gives a header without rows: in a pipeline a day without anything to predict is no mistake.

    Args:
        run_name: a run folder, its name, or ``latest``.
        table: the file; ``-`` is standard input.
        result: what is written to; its content counts only where no error is raised. It must be seekable.
        engine: ``numpy``, or ``keras`` to compute with the Keras model instead.
        identifiers: columns of the table that come first in the result, as they are.
        fill: count a column that the table lacks as missing in every row, where the run can.
        strict: refuse a table with values that the training rows did not have.

    Raises:
        RunError: there is no such run.
        DataError: the table lacks columns, has values that cannot be used, or surprises while `strict`.
        UnsupportedEnvironmentError: TensorFlow cannot be imported.
        OSError: the result cannot be written.
    """
    run = load(run_name)
    with given_file(table) as given:
        return predict_given(run, given, result, engine=engine, identifiers=identifiers, fill=fill, strict=strict)


def predict_given(
    run: Run,
    given: Given,
    result: IO[str],
    *,
    engine: str = "numpy",
    identifiers: Sequence[str] = (),
    fill: bool = False,
    strict: bool = False,
    watch: Callable[[int], None] = lambda rows: None,
) -> Predicted:
    """Predict a table that is there for a run that is loaded; otherwise as :func:`predict`.

    Args:
        run: of which the record and the model are read once.
        given: the table.
        result: as the rest.
        engine: as there.
        identifiers: as there.
        fill: as there.
        strict: as there.
        watch: is told how many rows have been read, before they are predicted; what it raises ends the work.
    """
    carried = tuple(dict.fromkeys(identifiers))
    reading = plan_reading(run.predictor.preprocessing, given.path, carried=carried, fill=fill)
    _check_identifiers(run, carried)
    written = _Result(run, reading, carried, _engine(run, engine), result, watch)
    used, whole = in_one_notation(run.predictor.preprocessing, written.begin, written.write)
    errors = [fault.problem() for fault in whole.faults]
    surprises = surprise_problems(whole.surprises, whole.rows, "error" if strict else "warning")
    if strict and not errors:
        errors = surprises
    if errors:
        raise DataError(*errors, *reading.problems)  # a wrong guess of the encoding may be the reason
    findings = [*reading.problems, *notation_problems(run.predictor.preprocessing, used), *surprises]
    return Predicted(whole.rows, given.told(findings))


class _Result:
    """The CSV that is written."""

    def __init__(
        self,
        run: Run,
        reading: Reading,
        carried: Sequence[str],
        compute: Callable[[np.ndarray], np.ndarray],
        file: IO[str],
        watch: Callable[[int], None],
    ) -> None:
        """Take what predicting the pieces of a table takes.

        Args:
            run: that predicts.
            reading: of the table.
            carried: columns of the table that come first.
            compute: from encoded rows (rows, features) float32 to the output (rows, units).
            file: to be written.
            watch: as of :func:`predict_given`.
        """
        self._run, self._reading, self._carried = run, reading, carried
        self._compute, self._file, self._watch = compute, file, watch
        self._labels: Iterator[Dict[str, np.ndarray]] = repeat({})

    def begin(self) -> Iterator[Table]:
        """Write the header alone, and read the table from its beginning."""
        self._file.seek(0)
        self._file.truncate()
        header = [np.array([name], dtype=object) for name in (*self._carried, *_names_of_result(self._run))]
        self._file.write(csv_rows(header))
        self._labels = read_cells(self._reading.header, self._carried) if self._carried else repeat({})
        return self._pieces()

    def _pieces(self) -> Iterator[Table]:
        rows = 0
        for table in self._reading.pieces():
            rows += len(table)
            self._watch(rows)
            yield table

    def write(self, table: Table, x: np.ndarray, _: int) -> None:
        """Predict the next piece of the table."""
        found = prediction_columns(self._run.predictor.target, self._compute(x), table.rows)
        self._file.write(csv_rows([*next(self._labels).values(), *found.values()]))


def _engine(run: Run, name: str) -> Callable[[np.ndarray], np.ndarray]:
    """From encoded rows (rows, features) float32 to the output (rows, units)."""
    if name == "numpy":
        return run.predictor.output

    def compute(x: np.ndarray) -> np.ndarray:
        load_backend()  # when the first rows are there: a table that cannot be used needs no TensorFlow
        return run.keras_output(x)

    return compute


def _names_of_result(run: Run) -> List[str]:
    return list(prediction_columns(run.predictor.target, run.predictor.room(0), frame_rows(0)))


def _check_identifiers(run: Run, carried: Sequence[str]) -> None:
    taken = [name for name in carried if name in _names_of_result(run)]
    if taken:
        hint = say("rename that column of the table")
        raise DataError(
            *(
                Problem(say("the result has a column {name!r} of its own", name=name), "--id", hint=hint)
                for name in taken
            )
        )
