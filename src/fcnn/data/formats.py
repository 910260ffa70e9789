"""Tables that are no text: Parquet and Excel, read with libraries that fcnn does not require."""

import warnings
import zipfile
from datetime import datetime, time
from pathlib import Path
from typing import Any, Callable, Collection, Iterator, List, Sequence, Tuple

import numpy as np
import pandas as pd

from fcnn.data.column import raw_text
from fcnn.data.header import Header
from fcnn.data.memory import WITH_MATRIX, check_memory
from fcnn.data.missing import Missing
from fcnn.data.raw import RawColumn, RawTable, raw_column
from fcnn.data.rows import FileRows
from fcnn.errors import DataError, Problem
from fcnn.wording import say

LIBRARIES = {"parquet": "pyarrow", "excel": "openpyxl"}
"""What reads each kind; the extra of the same name installs it: ``pip install "fcnn[parquet]"``."""

CELLS_PER_XML = 2.0
"""Memory of a sheet's cells as Python objects, in bytes of its XML, about."""


def column_names(path: Path, kind: str) -> List[str]:
    """The names of the columns; a column of a sheet without a name is ``""``.

    Raises:
        DataError: the library is not installed, or the file is damaged.
    """
    if kind == "parquet":
        return _read(path, kind, lambda: [str(name) for name in _parquet(path).schema_arrow.names])
    names = _read(path, kind, lambda: next(_sheet(path), None))
    if names is None:
        raise DataError(Problem("the first sheet is empty", str(path), "a first row with the names of the columns"))
    return ["" if cell is None else raw_text(cell) for cell in names[1]]


def read_columns(header: Header, columns: Sequence[str], as_text: Collection[str], missing: Missing) -> RawTable:
    """Some columns of a file, as :func:`fcnn.data.table.read_table` wants them.

    Raises:
        DataError: the library is not installed, or the file is damaged.
    """
    reader = _read_parquet if header.kind == "parquet" else _read_excel
    return _read(header.path, header.kind, lambda: reader(header, columns, as_text, missing))


def read_batches(
    header: Header, columns: Sequence[str], as_text: Collection[str], missing: Missing, rows: int = 1 << 16
) -> Iterator[RawTable]:
    """The same piece by piece; a sheet of Excel has a million rows at most and is one piece.

    Args:
        header: of the file.
        columns: which columns.
        as_text: those that are wanted as text.
        missing: what stands for a missing value.
        rows: of a piece at most.

    Raises:
        DataError: the library is not installed, or the file is damaged.
    """
    if header.kind == "excel":
        yield read_columns(header, columns, as_text, missing)
        return
    file = _read(header.path, header.kind, lambda: _parquet(header.path))
    names = [file.schema_arrow.names[header.position(name)] for name in columns]
    batches = file.iter_batches(rows, columns=names)
    first = 1
    while True:
        batch = _read(header.path, header.kind, lambda: next(batches, None))
        if batch is None:
            return
        found = {
            name: [_arrow_column(batch.column(batch.schema.get_field_index(raw)), name in as_text)]
            for name, raw in zip(columns, names)
        }
        yield RawTable(FileRows(header.path.name, batch.num_rows, first), found)
        first += batch.num_rows


def _parquet(path: Path) -> Any:
    from pyarrow.parquet import ParquetFile

    return ParquetFile(str(path))


def _read_parquet(header: Header, columns: Sequence[str], as_text: Collection[str], missing: Missing) -> RawTable:
    file = _parquet(header.path)
    check_memory(WITH_MATRIX * 8 * file.metadata.num_rows * len(columns), str(header.path))
    names = file.schema_arrow.names  # with their blanks
    found = {}
    for name in columns:
        column = file.read(columns=[names[header.position(name)]]).column(0)
        found[name] = [_arrow_column(column, name in as_text)]
    return RawTable(FileRows(header.path.name, file.metadata.num_rows), found)


def _arrow_column(column: Any, as_text: bool) -> RawColumn:
    """A column of Arrow; as text a 64-bit id beside a missing one must not pass through a float."""
    return raw_column(column.to_pandas(integer_object_nulls=as_text), as_text)


def _read_excel(header: Header, columns: Sequence[str], as_text: Collection[str], missing: Missing) -> RawTable:
    _, *rows = _sheet(header.path)
    found = {}
    for name in columns:
        at, absent = header.position(name), missing.of(name)
        cells = [row[at] if at < len(row) else None for _, row in rows]
        present = [None if isinstance(cell, str) and cell.strip() in absent else cell for cell in cells]
        found[name] = [_sheet_column(present, name in as_text)]
    lines = np.array([line for line, _ in rows], dtype=np.int64)
    return RawTable(FileRows(header.path.name, len(rows), lines=lines), found)


def _sheet(path: Path) -> Iterator[Tuple[int, Tuple[Any, ...]]]:
    """The rows of the first sheet that are not empty, each with its number."""
    from openpyxl import load_workbook

    if not zipfile.is_zipfile(str(path)):
        message = "this is an old Excel file (.xls), one with a password, or a damaged one"
        raise DataError(Problem(message, str(path), hint="save it as .xlsx without a password, or as CSV"))
    with zipfile.ZipFile(str(path)) as archive:
        check_memory(CELLS_PER_XML * sum(item.file_size for item in archive.infolist()), str(path))
    with path.open("rb") as stream, warnings.catch_warnings():  # by its name openpyxl would judge it
        warnings.simplefilter("ignore")  # what openpyxl cannot keep when it saves does not matter here
        book = load_workbook(stream, read_only=True, data_only=True)
        try:
            for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                if any(cell is not None for cell in row):
                    yield number, row
        finally:
            book.close()


def _sheet_column(cells: List[Any], as_text: bool) -> RawColumn:
    """A column of a sheet: numbers where all of its cells are some."""
    present = [cell for cell in cells if cell is not None]
    if not as_text and all(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in present):
        return np.array([np.nan if cell is None else float(cell) for cell in cells], dtype=np.float64)
    if all(isinstance(cell, datetime) and cell.time() == time() for cell in present):  # days
        cells = [None if cell is None else cell.date() for cell in cells]
    return raw_column(pd.Series(cells, dtype=object), as_text=True)


def _read(path: Path, kind: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except ImportError as error:
        hint = say('pip install "fcnn[{kind}]", or save the table as CSV', kind=kind)
        message = say("{library} is needed to read this file", library=LIBRARIES[kind])
        raise DataError(Problem(message, str(path), hint=hint)) from error
    except DataError:
        raise
    except Exception as error:  # a damaged file may take those libraries anywhere
        reason = str(error).splitlines()[0] if str(error) else repr(error)
        message = say("cannot be read as {kind}: {reason}", kind=kind.capitalize(), reason=reason)
        raise DataError(Problem(message, str(path))) from error
