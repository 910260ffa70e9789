"""What the units of the first layers do on a plane, as TensorFlow Playground draws it."""

from typing import Dict, List, Mapping, NamedTuple, Optional, Tuple

import numpy as np

from fcnn.inference.network import Architecture
from fcnn.insight.passes import Arrays, forward_pass

MOST_LAYERS = 3
"""Hidden layers that are looked at, the first ones; the output layer always is."""
MOST_UNITS = 8
"""Units of a layer that are looked at: those whose activations vary most from row to row."""
ROWS_AT_ONCE = 512


class LayerMaps(NamedTuple):
    """Some units of a layer."""

    number: int
    """Of the layer, from 1; the output layer is the last."""
    activation: str
    width: int
    """How many units the layer has."""
    units: Tuple[int, ...]
    """Which of them are looked at, from 0, ascending."""
    maps: np.ndarray
    """(units, points) float32: the activation of each on the plane."""


def neuron_maps(architecture: Architecture, arrays: Arrays, grid: np.ndarray, rows: np.ndarray) -> List[LayerMaps]:
    """Compute the activations of units on a plane.

    Of a layer with more than 8 units it is those whose activation has the largest variance over the rows of the table;
    of equal ones the first.

    Args:
        architecture: the layers.
        arrays: weights by name.
        grid: (points, features) float32, of the plane.
        rows: (rows, features) float32, of the table.

    Returns:
        One for each of the first three hidden layers, and one for the output layer.
    """
    last = len(architecture.layers) - 1
    indices = [*range(min(last, MOST_LAYERS)), last]
    chosen: Dict[int, np.ndarray] = {}
    for index, values in _activations(architecture, arrays, rows, dict.fromkeys(indices)).items():
        ranking = np.argsort(-values.var(axis=0), kind="stable")
        chosen[index] = np.sort(ranking[:MOST_UNITS])
    found = _activations(architecture, arrays, grid, chosen)
    return [
        LayerMaps(
            index + 1,
            architecture.layers[index].activation["name"],
            architecture.layers[index].units,
            tuple(chosen[index].tolist()),
            found[index].T,
        )
        for index in indices
    ]


def _activations(
    architecture: Architecture, arrays: Arrays, x: np.ndarray, wanted: Mapping[int, Optional[np.ndarray]]
) -> Dict[int, np.ndarray]:
    """Layer -> (rows, units) float32 of the wanted units, None being all; few rows at a time, for layers are wide."""
    pieces: Dict[int, List[np.ndarray]] = {index: [] for index in wanted}
    for start in range(0, len(x), ROWS_AT_ONCE):
        passes = forward_pass(architecture, arrays, x[start : start + ROWS_AT_ONCE], np.float32)
        for index, units in wanted.items():
            pieces[index].append(passes[index].a if units is None else passes[index].a[:, units])
    return {index: np.concatenate(parts) for index, parts in pieces.items()}
