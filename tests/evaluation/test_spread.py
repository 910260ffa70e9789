"""Mean and sample standard deviation of the scores of several trainings."""

from fcnn.evaluation.spread import means, standard_deviations

MEMBERS = [
    {"train": {"accuracy": 0.5, "roc_auc": 0.75}, "test": {"accuracy": 1.0}},
    {"train": {"accuracy": 0.25}, "test": {"accuracy": 1.0}},
    {"train": {"accuracy": 0.75, "roc_auc": 0.5}, "test": {"accuracy": 1.0}},
]


def test_a_metric_that_a_member_does_not_have_is_left_out() -> None:
    assert means(MEMBERS) == {"train": {"accuracy": 0.5}, "test": {"accuracy": 1.0}}


def test_the_spread_is_that_of_a_sample() -> None:
    assert standard_deviations(MEMBERS) == {"train": {"accuracy": 0.25}, "test": {"accuracy": 0.0}}


def test_equal_numbers_have_no_spread_whatever_their_digits() -> None:
    assert standard_deviations([{"test": {"r2": 0.1}}] * 7) == {"test": {"r2": 0.0}}


def test_one_member_has_a_mean_and_no_spread() -> None:
    assert means(MEMBERS[1:2]) == MEMBERS[1]
    assert standard_deviations(MEMBERS[:1]) == {}


def test_a_part_that_a_member_does_not_have_is_left_out() -> None:
    assert means([{"train": {"r2": 1.0}, "test": {"r2": 1.0}}, {"train": {"r2": 0.0}}]) == {
        "train": {"r2": 0.5},
        "test": {},
    }
