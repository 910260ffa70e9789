"""Numbers such as -999 that stand for a missing value, and say so only by being far from all others."""

from typing import Optional

import numpy as np

from fcnn.config.render import to_yaml
from fcnn.config.structs import Data
from fcnn.data.column import Numbers
from fcnn.data.findings import Noticed, about_column
from fcnn.data.missing import missing_in
from fcnn.data.remedies import override
from fcnn.wording import say

USUAL = frozenset(sign * float("9" * digits) for digits in range(2, 7) for sign in (-1, 1))
"""-99, 99, -999, 999 ...: what sensors, surveys and old statistics packages write."""
LEAST_OTHERS = 10
"""Other values without which nothing is far."""


def sentinel(column: Numbers, data: Data) -> Optional[Noticed]:
    """A warning where the lowest or highest number is a usual sentinel, several times, and far from all others.

    Far is farther from the nearest than the others are from each other.

    Args:
        column: of the table.
        data: the config's section.
    """
    suspects = {float(extreme.reduce(column.values)) for extreme in (np.fmin, np.fmax)} & USUAL if len(column) else ()
    if not suspects:
        return None
    values = column.values[~column.missing]
    for value in sorted(suspects):
        others = values[values != value]
        count = len(values) - len(others)
        if count < 2 or len(others) < LEAST_OTHERS:
            continue
        if np.abs(others - value).min() > others.max() - others.min():
            message = say(
                "has {value:g} in {count:,} rows, far from all other numbers: does it stand for a missing value?",
                value=value,
                count=count,
            )
            texts = missing_in(data).texts_of(column.name)
            listed = to_yaml([*texts, f"{value:g}"], flow=True).strip()
            hint = say("if it does: {override}", override=override(column.name, "missing", listed))
            rows = np.flatnonzero(column.values == value)
            examples = column.rows.first_names(rows)
            return about_column(
                "sentinel", column.name, message, count, severity="warning", hint=hint, examples=examples
            )
    return None
