"""The layers before the first dense one in a sentence each, for whoever reads a trace."""

from fcnn.inference.front import CategoricalEmbedding, FrontLayer, InputScale, Periodic
from fcnn.wording import say


def formula_of(layer: FrontLayer) -> str:
    """What a layer makes of its inputs; weights are called as their arrays in ``weights.npz``."""
    if isinstance(layer, InputScale):
        return say("input scale: each input is multiplied with its scale")
    if isinstance(layer, CategoricalEmbedding):
        return say("embedding of categories: the row of its kernel that belongs to the level, behind the rest")
    count = layer.units - 1
    if isinstance(layer, Periodic):
        return say(
            "periodic embedding: each number x stays, and {count} become of it behind all inputs: "
            "cos(2 pi frequency x + phase) kernel + bias",
            count=count,
        )
    return say(
        "piecewise linear embedding: each number x stays, and {count} become of it behind all inputs: the share of "
        "each bin that lies below x, times kernel, plus bias",
        count=count,
    )
