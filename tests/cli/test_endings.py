"""``fcnn train TABLE``: whatever can be read is taken for a table."""

import bz2
import gzip
import io
import lzma
import zipfile

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
import zstandard

ROWS = [(row, row % 7, row * 0.5) for row in range(60)]
TEXT = "a,b,y\n" + "".join(f"{a},{b},{y}\n" for a, b, y in ROWS)


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("t.csv", TEXT)
    return buffer.getvalue()


def parquet() -> bytes:
    buffer = io.BytesIO()
    columns = [pyarrow.array(values) for values in zip(*ROWS)]
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(columns, ["a", "b", "y"]), buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in [("a", "b", "y"), *ROWS]:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


FILES = {
    "t.csv": TEXT.encode(),
    "t.CSV": TEXT.encode(),
    "t.tsv": TEXT.replace(",", "\t").encode(),
    "t.txt": TEXT.replace(",", ";").encode(),
    "t.csv.gz": gzip.compress(TEXT.encode()),
    "t.csv.bz2": bz2.compress(TEXT.encode()),
    "t.csv.xz": lzma.compress(TEXT.encode()),
    "t.csv.zst": zstandard.ZstdCompressor().compress(TEXT.encode()),
    "t.zip": zipped(),
    "t.parquet": parquet(),
    "t.xlsx": workbook(),
}


@pytest.fixture(params=FILES)
def table(request, tmp_path):
    (tmp_path / request.param).write_bytes(FILES[request.param])
    return request.param


def test_a_table_trains_without_a_config(console, table) -> None:
    answer = console("train", table, "--target", "y", "--dry-run")
    assert answer.code == 0, answer.err
    assert "regression" in answer.out
    assert "42 train, 9 validation, 9 test" in answer.out


def test_a_table_without_a_target_names_its_columns(console, table) -> None:
    answer = console("train", table)
    assert (answer.code, answer.err) == (
        2,
        f"error: {table}: which column is to be predicted?\n  expected: --target COLUMN\n"
        "  received: no --target; there are the columns a, b, y\n  hint: perhaps: --target y\n",
    )


def test_a_table_gets_a_starter_config_of_its_name(console, table) -> None:
    answer = console("init", table, "--target", "y")
    assert (answer.code, answer.out) == (0, "t.yaml\n"), answer.err
