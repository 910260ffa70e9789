"""Calibrated probabilities and a chosen threshold: fitted on held-out rows, and used wherever a run predicts."""

import copy
import importlib.util
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd
import pytest
from sklearn.metrics import balanced_accuracy_score, f1_score, log_loss, matthews_corrcoef

import fcnn
from fcnn.errors import ConfigError, RunError
from fcnn.evaluation.decision import fitted_temperature, fitted_threshold, reliability
from fcnn.files import read_json, write_json
from fcnn.inference.model import at_temperature
from fcnn.jobs.export import export_run
from fcnn.runs.receipt import renew_receipt
from fcnn.runs.run import load
from fcnn.serve.answering import Deadline, predict_rows
from fcnn.serve.served import open_runs

TABLE = Path(__file__).parents[2] / "data" / "breast_cancer.csv"
CONFIG = {
    "data": {"path": str(TABLE), "target": "diagnosis"},
    "network": {"layers": [8]},
    "training": {"epochs": 3, "early_stopping": None, "compile": "eager", "batch_size": 64},
    "run": {"plots": False},
    "report": {"importance": False},
}
WANTED = {"calibration": "temperature", "threshold": "f1"}


def written_by(run):
    """``predictions.csv``, every number as it was written: some versions of pandas round the last digit."""
    written = pd.read_csv(run.folder / "predictions.csv", dtype=str)
    is_text = {"truth", "prediction"} if run.record.target.classes else set()
    return written.apply(lambda column: column if column.name in is_text else column.map(float))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The same training without and with a decision, and as an ensemble of folds with one."""
    folder = tmp_path_factory.mktemp("decided")
    decided = {**copy.deepcopy(CONFIG), "decision": WANTED}
    return {
        "plain": fcnn.train(copy.deepcopy(CONFIG), run_dir=folder / "plain"),
        "decided": fcnn.train(decided, run_dir=folder / "decided"),
        "ensemble": fcnn.train(decided, run_dir=folder / "ensemble", folds=2, ensemble=True),
    }


def probabilities(found):
    return found[[name for name in found if name.startswith("probability_")]].to_numpy()


def test_a_temperature_is_that_of_the_logits() -> None:
    random = np.random.default_rng(3)
    logits = random.normal(size=(4000, 3)) * 2
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    truth = np.array([random.choice(3, p=each) for each in shares])
    surer = np.exp(3 * logits) / np.exp(3 * logits).sum(axis=1, keepdims=True)
    assert at_temperature(surer, 3.0) == pytest.approx(shares)
    assert fitted_temperature(truth, surer) == pytest.approx(3.0, rel=0.08)
    assert fitted_temperature(truth, shares) == pytest.approx(1.0, rel=0.08)
    half = np.arange(4000) < 2000
    weighted = fitted_temperature(truth, surer, half.astype(float))
    assert weighted == pytest.approx(fitted_temperature(truth[half], surer[half]), rel=1e-4)
    assert reliability(truth, surer)["error"] > 0.1 > 0.03 > reliability(truth, shares)["error"]
    certain = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    assert np.isfinite(fitted_temperature(np.array([0, 1, 1]), certain))


@pytest.mark.parametrize(
    ("metric", "score"),
    [("f1", f1_score), ("balanced_accuracy", balanced_accuracy_score), ("matthews_corrcoef", matthews_corrcoef)],
)
@pytest.mark.parametrize("weighted", [False, True])
def test_a_threshold_has_the_best_score_of_all(metric, score, weighted) -> None:
    random = np.random.default_rng(5)
    truth = (random.random(300) < 0.2).astype(int)
    positive = np.round(np.clip(0.3 * truth + random.normal(0.3, 0.15, 300), 0, 1), 2)
    weight = random.integers(0, 4, 300).astype(float) if weighted else None
    threshold = fitted_threshold(truth, positive, metric, weight)
    best = max(score(truth, positive > each, sample_weight=weight) for each in np.arange(-0.005, 1.0, 0.01))
    assert score(truth, positive > threshold, sample_weight=weight) == pytest.approx(best)


def test_without_one_everything_is_as_it_was(runs) -> None:
    target = read_json(runs["plain"].folder / "data.json")["target"]
    assert not {"temperature", "threshold"} & set(target)
    assert read_json(runs["plain"].folder / "data.json")["format"] == 1
    assert "decision" not in runs["plain"].metrics
    assert (runs["plain"].folder / "weights.npz").read_bytes() == (runs["decided"].folder / "weights.npz").read_bytes()


def test_it_is_kept_in_the_run_and_in_every_prediction(runs) -> None:
    plain, run = runs["plain"], runs["decided"]
    target, table = run.record.target, pd.read_csv(TABLE)
    before, after = plain.predict(table), run.predict(table)
    assert probabilities(after) == pytest.approx(at_temperature(probabilities(before), target.temperature))
    positive = after[f"probability_{target.classes[1]}"]
    assert after["prediction"].tolist() == [target.classes[int(each > target.threshold)] for each in positive]
    assert run.metrics["decision"]["temperature"] == target.temperature
    assert (run.metrics["decision"]["threshold"], run.metrics["decision"]["metric"]) == (target.threshold, "f1")
    assert run.metrics["decision"]["before"] == {part: plain.metrics[part] for part in ("train", "validation", "test")}
    assert run.metrics["validation"]["log_loss"] < plain.metrics["validation"]["log_loss"]
    assert run.metrics["test"]["roc_auc"] == pytest.approx(plain.metrics["test"]["roc_auc"])


@pytest.mark.parametrize("name", ["decided", "ensemble"])
def test_scores_engines_server_estimator_and_exports_say_the_same(runs, name, tmp_path) -> None:
    run = runs[name]
    table = pd.read_csv(TABLE)
    found, target = run.predict(table), run.predictor.target
    written = written_by(run)
    same = found.iloc[written["row"].astype(int)].reset_index(drop=True)
    assert (same["prediction"] == written["prediction"]).all()
    assert np.array_equal(probabilities(same), probabilities(written))
    right = (written["prediction"] == written["truth"]).mean()
    assert run.metrics["test"]["accuracy"] == pytest.approx(right)
    assert np.trace(run.metrics["confusion_matrix"]["test"]) == right * len(written)
    low, high = run.metrics["confidence"]["test"]["accuracy"]
    assert low <= right <= high
    order = list(target.classes)
    assert run.metrics["test"]["log_loss"] == pytest.approx(
        log_loss([order.index(each) for each in written["truth"]], probabilities(written))
    )
    x, _ = run.predictor.encode(table)
    keras = fcnn.inference.model.class_probabilities(run.keras_output(x), target)
    assert keras == pytest.approx(probabilities(found), abs=1e-5)
    names = [state.name for state in run.predictor.preprocessing.columns]
    (served,) = open_runs([str(run.folder)]).values()
    rows = [{name: float(value) for name, value in row.items()} for row in table[names].iloc[:60].to_dict("records")]
    answers = predict_rows(served, rows, Deadline.after(60), {}, strict=False, explain=False)["predictions"]
    assert [each["prediction"] for each in answers] == found["prediction"].tolist()[:60]
    estimator = fcnn.FcnnClassifier.load(run.folder)
    assert estimator.predict(table[names]).tolist() == found["prediction"].tolist()
    assert np.array_equal(estimator.predict_proba(table[names]), probabilities(found))
    export_run(str(run.folder), "numpy", tmp_path / "exported.py")
    spec = importlib.util.spec_from_file_location("exported", str(tmp_path / "exported.py"))
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    classes, shares = program.predict(table.to_dict("records"))
    assert shares == pytest.approx(probabilities(found), abs=1e-6)
    assert classes == found["prediction"].tolist()
    export_run(str(run.folder), "onnx", tmp_path / "exported.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "exported.onnx"), providers=["CPUExecutionProvider"])
    fed = {each.name: table[each.name].to_numpy(np.float64) for each in session.get_inputs()}
    outputs = dict(zip((each.name for each in session.get_outputs()), session.run(None, fed)))
    assert outputs["probabilities"] == pytest.approx(probabilities(found), abs=1e-6)
    assert outputs["prediction"].tolist() == found["prediction"].tolist()
    if name == "decided":
        with pytest.raises(RunError, match="keras has no place for the temperature or the threshold"):
            export_run(str(run.folder), "keras", tmp_path / "m.keras")
    assert read_json(run.folder / "data.json")["format"] == 2


def test_of_folds_it_is_fitted_on_the_rows_held_out(runs) -> None:
    run = runs["ensemble"]
    after = run.metrics["validation"]["log_loss"]
    assert after < run.metrics["decision"]["before"]["validation"]["log_loss"]
    assert run.metrics["repeats"]["out_of_fold"] == pytest.approx(run.metrics["decision"]["before"]["validation"])
    assert read_json(run.folder / "members" / "01" / "data.json")["format"] == 1


def test_the_report_shows_it(runs) -> None:
    page = (runs["decided"].folder / "report.html").read_text(encoding="utf-8")
    assert "How sure is it, and how does it decide?" in page
    assert f"above {runs['decided'].record.target.threshold:.4g}" in page
    assert "Reliability on the test rows" in page
    assert "How sure is it" not in (runs["plain"].folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param(
            {"data.split.validation": 0},
            "decision: calibration and threshold are chosen on validation rows, and there are none\n"
            "  hint: data.split.validation=0.15, or --folds 5",
            id="nothing held out",
        ),
        pytest.param(
            {"data.target": "mean_radius"},
            "a regression has no probabilities to calibrate",
            id="regression",
        ),
        pytest.param({"decision.threshold": "recall"}, "decision.threshold", id="no such metric"),
    ],
)
def test_what_cannot_be_decided_is_an_error(changes, said, tmp_path) -> None:
    overrides = [f"{key}={value}" for key, value in changes.items()]
    with pytest.raises(ConfigError) as error:
        fcnn.train({**copy.deepcopy(CONFIG), "decision": WANTED}, overrides, run_dir=tmp_path / "run")
    assert said in str(error.value)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("change", [{"temperature": 0.0}, {"temperature": -1.0}, {"threshold": -0.5}])
def test_a_temperature_that_cannot_be_is_refused(runs, change, tmp_path) -> None:
    shutil.copytree(str(runs["decided"].folder), str(tmp_path / "copy"))
    data = read_json(tmp_path / "copy" / "data.json")
    write_json(tmp_path / "copy" / "data.json", {**data, "target": {**data["target"], **change}})
    renew_receipt(tmp_path / "copy", ["data.json"])
    with pytest.raises(RunError, match=r"damaged|cannot be read"):
        load(tmp_path / "copy").record  # noqa: B018
