"""Guessing what each column is: a number, a category, a boolean, or nothing to learn from."""

import re
from typing import Any, List, Mapping, Optional, Tuple

import pandas as pd

from fcnn.config.paths import format_path
from fcnn.config.structs import Column
from fcnn.data.table import as_strings, examples, is_number
from fcnn.errors import DataError, Problem

# (false, true) in their usual spellings, compared without case.
BOOLEANS = (
    ("no", "yes"), ("n", "y"), ("false", "true"), ("f", "t"), ("off", "on"), ("否", "是"), ("0", "1"), ("0.0", "1.0"),
)  # fmt: skip
NUMERIC_SHARE = 0.5
"""A text column of which more than this share are numbers is numeric with bad cells, not a category."""
ID_ROWS = 20
"""From this many rows on, text that is different in every row is an identifier, not a category."""
NUMBER_IN_DISGUISE = re.compile(r"[+-]?[$€£¥]?\s?\d+([.,]\d+)*(\s?[%$€£¥])?")
"""1,5 and 1,400.0 and 12% and €3.50: numbers to a reader, text to a parser."""


def boolean_words(text: "pd.Series[Any]", least: int = 2) -> Optional[Tuple[str, str]]:
    """The (false, true) words of a text column that holds nothing else, casefolded; None where it is no boolean.

    Args:
        text: the column.
        least: how many of the two words must be there; 1 where it is known to be a boolean.
    """
    levels = {str(value).casefold() for value in text.dropna().unique()}
    return next((pair for pair in BOOLEANS if len(levels) >= least and levels <= set(pair)), None)


def as_category(name: str) -> str:
    """The override that makes a column a category."""
    return format_path(("data", "columns", name, "type")) + "=category"


def guess_types(frame: pd.DataFrame, given: Mapping[str, Column]) -> Tuple[List[Tuple[str, str]], List[Problem]]:
    """Decide what each column of the features is.

    Args:
        frame: the features, as :func:`fcnn.data.table.read_table` returns them.
        given: the types that the config states; they win.

    Returns:
        (name, type) of each column to learn from, in the frame's order, with type ``number``, ``category`` or
        ``boolean``; and notes and warnings about those that were left out.

    Raises:
        DataError: columns that are numbers but for some cells, each with rows and values.
    """
    types: List[Tuple[str, str]] = []
    findings: List[Problem] = []
    errors: List[Problem] = []
    for name in frame.columns:
        if name in given:
            types.append((name, given[name].type))
            continue
        kind, problem = guess_type(frame[name])
        if problem is not None and problem.severity == "error":
            errors.append(problem)
        elif problem is not None:
            findings.append(problem)
        else:
            types.append((name, kind))
    if errors:
        raise DataError(*errors)
    if not types:
        raise DataError(Problem("no column is left to learn from", "data.features"), *findings)
    return types, findings


def guess_type(column: "pd.Series[Any]") -> Tuple[str, Optional[Problem]]:
    """The type of one column, or the reason to leave it out (a warning) or to stop (an error)."""
    name = str(column.name)
    where = f"column {name!r}"
    if column.notna().sum() == 0:
        return "", Problem("has no value in any row and is left out", where, severity="warning")
    if is_number(column):
        return "number", None
    text = as_strings(column)
    present = text.dropna()
    if boolean_words(present) is not None:
        return "boolean", None
    numeric = pd.to_numeric(text, errors="coerce").notna()
    if numeric.sum() == len(present):
        return "number", None  # numbers that pandas leaves as text, such as integers beyond 64 bits
    if numeric.sum() > NUMERIC_SHARE * len(present):
        bad = (~numeric & text.notna()).to_numpy().nonzero()[0]
        cells = "cell is no number" if len(bad) == 1 else "cells are no numbers"
        return "", _bad_cells(f"is numeric, but {len(bad)} {cells}", text, bad, name)
    disguised = text.map(lambda cell: cell is not None and NUMBER_IN_DISGUISE.fullmatch(cell) is not None)
    if disguised.sum() > NUMERIC_SHARE * len(present):
        rows = (disguised & ~numeric).to_numpy().nonzero()[0]
        return "", _bad_cells("is text that looks like numbers: decimal commas, separators or units", text, rows, name)
    if len(present) >= ID_ROWS and present.nunique() == len(present):
        message = "is text that is different in every row (an identifier?) and is left out"
        hint = f"to learn from it all the same: {as_category(name)}"
        return "", Problem(message, where, hint=hint, severity="warning")
    return "category", None


def _bad_cells(message: str, text: "pd.Series[Any]", rows: Any, name: str) -> Problem:
    hint = f"correct the file, leave the column out (data.drop) or take it as text: {as_category(name)}"
    return Problem(message, f"column {name!r}", "numbers such as 1400.5", examples(text, rows), hint)
