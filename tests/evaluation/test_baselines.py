from math import log
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fcnn.evaluation import baselines as module
from fcnn.evaluation.baselines import baselines

DATA = Path(__file__).resolve().parents[2] / "data"


def table(name, target):
    """Standardised numeric columns (float32), the target, and which rows are for testing: every third."""
    frame = pd.read_csv(DATA / f"{name}.csv")
    raw = frame.drop(columns=target).to_numpy(np.float64)
    test = np.arange(len(frame)) % 3 == 0
    scaled = (raw - raw[~test].mean(axis=0)) / (raw[~test].std(axis=0) + 1e-12)
    return scaled.astype(np.float32), frame[target], test


def scores(*arguments, **options):
    """Baseline -> split -> metric -> number."""
    return baselines(*arguments, **options).scores


@pytest.fixture(scope="module")
def iris():
    x, species, test = table("iris", "species")
    codes, names = pd.factorize(species)
    return x, codes, test, list(names)


def test_majority_answers_the_shares_of_the_training_rows():
    x = np.zeros((4, 2), np.float32)
    splits = {"test": (x[:2], np.array([0, 1]), None)}
    result = scores("binary", x, np.array([0, 0, 0, 1]), splits, ["no", "yes"])["majority"]["test"]
    assert result["accuracy"] == 0.5
    assert result["log_loss"] == pytest.approx(-(log(0.75) + log(0.25)) / 2)
    assert result["roc_auc"] == 0.5


def test_mean_is_the_weighted_mean_of_the_training_rows():
    x, y = np.zeros((4, 1), np.float32), np.array([1.0, 2.0, 6.0, 1000.0])
    weight = np.array([1.0, 1.0, 2.0, 0.0])
    result = scores("regression", x, y, {"test": (x[:1], np.array([4.0]), None)}, weight_train=weight)
    assert result["mean"]["test"] == {"rmse": 0.25, "mae": 0.25, "median_absolute_error": 0.25}  # mean 15/4


def test_logistic_regression_on_iris_is_good_and_the_same_each_time(iris):
    x, codes, test, names = iris
    splits = {"train": (x[~test], codes[~test], None), "test": (x[test], codes[test], None)}
    first = scores("multiclass", x[~test], codes[~test], splits, names)
    assert list(first) == ["majority", "logistic_regression"]
    assert list(first["logistic_regression"]) == ["train", "test"]
    assert first["logistic_regression"]["test"]["accuracy"] >= 0.93
    assert first["logistic_regression"]["test"]["roc_auc"] >= 0.98
    assert first == scores("multiclass", x[~test], codes[~test], splits, names)


def test_binary_tasks_get_average_precision():
    x, diagnosis, test = table("breast_cancer", "diagnosis")
    codes = (diagnosis == diagnosis.iloc[0]).to_numpy().astype(int)
    result = scores("binary", x[~test], codes[~test], {"test": (x[test], codes[test], None)}, ["b", "m"])
    assert result["logistic_regression"]["test"]["accuracy"] >= 0.94
    assert result["logistic_regression"]["test"]["average_precision"] >= 0.95


def test_ridge_on_diabetes_is_what_it_is_known_for():
    x, progression, test = table("diabetes", "progression")
    y = progression.to_numpy(np.float64)
    result = scores("regression", x[~test], y[~test], {"test": (x[test], y[test], None)})
    assert 0.40 < result["ridge"]["test"]["r2"] < 0.60
    assert 45 < result["ridge"]["test"]["rmse"] < 65  # in the target's units
    assert result["mean"]["test"]["r2"] == pytest.approx(0.0, abs=0.05)


def test_a_class_that_has_no_training_rows_is_scored_with_probability_zero(iris):
    x, codes, test, names = iris
    two = codes < 2
    result = scores("multiclass", x[two], codes[two], {"test": (x[test], codes[test], None)}, names)
    for name in ("majority", "logistic_regression"):
        assert np.isfinite(result[name]["test"]["log_loss"])
        assert result[name]["test"]["accuracy"] <= 0.7


def test_training_rows_of_one_class_leave_the_linear_baseline_out(iris):
    x, codes, _, names = iris
    result = scores("multiclass", x[:10], codes[:10], {"test": (x, codes, None)}, names)
    assert list(result) == ["majority"]


def test_a_table_without_columns_has_only_the_constant_baseline():
    empty = np.zeros((3, 0), np.float32)
    y = np.array([1.0, 2.0, 3.0])
    assert list(scores("regression", empty, y, {"test": (empty, y, None)})) == ["mean"]


def test_a_split_without_rows_has_no_metrics(iris):
    x, codes, _, names = iris
    result = scores("multiclass", x, codes, {"test": (x[:0], codes[:0], None)}, names)
    assert result == {"majority": {"test": {}}, "logistic_regression": {"test": {}}}


def test_sample_weights_change_the_fit_like_left_out_rows(iris):
    x, codes, test, names = iris
    splits = {"test": (x[test], codes[test], None)}
    weighted = scores("multiclass", x, codes, splits, names, weight_train=(~test).astype(np.float64))
    assert weighted == scores("multiclass", x[~test], codes[~test], splits, names)


def test_training_rows_without_any_weight_are_refused(iris):
    x, codes, _, names = iris
    with pytest.raises(ValueError, match="weight above 0"):
        scores("multiclass", x, codes, {}, names, weight_train=np.zeros(len(x)))


def test_a_large_table_is_fitted_on_a_seeded_part_of_its_rows(iris, monkeypatch):
    x, codes, test, names = iris
    splits = {"test": (x[test], codes[test], None)}
    monkeypatch.setattr(module, "MOST_CELLS", 120)  # 30 of the 100 training rows
    part = scores("multiclass", x[~test], codes[~test], splits, names, seed=3)
    assert part["logistic_regression"]["test"]["accuracy"] >= 0.85
    assert part == scores("multiclass", x[~test], codes[~test], splits, names, seed=3)
    assert part != scores("multiclass", x[~test], codes[~test], splits, names, seed=4)


def test_ridge_by_folds_agrees_with_ridge_by_leaving_one_out(monkeypatch):
    x, progression, test = table("diabetes", "progression")
    y = progression.to_numpy(np.float64)
    splits = {"test": (x[test], y[test], None)}
    exact = scores("regression", x[~test], y[~test], splits)["ridge"]["test"]["r2"]
    monkeypatch.setattr(module, "LEAVE_ONE_OUT_WORK", 0)
    assert scores("regression", x[~test], y[~test], splits)["ridge"]["test"]["r2"] == pytest.approx(exact, abs=0.02)


def test_an_early_stop_of_logistic_regression_is_silent(iris, monkeypatch):
    x, codes, test, names = iris
    monkeypatch.setattr(module, "STEPS", (1, 2))
    result = scores("multiclass", x, codes, {"test": (x[test], codes[test], None)}, names)
    assert result["logistic_regression"]["test"]["accuracy"] > 0.5
