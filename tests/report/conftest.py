"""Runs whose pages are looked at: each is trained once, for as long as it takes to have all its files."""

import csv
import json
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.jobs.report import _texts
from fcnn.report.page.facts import read_facts
from fcnn.report.page.render import render

SCRIPT = "<script>alert(1)</script>"
HOSTILE = (SCRIPT, '"><img src=x onerror=alert(1)>', "企鹅的种类", "‏עברית", "long " + "x" * 195, "a & b", "{{ 7*7 }}")
"""Names that a page must show as they are."""


def train(folder, rows, header, name, **config):
    """A run of a few epochs on rows written into a file."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    job = {
        "data": {"path": str(folder / f"{name}.csv"), "target": header[-1], **config.pop("data", {})},
        "network": {"layers": config.pop("layers", [4])},
        "training": {"epochs": 3},
        "run": {"plots": False},
        "report": {"language": "en"},
    }
    return fcnn.train(job, run_dir=folder / name, **config).folder


@pytest.fixture(scope="session")
def trained(made_once):
    """Run folders by name: two classes; 40 classes with names that nobody has, by two seeds; a linear regression."""
    return made_once("pages", train_all)


def train_all(folder):
    random = np.random.default_rng(0)
    numbers = random.normal(size=(300, 2)).round(3)
    two = [(a, "" if place % 9 == 0 else b, "yes" if a + b > 0 else "no") for place, (a, b) in enumerate(numbers)]
    names = [*HOSTILE, *(f"class {number}" for number in range(40 - len(HOSTILE)))]
    many = [(number % 40 + a / 9, b, names[number % 40]) for number, (a, b) in enumerate(np.tile(numbers, (2, 1)))]
    price = [(a, b, round(3 * a - b, 4)) for a, b in numbers]
    return {
        "two": train(folder, two, ["a", "b", "y"], "two"),
        "many": train(folder, many, [SCRIPT, "b", f"target {SCRIPT}"], "many", seeds=2),
        "number": train(folder, price, ["a", "b", "y"], "number", layers=[], data={"split": {"test": 0}}),
        "only": train(
            folder, two, ["a", "b", "y"], "only", layers=[3] * 14, data={"split": {"validation": 0, "test": 0}}
        ),
    }


@pytest.fixture
def copied(trained, tmp_path):
    """A copy of such a run that a test may change: one without a receipt, which would refuse what was changed."""

    def copy(name, receipt=False):
        ignored = None if receipt else shutil.ignore_patterns("receipt.json")
        return Path(shutil.copytree(str(trained[name]), str(tmp_path / name), ignore=ignored))

    return copy


@pytest.fixture
def page(trained):
    """The text of a run's page: ``page("two")``, or of a folder, in a language."""

    def text(run, language="en"):
        folder = trained[run] if isinstance(run, str) else run
        return render(read_facts(folder), _texts(language), language)

    return text


def add_measured(run):
    """What other commands write: diagnostics.csv, importance.csv, a verdict and a picture."""
    epochs = [["epoch", "layer", "activation", "units", "gradient_norm", "update_ratio", "dead_share"]]
    epochs += [[epoch, layer, "relu", 4, 0.5 / epoch, 1e-3, ""] for epoch in (1, 2, 3) for layer in (1, 2)]
    write(run / "diagnostics.csv", epochs)
    rows = [["feature", "importance", "std", "repeat_1"], ["a", 0.25, 0.03, 0.25], [SCRIPT, -0.01, 0.02, -0.01]]
    write(run / "importance.csv", rows)
    metrics = json.loads((run / "metrics.json").read_text(encoding="utf-8"))
    said = {"problem": {
        "message": {"say": "1 row has no target and is left out", "values": {}}, "where": "", "expected": "",
        "received": "", "hint": {"say": "try again", "values": {}}, "severity": "warning",
    }}  # fmt: skip
    metrics["verdicts"] = [
        {"kind": "x", "severity": "warning", "message": "1 row has no target and is left out", "hint": "try again",
         "remedy": ["training.epochs=9"], "evidence": {}, "said": said},
        {"severity": "note", "message": "of an older run", "hint": ""},
    ]  # fmt: skip
    (run / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    (run / "plots").mkdir(exist_ok=True)
    (run / "plots" / "decision_surface.png").write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(20))


def make_older(run):
    """What an earlier version of fcnn left: without predictions and intervals, and without sentences to translate."""
    for name in ("predictions.csv", "diagnostics.csv", "importance.csv"):
        (run / name).unlink()
    for name, keys in (("metrics.json", ("confidence", "scored_rows", "importance")), ("data.json", ("said",))):
        content = json.loads((run / name).read_text(encoding="utf-8"))
        for key in keys:
            del content[key]
        for verdict in content.get("verdicts", ()):
            for key in ("kind", "remedy", "evidence", "said"):
                del verdict[key]
        (run / name).write_text(json.dumps(content), encoding="utf-8")
    text = (run / "config.yaml").read_text(encoding="utf-8")
    before = re.sub(r"^report:\n(  .*\n)+", "", text, flags=re.MULTILINE)
    assert "language" in text
    assert "language" not in before
    (run / "config.yaml").write_text(before, encoding="utf-8")


def stretch(run, epochs):
    """A history of so many epochs."""
    values = np.exp(-np.arange(epochs) / epochs * 8)
    rows = [["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate", "seconds"]]
    rows += [[epoch, v, 1 - v, v + 0.01, 1 - v, 1e-3 * v, 0.1] for epoch, v in enumerate(values.tolist(), 1)]
    write(run / "history.csv", rows)
    metrics = json.loads((run / "metrics.json").read_text(encoding="utf-8"))
    metrics.update(epochs=epochs, best_epoch=epochs - 7)
    (run / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.fixture(scope="session")
def changes():
    """Ways to change a copied run."""
    return {"measured": add_measured, "older": make_older, "long": lambda run: stretch(run, 3000)}
