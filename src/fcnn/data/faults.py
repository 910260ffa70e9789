"""Cells that cannot be used, as facts that can be added up: a file is read piece by piece and judged as a whole."""

from dataclasses import dataclass, replace
from typing import Callable, Dict, Iterable, List, Tuple

import numpy as np

from fcnn.data.column import Column
from fcnn.data.findings import column_place
from fcnn.errors import DataError, Problem
from fcnn.wording import say_list

MOST_EXAMPLES = 5


@dataclass(frozen=True)
class Fault:
    """Some cells of a column, or some rows, that cannot be used for one reason."""

    where: str
    """``column 'size'``."""
    told: Callable[[int], str]
    """From their number to the sentence about them."""
    count: int
    examples: Tuple[str, ...]
    """The first of them: ``'abc' (line 17)``."""
    expected: str = ""
    hint: str = ""

    def problem(self) -> Problem:
        """The same for a person."""
        received = say_list(self.examples, more=self.count > len(self.examples))
        return Problem(self.told(self.count), self.where, self.expected, received, self.hint)


class FaultError(DataError):
    """Cells cannot be used."""

    def __init__(self, *faults: Fault) -> None:
        """Keep the faults; at least one is expected."""
        super().__init__(*(fault.problem() for fault in faults))
        self.faults = faults


def fault_of(
    column: Column, positions: np.ndarray, told: Callable[[int], str], expected: str, hint: str = ""
) -> FaultError:
    """The error about the cells of a column at some positions."""
    examples = tuple(column.examples([int(position)]) for position in positions[:MOST_EXAMPLES])
    where = column_place(column.name)
    return FaultError(Fault(where, told, len(positions), examples, expected, hint))


def add_up_faults(faults: Iterable[Fault]) -> List[Fault]:
    """One fault for each place and reason, in the order of their first appearance."""
    whole: Dict[Tuple[str, Callable[[int], str]], Fault] = {}
    for fault in faults:
        key = fault.where, fault.told
        before = whole.get(key)
        if before is None:
            whole[key] = fault
        else:
            examples = (*before.examples, *fault.examples)[:MOST_EXAMPLES]
            whole[key] = replace(before, count=before.count + fault.count, examples=examples)
    return list(whole.values())
