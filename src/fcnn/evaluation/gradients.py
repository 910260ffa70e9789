"""Gradients that get lost on their way back through the layers, or grow without bound."""

from dataclasses import replace
from typing import Dict, List, Tuple

import numpy as np

from fcnn.evaluation.repairs import FIXED, NARROW, calmed, name_of, start_anew, with_layers
from fcnn.evaluation.verdict import Measured, Setting, Verdict, plain_evidence, typed
from fcnn.wording import say, say_list

VANISHED = 1e-3
"""The first hidden layer gets at most this share of the last one's gradient, in at least half of the measured epochs,
or in the first of them where the network never learns what a linear model has. A sigmoid passes on a quarter at the
most, so that three to five layers come to a hundredth, from which they still find their way in some epochs; networks
that learn have from a tenth to ten."""
EXPLODED = 100.0
"""The norm of a kernel's gradient, in at least half of the measured epochs. Features and targets are standardised, so
that a network that learns has gradients from 0.001 to 10."""
SHRINKING = ("sigmoid", "tanh", "hard_sigmoid", "softsign")
"""Activations whose derivative is below 1 nearly everywhere: a layer of them passes on less than it gets."""


def vanishing(measured: Measured, setting: Setting) -> List[Verdict]:
    """Say that the first layers hardly learn, because hardly a gradient reaches them."""
    if measured.hidden < 2 or not measured:
        return []
    norms = measured.of_hidden("gradient_norm")
    some = norms[:, -1] > 0
    if not some.any():
        return []  # nothing arrives at the last hidden layer: that is another trouble
    ratio = float(np.median(norms[some, 0] / norms[some, -1]))
    if not ratio <= VANISHED:
        return []
    message = say(
        "vanishing gradients: the first layer receives {part} of the gradient of the last hidden layer, through "
        "{count} layers of {activations}",
        part=_part(ratio),
        count=measured.hidden,
        activations=say_list(_names(setting)),
    )
    return [_vanished(message, ratio, measured, setting)]


def never_recovered(measured: Measured, setting: Setting, underfitting: List[Verdict]) -> List[Verdict]:
    """Give poor scores on the training rows their cause, where gradients had vanished at the beginning.

    A deep stack often breaks free after some epochs, with layers that have learned nothing, and is no better for it.

    Args:
        measured: of each layer.
        setting: of the network.
        underfitting: what is said of the scores; empty where they are fine.
    """
    if not underfitting or measured.hidden < 2 or not measured:
        return underfitting
    first, last = measured.of_hidden("gradient_norm")[0, [0, -1]]
    if not (last > 0 and first / last <= VANISHED):
        return underfitting
    message = say(
        "vanishing gradients: in epoch {epoch} the first layer received {part} of the gradient of the last hidden "
        "layer, through {count} layers of {activations}, and to the end the network explains the rows that it learns "
        "from worse than a linear model",
        epoch=measured.epochs[0],
        part=_part(first / last),
        count=measured.hidden,
        activations=say_list(_names(setting)),
    )
    found = _vanished(message, float(first / last), measured, setting)
    return [replace(found, evidence={**found.evidence, **underfitting[0].evidence})]


def _vanished(message: str, ratio: float, measured: Measured, setting: Setting) -> Verdict:
    remedy = _passing_on(setting)
    hint = say("activations that pass gradients on: {line}", line=typed(remedy))
    if not any(name in SHRINKING for name in _names(setting)):
        hint = say("weights that keep gradients at their size: {line}", line=typed(remedy))
    evidence = plain_evidence(first_to_last=ratio, hidden_layers=measured.hidden, epochs_measured=len(measured.epochs))
    return _warning("vanishing_gradients", message, hint, remedy, evidence)


def exploding(measured: Measured, setting: Setting) -> List[Verdict]:
    """Say that gradients are so large that no learning rate suits them."""
    if not measured:
        return []
    norms = np.nan_to_num(measured.of_hidden("gradient_norm"), nan=np.inf)
    layer = int(np.median(norms, axis=0).argmax())
    norm = float(np.median(norms[:, layer]))
    if norm < EXPLODED:
        return []
    message = say(
        "exploding gradients: that of layer {layer} has a norm of {norm:.2g} in half of the epochs, where up to 10 is "
        "usual",
        layer=layer + 1,
        norm=norm,
    )
    remedy, hint = calmed(setting)
    if not remedy:
        remedy = ("training.clipnorm=1",)
        hint = say("cut them: {line}", line=typed(remedy))
    evidence = plain_evidence(gradient_norm=min(norm, 1e300), layer=layer + 1, epochs_measured=len(measured.epochs))
    return [_warning("exploding_gradients", message, hint, remedy, evidence)]


def _passing_on(setting: Setting) -> Tuple[str, ...]:
    """The override after which gradients get through."""
    fixed = start_anew(setting.layers, FIXED)
    if fixed:
        return fixed
    if any(name_of(layer) in SHRINKING for layer in setting.layers):
        return with_layers(
            setting.layers,
            lambda layer: {
                **({"activation": "relu"} if name_of(layer) in SHRINKING else {}),
                **({"kernel_initializer": "auto"} if layer.kernel_initializer in NARROW else {}),
            },
        )
    return start_anew(setting.layers, NARROW) or with_layers(
        setting.layers, lambda layer: {"batch_normalization": True}
    )


def _warning(kind: str, message: str, hint: str, remedy: Tuple[str, ...], evidence: Dict[str, float]) -> Verdict:
    return Verdict(message, hint=hint, severity="warning", kind=kind, remedy=remedy, evidence=evidence)


def _names(setting: Setting) -> List[str]:
    return list(dict.fromkeys(map(name_of, setting.layers)))


def _part(ratio: float) -> str:
    return f"1/{float(f'{1 / ratio:.1e}'):,.0f}" if ratio > 0 else say("no part")
