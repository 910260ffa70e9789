"""What holds of every split and every preprocessing, whatever the table."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fcnn.config.structs import Column, Split
from fcnn.data.column import Numbers, column_of, table_of
from fcnn.data.missing import USUALLY
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.rows import frame_rows
from fcnn.data.split import Classes, split_rows
from fcnn.data.types import guess_types
from fcnn.errors import DataError

shares = st.sampled_from([0.0, 0.01, 0.15, 0.2, 0.33, 0.5])
splits = st.builds(Split, validation=shares, test=shares, method=st.sampled_from(["auto", "random", "group", "time"]))


@given(splits, st.lists(st.integers(0, 6), min_size=1, max_size=60), st.integers(0, 2**32 - 1))
def test_a_split_shares_out_every_row_once_and_alike_for_a_seed(split, labels, seed):
    codes = np.array(labels, dtype=np.int32)
    rows = len(codes)
    classes = Classes(codes, [str(code) for code in range(7)]) if split.method == "auto" else None
    by = None
    if split.method == "group":
        by = column_of("g", pd.Series([f"g{code}" for code in labels], dtype=object), frame_rows(rows), USUALLY.of("g"))
    elif split.method == "time":
        by = Numbers("t", frame_rows(rows), codes.astype(np.float64))
    try:
        parts = split_rows(rows, split, seed, classes, by)
    except DataError:
        return
    again = split_rows(rows, split, seed, classes, by)
    assert {name: found.tolist() for name, found in parts.items()} == {
        name: found.tolist() for name, found in again.items()
    }
    assert sorted(np.concatenate(list(parts.values())).tolist()) == list(range(rows))
    assert all((np.diff(found) > 0).all() for found in parts.values())
    assert set(parts) == {"train", *(name for name in ("validation", "test") if getattr(split, name) > 0)}
    found = [set(codes[parts[name]].tolist()) for name in ("train", "validation", "test") if name in parts]
    if split.method == "group":
        assert sum(map(len, found)) == len(set.union(*found))
    if split.method == "time":
        assert all(max(earlier) < min(later) for earlier, later in zip(found, found[1:]))
    if split.method == "auto":
        assert all(len(each) == len(set(labels)) for each in found)


cells = {
    "number": st.one_of(st.none(), st.floats(-1e6, 1e6), st.integers(-100, 100)),
    "category": st.one_of(st.none(), st.sampled_from(["a", "b", "c d", "=x", "是"]), st.text(max_size=2)),
    "boolean": st.sampled_from([None, "yes", "no"]),
    "date": st.one_of(st.none(), st.dates().filter(lambda day: day.year >= 1000).map(str)),
}


@st.composite
def frames(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(cells)), min_size=1, max_size=4))
    rows = draw(st.integers(2, 25))
    columns = {
        f"{kind}{position}": draw(st.lists(cells[kind], min_size=rows, max_size=rows))
        for position, kind in enumerate(kinds)
    }
    types = dict(zip(columns, kinds))
    return pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in columns.items()}), types


@given(frames(), st.data())
def test_a_row_is_encoded_alike_in_whatever_company_it_is(frame_and_types, data):
    frame, types = frame_and_types
    for name, kind in types.items():
        if kind == "number":
            frame[name] = pd.to_numeric(frame[name])
    table = table_of(frame, list(types), USUALLY)
    training = np.array(sorted(data.draw(st.sets(st.integers(0, len(frame) - 1), min_size=1))))
    try:
        preprocessing, _ = fit_preprocessing(table.take(training), types, {})
        matrix, _ = preprocessing.transform(table)
    except DataError:
        return
    assert matrix.dtype == np.float32
    assert np.isfinite(matrix).all()
    assert matrix.shape == (len(frame), len(preprocessing.feature_names))
    some = np.array(data.draw(st.lists(st.integers(0, len(frame) - 1), max_size=30)), dtype=np.int64)
    assert same(preprocessing.transform(table.take(some))[0], matrix[some])
    assert same(preprocessing.transform(frame.iloc[some])[0], matrix[some])
    cut = data.draw(st.integers(0, len(frame)))
    pieces = [preprocessing.transform(table.take(rows))[0] for rows in np.split(np.arange(len(frame)), [cut])]
    assert same(np.concatenate(pieces), matrix)
    assert same(preprocessing.transform(frame[frame.columns[::-1]])[0], matrix)
    seen = matrix[training]
    scaled = [position for position, name in enumerate(preprocessing.feature_names) if name in types]
    numbers = [position for position in scaled if types[preprocessing.feature_names[position]] == "number"]
    assert np.abs(seen[:, numbers].mean(axis=0)).max(initial=0.0) < 1e-3


def same(left, right):
    """Bit for bit."""
    return left.shape == right.shape and np.array_equal(left.view(np.uint32), right.view(np.uint32))


@given(frames())
def test_the_type_of_a_column_does_not_depend_on_the_order_of_the_columns(frame_and_types):
    frame, types = frame_and_types
    try:
        guesses, _ = guess_types(table_of(frame, list(types), USUALLY), list(types), {})
    except DataError:
        with pytest.raises(DataError):
            guess_types(table_of(frame, list(types), USUALLY), list(types)[::-1], {})
        return
    others, _ = guess_types(table_of(frame, list(types), USUALLY), list(types)[::-1], dict.fromkeys(types, Column()))
    assert {name: guess.type for name, guess in guesses.items()} == {name: guess.type for name, guess in others.items()}
