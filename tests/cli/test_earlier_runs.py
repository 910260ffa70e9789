"""Runs of both stacks and of every version that was released open in this one; scripts/make-run-fixtures made them."""

import csv
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.runs.record import NEWEST_FORMAT

RUNS = Path(__file__).resolve().parent.parent / "fixtures" / "runs"
PLACE = "/where/it/was/made"
MADE = sorted(str(path.parent.relative_to(RUNS).as_posix()) for path in RUNS.glob("*/*/data.json"))


@pytest.fixture(params=MADE)
def earlier(request, tmp_path):
    """A copy of a run, and the table it was made from where the run says it is."""
    return opened(request.param, tmp_path)


def opened(name, tmp_path):
    folder = tmp_path / "earlier"
    shutil.copytree(str(RUNS / name), str(folder))
    shutil.copy(str((RUNS / name).parent / "table.csv"), str(tmp_path))
    for file in ("config.yaml", "data.json"):
        text = (folder / file).read_text(encoding="utf-8")
        assert PLACE in text
        (folder / file).write_text(text.replace(PLACE, tmp_path.as_posix()), encoding="utf-8")
    return folder


def numbers(text, prefix):
    rows = list(csv.DictReader(io.StringIO(text)))
    names = [name for name in rows[0] if name.startswith(prefix)]
    return np.array([[float(row[name]) for name in names] for row in rows])


def test_both_stacks_of_the_released_version_are_there():
    versions = {name.partition("/")[0] for name in MADE}
    assert {"0.1.0-pinned", "0.1.0-current"} <= versions
    assert len(MADE) == 3 * len(versions)


def test_an_earlier_run_opens_and_says_what_it_said(earlier, console, tmp_path):
    expected = (earlier / "expected.csv").read_text(encoding="utf-8")
    answer = console("predict", earlier, "table.csv")
    assert answer.code == 0, answer.err
    is_quantity = earlier.joinpath("metrics.json").read_text(encoding="utf-8").find('"regression"') > 0
    prefix = "prediction" if is_quantity else "probability_"
    np.testing.assert_allclose(numbers(answer.out, prefix), numbers(expected, prefix), rtol=1e-5, atol=1e-6)
    if not is_quantity:
        found, wanted = (
            [row["prediction"] for row in csv.DictReader(io.StringIO(text))] for text in (answer.out, expected)
        )
        assert found == wanted

    answer = console("evaluate", earlier, "table.csv", "--json")
    assert answer.code == 0, answer.err
    scores = json.loads((earlier / "expected.json").read_text(encoding="utf-8"))
    assert json.loads(answer.out)["metrics"] == pytest.approx(scores, rel=1e-4)

    target = fcnn.load(earlier).record.target.name
    answer = console("show", earlier)
    assert answer.code == 0, answer.err
    assert f"target {target}\n" in answer.out
    answer = console("report", earlier, "--lang", "zh")
    assert answer.code == 0, answer.err
    assert target in (earlier / "report.html").read_text(encoding="utf-8")


def test_earlier_runs_of_both_stacks_are_compared_and_traced(console, tmp_path):
    name = next(name for name in MADE if name.endswith("pinned/classes"))
    first = opened(name, tmp_path)
    second = tmp_path / "runs" / "other"
    shutil.copytree(str(RUNS / name.replace("pinned", "current")), str(second))
    answer = console("compare", first, second)
    assert answer.code == 0, answer.err
    answer = console("trace", first, "--row", 3)
    assert answer.code == 0, answer.err


def test_an_earlier_run_is_an_estimator(earlier):
    kind = fcnn.FcnnRegressor if fcnn.load(earlier).record.target.task == "regression" else fcnn.FcnnClassifier
    assert kind.load(earlier).n_features_in_ == 5


def test_a_run_of_a_later_version_is_refused_with_a_sentence(console, tmp_path):
    folder = opened(MADE[0], tmp_path)
    text = (folder / "data.json").read_text(encoding="utf-8")
    (folder / "data.json").write_text(text.replace('"format": 1', '"format": 3'), encoding="utf-8")
    answer = console("predict", folder, "table.csv")
    assert answer.code == 2
    assert f"a run of format 3, and this fcnn ({fcnn.__version__}) knows formats up to {NEWEST_FORMAT}" in answer.err
    assert "a newer fcnn wrote it" in answer.err
    assert "hint: pip install -U fcnn" in answer.err
