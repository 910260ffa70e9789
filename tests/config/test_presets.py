"""Presets: values below what the user wrote."""

import pytest

from fcnn.config import check_fit, config_from_mapping
from fcnn.config.presets import PRESETS, TableFacts, preset_values
from fcnn.config.structs import Adam, Layer, plain
from fcnn.errors import ConfigError

DATA = {"path": "t.csv", "target": "y"}


def config_of(mapping, overrides=()):
    return config_from_mapping({"data": DATA, **mapping}, overrides=overrides).config


def test_simple_is_what_a_course_teaches() -> None:
    config = config_of({"preset": "simple"})
    assert config.network.layers == [Layer(units=64, activation="relu"), Layer(units=32, activation="relu")]
    assert config.training.optimizer == Adam(learning_rate=1e-3)
    assert config.preset == "simple"


WINNING = {
    "a value in the file": ({"training": {"optimizer": {"name": "adam", "learning_rate": 0.01}}}, [],
                            {"name": "adam", "learning_rate": 0.01, "beta_1": 0.9}),
    "an option without its name": ({"training": {"optimizer": {"beta_1": 0.8}}}, [],
                                   {"name": "adam", "learning_rate": 1e-3, "beta_1": 0.8}),
    "another optimizer": ({"training": {"optimizer": "sgd"}}, [],
                          {"name": "sgd", "learning_rate": 0.01, "momentum": 0.0}),
    "another optimizer as an override": ({}, ["training.optimizer.name=sgd", "training.optimizer.momentum=0.9"],
                                         {"name": "sgd", "learning_rate": 0.01, "momentum": 0.9}),
    "an option as an override": ({}, ["training.optimizer.beta_1=0.5"],
                                 {"name": "adam", "learning_rate": 1e-3, "beta_1": 0.5}),
}  # fmt: skip


@pytest.mark.parametrize(("mapping", "overrides", "expected"), WINNING.values(), ids=WINNING)
def test_what_the_user_wrote_wins(mapping, overrides, expected) -> None:
    written = plain(config_of({"preset": "simple", **mapping}, overrides))["training"]["optimizer"]
    assert {key: written[key] for key in expected} == expected


def test_layers_are_the_users_as_a_whole_and_one_of_the_presets_can_be_changed() -> None:
    assert config_of({"preset": "simple", "network": {"layers": [8]}}).network.layers == [8]
    changed = config_of({"preset": "simple"}, ["network.layers.1.units=7", "network.layers[0].dropout=0.5"])
    assert changed.network.layers == [
        Layer(units=64, activation="relu", dropout=0.5),
        Layer(units=7, activation="relu"),
    ]


def test_a_preset_can_be_an_override_and_one_in_the_file_taken_back() -> None:
    assert config_of({"network": {"layers": [5]}}, ["preset=simple"]).network.layers == [5]
    assert config_of({}, ["preset=simple"]).network.layers[0] == Layer(units=64, activation="relu")
    assert config_of({"preset": "simple", "network": {"layers": [5]}}, ["preset=null"]).preset is None
    with pytest.raises(ConfigError, match="the key `network` is missing"):
        config_of({"preset": "simple"}, ["preset=null"])


def test_a_name_that_is_none_is_the_only_thing_told_of() -> None:
    with pytest.raises(ConfigError) as caught:
        config_of({"preset": "strnog"})
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == ("unknown preset `strnog`", "did you mean `strong`?")


def test_a_table_changes_nothing_without_a_preset() -> None:
    loaded = config_from_mapping({"data": DATA, "network": {"layers": [3]}})
    assert loaded.suited_to(TableFacts("regression", 10**6, 3)) is loaded


def test_a_mistake_keeps_its_place_in_the_file(judge) -> None:
    text = "preset: simple\ndata: {path: t.csv, target: y}\ntraining: {optimizer: {beta_1: 2}}\n"
    assert judge(text) == [
        "p.yaml:3:32 training.optimizer.beta_1: 2 is too large\n"
        "  expected: a number >= 0 and < 1\n"
        "  hint: it is a share: write 0.02 for 2 %"
    ]


CHOSEN = {
    "two classes, few rows": (TableFacts("binary", 240, 15), "selu", 0.04, 256, 240, 0.1),
    "one row": (TableFacts("binary", 1, 1), "selu", 0.04, 256, 1, 0.1),
    "the last that are few": (TableFacts("multiclass", 999, 5), "selu", 0.04, 256, 250, 0.1),
    "classes": (TableFacts("multiclass", 1_000, 5), "selu", 0.04, 64, 250, 0.1),
    "a quantity": (TableFacts("regression", 50_000, 26), "mish", 0.07, 64, 256, None),
}


@pytest.mark.parametrize(
    ("table", "activation", "rate", "epochs", "batch_size", "smoothing"), CHOSEN.values(), ids=CHOSEN
)
def test_strong_is_realmlp_with_the_epochs_that_a_table_needs(
    table, activation, rate, epochs, batch_size, smoothing
) -> None:
    values = preset_values("strong", table)
    network, training = values["network"], values["training"]
    assert [(layer["units"], layer["activation"]) for layer in network["layers"]] == [(256, activation)] * 3
    assert training["optimizer"]["learning_rate"] == rate
    assert (training["epochs"], training["batch_size"]) == (epochs, batch_size)
    assert training.get("label_smoothing") == smoothing
    assert network["output"].get("clip", False) is (table.task == "regression")


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
@pytest.mark.parametrize("rows", [1, 500, 100_000])
def test_each_preset_is_a_config_without_remarks(name, task, rows) -> None:
    loaded = config_from_mapping({"preset": name, "data": {**DATA, "task": task}}).suited_to(TableFacts(task, rows, 9))
    assert loaded.problems == ()
    assert check_fit(loaded.config, task, rows, 9, parameters=10**6 if name == "strong" else 100) == []


def test_other_layers_than_those_of_a_preset_are_judged_by_their_size() -> None:
    config = config_of({"preset": "strong", "network": {"layers": [1_000]}})
    (finding,) = check_fit(config, "binary", 300, 9, parameters=10**6)
    assert "the network can learn the rows by heart" in finding.message


def test_the_task_decides_what_the_table_decides() -> None:
    loaded = config_from_mapping({"preset": "strong", "data": DATA}, overrides=["network.layers.0.units=32"])
    quantity = loaded.suited_to(TableFacts("regression", 5_000, 9)).config
    assert [(layer.units, layer.activation) for layer in quantity.network.layers] == [
        (32, "mish"),
        (256, "mish"),
        (256, "mish"),
    ]
    assert (quantity.network.output.clip, quantity.training.label_smoothing) == (True, 0.0)
