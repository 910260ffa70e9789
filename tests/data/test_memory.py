"""A table that does not fit is an error before the memory is gone."""

import gzip
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow
import pytest
from pyarrow import parquet

from fcnn.data import memory
from fcnn.data.memory import available_memory, check_memory
from fcnn.data.table import read_table
from fcnn.errors import DataError

SOURCES = str(Path(memory.__file__).resolve().parents[2])
ROWS = "".join(f"{row % 97}.25,{row % 89}.5,{row % 2}\n" for row in range(1000))


def test_what_fits_passes_and_what_does_not_says_how_much_is_missing():
    check_memory(3e9, "table.csv", available=4_000_000_000)
    with pytest.raises(DataError) as caught:
        check_memory(31e9, "table.csv", available=3_200_000_000)
    (problem,) = caught.value.problems
    assert (problem.where, problem.message) == (
        "table.csv",
        "the table needs about 31.0 GB of memory, and 3.2 GB are free",
    )
    assert "data.features" in problem.hint


def test_small_tables_are_read_whatever_is_free():
    check_memory(memory.ALWAYS_THERE, "table.csv", available=0)


def test_there_is_memory_here():
    assert 100_000_000 < available_memory() < 1e15


@pytest.mark.parametrize(
    ("files", "free"),
    [
        pytest.param(
            {"memory.max": "1000000", "memory.current": "400000", "memory.stat": "anon 5\ninactive_file 100000\n"},
            700_000,
            id="the second version",
        ),
        pytest.param({"memory.max": "max", "memory.current": "4", "memory.stat": ""}, None, id="no limit"),
        pytest.param({}, None, id="no container"),
        pytest.param(
            {"memory.max": "10", "memory.current": "40", "memory.stat": ""}, 0, id="more is used than allowed"
        ),
    ],
)
def test_the_limit_of_a_container_counts(tmp_path, monkeypatch, files, free):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(memory, "CGROUPS", ((tmp_path, "memory.max", "memory.current", "inactive_file"),))
    monkeypatch.setattr(memory, "_left_by_limit", lambda: None)
    if free is None:
        assert available_memory() > 100_000_000
    else:
        assert available_memory() == free


def test_a_large_file_is_refused_after_its_first_block(table, monkeypatch):
    monkeypatch.setattr(memory, "available_memory", lambda: 100_000_000)
    monkeypatch.setattr(memory, "ALWAYS_THERE", 0)
    read_table([table("a,b,y\n" + ROWS * 100)], ["a", "b", "y"])  # 100,000 rows take 5 MB
    path = table("a,b,y\n" + ROWS * 3000)
    blocks = []
    monkeypatch.setattr(memory.Budget, "add", watched(memory.Budget.add, blocks))
    with pytest.raises(DataError, match=r"the table needs about 1\d\d MB of memory, and 100 MB are free"):
        read_table([path], ["a", "b", "y"])
    assert len(blocks) == 1


def watched(function, calls):
    def watching(*arguments):
        calls.append(arguments)
        return function(*arguments)

    return watching


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process are Linux's")
def test_a_small_file_that_unpacks_to_more_rows_than_fit_is_an_error_in_bounded_memory(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    block = gzip.compress(ROWS.encode() * 1000)  # a million rows
    path.write_bytes(gzip.compress(b"a,b,y\n") + block * 100)
    program = f"""
import resource, sys
sys.path.insert(0, {SOURCES!r})
import numpy, pandas, psutil
from pathlib import Path
from fcnn.data.table import read_table
from fcnn.errors import DataError
resource.setrlimit(resource.RLIMIT_AS, (psutil.Process().memory_info().vms + 450_000_000,) * 2)
try:
    read_table([Path({str(path)!r})], ["a", "b", "y"])
except DataError as error:
    print(error.problems[0].message)
"""
    found = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, encoding="utf-8", timeout=300)
    assert found.returncode == 0
    assert "of memory, and" in found.stdout


def test_a_workbook_that_unpacks_to_more_than_there_is_is_refused_before_it_is_read(tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    for row in range(20_000):
        book.active.append(["a", "b", "y"] if row == 0 else [row, row % 7, row % 2])
    path = tmp_path / "t.xlsx"
    book.save(path)
    monkeypatch.setattr(memory, "ALWAYS_THERE", 0)
    monkeypatch.setattr(memory, "available_memory", lambda: 3_000_000)
    with pytest.raises(DataError, match=r"the table needs about \d MB of memory, and 3 MB are free"):
        read_table([path], ["a", "b", "y"])


def test_so_is_a_parquet_file(tmp_path, monkeypatch):
    path = tmp_path / "t.parquet"
    parquet.write_table(pyarrow.table({"a": [0.0] * 100_000, "y": [1] * 100_000}), str(path))
    monkeypatch.setattr(memory, "ALWAYS_THERE", 0)
    monkeypatch.setattr(memory, "available_memory", lambda: 3_000_000)
    with pytest.raises(DataError, match="the table needs about 3 MB of memory, and 3 MB are free"):
        read_table([path], ["a", "y"])
