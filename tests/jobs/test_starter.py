"""What is proposed for a table of which only the target is known."""

from pathlib import Path

import pytest

from fcnn.errors import ConfigError
from fcnn.jobs.prepare import prepare_job
from fcnn.jobs.starter import propose_layers, starter_request, table_name

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
    layers = propose_layers(rows, features).layers
    assert [layer["units"] for layer in layers] == list(units)
    assert {layer["activation"] for layer in layers} == {"relu"}
    assert {layer.get("dropout", 0.0) for layer in layers} == {dropout}


def test_each_rule_is_said_where_it_holds() -> None:
    assert propose_layers(100_000, 5).reasons == ["100,000 training rows: 256 and 128 units"]
    assert propose_layers(1_400, 5_000).reasons == [
        "5,000 features for 1,400 training rows: 16 and 8 units, to have fewer weights",
        "dropout, as less than 10,000 rows are soon learnt by heart",
    ]


def test_the_layers_of_a_job_suit_its_training_rows(rare) -> None:
    prepared = prepare_job(starter_request(Path("rare.csv"), "y"))
    assert prepared.config.network.layers == prepared.request.config.network.layers
    layers = [(layer.units, layer.dropout) for layer in prepared.config.network.layers]
    assert layers == [(64, 0.2), (32, 0.2)]
    assert (prepared.config.run.name, prepared.config.data.target) == ("rare", "y")


def test_what_is_typed_wins(rare) -> None:
    overrides = ["network.layers=[3]", "training.batch_size=9", "data.drop=[b]", "seed=1"]
    config = prepare_job(starter_request(Path("rare.csv"), "y", overrides, "mine")).config
    assert (config.network.layers, config.training.batch_size, config.seed, config.run.name) == ([3], 9, 1, "mine")


def test_an_override_that_is_wrong_is_told_before_the_rows_are_read(rare) -> None:
    with pytest.raises(ConfigError, match="unknown key"):
        starter_request(Path("rare.csv"), "y", ["network.layer=[3]"])


NAMES = {
    "a.csv": "a",
    "a.csv.gz": "a",
    "a.b.csv": "a.b",
    "a": "a",
    "a.parquet": "a",
    "b/a.tsv.ZST": "a",
    "b/*.csv": "b",
}


@pytest.mark.parametrize(("file", "name"), NAMES.items(), ids=NAMES)
def test_a_table_has_a_name(file, name) -> None:
    assert table_name(Path(file)) == name
