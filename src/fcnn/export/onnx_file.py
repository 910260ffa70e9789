"""ONNX: raw columns by name in, class names and probabilities or a number out; in operators that old runtimes have."""

from pathlib import Path
from typing import Dict

import numpy as np
import onnx
from onnx import TensorProto, helper

from fcnn.export.graph import PREDICTION, PROBABILITIES, predict_in
from fcnn.export.onnx_ops import ML, OnnxOps, Tensor
from fcnn.export.steps import Scale
from fcnn.export.subject import Subject
from fcnn.files import atomic_write
from fcnn.wording import say

OPSET, ML_OPSET, IR_VERSION = 13, 2, 7
"""Those of 2020: ONNX Runtime 1.10, the last for Python 3.8's NumPy, runs them, and so does every later one."""
ROWS = "rows"
TEXTS = ("boolean", "category")
OUTPUTS = (PREDICTION, PROBABILITIES)
ELEMENTS = {str: TensorProto.STRING, np.float64: TensorProto.DOUBLE}


def write_onnx(path: Path, subject: Subject) -> None:
    """Write the file."""
    with atomic_write(path, "wb") as file:
        file.write(onnx_model(subject).SerializeToString())


def onnx_model(subject: Subject) -> onnx.ModelProto:
    """The model, checked by onnx."""
    kinds = {column.name: str if column.kind in TEXTS else np.float64 for column in subject.columns}
    ops = OnnxOps(taken=[*kinds, *OUTPUTS])
    raw = {name: Tensor(ops, name, kind) for name, kind in kinds.items()}
    outputs = predict_in(ops, subject.networks, subject.target, raw)
    for name, tensor in outputs.items():
        ops.nodes.append(helper.make_node("Identity", [tensor.name], [name], name=f"Identity_{name}"))
    graph = helper.make_graph(
        ops.nodes,
        "fcnn",
        [helper.make_tensor_value_info(name, ELEMENTS[kind], [ROWS]) for name, kind in kinds.items()],
        [_output(name, tensor, subject) for name, tensor in outputs.items()],
        list(ops.constants.values()),
        doc_string=subject.readme(),
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(ML, ML_OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="fcnn")
    helper.set_model_props(model, {"schema": subject.schema_text(), "classes": "\n".join(subject.target.classes)})
    onnx.checker.check_model(model)
    return model


def _output(name: str, tensor: Tensor, subject: Subject) -> onnx.ValueInfoProto:
    columns = [len(subject.target.classes)] if name == PROBABILITIES else []
    return helper.make_tensor_value_info(name, ELEMENTS[tensor.type], [ROWS, *columns])


def why_no_onnx(subject: Subject) -> Dict[str, str]:
    """What of some columns an ONNX file cannot hold, by name."""
    ranked = {
        column.name: say("ONNX has no operator for the quantiles of the normal distribution, which scale it")
        for column in subject.columns
        if any(isinstance(step, Scale) and step.quantiles for step in column.steps)
    }
    named = {
        column.name: say("ONNX has one name for one thing, and this is the name of an output: rename the column")
        for column in subject.columns
        if column.name in OUTPUTS
    }
    return {**ranked, **named}
