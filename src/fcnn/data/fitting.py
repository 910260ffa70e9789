"""Fitting the state of one column on the training rows."""

from datetime import date
from typing import Callable, Dict

import numpy as np

from fcnn.config.structs import Column as Stated
from fcnn.data.booleans import boolean_words
from fcnn.data.column import OTHERS, Column
from fcnn.data.dates import no_date, part_of, read_dates, varying
from fcnn.data.faults import fault_of
from fcnn.data.findings import column_place
from fcnn.data.meanings import DATE, Understood
from fcnn.data.numbers import percent_signs, to_numbers
from fcnn.data.remedies import as_category
from fcnn.data.scalers import AS_USUAL, Scaling, fit_scalers
from fcnn.data.scaling import mean_and_std
from fcnn.data.states import MOST_LEVELS, Boolean, Category, ColumnState, Date, DatePart, Number
from fcnn.errors import DataError, Problem
from fcnn.wording import say


def fit_column(kind: str, column: Column, stated: Stated, decimal: str, scaling: Scaling = AS_USUAL) -> ColumnState:
    """Fit one column of the training rows, in which it is not the same everywhere.

    Args:
        kind: ``number``, ``boolean``, ``category`` or ``date``.
        column: the training rows.
        stated: what the config says of it.
        decimal: the decimal mark of the file.
        scaling: of numbers and dates, where `stated` does not say.

    Raises:
        DataError: the values do not allow the kind.
    """
    fitters: Dict[str, Callable[[Column, Stated, str, Scaling], ColumnState]] = {
        "number": _fit_number,
        "boolean": _fit_boolean,
        "category": _fit_category,
        "date": _fit_date,
    }
    return fitters[kind](column, stated, decimal, scaling.of(stated))


def _fit_number(column: Column, stated: Stated, decimal: str, scaling: Scaling) -> Number:
    values = to_numbers(
        column, say("or take it as text: {override}", override=as_category(column.name)), decimal, stated.bad_values
    )
    where = column_place(column.name)
    absent = np.isnan(values)
    present = values[~absent]
    if not len(present):
        message = say("has no number in any training row")
        raise DataError(
            Problem(message, where, hint=say("leave it out, or {override}", override=as_category(column.name)))
        )
    with np.errstate(over="ignore"):
        median = float(np.median(present))  # infinite where the two in the middle are beyond half of float64
    imputed = np.where(absent, median, values)
    mean, std = mean_and_std(imputed, where)
    signs = percent_signs(column)[~absent & (values != 0.0)]
    return Number(
        name=column.name,
        median=median,
        mean=mean,
        std=std,
        minimum=float(present.min()),
        maximum=float(present.max()),
        missing=bool(absent.any()),
        decimal=decimal,
        bad_values=stated.bad_values,
        percent=None if signs.any() and not signs.all() else bool(signs.any()),
        scaler=fit_scalers(imputed[np.newaxis], [scaling.scaler])[0],
        smooth_clip=scaling.limit,
    )


def _fit_boolean(column: Column, stated: Stated, decimal: str, scaling: Scaling) -> Boolean:
    text = column.as_text()
    words = boolean_words(text.present(), least=1)
    if words is None:
        found = ", ".join(sorted(text.present())[:5])
        expected = "two of yes/no, true/false, t/f, y/n, on/off, 是/否, 1/0"
        where = column_place(column.name)
        raise DataError(Problem("is no boolean", where, expected, found, as_category(column.name)))
    counts = text.counts()
    true = sum(count for level, count in counts.items() if level.casefold() == words[1])
    mode = true / sum(counts.values()) >= 0.5
    return Boolean(name=column.name, words=words, mode=mode, missing=bool(text.missing.any()))


def _fit_category(column: Column, stated: Stated, decimal: str, scaling: Scaling) -> Category:
    text = column.as_text()
    counts = text.counts()
    others = counts.pop(OTHERS, 0)
    ordered = sorted(counts, key=lambda level: (-counts[level], level))
    kept = ordered[:MOST_LEVELS]
    return Category(
        name=column.name,
        levels=tuple(sorted(kept)),
        missing=bool(text.missing.any()),
        rare=len(ordered) > len(kept) or others > 0,
    )


def _fit_date(column: Column, stated: Stated, decimal: str, scaling: Scaling) -> Date:
    if isinstance(column, Understood) and column.meaning.kind == DATE:
        return _date(column.name, column.values, column.meaning.format, stated, scaling)
    text = column.as_text()
    dates = read_dates(text.present(), stated.format or "")
    days = text.look_up(dates.values)
    bad = np.flatnonzero(np.isnan(days) & ~text.missing)
    if np.isnan(days).all() or (len(bad) and stated.bad_values == "error"):
        example = date(2020, 5, 17).strftime(stated.format or "%Y-%m-%d")
        expected = say("dates such as {date}", date=example)
        raise fault_of(text, bad, no_date, expected, as_category(column.name))
    return _date(column.name, days, dates.format, stated, scaling)


def _date(name: str, days: np.ndarray, written: str, stated: Stated, scaling: Scaling) -> Date:
    """The state of a column of dates: (rows,) float64 days, NaN where missing, and how they are written."""
    where = column_place(name)
    absent = np.isnan(days)
    first, last = float(days[~absent].min()), float(days[~absent].max())
    parts = []
    for part in varying(days):
        values = part_of(days, part, first)
        median = float(np.median(values[~absent]))
        imputed = np.where(absent, median, values)
        mean, std = mean_and_std(imputed, where)
        scaler = fit_scalers(imputed[np.newaxis], [scaling.scaler])[0]
        parts.append(DatePart(part, median, mean, std, scaler, scaling.limit))
    return Date(
        name=name,
        format=written,
        first=first,
        last=last,
        parts=tuple(parts),
        missing=bool(absent.any()),
        bad_values=stated.bad_values,
    )
