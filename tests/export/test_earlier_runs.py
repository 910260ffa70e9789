"""Runs that either stack trained, of every version that was released, in the formats that this stack writes."""

import csv
import runpy
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd
import pytest

import fcnn
from fcnn.errors import RunError
from fcnn.export.subject import subject_of
from fcnn.jobs.export import export_run
from fcnn.network import backend

RUNS = Path(__file__).resolve().parent.parent / "fixtures" / "runs"
MADE = sorted(path.parent.relative_to(RUNS).as_posix() for path in RUNS.glob("*/*/data.json"))
CLASSES = [name for name in MADE if name.endswith("/classes")]


@pytest.fixture
def rows_of():
    """`rows_of(name)`: the table of a run, as text."""
    return lambda name: pd.read_csv(RUNS / name / ".." / "table.csv", dtype=str, keep_default_na=False)


@pytest.fixture
def expected():
    """`expected(name)`: what Keras predicted when the run was made."""
    return lambda name: pd.read_csv(RUNS / name / "expected.csv")


def raw_columns(name, frame, dates_as_days=False):
    """The raw columns as graphs take them: float64, or text."""
    raw = {}
    for column in subject_of(fcnn.load(RUNS / name)).columns:
        cells = frame[column.name]
        if column.kind == "number":
            cells = cells.str.rstrip("%").replace("", "nan").astype(float)
        elif column.kind == "date" and dates_as_days:
            cells = (pd.to_datetime(cells) - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)
        raw[column.name] = cells.to_numpy(float if cells.dtype.kind == "f" else object)
    return raw


@pytest.mark.parametrize("name", MADE)
def test_as_onnx_and_numpy_it_says_what_it_said(name, rows_of, expected, agrees, tmp_path) -> None:
    export_run(str(RUNS / name), "onnx", tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    found = session.run(None, raw_columns(name, rows_of(name), dates_as_days=True))
    agrees(expected(name), *found)

    export_run(str(RUNS / name), "numpy", tmp_path / "model.py")
    with (RUNS / name / ".." / "table.csv").open(encoding="utf-8", newline="") as file:
        answers = runpy.run_path(str(tmp_path / "model.py"))["predict"](list(csv.DictReader(file)))
    agrees(expected(name), *(answers if isinstance(answers, tuple) else (answers,)))


@pytest.mark.parametrize("name", CLASSES)
def test_as_saved_model_and_keras_file_it_says_what_it_said(
    name, rows_of, expected, agrees, in_own_units, tmp_path
) -> None:
    export_run(str(RUNS / name), "savedmodel", tmp_path / "served")
    served = backend.tf.saved_model.load(str(tmp_path / "served")).signatures["serving_default"]
    raw = raw_columns(name, rows_of(name))
    tensors = {key: backend.tf.constant(cells) for key, cells in raw.items()}
    found = {key: tensor.numpy() for key, tensor in served(**tensors).items()}
    names = [answer.decode("utf-8") for answer in found["prediction"]]
    agrees(expected(name), names, found["probabilities"])

    path = tmp_path / f"model{backend.KERAS_FILE}"
    export_run(str(RUNS / name), "keras", path)
    matrix = in_own_units(subject_of(fcnn.load(RUNS / name)), rows_of(name))
    agrees(expected(name), names, np.asarray(backend.keras.models.load_model(path)(matrix)))


@pytest.mark.parametrize("name", CLASSES)
def test_as_a_script_it_is_refused_for_its_percentages_alone(name, tmp_path) -> None:
    run = tmp_path / "run"
    shutil.copytree(str(RUNS / name), str(run))
    shutil.copy(str((RUNS / name).parent / "table.csv"), str(tmp_path))
    for file in ("config.yaml", "data.json"):
        text = (run / file).read_text(encoding="utf-8")
        (run / file).write_text(text.replace("/where/it/was/made", tmp_path.as_posix()), encoding="utf-8")
    with pytest.raises(RunError) as raised:
        export_run(str(run), "script", tmp_path / "train.py")
    assert [str(problem.message) for problem in raised.value.problems] == [
        "pandas alone cannot read how column 'water' is written"
    ]
    assert not (tmp_path / "train.py").exists()
