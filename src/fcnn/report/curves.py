"""Learning curves: how the loss and the metric moved from epoch to epoch, and which epoch was kept."""

from typing import Any, Dict, Mapping, NamedTuple, Optional, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter, NullLocator

from fcnn.report import style
from fcnn.report.language import label

History = Mapping[str, Sequence[float]]

LOG_RANGE = 30.0
"""A loss that spans more than this factor gets a logarithmic scale: else its end looks like a flat line."""
DOTTED_EPOCHS = 30
"""Up to so many epochs each is a dot; with more, dots would run into each other."""
SMOOTHED_EPOCHS = 600
"""From so many epochs on, the curve is a moving median, and the epochs themselves a pale band behind it."""
NOT_METRICS = ("epoch", "loss", "learning_rate", "lr", "seconds")


class Curve(NamedTuple):
    """One line of a panel."""

    values: np.ndarray  # (epochs,) float64, NaN where there is nothing to draw
    colour: str
    dashes: Any
    label: str


def learning_curves(history: History, best_epoch: int, path: style.PathLike) -> None:
    """Draw `figure_of_learning_curves` into a PNG file."""
    style.save(figure_of_learning_curves(history, best_epoch), path)


def figure_of_learning_curves(history: History, best_epoch: int) -> style.Picture:
    """Draw the loss, one metric where there is one, and the learning rate where it changes.

    Args:
        history: columns of equal length, an entry an epoch: ``epoch`` (from 1), ``loss``, perhaps
            ``val_loss``, ``accuracy`` or ``mae`` with their ``val_``, ``learning_rate``. None, NaN and
            infinity leave a gap.
        best_epoch: the epoch whose weights were kept, counted as in ``epoch``.
    """
    epochs = np.asarray(history["epoch"], np.float64)
    heights = {"loss": 3.1}
    metric = metric_of(history)
    if metric is not None:
        heights[metric] = 2.5
    rates = style.finite(history.get("learning_rate", ()))
    if len(np.unique(rates[np.isfinite(rates)])) > 1:
        heights["learning_rate"] = 1.2
    with style.drawing():
        picture = style.Picture(8.0, 0.5 + sum(heights.values()))
        grid = picture.add_gridspec(len(heights), 1, height_ratios=list(heights.values()))
        first: Optional[Axes] = None
        for row, name in enumerate(heights):
            axes = picture.add_subplot(grid[row, 0], sharex=first)
            first = first or axes
            _draw_panel(axes, history, epochs, name, best_epoch)
            axes.tick_params(labelbottom=row == len(heights) - 1)
        window = window_of(len(epochs))
        medians = label("epoch (lines: median of {window} epochs)", window=window)
        axes.set_xlabel(medians if window > 1 else label("epoch"))
        axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, min_n_ticks=1))
        axes.xaxis.set_major_formatter(style.Numbers())
        margin = max(0.5, 0.02 * (epochs[-1] - epochs[0]))
        axes.set_xlim(epochs[0] - margin, epochs[-1] + margin)
    return picture


def metric_of(history: History) -> Optional[str]:
    """The metric worth a panel of its own: accuracy or mae, else the first that there is."""
    others = [name for name in history if not name.startswith("val_") and name not in NOT_METRICS]
    return next((name for name in ("accuracy", "mae") if name in others), others[0] if others else None)


def title_of(name: str) -> str:
    """What a panel of this column of the history shows."""
    known = {
        "loss": label("Loss"),
        "accuracy": label("Accuracy"),
        "mae": label("Mean absolute error"),
        "learning_rate": label("Learning rate"),
    }
    return known.get(name) or name[0].upper() + name[1:].replace("_", " ")


def _draw_panel(axes: Axes, history: History, epochs: np.ndarray, name: str, best_epoch: int) -> None:
    """Draw the training curve, the validation curve where there is one, and the kept epoch."""
    axes.set_title(title_of(name))
    axes.axvline(best_epoch, color=style.GREY, linewidth=1.0, linestyle=style.DOTTED, zorder=1.5)
    rate = name == "learning_rate"
    curves = [Curve(style.finite(history[name]), style.GREY if rate else style.BLUE, "-", label("training"))]
    if f"val_{name}" in history:
        held_out = style.finite(history[f"val_{name}"])
        curves.append(Curve(held_out, style.VERMILLION, (0, (4, 1.2)), label("validation")))
    for curve in curves:
        _draw_curve(axes, epochs, curve)
    if not rate:
        _mark_kept(axes, epochs, curves[-1], best_epoch)
        style.legend_above(axes, columns=3)
    scale(axes, np.concatenate([curve.values for curve in curves]), may_be_log=name == "loss" or rate)


def _draw_curve(axes: Axes, epochs: np.ndarray, curve: Curve) -> None:
    window = window_of(len(epochs))
    if window > 1:
        axes.plot(epochs, curve.values, color=curve.colour, linewidth=0.5, alpha=0.3)
    draw_line(axes, epochs, curve.values, window, color=curve.colour, linestyle=curve.dashes, label=curve.label)


def draw_line(axes: Axes, epochs: np.ndarray, values: np.ndarray, window: int, **look: Any) -> None:
    """Draw the medians of each `window` epochs, or each epoch; few of them as dots, too."""
    dots: Dict[str, Any] = {"marker": "o", "markersize": 3.5} if len(epochs) <= DOTTED_EPOCHS else {}
    axes.plot(epochs, _moving_median(values, window) if window > 1 else values, **dots, **look)


def _mark_kept(axes: Axes, epochs: np.ndarray, curve: Curve, best_epoch: int) -> None:
    """Put a ring around the kept epoch's value, and say it in the legend, where it collides with nothing."""
    kept = np.flatnonzero(epochs == best_epoch)
    if not len(kept) or not np.isfinite(curve.values[kept[0]]):
        return
    value = curve.values[kept[0]]
    axes.plot(
        [best_epoch], [value], linestyle="none", marker="o", markersize=8, zorder=5,
        markerfacecolor="white", markeredgecolor=curve.colour, markeredgewidth=2,
        label=label("kept epoch {epoch:,}: {value:.4g}", epoch=best_epoch, value=value),
    )  # fmt: skip


def scale(axes: Axes, values: np.ndarray, may_be_log: bool) -> None:
    """Choose a linear or logarithmic scale, with ticks that are numbers and not powers."""
    drawn = values[np.isfinite(values)]
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, min_n_ticks=2))
    if may_be_log and len(drawn) and 0 < LOG_RANGE * drawn.min() < drawn.max():
        axes.set_yscale("log")
        steps = (1.0, 2.0, 5.0) if drawn.max() < 300 * drawn.min() else (1.0,)
        axes.yaxis.set_major_locator(LogLocator(subs=steps, numticks=8))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.set_ylabel(label("log scale"), fontsize=8, color=style.GREY)
    axes.yaxis.set_major_formatter(style.Numbers())


def window_of(epochs: int) -> int:
    """How many epochs (odd) the drawn line is the median of; 1 where it is the values themselves."""
    return epochs // 200 * 2 + 1 if epochs >= SMOOTHED_EPOCHS else 1


def _moving_median(values: np.ndarray, window: int) -> np.ndarray:
    """(epochs,) the median of the `window` (odd) epochs around each, of fewer at both ends."""
    padded = np.pad(values, window // 2, constant_values=np.nan)
    around = [padded[start : start + len(values)] for start in range(window)]
    middle = np.full(len(values), np.nan)
    drawn = np.isfinite(values)
    middle[drawn] = np.nanmedian(np.stack(around)[:, drawn], axis=0)
    return middle
