"""Which input moved a prediction most: each is replaced by its usual value, and the network asked again."""

from typing import Any, Callable, Dict, List, Sequence

import numpy as np

from fcnn.data.plain import Place
from fcnn.data.states import Category
from fcnn.inference.model import class_probabilities
from fcnn.serve.rows import Row
from fcnn.serve.served import Served
from fcnn.serve.typical import typical_features, typical_value

MOST_NAMED = 50
"""Columns of a row that are told, those that move it most."""
NUMBERS_AT_ONCE = 1 << 22
"""Of encoded rows that are in memory at one time: 16 MB."""


def influences(
    served: Served, rows: Sequence[Row], x: np.ndarray, watch: Callable[[], None]
) -> List[List[Dict[str, Any]]]:
    """What each column does to each prediction.

    Args:
        served: the run.
        rows: as they came.
        x: the same encoded, (rows, features) float32.
        watch: is called now and then; what it raises ends the work.

    Returns:
        For each row the columns, those that move it most first: ``column``, ``value`` of the row, ``typical`` of the
        table, ``with_typical`` (what the probability of the predicted class, or the predicted number, would be with
        the latter) and ``change`` (by how much that is less than with the value). Columns of which nobody knows the
        usual value are not there, nor are those whose usual value makes the network's output infinite.
    """
    typical = typical_features(served)
    columns = [state for state in served.columns if not isinstance(state, Category) or state.name in served.usual]
    at_once = max(1, NUMBERS_AT_ONCE // x.shape[1])
    usual = {state.name: typical_value(served, state) for state in columns}
    places: Dict[str, List[Place]] = {}
    for place in served.preprocessing.places:
        places.setdefault(place.state.name, []).append(place)
    told = []
    for row, features in zip(rows, x):
        output = served.output(features[None, :])
        replaced = []
        for start in range(0, len(columns), at_once):
            watch()
            some = columns[start : start + at_once]
            matrix = np.repeat(features[None, :], len(some), axis=0)
            for position, state in enumerate(some):
                for place in places[state.name]:
                    matrix[position, place.start : place.end] = typical[place.start : place.end]
            replaced.append(served.output(matrix))
        told.append(_told(served, row, output, np.concatenate(replaced) if replaced else output[:0], usual))
    return told


def _told(
    served: Served, row: Row, output: np.ndarray, replaced: np.ndarray, usual: Dict[str, Any]
) -> List[Dict[str, Any]]:
    """The columns of one row: `output` (1, units) of it, `replaced` (columns, units) with a usual value each."""
    if served.target.task == "regression":
        now, then = served.target.unscale(output[:, 0]), served.target.unscale(replaced[:, 0])
    else:
        probabilities = class_probabilities(output, served.target)
        predicted = int(served.target.chosen(probabilities)[0])
        now, then = probabilities[:, predicted], class_probabilities(replaced, served.target)[:, predicted]
    changes = now[0] - then
    order = np.argsort(-np.abs(changes), kind="stable")
    names = list(usual)
    return [
        {
            "column": names[place],
            "value": row[names[place]],
            "typical": usual[names[place]],
            "with_typical": float(then[place]),
            "change": float(changes[place]),
        }
        for place in order[:MOST_NAMED].tolist()
        if np.isfinite(changes[place])
    ]
