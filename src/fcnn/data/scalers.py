"""Numbers and parts of dates to what the network gets, and back: standardised, robustly scaled, or by their ranks.

The names and formulas are those of scikit-learn's StandardScaler, RobustScaler and QuantileTransformer; the smooth clip
is RealMLP's (Holzmueller et al., 2024). All is fitted on the training rows, missing ones imputed.
"""

from typing import List, NamedTuple, Optional, Sequence, Tuple, Union

import numpy as np
from msgspec import UNSET, UnsetType

from fcnn.config.structs import Column as Stated
from fcnn.data.column import Column
from fcnn.data.scaling import as_float32
from fcnn.data.states import DatePart, Number, Quantile, Robust, Scaler

STANDARD = "standard"
FEWEST_QUANTILES, MOST_QUANTILES, ROWS_OF_A_QUANTILE = 10, 1000, 30
"""As AutoGluon and TabM have it: clip(rows / 30, 10, 1000), and no more than there are rows."""
EDGE = 5.199337582605575
"""What the least and the largest of the training rows become: scikit-learn cuts the normal distribution at 1e-7."""
FLAT = 1e8
"""Times the limit of the smooth clip, from which on the result is the limit in float64."""

Scaled = Union[Number, DatePart]


class Scaling(NamedTuple):
    """What the config says of all numbers and dates."""

    scaler: str = STANDARD
    """``standard``, ``robust`` or ``quantile``."""
    smooth_clip: Optional[float] = None
    """The limit; None: not clipped."""

    @property
    def limit(self) -> Union[float, UnsetType]:
        """The same as a state has it."""
        return UNSET if self.smooth_clip is None else self.smooth_clip

    def of(self, stated: Stated) -> "Scaling":
        """That of one column, of which the config may say something else."""
        return self if stated.scaler is None else self._replace(scaler=stated.scaler)


AS_USUAL = Scaling()


def fit_scalers(values: np.ndarray, names: Sequence[str]) -> List[Scaler]:
    """The scalers of some columns.

    Args:
        values: (columns, rows) float64, finite, of training rows.
        names: of the scaler of each column, as of :class:`Scaling`.

    Returns:
        For each column a scaler; nothing for a standard one, which is mean and standard deviation.
    """
    found: List[Scaler] = [UNSET] * len(names)
    robust = [place for place, name in enumerate(names) if name == "robust"]
    if robust:
        for place, facts in zip(robust, _robust_facts(values[robust]).tolist()):
            found[place] = Robust(*facts)
    ranked = [place for place, name in enumerate(names) if name == "quantile"]
    if ranked:
        rows = values.shape[1]
        count = min(rows, max(FEWEST_QUANTILES, min(MOST_QUANTILES, rows // ROWS_OF_A_QUANTILE)))
        quantiles = np.percentile(values[ranked], np.linspace(0, 100, count), axis=1).T
        for place, own in zip(ranked, np.maximum.accumulate(quantiles, axis=1).tolist()):  # rounding may cross them
            found[place] = Quantile(tuple(own))
    return found


def _robust_facts(values: np.ndarray) -> np.ndarray:
    """(columns, 2): median and interquartile range; half of the whole range where that is 0, and else 1."""
    low, median, high = np.percentile(values, [25, 50, 75], axis=1)
    half = (values.max(axis=1) - values.min(axis=1)) / 2
    scale = np.where(high > low, high - low, np.where(half > 0, half, 1.0))
    return np.stack([median, scale], axis=1)


def linear_part(state: Scaled) -> Tuple[float, float]:
    """What is subtracted, and what is divided by; 0 and 1 where a number is scaled by its rank."""
    if isinstance(state.scaler, Robust):
        return state.scaler.center, state.scaler.scale
    return (0.0, 1.0) if isinstance(state.scaler, Quantile) else (state.mean, state.std)


def is_bounded(state: Scaled) -> bool:
    """Whether every finite number becomes one that float32 can hold."""
    return isinstance(state.scaler, Quantile) or state.smooth_clip is not UNSET


def scale(state: Scaled, values: np.ndarray) -> np.ndarray:
    """(rows,) float64 as the network gets them; `values` are (rows,) float64, none missing."""
    if isinstance(state.scaler, Quantile):
        scaled = to_normal(values, np.array(state.scaler.quantiles))
    else:
        center, divisor = linear_part(state)
        with np.errstate(over="ignore"):
            scaled = (values - center) / divisor
    return scaled if state.smooth_clip is UNSET else smooth_clip(scaled, np.array(state.smooth_clip))


def unscale(state: Scaled, scaled: np.ndarray) -> np.ndarray:
    """(rows,) float64 in the column's own unit; what was clipped or is beyond the ranks is only about what it was."""
    if state.smooth_clip is not UNSET:
        share = np.clip(scaled / state.smooth_clip, -1 + 1e-7, 1 - 1e-7)  # the limit itself is that of infinity
        scaled = share * state.smooth_clip / np.sqrt(1 - share * share)
    if isinstance(state.scaler, Quantile):
        return from_normal(scaled, np.array(state.scaler.quantiles))
    center, divisor = linear_part(state)
    return np.asarray(scaled * divisor + center)


def scale_column(column: Column, state: Scaled, values: np.ndarray) -> np.ndarray:
    """(rows,) float32 of :func:`scale`.

    Raises:
        FaultError: a result that float32 cannot hold; of `column`.
    """
    return as_float32(column, scale(state, values), linear_part(state)[0])


def smooth_clip(scaled: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """``x / sqrt(1 + (x / limit)^2)``: x where it is small, and never beyond the limit."""
    share = np.clip(scaled / limit, -FLAT, FLAT)
    return np.asarray(share * limit / np.sqrt(1.0 + share * share))


def to_normal(values: np.ndarray, quantiles: np.ndarray) -> np.ndarray:
    """The quantiles of the normal distribution at the shares of the training rows that are below; ties in the middle.

    Args:
        values: (rows,) float64.
        quantiles: (n,) float64, ascending, of evenly spaced shares from 0 to 1.
    """
    from scipy.special import ndtri  # late: only this scaler needs SciPy

    shares = np.linspace(0, 1, len(quantiles))
    below = np.interp(values, quantiles, shares)
    above = np.interp(-values, -quantiles[::-1], -shares[::-1])
    share = 0.5 * (below - above)
    share[values >= quantiles[-1]] = 1.0
    share[values <= quantiles[0]] = 0.0
    return np.clip(ndtri(share), -EDGE, EDGE)


def from_normal(scaled: np.ndarray, quantiles: np.ndarray) -> np.ndarray:
    """The reverse of :func:`to_normal`, within the quantiles."""
    from scipy.special import ndtr

    return np.interp(ndtr(scaled), np.linspace(0, 1, len(quantiles)), quantiles)
