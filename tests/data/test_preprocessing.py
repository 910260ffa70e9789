"""The fitted preprocessing, each number of the small table computed by hand."""

import msgspec
import numpy as np
import pandas as pd
import pytest

from fcnn.data.encoding import Surprise
from fcnn.data.missing import Missing
from fcnn.data.preprocessing import Preprocessing
from fcnn.errors import DataError

TRAINING = pd.DataFrame(
    {
        "size": [1.0, np.nan, 2.0, 6.0],
        "full": [10, 20, 30, 40],
        "colour": ["red", "green", None, "red"],
        "sold": ["yes", "No", "YES", None],
    }
)
TYPES = {"size": "number", "full": "number", "colour": "category", "sold": "boolean"}

# size: median 2 -> 1, 2, 2, 6: mean 2.75, deviations -1.75, -0.75, -0.75, 3.25, variance 3.6875, std 1.9202864...
# full: mean 25, variance 125, std 11.1803399
SIZE = [-0.91132238, -0.39056673, -0.39056673, 1.69245584]
FULL = [-1.34164079, -0.44721360, 0.44721360, 1.34164079]
NAMES = ["size", "size=<missing>", "full", "colour=green", "colour=red", "colour=<missing>", "sold", "sold=<missing>"]
MATRIX = [
    [SIZE[0], 0, FULL[0], 0, 1, 0, 1, 0],
    [SIZE[1], 1, FULL[1], 1, 0, 0, 0, 0],
    [SIZE[2], 0, FULL[2], 0, 0, 1, 1, 0],
    [SIZE[3], 0, FULL[3], 0, 1, 0, 1, 1],  # yes is the more frequent word
]


@pytest.fixture(scope="module")
def fitted(fit):
    preprocessing, findings = fit(TRAINING, TYPES)
    assert findings == []
    return preprocessing


def test_the_matrix_is_the_one_computed_by_hand(fitted):
    matrix, surprises = fitted.transform(TRAINING)
    assert fitted.feature_names == NAMES
    assert matrix.dtype == np.float32
    np.testing.assert_allclose(matrix, MATRIX, rtol=0, atol=1e-7)
    assert surprises == []


def test_the_state_survives_json(fitted):
    text = msgspec.json.encode(fitted)
    again = msgspec.json.decode(text, type=Preprocessing)
    assert again == fitted
    assert again.transform(TRAINING)[0].tobytes() == fitted.transform(TRAINING)[0].tobytes()


def test_columns_are_found_by_name_in_any_order_beside_any_others(fitted):
    shuffled = TRAINING[["sold", "full", "colour", "size"]].assign(more=["x"] * 4)
    assert np.array_equal(fitted.transform(shuffled)[0], fitted.transform(TRAINING)[0])


def test_what_training_did_not_have_is_told(fitted):
    strange = pd.DataFrame(
        {"size": [7.0, 1.0], "full": [np.nan, 5.0], "colour": ["blue", "red"], "sold": ["perhaps", "no"]}
    )
    matrix, surprises = fitted.transform(strange)
    assert surprises == [
        Surprise("size", "out of range", 1, "7"),
        Surprise("full", "missing", 1),
        Surprise("full", "out of range", 1, "5"),
        Surprise("colour", "unseen", 1, "blue"),
        Surprise("sold", "unseen", 1, "perhaps"),
    ]
    assert matrix[0, 2] == 0  # the median of `full` is its mean
    assert matrix[0, 3:6].tolist() == [0, 0, 0]  # an unseen level is zero in every column
    assert matrix[0, 6:].tolist() == [1, 0]  # the more frequent word stands in


def test_only_the_rows_it_is_given_count_in_a_missing_level(fit):
    column = pd.DataFrame({"c": ["a", "b", "a"]})
    preprocessing, _ = fit(column, {"c": "category"})
    matrix, surprises = preprocessing.transform(pd.DataFrame({"c": [None, "a"]}))
    assert preprocessing.feature_names == ["c=a", "c=b"]
    assert matrix.tolist() == [[0, 0], [1, 0]]
    assert surprises == [Surprise("c", "missing", 1)]


def test_rare_levels_share_a_column_with_unseen_ones(fit):
    cells = [f"common {number:03}" for number in range(100)] * 2 + ["rare 1", "rare 2"]
    preprocessing, _ = fit(pd.DataFrame({"c": cells}), {"c": "category"})
    matrix, _ = preprocessing.transform(pd.DataFrame({"c": ["common 099", "rare 1", "unseen"]}))
    assert preprocessing.feature_names == [*(f"c=common {number:03}" for number in range(100)), "c=<rare>"]
    assert [row.nonzero()[0].tolist() for row in matrix] == [[99], [100], [100]]


def test_a_level_with_fewer_rows_is_the_rarer_and_among_equals_the_later_one(fit):
    cells = [f"level {number:03}" for number in range(102)] + ["level 101"]
    preprocessing, _ = fit(pd.DataFrame({"c": cells}), {"c": "category"})
    (state,) = preprocessing.columns
    assert [level for level in cells if level not in state.levels] == ["level 099", "level 100"]


CONSTANT = {
    "a number": (["number"], [5.0, 5.0, 5.0]),
    "a word": (["category"], ["a", "a", "a"]),
    "one of two words": (["boolean"], ["no", "no", "no"]),
    "no value at all": (["number", "category", "boolean"], [np.nan, np.nan, np.nan]),
}


@pytest.mark.parametrize(("kinds", "cells"), CONSTANT.values(), ids=CONSTANT)
def test_a_column_that_is_the_same_in_every_training_row_is_left_out(fit, kinds, cells):
    for kind in kinds:
        frame = pd.DataFrame({"a": cells, "b": [1, 2, 3]})
        preprocessing, (note,) = fit(frame, {"a": kind, "b": "number"})
        assert preprocessing.feature_names == ["b"]
        assert (note.where, note.severity) == ("column 'a'", "note")
        assert note.message == "is the same in every training row and is left out"


def test_a_number_that_is_constant_but_for_gaps_keeps_its_indicator(fit):
    frame = pd.DataFrame({"a": [0.1, 0.1, np.nan, 0.1, 0.1, 0.1]})
    preprocessing, _ = fit(frame, {"a": "number"})
    matrix, _ = preprocessing.transform(frame)
    assert matrix.tolist() == [[0, 0], [0, 0], [0, 1], [0, 0], [0, 0], [0, 0]]
    assert preprocessing.transform(pd.DataFrame({"a": [1.1]}))[0].tolist() == [[1, 0]]


def test_a_boolean_of_which_training_saw_one_word_knows_the_other(fit):
    preprocessing, _ = fit(pd.DataFrame({"b": ["no", None, "no"]}), {"b": "boolean"})
    matrix, surprises = preprocessing.transform(pd.DataFrame({"b": ["yes", "no", None]}))
    assert (matrix.tolist(), surprises) == ([[1, 0], [0, 0], [0, 1]], [])


def test_nothing_but_constant_columns_is_an_error(fit):
    with pytest.raises(DataError, match="all 2 features are the same in every training row"):
        fit(pd.DataFrame({"a": [1, 1], "b": ["x", "x"]}), {"a": "number", "b": "category"})


UNFIT = {
    "text as a number": (
        "number", ["1", "two", "3", "4"], "1 cell is no number", "'two' (row 2)"),
    "infinity": (
        "number", [1.0, np.inf, 3.0, 4.0], "1 cell is infinite", "'inf' (row 2)"),
    "a variance beyond float64": (
        "number", [1e308, -1e308, 1e308, 3.0], "the values are too large: their variance is beyond float64", "1e+308"),
    "a median beyond float64": (
        "number", [1e308, 1e308, 1.0, np.nan], "the values are too large: their variance is beyond float64", "1e+308"),
    "three words as a boolean": (
        "boolean", ["yes", "no", "perhaps", "no"], "is no boolean", "no, perhaps, yes"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "cells", "message", "received"), UNFIT.values(), ids=UNFIT)
def test_training_values_that_do_not_fit_are_an_error(fit, kind, cells, message, received):
    with pytest.raises(DataError) as caught:
        fit(pd.DataFrame({"a": cells}), {"a": kind})
    (problem,) = caught.value.problems
    assert (problem.where, problem.message, problem.received) == ("column 'a'", message, received)


def test_all_columns_that_do_not_fit_are_reported_at_once(fit):
    frame = pd.DataFrame({"a": ["x", "y"], "b": ["yes", "perhaps"], "c": [1, 2]})
    with pytest.raises(DataError) as caught:
        fit(frame, {"a": "number", "b": "boolean", "c": "number"})
    assert [problem.where for problem in caught.value.problems] == ["column 'a'", "column 'b'"]


NOT_PREDICTABLE = {
    "infinity": ([np.inf, 1.0], "1 cell is infinite", "'inf' (row 1)"),
    "minus infinity": ([1.0, -np.inf], "1 cell is infinite", "'-inf' (row 2)"),
    "1e308": ([1e308, 1.0], "a value is beyond float32 after standardising", "'1e+308' (row 1)"),
    "text": (["1", "12 mm"], "1 cell is no number", "'12 mm' (row 2)"),
}


@pytest.mark.parametrize(("cells", "message", "received"), NOT_PREDICTABLE.values(), ids=NOT_PREDICTABLE)
def test_a_cell_that_no_network_can_take_is_an_error(fitted, cells, message, received):
    frame = TRAINING.iloc[:2].assign(full=cells)
    with pytest.raises(DataError) as caught:
        fitted.transform(frame)
    (problem,) = caught.value.problems
    assert (problem.where, problem.message, problem.received) == ("column 'full'", message, received)


def test_nan_is_a_missing_value_and_no_error(fitted):
    matrix, _ = fitted.transform(TRAINING.iloc[:1].assign(size=[np.nan], full=[np.nan]))
    np.testing.assert_allclose(matrix[0, :3], [SIZE[1], 1, 0], atol=1e-7)


def test_every_missing_column_is_named(fitted):
    with pytest.raises(DataError) as caught:
        fitted.transform(TRAINING[["size", "sold"]])
    assert [problem.message for problem in caught.value.problems] == [
        "the table has no column 'full'",
        "the table has no column 'colour'",
    ]


def test_many_columns_that_are_the_same_in_every_training_row_are_one_note(fit):
    frame = pd.DataFrame({**{name: [1, 1, 1] for name in "abcd"}, "z": [1, 2, 3]})
    preprocessing, (note,) = fit(frame, dict.fromkeys("abcdz", "number"))
    assert preprocessing.feature_names == ["z"]
    assert (note.where, note.severity) == ("", "note")
    assert note.message == "4 columns are the same in every training row and are left out: 'a', 'b', 'c', ..."


def test_bad_values_are_missing_in_training_and_later_where_that_is_said(fit):
    frame = pd.DataFrame({"a": ["1", "abc", "3", "5"]})
    preprocessing, _ = fit(frame, {"a": "number"}, a={"bad_values": "missing"})
    matrix, surprises = preprocessing.transform(pd.DataFrame({"a": ["3", "5.1cm"]}))
    assert preprocessing.feature_names == ["a", "a=<missing>"]
    assert matrix.tolist() == [[0, 0], [0, 1]]  # the median 3 is the mean
    assert surprises == []


def test_a_number_column_without_any_number_is_an_error(fit):
    with pytest.raises(DataError, match="has no number in any training row"):
        fit(pd.DataFrame({"a": ["x", None, "y"]}), {"a": "number"}, a={"bad_values": "missing"})


NUMERALS = {
    "decimal commas": ["1,5", "2,5", "3,5"],
    "a currency": ["€1.50", "€2.50", "€3.50"],
    "numbers": [1.5, 2.5, 3.5],
}


@pytest.mark.parametrize("cells", NUMERALS.values(), ids=NUMERALS)
def test_numbers_are_the_same_however_they_are_written(fit, cells):
    preprocessing, _ = fit(pd.DataFrame({"a": cells}), {"a": "number"})
    for other in NUMERALS.values():
        matrix, surprises = preprocessing.transform(pd.DataFrame({"a": other}))
        np.testing.assert_allclose(matrix, [[-1.2247449], [0], [1.2247449]], rtol=1e-6)
        assert surprises == []


DATES = pd.DataFrame({"d": ["2020-05-17", "2020-05-18", "2020-05-20", None]})  # Sunday, Monday, Wednesday


def test_a_date_becomes_the_parts_that_vary(fit):
    preprocessing, _ = fit(DATES, {"d": "date"})
    matrix, surprises = preprocessing.transform(DATES)
    assert preprocessing.feature_names == ["d (days)", "d (weekday)", "d=<missing>"]
    # days 0, 1, 3 and the median 1: mean 1.25, variance 1.1875; weekday 6, 0, 2 and 2: mean 2.5, variance 4.75
    days = [-1.1470787, -0.2294157, 1.6059101, -0.2294157]
    weekdays = [1.6059101, -1.1470787, -0.2294157, -0.2294157]
    np.testing.assert_allclose(matrix, np.column_stack([days, weekdays, [0, 0, 0, 1]]), atol=1e-6)
    assert surprises == []


def test_dates_beyond_those_of_training_are_told(fit):
    preprocessing, _ = fit(DATES, {"d": "date"})
    _, surprises = preprocessing.transform(pd.DataFrame({"d": ["2020-05-17", "2031-01-02", ""]}))
    assert surprises == [Surprise("d", "out of range", 1, "2031-01-02")]


def test_a_cell_that_is_no_date_is_an_error_later_too(fit):
    preprocessing, _ = fit(DATES, {"d": "date"})
    with pytest.raises(DataError) as caught:
        preprocessing.transform(pd.DataFrame({"d": ["2020-05-17", "soon"]}))
    (problem,) = caught.value.problems
    assert (problem.where, problem.message) == ("column 'd'", "1 cell is no date")
    assert (problem.expected, problem.received) == ("dates such as 2020-05-17, written %Y-%m-%d", "'soon' (row 2)")


def test_a_cell_that_is_no_date_is_missing_later_too_where_that_is_said(fit):
    preprocessing, _ = fit(DATES, {"d": "date"}, d={"bad_values": "missing"})
    matrix, surprises = preprocessing.transform(pd.DataFrame({"d": ["2020-05-18", "soon"]}))
    assert (matrix[:, 2].tolist(), surprises) == ([0, 1], [])


NO_DATES = {
    "words": (["soon", "later", "2020-05-17"], {}, "2 cells are no date", "'soon' (row 1), 'later' (row 2)"),
    "another format than the stated one": (
        ["2020-05-17", "17/05/2020", None], {"format": "%d/%m/%Y"}, "1 cell is no date", "'2020-05-17' (row 1)"),
    "nothing but bad values and gaps": (
        ["soon", "later", None], {"bad_values": "missing"}, "2 cells are no date", "'soon' (row 1), 'later' (row 2)"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "keys", "message", "received"), NO_DATES.values(), ids=NO_DATES)
def test_training_values_that_are_no_dates_are_an_error(fit, cells, keys, message, received):
    with pytest.raises(DataError) as caught:
        fit(pd.DataFrame({"d": cells}), {"d": "date"}, d=keys)
    (problem,) = caught.value.problems
    assert (problem.where, problem.message, problem.received) == ("column 'd'", message, received)


def test_all_of_the_state_survives_json(fit):
    frame = pd.concat([TRAINING, DATES], axis=1)
    fitted, _ = fit(frame, {**TYPES, "d": "date"}, size={"bad_values": "missing"})
    fitted = msgspec.structs.replace(fitted, missing=Missing(("-",), {"size": ("-999",)}))
    assert msgspec.json.decode(msgspec.json.encode(fitted), type=Preprocessing) == fitted


def test_a_state_of_an_older_run_counts_the_usual_texts_as_missing():
    assert msgspec.json.decode(b'{"columns": []}', type=Preprocessing).missing.of("a") >= {"", "NA", "?"}


@pytest.mark.parametrize(
    ("training", "later", "surprises"),
    [
        (["12%", "50 %", "0"], ["0.5", "12 %", "0"], [Surprise("rate", "percent", 1, "0.5")]),
        (["12", "50", "0"], ["20", "12%", "0%"], [Surprise("rate", "percent", 1, "12%")]),
        (["12%", "50", "0"], ["20", "12%", "0%"], []),
        (["12%", "50%", None], ["20%", "12\uff05", None], []),
    ],
    ids=["had it in training", "had none in training", "some had it in training", "has it in both"],
)
def test_a_percent_sign_that_is_only_here_or_only_in_training_is_told(fit, training, later, surprises):
    preprocessing, _ = fit(pd.DataFrame({"rate": training}), {"rate": "number"})
    assert preprocessing.transform(pd.DataFrame({"rate": later}))[1] == surprises
