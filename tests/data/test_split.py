import msgspec
import numpy as np
import pytest

from fcnn.config.structs import Split
from fcnn.data.split import Classes, split_rows
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


@pytest.mark.parametrize("labels", [None, Classes(classes(500, 300, 200), "abc")], ids=["random", "stratified"])
def test_every_row_is_in_exactly_one_part_in_ascending_order(labels):
    parts = split_rows(1000, shares(), 7, labels)
    assert sorted(np.concatenate(list(parts.values())).tolist()) == list(range(1000))
    assert all((np.diff(part) > 0).all() for part in parts.values())


def test_classes_are_spread_in_proportion():
    labels = classes(500, 300, 200)
    parts = split_rows(1000, shares(validation=0.1, test=0.2), 7, Classes(labels, "abc"))
    counts = {name: np.bincount(labels[part]).tolist() for name, part in parts.items()}
    assert counts == {"train": [350, 210, 140], "validation": [50, 30, 20], "test": [100, 60, 40]}


def test_a_random_split_does_not_look_at_the_classes():
    labels = classes(500, 300, 200)
    with_classes = split_rows(1000, shares(method="random"), 7, Classes(labels, "abc"))
    without = split_rows(1000, shares(method="random"), 7, None)
    assert all(np.array_equal(with_classes[name], without[name]) for name in without)


def test_the_same_seed_gives_the_same_rows_and_another_seed_others():
    first, again, other = (
        split_rows(200, shares(), seed, Classes(classes(100, 100), "ab"))["test"] for seed in (1, 1, 2)
    )
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
        split_rows(rows, shares(**keys), 1, None if labels is None else Classes(labels, "abc"))
    (problem,) = caught.value.problems
    assert problem.message == message
    assert received in (problem.received, problem.expected)


def test_a_class_of_two_rows_can_be_trained_on_with_a_random_split():
    parts = split_rows(100, shares(method="random"), 1, Classes(classes(98, 2), "ab"))
    assert len(parts["train"]) == 70


def test_shares_that_leave_too_few_rows_to_train_each_class_are_an_error():
    with pytest.raises(DataError, match="cannot split: The train_size = 1 should be greater"):
        split_rows(6, shares(validation=0.5, test=0.3), 1, Classes(classes(3, 3), "ab"))


def by(method, **keys):
    return shares(method=method, column="g", **keys)


def members(parts, column):
    """The cells of a text column in each part, each once, in order."""
    cells = column.cells()
    return {name: list(dict.fromkeys(cells[rows])) for name, rows in parts.items()}


def test_no_group_is_in_two_parts(text):
    groups = text([f"g{row * row % 37}" for row in range(400)], "g")
    parts = split_rows(400, by("group"), 3, by=groups)
    found = members(parts, groups)
    assert sorted(group for names in found.values() for group in names) == sorted(groups.present())
    assert sorted(np.concatenate(list(parts.values())).tolist()) == list(range(400))
    assert all((np.diff(part) > 0).all() for part in parts.values())
    assert {name: abs(len(part) - {"train": 280}.get(name, 60)) <= 40 for name, part in parts.items()} == {
        "train": True, "validation": True, "test": True,
    }  # fmt: skip


def test_groups_are_numbers_too(numbers):
    parts = split_rows(8, by("group", validation=0.25, test=0.25), 1, by=numbers([7, 7, 8, 8, 9, 9, 10, 10]))
    assert {name: len(part) for name, part in parts.items()} == {"train": 4, "validation": 2, "test": 2}
    assert all(part.tolist() in ([0, 1], [2, 3], [4, 5], [6, 7]) for name, part in parts.items() if name != "train")


@pytest.mark.parametrize("seed", range(6))
def test_a_large_group_trains_where_small_ones_will_do(text, seed):
    groups = text(["large"] * 90 + ["a"] * 4 + ["b"] * 3 + ["c"] * 3, "g")
    parts = split_rows(100, by("group", validation=0.05, test=0.05), seed, by=groups)
    assert "large" in members(parts, groups)["train"]
    assert all(len(part) > 0 for part in parts.values())


@pytest.mark.parametrize("seed", range(6))
def test_as_many_groups_as_parts_are_enough(text, seed):
    groups = text(["large"] * 90 + ["a"] * 5 + ["b"] * 5, "g")
    parts = split_rows(100, by("group"), seed, by=groups)
    assert {name: members(parts, groups)[name] for name in ("train",)} == {"train": ["large"]}
    assert {len(parts["validation"]), len(parts["test"])} == {5}


def test_a_row_without_a_group_is_one_of_its_own(text):
    groups = text([None] * 60 + ["a"] * 20 + ["b"] * 20, "g")
    parts = split_rows(100, by("group"), 1, by=groups)
    assert {len(parts["validation"]), len(parts["test"])} <= {14, 15, 16, 20}
    assert sorted(np.concatenate(list(parts.values())).tolist()) == list(range(100))


def test_the_groups_of_a_seed_are_the_same_on_both_stacks(text):
    parts = split_rows(20, by("group"), 42, by=text([f"g{row // 2}" for row in range(20)], "g"))
    assert (parts["validation"].tolist(), parts["test"].tolist()) == ([10, 11], [12, 13])


def test_too_few_groups_are_an_error(text):
    with pytest.raises(DataError) as caught:
        split_rows(10, by("group"), 1, by=text(["a", "b"] * 5, "g"))
    (problem,) = caught.value.problems
    assert (problem.where, problem.message) == (
        "data.split.column", "there are too few groups for the parts of the split")  # fmt: skip
    assert (problem.expected, problem.received) == ("at least 3 groups", "2 groups of 'g'")


DAYS = [f"2020-01-{day:02}" for day in (5, 1, 9, 3, 7, 2, 10, 4, 8, 6)]

TIMES = {
    "dates": (DAYS, [4, 8], [2, 6]),
    "another way to write them": ([f"{day[-2:]}.01.2020" for day in DAYS], [4, 8], [2, 6]),
    "numbers as text": ([f"{int(day[-2:])},5" for day in DAYS], [4, 8], [2, 6]),
    "years": ([int(day[-2:]) + 2000 for day in DAYS], [4, 8], [2, 6]),
    "equal times stay together": ([1, 1, 1, 1, 2, 2, 2, 3, 3, 3], [4, 5, 6], [7, 8, 9]),
    "the nearest number of equal times": ([1, 1, 1, 1, 2, 2, 2, 2, 3, 4], [4, 5, 6, 7], [8, 9]),
    "rather too few than far too many": ([1, 1, 1, 1, 1, 2, 2, 2, 2, 3], [5, 6, 7, 8], [9]),
}


@pytest.mark.parametrize(("cells", "validation", "test"), TIMES.values(), ids=TIMES)
def test_the_latest_rows_are_for_testing(text, numbers, cells, validation, test):
    column = text(cells, "g") if isinstance(cells[0], str) else numbers(cells, "g")
    parts = split_rows(10, by("time", validation=0.2, test=0.2), 1, by=column)
    assert {name: rows.tolist() for name, rows in parts.items()} == {
        "train": sorted({*range(10)} - {*validation, *test}),
        "validation": validation,
        "test": test,
    }


NO_TIMES = {
    "words": (["2020-01-01", "soon", "2020-01-03", "2020-01-04"], "column 'g'",
        "1 cell is no time, and rows cannot be put in order", "'soon' (row 2)"),
    "gaps": (["2020-01-01", None, "2020-01-03", None], "column 'g'",
        "2 cells are no time, and rows cannot be put in order", "'' (row 2), '' (row 4)"),
    "all equal": (["2020-01-01"] * 4, "data.split.column",
        "no row is earlier than the test rows: too few different times in 'g'", ""),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "where", "message", "received"), NO_TIMES.values(), ids=NO_TIMES)
def test_rows_that_cannot_be_put_in_order_are_an_error(text, cells, where, message, received):
    with pytest.raises(DataError) as caught:
        split_rows(4, by("time", validation=0.25, test=0.25), 1, by=text(cells, "g"))
    (problem,) = caught.value.problems
    assert (problem.where, problem.message, problem.received) == (where, message, received)


def test_a_column_says_which_part_a_row_belongs_to(text):
    column = text(["train", "Test", "VALID", "训练", "dev", "测试集"], "g")
    parts = split_rows(6, by("column"), 1, by=column)
    assert {name: rows.tolist() for name, rows in parts.items()} == {
        "train": [0, 3], "validation": [2, 4], "test": [1, 5],
    }  # fmt: skip


def test_a_column_may_name_no_test_rows(text):
    parts = split_rows(3, by("column"), 1, by=text(["train", "train", "val"], "g"))
    assert {name: rows.tolist() for name, rows in parts.items()} == {"train": [0, 1], "validation": [2]}


NO_PARTS = {
    "another word": (["train", "later", "test", None], "2 cells are no part of the split",
        "'later' (row 2), '' (row 4)"),
    "no training": (["test", "test", "val", "val"], "no row is for training", "test, val"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "message", "received"), NO_PARTS.values(), ids=NO_PARTS)
def test_a_column_that_names_no_parts_is_an_error(text, cells, message, received):
    with pytest.raises(DataError) as caught:
        split_rows(4, by("column"), 1, by=text(cells, "g"))
    (problem,) = caught.value.problems
    assert (problem.where, problem.message, problem.received) == ("column 'g'", message, received)


FILES = {
    "validation and test": ([0] * 6 + [1] * 2 + [2] * 2, {"train": 6, "validation": 2, "test": 2}),
    "test alone": ([0] * 8 + [2] * 2, {"train": 6, "validation": 2, "test": 2}),
    "validation alone": ([1] * 2 + [0] * 8, {"train": 6, "validation": 2, "test": 2}),
}


@pytest.mark.parametrize(("codes", "sizes"), FILES.values(), ids=FILES)
def test_rows_of_files_of_their_own_stay_in_their_parts(codes, sizes):
    codes = np.array(codes, dtype=np.int8)
    parts = split_rows(10, shares(validation=0.25, test=0.25), 1, files=codes)
    assert {name: len(rows) for name, rows in parts.items()} == sizes
    for code, name in ((1, "validation"), (2, "test")):
        if (codes == code).any():
            assert parts[name].tolist() == np.flatnonzero(codes == code).tolist()


def test_a_class_that_only_a_file_of_test_rows_has_does_not_stop_a_stratified_split():
    files = np.array([0] * 40 + [2] * 4, dtype=np.int8)
    codes = np.array([0, 1] * 20 + [2] * 4)
    parts = split_rows(44, shares(validation=0.25), 1, Classes(codes, "abc"), files=files)
    assert np.bincount(codes[parts["validation"]]).tolist() == [5, 5]
    parts = split_rows(44, shares(validation=0), 1, Classes(codes, "abc"), files=files)
    assert {name: len(rows) for name, rows in parts.items()} == {"train": 40, "test": 4}


def test_no_rows_beside_those_of_the_files_are_an_error():
    with pytest.raises(DataError, match="0 usable rows are too few to split"):
        split_rows(4, shares(), 1, files=np.array([2] * 4, dtype=np.int8))
