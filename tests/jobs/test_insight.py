"""Importance and surfaces of runs: what a training writes, and what is drawn of a run that is there."""

import csv
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.errors import ConfigError, DataError, RunError
from fcnn.files import read_json, sha256
from fcnn.insight.importance import Extent
from fcnn.jobs import importance as importance_module
from fcnn.jobs.importance import measure_importance
from fcnn.jobs.subject import subject_of_run
from fcnn.jobs.surface import draw_surface

ROOT = Path(__file__).parents[2]
PENGUINS = ROOT / "configs" / "penguins.yaml"
QUICK = ["training.epochs=8", "training.early_stopping=null", "run.plots=false"]


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Folder of the runs that are only looked at, and of a table of our own."""
    folder = tmp_path_factory.mktemp("runs")
    shutil.copyfile(str(ROOT / "data" / "penguins.csv"), str(folder / "penguins.csv"))
    return folder


@pytest.fixture(scope="module")
def run(runs):
    """The penguins, from a copy of their table."""
    return fcnn.train(PENGUINS, [*QUICK, f"data.path={runs / 'penguins.csv'}"], run_dir=runs / "penguins")


def rows_of(run):
    with (run.folder / "importance.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_training_writes_how_important_each_column_is(run) -> None:
    rows = rows_of(run)
    assert list(rows[0]) == ["feature", "importance", "std", *(f"repeat_{number}" for number in range(1, 6))]
    assert sorted(row["feature"] for row in rows) == [
        "bill_depth_mm", "bill_length_mm", "body_mass_g", "flipper_length_mm", "island", "sex", "year",
    ]  # fmt: skip
    assert rows[0]["feature"] == "bill_length_mm"
    repeats = np.array([[float(row[f"repeat_{number}"]) for number in range(1, 6)] for row in rows])
    np.testing.assert_allclose([float(row["importance"]) for row in rows], repeats.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose([float(row["std"]) for row in rows], repeats.std(axis=1), rtol=1e-12)
    assert list(repeats.mean(axis=1)) == sorted(repeats.mean(axis=1), reverse=True)


def test_the_error_is_the_metric_of_the_test_part(run) -> None:
    found = run.metrics["importance"]
    assert found == {
        "metric": "log_loss",
        "part": "test",
        "error": pytest.approx(run.metrics["test"]["log_loss"], rel=1e-5),
        "rows": 52,
        "columns_left_out": 0,
        "correlated": [],
    }


def test_the_log_names_the_most_important_columns(run) -> None:
    first, second, third = (f"{row['feature']} {float(row['importance']):+.3g}" for row in rows_of(run)[:3])
    measured = f"log loss of the test rows, {run.metrics['importance']['error']:.3g}, with that column shuffled"
    log = (run.folder / "log.txt").read_text(encoding="utf-8")
    assert f"most important: {first}, {second}, {third} ({measured})\n" in log


def test_it_can_be_turned_off(rare) -> None:
    off = fcnn.train(rare, ["training.epochs=1", "report.importance=false"])
    assert not (off.folder / "importance.csv").exists()
    assert "importance" not in off.metrics
    assert "most important" not in (off.folder / "log.txt").read_text(encoding="utf-8")


def test_without_a_test_part_it_is_the_validation_part_and_without_both_the_training(rare) -> None:
    for split, part, rows in (("test=0", "validation", 30), ("test=0 data.split.validation=0", "train", 200)):
        found = fcnn.train(rare, ["training.epochs=1", *f"data.split.{split}".split()]).metrics
        assert (found["importance"]["part"], found["importance"]["rows"]) == (part, rows)
        assert found["importance"]["error"] == pytest.approx(found[part]["log_loss"], rel=1e-5)


def test_a_regression_is_measured_in_the_unit_of_its_target_and_alike_columns_are_named(rare) -> None:
    lines = Path("rare.csv").read_text(encoding="utf-8").splitlines()
    numbers = [line.split(",")[:2] for line in lines[1:]]
    table = [f"{a},{float(a) * 2 + 0.001 * row:.4f},{b},{1000 * float(a)}" for row, (a, b) in enumerate(numbers)]
    Path("prices.csv").write_text("\n".join(["a,twice,b,price", *table, ""]), encoding="utf-8")
    rare["data"] = {"path": "prices.csv", "target": "price"}
    run = fcnn.train(rare)
    found = run.metrics["importance"]
    assert (found["metric"], found["correlated"]) == ("rmse", [["a", "twice"]])
    assert found["error"] == pytest.approx(run.metrics["test"]["rmse"], rel=1e-4)
    assert float(rows_of(run)[0]["importance"]) > 50
    log = (run.folder / "log.txt").read_text(encoding="utf-8")
    assert "(RMSE of the test rows, " in log
    assert "; alike, and sharing theirs: a, twice\n" in log


def test_of_a_large_table_some_rows_are_measured_and_it_is_said(run, monkeypatch) -> None:
    monkeypatch.setattr(importance_module, "extent", lambda layers, rows, columns: Extent(40, 3))
    subject = subject_of_run(run)
    measured, again = measure_importance(subject), measure_importance(subject)
    assert measured is not None
    assert again is not None
    assert (measured.rows, len(measured.importance.names), measured.importance.columns_left_out) == (40, 3, 4)
    assert measured.importance.increases.tolist() == again.importance.increases.tolist()
    line = measured.line()
    assert "(log loss of 40 of the 52 test rows, " in line
    assert line.endswith("; not measured: 4 columns that move the first layer less")


def test_an_output_that_is_not_finite_is_no_importance(run) -> None:
    subject = subject_of_run(run)
    arrays = {name: np.full_like(array, 1e38) for name, array in subject.model.arrays.items()}
    with np.errstate(over="ignore", invalid="ignore"):
        assert measure_importance(replace(subject, model=replace(subject.model, arrays=arrays))) is None


def test_a_fold_is_measured_on_its_own_rows(rare) -> None:
    run = fcnn.train(rare, ["training.epochs=2", "data.split.test=0"], folds=3)
    found = run.metrics["importance"]
    assert found["part"] == "validation"
    assert found["error"] == pytest.approx(run.metrics["validation"]["log_loss"], rel=1e-5)
    subject = subject_of_run(run)
    assert len(subject.judged.rows) == found["rows"]
    measured = measure_importance(subject)
    assert measured is not None
    assert measured.importance.error == found["error"]


# --- surfaces ---------------------------------------------------------------------------------------------------------


def test_a_training_draws_importance_and_surface_with_its_other_pictures(rare) -> None:
    run = fcnn.train(rare, ["training.epochs=1", "run.plots=true"])
    there = {path.name for path in (run.folder / "plots").iterdir()}
    assert {"importance.png", "decision_surface.png"} <= there
    assert "neurons.png" not in there


def test_a_table_of_one_column_has_no_surface(rare, tmp_path) -> None:
    run = fcnn.train(rare, ["training.epochs=1", "run.plots=true", "data.features=[a]"])
    there = {path.name for path in (run.folder / "plots").iterdir()}
    assert "importance.png" in there
    assert "decision_surface.png" not in there
    with pytest.raises(RunError, match="the network has one input: there is no plane to draw it on"):
        draw_surface(str(run.folder))


def test_a_run_is_drawn_into_its_own_folder_or_another(run, tmp_path, runs) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(str(run.folder), str(copy))
    assert draw_surface(str(copy)).files == [copy / "plots" / "decision_surface.png", copy / "plots" / "neurons.png"]
    assert all(path.stat().st_size > 5000 for path in (copy / "plots").iterdir())
    listed = read_json(copy / "receipt.json")["files"]
    assert listed["plots/neurons.png"] == sha256(copy / "plots" / "neurons.png")
    other = draw_surface(str(run.folder), ("body_mass_g", "bill_depth_mm"), output=tmp_path / "new" / "folder").files
    assert [path.name for path in other] == ["decision_surface.png", "neurons.png"]
    components = draw_surface(str(run.folder), components=True, output=tmp_path / "components").files
    pictures = {path.read_bytes() for path in (copy / "plots" / "decision_surface.png", other[0], components[0])}
    assert len(pictures) == 3
    assert not (run.folder / "plots").exists()


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        pytest.param(("body_mass", "island"), ["'body_mass'", "'island'"], id="unknown, and no number"),
        pytest.param(("body_mass_g", "body_mass_g"), ["a plane needs two different columns"], id="twice the same"),
        pytest.param(("nosuch", "nosuch"), ["the run learnt from no column of numbers 'nosuch'"], id="twice unknown"),
    ],
)
def test_columns_that_cannot_be_are_refused_together(run, columns, message) -> None:
    with pytest.raises(ConfigError) as raised:
        draw_surface(str(run.folder), columns)
    assert len(raised.value.problems) == len(message)
    for problem, expected in zip(raised.value.problems, message):
        assert problem.where == "--columns"
        assert expected in problem.message
        assert problem.expected == "'bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g'"


def test_what_was_meant_is_proposed(run) -> None:
    with pytest.raises(ConfigError) as raised:
        draw_surface(str(run.folder), ("body_mass", "bill_depth_mm"))
    assert raised.value.problems[0].hint == "did you mean `body_mass_g`?"


def test_a_table_that_is_another_now_or_gone_is_refused(run, runs, tmp_path) -> None:
    table = runs / "penguins.csv"
    before = table.read_bytes()
    try:
        table.write_bytes(before.replace(b"39.1", b"39.2", 1))
        with pytest.raises(DataError, match=r"penguins\.csv: is not the table that the run was trained on"):
            draw_surface(str(run.folder), output=tmp_path / "never")
        table.unlink()
        with pytest.raises(DataError, match=r"penguins\.csv: the table that the run was trained on cannot be read"):
            draw_surface(str(run.folder), output=tmp_path / "never")
    finally:
        table.write_bytes(before)
    assert not (tmp_path / "never").exists()


def test_a_run_of_before_can_be_drawn(run, tmp_path) -> None:
    old = tmp_path / "old"
    shutil.copytree(str(run.folder), str(old))
    for name in ("importance.csv", "receipt.json"):
        (old / name).unlink()
    metrics = read_json(old / "metrics.json")
    del metrics["importance"]
    (old / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    config = (old / "config.yaml").read_text(encoding="utf-8")
    before = re.sub(r"^report:\n(  .*\n)+", "", config, flags=re.MULTILINE)
    assert "  importance: true\n" in config
    assert "  importance: true\n" not in before
    (old / "config.yaml").write_text(before, encoding="utf-8")
    assert [path.name for path in draw_surface(str(old)).files] == ["decision_surface.png", "neurons.png"]


def test_a_folder_that_cannot_be_written_is_told(run, tmp_path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RunError, match="cannot be written"):
        draw_surface(str(run.folder), output=tmp_path / "file" / "below")
