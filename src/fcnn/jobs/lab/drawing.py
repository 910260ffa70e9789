"""What the pictures of the experiments share: a sheet of panels in one language, and maps of what networks say."""

from typing import Any, Callable, List, Mapping, Optional, Sequence, Tuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from fcnn.report import style
from fcnn.report.names import escape
from fcnn.wording import translated

HEIGHT = 3.9
"""Inches of a panel."""
MAP_POINTS = 160
"""Of a map along each side."""
PERCENT = FuncFormatter(lambda value, _: f"{value:.0%}")
MARKS = "osD^vP"


class Sheet:
    """Panels side by side, with texts in the reader's language."""

    def __init__(self, widths: Sequence[float], families: Sequence[str], texts: Mapping[str, str]) -> None:
        """Make empty panels.

        Args:
            widths: of the panels, inches.
            families: the fonts that the texts need.
            texts: as :func:`fcnn.wording.translated` takes them.
        """
        self._texts = texts
        self.picture = style.Picture(sum(widths), HEIGHT, families)
        grid = self.picture.add_gridspec(1, len(widths), width_ratios=list(widths))
        self.panels: List[Axes] = [self.picture.add_subplot(grid[0, position]) for position in range(len(widths))]

    def tell(self, text: str) -> str:
        """A sentence or a word in the reader's language."""
        return escape(translated(text, self._texts))

    def label(self, axes: Axes, title: str, x: str, y: str) -> None:
        """Give a panel its title and the names of its axes; there is no half of an epoch."""
        if x == "epoch":
            axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
        axes.set_title(self.tell(title))
        axes.set_xlabel(self.tell(x))
        axes.set_ylabel(self.tell(y))


def look(position: int) -> Mapping[str, Any]:
    """Colour and dashes of the line of a position; those of two positions differ in both."""
    return {
        "color": style.COLOURS[position % len(style.COLOURS)],
        "linestyle": style.DASHES[position % len(style.DASHES)],
    }


def powers(axes: Axes, x: bool = False, y: bool = True) -> None:
    """Logarithmic axes whose ticks are powers of ten."""
    if x:
        axes.set_xscale("log")
    if y:
        axes.set_yscale("log")
    axes.minorticks_off()


def percent(axes: Axes) -> None:
    """An upward axis of shares, from 0 to 100 %."""
    axes.set_ylim(-0.03, 1.05)
    axes.yaxis.set_major_formatter(PERCENT)


def grid_of(x: np.ndarray, margin: float = 0.35) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A grid over rows of two columns: the values along both sides, and (points, 2) float32 all its points."""
    sides = [np.linspace(column.min() - margin, column.max() + margin, MAP_POINTS) for column in x.T]
    across, up = np.meshgrid(*sides)
    return sides[0], sides[1], np.column_stack([across.ravel(), up.ravel()]).astype(np.float32)


def draw_map(
    axes: Axes,
    x: np.ndarray,
    y: np.ndarray,
    probability: Callable[[np.ndarray], np.ndarray],
    names: Optional[Sequence[str]] = None,
) -> None:
    """Draw how probable the second of two classes is to a network, the line of one half, and rows.

    Args:
        axes: to draw on.
        x: (rows, 2) float32, preprocessed.
        y: (rows,) codes, 0 or 1.
        probability: of the second class at (points, 2) float32: (points,).
        names: of the classes, for a legend.
    """
    across, up, points = grid_of(x)
    values = probability(points).reshape(len(up), len(across))
    axes.contourf(across, up, values, levels=[0, 0.5, 1], colors=[style.BLUE, style.VERMILLION], alpha=0.13)
    axes.contour(across, up, values, levels=[0.5], colors=style.INK, linewidths=1.3)
    for code, colour in enumerate((style.BLUE, style.VERMILLION)):
        chosen = x[y == code]
        axes.plot(
            chosen[:, 0], chosen[:, 1], linestyle="none", marker=MARKS[code], markersize=3.2, color=colour, alpha=0.8,
            markeredgewidth=0, label=None if names is None else names[code],
        )  # fmt: skip
    axes.grid(visible=False)
    axes.set_xlim(across[0], across[-1])
    axes.set_ylim(up[0], up[-1])
