"""Disks that fail, folders that vanish, clocks that are set back, and processes that want the same run."""

import errno
import os
import shutil
import time
from pathlib import Path

import pytest

import fcnn
from fcnn import files
from fcnn.errors import RunError, TrainingError
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.resume import find_unfinished
from fcnn.jobs.train import run_request
from fcnn.runs.folder import NewRun, list_runs
from fcnn.training import saving
from fcnn.training.stop import Stop

EPOCHS = 5
SAME = ("weights.npz", "data.json", "diagnostics.csv", "predictions.csv", "importance.csv")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A config for 60 rows of two classes that overlap; nothing is compiled: of so few steps it would not pay."""
    folder = tmp_path_factory.mktemp("trouble")
    rows = [f"{(7 * row) % 20 / 10},{(3 * row) % 11},{'no' if row % 3 else 'yes'}" for row in range(60)]
    (folder / "table.csv").write_text("\n".join(["a,b,y", *rows, ""]), encoding="utf-8")
    return {
        "data": {"path": str(folder / "table.csv"), "target": "y"},
        "network": {"layers": [{"units": 4, "dropout": 0.4}]},
        "training": {"epochs": EPOCHS, "batch_size": 64, "compile": "eager", "early_stopping": None},
        "run": {"plots": False},
    }


@pytest.fixture(scope="module")
def whole(shared, tmp_path_factory):
    """The run that met with no trouble."""
    return content(fcnn.train(shared, run_dir=tmp_path_factory.mktemp("whole") / "run"))


@pytest.fixture
def config(shared, tmp_path, monkeypatch):
    """The config; a checkpoint is written after every epoch, and the current folder is empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(saving, "PAUSE", 0)
    return shared


def content(run):
    history = {name: values for name, values in run.history.items() if name != "seconds"}
    names = sorted(path.name for path in run.folder.iterdir())
    return history, names, [(run.folder / name).read_bytes() for name in SAME]


class At(Reporter):
    """Does something to the run folder when the third epoch has ended."""

    def __init__(self, act):
        super().__init__()
        self.act, self.folder = act, None

    def opened(self, folder):
        super().opened(folder)
        self.folder = folder

    def epoch(self, row, best_epoch):
        super().epoch(row, best_epoch)
        if row["epoch"] == 3:
            self.act(self.folder)


ERRORS = {
    errno.ENOSPC: "No space left on device",
    errno.EDQUOT: "Disk quota exceeded",
    errno.EROFS: "Read-only file system",
    errno.EIO: "Input/output error",
}


def test_wherever_the_disk_fails_the_run_is_whole_or_can_go_on(config, whole, monkeypatch) -> None:
    """It fails at the first file that is written, then at the second one, and so on; each time the run goes on."""
    run, partial = Path("run").absolute(), Path("run.partial").absolute()
    real, left, kept = os.fsync, [0], []

    def fail_later(descriptor):
        left[0] -= 1
        if left[0] < 0:
            number = list(ERRORS)[attempt % len(ERRORS)]
            raise OSError(number, ERRORS[number])
        real(descriptor)

    monkeypatch.setattr(files.os, "fsync", fail_later)
    for attempt in range(40):
        left[0] = attempt
        try:
            again = {"resume": "run"} if partial.exists() else {"run_dir": "run"}
            trained = fcnn.train(config, **again)
            break
        except TrainingError as error:
            first, *others = error.problems
            assert (first.where, first.message) == (
                str(partial), f"cannot be written: {ERRORS[list(ERRORS)[attempt % len(ERRORS)]]}",
            )  # fmt: skip
            assert not run.exists()
            assert partial.exists() == bool(others), "what is kept is said, and nothing else is left"
            assert not list(Path().rglob(".*.tmp"))
            kept += [problem.hint for problem in others]
    assert content(trained) == whole
    assert attempt > 8
    assert set(kept) == {f"to go on with it: fcnn train --resume {run}"}
    assert len(kept) == attempt - 3, (
        "config, begun.json and the first checkpoint: before these there is nothing to keep"
    )


def test_a_folder_that_is_deleted_meanwhile_is_told(config) -> None:
    with pytest.raises(TrainingError) as raised:
        fcnn.train(config, run_dir="run", reporter=At(lambda folder: shutil.rmtree(str(folder))))
    partial = Path("run.partial").absolute()
    assert str(raised.value) == (
        f"{partial}: the run folder is gone: it was moved or deleted while it was written\n"
        f"  hint: if it was moved: move it back, and fcnn train --resume {partial.with_suffix('')}"
    )
    assert list(Path().iterdir()) == []


def test_a_folder_that_is_moved_meanwhile_goes_on_when_it_is_back(config, whole) -> None:
    with pytest.raises(TrainingError, match="the run folder is gone"):
        fcnn.train(config, run_dir="run", reporter=At(lambda folder: folder.rename("elsewhere")))
    assert [path.name for path in Path().iterdir()] == ["elsewhere"]
    Path("elsewhere").rename("run.partial")
    told = Reporter()
    told.line = lambda text: lines.append(str(text))
    lines = []
    assert content(fcnn.train(resume="run", reporter=told)) == whole
    assert "it goes on after epoch 2" in lines


def test_a_clock_that_is_set_back_changes_neither_limits_nor_what_is_latest(config, monkeypatch) -> None:
    first = fcnn.train(config, ["training.epochs=1"], name="a")
    later = time.time() + 3600
    os.utime(str(first.folder / "metrics.json"), (later, later))  # when it was written, the clock was an hour ahead
    before = time.time
    monkeypatch.setattr(time, "time", lambda: before() - 7200)
    second = fcnn.train(config, ["training.time_limit=1000"], name="b", reporter=At(lambda folder: None))
    assert (second.metrics["stopped"], second.metrics["epochs"]) == ("finished", EPOCHS)
    assert min(second.history["seconds"]) >= 0
    assert [run.name[0] for run in list_runs(Path("runs"))] == ["a", "b"]
    assert fcnn.load("latest").folder == Path("runs", second.folder.name)


# --- two processes and one run ----------------------------------------------------------------------------------------


@pytest.fixture
def killed(config):
    """A run that was ended in its third epoch."""

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fcnn.train(config, run_dir="run", reporter=At(stop))
    return config


def test_a_run_that_is_being_written_is_refused_to_a_second_training(config) -> None:
    seen = []

    def another(folder):
        for given in ({"run_dir": "run"}, {"resume": "run"}):
            with pytest.raises(RunError) as raised:
                fcnn.train(config, **given)
            seen.append(str(raised.value).splitlines()[0])

    run = fcnn.train(config, run_dir="run", reporter=At(another))
    partial = f"{run.folder}.partial"
    assert seen == [
        f"{partial}: another run is writing it, or was killed",
        f"{partial}: another process is writing this run",
    ]
    assert run.metrics["epochs"] == EPOCHS


def test_what_another_process_finished_while_this_one_began_is_left_alone(killed, whole) -> None:
    found = find_unfinished("run", None)
    finished = fcnn.train(resume="run")
    times = {path: path.stat().st_mtime_ns for path in finished.folder.iterdir()}
    assert run_request(found.request, None, (), Reporter(), Stop(), None, found).folder == finished.folder
    assert {path: path.stat().st_mtime_ns for path in finished.folder.iterdir()} == times
    assert content(finished) == whole


def test_what_lacks_nothing_but_its_name_is_not_trained_again(killed, whole) -> None:
    found = find_unfinished("run", None)
    fcnn.train(resume="run").folder.rename("run.partial")
    run = run_request(found.request, None, (), Reporter(), Stop(), None, found)
    assert (run.folder, content(run)) == (Path("run").absolute(), whole)


def test_of_two_that_give_a_run_its_name_both_are_content(tmp_path) -> None:
    run = NewRun(tmp_path / "run")
    for name in ("metrics.json", "data.json"):
        (run.partial / name).write_text("{}", encoding="utf-8")
    run.partial.rename(run.final)  # by the other one
    with run:
        assert run.complete() == tmp_path / "run"
    assert sorted(path.name for path in run.final.iterdir()) == ["data.json", "metrics.json"]
