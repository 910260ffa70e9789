"""Configs that are given from Python."""

from pathlib import Path

import pytest

from fcnn.config import config_from_mapping
from fcnn.config.structs import Config, Data, Layer, Network
from fcnn.errors import ConfigError

MAPPING = {"data": {"path": "a.csv", "target": "y"}, "network": {"layers": [8]}}


class FakeScalar:
    """Stands for a number of NumPy: it has a dtype and knows its Python value."""

    dtype = "int64"

    def __init__(self, value):
        self.value = value

    def tolist(self):
        return self.value


def with_training(**training):
    return {**MAPPING, "training": training}


def test_tuples_paths_numpy_numbers_and_structs_are_understood():
    config = config_from_mapping(
        {
            "data": {"path": Path("b") / "a.csv", "target": "y", "drop": ("x", "z")},
            "network": {"layers": (FakeScalar(8), Layer(units=4))},
            "training": {"class_weight": {0: 1, 1: FakeScalar(5)}},
            "seed": FakeScalar(3),
        }
    ).config
    assert config.data.path == str(Path("b") / "a.csv")
    assert config.data.drop == ["x", "z"]
    assert config.network.layers == [8, Layer(units=4)]
    assert config.training.class_weight == {"0": 1.0, "1": 5.0}
    assert config.seed == 3


def test_a_config_is_taken_as_it_is():
    config = Config(data=Data(path="a.csv", target="y"), network=Network(layers=[8]))
    assert config_from_mapping(config).config == config


def test_overrides_apply():
    assert config_from_mapping(MAPPING, overrides=["seed=7"]).config.seed == 7


def test_name_and_folder_are_kept(tmp_path):
    loaded = config_from_mapping(MAPPING, base_dir=tmp_path, name="trial")
    assert (loaded.name, loaded.base_dir, loaded.source) == ("trial", tmp_path, None)


def holding_itself():
    mapping = with_training()
    mapping["training"]["training"] = mapping["training"]
    mapping["training"]["again"] = mapping["training"]
    return mapping


WRONG = {
    "a path is the place": (with_training(epochs=0),
                            "training.epochs: 0 is too small\n  expected: a whole number >= 1"),
    "text": ("a.yaml", "a config is a mapping, and this is text\n"
                       "  expected: a mapping with the keys `data` and `network`\n  received: \"a.yaml\""),
    "not finite": (with_training(clipnorm=float("nan")), "training.clipnorm: `nan` is no finite number"),
    "an object": (with_training(epochs={3}),
                  "training.epochs: a Python object of type set stands where a whole number belongs\n"
                  "  expected: a whole number >= 1\n  received: a value of type set"),
    "a key twice": (with_training(class_weight={1: 1, "1": 2}),
                    "training.class_weight.1: the key `1` is here twice, once as text"),
    "a huge number": (with_training(epochs=10**5000), "training.epochs: a value of type int is too large\n"
                      "  expected: a whole number >= 1"),
    "a mapping that holds itself": (holding_itself(), "training.training: this holds itself\ntraining.again: this"),
}  # fmt: skip


@pytest.mark.parametrize(("mapping", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_mapping_is_explained(mapping, expected):
    with pytest.raises(ConfigError) as caught:
        config_from_mapping(mapping)
    assert str(caught.value).startswith(expected)
