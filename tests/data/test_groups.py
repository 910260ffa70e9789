"""Columns that say which rows belong together are asked about; codes of products, places and times are not."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fcnn.data.column import table_of
from fcnn.data.groups import groups, is_one_of_many
from fcnn.data.missing import USUALLY
from fcnn.data.table import read_table

ROWS = 400
CHANCE = np.random.default_rng(7)
SHUFFLED = CHANCE.permutation(ROWS)


def look(cells, name, section, **split):
    """What is said of a column of a table of which three quarters of the rows train, by chance."""
    table = table_of(pd.DataFrame({name: cells}), [name], USUALLY)
    order = np.random.default_rng(1).permutation(len(cells))
    parts = {"train": np.sort(order[: ROWS * 3 // 4]), "test": np.sort(order[ROWS * 3 // 4 :])}
    return groups(table, [name], parts, section(split=split).split)


def each(many, times, text="{}"):
    """Values with so many rows each, one after the other."""
    return np.repeat(np.array([text.format(number) for number in range(many)], dtype=object), times)


ZIPF = np.minimum(CHANCE.zipf(1.5, ROWS), 60)
UNEVEN = np.repeat(np.arange(60), CHANCE.integers(2, 30, 60))[:ROWS]

ONES_OF_MANY = {
    "patients one after the other": ("patient", each(80, 5, "P{:03d}")),
    "patients in any order": ("patient", each(80, 5, "P{:03d}")[SHUFFLED]),
    "codes of equally many rows under any name": ("x", each(80, 5, "P{:03d}")[SHUFFLED]),
    "codes that stand together under any name": ("x", np.array([f"s-{number}" for number in UNEVEN], dtype=object)),
    "whole numbers": ("customer_id", each(80, 5, "{}").astype(float)[SHUFFLED] * 7 + 1000),
    "some with many rows and some with few": ("userId", ZIPF.astype(float)),
    "subjects": ("subject#", each(20, 20).astype(float)),
    "names": ("Person", each(50, 8, "Anna the {}th")),
    "Chinese": ("用户", each(80, 5, "u{}")[SHUFFLED]),
    "an id that repeats": ("id", each(200, 2).astype(float)[SHUFFLED]),
    "an id that repeats in a part of the rows": ("patient_nbr", np.minimum(np.arange(ROWS), 300.0)),
    "few": ("speaker", each(10, 40)),
    "things by number": ("unit number", each(50, 8).astype(float)),
}


@pytest.mark.parametrize(("name", "cells"), ONES_OF_MANY.values(), ids=ONES_OF_MANY)
def test_what_looks_like_a_group_is_asked_about(section, name, cells):
    (found,) = look(cells, name, section)
    assert (found.kind, found.severity, found.column) == ("group", "warning", name)
    assert found.hint.startswith("to predict for others than these: data.split.method=group ")


def test_what_is_said_of_a_group(section):
    (found,) = look(each(80, 5, "P{:03d}"), "patient", section)
    assert found.message == (
        "looks like a group: 80 values with about 5 rows each; rows of the same one train and are scored, "
        "which flatters the scores"
    )
    assert found.hint.endswith(": data.split.method=group data.split.column=patient")
    assert found.count == 100


def test_few_rows_each_are_told_with_a_fraction(section):
    (found,) = look(np.minimum(np.arange(ROWS), 250.0), "patient_nbr", section)
    assert found.message.startswith("looks like a group: 251 values with about 1.6 rows each; ")


def test_what_is_proposed_can_be_typed(section):
    (found,) = look(each(80, 5), "patient id", section)
    assert found.hint.endswith(": data.split.method=group 'data.split.column=patient id'")


OTHERS = {
    "codes of products as they are sold": ("product", np.array([f"A{number}" for number in ZIPF], dtype=object)),
    "codes of products with equally many rows": ("product_id", each(40, 10, "A{:02d}")[SHUFFLED]),
    "codes that begin with SKU": ("x", each(40, 10, "SKU-{:02d}")[SHUFFLED]),
    "cities": ("city", each(40, 10, "Saint {}")),
    "sorted cities without numbers": ("place", np.repeat([a + b for a in "abcdefghij" for b in "klmn"], 10)),
    "ages": ("age", CHANCE.integers(18, 80, ROWS).astype(float)),
    "ages in order": ("age", np.sort(CHANCE.integers(18, 80, ROWS)).astype(float)),
    "zip codes": ("zip", CHANCE.integers(10000, 10050, ROWS).astype(float)),
    "post codes with letters": ("postcode", each(40, 10, "N{}")),
    "weeks": ("week", each(50, 8, "W{}")),
    "days under any name": ("x", each(50, 8, "day {}")),
    "shops": ("store_id", each(40, 10).astype(float)),
    "counts of users": ("users", CHANCE.integers(0, 40, ROWS).astype(float)),
    "what users have": ("user_age", CHANCE.integers(18, 80, ROWS).astype(float)),
    "kinds of devices": ("device", np.repeat([f"{maker} {each}" for maker in "ABCD" for each in range(10)], 10)),
    "marks of two subjects": ("subject1", CHANCE.integers(0, 100, ROWS).astype(float)),
    "quantities": ("customer", CHANCE.normal(size=40).repeat(10)),
    "an id that is different in every row": ("id", np.arange(ROWS, dtype=float)),
    "an id that was entered twice": ("id", np.minimum(np.arange(ROWS), ROWS - 5.0)),
    "few ones": ("patient", each(8, 50, "P{}")),
    "nothing": ("patient", np.full(ROWS, np.nan)),
}


@pytest.mark.parametrize(("name", "cells"), OTHERS.values(), ids=OTHERS)
def test_what_is_no_group_is_left_alone(section, name, cells):
    assert look(cells, name, section) == []


def test_nothing_is_said_where_no_group_is_in_two_parts_or_somebody_chose_the_parts(section):
    cells = each(80, 5, "P{:03d}")
    table = table_of(pd.DataFrame({"patient": cells}), ["patient"], USUALLY)
    apart = {"train": np.arange(300), "test": np.arange(300, 400)}
    assert groups(table, ["patient"], apart, section().split) == []
    gaps = cells.copy()
    gaps[[5, 305]] = None
    with_gaps = table_of(pd.DataFrame({"patient": gaps}), ["patient"], USUALLY)
    assert groups(with_gaps, ["patient"], apart, section().split) == []
    assert groups(table, ["patient"], {"train": np.arange(400)}, section().split) == []
    for method in ("time", "column"):
        assert look(cells, "patient", section, method=method, column="when") == []


def test_many_groups_are_one_finding(section):
    names = ["patient", "visit_id", "device_id", "session_id"]
    table = table_of(pd.DataFrame({name: each(80, 5) for name in names}), names, USUALLY)
    split = {"train": np.arange(0, 400, 2), "test": np.arange(1, 400, 2)}
    (found,) = groups(table, names, split, section().split)
    assert found.message.startswith("4 columns look like groups of which rows both train and are scored: 'patient', ")


@pytest.mark.parametrize("path", sorted(Path("data").glob("*.csv")), ids=lambda path: path.stem)
def test_the_tables_that_are_shipped_have_none(section, path):
    names = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    table = read_table([path], names)
    split = {"train": np.arange(0, len(table), 2), "test": np.arange(1, len(table), 2)}
    assert groups(table, names, split, section().split) == []


@pytest.mark.parametrize(
    "name",
    [
        "patient",
        "Patient_ID",
        "patientId",
        "PATIENT",
        "userid",
        "customer-no",
        "id",
        "ID",
        "uid",
        "client_key",
        "用户编号",
        "会员号",
        "学号",
        "customerID",
    ],
)
def test_names_that_mean_one_of_many(name):
    assert is_one_of_many(name)


@pytest.mark.parametrize(
    "name",
    [
        "patients",
        "num_users",
        "user_count",
        "product_id",
        "city",
        "code",
        "x",
        "device",
        "用户数",
        "客户年龄",
        "solid",
        "user_id_hash_2",
        "年",
    ],
)
def test_names_that_do_not(name):
    assert not is_one_of_many(name)
