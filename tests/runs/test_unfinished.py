"""Runs that were killed, found again by what people call them."""

# ruff: noqa: E501 - messages are written out as they are printed
import os
from pathlib import Path

import pytest

from fcnn.errors import RunError
from fcnn.runs.unfinished import Begun, Repeated, TableFile, find_begun, read_begun, write_begun


@pytest.fixture
def runs(tmp_path, monkeypatch):
    """`runs/` has two killed runs, the older called alpha, a complete one, and a folder that is none; `here` is killed, too."""
    monkeypatch.chdir(tmp_path)
    for age, name in enumerate(["runs/beta.partial", "runs/alpha.partial", "here.partial"]):
        checkpoints = tmp_path / name / "checkpoints"
        checkpoints.mkdir(parents=True)
        (checkpoints / "001.npz").write_bytes(b"")
        for path in (checkpoints / "001.npz", checkpoints.parent):
            os.utime(str(path), (1e9 - age, 1e9 - age))
    (tmp_path / "runs" / "done").mkdir()
    for name in ("metrics.json", "data.json"):
        (tmp_path / "runs" / "done" / name).write_text("{}", encoding="utf-8")
    (tmp_path / "runs" / "other").mkdir()
    return tmp_path / "runs"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("alpha", "runs/alpha", id="a name below the folder of runs"),
        pytest.param("alpha.partial", "runs/alpha", id="its partial name"),
        pytest.param("runs/alpha", "runs/alpha", id="a path"),
        pytest.param("runs/alpha.partial/", "runs/alpha", id="a partial path"),
        pytest.param("here", "here", id="a path elsewhere"),
        pytest.param("latest", "runs/beta", id="the newest"),
        pytest.param("done", "runs/done", id="a complete run"),
        pytest.param("done.partial", "runs/done", id="a run that was completed since"),
    ],
)
def test_a_killed_run_is_found(runs, text, found) -> None:
    assert find_begun(text) == runs.parent / found


def test_an_absolute_path_needs_no_folder_of_runs(runs) -> None:
    assert find_begun(str(runs / "alpha"), Path("elsewhere")) == runs / "alpha"


def test_the_newest_is_the_one_that_was_written_last(runs) -> None:
    os.utime(str(runs / "alpha.partial" / "checkpoints" / "001.npz"), (2e9, 2e9))
    assert find_begun("latest") == runs / "alpha"


@pytest.mark.parametrize("name", ["latest", "latest.partial"])
def test_a_run_that_is_called_latest_is_meant(runs, name) -> None:
    (runs.parent / "latest.partial").mkdir()
    assert find_begun(name) == runs.parent / "latest"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("alhpa", "alhpa: there is no such run\n  hint: did you mean `alpha`?", id="mistyped"),
        pytest.param("runs/xyz.partial", "runs/xyz.partial: there is no such run\n  hint: known: alpha, beta, done, latest", id="none there"),
        pytest.param("other", "{runs}/other: is no run folder, and there is no other.partial", id="some folder"),
        pytest.param("x" * 5000, "x" * 5000 + ": there is no such run\n  hint: known: alpha, beta, done, latest", id="too long"),
        pytest.param("a\0b", "a\0b: there is no such run\n  hint: known: alpha, beta, done, latest", id="a null"),
        pytest.param("/", "/: there is no such run\n  hint: known: alpha, beta, done, latest", id="the root"),
        pytest.param("", "{cwd}: is no run folder, and there is no {name}.partial", id="nothing"),
    ],
)  # fmt: skip
def test_what_is_no_killed_run_is_told_with_what_may_be_meant(runs, text, message) -> None:
    os.utime(str(runs / "alpha.partial"), (1e9 - 99, 1e9 - 99))
    os.utime(str(runs / "alpha.partial" / "checkpoints" / "001.npz"), (1e9 - 99, 1e9 - 99))
    os.utime(str(runs / "alpha.partial" / "checkpoints"), (1e9 - 99, 1e9 - 99))
    with pytest.raises(RunError) as raised:
        find_begun(text)
    assert str(raised.value) == message.format(runs=runs, cwd=runs.parent, name=runs.parent.name)


def test_no_killed_run_at_all_is_said(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RunError) as raised:
        find_begun("latest")
    assert str(raised.value) == "runs: there is no run that was killed"


# --- what was written down --------------------------------------------------------------------------------------------

BEGUN = Begun(config="ab", files=(TableFile("t.csv", "cd"),), versions={"keras": "3.1"}, repeats=Repeated("seeds", 3))


def test_what_was_begun_reads_back_equal(tmp_path) -> None:
    write_begun(tmp_path, BEGUN)
    assert read_begun(tmp_path) == BEGUN


def test_a_run_that_was_killed_at_once_has_written_nothing(tmp_path) -> None:
    assert read_begun(tmp_path) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b'{"config": "ab"', "Input data was truncated", id="cut off"),
        pytest.param(b'{"config": "ab"}', "Object missing required field `files`", id="a field too few"),
        pytest.param(b"[]", "Expected `object`, got `array`", id="a list"),
        pytest.param(None, "[Errno 2] No such file or directory", id="gone while there are checkpoints"),
    ],
)
def test_damage_is_an_error_with_a_hint(tmp_path, content, reason) -> None:
    write_begun(tmp_path, BEGUN)
    (tmp_path / "checkpoints" / "001.npz").write_bytes(b"")
    path = tmp_path / "checkpoints" / "begun.json"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(RunError) as raised:
        read_begun(tmp_path)
    (problem,) = raised.value.problems
    assert problem.where == str(path)
    assert problem.message.startswith(f"is damaged: {reason}")
    assert problem.hint == f"what was trained cannot be used: delete {tmp_path}, and train again"
