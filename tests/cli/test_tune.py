"""``fcnn tune`` in the terminal."""

import io
import json
from pathlib import Path

import pytest

from fcnn.cli import tune_progress
from fcnn.report.study.facts import COMPLETE, PRUNED, Key, Trial

SEARCH = "search={training.optimizer.learning_rate: {low: 0.001, high: 0.1, log: true}}"
FAST = ["training.compile=eager", "report.importance=false"]


def test_a_search_prints_the_run_folder_last_and_leaves_a_study_beside_it(console, small) -> None:
    answer = console("tune", small, SEARCH, *FAST, "--trials", 2)
    assert answer.code == 0, answer.err
    assert answer.folder.parent.name == "runs"
    assert (answer.folder / "metrics.json").exists()
    study = Path("runs/small.tune")
    assert {path.name for path in study.iterdir()} == {"best.yaml", "log.txt", "study.db", "study.html"}
    assert answer.out.splitlines()[-2].startswith("best of 2 trials: number ")
    assert "  training.optimizer.learning_rate: {low: 0.001, high: 0.1, log: true}" in answer.err
    assert "the config as it is" in answer.err

    again = console("tune", small, SEARCH, *FAST, "--trials", 2, "--json")
    document = json.loads(again.out)
    assert document["run"] == str(answer.folder)
    assert document["trials"] == {"complete": 2, "pruned": 0, "failed": 0}
    assert "rmse" in document["metrics"]["test"]
    assert "the study goes on after 2 trials" in again.err
    quiet = console("tune", small, SEARCH, *FAST, "--trials", 2, "--quiet")
    assert (quiet.out, quiet.err) == (f"{answer.folder}\n", "")


def test_a_search_of_a_chinese_table_speaks_chinese(console, flats, monkeypatch) -> None:
    monkeypatch.setenv("FCNN_LANG", "zh")
    Path("房价.yaml").write_text(
        f"data: {{path: {flats.name}, target: 价格等级}}\nnetwork: {{layers: [4]}}\n"
        "training: {epochs: 2, compile: eager}\nrun: {plots: false}\nreport: {importance: false}\n"
        "search: {data.columns.楼层.type: [number, category]}\n",
        encoding="utf-8",
    )
    answer = console("tune", "房价.yaml", "--trials", 2)
    assert answer.code == 0, answer.err
    assert "试验 0" in answer.err
    page = Path("runs/房价.tune/study.html").read_text(encoding="utf-8")
    assert "data.columns.楼层.type" in page
    assert "各次试验" in page


WRONG = {
    "no trials": (["--trials", "0"], "error: --trials: this cannot be so many"),
    "no process": (["--jobs", "0"], "error: --jobs: this cannot be so many"),
    "no time": (["--time", "soon"], "error: --time: no length of time"),
    "no study": (["--study", "://"], "error: --study: this is no address of a database"),
    "a wrong range": (["search={training.epochs: {low: 3, high: 2}}"], "low must be below high"),
    "no validation": (["data.split.validation=0"], "no rows are for validation"),
    "a run folder in the way": (["--run-dir", "."], "is there already and not empty"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_before_anything_is_trained(console, small, words, message) -> None:
    answer = console("tune", small, *words)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
    assert "Traceback" not in answer.err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_the_live_table_shows_the_best_trials_and_the_last_one(monkeypatch) -> None:
    monkeypatch.setenv("FCNN_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")
    key = Key("training.optimizer.learning_rate", "")
    trials = [
        Trial(number, COMPLETE, {key.name: f"0.{number}"}, {}, 1.0 - number / 100, 2, 3) for number in range(1, 11)
    ]
    trials.append(Trial(11, PRUNED, {key.name: "0.99"}, {}, 5.0, 1, 1))
    rows = tune_progress._rows(trials)
    assert [trial.number for trial in rows] == [10, 9, 8, 7, 6, 5, 4, 3, 11]
    stream = Terminal()
    table = tune_progress.LiveTable(stream, [key], 20)
    table.update(trials)
    table.end()
    shown = stream.getvalue()
    assert "11 of 20 trials, 1 pruned, 0 failed" in shown
    assert "learning_rate" in shown
    assert "5 pruned" in shown
