"""Encoded tables on the disk: a second run starts from them, and what is not what it was is made anew."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fcnn.chinese import TEXTS
from fcnn.data import cache as caching
from fcnn.data import encoding_stored, known_files, unnamed_file
from fcnn.data import table as reading
from fcnn.data.findings import Noticed
from fcnn.data.said_again import plain, read_back
from fcnn.errors import DataError, Problem
from fcnn.wording import say, say_joined, say_list, translated

ROWS = "".join(
    f"{row * 7 % 113},{'NA' if row % 9 == 0 else row % 13},c{row % 5},{'ab'[row % 2]}\n" for row in range(400)
)


@pytest.fixture
def path(table):
    return table(f"n,m,t,y\n{ROWS}")


def job(path, **data):
    return {"data": {"path": str(path), "target": "y", **data}, "network": {"layers": [4]}}


@pytest.fixture
def made(path, prepared, storage):
    """The dataset that was made, and the folder of its cache."""
    dataset = prepared(job(path), storage[0])
    (folder,) = (each.parent for each in storage[0].folder.glob("*/dataset.json"))
    storage[1].clear()
    return dataset, folder


@pytest.fixture
def no_reading(monkeypatch):
    """Whoever reads a table or hashes a file fails."""

    def fail(*arguments):
        raise AssertionError(arguments)

    monkeypatch.setattr(reading, "parsed_blocks", fail)
    monkeypatch.setattr(known_files, "sha256", fail)


def test_a_second_run_reads_nothing_of_the_table(path, made, prepared, storage, equal, no_reading):
    equal(made[0], prepared(job(path), storage[0]))
    assert storage[1] == [f"starting from the encoded table in {made[1]}"]


def test_a_file_that_was_only_touched_is_hashed_and_not_read(path, made, prepared, storage, equal, monkeypatch):
    monkeypatch.setattr(reading, "parsed_blocks", None)
    os.utime(path, (1, 1))
    equal(made[0], prepared(job(path), storage[0]))
    monkeypatch.setattr(known_files, "sha256", None)  # from now on its hash is known again
    equal(made[0], prepared(job(path), storage[0]))


def test_a_copy_elsewhere_is_the_same_table(path, made, prepared, storage, monkeypatch, tmp_path):
    monkeypatch.setattr(reading, "parsed_blocks", None)
    (tmp_path / "other").mkdir()
    copy = Path(shutil.copy(str(path), str(tmp_path / "other" / "t.csv")))
    assert prepared(job(copy), storage[0]).files[0]["path"] == str(copy)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no time of the last change of a file's times")
def test_a_file_with_other_bytes_and_the_size_and_time_of_before_is_read(path, made, prepared, storage):
    status = path.stat()
    path.write_text(path.read_text().replace("c3", "d3"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert "t=d3" in prepared(job(path), storage[0]).preprocessing.feature_names


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        pytest.param({"data": {"memory": "3MB"}}, True, id="another limit"),
        pytest.param({"data": {"drop": ["n"]}}, False, id="another column"),
        pytest.param({"data": {"split": {"test": 0.3}}}, False, id="another share"),
        pytest.param({"data": {"columns": {"n": {"type": "category"}}}}, False, id="another type"),
        pytest.param({"seed": 5}, False, id="another seed"),
        pytest.param({"training": {"epochs": 3}}, True, id="another training"),
    ],
)
def test_the_key_is_that_of_the_table_and_of_what_is_said_of_it(change, is_same, path, made, prepared, storage):
    config = job(path)
    config["data"].update(change.pop("data", {}))
    prepared({**config, **change}, storage[0])
    assert len(list(storage[0].folder.glob("*/dataset.json"))) == (1 if is_same else 2)


def test_other_libraries_make_another_cache(path, made, prepared, storage, monkeypatch):
    monkeypatch.setattr(caching.metadata, "version", lambda name: "0.0")
    prepared(job(path), storage[0])
    assert len(list(storage[0].folder.glob("*/dataset.json"))) == 2


def cut(path):
    path.write_bytes(path.read_bytes()[:-4])


def flip(path):
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))


def later_format(path):
    path.write_text(json.dumps({"content": {"version": 9}, "sha256": "x"}))


def other_numbers(path):
    path.write_text(path.read_text().replace('"rows_read": 400', '"rows_read": 401'))


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        pytest.param("train.x.float32", cut, id="a matrix cut off"),
        pytest.param("train.x.float32", Path.unlink, id="a matrix gone"),
        pytest.param("test.y.npy", flip, id="a bit of the target"),
        pytest.param("train.rows.npy", cut, id="rows cut off"),
        pytest.param("validation.y.npy", Path.unlink, id="a target gone"),
        pytest.param("dataset.json", lambda path: path.write_text("{"), id="no JSON"),
        pytest.param("dataset.json", lambda path: path.write_text("[1]"), id="another JSON"),
        pytest.param("dataset.json", later_format, id="a foreign one"),
        pytest.param("dataset.json", other_numbers, id="a number in it"),
    ],
)
def test_a_damaged_cache_is_made_anew_and_said_so(name, harm, path, made, prepared, storage, equal):
    harm(made[1] / name)
    equal(made[0], prepared(job(path), storage[0]))
    assert storage[1][0].startswith(f"the encoded table in {made[1]} is damaged (")
    storage[1].clear()
    equal(made[0], prepared(job(path), storage[0]))
    assert storage[1] == [f"starting from the encoded table in {made[1]}"]


@pytest.mark.parametrize("record", ["", "[]", '{"path": 3}', "\0"], ids=["empty", "a list", "no hash", "no text"])
def test_a_record_of_a_hash_that_is_none_is_not_believed(record, path, made, prepared, storage, equal):
    (file,) = (storage[0].folder / "files").iterdir()
    file.write_text(record)
    equal(made[0], prepared(job(path), storage[0]))


def test_two_processes_that_make_the_same_do_not_disturb_each_other(path, prepared, storage, equal, monkeypatch):
    first = []

    def other_is_faster(folder, dataset, untold):
        if not first:
            first.append(None)
            monkeypatch.setattr(os, "getpid", lambda: 1)
            first.append(prepared(job(path), storage[0]))
        write(folder, dataset, untold)

    write = caching.write_dataset
    monkeypatch.setattr(caching, "write_dataset", other_is_faster)
    equal(prepared(job(path), storage[0]), first[1])
    assert [each.name for each in storage[0].folder.iterdir() if each.name.endswith(".partial")] == []
    assert len(list(storage[0].folder.glob("*/dataset.json"))) == 1


KILLED = """
import sys, time
from fcnn.data import cache
from fcnn.jobs.prepare import prepare_job, read_request
def wait(*_):
    print("writing", flush=True)
    time.sleep(60)
cache.write_dataset = wait
prepare_job(read_request({"data": {"path": sys.argv[1], "target": "y", "memory": 1}, "network": {"layers": [4]},
                          "run": {"dir": sys.argv[2]}}))
"""


def test_what_a_killed_process_left_is_swept(path, prepared, storage, tmp_path):
    command = [sys.executable, "-I", "-c", KILLED, str(path), str(tmp_path / "runs")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"writing\n"
        process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    folder = tmp_path / "runs" / ".cache"
    (left,) = folder.iterdir()
    assert left.name.endswith(".partial")
    place = replace(storage[0], folder=folder)
    prepared(job(path), place)
    assert not left.exists()
    assert len(list(folder.glob("*/dataset.json"))) == 1


def test_a_partial_folder_of_a_living_process_is_left_alone(path, made, prepared, storage):
    left = made[1].with_name(f"{made[1].name}.elsewhere.{os.getpid()}.partial")
    left.mkdir()
    prepared({**job(path), "seed": 3}, storage[0])
    assert left.exists()


def test_a_disk_without_room_is_an_error_before_anything_is_written(path, prepared, storage, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(10**9, 10**9, 2000))
    with pytest.raises(DataError) as caught:
        prepared(job(path), storage[0])
    (problem,) = caught.value.problems
    assert (
        problem.message == "the table is larger than data.memory and needs about 0 MB on this disk, where 0 MB are free"
    )
    assert problem.where == str(storage[0].folder)
    assert "run.dir=" in problem.hint
    assert list(storage[0].folder.iterdir()) == []


@pytest.mark.parametrize("module", [unnamed_file, encoding_stored], ids=["the columns", "the matrices"])
def test_a_disk_that_gets_full_is_an_error_and_nothing_is_left(module, path, prepared, storage, monkeypatch):
    def full(file, values):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "write_all", full)
    with pytest.raises(DataError, match=r"and needs about .* on this disk") as caught:
        prepared(job(path), storage[0])
    assert int(caught.value.exit_code) == 2
    assert list(storage[0].folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_error(path, prepared, storage, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written: "):
        prepared(job(path), replace(storage[0], folder=tmp_path / "file" / "cache"))


def test_the_first_findings_tell_of_the_config_and_are_not_kept(table, prepared, storage, equal):
    path = table("t,y\n" + "".join(f"{row % 7}é,{row % 2}\n" for row in range(200)))
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    first = prepared(job(path), storage[0])
    assert "is read as cp1252" in str(first.findings[0])
    moved = path.rename(path.parent.parent / "t.csv")
    again = prepared(job(moved), storage[0])
    assert storage[1][-1].startswith("starting from")
    assert again.findings[0].where == str(moved)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(say("no value in any row"), id="a sentence"),
        pytest.param(say("{count:,} cells are no date", count=np.int64(1234)), id="a number of NumPy"),
        pytest.param(say("values around {mean:g}", mean=float("inf")), id="an infinite number"),
        pytest.param(
            say_list([say("numbers"), "x", say_joined("{left} and {right}", ["a", "b"])], more=True), id="a list"
        ),
        pytest.param(
            (Problem("m", say("numbers"), severity="note"), Noticed("n", each=(Noticed("k", count=3),))), id="all"
        ),
    ],
)
def test_what_was_said_is_read_back_with_its_language(value):
    again = read_back(json.loads(json.dumps(plain(value))))
    assert again == value
    if isinstance(value, str):
        assert str(again) == str(value)
        assert translated(again, TEXTS) == translated(value, TEXTS)
    assert plain(again) == plain(value)


def test_what_is_no_plain_data_is_no_finding():
    with pytest.raises(TypeError, match="object"):
        plain(Problem("m", received=object()))
