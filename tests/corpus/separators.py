"""Separators, ends of lines, and what stands above and below a table."""

from typing import Sequence

from .case import LABELS, TABLE, Case, Fails, Works, column, plain

KIND = "Separators, lines above and below"

BODY = TABLE.split("\n", 1)[1]
X = [3.25, 6.95, 0.55]


def _decimal_commas(table: str, cells: Sequence[str]) -> str:
    """The table with semicolons and decimal commas, and other cells in its first column."""
    header, *rows = table.replace(",", ";").replace(".", ",").splitlines()
    return "\n".join([header, *(f"{cells[n % len(cells)]};{row.split(';', 1)[1]}" for n, row in enumerate(rows)), ""])


CASES = [
    Case(
        "semicolons",
        TABLE.replace(",", ";"),
        Works(cells={"x": X}),
        row="`;`, tab or `|` as separators, decimal commas, `sep=;`; CRLF or CR, blank lines",
    ),
    Case("tabs", TABLE.replace(",", "\t"), Works(cells={"x": X})),
    Case("bars", TABLE.replace(",", "|"), Works(cells={"x": X})),
    Case(
        "semicolons and decimal commas, as a European Excel writes",
        column("1,5", "2,25", "10", separator=";").replace(".", ","),
        Works(cells={"x": [1.5, 2.25, 10], "z": [0.05, 3.75]}, types={"x": "number", "z": "number"}),
    ),
    Case(
        "semicolons, decimal commas and points for thousands",
        _decimal_commas(TABLE, ["1.234,5", "12.345,25", "10"]),
        Works(cells={"x": [1234.5, 12345.25, 10]}),
    ),
    Case(
        "semicolons and whole numbers with a comma that may be either",
        column("1,234", "2,500", "3,750", separator=";").replace(".", ","),
        Works(cells={"x": [1.234, 2.5, 3.75]}),
    ),
    Case(
        "semicolons, and every comma may be one of thousands",
        column("1,234", "2,500", "3,750", separator=";").replace(".05", "").replace(".75", "").replace(".", ""),
        Works(said=["numbers such as 1,234 are read with a decimal comma, as 1.234", "leave it out in the file"]),
    ),
    Case(
        "a comma for thousands without quotes splits a number in two",
        "x,z,y\n" + "".join(f"1,{row:03d},{plain(row)},{LABELS[row]}\n" for row in range(24)),
        Fails(["24 rows have too many fields", "every row has one field more than the header", "line 2 has 4"]),
    ),
    Case(
        "sep=; in the first line, as Excel understands it",
        "sep=;\n" + TABLE.replace(",", ";"),
        Works(cells={"x": X}),
    ),
    Case(
        "sep=, in the first line, and no other comma than those of the rows",
        "sep=,\r\n" + TABLE.replace("\n", "\r\n"),
        Works(cells={"x": X}),
    ),
    Case(
        "semicolons, with commas in the texts",
        column("Hilton, Paris", "Ritz, London, UK", "Sacher", separator=";"),
        Works(cells={"x": ["Hilton, Paris", "Ritz, London, UK", "Sacher"]}),
    ),
    Case(
        "commas, with semicolons in the texts",
        column("a;b;c", "d;e;f", "g;h;i"),
        Works(cells={"x": ["a;b;c", "d;e;f", "g;h;i"]}),
    ),
    Case("carets", TABLE.replace(",", "^"), Works(cells={"x": X})),
    Case(
        "tildes, with commas in the texts",
        column("a, b", "c", "d").replace(",", "~").replace("~ ", ", "),
        Works(cells={"x": ["a, b", "c", "d"]}),
    ),
    Case("colons", TABLE.replace(",", ":"), Works(cells={"x": X})),
    Case(
        "commas, with a colon in each row",
        column("12:30", "8:15", "23:59", name="a:b"),
        Works(features=["a:b", "z"]),
    ),
    Case(
        "blanks as separators",
        TABLE.replace(",", "  "),
        Fails(
            [
                "table.csv has no column 'y'",
                "the fields are separated by blanks",
                r"pandas.read_csv('table.csv',sep=r'\s+').to_csv('table-table.csv', index=False)",
            ]
        ),
        row="Blanks between the fields",
    ),
    Case(
        "blanks as separators, a tab before names in quotes, and no header, as UCI's auto-mpg has it",
        "".join(f'  {plain(row)}   {row}.0\t"ford model {row}"\n' for row in range(24)),
        Fails(
            ["no column 'y'", r",sep=r'\s+',header=None).add_prefix('x').to_csv(", "then called x0, x1, x2"],
            unsaid=["ford"],
        ),
    ),
    Case(
        "two colons, as MovieLens has them",
        TABLE.replace(",", "::"),
        Fails(["no column 'y'", "the fields are separated by ::", "sep=r'::',engine='python').to_csv("]),
    ),
    Case(
        "Chinese commas",
        TABLE.replace(",", "\uff0c"),
        Fails(["no column 'y'", "the fields are separated by \uff0c, which fcnn does not read", "python -c"]),
    ),
    Case(
        "sep= and a character that no CSV is separated by",
        "sep=§\n" + TABLE.replace(",", "§"),
        Fails(["table.csv: the first line says sep=§, which fcnn does not read", ", ; tab | ^ ~ :"]),
    ),
    Case(
        "columns of fixed width, with blanks in the texts",
        "name                x         y\n"
        + "".join(f"{('Anna Bell', 'Li')[row % 2]:18}{row:3}{LABELS[row]:>10}\n" for row in range(24)),
        Fails(["no column 'y'", "seem to have fixed widths", "pandas.read_fwf('table.csv').to_csv("]),
    ),
    Case(
        "one column of two words in each row is not one of blanks",
        "first name\n" + "Anna Bell\nLi\nBo van Dyk\n" * 8,
        Fails(["no column 'y'", "it reads: first name"], unsaid=["python"]),
    ),
    Case("CRLF", TABLE.replace("\n", "\r\n"), Works(cells={"x": X})),
    Case("CR alone, as an old Mac writes", TABLE.replace("\n", "\r"), Works(cells={"x": X}, rows=24)),
    Case(
        "CRLF and LF mixed",
        "x,z,y\r\n" + BODY[: len(BODY) // 2] + BODY[len(BODY) // 2 :].replace("\n", "\r\n"),
        Works(cells={"x": X}, rows=24),
    ),
    Case("no line end at the end", TABLE.rstrip("\n"), Works(cells={"x": X}, rows=24)),
    Case(
        "blank lines above, between and below",
        "\n\n" + TABLE.replace("\n", "\n\n") + "   \n\n",
        Works(cells={"x": X}, rows=24),
    ),
    Case(
        "a separator at the end of each line",
        TABLE.replace("\n", ",\n"),
        Works(cells={"x": X}, features=["x", "z"], said=["column 4 has no name and is left out"]),
    ),
    Case(
        "a separator at the end of each row, and not of the header",
        "x,z,y\n" + BODY.replace("\n", ",\n"),
        Works(cells={"x": X}, features=["x", "z"], classes=["a", "b"], said=["column 4 has no name and is left out"]),
    ),
    Case(
        "a row of separators alone at the end, as Excel leaves it",
        TABLE + ",,\n,,\n",
        Works(rows=26, target=["a", "b", "b"], said=["2 rows have no target and are left out"]),
    ),
    Case(
        "blanks around names and values",
        column(" 1 ", "  2", "4  ", name=" x ").replace(",a\n", ", a \n").replace(",b\n", ",b  \n"),
        Works(cells={"x": [1, 2, 4]}, features=["x", "z"], classes=["a", "b"]),
    ),
    Case(
        "a title above the header",
        "Measurements of 2024\n" + TABLE,
        Fails(["table.csv has no column 'y'", "are looked for in the first line", "it reads: Measurements of 2024"]),
        row="A title or comments above the header",
    ),
    Case(
        "a title above the header, filled with separators by Excel",
        "Measurements of 2024,,\n" + TABLE,
        Fails(["table.csv has no column 'y'", "are looked for in the first line", "it reads: Measurements of 2024"]),
    ),
    Case(
        "comments above the header",
        "# exported 2024-05-01\n# by LabView\n" + TABLE,
        Fails(["table.csv has no column 'y'", "# exported 2024-05-01"]),
    ),
    Case(
        "two lines of header",
        "size,weight,kind\n" + TABLE,
        Fails(["column 'size'", "'x' (line 2)", "column 'weight'", "'z' (line 2)"]),
        data={"target": "kind"},
    ),
    Case(
        "a line of units below the header",
        "x,z,y\n[cm],[kg],[-]\n" + BODY,
        Fails(["column 'x'", "is numeric, but 1 cell is no number", "'[cm]' (line 2)", "column 'z'"]),
    ),
    Case(
        "a line of totals at the bottom, of classes that have none",
        TABLE + "Total,90,\n",
        Works(rows=25, said=["1 row has no target and is left out"]),
    ),
    Case(
        "a line of totals below a table of quantities",
        "x,z,y\n" + "".join(f"{'pqr'[row % 3]},{plain(row)},{plain(row + 40)}\n" for row in range(24)) + "Total,,99\n",
        Works(rows=25, said=["1 row looks like a sum or a mean of those above it", "(line 26)", "delete lines"]),
        row="A line of totals below the table",
    ),
    Case(
        "sums and means below a Chinese table",
        "x,z,y\n"
        + "".join(f"{'甲乙丙'[row % 3]},{plain(row)},{plain(row + 40)}\n" for row in range(24))
        + "合计\uff1a,9,99\n平均值,1,2\n",
        Works(rows=26, said=["2 rows look like sums or means of those above them", "(the first in line 26)"]),
    ),
    Case(
        "a line of sums that no word tells",
        "x,z,y\n" + "".join(f"{row + 1},{row % 7},{LABELS[row]}\n" for row in (3, *range(24))) + "304,69,a\n",
        Works(said=["1 row looks like a sum", "(line 27)"]),
    ),
    Case(
        "a level that is called total, and not at the end alone",
        column("male", "female", "total"),
        Works(cells={"x": ["male", "female", "total"]}),
    ),
    Case(
        "a remark below the table",
        TABLE + "\nSource: National Statistics\n",
        Fails(["table.csv", "1 row has too few fields", "line 27 has 1", "delete lines that are no rows"]),
    ),
    Case(
        "a remark with commas below the table",
        TABLE + "Source: a, b, c, d\n",
        Fails(["1 row has too many fields", "line 26 has 4"]),
    ),
    Case(
        "a Ctrl-Z at the end, as DOS wrote it",
        TABLE + "\x1a",
        Fails(["1 row has too few fields", "line 26 has 1"]),
    ),
    Case(
        "two files with a byte order mark, one after the other",
        "\ufeff" + TABLE + "\ufeff" + TABLE,
        Fails(["column 'x': is numeric, but 1 cell is no number", "(line 26)"]),
    ),
    Case(
        "no header at all",
        BODY,
        Fails(["table.csv has no column 'y'", "is the line with the names of the columns missing?", "3.25, 0.05, a"]),
        row="No header",
    ),
    Case(
        "the header again in the middle, of files that were appended",
        TABLE + TABLE,
        Fails(["column 'x'", "is numeric, but 1 cell is no number", "'x' (line 26)"]),
    ),
    Case(
        "a column of row numbers without a name, as pandas writes it",
        ",x,z,y\n" + "".join(f"{number},{line}\n" for number, line in enumerate(BODY.splitlines())),
        Works(features=["x", "z"], said=["column 1 has no name and is left out"]),
    ),
    Case(
        "a column of row numbers called Unnamed: 0",
        "Unnamed: 0,x,z,y\n" + "".join(f"{number},{line}\n" for number, line in enumerate(BODY.splitlines())),
        Works(features=["x", "z"], said=["column 'Unnamed: 0': counts the rows"]),
    ),
    Case(
        "rows with a name in front that the header lacks, as R writes it",
        "x,z,y\n" + "".join(f"{number + 1},{line}\n" for number, line in enumerate(BODY.splitlines())),
        Fails(["24 rows have too many fields", "lacks the header the name of the first column?"]),
    ),
    Case("nothing", "", Fails(["table.csv: the file is empty", "a first line with the names"])),
    Case("blank lines only", "\n \n\n\t\n", Fails(["table.csv: there is nothing but blank lines"])),
    Case(
        "a header only",
        "x,z,y\n",
        Fails(["table.csv: there is a header and not one row below it"], plain=True),
    ),
    Case(
        "a header only, without a line end",
        "x,z,y",
        Fails(["table.csv: there is a header and not one row below it"], plain=True),
    ),
    Case(
        "one column that is the target",
        "y\na\nb\n",
        Fails(["table.csv: no column is left to learn from", "the table needs a column beside the target"]),
    ),
    Case(
        "one row",
        "x,z,y\n1,2,a\n",
        Fails(["column 'y'", "the target is the same in every row that has one", "at least two values"]),
    ),
    Case(
        "two rows",
        "x,z,y\n1,2,3.5\n2,3,4.5\n",
        Fails(["2 usable rows are too few to split", "without those parts: data.split.validation=0 data.split.test=0"]),
    ),
    Case(
        "two rows, as the hint of the case before proposes",
        "x,z,y\n1,2,3.5\n2,3,4.5\n",
        Works(cells={"x": [1, 2]}, parts={"train": 2}),
        overrides=("data.split.validation=0", "data.split.test=0"),
    ),
    Case(
        "two rows without a split",
        "x,z,y\n1,2,3.5\n2,3,4.5\n",
        Works(cells={"x": [1, 2]}, parts={"train": 2}),
        data={"split": {"validation": 0, "test": 0}},
    ),
    Case(
        "HTML named .csv, as a login page that was downloaded in place of the table",
        "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n<body><p>Please sign in</p></body></html>\n",
        Fails(["table.csv: this is HTML, no CSV", "open it in a browser"]),
        row="HTML, JSON, PDF, RTF, ARFF or a Git LFS pointer named .csv",
    ),
    Case(
        "JSON named .csv",
        '[{"x": 1, "z": 2, "y": "a"},\n {"x": 3, "z": 4, "y": "b"}]\n',
        Fails(
            ["table.csv: this is JSON, no CSV", "pandas.read_json('table.csv').to_csv('table-table.csv', index=False)"]
        ),
    ),
    Case(
        "JSON in one line, which has the same names again and again",
        '[{"x": 1, "y": "a"}, {"x": 1, "y": "a"}, {"x": 1, "y": "a"}]\n',
        Fails(["table.csv: this is JSON, no CSV"], unsaid=["appears"]),
    ),
    Case(
        "a JSON object in each line",
        '{"x": 0.5, "y": "a"}\n' * 24,
        Fails(["table.csv: this is JSON, no CSV", "pandas.read_json('table.csv',lines=True)"]),
    ),
    Case(
        "PDF named .csv",
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        Fails(["table.csv: this is PDF, no CSV", "save the table as CSV in the program that made it"]),
    ),
    Case("RTF named .csv", "{\\rtf1\\ansi x,z,y}", Fails(["table.csv: this is RTF, no CSV"])),
    Case(
        "ARFF named .csv",
        "% 1. Title: Iris\n%\n@RELATION iris\n\n@ATTRIBUTE x NUMERIC\n@DATA\n1,2\n",
        Fails(["table.csv: this is ARFF, no CSV", "replace everything down to the line @data"]),
    ),
    Case(
        "names in angle brackets or braces are those of a CSV",
        "<x>,{z},y\n" + BODY,
        Works(features=["<x>", "{z}"]),
    ),
    Case(
        "a pointer of Git LFS in place of the table",
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32\nsize 12345\n",
        Fails(["table.csv: this is Git LFS, no CSV", "git lfs pull"]),
    ),
    Case(
        "conflict marks of Git",
        TABLE + "<<<<<<< HEAD\n1,2,a\n=======\n3,4,b\n>>>>>>> other\n",
        Fails(["3 rows have too few fields", "line 26 has 1, line 28 has 1, line 30 has 1"]),
    ),
]
