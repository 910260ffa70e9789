"""Scalers: what scikit-learn's RobustScaler and QuantileTransformer make of the same numbers."""

import math

import msgspec
import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import QuantileTransformer, RobustScaler

from fcnn.config.structs import Column as Stated
from fcnn.data.column import table_of
from fcnn.data.encoding import encode
from fcnn.data.fitting import fit_column
from fcnn.data.missing import USUALLY
from fcnn.data.plain import Place, encode_plain, fit_plain
from fcnn.data.preprocessing import Preprocessing, fit_preprocessing
from fcnn.data.scalers import Scaling, scale, unscale
from fcnn.data.states import DatePart, Number, Quantile, Robust
from fcnn.errors import DataError

RANDOM = np.random.default_rng(3)
TABLES = {
    "many rows": RANDOM.lognormal(2.0, 1.5, 900),
    "few rows": RANDOM.normal(50.0, 5.0, 8),
    "ties at both ends and in the middle": np.repeat([0.0, 1.0, 2.5, 7.0], [200, 150, 50, 200]),
}
NEW = {"many rows": [-3.0, 0.1, 5.0, 1e9], "few rows": [-1e6, 49.0, 1e6]}
NEW["ties at both ends and in the middle"] = [-1.0, 0.0, 0.5, 1.0, 2.0, 2.5, 3.0, 7.0, 8.0]


def state_of(values, scaler, smooth_clip=None):
    made = table_of(pd.DataFrame({"x": values}), ["x"], USUALLY)
    return fit_column("number", made["x"], Stated(), ".", Scaling(scaler, smooth_clip))


@pytest.mark.parametrize("name", TABLES)
def test_the_robust_scaler_is_that_of_scikit_learn(name):
    values, new = TABLES[name], np.array(NEW[name])
    expected = RobustScaler().fit(values[:, None])
    state = state_of(values, "robust")
    assert (state.scaler.center, state.scaler.scale) == pytest.approx((expected.center_[0], expected.scale_[0]))
    np.testing.assert_allclose(scale(state, new), expected.transform(new[:, None])[:, 0], rtol=1e-12)
    assert (state.mean, state.std) == pytest.approx((values.mean(), values.std())), "they are what they are called"


@pytest.mark.parametrize("name", TABLES)
def test_the_quantile_scaler_is_that_of_scikit_learn(name):
    values, new = TABLES[name], np.array(NEW[name])
    count = {"many rows": 30, "few rows": 8}.get(name, 20)  # clip(rows / 30, 10, 1000), and at most the rows
    expected = QuantileTransformer(n_quantiles=count, output_distribution="normal").fit(values[:, None])
    state = state_of(values, "quantile")
    np.testing.assert_allclose(state.scaler.quantiles, expected.quantiles_[:, 0], rtol=1e-12)
    for rows in (values, new):
        np.testing.assert_allclose(scale(state, rows), expected.transform(rows[:, None])[:, 0], rtol=0, atol=1e-9)


def test_where_half_of_the_rows_are_equal_the_whole_range_scales_them():
    state = state_of([5.0] * 8 + [1.0, 4.0], "robust")
    assert state.scaler == Robust(center=5.0, scale=2.0)
    assert scale(state, np.array([1.0, 5.0, 9.0])).tolist() == [-2.0, 0.0, 2.0]


@pytest.mark.parametrize("scaler", ["standard", "robust", "quantile"])
def test_the_smooth_clip_bends_what_is_scaled_and_never_passes_its_limit(scaler):
    values = TABLES["many rows"]
    plain, clipped = state_of(values, scaler), state_of(values, scaler, 3.0)
    z = scale(plain, values)
    np.testing.assert_allclose(scale(clipped, values), z / np.sqrt(1 + (z / 3) ** 2), rtol=1e-12)
    far = scale(clipped, np.array([-1e300, 1e300]))
    assert np.abs(far).max() <= 3.0
    assert far.tolist() == pytest.approx([-3.0, 3.0] if scaler != "quantile" else [-2.598474, 2.598474])


@pytest.mark.parametrize("smooth_clip", [None, 3.0])
@pytest.mark.parametrize("scaler", ["standard", "robust", "quantile"])
def test_what_was_scaled_comes_back_in_its_own_unit(scaler, smooth_clip):
    state, usual = state_of(TABLES["many rows"], scaler, smooth_clip), np.array([0.5, 5.0, 7.4, 30.0])
    np.testing.assert_allclose(unscale(state, scale(state, usual)), usual, rtol=1e-9)
    assert np.isfinite(unscale(state, np.array([-3.0, 3.0]))).all(), "float32 rounds what is far to the limit"


SCALINGS = {
    "all robust and clipped": (["robust"], 3.0),
    "all by ranks": (["quantile"], None),
    "each in its own way": (["standard", "robust", "quantile"], None),
    "each in its own way, clipped": (["quantile", "standard", "robust"], 2.0),
}


@pytest.mark.parametrize("rows", [3, 700, 5000])
@pytest.mark.parametrize(("scalers", "smooth_clip"), SCALINGS.values(), ids=SCALINGS)
def test_many_columns_are_fitted_and_encoded_as_one_by_one(rows, scalers, smooth_clip):
    frame = pd.DataFrame({f"x{digits}": RANDOM.normal(10.0**digits, 3.0, rows) for digits in range(-3, 4)})
    made, names = table_of(frame, list(frame), USUALLY), list(frame)
    columns, stated = [made[name] for name in names], [Stated(scaler=(scalers * 7)[place]) for place in range(7)]
    scaling = Scaling("standard", smooth_clip)
    states = fit_plain(columns, stated, ".", scaling)
    assert states == [fit_column("number", *pair, ".", scaling) for pair in zip(columns, stated)]
    wider = table_of(frame * 3, names, USUALLY)
    for table in (made, wider):
        columns = [table[name] for name in names]
        places = [Place(state, place, place + 1) for place, state in enumerate(states)]
        matrix, alone = np.zeros((rows, 7), np.float32), np.zeros((rows, 7), np.float32)
        found = encode_plain(places, columns, matrix)
        assert found == [
            encode(place.state, column, alone[:, place.start : place.end]) for place, column in zip(places, columns)
        ]
        assert matrix.tobytes() == alone.tobytes()


def fitted(frame, types, scaling, **stated):
    made = table_of(frame, list(types), USUALLY)
    return fit_preprocessing(made, types, {name: Stated(**keys) for name, keys in stated.items()}, scaling=scaling)


def test_missing_numbers_are_the_median_whatever_the_scaler_and_a_column_may_have_its_own():
    frame = pd.DataFrame({"a": [1.0, np.nan, 2.0, 10.0], "b": [1.0, 2.0, 3.0, 4.0]})
    types = {"a": "number", "b": "number"}
    preprocessing, _ = fitted(frame, types, Scaling("robust"), b={"scaler": "standard"})
    matrix, _ = preprocessing.transform(frame)
    imputed = RobustScaler().fit_transform([[1.0], [2.0], [2.0], [10.0]])[:, 0]
    np.testing.assert_allclose(matrix[:, 0], imputed, rtol=1e-6)
    np.testing.assert_allclose(matrix[:, 2], (frame["b"] - 2.5) / frame["b"].std(ddof=0), rtol=1e-6)


def test_a_scaler_of_a_column_that_is_no_number_is_told():
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": ["u", "v", "u"]})
    _, told = fitted(frame, {"a": "number", "b": "category"}, Scaling(), b={"scaler": "robust"})
    (problem,) = told
    assert (problem.severity, str(problem.where)) == ("warning", "column 'b'")
    assert problem.message == "the scaler has no effect: it is a category"
    assert problem.hint == "delete it, or data.columns.b.type=number"


def test_the_parts_of_dates_are_scaled_alike():
    days = pd.date_range("2020-01-05", periods=60, freq="17D").strftime("%Y-%m-%d").tolist()
    frame = pd.DataFrame({"day": [*days, None]})
    preprocessing, _ = fitted(frame, {"day": "date"}, Scaling("robust", 3.0))
    (state,) = preprocessing.columns
    assert {type(part.scaler) for part in state.parts} == {Robust}
    months = np.array([int(day[5:7]) for day in days])
    imputed = np.append(months, np.median(months)).astype(float)
    z = RobustScaler().fit_transform(imputed[:, None])[:, 0]
    place = preprocessing.feature_names.index("day (month)")
    matrix = preprocessing.transform(frame)[0]
    np.testing.assert_allclose(matrix[:, place], z / np.sqrt(1 + (z / 3) ** 2), rtol=1e-6)


def test_a_robust_scaler_that_makes_a_number_too_large_says_so_and_a_clip_helps():
    frame = pd.DataFrame({"a": [0.0, 1e-300, 2e-300, 3e-300, 1.0], "b": [1.0, 2.0, 3.0, 4.0, 5.0]})
    types = {"a": "number", "b": "number"}
    with pytest.raises(DataError, match="beyond float32"):
        fitted(frame, types, Scaling("robust"))[0].transform(frame)
    matrix, _ = fitted(frame, types, Scaling("robust", 3.0))[0].transform(frame)
    assert matrix[:, 0].tolist()[-1] == 3.0


@pytest.mark.parametrize("scaler", ["robust", "quantile"])
def test_an_infinite_number_is_refused_whatever_the_scaler(scaler):
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0]})
    preprocessing, _ = fitted(frame, {"a": "number"}, Scaling(scaler, 3.0))
    with pytest.raises(DataError, match="finite"):
        preprocessing.transform(pd.DataFrame({"a": [1.0, math.inf]}))


def test_ordinary_states_are_written_as_ever_and_others_come_back():
    plain = Number(name="a", median=1.0, mean=1.0, std=1.0, minimum=0.0, maximum=2.0, missing=False)
    assert list(msgspec.to_builtins(plain)) == [
        "type", "name", "median", "mean", "std", "minimum", "maximum", "missing", "decimal", "bad_values", "percent",
    ]  # fmt: skip
    assert list(msgspec.to_builtins(DatePart("days", 1.0, 2.0, 3.0))) == ["name", "median", "mean", "std"]
    for scaler in (Robust(1.0, 2.0), Quantile((0.0, 1.0, 2.0))):
        state = msgspec.structs.replace(plain, scaler=scaler, smooth_clip=3.0)
        written = msgspec.json.encode(Preprocessing((state,)))
        assert msgspec.json.decode(written, type=Preprocessing).columns == (state,)
