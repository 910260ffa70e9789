"""`fcnn evaluate`, `fcnn show` and `fcnn runs`."""

import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from fcnn.files import read_json, write_json
from fcnn.jobs.prepare import prepare_job, read_request
from fcnn.runs.lock import FolderLock

SHORTEST_BILL = "note: column 'bill_length_mm': 1 of {} values are beyond those of training, such as 32.1\n"


@pytest.fixture
def held_out(trained, root, tmp_path):
    """The rows that the trained run kept for testing, as a file."""
    part = prepare_job(read_request(trained.folder / "config.yaml")).dataset.parts["test"]
    table = pd.read_csv(root / "data" / "penguins.csv", dtype=str, keep_default_na=False)
    path = tmp_path / "held_out.csv"
    table.iloc[part.rows].to_csv(path, index=False)
    return path


def test_the_test_rows_score_what_the_training_said(beside, held_out, trained) -> None:
    result = json.loads(beside("evaluate", "latest", held_out, "--json").out)
    metrics = read_json(trained.folder / "metrics.json")
    assert (result["run"], result["csv"], result["rows"]) == (
        str(Path("runs", trained.folder.name)),
        str(held_out),
        52,
    )
    assert result["metrics"] == metrics["test"]
    assert result["per_class"] == metrics["per_class"]["test"]
    assert result["confusion_matrix"] == metrics["confusion_matrix"]["test"]


def test_without_json_a_table_is_printed(beside, held_out) -> None:
    answer = beside("evaluate", "latest", held_out)
    assert answer.err == SHORTEST_BILL.format(52)
    assert [line.split()[1] for line in answer.out.splitlines() if line.startswith("│")] == [
        "accuracy", "balanced_accuracy", "f1_macro", "log_loss", "roc_auc",
    ]  # fmt: skip
    assert "52 rows" in answer.out


def test_plots_go_where_they_are_wanted(beside, held_out, tmp_path) -> None:
    assert beside("evaluate", "latest", held_out, "--plots", tmp_path / "new" / "plots").code == 0
    drawn = sorted(path.name for path in (tmp_path / "new" / "plots").iterdir())
    assert drawn == ["confusion_matrix.png", "precision_recall.png", "roc.png"]


def test_plots_that_cannot_be_written_are_a_clear_error(beside, held_out, tmp_path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = beside("evaluate", "latest", held_out, "--plots", tmp_path / "file" / "plots")
    assert answer.code == 2
    assert answer.err.startswith(f"error: {tmp_path / 'file' / 'plots'}: cannot be written: ")


def test_rows_without_a_target_are_left_out_and_counted(beside, held_out) -> None:
    table = pd.read_csv(held_out, dtype=str, keep_default_na=False)
    table.loc[[0, 5], "species"] = ["", "NA"]
    table.to_csv(held_out, index=False)
    answer = beside("evaluate", "latest", held_out, "--json")
    assert json.loads(answer.out)["rows"] == 50
    assert answer.err == (
        "warning: column 'species': 2 rows have no target and are left out\n" + SHORTEST_BILL.format(50)
    )


def test_one_class_alone_is_scored_without_what_needs_two(beside, held_out) -> None:
    table = pd.read_csv(held_out, dtype=str, keep_default_na=False)
    table[table["species"] == "Gentoo"].to_csv(held_out, index=False)
    result = json.loads(beside("evaluate", "latest", held_out, "--json").out)
    assert "accuracy" in result["metrics"]
    assert "roc_auc" not in result["metrics"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            lambda table: table.drop(columns="species"),
            "error: {path}: the table has no column 'species'\n"
            "  hint: known: rowid, island, bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, sex, year\n",
            id="no target",
        ),
        pytest.param(
            lambda table: table.assign(species=["Emperor", *table["species"][1:]]),
            "error: column 'species': 1 cell is no class of this run\n"
            "  expected: Adelie, Chinstrap, Gentoo\n"
            "  received: 'Emperor' (line 2)\n",
            id="another class",
        ),
        pytest.param(
            lambda table: table.assign(species=""),
            "error: {path}: no row has a value of 'species', the target\n",
            id="no labels",
        ),
        pytest.param(
            lambda table: table[:0],
            "error: {path}: there is a header and not one row below it\n",
            id="no rows",
        ),
    ],
)
def test_a_table_that_cannot_be_scored_is_refused(beside, held_out, change, message) -> None:
    change(pd.read_csv(held_out, dtype=str, keep_default_na=False)).to_csv(held_out, index=False)
    answer = beside("evaluate", "latest", held_out)
    assert (answer.code, answer.out, answer.err) == (2, "", message.format(path=held_out))


def test_sample_weights_count_in_the_scores(console, small, tmp_path) -> None:
    table = pd.read_csv("table.csv").assign(w=lambda frame: (frame["a"] < 4) * 3.0 + 0.5)
    table.to_csv("weighted.csv", index=False)
    options = ["data.path=weighted.csv", "data.weight=w", "data.split={validation: 0, test: 0.25}"]
    metrics = read_json(console("train", small, *options).folder / "metrics.json")
    part = prepare_job(read_request(small, options)).dataset.parts["test"]
    table.iloc[part.rows].to_csv("held_out.csv", index=False)
    weighted = json.loads(console("evaluate", "latest", "held_out.csv", "--json").out)["metrics"]
    assert weighted == metrics["test"]
    table.iloc[part.rows].assign(w=1).to_csv("held_out.csv", index=False)
    assert (
        json.loads(console("evaluate", "latest", "held_out.csv", "--json").out)["metrics"]["rmse"] != weighted["rmse"]
    )


@pytest.mark.parametrize("cell", ["heavy", "", "-1"])
def test_a_bad_sample_weight_is_refused(console, small, cell) -> None:
    pd.read_csv("table.csv").assign(w=1).to_csv("weighted.csv", index=False)
    console("train", small, "data.path=weighted.csv", "data.weight=w", "training.epochs=1")
    lines = (small.parent / "weighted.csv").read_text(encoding="utf-8").splitlines()
    (small.parent / "bad.csv").write_text("\n".join([*lines[:5], f"1,2,3,{cell}"]), encoding="utf-8")
    answer = console("evaluate", "latest", "bad.csv")
    assert answer.code == 2
    assert answer.err.startswith("error: column 'w': ")


# --- show -------------------------------------------------------------------------------------------------------------


def test_a_run_is_shown(beside, trained, root) -> None:
    answer = beside("show", "latest")
    lines = answer.out.splitlines()
    assert lines[0] == f"run      {Path('runs', trained.folder.name)}"
    assert lines[1] == f"data     {root / 'data' / 'penguins.csv'}: 240 train, 52 validation, 52 test"
    assert lines[2] == "task     multiclass, target species"
    assert lines[3] == "network  17 -> 64 relu -> 32 tanh -> 3 softmax, 3,331 parameters"
    assert lines[4].startswith("epochs   12, kept ")
    assert lines[4].endswith(", finished")
    assert lines[5].startswith("receipt  ")
    assert lines[6] == f"report   {Path('runs', trained.folder.name, 'report.html')}"
    assert "logistic regression" in lines[8]
    shown = [line for line in answer.err.splitlines() if line.startswith(("note:", "warning:"))]
    verdicts = read_json(trained.folder / "metrics.json")["verdicts"]
    assert shown == [f"{verdict['severity']}: {verdict['message']}" for verdict in verdicts]


@pytest.mark.parametrize("how", ["latest", "name", "path", "absolute"])
def test_a_run_is_found_by_each_of_its_names(beside, trained, how) -> None:
    name = trained.folder.name
    text = {"latest": "latest", "name": name, "path": str(Path("runs", name)), "absolute": str(trained.folder)}[how]
    assert json.loads(beside("show", text, "--json").out)["task"] == "multiclass"


def test_json_is_the_metrics_and_where_they_are(beside, trained) -> None:
    shown = json.loads(beside("show", trained.folder, "--json").out)
    assert shown.pop("run") == str(trained.folder)
    assert shown == read_json(trained.folder / "metrics.json")


# --- runs -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def runs_of(trained, tmp_path):
    """Copies of the trained run without plots and receipt, `a` older than `b`, below `tmp_path/runs`."""

    def copy(*names):
        for age, name in enumerate(names):
            folder = tmp_path / "runs" / name
            shutil.copytree(str(trained.folder), str(folder), ignore=shutil.ignore_patterns("plots", "receipt.json"))
            os.utime(str(folder / "metrics.json"), (1e9 + age, 1e9 + age))
        return tmp_path / "runs"

    return copy


def test_runs_are_listed_the_newest_last(console, runs_of) -> None:
    runs = runs_of("zebra", "a" * 90, "[bold]:smile:")
    (runs / "half.partial").mkdir()
    (runs / "notes.txt").write_text("", encoding="utf-8")
    rows = [line.split("│") for line in console("runs").out.splitlines() if line.startswith("│")]
    assert [row[1].strip() for row in rows] == ["zebra", "a" * 90, "[bold]:smile:", "half"]
    metrics = read_json(runs / "zebra" / "metrics.json")
    best = f"{metrics['best_epoch']}/12"
    assert [cell.strip() for cell in rows[0][2:5]] == [
        "multiclass",
        best,
        f"test roc_auc {metrics['test']['roc_auc']:.4g}",
    ]


def test_runs_can_be_listed_in_json_and_elsewhere(console, runs_of, tmp_path, monkeypatch) -> None:
    runs = runs_of("a", "b")
    monkeypatch.chdir(tmp_path.parent)
    listed = json.loads(console("runs", "--dir", runs, "--json").out)
    assert [run["run"] for run in listed] == [str(runs / "a"), str(runs / "b")]
    assert listed[0]["task"] == "multiclass"


@pytest.fixture
def unfinished(tmp_path):
    """Below `runs`: one that was killed, one killed at once, one that is being written, one that has no name yet."""
    for name in ("killed", "at once", "going", "nameless"):
        checkpoints = tmp_path / "runs" / f"{name}.partial" / "checkpoints"
        checkpoints.mkdir(parents=True)
        if name != "at once":
            (checkpoints / "begun.json").touch()
            (checkpoints.parent / "config.yaml").touch()
    (tmp_path / "runs" / "nameless.partial" / "receipt.json").touch()
    lock = FolderLock(tmp_path / "runs" / "going.partial")
    yield tmp_path / "runs"
    lock.release()


def test_runs_that_are_not_finished_are_listed_with_what_goes_on_with_them(console, unfinished) -> None:
    answer = console("runs")
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in answer.out.splitlines() if "│" in line]
    assert {name: said for name, *_, said in rows} == {
        "killed": f"not finished; to go on with it: fcnn train --resume {Path('runs', 'killed')}",
        "at once": f"not finished, and nothing kept of it: delete '{Path('runs', 'at once.partial')}'",
        "going": "being written now",
        "nameless": f"not finished; to go on with it: fcnn train --resume {Path('runs', 'nameless')}",
    }
    listed = {Path(each["run"]).name: each for each in json.loads(console("runs", "--json").out)}
    assert {name: (each["unfinished"], each["resume"]) for name, each in listed.items()} == {
        "killed": ("killed", f"fcnn train --resume {Path('runs', 'killed')}"),
        "at once": ("killed", None),
        "going": ("running", None),
        "nameless": ("killed", f"fcnn train --resume {Path('runs', 'nameless')}"),
    }
    shown = console("show", "killed")
    assert (shown.code, shown.err) == (
        2, f"error: {Path('runs', 'killed.partial')}: is no complete run\n"
        f"  hint: to go on with it: fcnn train --resume {Path('runs', 'killed')}\n",
    )  # fmt: skip


def test_no_runs_are_said_and_no_error(console) -> None:
    answer = console("runs")
    assert (answer.code, answer.out, answer.err) == (0, "", "no runs in runs\n")
    assert console("runs", "--json").out == "[]\n"


@pytest.mark.parametrize("content", ["{", "[]", '{"task": "binary"}', "\udcff"])
def test_a_damaged_run_does_not_hide_the_others(console, runs_of, content) -> None:
    runs = runs_of("a", "b")
    (runs / "a" / "metrics.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    answer = console("runs")
    assert answer.code == 0
    assert "│ b " in answer.out
    assert "│ a " not in answer.out
    assert answer.err.startswith(f"warning: {Path('runs', 'a', 'metrics.json')}: ")
    shown = console("show", "a")
    assert shown.code == 2
    assert shown.err.startswith(f"error: {Path('runs', 'a', 'metrics.json')}: ")


def test_a_damaged_record_is_a_clear_error(console, runs_of) -> None:
    write_json(runs_of("a") / "a" / "data.json", {"rows": {}})
    answer = console("show", "a")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"error: {Path('runs', 'a', 'data.json')}: is damaged\n  received: no 'network' in it\n"
