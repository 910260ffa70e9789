"""Which texts stand for a missing value, in a table and in single columns of it; kept in ``data.json``."""

from typing import Dict, FrozenSet, Tuple

from msgspec import Struct

from fcnn.config.structs import Data
from fcnn.wording import say

USUAL = ("NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "None", "?", "-")
"""What stands for a missing value beside an empty cell, where the config does not say.

Not `none` or `unknown`: those are levels of real tables (bank marketing).
"""


class Missing(Struct, frozen=True):
    """What counts as missing beside an empty cell, which always does."""

    texts: Tuple[str, ...] = USUAL
    """In all columns but those below."""
    columns: Dict[str, Tuple[str, ...]] = {}
    """In columns of which the config says it."""

    def texts_of(self, name: str) -> Tuple[str, ...]:
        """The texts of one column, but for the empty one."""
        return self.columns.get(name, self.texts)

    def of(self, name: str) -> FrozenSet[str]:
        """The texts of one column, with the empty one."""
        return frozenset(("", *self.texts_of(name)))

    def hint(self, name: str) -> str:
        """What counts as missing in one column, in words."""
        texts = self.texts_of(name)
        if not texts:
            return say("an empty cell counts as missing, and nothing else does")
        return say("an empty cell counts as missing, and so do: {texts}", texts=" ".join(texts))


USUALLY = Missing()
"""Of a table of which nothing else is said."""


def missing_in(data: Data) -> Missing:
    """What a config says of missing values."""
    stated = {name: column.missing for name, column in data.columns.items() if column.missing is not None}
    columns = {name: _stripped(*texts) for name, texts in stated.items()}
    return Missing(USUAL if data.missing is None else _stripped(*data.missing), columns)


def _stripped(*texts: str) -> Tuple[str, ...]:
    # as the cells are that they are compared with
    return tuple(text.strip() for text in texts)
