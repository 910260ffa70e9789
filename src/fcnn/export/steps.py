"""The preprocessing as plain steps from which every format is made: how a cell is read, and what it becomes.

A cell is first read: as a number, a text or a date, or as missing. Each step then writes its columns of the matrix.
"""

from dataclasses import dataclass
from itertools import product
from typing import Dict, Iterator, List, Optional, Tuple, Union

from msgspec import UnsetType

from fcnn.data.booleans import SPELLINGS
from fcnn.data.missing import Missing
from fcnn.data.numerals import read_numerals
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.scalers import linear_part
from fcnn.data.states import Boolean, Category, ColumnState, Date, DatePart, Number, Quantile, names_of

VALUE = "value"
"""The part of a number or a boolean that is scaled: all there is. Dates have those of `fcnn.data.dates.PARTS`."""


@dataclass(frozen=True)
class Scale:
    """One column: ``(value - center) / scale``, or the normal quantile of its rank; clipped where it is to be."""

    part: str
    """What of the cell is scaled."""
    fill: float
    """Stands in for a missing value."""
    center: float
    scale: float
    quantiles: Tuple[float, ...] = ()
    """Of :class:`fcnn.data.states.Quantile`; then nothing is subtracted, and nothing divided by."""
    smooth_clip: Optional[float] = None
    """The limit c of x / sqrt(1 + (x / c)^2); None where it is not clipped."""


@dataclass(frozen=True)
class Levels:
    """A column for each level: 1 where the text is that level."""

    levels: Tuple[str, ...]


@dataclass(frozen=True)
class IsMissing:
    """One column: 1 where the cell is missing."""


@dataclass(frozen=True)
class IsOther:
    """One column: 1 where the text is neither missing nor one of the levels."""


Step = Union[Scale, Levels, IsMissing, IsOther]


@dataclass(frozen=True)
class ColumnSteps:
    """One column of the table."""

    name: str
    kind: str
    """``number``, ``boolean``, ``category`` or ``date``: how its cells are read."""
    missing: Tuple[str, ...]
    """The texts that stand for a missing value; the empty one is the first."""
    steps: Tuple[Step, ...]
    features: Tuple[str, ...]
    """The names of the columns of the matrix that the steps write, in order."""
    is_bad_missing: bool = False
    """Whether a cell that is no number or date counts as missing; else its row cannot be predicted."""
    decimal: str = "."
    """Of numbers: their decimal mark, where they are text."""
    words: Tuple[Tuple[str, ...], Tuple[str, ...]] = ((), ())
    """Of booleans: what means false, and what means true, casefolded; any other text counts as missing."""
    format: str = ""
    """Of dates, for strptime."""
    first: float = 0.0
    """Of dates: where ``days`` begins to count, in days since 1970-01-01."""

    @property
    def missing_numbers(self) -> Tuple[float, ...]:
        """The numbers among the texts that stand for a missing value, such as -999."""
        return tuple(read_numerals([text for text in self.missing if text]).values.values())


def steps_of(preprocessing: Preprocessing) -> Tuple[ColumnSteps, ...]:
    """The steps of all columns, in the order of the matrix."""
    return tuple(_steps(state, preprocessing.missing) for state in preprocessing.columns)


def _steps(state: ColumnState, missing: Missing) -> ColumnSteps:
    absent = ("", *(text for text in missing.texts_of(state.name) if text))
    flag: List[Step] = [IsMissing()] if state.missing else []
    features = tuple(names_of(state))
    if isinstance(state, Number):
        scale = _scale(VALUE, state)
        is_bad_missing = state.bad_values == "missing"
        steps = (scale, *flag)
        return ColumnSteps(state.name, "number", absent, steps, features, is_bad_missing, decimal=state.decimal)
    if isinstance(state, Boolean):
        no, yes = ((*usual, word) for usual, word in zip(SPELLINGS, state.words))
        words = (tuple(dict.fromkeys(no)), tuple(dict.fromkeys(yes)))
        scale = Scale(VALUE, float(state.mode), 0.0, 1.0)
        return ColumnSteps(state.name, "boolean", absent, (scale, *flag), features, words=words)
    if isinstance(state, Category):
        other: List[Step] = [IsOther()] if state.rare else []
        return ColumnSteps(state.name, "category", absent, (Levels(state.levels), *flag, *other), features)
    assert isinstance(state, Date)
    scales = (_scale(part.name, part) for part in state.parts)
    return ColumnSteps(
        state.name,
        "date",
        absent,
        (*scales, *flag),
        features,
        is_bad_missing=state.bad_values == "missing",
        format=state.format,
        first=state.first,
    )


def _scale(part: str, state: Union[Number, DatePart]) -> Scale:
    quantiles = state.scaler.quantiles if isinstance(state.scaler, Quantile) else ()
    limit = None if isinstance(state.smooth_clip, UnsetType) else state.smooth_clip
    return Scale(part, state.median, *linear_part(state), quantiles, limit)


def is_bent(column: ColumnSteps) -> bool:
    """Whether a column is not only shifted and divided."""
    return any(isinstance(step, Scale) and (step.quantiles or step.smooth_clip) for step in column.steps)


def truth_of(column: ColumnSteps) -> Dict[str, float]:
    """Each text that means false or true in a boolean column, in any case, and 0 or 1; but for those that are missing.

    For graphs, which can look a text up and cannot casefold it: ``no``, ``No``, ``nO``, ``NO`` ...
    """
    found = {
        spelling: float(truth)
        for truth, words in enumerate(column.words)
        for word in words
        for spelling in _spellings(word)
    }
    return {spelling: truth for spelling, truth in found.items() if spelling not in column.missing}


_ODD = {"s": ("\u017f",), "ff": ("\ufb00",)}
"""Letters that casefold to plain ones and are no capitals: the long s, the ligature of two f."""


def _spellings(word: str) -> Iterator[str]:
    """All texts that casefold to a word."""
    if "ff" in word:
        before, after = word.split("ff", 1)
        for start, odd, end in product(_spellings(before), _ODD["ff"], _spellings(after)):
            yield start + odd + end
    letters = [tuple(dict.fromkeys((letter, letter.upper(), *_ODD.get(letter, ())))) for letter in word]
    yield from map("".join, product(*letters))
