"""The preprocessings of several networks as one: a table is read once, and encoded for each of them.

Each fold of a cross-validation has a preprocessing of its own, fitted on its own training rows; what they learnt from
differs in its numbers, in rare levels, and where a column is the same in all training rows of a fold.
"""

from typing import Dict, List, Sequence, Tuple, Union

import numpy as np
import pandas as pd
from msgspec.structs import replace

from fcnn.data.column import Table, table_of
from fcnn.data.encoding import Surprise
from fcnn.data.faults import Fault, FaultError
from fcnn.data.plain import Place
from fcnn.data.preprocessing import Preprocessing, check_there_once
from fcnn.data.states import Category, ColumnState, Number


class JointPreprocessing(Preprocessing, frozen=True):
    """Several preprocessings of the columns of one table; its matrix is theirs beside each other."""

    members: Tuple[Preprocessing, ...] = ()

    @property
    def feature_names(self) -> List[str]:
        """Names of the matrix' columns: those of the first, those of the second ..."""
        return [name for member in self.members for name in member.feature_names]

    @property
    def places(self) -> List[Place]:
        """Where in the matrix each column of the table is: once for each of the members that have it."""
        shifts = [part.start for part in self.parts]
        return [
            Place(place.state, place.start + shift, place.end + shift)
            for member, shift in zip(self.members, shifts)
            for place in member.places
        ]

    @property
    def parts(self) -> List[slice]:
        """The columns of the matrix that are of each member."""
        ends = np.cumsum([len(member.feature_names) for member in self.members]).tolist()
        return [slice(start, end) for start, end in zip([0, *ends], ends)]

    def transform(self, table: Union[Table, pd.DataFrame]) -> Tuple[np.ndarray, List[Surprise]]:
        """Encode rows as :meth:`Preprocessing.transform` does, for each member.

        A surprise is what none of the members knows.
        """
        if not isinstance(table, Table):
            names = [column.name for column in self.columns]
            check_there_once(names, table)
            table = table_of(table, names, self.missing)
        parts = self.parts
        matrix = np.empty((len(table), parts[-1].stop), dtype=np.float32)
        surprises: List[List[Surprise]] = []
        faults: Dict[Tuple[str, object], Fault] = {}
        for member, part in zip(self.members, parts):
            try:
                matrix[:, part], found = member.transform(table)
                surprises.append(found)
            except FaultError as error:  # noqa: PERF203 - a handful of members
                faults.update(((fault.where, fault.told), fault) for fault in error.faults)
        if faults:
            raise FaultError(*faults.values())
        return matrix, self._shared(surprises)

    def as_written(self, table: Table) -> "JointPreprocessing":
        """The same with the decimal marks and date formats of a table, where they are others; else the same object."""
        members = tuple(member.as_written(table) for member in self.members)
        if all(new is old for new, old in zip(members, self.members)):
            return self
        return _joint(members)

    def _shared(self, surprises: Sequence[Sequence[Surprise]]) -> List[Surprise]:
        """Those of all members that have the column, each with the fewest rows that any of them has."""
        found: Dict[Tuple[str, str], List[Surprise]] = {}
        for each in surprises:
            for surprise in each:
                found.setdefault((surprise.column, surprise.what), []).append(surprise)
        having = [{state.name for state in member.columns} for member in self.members]
        return [
            min(same, key=lambda surprise: surprise.rows)
            for (column, _), same in found.items()
            if len(same) == sum(column in names for names in having)
        ]


def joint(preprocessings: Sequence[Preprocessing]) -> Tuple[Preprocessing, List[slice]]:
    """Several preprocessings as one, and the columns of its matrix that are of each.

    Where all are the same, as those of several seeds, it is that one.
    """
    first = preprocessings[0]
    if all(each == first for each in preprocessings):
        return first, [slice(0, len(first.feature_names))] * len(preprocessings)
    found = _joint(tuple(preprocessings))
    return found, found.parts


def _joint(members: Tuple[Preprocessing, ...]) -> JointPreprocessing:
    states: Dict[str, List[ColumnState]] = {}
    for member in members:
        for state in member.columns:
            states.setdefault(state.name, []).append(state)
    return JointPreprocessing(tuple(map(_union, states.values())), members[0].missing, members)


def _union(states: Sequence[ColumnState]) -> ColumnState:
    """What a column is to all: the state that the first of them has, with what any of them saw in training."""
    first: ColumnState = replace(states[0], missing=any(state.missing for state in states))
    if isinstance(first, Category):
        same = [state for state in states if isinstance(state, Category)]
        levels = sorted({level for state in same for level in state.levels})
        return replace(first, levels=tuple(levels), rare=any(state.rare for state in same))
    if isinstance(first, Number):
        numbers = [state for state in states if isinstance(state, Number)]
        lowest, highest = min(state.minimum for state in numbers), max(state.maximum for state in numbers)
        return replace(first, minimum=lowest, maximum=highest)
    return first
