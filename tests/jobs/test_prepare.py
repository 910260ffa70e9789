"""What happens before TensorFlow is imported."""

from pathlib import Path

import msgspec
import pytest

from fcnn.config import config_from_mapping, load_config, resolved_yaml
from fcnn.config.fit import auto_batch_size
from fcnn.errors import ConfigError, DataError
from fcnn.jobs.prepare import describe, prepare_job, read_request


@pytest.mark.parametrize(
    ("rows", "size"),
    [(1, 8), (64, 8), (90, 8), (100, 8), (129, 16), (240, 16), (1000, 32), (37757, 256), (10**6, 512), (10**9, 512)],
)
def test_the_automatic_batch_size_is_a_power_of_two_near_the_root_of_the_rows(rows, size) -> None:
    assert auto_batch_size(rows) == size


def test_a_request_knows_files_columns_and_name(rare, tmp_path) -> None:
    request = read_request({**rare, "run": {"name": "mine"}})
    assert request.paths == (tmp_path / "rare.csv",)
    assert (request.roles.target, request.roles.features) == ("y", ("a", "b"))
    assert (request.name, request.start) == ("mine", None)
    assert read_request(rare, name="other/one").name == "other_one"
    assert read_request(rare).name == "run"


def test_a_struct_is_a_config_too(rare) -> None:
    config = config_from_mapping(rare).config
    assert read_request(config).config == config


# 140 training rows in batches of 16 are 9 steps
@pytest.mark.parametrize(
    ("training", "mode"),
    [
        ({"epochs": 1_000}, "graph"),
        ({"epochs": 10_000}, "xla"),
        ({"epochs": 10_000, "compile": "graph"}, "graph"),
        ({"epochs": 1, "compile": "xla"}, "xla"),
        ({"epochs": 1, "compile": "eager"}, "eager"),
    ],
)
def test_how_the_steps_run_is_decided_and_written_down(rare, training, mode) -> None:
    rare["training"].update(training)
    config = prepare_job(read_request(rare)).config
    assert config.training.compile == mode
    assert f"  compile: {mode}\n" in resolved_yaml(config)


def test_what_cannot_be_compiled_is_an_error_where_it_was_asked_for(rare, monkeypatch) -> None:
    rare["training"] = {"epochs": 10_000, "optimizer": {"name": "adam", "amsgrad": True}, "compile": "xla"}
    monkeypatch.setattr("fcnn.network.compile_mode.keras_generation", lambda: 3)
    assert prepare_job(read_request(rare)).config.training.compile == "xla"
    monkeypatch.setattr("fcnn.network.compile_mode.keras_generation", lambda: 2)
    with pytest.raises(ConfigError, match=r"XLA of TensorFlow 2\.4 cannot compile Adam with amsgrad"):
        prepare_job(read_request(rare))
    rare["training"]["compile"] = "auto"
    assert prepare_job(read_request(rare)).config.training.compile == "graph"


def test_the_parts_of_a_table_need_the_same_columns(rare) -> None:
    Path("other.csv").write_text("a,y\n1,no\n", encoding="utf-8")
    rare["data"]["path"] = ["rare.csv", "other.csv"]
    with pytest.raises(DataError, match=r"not the columns of rare\.csv"):
        read_request(rare)


def test_a_job_says_what_it_is(rare) -> None:
    prepared = prepare_job(read_request(rare))
    assert describe(prepared) == (
        "binary: 140 train, 30 validation, 30 test rows; network 2 -> 8 relu -> 1 sigmoid, 33 parameters"
    )
    assert (prepared.initial, prepared.findings) == (None, ())


def test_everything_that_follows_is_written_out_and_prepares_the_same_job(rare, tmp_path) -> None:
    prepared = prepare_job(read_request(rare, name="x"))
    config = prepared.config
    assert (config.data.path, config.data.task) == (str(tmp_path / "rare.csv"), "binary")
    assert (config.training.batch_size, config.training.loss) == (16, "binary_crossentropy")
    assert (config.network.output.activation, config.run.dir, config.run.name) == (
        "sigmoid",
        str(tmp_path / "runs"),
        "x",
    )
    Path("elsewhere").mkdir()
    Path("elsewhere/again.yaml").write_text(resolved_yaml(config), encoding="utf-8")
    again = prepare_job(read_request("elsewhere/again.yaml"))
    assert msgspec.to_builtins(again.config) == msgspec.to_builtins(load_config("elsewhere/again.yaml").config)
    assert resolved_yaml(again.config) == resolved_yaml(config)
    assert (again.dataset.parts["train"].x == prepared.dataset.parts["train"].x).all()


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        pytest.param(
            ["network.output.activation=softmax", "data.task=regression"],
            "network.output.activation",
            id="an output that does not fit",
        ),
        pytest.param(["training.class_weight={maybe: 2}"], "training.class_weight", id="a class that is not there"),
        pytest.param(["data.positive=maybe"], "data.positive", id="a positive class that is not there"),
    ],
)
def test_a_config_that_does_not_fit_the_table_is_refused(rare, overrides, message) -> None:
    with pytest.raises((ConfigError, DataError)) as raised:
        prepare_job(read_request(rare, overrides))
    assert message in str(raised.value)
