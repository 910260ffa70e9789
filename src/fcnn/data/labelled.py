"""A table as it is before it is split: read, with the target and the types of its columns known."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence, Tuple

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.config.structs import Data
from fcnn.data.cache import Cache
from fcnn.data.classes import class_names
from fcnn.data.column import Column, Table
from fcnn.data.findings import about_column
from fcnn.data.guess import Guess
from fcnn.data.long_rows import swallowed_rows
from fcnn.data.missing import Missing, missing_in
from fcnn.data.remedies import override
from fcnn.data.roles import Roles
from fcnn.data.source import fingerprint
from fcnn.data.split import NAMES, Classes
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


@dataclass(frozen=True)
class Labelled:
    """The rows that have a target, and all that is known of them before they are split."""

    data: Data
    """The config's section."""
    roles: Roles
    missing: Missing
    table: Table
    """The rows that have a target."""
    positions: np.ndarray
    """(rows,) int64: where they are among the rows that were read."""
    labels: Column
    """(rows,) the target as it was read."""
    target: Target
    """A quantity is not scaled yet."""
    values: np.ndarray
    """(rows,) what a person reads of the target: int32 codes, or float64 in its own unit."""
    guesses: Mapping[str, Guess]
    """What each feature was taken for."""
    rows_read: int
    files: Tuple[Mapping[str, Any], ...]
    """``path``, ``bytes`` and ``sha256`` of each."""
    part_of_row: Optional[np.ndarray]
    """(rows,) int8 positions in ``split.NAMES``, where validation or test rows lie in files of their own."""
    findings: Tuple[Problem, ...]
    """About the rows, whatever the split is."""
    left_out: Tuple[Problem, ...]
    """About features that are left out."""

    @property
    def classes(self) -> Optional[Classes]:
        """The classes of the target; None where it is a quantity."""
        return Classes(self.values, self.target.classes) if self.target.classes else None

    @property
    def by(self) -> Optional[Column]:
        """The column that ``data.split.column`` names."""
        return None if self.roles.split is None else self.table[self.roles.split]


def read_labelled(
    data: Data, paths: Sequence[Path], roles: Roles, parts_of_files: Sequence[str] = (), cache: Optional[Cache] = None
) -> Labelled:
    """Read the table, and decide on task and types.

    Args:
        data: the config's section.
        paths: the files that ``data.path`` means.
        roles: which column does what.
        parts_of_files: the part of the split that each file is, where they are not all to be shared out.
        cache: where the table goes if it needs too much memory; None: it must not.

    Raises:
        DataError: whatever in the table cannot be used; all problems of a stage at once.
    """
    missing = missing_in(data)
    table, files = _read_unchanged(paths, data, roles, missing, cache)
    bad_values = _bad_values(data)
    labels = readable(table[roles.target], bad_values, roles.decimal)
    labelled = np.flatnonzero(~labels.missing)
    usable, findings, all_labels = table, list(roles.problems), labels
    if len(labelled) < len(table):
        usable, labels = table.take(labelled), labels.take(labelled)
    target = _choose_target(labels, data, roles, missing, bad_values)
    if len(labelled) < len(table):
        findings.append(_rows_left_out(all_labels, missing, target))
    values = target.raw(labels)
    guesses, left_out = guess_types(usable, roles.features, data.columns, roles.decimal)
    findings += swallowed_rows(table, roles.names, roles.separator, roles.decimal)
    findings += total_lines(usable)
    return Labelled(
        data,
        roles,
        missing,
        usable,
        labelled,
        labels,
        target,
        values,
        guesses,
        len(table),
        files,
        _files(usable, parts_of_files),
        tuple(findings),
        tuple(left_out),
    )


def _read_unchanged(
    paths: Sequence[Path], data: Data, roles: Roles, missing: Missing, cache: Optional[Cache]
) -> Tuple[Table, Tuple[Mapping[str, Any], ...]]:
    """The table, and what identifies its files; an error where one is not what it was when the reading began."""
    as_text = {name for name, column in data.columns.items() if column.type in TEXT_TYPES or column.format}
    stated = dict(data.columns)
    if data.task in CLASS_TASKS:  # whatever its texts may mean
        stated[roles.target] = Stated(type="category")
    others = [name for name in (roles.weight, roles.split) if name is not None and name not in roles.features]
    columns = [*roles.features, roles.target, *others]
    storage, hash_of = (None, sha256) if cache is None else (cache.storage, cache.known.sha256)
    try:
        before = [fingerprint(path) for path in paths]
        hashes = background(lambda: [hash_of(path) for path in paths])
        table = read_table(
            paths, columns, {roles.target, *as_text}, data.encoding, missing, storage, stated, roles.split
        )
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


def _files(table: Table, parts: Sequence[str]) -> Optional[np.ndarray]:
    """(rows,) int8 position in `NAMES` of the part that the file of each row is."""
    if not set(parts) - {"train"}:
        return None
    codes = [NAMES.index(part) for part in parts]
    whole = np.repeat(np.array(codes, dtype=np.int8), [source.rows for source in table.rows.sources])
    return whole if table.rows.positions is None else np.asarray(whole[table.rows.positions])
