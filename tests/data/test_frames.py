"""Frames of users, which pandas may have given any type."""

import numpy as np
import pandas as pd
import pytest

from fcnn.data.column import table_of
from fcnn.data.encoding import Surprise
from fcnn.data.missing import USUALLY, Missing
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.errors import DataError

TRAINING = pd.DataFrame({"n": [1.0, 2.0, 3.0, 4.0], "c": ["x", "y", "x", "z"], "b": ["no", "yes", "no", "yes"]})
TABLE = table_of(TRAINING, ["n", "c", "b"], USUALLY)
STATE, _ = fit_preprocessing(TABLE, {"n": "number", "c": "category", "b": "boolean"}, {})
EXPECTED, _ = STATE.transform(TRAINING)

SAME = {
    "categories": {"c": "category", "b": "category", "n": "category"},
    "nullable types": {"c": "string", "b": "string", "n": "Int64"},
    "nullable floats": {"n": "Float64"},
    "float32": {"n": "float32"},
    "small unsigned integers": {"n": "uint8"},
    "objects": {"n": object, "c": object, "b": object},
    "numbers as text": {"n": str},
}


@pytest.mark.parametrize("types", SAME.values(), ids=SAME)
def test_the_type_of_a_column_does_not_matter(types):
    frame = TRAINING.astype(types)
    matrix, surprises = STATE.transform(frame)
    assert np.array_equal(matrix, EXPECTED)
    assert surprises == []


@pytest.mark.parametrize("kind", ["bool", "boolean", object])
def test_true_and_false_are_the_words_of_training(kind):
    frame = TRAINING.assign(b=pd.Series([False, True, False, True], dtype="bool").astype(kind))
    matrix, surprises = STATE.transform(frame)
    assert np.array_equal(matrix, EXPECTED)
    assert surprises == []


def test_missing_values_of_nullable_types_are_missing():
    frame = pd.DataFrame(
        {
            "n": pd.array([1, None], dtype="Int64"),
            "c": pd.array([None, "z"], dtype="string"),
            "b": pd.array([True, None], dtype="boolean"),
        }
    )
    matrix, surprises = STATE.transform(frame)
    np.testing.assert_allclose(matrix, [[-1.3416407, 0, 0, 0, 1], [0, 0, 0, 1, 1]], atol=1e-7)
    assert surprises == [Surprise("n", "missing", 1), Surprise("c", "missing", 1), Surprise("b", "missing", 1)]


@pytest.mark.parametrize("nothing", [None, np.nan, pd.NA, pd.NaT, "", "NA", " ? "], ids=repr)
def test_whatever_stands_for_nothing_is_missing(nothing):
    frame = pd.DataFrame({name: pd.Series([nothing], dtype=object) for name in ("n", "c", "b")})
    matrix, surprises = STATE.transform(frame)
    assert matrix.tolist() == [[0, 0, 0, 0, 1]]
    assert [surprise.what for surprise in surprises] == ["missing", "missing", "missing"]


LEVELS = {
    "a file with gaps": ["2007.0", "2008.0", "other"],
    "a file without": ["2007", "2008", "other"],
    "leading zeros": ["02007", "02008", "other"],
}


@pytest.mark.parametrize("levels", LEVELS.values(), ids=LEVELS)
@pytest.mark.parametrize("years", [[2007, 2008], [2007.0, 2008.0]], ids=["integers", "floats"])
def test_a_number_is_the_level_that_the_file_wrote_as(fit, levels, years):
    state, _ = fit(pd.DataFrame({"y": levels}), {"y": "category"})
    matrix, surprises = state.transform(pd.DataFrame({"y": years}))
    assert matrix[:, :2].tolist() == [[1, 0], [0, 1]]
    assert surprises == []


def test_the_spelling_that_fits_exactly_goes_first(fit):
    state, _ = fit(pd.DataFrame({"y": ["7", "007", "7.0"]}), {"y": "category"})
    assert state.feature_names == ["y=007", "y=7", "y=7.0"]
    assert state.transform(pd.DataFrame({"y": [7]}))[0].tolist() == [[0, 1, 0]]


def test_an_index_of_any_kind_does_not_matter():
    frame = TRAINING.set_axis(["d", "c", "b", "a"], axis=0)
    assert np.array_equal(STATE.transform(frame)[0], EXPECTED)
    with pytest.raises(DataError, match=r"'x' \(row 2\)"):
        STATE.transform(frame.assign(n=["1", "x", "3", "4"]))


def test_a_frame_without_rows_gives_a_matrix_without_rows():
    assert STATE.transform(TRAINING.iloc[:0])[0].shape == (0, 5)


def test_a_column_that_is_there_twice_is_an_error():
    with pytest.raises(DataError, match="the table has 2 columns 'n'"):
        STATE.transform(pd.concat([TRAINING, TRAINING[["n"]]], axis=1))


def test_the_frame_of_the_user_is_not_changed():
    frame = TRAINING.copy()
    STATE.transform(frame)
    pd.testing.assert_frame_equal(frame, TRAINING)


INFINITE = {
    "floats": (pd.Series([1.0, np.inf, -np.inf, 2.0]), "'inf' (row 2), '-inf' (row 3)"),
    "objects": (pd.Series([1.0, np.inf, -np.inf, 2.0], dtype=object), "'inf' (row 2), '-inf' (row 3)"),
    "text": (pd.Series(["1", "Infinity", "-inf", "2"]), "'Infinity' (row 2), '-inf' (row 3)"),
    "categories": (pd.Series([1.0, np.inf, -np.inf, 2.0]).astype("category"), "'inf' (row 2), '-inf' (row 3)"),
}


@pytest.mark.parametrize(("series", "received"), INFINITE.values(), ids=INFINITE)
def test_infinities_are_an_error_that_names_their_rows(series, received):
    with pytest.raises(DataError) as caught:
        STATE.transform(TRAINING.assign(n=series))
    (problem,) = caught.value.problems
    assert (problem.where, problem.message) == ("column 'n'", "2 cells are infinite")
    assert problem.received == received


def test_a_truth_value_is_no_number():
    with pytest.raises(DataError, match="4 cells are no number"):
        STATE.transform(TRAINING.assign(n=[True, False, True, False]))


DATES = pd.DataFrame({"d": ["2020-05-17", "2020-05-18", "2021-01-01", "2021-06-01"]})

MOMENTS = {
    "datetime64": pd.to_datetime(DATES["d"]),
    "a zone": pd.to_datetime(DATES["d"]).dt.tz_localize("Asia/Shanghai"),
    "timestamps as objects": pd.to_datetime(DATES["d"]).astype(object),
    "dates of Python": pd.to_datetime(DATES["d"]).dt.date,
    "another way to write them": pd.Series(["17.05.2020", "18.05.2020", "01.01.2021", "01.06.2021"]),
    "categories": DATES["d"].astype("category"),
}


@pytest.mark.parametrize("series", MOMENTS.values(), ids=MOMENTS)
def test_dates_of_any_type_are_those_of_training(fit, series):
    state, _ = fit(DATES, {"d": "date"})
    matrix, surprises = state.transform(pd.DataFrame({"d": series}))
    assert np.array_equal(matrix, state.transform(DATES)[0])
    assert surprises == []


def test_the_time_of_a_moment_counts(fit):
    state, _ = fit(pd.DataFrame({"d": ["2020-05-17 00:00", "2020-05-17 12:00"]}), {"d": "date"})
    moments = pd.to_datetime(pd.Series(["2020-05-17 06:00:00.0", "2020-05-17 18:00:00.000000001", None]))
    matrix, surprises = state.transform(pd.DataFrame({"d": moments}))
    # days: mean 0.25, std 0.25; hour: mean 6, std 6; the median stands in
    assert matrix.tolist() == [[0, 0], [2, 2], [0, 0]]
    assert surprises == [Surprise("d", "missing", 1), Surprise("d", "out of range", 1, "2020-05-17 18:00:00")]


def test_columns_that_are_not_needed_may_hold_anything():
    frame = TRAINING.assign(other=[[1], {}, None, {2}], complex=1j)
    assert np.array_equal(STATE.transform(frame)[0], EXPECTED)


@pytest.mark.parametrize(
    ("name", "cells", "message"),
    [("n", [[1], [2], [3], [4]], r"4 cells are no number"), ("n", [1j, 2j, 3j, 4j], "4 cells are no number")],
    ids=["lists", "complex numbers"],
)
def test_cells_that_no_file_has_are_a_clear_error(name, cells, message):
    with pytest.raises(DataError, match=message):
        STATE.transform(TRAINING.assign(**{name: cells}))


def test_what_counted_as_missing_in_training_does_so_later():
    missing = Missing(("none", "-1"), {"b": ()})
    table = table_of(TRAINING, ["n", "c", "b"], missing)
    state, _ = fit_preprocessing(table, {"n": "number", "c": "category", "b": "boolean"}, {}, missing=missing)
    frame = pd.DataFrame({"n": [-1.0, 2.5], "c": [" none", "NA"], "b": ["none", None]})
    _, surprises = state.transform(frame)
    assert surprises == [
        Surprise("n", "missing", 1), Surprise("c", "missing", 1), Surprise("c", "unseen", 1, "NA"),
        Surprise("b", "missing", 1), Surprise("b", "unseen", 1, "none"),
    ]  # fmt: skip
