"""Reading a CSV with pandas: numbers as numbers, everything else as the text that stands in the file."""

from pathlib import Path
from typing import Any, Collection, List, Optional, Sequence

import numpy as np
import pandas as pd

from fcnn.data.header import Header, check_same_header, read_header, wrong_encoding
from fcnn.errors import DataError, Problem

# What stands for a missing value. Not `none` or `unknown`: those are levels of real tables (bank marketing has both).
MISSING = ("", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "None", "?", "-")
MISSING_HINT = "an empty cell, NA, N/A, n/a, NaN, NULL, null, None, ? and - count as missing"


def read_table(
    paths: Sequence[Path],
    columns: Sequence[str],
    as_text: Collection[str] = (),
    encoding: Optional[str] = None,
) -> pd.DataFrame:
    """Read some columns of a table that lies in one or more CSV files.

    Args:
        paths: the files, in order; each has the same header.
        columns: which columns, in the order wanted.
        as_text: the columns whose values must stay the text that is in the file (class names, codes).
        encoding: of the files; None: UTF-8.

    Returns:
        A frame with a fresh index. Numeric columns are float64 or int64 with NaN for missing; all others are object
        columns of ``str`` without surrounding blanks, with None for missing.

    Raises:
        DataError: where a file cannot be read, decoded or parsed, or has no rows.
    """
    headers = [read_header(path, encoding) for path in paths]
    check_same_header(headers)
    frames = [_read_part(header, columns, as_text, encoding) for header in headers]
    frame = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    if len(frame) == 0:
        raise DataError(Problem("there is a header and not one row below it", str(paths[0])))
    for name in columns:
        if not is_number(frame[name]):
            frame[name] = as_strings(frame[name])
    return frame


def _read_part(
    header: Header, columns: Sequence[str], as_text: Collection[str], encoding: Optional[str]
) -> pd.DataFrame:
    positions = [header.position(name) for name in columns]
    beyond = len(header.names)  # the field that only rows longer than the header have, which pandas cuts in silence
    text_positions = {beyond, *(header.position(name) for name in columns if name in as_text)}

    def read() -> pd.DataFrame:
        return pd.read_csv(
            header.path,
            sep=header.separator,
            header=None,
            skiprows=1,  # the header, line ends within a quoted name included
            names=range(beyond + 1),
            index_col=False,
            dtype=dict.fromkeys(text_positions, str),
            keep_default_na=False,
            na_values=list(MISSING),
            skipinitialspace=True,
            low_memory=False,
            encoding=header.encoding,
        )

    try:
        frame = read()
        truths = {position for position in positions if pd.api.types.infer_dtype(frame[position]) == "boolean"}
        if truths:  # pandas forgot whether it was TRUE, True or true
            text_positions |= truths
            frame = read()
    except UnicodeError as error:
        raise DataError(wrong_encoding(header.path, encoding)) from error
    except pd.errors.ParserError as error:
        raise DataError(_misfit(header, str(error).strip().split("C error: ")[-1])) from error
    except pd.errors.EmptyDataError:
        return pd.DataFrame({name: [] for name in columns})
    longer = frame[beyond].notna().to_numpy().nonzero()[0]
    if len(longer):
        found = examples(frame[beyond], longer)
        raise DataError(_misfit(header, f"{len(longer)} {'row is' if len(longer) == 1 else 'rows are'} longer", found))
    frame = frame[positions]
    frame.columns = list(columns)
    return frame


def _misfit(header: Header, reason: str, received: str = "") -> Problem:
    hint = f"quote a field that contains {header.separator!r}"
    expected = f"{len(header.names)} fields in every row, as the header has"
    return Problem(f"rows and header do not fit: {reason}", str(header.path), expected, received, hint)


def is_number(series: Any) -> bool:
    """Whether pandas read the column as numbers; booleans are not numbers here."""
    return pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series)


def as_strings(series: "pd.Series[Any]") -> "pd.Series[Any]":
    """The column as objects: ``str`` without surrounding blanks, None where missing."""
    present = series.notna().to_numpy()
    values = [_text(value) if there else None for value, there in zip(series.to_numpy(dtype=object), present)]
    return pd.Series(values, index=series.index, dtype=object)


def _text(value: Any) -> Optional[str]:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a column of whole numbers with gaps is read as floats
    text = str(value).strip()
    return None if text in MISSING else text


def to_numbers(series: "pd.Series[Any]", where: str, hint: str) -> np.ndarray:
    """The column as float64 with NaN for missing.

    Args:
        series: a column of :func:`read_table` or of a user's frame.
        where: the place that an error names.
        hint: what an error proposes.

    Raises:
        DataError: a cell that is no number, or infinite, with its rows and values.
    """
    if is_number(series):
        numbers = series.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        text = as_strings(series)
        numbers = pd.to_numeric(text, errors="coerce").to_numpy(dtype=np.float64)
        bad = np.flatnonzero(np.isnan(numbers) & text.notna().to_numpy())
        if len(bad):
            raise DataError(Problem(f"{len(bad)} {_cells(bad)} no number", where, "numbers", examples(text, bad), hint))
    infinite = np.flatnonzero(np.isinf(numbers))
    if len(infinite):
        found = examples(series, infinite)
        raise DataError(Problem(f"{len(infinite)} {_cells(infinite)} infinite", where, "finite numbers", found, hint))
    return np.asarray(numbers, dtype=np.float64)


def _cells(rows: Any) -> str:
    return "cell is" if len(rows) == 1 else "cells are"


def examples(series: "pd.Series[Any]", rows: Any, most: int = 5) -> str:
    """The first of the cells at some positions, as text: ``'abc' (row 17), 'x' (row 40), ...``.

    Rows are those of the file or of a user's frame, counted from 1: a numeric index is trusted to count from 0.
    """
    labels = series.index if is_number(series.index) else range(len(series))
    shown: List[str] = [f"{str(series.iloc[row])!r} (row {labels[row] + 1})" for row in rows[:most]]
    return ", ".join(shown) + (", ..." if len(rows) > most else "")
