"""Ways to split, and to get that wrong."""

from .case import LABELS, TABLE, Case, Fails, Works, column, plain

KIND = "Splits"


def _by(*cells: str, rows: int = 24) -> str:
    body = (f"{plain(row + 30)},{plain(row)},{cells[row % len(cells)]},{LABELS[row]}" for row in range(rows))
    return "\n".join(["x,z,by,y", *body, ""])


def _split(**keys: object) -> "dict[str, object]":
    return {"split": keys}


GROUP = _split(method="group", column="by")
TIME = _split(method="time", column="by")
COLUMN = _split(method="column", column="by")

PATIENTS = column(*(f"P{row:03d}" for row in range(12)), name="patient", rows=48)
"""Twelve patients of four rows each."""
GROUPED = "looks like a group: 12 values with about 4 rows each; rows of the same one train and are scored"

CASES = [
    Case(
        "patients with several rows each",
        PATIENTS,
        Works(
            types={"patient": "category"},
            said=[f"column 'patient': {GROUPED}", "data.split.method=group data.split.column=patient"],
        ),
        row="Several rows of the same patient, customer or device",
    ),
    Case(
        "patients with several rows each, as the hint of the case before proposes",
        PATIENTS,
        Works(features=["z"], parts={"train": 32, "validation": 8, "test": 8}),
        overrides=("data.split.method=group", "data.split.column=patient"),
    ),
    Case(
        "users by number",
        column(*(str(row) for row in (1047, 1009, 1101, *range(1200, 1209))), name="用户ID", rows=48),
        Works(types={"用户ID": "number"}, said=[f"column '用户ID': {GROUPED}", "data.split.column=用户ID"]),
    ),
    Case(
        "products by number are no groups",
        column(*(str(row) for row in (1047, 1009, 1101, *range(1200, 1209))), name="product_id", rows=48),
        Works(types={"product_id": "number"}),
    ),
    Case(
        "shares that sum to 1",
        TABLE,
        Fails(["config.yaml:4:3 data.split", "leave no rows to train on", "0.5 + 0.5 = 1"]),
        data=_split(validation=0.5, test=0.5),
    ),
    Case(
        "shares that sum to 1.2",
        TABLE,
        Fails(["data.split: validation and test leave no rows to train on", "0.6 + 0.6 = 1.2"]),
        data=_split(validation=0.6, test=0.6),
    ),
    Case("shares beyond 1", TABLE, Fails(["data.split.test"]), data=_split(test=1.2)),
    Case("a negative share", TABLE, Fails(["data.split.test", "-0.1"]), data=_split(test=-0.1)),
    Case("shares as percentages", TABLE, Fails(["data.split.test", "20"]), data=_split(test=20)),
    Case("shares as counts in text", TABLE, Fails(["data.split.test"]), data=_split(test="20%")),
    Case("no test rows", TABLE, Works(parts={"train": 20, "validation": 4}), data=_split(test=0)),
    Case("groups", _by("u", "v", "w", "s", "t", "r"), Works(features=["x", "z"], rows=24), data=GROUP),
    Case(
        "one group",
        _by("u"),
        Fails(["data.split.column", "too few groups", "at least 3 groups", "1 group of 'by'"]),
        data=GROUP,
    ),
    Case(
        "a group without a column",
        TABLE,
        Fails(["data.split", "method: group needs a column", "column: patient"]),
        data=_split(method="group"),
    ),
    Case(
        "a column without a method",
        _by("u", "v"),
        Fails(["data.split.column", "has no effect with method: auto"]),
        data=_split(column="by"),
    ),
    Case("a method that there is not", TABLE, Fails(["data.split.method", "`kfold`"]), data=_split(method="kfold")),
    Case(
        "a mistyped method",
        TABLE,
        Fails(["data.split.method", "did you mean `stratified`?"]),
        data=_split(method="stratifed"),
    ),
    Case("a column that is not there", TABLE, Fails(["data.split.column: table.csv has no column 'by'"]), data=GROUP),
    Case(
        "the target as the column",
        TABLE,
        Fails(["data.split.column: `y` is the target"], plain=True),
        data=_split(method="group", column="y"),
    ),
    Case(
        "time by dates",
        _by(*(f"{row + 1}.5.2020" for row in range(24))),
        Works(parts={"train": 16, "validation": 4, "test": 4}),
        data=TIME,
    ),
    Case(
        "time by words",
        _by("early", "late"),
        Fails(["column 'by'", "24 cells are no time", "'early' (line 2)"]),
        data=TIME,
    ),
    Case(
        "time with a missing one",
        _by("2020-01-01", "", "2020-01-03"),
        Fails(["column 'by'", "8 cells are no time", "(line 3)"]),
        data=TIME,
    ),
    Case(
        "time that stands still", _by("2020-01-01"), Fails(["too few different times in 'by'"], plain=True), data=TIME
    ),
    Case(
        "a column that says which",
        _by("train", "Validation", "TEST", "train"),
        Works(parts={"train": 12, "validation": 6, "test": 6}, features=["x", "z"]),
        data=COLUMN,
    ),
    Case(
        "a column that says something else",
        _by("train", "holdout"),
        Fails(["column 'by'", "12 cells are no part of the split", "'holdout' (line 3)", "train, validation or test"]),
        data=COLUMN,
    ),
    Case("a column without training rows", _by("test"), Fails(["column 'by'", "no row is for training"]), data=COLUMN),
    Case(
        "stratified by a quantity",
        "x,y\n" + "".join(f"{plain(row)},{plain(row + 40)}\n" for row in range(24)),
        Fails(["data.split.method: a stratified split needs classes"]),
        data=_split(method="stratified"),
    ),
    Case(
        "a class of two rows cannot be in three parts",
        TABLE + "1,2,c\n3,4,c\n",
        Fails(["a class has too few rows", "2 of 'c'", "at least 3 rows of each"]),
    ),
    Case(
        "more classes than test rows",
        "x,y\n" + "".join(f"{plain(row)},c{row % 8}\n" for row in range(32)),
        Fails(["data.split.test: 5 test rows cannot hold each of 8 classes", "at least 8 rows"]),
    ),
    Case(
        "files of their own",
        {"table.csv": TABLE, "validation.csv": "x,z,y\n1,2,a\n3,4,b\n", "test.csv": "x,z,y\n1.5,2,b\n"},
        Works(parts={"train": 24, "validation": 2, "test": 1}, rows=27, said=["no test row is of class 'a'"]),
        data={"validation_path": "validation.csv", "test_path": "test.csv"},
    ),
    Case(
        "a test file with other columns",
        {"table.csv": TABLE, "test.csv": "x,w,y\n1,2,a\n"},
        Fails(["test.csv: not the columns of table.csv", "x, z, y", "x, w, y"]),
        data={"test_path": "test.csv"},
        row="Several files with different headers",
    ),
    Case(
        "a test file with the columns in another order",
        {"table.csv": TABLE, "test.csv": "y,x,z\na,1,2\n"},
        Fails(["test.csv", "not the columns of table.csv"]),
        data={"test_path": "test.csv"},
    ),
    Case(
        "a test file with a class of its own",
        {"table.csv": TABLE, "test.csv": "x,z,y\n1,2,c\n"},
        Works(
            classes=["a", "b", "c"],
            said=["no train row is of class 'c'", "no validation row is of", "no test row is of"],
        ),
        data={"test_path": "test.csv"},
    ),
    Case(
        "a test file that is not there",
        TABLE,
        Fails(["config.yaml:4:14 data.test_path: there is no such file"]),
        data={"test_path": "test.csv"},
    ),
    Case(
        "a test file that is the table itself",
        TABLE,
        Works(rows=48, said=["rows that are equal to training rows are scored: 20 in test"]),
        data={"test_path": "table.csv"},
    ),
]
