"""The usual row of a run: medians and most frequent categories; as data, and as the network sees it."""

from datetime import datetime, timedelta
from typing import Any, Dict, Optional

import numpy as np

from fcnn.data.dates import FORMATS
from fcnn.data.states import Boolean, Category, ColumnState, Date
from fcnn.serve.rows import missing_row
from fcnn.serve.served import Served


def typical_value(served: Served, state: ColumnState) -> Any:
    """What a column usually has: a JSON value; None where nobody knows, of a category of an old run."""
    if isinstance(state, Category):
        return served.usual.get(state.name)
    if isinstance(state, Boolean):
        return state.words[state.mode]
    if isinstance(state, Date):
        return date_text(state, _middle(state))
    return plain_number(state.median)


def plain_number(value: float) -> Any:
    """A number as JSON writes it, a whole one without a point."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def date_text(state: Date, days: float) -> str:
    """A day as the table writes dates."""
    moment = datetime(1970, 1, 1) + timedelta(days=days)
    if state.format in FORMATS or "%" in state.format:
        return moment.strftime(state.format)
    return moment.isoformat(sep=" ")


def _middle(state: Date) -> float:
    """The median day of the training rows."""
    passed = next((part.median for part in state.parts if part.name == "days"), 0.0)
    return float(np.floor(state.first + passed))


def typical_features(served: Served) -> np.ndarray:
    """The usual row encoded, (features,) float32.

    A column that is missing is encoded as its usual values with a mark beside them; here it has no mark. The columns of
    a category of which the usual level is not known are 0.
    """
    matrix, _ = served.preprocessing.transform(missing_row(served.preprocessing))
    features = matrix[0]
    for place in served.preprocessing.places:
        state = place.state
        if state.missing:
            features[place.start + _width(state)] = 0.0
        if isinstance(state, Category):
            level = served.usual.get(state.name)
            if level in state.levels:
                features[place.start + state.levels.index(level)] = 1.0
    return features


def _width(state: ColumnState) -> int:
    """How many features stand before the one that marks missing values."""
    if isinstance(state, Category):
        return len(state.levels)
    return len(state.parts) if isinstance(state, Date) else 1


def example_row(served: Served) -> Dict[str, Any]:
    """A row that can be predicted: the usual values; of a category of an old run the first level."""
    return {state.name: _example(served, state) for state in served.columns}


def _example(served: Served, state: ColumnState) -> Any:
    value: Optional[Any] = typical_value(served, state)
    return state.levels[0] if value is None and isinstance(state, Category) and state.levels else value
