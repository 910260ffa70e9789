"""The trace of a row as one JSON document: every number of it."""

from typing import Any, Dict, List

import numpy as np

from fcnn.inference.network import activation_weight
from fcnn.insight.derivatives import SOFTMAX, derivative
from fcnn.jobs.trace import Traced


def document(traced: Traced) -> Dict[str, Any]:
    """Everything; what is not finite is null.

    Arrays have the shapes of the weights: ``kernel`` a list for each input with a number for each unit.
    """
    comparison = traced.comparison
    return {
        "run": str(traced.run),
        "row": traced.row,
        "file": str(traced.file),
        "place": str(traced.place),
        "features": [feature._asdict() for feature in traced.features],
        "target": {
            "name": traced.target.name, "cell": traced.truth, "y": traced.y, "classes": list(traced.target.classes)
        },
        "prediction": traced.prediction,
        "loss": {"name": traced.loss, "value": _plain(np.array(traced.loss_value))},
        **({"embedded": [each._asdict() for each in traced.embedded]} if traced.embedded else {}),
        "layers": [_layer(traced, index) for index in range(len(traced.passes))],
        "left_out": [str(sentence) for sentence in traced.left_out],
        "tensorflow": None
        if comparison is None
        else {
            "loss": comparison.loss,
            "largest_difference": comparison.largest,
            "largest_relative_difference": comparison.relative,
            "differences": [
                {"layer": each.layer, "array": each.name, "largest": each.largest, "relative": each.relative}
                for each in comparison.differences
            ],
        },
        "numeric": {
            "largest_difference": max(each.difference for each in traced.checked),
            "weights": [
                {
                    "array": each.array,
                    "place": list(each.place),
                    "chain_rule": each.chain_rule,
                    "slope": each.numeric,
                    "difference": each.difference,
                }
                for each in traced.checked
            ],
        },
        **_collapse(traced),
    }  # fmt: skip


def _layer(traced: Traced, index: int) -> Dict[str, Any]:
    layer, one, each = traced.architecture.layers[index], traced.passes[index], traced.gradients[index]
    slope: Dict[str, Any] = {}
    if layer.activation["name"] != SOFTMAX:
        weight = activation_weight(index, layer, traced.arrays)
        slope = {"derivative": _plain(derivative(one.z, layer.activation, weight)[0])}
        if weight is not None:
            slope["activation_weight"] = _plain(weight)
    return {
        "layer": index + 1,
        "units": layer.units,
        "activation": dict(layer.activation),
        "z_dense": _plain(one.z_dense[0]),
        "z": _plain(one.z[0]),
        "a": _plain(one.a[0]),
        **slope,
        "gradients": {
            "a": _plain(each.a[0]),
            "z": _plain(each.z[0]),
            "z_dense": _plain(each.z_dense[0]),
            **{name: _plain(array) for name, array in each.arrays.items()},
        },
    }


def _collapse(traced: Traced) -> Dict[str, Any]:
    if traced.one_layer_difference is None:
        return {}
    return {"linear_collapse": {"row_difference": traced.one_layer_difference, **(traced.linear_collapse or {})}}


def _plain(array: np.ndarray) -> Any:
    """Lists of numbers, with None for what JSON has no number for."""
    if np.isfinite(array).all():
        return array.tolist()
    if array.ndim == 0:
        return None
    found: List[Any] = [_plain(part) for part in array]
    return found
