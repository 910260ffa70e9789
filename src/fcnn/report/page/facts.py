"""What the page is made of: the files of a run folder, read; those that an older run lacks are left out."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

from fcnn.config import load_config
from fcnn.config.structs import plain
from fcnn.errors import Problem, RunError
from fcnn.evaluation.judged import judged_split
from fcnn.runs.documents import is_ensemble, read_document, read_metrics
from fcnn.runs.folder import CONFIG, DIAGNOSTICS, ENVIRONMENT, HISTORY, IMPORTANCE, PARTIAL, PLOTS
from fcnn.runs.predictions import Predictions, read_predictions
from fcnn.runs.receipt import whole_file
from fcnn.runs.record import Record, read_history, read_record
from fcnn.wording import say

PICTURES = ("decision_surface.png", "neurons.png", "members.png")
"""Of the folder of plots, those that the page does not draw itself."""
LARGEST_PICTURE = 700_000
"""Bytes; a larger one is named instead: the page stays below 3 MB."""
Columns = Mapping[str, List[str]]
"""A CSV by column, as text."""


@dataclass(frozen=True)
class Facts:
    """A run folder."""

    name: str
    config: Dict[str, Any]
    """As plain data."""
    record: Record
    metrics: Mapping[str, Any]
    history: Mapping[str, List[float]]
    environment: Mapping[str, Any]
    predictions: Optional[Predictions]
    diagnostics: Columns
    importance: Columns
    pictures: Mapping[str, bytes]
    """PNG by the name of the file."""

    @property
    def part(self) -> str:
        """The part that counts."""
        return judged_split(self.metrics)

    @property
    def is_ensemble(self) -> bool:
        """Whether several networks predict together."""
        return is_ensemble(self.metrics)

    @property
    def scored_rows(self) -> int:
        """How many rows of that part were scored."""
        scored: Mapping[str, int] = self.metrics.get("scored_rows", self.record.rows)
        return scored[self.part]


def read_facts(folder: Path) -> Facts:
    """Read a run folder, complete or about to be.

    Raises:
        RunError: a file is damaged.
    """
    record = read_record(folder)
    pictures = {name: folder / PLOTS / name for name in PICTURES}
    try:
        return Facts(
            name=folder.name[: -len(PARTIAL)] if folder.name.endswith(PARTIAL) else folder.name,
            config=plain(load_config(whole_file(folder, CONFIG)).config),
            record=record,
            metrics=read_metrics(folder),
            history=_read_curves(folder),
            environment=_read_environment(folder),
            predictions=read_predictions(folder, record.target.classes),
            diagnostics=_read_columns(folder, DIAGNOSTICS),
            importance=_read_columns(folder, IMPORTANCE),
            pictures={name: path.read_bytes() for name, path in pictures.items() if _is_usable(path)},
        )
    except OSError as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(folder))) from error


def _read_environment(folder: Path) -> Mapping[str, Any]:
    """Where it was trained; empty where an older run does not say."""
    path = whole_file(folder, ENVIRONMENT)
    return read_document(path) if path.exists() else {}


def _read_curves(folder: Path) -> Mapping[str, List[float]]:
    history = read_history(folder)
    missing = [name for name in ("epoch", "loss") if name not in history]
    if missing:
        received = say("no {names} in it", names=", ".join(missing))
        raise RunError(Problem("is damaged", str(folder / HISTORY), received=received))
    return history


def _is_usable(picture: Path) -> bool:
    return picture.is_file() and picture.stat().st_size <= LARGEST_PICTURE


def _read_columns(folder: Path, name: str) -> Columns:
    """A CSV of the run by column; empty where it is not there."""
    path = whole_file(folder, name)
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        return {name: [row[name] or "" for row in rows] for name in (rows[0] if rows else ())}
    except (KeyError, ValueError, TypeError, csv.Error) as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(path))) from error
