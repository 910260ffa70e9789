"""From a config and its table to the arrays that a network learns from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import pandas as pd

from fcnn.config.structs import Data
from fcnn.data.columns import guess_types
from fcnn.data.header import Roles
from fcnn.data.preprocessing import Preprocessing, fit_preprocessing
from fcnn.data.split import split_rows
from fcnn.data.table import MISSING_HINT, examples, read_table, to_numbers
from fcnn.data.target import Target, choose_task, class_names, fit_target
from fcnn.errors import DataError, Problem
from fcnn.files import sha256

LARGEST_WEIGHT = 1e9
"""Of a row; the sums of larger ones would leave float32."""


@dataclass(frozen=True)
class Part:
    """The rows of one part of the split."""

    rows: np.ndarray
    """(rows,) int64 positions in the table, 0-based, ascending."""
    x: np.ndarray
    """(rows, features) float32."""
    y: np.ndarray
    """(rows,) what the network learns: int32 codes, or float32 standardised values."""
    y_raw: np.ndarray
    """(rows,) what a person reads: int32 codes, or float64 in the target's own unit."""
    weight: Optional[np.ndarray]
    """(rows,) float32 sample weights, or None where the config names no weight column."""


@dataclass(frozen=True)
class Dataset:
    """A table, split and preprocessed."""

    target: Target
    preprocessing: Preprocessing
    parts: Dict[str, Part]
    """``train`` and, where their share is not 0, ``validation`` and ``test``."""
    rows_read: int
    rows_without_target: int
    files: Tuple[Mapping[str, Any], ...]
    """``path``, ``bytes`` and ``sha256`` of each file."""
    findings: Tuple[Problem, ...]
    """Warnings and notes about what was left out."""

    @property
    def rows(self) -> Dict[str, int]:
        """How many rows went where."""
        counts = {name: len(part.rows) for name, part in self.parts.items()}
        return {"read": self.rows_read, "without_target": self.rows_without_target, **counts}


def prepare(data: Data, paths: Sequence[Path], roles: Roles, seed: int) -> Dataset:
    """Read the table, decide task and types, split, and fit the preprocessing on the training rows.

    Args:
        data: the config's section.
        paths: the files that ``data.path`` means.
        roles: which column does what.
        seed: of the split.

    Raises:
        DataError: whatever in the table cannot be used; all problems of a stage at once.
    """
    before = [_fingerprint(path) for path in paths]
    stated_text = {name for name, column in data.columns.items() if column.type != "number"}
    columns = [*roles.features, roles.target, *([roles.weight] if roles.weight else [])]
    frame = read_table(paths, columns, as_text={roles.target, *stated_text}, encoding=data.encoding)
    files = tuple({"path": str(path), "bytes": path.stat().st_size, "sha256": sha256(path)} for path in paths)
    changed = [path for path, old in zip(paths, before) if _fingerprint(path) != old]
    if changed:
        raise DataError(*(Problem("changed while it was read", str(path), hint="try again") for path in changed))

    labelled = frame[roles.target].notna()
    findings = list(roles.problems)
    if not labelled.all():
        message = f"{(~labelled).sum()} rows have no target and are left out"
        findings.append(Problem(message, f"column {roles.target!r}", hint=MISSING_HINT, severity="warning"))
    usable = frame[labelled]  # its index still says which row of the table each is
    positions = np.flatnonzero(labelled.to_numpy())

    raw_target = usable[roles.target]
    task = choose_task(raw_target, data.task)
    names = [] if task == "regression" else class_names(raw_target, task, data.positive)
    values = fit_target(roles.target, task, names, None).raw(raw_target)
    split = split_rows(len(usable), data.split, seed, None if task == "regression" else values, names)
    training = split["train"]

    types, left_out = guess_types(usable[list(roles.features)], data.columns)
    preprocessing, constant = fit_preprocessing(usable.iloc[training], types)
    target = fit_target(roles.target, task, names, values[training] if task == "regression" else None)
    matrix, _ = preprocessing.transform(usable)
    labels = target.encode(raw_target)
    weights = sample_weights(usable, roles.weight, split)
    parts = {
        name: Part(
            positions[rows],
            matrix[rows],
            labels[rows],
            values[rows],
            None if weights is None else weights[rows],
        )
        for name, rows in split.items()
    }
    findings += [*left_out, *constant, *_sparse_classes(target, parts)]
    return Dataset(target, preprocessing, parts, len(frame), int((~labelled).sum()), files, tuple(findings))


def _fingerprint(path: Path) -> Tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def sample_weights(frame: pd.DataFrame, name: Optional[str], split: Mapping[str, np.ndarray]) -> Optional[np.ndarray]:
    """(rows,) float32 sample weights, or None where there is no column of them."""
    if name is None:
        return None
    where = f"column {name!r}"
    hint = "each row needs a weight of 0 or more"
    weights = to_numbers(frame[name], where, hint)
    bad = np.flatnonzero(~((weights >= 0) & (weights <= LARGEST_WEIGHT)))
    if len(bad):
        message = f"{len(bad)} sample weights are missing, negative or beyond {LARGEST_WEIGHT:g}"
        raise DataError(Problem(message, where, received=examples(frame[name], bad), hint=hint))
    empty = [part for part, rows in split.items() if not weights[rows].any()]
    if empty:
        raise DataError(Problem(f"all sample weights of the {empty[0]} rows are 0", where, hint=hint))
    return weights.astype(np.float32)


def _sparse_classes(target: Target, parts: Mapping[str, Part]) -> List[Problem]:
    """A warning for each class that a part of the split lacks."""
    findings = []
    for name, part in parts.items():
        absent = sorted(set(range(len(target.classes))) - set(part.y_raw.tolist())) if target.classes else []
        if absent:
            classes = ", ".join(repr(target.classes[code]) for code in absent[:5])
            message = f"no {name} row is of class {classes}"
            findings.append(Problem(message, "data.split", hint="data.split.method=stratified", severity="warning"))
    return findings
