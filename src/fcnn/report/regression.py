"""Pictures of a regression: predicted against true, and residuals."""

from typing import Any, Optional, Tuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator

from fcnn.evaluation.metrics import regression_metrics
from fcnn.report import style
from fcnn.report.language import label, rows_of
from fcnn.report.names import Names

Limits = Tuple[float, float]

DOTS = 3000
"""Up to so many rows each is a dot; above, hexagons are coloured by how many rows they hold."""
INNER = (0.1, 99.9)
"""Percentiles that an axis reaches, and a quarter further. What lies beyond is left out, and counted."""
BINS_OF_MEDIAN = 10
"""The line through the residuals has a point for each tenth of the rows, with at least 10 rows in it."""


def predicted_against_true(
    y_true: np.ndarray,
    y_pred: np.ndarray,
    target: str,
    path: style.PathLike,
    of: Optional[str] = None,
    weight: Optional[np.ndarray] = None,
) -> None:
    """Draw `figure_of_predicted_against_true` into a PNG file."""
    style.save(figure_of_predicted_against_true(y_true, y_pred, target, of, weight), path)


def figure_of_predicted_against_true(
    y_true: np.ndarray,
    y_pred: np.ndarray,
    target: str,
    of: Optional[str] = None,
    weight: Optional[np.ndarray] = None,
) -> style.Picture:
    """Draw every row's prediction against its truth, with the diagonal where both are equal.

    Args:
        y_true: (rows,) float, in the target's own units; at least one row.
        y_pred: (rows,) float, in the target's own units.
        target: the target column's name.
        of: whose rows they are; see `rows_of`.
        weight: (rows,) float, at least 0, that counts in the scores; None counts every row once.
    """
    truth, guess = np.asarray(y_true, np.float64), np.asarray(y_pred, np.float64)
    names, scores = Names([target], of=of), regression_metrics(truth, guess, weight)
    limits = _limits(np.concatenate([truth, guess]))
    with style.drawing(names.families):
        # Beside the bar of the hexagons matplotlib 3.4 has no room for the labels: the file is widened to them.
        picture = style.Picture(6.4, 5.9, names.families, trimmed=len(truth) > DOTS)
        axes = picture.add_subplot(1, 1, 1)
        hexagons = _draw_rows(axes, truth, guess, limits, limits)
        figures = (
            [f"R2 {scores['r2']:.3f}" if scores["r2"] > -10 else f"R2 {scores['r2']:.3g}"] if "r2" in scores else []
        )
        figures += [f"RMSE {scores['rmse']:.4g}"] if "rmse" in scores else []
        equal = label("equal ({scores})", scores=", ".join(figures)) if figures else label("equal")
        axes.plot(limits, limits, color=style.INK, linewidth=1.1, linestyle=style.DASHED, label=equal)
        axes.set_aspect("equal")
        style.title(axes, label("Predicted against true"), rows_of(len(truth), names.of))
        axes.set_xlabel(label("true {target}", target=names.texts[0]) + _left_out(truth, guess, limits, limits))
        axes.set_ylabel(label("predicted {target}", target=names.texts[0]))
        style.legend_above(axes, columns=1)
        if hexagons is not None:
            _explain_hexagons(picture, hexagons, [axes])
    return picture


def residuals(
    y_true: np.ndarray, y_pred: np.ndarray, target: str, path: style.PathLike, of: Optional[str] = None
) -> None:
    """Draw `figure_of_residuals` into a PNG file."""
    style.save(figure_of_residuals(y_true, y_pred, target, of), path)


def figure_of_residuals(y_true: np.ndarray, y_pred: np.ndarray, target: str, of: Optional[str] = None) -> style.Picture:
    """Draw predicted minus true against predicted, and beside it how often each such residual occurs.

    Args:
        y_true: (rows,) float, in the target's own units; at least one row.
        y_pred: (rows,) float, in the target's own units.
        target: the target column's name.
        of: whose rows they are; see `rows_of`. The medians count each row once.
    """
    guess = np.asarray(y_pred, np.float64)
    rest = guess - np.asarray(y_true, np.float64)
    names, across = Names([target], of=of), _limits(guess)
    reach = max(abs(end) for end in _limits(rest))
    with style.drawing(names.families):
        picture = style.Picture(9.2, 4.6, names.families)
        grid = picture.add_gridspec(1, 2, width_ratios=[2.6, 1.0])
        axes = picture.add_subplot(grid[0, 0])
        hexagons = _draw_rows(axes, guess, rest, across, (-reach, reach))
        axes.axhline(0.0, color=style.INK, linewidth=1.1, linestyle=style.DASHED)
        style.title(axes, label("Residuals: predicted minus true"), rows_of(len(rest), names.of))
        predicted = label("predicted {target}", target=names.texts[0])
        axes.set_xlabel(predicted + _left_out(guess, rest, across, (-reach, reach)))
        axes.set_ylabel(label("residual, in units of {target}", target=names.texts[0]))
        if len(rest) >= 10 * BINS_OF_MEDIAN:
            _draw_medians(axes, guess, rest)
        beside = picture.add_subplot(grid[0, 1], sharey=axes)
        _draw_histogram(beside, rest, reach)
        if hexagons is not None:
            _explain_hexagons(picture, hexagons, [axes, beside])
    return picture


def _draw_medians(axes: Axes, guess: np.ndarray, rest: np.ndarray) -> None:
    """Draw the middle residual of each tenth of the rows, from the smallest to the largest prediction."""
    tenths = np.array_split(np.argsort(guess, kind="stable"), BINS_OF_MEDIAN)
    axes.plot(
        [np.median(guess[rows]) for rows in tenths], [np.median(rest[rows]) for rows in tenths],
        color=style.VERMILLION, marker="o", markersize=4, label=label("median of each tenth of the rows"),
    )  # fmt: skip
    style.legend_above(axes, columns=1)


def _draw_histogram(axes: Axes, rest: np.ndarray, reach: float) -> None:
    bins = int(np.clip(np.sqrt(len(rest)), 8, 60))
    axes.hist(rest, bins=bins, range=(-reach, reach), orientation="horizontal", color=style.SKY)
    axes.axhline(0.0, color=style.INK, linewidth=1.1, linestyle=style.DASHED)
    axes.tick_params(labelleft=False)
    axes.set_title(label("Median {value:.3g}", value=float(np.median(rest))))
    axes.set_xlabel(label("rows"))
    style.number_axis(axes.xaxis, 3, integer=True)


def _draw_rows(axes: Axes, horizontal: np.ndarray, vertical: np.ndarray, across: Limits, up: Limits) -> Optional[Any]:
    """Draw rows as dots or, where they are many, as hexagons, which are then returned."""
    axes.set_xlim(*across)
    axes.set_ylim(*up)
    style.number_axis(axes.xaxis, 6)
    style.number_axis(axes.yaxis, 6)
    rows = len(horizontal)
    if rows > DOTS:
        return axes.hexbin(
            horizontal, vertical, gridsize=60, extent=(*across, *up), bins="log", mincnt=1, cmap="viridis_r",
            linewidths=0.1,
        )  # fmt: skip
    size, alpha = np.clip(6000 / rows, 12, 36), np.clip(16 / np.sqrt(rows), 0.35, 0.85)
    axes.scatter(horizontal, vertical, s=float(size), color=style.BLUE, alpha=float(alpha), linewidths=0)
    return None


def _explain_hexagons(picture: style.Picture, hexagons: Any, beside: Any) -> None:
    bar = picture.colorbar(hexagons, ax=beside, fraction=0.05, pad=0.02, aspect=35)
    bar.set_label(label("rows in a hexagon"))
    bar.outline.set_visible(False)
    bar.ax.yaxis.set_major_locator(LogLocator(numticks=8))
    bar.ax.yaxis.set_minor_locator(NullLocator())
    bar.ax.yaxis.set_major_formatter(style.Numbers())


def _limits(values: np.ndarray) -> Limits:
    """Ends of an axis: all of the values, or the inner 99.8 % where the rest would squeeze them together."""
    low, high = float(values.min()), float(values.max())
    inner_low, inner_high = (float(value) for value in np.percentile(values, INNER))
    if inner_high > inner_low:
        further = 0.25 * (inner_high - inner_low)
        low, high = max(low, inner_low - further), min(high, inner_high + further)
    space = 0.03 * (high - low) or 0.05 * max(abs(high), 1.0)
    return low - space, high + space


def _left_out(horizontal: np.ndarray, vertical: np.ndarray, across: Limits, up: Limits) -> str:
    """A second line that says how many rows lie beyond the axes; empty where none does."""
    inside = (horizontal >= across[0]) & (horizontal <= across[1]) & (vertical >= up[0]) & (vertical <= up[1])
    missing = int((~inside).sum())
    if not missing:
        return ""
    if missing == 1:
        return "\n" + label("1 of {count:,} rows lies far off, outside this picture", count=len(inside))
    return "\n" + label("{some:,} of {count:,} rows lie far off, outside this picture", some=missing, count=len(inside))
