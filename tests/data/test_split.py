import msgspec
import numpy as np
import pytest

from fcnn.config.structs import Split
from fcnn.data.split import split_rows
from fcnn.errors import DataError


def shares(**keys):
    return msgspec.convert(keys, Split)


def classes(*counts):
    return np.random.default_rng(0).permutation(np.repeat(np.arange(len(counts)), counts))


SIZES = {
    "by default": (100, {}, {"train": 70, "validation": 15, "test": 15}),
    "rounded": (442, {"validation": 0.1, "test": 0.2}, {"train": 310, "validation": 44, "test": 88}),
    "without a test part": (100, {"test": 0}, {"train": 85, "validation": 15}),
    "without a validation part": (100, {"validation": 0}, {"train": 85, "test": 15}),
    "nothing but training": (100, {"validation": 0, "test": 0}, {"train": 100}),
    "at least one row each": (5, {"validation": 0.01, "test": 0.01}, {"train": 3, "validation": 1, "test": 1}),
    "one row of training": (3, {"validation": 0.33, "test": 0.33}, {"train": 1, "validation": 1, "test": 1}),
}


@pytest.mark.parametrize(("rows", "keys", "sizes"), SIZES.values(), ids=SIZES)
def test_shares_become_rows(rows, keys, sizes):
    parts = split_rows(rows, shares(**keys), seed=1)
    assert {name: len(part) for name, part in parts.items()} == sizes


@pytest.mark.parametrize("labels", [None, classes(500, 300, 200)], ids=["random", "stratified"])
def test_every_row_is_in_exactly_one_part_in_ascending_order(labels):
    parts = split_rows(1000, shares(), 7, labels)
    assert sorted(np.concatenate(list(parts.values())).tolist()) == list(range(1000))
    assert all((np.diff(part) > 0).all() for part in parts.values())


def test_classes_are_spread_in_proportion():
    labels = classes(500, 300, 200)
    parts = split_rows(1000, shares(validation=0.1, test=0.2), 7, labels, "abc")
    counts = {name: np.bincount(labels[part]).tolist() for name, part in parts.items()}
    assert counts == {"train": [350, 210, 140], "validation": [50, 30, 20], "test": [100, 60, 40]}


def test_a_random_split_does_not_look_at_the_classes():
    labels = classes(500, 300, 200)
    with_classes = split_rows(1000, shares(method="random"), 7, labels)
    without = split_rows(1000, shares(method="random"), 7, None)
    assert all(np.array_equal(with_classes[name], without[name]) for name in without)


def test_the_same_seed_gives_the_same_rows_and_another_seed_others():
    first, again, other = (split_rows(200, shares(), seed, classes(100, 100))["test"] for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_the_rows_of_a_seed_are_the_same_on_both_stacks():
    parts = split_rows(20, shares(), 42)
    assert (parts["validation"].tolist(), parts["test"].tolist()) == ([1, 8, 18], [0, 15, 17])


FAILING = {
    "two rows": (
        2, {}, None, "2 usable rows are too few to split", "validation 1, test 1"),
    "a class of two rows": (
        100, {}, classes(98, 2), "a class has too few rows to be in each part of a stratified split", "2 of 'b'"),
    "a test part smaller than the classes": (
        100, {"test": 0.02}, classes(40, 30, 30), "2 test rows cannot hold each of 3 classes", "2"),
    "stratified by a quantity": (
        100, {"method": "stratified"}, None,
        "a stratified split needs classes, and the target is a quantity", "random"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "keys", "labels", "message", "received"), FAILING.values(), ids=FAILING)
def test_a_split_that_cannot_be_is_an_error(rows, keys, labels, message, received):
    with pytest.raises(DataError) as caught:
        split_rows(rows, shares(**keys), 1, labels, "abc")
    (problem,) = caught.value.problems
    assert problem.message == message
    assert received in (problem.received, problem.expected)


def test_a_class_of_two_rows_can_be_trained_on_with_a_random_split():
    parts = split_rows(100, shares(method="random"), 1, classes(98, 2), "ab")
    assert len(parts["train"]) == 70


def test_shares_that_leave_too_few_rows_to_train_each_class_are_an_error():
    with pytest.raises(DataError, match="cannot split: The train_size = 1 should be greater"):
        split_rows(6, shares(validation=0.5, test=0.3), 1, classes(3, 3), "ab")
