"""Numeric columns that say nearly the same: they share their importance."""

from typing import List, Sequence

import numpy as np

ALIKE = 0.9
"""An absolute correlation above this: the one predicts more than 81 % of the other's variance."""
MOST_ROWS = 5_000
"""Rows that the correlations are of."""


def alike(values: np.ndarray, names: Sequence[str]) -> List[List[str]]:
    """Columns that are correlated, the one with the next, in groups: the largest group first.

    Args:
        values: (rows, columns) float, none of them constant.
        names: of the columns.

    Returns:
        Groups of two names or more, in the order of `names`; a name is in one group at most.
    """
    if len(values) < 2 or len(names) < 2:
        return []
    with np.errstate(invalid="ignore", divide="ignore"):  # constant in these rows
        linked = np.abs(np.corrcoef(values, rowvar=False)) > ALIKE
    group = np.arange(len(names))
    for one, other in np.argwhere(np.triu(linked, 1)):
        group[group == group[other]] = group[one]
    members = [[names[position] for position in np.flatnonzero(group == code).tolist()] for code in np.unique(group)]
    return sorted((names for names in members if len(names) > 1), key=len, reverse=True)
