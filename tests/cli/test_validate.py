"""The data report of `fcnn validate`, in the terminal and as JSON."""

import json
from pathlib import Path

import pytest


def _row(number: int) -> str:
    colour = "" if number % 10 == 3 else "rgb"[number % 3]
    label = "" if number in (0, 9) else "ab"[number * 7 % 5 > 2]
    return f"{number};{number * 7 % 31},5 €;{colour};7;{label}"


CONFIG = "data: {path: t.csv, target: y}\nnetwork: {layers: [4]}\n"
TABLE = """\
column  type      why                                         values       missing  features
id      left out  counts the rows                             1 to 59
price   number    numbers with decimal commas and the mark €  0.5 to 30.5            1
colour  category  text, 3 different values                    3 different  6 of 58   4
k       left out  the same in every training row              7
y       target    2 classes
"""


@pytest.fixture
def sales(console) -> None:
    Path("t.csv").write_text("\n".join(["id;price;colour;k;y", *map(_row, range(60)), ""]), encoding="utf-8")
    Path("c.yaml").write_text(CONFIG, encoding="utf-8")


def words(text: str) -> list:
    """The cells of a table, without its lines."""
    bare = "".join(" " if letter in "┃│┏┳┓┡╇┩━└┴┘─" else letter for letter in text)
    return [line.split() for line in bare.splitlines() if line.strip()]


@pytest.mark.usefixtures("sales")
def test_each_column_is_shown_with_what_it_was_taken_for_and_why(console) -> None:
    answer = console("validate", "c.yaml")
    assert answer.code == 0
    assert words(answer.out)[:-2] == words(TABLE)
    assert answer.out.splitlines()[-1] == "c.yaml is valid"
    assert [line.split(": ")[1] for line in answer.err.splitlines() if not line.startswith(" ")] == [
        "column 'y'", "column 'id'", "column 'k'", "column 'colour'",
    ]  # fmt: skip
    assert answer.err.startswith("warning: column 'y': 2 rows have no target and are left out\n  hint: an empty cell")


@pytest.mark.usefixtures("sales")
def test_the_report_is_one_json_document(console) -> None:
    answer = console("validate", "c.yaml", "--json")
    assert (answer.code, answer.err) == (0, "")
    report = json.loads(answer.out)
    assert report["valid"] is True
    assert [(each["severity"], each["kind"], each["column"], each["count"]) for each in report["problems"]] == [
        ("warning", "left_out_rows", "y", 2),
        ("warning", "row_number", "id", 58),
        ("note", "constant", "k", 40),
        ("note", "imputed", "colour", 3),
    ]
    assert report["problems"][0]["examples"] == ["line 2", "line 11"]
    assert report["problems"][3]["examples"] == ["line 25", "line 35", "line 45"]
    data = report["data"]
    assert (data["task"], data["target"], data["classes"]) == ("binary", "y", ["a", "b"])
    assert data["rows"] == {"read": 60, "without_target": 2, "train": 40, "validation": 9, "test": 9}
    assert data["features"] == ["price", "colour=b", "colour=g", "colour=r", "colour=<missing>"]
    assert data["columns"][1] == {
        "name": "price", "type": "number", "reason": "numbers with decimal commas and the mark €", "rows": 58,
        "missing": 0, "different": None, "lowest": "0.5", "highest": "30.5", "features": 1,
        "usual": "",
    }  # fmt: skip


@pytest.mark.usefixtures("sales")
def test_errors_are_in_the_document_too(console) -> None:
    answer = console("validate", "c.yaml", "--json", "data.target=z")
    assert (answer.code, answer.err) == (2, "")
    report = json.loads(answer.out)
    assert (report["valid"], len(report["problems"])) == (False, 1)
    assert report["problems"][0]["message"] == "t.csv has no column 'z'"
    assert report["problems"][0]["severity"] == "error"


@pytest.mark.usefixtures("sales")
def test_bad_cells_are_an_error_with_column_count_and_lines(console) -> None:
    text = Path("t.csv").read_text(encoding="utf-8")
    Path("t.csv").write_text(text.replace("\n4;28,5 €;", "\n4;many;"), encoding="utf-8")
    answer = console("validate", "c.yaml", "--json")
    (problem,) = json.loads(answer.out)["problems"]
    assert (answer.code, problem["kind"], problem["column"]) == (2, "bad_cells", "price")
    assert (problem["count"], problem["examples"], problem["received"]) == (1, ["line 6"], "'many' (line 6)")


def test_yaml_and_json_are_not_printed_together(console, small) -> None:
    answer = console("validate", "small.yaml", "--json", "--resolved")
    assert (answer.code, answer.out) == (2, "")


def test_what_a_training_writes_down_is_what_validate_says(console, small) -> None:
    rows = "".join(f"{a},{'' if b == 4 and a < 3 else b},{10 * a - b}\n" for a in range(8) for b in range(5))
    Path("table.csv").write_text("a,b,y\n" + rows, encoding="utf-8")
    report = json.loads(console("validate", "small.yaml", "--json").out)
    folder = console("train", "small.yaml", "training.epochs=1", "--quiet").folder
    record = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    assert record["findings"] == report["problems"] != []
    assert record["columns"] == report["data"]["columns"]
    assert [column["name"] for column in record["columns"]] == ["a", "b"]


MISTAKES = {
    "no such target": (["data.target=Y"], "did you mean `y`?"),
    "a target that is the same everywhere": (["data.target=k"], "the target is the same in every row that has one"),
    "regression on text": (["data.task=regression"], "the target is text, and regression needs a number in each row"),
    "an identifier as classes": (
        ["data.target=id", "data.task=multiclass"], "60 classes for 60 rows: hardly any class has two rows"),
    "no feature left": (
        ["data.features=[k, id]"], "the one feature is the same in every training row: nothing is left to learn from"),
    "a target that is a date": (["data.columns.y.type=date"], "no date can be predicted"),
    "a type that the task contradicts": (
        ["data.columns.y.type=number", "data.task=binary"], "`y` is stated to be a number, and the task is binary"),
}  # fmt: skip


@pytest.mark.usefixtures("sales")
@pytest.mark.parametrize(("overrides", "message"), MISTAKES.values(), ids=MISTAKES)
def test_what_cannot_be_trained_on_is_said(console, overrides, message) -> None:
    answer = console("validate", "c.yaml", *overrides)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err


SMALL = {
    "a class with one row": (["1,a", "2,b"] * 10 + ["3,c"], "1 of 'c'"),
    "fewer rows than the split needs": (["1.5,1.5", "2.5,2.5"], "2 usable rows are too few to split"),
    "fewer rows than classes in a part": (["1,a", "2,b"] * 2, "1 validation row cannot hold each of 2 classes"),
}


@pytest.mark.parametrize(("rows", "message"), SMALL.values(), ids=SMALL)
def test_a_table_that_is_too_small_for_its_split_is_said(console, rows, message) -> None:
    Path("t.csv").write_text("\n".join(["a,y", *rows, ""]), encoding="utf-8")
    Path("c.yaml").write_text(CONFIG, encoding="utf-8")
    answer = console("validate", "c.yaml")
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
