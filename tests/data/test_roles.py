from dataclasses import replace
from pathlib import Path

import pytest

from fcnn.data.header import Header
from fcnn.data.roles import assign_roles
from fcnn.errors import DataError, Problem


def header(*names):
    return Header(Path("t.csv"), names, ",", "utf-8")


def problems_of(data, *names):
    with pytest.raises(DataError) as caught:
        assign_roles(data, header(*names))
    return [(problem.where, problem.message, problem.hint) for problem in caught.value.problems]


FEATURES = {
    "all others": ({}, ("a", "b", "c", "w")),
    "all but those dropped": ({"drop": ["b", "w"]}, ("a", "c")),
    "all but the weight": ({"weight": "w"}, ("a", "b", "c")),
    "all but the column of the split": ({"split": {"method": "time", "column": "b"}}, ("a", "c", "w")),
    "the column of the split where it is listed": (
        {"features": ["a", "b"], "split": {"method": "group", "column": "b"}}, ("a", "b")),
    "those that are listed, in that order": ({"features": ["c", "a"]}, ("c", "a")),
}  # fmt: skip


@pytest.mark.parametrize(("keys", "features"), FEATURES.values(), ids=FEATURES)
def test_features_are(section, keys, features):
    assert assign_roles(section(**keys), header("a", "b", "y", "c", "w")).features == features


def test_every_unknown_name_is_reported_with_its_place_and_the_nearest_name(section):
    data = section(target="specis", drop=["rowid", "iland"], columns={"yaer": {"type": "category"}}, weight="wieght")
    assert problems_of(data, "rowid", "species", "island", "year", "weight") == [
        ("data.target", "t.csv has no column 'specis'", "did you mean `species`?"),
        ("data.drop[1]", "t.csv has no column 'iland'", "did you mean `island`?"),
        ("data.columns.yaer", "t.csv has no column 'yaer'", "did you mean `year`?"),
        ("data.weight", "t.csv has no column 'wieght'", "did you mean `weight`?"),
    ]


def test_an_unknown_feature_is_reported_too(section):
    assert problems_of(section(features=["a", "zzz"]), "a", "y") == [
        ("data.features[1]", "t.csv has no column 'zzz'", "known: a, y")
    ]


def test_the_first_names_of_a_wide_table_are_told_where_none_is_near(section):
    names = [f"pixel_{number}" for number in range(64)]
    ((_, _, hint),) = problems_of(section(target="digit"), *names)
    assert hint == f"its 64 columns begin with: {', '.join(names[:12])}"


def test_a_name_that_appears_twice_is_an_error_where_it_is_used(section):
    assert problems_of(section(), "a", "y", "b", "a") == [
        ("t.csv", "the column name 'a' appears 2 times, at positions 1, 4", "rename one of them in the first line")
    ]


def test_a_name_that_appears_twice_does_not_matter_where_it_is_dropped(section):
    assert assign_roles(section(drop=["a"]), header("a", "y", "b", "a")).features == ("b",)


def test_a_column_without_a_name_is_left_out_with_a_note(section):
    roles = assign_roles(section(), header("", "a", "y"))
    (note,) = roles.problems
    assert roles.features == ("a",)
    assert (note.message, note.severity) == ("column 1 has no name and is left out", "note")


def test_several_columns_without_a_name_are_one_note(section):
    (note,) = assign_roles(section(), header("", "a", "y", "")).problems
    assert note.message == "columns 1, 4 have no name and are left out"


def test_the_column_of_the_split_must_be_there(section):
    data = section(split={"method": "group", "column": "patiant"})
    assert problems_of(data, "patient", "a", "y") == [
        ("data.split.column", "t.csv has no column 'patiant'", "did you mean `patient`?")
    ]


def test_what_was_guessed_of_the_file_is_said_beside_names_that_are_not_there(section):
    guess = Problem("read as gb18030", "t.csv", severity="warning")
    with pytest.raises(DataError) as caught:
        assign_roles(section(target="z"), replace(header("a", "y"), problems=(guess,)))
    assert [problem.message for problem in caught.value.problems] == ["t.csv has no column 'z'", "read as gb18030"]


def test_a_table_of_which_nothing_is_left_is_an_error(section):
    assert problems_of(section(drop=["a"]), "a", "y") == [
        ("t.csv", "no column is left to learn from", "shorten data.drop")
    ]
