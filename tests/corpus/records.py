"""Quotes, fields and records."""

from pathlib import Path

from .case import LABELS, TABLE, Case, Fails, Works, column, plain

KIND = "Quotes and fields"


def _long_line(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"x,z,y\n1,2,a\n")
        for _ in range(70):
            file.write(b"x" * (1 << 20))


CASES = [
    Case(
        "line ends within quotes",
        column('"two\nlines"', '"one"', '"a\r\nb\n\nc"'),
        Works(cells={"x": ["two\nlines", "one", "a\nb\n\nc"]}, rows=24),
    ),
    Case(
        "CRLF within quotes in a file with CRLF",
        column('"two\nlines"', '"one"', "x", end="\n").replace("\n", "\r\n"),
        Works(cells={"x": ["two\nlines", "one", "x"]}, rows=24),
    ),
    Case(
        "the line of a bad cell behind line ends within quotes",
        column('"two\nlines"', "one", "x").replace("a\n", "a\n", 1) + "x,abc,a\n",
        Fails(["column 'z'", "'abc' (line 34)"]),
    ),
    Case("separators within quotes", column('"a, b"', '"c, d"', '"e"'), Works(cells={"x": ["a, b", "c, d", "e"]})),
    Case("doubled quotes", column('"5"" pipe"', '"""x"""', "y"), Works(cells={"x": ['5" pipe', '"x"', "y"]})),
    Case(
        "quotes within fields that are not quoted",
        column('5" pipe', '3/4" hose', "valve"),
        Works(cells={"x": ['5" pipe', '3/4" hose', "valve"]}),
    ),
    Case(
        "blanks before opening quotes",
        column(' "a, b"', '   "c"', "d"),
        Works(cells={"x": ["a, b", "c", "d"]}),
    ),
    Case(
        "every field in quotes, numbers too",
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in TABLE.splitlines()),
        Works(cells={"x": [3.25, 6.95, 0.55]}, types={"x": "number"}),
    ),
    Case(
        "single quotes are no quotes of CSV, and stay",
        column("'a'", "'b'", "'c'"),
        Works(cells={"x": ["'a'", "'b'", "'c'"]}),
    ),
    Case(
        "single quotes around a separator",
        column("'a, b'", "'c'", "'d'"),
        Fails(["8 rows have too many fields", "line 2 has 4", "quote a field that contains ','"]),
    ),
    Case("a backslash before a quote escapes nothing", column(r"C:\new", r"\"", "x"), Works(cells={"x": [r"C:\new"]})),
    Case(
        "a quote that is never closed",
        TABLE + '1,"2,a\n3,4,b\n',
        Fails(["table.csv:26: a record that does not end", 'is a quote (") opened there that is never closed?']),
        row="A quote that is never closed",
    ),
    Case(
        "a quote that is never closed in the header",
        TABLE.replace("x", '"x', 1),
        Fails(["table.csv: a quote is never closed, in the names of the columns"], plain=True),
    ),
    Case(
        "inch marks that open a quote and close it rows later",
        column("a", "b", "c").replace("\nb,", '\n"b,', 1).replace("\nc,1.55", '\n"c,1.55', 1),
        Fails(["table.csv:3"]),
    ),
    Case(
        "a quote that is opened in one row and closed in another makes one text of them, as in any CSV",
        column("a", "b", "c").replace("\nb,", '\n"b,', 1).replace("\nc,", '\nc",', 1),
        Works(
            rows=23,
            cells={"x": ["a", "b,3.75,b\nc"]},
            said=[
                "column 'x': 1 cell looks like rows of the table that a quote swallowed (line 3)",
                "that opens a field",
            ],
        ),
        row="A stray quote that makes one text of several rows",
    ),
    Case(
        "two quotes that open a field and close none, some rows apart",
        column("a", "b", "c", rows=40)
        .replace("\nb,", '\n"b,', 4)
        .replace('\n"b,', "\nb,", 1)
        .replace('\n"b,', "\nb,", 1),
        Works(rows=37, said=["1 cell looks like rows of the table that a quote swallowed (line 9)"]),
    ),
    Case(
        "texts of several lines with as many commas as a row has",
        column('"red, or\nblue, green"', '"one, two"', "none"),
        Works(rows=24, cells={"x": ["red, or\nblue, green", "one, two", "none"]}),
    ),
    Case(
        "a row with a field too many",
        TABLE + "1,2,3,a\n",
        Fails(["table.csv: 1 row has too many fields", "3 fields in each", "line 26 has 4"]),
        row="Rows with too many or too few fields",
    ),
    Case("a row with a field too few", TABLE + "1,2\n", Fails(["1 row has too few fields", "line 26 has 2"])),
    Case(
        "many rows that do not fit",
        TABLE + "1,2\n1,2,3,4\n" * 20,
        Fails(["40 rows have too few or too many fields", "line 26 has 2, line 27 has 4", ", ..."]),
    ),
    Case(
        "a file that was cut within its last row",
        TABLE[:-8],
        Fails(["1 row has too few fields", "line 25 has"]),
    ),
    Case(
        "a decimal comma beside commas",
        "x,z,y\n" + "".join(f"1,5,{plain(row)},{LABELS[row]}\n" for row in range(24)),
        Fails(["24 rows have too many fields", "line 2 has 4"]),
    ),
    Case(
        "a line of 70 MB without an end",
        _long_line,
        Fails(["table.csv:3: a record that does not end", "records of at most 64 MB"]),
    ),
]
