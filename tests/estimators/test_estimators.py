"""Networks as estimators: what they are given, what they give back, and where else they fit in."""

import subprocess
import sys
import warnings

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from fcnn import FcnnClassifier, FcnnRegressor
from fcnn.errors import RunError
from fcnn.estimators.base import DataWarning
from fcnn.training.learner import MOST_KEPT, recent_learners

FEATURES = ["height", "颜色", "grown", "sown"]
SMALL = {"hidden_layers": (5,), "epochs": 4, "batch_size": 16, "compile": "graph", "random_state": 3}


@pytest.fixture(scope="module")
def classifier(plants):
    return FcnnClassifier(**SMALL).fit(plants[FEATURES], plants["kind"])


def test_it_trains_the_network_that_fcnn_train_trains(plants, run):
    estimator = FcnnClassifier(
        [5], activation="tanh", dropout=0.25, optimizer="rmsprop", learning_rate=0.02, early_stopping=True,
        validation_fraction=0.2, epochs=4, batch_size=16, compile="graph", random_state=3, label_smoothing=0.1,
        weight_averaging={"momentum": 0.9}, scaler="robust", smooth_clip=2.0,
    ).fit(plants[FEATURES], plants["kind"])  # fmt: skip
    for name, array in run.model.arrays.items():
        np.testing.assert_array_equal(estimator.model_.arrays[name], array)
    without_seconds = [name for name in run.history if name != "seconds"]
    assert {name: estimator.history_[name] for name in without_seconds} == {
        name: run.history[name] for name in without_seconds
    }
    assert estimator.best_epoch_ == run.metrics["best_epoch"]


def test_a_frame_is_prepared_as_a_file_is(plants, classifier):
    assert classifier.model_.preprocessing.feature_names[:5] == [
        "height", "height=<missing>", "颜色=红", "颜色=绿", "颜色=<missing>",
    ]  # fmt: skip
    assert "sown (weekday)" in classifier.model_.preprocessing.feature_names
    assert list(classifier.feature_names_in_) == FEATURES
    assert classifier.n_features_in_ == 4
    assert list(classifier.classes_) == ["a", "b", "c"]
    probabilities = classifier.predict_proba(plants[FEATURES])
    assert probabilities.shape == (60, 3)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    assert (classifier.predict(plants[FEATURES]) == np.array(["a", "b", "c"])[probabilities.argmax(axis=1)]).all()
    assert classifier.n_iter_ == len(classifier.loss_curve_) == 4
    assert classifier.best_epoch_ == 1 + int(np.argmin(classifier.loss_curve_))


def test_types_of_columns_can_be_stated(plants):
    years = plants[["height"]].assign(year=np.arange(60) % 3 + 2007)
    estimator = FcnnClassifier(column_types={"year": "category"}, **SMALL).fit(years, plants["kind"])
    assert estimator.model_.preprocessing.feature_names[2:] == ["year=2007", "year=2008", "year=2009"]


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        pytest.param([3, -1], [-1, 3], id="whole numbers"),
        pytest.param([False, True], [False, True], id="truth values"),
        pytest.param(["是", "<img>"], ["<img>", "是"], id="words"),
        pytest.param([1.0, 0.0], [0.0, 1.0], id="numbers with a point"),
    ],
)
def test_predictions_are_the_labels_that_were_given(labels, classes):
    x = np.arange(40.0)[:, None] % 7
    y = np.array(labels)[np.arange(40) % 2]
    estimator = FcnnClassifier((), epochs=1, batch_size=64, compile="graph", random_state=0).fit(x, y)
    assert estimator.classes_.tolist() == classes
    assert estimator.predict(x).dtype == y.dtype
    assert set(estimator.predict(x).tolist()) <= set(classes)


def test_numbers_of_an_array_are_numbers_even_where_they_look_like_something_else():
    x = np.column_stack([np.arange(30), 20200101 + np.arange(30) % 20, np.arange(30) % 2])
    estimator = FcnnClassifier((), epochs=1, batch_size=64, compile="graph").fit(x, np.arange(30) % 3)
    assert [type(state).__name__ for state in estimator.model_.preprocessing.columns] == ["Number"] * 3
    frame = pd.DataFrame({"id": np.arange(30), "size": np.arange(30.0) % 7})
    with pytest.warns(DataWarning, match=r"column 'id': counts the rows.*left out"):
        FcnnClassifier((), epochs=1, batch_size=64, compile="graph").fit(frame, np.arange(30) % 3)


def test_an_array_of_objects_may_hold_text(plants):
    estimator = FcnnClassifier(**SMALL).fit(plants[["height", "颜色"]].to_numpy(dtype=object), plants["kind"])
    assert estimator.model_.preprocessing.feature_names == [
        "x0", "x0=<missing>", "x1=红", "x1=绿", "x1=<missing>",
    ]  # fmt: skip


def test_a_regressor_predicts_in_the_unit_of_the_target(plants):
    x = plants[["height", "颜色"]]
    options = {**SMALL, "epochs": 60, "learning_rate": 0.05}
    grams = FcnnRegressor(**options).fit(x, plants["mass"] * 1000 + 5e6)
    assert grams.predict(x).mean() == pytest.approx(plants["mass"].mean() * 1000 + 5e6, rel=1e-3)
    assert grams.score(x, plants["mass"] * 1000 + 5e6) > 0.5


def test_weights_of_rows_count(plants):
    x = plants[["height"]].fillna(0.0)
    weights = np.where(plants["mass"] > 12, 1.0, 1e-4)
    estimator = FcnnRegressor(**{**SMALL, "epochs": 40, "learning_rate": 0.05}).fit(x, plants["mass"], weights)
    assert estimator.predict(x).mean() > 14  # of the mass 12 without weights
    assert "sample_weight" not in estimator.model_.preprocessing.feature_names


def test_rows_of_weight_0_are_as_if_they_were_not_there(plants):
    x, y = plants[["height"]], plants["mass"]
    noise = np.full(60, 1e30)
    both, labels = pd.concat([x, x]), np.concatenate([y, noise])
    weights = np.repeat([1.0, 0.0], 60)
    expected = FcnnRegressor(**SMALL).fit(x, y, np.ones(60)).predict(x)
    np.testing.assert_array_equal(FcnnRegressor(**SMALL).fit(both, labels, weights).predict(x), expected)


def test_pipelines_searches_and_cross_validation_take_it(plants):
    x, y = plants[["height", "mass"]].fillna(0.0), plants["kind"]
    pipeline = make_pipeline(StandardScaler(), FcnnClassifier(**SMALL))
    search = GridSearchCV(pipeline, {"fcnnclassifier__hidden_layers": [(), (4,)]}, cv=2, scoring="neg_log_loss")
    search.fit(x, y)
    assert search.best_params_["fcnnclassifier__hidden_layers"] in [(), (4,)]
    assert search.predict_proba(x).shape == (60, 3)
    scores = cross_val_score(FcnnRegressor(**SMALL), plants[["height"]], plants["mass"], cv=2)
    assert scores.shape == (2,)
    assert np.isfinite(scores).all()


PROGRAM = """
import sys, joblib, pandas
estimator, frame = joblib.load(sys.argv[1])
print(estimator.predict_proba(frame).sum())
assert not {"tensorflow", "keras"} & set(sys.modules)
"""


def test_a_pickled_estimator_predicts_without_tensorflow(plants, classifier, tmp_path):
    path = tmp_path / "estimator.joblib"
    joblib.dump((classifier, plants[FEATURES]), str(path))
    again, _ = joblib.load(str(path))
    np.testing.assert_array_equal(again.predict_proba(plants[FEATURES]), classifier.predict_proba(plants[FEATURES]))
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert float(done.stdout) == pytest.approx(60)


def test_a_network_of_the_same_shape_is_not_compiled_again(plants):
    x, y = np.arange(60.0)[:, None], plants["kind"]
    FcnnClassifier(**SMALL).fit(x, y)
    learner = list(recent_learners()._by_shape.values())[-1]
    before = learner.engine.compilations
    FcnnClassifier(**{**SMALL, "random_state": 8, "learning_rate": 0.1}).fit(x + 5, y)
    assert list(recent_learners()._by_shape.values())[-1] is learner
    assert learner.engine.compilations == before
    for units in range(1, MOST_KEPT + 3):
        FcnnClassifier((units,), epochs=1, batch_size=64, compile="eager").fit(x, y)
    assert len(recent_learners()._by_shape) == MOST_KEPT


def test_the_same_random_state_gives_the_same_network_and_none_another(plants):
    x, y = plants[["height"]], plants["kind"]
    fit = [FcnnClassifier(**{**SMALL, "random_state": state}).fit(x, y).predict_proba(x) for state in (3, 3, 4)]
    np.testing.assert_array_equal(fit[0], fit[1])
    assert (fit[0] != fit[2]).any()
    np.random.seed(5)
    drawn = [FcnnClassifier(**{**SMALL, "random_state": None}).fit(x, y).predict_proba(x) for _ in range(2)]
    assert (drawn[0] != drawn[1]).any()


@pytest.mark.parametrize(
    ("rows", "given", "validates"),
    [
        pytest.param(120, "auto", True, id="many rows"),
        pytest.param(90, "auto", False, id="few rows"),
        pytest.param(90, True, True, id="few rows, wanted"),
        pytest.param(120, False, False, id="many rows, not wanted"),
    ],
)
def test_early_stopping_keeps_rows_away_where_there_are_enough(rows, given, validates):
    x = np.arange(float(rows))[:, None]
    estimator = FcnnClassifier((), epochs=1, batch_size=128, compile="eager", early_stopping=given)
    estimator.fit(x, np.arange(rows) % 2)
    assert ("val_loss" in estimator.history_) == validates


# --- from a run -------------------------------------------------------------------------------------------------------


def test_an_estimator_from_a_run_predicts_as_the_run(plants, run):
    estimator = FcnnClassifier.load(run.folder)
    expected = run.predict(plants)
    x = plants[list(estimator.feature_names_in_)]
    assert list(estimator.predict(x)) == list(expected["prediction"])
    np.testing.assert_array_equal(estimator.predict_proba(x), expected.iloc[:, 1:].to_numpy())
    assert estimator.history_ == run.history
    assert estimator.n_iter_ == 4


def test_a_clone_of_an_estimator_from_a_run_trains_the_same_network(plants, run):
    loaded = FcnnClassifier.load(run.folder)
    again = clone(loaded).fit(plants[FEATURES], plants["kind"])
    np.testing.assert_array_equal(again.predict_proba(plants[FEATURES]), loaded.predict_proba(plants[FEATURES]))


def test_a_run_of_another_task_is_refused(run, tmp_path):
    with pytest.raises(RunError, match=r"this run is one of multiclass[^$]*fcnn\.FcnnClassifier\.load"):
        FcnnRegressor.load(run.folder)
    with pytest.raises(RunError, match="there is no such run"):
        FcnnRegressor.load(tmp_path / "nosuch")


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"activation": "rleu"}, r"(?s)hidden_layers\[0\]\.activation: .*`relu`", id="activation"),
        pytest.param({"hidden_layers": 8}, "hidden_layers", id="layers are no list"),
        pytest.param({"hidden_layers": (8, 0)}, r"hidden_layers\[1\]\.units", id="no units"),
        pytest.param({"hidden_layers": (True,)}, r"hidden_layers\[0\]", id="a truth value for units"),
        pytest.param({"optimizer": "adamm"}, "(?s)optimizer.*adam", id="optimizer"),
        pytest.param({"learning_rate": -1.0}, "^learning_rate", id="learning rate"),
        pytest.param({"epochs": 0}, "^epochs", id="epochs"),
        pytest.param({"batch_size": "many"}, "^batch_size", id="batch size"),
        pytest.param({"early_stopping": "yes"}, "early_stopping: expected True, False or 'auto'", id="early stopping"),
        pytest.param({"early_stopping": True, "patience": 0}, "^patience", id="patience"),
        pytest.param({"early_stopping": True, "validation_fraction": 1.5}, "^validation_fraction", id="fraction"),
        pytest.param({"class_weight": {"z": 2}}, "class_weight: 'z' is none of the classes 'a', 'b', 'c'", id="class"),
        pytest.param({"class_weight": "balance"}, "^class_weight", id="class weight"),
        pytest.param({"column_types": {"hight": "number"}}, "column 'hight'; did you mean `height`", id="column"),
        pytest.param({"column_types": {"height": "numeric"}}, "^column_types", id="type"),
        pytest.param({"column_types": "number"}, "column_types: expected a type by column name", id="no mapping"),
        pytest.param({"random_state": -1}, "^random_state", id="seed"),
        pytest.param({"loss": "mean_squared_error"}, "loss", id="loss of another task"),
        pytest.param({"compile": "jit"}, "^compile", id="compile"),
        pytest.param({"scaler": "minmax"}, "^scaler", id="scaler"),
        pytest.param({"smooth_clip": -1.0}, "^smooth_clip", id="smooth clip"),
        pytest.param({"weight_averaging": {"momentum": 1.0}}, r"^weight_averaging\.momentum", id="averaging"),
    ],
)
def test_a_wrong_parameter_is_named_when_it_is_fitted(plants, options, message):
    with pytest.raises(ValueError, match=message):
        FcnnClassifier(**{**SMALL, **options}).fit(plants[["height"]], plants["kind"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"kind": ["a"] * 60}, "one class", id="one class"),
        pytest.param({"kind": [None, *["a", "b"] * 29, "a"]}, "missing value", id="a missing class"),
        pytest.param({"height": [*[1.0, 2.0] * 29, 3.0, np.inf]}, "column 'height': 1 cell is infinite", id="infinite"),
        pytest.param({"height": [*["1", "2.5"] * 29, "3", "x"]}, "numeric, but 1 cell is no number", id="bad cell"),
        pytest.param({"height": [1.0] * 60}, "the same in every training row", id="constant"),
    ],
)
def test_rows_that_cannot_be_learnt_from_are_a_value_error(plants, change, message):
    frame = plants.assign(**change)
    with pytest.raises(ValueError, match=message):
        FcnnClassifier(**SMALL).fit(frame[["height"]], frame["kind"])


def test_weights_that_are_none_are_a_value_error(plants):
    x, y = plants[["height"]], plants["kind"]
    for weights, message in (
        (np.zeros(60), "no row is left|at least one non-zero"),
        (np.arange(60) - 1.0, "Negative values in sample_weight"),
        (np.where(y == "a", 1.0, 0.0), "y has one class in the rows that have a weight"),
    ):
        with pytest.raises(ValueError, match=message):
            FcnnClassifier(**SMALL).fit(x, y, weights)


def test_what_is_predicted_must_have_the_columns_of_the_training(plants, classifier):
    with pytest.raises(ValueError, match="feature names"):
        classifier.predict(plants[FEATURES[::-1]])
    with pytest.raises(ValueError, match="is no number"):
        classifier.predict(plants[FEATURES].assign(height=["x", *["1"] * 59]))
    with pytest.raises(NotFittedError):
        FcnnClassifier().predict(plants[FEATURES])


def test_the_parameters_are_in_its_words_and_nothing_is_warned_of(plants):
    assert repr(FcnnClassifier((8,), dropout=0.5)) == "FcnnClassifier(dropout=0.5, hidden_layers=(8,))"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        FcnnClassifier(**SMALL).fit(plants[["height", "mass"]], plants["kind"])
