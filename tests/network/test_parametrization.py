"""Weights that are learnt with factors: where they start, what they compute, how far a step moves them."""

import numpy as np
import pytest

from fcnn.config.network import BiasInitializer
from fcnn.config.optimizers import Adam
from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer
from fcnn.network import backend
from fcnn.network.architecture import LayerOptions, design_network
from fcnn.network.build import build_model
from fcnn.network.parametrization import effective, learnt

keras = backend.keras


def layer(units, activation="selu", **options):
    return DenseLayer(units=units, activation=parameters_of(activation), **options)


FULL = Architecture(
    inputs=16,
    layers=(
        layer(9, parametric=True, batch_normalization=BatchNormalization(), dropout=0.5),
        layer(4, "mish", parametric=True, use_bias=False),
        layer(3, "softmax"),
    ),
)
NAMES = list(FULL.shapes())
NORMAL = BiasInitializer(name="random_normal", stddev=1.0)


def options(kernel=1.0, bias=1.0, activation=1.0, **more):
    return LayerOptions("he_normal", bias_initializer=NORMAL, kernel_factor=kernel, bias_factor=bias,
                        activation_factor=activation, **more)  # fmt: skip


PLAIN = [options()] * 3
SCALED = [options(0.25, 0.1, 0.5), options(0.2, 0.1, 2.0), options(0.25, 3.0)]


def test_without_factors_there_are_none_but_the_layers_of_keras(config):
    design = design_network(config([8, {"units": 8, "bias_initializer": "ones"}]), "regression", 5, 0, (-1.0, 1.0))
    model = build_model(design.architecture, design.options, 1)
    assert [type(part) for part in model.layers] == [
        keras.layers.Dense, keras.layers.Activation, keras.layers.Dense, keras.layers.Activation, keras.layers.Dense
    ]  # fmt: skip
    assert model.get_weights()[3].tolist() == [1.0] * 8


def test_the_config_says_the_factors(config):
    network = {
        "parametrization": "ntk",
        "learning_rate_factors": {"bias": 0.1, "activation": 0.2},
        "output": {"kernel_initializer": "zeros", "clip": True},
    }
    hidden = {"units": 16, "activation": {"name": "selu", "parametric": True}, "bias_initializer": NORMAL_OF_CONFIG}
    design = design_network(config([hidden], network=network), "regression", 4, 0, (-2.0, 3.0))
    assert design.architecture.clip == (-2.0, 3.0)
    assert design.architecture.layers[0].parametric is True
    first, last = design.options
    assert (first.kernel_factor, first.bias_factor, first.activation_factor) == (0.5, 0.1, 0.2)
    assert (last.kernel_factor, last.bias_factor, last.kernel_initializer) == (0.25, 0.1, "zeros")
    assert (first.bias_initializer, last.bias_initializer.name) == (NORMAL, "zeros")
    names = [part.name for part in build_model(design.architecture, design.options).layers]
    assert names == ["dense_1", "activation_1", "dense_output", "clip_output"]


NORMAL_OF_CONFIG = {"name": "random_normal", "stddev": 1.0}


def test_the_order_of_the_weights_is_that_of_the_names():
    model = build_model(FULL, SCALED)
    assert [weight.shape for weight in model.get_weights()] == list(FULL.shapes().values())
    assert [name for name in NAMES if name.startswith(("00", "01"))] == [
        "00/kernel", "00/bias", "00/gamma", "00/beta", "00/moving_mean", "00/moving_variance", "00/activation_weight",
        "01/kernel", "01/activation_weight",
    ]  # fmt: skip
    assert sum(int(np.prod(weight.shape)) for weight in model.trainable_weights) == FULL.trainable_parameters


def test_a_network_starts_as_it_would_without_factors():
    scaled = build_model(FULL, SCALED, seed=4)
    plain, found = backend.get_arrays(build_model(FULL, PLAIN, seed=4), NAMES), backend.get_arrays(scaled, NAMES)
    for name in NAMES:
        np.testing.assert_allclose(found[name], plain[name], rtol=3e-7, atol=0, err_msg=name)
    assert found["00/kernel"].std() == pytest.approx((2 / 16) ** 0.5, rel=0.2)
    assert scaled.get_weights()[0].std() == pytest.approx(4 * (2 / 16) ** 0.5, rel=0.2)
    assert found["01/activation_weight"].tolist() == [1.0] * 4
    assert scaled.get_weights()[NAMES.index("01/activation_weight")].tolist() == [0.5] * 4


def test_a_bias_starts_with_the_spread_that_is_asked_for():
    wide = Architecture(inputs=2, layers=(layer(2000), layer(1, "linear")))
    given = [options(bias=0.1)] * 2
    first, other = (backend.get_arrays(build_model(wide, given, seed), list(wide.shapes())) for seed in (1, 2))
    assert first["00/bias"].std() == pytest.approx(1.0, abs=0.05)
    assert abs(first["00/bias"].mean()) < 0.1
    assert not np.array_equal(first["00/bias"], other["00/bias"])


def test_effective_weights_go_in_and_come_out_and_are_what_the_layers_compute_with():
    random = np.random.default_rng(0)
    arrays = {name: random.uniform(0.5, 1, shape).astype(np.float32) for name, shape in FULL.shapes().items()}
    x = random.normal(size=(30, 16)).astype(np.float32)
    plain, scaled = build_model(FULL), build_model(FULL, SCALED)
    for model in (plain, scaled):
        backend.set_arrays(model, arrays, NAMES)
        for name, array in backend.get_arrays(model, NAMES).items():
            np.testing.assert_allclose(array, arrays[name], rtol=2e-7, err_msg=name)
    np.testing.assert_allclose(scaled.get_weights()[0], arrays["00/kernel"] / 0.25)
    np.testing.assert_allclose(np.asarray(scaled(x)), np.asarray(plain(x)), rtol=0, atol=1e-6)


def test_weights_without_factors_are_the_same_arrays():
    model = build_model(FULL, PLAIN)
    weights = model.get_weights()
    assert all(one is other for one, other in zip(effective(model, weights), weights))
    assert all(one is other for one, other in zip(learnt(model, weights), weights))


def test_penalties_are_those_of_the_effective_kernel():
    architecture = Architecture(inputs=2, layers=(layer(2), layer(1, "linear")))
    model = build_model(architecture, [options(0.1, l1=0.5, l2=0.25), options()])
    names = list(architecture.shapes())
    kernel = np.float32([[1, -2], [3, 0]])
    backend.set_arrays(model, {**backend.get_arrays(model, names), "00/kernel": kernel}, names)
    assert [float(loss) for loss in model.losses] == [pytest.approx(0.5 * 6 + 0.25 * 14)]


def test_a_step_of_adam_moves_a_weight_by_its_factor_times_the_learning_rate():
    """The first step of Adam is as large as the learning rate, whatever the gradient."""
    architecture = Architecture(inputs=16, layers=(layer(9, parametric=True), layer(1, "linear")))
    names = list(architecture.shapes())
    model = build_model(architecture, [options(0.25, 0.1, 0.5), options()], seed=1)
    optimizer = backend.optimizer(Adam(learning_rate=0.01), model.trainable_variables)
    before, x = backend.get_arrays(model, names), np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    with backend.tf.GradientTape() as tape:
        loss = backend.tf.reduce_sum(model(x) ** 2)
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    after = backend.get_arrays(model, names)
    steps = {"00/kernel": 0.0025, "00/bias": 0.001, "00/activation_weight": 0.005, "01/kernel": 0.01, "01/bias": 0.01}
    for name, step in steps.items():
        np.testing.assert_allclose(np.abs(after[name] - before[name]), step, rtol=1e-3, err_msg=name)


@pytest.mark.filterwarnings("ignore")  # of Keras, about the format of the file and NumPy 2
def test_a_model_that_a_callback_writes_can_be_loaded_where_fcnn_is(tmp_path):
    whole = Architecture(inputs=16, layers=(*FULL.layers[:1], layer(1, "linear")), clip=(-0.5, 0.5))
    model = build_model(whole, [options(0.25, 0.1, 0.5, l2=0.1), options(bias=0.1)], seed=2)
    path = str(tmp_path / f"model{backend.KERAS_FILE}")
    model.save(path)
    again = keras.models.load_model(path)
    x = np.random.default_rng(0).normal(0, 2, (20, 16)).astype(np.float32)
    np.testing.assert_array_equal(np.asarray(again(x, training=False)), np.asarray(model(x, training=False)))
    assert [float(loss) for loss in again.losses] == [float(loss) for loss in model.losses]
