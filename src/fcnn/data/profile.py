"""What a look at the table shows: imputed and merged values, bad cells, skew, codes, leaks, imbalance."""

from collections import Counter
from typing import Dict, Iterator, List, Mapping, Tuple

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.config.structs import Data
from fcnn.data.column import Column, Numbers, Table
from fcnn.data.dates import read_dates
from fcnn.data.findings import Noticed, together
from fcnn.data.numerals import read_numerals
from fcnn.data.preprocessing import Category, Date, Number, Preprocessing
from fcnn.data.repeats import repeated_columns, repeated_rows
from fcnn.data.states import ColumnState
from fcnn.data.target import Target
from fcnn.data.types import ID_ROWS, MOST_SHARE, as_category, leave_out
from fcnn.errors import Problem
from fcnn.wording import say, say_many

IMBALANCE = 20
"""The largest class has this many times the rows of the smallest: told."""
SKEW = 5.0
"""Beyond this many standard deviations of the third moment a number is told to be skewed (an exponential has 2)."""
LOOKED_AT = 1000
"""Rows that tell whether a column has few enough values to say the target, or to be a code."""
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
    return [
        *together(dict(_bad_cells(table, preprocessing)), say("have cells that are counted as missing")),
        *together(
            dict(_imputed(training, preprocessing)), say("have no value in some training rows, and usual ones stand in")
        ),
        *together(dict(_merged(training, preprocessing)), say("have rare values, which are one level each")),
        *together(dict(_many_levels(training, preprocessing, data)), say("have a value of their own in most rows")),
        *together(dict(_skewed(training, preprocessing)), say("are far from symmetric")),
        *together(dict(_codes(training, preprocessing, data)), say("are few whole numbers each: names or quantities?")),
        *together(dict(_leaks(table, preprocessing, target, values, data)), say("alone tell the target in every row")),
        *together(repeated_columns(table, preprocessing, data), say("are equal to others in every row")),
        *_imbalance(target, values),
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
    where = say("column {name!r}", name=name)
    return Noticed(message, where, hint=hint, severity="note", kind=kind, column=name, count=count, examples=examples)


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


def _leaks(
    table: Table, preprocessing: Preprocessing, target: Target, values: np.ndarray, data: Data
) -> Iterator[Tuple[str, Noticed]]:
    """Features that say the target by themselves, in every row."""
    for state in preprocessing.columns:
        column = table[state.name]
        if isinstance(state, Date) or len(values) < 10:
            continue
        if target.task == "regression":
            equal = isinstance(column, Numbers) and bool((column.values == values).all())
        else:
            most = 2 * len(target.classes)
            # most columns have more values than that in their first rows already
            equal = _levels(column.take(np.arange(min(LOOKED_AT, len(column)))))[1] <= most
            if equal:
                codes, levels = _levels(column)
                pairs = len(np.unique(codes * len(target.classes) + values))
                equal = pairs == levels <= most
        if equal:
            without = leave_out(data, state.name)
            hint = say("is it known before the target is? If not: {override}", override=without)
            message = say("alone tells the target in every row")
            where = say("column {name!r}", name=state.name)
            yield (
                state.name,
                Noticed(
                    message, where, hint=hint, severity="warning", kind="leak", column=state.name, count=len(values)
                ),
            )


def _levels(column: Column) -> Tuple[np.ndarray, int]:
    """(rows,) int64 codes of a column's different cells, a missing one among them, and how many there are."""
    cells = np.nan_to_num(column.values, nan=-np.inf) if isinstance(column, Numbers) else column.codes
    levels, codes = np.unique(cells, return_inverse=True)
    return codes.astype(np.int64), len(levels)


def _imbalance(target: Target, values: np.ndarray) -> Iterator[Problem]:
    if not target.classes:
        return
    counts = np.bincount(values, minlength=len(target.classes))
    largest, smallest = int(counts.argmax()), int(counts.argmin())
    if counts[largest] >= IMBALANCE * counts[smallest]:
        message = say(
            "the classes differ in size: {most:,} of {largest!r}, {fewest:,} of {smallest!r}",
            most=int(counts[largest]),
            largest=target.classes[largest],
            fewest=int(counts[smallest]),
            smallest=target.classes[smallest],
        )
        hint = say("to weigh the classes alike: training.class_weight=balanced")
        yield _note("imbalance", target.name, message, int(counts[smallest]), hint=hint)
