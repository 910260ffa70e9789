"""In a deep stack of sigmoids the gradient of the first layers vanishes."""

from typing import Dict, List, Sequence, Tuple

import numpy as np

from fcnn.jobs.lab.bench import Bench, gradients
from fcnn.jobs.lab.drawing import Sheet, look, powers
from fcnn.jobs.lab.experiment import Experiment, Row, Seen, number
from fcnn.jobs.lab.layers import stack
from fcnn.jobs.lab.tables import digits
from fcnn.wording import say

DEPTHS = (2, 4, 6, 8, 10)
DEEPEST = DEPTHS[-1]
ACTIVATIONS = ("sigmoid", "tanh", "relu")
UNITS = 32
CONFIG = (
    """\
data:
  path: data.csv
  target: digit
  task: multiclass
  split: {validation: 0.15, test: 0.15}
network:
  layers:                                # try relu, or batch_normalization: true
"""
    + DEEPEST * "    - {units: 32, activation: sigmoid}\n"
    + """\
training:
  epochs: 10
  batch_size: 32
  optimizer: {name: sgd, learning_rate: 0.1}
  early_stopping: null
"""
)
VANISHED = 1e-3
"""A first layer with less than this part of the last one's gradient hardly learns."""
BARELY = 1e-2


def _run(bench: Bench) -> Seen:
    rows: List[Row] = []
    norms: Dict[str, List[float]] = {}
    losses: Dict[str, Sequence[float]] = {}
    for activation in ACTIVATIONS:
        for depth in DEPTHS:
            override = stack(depth, UNITS, activation=activation)
            trial = bench.train(override) if depth == DEEPEST else None
            prepared = bench.prepare(override) if trial is None else trial.prepared
            found = gradients(prepared, bench.start(prepared) if trial is None else trial.start)
            norms[activation] = [float(np.linalg.norm(layer.arrays["kernel"])) for layer in found[:-1]]
            first, last = norms[activation][0], norms[activation][-1]
            if trial is not None:
                losses[activation] = trial.history.get("loss", [])
            rows.append(
                {
                    "activation": activation,
                    "hidden layers": depth,
                    "gradient of the first": first,
                    "gradient of the last": last,
                    "first / last": first / last,
                    "test accuracy": None if trial is None else trial.score("test", "accuracy"),
                }
            )
    return Seen(rows, {"norms": norms, "losses": losses})


def _conclude(rows: Sequence[Row]) -> Tuple[str, str, str]:
    by = {(row["activation"], row["hidden layers"]): row for row in rows}
    deep = {activation: by[activation, DEEPEST] for activation in ACTIVATIONS}
    shallow = number(by["sigmoid", DEPTHS[0]], "first / last")
    ratio = {activation: number(row, "first / last") for activation, row in deep.items()}
    accuracy = {activation: number(row, "test accuracy") for activation, row in deep.items()}
    return (
        say(
            "with {depth} layers of sigmoid the gradient of the first layer is {ratio:.2g} of that of the last hidden "
            "one, with {few} layers {shallow:.2g}: it vanishes with depth"
            if ratio["sigmoid"] < min(VANISHED, shallow)
            else "with {depth} layers of sigmoid the gradient of the first layer is {ratio:.2g} of that of the last "
            "hidden one, with {few} layers {shallow:.2g}: here it does not vanish",
            depth=DEEPEST,
            few=DEPTHS[0],
            ratio=ratio["sigmoid"],
            shallow=shallow,
        ),
        say(
            "with {depth} layers of tanh it is {tanh:.2g}, of relu {relu:.2g}: their derivatives reach 1, that of "
            "sigmoid only 0.25"
            if min(ratio["tanh"], ratio["relu"]) > BARELY
            else "with {depth} layers of tanh it is {tanh:.2g}, of relu {relu:.2g}: here they do not carry the "
            "gradient through either",
            depth=DEEPEST,
            tanh=ratio["tanh"],
            relu=ratio["relu"],
        ),
        say(
            "after the same training the test accuracy is {sigmoid:.3f} with sigmoid, {tanh:.3f} with tanh and "
            "{relu:.3f} with relu: who gets no gradient learns nothing"
            if accuracy["sigmoid"] < min(accuracy["tanh"], accuracy["relu"]) / 2
            else "after the same training the test accuracy is {sigmoid:.3f} with sigmoid, {tanh:.3f} with tanh and "
            "{relu:.3f} with relu: here the small gradient was no great harm",
            **accuracy,
        ),
    )


def _draw(seen: Seen, sheet: Sheet) -> None:
    by_layer, by_depth, curves = sheet.panels
    for position, activation in enumerate(ACTIVATIONS):
        style = {**look(position), "label": activation, "marker": "o", "markersize": 3.5}
        norms = seen.more["norms"][activation]
        by_layer.plot(range(1, len(norms) + 1), norms, **style)
        own = [row for row in seen.rows if row["activation"] == activation]
        by_depth.plot(DEPTHS, [number(row, "first / last") for row in own], **style)
        losses = seen.more["losses"][activation]
        curves.plot(range(1, len(losses) + 1), losses, **style)
    powers(by_layer)
    powers(by_depth)
    by_layer.set_xticks(range(1, DEEPEST + 1))
    by_depth.set_xticks(DEPTHS)
    sheet.label(
        by_layer, say("{depth} layers, before training", depth=DEEPEST), say("hidden layer"), say("gradient norm")
    )
    sheet.label(by_depth, say("The first layer's share"), say("hidden layers"), say("gradient, first / last layer"))
    sheet.label(curves, say("{depth} layers, trained", depth=DEEPEST), say("epoch"), say("training loss"))
    curves.set_ylim(bottom=0)
    by_layer.legend()


EXPERIMENT = Experiment(digits, CONFIG, _run, _conclude, _draw, panels=(3.8, 3.6, 3.6))
