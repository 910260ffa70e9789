"""What is measured of each layer, and in which epochs."""

import numpy as np
import pytest

from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.insight.measuring import COLUMNS, Probe, measure
from fcnn.insight.observer import Observer, choose_probe
from fcnn.insight.products import product, summed_product


def layer(units, activation="relu"):
    return DenseLayer(units=units, activation=parameters_of(activation))


def network(*layers, inputs=2):
    return Architecture(inputs=inputs, layers=layers)


@pytest.fixture
def probe():
    rows = np.random.default_rng(0).standard_normal((48, 2)).astype(np.float32)
    return Probe(rows, (rows[:, 0] > 0).astype(np.int32))


def arrays_of(architecture, seed=1):
    generator = np.random.default_rng(seed)
    return {name: generator.standard_normal(shape).astype(np.float32) for name, shape in architecture.shapes().items()}


def test_the_gradient_is_that_of_finite_differences(probe):
    from fcnn.inference.network import forward

    architecture = network(layer(3, "tanh"), layer(2, "softmax"))
    arrays = arrays_of(architecture)
    found = measure(architecture, arrays, None, probe, "categorical_crossentropy")

    def loss(kernel):
        output = forward(architecture, {**arrays, "00/kernel": kernel}, probe.x).astype(np.float64)
        return -np.log(output[np.arange(len(probe.y)), probe.y]).mean()

    step, total = 1e-2, 0.0
    for place in np.ndindex(2, 3):
        more, less = arrays["00/kernel"].copy(), arrays["00/kernel"].copy()
        more[place] += step
        less[place] -= step
        total += ((loss(more) - loss(less)) / (2 * step)) ** 2
    assert found[0]["gradient_norm"] == pytest.approx(total**0.5, rel=1e-3)


def test_a_parametric_unit_is_neither_dead_nor_saturated_as_its_weight_still_learns(probe):
    layers = [DenseLayer(units=4, activation=parameters_of(name), parametric=True) for name in ("relu", "tanh")]
    architecture = network(*layers, layer(1, "linear"))
    arrays = {**arrays_of(architecture), "00/bias": np.full(4, -100, np.float32)}
    found = measure(architecture, arrays, None, Probe(probe.x, probe.x[:, 0]), "mean_squared_error")
    assert np.isnan([row[name] for row in found for name in ("dead_share", "saturated_share")]).all()


def test_updates_dead_and_saturated_units_and_activations_are_counted(probe):
    architecture = network(layer(4), layer(2, "tanh"), layer(1, "linear"))
    before = arrays_of(architecture)
    arrays = {name: 1.5 * values for name, values in before.items()}
    arrays["00/bias"] = np.array([-100, -100, -100, 1], np.float32)  # three of four never answer
    arrays["01/kernel"] = np.zeros((4, 2), np.float32)
    arrays["01/bias"] = np.array([5, 0.1], np.float32)  # tanh(5) is flat, tanh(0.1) is not
    regression = Probe(probe.x, probe.x[:, 0])
    first, second, output = measure(architecture, arrays, before, regression, "mean_squared_error")
    assert first["dead_share"] == 0.75
    assert second["saturated_share"] == 0.5
    assert first["update_ratio"] == pytest.approx(0.5)
    assert second["update_ratio"] == pytest.approx(1.0)
    assert second["activation_mean"] == pytest.approx((np.tanh(5) + np.tanh(0.1)) / 2)
    assert second["activation_std"] == pytest.approx((np.tanh(5) - np.tanh(0.1)) / 2)
    without = {name for name in COLUMNS[1:] if np.isnan(output[name])}
    assert without == {"dead_share", "saturated_share"}
    assert np.isnan(first["saturated_share"])
    assert np.isnan(second["dead_share"])


def test_what_leaves_the_finite_numbers_is_no_number(probe):
    architecture = network(layer(2, "linear"), layer(1, "linear"))
    arrays = {name: values * np.float32(1e30) for name, values in arrays_of(architecture).items()}
    found = measure(architecture, arrays, None, Probe(probe.x, probe.x[:, 0]), "mean_squared_error")
    assert np.isnan(found[0]["gradient_norm"])


def test_the_probe_is_the_same_for_a_seed_and_its_weights_have_the_mean_1():
    x, y = np.arange(2000, dtype=np.float32).reshape(1000, 2), np.arange(1000, dtype=np.float32)
    weight = np.linspace(1000, 3000, 1000).astype(np.float32)
    first, again, other = (choose_probe(x, y, weight, seed) for seed in (1, 1, 2))
    assert len(first.y) == 256
    assert first.x[:, 0].tolist() == (2 * first.y).tolist() == (2 * again.y).tolist() != (2 * other.y).tolist()
    assert first.weight.mean() == pytest.approx(1.0)
    assert choose_probe(x[:9], y[:9], None, 1).y.tolist() == list(range(9))


def watched(rows, epochs, units=16):
    """The epochs that are measured of a training of so many rows."""
    architecture = network(layer(units), layer(2, "softmax"))
    x = np.zeros((256, 2), np.float32)
    observer = Observer(architecture, "categorical_crossentropy", Probe(x, np.zeros(256, np.int32)), rows, 32)
    weights = list(arrays_of(architecture).values())
    for epoch in range(epochs + 1):
        observer.look(epoch, weights)
    return observer, weights


def test_of_a_large_table_every_epoch_is_measured_and_of_a_small_one_the_first_and_a_few():
    assert sorted(set(watched(1_000_000, 20)[0].columns["epoch"])) == list(range(1, 21))
    small = sorted(set(watched(200, 300)[0].columns["epoch"]))
    assert small[:3] == [1, 2, 3]
    assert 5 < len(small) < 30
    assert small[-1] > 150


def test_the_kept_epoch_is_measured_in_any_case_and_stands_in_its_place():
    observer, weights = watched(200, 300)
    passed_over = next(epoch for epoch in range(1, 300) if epoch not in observer.columns["epoch"])
    observer.look_at_kept(passed_over, weights)
    observer.look_at_kept(passed_over, weights)
    assert observer.columns["epoch"].count(passed_over) == 2  # two layers
    assert observer.columns["epoch"] == sorted(observer.columns["epoch"])
    assert len({len(values) for values in observer.columns.values()}) == 1
    row = observer.columns["epoch"].index(passed_over)
    assert observer.columns["layer"][row : row + 2] == [1, 2]
    assert np.isnan(observer.columns["update_ratio"][row])


@pytest.mark.parametrize("shapes", [(256, 26, 128), (241, 64, 64), (256, 600, 600), (48, 3, 2)], ids=str)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_products_in_pieces_are_products(shapes, dtype):
    rows, n, m = shapes
    generator = np.random.default_rng(3)
    a, b, c = (generator.standard_normal(shape).astype(dtype) for shape in ((rows, n), (n, m), (rows, m)))
    close = {"rtol": 1e-4, "atol": 1e-3} if dtype == np.float32 else {"rtol": 1e-10, "atol": 1e-10}
    np.testing.assert_allclose(product(a, b), a.astype(np.float64) @ b, **close)
    np.testing.assert_allclose(summed_product(a, c), a.T.astype(np.float64) @ c, **close)
    assert product(a, b).dtype == summed_product(a, c).dtype == dtype
