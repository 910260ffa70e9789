"""From a config and its table to the arrays that a network learns from."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import msgspec
import numpy as np

from fcnn.config.structs import Data
from fcnn.data.balance import absent_classes
from fcnn.data.column import Table
from fcnn.data.columns import ColumnReport, report_columns
from fcnn.data.faults import Fault, FaultError, add_up_faults
from fcnn.data.findings import column_place
from fcnn.data.folds import fold_rows
from fcnn.data.groups import groups
from fcnn.data.labelled import Labelled, read_labelled
from fcnn.data.memory import check_memory
from fcnn.data.numbers import to_numbers
from fcnn.data.preprocessing import Preprocessing, fit_preprocessing
from fcnn.data.profile import profile
from fcnn.data.roles import Roles
from fcnn.data.split import split_rows
from fcnn.data.target import Target
from fcnn.errors import DataError, Problem
from fcnn.wording import say

LARGEST_WEIGHT = 1e9
"""Of a row; the sums of larger ones would leave float32."""


@dataclass(frozen=True)
class Part:
    """The rows of one part of the split."""

    rows: np.ndarray
    """(rows,) int64 positions in the table, 0-based, ascending."""
    x: np.ndarray
    """(rows, features) float32; of no rows where the matrices were dropped, :meth:`Dataset.without_matrices`."""
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

    def without_matrices(self) -> "Dataset":
        """The same without what takes most of its memory."""
        parts = {name: replace(part, x=np.empty((0, part.x.shape[1]), np.float32)) for name, part in self.parts.items()}
        return replace(self, parts=parts)


@dataclass(frozen=True)
class Fold:
    """One way to share out the rows of a table that is read."""

    labelled: Labelled
    split: Mapping[str, np.ndarray]
    """Row positions by part."""

    def fitted(self) -> Dataset:
        """The dataset, everything checked; see :func:`fit_dataset`."""
        return fit_dataset(self.labelled, self.split)

    def encoded(self, dataset: Dataset) -> Dataset:
        """What :func:`fitted` gave and has lost its matrices since, with them."""
        matrices = _matrices(self.labelled.table, dataset.preprocessing, self.split)
        return replace(dataset, parts={name: replace(part, x=matrices[name]) for name, part in dataset.parts.items()})


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
    table = read_labelled(data, paths, roles, parts_of_files)
    return fit_dataset(table, split_labelled(table, seed))


def prepare_folds(
    data: Data, paths: Sequence[Path], roles: Roles, seed: int, folds: int, parts_of_files: Sequence[str] = ()
) -> List[Fold]:
    """The same for each fold in turn as the validation part, the table being read once; nothing is fitted yet.

    Args:
        data: the config's section; of the split, the share of validation is not used.
        paths: the files that ``data.path`` means.
        roles: which column does what.
        seed: of the split and of the folds.
        folds: how many.
        parts_of_files: the part of the split that each file is, where they are not all to be shared out.

    Raises:
        DataError: as of `prepare`; too few rows, groups, times or rows of a class for so many folds.
    """
    if data.split.method != "group":  # there, which groups are for testing follows from those for validation
        data = msgspec.structs.replace(data, split=msgspec.structs.replace(data.split, validation=0.0))
    table = read_labelled(data, paths, roles, parts_of_files)
    splits = fold_rows(split_labelled(table, seed), folds, data.split.method, seed, table.classes, table.by)
    return [Fold(table, split) for split in splits]


def split_labelled(table: Labelled, seed: int) -> Dict[str, np.ndarray]:
    """The rows of each part, as :func:`fcnn.data.split.split_rows` has them."""
    return split_rows(len(table.table), table.data.split, seed, table.classes, table.by, table.part_of_row)


def fit_dataset(labelled: Labelled, split: Mapping[str, np.ndarray]) -> Dataset:
    """Fit the preprocessing on the training rows, and encode all of them.

    Args:
        labelled: the table.
        split: row positions by part.

    Raises:
        DataError: columns that cannot be learnt from; all problems of a stage at once.
    """
    data, roles, table, values = labelled.data, labelled.roles, labelled.table, labelled.values
    types = {name: guess.type for name, guess in labelled.guesses.items() if guess.type}
    training = table.take(split["train"])
    try:
        preprocessing, constant = fit_preprocessing(training, types, data.columns, roles.decimal, labelled.missing)
    except DataError as error:
        raise DataError(*error.problems, *labelled.left_out) from error  # may be what is missing now
    target = labelled.target.fitted(values[split["train"]])
    matrices = _matrices(table, preprocessing, split)
    y = target.encode(labelled.labels)
    weights = sample_weights(table, roles.weight, split)
    parts = {
        name: Part(
            labelled.positions[rows], matrices[name], y[rows], values[rows], None if weights is None else weights[rows]
        )
        for name, rows in split.items()
    }
    findings = [*labelled.findings, *labelled.left_out, *constant]
    findings += absent_classes(target, values, split, data.split.method)
    findings += groups(table, roles.features, split, data.split)
    findings += profile(table, preprocessing, target, values, matrices, split, data)
    columns = report_columns(table, labelled.guesses, preprocessing)
    without = labelled.rows_read - len(table)
    return Dataset(target, preprocessing, parts, labelled.rows_read, without, labelled.files, tuple(findings), columns)


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
