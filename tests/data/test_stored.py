"""Matrices on the disk: what is read is what was written."""

from pathlib import Path

import numpy as np
import pytest

from fcnn.data import stored
from fcnn.data.stored import StoredMatrix, pieces_of, take


@pytest.fixture
def matrix(tmp_path: Path) -> StoredMatrix:
    """Ten rows of three: 0 1 2, 3 4 5, ..."""
    np.arange(30, dtype="<f4").tofile(str(tmp_path / "x"))
    return StoredMatrix(tmp_path / "x", 3)


def test_the_shape_follows_from_the_size_of_the_file(matrix: StoredMatrix) -> None:
    assert (matrix.shape, len(matrix)) == ((10, 3), 10)


@pytest.mark.parametrize(
    ("start", "stop", "first", "count"),
    [(0, 2, 0.0, 2), (4, 7, 12.0, 3), (9, 10, 27.0, 1), (8, 99, 24.0, 2)],
    ids=["the first", "some", "the last", "more than there are"],
)
def test_rows_are_read(matrix: StoredMatrix, start: int, stop: int, first: float, count: int) -> None:
    rows = matrix.rows(start, stop)
    assert rows.dtype == np.float32
    assert rows.tolist() == [[first + 3 * row, first + 3 * row + 1, first + 3 * row + 2] for row in range(count)]


def test_rows_at_positions_are_read_piece_by_piece(matrix: StoredMatrix, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "PIECE_ROWS", 4)
    assert matrix.take(np.array([0, 3, 4, 9]))[:, 0].tolist() == [0.0, 9.0, 12.0, 27.0]


def test_no_row_is_no_row(matrix: StoredMatrix) -> None:
    assert matrix.take(np.array([], dtype=np.int64)).shape == (0, 3)
    assert matrix.rows(10, 12).shape == (0, 3)


def test_matrices_in_memory_and_on_the_disk_give_the_same(
    matrix: StoredMatrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "PIECE_ROWS", 4)
    in_memory = np.arange(30, dtype=np.float32).reshape(10, 3)
    positions = np.array([1, 2, 8])
    assert take(matrix, positions).tolist() == take(in_memory, positions).tolist() == in_memory[[1, 2, 8]].tolist()
    assert [len(piece) for piece in pieces_of(matrix)] == [4, 4, 2]
    assert np.concatenate(list(pieces_of(matrix))).tolist() == in_memory.tolist()
    assert [len(piece) for piece in pieces_of(in_memory)] == [10]
    monkeypatch.setattr(stored, "PIECE_BYTES", 36)  # three rows: wide ones are fewer
    assert [len(piece) for piece in pieces_of(matrix)] == [3, 3, 3, 1]
