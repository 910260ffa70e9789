"""Whole runs whose weights are learnt with factors, with parametric activations and a clipped output."""

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict

import numpy as np
import pandas as pd
import pytest

import fcnn
from fcnn.data.parts import Dataset
from fcnn.data.stored import StoredMatrix
from fcnn.errors import ConfigError
from fcnn.files import read_json
from fcnn.inference.network import forward
from fcnn.insight.passes import forward_pass
from fcnn.jobs import prepare
from fcnn.jobs.prepare import prepare_job, read_request
from fcnn.jobs.reporter import Reporter
from fcnn.training import saving

EPOCHS = 5


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A config for 240 rows of a quantity, and its folder."""
    folder, random = tmp_path_factory.mktemp("shared"), np.random.default_rng(0)
    frame = pd.DataFrame({"a": random.normal(size=240), "b": random.uniform(0, 3, 240), "c": list("xyz") * 80})
    frame["y"] = (100 + 20 * frame["a"] ** 2 - 9 * frame["b"] + random.normal(size=240)).round(3)
    frame.to_csv(str(folder / "table.csv"), index=False)
    start = {"bias_initializer": {"name": "random_normal", "stddev": 1.0}}
    first, second = ({"units": 12, "activation": {"name": "mish", "parametric": True}, **start} for _ in range(2))
    config = {
        "data": {"path": str(folder / "table.csv"), "target": "y"},
        "network": {
            "parametrization": "ntk",
            "learning_rate_factors": {"bias": 0.1, "activation": 0.1},
            "layers": [first, {**second, "dropout": 0.2, "l2": 0.001}],
            "output": {"kernel_initializer": "zeros", "clip": True},
        },
        "training": {
            "epochs": EPOCHS, "batch_size": 64, "compile": "eager", "early_stopping": None,
            "optimizer": {"name": "adam", "learning_rate": 0.07},
        },
        "run": {"plots": False, "dir": str(folder)},
        "report": {"importance": False},
    }  # fmt: skip
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


def bits(run: Any) -> Any:
    return [(run.folder / name).read_bytes() for name in ("weights.npz", "data.json", "diagnostics.csv")]


def test_the_range_of_the_training_targets_is_kept_and_nothing_is_predicted_beyond_it(whole: Any, shared: Any) -> None:
    part = prepare_job(read_request(shared[1])).dataset.parts["train"]
    network = read_json(whole.folder / "data.json")["network"]
    assert network["clip"] == [part.y.min(), part.y.max()]
    assert [layer.get("parametric") for layer in network["layers"]] == [True, True, None]
    far = pd.DataFrame({"a": [-40.0, 0, 40], "b": [0.0, 1, 2], "c": list("xyz")})
    found = whole.predict(far)["prediction"].to_numpy()
    low, high = part.y_raw.min(), part.y_raw.max()
    assert found[[0, 2]].tolist() == pytest.approx([high, high], rel=1e-6)
    assert low + 1 < found[1] < high - 1


def test_keras_and_numpy_predict_the_same_with_the_effective_weights(whole: Any, shared: Any) -> None:
    x = np.vstack([part.x for part in prepare_job(read_request(shared[1])).dataset.parts.values()]) * 3
    expected = whole.keras_output(x)
    assert expected.max() == np.float32(whole.record.network.clip[1]) > expected.mean()
    np.testing.assert_allclose(whole.model.output(x), expected, rtol=0, atol=1e-5)
    assert np.abs(whole.model.arrays["00/bias"]).max() > 1  # they started so, and hardly moved
    assert 1e-4 < np.abs(whole.model.arrays["01/activation_weight"] - 1).max() < 0.5


def test_what_is_measured_of_the_layers_is_that_of_the_effective_weights(whole: Any, shared: Any) -> None:
    part = prepare_job(read_request(shared[1])).dataset.parts["train"]
    passes = forward_pass(whole.record.network, whole.model.arrays, part.x, np.float32)
    measured = whole.diagnostics
    rows = [row for row, epoch in enumerate(measured["epoch"]) if epoch == whole.metrics["best_epoch"]]
    assert [measured["activation_std"][row] for row in rows] == pytest.approx(
        [float(each.a.std()) for each in passes], rel=0.05
    )
    assert len(rows) == 3


def test_the_report_counts_all_weights_and_says_what_is_learnt_and_clipped(whole: Any) -> None:
    page = (whole.folder / "report.html").read_text(encoding="utf-8")
    assert "(5+1)·12 + 12 + (12+1)·12 + 12 + (12+1)·1 = 265 parameters" in page
    assert page.count("a learnt weight for each activation") == 2
    assert page.count("clipped to the range of the training targets") == 1
    assert whole.metrics["parameters"] == 265


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
    assert bits(fcnn.train(resume="killed"))[0] == bits(whole)[0]


def test_a_training_starts_from_the_effective_weights_of_another(whole: Any, config: Dict[str, Any]) -> None:
    config["training"].update(initial_weights=str(whole.folder), epochs=1, optimizer={"name": "adam"})
    config["training"]["optimizer"]["learning_rate"] = 1e-12
    for network in ({}, {"parametrization": "standard", "learning_rate_factors": {}}):
        config["network"].update(network)
        run = fcnn.train(config, run_dir=f"warm-{len(network)}")
        for name, array in whole.model.arrays.items():
            np.testing.assert_allclose(run.model.arrays[name], array, rtol=3e-7, atol=1e-9, err_msg=name)
    del config["network"]["layers"][0]["activation"]["parametric"]
    with pytest.raises(ConfigError, match="other shapes") as caught:
        fcnn.train(config, run_dir="cold")
    (problem,) = caught.value.problems
    assert problem.expected == "5 -> 12 mish -> 12 parametric mish -> 1 linear"
    assert problem.received == "5 -> 12 parametric mish -> 12 parametric mish -> 1 linear"


def test_rows_on_the_disk_give_the_same_bits(
    whole: Any, config: Dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stored(dataset: Dataset) -> Dataset:
        parts = {}
        for name, part in dataset.parts.items():
            np.asarray(part.x).astype("<f4").tofile(str(tmp_path / name))
            parts[name] = replace(part, x=StoredMatrix(tmp_path / name, part.x.shape[1]))
        return replace(dataset, parts=parts)

    in_memory = prepare.with_dataset
    monkeypatch.setattr(prepare, "with_dataset", lambda request, dataset: in_memory(request, stored(dataset)))
    run = fcnn.train(config, run_dir="disk")
    assert bits(run) == bits(whole)
    assert run.record.network.clip is not None


def test_each_fold_is_clipped_to_the_range_of_its_own_training_rows(config: Dict[str, Any]) -> None:
    config["training"]["epochs"] = 2
    run = fcnn.train(config, run_dir="folds", folds=2)
    assert len(run.metrics["repeats"]["members"]) == 2
    low, high = run.record.network.clip
    x = np.random.default_rng(0).normal(0, 30, (50, 5)).astype(np.float32)
    found = forward(run.record.network, run.model.arrays, x)
    assert (found.min(), found.max()) == (np.float32(low), np.float32(high))


def test_a_class_cannot_be_clipped(config: Dict[str, Any]) -> None:
    config["data"]["target"] = "c"
    with pytest.raises(ConfigError, match="`clip` is for the numbers of a regression, and the task is multiclass"):
        prepare_job(read_request(config))
