"""The trace of a row as something to read: the same blocks for a terminal and for a page."""

from typing import Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from fcnn.inference.network import activation_weight
from fcnn.insight.derivatives import SOFTMAX, derivative
from fcnn.insight.formulas import backward_lines, forward_lines, loss_lines, number, strongest_unit
from fcnn.jobs.front_words import formula_of
from fcnn.jobs.linear_collapse import said_of_collapse
from fcnn.jobs.prepare import sizes
from fcnn.jobs.trace import Traced
from fcnn.report.blocks import Block, Heading, Lines, Table, Text
from fcnn.wording import say, say_many

SYMBOLS = {"kernel": "W", "bias": "b", "activation_weight": "w"}
"""What the formulas call the arrays; gamma and beta have their own names."""


class Room(NamedTuple):
    """How much is shown."""

    features: int
    units: int
    """Of a layer."""
    weights: int
    """Of those whose gradient is compared with a slope."""


TERMINAL = Room(20, 6, 10)
PAGE = Room(500, 256, 400)


def story(traced: Traced, room: Room) -> List[Block]:
    """Tell everything, in the order in which it is computed.

    Args:
        traced: the row.
        room: how much is shown; everything is in the JSON.
    """
    return [
        *_opening(traced),
        *_features(traced, room),
        *_embedded(traced, room),
        Heading(2, say("forward: z = x W + b, a = g(z), layer by layer")),
        Text(
            say(
                "the formulas are filled in for the unit of each layer with the largest dL/dz; of a sum the largest "
                "terms are written out, and {others} are the 12 others, 0.5 together",
                others="(... 12) 0.5",
            )
        ),
        *_normalization(traced),
        *_parametric(traced),
        *(block for index in range(len(traced.passes)) for block in _forward(traced, index, room)),
        *_loss(traced),
        Heading(2, say("backward: the chain rule, from the last layer to the first")),
        *(block for index in reversed(range(len(traced.passes))) for block in _backward(traced, index, room)),
        *_sizes_of_gradients(traced),
        *_checks(traced, room),
        *_one_layer(traced),
    ]


def _normalization(traced: Traced) -> Iterator[Block]:
    if any(layer.batch_normalization is not None for layer in traced.architecture.layers):
        yield Text(say("where batch normalization stands between, u = x W + b, and z is what it makes of u"))


def _parametric(traced: Traced) -> Iterator[Block]:
    if any(layer.parametric for layer in traced.architecture.layers):
        yield Text(say("where the activation is parametric, a = z + w (g(z) - z) with a learnt w for each unit"))


def layer_name(traced: Traced, index: int) -> str:
    """``layer 2: 32 tanh``, ``output: 3 softmax``."""
    layer = traced.architecture.layers[index]
    made = f"{layer.units} {layer.activation_name}"
    if index == len(traced.passes) - 1:
        return say("output: {layer}", layer=made)
    return say("layer {number}: {layer}", number=index + 1, layer=made)


def _opening(traced: Traced) -> Iterator[Block]:
    yield Heading(1, say("row {row} of {file}, {place}", row=traced.row, file=traced.file.name, place=traced.place))
    yield Text(say("run {run}: {network}", run=traced.run.name, network=sizes(traced.architecture)))
    words = {"target": traced.target.name, "truth": traced.truth, "prediction": traced.prediction}
    yield Text(say("{target} is {truth}, predicted is {prediction}", **words))
    for sentence in traced.left_out:
        yield Text(sentence)


def _features(traced: Traced, room: Room) -> Iterator[Block]:
    yield Heading(2, say("the row: x"))
    numbered = list(enumerate(traced.features, start=1))
    if len(numbered) > room.features:  # of the many levels of a category all but one are 0
        numbered = [(position, feature) for position, feature in numbered if feature.x != 0]
    zeros, numbered = len(traced.features) - len(numbered), numbered[: room.features]
    rows = [(str(position), feature.name, feature.cell, number(feature.x)) for position, feature in numbered]
    headings = ("i", say("feature"), say("cell"), "x[i]")
    yield Table(say("features of the row"), headings, rows, left=3)
    yield from _more(len(traced.features) - len(rows) - zeros)
    if zeros:
        yield Text(say_many(zeros, "and 1 more, which is 0", "and {count:,} more, which are 0"))
    target = traced.target
    if target.classes:
        unit = int(traced.y) + 1
        name = target.classes[int(traced.y)]
        if len(target.classes) == 2 and traced.passes[-1].a.shape[1] == 1:
            yield Text(say("y = {y} stands for {name}", y=int(traced.y), name=name))
        else:
            yield Text(say("y is 1 for class {unit}, {name}, and 0 for the others", unit=unit, name=name))
    else:
        value = float(target.unscale(np.array([traced.y]))[0])
        formula = f"y = ({value:.7g} - {target.mean:.7g}) / {target.std:.7g} = {traced.y:.7g}"
        yield Text(say("the target is standardised, as in training: {formula}", formula=formula))


def _embedded(traced: Traced, room: Room) -> Iterator[Block]:
    """What stands before the first layer, and what it makes of the row."""
    if not traced.embedded:
        return
    yield Heading(2, say("before the first layer: e"))
    for layer in traced.architecture.front:
        yield Text(formula_of(layer))
    rows = [
        (str(position), each.name, number(each.e), number(each.gradient))
        for position, each in enumerate(traced.embedded[: room.features], start=1)
    ]
    yield Table(say("inputs of the first layer"), ("i", say("input"), "e[i]", "dL/de[i]"), rows, left=2)
    yield from _more(len(traced.embedded) - len(rows))


def _forward(traced: Traced, index: int, room: Room) -> Iterator[Block]:
    layer, each = traced.architecture.layers[index], traced.passes[index]
    yield Heading(3, layer_name(traced, index))
    columns = {} if layer.batch_normalization is None else {"u": each.z_dense[0]}
    yield from _units(traced, index, {**columns, "z": each.z[0], "a": each.a[0]}, room)
    unit = strongest_unit(traced.gradients[index])
    yield Lines(tuple(forward_lines(traced.architecture, traced.arrays, traced.passes, index, unit)))


def _loss(traced: Traced) -> Iterator[Block]:
    yield Heading(2, say("the loss: {name}", name=traced.loss))
    yield Lines(
        tuple(loss_lines(traced.loss, traced.y, traced.passes[-1], len(traced.passes), traced.loss_value))
    )  # fmt: skip


def _backward(traced: Traced, index: int, room: Room) -> Iterator[Block]:
    layer, one, each = traced.architecture.layers[index], traced.passes[index], traced.gradients[index]
    yield Heading(3, layer_name(traced, index))
    columns = {"dL/da": each.a[0]}
    if layer.activation["name"] != SOFTMAX:
        weight = activation_weight(index, layer, traced.arrays)
        columns["g'(z)" if weight is None else "da/dz"] = derivative(one.z, layer.activation, weight)[0]
    columns["dL/dz"] = each.z[0]
    if layer.batch_normalization is not None:
        columns["dL/du"] = each.z_dense[0]
    yield from _units(traced, index, columns, room)
    unit = strongest_unit(each)
    yield Lines(
        tuple(
            backward_lines(
                traced.architecture, traced.arrays, traced.passes, traced.gradients, index, unit, traced.loss, traced.y
            )
        )
    )


def _units(traced: Traced, index: int, columns: Mapping[str, np.ndarray], room: Room) -> Iterator[Block]:
    """A row a unit, of the output layer with the class that it stands for."""
    classes: Sequence[str] = ()
    if index == len(traced.passes) - 1 and traced.architecture.layers[index].units == len(traced.target.classes):
        classes = traced.target.classes
    units = traced.architecture.layers[index].units
    shown = min(units, room.units)
    rows = [
        (str(unit + 1), *((classes[unit],) if classes else ()), *(number(column[unit]) for column in columns.values()))
        for unit in range(shown)
    ]
    named = (say("unit"), say("class name")) if classes else (say("unit"),)
    yield Table(layer_name(traced, index), (*named, *columns), rows, left=len(named))
    yield from _more(units - shown, columns)


def _more(count: int, columns: Optional[Mapping[str, np.ndarray]] = None) -> Iterator[Block]:
    if count <= 0:
        return
    if columns is None:
        yield Text(say_many(count, "and 1 more", "and {count:,} more"))
        return
    ranges = ", ".join(f"{name} {number(column.min())} ... {number(column.max())}" for name, column in columns.items())
    yield Text(say_many(count, "and 1 more; of all: {ranges}", "and {count:,} more; of all: {ranges}", ranges=ranges))


def _sizes_of_gradients(traced: Traced) -> Iterator[Block]:
    """How large the gradients of each layer are: where they vanish on their way back, it is seen here."""
    yield Heading(2, say("how large the gradients are"))
    rows = []
    for index, each in enumerate(traced.gradients):
        sizes_of = (np.linalg.norm(array) for array in (each.a, each.z, each.arrays["kernel"]))
        bias = number(float(np.linalg.norm(each.arrays["bias"]))) if "bias" in each.arrays else ""
        rows.append((layer_name(traced, index), *(number(float(size)) for size in sizes_of), bias))
    headings = (say("layer and activation"), "|dL/da|", "|dL/dz|", "|dL/dW|", "|dL/db|")
    yield Table(say("Euclidean norms"), headings, rows)


def _checks(traced: Traced, room: Room) -> Iterator[Block]:
    yield Heading(2, say("are the gradients right?"))
    if traced.comparison is not None:
        yield Text(
            say(
                "beside TensorFlow's gradient tape, in float32: largest difference {largest:.1e}, relative to the "
                "largest entry of its array {relative:.1e}, in {count} arrays; its loss is {theirs:.6g}, "
                "ours {ours:.6g}",
                largest=traced.comparison.largest,
                relative=traced.comparison.relative,
                count=len(traced.comparison.differences),
                theirs=traced.comparison.loss,
                ours=traced.loss_value,
            )
        )
    largest = max(each.difference for each in traced.checked)
    yield Text(
        say(
            "beside the slope of the loss, (L(w + h) - L(w - h)) / 2h: largest difference {largest:.1e}, "
            "of {count} weights",
            largest=largest,
            count=len(traced.checked),
        )
    )
    ordered = sorted(traced.checked, key=lambda each: -abs(each.chain_rule))[: room.weights]
    rows = [
        (_weight(each.array, each.place), number(each.chain_rule), number(each.numeric), f"{each.difference:.0e}")
        for each in ordered
    ]
    headings = (say("weight"), say("chain rule"), say("slope"), say("apart by"))
    yield Table(say("weights with the largest gradients among them"), headings, rows)


def _weight(array: str, place: Tuple[int, ...]) -> str:
    """``W2[3,5]`` for the entry (2, 4) of ``01/kernel``."""
    index, _, name = array.partition("/")
    inside = ",".join(str(position + 1) for position in place)
    return f"{SYMBOLS.get(name, name)}{int(index) + 1}[{inside}]"


def _one_layer(traced: Traced) -> Iterator[Block]:
    """A stack without a nonlinearity is one layer."""
    if traced.one_layer_difference is None:
        return
    yield Heading(2, say("without a nonlinearity all layers are one"))
    layers, difference = len(traced.passes), traced.one_layer_difference
    sentence = say(
        "multiplied out, the {layers} layers are one; for this row its output differs by {difference:.1e}",
        layers=layers,
        difference=difference,
    )
    yield Text(sentence)
    found = traced.linear_collapse
    if found is None:
        return
    yield Text(said_of_collapse(found))
    rows = [(name, number(value), number(found["one_layer"][name])) for name, value in found["network"].items()]
    yield Table(say("scores of both"), (found["part"], say("the network"), say("the one layer")), rows)
