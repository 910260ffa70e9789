"""The picture of what single units do on a plane through the table, one small map each."""

from typing import List, Sequence, Tuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize

from fcnn.insight.neurons import MOST_UNITS, LayerMaps
from fcnn.insight.plane import Axis, Plane
from fcnn.report import style
from fcnn.report.language import as_label, label
from fcnn.report.names import Names, columns
from fcnn.report.surface import as_plane, axis_label

COLOURS = "PuOr_r"
"""Purple below 0, white at 0, orange above: apart for colour-blind readers, and TensorFlow Playground's orange."""
TILE, GAP, TITLE = 0.86, 0.1, 0.2
"""Inches: a map's side, the room between two, the line above it."""
LEFT, TOP, BOTTOM = 1.5, 0.42, 0.62
MOSTLY_WIDTH = 17
NAME_WIDTH = 14
"""Columns of text that an output's name may fill above its map."""


def neurons(
    plane: Plane, layers: Sequence[LayerMaps], shape: Tuple[int, int], outputs: Sequence[str], path: style.PathLike
) -> None:
    """Draw `figure_of_neurons` into a PNG file; named tuples may have become plain sequences on their way."""
    style.save(figure_of_neurons(as_plane(plane), [LayerMaps(*layer) for layer in layers], shape, outputs), path)


def figure_of_neurons(
    plane: Plane, layers: Sequence[LayerMaps], shape: Tuple[int, int], outputs: Sequence[str]
) -> style.Picture:
    """Draw a line of maps for each layer, in one scale of colours, whose end is the layer's largest activation.

    Args:
        plane: that the maps are of.
        layers: the first hidden layers, and the output layer last.
        shape: points of a map, along the axis that goes up and along the one that goes across.
        outputs: the names of the output layer's units: the classes, or the target; one name for two classes' one unit.
    """
    texts = Names(map(as_label, (plane.across.name, plane.up.name)))
    mostly = Names([*plane.across.mostly, *plane.up.mostly])
    names = Names(outputs[-1:] if layers[-1].width == 1 else outputs, NAME_WIDTH)
    families = max(texts.families, mostly.families, names.families, key=len)
    width = LEFT + MOST_UNITS * (TILE + GAP) + 0.2
    height = TOP + len(layers) * (TILE + TITLE + GAP) + BOTTOM
    with style.drawing(families):
        picture = style.Picture(width, height, families, arranged=False)
        axes = picture.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(0.0, width)
        axes.set_ylim(height, 0.0)
        heading = label("Units: where on the plane each is active")
        axes.text(0.15, 0.1, heading, fontsize=10.5, weight="bold", va="top")
        for row, layer in enumerate(layers):
            top = TOP + row * (TILE + TITLE + GAP)
            is_last = row == len(layers) - 1
            title = label("output") if is_last else label("layer {number}", number=layer.number)
            units = [names.texts[unit] if is_last else label("unit {number}", number=unit + 1) for unit in layer.units]
            _draw_layer(axes, layer, top, title, units, shape)
        _explain(picture, axes, width, height, plane, texts.texts)
    return picture


def _draw_layer(
    axes: Axes, layer: LayerMaps, top: float, title: str, names: Sequence[str], shape: Tuple[int, int]
) -> None:
    largest = float(np.abs(layer.maps[np.isfinite(layer.maps)]).max(initial=0.0))
    lines = [layer.activation.replace("_", " "), label("largest {value:.3g}", value=largest)]
    if len(layer.units) < layer.width:
        lines.append(label("{some} of {count:,} units", some=len(layer.units), count=layer.width))
    axes.text(0.15, top + TITLE + 0.02, title, weight="bold", fontsize=9, va="top")
    axes.text(0.15, top + TITLE + 0.2, "\n".join(lines), fontsize=8, va="top", color=style.GREY, linespacing=1.35)
    colours = ScalarMappable(Normalize(-1, 1), COLOURS)
    for column, (values, name) in enumerate(zip(layer.maps, names)):
        left = LEFT + column * (TILE + GAP)
        pixels = colours.to_rgba(np.ma.masked_invalid(values.reshape(shape)) / (largest or 1.0))
        axes.imshow(
            pixels, origin="lower", extent=(left, left + TILE, top + TITLE + TILE, top + TITLE), aspect="auto",
            interpolation="bilinear",
        )  # fmt: skip
        axes.text(left + TILE / 2, top + TITLE - 0.04, name, fontsize=_fitting(name), ha="center", va="bottom")


def _fitting(name: str) -> float:
    """Points: a letter is about 0.6 of its size wide."""
    return float(np.clip(72 * (TILE + GAP - 0.04) / (0.62 * max(1, columns(name))), 5.5, 8.0))


def _explain(picture: style.Picture, axes: Axes, width: float, height: float, plane: Plane, names: List[str]) -> None:
    """Draw the scale of colours, and write what the plane is."""
    middle = height - BOTTOM + 0.22
    bar = picture.add_axes((LEFT / width, 1 - (middle + 0.06) / height, 1.7 / width, 0.12 / height))
    bar.imshow(np.linspace(-1, 1, 256)[np.newaxis], aspect="auto", cmap=COLOURS, extent=(-1, 1, 0, 1))
    bar.grid(visible=False)
    bar.set_yticks([])
    bar.set_xticks([-1, 0, 1])
    bar.set_xticklabels(["-1", "0", "1"])
    bar.tick_params(length=2, labelsize=7.5, pad=1.5)
    axes.text(0.15, middle, label("of the largest"), fontsize=8, va="center")
    across, up = _axis(plane.across, names[0]), _axis(plane.up, names[1])
    lines = [label("across: {axis}", axis=across), label("up: {axis}", axis=up)]
    axes.text(LEFT + 1.92, middle - 0.08, "\n".join(lines), fontsize=8, va="top", linespacing=1.35)


def _axis(axis: Axis, name: str) -> str:
    """What :func:`fcnn.report.surface.axis_label` says, and the two columns that a component has most of."""
    text = axis_label(axis, name)
    if not axis.mostly:
        return text
    first, second = Names(axis.mostly, MOSTLY_WIDTH).texts
    return label("{axis}, mostly {first} and {second}", axis=text, first=first, second=second)
