"""The 95 % intervals of scores: what they hold, and what each resample is scored with."""

import numpy as np
import pytest
from scipy.stats import binom

from fcnn.evaluation import bootstrap
from fcnn.evaluation.bootstrap import (
    _Ranked,
    classification_intervals,
    regression_intervals,
    scoring_of_answers,
    scoring_of_errors,
)
from fcnn.evaluation.metrics import classification_metrics, regression_metrics


def answers(rows, classes, seed=0, strength=1.0):
    """Codes of classes, and probabilities that know something of them; some are equal."""
    random = np.random.default_rng(seed)
    codes = random.integers(0, classes, rows)
    scores = np.round(random.normal(size=(rows, classes)), 1)
    scores[np.arange(rows), codes] += strength
    shares = np.exp(scores)
    return codes, shares / shares.sum(axis=1, keepdims=True)


def numbers(rows, seed=0):
    random = np.random.default_rng(seed)
    truth = random.normal(1e6, 10, rows)
    return truth, truth + random.normal(size=rows)


def intervals_of(codes, shares, weight=None, seed=1):
    scores = classification_metrics(codes, shares, [str(code) for code in range(shares.shape[1])], weight)
    return scores, classification_intervals(codes, shares, weight, scores, seed)


@pytest.mark.parametrize("classes", [2, 4])
def test_a_resample_of_classes_is_scored_as_scikit_learn_scores_its_rows(classes):
    codes, shares = answers(60, classes)
    drawn = np.random.default_rng(3).integers(0, 60, (5, 60))
    counts = np.stack([np.bincount(each, minlength=60) for each in drawn]).astype(np.float64)
    found = scoring_of_answers(codes, shares)(counts)
    each = [_Ranked(codes == code, shares[:, code]).both(counts) for code in range(classes)]
    if classes == 2:
        found.update(each[1])
    else:
        found["roc_auc"] = np.mean([areas["roc_auc"] for areas in each], axis=0)
    for resample, rows in enumerate(drawn):
        expected = classification_metrics(codes[rows], shares[rows], list(map(str, range(classes))))
        assert {name: values[resample] for name, values in found.items()} == pytest.approx(expected)


def test_a_resample_of_numbers_is_scored_as_scikit_learn_scores_its_rows():
    truth, guess = numbers(61)
    drawn = np.random.default_rng(3).integers(0, 61, (5, 61))
    counts = np.stack([np.bincount(each, minlength=61) for each in drawn]).astype(np.float64)
    found = scoring_of_errors(truth - truth.mean(), np.abs(guess - truth))(counts)
    for resample, rows in enumerate(drawn):
        expected = regression_metrics(truth[rows], guess[rows])
        assert {name: values[resample] for name, values in found.items()} == pytest.approx(expected)


def test_the_interval_of_an_accuracy_is_that_of_a_binomial_share():
    codes = np.zeros(200, dtype=int)
    codes[100:] = 1
    shares = np.where((np.arange(200) % 5 == 0)[:, None], [0.0, 1.0], [1.0, 0.0])
    shares[100:] = shares[100:, ::-1]
    scores, found = intervals_of(codes, shares)
    assert scores["accuracy"] == 0.8
    assert found["accuracy"] == pytest.approx(binom.ppf([0.025, 0.975], 200, 0.8) / 200, abs=0.01)


def test_nineteen_of_twenty_intervals_hold_the_truth():
    """Of 200 tables of 80 rows, whose errors have a spread of 1: an rmse of 1, a mae of 0.798, a median of 0.674."""
    held = {"rmse": 0, "mae": 0, "median_absolute_error": 0}
    truths = {"rmse": 1.0, "mae": np.sqrt(2 / np.pi), "median_absolute_error": 0.6745}
    for seed in range(200):
        truth, guess = numbers(80, seed)
        found = regression_intervals(truth, guess, None, regression_metrics(truth, guess), seed)
        for name, value in truths.items():
            held[name] += found[name][0] <= value <= found[name][1]
    assert {name: 0.89 <= count / 200 <= 0.99 for name, count in held.items()} == dict.fromkeys(held, True), held


@pytest.mark.parametrize("classes", [2, 3, 40])
def test_each_score_lies_in_its_interval_and_equal_seeds_give_equal_ones(classes):
    codes, shares = answers(400, classes)
    scores, found = intervals_of(codes, shares)
    assert set(scores) - set(found) == ({"roc_auc"} if classes == 40 else set())
    for name, (low, high) in found.items():
        assert low < scores[name] < high
    assert intervals_of(codes, shares)[1] == found
    assert intervals_of(codes, shares, seed=2)[1] != found


def test_more_rows_make_narrower_intervals_also_where_some_stand_for_all(monkeypatch):
    """A quarter of the rows has half the width."""
    codes, shares = answers(8000, 2)
    scores, whole = intervals_of(codes, shares)
    quarter = classification_intervals(codes[:2000], shares[:2000], None, scores, 1)
    monkeypatch.setattr(bootstrap, "CELLS", 400 * 1000)
    assert bootstrap.resamples_of(8000, 1) == (1000, 400)
    part = intervals_of(codes, shares)[1]
    for name, (low, high) in whole.items():
        assert quarter[name][1] - quarter[name][0] == pytest.approx(2 * (high - low), rel=0.25)
        assert part[name][1] - part[name][0] == pytest.approx(high - low, rel=0.25)
        assert part[name][0] < scores[name] < part[name][1]


BOUNDS = {
    "few rows": (52, 1, (52, 1000)),
    "thousands": (4000, 1, (4000, 500)),
    "a million": (1_000_000, 1, (5000, 400)),
    "ten classes in order": (10_000, 10, (500, 400)),
}


@pytest.mark.parametrize(("rows", "width", "expected"), BOUNDS.values(), ids=BOUNDS)
def test_rows_times_resamples_are_bounded(rows, width, expected):
    assert bootstrap.resamples_of(rows, width) == expected


def test_a_weight_counts_as_so_many_rows_and_0_as_none():
    codes, shares = answers(300, 2)
    weight = np.where(np.arange(300) % 3 == 0, 0.0, 2.5)
    kept = weight > 0
    assert intervals_of(codes, shares, weight)[1] == pytest.approx(
        {name: pytest.approx(ends) for name, ends in intervals_of(codes[kept], shares[kept])[1].items()}
    )


def test_what_has_no_score_has_no_interval():
    codes, shares = answers(30, 3)
    one = intervals_of(np.zeros(30, dtype=int), shares)[1]
    assert set(one) == {"accuracy", "balanced_accuracy", "f1_macro", "log_loss"}
    assert intervals_of(codes[:4], shares[:4])[1] == {}
    assert intervals_of(codes, shares, np.zeros(30))[1] == {}
    same = np.full(30, 7.0)
    found = regression_intervals(same, same + 1, None, regression_metrics(same, same + 1), 0)
    assert found == {"rmse": (1.0, 1.0), "mae": (1.0, 1.0), "median_absolute_error": (1.0, 1.0)}
