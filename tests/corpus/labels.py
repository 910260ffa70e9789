"""Targets and weights."""

from .case import LABELS, TABLE, Case, Fails, Works, column, plain, targets

KIND = "Targets and weights"


def _weighted(*cells: str) -> str:
    rows = (f"{plain(row + 30)},{plain(row)},{cells[row % len(cells)]},{LABELS[row]}" for row in range(24))
    return "\n".join(["x,z,w,y", *rows, ""])


CASES = [
    Case(
        "a number with many values is a quantity",
        targets(*(plain(row + 60) for row in range(24))),
        Works(classes=[], target=[9.95, 3.55]),
    ),
    Case(
        "whole numbers with few values are classes", targets("3", "1", "2", "10"), Works(classes=["1", "2", "3", "10"])
    ),
    Case("0 and 1 are classes", targets("0", "1", "1"), Works(classes=["0", "1"], target=["0", "1", "1"])),
    Case(
        "0 and 1 are the same classes as 0.0 and 1.0, as pandas writes them beside missing ones",
        targets("0", "1.0", "1", "0.0"),
        Works(classes=["0", "1"], target=["0", "1", "1", "0"]),
    ),
    Case(
        "classes with a point in one file and without in the other",
        {
            "part-1.csv": "x,y\n" + "".join(f"{plain(row)},{LABELS[row] == 'a':d}\n" for row in range(12)),
            "part-2.csv": "x,y\n" + "".join(f"{plain(row)},{LABELS[row] == 'a':d}.0\n" for row in range(12, 24)),
        },
        Works(classes=["0", "1"], rows=24),
        data={"path": "part-*.csv"},
    ),
    Case("TRUE and FALSE are classes", targets("TRUE", "FALSE", "TRUE"), Works(classes=["FALSE", "TRUE"])),
    Case(
        "prices with currency marks and thousands are a quantity",
        targets('"$1,200"', '"$950"', '"$1,500.50"'),
        Works(classes=[], target=[1200, 950, 1500.5]),
    ),
    Case(
        "labels with blanks around them are the same class",
        targets("setosa", "setosa ", " virginica"),
        Works(classes=["setosa", "virginica"], rows=24),
    ),
    Case(
        "labels that differ in case are two classes, and that is said",
        targets("Yes", "yes", "no"),
        Works(
            classes=["Yes", "no", "yes"],
            said=["column 'y': classes that may mean the same are classes of their own: 'Yes' (8), 'yes' (8)"],
        ),
    ),
    Case(
        "labels of two files of which one has points behind, as those of the adult data",
        targets("<=50K", ">50K", "<=50K.", ">50K."),
        Works(
            classes=["<=50K", "<=50K.", ">50K", ">50K."],
            said=["'<=50K' (6), '<=50K.' (6); '>50K' (6), '>50K.' (6)", "write them in one"],
        ),
    ),
    Case(
        "truth values in several spellings are classes of their own, and that is said",
        targets("TRUE", "FALSE", "1", "0", "yes", "TRUE", rows=48),
        Works(
            classes=["0", "1", "FALSE", "TRUE", "yes"],
            said=["'0' (8), 'FALSE' (8); '1' (8), 'TRUE' (16), 'yes' (8)", "write them in one way in the file"],
        ),
    ),
    Case(
        "truth values in several spellings, stated to be two classes",
        targets("TRUE", "FALSE", "1", "0"),
        Fails(["column 'y': a binary target has two classes", "4: 0, 1, FALSE, TRUE", "write them in one way"]),
        data={"task": "binary"},
    ),
    Case("labels that differ in a sign", targets("A", "A+", "A-"), Works(classes=["A", "A+", "A-"])),
    Case(
        "a target in metres",
        targets(*(f"{row * 7 % 97} m" for row in range(24))),
        Fails(["column 'y': 24 classes for 24 rows", "if they are quantities, leave 'm' out in the file"]),
    ),
    Case(
        "the same target in every row",
        targets("a"),
        Fails(["column 'y': the target is the same in every row that has one", "at least two values", "'a'"]),
    ),
    Case("the same number in every row", targets("1.5"), Fails(["the target is the same in every row", "'1.5'"])),
    Case(
        "a class with one row",
        targets(*LABELS[:23], "c"),
        Fails(
            [
                "a class has too few rows to be in each part of a stratified split",
                "1 of 'c'",
                "data.split.method=random",
            ]
        ),
        row="A class with one row",
    ),
    Case(
        "a class with one row, split at random",
        targets("c", *LABELS[1:24]),
        Works(classes=["a", "b", "c"], said=["no", "row is of class 'c'"]),
        data={"split": {"method": "random"}},
    ),
    Case(
        "as many classes as rows",
        targets(*(f"name {row}" for row in range(24))),
        Fails(["column 'y'", "24 classes for 24 rows"]),
    ),
    Case(
        "as many numbers as rows, stated to be classes",
        targets(*(plain(row) for row in range(24))),
        Fails(["24 classes for 24 rows", "data.task=regression"]),
        data={"task": "multiclass"},
    ),
    Case(
        "a target that is a date",
        targets(*(f"2020-01-{row + 1:02d}" for row in range(24))),
        Fails(["column 'y'", "24 classes for 24 rows", "they are dates: a network predicts numbers or classes"]),
    ),
    Case(
        "a target of dates in eight digits",
        targets(*(f"202001{row + 1:02d}" for row in range(24)), rows=48),
        Fails(
            [
                "column 'y': has 24 different values that are neither plain numbers nor names",
                "they are dates: a network predicts",
                "data.task=regression",
            ]
        ),
    ),
    Case(
        "a target of times",
        targets(*(f"{row:02d}:30" for row in range(24)), rows=48),
        Fails(["column 'y': has 24 different values", "in seconds, data.task=regression", "data.task=multiclass"]),
    ),
    Case(
        "the same as a quantity",
        targets(*(f"{row:02d}:30" for row in range(24)), rows=48),
        Works(classes=[], target=[1800, 5400]),
        data={"task": "regression"},
    ),
    Case(
        "a target in two currencies",
        targets(*(f"{'$€'[row % 2]}{row}" for row in range(24)), rows=48),
        Fails(["column 'y': has 24 different values", "amounts in several currencies", "data.task=multiclass"]),
    ),
    Case(
        "regression on text",
        targets("low", "high", "3.5"),
        Fails(
            [
                "column 'y'",
                "the target is text, and regression needs a number in each row",
                "'low' (line 2)",
                "data.task=multiclass",
            ]
        ),
        data={"task": "regression"},
        row="Regression on text",
    ),
    Case(
        "a quantity with two cells that are none",
        targets("abc", *(plain(row + 60) for row in range(22)), "12 kg"),
        Fails(
            [
                "column 'y': is numeric, but 2 cells are no number",
                "'abc' (line 2)",
                "'12 kg' (line 25)",
                "data.columns.y.bad_values=missing",
            ]
        ),
    ),
    Case(
        "the same with these rows left out",
        targets("abc", *(plain(row + 60) for row in range(22)), "12 kg"),
        Works(rows=24, classes=[], said=["2 rows have no target and are left out", "so do cells that are no numbers"]),
        data={"columns": {"y": {"bad_values": "missing"}}},
    ),
    Case(
        "a binary task with three values",
        targets("a", "b", "c"),
        Fails(["column 'y': a binary target has two classes", "3: a, b, c", "data.task=multiclass"]),
        data={"task": "binary"},
    ),
    Case(
        "an infinite target",
        targets(*(plain(row + 60) for row in range(23)), "inf"),
        Fails(["column 'y'", "1 cell is infinite", "'inf' (line 25)"]),
    ),
    Case(
        "a target that is left out in 90 of 100 rows",
        targets("a", *[""] * 9, "b", *[""] * 9, rows=100),
        Works(rows=100, said=["90 rows have no target and are left out"]),
        data={"split": {"validation": 0, "test": 0}},
    ),
    Case(
        "classes of very different size",
        targets(*["a"] * 24, "b", rows=200),
        Works(said=["note: column 'y': the classes differ in size: 192 of 'a', 8 of 'b'", "class_weight=balanced"]),
        data={"split": {"validation": 0, "test": 0}},
    ),
    Case(
        "a positive class that is none",
        TABLE,
        Fails(["data.positive", "c"]),
        data={"positive": "c"},
    ),
    Case(
        "no without quotes is the class no",
        targets("no", "yes", "no"),
        Works(classes=["yes", "no"]),
        config="data: {path: table.csv, target: y, positive: no}\nnetwork: {layers: [4]}\n",
    ),
    Case(
        "weights for classes that are not there",
        TABLE,
        Fails(["training.class_weight", "c"]),
        config={"training": {"class_weight": {"a": 1, "c": 2}}},
    ),
    Case("weights", _weighted("1", "2", "0.5"), Works(features=["x", "z"]), data={"weight": "w"}),
    Case(
        "weights that are negative",
        _weighted("1", "-2", "0.5"),
        Fails(["column 'w': 8 sample weights are missing, negative", "'-2' (line 3)", "a weight of 0 or more"]),
        data={"weight": "w"},
    ),
    Case(
        "weights that are missing",
        _weighted("1", "", "0.5"),
        Fails(["column 'w': 8 sample weights are missing", "line 3"]),
        data={"weight": "w"},
    ),
    Case(
        "weights that are all 0",
        _weighted("0"),
        Fails(["column 'w'", "all sample weights of the"]),
        data={"weight": "w"},
    ),
    Case(
        "weights that are text",
        _weighted("1", "heavy", "2"),
        Fails(["column 'w': 8 cells are no number", "'heavy' (line 3)"]),
        data={"weight": "w"},
    ),
    Case("a weight column that is the target", TABLE, Fails(["data.weight: `y` is the target"]), data={"weight": "y"}),
    Case(
        "a weight column that is not there",
        TABLE,
        Fails(["data.weight: table.csv has no column"]),
        data={"weight": "w"},
    ),
    Case(
        "class names with separators, quotes and line ends",
        targets('"a,b"', '"c""d"', '"e\nf"'),
        Works(classes=["a,b", 'c"d', "e\nf"]),
    ),
    Case(
        "a target of 64-bit ids",
        targets("9007199254740993", "9007199254740992"),
        Works(classes=["9007199254740992", "9007199254740993"]),
    ),
    Case("a target with leading zeros", targets("01", "1", "02"), Works(classes=["01", "1", "02"])),
    Case("years as columns and as a target", column("1999", "2005"), Works(types={"x": "number"})),
]
