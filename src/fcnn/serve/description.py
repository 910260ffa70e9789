"""What a run needs of a row and what it answers, as plain data: ``/schema``."""

from typing import Any, Dict

from fcnn.data.dates import iso
from fcnn.data.states import Boolean, Category, ColumnState, Date
from fcnn.serve.served import Served
from fcnn.serve.settings import MOST_EXPLAINED, Settings
from fcnn.serve.typical import date_text, example_row, plain_number, typical_value


def describe(served: Served, settings: Settings) -> Dict[str, Any]:
    """The body of ``/schema``."""
    target = served.target
    return {
        "run": served.name,
        "target": target.name,
        "task": target.task,
        "classes": list(target.classes),
        "columns": [_column(served, state) for state in served.columns],
        "example": example_row(served),
        "limits": {
            "rows": settings.most_rows,
            "explained_rows": MOST_EXPLAINED,
            "bytes": settings.most_bytes,
            "seconds": settings.seconds,
        },
    }


def _column(served: Served, state: ColumnState) -> Dict[str, Any]:
    """One column: its name and type, whether training rows missed it, its usual value, and what its type has."""
    usual = {"name": state.name, "missing": state.missing, "typical": typical_value(served, state)}
    if isinstance(state, Category):
        return {**usual, "type": "category", "levels": list(state.levels), "others": state.rare}
    if isinstance(state, Boolean):
        return {**usual, "type": "boolean", "levels": list(state.words)}
    if isinstance(state, Date):
        ends = {"first": iso(state.first), "last": iso(state.last)}
        return {**usual, "type": "date", "format": state.format, "example": date_text(state, state.last), **ends}
    ends = {"minimum": plain_number(state.minimum), "maximum": plain_number(state.maximum)}
    return {**usual, "type": "number", **ends, "decimal": state.decimal, "percent": bool(state.percent)}
