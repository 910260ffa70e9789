"""The picture of a confusion matrix."""

from typing import NamedTuple, Optional, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from fcnn.report import style
from fcnn.report.language import label, rows_of
from fcnn.report.names import Names, columns

MOST_NUMBERED = 50
"""With more classes than this the picture grows no further: colours only, and not every class is named."""


class Size(NamedTuple):
    """How large a matrix of some number of classes is drawn."""

    cell: float  # inches
    number: float  # points
    name: float  # points
    percent: bool  # whether there is room for a second line in a cell
    step: int = 1  # of how many classes one is named; above 1, cells have no numbers


def confusion_matrix(
    matrix: np.ndarray,
    class_names: Sequence[str],
    path: style.PathLike,
    of: Optional[str] = None,
    weighted: bool = False,
) -> None:
    """Draw `figure_of_confusion_matrix` into a PNG file."""
    style.save(figure_of_confusion_matrix(matrix, class_names, of, weighted), path)


def figure_of_confusion_matrix(
    matrix: np.ndarray, class_names: Sequence[str], of: Optional[str] = None, weighted: bool = False
) -> style.Picture:
    """Draw how many rows of each true class got which answer; the colour is the share of the true class.

    Up to 12 classes a cell holds the count and the share in percent; up to 50 the count, but for 0; above, the
    colour has to do.

    Args:
        matrix: (classes, classes) int, rows true, columns predicted.
        class_names: the names in code order.
        of: whose rows they are; see `rows_of`.
        weighted: whether the rows have weights, which these counts leave out and all other scores do not.
    """
    names, classes, totals = Names(class_names, of=of), len(class_names), matrix.sum(axis=1)
    size = _size(classes)
    shares = matrix / np.maximum(totals, 1)[:, np.newaxis]
    with style.drawing(names.families):
        side = size.cell * classes
        picture = style.Picture(side + 2.9, side + 1.9, names.families, trimmed=True)
        axes = picture.add_subplot(1, 1, 1)
        image = axes.imshow(shares, cmap="Blues", vmin=0.0, vmax=1.0, aspect="equal")
        rows = rows_of(int(matrix.sum()), names.of)
        right = label("{right:,} of {rows} right", right=int(np.trace(matrix)), rows=rows)
        style.title(axes, label("Confusion matrix"), label("{right}; no weights", right=right) if weighted else right)
        axes.set_xlabel(label("predicted class"), labelpad=8)
        axes.set_ylabel(label("true class (its rows)"), labelpad=8)
        _draw_frame(axes, classes, size)
        _name_classes(axes, names.texts, totals, size)
        if size.step == 1:
            _write_cells(axes, matrix, shares, size)
        bar = picture.colorbar(
            image,
            ax=axes,
            fraction=0.05,
            pad=0.02,
            aspect=8 + 3 * min(classes, MOST_NUMBERED),
            format=PercentFormatter(1.0),
        )
        bar.set_label(label("share of the true class"))
        bar.outline.set_visible(False)
    return picture


def _size(classes: int) -> Size:
    if classes <= 4:
        return Size(1.0, 9.5, 9.0, True)
    if classes <= 12:
        return Size(0.66, 7.5, 8.5, True)
    if classes <= 20:
        return Size(0.42, 6.5, 8.5, False)
    if classes <= MOST_NUMBERED:
        return Size(0.31, 5.5, 7.5, False)
    return Size(0.31 * MOST_NUMBERED / classes, 0, 7.5, False, step=-(-classes // MOST_NUMBERED))


def _draw_frame(axes: Axes, classes: int, size: Size) -> None:
    """White lines between the cells instead of a grid through their middles."""
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    if size.step == 1:
        axes.set_xticks(np.arange(1, classes) - 0.5, minor=True)
        axes.set_yticks(np.arange(1, classes) - 0.5, minor=True)
        axes.grid(True, which="minor", color="white", linewidth=2 * size.cell)
    axes.tick_params(which="both", length=0)


def _name_classes(axes: Axes, names: Sequence[str], totals: np.ndarray, size: Size) -> None:
    names, totals = names[:: size.step], totals[:: size.step]
    places = np.arange(len(names)) * size.step
    axes.set_yticks(places)
    axes.set_yticklabels([f"{name}  ({total:,})" for name, total in zip(names, totals)], fontsize=size.name)
    axes.set_xticks(places)
    if max(map(columns, names)) * 0.008 * size.name < 0.9 * size.cell:  # a letter is about 0.6 of its size wide
        axes.set_xticklabels(names, fontsize=size.name)
    elif size.percent:
        axes.set_xticklabels(names, fontsize=size.name, rotation=40, ha="right", rotation_mode="anchor")
    else:
        axes.set_xticklabels(names, fontsize=size.name, rotation=90)


def _write_cells(axes: Axes, matrix: np.ndarray, shares: np.ndarray, size: Size) -> None:
    for true, predicted in np.ndindex(*matrix.shape):
        count, share = int(matrix[true, predicted]), float(shares[true, predicted])
        if count == 0 and not size.percent:
            continue
        text = _short(count, size)
        if count and size.percent:
            text += f"\n{100 * share:.{0 if share == 1 else 1}f} %"
        # Blues is dark enough for white letters from about half on. Cells stay out of the arrangement of the
        # picture: they cannot change it, and measuring 1,600 of them takes seconds.
        colour = "white" if share > 0.55 else style.INK
        axes.text(
            predicted,
            true,
            text,
            ha="center",
            va="center",
            fontsize=size.number,
            color=colour,
            in_layout=False,
        )


def _short(count: int, size: Size) -> str:
    """A count that fits its cell: 12,345 or, in a small one, 12k."""
    if size.cell >= 1 or count < 1000 or (size.percent and count < 100_000):
        return f"{count:,}" if count < 10_000_000 else f"{count / 1e6:.0f}M"
    if count < 10_000:
        return f"{count / 1000:.1f}k"
    return f"{count / 1000:.0f}k" if count < 1_000_000 else f"{count / 1e6:.0f}M"
