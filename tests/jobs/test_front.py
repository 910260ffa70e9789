"""Whole runs with embeddings and an input scale before the first layer."""

import copy
import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, List

import msgspec
import numpy as np
import pandas as pd
import pytest

import fcnn
from fcnn.cli import main
from fcnn.data.parts import Dataset
from fcnn.data.stored import StoredMatrix
from fcnn.errors import ConfigError, RunError
from fcnn.inference.front import CategoricalEmbedding, InputScale, Periodic, PiecewiseLinear
from fcnn.insight.importance import shufflings
from fcnn.jobs import prepare
from fcnn.jobs.export import export_run
from fcnn.jobs.front_design import bin_edges, embedded_units
from fcnn.jobs.prepare import describe, prepare_job, read_request
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.trace import trace
from fcnn.jobs.trace_document import document
from fcnn.jobs.trace_story import TERMINAL, story
from fcnn.report.blocks import Table
from fcnn.report.diagram import describe as network_columns
from fcnn.report.front import as_plain
from fcnn.report.plots import network_diagram
from fcnn.training import saving

EPOCHS = 4
ALL = {
    "numeric_embedding": {"name": "periodic", "frequencies": 6, "units": 3},
    "categorical_embedding": {"units": 2},
    "input_scale": True,
    "learning_rate_factors": {"input_scale": 6.0, "numeric_embedding": 0.1},
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A config for 240 rows of a quantity with every type of column, and its folder."""
    folder, random = tmp_path_factory.mktemp("shared"), np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "size": random.normal(5, 2, 240).round(3),
            "sold": pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 400, 240), unit="D"),
            "new": random.choice(["yes", "no"], 240),
            "kind": random.choice(list("xyz"), 240),
            "city": random.choice([f"city {number}" for number in range(14)], 240),
            "age": random.integers(0, 90, 240).astype(float),
        }
    )
    frame["price"] = (100 + 20 * np.sin(frame["size"]) + frame["age"] + 9 * (frame["kind"] == "x")).round(3)
    frame.loc[::9, "age"] = np.nan
    frame.to_csv(str(folder / "table.csv"), index=False)
    config = {
        "data": {"path": str(folder / "table.csv"), "target": "price", "columns": {"city": {"type": "category"}}},
        "network": {**ALL, "layers": [{"units": 12, "dropout": 0.1}]},
        "training": {"epochs": EPOCHS, "batch_size": 64, "compile": "eager", "early_stopping": None},
        "run": {"plots": False, "dir": str(folder)},
        "report": {"importance": False},
    }
    return folder, config


@pytest.fixture
def config(shared: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dict[str, Any]:
    """The config, to be changed, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    found: Dict[str, Any] = copy.deepcopy(shared[1])
    return found


@pytest.fixture(scope="module")
def whole(shared: Any) -> Any:
    """Its run."""
    return fcnn.train(shared[1], run_dir=shared[0] / "whole")


def bits(run: Any) -> List[bytes]:
    return [(run.folder / name).read_bytes() for name in ("weights.npz", "data.json", "diagnostics.csv")]


def front_of(config: Dict[str, Any]) -> Any:
    return prepare_job(read_request(config)).design.architecture.front


# --- what is embedded -------------------------------------------------------------------------------------------------


def test_numbers_and_parts_of_dates_are_embedded_and_categories_of_enough_levels(whole: Any) -> None:
    names, front = whole.record.feature_names, whole.record.network.front
    assert [type(layer) for layer in front] == [Periodic, CategoricalEmbedding, InputScale]
    assert [names[column] for column in front[0].columns] == [
        "size", "sold (days)", "sold (year)", "sold (month)", "sold (weekday)", "age",
    ]  # fmt: skip
    (block,) = front[1].blocks
    assert (block.name, block.units) == ("city", 2)
    assert [name.partition("=")[0] for name in names[block.start : block.start + block.levels]] == ["city"] * 14
    assert (names[block.start - 1], names[block.start + block.levels]) == ("kind=z", "age")


def test_the_bins_are_quantiles_of_the_training_rows_alone(config: Dict[str, Any]) -> None:
    config["network"]["numeric_embedding"] = {"name": "piecewise_linear", "bins": 4}
    prepared = prepare_job(read_request(config))
    layer = prepared.design.architecture.front[0]
    assert isinstance(layer, PiecewiseLinear)
    x = prepared.dataset.parts["train"].x
    assert layer.edges[0] == pytest.approx(np.quantile(x[:, 0].astype(float), [0, 0.25, 0.5, 0.75, 1]).tolist())
    assert len(layer.edges[2]) == 2  # two years
    every = np.concatenate([part.x for part in prepared.dataset.parts.values()])
    assert np.quantile(every[:, 0].astype(float), 0.5) != pytest.approx(layer.edges[0][2], abs=1e-9)


def test_equal_quantiles_are_one_edge_and_a_column_of_one_value_has_no_bin() -> None:
    x = np.float32([[0, 1, 7], [0, 1, 7], [0, 2, 7], [5, 3, 7]])
    assert bin_edges(x, [0, 1, 2], 3) == [(0.0, 5.0), (1.0, 2.0, 3.0), (7.0,)]


@pytest.mark.parametrize(("levels", "units"), [(2, 2), (10, 6), (30, 11), (102, 21)])
def test_the_numbers_of_a_level_follow_the_rule_of_fastai(levels: int, units: int) -> None:
    assert embedded_units(levels) == units


def test_what_the_table_has_no_column_for_is_left_out_and_said(config: Dict[str, Any]) -> None:
    config["data"]["features"] = ["new", "kind"]
    prepared = prepare_job(read_request(config))
    assert prepared.design.architecture.front == (InputScale(),)
    assert [(each.severity, each.message) for each in prepared.findings if "embedding" in each.message] == [
        ("note", "no column is a number: the numeric embedding is left out"),
        ("note", "no category has 10 levels: the categorical embedding is left out"),
    ]


def test_without_these_keys_nothing_is_different(config: Dict[str, Any]) -> None:
    for key in ALL:
        del config["network"][key]
    run = fcnn.train({**config, "training": {**config["training"], "epochs": 1}}, run_dir="plain")
    assert "front" not in json.loads((run.folder / "data.json").read_text(encoding="utf-8"))["network"]
    assert list(run.model.arrays) == ["00/kernel", "00/bias", "01/kernel", "01/bias"]


# --- runs -------------------------------------------------------------------------------------------------------------


def test_keras_and_numpy_predict_the_same_and_everything_has_learnt(whole: Any, shared: Any) -> None:
    x = np.vstack([part.x for part in prepare_job(read_request(shared[1])).dataset.parts.values()])
    np.testing.assert_allclose(whole.model.output(x), whole.keras_output(x), rtol=0, atol=1e-5)
    scale = whole.model.arrays["input_scale/scale"]
    assert 1e-3 < np.abs(scale - 1).max() < 1
    assert whole.metrics["parameters"] == sum(array.size for array in whole.model.arrays.values())


class Killed(Reporter):
    """Ends a run in its third epoch."""

    def epoch(self, row: Any, best_epoch: int) -> None:
        """End it."""
        super().epoch(row, best_epoch)
        if row["epoch"] == 3:
            raise KeyboardInterrupt


def test_a_run_that_was_killed_goes_on_to_the_same_bits(
    whole: Any, config: Dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "PAUSE", 0)
    with pytest.raises(KeyboardInterrupt):
        fcnn.train(config, run_dir="killed", reporter=Killed())
    assert bits(fcnn.train(resume="killed")) == bits(whole)


def test_rows_on_the_disk_give_the_same_bits(
    config: Dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config["network"]["numeric_embedding"] = "piecewise_linear"
    config["training"]["epochs"] = 2
    memory = fcnn.train(config, run_dir="memory")

    def stored(dataset: Dataset) -> Dataset:
        parts = {}
        for name, part in dataset.parts.items():
            np.asarray(part.x).astype("<f4").tofile(str(tmp_path / name))
            parts[name] = replace(part, x=StoredMatrix(tmp_path / name, part.x.shape[1]))
        return replace(dataset, parts=parts)

    in_memory = prepare.with_dataset
    monkeypatch.setattr(prepare, "with_dataset", lambda request, dataset: in_memory(request, stored(dataset)))
    assert bits(fcnn.train(config, run_dir="disk")) == bits(memory)


def test_a_training_starts_from_the_weights_of_another_whatever_the_factors(whole: Any, config: Dict[str, Any]) -> None:
    config["training"].update(
        initial_weights=str(whole.folder), epochs=1, optimizer={"name": "adam", "learning_rate": 1e-12}
    )
    config["network"]["learning_rate_factors"] = {}
    run = fcnn.train(config, run_dir="warm")
    for name, array in whole.model.arrays.items():
        np.testing.assert_allclose(run.model.arrays[name], array, rtol=3e-7, atol=1e-9, err_msg=name)
    config["network"]["numeric_embedding"] = {"name": "periodic", "frequencies": 6, "units": 4}
    with pytest.raises(ConfigError, match="other shapes") as caught:
        fcnn.train(config, run_dir="cold")
    (problem,) = caught.value.problems
    assert problem.received == (
        "25 -> 37 numeric_embedding -> 25 categorical_embedding -> 25 input_scale -> 12 relu -> 1 linear"
    )


def test_several_trainings_share_what_is_compiled(config: Dict[str, Any]) -> None:
    config["training"]["epochs"] = 1
    run = fcnn.train(config, run_dir="seeds", seeds=2)
    assert len(run.metrics["repeats"]["members"]) == 2


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_a_job_in_one_line_tells_what_stands_before_the_first_layer(shared: Any) -> None:
    line = describe(prepare_job(read_request(shared[1])))
    assert "network 25 -> 37 numeric_embedding -> 25 categorical_embedding -> 25 input_scale -> 12 relu" in line


def test_a_trace_shows_what_the_first_layer_gets_and_its_gradients_are_right(whole: Any) -> None:
    traced = trace(whole, 3)
    assert traced.comparison is not None
    named = {(each.layer, each.name) for each in traced.comparison.differences}
    assert {(0, "e"), (0, "dL/de"), (1, "dL/dkernel")} <= named
    assert traced.comparison.relative < 1e-4
    assert max(each.difference for each in traced.checked) < 1e-8
    (table,) = [block for block in story(traced, TERMINAL) if isinstance(block, Table) and "e[i]" in block.headings]
    assert [row[1] for row in table.rows][:3] == ["size", "sold (days)", "sold (year)"]
    assert document(traced)["embedded"][-1]["name"] == "city [2]"
    assert len(document(traced)["embedded"]) == whole.record.network.width


def test_a_numeric_embedding_without_layers_is_no_linear_model_and_its_importances_are_right(
    config: Dict[str, Any],
) -> None:
    config["report"]["importance"] = True
    config["data"]["features"] = ["size", "new", "city"]
    config["network"]["layers"] = []
    config["network"]["numeric_embedding"] = {"name": "piecewise_linear", "bins": 12}
    config["training"].update(epochs=30, optimizer={"name": "adam", "learning_rate": 0.03})
    run = fcnn.train(config, run_dir="importance")
    scores = {name: run.metrics["baselines"][name]["validation"]["r2"] for name in ("mean", "ridge")}
    assert run.metrics["validation"]["r2"] > max(scores.values()) + 0.1
    assert "linear regression" not in (run.folder / "log.txt").read_text(encoding="utf-8")
    with (run.folder / "importance.csv").open(encoding="utf-8", newline="") as file:
        measured = {
            row["feature"]: [float(row[f"repeat_{number}"]) for number in range(1, 6)] for row in csv.DictReader(file)
        }
    assert next(iter(measured)) == "size"
    part, target = prepare_job(read_request(config)).dataset.parts["test"], run.record.target

    def error(x: np.ndarray) -> float:
        return float(np.sqrt(((target.unscale(run.model.output(x)[:, 0]) - part.y_raw) ** 2).mean()))

    for place in run.record.preprocessing.places:
        increases = []
        for order in shufflings(len(part.x), 5, config.get("seed", 42)):
            shuffled = part.x.copy()
            shuffled[:, place.start : place.end] = part.x[order, place.start : place.end]
            increases.append(error(shuffled) - error(part.x))
        assert measured[place.state.name] == pytest.approx(increases, rel=1e-3, abs=1e-4)


def test_the_report_and_the_picture_tell_what_stands_before_the_first_layer(
    whole: Any, capsys: pytest.CaptureFixture
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", str(whole.folder)])
    assert ended.value.code == 0
    capsys.readouterr()
    page = (whole.folder / "report.html").read_text(encoding="utf-8")
    assert "periodic embedding" in page
    assert "of 6 numbers" in page
    assert "6·(2·6 + (6+1)·2)" in page


def test_the_picture_of_the_network_counts_what_stands_before_the_first_layer(whole: Any, tmp_path: Path) -> None:
    network = whole.record.network
    front = as_plain(network.front, network.inputs)
    layers = msgspec.to_builtins(network.layers)
    columns = network_columns(network.inputs, layers, front)
    assert [(column.units, column.parameters) for column in columns[:4]] == [(25, 0), (37, 156), (25, 28), (25, 25)]
    assert columns[1].captions == ["periodic", "6*(2*6 + (6+1)*2)", "= 156"]
    assert sum(column.parameters for column in columns) == network.trainable_parameters
    network_diagram(network.inputs, layers, ["price"], tmp_path / "network.png", front)
    assert (tmp_path / "network.png").stat().st_size > 5_000


@pytest.mark.parametrize("kind", ["keras", "script"])
def test_what_a_format_cannot_hold_is_refused_with_those_that_can(whole: Any, kind: str, tmp_path: Path) -> None:
    from fcnn.network.backend import KERAS_FILE

    output = tmp_path / ("model" + {"keras": KERAS_FILE, "script": ".py"}[kind])
    with pytest.raises(RunError) as caught:
        export_run(str(whole.folder), kind, output)
    assert [problem.hint for problem in caught.value.problems][:1] == ["formats that can: savedmodel, onnx, numpy"]
    assert not output.exists()
