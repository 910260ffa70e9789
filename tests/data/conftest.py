"""What the tests of the data share."""

from dataclasses import replace
from typing import List

import msgspec
import numpy as np
import pandas as pd
import pytest

from fcnn.config.structs import Column, Data
from fcnn.data import encoding_stored, stored
from fcnn.data import table as reading
from fcnn.data.column import Numbers, Text, column_of, table_of
from fcnn.data.dataset import prepare, prepare_folds
from fcnn.data.missing import USUALLY
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.rows import frame_rows
from fcnn.data.said_again import plain, plain_struct
from fcnn.data.storage import Storage
from fcnn.data.stored import StoredMatrix
from fcnn.data.table import read_table
from fcnn.jobs.prepare import read_request


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


@pytest.fixture
def prepared():
    """What becomes of a config: ``prepared(config)``; on the disk where a storage is given."""

    def build(config, storage=None, folds=None, overrides=()):
        request = read_request(config, overrides)
        data, seed = request.config.data, request.config.seed
        if folds:
            all_folds = prepare_folds(data, request.paths, request.roles, seed, folds, request.parts, storage)
            return [fold.fitted() for fold in all_folds]
        return prepare(data, request.paths, request.roles, seed, request.parts, storage)

    return build


@pytest.fixture
def small_pieces(monkeypatch):
    """Blocks of about 6,000 bytes, pieces of 100 rows, runs of 1,000 bytes: what is large otherwise is seen."""
    monkeypatch.setattr(reading, "block_size", lambda fields: 6000)
    monkeypatch.setattr(reading, "PROBE", 1000)
    monkeypatch.setattr(reading, "PROBE_OF_FIELD", 1)
    monkeypatch.setattr(encoding_stored, "rows_at_once", lambda row_bytes: 100)
    monkeypatch.setattr(stored, "PIECE_ROWS", 64)


@pytest.fixture
def storage(tmp_path):
    """A place on the disk for a table of any size, and what it was told."""

    told: List[str] = []
    return Storage(tmp_path / "cache", 1, tell=told.append), told


def assert_equal(one, other):
    """Two datasets are the same, bit for bit, whether they are in memory or on the disk."""
    assert (one.preprocessing, one.target, one.rows, one.files) == (
        other.preprocessing,
        other.target,
        other.rows,
        other.files,
    )
    assert list(one.parts) == list(other.parts)
    for name, part in one.parts.items():
        same = other.parts[name]
        for first, second in (
            (whole(part.x), whole(same.x)),
            (part.rows, same.rows),
            (part.y, same.y),
            (part.y_raw, same.y_raw),
            (part.weight, same.weight),
        ):
            assert (first is None) == (second is None)
            if first is not None:
                assert (first.dtype, first.tobytes()) == (second.dtype, second.tobytes())
    for first, second in zip(one.row_names.sources, other.row_names.sources):
        assert replace(first, lines=None) == replace(second, lines=None)
        np.testing.assert_array_equal(first.lines, second.lines)
    assert len(one.row_names.sources) == len(other.row_names.sources)
    assert one.findings == other.findings
    assert plain(one.findings) == plain(other.findings)  # they can be told in another language, too
    assert one.columns == other.columns
    assert [plain_struct(column) for column in one.columns] == [plain_struct(column) for column in other.columns]


def whole(matrix):
    """All rows of a matrix, in memory."""
    return matrix.rows(0, len(matrix)) if isinstance(matrix, StoredMatrix) else matrix


@pytest.fixture
def equal():
    """:func:`assert_equal`."""
    return assert_equal
