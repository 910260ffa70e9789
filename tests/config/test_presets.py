"""Presets: values below what the user wrote."""

import pytest

from fcnn.config import config_from_mapping
from fcnn.config.presets import TableFacts, choices, preset_values
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


PROPOSED = {
    "few rows": (100, 5, (64, 32), 0.2),
    "the last that are few": (999, 5, (64, 32), 0.2),
    "a thousand": (1_000, 5, (128, 64), 0.2),
    "the last with dropout": (9_999, 5, (128, 64), 0.2),
    "ten thousand": (10_000, 5, (128, 64), 0.0),
    "a hundred thousand": (100_000, 5, (256, 128), 0.0),
    "two million": (2_000_000, 20, (256, 128), 0.0),
    "as many features as rows": (1_400, 1_400, (64, 32), 0.2),
    "wide": (1_400, 5_000, (16, 8), 0.2),
    "wider than it can be narrow": (50, 5_000, (16, 8), 0.2),
    "one row": (1, 1, (64, 32), 0.2),
}


@pytest.mark.parametrize(("rows", "features", "units", "dropout"), PROPOSED.values(), ids=PROPOSED)
def test_the_layers_follow_from_rows_and_features(rows, features, units, dropout) -> None:
    layers = preset_values("strong", TableFacts("binary", rows, features))["network"]["layers"]
    assert [layer["units"] for layer in layers] == list(units)
    assert {layer["activation"] for layer in layers} == {"relu"}
    assert {layer.get("dropout", 0.0) for layer in layers} == {dropout}


def test_each_rule_is_said_where_it_holds() -> None:
    def reason(rows, features):
        return next(choice.why for choice in choices("strong", TableFacts("binary", rows, features)))

    assert reason(100_000, 5) == "100,000 training rows: 256 and 128 units"
    assert reason(1_400, 5_000) == (
        "5,000 features for 1,400 training rows: 16 and 8 units, to have fewer weights; "
        "dropout, as less than 10,000 rows are soon learnt by heart"
    )
