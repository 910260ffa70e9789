"""Rows that take many lines of their file: perhaps a stray quote swallowed those between."""

from typing import Iterator

import numpy as np

from fcnn.data.findings import Noticed
from fcnn.data.rows import RowNames
from fcnn.wording import say

MOST_LINES = 50
"""A cell of text may have some lines; few have more than these."""


def long_rows(rows: RowNames) -> Iterator[Noticed]:
    """A warning for each file in which no row begins for many lines.

    Args:
        rows: of the whole table, in order.
    """
    for source in rows.sources:
        lines = np.arange(0) if source.lines is None else source.lines
        long = np.flatnonzero(np.diff(lines) > MOST_LINES)
        if len(long):
            first, following = int(lines[long[0]]), int(lines[long[0] + 1])
            message = say("between the lines {first} and {following} no row begins", first=first, following=following)
            hint = say('is a quote (") in line {first} that opens a field and should not?', first=first)
            examples = tuple(source.place(int(row)) for row in long[:5])
            yield Noticed(
                message,
                source.file,
                hint=hint,
                severity="warning",
                kind="long_rows",
                count=len(long),
                examples=examples,
            )
