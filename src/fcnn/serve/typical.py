"""The usual row of a run: medians and most frequent categories; as data, and as the network sees it."""

from datetime import datetime, timedelta
from typing import Any, Dict, Optional

import numpy as np

from fcnn.data.states import Boolean, Category, ColumnState, Date
from fcnn.serve.rows import table_of_rows
from fcnn.serve.served import Served

DIGITS = 6
"""Of a median that a person is to read."""


def typical_value(served: Served, state: ColumnState) -> Any:
    """What a column usually has: a JSON value; None where nobody knows, of a category of an old run."""
    if isinstance(state, Category):
        return served.usual.get(state.name)
    if isinstance(state, Boolean):
        return state.words[state.mode]
    if isinstance(state, Date):
        return date_text(state, _middle(state))
    return plain_number(float(f"{state.median:.{DIGITS}g}"))


def plain_number(value: float) -> Any:
    """A number as JSON writes it, a whole one without a point."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def date_text(state: Date, days: float) -> str:
    """A day as the table writes dates."""
    return (datetime(1970, 1, 1) + timedelta(days=days)).strftime(state.format or "%Y-%m-%d")


def _middle(state: Date) -> float:
    """The median day of the training rows."""
    passed = next((part.median for part in state.parts if part.name == "days"), 0.0)
    return float(np.floor(state.first + passed))


def typical_features(served: Served) -> np.ndarray:
    """The usual row encoded, (features,) float32; a category of which the usual level is not known is missing in it."""
    row = {state.name: typical_value(served, state) for state in served.columns}
    matrix, _ = served.preprocessing.transform(table_of_rows(served.preprocessing, [row]))
    return np.asarray(matrix[0])


def example_row(served: Served) -> Dict[str, Any]:
    """A row that can be predicted: the usual values; of a category of an old run the first level."""
    return {state.name: _example(served, state) for state in served.columns}


def _example(served: Served, state: ColumnState) -> Any:
    value: Optional[Any] = typical_value(served, state)
    return state.levels[0] if value is None and isinstance(state, Category) and state.levels else value
