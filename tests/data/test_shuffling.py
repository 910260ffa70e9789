"""The split of very many rows is the one that scikit-learn makes."""

import numpy as np
import pytest
from sklearn.model_selection import train_test_split

from fcnn.config.structs import Split
from fcnn.data import split as splitting
from fcnn.data.shuffling import stratified_split
from fcnn.data.split import Classes, split_rows
from fcnn.errors import DataError

SHARES = {"two": [0.5, 0.5], "five": [0.4, 0.3, 0.15, 0.1, 0.05], "rare": [0.97, 0.02, 0.01], "even": [0.1] * 10}


@pytest.mark.parametrize("seed", [0, 42, 2**31])
@pytest.mark.parametrize("share", [0.15, 0.5, 0.031])
@pytest.mark.parametrize("shares", SHARES.values(), ids=SHARES)
def test_the_rows_are_those_of_scikit_learn_in_the_same_order(shares, share, seed):
    codes = np.random.default_rng(seed).choice(len(shares), 4001, p=shares).astype(np.int32)
    count = round(share * len(codes))
    stay, take = train_test_split(np.arange(len(codes)), test_size=count, random_state=seed, stratify=codes)
    found = stratified_split(codes, count, seed)
    assert (found[0].tolist(), found[1].tolist()) == (stay.tolist(), take.tolist())


def test_a_class_that_no_row_has_any_more_changes_nothing():
    codes = np.repeat(np.array([0, 2, 5], dtype=np.int32), 40)
    stay, take = train_test_split(np.arange(120), test_size=31, random_state=3, stratify=codes)
    found = stratified_split(codes, 31, 3)
    assert (found[0].tolist(), found[1].tolist()) == (stay.tolist(), take.tolist())


def test_a_table_is_split_alike_however_many_rows_it_has(monkeypatch):
    codes = np.random.default_rng(1).integers(0, 4, 1000).astype(np.int32)
    few = split_rows(1000, Split(), 42, Classes(codes, "abcd"))
    monkeypatch.setattr(splitting, "MANY_ROWS", 10)
    many = split_rows(1000, Split(), 42, Classes(codes, "abcd"))
    assert {name: rows.tolist() for name, rows in few.items()} == {name: rows.tolist() for name, rows in many.items()}
    assert {rows.dtype for rows in many.values()} == {np.dtype(np.int64)}


def test_too_few_rows_of_a_class_are_an_error(monkeypatch):
    monkeypatch.setattr(splitting, "MANY_ROWS", 10)
    codes = np.array([0] * 990 + [1] * 3, dtype=np.int32)
    with pytest.raises(DataError, match=r"data\.split"):
        split_rows(993, Split(validation=0.4, test=0.59), 42, Classes(codes, "ab"))
