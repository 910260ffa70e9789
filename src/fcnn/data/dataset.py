"""From a config and its table to the arrays that a network learns from."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import msgspec
import numpy as np

from fcnn.config.structs import Data
from fcnn.data.balance import absent_classes
from fcnn.data.cache import Cache
from fcnn.data.column import Table
from fcnn.data.columns import report_columns
from fcnn.data.encoding_stored import encode_stored
from fcnn.data.faults import Fault, FaultError, add_up_faults
from fcnn.data.findings import column_place
from fcnn.data.folds import fold_rows
from fcnn.data.groups import groups
from fcnn.data.labelled import Labelled, read_labelled
from fcnn.data.memory import check_memory
from fcnn.data.numbers import to_numbers
from fcnn.data.parts import Dataset, Part
from fcnn.data.preprocessing import Preprocessing, fit_preprocessing
from fcnn.data.profile import profile
from fcnn.data.roles import Roles
from fcnn.data.rows import RowNames
from fcnn.data.scalers import Scaling
from fcnn.data.split import split_rows
from fcnn.data.storage import Storage
from fcnn.data.stored import Matrix, StoredMatrix
from fcnn.data.stored_columns import is_stored
from fcnn.data.target import Target
from fcnn.errors import DataError, Problem
from fcnn.wording import say

LARGEST_WEIGHT = 1e9
"""Of a row; the sums of larger ones would leave float32."""


@dataclass(frozen=True)
class Fold:
    """One way to share out the rows of a table."""

    split: Mapping[str, np.ndarray]
    """Row positions by part."""
    labelled: Optional[Labelled] = None
    """The table, where it was read."""
    cache: Optional[Cache] = None
    found: Optional[Dataset] = None
    """The dataset, where the cache has it."""

    def fitted(self) -> Dataset:
        """The dataset, everything checked; see :func:`fit_dataset`."""
        if self.found is not None:
            return self.found
        assert self.labelled is not None
        return fit_dataset(self.labelled, self.split, self.cache)

    def encoded(self, dataset: Dataset) -> Dataset:
        """What :func:`fitted` gave, with the matrices that it has lost since; those on the disk are there still."""
        if self.labelled is None or any(isinstance(part.x, StoredMatrix) for part in dataset.parts.values()):
            return dataset
        matrices = _matrices(self.labelled.table, dataset.preprocessing, self.split)
        return replace(dataset, parts={name: replace(part, x=matrices[name]) for name, part in dataset.parts.items()})


def prepare(
    data: Data,
    paths: Sequence[Path],
    roles: Roles,
    seed: int,
    parts_of_files: Sequence[str] = (),
    storage: Optional[Storage] = None,
) -> Dataset:
    """Read the table, decide task and types, split, and fit the preprocessing on the training rows.

    Args:
        data: the config's section.
        paths: the files that ``data.path`` means.
        roles: which column does what.
        seed: of the split.
        parts_of_files: the part of the split that each file is, where they are not all to be shared out.
        storage: where the table goes if it needs too much memory, and encoded ones are; None: it must not.

    Raises:
        DataError: whatever in the table cannot be used; all problems of a stage at once.
    """
    cache = None if storage is None else Cache(storage, data, paths, seed, parts_of_files, roles.problems)
    found = None if cache is None else cache.find()
    if cache is not None:
        cache.share(roles.names, [found is not None])
    if found is not None:
        return found
    table = read_labelled(data, paths, roles, parts_of_files, cache)
    return fit_dataset(table, split_labelled(table, seed), cache)


def prepare_folds(
    data: Data,
    paths: Sequence[Path],
    roles: Roles,
    seed: int,
    folds: int,
    parts_of_files: Sequence[str] = (),
    storage: Optional[Storage] = None,
) -> List[Fold]:
    """The same for each fold in turn as the validation part, the table being read once; nothing is fitted yet.

    Args:
        data: the config's section; of the split, the share of validation is not used.
        paths: the files that ``data.path`` means.
        roles: which column does what.
        seed: of the split and of the folds.
        folds: how many.
        parts_of_files: the part of the split that each file is, where they are not all to be shared out.
        storage: as of `prepare`.

    Raises:
        DataError: as of `prepare`; too few rows, groups, times or rows of a class for so many folds.
    """
    if data.split.method != "group":  # there, which groups are for testing follows from those for validation
        data = msgspec.structs.replace(data, split=msgspec.structs.replace(data.split, validation=0.0))
    caches = [
        None
        if storage is None
        else Cache(storage, data, paths, seed, parts_of_files, roles.problems, f"{fold + 1} of {folds}")
        for fold in range(folds)
    ]
    kept = [None if cache is None else cache.find() for cache in caches]
    found = [dataset for dataset in kept if dataset is not None]
    if caches[0] is not None:
        caches[0].share(roles.names, [dataset is not None for dataset in kept])
    if len(found) == folds:
        return [Fold({name: part.rows for name, part in each.parts.items()}, found=each) for each in found]
    table = read_labelled(data, paths, roles, parts_of_files, caches[0])
    splits = fold_rows(split_labelled(table, seed), folds, data.split.method, seed, table.classes, table.by)
    return [Fold(split, table, cache, dataset) for split, cache, dataset in zip(splits, caches, kept)]


def split_labelled(table: Labelled, seed: int) -> Dict[str, np.ndarray]:
    """The rows of each part, as :func:`fcnn.data.split.split_rows` has them."""
    return split_rows(len(table.table), table.data.split, seed, table.classes, table.by, table.part_of_row)


def fit_dataset(labelled: Labelled, split: Mapping[str, np.ndarray], cache: Optional[Cache] = None) -> Dataset:
    """Fit the preprocessing on the training rows, and encode all of them.

    Args:
        labelled: the table.
        split: row positions by part.
        cache: where the matrices go if they need too much memory; None: they must not.

    Raises:
        DataError: columns that cannot be learnt from; all problems of a stage at once.
    """
    data, roles, table = labelled.data, labelled.roles, labelled.table
    types = {name: guess.type for name, guess in labelled.guesses.items() if guess.type}
    training = table.take(split["train"])
    try:
        scaling = Scaling(data.scaler, data.smooth_clip)
        preprocessing, constant = fit_preprocessing(
            training, types, data.columns, roles.decimal, labelled.missing, scaling
        )
    except DataError as error:
        raise DataError(*error.problems, *labelled.left_out) from error  # may be what is missing now
    target = labelled.target.fitted(labelled.values[split["train"]])
    fitted = Fitted(labelled, split, preprocessing, tuple(constant), target)
    size = 4.0 * len(table) * len(preprocessing.feature_names)
    if cache is None:
        check_memory(size, say("the matrix of {count:,} features", count=len(preprocessing.feature_names)))
    elif is_stored(table) or 8.0 * len(table) * len(table.columns) + size > cache.storage.limit:
        storage = cache.storage
        return cache.make(lambda folder: _dataset(fitted, encode_stored(table, preprocessing, split, folder, storage)))
    return _dataset(fitted, _matrices(table, preprocessing, split))


class Fitted(NamedTuple):
    """A table that only has to be encoded."""

    labelled: Labelled
    split: Mapping[str, np.ndarray]
    preprocessing: Preprocessing
    constant: Tuple[Problem, ...]
    """About features that are left out."""
    target: Target


def _dataset(fitted: Fitted, matrices: Mapping[str, Matrix]) -> Dataset:
    """All there is to know, now that the rows are encoded."""
    labelled, split, preprocessing, constant, target = fitted
    data, roles, table, values = labelled.data, labelled.roles, labelled.table, labelled.values
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
    names = RowNames(table.rows.sources)  # of all that was read: the positions of the parts are among those
    return Dataset(
        target, preprocessing, parts, labelled.rows_read, without, labelled.files, tuple(findings), columns, names
    )


def _matrices(table: Table, preprocessing: Preprocessing, split: Mapping[str, np.ndarray]) -> Dict[str, np.ndarray]:
    """(rows, features) float32 of each part of the split."""
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
