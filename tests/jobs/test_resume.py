"""Runs that were ended in the middle and go on, from Python: equal to runs that were not, or refused."""

import copy
import json
import os
import re
import shutil
import time
from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.errors import ConfigError, DataError, FcnnError, RunError, TrainingError
from fcnn.files import read_json
from fcnn.jobs import resume as resuming
from fcnn.jobs.keeping import keeping
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.resume import differences
from fcnn.runs.folder import NewRun
from fcnn.runs.record import read_history
from fcnn.runs.unfinished import find_begun
from fcnn.training import saving

EPOCHS = 6


class Killed(Reporter):
    """Ends a run in an epoch of one of its trainings, before there is a checkpoint of it; counts epochs till then."""

    def __init__(self, epoch=4, number=1, error=KeyboardInterrupt):
        super().__init__()
        self.wanted, self.error = (number, epoch), error
        self.number, self.epochs = 1, []

    def member_begins(self, name, number, count):
        super().member_begins(name, number, count)
        self.number = number

    def epoch(self, row, best_epoch):
        super().epoch(row, best_epoch)
        self.epochs.append((self.number, int(row["epoch"])))
        if self.epochs[-1] == self.wanted:
            raise self.error


@pytest.fixture(autouse=True)
def _every_epoch(monkeypatch):
    """A checkpoint after every epoch, however long writing takes."""
    monkeypatch.setattr(saving, "PAUSE", 0)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A config for 200 rows of two classes that overlap, and the folder of the runs that are only looked at.

    Nothing is compiled: of so few steps it would not pay.
    """
    folder = tmp_path_factory.mktemp("shared")
    rows = [f"{(7 * row) % 20 / 10},{(3 * row) % 11},{'no' if row < 160 else 'yes'}" for row in range(200)]
    (folder / "table.csv").write_text("\n".join(["a,b,y", *rows, ""]), encoding="utf-8")
    config = {
        "data": {"path": str(folder / "table.csv"), "target": "y"},
        "network": {"layers": [{"units": 4, "dropout": 0.4}]},
        "training": {"epochs": EPOCHS, "batch_size": 256, "compile": "eager", "early_stopping": None},
        "run": {"plots": False},
    }
    return folder, config


@pytest.fixture
def config(shared, tmp_path, monkeypatch):
    """The config, to be changed; it is alone in the current folder."""
    monkeypatch.chdir(tmp_path)
    return copy.deepcopy(shared[1])


@pytest.fixture(scope="module")
def whole(shared):
    """The run that nobody ended."""
    return fcnn.train(shared[1], run_dir=shared[0] / "whole")


@pytest.fixture(scope="module")
def whole_seeds(shared):
    """The run of two seeds that nobody ended."""
    return fcnn.train(shared[1], run_dir=shared[0] / "seeds", seeds=2)


@pytest.fixture(scope="module")
def ended(shared):
    """The folder of a run that was ended in its fourth epoch."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(saving, "PAUSE", 0)
        return kill(shared[1], shared[0] / "killed")


@pytest.fixture
def killed(ended, config):
    """A copy of it in the current folder, and its config."""
    shutil.copytree(str(ended), "killed.partial")
    return config


def content(run):
    """All of a run that is the same whenever it is trained."""
    metrics = {name: value for name, value in run.metrics.items() if name != "seconds"}
    history = {name: values for name, values in read_history(run.folder).items() if name != "seconds"}
    files = sorted(path.name for path in run.folder.iterdir())
    same = [(run.folder / name).read_bytes() for name in ("weights.npz", "data.json", "diagnostics.csv")]
    return history, metrics, same, files


def kill(config, folder, overrides=(), epoch=4, number=1, **options):
    with pytest.raises(KeyboardInterrupt):
        fcnn.train(config, overrides, run_dir=folder, reporter=Killed(epoch, number), **options)
    assert not Path(folder).exists()
    return Path(f"{folder}.partial")


RICH = {
    "layers": [{"units": 6, "dropout": 0.4, "batch_normalization": True}],
    "training": {
        "class_weight": "balanced",
        "early_stopping": {"patience": 3},
        "learning_rate_schedule": {"name": "plateau", "patience": 1},
        "optimizer": {"name": "adam", "learning_rate": 0.5},
        "epochs": 30,
        "batch_size": 70,  # twice that many training rows: every step has the same form
    },
}


def test_a_run_that_goes_on_is_the_run_that_was_not_ended(config) -> None:
    config["training"].update({**RICH["training"], "compile": "graph"})
    config["network"]["layers"] = RICH["layers"]
    whole = fcnn.train(config, run_dir="whole")
    assert whole.metrics["stopped"] == "early_stopping"
    assert len(set(whole.history["learning_rate"])) > 1
    assert len(whole.history["epoch"]) > 4
    kill(config, "killed", epoch=4)
    watcher = Killed(0)
    resumed = fcnn.train(resume="killed", reporter=watcher)
    assert watcher.epochs[0] == (1, 4), "the epoch under way, and none before it"
    assert resumed.folder == Path("killed").absolute()
    assert content(resumed) == content(whole)
    assert not Path("killed.partial").exists()


def test_the_weights_of_another_run_are_not_begun_with_again(config, whole) -> None:
    options = [f"training.initial_weights={whole.folder}", "training.learning_rate_schedule={name: cosine}"]
    warm = fcnn.train(config, options, run_dir="warm")
    kill(config, "killed", options)
    assert content(fcnn.train(config, options, resume="killed")) == content(warm)


@pytest.mark.parametrize(
    ("options", "number", "epoch"),
    [
        pytest.param({"seeds": 3}, 3, 1, id="seeds, before the first epoch of the last is over"),
        pytest.param({"folds": 3}, 2, 4, id="folds"),
    ],
)
def test_of_several_trainings_the_finished_ones_are_not_trained_again(config, options, number, epoch) -> None:
    whole = fcnn.train(config, run_dir="whole", **options)
    kill(config, "killed", epoch=epoch, number=number, **options)
    watcher = Killed(0)
    assert content(fcnn.train(resume="killed", reporter=watcher)) == content(whole)
    wanted = [(each, at) for each in (1, 2, 3) for at in range(1, EPOCHS + 1)]
    assert watcher.epochs == wanted[wanted.index((number, epoch)) :]
    log = Path("killed", "log.txt").read_text(encoding="utf-8")
    assert log.count("it had ended before the run was killed\n") == number - 1
    assert log.count(f"it goes on after epoch {epoch - 1}\n") == (1 if epoch > 1 else 0)


def test_it_may_be_killed_again_and_again(killed, whole) -> None:
    for epoch in (4, 6):
        with pytest.raises(KeyboardInterrupt):
            fcnn.train(resume="killed", reporter=Killed(epoch))
    assert content(fcnn.train(resume="killed")) == content(whole)


def test_a_run_killed_while_its_files_were_written_is_finished(config, whole, monkeypatch) -> None:
    config["run"]["plots"] = True
    from fcnn.jobs import train as job

    def stop_here(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(job, "words_about", stop_here)  # the plots are drawn, the metrics not written
        with pytest.raises(KeyboardInterrupt):
            fcnn.train(config, run_dir="killed")
    assert Path("killed.partial", "plots", "roc.png").exists()
    *same, files = content(fcnn.train(resume="killed"))
    *wanted, files_without_plots = content(whole)
    assert same == wanted
    assert files == sorted([*files_without_plots, "plots"])


def test_a_run_that_lacks_nothing_but_its_name_gets_it(config, whole) -> None:
    shutil.copytree(str(whole.folder), "other.partial")
    Path("other.partial", "checkpoints").mkdir()
    resumed = fcnn.train(resume="other")
    assert (resumed.folder, content(resumed)) == (Path("other").absolute(), content(whole))


def test_a_complete_run_is_left_alone(whole) -> None:
    before = {path: path.stat().st_mtime_ns for path in whole.folder.rglob("*")}
    assert fcnn.train(resume=whole.folder).folder == whole.folder
    assert {path: path.stat().st_mtime_ns for path in whole.folder.rglob("*")} == before


def test_a_run_without_a_checkpoint_starts_over(config, whole_seeds) -> None:
    partial = kill(config, "killed", epoch=2, seeds=2)
    (partial / "checkpoints" / "001.npz").unlink()
    watcher = Killed(0)
    resumed = fcnn.train(resume="killed", reporter=watcher)
    assert watcher.epochs[0] == (1, 1)
    assert content(resumed) == content(whole_seeds)


def test_a_run_killed_before_its_first_word_needs_its_config(config, whole_seeds) -> None:
    Path("killed.partial").mkdir()
    with pytest.raises(RunError) as raised:
        fcnn.train(resume="killed")
    assert str(raised.value) == (
        f"{Path('killed.partial').absolute()}: the run was killed before it had written its config\n"
        "  hint: say which: fcnn train CONFIG --resume RUN"
    )
    assert content(fcnn.train(config, resume="killed", seeds=2)) == content(whole_seeds)


def test_callbacks_are_called_from_where_it_goes_on(config, whole_seeds) -> None:
    from fcnn.network.backend import keras

    class Watch(keras.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.told = []

        def on_train_begin(self, logs=None):
            self.told.append("begin")

        def on_epoch_end(self, epoch, logs=None):
            self.told.append(epoch)

    kill(config, "killed", epoch=5, number=2, seeds=2)
    watch = Watch()
    assert content(fcnn.train(resume="killed", callbacks=[watch])) == content(whole_seeds)
    assert watch.told == ["begin", 4, 5], "Keras counts from 0; the training that had ended is not told of again"


def test_seconds_before_the_kill_count(config) -> None:
    config["training"]["time_limit"] = 1000
    partial = kill(config, "killed", epoch=3)
    path = partial / "checkpoints" / "001.npz"
    with np.load(str(path)) as file:
        arrays = {name: file[name] for name in file.files}
    facts = {**json.loads(arrays["facts"].tobytes().decode()), "seconds": 1001.0}
    arrays["facts"] = np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8)
    np.savez(str(path), **arrays)
    resumed = fcnn.train(resume="killed")
    assert (resumed.metrics["stopped"], resumed.metrics["epochs"]) == ("time_limit", 2)
    assert resumed.metrics["seconds"] > 1001


# --- what does not fit ------------------------------------------------------------------------------------------------


def refused(error, *arguments, **options):
    """What is said of a run that does not go on; its folder stays as it was."""
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file() and path.name != "lock"}
    with pytest.raises(error) as raised:
        fcnn.train(*arguments, resume="killed", **options)
    assert {path: path.read_bytes() for path in before} == before
    return raised.value.problems


def test_a_config_that_means_something_else_is_refused_by_the_keys_that_differ(killed) -> None:
    problems = refused(ConfigError, killed, ["training.epochs=7", "network.layers=[8, 4]", "seed=3"])
    assert [(problem.expected, problem.received) for problem in problems if "layers" not in problem.where] == [
        ("6", "7"), ("42", "3"),
    ]  # fmt: skip
    assert [re.sub(r"override '|=.*", "", problem.where) for problem in problems] == [
        "network.layers", "training.epochs", "seed",
    ]  # fmt: skip
    assert {problem.message for problem in problems} == {"is not what the run was begun with"}
    assert {problem.hint for problem in problems} == {"leave the config out, or train without --resume"}


def test_the_same_config_and_overrides_of_it_go_on(killed) -> None:
    killed["run"]["dir"], killed["run"]["name"] = "elsewhere", "other"
    run = fcnn.train(killed, ["training.epochs=6"], resume=Path("killed.partial"))
    assert run.folder == Path("killed").absolute()
    assert run.config.run.name == "run", "the config of the run is that which it was begun with"


def test_overrides_alone_are_those_of_the_run(killed) -> None:
    (problem,) = refused(ConfigError, None, ["training.epochs=9"])
    assert (problem.expected, problem.received) == ("6", "9")
    assert fcnn.train(None, ["training.epochs=6"], resume="killed").metrics["epochs"] == 6


@pytest.mark.parametrize(
    ("options", "where", "message"),
    [
        pytest.param({"seeds": 3}, "--seeds 3", "the run was begun with neither --seeds nor --folds", id="seeds"),
        pytest.param({"folds": 3}, "--folds 3", "the run was begun with neither --seeds nor --folds", id="folds"),
        pytest.param({"run_dir": "x"}, "--run-dir", "a run that goes on has its folder and its name already", id="dir"),
        pytest.param({"name": "x"}, "--name", "a run that goes on has its folder and its name already", id="name"),
    ],
)
def test_options_that_the_run_has_not_are_refused(killed, options, where, message) -> None:
    (problem,) = refused(ConfigError, **options)
    assert (problem.where, problem.message) == (where, message)


def test_another_number_of_seeds_is_refused_and_the_same_goes_on(config) -> None:
    kill(config, "killed", seeds=2)
    (problem,) = refused(ConfigError, seeds=3)
    assert (problem.where, problem.message) == ("--seeds 3", "the run was begun with --seeds 2")
    assert fcnn.train(resume="killed", seeds=2).metrics["repeats"]["count"] == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            lambda path: path.write_text(path.read_text(encoding="utf-8") + "1,2,no\n", encoding="utf-8"),
            "is not the table that the run was trained on",
            id="another row",
        ),
        pytest.param(
            lambda path: path.write_text("a,b\n", encoding="utf-8"),
            "is not the table that the run was trained on",
            id="no table that could be read",
        ),
        pytest.param(lambda path: path.unlink(), "", id="gone"),
        pytest.param(
            lambda path: (path.unlink(), os.mkfifo(path)),
            "the table that the run was trained on cannot be read: is no plain file",
            id="a pipe, which nobody writes to",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the pipes of POSIX"),
        ),
    ],
)
def test_another_table_is_refused_by_its_name(config, shared, change, message) -> None:
    table = Path("mine.csv").absolute()
    shutil.copy(str(shared[0] / "table.csv"), str(table))
    config["data"]["path"] = "mine.csv"
    kill(config, "killed", epoch=2)
    change(table)
    with pytest.raises((DataError, ConfigError)) as raised:
        fcnn.train(resume="killed")
    problem = raised.value.problems[0]
    assert message in problem.message
    assert str(table) in str(problem)
    assert Path("killed.partial", "checkpoints", "001.npz").exists()


def test_a_config_that_was_changed_in_the_folder_is_refused(killed) -> None:
    path = Path("killed.partial", "config.yaml").absolute()
    path.write_text(path.read_text(encoding="utf-8").replace("epochs: 6", "epochs: 60"), encoding="utf-8")
    (problem,) = refused(RunError)
    assert (problem.where, problem.message) == (str(path), "was changed since the run began")


@pytest.mark.parametrize("generation", ["2.4.3", "3.15.0"])
def test_another_generation_of_keras_is_refused_and_another_version_is_told(killed, monkeypatch, generation) -> None:
    mine = resuming.versions_of_training()["keras"]
    monkeypatch.setattr(resuming, "versions_of_training", lambda: {"fcnn": fcnn.__version__, "keras": generation})
    if generation.partition(".")[0] == mine.partition(".")[0]:
        path = Path("killed.partial", "checkpoints", "begun.json")
        path.write_text(path.read_text(encoding="utf-8").replace(mine, f"{generation}9"), encoding="utf-8")
        run = fcnn.train(resume="killed")
        assert (
            f"warning: --resume: the run was begun with keras {generation}9, and goes on with {generation}: "
            "its last digits may differ\n"
        ) in (run.folder / "log.txt").read_text(encoding="utf-8")
    else:
        (problem,) = refused(RunError)
        assert problem.message == "the run was begun with another generation of Keras"
        assert (problem.expected, problem.received) == (mine, generation)


CHECKPOINT, BEFORE = "001.npz", "001.previous.npz"


def cut_off(path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def change_a_byte(path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage", [cut_off, change_a_byte, lambda path: path.write_bytes(b"")], ids=["cut off", "another bit", "empty"]
)
def test_where_the_last_checkpoint_is_damaged_the_one_before_it_is_taken(killed, whole, damage) -> None:
    folder = Path("killed.partial", "checkpoints").absolute()
    damage(folder / CHECKPOINT)
    watcher = Killed(3)
    with pytest.raises(KeyboardInterrupt):
        fcnn.train(resume="killed", reporter=watcher)
    assert watcher.epochs == [(1, 3)], "the epoch that only the damaged one had"
    log = Path("killed.partial", "log.txt").read_text(encoding="utf-8")
    assert f"warning: {folder / CHECKPOINT}: is damaged: " in log
    assert "hint: the checkpoint before it is taken: the epochs since then are trained again\nit goes on after" in log
    assert "it goes on after epoch 2\n" in log
    assert not (folder / BEFORE).exists(), "the damaged one, which is of no use"
    assert content(fcnn.train(resume="killed")) == content(whole)


def test_a_kill_between_two_renames_costs_an_epoch_and_no_word(killed, whole) -> None:
    Path("killed.partial", "checkpoints", CHECKPOINT).unlink()
    watcher = Killed(0)
    assert content(fcnn.train(resume="killed", reporter=watcher)) == content(whole)
    assert watcher.epochs[0] == (1, 3)
    assert "is damaged" not in Path("killed", "log.txt").read_text(encoding="utf-8")


def test_where_both_checkpoints_are_damaged_it_is_told_and_they_stay(killed) -> None:
    folder = Path("killed.partial", "checkpoints").absolute()
    cut_off(folder / CHECKPOINT)
    cut_off(folder / BEFORE)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(RunError) as raised:
        fcnn.train(resume="killed")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert str(raised.value) == (
        f"{folder / CHECKPOINT}: is damaged: File is not a zip file\n"
        f"  hint: delete {folder / '001*.npz'}: the training whose checkpoints they are then starts over"
    )
    for path in folder.glob("001*.npz"):
        path.unlink()
    assert fcnn.train(resume="killed").metrics["epochs"] == EPOCHS


def test_the_checkpoint_of_another_seed_is_refused(config) -> None:
    partial = kill(config, "killed", epoch=2, number=2, seeds=2)
    (partial / "checkpoints" / "002.npz").replace(partial / "checkpoints" / "001.npz")
    with pytest.raises(RunError, match=r"001\.npz: the seed differs\n  expected: 42\n  received: 43"):
        fcnn.train(resume="killed")


def test_the_latest_is_the_last_that_began_or_went_on_whatever_the_clock_said(config, shared) -> None:
    config["training"]["epochs"] = 2
    later = time.time() + 1e6  # the clock is set back after this one

    def began_later(run) -> None:
        for path in (run, *run.rglob("*")):
            os.utime(str(path), (later, later))

    first = kill(config, "runs/first", epoch=2)
    began_later(first)
    second = kill(config, "runs/second", epoch=2)
    assert find_begun("latest") == Path("runs/second").absolute()
    began_later(second)
    with pytest.raises(KeyboardInterrupt):
        fcnn.train(resume="first", reporter=Killed(2))
    assert find_begun("latest") == Path("runs/first").absolute()


def test_two_processes_do_not_go_on_with_the_same_run(killed) -> None:
    with NewRun(Path("killed"), again=True):
        (problem,) = refused(RunError)
        assert problem.message == "another process is writing this run"
    assert fcnn.train(resume="killed").metrics["epochs"] == EPOCHS


def test_neither_config_nor_run_is_an_error() -> None:
    with pytest.raises(ConfigError, match="there is no config\n  expected: a config, or a run to go on with"):
        fcnn.train()


# --- what stays where a run fails -------------------------------------------------------------------------------------


def test_a_disk_that_is_full_keeps_the_last_checkpoint(config, whole, monkeypatch) -> None:
    real, calls = saving.save, []

    def full_in_the_third_epoch(checkpoint, path):
        calls.append(path)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        real(checkpoint, path)

    monkeypatch.setattr(saving, "save", full_in_the_third_epoch)
    with pytest.raises(TrainingError) as raised:
        fcnn.train(config, run_dir="killed")
    run = Path("killed").absolute()
    assert str(raised.value) == (
        f"{run}.partial: cannot be written: No space left on device\n"
        f"{run}.partial: what was trained so far is kept\n  hint: to go on with it: fcnn train --resume {run}"
    )
    assert content(fcnn.train(resume="killed")) == content(whole)


def test_too_little_memory_keeps_the_last_checkpoint(config) -> None:
    with pytest.raises(TrainingError) as raised:
        fcnn.train(config, run_dir="killed", reporter=Killed(3, error=MemoryError))
    assert [problem.message for problem in raised.value.problems] == [
        "not enough memory to train 17 weights, 6.8e-08 GB and several times that",
        "what was trained so far is kept",
    ]
    assert fcnn.train(resume="killed").metrics["epochs"] == EPOCHS


@pytest.mark.parametrize(
    ("error", "stays"),
    [
        pytest.param(KeyboardInterrupt(), True, id="Ctrl-C"),
        pytest.param(ZeroDivisionError(), True, id="a callback that fails"),
        pytest.param(TrainingError(), False, id="a loss that explodes would do so again"),
    ],
)
@pytest.mark.parametrize("trained", [True, False], ids=["with a checkpoint", "without"])
def test_what_stays_where_a_run_fails(tmp_path, error, stays, trained) -> None:
    told = []
    reporter = Reporter()
    reporter.problem = told.append
    folder = NewRun(tmp_path / "b")

    def fail():
        with keeping(folder, reporter):
            (folder.partial / "checkpoints").mkdir()
            if trained:
                (folder.partial / "checkpoints" / "001.npz").write_bytes(b"")
            raise error

    with folder, pytest.raises(type(error)):
        fail()
    assert folder.partial.exists() == (stays and trained)
    assert len(told) == (1 if stays and trained and not isinstance(error, FcnnError) else 0)


# --- comparing configs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        pytest.param({"a": 1, "b": [1, {"c": 2}]}, {"a": 1, "b": [1, {"c": 2}]}, [], id="equal"),
        pytest.param({"a": 1}, {"a": 2}, [(("a",), 1, 2)], id="a value"),
        pytest.param({"a": [1, {"c": 2}]}, {"a": [1, {"c": 3}]}, [(("a", 1, "c"), 2, 3)], id="inside a list"),
        pytest.param({"a": [1]}, {"a": [1, 2]}, [(("a",), [1], [1, 2])], id="lists of other lengths"),
        pytest.param(
            {"a": {"x": 1}}, {"a": {"y": 1}}, [(("a",), {"x": 1}, {"y": 1})], id="mappings with other keys"
        ),
        pytest.param({"a": None}, {"a": {"x": 1}}, [(("a",), None, {"x": 1})], id="nothing and something"),
    ],
)  # fmt: skip
def test_differences_are_named_as_far_inside_as_they_go(then, now, found) -> None:
    assert list(differences(then, now)) == found


def test_begun_json_names_table_and_versions(killed, shared) -> None:
    begun = read_json(Path("killed.partial", "checkpoints", "begun.json"))
    assert begun["files"] == [{"path": str(shared[0] / "table.csv"), "sha256": begun["files"][0]["sha256"]}]
    assert set(begun["versions"]) == {"fcnn", "tensorflow", "keras", "numpy"}
    assert begun["repeats"] is None
