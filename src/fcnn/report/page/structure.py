"""What it is: the network as a drawing, and its layers with the parameters counted by hand."""

from itertools import product
from typing import Any, Dict, List

from markupsafe import Markup

from fcnn.inference.front import is_linear_map
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.report import front
from fcnn.report.page.charts import Chart, Tell, picture
from fcnn.report.page.facts import Facts
from fcnn.report.page.tables import Cell, Column, Table
from fcnn.wording import say, say_list

MOST_NODES = 8
"""A layer of more units is drawn as some of them, with a gap for the others."""
PITCH, SPACING, RADIUS = 118, 22, 7
MOST_DRAWN = 12
"""Layers; of more there is the table alone."""
SUM_TERMS = 6
"""So many layers are added up by hand."""


def structure(facts: Facts, tell: Tell) -> Dict[str, Any]:
    """The section as sentences, a chart and a table."""
    network = facts.record.network
    charts = []
    if len(network.layers) + len(network.front) <= MOST_DRAWN:
        label = say("The network: {network}", network=_sizes(network))
        charts.append(Chart(label, _drawing(network, tell(label)), is_wide=True))
    sentences: List[str] = []
    if len(network.layers) == 1 and is_linear_map(network.front):
        sentences.append(say("There is no hidden layer: this is a linear model."))
    terms = [term for layer, width in zip(network.front, network.widths) for term in front.by_hand(layer, width, "·")]
    terms += [_by_hand(network.width if not place else network.layers[place - 1].units, layer)
              for place, layer in enumerate(network.layers)]  # fmt: skip
    total = f"{facts.metrics['parameters']:,}"
    if len(terms) <= SUM_TERMS:
        sentences.append(say("{terms} = {total} parameters", terms=" + ".join(terms), total=total))
    else:
        sentences.append(say("{total} parameters in all", total=total))
    return {"charts": charts, "tables": [_layers(network)], "sentences": sentences}


def _sizes(network: Architecture) -> str:
    before = (f"{width} {front.short_name(layer)}" for width, layer in zip(network.widths[1:], network.front))
    layers = (f"{layer.units} {layer.activation_name}" for layer in network.layers)
    return " → ".join([str(network.inputs), *before, *layers])


def _by_hand(inputs: int, layer: DenseLayer) -> str:
    """``(13+1)·64``: a weight for each input and a bias, for each unit."""
    text = f"({inputs:,}+1)·{layer.units:,}" if layer.use_bias else f"{inputs:,}·{layer.units:,}"
    text = f"{text} + 2·{layer.units:,}" if layer.batch_normalization else text
    return f"{text} + {layer.units:,}" if layer.parametric else text


def _count(inputs: int, layer: DenseLayer) -> int:
    return (inputs + layer.use_bias + (2 if layer.batch_normalization else 0) + bool(layer.parametric)) * layer.units


def _layers(network: Architecture) -> Table:
    rows, inputs = [_front_row(network, place) for place in range(len(network.front))], network.width
    for number, layer in enumerate(network.layers, 1):
        extras: List[str] = []
        if layer.batch_normalization:
            extras.append(say("batch normalization"))
        if layer.parametric:
            extras.append(say("a learnt weight for each activation"))
        if layer.dropout:
            extras.append(say("dropout {share:g}", share=layer.dropout))
        if network.clip is not None and number == len(network.layers):
            extras.append(say("clipped to the range of the training targets"))
        name = say("{number} (output)", number=number) if number == len(network.layers) else str(number)
        rows.append(
            [
                Cell(name),
                Cell(f"{layer.units:,}", layer.units),
                Cell(_named(layer)),
                Cell(say_list(extras)),
                Cell(_by_hand(inputs, layer)),
                Cell(f"{_count(inputs, layer):,}", _count(inputs, layer)),
            ]
        )
        inputs = layer.units
    titles = [
        (say("layer"), False), (say("units"), True), (say("activation"), False), (say("besides"), False),
        (say("parameters by hand"), False), (say("parameters"), True),
    ]  # fmt: skip
    return Table(
        say("The layers; each unit has a weight for every unit before it, and a bias"),
        [Column(*title) for title in titles],
        rows,
    )


def _front_row(network: Architecture, place: int) -> List[Cell]:
    layer, inputs, outputs = network.front[place], network.widths[place], network.widths[place + 1]
    count = front.count_of(layer, inputs)
    return [
        Cell(front.in_words(layer)),
        Cell(f"{outputs:,}", outputs),
        Cell(""),
        Cell(front.of_what(layer, inputs)),
        Cell(" + ".join(front.by_hand(layer, inputs, "·"))),
        Cell(f"{count:,}", count),
    ]


def _named(layer: DenseLayer) -> str:
    parameters = [f"{name} {value:g}" for name, value in layer.activation.items() if isinstance(value, (int, float))]
    return " ".join([layer.activation_name, *parameters])


def _drawing(network: Architecture, label: str) -> Markup:
    """Columns of nodes, each joined with all of the next; but what is before the first dense layer joins few."""
    units = [*network.widths, *(layer.units for layer in network.layers)]
    captions = ["", *map(front.short_name, network.front), *(_named(layer) for layer in network.layers)]
    height = SPACING * (min(MOST_NODES, max(units)) - 1) + 2 * RADIUS
    columns = [_nodes(PITCH * (place + 0.5), 12 + height / 2, count) for place, count in enumerate(units)]
    joints = "".join(
        f"M{x:.0f} {y:.0f}L{u:.0f} {v:.0f}"
        for place, (left, right) in enumerate(zip(columns, columns[1:]))
        for (x, y), (u, v) in (zip(left, right) if place < len(network.front) else product(left, right))
    )
    parts = [f'<path class="joints" d="{joints}"/>']
    for place, (column, count) in enumerate(zip(columns, units)):
        kind = 3 if place == 0 else 2 if place == len(units) - 1 else 1
        parts += [f'<circle class="node s{kind}" cx="{x:.0f}" cy="{y:.0f}" r="{RADIUS}"/>' for x, y in column]
        x, foot = PITCH * (place + 0.5), 12 + height + 20
        if count > MOST_NODES:
            parts.append(f'<text class="gap middle" x="{x:.0f}" y="{12 + height / 2 + 5:.0f}">⋮</text>')
        parts.append(f'<text class="count middle" x="{x:.0f}" y="{foot:.0f}">{count:,}</text>')
        parts.append(f'<text class="tick middle" x="{x:.0f}" y="{foot + 17:.0f}">{captions[place]}</text>')
    return picture(label, parts, PITCH * len(units), 12 + height + 46)


def _nodes(x: float, middle: float, count: int) -> List[Any]:
    """The places of a layer's nodes; where some are left out there is room in the middle."""
    if count <= MOST_NODES:
        return [(x, middle + SPACING * (place - (count - 1) / 2)) for place in range(count)]
    half = MOST_NODES // 2 - 1
    above = [(x, middle - SPACING * (place + 1.5)) for place in reversed(range(half))]
    return above + [(x, middle + SPACING * (place + 1.5)) for place in range(half)]
