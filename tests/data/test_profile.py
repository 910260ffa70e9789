"""What a look at the table shows."""

import msgspec
import numpy as np
import pandas as pd
import pytest

from fcnn.config.paths import shell_word
from fcnn.config.structs import Data
from fcnn.data.column import table_of
from fcnn.data.missing import USUALLY
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.profile import profile
from fcnn.data.repeats import row_hashes
from fcnn.data.target import Target


def noticed(frame, types, labels, train=None, quantity=False, **keys):
    """The findings on a frame of which the first `train` rows train, the others test."""
    rows = len(frame)
    split = {"train": np.arange(train or rows), "test": np.arange(train or rows, rows)}
    table = table_of(frame, list(types), USUALLY)
    data = msgspec.convert({"path": "t.csv", "target": "y", **keys}, Data)
    preprocessing, _ = fit_preprocessing(table.take(split["train"]), types, data.columns)
    values = np.array(labels, dtype=np.float64 if quantity else np.int32)
    names = [] if quantity else sorted(f"class {code}" for code in set(labels))
    target = Target(name="y", task="regression" if quantity else "binary", classes=tuple(names)).fitted(values)
    matrices = {name: preprocessing.transform(table.take(rows))[0] for name, rows in split.items()}
    return profile(table, preprocessing, target, values, matrices, split, data)


def look(*args, **keys):
    """Severity, place and message of the same."""
    found = noticed(*args, **keys)
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
    frame = pd.DataFrame({name: [None, *PLAIN[1:] * factor] for factor, name in enumerate("abcdef", 1)})
    assert look(frame, dict.fromkeys("abcdef", "number"), LABELS) == [
        ("note", "", "6 columns have no value in some training rows, and usual ones stand in: 'a', 'b', 'c', ...")
    ]


def test_only_training_rows_count():
    assert look(pd.DataFrame({"a": [*PLAIN[:30], *[None] * 10]}), {"a": "number"}, LABELS, train=30) == []


def test_cells_that_are_counted_as_missing_are_listed():
    frame = pd.DataFrame({"a": [*map(str, PLAIN[:38]), "abc", "5cm"]})
    types, stated = {"a": "number"}, {"a": {"bad_values": "missing"}}
    assert look(frame, types, LABELS, train=30, columns=stated) == [
        ("note", "column 'a'",
            "2 cells cannot be read and are counted as missing: 'abc' (row 39), '5cm' (row 40)"),
    ]  # fmt: skip


def test_dates_that_are_counted_as_missing_are_listed():
    frame = pd.DataFrame({"a": [*(f"2020-{row % 9 + 1:02}-17" for row in range(39)), "soon"]})
    found = look(frame, {"a": "date"}, LABELS, columns={"a": {"bad_values": "missing"}})
    assert found[0] == (
        "note", "column 'a'", "1 cell cannot be read and is counted as missing: 'soon' (row 40)"
    )  # fmt: skip


CODES = {
    "years": ([2007, 2008, 2009], "2007, 2008, 2009"),
    "grades": ([1, 2, 3, 4, 5], "1, 2, 3, 4, 5"),
    "many": ([10, 20, 30, 40, 50, 60, 70], "10, 20, 30, ..., 70"),
}


@pytest.mark.parametrize(("different", "named"), CODES.values(), ids=CODES)
def test_few_whole_numbers_may_be_names(different, named):
    frame = pd.DataFrame({"a": np.resize(np.array(different, dtype=np.float64), 70), "b": np.arange(70) * 11 % 70 / 4})
    found = look(frame, {"a": "number", "b": "number"}, np.resize(LABELS, 70))
    message = f"has few whole numbers ({named}): are they names rather than quantities?"
    assert found == [("note", "column 'a'", message)]


NO_CODES = {
    "counts from 0": [0, 1, 2, 3],
    "fractions": [1.5, 2, 3],
    "two": [1, 2],
    "more than ten": list(range(1, 12)),
}


@pytest.mark.parametrize("different", NO_CODES.values(), ids=NO_CODES)
def test_other_numbers_are_no_names(different):
    frame = pd.DataFrame({"a": np.resize(np.array(different, dtype=np.float64), 70), "b": np.arange(70) * 11 % 70 / 4})
    assert look(frame, {"a": "number", "b": "number"}, np.resize(LABELS, 70)) == []


def test_few_whole_numbers_whose_type_is_stated_are_no_doubt():
    frame = pd.DataFrame({"a": np.resize([7.0, 8.0, 9.0], 70), "b": np.arange(70) * 11 % 70 / 4})
    types, labels = {"a": "number", "b": "number"}, np.resize(LABELS, 70)
    assert look(frame, types, labels, columns={"a": {"type": "number"}}) == []


def test_rare_values_are_counted():
    cells = [f"level {number:03}" for number in range(102)] + ["level 101"]
    assert look(pd.DataFrame({"a": cells}), {"a": "category"}, [row % 2 for row in range(103)]) == [
        ("note", "column 'a'", "rare values share one level: 2 in 2 training rows, such as 'level 099'"),
        ("note", "column 'a'",
            "has 102 different values in 103 training rows: there is little to learn from each"),
    ]  # fmt: skip


LEVELS = {"most are seen once": (21, True), "half are seen twice": (20, False)}


@pytest.mark.parametrize(("different", "said"), LEVELS.values(), ids=LEVELS)
def test_text_with_a_value_for_most_rows_is_told(different, said):
    cells = [f"name {min(row, different - 1)}" for row in range(40)]
    frame = pd.DataFrame({"a": cells, "b": PLAIN})
    found = noticed(frame, {"a": "category", "b": "number"}, LABELS, drop=["id"])
    assert [(each.kind, each.count, each.hint) for each in found] == (
        [("many_levels", 21, f"to leave it out: {shell_word('data.drop=[id, a]')}")] if said else []
    )


@pytest.mark.parametrize(("columns", "hint"), [(5, "to leave them out: 'data.drop=[id, c0, c1, c2, c3, c4]'"),
    (21, "to leave it out: 'data.drop=[id, c0]'")], ids=["few", "too many to be typed"])  # fmt: skip
def test_many_columns_of_many_levels_are_left_out_with_one_override(columns, hint):
    names = [f"c{number}" for number in range(columns)]
    cells = {name: [f"{name} {row}" for row in range(40)] for name in names}
    types = {**dict.fromkeys(names, "category"), "b": "number"}
    found = noticed(pd.DataFrame({**cells, "b": PLAIN}), types, LABELS, drop=["id"])
    assert [each.hint for each in found if each.kind == "many_levels"] == [hint]


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


def test_training_rows_that_repeat_are_a_note():
    cells, labels = [*PLAIN[:38], PLAIN[0], PLAIN[1]], [*LABELS[:38], LABELS[0], LABELS[1]]
    assert look(pd.DataFrame({"a": cells}), {"a": "number"}, labels) == [
        ("note", "data.split", "2 training rows repeat another one")
    ]


def test_repeated_rows_are_named_by_their_places():
    cells = [*PLAIN[:38], PLAIN[3], PLAIN[1]]
    labels = [*LABELS[:38], LABELS[3], LABELS[1]]
    (found,) = noticed(pd.DataFrame({"a": cells}), {"a": "number"}, labels, train=30)
    assert (found.kind, found.count, found.examples) == ("repeated_rows", 2, ("row 39", "row 40"))


METHODS = {
    "group": "leave repeated rows out of the file",
    "time": "leave repeated rows out of the file, or keep what belongs together in one part: "
    "data.split.method=group data.split.column=COLUMN",
}


@pytest.mark.parametrize(("method", "hint"), METHODS.items(), ids=METHODS)
def test_repeated_rows_are_told_whatever_the_method_of_the_split(method, hint):
    frame = pd.DataFrame({"a": [*PLAIN[:39], PLAIN[0]]})
    labels = [*LABELS[:39], LABELS[0]]
    (found,) = noticed(frame, {"a": "number"}, labels, train=30, split={"method": method, "column": "g"})
    assert (found.severity, found.hint) == ("warning", hint)


REPEATED = {
    "numbers": ("number", [*PLAIN[:-1], None], [*PLAIN[:-1], None]),
    "words": ("category", ["x", "y", "z", "x"] * 10, ["x", "y", "z", "x"] * 10),
}


@pytest.mark.parametrize(("kind", "cells", "again"), REPEATED.values(), ids=REPEATED)
def test_a_column_that_is_equal_to_another_is_told(kind, cells, again):
    frame = pd.DataFrame({"a": cells, "b": again, "c": PLAIN * 3})
    found = noticed(frame, {"a": kind, "b": kind, "c": "number"}, LABELS)
    (same,) = [each for each in found if each.kind == "repeated_columns"]
    assert (same.severity, same.column) == ("note", "b")
    assert same.message == "has the same value as the column 'a' in every row"
    assert "data.drop=[b]" in same.hint


def test_a_column_that_differs_in_the_last_row_is_another():
    cells = np.arange(3000) * 7 % 3000 / 4
    frame = pd.DataFrame({"a": cells, "b": [*cells[:-1], -1.0]})
    assert look(frame, {"a": "number", "b": "number"}, np.resize(LABELS, 3000)) == []


def test_what_is_to_be_left_out_already_stays_left_out_in_what_is_proposed():
    frame = pd.DataFrame({"a": PLAIN, "b": PLAIN})
    (found,) = noticed(frame, {"a": "number", "b": "number"}, LABELS, drop=["id"])
    assert "data.drop=[id, b]" in found.hint
    (found,) = noticed(frame, {"a": "number", "b": "number"}, LABELS, features=["a", "b"])
    assert "data.features=[a]" in found.hint


def test_columns_of_the_matrix_that_have_one_name_are_told():
    frame = pd.DataFrame({"a": [None, *PLAIN[1:]], "a=<missing>": PLAIN * 2})
    found = look(frame, {"a": "number", "a=<missing>": "number"}, LABELS)
    assert ("note", "feature 'a=<missing>'", "2 columns of the matrix have this name") in found


def test_equal_rows_have_equal_hashes_and_others_do_not():
    matrix = np.random.default_rng(0).integers(0, 3, (500, 4)).astype(np.float32)
    values = np.random.default_rng(1).integers(0, 2, 500)
    rows = [(*row, value) for row, value in zip(matrix.tolist(), values.tolist())]
    hashes = row_hashes(matrix, values).tolist()
    assert len(set(zip(rows, hashes))) == len(set(rows)) == len(set(hashes))
