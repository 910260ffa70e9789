"""Columns to a float32 matrix: fitted on training rows, stored as plain data, applied to any table."""

from itertools import chain
from typing import Dict, Iterator, List, Mapping, Sequence, Tuple, Union

import msgspec
import numpy as np
import pandas as pd
from msgspec import Struct

from fcnn.config.structs import Column as Stated
from fcnn.data.column import Column, Table, Text, table_of
from fcnn.data.encoding import Surprise, as_written, encode
from fcnn.data.faults import Fault, FaultError
from fcnn.data.findings import Noticed, about_column, together
from fcnn.data.fitting import fit_column
from fcnn.data.missing import USUALLY, Missing
from fcnn.data.plain import ENCODED_COLUMNS, FITTED_AT_ONCE, Place, encode_plain, fit_plain, pieces
from fcnn.data.remedies import override
from fcnn.data.scalers import AS_USUAL, Scaling
from fcnn.data.states import ColumnState, names_of
from fcnn.data.threads import each
from fcnn.errors import DataError, Problem
from fcnn.wording import say, say_many


class Preprocessing(Struct, frozen=True):
    """The fitted preprocessing of all features, in the order of the matrix' columns."""

    columns: Tuple[ColumnState, ...]
    missing: Missing = USUALLY
    """What stands for a missing value."""

    @property
    def feature_names(self) -> List[str]:
        """Names of the matrix' columns: ``bill_depth_mm``, ``sex=male``, ``sex=<missing>``."""
        return [name for column in self.columns for name in names_of(column)]

    @property
    def places(self) -> List[Place]:
        """Where in the matrix each column of the table is."""
        widths = [len(names_of(column)) for column in self.columns]
        return [
            Place(column, end - width, end)
            for column, width, end in zip(self.columns, widths, np.cumsum(widths).tolist())
        ]

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
            check_there_once(names, table)
            table = table_of(table, names, self.missing)
        matrix = np.zeros((len(table), len(self.feature_names)), dtype=np.float32)
        surprises: List[Surprise] = []
        faults: List[Fault] = []

        def write(place: Place, column: Column) -> Union[List[Surprise], FaultError]:
            try:
                return encode(place.state, column, matrix[:, place.start : place.end])
            except FaultError as error:
                return error

        def write_some(some: Sequence[Place]) -> List[Union[List[Surprise], FaultError]]:
            columns = [table[place.state.name] for place in some]
            plain = encode_plain(some, columns, matrix)
            return [write(place, column) if said is None else said for place, column, said in zip(some, columns, plain)]

        for written in chain.from_iterable(each(write_some, pieces(self.places, ENCODED_COLUMNS), len(table))):
            if isinstance(written, FaultError):
                faults += written.faults
            else:
                surprises += written
        if faults:
            raise FaultError(*faults)
        return matrix, surprises

    def as_written(self, table: Table) -> "Preprocessing":
        """The same with the decimal marks and date formats of a table, where they are others; else the same object."""
        columns = tuple(as_written(column, table[column.name]) for column in self.columns)
        if all(new is old for new, old in zip(columns, self.columns)):
            return self
        return msgspec.structs.replace(self, columns=columns)


def check_there_once(names: List[str], frame: pd.DataFrame) -> None:
    """Raise a DataError where a frame lacks one of the columns, or has it twice."""
    problems = []
    for name in names:
        count = list(frame.columns).count(name)
        if count != 1:
            found = ", ".join(map(str, list(frame.columns)[:12]))
            message = (
                say("the table has {count} columns {name!r}", count=count, name=name)
                if count
                else say("the table has no column {name!r}", name=name)
            )
            problems.append(Problem(message, received=found))
    if problems:
        raise DataError(*problems)


def fit_preprocessing(
    table: Table,
    types: Mapping[str, str],
    stated: Mapping[str, Stated],
    decimal: str = ".",
    missing: Missing = USUALLY,
    scaling: Scaling = AS_USUAL,
) -> Tuple[Preprocessing, List[Problem]]:
    """Fit on the training rows.

    Args:
        table: the training rows.
        types: name to type of each column to learn from, in order.
        stated: what the config says of columns.
        decimal: the decimal mark of the file.
        missing: what stands for a missing value, to be kept for later tables.
        scaling: of all numbers and dates, where `stated` does not say.

    Returns:
        The preprocessing, and notes about columns that are constant in the training rows, which are left out.

    Raises:
        DataError: a stated type that the values do not allow, or no column left.
    """
    columns: List[ColumnState] = []
    constant: Dict[str, Noticed] = {}
    problems: List[Problem] = []

    def fit(name: str, column: Column) -> Union[ColumnState, DataError, None]:
        if _is_constant(column.codes if isinstance(column, Text) else column.values):
            return None
        try:
            return fit_column(types[name], column, stated.get(name, Stated()), decimal, scaling)
        except DataError as error:
            return error

    def fit_some(names: Sequence[str]) -> List[Union[ColumnState, DataError, None]]:
        columns = {name: table[name] for name in names}
        numbers = [name for name in names if types[name] == "number"]
        said = [stated.get(name, Stated()) for name in numbers]
        plain = dict(zip(numbers, fit_plain([columns[name] for name in numbers], said, decimal, scaling)))
        return [plain.get(name) or fit(name, columns[name]) for name in names]

    some = pieces(list(types), max(1, FITTED_AT_ONCE // max(1, len(table))))
    for name, state in zip(types, chain.from_iterable(each(fit_some, some, len(table), table.at_once))):
        if isinstance(state, DataError):
            problems += state.problems
        elif state is None:
            message = say("is the same in every training row and is left out")
            constant[name] = about_column("constant", name, message, len(table), severity="note")
        else:
            columns.append(state)
    if not problems and not columns:
        problems.append(_all_constant(list(types)))
    if problems:
        raise DataError(*problems)
    said = together(constant, say("are the same in every training row and are left out"))
    return Preprocessing(tuple(columns), missing), [*said, *_scaled_in_vain(types, stated)]


def _scaled_in_vain(types: Mapping[str, str], stated: Mapping[str, Stated]) -> Iterator[Problem]:
    """Columns with a scaler of their own that turned out to be neither number nor date."""
    for name, kind in types.items():
        if kind in ("category", "boolean") and name in stated and stated[name].scaler is not None:
            message = say("the scaler has no effect: it is a {type}", type=kind)
            hint = say("delete it, or {override}", override=override(name, "type", "number"))
            yield about_column("scaler", name, message, 0, severity="warning", hint=hint)


def _all_constant(names: Sequence[str]) -> Problem:
    message = say_many(
        len(names),
        "the one feature is the same in every training row: nothing is left to learn from",
        "all {count:,} features are the same in every training row: nothing is left to learn from",
    )
    found = ", ".join(map(repr, names[:5])) + (", ..." if len(names) > 5 else "")
    return Problem(message, "data.features", say("a column to learn from"), found)


def _is_constant(values: np.ndarray) -> bool:
    first = values[:1]
    return bool(((values == first) | ((values != values) & (first != first))).all())
