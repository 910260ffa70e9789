import pytest

from fcnn.errors import ConfigError
from fcnn.inference.network import BatchNormalization, DenseLayer
from fcnn.network.architecture import LayerOptions, design_network, initializer_for

STARTS = {
    **dict.fromkeys(["relu", "leaky_relu", "elu", "gelu", "mish", "silu", "softplus"], "he_normal"),
    "selu": "lecun_normal",
    **dict.fromkeys(["sigmoid", "hard_sigmoid", "tanh", "softsign", "softmax", "linear"], "glorot_uniform"),
}


@pytest.mark.parametrize(("activation", "initializer"), STARTS.items(), ids=STARTS)
def test_the_start_of_the_weights_fits_the_activation(activation, initializer):
    assert initializer_for("auto", activation) == initializer


def test_a_stated_start_of_the_weights_wins():
    assert initializer_for("orthogonal", "relu") == "orthogonal"


OUTPUTS = {
    "binary": (("binary", 2), {}, (1, "sigmoid", "binary_crossentropy")),
    "binary with a softmax": (
        ("binary", 2), {"network": {"output": {"activation": "softmax"}}}, (2, "softmax", "categorical_crossentropy")),
    "binary with the loss of a softmax": (
        ("binary", 2), {"training": {"loss": "sparse_categorical_crossentropy"}},
        (2, "softmax", "categorical_crossentropy")),
    "multiclass": (("multiclass", 5), {}, (5, "softmax", "categorical_crossentropy")),
    "regression": (("regression", 0), {}, (1, "linear", "mean_squared_error")),
    "regression with another loss": (("regression", 0), {"training": {"loss": "huber"}}, (1, "linear", "huber")),
}  # fmt: skip


@pytest.mark.parametrize(("task", "sections", "expected"), OUTPUTS.values(), ids=OUTPUTS)
def test_output_layer_and_loss_follow_from_the_task(config, task, sections, expected):
    name, classes = task
    design = design_network(config([8], **sections), name, inputs=4, classes=classes)
    output = design.architecture.layers[-1]
    assert (output.units, output.activation["name"], design.loss) == expected
    assert (output.use_bias, output.dropout, output.batch_normalization) == (True, 0.0, None)
    assert design.options[-1] == LayerOptions("glorot_uniform")


def test_an_output_that_does_not_fit_the_task_is_an_error(config):
    with pytest.raises(ConfigError, match="do not fit the task regression"):
        design_network(config([8], network={"output": {"activation": "softmax"}}), "regression", 4, 0)


def test_every_option_of_a_layer_is_carried_over(config):
    layers = [
        {"units": 5, "activation": {"name": "leaky_relu", "negative_slope": 0.1}, "l1": 0.01, "l2": 0.02},
        {"units": 4, "activation": "swish", "use_bias": False, "batch_normalization": True, "dropout": 0.25},
        {"units": 3, "activation": "leaky_relu", "kernel_initializer": "zeros"},
        2,
    ]
    design = design_network(config(layers), "regression", inputs=7, classes=0)
    assert design.architecture.inputs == 7
    assert design.architecture.layers[:-1] == (
        DenseLayer(units=5, activation={"name": "leaky_relu", "negative_slope": 0.1}),
        DenseLayer(
            units=4, activation={"name": "silu"}, use_bias=False, batch_normalization=BatchNormalization(), dropout=0.25
        ),
        DenseLayer(units=3, activation={"name": "leaky_relu", "negative_slope": 0.2}),
        DenseLayer(units=2, activation={"name": "relu"}),
    )
    assert design.options == (
        LayerOptions("he_normal", 0.01, 0.02),
        LayerOptions("he_normal"),
        LayerOptions("zeros"),
        LayerOptions("he_normal"),
        LayerOptions("glorot_uniform"),
    )


PARAMETERS = {
    "no hidden layer": ([], 13 * 3 + 3),
    "two layers": ([64, 32], 13 * 64 + 64 + 64 * 32 + 32 + 32 * 3 + 3),
    "without bias": ([{"units": 10, "use_bias": False}], 13 * 10 + 10 * 3 + 3),
    "batch normalization": ([{"units": 10, "batch_normalization": True}], 13 * 10 + 10 + 2 * 10 + 10 * 3 + 3),
}


@pytest.mark.parametrize(("layers", "count"), PARAMETERS.values(), ids=PARAMETERS)
def test_parameters_are_counted(config, layers, count):
    design = design_network(config(layers), "multiclass", inputs=13, classes=3)
    assert design.architecture.trainable_parameters == count
