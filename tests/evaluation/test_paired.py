"""Differences of two networks on the same rows, and whether they are more than noise."""

import numpy as np
import pytest

from fcnn.evaluation.metrics import classification_metrics, regression_metrics
from fcnn.evaluation.paired import HIGHER_IS_BETTER, Difference, class_differences, number_differences


def shares_of(predicted, classes, sure=0.9):
    """Probabilities that answer these classes."""
    shares = np.full((len(predicted), classes), (1 - sure) / (classes - 1))
    shares[np.arange(len(predicted)), predicted] = sure
    return shares


def answers(rows, classes=3, strength=1.0, seed=0, noise_seed=1):
    """Codes, and probabilities that know something of them."""
    codes = np.random.default_rng(seed).integers(0, classes, rows)
    scores = np.random.default_rng(noise_seed).normal(size=(rows, classes))
    scores[np.arange(rows), codes] += strength
    shares = np.exp(scores)
    return codes, shares / shares.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("classes", [2, 3, 12])
def test_the_two_scores_are_scikit_learns_on_these_rows(classes) -> None:
    codes, first = answers(200, classes)
    _, second = answers(200, classes, strength=2.0, noise_seed=2)
    names = [str(code) for code in range(classes)]
    found = class_differences(codes, first, second, None, 0)
    of_first, of_second = (classification_metrics(codes, shares, names) for shares in (first, second))
    expected = set(of_first) - ({"roc_auc"} if classes == 12 else set())  # no intervals of it with so many classes
    assert set(found) == expected
    for name, difference in found.items():
        assert (difference.first, difference.second) == (of_first[name], of_second[name])
        assert difference.value == of_second[name] - of_first[name]
        assert difference.low <= difference.value <= difference.high


def test_every_metric_has_a_better_direction() -> None:
    codes, shares = answers(50, 2)
    scores = {**classification_metrics(codes, shares, ["a", "b"]), **regression_metrics(codes, shares[:, 1])}
    assert set(HIGHER_IS_BETTER) == set(scores)
    better = classification_metrics(codes, shares_of(codes, 2), ["a", "b"])
    worse = classification_metrics(codes, shares_of(1 - codes, 2), ["a", "b"])
    assert {name: better[name] > worse[name] for name in better} == {name: HIGHER_IS_BETTER[name] for name in better}
    near, far = (regression_metrics(np.arange(9.0), np.arange(9.0) + off) for off in (0.1, 2.0))
    assert {name: near[name] > far[name] for name in near} == {name: HIGHER_IS_BETTER[name] for name in near}


def test_a_clear_difference_is_more_than_noise_and_a_small_one_is_not() -> None:
    codes = np.zeros(100, dtype=int)
    codes[50:] = 1
    first, slightly, clearly = codes.copy(), codes.copy(), codes.copy()
    first[:30] = 1
    slightly[2:31] = 1  # 29 wrong instead of 30, nearly the same ones
    clearly[:5] = 1
    small = class_differences(codes, shares_of(first, 2), shares_of(slightly, 2), None, 0)["accuracy"]
    large = class_differences(codes, shares_of(first, 2), shares_of(clearly, 2), None, 0)["accuracy"]
    assert small.value == pytest.approx(0.01)
    assert not small.is_more_than_noise
    assert large.value == pytest.approx(0.25)
    assert large.is_more_than_noise
    # The bootstrap of a mean of 25 ones and 75 zeros: 1.96 standard errors of 0.0433 around 0.25.
    assert (large.low, large.high) == pytest.approx((0.165, 0.335), abs=0.011)


def test_rows_that_both_get_right_or_wrong_do_not_blur_the_difference() -> None:
    """Two networks with the same mistakes but for 12 are told apart; with as many, independent ones they are not."""
    codes = np.zeros(200, dtype=int)
    codes[::2] = 1
    first, alike, other = codes.copy(), codes.copy(), codes.copy()
    first[:80] = 1 - codes[:80]
    alike[:68] = 1 - codes[:68]
    other[60:128] = 1 - codes[60:128]
    paired = class_differences(codes, shares_of(first, 2), shares_of(alike, 2), None, 0)["accuracy"]
    apart = class_differences(codes, shares_of(first, 2), shares_of(other, 2), None, 0)["accuracy"]
    assert paired.value == pytest.approx(apart.value) == pytest.approx(0.06)
    assert paired.is_more_than_noise
    assert not apart.is_more_than_noise


def test_a_network_beside_itself_differs_by_nothing() -> None:
    codes, shares = answers(60)
    for difference in class_differences(codes, shares, shares, None, 0).values():
        assert (difference.value, difference.low, difference.high) == (0.0, 0.0, 0.0)
        assert not difference.is_more_than_noise


@pytest.mark.parametrize("weighted", [False, True], ids=["all alike", "weighted"])
def test_the_other_way_round_all_signs_change(weighted) -> None:
    codes, first = answers(150, 2)
    _, second = answers(150, 2, strength=1.5, noise_seed=3)
    weight = np.random.default_rng(5).random(150) if weighted else None
    there, back = class_differences(codes, first, second, weight, 7), class_differences(codes, second, first, weight, 7)
    for name, difference in there.items():
        assert (-back[name].high, -back[name].low) == pytest.approx((difference.low, difference.high))
        assert back[name].value == -difference.value


def test_numbers_are_compared_in_their_own_unit() -> None:
    truth = np.arange(100.0)
    random = np.random.default_rng(0)
    noise = random.normal(size=100)
    found = number_differences(truth, truth + 2 * noise, truth + noise, None, 0)
    assert set(found) == {"rmse", "mae", "r2", "median_absolute_error"}
    expected = regression_metrics(truth, truth + noise)["rmse"] - regression_metrics(truth, truth + 2 * noise)["rmse"]
    assert found["rmse"].value == expected
    assert found["rmse"].high < 0
    assert found["r2"].low > 0
    same = number_differences(truth, truth + noise, truth - noise, None, 0)
    assert not any(difference.is_more_than_noise for difference in same.values())


def test_equal_seeds_give_equal_intervals_and_few_rows_none() -> None:
    codes, first = answers(100)
    _, second = answers(100, strength=1.2, noise_seed=2)
    assert class_differences(codes, first, second, None, 3) == class_differences(codes, first, second, None, 3)
    assert class_differences(codes, first, second, None, 3) != class_differences(codes, first, second, None, 4)
    assert class_differences(codes[:4], first[:4], second[:4], None, 3) == {}


def test_rows_of_weight_0_are_not_there() -> None:
    codes, first = answers(100)
    _, second = answers(100, strength=2.0, noise_seed=2)
    weight = np.ones(100)
    weight[60:] = 0
    some = class_differences(codes[:60], first[:60], second[:60], np.ones(60), 0)
    assert class_differences(codes, first, second, weight, 0) == some


def test_of_pairs_that_do_not_differ_about_one_in_twenty_seems_to() -> None:
    """Two networks of the same quality on 80 rows, 100 times: the interval holds 0 in about 95 % of them."""
    random = np.random.default_rng(11)
    found = 0
    for _ in range(100):
        truth = random.normal(size=80)
        first, second = (truth + random.normal(size=80) for _ in range(2))
        found += number_differences(truth, first, second, None, 0)["mae"].is_more_than_noise
    assert 1 <= found <= 13


@pytest.mark.parametrize(
    ("low", "high", "is_more"), [(0.1, 0.2, True), (-0.2, -0.1, True), (0.0, 0.2, False), (-0.1, 0.1, False)], ids=str
)
def test_an_interval_that_reaches_0_is_noise(low, high, is_more) -> None:
    assert Difference(0.5, 0.6, low, high).is_more_than_noise is is_more
