"""Few and many rows and columns."""

from .case import LABELS, Case, Fails, Works, plain

KIND = "Sizes"


def _wide(columns: int) -> str:
    names = [f"c{number}" for number in range(columns)]
    rows = [
        ",".join([*(str((row * number * 7 + number) % 11) for number in range(columns)), LABELS[row]])
        for row in range(24)
    ]
    return "\n".join([",".join([*names, "y"]), *rows, ""])


def _long(rows: int) -> str:
    body = (f"{row % 1000},{row * 7919 % 10007 / 10},{LABELS[row % 48]}\n" for row in range(rows))
    return "x,z,y\n" + "".join(body)


CASES = [
    Case("800 columns and 24 rows", _wide(800), Works(rows=24, said=["network.layers: 2,", "rows that are equal"])),
    Case("60,000 rows", _long(60_000), Works(rows=60_000, cells={"x": [0, 1, 2]})),
    Case(
        "three rows",
        "x,y\n1,1.5\n2,2.5\n3,3.5\n",
        Fails(["data.features: the one feature is the same in every training row"]),
    ),
    Case(
        "four rows of two classes",
        "x,y\n1,a\n2,b\n3,a\n4,b\n",
        Fails(["cannot hold each of 2 classes", "data.split.method=random"]),
    ),
    Case("one feature", "x,y\n" + "".join(f"{plain(row)},{LABELS[row]}\n" for row in range(24)), Works(features=["x"])),
    Case(
        "batches larger than the table",
        "x,y\n" + "".join(f"{plain(row)},{LABELS[row]}\n" for row in range(24)),
        Works(features=["x"]),
        config={"training": {"batch_size": 100_000}},
    ),
    Case(
        "fewer rows than test needs",
        "x,y\n1,1.5\n2,2.5\n3,3.5\n4,4.5\n",
        Fails(["data.split"]),
        data={"split": {"validation": 0.45, "test": 0.5}},
    ),
    Case(
        "more weights than rows by far",
        "x,y\n" + "".join(f"{plain(row)},{LABELS[row]}\n" for row in range(24)),
        Works(features=["x"], said=["network.layers: 252,001 weights for 16 training rows"]),
        config={"network": {"layers": [500, 500]}},
    ),
    Case(
        "a network larger than any memory",
        "x,y\n" + "".join(f"{plain(row)},{LABELS[row]}\n" for row in range(24)),
        Fails(["network.layers", "the network needs about 32000.1 GB of memory, and "]),
        config={"network": {"layers": [1_000_000, 1_000_000]}},
        varies="and",
    ),
]
