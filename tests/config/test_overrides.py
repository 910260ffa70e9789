"""Overrides that work: what they set, and where they are."""

import pytest

from fcnn.config.document import Document
from fcnn.config.overrides import apply_overrides
from fcnn.config.paths import format_path, parse_path

CASES = {
    "a number": (["training.epochs=3"], {"training": {"epochs": 3}}),
    "typed as in YAML": (["a=1e-3", "b='1'", "c=true", "d=no", "e=[a, b]", "f={k: 1}", "g=null", "h="],
                         {"a": 1e-3, "b": "1", "c": True, "d": "no", "e": ["a", "b"], "f": {"k": 1}, "g": None,
                          "h": None}),
    "an equals sign in the value": (["data.target=a=b"], {"data": {"target": "a=b"}}),
    "a pattern": (["data.path=*.csv"], {"data": {"path": "*.csv"}}),
    "a path of Windows": ([r"data.path=C:\data\a.csv"], {"data": {"path": r"C:\data\a.csv"}}),
    "blanks around": ([" training . epochs = 3 "], {"training": {"epochs": 3}}),
    "the last one counts": (["seed=1", "seed=2"], {"seed": 2}),
    "an index with dots": (["layers=[1, 2]", "layers.1=3"], {"layers": [1, 3]}),
    "an index in brackets": (["layers=[1, 2]", "layers[0]=3"], {"layers": [3, 2]}),
    "one appended": (["layers=[1]", "layers[1]=3"], {"layers": [1, 3]}),
    "a key in quotes": (['data.columns."a.b".type=category', "data.columns.'c d'.type=number"],
                        {"data": {"columns": {"a.b": {"type": "category"}, "c d": {"type": "number"}}}}),
    "a class named by a number": (["training.class_weight.1=5"], {"training": {"class_weight": {"1": 5}}}),
    "into a number of units": (["network.layers=[64]", "network.layers.0.dropout=0.1"],
                               {"network": {"layers": [{"units": 64, "dropout": 0.1}]}}),
    "the units of a number": (["network.layers=[64]", "network.layers[0].units=128"],
                              {"network": {"layers": [{"units": 128}]}}),
    "into a layer that is appended": (["network.layers=[]", "network.layers[0].units=8"],
                                      {"network": {"layers": [{"units": 8}]}}),
    "into a named activation": (["network.layers=[{units: 8, activation: leaky_relu}]",
                                 "network.layers[0].activation.negative_slope=0.1"],
                                {"network": {"layers": [{"units": 8, "activation":
                                 {"name": "leaky_relu", "negative_slope": 0.1}}]}}),
    "into a named optimizer": (["training.optimizer=sgd", "training.optimizer.momentum=0.9"],
                               {"training": {"optimizer": {"name": "sgd", "momentum": 0.9}}}),
    "into the default optimizer": (["training.optimizer.beta_1=0.8"],
                                   {"training": {"optimizer": {"name": "adam", "beta_1": 0.8}}}),
    "another optimizer": (["training.optimizer.name=sgd"], {"training": {"optimizer": {"name": "sgd"}}}),
    "into a named schedule": (["training.learning_rate_schedule=step",
                               "training.learning_rate_schedule.every=5"],
                              {"training": {"learning_rate_schedule": {"name": "step", "every": 5}}}),
    "into what was turned off": (["training.early_stopping=null", "training.early_stopping.patience=5"],
                                 {"training": {"early_stopping": {"patience": 5}}}),
    "a list that is not there": (["data.drop.0=a", "data.drop.1=b"], {"data": {"drop": ["a", "b"]}}),
    "a list that is null": (["data.features=null", "data.features[0]=a"], {"data": {"features": ["a"]}}),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "expected"), CASES.values(), ids=CASES)
def test_an_override_sets_a_value(arguments, expected):
    document, problems = apply_overrides(Document({}), arguments)
    assert problems == []
    assert document.value == expected


def test_the_document_before_is_left_alone():
    before = Document({"network": {"layers": [64, 32]}})
    after, _ = apply_overrides(before, ["network.layers[0].units=8", "network.layers[1]=4"])
    assert before.value == {"network": {"layers": [64, 32]}}
    assert after.value == {"network": {"layers": [{"units": 8}, 4]}}


def test_what_is_overridden_is_located_by_the_override_and_the_rest_by_the_file(load):
    text = "data: {path: a.csv, target: y}\nnetwork:\n  layers:\n    - 64\n    - {units: 32, dropout: 0.1}\n"
    loaded = load(text, "network.layers[1].units=16", "training.optimizer.beta_1=0.8")
    layers = ("network", "layers")
    assert loaded.locate((*layers, 1, "units")) == "override 'network.layers[1].units=16'"
    assert loaded.locate((*layers, 1, "dropout")) == "p.yaml:5:28 network.layers[1].dropout"
    assert loaded.locate((*layers, 0)) == "p.yaml:4:7 network.layers[0]"
    optimizer = ("training", "optimizer")
    assert loaded.locate((*optimizer, "beta_1")) == "override 'training.optimizer.beta_1=0.8'"
    assert loaded.locate((*optimizer, "beta_2")) == (
        "override 'training.optimizer.beta_1=0.8' training.optimizer.beta_2"
    )


def test_an_override_repairs_a_wrong_value_of_the_file(judge):
    text = "data: {path: a.csv, target: y}\nnetwork: {layers: [8]}\ntraining: {epochs: many}\n"
    assert judge(text, "training.epochs=3") == []


PATHS = {
    "units": ("units",),
    "network.layers[1].units": ("network", "layers", 1, "units"),
    "layers[0][12]": ("layers", 0, 12),
    'data.columns."a.b".type': ("data", "columns", "a.b", "type"),
    '"say \\"x\\""': ('say "x"',),
    "class_weight.no-show": ("class_weight", "no-show"),
    "类别": ("类别",),
}


@pytest.mark.parametrize(("text", "path"), PATHS.items())
def test_a_path_is_read_as_it_is_written(text, path):
    assert format_path(path) == text
    assert parse_path(text) == (path, "")
    assert parse_path(text + "=1=2") == (path, "=1=2")
