import numpy as np
import pytest

from fcnn.data.folds import fold_rows
from fcnn.data.split import Classes
from fcnn.errors import DataError


def parts(train, validation=0, test=0):
    """Row positions by part, mixed."""
    order = np.random.default_rng(3).permutation(train + validation + test)
    ends = np.cumsum([train, validation, test])
    found = dict(zip(("train", "validation", "test"), np.split(order, ends)))
    return {name: np.sort(rows) for name, rows in found.items() if len(rows)}


def classes(*counts):
    codes = np.random.default_rng(0).permutation(np.repeat(np.arange(len(counts)), counts))
    return Classes(codes, "abcdef"[: len(counts)])


def test_each_row_but_those_of_the_test_part_is_held_out_once():
    split = parts(70, 15, 15)
    folds = fold_rows(split, 4, "random", 1)
    assert [len(fold["validation"]) for fold in folds] == [22, 21, 21, 21]
    rest = sorted([*split["train"], *split["validation"]])
    assert sorted(np.concatenate([fold["validation"] for fold in folds])) == rest
    for fold in folds:
        assert sorted([*fold["train"], *fold["validation"]]) == rest
        assert fold["test"].tolist() == split["test"].tolist()
        assert all((np.diff(rows) > 0).all() for rows in fold.values())


def test_without_a_test_part_every_row_is_held_out_once():
    folds = fold_rows(parts(10), 5, "random", 1)
    assert [sorted(fold) for fold in folds] == [["train", "validation"]] * 5
    assert sorted(np.concatenate([fold["validation"] for fold in folds])) == list(range(10))


@pytest.mark.parametrize("method", ["auto", "stratified", "column"])
def test_classes_are_spread_over_the_folds_in_proportion(method):
    labels = classes(50, 30, 20)
    folds = fold_rows(parts(100), 5, method, 7, labels)
    assert [np.bincount(labels.codes[fold["validation"]]).tolist() for fold in folds] == [[10, 6, 4]] * 5


def test_folds_by_chance_do_not_look_at_the_classes():
    first = fold_rows(parts(100), 5, "random", 7, classes(97, 3))
    second = fold_rows(parts(100), 5, "random", 7)
    assert [fold["validation"].tolist() for fold in first] == [fold["validation"].tolist() for fold in second]


def test_the_same_seed_gives_the_same_folds_and_another_seed_others():
    first, again, other = (fold_rows(parts(100), 5, "auto", seed)[0]["validation"].tolist() for seed in (1, 1, 2))
    assert first == again != other


def test_groups_stay_whole_and_a_row_without_a_group_is_one_of_its_own(text):
    groups = text([f"g{row % 12}" if row % 10 else "" for row in range(120)], "g")
    folds = fold_rows(parts(100, 20), 3, "group", 1, by=groups)
    assert [len(fold["validation"]) for fold in folds] == [40, 40, 40]
    cells = groups.cells()
    for fold in folds:
        held_out, training = ({cells[row] for row in fold[name]} - {None} for name in ("validation", "train"))
        assert not held_out & training
    assert sorted(np.concatenate([fold["validation"] for fold in folds])) == list(range(120))


def test_folds_by_time_are_later_than_their_training_rows(numbers):
    moments = [float(row * 7 % 40) for row in range(40)]
    split = {"train": np.arange(30), "test": np.arange(30, 40)}
    folds = fold_rows(split, 4, "time", 1, by=numbers(moments, "g"))
    assert [(len(fold["train"]), len(fold["validation"])) for fold in folds] == [(6, 6), (12, 6), (18, 6), (24, 6)]
    for fold in folds:
        assert max(moments[row] for row in fold["train"]) < min(moments[row] for row in fold["validation"])


def test_rows_of_one_time_are_in_one_fold(numbers):
    moments = [1.0] * 9 + [2.0] * 2 + [3.0] * 5 + [4.0] * 4
    folds = fold_rows(parts(20), 3, "time", 1, by=numbers(moments, "g"))
    assert [(fold["train"].tolist(), fold["validation"].tolist()) for fold in folds] == [
        (list(range(9)), [9, 10]),
        (list(range(11)), [11, 12, 13, 14, 15]),
        (list(range(16)), [16, 17, 18, 19]),
    ]


def group(text, numbers):
    return {"method": "group", "by": text([f"g{row % 3}" for row in range(20)], "patient")}


def time(text, numbers):
    return {"method": "time", "by": numbers([float(row // 8) for row in range(20)], "day")}


IMPOSSIBLE = {
    "rows": (
        lambda *_: {"method": "auto", "split": parts(3)},
        "--folds: 3 rows are too few for 4 folds\n  expected: at least 4 rows",
    ),
    "a class": (
        lambda *_: {"method": "auto", "classes": classes(17, 3)},
        "--folds: a class has too few rows to be in each of 4 folds\n  expected: at least 4 rows of each\n"
        "  received: 3 of 'b'\n  hint: --folds 3, data.split.method=random, or more rows of each class",
    ),
    "a class of one": (
        lambda *_: {"method": "auto", "classes": classes(17, 2, 1)},
        "--folds: a class has too few rows to be in each of 4 folds\n  expected: at least 4 rows of each\n"
        "  received: 2 of 'b', 1 of 'c'\n  hint: data.split.method=random, or more rows of each class",
    ),
    "groups": (
        group,
        "--folds: there are too few groups for 4 folds\n  expected: at least 4 groups\n"
        "  received: 3 groups of 'patient'\n  hint: --folds 3",
    ),
    "times": (
        time,
        "--folds: there are too few different times in 'day' for 4 folds\n  expected: 5 different times\n"
        "  received: 3 different times\n  hint: --folds 2",
    ),
}


@pytest.mark.parametrize(("given", "said"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_too_little_for_so_many_folds_is_an_error(given, said, text, numbers):
    options = given(text, numbers)
    with pytest.raises(DataError) as raised:
        fold_rows(options.pop("split", parts(20)), 4, seed=1, **options)
    assert str(raised.value) == said


def test_a_class_that_is_in_the_test_part_alone_needs_no_fold():
    codes = np.array([0, 1] * 10 + [2] * 3)
    split = {"train": np.arange(20), "test": np.arange(20, 23)}
    folds = fold_rows(split, 5, "auto", 1, Classes(codes, "abc"))
    assert [np.bincount(codes[fold["validation"]]).tolist() for fold in folds] == [[2, 2]] * 5
