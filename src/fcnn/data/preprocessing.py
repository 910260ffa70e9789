"""Columns to a float32 matrix: fitted on training rows, stored as plain data, applied to any table."""

from typing import Dict, List, Mapping, Tuple, Union

import numpy as np
import pandas as pd
from msgspec import Struct

from fcnn.config.structs import Column as Stated
from fcnn.data.column import Table, Text, table_of
from fcnn.data.encoding import Surprise, encode
from fcnn.data.findings import together
from fcnn.data.fitting import fit_column
from fcnn.data.missing import USUALLY, Missing
from fcnn.data.states import Boolean, Category, ColumnState, Date, DatePart, Number, names_of
from fcnn.errors import DataError, Problem

__all__ = ["Boolean", "Category", "Date", "DatePart", "Number", "Preprocessing", "Surprise", "fit_preprocessing"]


class Preprocessing(Struct, frozen=True):
    """The fitted preprocessing of all features, in the order of the matrix' columns."""

    columns: Tuple[ColumnState, ...]
    missing: Missing = USUALLY
    """What stands for a missing value."""

    @property
    def feature_names(self) -> List[str]:
        """Names of the matrix' columns: ``bill_depth_mm``, ``sex=male``, ``sex=<missing>``."""
        return [name for column in self.columns for name in names_of(column)]

    def transform(self, table: Union[Table, pd.DataFrame]) -> Tuple[np.ndarray, List[Surprise]]:
        """Encode rows.

        Args:
            table: a table or a user's own frame with the feature columns, in any order, beside any others.

        Returns:
            (rows, features) float32, finite; and what the training rows did not have.

        Raises:
            DataError: columns that are not there, cells of number columns that are no finite numbers, or values
                beyond float32 after standardising. All columns' problems at once.
        """
        if not isinstance(table, Table):
            names = [column.name for column in self.columns]
            _check_there_once(names, table)
            table = table_of(table, names, self.missing)
        matrix = np.zeros((len(table), len(self.feature_names)), dtype=np.float32)
        surprises: List[Surprise] = []
        problems: List[Problem] = []
        first = 0
        for column in self.columns:
            width = len(names_of(column))
            try:
                surprises += encode(column, table[column.name], matrix[:, first : first + width])
            except DataError as error:
                problems += error.problems
            first += width
        if problems:
            raise DataError(*problems)
        return matrix, surprises


def _check_there_once(names: List[str], frame: pd.DataFrame) -> None:
    problems = []
    for name in names:
        count = list(frame.columns).count(name)
        if count != 1:
            found = ", ".join(map(str, list(frame.columns)[:12]))
            message = f"has {count} columns {name!r}" if count else f"has no column {name!r}"
            problems.append(Problem(f"the table {message}", received=found))
    if problems:
        raise DataError(*problems)


def fit_preprocessing(
    table: Table,
    types: Mapping[str, str],
    stated: Mapping[str, Stated],
    decimal: str = ".",
    missing: Missing = USUALLY,
) -> Tuple[Preprocessing, List[Problem]]:
    """Fit on the training rows.

    Args:
        table: the training rows.
        types: name to type of each column to learn from, in order.
        stated: what the config says of columns.
        decimal: the decimal mark of the file.
        missing: what stands for a missing value, to be kept for later tables.

    Returns:
        The preprocessing, and notes about columns that are constant in the training rows, which are left out.

    Raises:
        DataError: a stated type that the values do not allow, or no column left.
    """
    columns: List[ColumnState] = []
    findings: Dict[str, Problem] = {}
    problems: List[Problem] = []
    for name, kind in types.items():
        column = table[name]
        if _is_constant(column.codes if isinstance(column, Text) else column.values):
            message = "is the same in every training row and is left out"
            findings[name] = Problem(message, f"column {name!r}", severity="note")
            continue
        try:
            columns.append(fit_column(kind, column, stated.get(name, Stated()), decimal))
        except DataError as error:
            problems += error.problems
    if not problems and not columns:
        problems.append(Problem("every column is constant: nothing is left to learn from", "data.features"))
    if problems:
        raise DataError(*problems)
    return Preprocessing(tuple(columns), missing), together(
        findings, "are the same in every training row and are left out"
    )


def _is_constant(values: np.ndarray) -> bool:
    first = values[:1]
    return bool(((values == first) | ((values != values) & (first != first))).all())
