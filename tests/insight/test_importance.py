"""The importance of columns: scikit-learn's numbers, of the columns of the table."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.inspection import permutation_importance as by_scikit_learn

from fcnn.evaluation.error import log_loss, root_mean_squared_error
from fcnn.inference.activations import parameters_of
from fcnn.inference.blocks import FoldedLayer
from fcnn.inference.model import Model, class_probabilities
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer, folded_layers, forward
from fcnn.insight.correlation import alike
from fcnn.insight.importance import Columns, extent, permutation_importance
from fcnn.jobs.prepare import prepare_job, read_request

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def penguins():
    """The dataset, and the raw rows of its test part as a user has them."""
    dataset = prepare_job(read_request(ROOT / "configs" / "penguins.yaml")).dataset
    table = pd.read_csv(ROOT / "data" / "penguins.csv")
    columns = [state.name for state in dataset.preprocessing.columns]
    return dataset, table.iloc[dataset.parts["test"].rows][columns].reset_index(drop=True)


@pytest.fixture(scope="module")
def sales(tmp_path_factory):
    """Prices by a date, a word, a number with gaps and one that says nothing, with weights."""
    generator = np.random.RandomState(3)
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta(generator.randint(0, 900, 300), "D")
    frame = pd.DataFrame(
        {
            "sold": days.strftime("%Y-%m-%d"),
            "size": np.where(generator.rand(300) < 0.2, np.nan, generator.normal(70, 20, 300).round(1)),
            "garden": generator.choice(["yes", "no"], 300),
            "noise": generator.normal(0, 1, 300).round(3),
            "w": generator.randint(0, 3, 300),
        }
    )
    frame["price"] = (frame["size"].fillna(70) * 3 + (frame["garden"] == "yes") * 40).round(2)
    path = tmp_path_factory.mktemp("sales") / "sales.csv"
    frame.to_csv(path, index=False)
    dataset = prepare_job(
        read_request({"data": {"path": str(path), "target": "price", "weight": "w"}, "network": {"layers": [4]}})
    ).dataset
    columns = [state.name for state in dataset.preprocessing.columns]
    return dataset, frame.iloc[dataset.parts["test"].rows][columns].reset_index(drop=True)


def network(dataset, hidden, outputs, activation):
    """A network with weights of its own: what it computes need not be good to be compared."""
    generator = np.random.RandomState(11)
    layers = [
        DenseLayer(
            units=units,
            activation=parameters_of("tanh"),
            batch_normalization=BatchNormalization() if number == 0 else None,
        )
        for number, units in enumerate(hidden)
    ]
    layers.append(DenseLayer(units=outputs, activation=parameters_of(activation)))
    architecture = Architecture(inputs=len(dataset.preprocessing.feature_names), layers=tuple(layers))
    arrays = {
        name: np.abs(generator.normal(0, 0.7, shape)).astype(np.float32)
        if "variance" in name
        else generator.normal(0, 0.7, shape).astype(np.float32)
        for name, shape in architecture.shapes().items()
    }
    return Model(dataset.preprocessing, dataset.target, architecture, arrays)


def test_a_parametric_first_layer_is_computed_as_prediction_does_it():
    layers = (
        DenseLayer(units=6, activation=parameters_of("relu"), parametric=True),
        DenseLayer(units=1, activation=parameters_of("linear")),
    )
    architecture, generator = Architecture(inputs=3, layers=layers, clip=(-0.5, 0.5)), np.random.default_rng(0)
    arrays = {name: generator.normal(0, 1, shape).astype(np.float32) for name, shape in architecture.shapes().items()}
    x = generator.normal(size=(40, 3)).astype(np.float32)
    columns = Columns(["a", "b", "c"], [slice(place, place + 1) for place in range(3)])

    def error(output):
        return float(np.abs(output - 0.1).mean())

    found = permutation_importance(folded_layers(architecture, arrays), x, columns, 99, error, 1)
    assert found.error == pytest.approx(error(forward(architecture, arrays, x)), rel=1e-6)


def error_of(dataset, weighted=True):
    part, target = dataset.parts["test"], dataset.target
    weight = part.weight if weighted else None
    if target.task == "regression":
        return lambda output: root_mean_squared_error(part.y_raw, target.unscale(output[:, 0]), weight)
    return lambda output: log_loss(part.y_raw, class_probabilities(output), weight)


def columns_of(dataset):
    places = dataset.preprocessing.places
    return Columns([place.state.name for place in places], [slice(place.start, place.end) for place in places])


@pytest.mark.parametrize(
    ("table", "hidden", "outputs", "activation", "seed"),
    [
        pytest.param("penguins", [16, 8], 3, "softmax", 42, id="classes, and levels and missing values"),
        pytest.param("penguins", [], 3, "softmax", 0, id="no hidden layer"),
        pytest.param("sales", [12], 1, "linear", 2**31 - 1, id="a number, and a date and weights"),
    ],
)
def test_the_numbers_are_those_of_scikit_learn_on_the_raw_table(request, table, hidden, outputs, activation, seed):
    dataset, frame = request.getfixturevalue(table)
    model, error = network(dataset, hidden, outputs, activation), error_of(dataset)
    x = dataset.parts["test"].x
    found = permutation_importance(
        folded_layers(model.architecture, model.arrays), x, columns_of(dataset), 99, error, seed
    )

    class Estimator:
        def fit(self):
            """Scikit-learn takes nothing for an estimator that has no such method."""

    def score(estimator, rows, y):
        return -error(model.output(model.encode(rows)[0]))

    expected = by_scikit_learn(Estimator(), frame, np.zeros(len(frame)), scoring=score, n_repeats=5, random_state=seed)
    order = [list(frame.columns).index(name) for name in found.names]
    assert sorted(order) == list(range(len(frame.columns)))
    scale = max(1.0, found.error)
    np.testing.assert_allclose(found.increases, expected.importances[order], atol=1e-5 * scale)
    np.testing.assert_allclose(found.means, expected.importances_mean[order], atol=1e-5 * scale)
    np.testing.assert_allclose(found.standard_deviations, expected.importances_std[order], atol=1e-5 * scale)
    assert found.error == pytest.approx(error(model.output(x)), rel=1e-6)
    assert list(found.means) == sorted(found.means, reverse=True)
    assert found.columns_left_out == 0
    assert np.abs(found.increases).max() > 0.01 * scale


def layer(kernel, bias=0.0, activation="linear"):
    kernel = np.asarray(kernel, np.float32)
    return FoldedLayer(kernel, np.full(kernel.shape[1], bias, np.float32), {"name": activation})


def mean_square(output):
    return float((output.astype(np.float64) ** 2).mean())


def test_of_too_many_columns_those_are_measured_that_move_the_first_layer_most() -> None:
    x = np.random.RandomState(0).normal(size=(50, 4)).astype(np.float32)
    columns = Columns(["a", "b", "c"], [slice(0, 1), slice(1, 3), slice(3, 4)])
    layers = [layer([[0.5, 0], [3, 0], [0, 3], [0, 2]], activation="tanh"), layer([[1], [1]])]
    found = permutation_importance(layers, x, columns, 2, mean_square, 1)
    assert (sorted(found.names), found.columns_left_out) == (["b", "c"], 1)
    whole = permutation_importance(layers, x, columns, 3, mean_square, 1)
    for name in ("b", "c"):
        assert found.increases[found.names.index(name)].tolist() == whole.increases[whole.names.index(name)].tolist()


def test_a_column_without_weights_has_no_importance_at_all() -> None:
    x = np.random.RandomState(0).normal(size=(50, 2)).astype(np.float32)
    columns = Columns(["used", "unused"], [slice(0, 1), slice(1, 2)])
    found = permutation_importance(
        [layer([[1.0], [0.0]], bias=2.0)], x, columns, 9, lambda output: float(output[0, 0]), 4
    )
    assert found.increases[found.names.index("unused")].tolist() == [0.0] * 5
    assert np.count_nonzero(found.increases[found.names.index("used")]) >= 4


@pytest.mark.parametrize(
    ("sizes", "rows", "columns", "expected"),
    [
        pytest.param([17, 64, 32, 3], 52, 7, (52, 7), id="penguins: all"),
        pytest.param([26, 128, 64, 1], 8091, 9, (3079, 9), id="diamonds: fewer rows"),
        pytest.param([4, 8, 1], 100_000, 4, (5000, 4), id="never more than 5,000 rows"),
        pytest.param([5000, 16, 2], 300, 5000, (300, 100), id="never more than 100 columns"),
        pytest.param([30, 4096, 4096, 2], 9000, 30, (500, 10), id="a large network"),
        pytest.param([30, 4096, 4096, 2], 90, 30, (90, 10), id="a large network, few rows"),
        pytest.param([3, 1], 1, 3, (1, 3), id="one row"),
    ],
)
def test_how_much_is_measured(sizes, rows, columns, expected) -> None:
    layers = [layer(np.zeros(shape)) for shape in zip(sizes, sizes[1:])]
    assert extent(layers, rows, columns) == expected


A = np.arange(100.0)
NOISE = np.random.RandomState(1).normal(size=100)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param([A, -2 * A + 5], [["0", "1"]], id="opposite"),
        pytest.param([A, NOISE], [], id="not at all"),
        pytest.param([A, NOISE, A + NOISE, NOISE + A / 1e4], [["0", "2"], ["1", "3"]], id="two groups"),
        pytest.param([NOISE, A, A**2, A**1.5], [["1", "2", "3"]], id="the one with the next"),
        pytest.param([A, np.ones(100)], [], id="constant in these rows"),
        pytest.param([A], [], id="one column"),
        pytest.param([A[:1], A[:1]], [], id="one row"),
    ],
)
def test_which_columns_say_nearly_the_same(columns, expected) -> None:
    assert alike(np.stack(columns, axis=1), [str(position) for position in range(len(columns))]) == expected


def test_a_chain_of_columns_is_one_group() -> None:
    generator = np.random.RandomState(7)
    first, step = generator.normal(size=(2, 4000))
    middle, last = first + 0.4 * step, first + 0.8 * step
    assert abs(np.corrcoef(first, last)[0, 1]) < 0.9
    assert alike(np.stack([last, first, middle], axis=1), ["last", "first", "middle"]) == [["last", "first", "middle"]]
