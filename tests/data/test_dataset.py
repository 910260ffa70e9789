import hashlib

import numpy as np
import pytest

from fcnn.data.dataset import prepare
from fcnn.data.header import read_header
from fcnn.data.roles import assign_roles
from fcnn.data.table import read_table
from fcnn.errors import DataError


@pytest.fixture
def dataset(section):
    """Prepare tables with the keys of a `data` section."""

    def build(*paths, seed=42, parts=(), **keys):
        data = section(**keys)
        return prepare(data, paths, assign_roles(data, read_header(paths[0])), seed, parts)

    return build


def rows(*lines):
    return "\n".join(["x,c,w,y", *lines]) + "\n"


TABLE = [f"{number * 7 % 40},{'red' if number % 3 else 'blue'},{number % 5},{'ab'[number % 2]}" for number in range(40)]


def test_the_penguins_become_arrays(dataset, shipped):
    data = dataset(shipped("penguins"), target="species", drop=["rowid"], columns={"year": {"type": "category"}})
    assert data.rows == {"read": 344, "without_target": 0, "train": 240, "validation": 52, "test": 52}
    assert (data.target.task, data.target.classes) == ("multiclass", ("Adelie", "Chinstrap", "Gentoo"))
    assert data.preprocessing.feature_names == [
        "island=Biscoe", "island=Dream", "island=Torgersen", "bill_length_mm", "bill_length_mm=<missing>",
        "bill_depth_mm", "bill_depth_mm=<missing>", "flipper_length_mm", "flipper_length_mm=<missing>",
        "body_mass_g", "body_mass_g=<missing>", "sex=female", "sex=male", "sex=<missing>",
        "year=2007", "year=2008", "year=2009",
    ]  # fmt: skip
    train = data.parts["train"]
    assert (train.x.shape, train.x.dtype, train.y.dtype) == ((240, 17), np.float32, np.int32)
    numbers = train.x[:, [3, 5, 7, 9]].astype(np.float64)
    np.testing.assert_allclose(numbers.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(numbers.std(axis=0), 1, atol=1e-6)
    assert all(np.isfinite(part.x).all() for part in data.parts.values())
    assert np.bincount(train.y).tolist() == [106, 48, 86]  # of 152, 68 and 124


def test_the_target_of_a_regression_is_standardised_on_training_rows(dataset, shipped):
    data = dataset(shipped("diabetes"), target="progression")
    train, test = data.parts["train"], data.parts["test"]
    assert (data.target.task, train.y.dtype, train.y_raw.dtype) == ("regression", np.float32, np.float64)
    assert (train.y.mean(), train.y.std()) == (pytest.approx(0, abs=1e-6), pytest.approx(1, abs=1e-6))
    np.testing.assert_allclose(test.y * data.target.std + data.target.mean, test.y_raw, rtol=1e-5)


def test_what_is_fitted_does_not_see_validation_and_test_rows(dataset, table):
    before = dataset(table(rows(*TABLE)), target="y")
    lines = list(TABLE)
    for part in ("validation", "test"):
        row = before.parts[part].rows[0]
        lines[row] = f"1e6,violet,0,{lines[row][-1]}"
    after = dataset(table(rows(*lines)), target="y")
    assert after.preprocessing == before.preprocessing
    assert after.parts["train"].x.tobytes() == before.parts["train"].x.tobytes()
    assert after.parts["test"].x.tobytes() != before.parts["test"].x.tobytes()


def test_the_scale_of_the_target_does_not_see_validation_and_test_rows(dataset, table):
    lines = [f"{number * 7 % 40},{number * 1.5}" for number in range(40)]
    before = dataset(table("x,y\n" + "\n".join(lines)), target="y")
    lines[before.parts["test"].rows[0]] = "1,1000000.5"
    assert dataset(table("x,y\n" + "\n".join(lines)), target="y").target == before.target


def test_a_training_row_that_changes_is_seen(dataset, table):
    before = dataset(table(rows(*TABLE)), target="y")
    lines = list(TABLE)
    row = before.parts["train"].rows[0]
    lines[row] = f"1000,red,0,{lines[row][-1]}"
    assert dataset(table(rows(*lines)), target="y").preprocessing != before.preprocessing


def test_rows_without_a_target_are_left_out_and_counted(dataset, table):
    lines = list(TABLE)
    for row in (0, 7, 39):
        lines[row] = lines[row][:-1] + ("" if row else "NA")
    data = dataset(table(rows(*lines)), target="y")
    assert data.rows == {"read": 40, "without_target": 3, "train": 25, "validation": 6, "test": 6}
    used = np.concatenate([part.rows for part in data.parts.values()])
    assert sorted(used) == [row for row in range(40) if row not in (0, 7, 39)]
    (finding,) = [finding for finding in data.findings if finding.where == "column 'y'"]
    assert (finding.message, finding.severity) == ("3 rows have no target and are left out", "warning")
    assert (finding.kind, finding.column, finding.count) == ("left_out_rows", "y", 3)
    assert finding.examples == ("line 2", "line 9", "line 41")
    for part in data.parts.values():
        assert part.y_raw.tolist() == ["ab".index(TABLE[row][-1]) for row in part.rows]


def test_every_feature_is_reported_those_that_are_left_out_too(dataset, table):
    content = "n,k,u,y\n" + "".join(f"{row},7,user {row},{'ab'[row % 3 > 0]}\n" for row in range(40)) + "5,7,z,a\n"
    data = dataset(table(content), target="y")
    assert [(column.name, column.type, column.reason) for column in data.columns] == [
        ("n", "number", "numbers"),
        ("k", "", "the same in every training row"),
        ("u", "", "text, different in every row"),
    ]


def test_a_row_number_is_one_where_rows_without_a_target_are_left_out(dataset, table):
    content = "n,a,y\n" + "".join(
        f"{row},{row * 7 % 40},{'' if row in (3, 20, 21) else 'ab'[row % 3 > 0]}\n" for row in range(40)
    )
    assert [(column.name, column.reason) for column in dataset(table(content), target="y").columns] == [
        ("n", "counts the rows"),
        ("a", "numbers"),
    ]


def test_a_table_without_anything_to_learn_from_says_what_was_left_out_too(dataset, table):
    content = "k,u,y\n" + "".join(f"7,user {row},{'ab'[row % 3 > 0]}\n" for row in range(40))
    with pytest.raises(DataError) as caught:
        dataset(table(content), target="y")
    assert [(problem.severity, problem.message) for problem in caught.value.problems] == [
        ("error", "the one feature is the same in every training row: nothing is left to learn from"),
        ("warning", "is text that is different in every row (an identifier?), and is left out"),
    ]
    assert caught.value.problems[0].received == "'k'"


TARGETS = {
    "a number": ("number", "regression", ()),
    "a category": ("category", "multiclass", ("0", "1", "2")),
}


@pytest.mark.parametrize(("kind", "task", "classes"), TARGETS.values(), ids=TARGETS)
def test_the_stated_type_of_the_target_decides_the_task(dataset, table, kind, task, classes):
    content = "x,y\n" + "".join(f"{row * 7 % 40},{row % 3}\n" for row in range(40))
    target = dataset(table(content), target="y", columns={"y": {"type": kind}}).target
    assert (target.task, target.classes) == (task, classes)


def test_bad_values_of_a_target_of_classes_are_classes(dataset, table):
    content = "x,y\n" + "".join(f"{row * 7 % 40},{'12?x'[row % 4]}\n" for row in range(80))
    stated = {"y": {"type": "category", "bad_values": "missing", "missing": []}}
    assert dataset(table(content), target="y", columns=stated).target.classes == ("1", "2", "?", "x")


def test_a_bad_cell_is_named_by_its_line_in_the_file(dataset, table):
    lines = list(TABLE)
    lines[0] = lines[0][:-1]  # no target
    lines[20] = lines[20].replace("20", "twenty", 1)
    with pytest.raises(DataError, match=r"'twenty' \(line 22\)"):
        dataset(table(rows(*lines)), target="y")
    with pytest.raises(DataError, match=r"'twenty' \(line 22\)"):
        dataset(table(rows(*lines)), target="y", columns={"x": {"type": "number"}})


def test_a_weight_column_weighs_rows_and_is_no_feature(dataset, table):
    data = dataset(table(rows(*TABLE)), target="y", weight="w")
    assert data.preprocessing.feature_names == ["x", "c=blue", "c=red"]
    for part in data.parts.values():
        assert part.weight.dtype == np.float32
        assert part.weight.tolist() == [row % 5 for row in part.rows]
    assert dataset(table(rows(*TABLE)), target="y").parts["train"].weight is None


WEIGHTS = {
    "negative": ("-1", r"1 sample weights are missing, negative or beyond 1e\+09"),
    "missing": ("", "1 sample weights are missing"),
    "too large": ("1e300", "1 sample weights are missing"),
    "text": ("heavy", "1 cell is no number"),
    "infinite": ("inf", "1 cell is infinite"),
}


@pytest.mark.parametrize(("cell", "message"), WEIGHTS.values(), ids=WEIGHTS)
def test_a_weight_that_cannot_be_is_an_error(dataset, table, cell, message):
    lines = [*TABLE, f"1,red,{cell},a"]
    with pytest.raises(DataError, match=message):
        dataset(table(rows(*lines)), target="y", weight="w")


def test_a_part_without_any_weight_is_an_error(dataset, table):
    test_rows = dataset(table(rows(*TABLE)), target="y").parts["test"].rows
    lines = [f"{row * 7 % 40},red,{0 if row in test_rows else 1},{'ab'[row % 2]}" for row in range(40)]
    with pytest.raises(DataError, match="all sample weights of the test rows are 0"):
        dataset(table(rows(*lines)), target="y", weight="w")


def test_a_class_that_a_part_lacks_is_told(dataset, table):
    lines = [f"{number * 7 % 40},{'ab'[number % 2] if number else 'c'}" for number in range(40)]
    data = dataset(table("x,y\n" + "\n".join(lines)), target="y", split={"method": "random"})
    assert [(finding.message, finding.severity) for finding in data.findings] == [
        ("no validation row is of class 'c'", "warning"),
        ("no test row is of class 'c'", "warning"),
        ("the classes differ in size: 20 of 'b', 1 of 'c'", "note"),
    ]
    assert data.findings[0].hint == "data.split.method=stratified"


def test_a_class_that_a_stratified_part_lacks_needs_rows(dataset, table):
    lines = [f"{number * 7 % 400},{'c' if number < 3 else 'ab'[number % 2]}" for number in range(400)]
    found = dataset(table("x,y\n" + "\n".join(lines)), target="y").findings[0]
    assert (found.kind, found.hint) == (
        "absent_class", "add rows of this class, or leave out those there are"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "said"), [("ab", True), (("1.5", "2.5", "3.5"), False)], ids=["classes", "a quantity"]
)
def test_how_words_for_missing_become_classes_is_told_where_there_are_classes(dataset, table, cells, said):
    lines = [f"{number * 7 % 40},{'NA' if number == 9 else cells[number % len(cells)]}" for number in range(40)]
    found = dataset(table("x,y\n" + "\n".join(lines)), target="y").findings[0]
    assert found.hint.endswith("; where they are classes: 'data.columns.y.missing=[]'") == said


def test_a_class_that_is_too_rare_to_stratify_is_named(dataset, table):
    lines = [f"{number * 7 % 40},{'ab'[number % 2] if number else 'c'}" for number in range(40)]
    with pytest.raises(DataError, match="1 of 'c'"):
        dataset(table("x,y\n" + "\n".join(lines)), target="y")


def test_files_are_recorded_by_their_bytes(dataset, table):
    first, second = table(rows(*TABLE), "1.csv"), table(rows(*TABLE), "2.csv")
    data = dataset(first, second, target="y")
    assert data.rows_read == 80
    assert [file["path"] for file in data.files] == [str(first), str(second)]
    content = first.read_bytes()
    assert data.files[0]["bytes"] == len(content)
    assert data.files[0]["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_file_that_changes_while_it_is_read_is_an_error(dataset, table, monkeypatch):
    path = table(rows(*TABLE))

    def read_and_change(*args, **kwargs):
        frame = read_table(*args, **kwargs)
        path.write_text(path.read_text(encoding="utf-8") + TABLE[0] + "\n", encoding="utf-8")
        return frame

    monkeypatch.setattr("fcnn.data.labelled.read_table", read_and_change)
    with pytest.raises(DataError, match="changed while it was read"):
        dataset(path, target="y")


FLAGS = {"a flag": ["TRUE", ""], "truth values": ["TRUE", "FALSE"], "codes": ["007", "x"], "words": ["Yes", "no"]}


@pytest.mark.parametrize("words", FLAGS.values(), ids=FLAGS)
def test_a_column_is_encoded_alike_when_it_is_read_to_predict(dataset, table, words):
    path = table("c,y\n" + "\n".join(f"{words[row % 2]},{'ab'[row % 3 > 0]}" for row in range(40)))
    data = dataset(path, target="y")
    missing = data.preprocessing.missing
    matrix, surprises = data.preprocessing.transform(read_table([path], ["c"], as_text=["c"], missing=missing))
    assert surprises == []
    for part in data.parts.values():
        assert np.array_equal(matrix[part.rows], part.x)


def test_the_same_table_and_seed_give_the_same_arrays(dataset, shipped):
    first, again, other = (dataset(shipped("iris"), target="species", seed=seed) for seed in (1, 1, 2))
    assert all(first.parts[name].x.tobytes() == again.parts[name].x.tobytes() for name in first.parts)
    assert first.parts["train"].x.tobytes() != other.parts["train"].x.tobytes()


LEVELS = [
    f"{number * 7 % 40},{('NA', 'x', '', '-')[number % 4]},{number % 3},{'ab'[number % 5 > 2]}" for number in range(40)
]


MISSING = {
    "by default": ({}, ["c=x", "c=<missing>"]),
    "NA as a level": ({"missing": []}, ["c=-", "c=NA", "c=x", "c=<missing>"]),
    "NA as a level of one column": ({"columns": {"c": {"missing": ["-"]}}}, ["c=NA", "c=x", "c=<missing>"]),
    "a column before the table": (
        {"missing": ["x"], "columns": {"c": {"missing": ["NA"]}}}, ["c=-", "c=x", "c=<missing>"]),
}  # fmt: skip


@pytest.mark.parametrize(("keys", "names"), MISSING.values(), ids=MISSING)
def test_what_counts_as_missing_is_what_the_config_says_and_stays_so(dataset, table, keys, names):
    path = table(rows(*LEVELS))
    data = dataset(path, target="y", features=["c"], **keys)
    assert sorted(data.preprocessing.feature_names) == sorted(names)
    missing = data.preprocessing.missing
    later = read_table([path], ["c"], as_text=["c"], missing=missing)
    matrix, surprises = data.preprocessing.transform(later)
    assert surprises == []
    for part in data.parts.values():
        assert np.array_equal(matrix[part.rows], part.x)


def test_what_counts_as_missing_in_the_target_is_what_the_config_says(dataset, table):
    lines = [f"{number * 7 % 40},red,1,{('NA', 'yes')[number % 2]}" for number in range(40)]
    data = dataset(table(rows(*lines)), target="y", columns={"y": {"missing": []}})
    assert (data.target.classes, data.rows["without_target"]) == (("NA", "yes"), 0)


def test_bad_values_of_the_target_are_rows_without_one_where_that_is_said(dataset, table):
    lines = [f"{number * 7 % 40},red,1,{number + 0.5 if number != 7 else 'many'}" for number in range(40)]
    with pytest.raises(DataError, match=r"'many' \(line 9\)"):
        dataset(table(rows(*lines)), target="y")
    data = dataset(table(rows(*lines)), target="y", columns={"y": {"bad_values": "missing"}})
    assert (data.target.task, data.target.bad_values) == ("regression", "missing")
    assert data.rows == {"read": 40, "without_target": 1, "train": 27, "validation": 6, "test": 6}
    assert data.findings[0].hint.endswith("; so do cells that are no numbers")


def test_a_separator_at_the_end_of_each_row_is_no_column(dataset, table):
    lines = [f"{line}," for line in TABLE]
    plain, other = dataset(table(rows(*TABLE), "1.csv"), target="y"), dataset(table(rows(*lines), "2.csv"), target="y")
    assert other.preprocessing == plain.preprocessing
    assert [finding.message for finding in other.findings] == ["column 5 has no name and is left out"]


def test_decimal_commas_give_the_same_arrays(dataset, table):
    plain = "x,y\n" + "".join(f"{number * 7 % 40 / 4},{number + 0.5}\n" for number in range(40))
    german = plain.replace(",", ";").replace(".", ",")
    one, other = dataset(table(plain, "1.csv"), target="y"), dataset(table(german, "2.csv"), target="y")
    for name in one.parts:
        assert np.array_equal(one.parts[name].x, other.parts[name].x)
        assert np.array_equal(one.parts[name].y, other.parts[name].y)


def test_a_date_is_learnt_from(dataset, table):
    lines = [
        f"{number * 7 % 40},2020-{1 + number % 12:02}-{1 + number % 28:02},1,{'ab'[number % 2]}" for number in range(40)
    ]
    data = dataset(table(rows(*lines)), target="y", features=["c"])
    assert data.preprocessing.feature_names == ["c (days)", "c (month)", "c (weekday)"]
    assert np.isfinite(data.parts["test"].x).all()


@pytest.mark.parametrize("method", ["group", "time", "column"])
def test_the_column_of_the_split_is_no_feature(dataset, table, method):
    words = {"group": "abcdefgh", "time": [2000 + year for year in range(8)], "column": ["train"] * 6 + ["val", "test"]}
    lines = [f"{number * 7 % 40},{words[method][number // 5]},1,{'ab'[number % 2]}" for number in range(40)]
    data = dataset(table(rows(*lines)), target="y", features=["x"], split={"method": method, "column": "c"})
    assert data.rows == {"read": 40, "without_target": 0, "train": 30, "validation": 5, "test": 5}
    assert data.preprocessing.feature_names == ["x"]


def test_files_of_their_own_are_parts(dataset, table):
    paths = [table(rows(*TABLE[:20]), "1.csv"), table(rows(*TABLE[20:30]), "2.csv"), table(rows(*TABLE[30:]), "3.csv")]
    data = dataset(*paths, target="y", parts=("train", "validation", "test"))
    assert {name: part.rows.tolist() for name, part in data.parts.items()} == {
        "train": list(range(20)), "validation": list(range(20, 30)), "test": list(range(30, 40)),
    }  # fmt: skip


def test_repeated_rows_in_two_parts_are_told(dataset, table):
    data = dataset(table(rows(*TABLE, *TABLE)), target="y", features=["x"])
    (finding,) = [finding for finding in data.findings if finding.where == "data.split"]
    assert finding.message.startswith("rows that are equal to training rows are scored: ")
    assert finding.severity == "warning"
