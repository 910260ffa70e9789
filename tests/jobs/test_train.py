"""Keys of the config that change what a training does, each seen in what comes out."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.errors import ConfigError, RunError, TrainingError
from fcnn.files import read_json


def test_balanced_class_weights_find_more_of_the_rare_class(rare) -> None:
    plain, balanced = (fcnn.train(rare, [f"training.class_weight={value}"]) for value in ("null", "balanced"))
    recalls = [run.metrics["per_class"]["test"]["yes"]["recall"] for run in (plain, balanced)]
    assert recalls[1] > recalls[0] + 0.3
    by_name = fcnn.train(rare, ["training.class_weight={yes: 5, no: 0.5555555820465088}"])
    np.testing.assert_allclose(by_name.model.arrays["00/kernel"], balanced.model.arrays["00/kernel"], atol=1e-5)


def test_rows_of_weight_0_are_not_learnt_from(rare) -> None:
    lines = Path("rare.csv").read_text(encoding="utf-8").splitlines()
    weighted = [f"{line},{int(not line.endswith('yes') or index % 2)}" for index, line in enumerate(lines[1:])]
    Path("rare.csv").write_text("\n".join([f"{lines[0]},w", *weighted, ""]), encoding="utf-8")
    ones = fcnn.train(rare, ["data.drop=[w]"])
    some = fcnn.train(rare, ["data.weight=w"])
    assert some.record.feature_names == ones.record.feature_names == ["a", "b"]
    assert not np.allclose(some.model.arrays["00/kernel"], ones.model.arrays["00/kernel"])
    assert some.metrics["per_class"]["test"]["yes"]["support"] < ones.metrics["per_class"]["test"]["yes"]["support"]


def test_plots_can_be_turned_off_and_on(rare) -> None:
    off = fcnn.train(rare, ["training.epochs=1"])
    on = fcnn.train(rare, ["training.epochs=1", "run.plots=true"])
    assert not (off.folder / "plots").exists()
    assert sorted(path.name for path in (on.folder / "plots").iterdir()) == [
        "confusion_matrix.png", "decision_surface.png", "diagnostics.png", "importance.png", "learning_curves.png",
        "network.png", "precision_recall.png", "roc.png",
    ]  # fmt: skip


def test_a_regression_has_plots_of_its_own(rare) -> None:
    run = fcnn.train(rare, ["data.target=b", "data.task=regression", "training.epochs=1", "run.plots=true"])
    assert sorted(path.name for path in (run.folder / "plots").iterdir()) == [
        "decision_surface.png", "diagnostics.png", "importance.png", "learning_curves.png", "network.png",
        "predicted_against_true.png", "residuals.png",
    ]  # fmt: skip


def test_no_hidden_layer_is_logistic_regression_and_said_so(rare) -> None:
    run = fcnn.train(rare, ["network.layers=[]", "training.epochs=1"])
    assert list(run.model.arrays) == ["00/kernel", "00/bias"]
    log = (run.folder / "log.txt").read_text(encoding="utf-8")
    assert "note: override 'network.layers=[]': without a hidden layer this is logistic or linear regression\n" in log


def test_a_warm_start_begins_with_the_weights_of_the_run(rare) -> None:
    first = fcnn.train(rare)
    options = ["training.epochs=1", "training.optimizer={name: sgd, learning_rate: 1e-7}"]
    for text in (first.folder.name, str(first.folder), "latest"):
        warm = fcnn.train(rare, [f"training.initial_weights={text}", *options])
        np.testing.assert_allclose(warm.model.arrays["00/kernel"], first.model.arrays["00/kernel"], atol=1e-5)
        assert warm.config.training.initial_weights is not None
        assert Path(warm.config.training.initial_weights).is_absolute()


def test_latest_is_looked_for_where_the_runs_go_and_written_down_as_the_run_it_meant(rare) -> None:
    rare["run"]["dir"] = "elsewhere"
    first = fcnn.train(rare, ["training.epochs=1"])
    warm = fcnn.train(rare, ["training.epochs=1", "training.initial_weights=latest"])
    assert warm.config.training.initial_weights == str(first.folder)
    again = fcnn.train(warm.folder / "config.yaml")
    assert (again.folder / "weights.npz").read_bytes() == (warm.folder / "weights.npz").read_bytes()


def test_a_warm_start_that_cannot_be_is_refused(rare) -> None:
    first = fcnn.train(rare, ["training.epochs=1"])
    with pytest.raises(ConfigError) as raised:
        fcnn.train(rare, ["network.layers=[9]", "training.initial_weights=latest"])
    assert str(raised.value) == (
        "override 'training.initial_weights=latest': the network of that run has other shapes than this config's\n"
        "  expected: 2 -> 9 relu -> 1 sigmoid\n"
        "  received: 2 -> 8 relu -> 1 sigmoid"
    )
    (first.folder / "weights.npz").write_bytes(b"")
    with pytest.raises(RunError, match=r"weights\.npz: is not the file that was written"):
        fcnn.train(rare, ["training.initial_weights=latest"])
    assert [path.name for path in Path("runs").iterdir()] == [first.folder.name]


PROGRAM = """
import sys, fcnn
run = fcnn.train(sys.argv[1], ["training.threads=1", "training.epochs=2"], run_dir="one")
from fcnn.network.backend import tf
print(tf.config.threading.get_intra_op_parallelism_threads())
"""


def test_threads_limit_what_tensorflow_uses(rare) -> None:
    import json
    import os

    Path("rare.yaml").write_text(json.dumps(rare), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(fcnn.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "rare.yaml"], env=environment, stdout=subprocess.PIPE, check=True
    )
    assert done.stdout == b"1\n"
    assert read_json("one/metrics.json")["epochs"] == 2


def test_threads_that_come_too_late_do_not_end_the_training(rare) -> None:
    for threads in (1, 2):
        assert fcnn.train(rare, [f"training.threads={threads}", "training.epochs=1"]).metrics["epochs"] == 1


def test_a_network_that_does_not_fit_into_memory_is_a_clear_error(rare, monkeypatch) -> None:
    rare["network"]["layers"] = [2_000_000, 2_000_000]
    with pytest.raises(ConfigError, match=r"the network needs about 128000\.3 GB of memory, and"):
        fcnn.train(rare)
    monkeypatch.setattr("fcnn.data.memory.available_memory", lambda: 1e15)  # an estimate may be wrong
    with pytest.raises(TrainingError) as raised:
        fcnn.train(rare)
    (problem,) = raised.value.problems
    assert problem.message == "not enough memory to train 4,000,010,000,001 weights, 1.6e+04 GB and several times that"
    assert list(Path("runs").iterdir()) == []


def test_a_linear_network_is_not_compared_with_a_linear_model(rare) -> None:
    rare["network"]["layers"] = []
    run = fcnn.train(rare, ["training.epochs=2"])
    assert "logistic_regression" in run.metrics["baselines"]
    assert [verdict for verdict in run.metrics["verdicts"] if "regression" in verdict["message"]] == []
