"""From a config and its table to the arrays that a network learns from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.config.structs import Data
from fcnn.data.balance import absent_classes
from fcnn.data.classes import class_names
from fcnn.data.column import Column, Table
from fcnn.data.columns import ColumnReport, report_columns
from fcnn.data.faults import Fault, FaultError, add_up_faults
from fcnn.data.findings import about_column, column_place
from fcnn.data.groups import groups
from fcnn.data.long_rows import swallowed_rows
from fcnn.data.memory import check_memory
from fcnn.data.missing import Missing, missing_in
from fcnn.data.numbers import to_numbers
from fcnn.data.preprocessing import Preprocessing, fit_preprocessing
from fcnn.data.profile import profile
from fcnn.data.remedies import override
from fcnn.data.roles import Roles
from fcnn.data.source import fingerprint
from fcnn.data.split import NAMES, Classes, split_rows
from fcnn.data.table import read_table
from fcnn.data.target import CLASS_TASKS, Target, readable, without_target
from fcnn.data.task import CLASS_TYPES, choose_task
from fcnn.data.threads import background
from fcnn.data.totals import total_lines
from fcnn.data.types import guess_types
from fcnn.errors import DataError, Problem
from fcnn.files import sha256
from fcnn.wording import say

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
    table, files = _read_unchanged(paths, data, roles, missing)
    bad_values = _bad_values(data)
    labels = readable(table[roles.target], bad_values, roles.decimal)
    labelled = np.flatnonzero(~labels.missing)
    usable, findings, all_labels = table, list(roles.problems), labels
    if len(labelled) < len(table):
        usable, labels = table.take(labelled), labels.take(labelled)

    unscaled = _choose_target(labels, data, roles, missing, bad_values)
    if len(labelled) < len(table):
        findings.append(_rows_left_out(all_labels, missing, unscaled))
    values = unscaled.raw(labels)
    guesses, left_out = guess_types(usable, roles.features, data.columns, roles.decimal)
    classes = Classes(values, unscaled.classes) if unscaled.classes else None
    by = None if roles.split is None else usable[roles.split]
    split = split_rows(len(usable), data.split, seed, classes, by, _files(usable, parts_of_files))

    types = {name: guess.type for name, guess in guesses.items() if guess.type}
    training = usable.take(split["train"])
    try:
        preprocessing, constant = fit_preprocessing(training, types, data.columns, roles.decimal, missing)
    except DataError as error:
        raise DataError(*error.problems, *left_out) from error  # what was left out may be what is missing now
    target = unscaled.fitted(values[split["train"]])
    matrices = _matrices(usable, preprocessing, split)
    y = target.encode(labels)
    weights = sample_weights(usable, roles.weight, split)
    parts = {
        name: Part(labelled[rows], matrices[name], y[rows], values[rows], None if weights is None else weights[rows])
        for name, rows in split.items()
    }
    findings += swallowed_rows(table, roles.names, roles.separator, roles.decimal)
    findings += [*total_lines(usable), *left_out, *constant]
    findings += absent_classes(target, values, split, data.split.method)
    findings += groups(usable, roles.features, split, data.split)
    findings += profile(usable, preprocessing, target, values, matrices, split, data)
    columns = report_columns(usable, guesses, preprocessing)
    without = len(table) - len(labelled)
    return Dataset(target, preprocessing, parts, len(table), without, files, tuple(findings), columns)


def _read_unchanged(
    paths: Sequence[Path], data: Data, roles: Roles, missing: Missing
) -> Tuple[Table, Tuple[Mapping[str, Any], ...]]:
    """The table, and what identifies its files; an error where one is not what it was when the reading began."""
    as_text = {name for name, column in data.columns.items() if column.type in TEXT_TYPES or column.format}
    others = [name for name in (roles.weight, roles.split) if name is not None and name not in roles.features]
    columns = [*roles.features, roles.target, *others]
    try:
        before = [fingerprint(path) for path in paths]
        hashes = background(lambda: [sha256(path) for path in paths])
        table = read_table(paths, columns, {roles.target, *as_text}, data.encoding, missing)
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


def _bad_values(data: Data) -> str:
    """What cells of the target are that are no numbers; those of classes need be none."""
    stated = data.columns.get(data.target, Stated())
    return "error" if data.task in CLASS_TASKS or stated.type in CLASS_TYPES else stated.bad_values


def _rows_left_out(labels: Column, missing: Missing, target: Target) -> Problem:
    """The warning of rows without a target."""
    rows = np.flatnonzero(labels.missing)
    hint = missing.hint(labels.name)
    if target.classes and missing.of(labels.name) > {""}:
        hint = say(
            "{which}; where they are classes: {override}", which=hint, override=override(labels.name, "missing", "[]")
        )
    if target.bad_values == "missing":
        hint = say("{which}; so do cells that are no numbers", which=hint)
    return about_column(
        "left_out_rows",
        labels.name,
        without_target(len(rows)),
        len(rows),
        severity="warning",
        hint=hint,
        examples=labels.rows.first_names(rows),
    )


def _choose_target(labels: Column, data: Data, roles: Roles, missing: Missing, bad_values: str) -> Target:
    """What the config says of the target, or its values suggest; a quantity is not scaled yet."""
    stated = data.columns.get(roles.target, Stated())
    task = choose_task(labels, data.task, roles.decimal, missing.hint(roles.target), stated.type)
    classes = () if task == "regression" else class_names(labels, task, data.positive)
    return Target(name=roles.target, task=task, classes=tuple(classes), decimal=roles.decimal, bad_values=bad_values)


def _matrices(table: Table, preprocessing: Preprocessing, split: Mapping[str, np.ndarray]) -> Dict[str, np.ndarray]:
    """(rows, features) float32 of each part of the split."""
    features = len(preprocessing.feature_names)
    check_memory(4.0 * len(table) * features, say("the matrix of {count:,} features", count=features))
    matrices: Dict[str, np.ndarray] = {}
    faults: List[Fault] = []
    for name, rows in split.items():
        try:
            matrices[name] = preprocessing.transform(table.take(rows))[0]
        except FaultError as error:  # noqa: PERF203 - three parts at most
            faults += error.faults
    if faults:
        raise FaultError(*add_up_faults(faults))
    return matrices


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
    where = column_place(name)
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
