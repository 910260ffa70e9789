"""What each layer did while it learnt: gradients, updates, dead or saturated units, activations, epoch by epoch."""

from typing import Any, Dict, List, Mapping, NamedTuple, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator

from fcnn.report import style
from fcnn.report.language import label

FEW_LAYERS = 6
"""Up to so many layers each has a colour of its own; more go from the first one's colour to the last one's."""
NAMED_LAYERS = 13
"""Up to so many layers each is named in the legend; of more, some."""
DOTTED_EPOCHS = 30
"""Up to so many measured epochs each is a dot."""
LONG = 100
"""From so many epochs on, their axis is logarithmic: most happens in the first ones, which are measured one by one."""
FIRST_TO_LAST = LinearSegmentedColormap.from_list("layers", ["#00204D", "#39568C", "#2A9D8F", "#B8A020", "#D55E00"])
"""From dark to light and warm, so that the order can be seen without colours, too."""


class Panel(NamedTuple):
    """One of the pictures in the figure."""

    title: str
    values: np.ndarray
    """(measured epochs, layers) float64, NaN where there is nothing to draw."""
    logarithmic: bool = False
    is_share: bool = False


def layer_diagnostics(columns: Mapping[str, Sequence[Any]], best_epoch: int, path: style.PathLike) -> None:
    """Draw `figure_of_layer_diagnostics` into a PNG file."""
    style.save(figure_of_layer_diagnostics(columns, best_epoch), path)


def figure_of_layer_diagnostics(columns: Mapping[str, Sequence[Any]], best_epoch: int) -> style.Picture:
    """Draw four panels, with a line for each layer.

    Args:
        columns: of ``diagnostics.csv``, a row for each measured epoch and each layer; at least one epoch.
        best_epoch: the epoch whose weights were kept.
    """
    layers = int(max(columns["layer"]))
    epochs = np.asarray(columns["epoch"], np.float64)[::layers]
    panels = _panels({name: _table(values, layers) for name, values in columns.items() if name not in NOT_FIGURES})
    names = _names(columns, layers)
    with style.drawing():
        picture = style.Picture(9.0, 6.6)
        grid = picture.add_gridspec(3, 2, height_ratios=[0.07 + 0.1 * -(-len(_named(layers)) // 4), 1.0, 1.0])
        for position, panel in enumerate(panels):
            axes = picture.add_subplot(grid[1 + position // 2, position % 2])
            _draw_panel(axes, panel, epochs, best_epoch)
        legend = picture.add_subplot(grid[0, :])  # axes of its own: matplotlib 3.4 leaves a figure's legend no room
        legend.axis("off")
        handles = [Line2D([], [], label=names[layer], **_look(layer, layers)) for layer in _named(layers)]
        kept = label("kept epoch {epoch:,}", epoch=best_epoch)
        handles.append(Line2D([], [], color=style.GREY, linewidth=1.0, linestyle=style.DOTTED, label=kept))
        legend.legend(handles=handles, loc="center", ncol=4, borderaxespad=0.0, columnspacing=1.4)
    return picture


NOT_FIGURES = ("epoch", "layer", "activation", "units")


def _panels(tables: Mapping[str, np.ndarray]) -> List[Panel]:
    dead, saturated = tables["dead_share"], tables["saturated_share"]
    has_dead, has_saturated = np.isfinite(dead).any(), np.isfinite(saturated).any()
    share = np.where(np.isfinite(dead), dead, saturated)
    title = label("Dead units") if has_dead else label("Saturated units")
    if has_dead == has_saturated:
        title = label("Dead or saturated units")
    return [
        Panel(label("Gradient of the weights (norm)"), tables["gradient_norm"], logarithmic=True),
        Panel(label("Change of the weights in an epoch (share)"), tables["update_ratio"], logarithmic=True),
        Panel(title, share, is_share=True),
        Panel(label("Spread of the activations"), tables["activation_std"]),
    ]


def _table(values: Sequence[Any], layers: int) -> np.ndarray:
    return style.finite(values).reshape(-1, layers)


def _names(columns: Mapping[str, Sequence[Any]], layers: int) -> List[str]:
    """``layer 1: 64 relu``, ..., ``output: 3 softmax``."""
    *hidden, output = [
        f"{units:,} {activation}" for units, activation in zip(columns["units"][:layers], columns["activation"])
    ]
    named = [label("layer {number}: {layer}", number=number, layer=layer) for number, layer in enumerate(hidden, 1)]
    return [*named, label("output: {layer}", layer=output)]


def _named(layers: int) -> Sequence[int]:
    """The layers that the legend names: all, or some from the first to the last."""
    if layers <= NAMED_LAYERS:
        return range(layers)
    return sorted({round(position) for position in np.linspace(0, layers - 1, NAMED_LAYERS)})


def _look(layer: int, layers: int) -> Mapping[str, Any]:
    """Colour and dashes of a layer; the output layer is grey and dashed, it is not like the others."""
    if layer == layers - 1:
        return {"color": style.INK, "linestyle": style.DASHED, "linewidth": 1.3}
    if layers - 1 <= FEW_LAYERS:
        return {"color": style.COLOURS[layer], "linestyle": "-", "linewidth": 1.6}
    return {"color": FIRST_TO_LAST(layer / max(1, layers - 2)), "linestyle": "-", "linewidth": 1.5}


def _draw_panel(axes: Axes, panel: Panel, epochs: np.ndarray, best_epoch: int) -> None:
    axes.set_title(panel.title)
    axes.axvline(best_epoch, color=style.GREY, linewidth=1.0, linestyle=style.DOTTED, zorder=1.5)
    layers = panel.values.shape[1]
    for layer in range(layers):
        values = panel.values[:, layer]
        if panel.logarithmic:
            values = np.where(values > 0, values, np.nan)
        drawn = np.isfinite(values)
        dots: Dict[str, Any] = {"marker": "o", "markersize": 3.0} if len(epochs) <= DOTTED_EPOCHS else {}
        axes.plot(epochs[drawn], values[drawn], **_look(layer, layers), **dots)
    _scale(axes, panel)
    if epochs[-1] >= LONG:
        axes.set_xscale("log")
        axes.set_xlim(epochs[0] / 1.1, epochs[-1] * 1.1)
        axes.set_xlabel(label("epoch (log scale)"))
        axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 3.0), numticks=9))
        axes.xaxis.set_minor_locator(NullLocator())
    else:
        margin = max(0.5, 0.02 * (epochs[-1] - epochs[0]))
        axes.set_xlim(epochs[0] - margin, epochs[-1] + margin)
        axes.set_xlabel(label("epoch"))
        axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    axes.xaxis.set_major_formatter(FuncFormatter(style.number))


def _scale(axes: Axes, panel: Panel) -> None:
    drawn = panel.values[np.isfinite(panel.values)]
    if panel.is_share:
        axes.set_ylim(-0.03, 1.03)
        axes.set_yticks([0.0, 0.25, 0.5, 0.75, 1.0])
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f} %"))
        if not len(drawn):
            note = label("no layer of relu, sigmoid or tanh")
            axes.text(0.5, 0.5, note, transform=axes.transAxes, ha="center", va="center", color=style.GREY)
        return
    if panel.logarithmic:
        drawn = drawn[drawn > 0]
        if not len(drawn):
            axes.text(0.5, 0.5, label("all 0"), transform=axes.transAxes, ha="center", va="center", color=style.GREY)
            return
        axes.set_yscale("log")
        decades = np.log10(drawn.max() / drawn.min())
        axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if decades < 1.5 else (1.0,), numticks=7))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.set_ylabel(label("log scale"), fontsize=8, color=style.GREY)
    else:
        axes.set_ylim(bottom=0.0)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, min_n_ticks=2))
    axes.yaxis.set_major_formatter(FuncFormatter(style.number))
