"""Columns of numbers that are fitted and encoded many at a time: bit for bit what each of them is by itself."""

import numpy as np
import pandas as pd
import pytest

from fcnn.config.structs import Column as Stated
from fcnn.data import plain
from fcnn.data.column import table_of
from fcnn.data.encoding import encode
from fcnn.data.fitting import fit_column
from fcnn.data.missing import USUALLY
from fcnn.data.plain import Place, encode_plain, fit_plain

RANDOM = np.random.default_rng(7)
ODD = {
    "missing": [1.0, np.nan, 3.0],
    "infinite": [1.0, np.inf, 3.0],
    "constant": [0.1, 0.1, 0.1],
    "too large": [1e200, -1e200, 0.0],
    "text": ["1,000", "2", "3"],
}
"""Columns that must be looked at one by one."""


def table(frame):
    return table_of(frame, list(frame.columns), USUALLY)


def columns_of(rows):
    """Columns of random numbers of many magnitudes."""
    frame = pd.DataFrame({f"x{digits}": RANDOM.normal(10.0**digits, 3.0, rows) for digits in range(-12, 13)})
    made = table(frame)
    return [made[name] for name in frame]


@pytest.mark.parametrize("rows", [2, 3, 7, 128, 129, 1000, 8193])
def test_many_columns_are_fitted_as_one_by_one(rows):
    columns = columns_of(rows)
    assert fit_plain(columns, [Stated()] * len(columns), ".") == [
        fit_column("number", column, Stated(), ".") for column in columns
    ]


@pytest.mark.parametrize("name", ODD)
def test_what_is_not_plain_is_left_to_a_closer_look_and_leaves_its_neighbours_alone(name):
    made = table(pd.DataFrame({"before": [1.0, 2.0, 3.0], name: ODD[name], "after": [5.0, 4.0, 4.0]}))
    columns = [made["before"], made[name], made["after"]]
    before, odd, after = fit_plain(columns, [Stated()] * 3, ".")
    assert (before.median, before.minimum, before.maximum, odd) == (2.0, 1.0, 3.0, None)
    assert (after.median, after.minimum, after.maximum) == (4.0, 4.0, 5.0)


def test_what_the_config_says_is_kept():
    (state,) = fit_plain([table(pd.DataFrame({"x": [1, 2]}))["x"]], [Stated(bad_values="missing")], ",")
    assert (state.bad_values, state.decimal, state.missing, state.percent) == ("missing", ",", False, False)


@pytest.mark.parametrize("rows", [1, 7, 4096, 4097, 9000])
@pytest.mark.parametrize("apart", [1, 2], ids=["side by side", "with others between"])
def test_many_columns_are_encoded_as_one_by_one(rows, apart):
    columns = columns_of(rows)
    states = [fit_column("number", column, Stated(), ".") for column in columns_of(50)]
    places = [Place(state, apart * position, apart * position + 1) for position, state in enumerate(states)]
    matrix = np.zeros((rows, apart * len(states)), dtype=np.float32)
    alone = np.zeros_like(matrix)
    found = encode_plain(places, columns, matrix)
    assert found == [
        encode(place.state, column, alone[:, place.start : place.end]) for place, column in zip(places, columns)
    ]
    assert matrix.tobytes() == alone.tobytes()
    assert matrix[:, ::apart].all()


@pytest.mark.parametrize(
    "values", [[1.0, np.nan], [1.0, 1e300], ["1", "2%"], []], ids=["missing", "far", "text", "no row"]
)
def test_what_needs_a_closer_look_is_not_written(values):
    state = fit_column("number", table(pd.DataFrame({"x": [1.0, 2.0, 4.0]}))["x"], Stated(), ".")
    matrix = np.zeros((len(values), 1), dtype=np.float32)
    column = table(pd.DataFrame({"x": values}))["x"]
    assert encode_plain([Place(state, 0, 1)], [column], matrix) == [None]
    assert not matrix.any()


def test_a_row_more_than_fits_into_a_piece_is_not_forgotten():
    assert plain.pieces([1, 2, 3, 4, 5], 2) == [[1, 2], [3, 4], [5]]
