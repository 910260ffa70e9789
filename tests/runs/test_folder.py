"""Run folders: made whole or not at all, and found again."""

# ruff: noqa: E501 - messages are written out as they are printed
import os
import re
import sys
from pathlib import Path

import pytest

from fcnn.config import config_from_mapping
from fcnn.errors import RunError, TrainingError
from fcnn.files import atomic_write, write_json
from fcnn.runs import folder as folders
from fcnn.runs.documents import read_metrics
from fcnn.runs.folder import NewRun, check_free, find_run, list_runs, new_run, safe_name


def make_run(folder: Path, age: int = 0) -> Path:
    folder.mkdir(parents=True)
    for name in ("metrics.json", "data.json"):
        (folder / name).write_text("{}", encoding="utf-8")
    os.utime(str(folder / "metrics.json"), (1e9 - age, 1e9 - age))
    return folder


# --- making -----------------------------------------------------------------------------------------------------------


def test_a_run_is_partial_until_it_is_complete(tmp_path) -> None:
    run = NewRun(tmp_path / "a" / "b")
    (run.partial / "file").write_text("x", encoding="utf-8")
    assert run.partial == tmp_path / "a" / "b.partial"
    assert not run.final.exists()
    assert run.complete() == tmp_path / "a" / "b"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert (run.final / "file").read_text(encoding="utf-8") == "x"


def test_a_discarded_run_leaves_nothing(tmp_path) -> None:
    run = NewRun(tmp_path / "b")
    (run.partial / "plots").mkdir()
    (run.partial / "plots" / "x.png").write_bytes(b"")
    run.discard()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_may_be_there(tmp_path) -> None:
    (tmp_path / "b").mkdir()
    assert list(NewRun(tmp_path / "b").complete().iterdir()) == []


def test_a_relative_folder_becomes_absolute(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = NewRun(Path("x/../y"))
    monkeypatch.chdir(tmp_path.parent)
    assert run.complete() == tmp_path / "y"


def test_a_complete_run_that_cannot_get_its_name_is_not_lost(tmp_path) -> None:
    run = NewRun(tmp_path / "b")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "other").write_text("", encoding="utf-8")
    with pytest.raises(TrainingError) as raised:
        run.complete()
    (problem,) = raised.value.problems
    assert problem.where == str(tmp_path / "b.partial")
    assert problem.message.startswith("the run is complete, but its folder cannot get its name: ")
    assert problem.hint == f"rename it to {tmp_path / 'b'}"
    assert run.partial.is_dir()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda path: path.write_text("", encoding="utf-8"), "is a file", id="a file"),
        pytest.param(
            lambda path: (path.mkdir(), (path / ".x").write_text("", encoding="utf-8")),
            "is there already and not empty",
            id="a full folder",
        ),
        pytest.param(
            lambda path: path.with_name("b.partial").mkdir(), "another run is writing it, or was killed", id="a partial"
        ),
        pytest.param(
            lambda path: path.with_name("b.partial").write_text("", encoding="utf-8"),
            "another run is writing it, or was killed",
            id="a file called partial",
        ),
    ],
)
def test_what_is_in_the_way_stays_and_is_named(tmp_path, make, message) -> None:
    make(tmp_path / "b")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(RunError) as raised:
        NewRun(tmp_path / "b")
    assert raised.value.problems[0].message == message
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("text", ["x" * 300, Path.cwd().anchor, "a\0b"], ids=["too long", "root", "a null"])
def test_a_path_that_no_folder_can_have_is_a_run_error(text) -> None:
    with pytest.raises(RunError):
        NewRun(Path(text))


def test_checking_makes_nothing(tmp_path) -> None:
    assert check_free(tmp_path / "new" / "run") == tmp_path / "new" / "run"
    assert list(tmp_path.iterdir()) == []


def test_runs_of_the_same_second_are_numbered(tmp_path, monkeypatch) -> None:
    class Clock:
        @staticmethod
        def now(zone):
            return folders_datetime(2026, 1, 2, 3, 4, 5, tzinfo=zone)

    folders_datetime = folders.datetime
    monkeypatch.setattr(folders, "datetime", Clock)
    runs = [new_run(tmp_path, "iris") for _ in range(3)]
    runs[0].complete()
    runs.append(new_run(tmp_path, "iris"))
    names = [run.final.name for run in runs]
    assert names == [f"iris-20260102T030405Z{suffix}" for suffix in ("", "-2", "-3", "-4")]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("penguins", "penguins"),
        ("企鹅 v2", "企鹅 v2"),
        ('a<b>c:d"e/f\\g|h?i*j', "a_b_c_d_e_f_g_h_i_j"),
        ("tab\there\nand\x7fthere", "tab_here_and_there"),
        ("wide　blank", "wide_blank"),
        ("../../etc", "_.._etc"),
        (" .hidden. ", "hidden"),
        ("...", "run"),
        ("", "run"),
        ("\udcff", "_"),
        ("é" * 100, "é" * 60),
        ("企" * 100, "企" * 40),
        ("x" * 119 + " y", "x" * 119),
    ],
    ids=ascii,
)
def test_a_name_becomes_one_that_every_system_takes(name, safe) -> None:
    assert safe_name(name) == safe
    assert len(f"{safe}-20260102T030405Z-999.partial".encode()) < 255


@pytest.mark.parametrize(
    "name", ["a/b", "x" * 119 + ". y", "wide　blank", "\u202e", "con", "~", "1e3", "null", " "], ids=ascii
)
def test_the_config_takes_every_safe_name(name) -> None:
    mapping = {"data": {"path": "t.csv", "target": "y"}, "network": {"layers": []}, "run": {"name": safe_name(name)}}
    assert config_from_mapping(mapping).config.run.name == safe_name(name)


# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def runs(tmp_path, monkeypatch):
    """`runs/` with three runs, `beta` the newest, beside what is none."""
    monkeypatch.chdir(tmp_path)
    make_run(tmp_path / "runs" / "alpha", age=5)
    make_run(tmp_path / "runs" / "beta", age=1)
    make_run(tmp_path / "runs" / "gamma", age=9)
    make_run(tmp_path / "runs" / "delta.partial")
    (tmp_path / "runs" / "empty").mkdir()
    (tmp_path / "runs" / "notes.txt").write_text("", encoding="utf-8")
    return tmp_path / "runs"


def test_runs_are_listed_by_age_and_only_whole_ones(runs) -> None:
    assert [run.name for run in list_runs(runs)] == ["gamma", "alpha", "beta"]
    assert list_runs(runs / "nosuch") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("latest", "beta"),
        ("alpha", "alpha"),
        (str(Path("runs", "gamma")), "gamma"),
        ("runs/gamma/", "gamma"),
    ],
)
def test_a_run_is_found(runs, text, found) -> None:
    assert find_run(text).resolve() == runs / found


def test_a_folder_called_latest_is_meant_where_it_is_a_run(runs) -> None:
    make_run(runs.parent / "latest")
    assert find_run("latest") == Path("latest")


def test_the_folder_of_runs_may_be_another(runs, monkeypatch) -> None:
    monkeypatch.chdir(runs)
    assert find_run("latest", runs) == runs / "beta"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("alpa", "alpa: there is no such run\n  hint: did you mean `alpha`?", id="mistyped"),
        pytest.param("lates", "lates: there is no such run\n  hint: did you mean `latest`?", id="mistyped latest"),
        pytest.param("zzz", "zzz: there is no such run\n  hint: known: gamma, alpha, beta, latest", id="nothing near"),
        pytest.param(
            "empty",
            f"{Path('runs', 'empty')}: is no complete run\n  received: no metrics.json and no data.json in it",
            id="an empty folder by name",
        ),
        pytest.param(
            str(Path("runs", "delta.partial")),
            f"{Path('runs', 'delta.partial')}: is no complete run\n  received: its name ends with .partial",
            id="a partial run",
        ),
        pytest.param(
            "x" * 5000, "x" * 5000 + ": there is no such run\n  hint: known: gamma, alpha, beta, latest", id="too long"
        ),
        pytest.param("a\0b", "a\0b: there is no such run\n  hint: known: gamma, alpha, beta, latest", id="a null"),
    ],
)
def test_a_run_that_is_not_there_is_told_with_what_may_be_meant(runs, text, message) -> None:
    with pytest.raises(RunError) as raised:
        find_run(text)
    assert str(raised.value) == message


def test_no_runs_at_all_say_how_to_make_one(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RunError) as raised:
        find_run("latest")
    assert str(raised.value) == "runs: there is no run yet\n  hint: fcnn train CONFIG"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "{}",
            "is damaged\n  received: no task, train, baselines, verdicts, parameters, epochs, best_epoch, stopped in it",
        ),
        ("[1]", "is damaged\n  expected: a mapping\n  received: list"),
        ("{", "cannot be read: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    ],
    ids=["empty", "a list", "cut off"],
)
def test_damaged_metrics_are_a_run_error(tmp_path, content, message) -> None:
    (tmp_path / "metrics.json").write_text(content, encoding="utf-8")
    with pytest.raises(RunError) as raised:
        read_metrics(tmp_path)
    assert str(raised.value) == f"{tmp_path / 'metrics.json'}: {message}"


# --- writing files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [None, "old"], ids=["new", "there"])
def test_a_file_is_written_whole_or_not_at_all(tmp_path, before) -> None:
    path = tmp_path / "f.txt"
    if before:
        path.write_text(before, encoding="utf-8")

    def write_half():
        with atomic_write(path) as file:
            file.write("half")
            file.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert [other.read_text(encoding="utf-8") for other in tmp_path.iterdir()] == ([before] if before else [])
    with atomic_write(path) as file:
        file.write("企\n")
    assert path.read_bytes() == "企\n".encode()
    assert [other.name for other in tmp_path.iterdir()] == ["f.txt"]


def test_a_nan_in_json_is_an_error_and_leaves_nothing(tmp_path) -> None:
    with pytest.raises(ValueError, match="Out of range float values"):
        write_json(tmp_path / "x.json", {"a": float("nan")})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_folder_that_may_not_be_read_is_no_run(tmp_path, monkeypatch) -> None:
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", refuse)
    assert not folders.is_run(tmp_path)


def test_the_time_in_a_name_is_utc(tmp_path, monkeypatch) -> None:
    from datetime import datetime, timezone

    before = datetime.now(timezone.utc).replace(microsecond=0)
    name = new_run(tmp_path, "x").final.name
    after = datetime.now(timezone.utc)
    assert re.fullmatch(r"x-\d{8}T\d{6}Z", name)
    assert before <= datetime.strptime(name, "x-%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc) <= after
