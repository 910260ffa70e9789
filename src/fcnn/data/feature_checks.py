"""What a look at single features shows: imputed and merged values, bad cells, skew, codes."""

from dataclasses import dataclass
from functools import cached_property
from typing import Callable, Dict, List, Optional, Tuple

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.config.structs import Data
from fcnn.data.column import OTHERS, Column, Numbers
from fcnn.data.dates import read_dates
from fcnn.data.findings import Noticed, about_column
from fcnn.data.guess import ID_ROWS, MOST_SHARE
from fcnn.data.meanings import Understood
from fcnn.data.numerals import read_numerals
from fcnn.data.remedies import as_category, leave_out
from fcnn.data.rows import RowNames
from fcnn.data.sentinels import sentinel
from fcnn.data.states import Category, ColumnState, Date, Number
from fcnn.wording import say, say_many

SKEW = 5.0
"""Beyond this many standard deviations of the third moment a number is told to be skewed (an exponential has 2)."""
LOOKED_AT = 1000
"""Rows that tell whether a column has few enough values to be a code."""
MOST_CODES = 10
"""Whole numbers from 1 on of at least three and at most so many different values may be names."""


@dataclass(frozen=True)
class Feature:
    """A feature to look at."""

    state: ColumnState
    column: Column
    """The usable rows."""
    data: Data
    """The config's section."""
    training_rows: np.ndarray
    """(training rows,) int64 positions."""
    training_names: RowNames

    @cached_property
    def training(self) -> Column:
        """The training rows; they are copied when they are first asked for, which most checks never do."""
        return self.column.take(self.training_rows, self.training_names)


def _bad_cells(feature: Feature) -> Optional[Noticed]:
    """Cells that the config says to count as missing, in all rows."""
    state, column = feature.state, feature.column
    if isinstance(column, Understood) and column.bad:
        return _counted_as_missing(state.name, column.bad, column.cells, column.places)
    if getattr(state, "bad_values", "error") != "missing" or isinstance(column, Numbers):
        return None
    bad = np.flatnonzero(np.isnan(column.look_up(_readable(state, column.present()))) & ~column.missing)
    if not len(bad):
        return None
    return _counted_as_missing(state.name, len(bad), column.examples(list(bad)), column.rows.first_names(bad))


def _counted_as_missing(name: str, count: int, cells: str, places: Tuple[str, ...]) -> Noticed:
    message = say_many(
        count,
        "1 cell cannot be read and is counted as missing: {cells}",
        "{count:,} cells cannot be read and are counted as missing: {cells}",
        cells=cells,
    )
    return about_column("bad_cells", name, message, count, severity="note", examples=places)


def _readable(state: ColumnState, levels: List[str]) -> Dict[str, float]:
    """The levels that can be read, as numbers or days."""
    if isinstance(state, Date):
        return read_dates(levels, state.format).values
    return read_numerals(levels, state.decimal if isinstance(state, Number) else ".").values


def _imputed(feature: Feature) -> Optional[Noticed]:
    state = feature.state
    if not state.missing:
        return None
    column = feature.training
    missing = np.flatnonzero(column.missing)
    if not len(missing):  # cells that cannot be read are missing, too, and are told apart
        return None
    instead = say("the usual value stands in")
    if isinstance(state, Number):
        instead = say("the median {median:g} stands in", median=state.median)
    elif isinstance(state, Category):
        instead = say("they are a level of their own")
    message = say(
        "no value in {count:,} of {rows:,} training rows (the first in {first}): {instead}",
        count=len(missing),
        rows=len(column),
        first=column.rows.name(int(missing[0])),
        instead=instead,
    )
    return about_column(
        "imputed", state.name, message, len(missing), severity="note", examples=column.rows.first_names(missing)
    )


def _merged(feature: Feature) -> Optional[Noticed]:
    state = feature.state
    if not isinstance(state, Category) or not state.rare:
        return None
    column = feature.training.as_text()
    kept = frozenset(state.levels)
    rare = [level for level in column.counts() if level not in kept]
    rows = np.flatnonzero(~np.isnan(column.look_up(dict.fromkeys(rare, 1.0))))
    if OTHERS in rare:
        message = say(
            "values that are not kept apart on the disk share one level: {rows:,} training rows", rows=len(rows)
        )
        return about_column("merged", state.name, message, len(rows), severity="note")
    message = say(
        "rare values share one level: {count:,} in {rows:,} training rows, such as {example!r}",
        count=len(rare),
        rows=len(rows),
        example=rare[0],
    )
    return about_column(
        "merged", state.name, message, len(rows), severity="note", examples=column.rows.first_names(rows)
    )


def many_levels(feature: Feature) -> Optional[Noticed]:
    """Text of which most values are seen once: nearly an identifier."""
    state = feature.state
    if not isinstance(state, Category):
        return None
    counts = feature.training.as_text().counts()
    present = sum(counts.values())
    if present < ID_ROWS or len(counts) <= MOST_SHARE * present:
        return None
    message = say(
        "has {count:,} different values in {rows:,} training rows: there is little to learn from each",
        count=len(counts),
        rows=present,
    )
    hint = say("to leave it out: {override}", override=leave_out(feature.data, state.name))
    return about_column("many_levels", state.name, message, len(counts), severity="note", hint=hint)


def _skewed(feature: Feature) -> Optional[Noticed]:
    state = feature.state
    if not isinstance(state, Number) or not isinstance(feature.column, Numbers):
        return None
    farthest = max(state.maximum - state.mean, state.mean - state.minimum)
    if not state.missing and farthest <= SKEW * state.std:
        return None  # the mean of the cubes is at most the farthest of all times the mean of the squares, which is 1
    values = feature.column.values[feature.training_rows]
    values = values[~np.isnan(values)]
    with np.errstate(over="ignore"):
        deviations = (values - values.mean()) / (values.std() or 1.0)
    skew = float(np.mean(deviations * deviations * deviations)) if len(values) > 2 else 0.0
    if abs(skew) <= SKEW:
        return None
    message = say(
        "is far from symmetric (skewness {skew:.1f}): median {median:g}, largest {largest:g}",
        skew=skew,
        median=state.median,
        largest=state.maximum,
    )
    return about_column("skew", state.name, message, len(values), severity="note")


def _codes(feature: Feature) -> Optional[Noticed]:
    """Few whole numbers, none of them 0: codes of something, or years, rather than counts."""
    state = feature.state
    is_guess = feature.data.columns.get(state.name, Stated()).type == "auto"
    if not isinstance(state, Number) or not isinstance(feature.column, Numbers) or not is_guess or state.minimum < 1:
        return None
    values = feature.column.values[feature.training_rows]
    if len(np.unique(values[:LOOKED_AT])) > MOST_CODES + 1:
        return None  # most columns are told from their first rows already
    different = np.unique(values[~np.isnan(values)])
    whole = bool((np.floor(different) == different).all())
    if not whole or not 3 <= len(different) <= MOST_CODES or len(values) < 10 * len(different):
        return None
    shown = [f"{value:.15g}" for value in different]
    named = ", ".join(shown) if len(shown) <= 5 else ", ".join([*shown[:3], "...", shown[-1]])
    message = say("has few whole numbers ({values}): are they names rather than quantities?", values=named)
    hint = say("if they are names: {override}", override=as_category(state.name))
    return about_column("codes", state.name, message, len(different), severity="note", hint=hint)


def _sentinel(feature: Feature) -> Optional[Noticed]:
    return sentinel(feature.column, feature.data) if isinstance(feature.column, Numbers) else None


CHECKS: Dict[Callable[[Feature], Optional[Noticed]], str] = {
    _bad_cells: say("have cells that are counted as missing"),
    _sentinel: say("have numbers such as -999, far from all others"),
    _imputed: say("have no value in some training rows, and usual ones stand in"),
    _merged: say("have rare values, which are one level each"),
    many_levels: say("have a value of their own in most rows"),
    _skewed: say("are far from symmetric"),
    _codes: say("are few whole numbers each: names or quantities?"),
}
"""What is looked for in each feature, and what is said of many that have it."""
