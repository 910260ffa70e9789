import numpy as np
import pandas as pd
import pytest

from fcnn.data.classes import class_names
from fcnn.data.column import Text, column_of
from fcnn.data.rows import frame_rows
from fcnn.data.target import Target, readable
from fcnn.data.task import choose_task
from fcnn.errors import DataError


def column(*cells) -> Text:
    """The target as it is read: as text."""
    series = pd.Series([str(cell) for cell in cells], dtype=object)
    return column_of("y", series, frame_rows(len(cells)), frozenset())


TASKS = {
    "two words": (["yes", "no", "yes"], "binary"),
    "two numbers": ([0, 1, 1], "binary"),
    "two years": ([1999, 2000, 2000], "binary"),
    "three words": (["a", "b", "c"], "multiclass"),
    "as many whole numbers as may be classes": (range(20), "multiclass"),
    "more whole numbers": (range(21), "regression"),
    "whole numbers written as decimals": (["1.0", "2.0", "3.0"], "multiclass"),
    "decimals": ([0.5, 1.5, 1.5], "regression"),
    "an infinity among whole numbers": ([1, 2, "inf"], "multiclass"),
    "numbers with a currency": (["€1", "€2", "€3"], "regression"),
    "decimal commas": (["0,5", "1,5", "2"], "regression"),
    "a few numbers and a word": ([*range(19), "many"], "multiclass"),
    "few times": (["08:00", "16:00", "00:00"], "multiclass"),
    "few dates of eight digits": ([20200101, 20210101, 20220101], "multiclass"),
    "words and a few numbers": ([*range(20), *[f"word {number}" for number in range(20)]], "multiclass"),
}


@pytest.mark.parametrize(("cells", "task"), TASKS.values(), ids=TASKS)
def test_the_task_follows_from_the_values(cells, task):
    assert choose_task(column(*cells), "auto") == task


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_a_stated_task_wins(task):
    assert choose_task(column(0, 1, 1), task) == task


SPELLINGS = {
    "1 and 1.0": (["1", "1.0", "0", "1."], ["0", "1"], [1, 1, 0, 1]),
    "always with a point": (["1.0", "0.0", "1.0"], ["0.0", "1.0"], [1, 0, 1]),
    "a leading zero is another class": (["1", "01", "01.0", "1.0"], ["01", "01.0", "1"], [2, 0, 1, 2]),
    "fractions": (["1.5", "1.50", "1"], ["1", "1.5", "1.50"], [1, 2, 0]),
}


@pytest.mark.parametrize(("cells", "names", "codes"), SPELLINGS.values(), ids=SPELLINGS)
def test_whole_numbers_with_and_without_a_point_are_one_class(cells, names, codes):
    target = column(*cells)
    found = class_names(column(*cells, *cells), "multiclass", None)
    assert found == names
    assert Target(name="y", task="multiclass", classes=tuple(found)).encode(target).tolist() == codes


def test_another_table_may_write_its_classes_with_a_point():
    target = Target(name="y", task="binary", classes=("0", "1"))
    assert target.encode(column("1.0", "0.0")).tolist() == [1, 0]
    assert choose_task(column("1", "1.0", "0"), "auto") == "binary"


STATED = {
    "numbers as classes": (["1.5", "2.5", "3.5"], "category", "multiclass"),
    "two numbers as classes": (["1.5", "2.5", "1.5"], "category", "binary"),
    "few whole numbers as a quantity": (["0", "1", "0"], "number", "regression"),
    "a boolean": (["yes", "no", "yes"], "boolean", "binary"),
    "nothing stated": (["1.5", "2.5", "3.5"], "auto", "regression"),
}


@pytest.mark.parametrize(("cells", "kind", "task"), STATED.values(), ids=STATED)
def test_a_stated_type_of_the_target_decides_the_task(cells, kind, task):
    assert choose_task(column(*cells), "auto", kind=kind) == task


def test_a_target_of_three_values_is_no_boolean():
    with pytest.raises(DataError, match="a binary target has two classes"):
        choose_task(column("a", "b", "c"), "auto", kind="boolean")


# fmt: off
IMPOSSIBLE = {
    "one value only": (["a", "a"], "auto", "the target is the same in every row that has one", "'a'"),
    "no row": ([], "auto", "the target is the same in every row that has one", "no value at all"),
    "three classes of two": (["a", "b", "c"], "binary", "a binary target has two classes", "3: a, b, c"),
    "many numbers and a word": ([*range(30), "many"], "auto", "is numeric, but 1 cell is no number", "'many' (row 31)"),
    "a word as a quantity": (["1", "b", "3"], "regression", "is numeric, but 1 cell is no number", "'b' (row 2)"),
    "words as a quantity": (
        ["a", "b", "3"], "regression", "the target is text, and regression needs a number in each row",
        "'a' (row 1), 'b' (row 2)"),
}
# fmt: on


HINTS = {
    "numbers": ([f"{row}.5" for row in range(40)], "multiclass", "is it a quantity? data.task=regression"),
    "disguised numbers": (
        [f"1.{row:03},65 €" for row in range(40)],
        "multiclass",
        "is it a quantity? data.task=regression",
    ),
    "names": (
        [f"customer {row:02}" for row in range(40)],
        "multiclass",
        "is it an identifier? Choose another target; or join classes, or leave out the rows of rare ones",
    ),
}


@pytest.mark.parametrize(("cells", "task", "hint"), HINTS.values(), ids=HINTS)
def test_a_target_with_a_class_in_every_row_gets_a_hint_that_helps(cells, task, hint) -> None:
    with pytest.raises(DataError) as raised:
        class_names(column(*cells), task, None)
    assert raised.value.problems[0].hint == hint


DOUBTFUL = {
    "times": (
        [f"{number}:30" for number in range(21)],
        "they are times: as a quantity they are predicted in seconds, data.task=regression",
        "multiclass",
    ),
    "dates": (
        [f"2020-01-{number:02}" for number in range(1, 22)],
        "they are dates: a network predicts numbers or classes, such as the days until then, or the year",
        "multiclass",
    ),
    "dates of eight digits": (
        range(20200101, 20200122),
        "they are dates: a network predicts numbers or classes, such as the days until then, or the year",
        "regression",
    ),
    "amounts": ([f"{number}k" for number in range(21)],
        "if they are quantities, write them out in the file: 1.2M as 1200000, 3k as 3000", "multiclass"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "advice", "task"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_target_that_is_neither_names_nor_plain_numbers_needs_a_task(cells, advice, task) -> None:
    with pytest.raises(DataError) as raised:
        choose_task(column(*cells, *cells), "auto")
    (problem,) = raised.value.problems
    assert problem.message == "has 21 different values that are neither plain numbers nor names"
    assert problem.hint == f"{advice}; to predict it as it is: data.task={task}"
    assert choose_task(column(*cells, *cells), task) == task


def test_truth_values_in_several_spellings_are_not_binary() -> None:
    with pytest.raises(DataError) as raised:
        choose_task(column("TRUE", "1", "no"), "binary")
    assert raised.value.problems[0].hint == "if they mean the same, write them in one way in the file"


@pytest.mark.parametrize(
    ("cells", "hint"),
    [(["a", "b", "c"], "data.task=multiclass"), ([f"{row}.5" for row in range(30)], "data.task=regression")],
    ids=["words", "numbers"],
)
def test_a_target_that_is_not_binary_names_the_task_that_it_is(cells, hint) -> None:
    with pytest.raises(DataError) as raised:
        choose_task(column(*cells), "binary")
    assert raised.value.problems[0].hint == hint


@pytest.mark.parametrize(("cells", "task", "message", "received"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_task_that_the_values_do_not_allow_is_an_error(cells, task, message, received):
    with pytest.raises(DataError) as caught:
        choose_task(column(*cells), task)
    (problem,) = caught.value.problems
    assert (problem.where, problem.message, problem.received) == ("column 'y'", message, received)


ORDERS = {
    "text as text": (["b", "C", "a"], ["C", "a", "b"]),
    "numbers as numbers": (["10", "9", "-1", "1e1", "2.5"], ["-1", "2.5", "9", "10", "1e1"]),
    "numbers before text": (["b", "10", "9"], ["9", "10", "b"]),
    "Chinese": (["是", "否"], ["否", "是"]),
    "like numbers and none": (["nan", "inf", "3"], ["3", "inf", "nan"]),
}


@pytest.mark.parametrize(("cells", "names"), ORDERS.values(), ids=ORDERS)
def test_classes_are_in_order(cells, names):
    assert class_names(column(*cells * 2), "multiclass", None) == names


POSITIVE = {
    "not stated": (["no", "yes"], None, ["no", "yes"]),
    "the first in order": (["no", "yes"], "no", ["yes", "no"]),
    "a number": (["0", "1"], 0, ["1", "0"]),
    "a number with a point": (["0.0", "1.0"], 0, ["1.0", "0.0"]),
    "a truth value": (["False", "True"], False, ["True", "False"]),
    "none of the classes": (["no", "yes"], "nope", ["no", "yes"]),
}


@pytest.mark.parametrize(("cells", "positive", "names"), POSITIVE.values(), ids=POSITIVE)
def test_the_positive_class_comes_last(cells, positive, names):
    assert class_names(column(*cells * 2), "binary", positive) == names


def test_a_target_that_is_constant_says_what_counts_as_missing():
    with pytest.raises(DataError) as caught:
        choose_task(column("a", "a"), "auto", hint="an empty cell counts as missing")
    assert caught.value.problems[0].hint == "an empty cell counts as missing"


def test_a_quantity_with_bad_values_says_what_to_do():
    with pytest.raises(DataError) as caught:
        choose_task(column(*range(30), "many"), "auto")
    assert caught.value.problems[0].hint == (
        "correct the file, or say what to do: data.columns.y.bad_values=missing (leave these rows out), "
        "data.task=multiclass (they are classes)"
    )


def test_bad_values_of_the_target_are_missing_where_that_is_said():
    raw = column("1,5", "many", "2")
    assert readable(raw, "missing", ",").missing.tolist() == [False, True, False]
    assert readable(raw, "error", ",") is raw


def test_a_quantity_may_be_written_in_any_way():
    target = Target(name="y", task="regression", decimal=",")
    assert target.raw(column("1.400,5", "12 €", "3")).tolist() == [1400.5, 12, 3]


def test_a_class_for_almost_each_row_is_an_error():
    with pytest.raises(DataError, match="6 classes for 10 rows: hardly any class has two rows to learn from"):
        class_names(column(*"aabbccddef"), "multiclass", None)


def test_classes_are_codes():
    target = Target(name="y", task="multiclass", classes=("a", "b", "c"))
    codes = target.encode(column("c", "a", "b", "a"))
    assert (codes.tolist(), codes.dtype) == ([2, 0, 1, 0], np.int32)


def test_a_class_that_training_did_not_have_is_an_error():
    with pytest.raises(DataError) as caught:
        Target(name="y", task="multiclass", classes=("a", "b")).encode(column("a", "d", "c", "d"))
    (problem,) = caught.value.problems
    assert problem.message == "3 cells are no class of this run"
    assert (problem.expected, problem.received) == ("a, b", "'d' (row 2), 'c' (row 3), 'd' (row 4)")


QUANTITY = Target(name="y", task="regression")


def test_a_quantity_is_standardised_by_training_rows_and_read_in_its_own_unit():
    target = QUANTITY.fitted(np.array([1.0, 2.0, 6.0]))
    assert (target.mean, target.std) == (3.0, pytest.approx(14**0.5 / 3**0.5))  # deviations -2, -1, 3
    scaled = target.encode(column(3, 6, 9))
    assert scaled.dtype == np.float32
    np.testing.assert_allclose(scaled, [0, 1.3887301, 2.7774603], rtol=1e-6)
    np.testing.assert_allclose(target.unscale(scaled), [3, 6, 9], rtol=1e-6)
    assert target.raw(column(3, 6, 9)).tolist() == [3.0, 6.0, 9.0]


def test_a_quantity_that_is_the_same_in_all_training_rows_keeps_its_unit():
    target = QUANTITY.fitted(np.array([0.1] * 10))
    assert (target.mean, target.std) == (0.1, 1.0)


TOO_LARGE = {
    "in training": ([1e200, -1e200], [1], "the values are too large: their variance is beyond float64"),
    "beside training": ([1.0, 2.0], [1e300], "a value is beyond float32 after standardising"),
    "infinite": ([1.0, 2.0], ["inf"], "1 cell is infinite"),
}


@pytest.mark.parametrize(("training", "cells", "message"), TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_quantity_beyond_what_a_float_holds_is_an_error(training, cells, message):
    with pytest.raises(DataError, match=message):
        QUANTITY.fitted(np.array(training)).encode(column(*cells))
