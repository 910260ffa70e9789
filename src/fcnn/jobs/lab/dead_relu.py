"""A relu unit that is 0 for every row has no gradient and never learns again."""

from functools import partial
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np
from matplotlib.axes import Axes

from fcnn.jobs.lab.bench import Arrays, Bench, gradients, passes
from fcnn.jobs.lab.drawing import Sheet, look, percent
from fcnn.jobs.lab.experiment import Data, Experiment, Row, Seen, number
from fcnn.jobs.lab.layers import rate
from fcnn.jobs.lab.tables import moons, texts
from fcnn.report.style import BLUE, GREY, VERMILLION
from fcnn.wording import say

UNITS = 32
RATES = (0.1, 1.0, 2.0, 4.0, 8.0)
HIGH = 8.0
"""The learning rate whose first layer is drawn."""
REACH = 4.0
"""How far the picture of the first layer goes, standard deviations."""
CONFIG = """\
data:
  path: data.csv
  target: moon
  split: {validation: 0.15, test: 0.25}
network:
  layers:
    - {units: 32, activation: relu}
    - {units: 32, activation: relu}
training:
  epochs: 20
  batch_size: 32
  optimizer: {name: sgd, learning_rate: 8.0}   # try 0.1
  early_stopping: null
"""


def _data() -> Data:
    points, moon = moons(1000, noise=0.15, seed=1)
    return Data(["x", "y", "moon"], [*points.T, texts(np.where(moon == 0, "upper", "lower"))])


def _run(bench: Bench) -> Seen:
    rows: List[Row] = []
    shares: Dict[float, List[float]] = {}
    ends: Dict[float, Arrays] = {}
    prepared = bench.prepare()
    for value in RATES:
        each: List[Arrays] = []
        trial = bench.train(rate(value), watch=partial(_keep, each))
        dead = [[_dead(layer.a) for layer in passes(prepared, arrays)[:-1]] for arrays in each]
        shares[value] = [float(np.concatenate(layers).mean()) for layers in dead]
        ends[value] = trial.end
        early, late = dead[min(1, len(dead) - 1)][0], dead[-1][0]
        rows.append(
            {
                "learning rate": value,
                "dead in layer 1": int(dead[-1][0].sum()),
                "dead in layer 2": int(dead[-1][1].sum()),
                "dead in layer 1 after epoch 1": int(early.sum()),
                "of these at the end": int((early & late).sum()),
                "their gradient": _largest(gradients(prepared, trial.end)[0].arrays["kernel"], early & late),
                "moved since": _largest(
                    trial.end["00/kernel"] - each[min(1, len(each) - 1)]["00/kernel"], early & late
                ),
                "test accuracy": trial.metrics("test", trial.end)["accuracy"],
            }
        )
    return Seen(rows, {"shares": shares, "ends": ends, "part": prepared.dataset.parts["train"]})


def _keep(weights: List[Arrays], epoch: int, arrays: Arrays) -> None:
    weights.append(arrays)


def _dead(outputs: np.ndarray) -> np.ndarray:
    """(units,) whether a unit is 0 for every row of (rows, units)."""
    return np.asarray((outputs <= 0).all(axis=0))


def _largest(kernel: np.ndarray, units: np.ndarray) -> Optional[float]:
    return float(np.abs(kernel[:, units]).max()) if units.any() else None


def _conclude(rows: Sequence[Row]) -> Tuple[str, str, str]:
    low = rows[0]
    high = next(row for row in rows if row["learning rate"] == HIGH)
    early, still = number(high, "dead in layer 1 after epoch 1"), number(high, "of these at the end")
    dead = [number(row, "dead in layer 1") + number(row, "dead in layer 2") for row in (low, high)]
    accuracies = number(low, "test accuracy"), number(high, "test accuracy")
    counts = {"rate": HIGH, "early": int(early), "still": int(still)}
    return (
        say(
            "with a learning rate of {rate:g}, {dead} of {units} units are 0 for every training row at the end, with "
            "{low:g} it is {few}: too large a step throws them off the data"
            if dead[1] > dead[0]
            else "with a learning rate of {rate:g}, {dead} of {units} units are 0 for every training row at the end, "
            "with {low:g} it is {few}: here the larger one kills no more",
            rate=HIGH,
            dead=int(dead[1]),
            units=2 * UNITS,
            low=low["learning rate"],
            few=int(dead[0]),
        ),
        say(
            "of the {early} units of layer 1 that were dead after one epoch, {still} are dead at the end: their "
            "gradient is {gradient:g}, and their weights have moved by {moved:g} since",
            **counts,
            gradient=high["their gradient"],
            moved=high["moved since"],
        )
        if still
        else say(
            "of the {early} units of layer 1 that were dead after one epoch, {still} are dead at the end: none of "
            "them stays dead",
            **counts,
        ),
        say(
            "the test accuracy is {good:.3f} with {low:g} and {bad:.3f} with {rate:g}: what is left of the network "
            "cannot tell the classes apart as well"
            if accuracies[1] < accuracies[0]
            else "the test accuracy is {good:.3f} with {low:g} and {bad:.3f} with {rate:g}: here the units that are "
            "left are enough",
            good=accuracies[0],
            bad=accuracies[1],
            low=low["learning rate"],
            rate=HIGH,
        ),
    )


def _draw(seen: Seen, sheet: Sheet) -> None:
    by_epoch, before, after = sheet.panels
    for position, (value, shares) in enumerate(seen.more["shares"].items()):
        by_epoch.plot(range(len(shares)), shares, label=f"{value:g}", **look(position))
    percent(by_epoch)
    by_epoch.legend(title=sheet.tell(say("learning rate")))
    sheet.label(by_epoch, say("Dead units"), say("epoch"), say("share of the units of both layers"))
    part, low = seen.more["part"], RATES[0]
    for axes, value in ((before, low), (after, HIGH)):
        _draw_units(axes, seen.more["ends"][value], part.x)
        sheet.label(axes, say("Learning rate {rate:g}", rate=value), say("x, standardised"), say("y, standardised"))
    before.plot([], [], color=BLUE, label=sheet.tell(say("z = 0 of a unit of layer 1")))
    before.plot([], [], color=VERMILLION, label=sheet.tell(say("z = 0 of a dead one")))
    before.legend(loc="lower left", frameon=True, framealpha=0.9)


def _draw_units(axes: Axes, arrays: Arrays, x: np.ndarray) -> None:
    """Draw the rows, and where the units of the first layer have z = 0: on one side of it they are 0."""
    axes.plot(x[:, 0], x[:, 1], linestyle="none", marker=".", markersize=2.5, color=GREY, alpha=0.6)
    kernel, bias = arrays["00/kernel"], arrays["00/bias"]
    dead = _dead(x @ kernel + bias)
    across = np.array([-REACH, REACH])
    for unit in range(kernel.shape[1]):
        (right, up), offset = kernel[:, unit], bias[unit]
        line = (
            (across, -(right * across + offset) / up)
            if abs(up) > abs(right)
            else (-(up * across + offset) / right, across)
        )
        axes.plot(*line, color=VERMILLION if dead[unit] else BLUE, linewidth=1.6 if dead[unit] else 0.9, alpha=0.8)
    axes.set_xlim(-REACH, REACH)
    axes.set_ylim(-REACH, REACH)
    axes.grid(visible=False)


EXPERIMENT = Experiment(_data, CONFIG, _run, _conclude, _draw, panels=(3.8, 3.6, 3.6))
