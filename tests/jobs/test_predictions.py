"""predictions.csv: each row that the network was judged by, with the line of its file."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import fcnn
from fcnn.errors import RunError
from fcnn.evaluation.bootstrap import classification_intervals
from fcnn.evaluation.metrics import classification_metrics, regression_metrics
from fcnn.jobs import predictions
from fcnn.runs import predictions as reading
from fcnn.runs.folder import PREDICTIONS
from fcnn.runs.predictions import read_predictions

SHORT = ["training.epochs=2"]
AWKWARD = ["NA", '"a", b\n<b>', "中文\u3000x", "-"]


def records(run):
    with (run.folder / PREDICTIONS).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_scores_agree(run, part):
    read = read_predictions(run.folder, run.record.target.classes)
    if run.record.target.classes:
        scores = classification_metrics(read.truth, read.probabilities, run.record.target.classes, read.weight)
    else:
        scores = regression_metrics(read.truth, read.prediction, read.weight)
    assert scores == run.metrics[part]
    return read


def test_each_test_row_has_its_line_truth_and_prediction(rare):
    run = fcnn.train(rare, SHORT)
    table = Path("rare.csv").read_text(encoding="utf-8").splitlines()
    found = records(run)
    assert list(found[0]) == ["row", "line", "truth", "prediction", "probability_no", "probability_yes"]
    assert len(found) == run.record.rows["test"]
    assert [int(record["row"]) for record in found] == sorted(int(record["row"]) for record in found)
    for record in found:
        assert int(record["line"]) == int(record["row"]) + 2
        assert table[int(record["line"]) - 1].endswith(f",{record['truth']}")
    frame = pd.read_csv("rare.csv").iloc[[int(record["row"]) for record in found]]
    again = run.predict(frame)
    assert [record["prediction"] for record in found] == again["prediction"].tolist()
    assert [float(record["probability_yes"]) for record in found] == again["probability_yes"].tolist()
    assert_scores_agree(run, "test")


@pytest.mark.parametrize(
    ("split", "part"),
    [("{test: 0}", "validation"), ("{validation: 0, test: 0}", "train")],
    ids=["no test part", "only training rows"],
)
def test_without_a_test_part_they_are_the_rows_that_the_metrics_are_of(rare, split, part):
    run = fcnn.train(rare, [*SHORT, f"data.split={split}"])
    assert len(assert_scores_agree(run, part).row) == run.record.rows[part]


def test_a_regression_has_numbers_and_weights_that_read_back_exactly(rare):
    lines = Path("rare.csv").read_text(encoding="utf-8").splitlines()
    weighted = [f"{line},{1 + index % 3 / 10}" for index, line in enumerate(lines[1:])]
    Path("rare.csv").write_text("\n".join([f"{lines[0]},w", *weighted, ""]), encoding="utf-8")
    run = fcnn.train(rare, [*SHORT, "data.target=b", "data.task=regression", "data.weight=w"])
    assert list(records(run)[0]) == ["row", "line", "truth", "prediction", "weight"]
    assert_scores_agree(run, "test")


@pytest.mark.parametrize(
    "memory",
    ["auto", 1],
    ids=[
        "in memory",
        "on the disk",
    ],
)
def test_lines_are_those_of_their_files_whatever_lies_between_them(rare, memory):
    """A cell of two lines, blank lines, rows without a target, two files; the second time the table is read again."""
    rows = Path("rare.csv").read_text(encoding="utf-8").splitlines()[1:]
    Path("more").mkdir()
    Path("more/1.csv").write_text(
        "\n".join(
            [
                "a,b,t,y",
                '1,2,"two\nlines",no',
                *(f"{','.join(row.split(',')[:2])},x,{row.split(',')[2]}" for row in rows[:90]),
                "",
            ]
        ),
        encoding="utf-8",
    )
    Path("more/2.csv").write_text(
        "\n".join(
            [
                "a,b,t,y",
                "",
                "1,2,x,",
                *(f"{','.join(row.split(',')[:2])},x,{row.split(',')[2]}" for row in rows[90:]),
                "",
            ]
        ),
        encoding="utf-8",
    )
    rare["data"].update(path=["more/1.csv", "more/2.csv"], memory=memory)
    texts = {name: Path(f"more/{name}").read_text(encoding="utf-8").split("\n") for name in ("1.csv", "2.csv")}
    seen = []
    for _ in range(2):
        found = records(fcnn.train(rare, SHORT))
        assert {record["file"] for record in found} == set(texts)
        for record in found:
            assert texts[record["file"]][int(record["line"]) - 1].rpartition(",")[2] == record["truth"]
        seen.append(found)
    assert seen[0] == seen[1]
    assert len(list(Path("runs/.cache").glob("*/dataset.json"))) == (memory == 1)


def test_files_of_one_name_are_told_apart_by_their_folders(rare):
    rows = Path("rare.csv").read_text(encoding="utf-8").splitlines()
    for name, part in (("one", rows[1:101]), ("two", rows[101:])):
        Path(name).mkdir()
        Path(name, "t.csv").write_text("\n".join([rows[0], *part, ""]), encoding="utf-8")
    run = fcnn.train(rare, [*SHORT, "data.path=[one/t.csv, two/t.csv]"])
    assert {record["file"] for record in records(run)} == {
        str(Path(name, "t.csv").absolute()) for name in ("one", "two")
    }


def test_awkward_class_names_read_back(rare):
    with Path("awkward.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("a", "b", "y"), *((row % 7, row % 5, AWKWARD[row % 4]) for row in range(80))])
    run = fcnn.train(rare, [*SHORT, "data.path=awkward.csv", "data.missing=[]", "data.task=multiclass"])
    assert set(run.record.target.classes) == set(AWKWARD)
    assert_scores_agree(run, "test")


def test_of_very_many_cells_some_rows_are_written_chosen_by_the_seed(rare, monkeypatch):
    whole = records(fcnn.train(rare, SHORT))
    monkeypatch.setattr(predictions, "WRITTEN_CELLS", 60)
    monkeypatch.setattr(predictions, "AT_ONCE", 4)
    run = fcnn.train(rare, SHORT)
    some = records(run)
    assert len(some) == 10
    assert [record for record in whole if record in some] == some
    assert records(fcnn.train(rare, SHORT)) == some
    log = (run.folder / "log.txt").read_text(encoding="utf-8")
    assert f"predictions.csv: 10 of {len(whole)} scored rows, chosen at random by the seed" in log


HARM = {
    "a column gone": (lambda text: text.replace("truth", "t", 1), "no 'truth' in it"),
    "no number": (lambda text: text.replace(",no,", ",no,x", 1), "cannot be read"),
    "another class": (lambda text: text.replace(",no,", ",perhaps,", 1), "'perhaps' is no class of this run"),
    "empty": (lambda text: "", "no 'row' in it"),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    text = "row,line,truth,prediction,probability_no,probability_yes\n0,2,no,no,0.75,0.25\n3,5,yes,no,0.5,0.5\n"
    (folder / PREDICTIONS).write_text(text, encoding="utf-8")
    return folder


def test_the_file_is_read_as_codes_and_numbers(written):
    read = read_predictions(written, ("no", "yes"))
    assert read.row.tolist() == [0, 3]
    assert read.line.tolist() == [2, 5]
    assert read.truth.tolist() == [0, 1]
    assert read.prediction.tolist() == [0, 0]
    np.testing.assert_array_equal(read.probabilities, [[0.75, 0.25], [0.5, 0.5]])
    assert read.file is None
    assert read.weight is None


def test_a_long_file_is_read_in_pieces(written, monkeypatch):
    whole = read_predictions(written, ("no", "yes"))
    monkeypatch.setattr(reading, "AT_ONCE", 1)
    pieces = read_predictions(written, ("no", "yes"))
    for name in ("row", "line", "truth", "prediction", "probabilities"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(pieces, name))


def test_a_run_that_is_older_than_the_file_has_none(tmp_path):
    assert read_predictions(tmp_path, ("no", "yes")) is None


@pytest.mark.parametrize(("harm", "words"), HARM.values(), ids=HARM)
def test_a_damaged_file_is_an_error_that_names_it(written, tmp_path, harm, words):
    (tmp_path / PREDICTIONS).write_text(harm((written / PREDICTIONS).read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RunError, match=words) as caught:
        read_predictions(tmp_path, ("no", "yes"))
    assert PREDICTIONS in str(caught.value)


def test_metrics_have_the_intervals_of_the_part_that_counts(rare):
    run = fcnn.train(rare, SHORT)
    assert list(run.metrics["confidence"]) == ["test"]
    for name, (low, high) in run.metrics["confidence"]["test"].items():
        assert low <= run.metrics["test"][name] <= high
    read = read_predictions(run.folder, run.record.target.classes)
    again = classification_intervals(read.truth, read.probabilities, None, run.metrics["test"], run.config.seed)
    assert {name: list(ends) for name, ends in again.items()} == run.metrics["confidence"]["test"]
