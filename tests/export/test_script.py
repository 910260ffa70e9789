"""The Keras script: it reaches the score of the run on the same rows."""

import ast
import re
import runpy
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs

import fcnn
from fcnn.data.header import read_header
from fcnn.export import script
from fcnn.export.subject import subject_of
from fcnn.jobs.export import _lesson, export_run

COLUMNS = "身高 (cm),sex,smoker,seen,y,kind,w"


def table(path: Path, rows: int = 150) -> Path:
    random = np.random.default_rng(5)
    lines = [COLUMNS]
    for row in range(rows):
        height, month = random.normal(170, 10), 1 + row % 12
        sex, smoker = ("男", "女", "NA")[row % 3], ("yes", "no", "")[row % 7 % 3]
        y = 0.9 * height + 3 * month + 5 * (sex == "男") + random.normal(0, 2)
        cell = "" if row % 10 == 0 else f"{height:.1f}"
        target = "" if row % 50 == 7 else f"{y:.2f}"
        lines.append(
            f"{cell},{sex},{smoker},20{18 + row % 5}-{month:02d}-{1 + row % 28:02d},{target},{'ab'[y > 172]},1"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def config(path: Path, **training):
    data = {"path": str(path), "target": "y", "drop": ["kind", "w"]}
    layers = [
        {"units": 8, "activation": "mish", "batch_normalization": True},
        {"units": 4, "l2": 0.001, "activation": "tanh", "bias_initializer": {"name": "random_normal", "stddev": 0.5}},
    ]
    options = {"epochs": 5, "batch_size": 16, "compile": "graph", "optimizer": {"name": "adam", "learning_rate": 0.05}}
    return {
        "data": data,
        "network": {"layers": layers},
        "training": {**options, **training},
        "run": {"plots": False},
        "report": {"importance": False},
        "diagnostics": False,
    }


def said_by(path: Path, monkeypatch, capsys) -> float:
    monkeypatch.setattr(sys, "argv", [str(path)])
    capsys.readouterr()
    runpy.run_path(str(path), run_name="__main__")
    found = re.search(r"epoch (\d+) of (\d+) is the best; \w+: (\S+)", capsys.readouterr().out)
    return int(found[1]), int(found[2]), float(found[3])


def test_a_regression_with_a_schedule_is_repeated(tmp_path, monkeypatch, capsys) -> None:
    schedule = {"name": "plateau", "patience": 2, "factor": 0.5}
    wanted = config(table(tmp_path / "people.csv"), learning_rate_schedule=schedule, clipnorm=1.0)
    run = fcnn.train(wanted, run_dir=tmp_path / "run")
    monkeypatch.setattr(script, "INLINE_ROWS", 100)
    done = export_run(str(run.folder), "script", tmp_path / "train.py")
    assert [path.name for path in done.paths] == ["train.py", "train.parts.txt"]
    found = said_by(tmp_path / "train.py", monkeypatch, capsys)
    assert found[:2] == (run.metrics["best_epoch"], run.metrics["epochs"])
    assert found[2] == pytest.approx(run.metrics["test"]["r2"], abs=2e-3)
    assert run.metrics["test"]["r2"] > 0.1


def test_classes_with_weights_and_early_stopping_are_repeated(tmp_path, monkeypatch, capsys) -> None:
    wanted = config(table(tmp_path / "people.csv"), class_weight="balanced", early_stopping={"patience": 3})
    wanted["data"] = {**wanted["data"], "target": "kind", "drop": ["y", "w"]}
    run = fcnn.train(wanted, run_dir=tmp_path / "run")
    export_run(str(run.folder), "script", tmp_path / "train.py")
    tree = ast.parse((tmp_path / "train.py").read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"os", "sys", "numpy", "pandas", "tensorflow"}
    found = said_by(tmp_path / "train.py", monkeypatch, capsys)
    assert found[:2] == (run.metrics["best_epoch"], run.metrics["epochs"])
    assert found[2] == pytest.approx(run.metrics["test"]["accuracy"], abs=1e-4)
    cannot_be_repeated(_lesson(run, subject_of(run)))


def cannot_be_repeated(lesson) -> None:
    """Fail where a script would be written all the same."""
    data, training = lesson.config.data, lesson.config.training
    headers = [read_header(path) for path in lesson.paths]
    weighted = structs.replace(lesson.config, data=structs.replace(data, weight="w"))
    warm = structs.replace(lesson.config, training=structs.replace(training, initial_weights="x"))
    design, network = lesson.design, lesson.design.architecture
    with_factors = replace(design, options=[replace(each, bias_factor=0.1) for each in design.options])
    curves = [structs.replace(layer, parametric=True) for layer in network.layers]
    with_curves = replace(design, architecture=structs.replace(network, layers=tuple(curves)))
    clipped = replace(design, architecture=structs.replace(network, clip=(-1.0, 1.0)))
    assert list(script.why_no_script(lesson, headers)) == []
    for changed, reason in [
        ({"config": weighted}, "the script has no sample weights"),
        ({"config": warm}, "the training started from the weights of another run"),
        ({"rows": 149}, "pandas reads 150 rows of the table, fcnn 149"),
        ({"design": with_factors}, "Keras has no layers whose weights are learnt with factors"),
        ({"design": with_curves}, "Keras has no parametric activations"),
        ({"design": clipped}, "Keras has no layer that clips outside training alone"),
    ]:
        assert list(map(str, script.why_no_script(replace(lesson, **changed), headers))) == [reason]


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"name": "linear"}, ""),
        ({"name": "leaky_relu", "negative_slope": 0.3}, "keras.layers.LeakyReLU(0.3)"),
        ({"name": "silu"}, 'keras.layers.Activation("swish")'),
        ({"name": "selu", "scale": 1.05, "alpha": 1.67}, 'keras.layers.Activation("selu")'),
        (
            {"name": "hard_sigmoid", "slope": 0.2, "offset": 0.5},
            "keras.layers.Activation(lambda z: tf.clip_by_value(0.2 * z + 0.5, 0.0, 1.0))",
        ),
    ],
    ids=lambda value: value["name"] if isinstance(value, dict) else "",
)
def test_an_activation_is_written_as_keras_knows_it(record, text: str) -> None:
    assert script._activation(record) == text
