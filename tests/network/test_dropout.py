"""Dropout by counter: the same masks everywhere, and masks that look random."""

import subprocess
import sys
import zlib

import numpy as np
import pytest
from scipy.stats import chisquare

from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer
from fcnn.network import backend
from fcnn.network.backend import keras, tf
from fcnn.network.build import build_model
from fcnn.network.dropout import Dropout, get_counters, set_counters

MODES = ("eager", "graph", "xla")

FEW = ["001100001100", "111011011100", "110001100111", "101101010010"]
"""Two steps of two rows of twelve units; 1 is kept."""
MANY = 2184497274
"""CRC-32 of the masks of five steps."""

# Keras 3.15 asks NumPy 2 for arrays in the manner of NumPy 1 when it saves a model.
saves = pytest.mark.filterwarnings(
    "ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning", "ignore:.*HDF5 file:UserWarning"
)


def kept(seed=7, rate=0.5, steps=1, rows=16, units=64, mode="graph", layer=None):
    """(steps, rows, units) bool: what the masks of so many steps let through."""
    layer = layer or Dropout(rate, seed)
    step = backend.compiled(lambda x: layer(x, training=True), mode)
    return np.stack([np.asarray(step(tf.ones((rows, units)))) for _ in range(steps)]) > 0


@pytest.mark.parametrize("mode", MODES)
def test_masks_are_these_bits_in_every_mode_and_on_both_stacks(mode):
    few = kept(seed=7, steps=2, rows=2, units=12, mode=mode).astype(int)
    assert ["".join(map(str, row)) for row in few.reshape(4, 12)] == FEW
    assert zlib.crc32(np.packbits(kept(seed=42, rate=0.3, steps=5, rows=33, mode=mode)).tobytes()) == MANY


@pytest.mark.parametrize("mode", MODES)
def test_kept_outputs_are_scaled_and_so_are_their_gradients(mode):
    layer, x = Dropout(0.75, 3), tf.random.stateless_normal((20, 30), [1, 2])

    def step(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            output = layer(x, training=True)
        return output, tape.gradient(output, x)

    output, gradient = map(np.asarray, backend.compiled(step, mode)(x))
    mask = kept(seed=3, rate=0.75, rows=20, units=30)[0]
    np.testing.assert_allclose(output, np.where(mask, 4 * x.numpy(), 0), rtol=1e-6)
    np.testing.assert_allclose(gradient, np.where(mask, 4.0, 0.0))


@pytest.mark.parametrize("rate", [0.0, 1e-3, 0.1, 0.5, 0.8, 0.999, 1 - 1e-9])
def test_so_many_outputs_are_dropped(rate):
    share = 1 - kept(rate=rate, steps=50, rows=128).mean()
    spread = (rate * (1 - rate) / (50 * 128 * 64)) ** 0.5
    assert abs(share - rate) <= 4 * spread


def test_outside_training_nothing_is_dropped_and_no_mask_is_used_up():
    layer = Dropout(0.5, 7)
    before = layer.counter.numpy()
    for training in (False, None):
        assert np.asarray(layer(tf.ones((4, 5)), training=training)).tolist() == [[1.0] * 5] * 4
    assert layer.counter.numpy() == before


def test_rows_may_be_unknown_when_a_step_is_traced():
    layer = Dropout(0.5, 7)
    step = tf.function(lambda x: layer(x, training=True), input_signature=[tf.TensorSpec((None, 64))])
    found = [np.asarray(step(tf.ones((rows, 64)))) > 0 for rows in (16, 5)]
    expected = kept(steps=2)
    assert np.array_equal(found[0], expected[0])
    assert np.array_equal(found[1], expected[1][:5])


# --- masks look random ------------------------------------------------------------------------------------------------


def assert_independent(bits):
    """Chi-square over the patterns of so many bits; a fair one is refused once in 10,000 times.

    Args:
        bits: some arrays of one size, each kept with a probability of a half.
    """
    patterns = sum(bit.ravel().astype(int) << place for place, bit in enumerate(bits))
    assert chisquare(np.bincount(patterns, minlength=2 ** len(bits))).pvalue > 1e-4


@pytest.fixture(scope="module")
def many():
    """(256, 128, 64) bool: the masks of 256 steps."""
    return kept(steps=256, rows=128, mode="xla")


NEIGHBOURS = {
    "units of a row": lambda mask: mask.reshape(-1, 8).T,
    "a unit in several rows": lambda mask: mask.transpose(0, 2, 1).reshape(-1, 8).T,
    "a unit in several steps": lambda mask: mask.transpose(1, 2, 0).reshape(-1, 8).T,
    "units of a square": lambda mask: [mask[:, i::2, j::2] for i in (0, 1) for j in (0, 1)],
    "steps and units": lambda mask: [mask[i::2, :, j::2] for i in (0, 1) for j in (0, 1)],
}


@pytest.mark.parametrize("neighbours", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_neighbours_are_independent(many, neighbours):
    assert_independent(neighbours(many))


@pytest.mark.parametrize("axis", [0, 1, 2], ids=["steps", "rows", "units"])
def test_masks_do_not_come_back_at_any_distance(many, axis):
    """The largest of all correlations between two slices stays where chance leaves it."""
    slices = np.moveaxis(many, axis, 0).reshape(many.shape[axis], -1) * 2.0 - 1.0
    correlations = (slices @ slices.T / slices.shape[1])[np.triu_indices(len(slices), 1)] * slices.shape[1] ** 0.5
    assert np.abs(correlations).max() < 5.5  # 32,640 normal numbers at most
    assert correlations.std() == pytest.approx(1, abs=0.05)


def test_every_unit_is_dropped_as_often_as_others(many):
    """Counts of single units over rows and steps, and of single rows: their variance is that of fair coins."""
    for axes in ((0, 1), (0, 2), (1, 2)):
        counts = many.sum(axis=axes)
        trials = many.size // counts.size
        ratio = ((counts - trials / 2) ** 2).sum() / (trials / 4) / counts.size
        assert abs(ratio - 1) < 4 * (2 / counts.size) ** 0.5


@pytest.mark.parametrize("seeds", [(0, 1, 2, 3), (1, 2, 4, 8), (5, 5 + 2**16, 5 + 2**31, 5 + 2**32)], ids=str)
def test_seeds_that_are_alike_have_masks_that_are_not(seeds):
    assert_independent([kept(seed=seed, steps=16, rows=128) for seed in seeds])


def test_layers_of_a_model_and_models_of_other_seeds_have_masks_of_their_own():
    layers = [layer for seed in (1, 2) for layer in build_model(architecture(), seed=seed).layers]
    masks = [kept(steps=16, rows=128, layer=layer) for layer in layers if isinstance(layer, Dropout)]
    assert len(masks) == 4
    assert_independent(masks)


# --- in a model -------------------------------------------------------------------------------------------------------


def architecture():
    def layer(units, activation="relu", **options):
        return DenseLayer(units=units, activation=parameters_of(activation), **options)

    first = layer(8, dropout=0.5, batch_normalization=BatchNormalization())
    return Architecture(inputs=4, layers=(first, layer(8, "tanh", dropout=0.5), layer(1, "linear")))


X = np.linspace(-1, 1, 4 * 24, dtype=np.float32).reshape(24, 4)


def output(model, mode="graph"):
    return np.asarray(backend.compiled(lambda x: model(x, training=True), mode)(tf.constant(X)))


def test_the_counter_is_no_weight():
    model = build_model(architecture())
    shapes = [weight.shape for weight in model.get_weights()]
    assert shapes == list(architecture().shapes().values())
    assert len(model.weights) == len(shapes)
    assert {layer.name for layer in model.layers if isinstance(layer, Dropout)} == {"dropout_1", "dropout_2"}


def test_weights_that_are_put_back_leave_the_masks_alone():
    model = build_model(architecture())
    output(model)
    counters = get_counters(model)
    model.set_weights(model.get_weights())
    assert get_counters(model) == counters


def test_masks_go_on_where_they_were_saved():
    model, fresh = build_model(architecture(), seed=3), build_model(architecture(), seed=3)
    start = get_counters(model)
    first = output(model)
    saved = get_counters(model)
    second = output(model)
    set_counters(fresh, saved)
    assert np.array_equal(output(fresh), second)
    set_counters(fresh, start)
    assert np.array_equal(output(fresh), first)
    assert not np.array_equal(first, second)


def test_a_step_that_is_traced_serves_for_the_masks_of_another_seed():
    layer = Dropout(0.5, 1)
    step = backend.compiled(lambda: layer(tf.ones((16, 64)), training=True), "xla")
    before = np.asarray(step())
    layer.counter.assign(Dropout(0.5, 7).counter)
    assert np.array_equal(np.asarray(step()) > 0, kept(seed=7)[0])
    assert not np.array_equal(before > 0, kept(seed=7)[0])


def test_the_fit_of_keras_trains_through_it():
    histories = []
    for seed in (1, 1, 2):
        model = build_model(architecture(), seed=1)
        set_counters(model, get_counters(build_model(architecture(), seed=seed)))
        model.compile("sgd", keras.losses.MeanSquaredError())
        histories.append(model.fit(X, X[:, :1], epochs=3, shuffle=False, verbose=0).history["loss"])
    assert histories[0] == histories[1] != histories[2]


def test_a_clone_of_a_model_drops_out_alike():
    model = build_model(architecture(), seed=3)
    copied = keras.models.clone_model(model)
    copied.set_weights(model.get_weights())
    assert [(layer.rate, layer.seed) for layer in copied.layers if isinstance(layer, Dropout)] == [
        (layer.rate, layer.seed) for layer in model.layers if isinstance(layer, Dropout)
    ]
    assert np.array_equal(output(copied), output(model))
    assert not np.array_equal(output(copied), np.asarray(copied(X)))


LOAD = """
import sys, warnings
warnings.simplefilter("ignore")
import numpy as np
from tensorflow import keras
for name in sys.argv[2:]:
    model = keras.models.load_model(name)
    found = [type(layer) for layer in model.layers if layer.name.startswith("dropout")]
    assert found == [keras.layers.Dropout] * 2, found
    np.save(name + ".npy", np.asarray(model(np.load(sys.argv[1]))))
assert not [name for name in sys.modules if name.startswith("fcnn")]
"""


@saves
def test_a_saved_model_loads_where_there_is_keras_alone(tmp_path):
    model = build_model(architecture(), seed=3)
    model.compile("sgd", backend.loss("mean_squared_error"))
    np.save(tmp_path / "x.npy", X)
    names = [whole(), "model.h5"] if backend.IS_KERAS_2 else [whole()]
    for name in names:
        model.save(tmp_path / name)
    arguments = [str(tmp_path / name) for name in ("x.npy", *names)]
    done = subprocess.run([sys.executable, "-I", "-c", LOAD, *arguments], stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    for name in names:
        np.testing.assert_allclose(np.load(tmp_path / f"{name}.npy"), np.asarray(model(X)), atol=1e-6)


@pytest.mark.parametrize("copy", [
    lambda model, path: keras.Sequential.from_config(model.get_config()),
    lambda model, path: model.save(path / "model.h5") or keras.models.load_model(path / "model.h5"),
    lambda model, path: model.save(path / whole()) or keras.models.load_model(path / whole()),
], ids=["config", "h5", "whole"])  # fmt: skip
@saves
def test_to_a_file_the_layer_is_that_of_keras(tmp_path, copy):
    model = build_model(architecture(), seed=3)
    copied = copy(model, tmp_path)
    copied.set_weights(model.get_weights())
    layers = [layer for layer in copied.layers if isinstance(layer, keras.layers.Dropout)]
    assert [(layer.rate, layer.seed, layer.name) for layer in layers] == [
        (layer.rate, layer.seed, layer.name) for layer in model.layers if isinstance(layer, Dropout)
    ]
    assert len(layers) == 2
    assert np.array_equal(np.asarray(copied(X)), np.asarray(model(X)))


def whole():
    """Keras's own format: a SavedModel, later a file with an ending."""
    return "model" if backend.IS_KERAS_2 else "model.keras"


def test_a_saved_model_of_tensorflow_predicts(tmp_path):
    model = build_model(architecture())
    tf.saved_model.save(model, str(tmp_path))
    loaded = tf.saved_model.load(str(tmp_path))
    (found,) = loaded.signatures["serving_default"](tf.constant(X)).values()
    np.testing.assert_allclose(np.asarray(found), np.asarray(model(X)), atol=1e-6)


@saves
def test_the_callbacks_of_keras_save_and_load_the_best_model(tmp_path):
    path = str(tmp_path / whole())
    model = build_model(architecture(), seed=3)
    model.compile("sgd", keras.losses.MeanSquaredError())
    saving = keras.callbacks.ModelCheckpoint(path, monitor="loss", save_best_only=True)
    model.fit(X, X[:, :1], epochs=2, verbose=0, callbacks=[saving])
    assert [weight.shape for weight in keras.models.load_model(path).get_weights()] == list(
        architecture().shapes().values()
    )
