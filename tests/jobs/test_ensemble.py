"""The members of a cross-validation, or of several seeds, kept as one run that predicts with their mean."""

import copy
import importlib.util
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd
import pytest
from msgspec import structs
from sklearn.metrics import log_loss, r2_score

import fcnn
from fcnn.data.joint import JointPreprocessing
from fcnn.errors import ConfigError, RunError
from fcnn.files import read_json, sha256, write_json
from fcnn.jobs.evaluate import evaluate
from fcnn.jobs.export import export_run
from fcnn.jobs.prepare import read_request
from fcnn.jobs.repeats import Repeats, prepare_members
from fcnn.jobs.reporter import Reporter
from fcnn.runs.receipt import renew_receipt
from fcnn.runs.record import read_model, write_weights
from fcnn.runs.repetition import compare_runs
from fcnn.runs.run import load
from fcnn.serve.answering import Deadline, predict_rows
from fcnn.serve.served import open_runs
from fcnn.training import saving

DATA = Path(__file__).parents[2] / "data"
OPTIONS = {
    "training": {"epochs": 3, "early_stopping": None, "compile": "eager", "batch_size": 64},
    "run": {"plots": False},
    "report": {"importance": False},
    "network": {"layers": [8]},
}
CONFIGS = {
    "folds": {"data": {"path": str(DATA / "penguins.csv"), "target": "species", "drop": ["rowid"]}},
    "quantity": {"data": {"path": str(DATA / "diabetes.csv"), "target": "progression", "split": {"test": 0}}},
    "seeds": {"data": {"path": str(DATA / "breast_cancer.csv"), "target": "diagnosis"}},
}
REPEATED = {"folds": {"folds": 3}, "quantity": {"folds": 3}, "seeds": {"seeds": 2}}
KINDS = sorted(CONFIGS)


def config_of(name):
    return {**copy.deepcopy(CONFIGS[name]), **copy.deepcopy(OPTIONS)}


def table_of(run):
    return pd.read_csv(run.config.data.path[0] if isinstance(run.config.data.path, tuple) else run.config.data.path)


def members_of(run):
    """The networks in the folder, each with a preprocessing and a target of its own."""
    count = len(list((run.folder / "members").iterdir()))
    return [read_model(run.folder, f"members/{number:02d}/") for number in range(1, count + 1)]


def numbers_of(found):
    """The probabilities of a result, or its predicted numbers: (rows, columns)."""
    names = [name for name in found if name.startswith("probability_")] or ["prediction"]
    return found[names].to_numpy()


def written_by(run):
    """``predictions.csv``, every number as it was written: some versions of pandas round the last digit."""
    written = pd.read_csv(run.folder / "predictions.csv", dtype=str)
    is_text = {"truth", "prediction"} if run.record.target.classes else set()
    return written.apply(lambda column: column if column.name in is_text else column.map(float))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """An ensemble of each kind, to be looked at alone."""
    folder = tmp_path_factory.mktemp("ensembles")
    return {name: fcnn.train(config_of(name), run_dir=folder / name, ensemble=True, **REPEATED[name]) for name in KINDS}


@pytest.mark.parametrize("name", KINDS)
def test_a_prediction_is_the_mean_of_what_the_members_say(runs, name) -> None:
    run = runs[name]
    table = table_of(run)
    each = [numbers_of(member.predict(table)) for member in members_of(run)]
    assert len(each) == run.record.repeats["ensemble"] == (2 if name == "seeds" else 3)
    assert np.abs(each[0] - each[1]).max() > 1e-3
    found = run.predict(table)
    assert numbers_of(found) == pytest.approx(np.mean(each, axis=0), rel=1e-12, abs=1e-12)
    if name != "quantity":
        assert found["prediction"].tolist() == [
            run.record.target.classes[place] for place in numbers_of(found).argmax(axis=1)
        ]


@pytest.mark.parametrize("name", KINDS)
def test_keras_says_the_same(runs, name) -> None:
    run = runs[name]
    x, _ = run.predictor.encode(table_of(run))
    assert run.keras_output(x) == pytest.approx(run.predictor.output(x), rel=1e-5, abs=1e-5)


def test_each_fold_has_a_preprocessing_of_its_own_training_rows(runs) -> None:
    jobs = prepare_members(read_request(config_of("folds")), Repeats("folds", 3))
    members = members_of(runs["folds"])
    assert [member.preprocessing for member in members] == [job.dataset.preprocessing for job in jobs]
    assert len({str(member.preprocessing) for member in members}) == 3
    assert isinstance(runs["folds"].predictor.preprocessing, JointPreprocessing)
    seeds = runs["seeds"]
    assert seeds.predictor.preprocessing == seeds.record.preprocessing  # encoded once


def test_the_test_score_is_that_of_the_ensemble(runs) -> None:
    run = runs["folds"]
    written = written_by(run)
    rows = prepare_members(read_request(config_of("folds")), Repeats("folds", 3))[0].dataset.parts["test"].rows
    assert written["row"].tolist() == rows.tolist()
    found = run.predict(table_of(run)).iloc[rows].reset_index(drop=True)
    assert np.array_equal(numbers_of(written), numbers_of(found))
    assert (written["prediction"] == found["prediction"]).all()
    score = run.metrics["test"]["log_loss"]
    assert score == pytest.approx(log_loss(written["truth"], numbers_of(written)), rel=1e-9)
    assert all(abs(score - member["test"]["log_loss"]) > 1e-6 for member in run.metrics["repeats"]["members"])


def test_a_row_that_is_held_out_is_predicted_by_the_one_member_that_did_not_learn_from_it(runs) -> None:
    run = runs["quantity"]
    table = table_of(run)
    jobs = prepare_members(read_request(config_of("quantity")), Repeats("folds", 3))
    expected = np.full(len(table), np.nan)
    for job, member in zip(jobs, members_of(run)):
        rows = job.dataset.parts["validation"].rows
        expected[rows] = member.predict(table.iloc[rows])["prediction"]
    written = written_by(run)
    assert written["row"].tolist() == list(range(len(table)))
    assert written["prediction"].to_numpy() == pytest.approx(expected, rel=1e-12)
    metrics = run.metrics
    assert metrics["validation"]["r2"] == pytest.approx(r2_score(table["progression"], expected))
    assert metrics["validation"] == pytest.approx(metrics["repeats"]["out_of_fold"])
    assert metrics["scored_rows"] == {"train": len(table), "validation": len(table)}
    constant = pd.Series(
        {row: table["progression"][job.dataset.parts["train"].rows].mean() for job in jobs
         for row in job.dataset.parts["validation"].rows}
    ).sort_index()  # fmt: skip
    assert metrics["baselines"]["mean"]["validation"]["r2"] == pytest.approx(r2_score(table["progression"], constant))


def test_the_folder_is_a_run_of_the_kept_member_and_every_file_is_in_the_receipt(runs) -> None:
    folder, kept = runs["folds"].folder, runs["folds"].metrics["repeats"]["kept"]
    for name in ("weights.npz", "history.csv"):
        assert (folder / name).read_bytes() == (folder / "members" / f"{kept:02d}" / name).read_bytes()
    listed = read_json(folder / "receipt.json")["files"]
    for number in (1, 2, 3):
        for name in ("data.json", "history.csv", "weights.npz"):
            place = f"members/{number:02d}/{name}"
            assert listed[place] == sha256(folder / place)
    assert read_json(folder / "data.json")["format"] == 2, "an fcnn that knows no ensembles must not predict with one"


@pytest.fixture
def copied(runs, tmp_path):
    """A copy of an ensemble that may be damaged."""
    shutil.copytree(str(runs["folds"].folder), str(tmp_path / "copy"))
    return tmp_path / "copy"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            lambda folder: (folder / "members/02/weights.npz").write_bytes(b"no"),
            "members/02/weights.npz",
            id="damaged",
        ),
        pytest.param(lambda folder: (folder / "members/03/data.json").unlink(), "members/03/data.json", id="missing"),
        pytest.param(lambda folder: edit(folder, "data.json", repeats={"ensemble": 4}), "repeats", id="too many"),
        pytest.param(lambda folder: edit(folder, "data.json", repeats={"ensemble": "a"}), "repeats", id="no number"),
        pytest.param(lambda folder: edit(folder, "data.json", format=1), "format", id="as if it were one network"),
        pytest.param(
            lambda folder: edit(folder, "members/02/data.json", target={"classes": ["a", "b", "c"]}),
            "02/data.json: is damaged",
            id="other classes",
        ),
    ],
)
def test_a_damaged_ensemble_is_refused(copied, change, said) -> None:
    change(copied)
    with pytest.raises(RunError) as error:
        load(copied).predictor  # noqa: B018
    assert said in str(error.value).replace("\\", "/")


def edit(folder, name, **changes):
    found = read_json(folder / name)
    for key, value in changes.items():
        found[key] = {**found[key], **value} if isinstance(value, dict) else value
    write_json(folder / name, found)
    renew_receipt(folder, [name])


def test_a_repetition_sees_another_weight_of_any_member(runs, copied) -> None:
    assert compare_runs(runs["folds"].folder, copied).identical
    model = read_model(copied, "members/03/")
    write_weights(copied / "members" / "03", {**model.arrays, "00/bias": model.arrays["00/bias"] + 1})
    renew_receipt(copied, ["members/03/weights.npz"])
    assert compare_runs(runs["folds"].folder, copied).weights == pytest.approx({"members/03/00/bias": 1.0})


class Killed(Reporter):
    """Ends a run in the second epoch of its second training."""

    number = 1

    def member_begins(self, name, number, count):
        self.number = number

    def epoch(self, row, best_epoch):
        if (self.number, row["epoch"]) == (2, 2):
            raise KeyboardInterrupt


def test_a_killed_one_goes_on_and_ends_as_it_would_have_ended(runs, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(saving, "PAUSE", 0)
    with pytest.raises(KeyboardInterrupt):
        fcnn.train(config_of("folds"), run_dir=tmp_path / "killed", folds=3, ensemble=True, reporter=Killed())
    with pytest.raises(ConfigError, match="the run was begun with --folds 3 --ensemble"):
        fcnn.train(resume=tmp_path / "killed", folds=3)
    again = fcnn.train(resume=tmp_path / "killed")
    assert compare_runs(runs["folds"].folder, again.folder).identical
    assert (again.folder / "predictions.csv").read_bytes() == (runs["folds"].folder / "predictions.csv").read_bytes()


def test_it_is_evaluated_and_served_and_loaded_by_the_estimator_as_it_predicts(runs, tmp_path) -> None:
    run = runs["folds"]
    table, classes = table_of(run), run.record.target.classes
    found = evaluate(str(run.folder), DATA / "penguins.csv")
    assert found.metrics["log_loss"] == pytest.approx(log_loss(table["species"], numbers_of(run.predict(table))))
    (served,) = open_runs([str(run.folder)]).values()
    names = [state.name for state in served.columns]
    row = {name: value.item() if hasattr(value, "item") else value for name, value in table.iloc[200][names].items()}
    answer = predict_rows(served, [row], Deadline.after(60), {}, strict=False, explain=True)["predictions"][0]
    assert [answer["probabilities"][name] for name in classes] == numbers_of(run.predict(table))[200].tolist()
    mass = next(each for each in answer["influence"] if each["column"] == "body_mass_g")
    usual = run.predict(pd.DataFrame([{**row, "body_mass_g": mass["typical"]}]))
    medians = [state.median for member in members_of(run) for state in member.preprocessing.columns
               if state.name == "body_mass_g"]  # fmt: skip
    assert min(medians) <= mass["typical"] <= max(medians)
    assert mass["with_typical"] == pytest.approx(usual[f"probability_{answer['prediction']}"][0], abs=1e-6)
    estimator = fcnn.FcnnClassifier.load(run.folder)
    assert np.array_equal(estimator.predict_proba(table[names]), numbers_of(run.predict(table)))


@pytest.mark.parametrize("name", KINDS)
def test_exports_say_what_it_says(runs, name, tmp_path) -> None:
    run = runs[name]
    table = pd.read_csv(DATA / Path(str(run.record.files[0]["path"])).name, dtype=str, keep_default_na=False)
    expected = numbers_of(run.predict(table_of(run)))
    export_run(str(run.folder), "numpy", tmp_path / "exported.py")
    spec = importlib.util.spec_from_file_location("exported", str(tmp_path / "exported.py"))
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    found = program.predict(table.replace("NA", "").to_dict("records"))
    found = found[:, None] if name == "quantity" else found[1]
    assert found == pytest.approx(expected, rel=1e-5, abs=1e-6)
    if name == "seeds":
        return  # a graph of several seeds is one of folds, but for its one matrix
    export_run(str(run.folder), "onnx", tmp_path / "exported.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "exported.onnx"), providers=["CPUExecutionProvider"])
    fed = {
        each.name: pd.to_numeric(table[each.name], errors="coerce").to_numpy(np.float64)
        if "double" in each.type
        else table[each.name].replace("NA", "").to_numpy(object)
        for each in session.get_inputs()
    }
    outputs = dict(zip((each.name for each in session.get_outputs()), session.run(None, fed)))
    found = outputs["prediction"][:, None] if name == "quantity" else outputs["probabilities"]
    assert found == pytest.approx(expected, rel=1e-5, abs=1e-6)
    for kind, path in (("keras", "m.keras"), ("script", "m.py")):
        with pytest.raises(RunError, match=f"{kind} holds one network, and this run predicts with 3"):
            export_run(str(run.folder), kind, tmp_path / path)


def test_a_saved_model_says_what_it_says(runs, tmp_path) -> None:
    import tensorflow as tf

    run = runs["folds"]
    table = table_of(run).iloc[:40]
    export_run(str(run.folder), "savedmodel", tmp_path / "saved")
    signature = tf.saved_model.load(str(tmp_path / "saved")).signatures["serving_default"]
    fed = {}
    for state in run.predictor.preprocessing.columns:
        column = table[state.name]
        is_number = type(state).__name__ == "Number"
        cells = column.to_numpy(np.float64) if is_number else ["" if cell != cell else str(cell) for cell in column]
        fed[state.name] = tf.constant(cells)
    assert signature(**fed)["probabilities"].numpy() == pytest.approx(numbers_of(run.predict(table)), abs=1e-6)


@pytest.mark.parametrize("options", [{"ensemble": True}, {"ensemble": True, "resume": "latest"}])
def test_one_training_makes_no_ensemble(options, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="one training makes no ensemble"):
        fcnn.train(config_of("folds"), **options)


def test_a_surprise_is_what_no_member_knows(runs) -> None:
    joint = runs["folds"].predictor.preprocessing
    first, *others = joint.members
    (island,) = (state for state in first.columns if state.name == "island")
    less = structs.replace(island, levels=island.levels[1:])
    poorer = structs.replace(
        first, columns=tuple(less if state is island else state for state in first.columns if state.name != "sex")
    )
    table = table_of(runs["folds"]).iloc[:50]
    known = structs.replace(joint, members=(poorer, *others))
    assert [surprise.column for surprise in known.transform(table)[1]] == []
    table = table.assign(island="Atlantis")
    x, surprises = known.transform(table)
    assert [(each.column, each.what, each.rows) for each in surprises] == [("island", "unseen", 50)]
    assert x.shape == (50, sum(len(member.feature_names) for member in known.members))
