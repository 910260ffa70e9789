"""Columns to a float32 matrix: fitted on training rows, stored as plain data, applied to any table."""

from typing import List, Sequence, Tuple

import numpy as np
import pandas as pd
from msgspec import Struct

from fcnn.data.encoding import Boolean, Category, ColumnState, Number, Surprise, encode, fit_column, names_of
from fcnn.errors import DataError, Problem

__all__ = ["Boolean", "Category", "Number", "Preprocessing", "Surprise", "fit_preprocessing"]


class Preprocessing(Struct, frozen=True):
    """The fitted preprocessing of all features, in the order of the matrix' columns."""

    columns: Tuple[ColumnState, ...]

    @property
    def feature_names(self) -> List[str]:
        """Names of the matrix' columns: ``bill_depth_mm``, ``sex=male``, ``sex=<missing>``."""
        return [name for column in self.columns for name in names_of(column)]

    def transform(self, frame: pd.DataFrame) -> Tuple[np.ndarray, List[Surprise]]:
        """Encode rows.

        Args:
            frame: the feature columns, in any order, beside any others.

        Returns:
            (rows, features) float32, finite; and what the training rows did not have.

        Raises:
            DataError: columns that are not there, cells of number columns that are no finite numbers, or values
                beyond float32 after standardising. All columns' problems at once.
        """
        matrix = np.zeros((len(frame), len(self.feature_names)), dtype=np.float32)
        surprises: List[Surprise] = []
        problems: List[Problem] = []
        first = 0
        for column in self.columns:
            width = len(names_of(column))
            try:
                _check_there_once(column.name, frame)
                surprises += encode(column, frame[column.name], matrix[:, first : first + width])
            except DataError as error:
                problems += error.problems
            first += width
        if problems:
            raise DataError(*problems)
        return matrix, surprises


def _check_there_once(name: str, frame: pd.DataFrame) -> None:
    count = list(frame.columns).count(name)
    if count != 1:
        found = ", ".join(map(str, list(frame.columns)[:12]))
        message = f"has {count} columns {name!r}" if count else f"has no column {name!r}"
        raise DataError(Problem(f"the table {message}", received=found))


def fit_preprocessing(frame: pd.DataFrame, types: Sequence[Tuple[str, str]]) -> Tuple[Preprocessing, List[Problem]]:
    """Fit on the training rows.

    Args:
        frame: the feature columns of the training rows.
        types: (name, type) of each column to learn from.

    Returns:
        The preprocessing, and notes about columns that are constant in the training rows, which are left out.

    Raises:
        DataError: a stated type that the values do not allow, or no column left.
    """
    columns: List[ColumnState] = []
    findings: List[Problem] = []
    problems: List[Problem] = []
    for name, kind in types:
        if frame[name].nunique(dropna=False) == 1:
            message = "is the same in every training row and is left out"
            findings.append(Problem(message, f"column {name!r}", severity="note"))
            continue
        try:
            columns.append(fit_column(kind, name, frame[name]))
        except DataError as error:
            problems += error.problems
    if not problems and not columns:
        problems.append(Problem("every column is constant: nothing is left to learn from", "data.features"))
    if problems:
        raise DataError(*problems)
    return Preprocessing(tuple(columns)), findings
