"""Every scaler in every export: the predictions of `fcnn predict`, or a reason why not."""

from dataclasses import replace

import numpy as np
import pytest

from fcnn.data.scalers import Scaling
from fcnn.errors import RunError
from fcnn.export.graph import predict_in
from fcnn.export.keras_file import keras_model, why_no_keras
from fcnn.export.numpy_file import write_numpy
from fcnn.export.onnx_file import onnx_model, why_no_onnx
from fcnn.export.subject import Subject
from fcnn.export.tensorflow_ops import TensorFlowOps
from fcnn.jobs.export import export_run
from fcnn.network.backend import tf

ROBUST, CLIPPED = Scaling("robust"), Scaling("robust", 2.0)
QUANTILE, BOTH = Scaling("quantile"), Scaling("quantile", 2.0)


def differs(example, scaling) -> None:
    """Fail where a scaler changes nothing: then what follows would show nothing."""
    plain, scaled = example("regression").expected, example("regression", scaling=scaling).expected
    assert np.abs(plain["prediction"] - scaled["prediction"]).max() > 1


@pytest.mark.parametrize("scaling", [ROBUST, CLIPPED, QUANTILE, BOTH], ids=str)
def test_a_tensorflow_graph_scales_as_fcnn_does(example, agrees, scaling) -> None:
    differs(example, scaling)
    some = example("regression", scaling=scaling)
    raw = {name: tf.constant(values) for name, values in some.tensors().items()}
    subject: Subject = some.subject
    found = predict_in(TensorFlowOps(), subject.networks, subject.target, raw)
    agrees(some.expected, found["prediction"].numpy())


@pytest.mark.parametrize("scaling", [ROBUST, CLIPPED], ids=str)
def test_onnx_scales_as_fcnn_does(example, agrees, scaling) -> None:
    import onnxruntime

    some = example("regression", scaling=scaling)
    some = replace(some, frame=some.frame.apply(lambda column: column.str.strip()))
    model = onnx_model(replace(some.subject, is_date_text=False))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    tensors = some.tensors(dates_as_days=True)
    agrees(some.expected, session.run(["prediction"], tensors)[0])
    tensors["身高 (cm)"][0], tensors["身高 (cm)"][1] = np.inf, 1e300
    found = session.run(["prediction"], tensors)[0]
    assert np.isnan(found[0]), "an infinite number is refused, clipped or not"
    assert np.isnan(found[1]) == (scaling is ROBUST), "a large one is not, where it is clipped"


@pytest.mark.parametrize("scaling", [ROBUST, CLIPPED, QUANTILE, BOTH], ids=str)
def test_the_numpy_program_scales_as_fcnn_does(example, agrees, tmp_path, monkeypatch, scaling) -> None:
    some = example("regression", scaling=scaling)
    write_numpy(tmp_path / "scaled_model.py", some.subject)
    names: dict = {"__file__": str(tmp_path / "scaled_model.py"), "__name__": "scaled_model"}
    source = (tmp_path / "scaled_model.py").read_text(encoding="utf-8")
    exec(compile(source, "scaled_model.py", "exec"), names)
    agrees(some.expected, names["predict"](some.frame.to_dict("records")))
    assert ("def to_normal" in source) == (scaling.scaler == "quantile")
    assert ("def smooth_clip" in source) == (scaling.smooth_clip is not None)


def test_a_keras_file_has_a_robust_scaler(example, agrees) -> None:
    some = example("regression", scaling=ROBUST)
    model, preprocessing = keras_model(some.subject), some.subject.run.model.preprocessing
    matrix = preprocessing.transform(some.frame)[0].astype(np.float64)
    for column, start, _ in preprocessing.places:  # back to the columns' own units, which the file takes
        parts = getattr(column, "parts", [column] if hasattr(column, "mean") else [])
        for place, part in enumerate(parts, start):
            matrix[:, place] = matrix[:, place] * part.scaler.scale + part.scaler.center
    agrees(some.expected, model.predict(matrix, verbose=0)[:, 0])


def test_what_a_format_cannot_do_is_said_with_the_formats_that_can(example, tmp_path) -> None:
    assert why_no_onnx(example(scaling=CLIPPED).subject) == {}
    assert set(why_no_onnx(example(scaling=QUANTILE).subject)) == {"身高 (cm)", "bill/len", "seen at"}
    assert why_no_keras(example(scaling=ROBUST).subject) == {}
    folder = str(example(scaling=CLIPPED).subject.run.folder)
    with pytest.raises(RunError) as raised:
        export_run(folder, "keras", tmp_path / "x.keras")
    problem = raised.value.problems[0]
    assert problem.message == "Keras has no stock layer for quantiles or for the smooth clip, which scale it"
    assert problem.hint == "formats that can: savedmodel, numpy"
