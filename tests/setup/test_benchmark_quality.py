"""scripts/benchmark quality: tables, splits, scores, and what is kept; on tables of data/, little is trained."""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import log_loss, roc_auc_score
from threadpoolctl import threadpool_limits

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts" / "benchmarks"

sys.path.append(str(SCRIPTS))
import quality  # noqa: E402
import quality_competitors as competitors  # noqa: E402
import quality_scores as scores  # noqa: E402
import quality_tables as tables  # noqa: E402

sys.path.remove(str(SCRIPTS))

IRIS = tables.Entry("iris", "data/iris.csv", "species", "multiclass", "data/README.md", {})
PENGUINS = tables.Entry(
    "penguins", "data/penguins.csv", "body_mass_g", "regression", "data/README.md", {"rowid": "counts the rows"}
)


@pytest.fixture
def cache(tmp_path):
    """A cache that has nothing yet."""
    return tmp_path / "cache"


# --- scores ---------------------------------------------------------------------------------------------------------


def test_a_score_is_0_for_the_constant_and_1_for_the_best_and_never_below_0():
    found = scores.normalised({"constant": 0.5, "a": 0.1, "b": 0.3, "c": 0.6})
    assert found == pytest.approx({"constant": 0.0, "a": 1.0, "b": 0.5, "c": 0.0})


def test_where_nobody_is_better_than_the_constant_all_who_equal_it_have_1():
    assert scores.normalised({"constant": 0.2, "a": 0.2}) == {"constant": 1.0, "a": 1.0}


def test_equal_errors_share_their_ranks():
    assert scores.ranks({"a": 0.2, "b": 0.1, "c": 0.2, "d": 0.3}) == {"a": 2.5, "b": 1.0, "c": 2.5, "d": 4.0}


def test_errors_of_two_classes_are_those_of_scikit_learn():
    truth = np.array(["no", "yes", "yes", "no", "yes"], object)
    positive = np.array([0.2, 0.9, 0.4, 0.4, 0.6])
    output = np.column_stack([1 - positive, positive])
    found = scores.errors("binary", truth, ["no", "yes"], output)
    assert found["error"] == pytest.approx(1 / 5)
    assert found["auc_loss"] == pytest.approx(1 - roc_auc_score(truth == "yes", positive))
    assert found["log_loss"] == pytest.approx(log_loss(truth, output))


def test_errors_of_numbers():
    found = scores.errors("regression", np.array([1.0, 2.0, 3.0]), None, np.array([1.0, 4.0, 1.0]))
    assert found == pytest.approx({"rmse": (8 / 3) ** 0.5, "mae": 4 / 3})


def test_predictions_that_are_not_finite_are_an_error():
    with pytest.raises(ValueError, match="finite"):
        scores.errors("regression", np.array([1.0, 2.0]), None, np.array([1.0, np.nan]))


def result(table, competitor, error, split=0, repeat=0):
    """A line as the cache has it."""
    errors = {"error": error, "rmse": error}
    return {
        **{"table": table, "split": split, "repeat": repeat, "competitor": competitor},
        **{"errors": errors, "seconds": 2.0, "processor": 3.0, "start": 4.0},
    }


def test_a_table_counts_where_everybody_has_all_of_its_splits():
    tasks = {"iris": "multiclass", "penguins": "regression"}
    results = [
        *(result("iris", "constant", 0.6, split) for split in (0, 1)),
        *(result("iris", "a", 0.1, split) for split in (0, 1)),
        result("iris", "b", 0.2, 0),
        result("iris", "b", 0.6, 1),
        *(result("penguins", name, 5.0, split) for name in ("constant", "a") for split in (0, 1)),
        result("penguins", "b", 1.0, 1),
    ]
    found = scores.compare(results, ["constant", "a", "b"], tasks, 2)
    assert found.incomplete == {"penguins": ["b"]}
    assert found.scores == {"iris": pytest.approx({"constant": 0.0, "a": 1.0, "b": 0.4})}
    assert found.tables == {"iris": pytest.approx({"constant": 0.6, "a": 0.1, "b": 0.4})}
    assert found.standings["b"] == pytest.approx(scores.Standing(0.4, 2.0, 0, 4.0, 2.0, 3.0, 4.0))
    page = scores.page(found, tasks, 2, ["b"])
    assert "1 tables, 2 splits of each" in page
    assert "| iris (wrong) | 0.6000 | **0.1000** | 0.4000 |" in page
    assert "| a | 0 | 0 | 1 |" in page


# --- tables ---------------------------------------------------------------------------------------------------------


def test_every_table_of_the_list_says_why_a_column_is_dropped_and_is_there_once():
    entries = tables.read_list()
    assert len(entries) >= 14
    assert len({(entry.package, entry.member) for entry in entries.values()}) == len(entries)
    assert {entry.task for entry in entries.values()} == set(scores.JUDGED)
    assert all(isinstance(reason, str) for entry in entries.values() for reason in entry.drop.values())
    assert {entry.package for entry in entries.values() if entry.package} == set(tables.versions())


def test_a_split_has_each_row_once_and_of_each_class_its_share(cache):
    path = tables.build(IRIS, cache)
    for split in range(tables.SPLITS):
        parts = tables.read_table(path, IRIS.task, split).parts
        assert {part: len(rows) for part, rows in parts.items()} == {"train": 90, "validation": 30, "test": 30}
        assert set(parts["test"]["species"].value_counts()) == {10}
        together = pd.concat(parts.values()).sort_values(list(parts["test"])).reset_index(drop=True)
        everything = tables.clean(pd.read_csv(SCRIPTS.parents[1] / IRIS.member), IRIS)
        expected = everything.sort_values(list(parts["test"])).reset_index(drop=True)
        pd.testing.assert_frame_equal(together, expected, check_dtype=False)


def test_splits_differ_and_are_the_same_each_time(cache):
    frame = pd.read_csv(tables.build(IRIS, cache))
    again = pd.read_csv(tables.build(IRIS, cache / "other"))
    assert (frame["split_0"] == again["split_0"]).all()
    assert (frame["split_0"] != frame["split_1"]).any()


def test_a_table_is_cleaned():
    frame = pd.DataFrame(
        {
            "id": [1, 2, 3, 4, 5, 6],
            "y": ["a", "b", "a", None, "b", "rare"],
            "zone": [3, 4, 3, 3, 3, 4],
            "job": [" cook", "?", "", "cook", None, "cook"],
        }
    )
    entry = tables.Entry("t", "t.csv", "y", "multiclass", "here", {"id": "counts"}, categories=["zone"], rare=2)
    found = tables.clean(frame, entry)
    assert list(found) == ["zone", "job", "y"]
    assert found["zone"].tolist() == ["zone 3", "zone 4", "zone 3", "zone 3"]
    assert found["job"].fillna("-").tolist() == ["cook", "-", "-", "-"]
    assert found["y"].tolist() == ["a", "b", "a", "b"]


def test_a_column_of_the_list_that_is_not_there_is_named():
    with pytest.raises(SystemExit, match=r"iris: no column colour in data/iris\.csv"):
        tables.clean(pd.DataFrame({"species": ["a"]}), IRIS._replace(drop={"colour": "leaks"}))


def test_another_description_is_another_table():
    assert IRIS.digest == tables.Entry(*IRIS).digest
    assert IRIS.digest != IRIS._replace(drop={"sepal_length": "leaks"}).digest


# --- competitors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", [IRIS, PENGUINS], ids=lambda entry: entry.name)
@pytest.mark.parametrize("name", ["linear", "scikit-learn MLP", "HistGradientBoosting", "fcnn"])
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_competitor_is_better_than_the_constant(entry, name, cache):
    config = {
        "network": {"layers": [16]},
        "training": {"epochs": 5, "optimizer": {"name": "adam", "learning_rate": 0.03}},
    }
    table = tables.read_table(tables.build(entry, cache), entry.task, 0)
    rows = table.parts["test"]
    error = {}
    with threadpool_limits(1):  # threads of OpenMP that wait for each other take seconds on a busy machine
        for each in ("constant", name):
            predict = competitors.competitor(each, config if each == "fcnn" else None)(table, 1)
            found = scores.errors(entry.task, rows[table.target].to_numpy(), *predict(rows))
            error[each] = found[scores.JUDGED[entry.task]]
    assert error[name] < error["constant"]


def test_fcnn_is_given_the_rows_of_the_split_and_the_columns_of_the_table(cache):
    table = tables.read_table(tables.build(PENGUINS, cache), PENGUINS.task, 2)
    config = competitors.with_data({"data": {"scaler": "robust"}, "diagnostics": True}, table, 7)
    assert config["seed"] == 7
    assert config["diagnostics"] is True
    assert config["data"]["scaler"] == "robust"
    assert config["data"]["split"] == {"method": "column", "column": "split_2"}
    assert config["data"]["features"] == table.features
    assert not {"rowid", "body_mass_g", "split_0"} & set(table.features)


# --- a run ----------------------------------------------------------------------------------------------------------


class Interrupted(Exception):
    """Whatever ends a run early."""


@pytest.fixture
def asked(monkeypatch):
    """What is trained, here and not in a process of its own; `asked.most` so many trainings end the run."""

    class Asked(list):
        most = 99

    found = Asked()

    def trained(name, config, jobs, paths, python):
        fit = competitors.competitor("constant" if config else name, None)
        for job in jobs:
            if len(found) >= found.most:
                raise Interrupted
            found.append((name, *job))
            told = quality.answer(fit, *paths[job.table], job.split, job.repeat)
            yield job, {**told, "start": 0.0}

    monkeypatch.setattr(quality, "trained", trained)
    monkeypatch.setattr(quality, "read_list", lambda: {"iris": IRIS, "penguins": PENGUINS})
    return found


def options(cache, *arguments):
    """As the command line gives them."""
    parser = argparse.ArgumentParser()
    quality.add_options(parser)
    return argparse.Namespace(**{**vars(parser.parse_args([*arguments, "--cache", str(cache)])), "repeats": 1})


def kept(cache):
    """The file of results of this stack."""
    (path,) = cache.glob("results-*.jsonl")
    return path


def test_an_interrupted_run_goes_on(asked, cache, capsys):
    asked.most = 3
    arguments = ("--splits", "2", "--competitors", "linear")
    with pytest.raises(Interrupted):
        quality.run(options(cache, *arguments))
    asked.most = 99
    with kept(cache).open("a") as file:
        file.write('{"table": "iris", "spl')  # the machine went down while this was written
    assert quality.run(options(cache, *arguments)) == 0
    jobs = [(table, split, 0) for table in ("iris", "penguins") for split in (0, 1)]
    assert asked == [(name, *job) for name in ("constant", "linear") for job in jobs]
    assert "| linear | 1.000 | 1.00 | 2 |" in capsys.readouterr().out
    assert quality.run(options(cache, *arguments)) == 0
    assert len(asked) == 8


def test_a_changed_config_is_trained_again(asked, cache, tmp_path):
    file = tmp_path / "own.yaml"
    for units in (8, 8, 16):
        file.write_text(f"network: {{layers: [{units}]}}\n")
        given = ("--tables", "iris", "--splits", "1", "--config", f"own={file}")
        assert quality.run(options(cache, *given, "--competitors", "constant")) == 0
    assert asked == [("constant", "iris", 0, 0), ("own", "iris", 0, 0), ("own", "iris", 0, 0)]


def test_what_fails_is_told_and_the_next_is_trained(asked, cache, monkeypatch, capsys):
    monkeypatch.setitem(competitors.OTHERS, "linear", lambda: lambda table, seed: 1 / 0)
    assert quality.run(options(cache, "--splits", "1", "--competitors", "linear")) == 1
    told = capsys.readouterr()
    assert told.err.count("FAILED: linear") == 2
    assert "ZeroDivisionError" in told.err
    lines = kept(cache).read_text().splitlines()
    assert [json.loads(line)["competitor"] for line in lines] == ["constant", "constant"]


def test_what_wants_another_environment_is_skipped_loudly(asked, cache, capsys):
    assert quality.run(options(cache, "--splits", "1", "--competitors", "realmlp-td-s")) == 1
    assert "SKIPPED: realmlp-td-s, 2 trainings, wants --realmlp PYTHON" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--competitors", "liner"], "no competitor liner; there are constant, linear"),
        (["--config", "own.yaml"], r"--config wants NAME=FILE, not own\.yaml"),
    ],
    ids=["competitor", "config"],
)
def test_what_is_not_there_is_named(asked, cache, arguments, message):
    with pytest.raises(SystemExit, match=message):
        quality.run(options(cache, *arguments))
