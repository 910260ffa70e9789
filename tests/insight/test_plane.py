"""Planes through a table: two columns in their own units, or two principal components."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import PCA

from fcnn.data.preprocessing import Preprocessing
from fcnn.data.states import Boolean, Category, Number
from fcnn.insight.plane import column_plane, component_plane, two_columns
from fcnn.jobs.prepare import prepare_job, read_request

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def penguins():
    return prepare_job(read_request(ROOT / "configs" / "penguins.yaml")).dataset


def test_the_grid_of_two_columns_is_what_the_preprocessing_makes_of_such_rows(penguins) -> None:
    names = ("body_mass_g", "bill_depth_mm")
    training = penguins.parts["train"].x
    plane = column_plane(penguins.preprocessing, training, penguins.parts["test"].x, names)
    assert (plane.across.name, plane.up.name, plane.across.share) == (*names, None)
    assert dict(plane.held) == {
        "island": "Biscoe", "bill_length_mm": "44.25", "flipper_length_mm": "197", "sex": "male", "year": "2009",
    }  # fmt: skip
    assert plane.x.shape == (120 * 120, 17)
    rows = [0, 119, 120, 7777, 14399]
    states = {state.name: state for state in penguins.preprocessing.columns}
    frame = pd.DataFrame(
        {
            "island": "Biscoe",
            "bill_length_mm": states["bill_length_mm"].median,
            "bill_depth_mm": [plane.up.values[row // 120] for row in rows],
            "flipper_length_mm": states["flipper_length_mm"].median,
            "body_mass_g": [plane.across.values[row % 120] for row in rows],
            "sex": "male",
            "year": "2009",
        }
    )
    np.testing.assert_array_equal(plane.x[rows], penguins.preprocessing.transform(frame)[0])


def test_the_points_are_the_rows_in_their_own_units_but_for_missing_values(penguins) -> None:
    part, table = penguins.parts["train"], pd.read_csv(ROOT / "data" / "penguins.csv")
    names = ("body_mass_g", "bill_depth_mm")
    plane = column_plane(penguins.preprocessing, part.x, part.x, names)
    expected = table.iloc[part.rows][list(names)].to_numpy(dtype=np.float64)
    assert np.isnan(expected).any()
    np.testing.assert_allclose(plane.points, expected, rtol=1e-5)


@pytest.mark.parametrize("scaler", ["robust", "quantile"])
def test_the_plane_is_in_the_units_of_the_table_whatever_the_scaler(scaler) -> None:
    overrides = [f"data.scaler={scaler}", "data.smooth_clip=3"]
    dataset = prepare_job(read_request(ROOT / "configs" / "penguins.yaml", overrides)).dataset
    names, table = ("body_mass_g", "bill_depth_mm"), pd.read_csv(ROOT / "data" / "penguins.csv")
    part = dataset.parts["train"]
    plane = column_plane(dataset.preprocessing, part.x, part.x, names)
    expected = table.iloc[part.rows][list(names)].to_numpy(dtype=np.float64)
    np.testing.assert_allclose(plane.points, expected, rtol=1e-4)
    states = {state.name: state for state in dataset.preprocessing.columns}
    typical = {name: states[name].median for name in ("bill_length_mm", "flipper_length_mm")}
    frame = pd.DataFrame({"island": "Biscoe", **typical, "sex": "male", "year": "2009"}, index=range(3))
    frame["body_mass_g"], frame["bill_depth_mm"] = plane.across.values[[0, 50, 119]], plane.up.values[[0, 0, 119]]
    np.testing.assert_allclose(plane.x[[0, 50, 14399]], dataset.preprocessing.transform(frame)[0], rtol=1e-6)


def test_the_axes_reach_the_inner_rows_and_a_tenth_further(penguins) -> None:
    state = Number(name="n", median=0, mean=0, std=1, minimum=-9, maximum=500, missing=False)
    other = Number(name="m", median=0, mean=0, std=1, minimum=0, maximum=8, missing=True)
    x = np.zeros((1001, 3), np.float32)
    x[:, 0] = np.arange(1001) / 10
    x[0, 0] = 500
    x[:, 2] = 1.0  # `m` is missing in all of these rows
    plane = column_plane(Preprocessing((state, other)), x, x[:5], ("n", "m"))
    low, high = plane.across.values[[0, -1]]
    assert (low, high) == pytest.approx((0.6 - 0.1 * (99.6 - 0.6), 99.6 + 0.1 * (99.6 - 0.6)))
    assert plane.up.values[[0, -1]] == pytest.approx([-0.8, 8.8])
    assert np.isnan(plane.points[:, 1]).all()


def test_what_is_held_still_is_the_usual_value() -> None:
    states = (
        Category(name="level", levels=("low", "high"), missing=True, rare=True),
        Boolean(name="truth", words=("no", "yes"), mode=True, missing=True),
        Number(name="n", median=3, mean=1, std=2, minimum=0, maximum=9, missing=False),
        Number(name="m", median=0, mean=0, std=1, minimum=0, maximum=9, missing=True),
        Number(name="k", median=1234.5, mean=1000, std=100, minimum=0, maximum=9999, missing=True),
    )
    training = np.zeros((3, 4 + 2 + 1 + 2 + 2), np.float32)
    training[:, 2] = 1  # the level is missing in most rows
    training[0, [0, 2]] = 1, 0
    training[:, 6] = training[:, 7] = [0, 1, 2]
    plane = column_plane(Preprocessing(states), training, training, ("n", "m"))
    assert plane.held == (("level", "missing"), ("truth", "yes"), ("k", "1234"))
    still = np.delete(plane.x, [6, 7], axis=1)
    assert np.unique(still, axis=0).tolist() == [[0, 0, 1, 0, 1, 0, 0, pytest.approx(2.345), 0]]


def test_components_are_those_of_scikit_learn(penguins) -> None:
    x = penguins.parts["train"].x  # 240 rows: all of them count
    rows = penguins.parts["test"].x
    plane = component_plane(penguins.preprocessing, x, rows)
    assert plane is not None
    expected = PCA(2).fit(x.astype(np.float64))
    assert (plane.across.share, plane.up.share) == pytest.approx(tuple(expected.explained_variance_ratio_))
    np.testing.assert_allclose(np.abs(plane.points), np.abs(expected.transform(rows)), atol=1e-5)
    across, up = np.meshgrid(plane.across.values, plane.up.values)
    signs = np.sign(plane.points[0] / expected.transform(rows)[0])
    on_plane = expected.inverse_transform(np.stack([across.ravel(), up.ravel()], axis=1) * signs)
    np.testing.assert_allclose(plane.x, on_plane, atol=1e-5)
    assert (plane.across.name, plane.across.mostly) == ("component 1", ("flipper_length_mm", "body_mass_g"))
    assert plane.held == ()


def test_a_sorted_table_is_seen_as_a_whole() -> None:
    states = tuple(
        Number(name=name, median=0, mean=0, std=1, minimum=0, maximum=1, missing=False) for name in ("a", "b")
    )
    x = np.zeros((5000, 2), np.float32)
    x[:500, 0] = np.random.RandomState(0).normal(0, 0.1, 500)
    x[:, 1] = np.linspace(-3, 3, 5000)
    plane = component_plane(Preprocessing(states), x, x[:3])
    assert plane is not None
    assert plane.across.mostly == ("b", "a")
    assert plane.across.values[-1] > 3


@pytest.mark.parametrize(
    "x",
    [
        pytest.param(np.arange(20, dtype=np.float32)[:, np.newaxis], id="one input"),
        pytest.param(np.tile(np.arange(20, dtype=np.float32)[:, np.newaxis], (1, 2)), id="two equal ones"),
        pytest.param(np.ones((1, 2), np.float32), id="one row"),
    ],
)
def test_what_has_one_direction_has_no_plane(x) -> None:
    state = Number(name="a", median=0, mean=0, std=1, minimum=0, maximum=19, missing=False)
    columns = tuple(Number(**{**_fields(state), "name": name}) for name in "ab"[: x.shape[1]])
    assert component_plane(Preprocessing(columns), x, x) is None


def _fields(state):
    return {name: getattr(state, name) for name in state.__struct_fields__}


def test_a_network_of_many_inputs_gets_a_coarser_grid() -> None:
    states = tuple(
        Number(name=str(number), median=0, mean=0, std=1, minimum=-4, maximum=4, missing=False)
        for number in range(2000)
    )
    x = np.random.RandomState(0).normal(size=(40, 2000)).astype(np.float32)
    plane = column_plane(Preprocessing(states), x, x, ("3", "5"))
    assert plane.x.shape == (63 * 63, 2000)
    assert (len(plane.across.values), len(plane.up.values)) == (63, 63)
    whole = component_plane(Preprocessing(states), x, x)
    assert whole is not None
    assert whole.x.shape == (63 * 63, 2000)


@pytest.mark.parametrize(
    ("ranked", "groups", "expected"),
    [
        pytest.param([("a", 5), ("b", 3), ("c", 1)], [], ("a", "b"), id="the two most important"),
        pytest.param([("word", 2), ("b", 3), ("a", 2)], [], ("b", "a"), id="a word is no number"),
        pytest.param([("a", 5), ("b", 3), ("c", 1)], [["a", "b"]], ("a", "c"), id="not one that says the same"),
        pytest.param([("a", 5), ("b", 3), ("c", 1)], [["b", "c"]], ("a", "b"), id="others may"),
        pytest.param([("word", 9), ("a", 2), ("b", 1)], [], None, id="less than half of all"),
        pytest.param([("a", 5), ("b", 0)], [], None, id="one that matters"),
        pytest.param([("a", 5), ("b", 1), ("word", -9)], [], ("a", "b"), id="a misleading one takes nothing away"),
        pytest.param([("word", 5)], [], None, id="no number"),
        pytest.param([("a", -1), ("b", -2)], [], None, id="none that matters"),
        pytest.param([], [], None, id="nothing"),
    ],
)
def test_which_two_columns_are_drawn(ranked, groups, expected) -> None:
    numbers = [Number(name=name, median=0, mean=0, std=1, minimum=0, maximum=1, missing=False) for name in "abc"]
    preprocessing = Preprocessing((*numbers, Category(name="word", levels=("x", "y"), missing=False, rare=False)))
    names, means = [name for name, _ in ranked], np.array([mean for _, mean in ranked], np.float64)
    assert two_columns(preprocessing, names, means, groups) == expected
