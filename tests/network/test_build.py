import numpy as np
import pytest

from fcnn.inference.activations import FORMULAS, parameters_of
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer
from fcnn.network import backend
from fcnn.network.architecture import LayerOptions, design_network
from fcnn.network.build import build_model


def layer(units, activation="relu", **options):
    return DenseLayer(units=units, activation=parameters_of(activation), **options)


FULL = Architecture(
    inputs=4,
    layers=(
        layer(5, batch_normalization=BatchNormalization(epsilon=0.01, momentum=0.9), dropout=0.5),
        layer(5, "linear"),
        layer(3, "softmax"),
    ),
)
NAMES = list(FULL.shapes())


def test_layers_have_names_and_an_order():
    model = build_model(FULL)
    assert [part.name for part in model.layers] == [
        "dense_1", "batch_normalization_1", "activation_1", "dropout_1", "dense_2", "dense_output", "activation_output",
    ]  # fmt: skip


NO_FILE_HOLDS = "mish" if backend.IS_KERAS_2 else "hard_sigmoid"


@pytest.mark.filterwarnings("ignore")  # of Keras, about the format of the file and NumPy 2
@pytest.mark.parametrize("name", [name for name in FORMULAS if name != NO_FILE_HOLDS])
def test_a_model_with_any_activation_that_keras_has_can_be_saved_and_loaded(tmp_path, name):
    model = build_model(Architecture(inputs=3, layers=(layer(6, name), layer(1, "linear"))))
    path = str(tmp_path / ("model.h5" if backend.IS_KERAS_2 else "model.keras"))
    model.save(path)
    x = np.random.default_rng(0).normal(0, 2, (20, 3)).astype(np.float32)
    np.testing.assert_array_equal(np.asarray(backend.keras.models.load_model(path)(x)), np.asarray(model(x)))


def test_the_weights_are_those_that_the_architecture_names():
    model = build_model(FULL)
    assert [weight.shape for weight in model.get_weights()] == list(FULL.shapes().values())
    assert sum(int(np.prod(weight.shape)) for weight in model.trainable_weights) == FULL.trainable_parameters


def test_arrays_go_in_and_come_out():
    random = np.random.default_rng(0)
    arrays = {name: random.uniform(0.5, 1, shape).astype(np.float32) for name, shape in FULL.shapes().items()}
    model = build_model(FULL)
    backend.set_arrays(model, arrays, NAMES)
    found = backend.get_arrays(model, NAMES)
    assert {name: array.tolist() for name, array in found.items()} == {
        name: array.tolist() for name, array in arrays.items()
    }
    assert {array.dtype for array in found.values()} == {np.dtype(np.float32)}


def test_arrays_that_came_out_do_not_change_with_the_model():
    model = build_model(FULL)
    arrays = backend.get_arrays(model, NAMES)
    before = arrays["00/kernel"].copy()
    model.set_weights([weight + 1 for weight in model.get_weights()])
    assert np.array_equal(arrays["00/kernel"], before)


RANDOM = [name for name in backend.INITIALIZERS if name not in ("ones", "zeros")]


def weights(initializer, seed):
    architecture = Architecture(inputs=6, layers=(layer(6), layer(6), layer(6)))
    return build_model(architecture, [LayerOptions(initializer)] * 3, seed).get_weights()


@pytest.mark.parametrize("name", RANDOM)
def test_the_same_seed_gives_the_same_weights_and_another_seed_others(name):
    backend.set_seed(1)
    first = weights(name, 5)
    weights("glorot_normal", 9)
    backend.set_seed(1)
    again, other = weights(name, 5), weights(name, 6)
    assert [array.tolist() for array in first] == [array.tolist() for array in again]
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize("name", RANDOM)
def test_layers_of_one_size_start_differently(name):
    first, _, second, _, third, _ = weights(name, 5)
    assert not np.array_equal(first, second)
    assert not np.array_equal(second, third)


# Variance of the kernel of 300 inputs and 200 units, and the largest value where there is one.
SPREADS = {
    "he_normal": (2 / 300, None),
    "he_uniform": (2 / 300, (6 / 300) ** 0.5),
    "lecun_normal": (1 / 300, None),
    "lecun_uniform": (1 / 300, (3 / 300) ** 0.5),
    "glorot_normal": (2 / 500, None),
    "glorot_uniform": (2 / 500, (6 / 500) ** 0.5),
    "random_normal": (0.05**2, None),
    "random_uniform": (0.05**2 / 3, 0.05),
    "truncated_normal": (0.05**2 * 0.7737, 0.1),
}


@pytest.mark.parametrize(("name", "variance", "largest"), [(name, *s) for name, s in SPREADS.items()], ids=SPREADS)
def test_weights_start_with_the_spread_of_their_initializer(name, variance, largest):
    kernel, bias = build_model(Architecture(inputs=300, layers=(layer(200),)), [LayerOptions(name)], 3).get_weights()
    assert kernel.var() == pytest.approx(variance, rel=0.03)
    assert abs(kernel.mean()) < 0.001
    assert not bias.any()
    if largest is not None:
        assert np.abs(kernel).max() <= largest * 1.0001


def test_the_default_start_of_a_config_reaches_the_model(config):
    layers = [{"units": 200, "activation": name} for name in ("relu", "selu", "tanh")]
    design = design_network(config(layers), "regression", inputs=200, classes=0)
    kernels = build_model(design.architecture, design.options, 1).get_weights()[::2]
    assert [round(kernel.var() * 200, 1) for kernel in kernels[:3]] == [2.0, 1.0, 1.0]
    assert np.abs(kernels[1]).max() > (6 / 400) ** 0.5 >= np.abs(kernels[2]).max()  # LeCun normal, Glorot uniform


def test_penalties_are_those_of_the_kernel():
    architecture = Architecture(inputs=2, layers=(layer(2), layer(1, "linear")))
    model = build_model(architecture, [LayerOptions("ones", l1=0.5, l2=0.25), LayerOptions("ones")])
    model.set_weights([np.float32([[1, -2], [3, 0]]), np.ones(2), np.ones((2, 1)), np.ones(1)])
    assert [float(loss) for loss in model.losses] == [0.5 * 6 + 0.25 * 14]


def test_dropout_acts_while_training_only_and_differs_from_layer_to_layer():
    architecture = Architecture(
        inputs=100, layers=(layer(100, "linear", dropout=0.5), layer(100, "linear", dropout=0.5), layer(1, "linear"))
    )
    model = build_model(architecture, seed=4)
    first, second = (part for part in model.layers if part.name.startswith("dropout"))
    x = backend.tf.ones((1, 100))
    both = backend.compiled(lambda: [part(x, training=True) for part in (first, second)], "graph")
    masks = [np.asarray(mask) for mask in both()]
    assert [set(mask.ravel().tolist()) for mask in masks] == [{0.0, 2.0}, {0.0, 2.0}]
    assert not np.array_equal(*masks)
    assert np.asarray(first(x, training=False)).tolist() == [[1.0] * 100]


def test_batch_normalization_has_the_options_of_the_architecture():
    (normalization,) = (part for part in build_model(FULL).layers if part.name == "batch_normalization_1")
    assert (normalization.epsilon, normalization.momentum) == (0.01, 0.9)
