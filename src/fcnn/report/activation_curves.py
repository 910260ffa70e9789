"""Pictures of activations: curve, derivative, the saturated zone; of softmax its Jacobian; of a run where its z lie."""

from typing import Any, List, NamedTuple, Sequence, Tuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from fcnn.inference.activations import activate
from fcnn.insight.activation_facts import SATURATED, ActivationFacts, own_curve, slope, zone
from fcnn.insight.derivatives import SOFTMAX, softmax_jacobian
from fcnn.report import style
from fcnn.report.language import as_label, label

REACH = 6.0
"""Curves are drawn from -REACH to REACH at least, and beyond the places where saturation begins."""
POINTS = 1_201
EXAMPLE_Z = (2.0, 1.0, 0.0, -1.0)
"""What the softmax of the heat map is given."""
PANELS_IN_ROW = 3
MOST_PANELS = 12
"""Layers in one picture; a network with more gets several."""
BINS = 48
HEIGHT_OF_HISTOGRAM = 0.55
"""Of a panel."""
SHADE = "#EFE3D3"


class LayerZ(NamedTuple):
    """What the activation of a layer receives, of some rows."""

    title: str
    facts: ActivationFacts
    z: np.ndarray
    """(n,) float of all rows and units; of softmax, of each class against the others."""
    saturated: float
    """Share of them where the activation is saturated."""


def activation_curves(facts: ActivationFacts, path: style.PathLike) -> None:
    """Draw `figure_of_activation` into a PNG file."""
    style.save(figure_of_activation(facts), path)


def layers_z(layers: Sequence[LayerZ], path: style.PathLike) -> None:
    """Draw `figure_of_layers_z` into a PNG file."""
    style.save(figure_of_layers_z(layers), path)


def figure_of_activation(facts: ActivationFacts) -> style.Picture:
    """Draw curve and derivative of an activation; of softmax also the Jacobian for one example."""
    name = facts.activation["name"]
    is_softmax = name == SOFTMAX
    below, above = zone(facts)
    reach = max([REACH, *(1.25 * abs(end) for end in (below, above) if np.isfinite(end))])
    with style.drawing():
        picture = style.Picture(10.6 if is_softmax else 6.8, 4.6)
        grid = picture.add_gridspec(1, 2 if is_softmax else 1)
        axes = picture.add_subplot(grid[0, 0])
        axes.set_title("\n".join(_heading(facts)), fontsize=9.5, linespacing=1.5)
        _draw_curves(axes, facts, (-reach, reach))
        axes.set_xlabel(label("z of the class - ln(sum of e^z of the other classes)") if is_softmax else "z")
        handles, labels = _legend_entries(axes)
        place = (0.0, 0.5 if name == "exponential" else 1.0)  # where no curve is
        axes.legend(handles, labels, loc="upper left", bbox_to_anchor=place, frameon=True, framealpha=0.9)
        if is_softmax:
            _draw_jacobian(picture.add_subplot(grid[0, 1]))
    return picture


def _heading(facts: ActivationFacts) -> List[str]:
    """Name, function and derivative, a line each."""
    name, derivative, largest = facts.activation["name"], f"g' = {facts.derivative}", facts.largest_derivative
    if name == SOFTMAX:
        name, derivative = label("softmax of one class"), label("dg/dz of its own z: g (1 - g)")
    if largest is None:
        derivative = label("{derivative}, grows without end", derivative=derivative)
    else:
        derivative = label("{derivative}, at most {largest:.4g}", derivative=derivative, largest=largest)
    return [name, label("g = {formula}, in {range}", formula=facts.formula, range=facts.range), derivative]


def _draw_curves(axes: Axes, facts: ActivationFacts, ends: Tuple[float, float]) -> None:
    """Draw g and g' with the saturated zones behind them."""
    z = np.linspace(*ends, POINTS)
    curves = {"g(z)": activate(z, own_curve(facts.activation)), "g'(z)": slope(z, facts.activation)}
    _shade(axes, facts, ends)
    axes.axhline(0.0, color=style.GREY, linewidth=0.8)
    axes.axvline(0.0, color=style.GREY, linewidth=0.8)
    looks = {"g(z)": (style.BLUE, "-"), "g'(z)": (style.VERMILLION, style.DASHED)}
    for name, values in curves.items():
        colour, dashes = looks[name]
        axes.plot(z, values, color=colour, linestyle=dashes, linewidth=2.0, label=name)
    limit = max(abs(ends[0]), abs(ends[1]))
    low = max(-limit, min(values.min() for values in curves.values()))
    high = min(limit, max(values.max() for values in curves.values()))
    margin = 0.06 * (high - low)
    axes.set_ylim(low - margin, high + margin)
    axes.set_xlim(*ends)
    axes.yaxis.set_major_formatter(FuncFormatter(style.number))


def _shade(axes: Axes, facts: ActivationFacts, ends: Tuple[float, float]) -> None:
    below, above = zone(facts)
    for start, end in ((ends[0], below), (above, ends[1])):
        if np.isfinite(start) and np.isfinite(end) and end > start:
            axes.axvspan(start, end, color=SHADE, linewidth=0, zorder=0)


def _legend_entries(axes: Axes) -> Tuple[List[Any], List[str]]:
    """What a legend has: the lines and bars of an axes, and the shade, whether it has a saturated zone or not."""
    handles, labels = axes.get_legend_handles_labels()
    return [*handles, Patch(color=SHADE)], [*labels, label("saturated: |g'| < {limit:g}", limit=SATURATED)]


def _draw_jacobian(axes: Axes) -> None:
    """Draw diag(g) - g g^T for the example, and what is on its diagonal."""
    g = activate(np.array([EXAMPLE_Z]), {"name": SOFTMAX})
    matrix = softmax_jacobian(g)[0]
    size = float(np.abs(matrix).max())
    image = axes.imshow(matrix, cmap="PuOr_r", vmin=-size, vmax=size, aspect="equal")
    lines = (
        label("all derivatives: the Jacobian diag(g) - g g^T"),
        label("its diagonal, framed, is g (1 - g); the rest is -g_i g_j"),
        label("every row sums to 0"),
    )
    axes.set_title("\n".join(lines), fontsize=9.5, linespacing=1.5)
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)
    classes = range(len(EXAMPLE_Z))
    axes.set_xticks(list(classes))
    axes.set_yticks(list(classes))
    axes.set_xticklabels([f"z = {z:g}" for z in EXAMPLE_Z])
    axes.set_yticklabels([f"g = {value:.3f}" for value in g[0]])
    axes.set_xlabel(label("by the z of class j"))
    axes.set_ylabel(label("derivative of the g of class i"))
    for row, column in np.ndindex(*matrix.shape):
        value = matrix[row, column]
        colour = "white" if abs(value) > 0.6 * size else style.INK
        axes.text(column, row, f"{value:.3f}", ha="center", va="center", color=colour, in_layout=False)
        if row == column:
            corner = (column - 0.47, row - 0.47)
            axes.add_patch(Rectangle(corner, 0.94, 0.94, fill=False, edgecolor=style.INK, linewidth=1.6))
    bar = axes.figure.colorbar(image, ax=axes, fraction=0.045, pad=0.03)
    bar.outline.set_visible(False)


def figure_of_layers_z(layers: Sequence[LayerZ]) -> style.Picture:
    """Draw a panel a layer: the histogram of its z under the curve of its activation, with the saturated zones.

    Args:
        layers: at most :data:`MOST_PANELS`.
    """
    across = min(PANELS_IN_ROW, len(layers))
    down = -(-len(layers) // across)
    with style.drawing():
        picture = style.Picture(max(5.2, 3.9 * across), 0.5 + 2.9 * down)
        grid = picture.add_gridspec(down + 1, across, height_ratios=[0.1, *[1.0] * down])
        for position, layer in enumerate(layers):
            axes = picture.add_subplot(grid[1 + position // across, position % across])
            _draw_layer(axes, layer)
        handles, labels = _legend_entries(picture.axes[0])
        legend = picture.add_subplot(grid[0, :])  # axes of its own: matplotlib 3.4 leaves a figure's legend no room
        legend.axis("off")
        legend.legend(handles, labels, loc="center", ncol=2 if across == 1 else 4, borderaxespad=0.0)
    return picture


def _draw_layer(axes: Axes, layer: LayerZ) -> None:
    """Draw the curve, and behind it how often each z occurs."""
    low, high = np.quantile(layer.z, [0.002, 0.998]) if len(layer.z) else (0.0, 0.0)
    ends = (min(-3.0, float(low) - 0.5), max(3.0, float(high) + 0.5))
    _draw_curves(axes, layer.facts, ends)
    counts, edges = np.histogram(np.clip(layer.z, *ends), bins=BINS, range=ends)
    bottom, top = axes.get_ylim()
    heights = counts / max(1, counts.max()) * HEIGHT_OF_HISTOGRAM * (top - bottom)
    axes.bar(
        edges[:-1], heights, width=np.diff(edges), bottom=bottom, align="edge", zorder=1.5, color=style.GREEN,
        alpha=0.45, linewidth=0, label=label("how often a z occurs"),
    )  # fmt: skip
    share = f"{100 * layer.saturated:.{0 if layer.saturated in (0, 1) else 1}f} %"
    lines = (as_label(layer.title), label("{share} of z saturated", share=share))
    axes.set_title("\n".join(lines), fontsize=9)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6))
    axes.set_xlabel(label("z against the other classes") if layer.facts.activation["name"] == SOFTMAX else "z")
