"""Learning curves of several runs over each other."""

import math
from typing import Any, Dict, Mapping, NamedTuple, Optional, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from fcnn.report import style
from fcnn.report.curves import History, draw_line, metric_of, scale, title_of, window_of
from fcnn.report.language import label
from fcnn.report.names import Names


class Learnt(NamedTuple):
    """How one run learnt."""

    name: str
    history: History
    """As `figure_of_learning_curves` takes it."""
    best_epoch: int


def overlaid_curves(runs: Sequence[Learnt], path: style.PathLike) -> None:
    """Draw `figure_of_overlaid_curves` into a PNG file."""
    style.save(figure_of_overlaid_curves(runs), path)


def figure_of_overlaid_curves(runs: Sequence[Learnt]) -> style.Picture:
    """Draw the loss of each run, and one metric where all have it; a ring is around the epoch that was kept.

    Where a run has validation rows, its line is of these; that of its training rows is pale beside it.

    Args:
        runs: each with a colour and dashes of its own.
    """
    names = Names([run.name for run in runs])
    metrics = {metric_of(run.history) for run in runs}
    metric: Optional[str] = metrics.pop() if len(metrics) == 1 else None
    panels = {"loss": 3.3, **({metric: 2.7} if metric else {})}
    with style.drawing(names.families):
        lines = 0.1 + 0.19 * math.ceil(len(runs) / _columns(runs))  # inches of the legend
        picture = style.Picture(8.0, 0.7 + lines + sum(panels.values()), names.families)
        grid = picture.add_gridspec(1 + len(panels), 1, height_ratios=[lines, *panels.values()])
        first: Optional[Axes] = None
        longest = max(len(run.history["epoch"]) for run in runs)
        for row, name in enumerate(panels, 1):
            axes = picture.add_subplot(grid[row, 0], sharex=first)
            first = first or axes
            axes.set_title(title_of(name))
            values = [
                _draw_run(axes, run, name, place, text, window_of(longest))
                for place, (run, text) in enumerate(zip(runs, names.texts))
            ]
            scale(axes, np.concatenate(values), may_be_log=name == "loss")
            axes.tick_params(labelbottom=row == len(panels))
        axes.set_xlabel(label("epoch"))
        axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, min_n_ticks=1))
        axes.xaxis.set_major_formatter(style.Numbers())
        legend = picture.add_subplot(grid[0, 0])  # axes of its own: matplotlib 3.4 leaves a figure's legend no room
        legend.axis("off")
        handles, texts = axes.get_legend_handles_labels()
        legend.set_title(_explanation(runs), fontsize=8.5, weight="normal", color=style.GREY)
        legend.legend(handles, texts, loc="upper left", borderaxespad=0.0, ncol=_columns(runs))
    return picture


def _draw_run(axes: Axes, run: Learnt, name: str, place: int, text: str, window: int) -> np.ndarray:
    """Draw one run in a panel; gives all that was drawn."""
    look: Dict[str, Any] = {"color": style.COLOURS[place % 6], "linestyle": style.DASHES[place % 5]}
    epochs = np.asarray(run.history["epoch"], np.float64)
    learnt = style.finite(run.history[name])
    held_out: Mapping[str, Sequence[float]] = run.history
    values = style.finite(held_out[f"val_{name}"]) if f"val_{name}" in held_out else learnt
    if values is not learnt:
        draw_line(axes, epochs, learnt, window, linewidth=0.9, alpha=0.4, **look)
    draw_line(axes, epochs, values, window, linewidth=1.7, label=text, **look)
    kept = np.flatnonzero(epochs == run.best_epoch)
    axes.plot(
        epochs[kept], values[kept], linestyle="none", marker="o", markersize=7, zorder=5,
        markerfacecolor="white", markeredgecolor=look["color"], markeredgewidth=1.8,
    )  # fmt: skip
    return np.concatenate([learnt, values])


def _columns(runs: Sequence[Learnt]) -> int:
    return 1 if len(runs) <= 4 else 2


def _explanation(runs: Sequence[Learnt]) -> str:
    if any("val_loss" in run.history for run in runs):
        return label("validation rows; pale: training rows; ring: the epoch that was kept")
    return label("training rows; ring: the epoch that was kept")
