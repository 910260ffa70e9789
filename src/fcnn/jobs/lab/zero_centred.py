"""Why tanh learns faster than sigmoid: its outputs are centred on 0."""

from typing import Any, Dict, List, Sequence, Tuple

import numpy as np

from fcnn.jobs.lab.bench import Arrays, Bench, gradients, passes
from fcnn.jobs.lab.drawing import PERCENT, Sheet, look, powers
from fcnn.jobs.lab.experiment import Experiment, Row, Seen, number
from fcnn.jobs.lab.layers import rate, stack
from fcnn.jobs.lab.tables import digits
from fcnn.jobs.prepare import Prepared
from fcnn.report.style import DOTTED, GREY
from fcnn.wording import say

ACTIVATIONS = ("sigmoid", "tanh")
RATES = (0.1, 0.3, 1.0, 3.0)
BATCH = 32
GOAL = 0.2
"""The training loss that is to be reached."""
CONFIG = """\
data:
  path: data.csv
  target: digit
  task: multiclass
  split: {validation: 0.15, test: 0.15}
network:
  layers:
    - {units: 32, activation: sigmoid}   # tanh learns faster
    - {units: 32, activation: sigmoid}
training:
  epochs: 15
  batch_size: 32
  optimizer: {name: sgd, learning_rate: 0.3}
  early_stopping: null
"""


def _run(bench: Bench) -> Seen:
    rows: List[Row] = []
    outputs: Dict[str, np.ndarray] = {}
    agreement: Dict[str, np.ndarray] = {}
    curves: Dict[Any, Sequence[float]] = {}
    for activation in ACTIVATIONS:
        override = stack(2, 32, activation=activation)
        prepared = bench.prepare(override)
        start = bench.start(prepared)
        outputs[activation] = passes(prepared, start)[0].a.ravel()
        agreement[activation] = _agreement(prepared, start)
        for value in RATES:
            trial = bench.train(override, rate(value))
            losses = trial.history.get("loss", [])
            curves[activation, value] = losses
            rows.append(
                {
                    "activation": activation,
                    "mean output": float(outputs[activation].mean()),
                    "pulled alike": float(agreement[activation].mean()),
                    "learning rate": value,
                    "epochs to the goal": next((epoch for epoch, loss in enumerate(losses, 1) if loss < GOAL), None),
                    "last loss": trial.last_loss,
                    "test accuracy": trial.score("test", "accuracy"),
                }
            )
    return Seen(rows, {"outputs": outputs, "agreement": agreement, "curves": curves})


def _agreement(prepared: Prepared, start: Arrays) -> np.ndarray:
    """How many of a unit's weights a step moves the same way: (batches * units,) shares from 0.5 to 1, second layer."""
    count = len(prepared.dataset.parts["train"].y) // BATCH
    found = []
    for batch in range(count):
        positions = np.arange(batch * BATCH, (batch + 1) * BATCH)
        up = (gradients(prepared, start, positions)[1].arrays["kernel"] > 0).mean(axis=0)
        found.append(np.maximum(up, 1 - up))
    return np.concatenate(found)


def best(rows: Sequence[Row], activation: str) -> Row:
    """The row of the learning rate that suits an activation: soonest at the goal, or else with the lowest loss."""
    own = [row for row in rows if row["activation"] == activation]

    def order(row: Row) -> List[float]:
        return [
            np.inf if row[column] is None else number(row, column) for column in ("epochs to the goal", "last loss")
        ]

    return min(own, key=order)


def _conclude(rows: Sequence[Row]) -> Tuple[str, str, str]:
    sigmoid, tanh = (best(rows, activation) for activation in ACTIVATIONS)
    means = number(sigmoid, "mean output"), number(tanh, "mean output")
    alike = number(sigmoid, "pulled alike"), number(tanh, "pulled alike")
    epochs = sigmoid["epochs to the goal"], tanh["epochs to the goal"]
    faster = epochs[1] is not None and (epochs[0] is None or number(sigmoid, "epochs to the goal") > float(epochs[1]))
    return (
        say(
            "the first layer's outputs are {sigmoid:.3f} on average with sigmoid, {tanh:.3f} with tanh: only those of "
            "tanh are centred on 0"
            if abs(means[1]) < 0.1 < abs(means[0])
            else "the first layer's outputs are {sigmoid:.3f} on average with sigmoid, {tanh:.3f} with tanh: here "
            "that is no difference",
            sigmoid=means[0],
            tanh=means[1],
        ),
        say(
            "inputs of one sign pull the weights of a unit the same way: a step of {batch} rows moves {sigmoid:.0%} "
            "of them alike with sigmoid, {tanh:.0%} with tanh, where half would be chance"
            if alike[0] > alike[1]
            else "a step of {batch} rows moves {sigmoid:.0%} of a unit's weights the same way with sigmoid, "
            "{tanh:.0%} with tanh: here the sign of the inputs does not show",
            batch=BATCH,
            sigmoid=alike[0],
            tanh=alike[1],
        ),
        say(
            "each with the learning rate that suits it best, sigmoid gets to a training loss below {goal} in epoch "
            "{sigmoid}, tanh in epoch {tanh}: it learns faster"
            if faster
            else "each with the learning rate that suits it best, sigmoid gets to a training loss below {goal} in "
            "epoch {sigmoid}, tanh in epoch {tanh}: here it is not faster",
            goal=GOAL,
            sigmoid=say("none") if epochs[0] is None else epochs[0],
            tanh=say("none") if epochs[1] is None else epochs[1],
        ),
    )


def _draw(seen: Seen, sheet: Sheet) -> None:
    values, signs, curves = sheet.panels
    for position, activation in enumerate(ACTIVATIONS):
        own = look(position)
        filled = {"color": own["color"], "alpha": 0.55, "label": activation}
        outputs, agreement = seen.more["outputs"][activation], seen.more["agreement"][activation]
        values.hist(
            outputs, bins=np.linspace(-1, 1, 41).tolist(), weights=np.full(len(outputs), 1 / len(outputs)), **filled
        )
        signs.hist(
            agreement,
            bins=np.linspace(0.5, 1, 17).tolist(),
            weights=np.full(len(agreement), 1 / len(agreement)),
            **filled,
        )
        for row in (each for each in seen.rows if each["activation"] == activation):
            is_best = row is best(seen.rows, activation)
            losses = seen.more["curves"][activation, row["learning rate"]]
            label = f"{activation}, {row['learning rate']:g}" if is_best else None
            options = {"linewidth": 2.2, "label": label} if is_best else {"linewidth": 0.9, "alpha": 0.55}
            curves.plot(range(1, len(losses) + 1), losses, **own, **options)
    for axes in (values, signs):
        axes.yaxis.set_major_formatter(PERCENT)
    signs.xaxis.set_major_formatter(PERCENT)
    curves.axhline(GOAL, color=GREY, linewidth=1.0, linestyle=DOTTED)
    powers(curves)
    sheet.label(values, say("Outputs of the first layer"), say("output, before training"), say("share of the outputs"))
    sheet.label(
        signs,
        say("Weights that a step pulls alike"),
        say("of each unit of the second layer"),
        say("share of the units"),
    )
    sheet.label(curves, say("Each at four learning rates"), say("epoch"), say("training loss"))
    values.legend()
    curves.legend(title=sheet.tell(say("the best of each")))


EXPERIMENT = Experiment(digits, CONFIG, _run, _conclude, _draw, panels=(3.8, 3.6, 3.8))
