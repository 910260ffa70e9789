"""Checks of the config alone: `path: severity: message`, in the order of the checks."""

import pytest

from fcnn.config.checks import check_config
from fcnn.config.paths import format_path


def found(config):
    return [f"{format_path(finding.path)}: {finding.severity}: {finding.message}" for finding in check_config(config)]


def layers(*activations, **more):
    return {"network": {"layers": [{"units": 8, "activation": name, **more} for name in activations]}}


def optimizer(**options):
    return {"training": {"optimizer": options}}


CASES = {
    "target in features": ({"data": {"features": ["x", "y"]}},
        ["data.features[1]: error: `y` is the target, it can be no feature"]),
    "weight in features": ({"data": {"features": ["x", "w"], "weight": "w"}},
        ["data.features[1]: error: `w` is the weight, it can be no feature"]),
    "target in drop": ({"data": {"drop": ["y"]}}, ["data.drop[0]: error: `y` is the target, it cannot be dropped"]),
    "weight in drop": ({"data": {"drop": ["w"], "weight": "w"}},
        ["data.drop[0]: error: `w` is the weight, it cannot be dropped"]),
    "a column dropped and a feature": ({"data": {"features": ["x", "z"], "drop": ["z"]}},
        ["data.drop[0]: error: `z` is to be dropped and a feature"]),
    "a feature twice": ({"data": {"features": ["x", "z", "x"]}},
        ["data.features[2]: error: `x` is in this list twice"]),
    "dropped twice": ({"data": {"drop": ["x", "x"]}}, ["data.drop[1]: error: `x` is in this list twice"]),
    "no features": ({"data": {"features": []}}, ["data.features: error: there is nothing to learn from"]),
    "weight is the target": ({"data": {"weight": "y"}},
        ["data.weight: error: `y` is the target, it can be no weight"]),
    "type of a column that is dropped": ({"data": {"drop": ["x"], "columns": {"x": {"type": "number"}}}},
        ["data.columns.x: note: the type of `x` has no effect: the column is not used"]),
    "type of a column that is no feature": (
        {"data": {"features": ["x"], "columns": {"z": {"type": "number"}, "y": {"type": "category"}}}},
        ["data.columns.z: note: the type of `z` has no effect: the column is not used"]),
    "no rows to train on": ({"data": {"split": {"validation": 0.5, "test": 0.5}}},
        ["data.split: error: validation and test leave no rows to train on"]),
    "a group without a column": ({"data": {"split": {"method": "group"}}},
        ["data.split: error: method: group needs a column"]),
    "a time without a column": ({"data": {"split": {"method": "time"}}},
        ["data.split: error: method: time needs a column"]),
    "a column that no method needs": ({"data": {"split": {"column": "x"}}},
        ["data.split.column: error: the column has no effect with method: auto"]),
    "a split by the target": ({"data": {"split": {"method": "group", "column": "y"}}},
        ["data.split.column: error: `y` is the target, it cannot say how to split"]),
    "a split by the weight": ({"data": {"weight": "w", "split": {"method": "time", "column": "w"}}},
        ["data.split.column: error: `w` is the weight, it cannot say how to split"]),
    "a split by a column and by files": (
        {"data": {"test_path": "b.csv", "split": {"method": "column", "column": "part"}}},
        ["data.test_path: error: the split is that of a column, not of files"]),
    "a format of a number": ({"data": {"columns": {"x": {"type": "number", "format": "%Y"}}}},
        ["data.columns.x.format: error: a format is for dates, and `x` is stated to be a number"]),
    "a target that is a date": ({"data": {"columns": {"y": {"type": "date"}}}},
        ["data.columns.y.type: error: `y` is the target, and no date can be predicted"]),
    "a target with the format of a date": ({"data": {"columns": {"y": {"format": "%Y"}}}},
        ["data.columns.y.format: error: `y` is the target, and no date can be predicted"]),
    "classes that are to be a quantity": (
        {"data": {"task": "multiclass", "columns": {"y": {"type": "number"}}}},
        ["data.columns.y.type: error: `y` is stated to be a number, and the task is multiclass"]),
    "a quantity that is to be classes": (
        {"data": {"task": "regression", "columns": {"y": {"type": "category"}}}},
        ["data.columns.y.type: error: `y` is stated to be a category, and the task is regression"]),
    "many classes of two": ({"data": {"task": "multiclass", "columns": {"y": {"type": "boolean"}}}},
        ["data.columns.y.type: error: `y` is stated to be a boolean, and the task is multiclass"]),
    "a type that fits the task": ({"data": {"task": "binary", "columns": {"y": {"type": "category"}}}}, []),
    "a target of which only the bad values are said": (
        {"data": {"task": "multiclass", "columns": {"y": {"bad_values": "missing"}}}}, []),
    "a format without parts": ({"data": {"columns": {"x": {"format": "YYYY-MM-DD"}}}},
        ["data.columns.x.format: error: `YYYY-MM-DD` is no format of dates"]),
    "a format with an unknown part": ({"data": {"columns": {"x": {"type": "date", "format": "%Q"}}}},
        ["data.columns.x.format: error: `%Q` is no format of dates"]),
    "a format of dates": ({"data": {"columns": {"x": {"format": "%d. %b %y, %H:%M"}}}}, []),
    "unknown encoding": ({"data": {"encoding": "utf-9"}}, ["data.encoding: error: unknown encoding `utf-9`"]),
    "a codec that is no encoding": ({"data": {"encoding": "rot13"}},
        ["data.encoding: error: unknown encoding `rot13`"]),
    "an encoding that no codec can have": ({"data": {"encoding": "a\0b"}},
        ["data.encoding: error: unknown encoding `a\0b`"]),
    "positive with regression": ({"data": {"task": "regression", "positive": 1}},
        ["data.positive: error: `positive` names a class of a binary task, and the task is regression"]),
    "positive with several classes": ({"data": {"task": "multiclass", "positive": "a"}},
        ["data.positive: error: `positive` names a class of a binary task, and the task is multiclass"]),
    "class weight with regression": ({"data": {"task": "regression"}, "training": {"class_weight": "balanced"}},
        ["training.class_weight: error: `class_weight` weights classes, and the task is regression"]),
    "softmax of regression": ({"data": {"task": "regression"}, "network": {"output": {"activation": "softmax"}}},
        ["network.output.activation: error: an output layer with softmax does not fit regression"]),
    "squared error of two classes": ({"data": {"task": "binary"}, "training": {"loss": "mean_squared_error"}},
        ["training.loss: error: the loss mean_squared_error does not fit binary"]),
    "output and loss that do not fit the task": (
        {"data": {"task": "multiclass"}, "network": {"output": {"activation": "sigmoid"}},
         "training": {"loss": "huber"}},
        ["network.output.activation: error: an output layer with sigmoid does not fit multiclass",
         "training.loss: error: the loss huber does not fit multiclass"]),
    "output and loss that do not fit each other": (
        {"data": {"task": "binary"}, "network": {"output": {"activation": "softmax"}},
         "training": {"loss": "binary_crossentropy"}},
        ["training.loss: error: the loss binary_crossentropy does not fit an output layer with softmax"]),
    "output and loss that fit no task": (
        {"network": {"output": {"activation": "linear"}}, "training": {"loss": "binary_crossentropy"}},
        ["training.loss: error: the loss binary_crossentropy does not fit an output layer with linear"]),
    "output that fits no task": ({"network": {"output": {"activation": "relu"}}},
        ["network.output.activation: error: an output layer with relu does not fit any task"]),
    "slope without leaky_relu": (layers({"name": "relu", "negative_slope": 0.1}),
        ["network.layers[0].activation.negative_slope: error: "
         "`negative_slope` is an option of leaky_relu, not of relu"]),
    "a parametric line": (
        layers({"name": "linear", "parametric": True}, "relu"),
        ["network.layers[0].activation.parametric: error: "
         "linear cannot be parametric: no unit has a curve of its own"]),
    "a factor of weights that are not there": (
        {"network": {"layers": [8], "learning_rate_factors": {"activation": 2}}},
        ["network.learning_rate_factors.activation: note: no activation is parametric: this factor changes nothing"]),
    "a spread of zeros": (layers("relu", bias_initializer={"name": "zeros", "stddev": 1.0}),
        ["network.layers[0].bias_initializer.stddev: error: "
         "`stddev` is an option of random_normal, truncated_normal, not of zeros"]),
    "the start of a bias that is not there": (layers("relu", bias_initializer="ones", use_bias=False),
        ["network.layers[0].bias_initializer: warning: without a bias there is nothing that this could start"]),
    "factors with sgd": (
        {"network": {"layers": [8], "learning_rate_factors": {"bias": 0.1}}, **optimizer(name="sgd")},
        ["network.learning_rate_factors.bias: warning: sgd takes steps as large as the gradient, which has the factor, "
         "too: f makes steps f * f as large"]),
    "ntk with sgd": ({"network": {"layers": [8], "parametrization": "ntk"}, **optimizer(name="sgd")},
        ["network.parametrization: warning: sgd takes steps as large as the gradient, which has the factor, "
         "too: f makes steps f * f as large"]),
    "softmax in a hidden layer": (layers("relu", "softmax"),
        ["network.layers[1].activation: warning: softmax in a hidden layer: its outputs sum to 1, "
         "so that few units learn at a time"]),
    "kernel of zeros": (layers("relu", kernel_initializer="zeros"),
        ["network.layers[0].kernel_initializer: warning: "
         "kernels that all start as zeros keep the units of a layer equal for ever"]),
    "kernel of ones": (layers("relu", kernel_initializer="ones"),
        ["network.layers[0].kernel_initializer: warning: "
         "kernels that all start as ones keep the units of a layer equal for ever"]),
    "nearly everything dropped out": (layers("relu", dropout=0.95),
        ["network.layers[0].dropout: warning: a dropout of 0.95 leaves 5.0% of the layer's outputs"]),
    "batches of one, normalised": (
        {**layers("relu", batch_normalization=True), "training": {"batch_size": 1}},
        ["network.layers[0].batch_normalization: warning: "
         "batch normalization over batches of one row makes every value the same"]),
    "no hidden layer": ({"network": {"layers": []}},
        ["network.layers: note: without a hidden layer this is logistic or linear regression"]),
    "no hidden layer, classes": ({"network": {"layers": []}, "data": {"task": "binary"}},
        ["network.layers: note: without a hidden layer this is logistic regression"]),
    "no hidden layer, regression": ({"network": {"layers": []}, "data": {"task": "regression"}},
        ["network.layers: note: without a hidden layer this is linear regression"]),
    "nothing nonlinear": (layers("linear", "linear"),
        ["network.layers: warning: without a nonlinear activation the whole network is one linear map"]),
    "five saturating layers": (layers("sigmoid", "tanh", "sigmoid", "softsign", "hard_sigmoid"),
        ["network.layers: warning: 5 layers of sigmoid and tanh and softsign and hard_sigmoid: "
         "the gradients vanish on the way to the first ones"]),
    "adam's learning rate": (optimizer(name="adam", learning_rate=1.5),
        ["training.optimizer.learning_rate: warning: "
         "a learning rate of 1.5 is out of any reason for adam: the loss will blow up"]),
    "sgd's learning rate": (optimizer(name="sgd", learning_rate=11),
        ["training.optimizer.learning_rate: warning: "
         "a learning rate of 11 is out of any reason for sgd: the loss will blow up"]),
    "a tiny learning rate": (optimizer(name="adadelta", learning_rate=1e-9),
        ["training.optimizer.learning_rate: warning: with a learning rate of 1e-09 the weights hardly move"]),
    "patience beyond the epochs": ({"training": {"epochs": 50, "early_stopping": {"patience": 50}}},
        ["training.early_stopping.patience: note: a patience of 50 never ends a training of 50 epochs"]),
    "plateau that comes too late": ({"training": {"learning_rate_schedule": {"name": "plateau", "patience": 20}}},
        ["training.learning_rate_schedule.patience: note: the learning rate is never reduced: early stopping ends "
         "the training after 20 epochs without improvement, and the plateau waits for 20"]),
    "step that comes too late": ({"training": {"epochs": 30, "learning_rate_schedule": "step"}},
        ["training.learning_rate_schedule.every: note: "
         "the learning rate is never reduced: a step of 30 epochs, of 30 in all"]),
    "time limit": ({"training": {"time_limit": "soon"}}, ["training.time_limit: error: no length of time"]),
    "time limit of nothing": ({"training": {"time_limit": "0h"}},
        ["training.time_limit: error: a length of time is more than 0 seconds"]),
    "name with a slash": ({"run": {"name": "a/b"}}, ["run.name: error: this cannot be a folder's name"]),
    "name of nothing": ({"run": {"name": ""}}, ["run.name: error: this cannot be a folder's name"]),
    "hidden name": ({"run": {"name": "..."}}, ["run.name: error: this cannot be a folder's name"]),
    "name with a line break": ({"run": {"name": "a\nb"}}, ["run.name: error: this cannot be a folder's name"]),
}  # fmt: skip


@pytest.mark.parametrize(("sections", "expected"), CASES.values(), ids=CASES)
def test_a_config_is_judged(unchecked, sections, expected):
    assert found(unchecked(**sections)) == expected


SILENT = {
    "the defaults": {},
    "five layers of tanh, normalised": layers(*["tanh"] * 5, batch_normalization=True),
    "four layers of tanh": layers(*["tanh"] * 4),
    "five layers, one of them relu": layers("tanh", "tanh", "relu", "tanh", "tanh"),
    "a linear layer among others": layers("linear", "relu"),
    "parametric activations with factors": {
        "network": {
            "layers": [{"units": 8, "activation": {"name": "selu", "parametric": True}, "bias_initializer": "ones"}],
            "parametrization": "ntk",
            "learning_rate_factors": {"bias": 0.1, "activation": 0.1},
        }
    },
    "leaky_relu with a slope": layers({"name": "leaky_relu", "negative_slope": 0.1}),
    "drop and features": {"data": {"drop": ["x"], "features": ["z"]}},
    "the type of the target": {"data": {"features": ["x"], "columns": {"y": {"type": "category"}}}},
    "split that leaves rows": {"data": {"split": {"validation": 0.5, "test": 0.49}}},
    "GB 18030": {"data": {"encoding": "GB18030"}},
    "softmax of two classes": {"data": {"task": "binary"}, "network": {"output": {"activation": "softmax"}}},
    "sparse loss": {"data": {"task": "multiclass"}, "training": {"loss": "sparse_categorical_crossentropy"}},
    "huber": {"data": {"task": "regression"}, "training": {"loss": "huber"}},
    "huber without a task": {"training": {"loss": "huber"}},
    "positive without a task": {"data": {"positive": "yes"}},
    "the largest learning rates": optimizer(name="adagrad", learning_rate=10),
    "few epochs with the default patience": {"training": {"epochs": 5}},
    "a time limit": {"training": {"time_limit": "1h30m"}},
    "a Chinese name": {"run": {"name": "企鹅 1"}},
}


@pytest.mark.parametrize("sections", SILENT.values(), ids=SILENT)
def test_a_good_config_is_not_remarked_on(unchecked, sections):
    assert found(unchecked(**sections)) == []


def test_errors_stop_the_loading_and_warnings_do_not(judge, load):
    text = "data: {path: a.csv, target: y}\nnetwork: {layers: [{units: 8, activation: linear}]}\n"
    assert [problem.severity for problem in load(text).problems] == ["warning"]
    assert judge(text + "training: {time_limit: soon}\n") == [
        "p.yaml:2:19 network.layers: without a nonlinear activation the whole network is one linear map\n"
        "  hint: activation: relu; else `layers: []` gives the same",
        "p.yaml:3:24 training.time_limit: no length of time\n"
        '  expected: seconds, or such as 90s, 10m, 2h, 1h30m\n  received: "soon"',
    ]
