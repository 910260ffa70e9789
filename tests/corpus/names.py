"""Names of columns."""

from .case import LABELS, TABLE, Case, Fails, Works, column, plain

KIND = "Names of columns"

ROWS = TABLE.split("\n", 1)[1]


def _named(id: str, name: str, *, written: str = "") -> Case:
    """A column of an awkward name, stated to be a category, the other one by an override."""
    text = column("1", "2", "5", name=written or f'"{name}"')
    return Case(
        id,
        text,
        Works(
            cells={name: ["1", "2", "5"]}, types={name: "category"}, features=[f"{name}={n}" for n in (1, 2, 5)] + ["z"]
        ),
        data={"columns": {name: {"type": "category"}}},
    )


CASES = [
    _named("blanks within a name", "bill length (mm)"),
    _named("dots and brackets", "a.b[0].c"),
    _named("an equals sign", "x=1"),
    _named("quotes", 'the "best"', written='"the ""best"""'),
    _named("a line end", "height\n(cm)"),
    _named("a separator", "last, first"),
    _named("emoji", "😀"),
    _named("a number", "2019"),
    _named("true", "true"),
    _named("a name of 1,000 characters", "n" * 1000),
    _named("hash and percent signs", "# of % sold"),
    Case(
        "an override of a column with dots and a blank",
        column("1", "2", "5", name="a.b c"),
        Works(cells={"a.b c": ["1", "2", "5"]}, types={"a.b c": "category"}),
        overrides=('data.columns."a.b c".type=category',),
    ),
    Case(
        "a number as the target's name, without quotes in the config",
        "x,z,2019\n" + ROWS,
        Fails(["config.yaml:3:11 data.target", 'put it in quotes: "2019"']),
        config="data:\n  path: table.csv\n  target: 2019\nnetwork: {layers: [4]}\n",
    ),
    Case(
        "yes as the target's name, without quotes in the config",
        "x,z,yes\n" + ROWS,
        Works(classes=["a", "b"]),
        config="data:\n  path: table.csv\n  target: yes\nnetwork: {layers: [4]}\n",
    ),
    Case(
        "a target that is not there",
        TABLE,
        Fails(["config.yaml:3:11 data.target: table.csv has no column 'price'", "known: x, z, y"]),
        data={"target": "price"},
        row="A target that is not there",
    ),
    Case(
        "a target in another case",
        TABLE,
        Fails(["table.csv has no column 'Y'", "did you mean `y`?"], unsaid=["known:"]),
        data={"target": "Y"},
    ),
    Case(
        "a mistyped target",
        TABLE.replace("y", "species", 1),
        Fails(["table.csv has no column 'speceis'", "did you mean `species`?"]),
        data={"target": "speceis"},
    ),
    Case(
        "a target with a blank too many in the config",
        TABLE,
        Fails(["config.yaml:3:11 data.target", "y"]),
        data={"target": "y "},
    ),
    Case(
        "an empty target in the config",
        TABLE,
        Fails(["config.yaml:3:11 data.target"]),
        data={"target": ""},
    ),
    Case(
        "the names of many columns are not all told",
        ",".join(f"column_{n}" for n in range(500)) + "\n" + ",".join("1" * 500) + "\n",
        Fails(["has no column 'y'", "its 500 columns begin with: column_0, column_1"], unsaid=["column_400"]),
    ),
    Case(
        "long names are not told whole",
        ",".join("n" * 50_000 + str(number) for number in range(5)) + "\n" + ",".join("1" * 5) + "\n",
        Fails(["table.csv has no column 'y'", "nnnn"]),
    ),
    Case(
        "a name twice, not used",
        "x,z,z,y\n" + "".join(f"{plain(row + 30)},{plain(row)},1,{LABELS[row]}\n" for row in range(24)),
        Works(features=["x"]),
        data={"features": ["x"]},
    ),
    Case(
        "a name twice, used",
        "x,z,z,y\n" + "".join(f"{plain(row + 30)},{plain(row)},1,{LABELS[row]}\n" for row in range(24)),
        Fails(["table.csv: the column name 'z' appears 2 times, at positions 2, 3", "rename one of them"]),
        row="A column name that is there twice",
    ),
    Case(
        "a name twice, dropped",
        "x,z,z,y\n" + "".join(f"{plain(row + 30)},{plain(row)},1,{LABELS[row]}\n" for row in range(24)),
        Works(features=["x"]),
        data={"drop": ["z"]},
    ),
    Case(
        "the target twice",
        "x,y,y\n" + ROWS,
        Fails(["table.csv: the column name 'y' appears 2 times, at positions 2, 3"]),
    ),
    Case(
        "names that are the same but for blanks around them",
        "z, z,y\n" + ROWS,
        Fails(["table.csv: the column name 'z' appears 2 times, at positions 1, 2"]),
    ),
    Case(
        "names that are the same but for case are two",
        "Z,z,y\n" + ROWS,
        Works(features=["Z", "z"]),
    ),
    Case(
        "names such as the ones that fcnn makes itself",
        "prediction,probability_a,y\n" + ROWS,
        Works(features=["prediction", "probability_a"]),
    ),
    Case(
        "a name such as a level of another column",
        "x,x=b,y\n" + "".join(f"{'abc'[row % 3]},{plain(row)},{LABELS[row]}\n" for row in range(24)),
        Works(cells={"x": ["a", "b", "c"], "x=b": [0.05, 3.75]}),
    ),
    Case(
        "no name at all in the header",
        ",,\n" + ROWS,
        Fails(["table.csv has no column 'y'"]),
    ),
    Case(
        "features that are not there",
        TABLE,
        Fails(
            [
                "config.yaml:5:5 data.features[0]: table.csv has no column 'X'",
                "did you mean `x`?",
                "data.features[1]: table.csv has no column 'weight'",
                "2 errors.",
            ]
        ),
        data={"features": ["X", "weight"]},
    ),
    Case(
        "a column to drop that is not there",
        TABLE,
        Fails(["data.drop[0]: table.csv has no column 'id'"]),
        data={"drop": ["id"]},
    ),
    Case(
        "the target among the features",
        TABLE,
        Fails(["data.features[1]: `y` is the target, it can be no feature"], plain=True),
        data={"features": ["x", "y"]},
    ),
    Case(
        "the target dropped",
        TABLE,
        Fails(["data.drop[0]: `y` is the target, it cannot be dropped"], plain=True),
        data={"drop": ["y"]},
    ),
    Case("names in braces", TABLE.replace("x,", "{x},", 1), Works(features=["{x}", "z"])),
    Case(
        "all columns dropped",
        TABLE,
        Fails(["table.csv: no column is left to learn from", "shorten data.drop"]),
        data={"drop": ["x", "z"]},
    ),
    Case(
        "a type of a column that is not there",
        TABLE,
        Fails(["table.csv has no column 'w'", "known: x, z, y"]),
        data={"columns": {"w": {"type": "number"}}},
    ),
]
