"""`fcnn train`: the run folder, the streams, the options."""

import csv
import json
import re
from pathlib import Path

import pytest

from fcnn.files import read_json, sha256

FILES = {
    "config.yaml",
    "data.json",
    "environment.json",
    "diagnostics.csv",
    "history.csv",
    "importance.csv",
    "log.txt",
    "metrics.json",
    "plots",
    "predictions.csv",
    "receipt.json",
    "report.html",
    "weights.npz",
}
PLOTS = {
    "confusion_matrix.png",
    "decision_surface.png",
    "diagnostics.png",
    "importance.png",
    "learning_curves.png",
    "network.png",
    "precision_recall.png",
    "roc.png",
}


def test_the_run_folder_has_exactly_these_files(trained) -> None:
    assert {path.name for path in trained.folder.iterdir()} == FILES
    assert {path.name for path in (trained.folder / "plots").iterdir()} == PLOTS
    assert all(path.stat().st_size > 5000 for path in (trained.folder / "plots").iterdir())


def test_the_run_folder_is_named_by_config_and_time_and_nothing_is_left_beside_it(trained) -> None:
    assert re.fullmatch(r"penguins-\d{8}T\d{6}Z", trained.folder.name)
    assert list((trained.cwd / "runs").iterdir()) == [trained.folder]


def test_stdout_has_the_results_and_ends_with_the_run_folder(trained) -> None:
    lines = trained.out.splitlines()
    assert "test" in lines[1]
    assert "network" in lines[1]
    assert "logistic regression" in lines[1]
    assert re.fullmatch(r"all epochs done; epoch \d+ of 12 kept; \d+\.\d s", lines[-2])
    assert Path(lines[-1]).is_dir()
    assert "epoch 1 " not in trained.out


def test_progress_goes_to_stderr_in_plain_lines(trained) -> None:
    lines = trained.err.splitlines()
    assert lines[0] == (
        "note: 5 columns have no value in some training rows, and usual ones stand in: 'bill_length_mm', "
        "'bill_depth_mm', 'flipper_length_mm', ..."
    )
    assert lines[1] == (
        "multiclass: 240 train, 52 validation, 52 test rows; network 17 -> 64 relu -> 32 tanh -> 3 softmax, "
        "3,331 parameters"
    )
    epochs = [line for line in lines if line.startswith("epoch ")]
    assert [int(line.split()[1]) for line in epochs] == list(range(1, 13))
    assert re.fullmatch(r"epoch 1  loss \S+  accuracy \S+  val_loss \S+  val_accuracy \S+  best 1", epochs[0])
    assert "\x1b" not in trained.err
    assert "\r" not in trained.err


def test_what_tensorflow_says_is_in_the_log_and_not_on_the_screen(trained) -> None:
    log = (trained.folder / "log.txt").read_text(encoding="utf-8")
    chatter = re.compile(r"oneDNN|oneAPI|cpu_feature_guard")
    assert chatter.search(log)
    assert not chatter.search(trained.err + trained.out)
    for line in trained.err.splitlines():
        assert line in log
    assert re.search(r"^finished: kept epoch \d+; test  accuracy \S+", log, re.MULTILINE)


def test_the_history_has_a_row_an_epoch(trained) -> None:
    with (trained.folder / "history.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate", "seconds"]
    assert [row["epoch"] for row in rows] == [str(epoch) for epoch in range(1, 13)]
    best = min(rows, key=lambda row: float(row["val_loss"]))
    assert read_json(trained.folder / "metrics.json")["best_epoch"] == int(best["epoch"])


def test_the_metrics_are_complete(trained) -> None:
    metrics = read_json(trained.folder / "metrics.json")
    assert list(metrics) == [
        "task", "train", "validation", "test", "scored_rows", "confidence", "baselines", "per_class",
        "confusion_matrix", "importance", "verdicts", "parameters", "epochs", "best_epoch", "stopped",
        "numpy_difference", "seconds",
    ]  # fmt: skip
    assert list(metrics["test"]) == ["accuracy", "balanced_accuracy", "f1_macro", "log_loss", "roc_auc"]
    assert metrics["test"]["accuracy"] >= 0.9
    assert set(metrics["baselines"]) == {"majority", "logistic_regression"}
    assert set(metrics["baselines"]["majority"]) == {"train", "validation", "test"}
    assert list(metrics["per_class"]["test"]) == ["Adelie", "Chinstrap", "Gentoo"]
    assert sum(map(sum, metrics["confusion_matrix"]["test"])) == 52
    assert (metrics["task"], metrics["stopped"], metrics["epochs"]) == ("multiclass", "finished", 12)
    assert metrics["numpy_difference"] < 1e-5


def test_the_data_record_traces_the_rows_to_the_file(trained, root) -> None:
    data = read_json(trained.folder / "data.json")
    table = root / "data" / "penguins.csv"
    assert data["files"] == [{"path": str(table), "bytes": table.stat().st_size, "sha256": sha256(table)}]
    assert data["rows"] == {"read": 344, "without_target": 0, "train": 240, "validation": 52, "test": 52}
    assert data["feature_names"][:4] == ["island=Biscoe", "island=Dream", "island=Torgersen", "bill_length_mm"]


def test_the_environment_is_written_down(trained) -> None:
    written = read_json(trained.folder / "environment.json")
    assert written["verdict"] in ("ok", "warnings")
    assert {"numpy", "tensorflow", "keras"} <= set(written["environment"]["packages"])


def test_the_receipt_says_what_the_run_was_made_of(trained, root) -> None:
    receipt = read_json(trained.folder / "receipt.json")
    config = str(root / "configs" / "penguins.yaml")
    assert receipt["command"] == ["fcnn", "train", config, "training.epochs=12", "training.early_stopping=null"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", receipt["started"])
    assert (receipt["fcnn"], receipt["seed"], receipt["git"], receipt["resumed"]) == ("0.1.0", 42, None, None)
    assert receipt["data"] == {str(root / "data" / "penguins.csv"): sha256(root / "data" / "penguins.csv")}
    environment = read_json(trained.folder / "environment.json")["environment"]
    assert (receipt["stack"], receipt["packages"]) == (environment["stack"], environment["packages"])
    assert receipt["repeatable"]["workers"] == 1
    assert receipt["repeatable"]["hindrances"] == []
    assert receipt["repeatable"]["threads"] >= 1


def test_the_receipt_has_the_hash_of_every_file_but_itself_and_the_log(trained) -> None:
    files = read_json(trained.folder / "receipt.json")["files"]
    there = {path.relative_to(trained.folder).as_posix() for path in trained.folder.rglob("*") if path.is_file()}
    assert set(files) == there - {"receipt.json", "log.txt"}
    assert files == {name: sha256(trained.folder / name) for name in files}


def test_a_run_folder_of_ones_own_and_json(console, small, tmp_path) -> None:
    answer = console("train", small, "--run-dir", "out/mine", "--json")
    assert answer.code == 0
    printed = json.loads(answer.out)
    folder = tmp_path / "out" / "mine"
    assert printed.pop("run") == str(folder)
    assert printed == read_json(folder / "metrics.json")
    assert {path.name for path in folder.iterdir()} == FILES - {"plots"}
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]
    assert "epoch 3  loss" in answer.err


def test_quiet_prints_the_run_folder_alone_and_logs_the_rest(console, small) -> None:
    answer = console("train", small, "training.learning_rate_schedule=step", "--quiet", "--name", "hush")
    assert (answer.code, answer.err) == (0, "")
    assert re.fullmatch(r"\S+hush-\d{8}T\d{6}Z\n", answer.out)
    log = (answer.folder / "log.txt").read_text(encoding="utf-8")
    assert "note: " in log
    assert "the learning rate is never reduced" in log
    assert "epoch 3  loss" in log


@pytest.mark.parametrize(
    ("options", "out"),
    [
        pytest.param(
            [],
            "regression: 20 train, 10 validation, 10 test rows; network 2 -> 4 relu -> 1 linear, 17 parameters\n",
            id="plain",
        ),
        pytest.param(["--quiet"], "", id="quiet"),
    ],
)
def test_a_dry_run_says_what_would_be_trained_and_writes_nothing(console, small, tmp_path, options, out) -> None:
    before = sorted(tmp_path.iterdir())
    answer = console("train", small, "--dry-run", *options)
    assert (answer.code, answer.out) == (0, out)
    assert sorted(tmp_path.iterdir()) == before


def test_a_dry_run_can_answer_in_json(console, small) -> None:
    plan = json.loads(console("train", small, "network.layers=[8, 3]", "--dry-run", "--json").out)
    assert plan["rows"] == {"read": 40, "without_target": 0, "train": 20, "validation": 10, "test": 10}
    assert (plan["task"], plan["network"], plan["parameters"]) == (
        "regression",
        "2 -> 8 relu -> 3 relu -> 1 linear",
        55,
    )
    assert plan["config"]["network"]["layers"][1]["units"] == 3


def test_a_table_needs_no_config(console, flats) -> None:
    answer = console("train", flats, "--target", "价格等级", "training.epochs=2", "run.plots=false")
    assert answer.code == 0
    assert re.fullmatch(r"房价-\d{8}T\d{6}Z", answer.folder.name)
    assert "binary: 42 train, 9 validation, 9 test rows; network 5 -> 5 input_scale -> 256 selu" in answer.err
    predictions = console("predict", "latest", flats).out.splitlines()
    assert predictions[0] == "prediction,probability_低,probability_高"
    assert len(predictions) == 61


def test_an_existing_empty_run_folder_is_used(console, small, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    answer = console("train", small, "training.epochs=1", "--run-dir", "empty", "--quiet")
    assert (answer.code, answer.out) == (0, f"{tmp_path / 'empty'}\n")
    assert (tmp_path / "empty" / "metrics.json").is_file()


def test_overrides_change_what_is_trained(console, small) -> None:
    answer = console(
        "train", small, "training.epochs=1", "network.layers.0.units=7", "network.layers[0].activation=tanh", "seed=3"
    )
    assert "network 2 -> 7 tanh -> 1 linear, 29 parameters" in answer.err
    config = (answer.folder / "config.yaml").read_text(encoding="utf-8")
    assert "units: 7" in config
    assert "activation: tanh" in config
    assert "seed: 3" in config


def test_all_that_follows_from_the_table_is_in_the_resolved_config(console, small, tmp_path) -> None:
    folder = console("train", small, "training.batch_size=auto", "training.epochs=1").folder
    written = (folder / "config.yaml").read_text(encoding="utf-8")
    assert f"path: {tmp_path / 'table.csv'}\n" in written
    assert f"dir: {tmp_path / 'runs'}\n" in written
    for line in ("task: regression", "batch_size: 8", "loss: mean_squared_error", "activation: linear", "name: small"):
        assert f"  {line}\n" in written


def test_without_a_test_split_the_validation_rows_count(console, small) -> None:
    answer = console("train", small, "data.split.test=0")
    metrics = read_json(answer.folder / "metrics.json")
    assert "test" not in metrics
    assert "validation" in metrics
    assert "validation" in answer.out.splitlines()[1]


def test_diagnostics_can_be_turned_off(console, small) -> None:
    folders = [console("train", small, f"diagnostics={value}").folder for value in ("true", "false")]
    verdicts = [read_json(folder / "metrics.json")["verdicts"] for folder in folders]
    assert verdicts[0]
    assert set(verdicts[0][0]) == {"kind", "severity", "message", "hint", "remedy", "evidence", "said"}
    assert not verdicts[1]
    assert [(folder / "diagnostics.csv").exists() for folder in folders] == [True, False]


def test_a_warm_start_goes_on_from_the_weights_of_a_run(console, small, tmp_path) -> None:
    first = console("train", small, "training.epochs=30", "training.optimizer.learning_rate=0.05").folder
    fresh = console("train", small, "training.epochs=1").folder
    warm = console("train", small, "training.epochs=1", f"training.initial_weights={first.name}").folder
    losses = [float((run / "history.csv").read_text().splitlines()[1].split(",")[1]) for run in (fresh, warm)]
    assert losses[1] < 0.2 * losses[0]
    assert f"  initial_weights: {first}\n" in (warm / "config.yaml").read_text(encoding="utf-8")


def test_a_name_that_no_folder_can_have_is_made_one_and_the_run_repeats(console, small) -> None:
    folder = console("train", small, "training.epochs=1", "--name", "a/b: c　d?").folder
    assert folder.name.startswith("a_b_ c_d_-")
    assert console("train", folder / "config.yaml", "--dry-run").code == 0
