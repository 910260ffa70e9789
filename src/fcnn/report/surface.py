"""The picture of what a network answers on a plane through the table, with rows of the table on it."""

from typing import Any, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, to_rgb
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from fcnn.insight.plane import Axis, Plane
from fcnn.report import style
from fcnn.report.language import as_label, label
from fcnn.report.names import Names, columns

# Okabe and Ito's, and four of Paul Tol's "muted" that stay apart from them for colour-blind readers.
CLASS_COLOURS = (*style.COLOURS, "#332288", "#999933", "#882255", "#44AA99")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
OTHER = "#8C8C8C"
"""The colour of all classes beyond the ten, or beyond nine where there are more."""
DEEPEST = 0.5
"""How much of its colour a region has where the network is certain; dots have all of it."""
LEVELS = 14
DISTINCT = 0.7
"""Where fewer than this share of the dots lie in places of their own, all are moved a little ..."""
SHAKEN = 0.015
"""... by up to this share of the axes."""
NAME_WIDTH = 20
"""Columns of text that a name below the picture may fill."""
LINE_WIDTH = 80
"""Columns of text that the names of columns that are held still may fill together, with their values."""
HELD_NAMED = 4
"""So many of them are named at most."""


class Rows(NamedTuple):
    """Rows of the table that are drawn as dots."""

    what: str
    """Such as ``the test rows``; what was said is told in the language of the labels."""
    truth: np.ndarray
    """(rows,) int codes, or float64 in the target's own unit."""
    predicted: np.ndarray
    """(rows,) likewise, from all columns of the row."""


def decision_surface(
    plane: Plane, answers: np.ndarray, rows: Rows, target: str, classes: Sequence[str], path: style.PathLike
) -> None:
    """Draw `figure_of_decision_surface` into a PNG file; named tuples may have become plain sequences on their way."""
    style.save(figure_of_decision_surface(as_plane(plane), answers, Rows(*rows), target, classes), path)


def as_plane(fields: Sequence[Any]) -> Plane:
    """A plane from its fields in order."""
    across, up, *others = fields
    return Plane(Axis(*across), Axis(*up), *others)


def figure_of_decision_surface(
    plane: Plane, answers: np.ndarray, rows: Rows, target: str, classes: Sequence[str]
) -> style.Picture:
    """Draw the plane in the colours of the network's answers, and rows of the table in those of the truth.

    Of classes, each point of the plane has the colour of the likeliest one, the paler the less likely it is; a line
    runs where two are equally likely. Each row is a dot with the colour and the shape of its true class, in a black
    ring where the network, which has all of its columns, answers another. Of a number, plane and dots have the same
    colours: a dot that cannot be seen is predicted well.

    Args:
        plane: the grid.
        answers: (points of the grid, classes) probabilities, or (points of the grid,) numbers.
        rows: what the plane's points are.
        target: the target column's name.
        classes: the names in code order; empty for numbers.
    """
    inside = _inside(plane)
    held = plane.held[:HELD_NAMED]
    mostly = (*plane.across.mostly, *plane.up.mostly)
    texts = Names([as_label(plane.across.name), as_label(plane.up.name), target, *classes])
    below = Names([*mostly, *(as_label(word) for pair in held for word in pair)], NAME_WIDTH)
    families = max(texts.families, below.families, key=len)
    plane = plane._replace(points=_apart(plane, inside))
    with style.drawing(families):
        picture = style.Picture(8.0, 5.6, families)
        axes = picture.add_subplot(1, 1, 1)
        axes.grid(visible=False)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(nbins=7))
            axis.set_major_formatter(FuncFormatter(style.number))
        if classes:
            axes.set_title(label("Decision surface: what the network answers"))
            handles = _draw_classes(axes, plane, answers, rows, inside, texts.texts[3:])
            axes.legend(
                handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), title=texts.texts[2], handlelength=1.2
            )
        else:
            axes.set_title(label("Prediction surface: what the network answers"))
            dots = _draw_numbers(axes, plane, answers, rows, inside)
            bar = picture.colorbar(dots, ax=axes, fraction=0.05, pad=0.02, aspect=35, extend="both")
            bar.set_label(label("{target}: predicted everywhere, true in the dots", target=texts.texts[2]))
            bar.outline.set_visible(False)
            bar.ax.yaxis.set_major_formatter(FuncFormatter(style.number))
        axes.set_xlim(plane.across.values[0], plane.across.values[-1])
        axes.set_ylim(plane.up.values[0], plane.up.values[-1])
        axes.set_ylabel(axis_label(plane.up, texts.texts[1]))
        lines = [axis_label(plane.across, texts.texts[0]), _around(plane, below.texts), _dots(plane, rows, inside)]
        axes.set_xlabel("\n".join(line for line in lines if line))
    return picture


def axis_label(axis: Axis, name: str) -> str:
    """A column's name, or a component and how much it says."""
    if axis.share is None:
        return name
    return label("{component}: {percent:.0f} % of the variance", component=name, percent=100 * axis.share)


def _inside(plane: Plane) -> np.ndarray:
    """(rows,) bool: the points that lie within the axes."""
    with np.errstate(invalid="ignore"):
        ends = [(axis.values[0], axis.values[-1]) for axis in (plane.across, plane.up)]
        return np.asarray(
            np.all(
                [(low <= plane.points[:, i]) & (plane.points[:, i] <= high) for i, (low, high) in enumerate(ends)], 0
            )
        )


def _apart(plane: Plane, inside: np.ndarray) -> np.ndarray:
    """(rows, 2) the points, moved a little where many lie on each other, as those of a table of categories do."""
    shown = plane.points[inside]
    if not len(shown) or len(np.unique(shown, axis=0)) > DISTINCT * len(shown):
        return plane.points
    sides = np.array([axis.values[-1] - axis.values[0] for axis in (plane.across, plane.up)])
    return np.asarray(plane.points + np.random.RandomState(0).uniform(-SHAKEN, SHAKEN, plane.points.shape) * sides)


def _extent(plane: Plane) -> Tuple[float, float, float, float]:
    ends = [plane.across.values[0], plane.across.values[-1], plane.up.values[0], plane.up.values[-1]]
    return tuple(float(end) for end in ends)  # type: ignore[return-value]


def _draw_classes(
    axes: Axes, plane: Plane, probabilities: np.ndarray, rows: Rows, inside: np.ndarray, names: Sequence[str]
) -> List[Any]:
    """Draw regions, boundaries and dots; give the entries of the legend back."""
    grid, classes = (len(plane.up.values), len(plane.across.values)), len(names)
    there_is_none = ~np.isfinite(probabilities).all(axis=1)  # far from all rows an output may leave float32
    probabilities = np.where(there_is_none[:, np.newaxis], 1 / classes, probabilities)
    likeliest = probabilities.argmax(axis=1)
    named = _named(likeliest, rows.truth[inside], classes)
    colours = [CLASS_COLOURS[named.index(code)] if code in named else OTHER for code in range(classes)]
    certainty = (probabilities.max(axis=1) - 1 / classes) / (1 - 1 / classes)
    depth = DEEPEST * (0.15 + 0.85 * certainty)[:, np.newaxis]
    pixels = 1 - depth * (1 - np.array([to_rgb(colour) for colour in colours])[likeliest])
    axes.imshow(pixels.reshape(*grid, 3), origin="lower", extent=_extent(plane), aspect="auto", interpolation="nearest")
    there = set(likeliest.tolist())
    for code in there.intersection(named) if len(there) > 1 else ():
        others = np.delete(probabilities, code, axis=1).max(axis=1)
        ahead = (probabilities[:, code] - others).reshape(grid)
        axes.contour(plane.across.values, plane.up.values, ahead, levels=[0.0], colors=style.INK, linewidths=0.8)
    size = _size_of_dots(inside)
    for group in [*named, None]:
        of_group = rows.truth == group if group is not None else ~np.isin(rows.truth, named)
        for ring, which in ((False, rows.predicted == rows.truth), (True, rows.predicted != rows.truth)):
            x, y = plane.points[inside & of_group & which].T
            axes.scatter(
                x, y, s=size if group is not None else size / 3, c=OTHER if group is None else colours[group],
                marker=_marker(group, named), zorder=4 if ring else 3, edgecolors=style.INK if ring else "white",
                linewidths=1.3 if ring else 0.5,
            )  # fmt: skip
    return _entries(names, named, colours, bool((inside & (rows.predicted != rows.truth)).any()))


def _named(likeliest: np.ndarray, truth: np.ndarray, classes: int) -> List[int]:
    """The classes with a colour of their own, ascending: all ten, or the nine that are largest in the picture."""
    if classes <= len(CLASS_COLOURS):
        return list(range(classes))
    dots, area = np.bincount(truth, minlength=classes), np.bincount(likeliest, minlength=classes)
    weight = dots / max(1, len(truth)) + area / len(likeliest)
    return sorted(np.argsort(-weight, kind="stable")[: len(CLASS_COLOURS) - 1].tolist())


def _marker(group: Optional[int], named: Sequence[int]) -> str:
    return "o" if group is None else MARKERS[named.index(group)]


def _entries(names: Sequence[str], named: Sequence[int], colours: Sequence[str], has_wrong: bool) -> List[Any]:
    def entry(text: str, marker: str, colour: str, edge: str = "white") -> Line2D:
        return Line2D([], [], linestyle="none", marker=marker, markersize=7, label=text, markerfacecolor=colour,
                      markeredgecolor=edge, markeredgewidth=1.3 if edge != "white" else 0.5)  # fmt: skip

    entries = [entry(names[code], _marker(code, named), colours[code]) for code in named]
    if len(names) > len(named):
        entries.append(entry(label("{count} other classes", count=len(names) - len(named)), "o", OTHER))
    if has_wrong:
        entries.append(entry(label("answered wrongly"), "o", "white", style.INK))
    return entries


def _draw_numbers(axes: Axes, plane: Plane, answers: np.ndarray, rows: Rows, inside: np.ndarray) -> Any:
    """Draw filled contours and dots, which are given back."""
    truth = rows.truth[inside]
    answers = np.ma.masked_invalid(answers)  # far from all rows an output may leave float32
    ends = [np.percentile(values, (1, 99)) for values in (truth, answers.compressed()) if len(values)]
    low, high = (float(np.min(ends)), float(np.max(ends))) if ends else (0.0, 0.0)
    low, high = (low, high) if high > low else (low - 0.5, low + 0.5)
    grid, scale = answers.reshape(len(plane.up.values), len(plane.across.values)), Normalize(low, high)
    levels = np.linspace(low, high, LEVELS)
    if answers.count():
        values = np.clip(grid, low, high)
        axes.contourf(plane.across.values, plane.up.values, values, levels=levels, cmap="viridis", norm=scale)
    x, y = plane.points[inside].T
    return axes.scatter(
        x, y, _size_of_dots(inside), truth, cmap="viridis", norm=scale, edgecolors="white", linewidths=0.5, zorder=3
    )


def _size_of_dots(inside: np.ndarray) -> float:
    return float(np.clip(9000 / max(1, inside.sum()), 16, 48))


def _around(plane: Plane, words: Sequence[str]) -> str:
    """What components are made of, or what the other columns are; of `words`, which are fit to be drawn."""
    if plane.across.share is not None:
        first = label("component 1 is mostly {first} and {second},", first=words[0], second=words[1])
        return first + "\n" + label("component 2 mostly {first} and {second}", first=words[2], second=words[3])
    named: List[str] = []
    for name, value in zip(words[::2], words[1::2]):
        if columns(", ".join([*named, f"{name} = {value}"])) <= LINE_WIDTH:
            named.append(f"{name} = {value}")
    if not named:
        return ""
    more, values = len(plane.held) - len(named), ", ".join(named)
    if more:
        return label("held still: {values} and {count} more", values=values, count=more)
    return label("held still: {values}", values=values)


def _dots(plane: Plane, rows: Rows, inside: np.ndarray) -> str:
    """What the dots are, and how many are not to be seen."""
    lacking = int(np.isnan(plane.points).any(axis=1).sum())
    outside = len(inside) - int(inside.sum()) - lacking
    text = label("dots: {rows}", rows=as_label(rows.what))
    if plane.across.share is not None:
        text = label("0: mean of the training rows; {dots}", dots=text)
    if outside:
        text = label("{dots}, without {count:,} outside the picture", dots=text, count=outside)
    return label("{dots}, without {count:,} that lack a value", dots=text, count=lacking) if lacking else text
