"""Compressed files, Parquet and Excel, whatever they are called."""

import bz2
import datetime
import gzip
import io
import lzma
import zipfile
import zlib
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

from .case import LABELS, TABLE, Case, Fails, Works, plain

KIND = "Compressed files, Parquet and Excel"

X = Works(cells={"x": [3.25, 6.95, 0.55]}, rows=24)
ROWS = [[float(cell) for cell in line.split(",")[:2]] + [line.split(",")[2]] for line in TABLE.splitlines()[1:]]
DAYS = [datetime.datetime(2020, 1 + row // 12, 1 + row * 7 % 28) for row in range(24)]


def _zip(members: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()


def _encrypted(members: Mapping[str, str]) -> bytes:
    """A zip file whose flags say that it has a password."""
    data = bytearray(_zip(members))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _zst(path: Path) -> None:
    import zstandard

    path.write_bytes(zstandard.ZstdCompressor().compress(TABLE.encode()))


def _bomb(path: Path) -> None:
    """A gzip file of 4 MB that unpacks to one field of 4 GB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(b"x,z,y\n1,2,") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"a" * (16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands for itself, however often
    path.write_bytes(start + 256 * block)


def _bomb_in_a_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive, archive.open(
        "t.csv", "w"
    ) as file:
        file.write(b"x,z,y\n1,2,")
        for _ in range(100):
            file.write(b"a" * (1 << 20))


def _parquet(**columns: Sequence[Any]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        import pyarrow
        from pyarrow import parquet

        parquet.write_table(pyarrow.table(dict(columns)), str(path))

    return write


def _book(change: Callable[[Any], None] = lambda book: None) -> Callable[[Path], None]:
    """An Excel file of the usual table, changed."""

    def write(path: Path) -> None:
        from openpyxl import Workbook

        book = Workbook()
        for row in [["x", "z", "y"], *ROWS]:
            book.active.append(row)
        change(book)
        with path.open("wb") as file:
            book.save(file)

    return write


def _dated(book: Any) -> None:
    for row, day in enumerate(DAYS):
        book.active.cell(row + 2, 1, day)


def _bad_cell(book: Any) -> None:
    book.active["A4"] = "5.1cm"


def _formula(book: Any) -> None:
    for row in range(2, 26):
        book.active.cell(row, 1, f"=B{row}*2")


def _merged(book: Any) -> None:
    book.active.insert_rows(1)
    book.active["A1"] = "Measurements of 2024"
    book.active.merge_cells("A1:C1")


def _sheets(book: Any) -> None:
    book.create_sheet("notes").append(["nothing", "to", "see"])


def _empty_first(book: Any) -> None:
    book.create_sheet("empty", 0)


def _gaps(book: Any) -> None:
    book.active["A3"] = None
    book.active["A5"] = "NA"
    book.active["D1"] = None
    book.active.append([None, None, None])


def _truths(book: Any) -> None:
    for row in range(24):
        book.active.cell(row + 2, 1, row % 3 == 0)


def _percent(book: Any) -> None:
    for row in range(2, 26):
        book.active.cell(row, 1).number_format = "0%"


DATES = ["2020-01-01", "2020-01-08", "2020-01-15"]
COLUMNS = {"x": [row[0] for row in ROWS], "z": [row[1] for row in ROWS], "y": [row[2] for row in ROWS]}
WHOLE = {"split": {"validation": 0, "test": 0}}

CASES = [
    Case(
        "gzip",
        {"table.csv.gz": gzip.compress(TABLE.encode())},
        X,
        data={"path": "table.csv.gz"},
        row="gz, bz2, xz, zst, or a zip with one file, whatever it is called",
    ),
    Case("gzip that is called .csv", gzip.compress(TABLE.encode()), X),
    Case("a text that is called .gz", {"table.csv.gz": TABLE}, X, data={"path": "table.csv.gz"}),
    Case(
        "two gzip members one after the other",
        gzip.compress(TABLE[:60].encode()) + gzip.compress(TABLE[60:].encode()),
        X,
    ),
    Case("bzip2", {"table.csv.bz2": bz2.compress(TABLE.encode())}, X, data={"path": "table.csv.bz2"}),
    Case("xz", {"table.csv.xz": lzma.compress(TABLE.encode())}, X, data={"path": "table.csv.xz"}),
    Case("zst", {"table.csv.zst": _zst}, X, data={"path": "table.csv.zst"}),
    Case("a zip with one file", {"table.zip": _zip({"folder/table.csv": TABLE})}, X, data={"path": "table.zip"}),
    Case(
        "a zip from a Mac, with its second file of attributes",
        {"table.zip": _zip({"table.csv": TABLE, "__MACOSX/._table.csv": "x"})},
        X,
        data={"path": "table.zip"},
    ),
    Case(
        "a zip with two files",
        {"table.zip": _zip({"a.csv": TABLE, "b.csv": TABLE})},
        Fails(["table.zip: an archive must hold one file", "2: a.csv, b.csv", "unpack it"]),
        data={"path": "table.zip"},
    ),
    Case(
        "a zip with nothing in it",
        {"table.zip": _zip({})},
        Fails(["table.zip: an archive must hold one file", "0: none"]),
        data={"path": "table.zip"},
    ),
    Case(
        "a zip with a password",
        {"table.zip": _encrypted({"table.csv": TABLE})},
        Fails(["table.zip: cannot be unpacked", "password", "unpack it first"]),
        data={"path": "table.zip"},
    ),
    Case(
        "a zip that was cut",
        {"table.zip": _zip({"table.csv": TABLE})[:-30]},
        Fails(["table.zip: cannot be unpacked", "Copy or download it again"]),
        data={"path": "table.zip"},
    ),
    Case(
        "gzip that was cut",
        {"table.csv.gz": gzip.compress(TABLE.encode())[:-20]},
        Fails(["table.csv.gz: cannot be unpacked", "is it whole?"]),
        data={"path": "table.csv.gz"},
    ),
    Case(
        "gzip with a wrong byte",
        {"table.csv.gz": gzip.compress(TABLE.encode())[:-6] + b"\0" * 6},
        Fails(["table.csv.gz: cannot be unpacked"]),
        data={"path": "table.csv.gz"},
    ),
    Case(
        "gzip of nothing",
        {"table.csv.gz": gzip.compress(b"")},
        Fails(["table.csv.gz: the file is empty"]),
        data={"path": "table.csv.gz"},
    ),
    Case(
        "GBK within gzip",
        gzip.compress(TABLE.replace("x", "面积", 1).encode("gbk")),
        Works(cells={"面积": [3.25]}, encoding="gb18030", said=["read as gb18030"]),
    ),
    Case(
        "a bomb: 4 MB of gzip that unpack to 4 GB",
        _bomb,
        Fails(["table.csv:2: a record that does not end", "records of at most 64 MB"]),
        row="A zip bomb",
    ),
    Case("a bomb in a zip", _bomb_in_a_zip, Fails(["table.csv:2: a record that does not end"])),
    Case("Parquet", {"table.parquet": _parquet(**COLUMNS)}, X, data={"path": "table.parquet"}),
    Case("Parquet that is called .csv", _parquet(**COLUMNS), X),
    Case(
        "Parquet with dates, truth values and missing ones",
        {
            "table.parquet": _parquet(
                **{**COLUMNS, "x": DAYS, "z": [None if row == 1 else row % 3 == 0 for row in range(24)]}
            )
        },
        Works(
            cells={"x": DATES, "z": [True, None, False]}, types={"x": "date", "z": "boolean"}, said=["note: column 'z'"]
        ),
        data={"path": "table.parquet", **WHOLE},
    ),
    Case(
        "Parquet with lists",
        {"table.parquet": _parquet(**{**COLUMNS, "x": [[row % 3, 2] for row in range(24)]})},
        Works(types={"x": "category"}, rows=24),
        data={"path": "table.parquet"},
    ),
    Case(
        "Parquet without rows",
        {"table.parquet": _parquet(x=[], z=[], y=[])},
        Fails(["table.parquet: there is a header and not one row below it"], plain=True),
        data={"path": "table.parquet"},
    ),
    Case(
        "Parquet that was cut", b"PAR1" + b"\x15\x04" * 20, Fails(["table.csv: cannot be read as Parquet"], plain=True)
    ),
    Case(
        "Excel",
        {"table.xlsx": _book()},
        X,
        data={"path": "table.xlsx"},
        row="Parquet, and the first sheet of an Excel file",
    ),
    Case("Excel that is called .csv", _book(), X),
    Case("a CSV that is called .xlsx", {"table.xlsx": TABLE}, X, data={"path": "table.xlsx"}),
    Case(
        "Excel with dates",
        {"table.xlsx": _book(_dated)},
        Works(cells={"x": DATES}, types={"x": "date"}),
        data={"path": "table.xlsx"},
    ),
    Case(
        "Excel with truth values",
        {"table.xlsx": _book(_truths)},
        Works(cells={"x": [True, False, False]}, types={"x": "boolean"}),
        data={"path": "table.xlsx"},
    ),
    Case("Excel with numbers shown as percentages", {"table.xlsx": _book(_percent)}, X, data={"path": "table.xlsx"}),
    Case(
        "Excel with empty cells, NA and an empty row",
        {"table.xlsx": _book(_gaps)},
        Works(cells={"x": [3.25, None, 0.55, None]}, types={"x": "number"}, rows=24, said=["note: column 'x'"]),
        data={"path": "table.xlsx", **WHOLE},
    ),
    Case(
        "Excel with a bad cell",
        {"table.xlsx": _book(_bad_cell)},
        Fails(["column 'x': is numeric, but 1 cell is no number", "'5.1cm' (line 4)"]),
        data={"path": "table.xlsx"},
    ),
    Case("Excel with several sheets: the first", {"table.xlsx": _book(_sheets)}, X, data={"path": "table.xlsx"}),
    Case(
        "Excel whose first sheet is empty",
        {"table.xlsx": _book(_empty_first)},
        Fails(["table.xlsx: the first sheet is empty", "a first row with the names"]),
        data={"path": "table.xlsx"},
    ),
    Case(
        "Excel with formulas that nobody has computed",
        {"table.xlsx": _book(_formula)},
        Works(features=["z"], said=["column 'x': has no value in any row and is left out"]),
        data={"path": "table.xlsx"},
    ),
    Case(
        "Excel with a merged title above the header",
        {"table.xlsx": _book(_merged)},
        Fails(["table.xlsx has no column 'y'", "Measurements of 2024"]),
        data={"path": "table.xlsx"},
    ),
    Case(
        "an old .xls",
        {"table.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600},
        Fails(
            ["table.xls: this is an old Excel file (.xls), one with a password, or a damaged one", "save it as .xlsx"]
        ),
        data={"path": "table.xls"},
    ),
    Case(
        "a zip with one picture",
        {"table.zip": _zip({"photo.png": "\x89PNG\0\0\0"})},
        Fails(["table.zip:1: there is a NUL character"], plain=True),
        data={"path": "table.zip"},
    ),
    Case(
        "a column of numbers as text in Parquet",
        {"table.parquet": _parquet(**{**COLUMNS, "x": [f"{plain(row)} %" for row in range(24)]})},
        Works(cells={"x": [0.05, 3.75]}, types={"x": "number"}),
        data={"path": "table.parquet"},
    ),
    Case(
        "a large whole number in Parquet",
        {
            "table.parquet": _parquet(
                **{**COLUMNS, "x": [2**60 + row * 7 % 24 for row in range(24)], "y": list(LABELS[:24])}
            )
        },
        Works(features=["z"], said=["column 'x'"]),
        data={"path": "table.parquet"},
    ),
]
