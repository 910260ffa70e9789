"""A column as numbers, whatever it was read as."""

import numpy as np

from fcnn.data.column import Column, Numbers
from fcnn.data.faults import fault_of
from fcnn.data.numerals import read_numerals
from fcnn.wording import Said, say, say_many


def to_numbers(column: Column, hint: str, decimal: str = ".", bad_values: str = "error") -> np.ndarray:
    """The column as float64 with NaN for missing.

    Args:
        column: of a table.
        hint: what an error proposes.
        decimal: the decimal mark of text, where both a point and a comma could be meant.
        bad_values: ``missing`` to take cells that are no numbers as missing, else they are an error.

    Raises:
        FaultError: a cell that is no number, or infinite, with its rows and values.
    """
    if isinstance(column, Numbers):
        numbers = column.values
    else:
        numbers = column.look_up(read_numerals(column.present(), decimal).values)
        bad = np.flatnonzero(np.isnan(numbers) & ~column.missing)
        if len(bad) and bad_values == "error":
            raise fault_of(column, bad, _no_number, say("numbers"), hint)
    infinite = np.flatnonzero(np.isinf(numbers))
    if len(infinite):
        raise fault_of(column, infinite, _infinite, say("finite numbers"), hint)
    return numbers


def percent_signs(column: Column) -> np.ndarray:
    """(rows,) bool: the cells that are written with a percent sign."""
    if isinstance(column, Numbers):
        return np.zeros(len(column), dtype=bool)
    signed = {level: 1.0 for level in column.present() if level.endswith(("%", "\uff05", "\u066a"))}
    return column.look_up(signed) == 1.0


def _no_number(count: int) -> Said:
    return say_many(count, "1 cell is no number", "{count:,} cells are no number")


def numeric_but_for(count: int) -> Said:
    """So many cells of a column of numbers are none."""
    return say_many(count, "is numeric, but 1 cell is no number", "is numeric, but {count:,} cells are no number")


def _infinite(count: int) -> Said:
    return say_many(count, "1 cell is infinite", "{count:,} cells are infinite")
