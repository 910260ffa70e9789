"""Frames of users, which pandas may have given any type."""

import numpy as np
import pandas as pd
import pytest

from fcnn.data.preprocessing import Surprise, fit_preprocessing
from fcnn.errors import DataError

TRAINING = pd.DataFrame({"n": [1.0, 2.0, 3.0, 4.0], "c": ["x", "y", "x", "z"], "b": ["no", "yes", "no", "yes"]})
STATE, _ = fit_preprocessing(TRAINING, [("n", "number"), ("c", "category"), ("b", "boolean")])
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
def test_a_number_is_the_level_that_the_file_wrote_as(levels, years):
    state, _ = fit_preprocessing(pd.DataFrame({"y": levels}), [("y", "category")])
    matrix, surprises = state.transform(pd.DataFrame({"y": years}))
    assert matrix[:, :2].tolist() == [[1, 0], [0, 1]]
    assert surprises == []


def test_the_spelling_that_fits_exactly_goes_first():
    state, _ = fit_preprocessing(pd.DataFrame({"y": ["7", "007", "7.0"]}), [("y", "category")])
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
