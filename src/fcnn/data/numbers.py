"""A column as numbers, whatever it was read as."""

import numpy as np

from fcnn.data.column import Column, Numbers
from fcnn.data.numerals import read_numerals
from fcnn.errors import DataError, Problem, cells_are


def to_numbers(column: Column, hint: str, decimal: str = ".", bad_values: str = "error") -> np.ndarray:
    """The column as float64 with NaN for missing.

    Args:
        column: of a table.
        hint: what an error proposes.
        decimal: the decimal mark of text, where both a point and a comma could be meant.
        bad_values: ``missing`` to take cells that are no numbers as missing, else they are an error.

    Raises:
        DataError: a cell that is no number, or infinite, with its rows and values.
    """
    where = f"column {column.name!r}"
    if isinstance(column, Numbers):
        numbers = column.values
    else:
        numbers = column.look_up(read_numerals(column.present(), decimal).values)
        bad = np.flatnonzero(np.isnan(numbers) & ~column.missing)
        if len(bad) and bad_values == "error":
            message = f"{cells_are(len(bad))} no number"
            raise DataError(Problem(message, where, "numbers", column.examples(list(bad)), hint))
    infinite = np.flatnonzero(np.isinf(numbers))
    if len(infinite):
        message = f"{cells_are(len(infinite))} infinite"
        raise DataError(Problem(message, where, "finite numbers", column.examples(list(infinite)), hint))
    return numbers
