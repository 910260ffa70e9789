"""What the tests of the data share."""

import msgspec
import numpy as np
import pandas as pd
import pytest

from fcnn.config.structs import Column, Data
from fcnn.data.column import Numbers, Text, column_of, table_of
from fcnn.data.missing import USUALLY
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.rows import frame_rows
from fcnn.data.table import read_table


@pytest.fixture
def table(tmp_path):
    """Write text or bytes as a file, `t.csv` unless it is named."""

    def write(content, name="t.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture
def section():
    """The `data` section of a config: ``section(target="y", drop=["id"])``."""

    def build(**keys):
        return msgspec.convert({"path": "t.csv", "target": "y", **keys}, Data)

    return build


@pytest.fixture(scope="session")
def text():
    """A text column from cells: ``text(["a", None, "b"])``."""

    def build(cells, name="y"):
        return column_of(name, pd.Series(list(cells), dtype=object), frame_rows(len(cells)), USUALLY.of(name))

    return build


@pytest.fixture(scope="session")
def numbers():
    """A column of numbers: ``numbers([1, None, 2.5])``."""

    def build(cells, name="n"):
        return Numbers(name, frame_rows(len(cells)), np.array(cells, dtype=np.float64))

    return build


@pytest.fixture(scope="session")
def fit():
    """Fit a frame: ``fit(frame, {"a": "number"}, a={"bad_values": "missing"})``; the preprocessing and its notes."""

    def fitted(frame, types, **stated):
        table = table_of(frame, list(types), USUALLY)
        return fit_preprocessing(table, types, {name: Column(**keys) for name, keys in stated.items()})

    return fitted


@pytest.fixture
def read(table):
    """Write a file and read some of its columns: ``read("a,b\\n1,x\\n", ["a"])``."""

    def read_text(content, columns, **options):
        return read_table([table(content)], columns, **options)

    return read_text


@pytest.fixture(scope="session")
def cells():
    """The cells of a column as a list of numbers or texts, None where they are missing."""

    def of(column):
        found = column.cells() if isinstance(column, Text) else column.values
        return [None if missing else cell for cell, missing in zip(found.tolist(), column.missing)]

    return of
