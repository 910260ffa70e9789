"""The lock on a run's folder: one process at a time, whatever became of the one before."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import fcnn
from fcnn.errors import RunError
from fcnn.runs import lock as locks
from fcnn.runs.folder import NewRun
from fcnn.runs.lock import FolderLock, is_locked

HOLDER = """
import sys
from pathlib import Path
from fcnn.runs.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """A process of its own that holds the lock."""
    started = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=str(Path(fcnn.__file__).parents[1]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert started.stdout.readline().strip() == b"held"
    yield started
    started.kill()
    started.communicate()


def test_another_process_is_refused_until_the_first_is_killed(holder, tmp_path) -> None:
    with pytest.raises(BlockingIOError):
        FolderLock(tmp_path)
    holder.kill()
    holder.wait()
    assert (tmp_path / "lock").exists(), "that it is there says nothing"
    lock = FolderLock(tmp_path)
    assert lock.holds
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_who_looks_whether_a_folder_is_locked_does_not_lock_it(holder, tmp_path) -> None:
    assert is_locked(tmp_path)
    holder.kill()
    holder.wait()
    assert not is_locked(tmp_path), "its file is still there"
    assert not is_locked(tmp_path / "nosuch")
    FolderLock(tmp_path).release()


def test_a_lock_that_somebody_has_for_a_moment_is_waited_for(tmp_path, monkeypatch) -> None:
    looking = os.open(str(tmp_path / "lock"), os.O_RDWR | os.O_CREAT)
    locks._lock(looking)
    monkeypatch.setattr(locks, "time", SimpleNamespace(sleep=lambda _: os.close(looking)))
    lock = FolderLock(tmp_path)
    assert lock.holds
    lock.release()


def test_in_one_process_a_second_one_is_refused_until_the_first_is_released(tmp_path) -> None:
    first = FolderLock(tmp_path)
    with pytest.raises(BlockingIOError):
        FolderLock(tmp_path)
    first.release()
    first.release()
    FolderLock(tmp_path).release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")
def test_a_lock_whose_file_was_deleted_meanwhile_is_none(tmp_path, monkeypatch) -> None:
    path = tmp_path / "lock"
    real = locks._lock

    def lock_late(descriptor):
        path.unlink()  # as the process that had it does when it ends
        real(descriptor)

    monkeypatch.setattr(locks, "_lock", lock_late)
    with pytest.raises(BlockingIOError):
        FolderLock(tmp_path)


def test_a_file_system_without_locks_is_used_without(tmp_path, monkeypatch) -> None:
    def unknown(_):
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(locks, "_lock", unknown)
    assert not FolderLock(tmp_path).holds
    with NewRun(tmp_path / "b") as run:
        assert not run.is_locked


def test_a_run_that_is_being_written_cannot_be_taken_over(tmp_path) -> None:
    with NewRun(tmp_path / "b") as run:
        assert run.is_locked
        with pytest.raises(RunError) as raised:
            NewRun(tmp_path / "b", again=True)
        assert str(raised.value) == f"{tmp_path / 'b.partial'}: another process is writing this run"
    with NewRun(tmp_path / "b", again=True) as run:
        assert run.complete() == tmp_path / "b"
    assert list((tmp_path / "b").iterdir()) == []


def test_taking_over_clears_away_what_was_half_written_and_completing_the_checkpoints(tmp_path) -> None:
    with NewRun(tmp_path / "b") as run:
        (run.partial / "checkpoints").mkdir()
        for name in (".history.csv.123.tmp", "checkpoints/.001.npz.123.tmp", "checkpoints/001.npz", "log.txt"):
            (run.partial / name).write_bytes(b"")
    with NewRun(tmp_path / "b", again=True) as run:
        assert sorted(str(path.relative_to(run.partial).as_posix()) for path in run.partial.rglob("*")) == [
            "checkpoints", "checkpoints/001.npz", "lock", "log.txt",
        ]  # fmt: skip
        run.complete()
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["log.txt"]


@pytest.mark.parametrize(
    ("checkpoint", "hint"),
    [
        pytest.param(True, "to go on with it: fcnn train --resume {partial}", id="with a checkpoint"),
        pytest.param(False, "delete {partial} if that run is no longer going", id="without"),
    ],
)
def test_a_partial_run_in_the_way_is_told_with_what_can_be_done(tmp_path, checkpoint, hint) -> None:
    partial = tmp_path / "b.partial"
    (partial / "checkpoints").mkdir(parents=True)
    if checkpoint:
        (partial / "checkpoints" / "001.npz").write_bytes(b"")
    with pytest.raises(RunError) as raised:
        NewRun(tmp_path / "b")
    (problem,) = raised.value.problems
    assert (problem.message, problem.where) == ("another run is writing it, or was killed", str(partial))
    assert problem.hint == hint.format(partial=partial)
