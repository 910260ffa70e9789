"""What stands before the first dense layer, in words and counted by hand; for the page and for the picture."""

import math
from typing import Any, Dict, List

from fcnn.inference.front import (
    CategoricalEmbedding,
    Front,
    FrontLayer,
    InputScale,
    Periodic,
    PiecewiseLinear,
    widths,
)
from fcnn.wording import say, say_many


def short_name(layer: FrontLayer) -> str:
    """``periodic``, ``piecewise_linear``, ``categorical`` or ``input_scale``: as the config has it."""
    return str(layer.__struct_config__.tag)


def in_words(layer: FrontLayer) -> str:
    """What a layer is."""
    if isinstance(layer, Periodic):
        return say("periodic embedding")
    if isinstance(layer, PiecewiseLinear):
        return say("piecewise linear embedding")
    return say("embedding of categories") if isinstance(layer, CategoricalEmbedding) else say("input scale")


def of_what(layer: FrontLayer, inputs: int) -> str:
    """What a layer of so many inputs works on."""
    if isinstance(layer, CategoricalEmbedding):
        return say_many(len(layer.blocks), "of 1 category", "of {count:,} categories")
    if isinstance(layer, InputScale):
        return say_many(inputs, "of 1 input", "of {count:,} inputs")
    return say_many(len(layer.columns), "of 1 number", "of {count:,} numbers")


def by_hand(layer: FrontLayer, inputs: int, times: str = "*") -> List[str]:
    """Its parameters, terms of a sum: ``6*(2*16 + (16+1)*3)`` of six numbers, 16 frequencies and 3 sums of each."""
    if isinstance(layer, Periodic):
        own = f"{layer.frequencies}"
        return [f"{len(layer.columns):,}{times}(2{times}{own} + ({own}+1){times}{layer.units - 1})"]
    if isinstance(layer, PiecewiseLinear):
        return [f"{len(layer.columns):,}{times}({layer.encoded}+1){times}{layer.units - 1}"]
    if isinstance(layer, CategoricalEmbedding):
        return [f"{block.levels:,}{times}{block.units:,}" for block in layer.blocks]
    return [f"{inputs:,}"]


def as_plain(front: Front, inputs: int) -> List[Dict[str, Any]]:
    """The layers for :func:`fcnn.report.diagram.network_diagram`, which may draw in another process."""
    return [
        {
            "name": short_name(layer),
            "units": units,
            "by_hand": by_hand(layer, width),
            "parameters": count_of(layer, width),
        }
        for layer, width, units in zip(front, widths(front, inputs), widths(front, inputs)[1:])
    ]


def count_of(layer: FrontLayer, inputs: int) -> int:
    """How many parameters it has."""
    return sum(math.prod(shape) for shape in layer.shapes(inputs).values())
