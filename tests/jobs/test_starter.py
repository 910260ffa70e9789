"""What is proposed for a table of which only the target is known."""

from pathlib import Path

import pytest

from fcnn.errors import ConfigError
from fcnn.jobs.prepare import prepare_job
from fcnn.jobs.starter import starter_request, table_name


def test_the_layers_of_a_job_suit_its_training_rows(rare) -> None:
    prepared = prepare_job(starter_request(Path("rare.csv"), "y"))
    assert prepared.config.network.layers == prepared.request.config.network.layers
    assert [layer.units for layer in prepared.config.network.layers] == [256, 256, 256]
    assert (prepared.config.preset, prepared.config.training.epochs) == ("strong", 256)
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
