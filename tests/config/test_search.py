"""The section `search`: what it may say, what is wrong with it, and what is searched where it is absent."""

import pytest

from fcnn.config import config_from_mapping, load_config
from fcnn.config.search import Dimension, dimensions_of
from fcnn.config.search_space import usual_space
from fcnn.config.structs import Layer, Range, layers_of
from fcnn.errors import ConfigError

DATA = {"path": "t.csv", "target": "y"}
RATE = "training.optimizer.learning_rate"


def loaded(search, overrides=(), **more):
    config = {"data": DATA, "network": {"layers": [16, 8]}, "search": search, **more}
    return config_from_mapping(config, overrides=overrides)


WRONG = {
    "a key that there is not": (
        {"training.optimiser.beta_1": [0.9, 0.8]}, 'search."training.optimiser.beta_1"', "unknown key `optimiser`"),
    "a key that cannot be read": ({"a..b": [1]}, 'search."a..b"', "`..b` cannot be read as a key"),
    "low above high": ({RATE: {"low": 0.1, "high": 0.01}}, f'search."{RATE}".low', "low must be below high"),
    "low as high as high": ({RATE: {"low": 0.1, "high": 0.1}}, f'search."{RATE}".low', "low must be below high"),
    "a logarithm of 0": (
        {"network.layers[*].dropout": {"low": 0, "high": 0.5, "log": True}}, 'search."network.layers[*].dropout".low',
        "on a logarithmic scale every number is above 0"),
    "steps on a logarithmic scale": (
        {"training.epochs": {"low": 1, "high": 9, "log": True, "step": 2}}, 'search."training.epochs".step',
        "steps are of equal size, which they are not on a logarithmic scale"),
    "a step too long": (
        {"training.epochs": {"low": 1, "high": 9, "step": 20}}, 'search."training.epochs".step',
        "a step of 20 leads beyond high"),
    "half a unit": (
        {"network.layers[0].units": {"low": 1.5, "high": 8}}, 'search."network.layers[0].units".low',
        "network.layers[0].units takes whole numbers only"),
    "a range of names": (
        {"network.layers[0].activation": {"low": 1, "high": 2}}, 'search."network.layers[0].activation"',
        "network.layers[0].activation takes no numbers, so it has no range"),
    "an end that the key refuses": (
        {"network.layers[*].dropout": {"low": 0, "high": 1.5}}, 'search."network.layers[*].dropout".high',
        "1.5 is too large"),
    "a choice that the key refuses": (
        {"network.layers[1].activation": ["relu", "tahn"]}, 'search."network.layers[1].activation"[1]',
        "unknown activation `tahn`"),
    "an option of another optimizer": (
        {"training.optimizer.momentum": [0.0, 0.9]}, 'search."training.optimizer.momentum"[0]',
        "`momentum` is an option of sgd and rmsprop, not of adam"),
    "a layer that is not there": (
        {"network.layers[5].units": [2, 3]}, 'search."network.layers[5].units"[0]', "network.layers has no [5]"),
    "no choice": ({"training.epochs": []}, 'search."training.epochs"', "there is nothing to choose from"),
    "a choice twice": ({"training.epochs": [5, 6, 5]}, 'search."training.epochs"[2]', "this choice is there twice"),
    "no key": ({}, "search", "there is no key to search"),
    "the seed": (
        {"seed": [1, 2]}, "search.seed",
        "with another seed other rows are for validation: trials could not be compared"),
    "the split": (
        {"data.split.test": [0.1, 0.2]}, 'search."data.split.test"',
        "this decides which rows there are, or what is predicted: trials could not be compared"),
    "the loss": (
        {"training.loss": ["huber", "log_cosh"]}, 'search."training.loss"',
        "trials are compared by their validation loss, and values of different losses cannot be"),
    "a penalty": (
        {"network.layers[*].l2": [0, 0.1]}, 'search."network.layers[*].l2"',
        "the penalty is a part of the validation loss, by which trials are compared"),
    "a star elsewhere": (
        {"data.features[*]": [1]}, 'search."data.features[*]"', "[*] stands for every layer, and for nothing else"),
    "a key inside of another": (
        {"network.layers": [[4], [4, 4]], "network.layers[0].units": [2, 3]}, 'search."network.layers[0].units"',
        "`network.layers[0].units` is a part of `network.layers`, which is searched, too"),
    "one layer and every layer": (
        {"network.layers[*].units": [4, 5], "network.layers[1].units": [2, 3]}, 'search."network.layers[1].units"',
        "`network.layers[1].units` is a part of `network.layers[*].units`, which is searched, too"),
}  # fmt: skip


@pytest.mark.parametrize(("search", "where", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_where_it_is(search, where, message) -> None:
    with pytest.raises(ConfigError) as error:
        loaded(search)
    assert [(each.where, each.message) for each in error.value.problems] == [(where, message)]


def test_all_problems_are_told_at_once_with_their_lines(tmp_path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "data: {path: t.csv, target: y}\nnetwork: {layers: [4]}\nsearch:\n"
        "  training.epochs: {low: 9, high: 3}\n  training.batch_size: [8, nine]\n  traning.epochs: [1]\n"
    )
    with pytest.raises(ConfigError) as error:
        load_config(path)
    assert [each.where.replace(str(tmp_path), "") for each in error.value.problems] == [
        '/c.yaml:4:26 search."training.epochs".low',
        '/c.yaml:5:28 search."training.batch_size"[1]',
        '/c.yaml:6:3 search."traning.epochs"',
    ]
    assert error.value.problems[2].hint == "did you mean `training`?"


def test_a_range_is_of_the_numbers_that_its_key_takes() -> None:
    search = {
        RATE: {"low": 1e-4, "high": 1e-2, "log": True},
        "training.epochs": {"low": 5, "high": 12, "step": 3},
        'data.columns."面积".type': ["number", "category"],
        "training.class_weight": [None, "balanced"],
    }
    assert dimensions_of(loaded(search).config.search) == [
        Dimension(RATE, (), 1e-4, 1e-2, None, True, False),
        Dimension("training.epochs", (), 5, 11, 3, False, True),
        Dimension('data.columns."面积".type', ("number", "category")),
        Dimension("training.class_weight", (None, "balanced")),
    ]


def test_a_trial_is_the_config_with_overrides_above_all_others() -> None:
    given = loaded({"training.epochs": [1, 2]}, ["training.epochs=7", "network.layers=[3]"])
    values = [("network.layers", [9, {"units": 8, "activation": "tanh"}]), ("network.layers[*].dropout", 0.3),
              ("training.epochs", 2), (RATE, 1e-5)]  # fmt: skip
    trial = given.varied(values).config
    assert layers_of(trial) == (Layer(units=9, dropout=0.3), Layer(units=8, activation="tanh", dropout=0.3))
    assert (trial.training.epochs, trial.training.optimizer.learning_rate) == (2, 1e-5)
    assert given.config.training.epochs == 7


def test_numbers_of_a_trial_have_four_digits_and_stay_inside() -> None:
    rate = Dimension(RATE, (), 1e-4, 0.01234567, None, True)
    assert rate.written(0.0012345678) == 0.001235
    assert rate.written(0.0123449) == 0.01234
    assert rate.written(0.012345669) == 0.01234567 or rate.written(0.012345669) <= 0.01234567


def test_without_a_section_usual_ranges_around_the_config_are_searched() -> None:
    config = config_from_mapping(
        {
            "data": DATA,
            "network": {"layers": [{"units": 32, "activation": "tanh"}, 64]},
            "training": {"batch_size": 16, "optimizer": {"name": "adamw", "learning_rate": 0.002}},
        }
    ).config
    layer = {"units": 32, "activation": "tanh"}
    space = usual_space(config)
    assert space == {
        RATE: Range(low=0.0002, high=0.02, log=True),
        "network.layers": [[layer], [layer] * 2, [layer] * 3, [layer] * 4],
        "network.layers[*].units": [16, 32, 64, 128, 256],
        "network.layers[*].dropout": Range(low=0.0, high=0.5, step=0.1),
        "training.optimizer.weight_decay": Range(low=1e-4, high=0.1, log=True),
        "training.batch_size": [8, 16, 32],
    }
    assert loaded({key: value for key, value in space.items() if "decay" not in key}).config.search is not None


def test_a_linear_model_stays_one() -> None:
    config = config_from_mapping({"data": DATA, "network": {"layers": []}, "training": {"batch_size": 1}}).config
    assert set(usual_space(config)) == {RATE, "training.batch_size"}
    assert usual_space(config)["training.batch_size"] == [1, 2]
