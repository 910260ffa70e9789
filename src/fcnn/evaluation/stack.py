"""Layers that are one layer, because nothing between them is nonlinear."""

from typing import Any, Dict, List, Mapping, Optional

from fcnn.config.structs import Layer, activation_of
from fcnn.evaluation.repairs import with_layers
from fcnn.evaluation.verdict import Setting, Verdict, plain_evidence, typed
from fcnn.inference.activations import is_identity, parameters_of
from fcnn.wording import say, say_many


def linear_stack(setting: Setting, collapsed: Optional[Mapping[str, Any]] = None) -> List[Verdict]:
    """Say that the hidden layers are all linear: W2 (W1 x + b1) + b2 is one matrix times x plus one vector.

    Batch normalization is a scale and a shift when the network predicts, and changes nothing about that.

    Args:
        setting: of network and optimizer.
        collapsed: what was found by multiplying it out, as ``metrics.json`` has it as ``linear_collapse``.
    """
    if not setting.layers or not all(map(_is_linear, setting.layers)):
        return []
    remedy = with_layers(setting.layers, lambda layer: {"activation": "relu"})
    message = say_many(
        len(setting.layers),
        "the hidden layer is linear: with the output layer it is one linear layer, and can learn no more than one",
        "all {count} hidden layers are linear: with the output layer they are one linear layer, and can learn no more "
        "than one",
    )
    hint = say("a nonlinear activation: {line}", line=typed(remedy))
    evidence = plain_evidence(hidden_layers=len(setting.layers), **_numbers(collapsed or {}))
    return [Verdict(message, hint=hint, severity="warning", kind="linear_stack", remedy=remedy, evidence=evidence)]


def _is_linear(layer: Layer) -> bool:
    activation = activation_of(layer)
    return is_identity(parameters_of(activation.name, activation.negative_slope or 0.0))


def _numbers(found: Mapping[str, Any]) -> Dict[str, float]:
    """Numbers as they are, and scores as ``network_accuracy``, ``one_layer_accuracy`` ..."""
    numbers = {name: value for name, value in found.items() if isinstance(value, (int, float))}
    scores = {
        f"{name}_{metric}": number
        for name, value in found.items()
        if isinstance(value, Mapping)
        for metric, number in value.items()
    }
    return {**numbers, **scores}
