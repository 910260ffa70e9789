"""Layers without activations are one linear map, however many there are."""

from typing import List, Sequence, Tuple

import numpy as np

from fcnn.insight.linear import multiplied_out
from fcnn.jobs.lab.bench import Bench
from fcnn.jobs.lab.drawing import Sheet, draw_map
from fcnn.jobs.lab.experiment import Data, Experiment, Row, Seen, number
from fcnn.jobs.lab.layers import stack
from fcnn.jobs.lab.tables import moons, texts
from fcnn.wording import say

CONFIG = """\
data:
  path: data.csv
  target: moon
  split: {validation: 0.15, test: 0.4}
network:
  layers:
    - {units: 32, activation: linear}   # try relu, tanh or sigmoid
    - {units: 32, activation: linear}
    - {units: 32, activation: linear}
training:
  epochs: 60
  batch_size: 32
  optimizer: {name: adam, learning_rate: 1e-2}
  early_stopping: null
"""
ROUNDING = 1e-5
NOTICEABLE = 0.02
"""Accuracies that are as near as this are not called different: eight of 400 test rows."""


def _data() -> Data:
    points, moon = moons(1000, noise=0.15, seed=1)
    return Data(["x", "y", "moon"], [*points.T, texts(np.where(moon == 0, "upper", "lower"))])


def _run(bench: Bench) -> Seen:
    trials = {
        "3 linear layers": bench.train(),
        "no hidden layer": bench.train("network.layers=[]"),
        "3 relu layers": bench.train(stack(3, 32, activation="relu")),
    }
    rows: List[Row] = []
    for name, trial in trials.items():
        x = trial.rows("test").x
        kernel, bias = multiplied_out(trial.architecture, trial.kept)
        one_layer = 1 / (1 + np.exp(-(x @ kernel + bias)))
        rows.append(
            {
                "network": name,
                "weights": trial.architecture.trainable_parameters,
                "weights multiplied out": kernel.size + bias.size,
                "largest difference": float(np.abs(trial.output(x) - one_layer).max()),
                "test accuracy": trial.score("test", "accuracy"),
            }
        )
    return Seen(rows, {"trials": list(trials.values())})


def _conclude(rows: Sequence[Row]) -> Tuple[str, str, str]:
    deep, flat, bent = rows
    same = number(deep, "largest difference") <= ROUNDING
    no_gain = number(deep, "test accuracy") <= number(flat, "test accuracy") + NOTICEABLE
    gain = number(bent, "test accuracy") > number(deep, "test accuracy") + NOTICEABLE
    return (
        say(
            "three linear layers with {weights:,} weights, multiplied out, are one layer of {few}: on the test rows "
            "the outputs differ by at most {difference:.1e}, which is rounding"
            if same
            else "three linear layers with {weights:,} weights, multiplied out to one of {few}, give outputs that "
            "differ by up to {difference:.1e}: here that is more than rounding",
            weights=deep["weights"],
            few=deep["weights multiplied out"],
            difference=deep["largest difference"],
        ),
        say(
            "so depth gains nothing: the test accuracy is {deep:.3f}, without any hidden layer it is {flat:.3f}"
            if no_gain
            else "and yet the test accuracy is {deep:.3f}, without any hidden layer {flat:.3f}: training differed",
            deep=deep["test accuracy"],
            flat=flat["test accuracy"],
        ),
        say(
            "with relu between the same layers it is {bent:.3f}, as the border can bend; multiplied out as if it were "
            "linear, that network would be wrong by up to {difference:.2f}"
            if gain
            else "with relu between the same layers it is {bent:.3f}, no better here, though the border can bend; "
            "multiplied out as if it were linear, that network would be wrong by up to {difference:.2f}",
            bent=bent["test accuracy"],
            difference=bent["largest difference"],
        ),
    )


def _draw(seen: Seen, sheet: Sheet) -> None:
    titles = (say("Three linear layers"), say("No hidden layer"), say("Three relu layers"))
    for axes, title, row, trial in zip(sheet.panels, titles, seen.rows, seen.more["trials"]):
        test = trial.rows("test")
        draw_map(axes, test.x, test.y, trial.probability)
        accuracy = say("test accuracy {accuracy:.3f}", accuracy=row["test accuracy"])
        sheet.label(axes, title, say("x, standardised ({score})", score=accuracy), say("y, standardised"))


EXPERIMENT = Experiment(_data, CONFIG, _run, _conclude, _draw, panels=(3.6, 3.6, 3.6))
