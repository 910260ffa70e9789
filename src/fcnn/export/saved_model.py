"""TensorFlow's SavedModel: raw columns by name in, class names and probabilities or a number out."""

from pathlib import Path
from typing import Any, Dict, Mapping, Sequence

from fcnn.export.date_fields import date_fields
from fcnn.export.graph import predict_in
from fcnn.export.steps import ColumnSteps
from fcnn.export.subject import Subject
from fcnn.wording import say

SIGNATURE = "serving_default"
EXTRA = "assets.extra"
"""The folder of a SavedModel that is for its users and is never loaded."""


def why_no_graph(columns: Sequence[ColumnSteps]) -> Dict[str, str]:
    """What a TensorFlow graph cannot do with some columns, by name."""
    return {
        column.name: say("a graph cannot read dates that are written {format}", format=column.format)
        for column in columns
        if column.kind == "date" and date_fields(column.format) is None
    }


def write_saved_model(folder: Path, subject: Subject) -> None:
    """Write the SavedModel into a folder that is not there yet; needs TensorFlow."""
    from fcnn.export.tensorflow_ops import TensorFlowOps
    from fcnn.network.backend import save_graph, tf

    places = {column.name: f"input_{place}" for place, column in enumerate(subject.columns)}

    def serve(**inputs: Any) -> Mapping[str, Any]:
        raw = {name: inputs[place] for name, place in places.items()}
        return predict_in(TensorFlowOps(), subject.networks, subject.target, raw)

    types = {column.name: tf.float64 if column.kind == "number" else tf.string for column in subject.columns}
    save_graph(serve, {places[name]: kind for name, kind in types.items()}, folder, SIGNATURE)
    _name_inputs(folder, {place: name for name, place in places.items()})
    extra = folder / EXTRA
    extra.mkdir()
    (extra / "schema.json").write_text(subject.schema_text(), encoding="utf-8")
    (extra / "README.txt").write_text(subject.readme(), encoding="utf-8")


def _name_inputs(folder: Path, names: Mapping[str, str]) -> None:
    """Give the inputs of a SavedModel the names of the columns.

    TensorFlow lets a function's arguments have the names that Python's may have. In the file any text can be one, and
    a signature that is loaded from it takes arguments of those names: ``signature(**{"bill length (mm)": ...})``.
    """
    from fcnn.network.backend import saved_model_of

    path = folder / "saved_model.pb"
    model = saved_model_of(path.read_bytes())
    for graph in model.meta_graphs:
        inputs = graph.signature_def[SIGNATURE].inputs
        tensors = {place: inputs[place] for place in names}
        for place, name in names.items():
            inputs[name].CopyFrom(tensors[place])
            del inputs[place]
        for node in graph.object_graph_def.nodes:
            if node.WhichOneof("kind") == "bare_concrete_function":
                function = node.bare_concrete_function
                keywords = [names.get(word, word) for word in function.argument_keywords]
                function.ClearField("argument_keywords")
                function.argument_keywords.extend(keywords)
                function.ClearField("function_spec")  # else TensorFlow 2.21 asks for Python's names after all
    path.write_bytes(model.SerializeToString())
