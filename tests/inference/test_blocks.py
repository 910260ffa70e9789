"""What a row becomes is its own affair: not of the other rows, their number, or how many threads there are."""

import numpy as np
import pytest

from fcnn.inference import blocks
from fcnn.inference.activations import FORMULAS, activate, activate_into, parameters_of
from fcnn.inference.blocks import BLOCK_ROWS, FoldedLayer, through

ROWS = 9 * BLOCK_ROWS + 77


def network(*sizes, output="softmax"):
    random = np.random.default_rng(1)
    last = len(sizes) - 1
    return [
        FoldedLayer(
            random.normal(0, before**-0.5, (before, units)).astype(np.float32),
            random.normal(0, 0.1, units).astype(np.float32),
            parameters_of(output if number == last else "relu"),
        )
        for number, (before, units) in enumerate(zip(sizes, sizes[1:]), 1)
    ]


NETWORKS = {
    "two layers of 64 units": network(20, 64, 64, 5),
    "one number": network(20, 64, 64, 1, output="linear"),
    "one feature": network(1, 3, 1, output="sigmoid"),
    "products of different numbers of rows": network(20, 64, 256, 32, 3),
    "layers for all threads": network(50, 256, 256, 10),
    "no hidden layer": network(7, 4),
}


@pytest.fixture(scope="module")
def rows():
    return np.random.default_rng(0).standard_normal((ROWS, 50)).astype(np.float32)


@pytest.mark.parametrize("layers", NETWORKS.values(), ids=NETWORKS)
def test_a_row_has_the_same_bits_in_any_company(layers, rows):
    x = rows[:, : layers[0].kernel.shape[0]]
    whole = through(layers, x)
    order = np.random.default_rng(2).permutation(ROWS)
    assert np.array_equal(through(layers, x[order]), whole[order])
    for start, end in ((0, 1), (5, 8), (100, 164), (1000, 1000 + BLOCK_ROWS + 1), (ROWS - 1, ROWS)):
        assert np.array_equal(through(layers, x[start:end]), whole[start:end])


@pytest.mark.parametrize("layers", NETWORKS.values(), ids=NETWORKS)
def test_the_number_of_threads_changes_no_bit(layers, rows, monkeypatch):
    x = rows[:, : layers[0].kernel.shape[0]]
    found = []
    for processors in (1, 2, 5):
        monkeypatch.setattr(blocks, "processors", lambda: processors)  # noqa: B023 - called at once
        found.append(through(layers, x))
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])


@pytest.mark.parametrize("layers", NETWORKS.values(), ids=NETWORKS)
def test_it_is_what_the_formulas_say(layers, rows):
    a = rows[:200, : layers[0].kernel.shape[0]].astype(np.float64)
    for layer in layers:
        a = activate(a @ layer.kernel.astype(np.float64) + layer.bias, layer.activation)
    found = through(layers, rows[:200, : layers[0].kernel.shape[0]])
    assert (found.dtype, found.shape) == (np.float32, a.shape)
    assert np.abs(found - a).max() < 1e-5


@pytest.mark.parametrize(
    ("inputs", "units", "rows", "is_small"),
    [
        (64, 64, 64, True),
        (20, 5, 64, True),
        (64, 65, 32, True),
        (128, 128, 16, True),
        (129, 128, 1024, False),
        (784, 512, 1024, False),
    ],
)
def test_the_rows_of_a_product_are_as_many_as_one_thread_does(inputs, units, rows, is_small):
    layer = FoldedLayer(np.zeros((inputs, units), np.float32), np.zeros(units, np.float32), {"name": "linear"})
    assert (layer.rows, layer.is_small) == (rows, is_small)
    assert not is_small or rows * inputs * units <= blocks.ONE_THREAD


@pytest.mark.parametrize("name", FORMULAS)
def test_an_activation_written_elsewhere_is_the_same(name):
    z = np.random.default_rng(3).normal(0, 3, (40, 6)).astype(np.float32)
    before, out = z.copy(), np.empty_like(z)
    activate_into(z, parameters_of(name), out)
    assert np.array_equal(out, activate(z, parameters_of(name)))
    assert np.array_equal(z, before)


def test_what_leaves_float32_shows_in_the_output_of_its_row_alone(rows):
    layers = network(20, 64, 64, 1, output="linear")
    x = rows[:300, :20].copy()
    x[17] = 3e38
    assert np.flatnonzero(~np.isfinite(through(layers, x)).all(axis=1)).tolist() == [17]


def test_columns_of_a_larger_matrix_and_rows_from_behind_are_read_as_they_are(rows):
    layers = network(20, 64, 64, 5)
    x = rows[::-2, 3:23]
    assert np.array_equal(through(layers, x), through(layers, np.ascontiguousarray(x)))
