"""SavedModels by their serving signature, and Keras files; in this process, and in one that cannot import fcnn."""

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fcnn.data.dates import FORMATS, read_dates
from fcnn.export.keras_file import keras_model, matrix_columns, why_no_keras, write_keras
from fcnn.export.saved_model import why_no_graph, write_saved_model
from fcnn.export.steps import ColumnSteps, Scale
from fcnn.export.tensorflow_ops import TensorFlowOps
from fcnn.inference.activations import FORMULAS
from fcnn.network import backend
from fcnn.network.backend import tf

IN_ANOTHER_PROCESS = """
import json, os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
class Nobody:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "fcnn":
            raise ImportError(name)
sys.meta_path.insert(0, Nobody())
import numpy as np
import tensorflow as tf
rows = json.loads(open(sys.argv[1], encoding="utf-8").read())
signature = tf.saved_model.load(sys.argv[2]).signatures["serving_default"]
kinds = {True: tf.string, False: tf.float64}
raw = {name: tf.constant(cells, kinds[isinstance(cells[0], str)]) for name, cells in rows["raw"].items()}
found = {name: values.numpy() for name, values in signature(**raw).items()}
model = tf.keras.models.load_model(sys.argv[3])
kept = model.predict(np.array(rows["matrix"]), verbose=0)
print(json.dumps({
    "prediction": [name.decode("utf-8") for name in found["prediction"]],
    "probabilities": found["probabilities"].tolist(),
    "keras": kept.tolist(),
}))
"""


@pytest.fixture(scope="module")
def folder_of(example, tmp_path_factory):
    """`folder_of(task)`: a SavedModel, written once."""
    made = {}

    def of(task: str) -> Path:
        if task not in made:
            made[task] = tmp_path_factory.mktemp("served") / task
            write_saved_model(made[task], example(task).subject)
        return made[task]

    return of


def tensors(example):
    kinds = {column.name: tf.float64 if column.kind == "number" else tf.string for column in example.subject.columns}
    return {name: tf.constant(cells.tolist(), kinds[name]) for name, cells in example.tensors().items()}


def served(folder: Path, raw):
    found = tf.saved_model.load(str(folder)).signatures["serving_default"](**raw)
    values = {name: tensor.numpy() for name, tensor in found.items()}
    if values["prediction"].dtype == object:
        values["prediction"] = [name.decode("utf-8") for name in values["prediction"]]
    return values


def test_both_load_where_there_is_no_fcnn_and_say_the_same(example, agrees, in_own_units, folder_of, tmp_path) -> None:
    some, folder, file = example("multiclass"), folder_of("multiclass"), tmp_path / f"kept{backend.KERAS_FILE}"
    write_keras(file, some.subject)
    raw = {name: cells.tolist() for name, cells in some.tensors().items()}
    rows = tmp_path / "rows.json"
    rows.write_text(
        json.dumps({"raw": raw, "matrix": in_own_units(some.subject, some.read).tolist()}), encoding="utf-8"
    )
    words = [sys.executable, "-I", "-c", IN_ANOTHER_PROCESS, str(rows), str(folder), str(file)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    agrees(some.expected, found["prediction"], found["probabilities"])
    agrees(some.expected, found["prediction"], found["keras"])
    schema = json.loads((folder / "assets.extra" / "schema.json").read_text(encoding="utf-8"))
    assert schema["classes"] == ["瘦", "正常", "胖"]
    assert [column["name"] for column in schema["columns"]] == list(raw)
    assert "'seen at': string, written %Y-%m-%d %H:%M" in (folder / "assets.extra" / "README.txt").read_text("utf-8")


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_the_raw_columns_give_the_predictions_of_fcnn(example, agrees, folder_of, task: str) -> None:
    agrees(example(task).expected, **served(folder_of(task), tensors(example(task))))


def test_parametric_activations_and_a_clip_give_the_predictions_of_fcnn(learnt_curves, agrees, tmp_path) -> None:
    write_saved_model(tmp_path / "served", learnt_curves.subject)
    agrees(learnt_curves.expected, **served(tmp_path / "served", tensors(learnt_curves)))


def test_what_stands_before_the_layers_gives_the_predictions_of_fcnn(embedding, agrees, tmp_path) -> None:
    write_saved_model(tmp_path / "served", embedding.subject)
    agrees(embedding.expected, **served(tmp_path / "served", tensors(embedding)))


def test_embedded_categories_and_a_scale_are_part_of_a_keras_file(example, in_own_units, agrees) -> None:
    before = {"categorical_embedding": {"units": 2, "min_levels": 3}, "input_scale": True}
    some = example("regression", "tanh", before=before)
    model = keras_model(some.subject)
    assert "categorical_embedding" not in [layer.name for layer in model.layers]
    agrees(some.expected, np.asarray(model(in_own_units(some.subject, some.read)))[:, 0])


def test_a_row_that_fcnn_refuses_has_no_class_and_no_numbers(example, folder_of) -> None:
    some = example("multiclass")
    rows = {name: cells.copy() for name, cells in some.tensors().items()}
    rows["bill/len"][1] = np.inf
    rows["seen at"][2] = "2021-02-29 06:00"
    rows["身高 (cm)"][3] = 1e300
    kinds = {name: tf.string if cells.dtype == object else tf.float64 for name, cells in rows.items()}
    raw = {name: tf.constant(cells.tolist(), kinds[name]) for name, cells in rows.items()}
    found = served(folder_of("multiclass"), raw)
    assert found["prediction"][1:4] == ["", "", ""]
    assert np.isnan(found["probabilities"][1:4]).all()
    assert np.isfinite(np.delete(found["probabilities"], [1, 2, 3], axis=0)).all()


def spelled(code: str):
    """Dates in a format, and texts that are none in it."""
    moments = [date(2020, 2, 29), date(1999, 12, 31), date(2021, 1, 4)]
    texts = [moment.strftime(code) for moment in moments]
    wrong = [text.replace("2", "9").replace("Feb", "Fob") for text in texts]
    return [*texts, *wrong, "", "2020", "x " + texts[0], texts[0] + "Z", texts[0].replace(" ", "T"), texts[1].upper()]


@pytest.mark.parametrize("code", [code for place, code in enumerate(FORMATS) if place % 4 == 1 or "%Y-%m-%d" in code])
def test_a_graph_reads_dates_as_fcnn_does(code: str) -> None:
    column = ColumnSteps("a", "date", ("",), (), (), is_bad_missing=True, format=code)
    texts = spelled(code)
    found = TensorFlowOps().days(tf.constant(texts), column).numpy()
    values = read_dates([text for text in texts if text], code).values
    np.testing.assert_allclose(found, [values.get(text, np.nan) for text in texts], rtol=0, atol=1e-9)
    assert np.isfinite(found[:3]).all()


def test_a_date_that_a_graph_cannot_read_is_refused(example) -> None:
    columns = example("binary").subject.columns
    odd = [replace(column, format="%Y-%j") if column.kind == "date" else column for column in columns]
    assert list(why_no_graph(columns)) == []
    assert {name: str(why) for name, why in why_no_graph(odd).items()} == {
        "seen at": "a graph cannot read dates that are written %Y-%j"
    }


# --- Keras ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [sorted(FORMULAS)[start::3] for start in range(3)], ids=" ".join)
def test_every_activation_is_made_of_stock_layers(example, agrees, in_own_units, names) -> None:
    some = example("regression", "tanh", *names)
    model = keras_model(some.subject)
    again = model.__class__.from_config(model.get_config())  # lambdas could not be written
    again.set_weights(model.get_weights())
    agrees(some.expected, np.asarray(again(in_own_units(some.subject, some.read)))[:, 0])


def test_parametric_activations_and_a_clip_are_made_of_stock_layers(
    learnt_curves, agrees, in_own_units, tmp_path
) -> None:
    path = tmp_path / f"kept{backend.KERAS_FILE}"
    write_keras(path, learnt_curves.subject)
    model = backend.keras.models.load_model(str(path))
    assert {type(layer).__module__.partition(".")[0] for layer in model.layers} <= {"keras", "tensorflow"}
    agrees(learnt_curves.expected, np.asarray(model(in_own_units(learnt_curves.subject, learnt_curves.read)))[:, 0])


def test_a_keras_file_says_what_its_columns_are(example, tmp_path) -> None:
    some, file = example("binary"), tmp_path / f"kept{backend.KERAS_FILE}"
    write_keras(file, some.subject)
    if backend.GENERATION == 2:
        import h5py

        with h5py.File(str(file), "r") as opened:
            note = opened.attrs["fcnn.json"]
    else:
        note = zipfile.ZipFile(str(file)).read("fcnn.json").decode("utf-8")
    found = json.loads(note)
    assert found["columns"] == matrix_columns(some.subject)
    assert [column["name"] for column in found["columns"]] == some.subject.features
    assert found["outputs"] == {"output": "(rows, 1), the probability of '<yes> & \"so\"'"}


def test_a_column_that_keras_would_not_scale_is_refused(example) -> None:
    subject = example("binary").subject
    flat = replace(subject.columns[0], steps=(Scale("value", 1.0, 1.0, 1e-8),))
    assert list(why_no_keras(subject)) == []
    assert list(why_no_keras(replace(subject, columns=(flat, *subject.columns[1:])))) == ["身高 (cm)"]
