"""What a run folder holds besides the config, as typed records: ``data.json``, ``history.csv``, ``weights.npz``."""

import csv
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

import msgspec
import numpy as np
from msgspec import Struct

import fcnn
from fcnn.data.columns import ColumnReport
from fcnn.data.findings import FindingReport
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.target import Target
from fcnn.errors import Problem, RunError
from fcnn.files import atomic_write, write_json
from fcnn.inference.model import Model
from fcnn.inference.network import Architecture, check_arrays
from fcnn.runs.folder import DATA, HISTORY, WEIGHTS
from fcnn.runs.receipt import whole_file
from fcnn.runs.sound_record import check_record
from fcnn.runs.weights import read_arrays
from fcnn.wording import as_plain_text, say

FORMAT, NEWEST_FORMAT = 1, 2
"""Of ``data.json`` and ``weights.npz`` together; a newer one is refused. The second is that of ensembles and of runs
with a temperature or a threshold: an fcnn that knows none of these would predict something else."""


class Record(Struct, frozen=True, kw_only=True):
    """``data.json``: everything but the weights that predicting needs, and where the rows came from."""

    format: int
    fcnn: str
    """The version that wrote it."""
    target: Target
    preprocessing: Preprocessing
    network: Architecture
    feature_names: List[str]
    """Columns of the matrix, in order."""
    rows: Dict[str, int]
    """read, without_target, train, validation, test."""
    files: Tuple[Dict[str, Any], ...]
    """``path``, ``bytes``, ``sha256`` of each."""
    columns: Tuple[ColumnReport, ...] = ()
    """What each feature was taken for, and why."""
    findings: Tuple[FindingReport, ...] = ()
    """What was left out of the table, replaced or doubtful."""
    repeats: Optional[Dict[str, Any]] = None
    """Which of several trainings it is: ``kind`` (``seeds`` or ``folds``), ``count``, and ``kept``, counting from 1.
    Of an ensemble also ``ensemble``, how many networks predict together: those below ``members``."""
    said: Optional[Dict[str, Any]] = None
    """Sentences that can still be told in another language, as of :mod:`fcnn.data.said_again`: of the ``findings``
    message and hint, of the ``columns`` the reason."""


def write_record(folder: Path, record: Record) -> None:
    """Write ``data.json`` into a run folder, or into that of a member."""
    write_json(folder / DATA, msgspec.to_builtins(record, enc_hook=as_plain_text))


def read_record(folder: Path, inside: str = "") -> Record:
    """Read ``data.json``.

    Args:
        folder: of the run.
        inside: the folder of a member in it, such as ``members/01/``.

    Raises:
        RunError: it is damaged, or of a newer format.
    """
    path = whole_file(folder, inside + DATA)
    try:
        content = path.read_bytes()
        found = msgspec.json.decode(content, type=Dict[str, msgspec.Raw]).get("format", msgspec.Raw(b"0"))
        number = msgspec.json.decode(found)
        if isinstance(number, int) and NEWEST_FORMAT < number < 2**31:
            raise RunError(_newer(path, number))
        if number not in (FORMAT, NEWEST_FORMAT):
            hint = "did a newer fcnn write it? pip install -U fcnn"
            raise RunError(Problem("unknown format", str(path), str(FORMAT), bytes(found)[:100].decode(), hint))
        record = msgspec.json.decode(content, type=Record)
    except (OSError, ValueError, RecursionError, msgspec.DecodeError) as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(path))) from error
    check_record(record, str(path))
    return record


def _newer(path: Path, found: int) -> Problem:
    """The problem of a run that a newer fcnn wrote."""
    message = say(
        "a run of format {found}, and this fcnn ({version}) knows formats up to {known}: a newer fcnn wrote it",
        found=found,
        version=fcnn.__version__,
        known=NEWEST_FORMAT,
    )
    hint = say("pip install -U fcnn, or open it with the fcnn that wrote it")
    return Problem(message, str(path), hint=hint)


def write_weights(folder: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write ``weights.npz``: float32 arrays by name, never pickled."""
    with atomic_write(folder / WEIGHTS, "wb") as file:
        np.savez(file, **dict(arrays))  # type: ignore[arg-type]


def read_weights(folder: Path, architecture: Architecture, inside: str = "") -> Dict[str, np.ndarray]:
    """Read ``weights.npz``, `inside` being as of :func:`read_record`.

    Raises:
        RunError: it is damaged, or its arrays are not those of the architecture.
    """
    path = whole_file(folder, inside + WEIGHTS)
    arrays = read_arrays(path, architecture.shapes())
    check_arrays(architecture, arrays, str(path))
    return arrays


def write_history(folder: Path, history: Mapping[str, List[float]]) -> None:
    """Write ``history.csv``, a row an epoch; numbers read back exactly."""
    with atomic_write(folder / HISTORY) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(history)
        for row in zip(*history.values()):
            writer.writerow([int(row[0]), *(repr(float(value)) for value in row[1:])])


def read_history(folder: Path, inside: str = "") -> Dict[str, List[float]]:
    """Read ``history.csv`` as lists by column, `inside` being as of :func:`read_record`."""
    path = whole_file(folder, inside + HISTORY)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {name: [float(row[name]) for row in rows] for name in (rows[0] if rows else ())}
    except (OSError, ValueError, TypeError, csv.Error) as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(path))) from error


def read_model(folder: Path, inside: str = "") -> Model:
    """The trained network of a run, without TensorFlow; `inside` as of :func:`read_record`: that of a member."""
    record = read_record(folder, inside)
    return Model(record.preprocessing, record.target, record.network, read_weights(folder, record.network, inside))
