"""What a look at the table shows."""

import numpy as np
import pandas as pd
import pytest

from fcnn.data.column import table_of
from fcnn.data.missing import USUALLY
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.profile import profile, row_hashes
from fcnn.data.target import fit_target


def look(frame, types, labels, train=None, quantity=False):
    """The findings on a frame of which the first `train` rows train, the others test."""
    rows = len(frame)
    split = {"train": np.arange(train or rows), "test": np.arange(train or rows, rows)}
    table = table_of(frame, list(types), USUALLY)
    preprocessing, _ = fit_preprocessing(table.take(split["train"]), types, {})
    values = np.array(labels, dtype=np.float64 if quantity else np.int32)
    names = [] if quantity else sorted(f"class {code}" for code in set(labels))
    target = fit_target("y", "regression" if quantity else "binary", names, values)
    matrix, _ = preprocessing.transform(table)
    found = profile(table, preprocessing, target, values, matrix, split)
    return [(problem.severity, problem.where, problem.message) for problem in found]


COUNT = np.arange(40)
LABELS = (COUNT * 7 % 5 > 2).astype(int).tolist()
PLAIN = COUNT * 11 % 40 / 4.0


def test_a_plain_table_gives_nothing_to_say():
    assert look(pd.DataFrame({"a": PLAIN}), {"a": "number"}, LABELS) == []


IMPUTED = {
    "a number": ("number", [None, *PLAIN[1:]], "the median 5 stands in"),
    "a category": ("category", [None, *("xyz" * 13)], "they are a level of their own"),
    "a boolean": ("boolean", [None, *(["yes", "no", "no"] * 13)], "the usual value stands in"),
}


@pytest.mark.parametrize(("kind", "cells", "instead"), IMPUTED.values(), ids=IMPUTED)
def test_missing_values_are_counted_with_their_first_row(kind, cells, instead):
    assert look(pd.DataFrame({"a": cells}), {"a": kind}, LABELS) == [
        ("note", "column 'a'", f"no value in 1 of 40 training rows (the first in row 1): {instead}")
    ]


def test_missing_values_of_many_columns_are_one_note():
    frame = pd.DataFrame({name: [None, *PLAIN[1:]] for name in "abcdef"})
    assert look(frame, dict.fromkeys("abcdef", "number"), LABELS) == [
        ("note", "", "6 columns have no value in some training rows, and usual ones stand in: 'a', 'b', 'c', ...")
    ]


def test_only_training_rows_count():
    assert look(pd.DataFrame({"a": [*PLAIN[:30], *[None] * 10]}), {"a": "number"}, LABELS, train=30) == []


def test_rare_values_are_counted():
    cells = [f"level {number:03}" for number in range(102)] + ["level 101"]
    assert look(pd.DataFrame({"a": cells}), {"a": "category"}, [row % 2 for row in range(103)]) == [
        ("note", "column 'a'", "rare values share one level: 2 in 2 training rows, such as 'level 099'")
    ]


SKEWED = np.where(COUNT == 3, 1000.0, PLAIN)


def test_a_skewed_number_is_told():
    assert look(pd.DataFrame({"a": SKEWED}), {"a": "number"}, LABELS) == [
        ("note", "column 'a'", "is far from symmetric (skewness 6.1): median 4.875, largest 1000")
    ]


def test_many_skewed_numbers_are_one_note():
    frame = pd.DataFrame({name: SKEWED * factor for factor, name in enumerate("abcde", 1)})
    assert look(frame, dict.fromkeys("abcde", "number"), LABELS) == [
        ("note", "", "5 columns are far from symmetric: 'a', 'b', 'c', ...")
    ]


LEAKS = {
    "a number": ("number", [float(label) for label in LABELS]),
    "the target in other words": ("category", ["good" if label else "bad" for label in LABELS]),
    "the target with a level to spare": (
        "category", [("good", "better")[row % 2] if label else "bad" for row, label in enumerate(LABELS)]),
    "a number that is missing in one class": ("number", [1.0 if label else None for label in LABELS]),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "cells"), LEAKS.values(), ids=LEAKS)
def test_a_feature_that_tells_the_target_is_a_warning(kind, cells):
    found = look(pd.DataFrame({"a": cells, "b": PLAIN}), {"a": kind, "b": "number"}, LABELS)
    assert ("warning", "column 'a'", "alone tells the target in every row") in found


def test_a_feature_that_is_the_target_of_a_regression_is_a_warning():
    frame = pd.DataFrame({"a": PLAIN, "b": PLAIN * 2})
    assert look(frame, {"a": "number", "b": "number"}, PLAIN, quantity=True) == [
        ("warning", "column 'a'", "alone tells the target in every row")
    ]


NO_LEAKS = {
    "a number with many values": ("number", [row + 100 * label for row, label in enumerate(LABELS)]),
    "a level with both classes": (
        "category",
        ["x" if row == 0 else str(label) for row, label in enumerate(LABELS)][::-1],
    ),
    "all but one row": ("category", [str(1 - LABELS[0]), *map(str, LABELS[1:])]),
}


@pytest.mark.parametrize(("kind", "cells"), NO_LEAKS.values(), ids=NO_LEAKS)
def test_what_does_not_tell_the_target_is_none(kind, cells):
    assert look(pd.DataFrame({"a": cells}), {"a": kind}, LABELS) == []


def test_classes_of_very_different_size_are_told():
    labels = [1 if row == 5 else 0 for row in range(40)]
    assert look(pd.DataFrame({"a": PLAIN}), {"a": "number"}, labels) == [
        ("note", "column 'y'", "the classes differ in size: 39 of 'class 0', 1 of 'class 1'")
    ]


def test_rows_that_are_scored_and_were_trained_on_are_told():
    cells, labels = [*PLAIN[:38], PLAIN[0], PLAIN[1]], [*LABELS[:38], LABELS[0], 1 - LABELS[1]]
    assert look(pd.DataFrame({"a": cells}), {"a": "number"}, labels, train=30) == [
        ("warning", "data.split",
            "rows that are equal to training rows are scored: 1 in test; their scores may flatter")
    ]  # fmt: skip


def test_equal_rows_have_equal_hashes_and_others_do_not():
    matrix = np.random.default_rng(0).integers(0, 3, (500, 4)).astype(np.float32)
    values = np.random.default_rng(1).integers(0, 2, 500)
    rows = [(*row, value) for row, value in zip(matrix.tolist(), values.tolist())]
    hashes = row_hashes(matrix, values).tolist()
    assert len(set(zip(rows, hashes))) == len(set(rows)) == len(set(hashes))
