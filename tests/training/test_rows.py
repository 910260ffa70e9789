"""Rows that lie on the disk are trained on and measured as those in memory."""

import numpy as np
import pytest

from fcnn.config.structs import EarlyStopping
from fcnn.data.stored import StoredMatrix
from fcnn.training import engine as engine_module
from fcnn.training import order, rows
from fcnn.training.order import epoch_order
from fcnn.training.rows import Streamed, Tensors, to_rows

WINDOWS = {"one window": (1 << 18, 256), "windows": (64, 4), "windows of one row": (16, 1)}


@pytest.fixture(params=WINDOWS)
def windows(request, monkeypatch):
    """Windows of so many bytes and blocks; iris has 16 bytes a row."""
    size, blocks = WINDOWS[request.param]
    monkeypatch.setattr(order, "BLOCK_BYTES", size)
    for module in (order, rows):
        monkeypatch.setattr(module, "WINDOW_BLOCKS", blocks)


@pytest.fixture
def stored(tmp_path):
    """Put a matrix onto the disk."""

    def write(x):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.f4"
        x.astype("<f4").tofile(str(path))
        return StoredMatrix(path, x.shape[1])

    return write


@pytest.mark.parametrize("positions", ["an epoch", "any", "backwards", "some"])
@pytest.mark.parametrize("size", [7, 16, 150, 1000])
def test_rows_come_in_the_order_that_is_asked_for(windows, stored, iris, positions, size):
    x, y = iris
    orders = {
        "an epoch": epoch_order(150, 4, 3, 1),
        "any": np.random.default_rng(0).permutation(150),
        "backwards": np.arange(150)[::-1],
        "some": np.array([5, 149, 3, 77]),
    }
    wanted = orders[positions]
    weight = np.arange(150, dtype=np.float32)
    chunks = list(Streamed(stored(x), y, weight, None).chunks(wanted, size))
    assert [len(chunk.x) for chunk, _ in chunks[:-1]] == [size] * (len(chunks) - 1)
    for name, expected in (("x", x), ("y", y), ("weight", weight)):
        found = np.concatenate([getattr(chunk, name).numpy() for chunk, _ in chunks])
        assert found.tolist() == expected[wanted].tolist()
    assert all(chunk.loss_weight is None and order is None for chunk, order in chunks)


def test_all_rows_come_in_blocks(windows, stored, iris):
    x, y = iris
    blocks = list(to_rows(stored(x), y, False, None).blocks())
    assert np.concatenate([block.x.numpy() for block in blocks]).tolist() == x.tolist()
    assert np.concatenate([block.y.numpy() for block in blocks]).tolist() == y.tolist()


def test_a_file_that_cannot_be_read_ends_the_epoch_with_its_error(stored, iris):
    x, y = iris
    matrix = stored(x)
    matrix.path.unlink()
    with pytest.raises(FileNotFoundError):
        list(Streamed(matrix, y, None, None).chunks(np.arange(150), 16))


@pytest.mark.parametrize(("windows", "mode"), [*zip(WINDOWS, ("graph", "xla", "graph"))], indirect=["windows"])
def test_a_network_learns_from_the_disk_what_it_learns_from_memory(
    windows, bound, layer, fit, iris, stored, monkeypatch, mode
):
    monkeypatch.setattr(engine_module, "CHUNK_ROWS", 48)  # three steps
    x, y = iris
    weight = np.random.default_rng(0).uniform(0.5, 2, 150).astype(np.float32)
    by_class = np.float32([1, 0.5, 4])[y]
    training, validation = np.flatnonzero(np.arange(150) % 4), np.flatnonzero(np.arange(150) % 4 == 0)

    def learnt(place):
        network = bound([layer(8, dropout=0.2), layer(3, "softmax")], batch_size=16, mode=mode)
        parts = [
            to_rows(place(x[part]), y[part], False, weight[part], by_class[part] if part is training else None)
            for part in (training, validation)
        ]
        trained = fit(network, *parts, epochs=4, early=EarlyStopping(patience=2))
        del trained.history["seconds"]
        return network.model.get_weights(), trained

    (in_memory, first), (streamed, second) = learnt(lambda values: values), learnt(stored)
    assert [one.tobytes() for one in streamed] == [one.tobytes() for one in in_memory]
    for name, values in first.history.items():
        assert second.history[name] == pytest.approx(values, rel=1e-6)
    assert isinstance(to_rows(x, y, False, None), Tensors)
