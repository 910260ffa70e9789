"""Three epochs of the engine end with the weights and figures of Keras's own `fit` on the same batches."""

import msgspec
import numpy as np
import pytest

from fcnn.config.optimizers import (
    OPTIMIZERS,
    SCHEDULES,
    Constant,
    Cosine,
    CosLog4,
    Exponential,
    FlatCosine,
    Plateau,
    Step,
)  # fmt: skip
from fcnn.inference.network import BatchNormalization
from fcnn.jobs.prepare import prepare_job, read_request
from fcnn.network import backend
from fcnn.network.architecture import LayerOptions
from fcnn.network.dropout import get_counters
from fcnn.training.rows import to_rows
from fcnn.training.schedules import LearningRate

EPOCHS = 3
TOLERANCE = {"graph": 1e-6, "xla": 1e-4}
"""XLA adds up in another order."""


@pytest.fixture(scope="module")
def penguins(shipped):
    """(240, 13) float32 and (240,) codes of three classes, as fcnn prepares them."""
    data = {"path": str(shipped("penguins")), "target": "species", "drop": ["rowid"]}
    rows = prepare_job(read_request({"data": data, "network": {"layers": [8]}})).dataset.parts["train"]
    return rows.x[:240], rows.y[:240]


@pytest.fixture(scope="module")
def learnt_by_fit():
    """What `fit` learnt in each case: it is the same for every mode."""
    return {}


@pytest.fixture
def assert_equal_to_fit(bound, layer, penguins, diabetes, learnt_by_fit):
    """Train with the engine and with `fit`, and compare.

    The arguments after `mode` are those of a case: of :func:`bound`, and ``weight`` (sample weights), ``class_weight``
    (by code), ``rates`` (the learning rate of each epoch) and, of each layer but the last, ``l1``, ``l2``,
    ``batch_normalization``, ``dropout`` and ``factor``: of all weights, the activations being parametric.
    """

    def check(
        name, mode, loss="categorical_crossentropy", units=(8,), activation="tanh", clipnorm=None, weight=None,
        class_weight=None, rates=None, l1=0, l2=0, batch_normalization=None, dropout=0.0, factor=1.0, **arguments
    ):  # fmt: skip
        last = OUTPUTS[loss]
        x, y = (values[:240] for values in (diabetes if last == "linear" else penguins))
        y = (y == 2).astype(np.int32) if last == "sigmoid" else y
        one_unit = last != "softmax"
        # A bias before batch normalization has no effect: its gradient is rounding, which Adam would blow up.
        options = {"batch_normalization": batch_normalization, "use_bias": not batch_normalization, "dropout": dropout}
        options["parametric"] = factor != 1 or msgspec.UNSET
        layers = [layer(count, activation, **options) for count in units] + [layer(1 if one_unit else 3, last)]
        factors = {"kernel_factor": factor, "bias_factor": factor, "activation_factor": factor}
        penalties = [LayerOptions("glorot_uniform", l1, l2, **factors)] * len(layers)
        weights = None if weight is None else weight(len(x))
        by_class = None if class_weight is None else np.float32([class_weight[code] for code in y])
        rates = rates or [arguments.get("learning_rate", 0.01)] * EPOCHS

        def network(**more):
            given = {"learning_rate": 0.01, "batch_size": 40, **arguments, **more}
            return bound(layers, x.shape[1], loss, options=penalties, **given)

        def with_engine():
            made = network(clipnorm=clipnorm, mode=mode)
            start, part, figures = made.model.get_weights(), to_rows(x, y, one_unit, weights, by_class), []
            for rate in rates:
                backend.set_learning_rate(made.optimizer, rate)
                figures.append(made.engine.epoch(part, np.arange(len(x)), lambda: False))
            return start, made.model.get_weights(), {key: [row[key] for row in figures] for key in figures[0]}

        def with_fit():
            made = network()
            made.optimizer.clipnorm = clipnorm
            metric = "mae" if last == "linear" else "accuracy"
            made.model.compile(made.optimizer, KERAS_LOSSES.get(loss, loss), weighted_metrics=[metric])
            # Keras 3 does not take both kinds of weights; they are factors.
            if weights is None or class_weight is None:
                given = {"sample_weight": weights, "class_weight": class_weight}
            else:
                given = {"sample_weight": weights * by_class}
            figures = []
            for rate in rates:
                backend.set_learning_rate(made.optimizer, rate)
                labels = y[:, None] if one_unit else y
                fitted = made.model.fit(x, labels, made.batch_size, verbose=0, shuffle=False, **given)
                figures.append(fitted.history)
            return made.model.get_weights(), {key: [row[key][0] for row in figures] for key in ("loss", metric)}

        if name not in learnt_by_fit:
            learnt_by_fit[name] = with_fit()
        (expected, history), (start, found, figures) = learnt_by_fit[name], with_engine()
        assert max(np.abs(one - other).max() for one, other in zip(start, expected)) > 1e-3
        for one, other in zip(found, expected):
            np.testing.assert_allclose(one, other, rtol=0, atol=TOLERANCE[mode])
        if class_weight is not None:
            del figures["accuracy"]  # Keras's counts class weights as well
        assert figures == {key: pytest.approx(history[key], rel=1e-4, abs=1e-5) for key in figures}

    return check


OUTPUTS = {
    "categorical_crossentropy": "softmax",
    "binary_crossentropy": "sigmoid",
    "mean_squared_error": "linear",
    "mean_absolute_error": "linear",
    "huber": "linear",
    "log_cosh": "linear",
}
KERAS_LOSSES = {"categorical_crossentropy": "sparse_categorical_crossentropy"}


def uneven(rows):
    return np.random.default_rng(0).uniform(0, 3, rows).astype(np.float32)


def some_rows(rows):
    """Whole batches of zeros among them."""
    return np.float32(np.arange(rows) % 100 < 30)


# The rates of three epochs from 0.01, where the losses are 1, 2 and 3; worked out by hand.
RATES = {
    "constant": (Constant(), [0.01, 0.01, 0.01]),
    "cosine": (Cosine(alpha=0.1), [0.01, 0.00775, 0.00325]),  # 0.01 * (0.1 + 0.9 * (1, 0.75, 0.25))
    "step": (Step(factor=0.5, every=2), [0.01, 0.01, 0.005]),
    "exponential": (Exponential(decay_rate=0.5), [0.01, 0.005, 0.0025]),
    "plateau": (Plateau(factor=0.5, patience=1), [0.01, 0.01, 0.005]),
    "coslog4": (CosLog4(), [0.00323689, 0.000736189, 0.00484648]),
    "flat_cosine": (FlatCosine(), [0.01, 0.01, 0.0025]),
}

# Optimizer, loss, size of batches and what else there is do not ask for each other: each case has one of each.
CASES = {
    "adam": {"optimizer": "adam", "loss": "mean_absolute_error", "activation": "elu"},
    "adam, weights with factors, coslog4": {
        "optimizer": "adam", "factor": 0.25, "l2": 0.1, "units": (8, 8), "rates": RATES["coslog4"][1],
    },
    "adamw, dropout, flat_cosine": {
        "optimizer": "adamw", "loss": "mean_squared_error", "dropout": 0.3, "units": (8, 8),
        "rates": RATES["flat_cosine"][1],
    },
    "sgd, clipped gradients": {"optimizer": "sgd", "learning_rate": 0.5, "clipnorm": 0.05},
    # A column that is constant in a batch has no gradient before batch normalization but rounding: not with Adam.
    "sgd of Nesterov, batch normalization": {
        "optimizer": "sgd", "momentum": 0.9, "nesterov": True, "batch_normalization": BatchNormalization(momentum=0.9),
    },
    "rmsprop, a remainder, step": {
        "optimizer": "rmsprop", "loss": "binary_crossentropy", "batch_size": 32, "rates": RATES["step"][1],
    },
    "rmsprop, centred with momentum, sample weights of 0": {
        "optimizer": "rmsprop", "momentum": 0.5, "centered": True, "weight": some_rows,
    },
    "adagrad, sample weights, exponential": {
        "optimizer": "adagrad", "loss": "huber", "weight": uneven, "rates": RATES["exponential"][1],
    },
    "adamax, one row is left over, plateau": {
        "optimizer": "adamax", "loss": "log_cosh", "activation": "elu", "batch_size": 239, "rates": RATES["plateau"][1],
    },
    "nadam, class weights, cosine": {
        "optimizer": "nadam", "class_weight": {0: 0.5, 1: 4.0, 2: 1.0}, "rates": RATES["cosine"][1],
    },
    "adadelta, a batch too large": {"optimizer": "adadelta", "learning_rate": 1.0, "batch_size": 4096},
    "ftrl, penalties, a batch of all rows": {"optimizer": "ftrl", "l1": 0.02, "l2": 0.1, "batch_size": 240},
    "ftrl with penalties, no hidden layer, batches of one row": {
        "optimizer": "ftrl", "learning_rate": 0.1, "l1_regularization_strength": 0.01,
        "l2_regularization_strength": 0.01, "l2_shrinkage_regularization_strength": 0.01, "units": (), "batch_size": 1,
    },
    "adam with amsgrad": {"optimizer": "adam", "amsgrad": True},
    "everything": {
        "weight": uneven, "class_weight": {0: 0.5, 1: 4.0, 2: 1.0}, "clipnorm": 0.05, "l1": 0.01, "l2": 0.1,
        "batch_normalization": BatchNormalization(), "dropout": 0.2, "optimizer": "rmsprop",
        "rates": [0.02, 0.01, 0.005], "batch_size": 32,
    },
}  # fmt: skip

# fcnn refuses it: XLA of TensorFlow 2.4 has no such operation.
CANNOT = {("adam with amsgrad", "xla")} if backend.IS_KERAS_2 else set()


@pytest.mark.parametrize(
    ("name", "mode"),
    [(name, mode) for name in CASES for mode in TOLERANCE if (name, mode) not in CANNOT],
    ids=lambda value: value,
)
def test_the_engine_learns_what_fit_learns(assert_equal_to_fit, name, mode):
    assert_equal_to_fit(name, mode, **CASES[name])


def test_no_optimizer_loss_or_schedule_is_left_out():
    used = [{key: case.get(key) for key in ("optimizer", "loss", "rates")} for case in CASES.values()]
    assert {case["optimizer"] for case in used} == set(OPTIMIZERS)
    assert {case["loss"] or "categorical_crossentropy" for case in used} == set(OUTPUTS)
    assert set(RATES) == set(SCHEDULES)
    usual = [0.01] * EPOCHS
    assert [name for name, (_, rates) in RATES.items() if rates not in [case["rates"] or usual for case in used]] == []


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_has_the_rates_of_the_cases(name):
    schedule, expected = RATES[name]
    rates, found = LearningRate(schedule, 0.01, EPOCHS), []
    for epoch in range(EPOCHS):
        found.append(rates.rate(epoch))
        rates.after(epoch + 1.0)
    assert found == pytest.approx(expected)


def test_rows_are_trained_on_in_the_order_that_is_given(bound, layer, penguins):
    x, y = penguins
    order = np.random.default_rng(0).permutation(len(x))
    learnt = []
    for rows, positions in ((slice(None), order), (order, np.arange(len(x))), (slice(None), np.arange(len(x)))):
        network = bound([layer(3, "softmax")], x.shape[1], batch_size=80)
        network.engine.epoch(to_rows(x[rows], y[rows], False, None), positions, lambda: False)
        learnt.append(network.model.get_weights())
    assert all(np.array_equal(one, other) for one, other in zip(learnt[0], learnt[1]))
    assert not np.array_equal(learnt[0][0], learnt[2][0])


# --- dropout ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def in_graph():
    """What the first of the modes learnt."""
    return []


@pytest.mark.parametrize("mode", ["graph", "eager", "xla"])
def test_dropout_has_the_same_masks_in_every_mode_and_the_same_seed_gives_the_same_bits(
    bound, layer, penguins, in_graph, mode
):
    x, y = penguins

    def learnt():
        network = bound([layer(8, dropout=0.3), layer(3, "softmax")], x.shape[1], batch_size=80, mode=mode)
        network.engine.epoch(to_rows(x, y, False, None), np.arange(len(x)), lambda: False)
        return network.model.get_weights(), get_counters(network.model)

    (weights, counters), (again, _) = learnt(), learnt()
    assert [weight.tobytes() for weight in weights] == [weight.tobytes() for weight in again]
    if not in_graph:
        in_graph.extend([weights, counters])
    assert counters == in_graph[1]
    for one, expected in zip(weights, in_graph[0]):
        np.testing.assert_allclose(one, expected, rtol=0, atol=1e-5)
