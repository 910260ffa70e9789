"""The picture of what the network needs its columns for."""

from typing import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from fcnn.report import style
from fcnn.report.language import as_label, label
from fcnn.report.names import Names

MOST_BARS = 20
"""Columns that have a bar; the others are counted."""
BAR_HEIGHT = 0.27
"""Inches from bar to bar."""


def importance(
    names: Sequence[str],
    increases: np.ndarray,
    metric: str,
    error: float,
    rows: str,
    groups: Sequence[Sequence[str]],
    path: style.PathLike,
) -> None:
    """Draw `figure_of_importance` into a PNG file."""
    style.save(figure_of_importance(names, increases, metric, error, rows, groups), path)


def figure_of_importance(
    names: Sequence[str],
    increases: np.ndarray,
    metric: str,
    error: float,
    rows: str,
    groups: Sequence[Sequence[str]] = (),
) -> style.Picture:
    """Draw a bar a column, with a dot for each repeat and a line of one standard deviation on both sides.

    Args:
        names: of the columns, the most important first; at least one.
        increases: (columns, repeats) float, by how much the error is larger with the column shuffled.
        metric: ``log_loss`` or ``rmse``.
        error: with every column in place.
        rows: whose error it is, such as ``the test rows``; what was said is told in the language of the labels.
        groups: columns that say nearly the same; they are marked.
    """
    shown, texts = len(names[:MOST_BARS]), Names(names[:MOST_BARS])
    marks = {name: f"  [{chr(ord('a') + number)}]" for number, group in enumerate(groups) for name in group}
    marked = sorted({marks[name] for name in names[:shown] if name in marks})
    notes = []
    if marked:
        brackets = " ".join(mark.strip() for mark in marked)
        notes.append(label("{groups} correlated by more than 0.9: they share their importance", groups=brackets))
    if len(names) > shown:
        highest = float(increases[shown:].mean(axis=1).max())
        notes.append(label("and {count:,} more, of {highest:+.2g} and less", count=len(names) - shown, highest=highest))
    with style.drawing(texts.families):
        picture = style.Picture(8.0, 1.15 + BAR_HEIGHT * shown + 0.17 * len(notes), texts.families)
        axes = picture.add_subplot(1, 1, 1)
        _draw_bars(axes, increases[:shown])
        axes.set_yticks(np.arange(shown))
        axes.set_yticklabels([text + marks.get(name, "") for text, name in zip(texts.texts, names)])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(shown - 0.4, -0.6)
        axes.set_title(label("Importance: how much worse with one column shuffled"))
        rise = label(
            "rise of the {metric} of {rows} (it is {error:.4g} with nothing shuffled)",
            metric={"log_loss": label("log loss"), "rmse": "RMSE"}[metric],
            rows=as_label(rows),
            error=error,
        )
        axes.set_xlabel("\n".join([rise, *notes]))
    return picture


def _draw_bars(axes: Axes, increases: np.ndarray) -> None:
    means, places = increases.mean(axis=1), np.arange(len(increases))
    colours = [style.SKY if mean > 0 else style.ORANGE for mean in means]
    axes.barh(places, means, height=0.72, color=colours, xerr=increases.std(axis=1), ecolor=style.INK, capsize=2.5,
              error_kw={"linewidth": 1.1, "zorder": 4})  # fmt: skip
    axes.plot(
        increases.ravel(), np.repeat(places + 0.22, increases.shape[1]), linestyle="none", marker="o", markersize=2.6,
        color=style.BLUE, alpha=0.6, markeredgewidth=0, zorder=3,
    )  # fmt: skip
    axes.axvline(0.0, color=style.GREY, linewidth=1.0, zorder=3.5)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, min_n_ticks=3))
    axes.xaxis.set_major_formatter(FuncFormatter(style.number))
