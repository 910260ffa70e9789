"""Searching: which trials there are, what is kept of them, and what comes of the best."""

import re
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from fcnn.errors import ConfigError, RunError, TrainingError
from fcnn.jobs import fit
from fcnn.jobs.train import train
from fcnn.report.study.facts import COMPLETE, FAILED, INTERRUPTED, PRUNED
from fcnn.runs.lock import FolderLock
from fcnn.tuning import book, worker
from fcnn.tuning.outcome import rungs
from fcnn.tuning.page import write_study

from .conftest import RATE


def tried(trials):
    return [(trial.state, dict(trial.values), trial.loss) for trial in trials if trial.state != INTERRUPTED]


def test_a_study_that_was_interrupted_goes_on_with_the_trials_of_one_that_was_not(config, search, monkeypatch) -> None:
    whole = search(config, trials=4, name="whole", best=False)
    assert [trial.number for trial in whole.trials] == [0, 1, 2, 3]
    assert whole.trials[0].values == {}
    assert len({trial.loss for trial in whole.trials}) == 4

    part = search(config, trials=4, name="part", after=1)
    assert tried(part.trials) == tried(whole.trials[:2])
    assert part.run.metrics["epochs"] == 4, "the best so far is trained as a run"

    class Killed(BaseException):
        pass

    def killed(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:  # in the middle of a trial
        patch.setattr(fit, "train", killed)
        with pytest.raises(Killed):
            search(config, trials=4, name="part", best=False)
    rest = search(config, trials=4, name="part")
    assert [trial.state for trial in rest.trials].count(INTERRUPTED) == 1
    assert tried(rest.trials) == tried(whole.trials)

    again = search(config, trials=4, name="part")
    assert again.told.trials == []
    assert again.run.folder == rest.run.folder, "what is still the best was a run already"


def test_the_best_config_trains_to_the_same_bits_as_a_run_and_as_a_file(config, search) -> None:
    found = search(config, trials=3)
    best = min(found.trials, key=lambda trial: trial.loss)
    run = found.run
    assert best.loss < found.trials[0].loss
    assert float(run.history["val_loss"][best.best_epoch - 1]) == best.loss
    assert run.metrics["best_epoch"] == best.best_epoch
    assert "rmse" in run.metrics["test"]
    written = train(found.folder / "best.yaml", run_dir="again")
    assert list(written.history["val_loss"]) == list(run.history["val_loss"])
    with np.load(run.folder / "weights.npz") as one, np.load(written.folder / "weights.npz") as other:
        assert all(np.array_equal(one[name], other[name]) for name in one.files)
    assert "search: null" in (found.folder / "best.yaml").read_text(encoding="utf-8")


def test_no_trial_is_handed_the_test_rows_and_the_last_training_is(config, search, monkeypatch) -> None:
    handed = []
    original = fit.fit_network

    def watched(prepared, *arguments, **options):
        handed.append(sorted(prepared.dataset.parts))
        return original(prepared, *arguments, **options)

    monkeypatch.setattr(fit, "fit_network", watched)
    search(config, trials=2)
    assert handed == [["train", "validation"]] * 2 + [["test", "train", "validation"]]


def test_trials_that_fall_behind_are_pruned(config, search, monkeypatch) -> None:
    monkeypatch.setattr(book, "STARTUP", 1)
    config["training"]["epochs"] = 8
    config["search"] = {RATE: [0.05, 1e-7]}
    found = search(config, trials=5, best=False)
    pruned = [trial for trial in found.trials if trial.state == PRUNED]
    assert {trial.values[RATE] for trial in pruned} == {"1.0e-07"}
    assert {trial.epochs for trial in pruned} <= {1, 2, 4}
    assert {trial.epochs for trial in found.trials if trial.state == COMPLETE} == {8}


@pytest.mark.parametrize(
    ("epochs", "expected"), [(200, [25, 50, 100]), (16, [2, 4, 8]), (4, [1, 2]), (2, [1]), (1, [])]
)
def test_a_trial_is_compared_a_few_times(epochs, expected) -> None:
    assert rungs(epochs) == expected


def test_what_fails_is_kept_with_its_reason_and_the_search_goes_on(config, search, monkeypatch) -> None:
    monkeypatch.setattr("fcnn.tuning.search.write_study", write_study)
    config["search"] = {RATE: [1e30, 0.01]}
    found = search(config, trials=4, best=False)
    failed = [trial for trial in found.trials if trial.state == FAILED]
    assert {trial.values[RATE] for trial in failed} == {"1.0e+30"}
    assert all(re.match("the (validation )?loss became|a weight became", trial.reason) for trial in failed)
    assert found.trials[-1].number == 3
    page = (found.folder / "study.html").read_text(encoding="utf-8")
    assert failed[0].reason in page


def test_where_every_trial_fails_the_reasons_are_told(config, search) -> None:
    config["training"]["optimizer"] = {"name": "adam", "learning_rate": 1e30}
    config["search"] = {RATE: [1e30, 1e29]}
    with pytest.raises(TrainingError) as error:
        search(config, trials=3)
    assert error.value.problems[0].message == "no trial has come to its end: 3 have failed"
    assert len(error.value.problems) > 1


def test_not_enough_memory_is_a_reason_too(config, search, monkeypatch) -> None:
    def full(*_, **__):
        raise MemoryError

    monkeypatch.setattr(fit, "fit_network", full)
    with pytest.raises(TrainingError) as error:
        search(config, trials=1)
    assert [each.message for each in error.value.problems][1] == "not enough memory"


def test_another_config_or_another_table_is_another_study(config, search) -> None:
    search(config, trials=1, best=False)
    config["search"][RATE]["high"] = 0.2
    config["training"]["epochs"] = 3
    with pytest.raises(ConfigError) as error:
        search(config, trials=1)
    assert error.value.problems[0].message == (
        "this study was begun with another config: training.optimizer.learning_rate was "
        "'{low: 0.0001, high: 0.1, log: true}', and is '{low: 0.0001, high: 0.2, log: true}'; "
        "training.epochs was 4, and is 3"
    )
    assert error.value.problems[0].hint == "--study NAME begins another one"
    config["search"][RATE]["high"], config["training"]["epochs"] = 0.1, 4
    with Path("table.csv").open("a") as table:
        table.write("9,9,99\n")
    with pytest.raises(ConfigError, match="begun with another table: its files have changed since"):
        search(config, trials=1)
    assert search(config, trials=1, study="other", best=False).folder.name == "other.tune"


def test_keys_of_the_data_are_searched_on_the_same_rows(config, search) -> None:
    config["search"] = {"data.columns.b.type": ["number", "category"]}
    found = search(config, trials=4, best=False)
    parameters = {trial.values.get("data.columns.b.type", "as it is"): trial.parameters for trial in found.trials}
    assert parameters["number"] == parameters["as it is"] < parameters["category"]


def test_no_rows_for_validation_is_said_before_anything_is_trained(config, search) -> None:
    config["data"]["split"]["validation"] = 0
    with pytest.raises(ConfigError) as error:
        search(config, trials=1)
    assert error.value.problems[0].hint == "data.split.validation=0.15"
    assert not Path("runs").exists() or list(Path("runs").glob("*.tune")) == []


def test_a_second_process_on_the_same_file_is_refused(config, search) -> None:
    folder = Path("runs/a.tune")
    folder.mkdir(parents=True)
    lock = FolderLock(folder)
    with pytest.raises(RunError, match="another process works on this study"):
        search(config, trials=1)
    lock.release()


def test_a_file_that_is_no_study_is_refused(config, search) -> None:
    Path("runs/a.tune").mkdir(parents=True)
    Path("runs/a.tune/study.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(RunError, match="the study cannot be opened: file is not a database"):
        search(config, trials=1)


def test_a_study_that_is_damaged_while_it_is_searched_is_said_so(config, search, monkeypatch) -> None:
    original = fit.fit_network

    def damaging(prepared, *arguments, **options):
        with sqlite3.connect("runs/a.tune/study.db") as connection:
            connection.execute("DROP TABLE trial_user_attributes")
        connection.close()
        return original(prepared, *arguments, **options)

    monkeypatch.setattr(fit, "fit_network", damaging)
    with pytest.raises(TrainingError, match="the study's database does not answer: no such table"):
        search(config, trials=1)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql+nosuch://me:secret@localhost/x", "the study cannot be opened: Can't load plugin"),
        ("://x", "this is no address of a database"),
        ("sqlite:////no/such/folder/x.db", "the study cannot be opened: unable to open database file"),
    ],
)
def test_a_database_that_cannot_be_had_is_said_so_without_its_password(config, search, url, message) -> None:
    with pytest.raises((ConfigError, RunError), match=message) as error:
        search(config, trials=1, study=url)
    assert "secret" not in str(error.value)


def test_a_missing_driver_is_named_with_its_package(config, search) -> None:
    with pytest.raises(ConfigError) as error:
        search(config, trials=1, study="mysql+pymysql://me:secret@localhost/x")
    assert error.value.problems[0].hint == 'pip install "pymysql"'
    assert error.value.problems[0].received == "mysql+pymysql://me:***@localhost/x"


def test_a_study_in_a_database_by_url_is_kept_there(config, search, tmp_path) -> None:
    found = search(config, trials=2, study=f"sqlite:///{tmp_path / 'shared.db'}", best=False)
    assert (tmp_path / "shared.db").exists()
    assert not (found.folder / "study.db").exists()


def test_two_processes_train_on_one_study(config, search) -> None:
    alone = search(config, trials=1, name="alone", best=False)
    found = search(config, trials=3, jobs=2, name="both", best=False)
    assert [trial.state for trial in found.trials] == [COMPLETE] * 3
    assert found.trials[0].loss == alone.trials[0].loss, "the config as it is"
    assert len({trial.loss for trial in found.trials}) == 3


def test_a_process_that_dies_is_a_trial_that_failed(config, search, monkeypatch) -> None:
    monkeypatch.setattr(worker, "PROGRAM", "import sys; sys.exit(9)")
    with pytest.raises(TrainingError, match=r"its process ended with code 9: not enough memory\?"):
        search(config, trials=2, jobs=2)


def test_time_that_is_up_begins_no_trial(config, search) -> None:
    search(config, trials=1, best=False)
    assert len(search(config, seconds=1e-9, best=False).trials) == 1
