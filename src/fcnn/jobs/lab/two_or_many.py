"""Sigmoid for two classes, softmax for many: when they are the same, and when not."""

from typing import List, Optional, Sequence, Tuple

import numpy as np

from fcnn.jobs.lab.bench import Bench, Trial
from fcnn.jobs.lab.drawing import MARKS, Sheet, grid_of, look
from fcnn.jobs.lab.experiment import Data, Experiment, Row, Seen, number
from fcnn.jobs.lab.tables import texts
from fcnn.report.style import BLUE, COLOURS, DASHED, GREY
from fcnn.wording import say

CLASSES = ("setosa", "versicolor", "virginica")
FEATURES = ("sepal_width", "petal_width")
"""Two of the four columns of iris: enough to tell most flowers, and the classes overlap."""
ASKED = "versicolor"
"""The class of the task of two: is it this one, or another?"""
SAME = 1e-3
ROUNDING = 1e-5
NOTICEABLE = 0.05
"""Accuracies that are as near as this are not called different: two of 45 test rows."""
CONFIG = """\
data:
  path: data.csv
  target: species                        # or is_versicolor, which is yes or no
  features: [sepal_width, petal_width]
  split: {validation: 0, test: 0.3}
network:
  layers: []                             # the output layer alone
  output: {activation: softmax}
training:
  epochs: 200
  batch_size: 105                        # all rows: every epoch is one step downhill
  optimizer: {name: sgd, learning_rate: 1.0, momentum: 0.9}
  early_stopping: null
"""


def _data() -> Data:
    from sklearn.datasets import load_iris

    bunch = load_iris()
    names = bunch.target_names[bunch.target]
    columns = [bunch.data[:, list(bunch.feature_names).index(f"{name.replace('_', ' ')} (cm)")] for name in FEATURES]
    asked = [texts(np.where(names == name, "yes", "no")) for name in CLASSES]
    return Data([*FEATURES, "species", *(f"is_{name}" for name in CLASSES)], [*columns, texts(names), *asked])


def _run(bench: Bench) -> Seen:
    asked = {name: bench.train(f"data.target=is_{name}", "network.output.activation=sigmoid") for name in CLASSES}
    one, two, many = asked[ASKED], bench.train(f"data.target=is_{ASKED}"), bench.train()
    test = many.rows("test")
    sigmoids = np.column_stack([trial.output(test.x)[:, 0] for trial in asked.values()])
    softmax = many.output(test.x)
    pair = one.output(one.rows("test").x)[:, 0], two.output(two.rows("test").x)[:, 1]
    weights = one.architecture.trainable_parameters
    hits = float((sigmoids.argmax(axis=1) == test.y).mean())
    rows: List[Row] = [
        _row("1 sigmoid", 2, weights, one.score("test", "accuracy")),
        _row("softmax of 2", 2, two.architecture.trainable_parameters, two.score("test", "accuracy")),
        _row("3 sigmoids", 3, 3 * weights, hits, sigmoids),
        _row("softmax of 3", 3, many.architecture.trainable_parameters, many.score("test", "accuracy"), softmax),
    ]
    rows[1]["difference from 1 sigmoid"] = float(np.abs(pair[0] - pair[1]).max())
    return Seen(rows, {"pair": pair, "sums": (sigmoids.sum(axis=1), softmax.sum(axis=1)), "many": many})


def _row(
    output: str, classes: int, weights: int, accuracy: Optional[float], answers: Optional[np.ndarray] = None
) -> Row:
    """A row of the table; `answers` are (rows, classes) where their sum is to be looked at."""
    sums = None if answers is None else answers.astype(np.float64).sum(axis=1)
    return {
        "output layer": output,
        "classes": classes,
        "weights": weights,
        "difference from 1 sigmoid": None,
        "lowest sum": None if sums is None else float(sums.min()),
        "highest sum": None if sums is None else float(sums.max()),
        "test accuracy": accuracy,
    }


def _conclude(rows: Sequence[Row]) -> Tuple[str, str, str]:
    one, two, sigmoids, many = rows
    reach = [max(abs(number(row, end) - 1) for end in ("lowest sum", "highest sum")) for row in (sigmoids, many)]
    return (
        say(
            "for two classes one sigmoid with {few} weights and a softmax of 2 units with {weights} say the same: "
            "their probabilities differ by at most {apart:.1e}"
            if number(two, "difference from 1 sigmoid") < SAME
            else "for two classes one sigmoid with {few} weights and a softmax of 2 units with {weights} say not "
            "quite the same here: their probabilities differ by up to {apart:.1e}",
            few=one["weights"],
            weights=two["weights"],
            apart=two["difference from 1 sigmoid"],
        ),
        say(
            "for three classes the answers of 3 sigmoids, each asked about one class, sum up to {low:.2f} to "
            "{high:.2f}; those of a softmax to 1, but for {off:.0e}: only they are probabilities of classes that "
            "exclude each other"
            if reach[1] < ROUNDING < reach[0]
            else "for three classes the answers of 3 sigmoids, each asked about one class, sum up to {low:.2f} to "
            "{high:.2f}, those of a softmax to 1, but for {off:.0e}: here that is no difference",
            low=sigmoids["lowest sum"],
            high=sigmoids["highest sum"],
            off=reach[1],
        ),
        say(
            "the softmax of 3 has a test accuracy of {many:.3f}, the largest of the 3 sigmoids one of {sigmoids:.3f}: "
            "to name a class either will do, to say how probable it is only the softmax"
            if abs(number(many, "test accuracy") - number(sigmoids, "test accuracy")) <= NOTICEABLE
            else "the softmax of 3 has a test accuracy of {many:.3f}, the largest of the 3 sigmoids one of "
            "{sigmoids:.3f}: here it matters for the class that is named, too",
            many=many["test accuracy"],
            sigmoids=sigmoids["test accuracy"],
        ),
    )


def _draw(seen: Seen, sheet: Sheet) -> None:
    pair, sums, regions = sheet.panels
    pair.plot([0, 1], [0, 1], color=GREY, linewidth=1.0, linestyle=DASHED)
    pair.plot(*seen.more["pair"], linestyle="none", marker="o", markersize=4.5, color=BLUE, alpha=0.7)
    sheet.label(
        pair,
        say("Two classes: the same"),
        say("one sigmoid: is it versicolor?"),
        say("softmax of 2: is it versicolor?"),
    )
    for position, (values, name) in enumerate(zip(seen.more["sums"], (say("3 sigmoids"), say("softmax of 3")))):
        style = {"linestyle": "none", "marker": MARKS[position], "markersize": 4, "color": look(position)["color"]}
        sums.plot(range(1, len(values) + 1), np.sort(values), label=sheet.tell(name), **style)
    sums.legend()
    sheet.label(sums, say("Three classes: not the same"), say("test row, by its sum"), say("sum of the three answers"))
    many: Trial = seen.more["many"]
    part = many.rows("train")
    across, up, points = grid_of(part.x)
    found = many.output(points).argmax(axis=1).reshape(len(up), len(across))
    regions.contourf(across, up, found, levels=[-0.5, 0.5, 1.5, 2.5], colors=COLOURS[:3], alpha=0.13)
    for code, species in enumerate(CLASSES):
        chosen = part.x[part.y == code]
        style = {"linestyle": "none", "marker": MARKS[code], "markersize": 4, "color": COLOURS[code], "alpha": 0.8}
        regions.plot(chosen[:, 0], chosen[:, 1], label=species, **style)
    regions.grid(visible=False)
    regions.legend(frameon=True, framealpha=0.9)
    sheet.label(regions, say("The softmax of 3"), say("sepal_width, standardised"), say("petal_width, standardised"))


EXPERIMENT = Experiment(_data, CONFIG, _run, _conclude, _draw, panels=(3.6, 3.6, 3.8))
