"""Verdicts on real trainings: each trouble is told, and what the verdict proposes, run as it stands, really helps."""

import math

import numpy as np
import pytest
from sklearn.datasets import make_moons

import fcnn
from fcnn.data.said_again import read_back

SIGMOID = ", ".join(["{units: 32, activation: sigmoid}"] * 10)
LONG = ["training.epochs=30", "training.optimizer.learning_rate=1e-2"]
TROUBLES = {
    "vanishing_gradients": ("digits", [f"network.layers=[{SIGMOID}]"]),
    "dead_units": ("digits", ["training.optimizer.learning_rate=1"]),
    "saturated_units": (
        "digits",
        ["network.layers=[{units: 32, activation: tanh}]", "training.optimizer.learning_rate=1"],
    ),
    "exploding_gradients": (
        "digits",
        ["network.layers=[" + ", ".join(["{units: 32, kernel_initializer: ones}"] * 4) + "]"],
    ),
    "learning_rate_too_high": (
        "digits",
        ["network.layers=[{units: 32, activation: leaky_relu}]", "training.optimizer.learning_rate=0.3"],
    ),
    "learning_rate_too_low": ("digits", ["training.optimizer.learning_rate=1e-6"]),
    "plateau": (
        "digits",
        ["network.layers=[" + ", ".join(["{units: 32, activation: tanh, kernel_initializer: zeros}"] * 2) + "]"],
    ),
    "underfitting": (
        "digits",
        ["network.layers=[2]", "training.epochs=40", "training.optimizer.learning_rate=1e-2"],
    ),
    "linear_stack": (
        "moons",
        ["network.layers=[{units: 16, activation: linear}, {units: 32, activation: linear}]", *LONG],
    ),
    "still_improving": ("digits", ["training.epochs=6"]),
}
"""Kind of verdict -> the table, and what makes a training that suffers from it."""
HELD_BACK = ", ".join(["{units: 8, l1: 0.3}"] * 2)
BEATEN = {
    "worse_than_linear": ("sums", ["network.layers=[16]", *LONG]),
    "no_better_than_linear": ("signs", ["network.layers=[32]", *LONG]),
    "no_better_than_baseline": (
        "sums",
        [f"network.layers=[{HELD_BACK}]", "training.epochs=15", "training.optimizer.learning_rate=1e-2"],
    ),
}
"""The same, of networks that a linear model does better than: on tables of which it knows all that is to be known."""
STANDS_STILL = {
    "wavering": (
        "coins",
        [
            "network.layers=[{units: 4, activation: leaky_relu}]",
            "training.epochs=60",
            "training.optimizer.learning_rate=0.3",
        ],
    ),
    "done": ("sums", ["network.layers=[]", "training.epochs=60", "training.optimizer.learning_rate=1e-2"]),
}
"""Trainings that go on for long without getting anywhere."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory, shipped):
    """The folder of two tables; the digits are every third one that ships."""
    folder = tmp_path_factory.mktemp("tables")
    rows = shipped("digits").read_text(encoding="utf-8").splitlines()
    (folder / "digits.csv").write_text("\n".join([rows[0], *rows[1::3], ""]), encoding="utf-8")
    x, y = make_moons(300, noise=0.12, random_state=0)
    lines = [f"{a!r},{b!r},{['no', 'yes'][label]}" for (a, b), label in zip(x.tolist(), y.tolist())]
    (folder / "moons.csv").write_text("\n".join(["a,b,y", *lines, ""]), encoding="utf-8")
    write_linear(folder / "sums.csv", rows=400, columns=6, noise=0.5)
    write_linear(folder / "signs.csv", rows=300, columns=30, noise=0.3)
    write_linear(folder / "coins.csv", rows=1500, columns=6, noise=0.5)
    return folder


def write_linear(path, rows, columns, noise):
    """A weighted sum of columns plus noise, or its sign."""
    random = np.random.default_rng(0)
    x, weights = random.standard_normal((rows, columns)), random.standard_normal(columns)
    y = x @ weights / np.linalg.norm(weights) + noise * random.standard_normal(rows)
    cells = [repr(value) if path.stem == "sums" else ["no", "yes"][int(value > 0)] for value in y.tolist()]
    lines = [",".join([*map(repr, row), cell]) for row, cell in zip(x.round(4).tolist(), cells)]
    header = ",".join([*(f"x{number}" for number in range(columns)), "y"])
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")


@pytest.fixture(scope="module")
def trained(tables):
    """Train on one of the tables: ``trained("digits", [...])``; equal ones are trained once."""
    runs = {}

    def train(table, overrides=()):
        key = (table, *overrides)
        if key not in runs:
            target = "digit" if table == "digits" else "y"
            config = {
                "data": {"path": str(tables / f"{table}.csv"), "target": target, "task": "auto"},
                "network": {"layers": [32, 32]},
                "training": {
                    "epochs": 12, "batch_size": 32, "early_stopping": None, "compile": "graph",
                    "optimizer": {"name": "adam", "learning_rate": 1e-3},
                },
                "run": {"plots": False, "dir": str(tables / "runs")},
            }  # fmt: skip
            if table == "digits":
                config["data"]["task"] = "multiclass"
            runs[key] = fcnn.train(config, overrides, run_dir=tables / f"run{len(runs)}")
        return runs[key]

    return train


def kinds(run):
    return [verdict["kind"] for verdict in run.metrics["verdicts"]]


def found(run, kind):
    (verdict,) = [verdict for verdict in run.metrics["verdicts"] if verdict["kind"] == kind]
    return verdict


@pytest.mark.parametrize("kind", TROUBLES)
def test_a_trouble_is_told_and_its_remedy_helps(trained, kind):
    table, overrides = TROUBLES[kind]
    ill = trained(table, overrides)
    verdict = found(ill, kind)
    assert verdict["remedy"]
    assert verdict["evidence"]
    assert all(math.isfinite(value) for value in verdict["evidence"].values())
    assert str(read_back(verdict["said"]).message) == verdict["message"]
    healed = trained(table, [*overrides, *verdict["remedy"]])
    assert kind not in kinds(healed) or kind == "still_improving"
    before, after = ill.metrics["test"], healed.metrics["test"]
    assert after["log_loss"] < 0.8 * before["log_loss"]
    assert after["accuracy"] >= before["accuracy"] + 0.05


@pytest.mark.parametrize("kind", BEATEN)
def test_a_network_that_a_linear_model_beats_is_better_without_its_layers(trained, kind):
    table, overrides = BEATEN[kind]
    ill = trained(table, overrides)
    verdict = found(ill, kind)
    assert verdict["remedy"] == ["network.layers=[]"]
    metric = "roc_auc" if table == "signs" else "rmse"
    assert verdict["evidence"][metric] == ill.metrics["test"][metric]
    healed = trained(table, [*overrides, *verdict["remedy"]])
    assert not set(kinds(healed)) & set(BEATEN)
    before, after = ill.metrics["test"], healed.metrics["test"]
    if table == "sums":
        assert after["rmse"] < 0.9 * before["rmse"]
    else:
        assert after["log_loss"] < 0.9 * before["log_loss"]
        assert after["roc_auc"] > before["roc_auc"]


def test_a_loss_that_wavers_for_long_gets_deeper_with_smaller_steps(trained):
    table, overrides = STANDS_STILL["wavering"]
    ill = trained(table, overrides)
    verdict = found(ill, "late_plateau")
    assert verdict["remedy"] == ["training.learning_rate_schedule=cosine"]
    healed = trained(table, [*overrides, *verdict["remedy"]])
    assert "late_plateau" not in kinds(healed)
    assert healed.history["loss"][-1] < 0.95 * min(ill.history["loss"][30:])
    assert healed.metrics["test"]["log_loss"] < ill.metrics["test"]["log_loss"]


def test_a_loss_that_is_as_low_as_it_gets_is_reached_in_fewer_epochs(trained):
    table, overrides = STANDS_STILL["done"]
    ill = trained(table, overrides)
    verdict = found(ill, "late_plateau")
    assert verdict["remedy"] == ["training.early_stopping.patience=10"]
    healed = trained(table, [*overrides, *verdict["remedy"]])
    assert kinds(healed) == []
    assert healed.metrics["epochs"] < 50
    assert healed.metrics["test"]["rmse"] < 1.01 * ill.metrics["test"]["rmse"]


def test_a_linear_stack_is_told_with_what_multiplying_it_out_found(trained):
    run = trained(*TROUBLES["linear_stack"])
    evidence, one = found(run, "linear_stack")["evidence"], run.metrics["linear_collapse"]
    assert (evidence["hidden_layers"], evidence["parameters"], evidence["one_layer_parameters"]) == (2, 625, 3)
    assert evidence["largest_difference"] == one["largest_difference"] < 1e-5
    assert evidence["one_layer_accuracy"] == one["one_layer"]["accuracy"]
    assert evidence["network_accuracy"] == run.metrics["test"]["accuracy"]


@pytest.mark.parametrize("table", ["digits", "moons"])
def test_a_network_that_learns_is_told_of_none_of_them(trained, table):
    run = trained(table, ["training.epochs=25"] if table == "digits" else LONG)
    assert not set(kinds(run)) & ({*TROUBLES, "late_plateau"} - {"still_improving"})
    assert run.metrics["test"]["accuracy"] > 0.9


def test_findings_do_not_contradict_each_other(trained):
    for table, overrides in {**TROUBLES, **BEATEN, **STANDS_STILL}.values():
        verdicts = trained(table, overrides).metrics["verdicts"]
        with_remedy = [verdict["kind"] for verdict in verdicts if verdict["remedy"]]
        assert len(with_remedy) == 1, (table, overrides, with_remedy)


def test_ten_layers_of_sigmoid_are_told_in_numbers(trained):
    table, overrides = TROUBLES["vanishing_gradients"]
    run = trained(table, overrides)
    verdict = found(run, "vanishing_gradients")
    assert verdict["message"].startswith("vanishing gradients: the first layer receives 1/")
    assert verdict["message"].endswith("through 10 layers of sigmoid")
    assert verdict["remedy"] == ["network.layers=[" + ", ".join(["32"] * 10) + "]"]
    assert verdict["evidence"]["first_to_last"] < 1e-3
    columns = run.diagnostics
    first = columns["gradient_norm"][:11]
    assert columns["layer"][:11] == list(range(1, 12))
    assert first[0] < 1e-3 * first[9]
    assert all(value == 0.0 or math.isnan(value) for value in columns["saturated_share"])


def test_dead_units_are_told_with_layer_share_and_epoch(trained):
    table, overrides = TROUBLES["dead_units"]
    verdict = found(trained(table, overrides), "dead_units")
    assert verdict["evidence"]["dead_share"] >= 0.4
    assert verdict["remedy"] == ["training.optimizer.learning_rate=0.001"]


def test_overfitting_is_told_and_dropout_helps(tables, shipped):
    config = {
        "data": {"path": str(shipped("diabetes")), "target": "progression"},
        "network": {"layers": [128, 128]},
        "training": {"epochs": 40, "batch_size": 32, "early_stopping": None, "compile": "graph",
                     "optimizer": {"name": "adam", "learning_rate": 2e-3}},
        "run": {"plots": False},
    }  # fmt: skip
    ill = fcnn.train(config, run_dir=tables / "ill")
    verdict = found(ill, "overfitting")
    assert verdict["remedy"] == ["network.layers=[{units: 128, dropout: 0.3}, {units: 128, dropout: 0.3}]"]
    assert verdict["evidence"]["epoch"] == ill.metrics["best_epoch"] + 1
    healed = fcnn.train(config, verdict["remedy"], run_dir=tables / "healed")
    assert healed.history["val_loss"][-1] < ill.history["val_loss"][-1]
    assert healed.metrics["test"]["r2"] > ill.metrics["test"]["r2"]


def test_a_rare_class_that_is_never_predicted_gets_its_weight(rare):
    rare["training"] = {**rare["training"], "epochs": 25}
    ill = fcnn.train(rare, run_dir="ill")
    verdict = found(ill, "class_never_predicted")
    assert verdict["remedy"] == ["training.class_weight=balanced"]
    healed = fcnn.train(rare, verdict["remedy"], run_dir="healed")
    assert "class_never_predicted" not in kinds(healed)
    assert healed.metrics["test"]["balanced_accuracy"] > ill.metrics["test"]["balanced_accuracy"]


def test_noise_is_told_to_be_noise(tables):
    generator = np.random.default_rng(0)
    lines = [f"{a!r},{b!r},{generator.integers(2)}" for a, b in generator.standard_normal((200, 2)).tolist()]
    (tables / "noise.csv").write_text("\n".join(["a,b,y", *lines, ""]), encoding="utf-8")
    config = {
        "data": {"path": str(tables / "noise.csv"), "target": "y"},
        "network": {"layers": [4]},
        "training": {"epochs": 8, "early_stopping": None, "compile": "graph"},
        "run": {"plots": False},
    }
    run = fcnn.train(config, run_dir=tables / "noise")
    assert {"no_better_than_baseline", "no_better_than_linear", "worse_than_linear"} & set(kinds(run))
