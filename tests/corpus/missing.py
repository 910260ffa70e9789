"""Missing values, and texts that look like one and are none."""

from .case import LABELS, TABLE, Case, Fails, Works, among, column, plain, targets

KIND = "Missing values"
WHOLE = {"split": {"validation": 0, "test": 0}}

CASES = [
    Case(
        "the usual spellings, in a column of numbers",
        among("NA", "N/A", "null", "?", "-", "", "NaN", "None", "n/a", "#N/A"),
        Works(cells={"x": [None] * 10}, types={"x": "number"}, said=["note: column 'x': no value in 10 of 24"]),
        data=WHOLE,
        row="Missing numbers: empty, `NA`, `N/A`, `null`, `?`, `-` ...",
    ),
    Case(
        "missing values in a column of text are a level of their own",
        column("red", "", "green"),
        Works(
            cells={"x": ["red", None, "green"]},
            features=["x=green", "x=red", "x=<missing>", "z"],
            said=["note: column 'x': no value in", "they are a level of their own"],
        ),
    ),
    Case(
        "-999 in a column of temperatures, of which the config says nothing",
        among("-999", "-999"),
        Works(
            cells={"x": [-999, -999]},
            said=["has -999 in 2 rows, far from all other numbers", "data.columns.x.missing=[NA, N/A"],
        ),
        row="`-999` and the like, far from all other numbers",
    ),
    Case(
        "-999 where the config says that it is missing",
        among("-999", "-999"),
        Works(cells={"x": [None, None]}, types={"x": "number"}, said=["note: column 'x': no value in 2 of 24"]),
        data={**WHOLE, "columns": {"x": {"missing": ["-999"]}}},
    ),
    Case(
        "none in small letters is a level", column("none", "some", "all"), Works(cells={"x": ["none", "some", "all"]})
    ),
    Case("unknown is a level", column("unknown", "yes", "no"), Works(cells={"x": ["unknown", "yes", "no"]})),
    Case(
        "NA is Namibia where the config says so",
        column("NA", "DE", "FR"),
        Works(cells={"x": ["NA", "DE", "FR"]}, features=["x=DE", "x=FR", "x=NA", "z"]),
        data={"columns": {"x": {"missing": []}}},
    ),
    Case(
        "NA is Namibia in all columns where the config says so",
        column("NA", "DE", "FR"),
        Works(cells={"x": ["NA", "DE", "FR"]}),
        data={"missing": []},
    ),
    Case(
        "-999 is missing where the config says so",
        among("-999", "-999.0", "3"),
        Works(cells={"x": [None, None, 3]}, types={"x": "number"}, said=["note: column 'x': no value in 2 of"]),
        data={**WHOLE, "missing": ["-999"]},
    ),
    Case(
        "-999 declared as a number in the config",
        among("-999", "3"),
        Fails(["config.yaml", "data.missing[0]", "-999"]),
        data={"missing": [-999]},
    ),
    Case(
        "dots for missing, as SAS and Stata write",
        among(".", "3"),
        Fails(["column 'x'", "1 cell is no number", "'.' (line 2)"]),
    ),
    Case(
        "other words for missing are bad cells of numbers",
        among("missing", "unknown", "n.a."),
        Fails(["3 cells are no number", "'missing' (line 2), 'unknown' (line 3), 'n.a.' (line 4)"]),
    ),
    Case(
        "the Chinese word for none",
        among("无", "缺失"),
        Fails(["2 cells are no number", "'无' (line 2), '缺失' (line 3)"]),
    ),
    Case(
        "a column without any value",
        column(""),
        Works(features=["z"], said=["column 'x': has no value in any row and is left out"]),
    ),
    Case(
        "a column with one value and else none",
        among(*[""] * 23),
        Works(said=["column 'x'"]),
        data=WHOLE,
    ),
    Case(
        "a column of always the same",
        column("7"),
        Works(features=["z"], said=["note: column 'x': is the same in every training row and is left out"]),
    ),
    Case(
        "all columns always the same",
        "x,z,y\n" + "".join(f"1,2,{label}\n" for label in LABELS),
        Fails(["data.features: all 2 features are the same in every training row: nothing is left to learn from"]),
    ),
    Case(
        "all columns empty",
        "x,z,y\n" + "".join(f",,{label}\n" for label in LABELS),
        Fails(["data.features: all 2 features are left out", "column 'x': has no value in any row"]),
    ),
    Case(
        "a target that is missing in some rows",
        targets("1.5", "", "2.5", "NaN", "3.75"),
        Works(target=[1.5, 2.5, 3.75], rows=24, said=["column 'y'", "10 rows have no target and are left out"]),
        row="Rows without a target",
    ),
    Case(
        "a target that is missing in all rows",
        targets(""),
        Fails(["column 'y'", "the target is the same in every row that has one", "no value at all"]),
    ),
    Case(
        "a class that is called NA",
        targets("NA", "DE", "FR"),
        Works(classes=["DE", "FR", "NA"]),
        data={"missing": []},
    ),
    Case(
        "a row without any value but the target",
        TABLE + ",,a\n",
        Works(rows=25, cells={"x": [3.25]}, said=["note: column 'x'", "note: column 'z'"]),
        data=WHOLE,
    ),
    Case(
        "a missing value in validation rows only",
        "x,z,part,y\n"
        + "".join(
            f"{plain(row + 30) if row != 20 else ''},{plain(row)},{'train' if row < 20 else 'test'},{LABELS[row]}\n"
            for row in range(24)
        ),
        Works(features=["x", "z"], parts={"train": 20, "test": 4}),
        data={"split": {"method": "column", "column": "part"}},
    ),
]
