"""Checks that need facts about the data, which are typed here."""

import pytest

from fcnn.config import check_fit, class_named, resolve_output

FACTS = {"task": "binary", "rows": 100, "features": 4, "classes": ["no", "yes"]}

CASES = {
    "a batch larger than the rows": (
        {"training": {"batch_size": 512}}, {},
        ["training.batch_size: note: the batch of 512 is larger than the 100 training rows: every epoch is one step"]),
    "too many weights": (
        {}, {"parameters": 10_001},
        ["network.layers: warning: 10,001 weights for 100 training rows and 4 features, "
         "more than 100 a row: the network can learn the rows by heart"]),
    "an output that does not fit": (
        {"network": {"output": {"activation": "sigmoid"}}}, {"task": "multiclass", "classes": ["a", "b", "c"]},
        ["network.output.activation: error: an output layer with sigmoid does not fit multiclass"]),
    "a loss that does not fit": (
        {"training": {"loss": "mean_squared_error"}}, {},
        ["training.loss: error: the loss mean_squared_error does not fit binary"]),
    "a weight of a class that is not there": (
        {"training": {"class_weight": {"no": 1, "Yes": 5}}}, {},
        ["training.class_weight.Yes: error: the target has no class `Yes`"]),
    "a positive class that is not there": (
        {"data": {"positive": 1}}, {}, ["data.positive: error: the target has no class `1`"]),
    "a positive class of three": (
        {"data": {"positive": "yes"}}, {"task": "multiclass", "classes": ["a", "b", "yes"]},
        ["data.positive: error: `positive` names a class of a binary task, and the task is multiclass"]),
    "class weights of regression": (
        {"training": {"class_weight": {"a": 1}}}, {"task": "regression", "classes": []},
        ["training.class_weight: error: `class_weight` weights classes, and the task is regression"]),
    "a clipped class": (
        {"network": {"layers": [8], "output": {"clip": True}}}, {},
        ["network.output.clip: error: `clip` is for the numbers of a regression, and the task is binary"]),
    "a clipped quantity": (
        {"network": {"layers": [8], "output": {"clip": True}}}, {"task": "regression", "classes": []}, []),
    "nothing": (
        {"training": {"batch_size": 100, "class_weight": {"yes": 5}}, "data": {"positive": "yes"}},
        {"parameters": 10_000}, []),
}  # fmt: skip


@pytest.mark.parametrize(("sections", "facts", "expected"), CASES.values(), ids=CASES)
def test_a_config_is_judged_by_facts(unchecked, sections, facts, expected):
    problems = check_fit(unchecked(**sections), **{**FACTS, **facts})
    assert [f"{problem.where}: {problem.severity}: {problem.message}" for problem in problems] == expected


def test_a_class_is_suggested(unchecked):
    (problem,) = check_fit(unchecked(training={"class_weight": {"Yes": 5}}), **FACTS)
    assert (problem.expected, problem.hint) == ("classes: no, yes", "did you mean `yes`?")


def test_a_place_in_the_file_is_named_where_it_is_known(load):
    loaded = load("data: {path: a.csv, target: y}\nnetwork: {layers: [8]}\ntraining: {batch_size: 512}\n")
    (problem,) = check_fit(loaded.config, **FACTS, locate=loaded.locate)
    assert problem.where == "p.yaml:3:24 training.batch_size"


OUTPUTS = {
    ("binary", "auto", "auto"): ("sigmoid", "binary_crossentropy"),
    ("binary", "softmax", "auto"): ("softmax", "categorical_crossentropy"),
    ("binary", "auto", "sparse_categorical_crossentropy"): ("softmax", "categorical_crossentropy"),
    ("binary", "linear", "auto"): None,
    ("multiclass", "auto", "auto"): ("softmax", "categorical_crossentropy"),
    ("multiclass", "auto", "binary_crossentropy"): None,
    ("regression", "auto", "auto"): ("linear", "mean_squared_error"),
    ("regression", "linear", "log_cosh"): ("linear", "log_cosh"),
    ("regression", "sigmoid", "auto"): None,
}


@pytest.mark.parametrize(("asked", "expected"), OUTPUTS.items(), ids=str)
def test_output_and_loss_follow_from_the_task_and_each_other(unchecked, asked, expected):
    task, activation, loss = asked
    config = unchecked(network={"output": {"activation": activation}}, training={"loss": loss})
    assert resolve_output(config, task) == expected


NAMED = {
    "text": ("yes", ["no", "yes"], "yes"),
    "whole number": (1, ["0", "1"], "1"),
    "whole number of floats": (1, ["0.0", "1.0"], "1.0"),
    "float of whole numbers": (1.0, ["0", "1"], "1"),
    "float": (0.5, ["0.5", "1.5"], "0.5"),
    "truth": (True, ["False", "True"], "True"),
    "truth in lower case": (True, ["false", "true"], "true"),
    "truth of numbers": (True, ["0", "1"], None),
    "nothing": ("1", ["no", "yes"], None),
}


@pytest.mark.parametrize(("value", "classes", "expected"), NAMED.values(), ids=NAMED)
def test_a_class_is_found_by_a_value_of_the_config(value, classes, expected):
    assert class_named(value, classes) == expected
