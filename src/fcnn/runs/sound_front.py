"""Whether what ``data.json`` says of the layers before the first dense one can be."""

import math
from typing import Iterator, Sequence

from fcnn.inference.front import CategoricalEmbedding, Front, FrontLayer, InputScale, Periodic, PiecewiseLinear

ORDER = (Periodic, PiecewiseLinear, CategoricalEmbedding, InputScale)
LARGEST = 2**20
"""Of units and frequencies; more than any config can ask for."""
NARROWEST = 1e-9
"""Of the bins: those that fcnn makes are wider."""


def unsound(front: Front, inputs: int) -> Iterator[int]:
    """The positions of the layers that cannot be.

    Args:
        front: the layers.
        inputs: columns of the matrix, which have the same places in what a numeric embedding gives.
    """
    names = [layer.name for layer in front]
    for place, layer in enumerate(front):
        in_order = place == 0 or ORDER.index(type(front[place - 1])) < ORDER.index(type(layer))
        if not in_order or names.count(layer.name) > 1 or not _is_sound(layer, inputs):
            yield place


def _is_sound(layer: FrontLayer, inputs: int) -> bool:
    if isinstance(layer, InputScale):
        return True
    if isinstance(layer, CategoricalEmbedding):
        ends = [0, *(block.start + block.levels for block in layer.blocks)]
        apart = all(end <= block.start for end, block in zip(ends, layer.blocks))
        sizes = all(block.levels > 0 and 0 < block.units <= LARGEST for block in layer.blocks)
        return bool(layer.blocks) and apart and sizes and ends[-1] <= inputs
    if not layer.columns or not 2 <= layer.units <= LARGEST or not _ascends((-1, *layer.columns, inputs)):
        return False
    if isinstance(layer, Periodic):
        return 0 < layer.frequencies <= LARGEST
    return len(layer.edges) == len(layer.columns) and all(map(_is_edges, layer.edges))


def _is_edges(edges: Sequence[float]) -> bool:
    finite = all(math.isfinite(edge) and abs(edge) < 1e30 for edge in edges)
    return 1 < len(edges) <= LARGEST and finite and all(b - a > NARROWEST for a, b in zip(edges, edges[1:]))


def _ascends(numbers: Sequence[int]) -> bool:
    return all(before < after for before, after in zip(numbers, numbers[1:]))
