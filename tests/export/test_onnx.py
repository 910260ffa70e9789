"""ONNX files in ONNX Runtime."""

from dataclasses import replace

import numpy as np
import onnx
import onnxruntime
import pytest

from fcnn.export.onnx_file import onnx_model, why_no_onnx
from fcnn.inference.activations import FORMULAS


def answers(example, tensors=None):
    model = onnx_model(replace(example.subject, is_date_text=False))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(None, example.tensors(dates_as_days=True) if tensors is None else tensors)))


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_the_raw_columns_give_the_predictions_of_fcnn(example, agrees, task: str) -> None:
    agrees(unstripped(example(task)).expected, **answers(unstripped(example(task))))


def unstripped(example):
    """Without blanks around text, which ONNX cannot take away."""
    return replace(example, frame=example.frame.apply(lambda column: column.str.strip()))


@pytest.mark.parametrize("activation", sorted(FORMULAS))
def test_every_activation_gives_the_predictions_of_fcnn(example, agrees, activation: str) -> None:
    some = unstripped(example("regression", "tanh", activation))
    agrees(some.expected, **answers(some))


def test_parametric_activations_and_a_clip_give_the_predictions_of_fcnn(learnt_curves, agrees) -> None:
    agrees(unstripped(learnt_curves).expected, **answers(unstripped(learnt_curves)))


def test_what_stands_before_the_layers_gives_the_predictions_of_fcnn(embedding, agrees) -> None:
    agrees(unstripped(embedding).expected, **answers(unstripped(embedding)))


def test_a_row_that_fcnn_refuses_has_no_class_and_no_numbers(example) -> None:
    some = unstripped(example("multiclass"))
    tensors = some.tensors(dates_as_days=True)
    tensors["bill/len"][1] = np.inf
    tensors["seen at"][2] = np.inf
    tensors["身高 (cm)"][3] = 1e300
    found = answers(some, tensors)
    assert list(found["prediction"][[1, 2, 3]]) == ["", "", ""]
    assert np.isnan(found["probabilities"][[1, 2, 3]]).all()
    assert np.isfinite(np.delete(found["probabilities"], [1, 2, 3], axis=0)).all()


def test_an_old_runtime_can_read_it_and_it_says_what_it_is(example) -> None:
    model = onnx_model(example("binary").subject)
    assert (model.ir_version, [opset.version for opset in model.opset_import]) == (7, [13, 2])
    texts = {entry.key: entry.value for entry in model.metadata_props}
    assert texts["classes"] == 'no\n<yes> & "so"'
    assert '"身高 (cm)"' in texts["schema"]
    assert isinstance(model, onnx.ModelProto)


def test_a_column_with_the_name_of_an_output_is_refused(example) -> None:
    subject = example("binary").subject
    columns = (replace(subject.columns[0], name="prediction"), *subject.columns[1:])
    assert list(why_no_onnx(replace(subject, columns=columns))) == ["prediction"]
