"""Lines below a table that sum it up: a reader knows them for what they are, a network learns from them."""

from typing import Iterator

import numpy as np

from fcnn.data.column import Numbers, Table, Text
from fcnn.data.findings import Noticed
from fcnn.data.meanings import Understood
from fcnn.data.rows import RowNames
from fcnn.wording import say, say_many

WORDS = frozenset((
    "total", "totals", "grand total", "subtotal", "sub-total", "sub total", "sum", "average", "avg", "mean",
    "median", "gesamt", "summe", "durchschnitt", "mittelwert", "somme", "moyenne", "suma", "totale", "итого",
    "всего",
    "合计", "总计", "小计", "共计", "总和", "汇总", "平均", "平均值", "均值", "合計", "小計", "総計",
))  # fmt: skip
"""What stands in the first cell of such a line, compared without case."""
MOST_LINES = 3
"""At the end of a file: sum, average, and one more."""
LEAST_ROWS = 10
"""Above a line of sums that no word tells: of fewer it may be chance."""


def total_lines(table: Table) -> Iterator[Noticed]:
    """A warning where the last rows of a file sum up those above.

    They are known by a word such as ``Total`` that the column has nowhere else, or as the sum of all rows above in
    every column of numbers, of which there are two at least.

    Args:
        table: the usable rows; those without a target are left out of it.
    """
    last = _last_rows(table.rows)
    rows = last[:0]
    for name in table.columns:
        column = table[name]
        if isinstance(column, Text):
            rows = np.union1d(rows, _named(column, last))
    if not len(rows) and _adds_up(table):
        rows = np.array([len(table) - 1])
    if len(rows):
        places = table.rows.first_names(rows)
        message = say_many(
            len(rows),
            "1 row looks like a sum or a mean of those above it, and is learnt from ({place})",
            "{count:,} rows look like sums or means of those above them, and are learnt from (the first in {place})",
            place=places[0],
        )
        hint = say("delete lines that are no rows in the file")
        files = [source.file for source in table.rows.sources]
        where = files[0] if len(files) == 1 else ""
        yield Noticed(message, where, hint=hint, severity="warning", kind="totals", count=len(rows), examples=places)


def _last_rows(names: RowNames) -> np.ndarray:
    """The last rows of each file, in order."""
    behind = np.cumsum([source.rows for source in names.sources])
    if names.positions is not None:
        behind = np.searchsorted(names.positions, behind)
    begins = np.concatenate(([0], behind[:-1]))
    return np.concatenate([np.arange(max(begin, end - MOST_LINES), end) for begin, end in zip(begins, behind)])


def _named(column: Text, last: np.ndarray) -> np.ndarray:
    """The rows whose cell is a word for a sum, where all that have it are among the last."""
    codes = [code for code in set(column.codes[last].tolist()) if code >= 0 and _is_word(column.levels[code])]
    rows = np.flatnonzero(np.isin(column.codes, codes)) if codes else last[:0]
    return rows if np.isin(rows, last).all() else rows[:0]


def _is_word(cell: str) -> bool:
    return cell.rstrip(" :\uff1a").casefold() in WORDS


def _adds_up(table: Table) -> bool:
    """Whether the last row has the sum of all others wherever it has a number, twice at least."""
    if len(table) <= LEAST_ROWS:
        return False
    sums = 0
    for name in table.columns:
        column = table[name]
        if not isinstance(column, Numbers) or isinstance(column, Understood) or np.isnan(column.values[-1]):
            continue
        above, total = np.nan_to_num(column.values[:-1]), column.values[-1]
        # of one number and nothing else beside it, the last would be a repetition
        if abs(total) <= np.abs(above).max() or not np.isclose(above.sum(), total, rtol=1e-6):
            return False
        sums += 1
    return sums >= 2
