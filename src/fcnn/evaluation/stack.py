"""Layers that are one layer, because nothing between them is nonlinear."""

from typing import List

from fcnn.evaluation.repairs import name_of, with_layers
from fcnn.evaluation.verdict import Setting, Verdict, plain_evidence, typed
from fcnn.wording import say, say_many


def linear_stack(setting: Setting) -> List[Verdict]:
    """Say that the hidden layers are all linear: W2 (W1 x + b1) + b2 is one matrix times x plus one vector.

    Batch normalization is a scale and a shift when the network predicts, and changes nothing about that.
    """
    if not setting.layers or any(name_of(layer) != "linear" for layer in setting.layers):
        return []
    remedy = with_layers(setting.layers, lambda layer: {"activation": "relu"})
    message = say_many(
        len(setting.layers),
        "the hidden layer is linear: with the output layer it is one linear layer, and can learn no more than one",
        "all {count} hidden layers are linear: with the output layer they are one linear layer, and can learn no more "
        "than one",
    )
    hint = say("a nonlinear activation: {line}", line=typed(remedy))
    evidence = plain_evidence(hidden_layers=len(setting.layers))
    return [Verdict(message, hint=hint, severity="warning", kind="linear_stack", remedy=remedy, evidence=evidence)]
