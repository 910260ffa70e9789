"""The column to predict: its task, its classes or its scale."""

import re
from typing import Any, List, Optional, Tuple, Union

import numpy as np
import pandas as pd
from msgspec import Struct

from fcnn.config.fit import class_named
from fcnn.data.columns import NUMBER_IN_DISGUISE
from fcnn.data.scaling import mean_and_std, standardise
from fcnn.data.table import MISSING_HINT, as_strings, to_numbers
from fcnn.errors import DataError, Problem

MOST_CLASSES = 20
"""A target of whole numbers with more different values than this is a quantity, unless the config says otherwise."""


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

    def encode(self, column: "pd.Series[Any]") -> np.ndarray:
        """Turn raw values into what the network learns.

        Args:
            column: (rows,) values as read, none missing.

        Returns:
            (rows,) int32 codes of classes, or (rows,) float32 standardised values.

        Raises:
            DataError: a value that is none of the classes, or no finite number, or too large for float32.
        """
        if self.task == "regression":
            values = pd.Series(self.raw(column), index=column.index)
            return standardise(values, self.mean, self.std, f"column {self.name!r}")
        return self.raw(column)

    def raw(self, column: "pd.Series[Any]") -> np.ndarray:
        """(rows,) int32 codes of classes, or (rows,) float64 values in the target's own unit; see :meth:`encode`."""
        where = f"column {self.name!r}"
        if self.task == "regression":
            return to_numbers(column, where, "regression needs a number in each row")
        text = as_strings(column)
        codes = pd.Index(self.classes).get_indexer(text)
        unknown = sorted({str(value) for value in text[codes < 0]})
        if unknown:
            message = f"{len(unknown)} of its values are no class of this run"
            raise DataError(Problem(message, where, ", ".join(self.classes[:20]), ", ".join(unknown[:10])))
        return np.asarray(codes, dtype=np.int32)

    def unscale(self, values: np.ndarray) -> np.ndarray:
        """Standardised predictions (rows,) to float64 in the target's own unit."""
        return np.asarray(values, dtype=np.float64) * self.std + self.mean


def choose_task(column: "pd.Series[Any]", task: str) -> str:
    """The task that the config names or that the target's values suggest.

    Text is classes. Numbers with fractions, or whole numbers with more than MOST_CLASSES different values, are
    regression; fewer are classes. Two different values are binary.

    Args:
        column: the target without missing values, as text.
        task: of the config; ``auto`` to guess.

    Raises:
        DataError: the values do not allow the task.
    """
    where = f"column {column.name!r}"
    levels = column.unique()
    if len(levels) < 2:
        found = ", ".join(map(repr, levels)) or "no value at all"
        message = "the target is the same in every row that has one"
        raise DataError(Problem(message, where, "at least two values", found, MISSING_HINT))
    if task == "regression":
        to_numbers(column, where, "for classes say data.task=multiclass")
    if task == "binary" and len(levels) > 2:
        found = f"{len(levels)}: {', '.join(sorted(map(str, levels))[:5])}, ..."
        hint = f"data.task={choose_task(column, 'auto')}"
        raise DataError(Problem("a binary target has two classes", where, "2", found, hint))
    if task != "auto":
        return task
    numbers = pd.to_numeric(pd.Series(levels), errors="coerce")
    if numbers.notna().all() and ((numbers % 1 != 0).any() or len(levels) > MOST_CLASSES):
        return "regression"
    return "binary" if len(levels) == 2 else "multiclass"


def class_names(column: "pd.Series[Any]", task: str, positive: Union[str, int, float, bool, None]) -> List[str]:
    """The classes of a target in the order of their codes.

    Numbers are sorted as numbers, text as text; the positive class of a binary task comes last. A `positive` that is
    none of the classes changes nothing: :func:`fcnn.config.check_fit` says so, with its place in the config.

    Raises:
        DataError: almost each row has a class of its own.
    """
    names = sorted({str(value) for value in column}, key=_natural)
    where = f"column {column.name!r}"
    if len(names) > max(2, len(column) // 2):
        message = f"{len(names)} classes for {len(column)} rows: hardly any class has two rows to learn from"
        raise DataError(Problem(message, where, hint=_quantity_hint(names)))
    if positive is not None and task == "binary":
        last = class_named(positive, names)
        names.sort(key=lambda name: name == last)
    return names


def _quantity_hint(names: List[str]) -> str:
    """What to do with a target that has too many values to be classes."""
    half = len(names) / 2
    if sum(_natural(name)[0] == 0 for name in names) > half:
        return "is it a quantity? data.task=regression"
    if sum(NUMBER_IN_DISGUISE.fullmatch(name) is not None for name in names) > half:
        return "a quantity? Write its numbers as 1400.5 in the file: no decimal commas, separators or units"
    return "join classes, or leave out the rows of those with a single one"


def _natural(name: str) -> Tuple[int, float, str]:
    is_number = re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", name)
    return (0, float(name), name) if is_number else (1, 0.0, name)


def fit_target(name: str, task: str, classes: List[str], training_values: Optional[np.ndarray]) -> Target:
    """A :class:`Target`; for regression scaled by `training_values`, (rows,) float64 of the training rows."""
    if task != "regression" or training_values is None:
        return Target(name=name, task=task, classes=tuple(classes))
    mean, std = mean_and_std(training_values, f"column {name!r}")
    return Target(name=name, task=task, mean=mean, std=std)
