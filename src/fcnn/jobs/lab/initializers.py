"""How the weights start decides whether a deep network learns at all."""

from typing import Dict, List, Sequence, Tuple

import numpy as np

from fcnn.jobs.lab.bench import Bench, gradients, passes
from fcnn.jobs.lab.drawing import Sheet, look, powers
from fcnn.jobs.lab.experiment import Experiment, Row, Seen, number
from fcnn.jobs.lab.layers import stack
from fcnn.jobs.lab.tables import digits
from fcnn.wording import say

LAYERS, UNITS = 6, 64
INITIALIZERS = ("zeros", "random_normal", "glorot_uniform", "he_normal", "ones")
LEARNT = 0.5
"""The test accuracy of a network that has learnt something; chance is 0.1."""
CONFIG = (
    """\
data:
  path: data.csv
  target: digit
  task: multiclass
  split: {validation: 0.15, test: 0.15}
network:
  layers:                               # try random_normal, zeros or ones
"""
    + LAYERS * "    - {units: 64, activation: relu, kernel_initializer: he_normal}\n"
    + """\
training:
  epochs: 8
  batch_size: 32
  optimizer: {name: sgd, learning_rate: 0.05}
  early_stopping: null
"""
)


def _run(bench: Bench) -> Seen:
    rows: List[Row] = []
    spreads: Dict[str, List[float]] = {}
    losses: Dict[str, Sequence[float]] = {}
    for name in INITIALIZERS:
        trial = bench.train(stack(LAYERS, UNITS, activation="relu", kernel_initializer=name))
        spreads[name] = [float(layer.a.std()) for layer in passes(trial.prepared, trial.start)[:-1]]
        losses[name] = trial.history.get("loss", [])
        rows.append(
            {
                "initializer": name,
                "spread after layer 1": spreads[name][0],
                "spread after layer 6": spreads[name][-1],
                "gradient of layer 1": float(
                    np.linalg.norm(gradients(trial.prepared, trial.start)[0].arrays["kernel"])
                ),
                "different units in layer 2": len(np.unique(trial.end["01/kernel"], axis=1).T),
                "last training loss": trial.last_loss,
                "test accuracy": trial.score("test", "accuracy"),
            }
        )
    return Seen(rows, {"spreads": spreads, "losses": losses})


def _conclude(rows: Sequence[Row]) -> Tuple[str, str, str]:
    by = {str(row["initializer"]): row for row in rows}
    units = [number(by[name], "different units in layer 2") for name in ("zeros", "ones", "he_normal")]
    last = "spread after layer 6"
    he, small = by["he_normal"], by["random_normal"]
    kept = [number(row, last) / number(row, "spread after layer 1") for row in (he, small)]
    learnt = [row for row in rows if number(row, "test accuracy") > LEARNT]
    return (
        say(
            "where all weights start equal, all units of a layer stay equal: after training layer 2 has {zeros} "
            "different unit with zeros and {ones} with ones, but {he} of {units} with he_normal"
            if max(units[:2]) == 1 < units[2]
            else "after training layer 2 has {zeros} different units with zeros and {ones} with ones, and {he} of "
            "{units} with he_normal: here an equal start is no trap",
            zeros=int(units[0]),
            ones=int(units[1]),
            he=int(units[2]),
            units=UNITS,
        ),
        say(
            "from layer 1 to {layers} the spread of the outputs goes from {first:.2g} to {last:.2g} with he_normal "
            "and from {thin:.2g} to {nothing:.2g} with random_normal: what starts too small fades from layer to layer"
            if kept[0] > 10 * kept[1]
            else "from layer 1 to {layers} the spread of the outputs goes from {first:.2g} to {last:.2g} with "
            "he_normal and from {thin:.2g} to {nothing:.2g} with random_normal: here it does not fade faster",
            layers=LAYERS,
            first=he["spread after layer 1"],
            last=he[last],
            thin=small["spread after layer 1"],
            nothing=small[last],
        ),
        say(
            "the test accuracy is {he:.3f} with he_normal, which suits relu, {glorot:.3f} with glorot_uniform, "
            "{small:.3f} with random_normal: of the {count} initializers {learnt} learn anything",
            he=number(he, "test accuracy"),
            glorot=number(by["glorot_uniform"], "test accuracy"),
            small=number(small, "test accuracy"),
            count=len(rows),
            learnt=len(learnt),
        ),
    )


def _draw(seen: Seen, sheet: Sheet) -> None:
    spread, curves = sheet.panels
    for position, name in enumerate(INITIALIZERS):
        values = np.array(seen.more["spreads"][name])
        drawn = np.where(values > 0, values, np.nan)  # 0 has no place on a logarithmic axis
        label = sheet.tell(say("{name}: 0 everywhere", name=name)) if np.isnan(drawn).all() else name
        spread.plot(range(1, len(values) + 1), drawn, marker="o", markersize=3.5, label=label, **look(position))
        losses = seen.more["losses"][name]
        curves.plot(range(1, len(losses) + 1), losses, label=name, **look(position))
    powers(spread)
    powers(curves)
    curves.set_ylim(top=10)  # ones begin far above
    spread.legend()
    curves.legend()
    sheet.label(spread, say("Before training"), say("hidden layer"), say("standard deviation of the outputs"))
    sheet.label(curves, say("Training"), say("epoch"), say("training loss"))


EXPERIMENT = Experiment(digits, CONFIG, _run, _conclude, _draw, panels=(4.8, 4.8))
