"""The order of an epoch: every row once, at random, and in windows that a disk can read."""

import numpy as np
import pytest

from fcnn.training import order
from fcnn.training.order import block_rows, epoch_order


@pytest.fixture
def small_windows(monkeypatch):
    """Blocks of 4 rows of two columns, windows of 3 blocks."""
    monkeypatch.setattr(order, "BLOCK_BYTES", 32)
    monkeypatch.setattr(order, "WINDOW_BLOCKS", 3)


def test_a_block_is_a_quarter_of_a_megabyte():
    assert (block_rows(16), block_rows(5000), block_rows(1_000_000), block_rows(0)) == (4096, 13, 1, 65536)


def test_what_fits_into_a_window_is_shuffled_as_a_whole():
    rows = 256 * block_rows(5000)
    assert epoch_order(rows, 5000, 7, 2).tolist() == np.random.default_rng([7, 2]).permutation(rows).tolist()


@pytest.mark.parametrize("rows", [12, 13, 24, 47, 50], ids=lambda rows: f"{rows} rows")
def test_every_row_comes_once(small_windows, rows):
    assert sorted(epoch_order(rows, 2, 1, 1).tolist()) == list(range(rows))


def test_a_window_has_rows_of_few_blocks_shuffled_together(small_windows):
    positions = epoch_order(48, 2, 1, 1)
    for start in range(0, 48, 12):
        blocks = positions[start : start + 12] // 4
        assert np.unique(blocks, return_counts=True)[1].tolist() == [4, 4, 4]
        assert blocks.tolist() != sorted(blocks.tolist())


def test_another_epoch_and_another_seed_have_other_windows(small_windows):
    first = [epoch_order(48, 2, seed, epoch) for seed, epoch in ((1, 1), (1, 1), (1, 2), (2, 1))]
    windows = [{tuple(sorted(set(positions[:12] // 4))) for positions in [each]} for each in first]
    assert first[0].tolist() == first[1].tolist()
    assert windows[0] != windows[2]
    assert windows[0] != windows[3]
