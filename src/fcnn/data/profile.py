"""Everything that a look at the table shows, beside what its reading has said already."""

from collections import Counter
from typing import Collection, Iterator, List, Mapping, Optional

import numpy as np

from fcnn.config.structs import Data
from fcnn.data.balance import imbalance, similar_classes
from fcnn.data.column import Table
from fcnn.data.feature_checks import CHECKS, Feature, many_levels
from fcnn.data.findings import Noticed, together
from fcnn.data.leaks import leaks
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.remedies import leave_out
from fcnn.data.repeats import repeated_columns, repeated_rows
from fcnn.data.states import ColumnState
from fcnn.data.stored import Matrix
from fcnn.data.target import Target
from fcnn.data.threads import each
from fcnn.errors import Problem
from fcnn.wording import say

MOST_TYPED = 20
"""Names of columns that one would type, or paste, in a command."""


def profile(
    table: Table,
    preprocessing: Preprocessing,
    target: Target,
    values: np.ndarray,
    matrices: Mapping[str, Matrix],
    split: Mapping[str, np.ndarray],
    data: Data,
) -> List[Problem]:
    """Everything worth saying about the table that its reading has not said.

    Args:
        table: the usable rows.
        preprocessing: fitted on its training rows.
        target: fitted likewise.
        values: (rows,) the target's raw codes or values.
        matrices: (rows, features) float32 of each part of the split.
        split: row positions by part.
        data: the config's section.
    """
    return [
        *_of_features(table, preprocessing, split["train"], data),
        *together(dict(leaks(table, preprocessing, target, values, data)), say("alone tell the target in every row")),
        *together(repeated_columns(table, preprocessing, data), say("are equal to others in every row")),
        *imbalance(target, values),
        *similar_classes(target, values),
        *_equal_names(preprocessing),
        *repeated_rows(table, matrices, values, split, data.split.method),
    ]


def _of_features(table: Table, preprocessing: Preprocessing, training: np.ndarray, data: Data) -> Iterator[Problem]:
    """What the checks of single features find, check by check."""
    names = table.rows.take(training)

    def look(state: ColumnState) -> List[Optional[Noticed]]:
        feature = Feature(state, table[state.name], data, training, names)
        return [check(feature) for check in CHECKS]

    found = each(look, preprocessing.columns, len(table), table.at_once)
    for position, (check, said) in enumerate(CHECKS.items()):
        noticed = {state.name: each_found[position] for state, each_found in zip(preprocessing.columns, found)}
        those = {name: finding for name, finding in noticed.items() if finding is not None}
        yield from together(those, said, _to_leave_out(data, those) if check is many_levels else "")


def _to_leave_out(data: Data, names: Collection[str]) -> str:
    """The hint for many columns; empty where they are too many to be typed."""
    return say("to leave them out: {override}", override=leave_out(data, *names)) if len(names) <= MOST_TYPED else ""


def _equal_names(preprocessing: Preprocessing) -> Iterator[Problem]:
    """Two columns of the matrix that are called alike: a feature ``size=<missing>`` beside one of ``size``'s own."""
    counts = Counter(preprocessing.feature_names)
    for name in (name for name, count in counts.items() if count > 1):
        message = say("{count} columns of the matrix have this name", count=counts[name])
        hint = say("rename the column in the file, to tell them apart in data.json")
        yield Noticed(message, say("feature {name!r}", name=name), hint=hint, severity="note", kind="equal_names")
