"""What stands before the first dense layer: its formulas, in any company of rows, and as Keras has it."""

from typing import Any, Dict

import numpy as np
import pytest

from fcnn.inference.activations import parameters_of
from fcnn.inference.front import (
    Block,
    CategoricalEmbedding,
    InputScale,
    Periodic,
    PiecewiseLinear,
    front_outputs,
    output_names,
    places_of,
)
from fcnn.inference.network import Architecture, DenseLayer, forward
from fcnn.insight.linear import collapse, is_linear
from fcnn.network import backend
from fcnn.network.architecture import FrontOptions
from fcnn.network.build import build_model

PERIODIC = Periodic(columns=(0, 2, 3), frequencies=16, units=4)
PIECEWISE = PiecewiseLinear(columns=(0, 3), edges=((-1.0, -0.5, 0.0, 0.7), (-2.0, 2.0)), units=3)
CATEGORIES = CategoricalEmbedding(blocks=(Block("city", 4, 5, 2), Block("kind", 10, 3, 2)))
FRONTS = {
    "periodic": (PERIODIC,),
    "piecewise linear": (PIECEWISE,),
    "categories": (CATEGORIES,),
    "scale": (InputScale(),),
    "all of them": (PERIODIC, CATEGORIES, InputScale()),
    "piecewise linear and categories": (PIECEWISE, CATEGORIES),
}
INPUTS = 14


def network(*front: Any, hidden: str = "tanh") -> Architecture:
    layers = tuple(
        DenseLayer(units=units, activation=parameters_of(name)) for units, name in ((9, hidden), (3, "softmax"))
    )
    return Architecture(inputs=INPUTS, layers=layers, front=front)


def arrays_of(architecture: Architecture) -> Dict[str, np.ndarray]:
    random = np.random.default_rng(3)
    return {name: random.normal(0, 0.5, shape).astype(np.float32) for name, shape in architecture.shapes().items()}


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return np.random.default_rng(0).normal(0, 1.5, (5 * 1024 + 77, INPUTS)).astype(np.float32)


def test_a_periodic_embedding_computed_by_hand() -> None:
    layer = Periodic(columns=(1,), frequencies=2, units=3)
    arrays = {
        "numeric_embedding/frequency": np.float32([[0.5, 0.25]]),
        "numeric_embedding/phase": np.float32([[0, np.pi / 2]]),
        "numeric_embedding/kernel": np.float32([[[1, 2], [10, 20]]]),
        "numeric_embedding/bias": np.float32([[0.5, -0.5]]),
    }
    # x = 1: cos(2 pi 0.5) = -1, cos(2 pi 0.25 + pi / 2) = cos(pi) = -1; x = 0: cos(0) = 1, cos(pi / 2) = 0
    (found,) = front_outputs((layer,), arrays, np.float64([[7, 1], [8, 0]]))
    np.testing.assert_allclose(found, [[7, 1, -10.5, -22.5], [8, 0, 1.5, 1.5]], atol=1e-6)


@pytest.mark.parametrize(
    ("x", "shares"),
    [
        (-2.0, [-1, 0, 0]),
        (0.0, [0, 0, 0]),
        (1.0, [0.5, 0, 0]),
        (3.0, [1, 0.25, 0]),
        (6.0, [1, 1, 0]),
        (9.0, [1, 1, 1.5]),
    ],
)
def test_the_shares_of_bins_computed_by_hand(x: float, shares: Any) -> None:
    """Bins from 0 to 2, to 6, to 8; the outer ones are open."""
    layer = PiecewiseLinear(columns=(0, 1), edges=((0.0, 2.0, 6.0, 8.0), (0.0, 4.0)), units=4)
    kernel = np.stack([np.eye(3), np.full((3, 3), 100.0)]).astype(np.float32)
    arrays = {"numeric_embedding/kernel": kernel, "numeric_embedding/bias": np.float32([[0, 0, 0], [1, 2, 3]])}
    (found,) = front_outputs((layer,), arrays, np.float64([[x, 6.0]]))
    # of the second column 6 is one and a half bins: 150; the two bins that it lacks count nothing
    np.testing.assert_allclose(found, [[x, 6, *shares, 151, 152, 153]], atol=1e-6)


def test_embedded_categories_computed_by_hand() -> None:
    layer = CategoricalEmbedding(blocks=(Block("a", 1, 2, 3), Block("b", 4, 2, 1)))
    arrays = {
        "categorical_embedding/0/kernel": np.float32([[1, 2, 3], [4, 5, 6]]),
        "categorical_embedding/1/kernel": np.float32([[7], [8]]),
    }
    x = np.float64([[0.1, 0, 1, 0.2, 1, 0, 0.3], [0.4, 0, 0, 0.5, 0, 1, 0.6]])  # the second row has an unseen level
    (found,) = front_outputs((layer,), arrays, x)
    np.testing.assert_allclose(found, [[0.1, 0.2, 0.3, 4, 5, 6, 7], [0.4, 0.5, 0.6, 0, 0, 0, 8]])


def test_each_input_is_scaled_by_its_own_factor() -> None:
    (found,) = front_outputs((InputScale(),), {"input_scale/scale": np.float32([2, -1])}, np.float64([[3, 4]]))
    assert found.tolist() == [[6, -4]]


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)
def test_the_forward_pass_is_that_of_keras_with_and_without_factors(front: Any, rows: np.ndarray) -> None:
    architecture = network(*front)
    arrays = arrays_of(architecture)
    found = forward(architecture, arrays, rows[:300])
    for options in (FrontOptions(), FrontOptions(0.3, numeric_embedding=0.1, input_scale=6.0)):
        model = build_model(architecture, seed=1, front_options=options)
        assert [part.name for part in model.layers][: len(front)] == [layer.name for layer in front]
        backend.set_arrays(model, arrays, list(arrays))
        assert np.abs(found - np.asarray(model(rows[:300]))).max() <= 1e-5
        back = backend.get_arrays(model, list(arrays))
        assert all(np.allclose(back[name], arrays[name], rtol=1e-6, atol=0) for name in arrays)


MANY = (Periodic(columns=(0, 2, 3), frequencies=100, units=41),)
"""So many that a library rounds products of other numbers of rows in another way."""


@pytest.mark.parametrize("front", [*FRONTS.values(), MANY], ids=[*FRONTS, "many cosines"])
def test_a_row_has_the_same_bits_in_any_company(front: Any, rows: np.ndarray) -> None:
    architecture = network(*front)
    arrays, order = arrays_of(architecture), np.random.default_rng(2).permutation(len(rows))
    whole = forward(architecture, arrays, rows)
    assert np.array_equal(forward(architecture, arrays, rows[order]), whole[order])
    for start, end in ((0, 1), (5, 8), (1000, 2025), (len(rows) - 1, len(rows))):
        assert np.array_equal(forward(architecture, arrays, rows[start:end]), whole[start:end])
    assert forward(architecture, arrays, rows[:0]).shape == (0, 3)


def test_many_columns_are_embedded_a_few_at_a_time() -> None:
    layer = Periodic(columns=tuple(range(40)), frequencies=64, units=2)
    architecture = Architecture(
        inputs=40, layers=(DenseLayer(units=1, activation=parameters_of("linear")),), front=(layer,)
    )
    arrays, x = arrays_of(architecture), np.random.default_rng(1).normal(size=(1024, 40)).astype(np.float32)
    e = front_outputs(architecture.front, arrays, x.astype(np.float64))[-1]
    expected = e @ arrays["00/kernel"].astype(np.float64) + arrays["00/bias"]
    np.testing.assert_allclose(forward(architecture, arrays, x), expected, atol=2e-5)


def test_arrays_are_named_and_counted() -> None:
    architecture = network(PERIODIC, CATEGORIES, InputScale())
    assert list(architecture.shapes().items())[:8] == [
        ("numeric_embedding/frequency", (3, 16)), ("numeric_embedding/phase", (3, 16)),
        ("numeric_embedding/kernel", (3, 16, 3)), ("numeric_embedding/bias", (3, 3)),
        ("categorical_embedding/0/kernel", (5, 2)), ("categorical_embedding/1/kernel", (3, 2)),
        ("input_scale/scale", (19,)), ("00/kernel", (19, 9)),
    ]  # fmt: skip
    assert architecture.widths == [14, 23, 19, 19]
    assert architecture.trainable_parameters == 2 * 48 + 144 + 9 + 10 + 6 + 19 + 19 * 9 + 9 + 9 * 3 + 3


def test_the_inputs_of_the_first_layer_have_names() -> None:
    names = ["a", "b", "c", "d", *(f"city={letter}" for letter in "vwxyz"), "e", *(f"kind={n}" for n in range(3)), "f"]
    assert output_names((PIECEWISE, CATEGORIES, InputScale()), names) == [
        "a", "b", "c", "d", "e", "f", "a [2]", "a [3]", "d [2]", "d [3]", "city [1]", "city [2]", "kind [1]", "kind [2]"
    ]  # fmt: skip


def test_a_column_is_where_what_was_made_of_it_is() -> None:
    assert np.asarray(places_of((PIECEWISE, CATEGORIES), 14, 3, 4)).tolist() == [3, 16, 17]
    assert np.asarray(places_of((PIECEWISE, CATEGORIES), 14, 4, 9)).tolist() == [4, 5, 6, 7, 8]
    assert places_of((CATEGORIES,), 14, 4, 9) == slice(4, 9)


def test_embedded_numbers_make_a_linear_stack_none_and_embedded_categories_belong_to_its_one_layer(
    rows: np.ndarray,
) -> None:
    assert not is_linear(network(PERIODIC, hidden="linear"))
    assert not is_linear(network(PIECEWISE, InputScale(), hidden="linear"))
    architecture = network(CATEGORIES, InputScale(), hidden="linear")
    arrays = arrays_of(architecture)
    assert is_linear(architecture)
    one, multiplied = collapse(architecture, arrays)
    assert (one.front, multiplied["00/kernel"].shape) == ((), (14, 3))
    np.testing.assert_allclose(forward(one, multiplied, rows[:50]), forward(architecture, arrays, rows[:50]), atol=1e-5)
