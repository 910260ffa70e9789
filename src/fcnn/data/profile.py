"""What a look at the table shows: imputed and merged values, bad cells, skew, codes; and what other modules see."""

from collections import Counter
from typing import Collection, Dict, Iterator, List, Mapping, Tuple

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.config.structs import Data
from fcnn.data.balance import imbalance, similar_classes
from fcnn.data.column import Numbers, Table
from fcnn.data.dates import read_dates
from fcnn.data.findings import Noticed, about_column, together
from fcnn.data.leaks import leaks
from fcnn.data.numerals import read_numerals
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.remedies import as_category, leave_out
from fcnn.data.repeats import repeated_columns, repeated_rows
from fcnn.data.states import Category, ColumnState, Date, Number
from fcnn.data.target import Target
from fcnn.data.types import ID_ROWS, MOST_SHARE
from fcnn.errors import Problem
from fcnn.wording import say, say_many

SKEW = 5.0
"""Beyond this many standard deviations of the third moment a number is told to be skewed (an exponential has 2)."""
MOST_TYPED = 20
"""Names of columns that one would type, or paste, in a command."""
LOOKED_AT = 1000
"""Rows that tell whether a column has few enough values to be a code."""
MOST_CODES = 10
"""Whole numbers from 1 on of at least three and at most so many different values may be names."""


def profile(
    table: Table,
    preprocessing: Preprocessing,
    target: Target,
    values: np.ndarray,
    matrix: np.ndarray,
    split: Mapping[str, np.ndarray],
    data: Data,
) -> List[Problem]:
    """Everything worth saying about the table that its reading has not said.

    Args:
        table: the usable rows.
        preprocessing: fitted on its training rows.
        target: fitted likewise.
        values: (rows,) the target's raw codes or values.
        matrix: (rows, features) float32.
        split: row positions by part.
        data: the config's section.
    """
    training = table.take(split["train"])
    many_levels = dict(_many_levels(training, preprocessing, data))
    return [
        *together(dict(_bad_cells(table, preprocessing)), say("have cells that are counted as missing")),
        *together(
            dict(_imputed(training, preprocessing)), say("have no value in some training rows, and usual ones stand in")
        ),
        *together(dict(_merged(training, preprocessing)), say("have rare values, which are one level each")),
        *together(many_levels, say("have a value of their own in most rows"), _to_leave_out(data, many_levels)),
        *together(dict(_skewed(training, preprocessing)), say("are far from symmetric")),
        *together(dict(_codes(training, preprocessing, data)), say("are few whole numbers each: names or quantities?")),
        *together(dict(leaks(table, preprocessing, target, values, data)), say("alone tell the target in every row")),
        *together(repeated_columns(table, preprocessing, data), say("are equal to others in every row")),
        *imbalance(target, values),
        *similar_classes(target),
        *_equal_names(preprocessing),
        *repeated_rows(table, matrix, values, split, data.split.method),
    ]


def _equal_names(preprocessing: Preprocessing) -> Iterator[Problem]:
    """Two columns of the matrix that are called alike: a feature ``size=<missing>`` beside one of ``size``'s own."""
    counts = Counter(preprocessing.feature_names)
    for name in (name for name, count in counts.items() if count > 1):
        message = say("{count} columns of the matrix have this name", count=counts[name])
        hint = say("rename the column in the file, to tell them apart in data.json")
        yield Noticed(message, say("feature {name!r}", name=name), hint=hint, severity="note", kind="equal_names")


def _note(kind: str, name: str, message: str, count: int, examples: Tuple[str, ...] = (), hint: str = "") -> Noticed:
    return about_column(kind, name, message, count, severity="note", hint=hint, examples=examples)


def _bad_cells(table: Table, preprocessing: Preprocessing) -> Iterator[Tuple[str, Noticed]]:
    """Cells that the config says to count as missing, in all rows."""
    for state in preprocessing.columns:
        column = table[state.name]
        if getattr(state, "bad_values", "error") != "missing" or isinstance(column, Numbers):
            continue
        bad = np.flatnonzero(np.isnan(column.look_up(_readable(state, column.present()))) & ~column.missing)
        if len(bad):
            message = say_many(
                len(bad),
                "1 cell cannot be read and is counted as missing: {cells}",
                "{count:,} cells cannot be read and are counted as missing: {cells}",
                cells=column.examples(list(bad)),
            )
            yield state.name, _note("bad_cells", state.name, message, len(bad), column.rows.first_names(bad))


def _readable(state: ColumnState, levels: List[str]) -> Dict[str, float]:
    """The levels that can be read, as numbers or days."""
    if isinstance(state, Date):
        return read_dates(levels, state.format).values
    return read_numerals(levels, state.decimal if isinstance(state, Number) else ".").values


def _imputed(training: Table, preprocessing: Preprocessing) -> Iterator[Tuple[str, Noticed]]:
    for state in preprocessing.columns:
        column = training[state.name]
        missing = np.flatnonzero(column.missing)
        if not len(missing):
            continue
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
        yield state.name, _note("imputed", state.name, message, len(missing), column.rows.first_names(missing))


def _merged(training: Table, preprocessing: Preprocessing) -> Iterator[Tuple[str, Noticed]]:
    for state in preprocessing.columns:
        if isinstance(state, Category) and state.rare:
            column = training[state.name].as_text()
            kept = frozenset(state.levels)
            rare = [level for level in column.counts() if level not in kept]
            rows = np.flatnonzero(~np.isnan(column.look_up(dict.fromkeys(rare, 1.0))))
            message = say(
                "rare values share one level: {count:,} in {rows:,} training rows, such as {example!r}",
                count=len(rare),
                rows=len(rows),
                example=rare[0],
            )
            yield state.name, _note("merged", state.name, message, len(rows), column.rows.first_names(rows))


def _many_levels(training: Table, preprocessing: Preprocessing, data: Data) -> Iterator[Tuple[str, Noticed]]:
    """Text of which most values are seen once: nearly an identifier."""
    for state in preprocessing.columns:
        if isinstance(state, Category):
            column = training[state.name].as_text()
            counts = column.counts()
            present = sum(counts.values())
            if present >= ID_ROWS and len(counts) > MOST_SHARE * present:
                message = say(
                    "has {count:,} different values in {rows:,} training rows: there is little to learn from each",
                    count=len(counts),
                    rows=present,
                )
                hint = say("to leave it out: {override}", override=leave_out(data, state.name))
                yield state.name, _note("many_levels", state.name, message, len(counts), hint=hint)


def _to_leave_out(data: Data, names: Collection[str]) -> str:
    """The hint for many columns; empty where they are too many to be typed."""
    return say("to leave them out: {override}", override=leave_out(data, *names)) if len(names) <= MOST_TYPED else ""


def _skewed(training: Table, preprocessing: Preprocessing) -> Iterator[Tuple[str, Noticed]]:
    for state in preprocessing.columns:
        column = training[state.name]
        if not isinstance(state, Number) or not isinstance(column, Numbers) or state.std == 0:
            continue
        values = column.values[~np.isnan(column.values)]
        with np.errstate(over="ignore"):
            deviations = (values - values.mean()) / (values.std() or 1.0)
        skew = float(np.mean(deviations * deviations * deviations)) if len(values) > 2 else 0.0
        if abs(skew) > SKEW:
            message = say(
                "is far from symmetric (skewness {skew:.1f}): median {median:g}, largest {largest:g}",
                skew=skew,
                median=state.median,
                largest=state.maximum,
            )
            yield state.name, _note("skew", state.name, message, len(values))


def _codes(training: Table, preprocessing: Preprocessing, data: Data) -> Iterator[Tuple[str, Noticed]]:
    """Few whole numbers, none of them 0: codes of something, or years, rather than counts."""
    for state in preprocessing.columns:
        column = training[state.name]
        is_guess = data.columns.get(state.name, Stated()).type == "auto"
        if not isinstance(state, Number) or not isinstance(column, Numbers) or not is_guess:
            continue
        if state.minimum < 1 or len(np.unique(column.values[:LOOKED_AT])) > MOST_CODES + 1:
            continue  # most columns are told from their first rows already
        different = np.unique(column.values[~column.missing])
        whole = bool((np.floor(different) == different).all())
        if whole and 3 <= len(different) <= MOST_CODES and len(column) >= 10 * len(different):
            shown = [f"{value:.15g}" for value in different]
            named = ", ".join(shown) if len(shown) <= 5 else ", ".join([*shown[:3], "...", shown[-1]])
            message = say("has few whole numbers ({values}): are they names rather than quantities?", values=named)
            hint = say("if they are names: {override}", override=as_category(state.name))
            yield state.name, _note("codes", state.name, message, len(different), hint=hint)
