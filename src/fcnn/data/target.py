"""The column to predict: its classes or its scale."""

from dataclasses import replace
from typing import Tuple, Union

import msgspec
import numpy as np
from msgspec import UNSET, Struct, UnsetType

from fcnn.data.classes import without_point
from fcnn.data.column import Column, Numbers
from fcnn.data.faults import fault_of
from fcnn.data.findings import column_place
from fcnn.data.meanings import Understood
from fcnn.data.numbers import to_numbers
from fcnn.data.numerals import read_numerals
from fcnn.data.scaling import mean_and_std, standardise
from fcnn.wording import Said, say_many

CLASS_TASKS = ("binary", "multiclass")


class Target(Struct, frozen=True, kw_only=True):
    """What is predicted; fitted on the training rows."""

    name: str
    task: str
    """``binary``, ``multiclass`` or ``regression``."""
    classes: Tuple[str, ...] = ()
    """Class names by code; of a binary task the second is the positive one. Empty for regression."""
    mean: float = 0.0
    """Regression: mean of the training rows, in the target's own unit."""
    std: float = 1.0
    """Regression: standard deviation of the training rows, in the target's own unit."""

    decimal: str = "."
    """The decimal mark of a quantity that is written with separators or units."""
    bad_values: str = "error"
    """What cells are that are no numbers: an error, or ``missing``; then their rows have no target."""
    temperature: Union[float, UnsetType] = UNSET
    """Classes, where they were calibrated: what the logits are divided by."""
    threshold: Union[float, UnsetType] = UNSET
    """Two classes, where it was chosen: above this probability a row is of the positive one."""

    @property
    def is_decided(self) -> bool:
        """Whether probabilities or classes are others than those of the network."""
        return not (self.temperature is UNSET and self.threshold is UNSET)

    def chosen(self, probabilities: np.ndarray) -> np.ndarray:
        """(rows,) int codes of the classes that are predicted by probabilities (rows, classes)."""
        if isinstance(self.threshold, UnsetType):
            return probabilities.argmax(axis=1)
        return (probabilities[:, 1] > self.threshold).astype(np.intp)

    def fitted(self, values: np.ndarray) -> "Target":
        """The same, a quantity scaled by the training rows: (rows,) as :meth:`raw` returns them."""
        if self.task != "regression":
            return self
        mean, std = mean_and_std(values, column_place(self.name))
        return msgspec.structs.replace(self, mean=mean, std=std)

    def encode(self, column: Column) -> np.ndarray:
        """Turn raw values into what the network learns.

        Args:
            column: the values as read, none missing.

        Returns:
            (rows,) int32 codes of classes, or (rows,) float32 standardised values.

        Raises:
            DataError: a value that is none of the classes, or no finite number, or too large for float32.
        """
        if self.task == "regression":
            return standardise(column, self.raw(column), self.mean, self.std)
        return self.raw(column)

    def raw(self, column: Column) -> np.ndarray:
        """(rows,) int32 codes of classes, or (rows,) float64 values in the target's own unit; see :meth:`encode`."""
        if self.task == "regression":
            return to_numbers(column, "regression needs a number in each row", self.decimal)
        text = column.as_text()
        codes = {without_point(name): code for code, name in enumerate(self.classes)}
        spelled = {level: codes.get(without_point(level)) for level in text.levels}
        found = text.look_up({level: code for level, code in spelled.items() if code is not None})
        unknown = np.flatnonzero(np.isnan(found))
        if len(unknown):
            raise fault_of(text, unknown, _no_class, ", ".join(self.classes[:20]))
        return found.astype(np.int32)

    def unscale(self, values: np.ndarray) -> np.ndarray:
        """Standardised predictions (rows,) to float64 in the target's own unit."""
        return np.asarray(values, dtype=np.float64) * self.std + self.mean


def _no_class(count: int) -> Said:
    return say_many(count, "1 cell is no class of this run", "{count:,} cells are no class of this run")


def without_target(count: int) -> Said:
    """So many rows cannot be used."""
    return say_many(count, "1 row has no target and is left out", "{count:,} rows have no target and are left out")


def readable(column: Column, bad_values: str, decimal: str) -> Column:
    """The target with its bad values missing, where the config says so.

    Args:
        column: as it was read.
        bad_values: ``missing`` to take cells that are no numbers as missing.
        decimal: the decimal mark of the file.
    """
    if bad_values != "missing":
        return column
    if isinstance(column, Understood):
        return replace(column, bad=0)
    if isinstance(column, Numbers):
        return column
    text = column.as_text()
    bad = np.isnan(text.look_up(read_numerals(text.present(), decimal).values))
    return replace(text, codes=np.where(bad, np.int32(-1), text.codes))
