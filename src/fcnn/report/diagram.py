"""A picture of the network: its layers as columns of nodes, and how many parameters each has."""

from itertools import product
from typing import Any, List, Mapping, NamedTuple, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from fcnn.report import style
from fcnn.report.language import label
from fcnn.report.names import Names

MOST_NODES = 7
"""A column shows all of its nodes up to so many; else the first, dots for the rest, and the last."""
DOTS_AT = 4
"""The place, from the top, that the dots take."""
SPACING = 0.42
"""Inches between two nodes of a column."""
PITCH = 1.5
"""Inches from column to column: room for "(1,024+1)*1,024" in small letters."""
MOST_TERMS = 3
"""Of a sum under one column."""
SUM_TERMS = 5
"""Up to so many layers, the total is written as the sum that it is."""


class Column(NamedTuple):
    """One column of the picture."""

    title: str
    units: int
    captions: List[str]
    parameters: int  # trained ones
    moving: int  # averages kept by batch normalization, not trained
    colour: str


def network_diagram(
    inputs: int,
    layers: Sequence[Mapping[str, Any]],
    output_names: Sequence[str],
    path: style.PathLike,
    front: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Draw `figure_of_network_diagram` into a PNG file."""
    style.save(figure_of_network_diagram(inputs, layers, output_names, front), path)


def figure_of_network_diagram(
    inputs: int,
    layers: Sequence[Mapping[str, Any]],
    output_names: Sequence[str],
    front: Sequence[Mapping[str, Any]] = (),
) -> style.Picture:
    """Draw the network from its input (left) to its output (right), every parameter count worked out by hand.

    Args:
        inputs: how many numbers the network gets a row, after preprocessing.
        layers: from the first hidden layer to the output layer, each with ``units``, ``use_bias``,
            ``activation`` ({"name": ...}), ``batch_normalization`` (a mapping or None), ``dropout`` (0 to 1).
        output_names: the classes, or the target's name; written beside the output nodes.
        front: what stands before the layers, as :func:`fcnn.report.front.as_plain` has it; each of its nodes is joined
            with the one beside it alone.
    """
    names = Names(output_names)
    columns = describe(inputs, layers, front)
    top = SPACING * (max(min(column.units, MOST_NODES) for column in columns) - 1) / 2
    bottom = -top - 0.55 - 0.16 * max(len(column.captions) for column in columns) - 0.15
    with style.drawing(names.families):
        width, height = PITCH * len(columns) + 0.5, top + 1.0 - bottom
        picture = style.Picture(width, height, names.families, arranged=False, trimmed=True)
        axes = picture.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(-0.75, width - 0.75)  # inches, so that the texts' sizes fit
        axes.set_ylim(bottom, top + 1.0)
        for index, column in enumerate(columns):
            if index:
                _connect(axes, index, _places(columns[index - 1].units), _places(column.units), index > len(front))
            _draw_column(axes, index * PITCH, column, -top - 0.35)
        _name_outputs(axes, (len(columns) - 1) * PITCH, columns[-1].units, names.texts)
        axes.text(-0.6, top + 0.78, _total(columns), fontsize=11, weight="bold", va="center")
        axes.text(-0.6, top + 0.5, _sizes(columns), fontsize=8.5, color=style.GREY, va="center")
    return picture


def describe(inputs: int, layers: Sequence[Mapping[str, Any]], front: Sequence[Mapping[str, Any]] = ()) -> List[Column]:
    """Work out what is written under each column; arguments as for `figure_of_network_diagram`."""
    columns = [Column(label("input"), inputs, [label("values a row")], 0, 0, style.GREEN)]
    for part in front:
        first, *others = part["by_hand"]
        more = [f"+ {term}" for term in others[: MOST_TERMS - 1]] + (["+ ..."] if others[MOST_TERMS - 1 :] else [])
        captions = [part["name"], first, *more, f"= {part['parameters']:,}"]
        columns.append(Column(label("before"), part["units"], captions, part["parameters"], 0, style.GREEN))
    for position, layer in enumerate(layers):
        before, units = columns[-1].units, int(layer["units"])
        bias = bool(layer.get("use_bias", True))
        parameters, moving = (before + bias) * units, 0
        weights = f"({before:,}+1)*{units:,}" if bias else f"{before:,}*{units:,}"
        captions = [str(layer["activation"]["name"]), weights, f"= {parameters:,}"]
        if layer.get("parametric"):
            captions[0] = label("parametric {activation}", activation=captions[0])
            captions.insert(2, f"+ {units:,}")
            parameters += units
            captions[3] = f"= {parameters:,}"
        if layer.get("batch_normalization") is not None:
            moving = 2 * units
            parameters += 2 * units
            captions += [label("batch normalization"), f"2*{units:,} = {2 * units:,}"]
        if layer.get("dropout"):
            captions.append(label("dropout {rate:g}", rate=float(layer["dropout"])))
        last = position == len(layers) - 1
        title = label("output") if last else label("hidden {number}", number=position + 1)
        colour = style.VERMILLION if last else style.BLUE
        columns.append(Column(title, units, captions, parameters, moving, colour))
    return columns


def _total(columns: Sequence[Column]) -> str:
    counts = [column.parameters for column in columns[1:]]
    terms = " + ".join(f"{count:,}" for count in counts) + " = " if 1 < len(counts) <= SUM_TERMS else ""
    return label("{terms}{count:,} trained parameters", terms=terms, count=sum(counts))


def _sizes(columns: Sequence[Column]) -> str:
    moving = sum(column.moving for column in columns)
    sizes = " \u2192 ".join(f"{column.units:,}" for column in columns)
    if not moving:
        return sizes
    return label("{sizes}, and {count:,} moving averages that are not trained", sizes=sizes, count=moving)


def _places(units: int) -> List[float]:
    """Heights of a column's nodes in inches, the first on top; NaN where dots stand for those left out."""
    count = min(units, MOST_NODES)
    places = [SPACING * ((count - 1) / 2 - position) for position in range(count)]
    if units > MOST_NODES:
        places[DOTS_AT] = float("nan")
    return places


def _connect(axes: Axes, index: int, left: Sequence[float], right: Sequence[float], fully: bool) -> None:
    """Draw a line from every node to every node of the next column, or to the one beside it."""
    start, end = (index - 1) * PITCH + 0.17, index * PITCH - 0.17
    lines = [
        [(start, origin), (end, goal)]
        for origin, goal in (product(left, right) if fully else zip(left, right))
        if not (np.isnan(origin) or np.isnan(goal))
    ]  # fmt: skip
    axes.add_collection(LineCollection(lines, colors=style.GREY, linewidths=0.5, alpha=0.45, zorder=1))


def _draw_column(axes: Axes, across: float, column: Column, below: float) -> None:
    places = _places(column.units)
    nodes = [place for place in places if not np.isnan(place)]
    axes.scatter([across] * len(nodes), nodes, s=150, color="white", edgecolors=column.colour, linewidths=1.8, zorder=3)
    if len(nodes) < len(places):
        middle = (places[DOTS_AT - 1] + places[DOTS_AT + 1]) / 2
        dots = [middle - 0.09, middle, middle + 0.09]
        axes.scatter([across] * 3, dots, s=5, color=column.colour, zorder=3)
    title = f"{column.title}: {column.units:,}"
    axes.text(across, below, title, ha="center", va="top", fontsize=9, weight="bold")
    captions = "\n".join(column.captions)
    axes.text(across, below - 0.19, captions, ha="center", va="top", fontsize=8, linespacing=1.3)


def _name_outputs(axes: Axes, across: float, units: int, names: Sequence[str]) -> None:
    """Write the names beside the nodes that are drawn; the one node of a binary task is its second class."""
    if units == 1 and len(names) == 2:
        names = [label("{positive} (else {negative})", positive=names[1], negative=names[0])]
    if len(names) != units:
        return
    if units > MOST_NODES:
        names = [*names[:DOTS_AT], "", *names[-(MOST_NODES - DOTS_AT - 1) :]]
    for place, name in zip(_places(units), names):
        if name:
            axes.text(across + 0.22, place, name, ha="left", va="center", fontsize=8.5)
