"""What one column becomes in the matrix: its state, fitted on training rows; plain data for ``data.json``."""

from typing import List, Optional, Tuple, Union

from msgspec import UNSET, Struct, UnsetType

MOST_LEVELS = 100
"""Levels of one category that get a column of their own; the rarer ones share one."""


class Robust(Struct, frozen=True, tag_field="name", tag="robust"):
    """(x - center) / scale, as scikit-learn's RobustScaler has it."""

    center: float
    """The median."""
    scale: float
    """The interquartile range; half of the whole range where that is 0."""


class Quantile(Struct, frozen=True, tag_field="name", tag="quantile"):
    """The quantile of the normal distribution at the share of training rows below x, as of QuantileTransformer."""

    quantiles: Tuple[float, ...]
    """Of the training rows at evenly spaced shares, from the least to the largest."""


Scaler = Union[Robust, Quantile, UnsetType]
"""What is done in place of (x - mean) / std, where it is something else; where not, ``data.json`` says nothing."""


class Number(Struct, frozen=True, kw_only=True, tag_field="type", tag="number"):
    """A number: missing replaced by the median, then (x - mean) / std, or what the scaler says."""

    name: str
    median: float
    mean: float
    std: float
    """Population standard deviation of the training rows, missing ones imputed; 1 where the column is constant."""
    minimum: float
    maximum: float
    missing: bool
    """Training rows had missing values, so an indicator column follows."""
    decimal: str = "."
    """The decimal mark of its text, where it was written with separators or units."""
    bad_values: str = "error"
    """What cells are that are no numbers: an error, or ``missing``."""
    percent: Optional[bool] = None
    """Whether its training rows had a percent sign; None where only some had, or it is not known."""
    scaler: Scaler = UNSET
    smooth_clip: Union[float, UnsetType] = UNSET
    """What x, scaled, comes close to and never passes: x / sqrt(1 + (x / limit)^2)."""


class Boolean(Struct, frozen=True, kw_only=True, tag_field="type", tag="boolean"):
    """Two words as 0 and 1: missing replaced by the more frequent one."""

    name: str
    words: Tuple[str, str]
    """(false, true), casefolded."""
    mode: bool
    missing: bool


class Category(Struct, frozen=True, kw_only=True, tag_field="type", tag="category"):
    """Levels as one column each (one-hot)."""

    name: str
    levels: Tuple[str, ...]
    missing: bool
    """Training rows had missing values, so a column stands for them."""
    rare: bool
    """Rare levels share a column, which unseen levels get too.

    Without one an unseen level is zero in every column: a column that no training row had would add the random start
    weights of the network to the prediction.
    """


class DatePart(Struct, frozen=True):
    """One number that a date becomes: missing replaced by the median, then (x - mean) / std, or as the scaler says."""

    name: str
    """Of :data:`fcnn.data.dates.PARTS`."""
    median: float
    mean: float
    std: float
    scaler: Scaler = UNSET
    smooth_clip: Union[float, UnsetType] = UNSET


class Date(Struct, frozen=True, kw_only=True, tag_field="type", tag="date"):
    """A date: the parts that were not the same in all training rows."""

    name: str
    format: str
    """The strptime format that it was read with."""
    first: float
    """The first date of the training rows, in days since 1970-01-01."""
    last: float
    """The last."""
    parts: Tuple[DatePart, ...]
    missing: bool
    """Training rows had missing values, so an indicator column follows."""
    bad_values: str = "error"
    """What cells are that are no dates: an error, or ``missing``."""


ColumnState = Union[Number, Boolean, Category, Date]


def names_of(column: ColumnState) -> List[str]:
    """The names of its columns in the matrix: ``size``, ``sex=male``, ``sold (weekday)``, ``size=<missing>``."""
    extra = [f"{column.name}=<missing>"] if column.missing else []
    if isinstance(column, Category):
        levels = [f"{column.name}={level}" for level in column.levels]
        return levels + extra + ([f"{column.name}=<rare>"] if column.rare else [])
    if isinstance(column, Date):
        return [f"{column.name} ({part.name})" for part in column.parts] + extra
    return [column.name, *extra]
