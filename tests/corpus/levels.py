"""Truth values, categories, ids and free text."""

from .case import LABELS, Case, Fails, Works, column, plain

KIND = "Truth values, categories and ids"
BOOLEAN = {"x": "boolean"}


def _truths(id: str, *cells: str) -> Case:
    """The first cell is true, the others are false."""
    values = [True, *[False] * (len(cells) - 1)]
    return Case(id, column(*cells), Works(cells={"x": values}, types=BOOLEAN, features=["x", "z"]))


CASES = [
    _truths("TRUE and FALSE in all spellings", "TRUE", "False", "false"),
    _truths("yes and no", "Yes", "no", "NO"),
    _truths("Chinese yes and no", "是", "否"),
    _truths("t and f, as PostgreSQL writes", "t", "f"),
    _truths("on and off", "on", "off", "Off"),
    Case(
        "yes and no with missing ones",
        column("yes", "no", ""),
        Works(
            cells={"x": [True, False, None]},
            types=BOOLEAN,
            features=["x", "x=<missing>", "z"],
            said=["note: column 'x': no value in"],
        ),
    ),
    Case("0 and 1 are numbers", column("0", "1", "1"), Works(cells={"x": [0, 1, 1]}, types={"x": "number"})),
    Case(
        "yes, no and maybe are levels",
        column("yes", "no", "maybe"),
        Works(cells={"x": ["yes", "no", "maybe"]}, types={"x": "category"}),
    ),
    Case(
        "TRUE, FALSE and 1 are levels, as they are written, and that is said",
        column("TRUE", "FALSE", "1"),
        Works(
            cells={"x": ["TRUE", "FALSE", "1"]},
            types={"x": "category"},
            said=["column 'x': has truth values in several spellings, and is taken as text: 'TRUE', 'FALSE', '1'"],
        ),
    ),
    Case("only TRUE", column("TRUE"), Works(features=["z"], said=["note: column 'x': is the same"])),
    Case(
        "stated boolean that is none",
        column("red", "green"),
        Fails(["column 'x'", "is no boolean", "two of yes/no, true/false", "green, red"]),
        data={"columns": {"x": {"type": "boolean"}}},
    ),
    Case(
        "stated boolean that is 0 and 1",
        column("0", "1", "1"),
        Works(cells={"x": [False, True, True]}, types=BOOLEAN),
        data={"columns": {"x": {"type": "boolean"}}},
    ),
    Case(
        "numbers as levels where the config says so",
        column("1", "2", "3.0"),
        Works(cells={"x": ["1", "2", "3.0"]}, features=["x=1", "x=2", "x=3.0", "z"]),
        data={"columns": {"x": {"type": "category"}}},
    ),
    Case(
        "levels that differ in case are different",
        column("red", "Red", "RED"),
        Works(cells={"x": ["red", "Red", "RED"]}),
    ),
    Case(
        "levels that differ in blanks around them are the same",
        column("red", " red", "red ", "green"),
        Works(cells={"x": ["red", "red", "red", "green"]}, features=["x=green", "x=red", "z"]),
    ),
    Case(
        "levels with separators, quotes, = and emoji",
        column('"a,b"', "c=d", "😀", '"say ""hi"""'),
        Works(cells={"x": ["a,b", "c=d", "😀", 'say "hi"']}),
    ),
    Case(
        "a column of text that is different in every row",
        column(*(f"customer {row}" for row in range(24))),
        Works(
            features=["z"],
            said=[
                "column 'x': is text that is different in every row (an identifier?)",
                "data.columns.x.type=category",
            ],
        ),
        row="Identifiers and free text, different in every row",
    ),
    Case(
        "the same where the config wants it",
        column(*(f"customer {row}" for row in range(24))),
        Works(types={"x": "category"}),
        data={"columns": {"x": {"type": "category"}}},
    ),
    Case(
        "UUIDs",
        column(*(f"{row:08x}-1f2e-4c3d-9b8a-{row * 7919:012x}" for row in range(24))),
        Works(features=["z"], said=["column 'x': is text that is different in every row"]),
    ),
    Case(
        "row numbers",
        column(*(str(row + 1) for row in range(24)), name="id"),
        Works(features=["z"], said=["column 'id': counts the rows", "data.columns.id.type=number"]),
    ),
    Case(
        "only ids beside the target",
        "id,code,y\n" + "".join(f"A{row},B{row},{LABELS[row]}\n" for row in range(24)),
        Fails(["data.features: all 2 features are left out", "column 'id': is text that is different in every row"]),
    ),
    Case(
        "a thousand levels",
        "x,z,y\n"
        + "".join(f"level {row // 2 % 1000},{row * 7919 % 4001 / 7:.4f},{LABELS[row % 48]}\n" for row in range(2000)),
        Works(rows=2000, said=["note: column 'x': rare values share one level", "such as"]),
    ),
    Case(
        "a level that is in rows of the test only",
        "x,z,part,y\n"
        + "".join(
            f"{'new' if row == 23 else 'ab'[row % 2]},{plain(row)},{'test' if row > 19 else 'train'},{LABELS[row]}\n"
            for row in range(24)
        ),
        Works(features=["x=a", "x=b", "z"]),
        data={"split": {"method": "column", "column": "part"}},
    ),
    Case(
        "a column that tells the target",
        "x,z,y\n" + "".join(f"{'uv'['ab'.index(LABELS[row])]},{plain(row)},{LABELS[row]}\n" for row in range(24)),
        Works(said=["column 'x': alone tells the target in every row", "data.drop"]),
        row="A column that gives the target away",
    ),
    Case(
        "every row twice",
        "x,z,y\n" + "".join(f"{plain(row // 2 + 30)},{plain(row // 2)},{LABELS[row // 2]}\n" for row in range(48)),
        Works(rows=48, said=["rows that are equal to training rows are scored", "data.split.method=group"]),
        row="Repeated rows",
    ),
    Case(
        "a very long text in a cell",
        column("x" * 100_000, "short", "y"),
        Works(types={"x": "category"}, rows=24),
    ),
    Case(
        "control characters within text",
        column("a\x07b", "c\x1bd", "e"),
        Works(cells={"x": ["a\x07b", "c\x1bd", "e"]}),
    ),
]
