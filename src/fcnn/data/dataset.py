"""From a config and its table to the arrays that a network learns from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Set, Tuple

import numpy as np

from fcnn.config.structs import Column, Data
from fcnn.data.column import Table
from fcnn.data.columns import ColumnReport, report_columns
from fcnn.data.findings import Noticed
from fcnn.data.memory import check_memory
from fcnn.data.missing import Missing, missing_in
from fcnn.data.numbers import to_numbers
from fcnn.data.preprocessing import Preprocessing, fit_preprocessing
from fcnn.data.profile import profile
from fcnn.data.roles import Roles
from fcnn.data.source import fingerprint
from fcnn.data.split import NAMES, Classes, split_rows
from fcnn.data.table import read_table
from fcnn.data.target import CLASS_TYPES, Target, choose_task, class_names, fit_target, readable
from fcnn.data.threads import background
from fcnn.data.types import guess_types
from fcnn.errors import DataError, Problem
from fcnn.files import sha256
from fcnn.wording import say, say_many

TEXT_TYPES = ("category", "boolean", "date")
"""Types of columns that are read as the text that stands in the file."""
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
    """Warnings and notes about what was left out, replaced or doubtful."""
    columns: Tuple[ColumnReport, ...]
    """What became of each feature."""

    @property
    def rows(self) -> Dict[str, int]:
        """How many rows went where."""
        counts = {name: len(part.rows) for name, part in self.parts.items()}
        return {"read": self.rows_read, "without_target": self.rows_without_target, **counts}


def prepare(data: Data, paths: Sequence[Path], roles: Roles, seed: int, parts_of_files: Sequence[str] = ()) -> Dataset:
    """Read the table, decide task and types, split, and fit the preprocessing on the training rows.

    Args:
        data: the config's section.
        paths: the files that ``data.path`` means.
        roles: which column does what.
        seed: of the split.
        parts_of_files: the part of the split that each file is, where they are not all to be shared out.

    Raises:
        DataError: whatever in the table cannot be used; all problems of a stage at once.
    """
    missing = missing_in(data)
    stated_text = {name for name, column in data.columns.items() if column.type in TEXT_TYPES or column.format}
    others = [name for name in (roles.weight, roles.split) if name is not None and name not in roles.features]
    columns = [*roles.features, roles.target, *others]
    table, files = _read_unchanged(paths, columns, {roles.target, *stated_text}, data.encoding, missing)

    stated = data.columns.get(roles.target, Column())
    are_classes = data.task in ("binary", "multiclass") or stated.type in CLASS_TYPES
    bad_values = "error" if are_classes else stated.bad_values
    raw_target = readable(table[roles.target], bad_values, roles.decimal)
    labelled = ~raw_target.missing
    findings = list(roles.problems)
    if not labelled.all():
        left = int((~labelled).sum())
        message = say_many(
            left, "1 row has no target and is left out", "{count:,} rows have no target and are left out"
        )
        hint = missing.hint(roles.target)
        if bad_values == "missing":
            hint = say("{which}; so do cells that are no numbers", which=hint)
        findings.append(
            Noticed(
                message,
                say("column {name!r}", name=roles.target),
                hint=hint,
                severity="warning",
                kind="left_out_rows",
                column=roles.target,
                count=left,
                examples=table.rows.first_names(np.flatnonzero(~labelled)),
            )
        )
    usable = table if labelled.all() else table.take(np.flatnonzero(labelled))
    positions = np.flatnonzero(labelled)

    raw_target = raw_target if labelled.all() else raw_target.take(positions)
    decimal = roles.decimal
    task = choose_task(raw_target, data.task, decimal, missing.hint(roles.target), stated.type)
    names = [] if task == "regression" else class_names(raw_target, task, data.positive)
    values = fit_target(roles.target, task, names, None, decimal).raw(raw_target)
    classes = None if task == "regression" else Classes(values, names)
    guesses, left_out = guess_types(usable, roles.features, data.columns, decimal)
    by = None if roles.split is None else usable[roles.split]
    split = split_rows(len(usable), data.split, seed, classes, by, _files(usable, parts_of_files))
    training = split["train"]

    types = {name: guess.type for name, guess in guesses.items() if guess.type}
    try:
        preprocessing, constant = fit_preprocessing(usable.take(training), types, data.columns, decimal, missing)
    except DataError as error:
        raise DataError(*error.problems, *left_out) from error  # what was left out may be what is missing now
    scale = values[training] if task == "regression" else None
    target = fit_target(roles.target, task, names, scale, decimal, bad_values)
    features = len(preprocessing.feature_names)
    # twice: the whole, and the parts of the split
    check_memory(2 * 4.0 * len(usable) * features, say("the matrix of {count:,} features", count=features))
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
    findings += profile(usable, preprocessing, target, values, matrix, split, data)
    return Dataset(
        target,
        preprocessing,
        parts,
        len(table),
        int((~labelled).sum()),
        files,
        tuple(findings),
        report_columns(usable, guesses, preprocessing),
    )


def _read_unchanged(
    paths: Sequence[Path], columns: Sequence[str], as_text: Set[str], encoding: Optional[str], missing: Missing
) -> Tuple[Table, Tuple[Mapping[str, Any], ...]]:
    """The table, and what identifies its files; an error where one is not what it was when the reading began."""
    try:
        before = [fingerprint(path) for path in paths]
        hashes = background(lambda: [sha256(path) for path in paths])
        table = read_table(paths, columns, as_text, encoding, missing)
        files = tuple(
            {"path": str(path), "bytes": size, "sha256": hashed}
            for path, (size, _), hashed in zip(paths, before, hashes())
        )
        changed = [path for path, old in zip(paths, before) if fingerprint(path) != old]
    except OSError as error:
        raise DataError(Problem(say("cannot be read: {error}", error=error.strerror), str(error.filename))) from error
    if changed:
        message = say("changed while it was read")
        raise DataError(*(Problem(message, str(path), hint=say("try again")) for path in changed))
    return table, files


def _files(table: Table, parts: Sequence[str]) -> Optional[np.ndarray]:
    """(rows,) int8 position in `NAMES` of the part that the file of each row is."""
    if not set(parts) - {"train"}:
        return None
    codes = [NAMES.index(part) for part in parts]
    whole = np.repeat(np.array(codes, dtype=np.int8), [source.rows for source in table.rows.sources])
    return whole if table.rows.positions is None else np.asarray(whole[table.rows.positions])


def sample_weights(table: Table, name: Optional[str], split: Mapping[str, np.ndarray]) -> Optional[np.ndarray]:
    """(rows,) float32 sample weights, or None where there is no column of them."""
    if name is None:
        return None
    where = say("column {name!r}", name=name)
    hint = "each row needs a weight of 0 or more"
    column = table[name]
    weights = to_numbers(column, hint)
    bad = np.flatnonzero(~((weights >= 0) & (weights <= LARGEST_WEIGHT)))
    if len(bad):
        message = say(
            "{count} sample weights are missing, negative or beyond {largest:g}", count=len(bad), largest=LARGEST_WEIGHT
        )
        raise DataError(Problem(message, where, received=column.examples(list(bad)), hint=hint))
    empty = [part for part, rows in split.items() if not weights[rows].any()]
    if empty:
        raise DataError(Problem(say("all sample weights of the {part} rows are 0", part=empty[0]), where, hint=hint))
    return weights.astype(np.float32)


def _sparse_classes(target: Target, parts: Mapping[str, Part]) -> List[Problem]:
    """A warning for each class that a part of the split lacks."""
    findings: List[Problem] = []
    for name, part in parts.items():
        absent = sorted(set(range(len(target.classes))) - set(part.y_raw.tolist())) if target.classes else []
        if absent:
            classes = ", ".join(repr(target.classes[code]) for code in absent[:5])
            message = say("no {part} row is of class {classes}", part=name, classes=classes)
            hint = "data.split.method=stratified"
            count = len(absent)
            findings.append(
                Noticed(message, "data.split", hint=hint, severity="warning", kind="absent_class", count=count)
            )
    return findings
