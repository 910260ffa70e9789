"""Units that do not learn any more: dead ones, and saturated ones."""

from typing import List

import numpy as np

from fcnn.evaluation.repairs import calmed, name_of, with_layers
from fcnn.evaluation.verdict import Measured, Setting, Verdict, plain_evidence, typed
from fcnn.wording import say

DEAD = 0.4
"""Share of a layer's units from which on it is told, in the network that is kept. A quarter is usual in deep networks
of relu, or after a high learning rate, and the rest does as well without them."""
SATURATED = 0.5
"""The same for saturated units; a network that learns with the usual learning rate has none or a few."""


def dead(measured: Measured, setting: Setting) -> List[Verdict]:
    """Say in which layer units have died, since when, and what keeps them alive."""
    if not measured:
        return []
    shares = measured.of_hidden("dead_share")
    pruned = [layer.l1 > 0 for layer in setting.layers]  # an L1 penalty is there to empty units
    kept = np.where(pruned, 0.0, np.nan_to_num(measured.kept("dead_share")))
    layer = int(kept.argmax())
    share = float(kept[layer])
    if share < DEAD:
        return []
    since = measured.epochs[int(np.flatnonzero(shares[:, layer] >= share / 2)[0])]
    message = say(
        "dead units: {share:.0%} of layer {layer} answer to no row any more, most of them since epoch {epoch}",
        share=share,
        layer=layer + 1,
        epoch=since,
    )
    remedy, hint = calmed(setting)
    if not remedy:
        remedy = with_layers(
            setting.layers, lambda layer: {"activation": "leaky_relu"} if name_of(layer) == "relu" else {}
        )
        hint = say("units that cannot die: {line}", line=typed(remedy))
    evidence = plain_evidence(dead_share=share, layer=layer + 1, epoch=since)
    return [
        Verdict(message, hint=hint, severity="warning", kind="dead_units", remedy=remedy, evidence=evidence),
    ]


def saturated(measured: Measured, setting: Setting) -> List[Verdict]:
    """Say in which layer units are at the flat ends of their activation."""
    if not measured:
        return []
    kept = np.nan_to_num(measured.kept("saturated_share"))
    layer = int(kept.argmax())
    share = float(kept[layer])
    if share < SATURATED:
        return []
    message = say(
        "saturated units: {share:.0%} of layer {layer} are at a flat end of {activation} for nearly every row, and "
        "hardly learn",
        share=share,
        layer=layer + 1,
        activation=name_of(setting.layers[layer]),
    )
    remedy, hint = calmed(setting)
    if not remedy:
        remedy = with_layers(
            setting.layers, lambda layer: {} if layer.batch_normalization else {"batch_normalization": True}
        )
        hint = say("sums that stay within the steep part: {line}", line=typed(remedy)) if remedy else ""
    evidence = plain_evidence(saturated_share=share, layer=layer + 1)
    return [
        Verdict(message, hint=hint, severity="warning", kind="saturated_units", remedy=remedy, evidence=evidence),
    ]
