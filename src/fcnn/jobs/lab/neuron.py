"""One sigmoid unit is logistic regression."""

from typing import List, Sequence, Tuple

import numpy as np

from fcnn.jobs.lab.bench import Arrays, Bench
from fcnn.jobs.lab.drawing import Sheet, draw_map, grid_of, look
from fcnn.jobs.lab.experiment import Data, Experiment, Row, Seen, number
from fcnn.jobs.lab.tables import texts
from fcnn.report.style import DOTTED, INK, ORANGE
from fcnn.wording import say

CONFIG = """\
data:
  path: data.csv
  target: diagnosis
  split: {validation: 0, test: 0}       # both learn from all rows
network:
  layers: []                            # the output layer alone: one sigmoid unit
training:
  epochs: 400
  batch_size: 569                       # all rows: every epoch is one step downhill
  optimizer: {name: sgd, learning_rate: 2.0, momentum: 0.9}
  early_stopping: null
"""
COLUMNS = ("mean_radius", "mean_texture")
"""Of scikit-learn's table; two of them, so that the border can be drawn, and the classes overlap."""
SAME = 1e-3
SHOWN = 100
"""Epochs of the picture; afterwards nothing moves that could be seen."""


def _data() -> Data:
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer()
    columns = [bunch.data[:, list(bunch.feature_names).index(name.replace("_", " "))] for name in COLUMNS]
    return Data([*COLUMNS, "diagnosis"], [*columns, texts(bunch.target_names[bunch.target])])


def _run(bench: Bench) -> Seen:
    from sklearn.linear_model import LogisticRegression

    path: List[List[float]] = []
    trial = bench.train(watch=lambda epoch, arrays: path.append(_weights(arrays)))
    part = trial.rows("train")
    # no penalty: fcnn's output layer has none either
    logistic = LogisticRegression(C=1e12, tol=1e-10, max_iter=1000).fit(part.x.astype(np.float64), part.y)
    theirs = [*logistic.coef_[0].tolist(), float(logistic.intercept_[0])]
    names = [*trial.prepared.dataset.preprocessing.feature_names, "bias"]
    rows: List[Row] = [
        {"weight": name, "fcnn": own, "scikit-learn": other, "difference": abs(own - other)}
        for name, own, other in zip(names, _weights(trial.kept), theirs)
    ]
    apart = np.abs(trial.output(part.x)[:, 0] - logistic.predict_proba(part.x.astype(np.float64))[:, 1]).max()
    rows.append({"weight": "probabilities", "fcnn": None, "scikit-learn": None, "difference": float(apart)})
    return Seen(rows, {"trial": trial, "logistic": logistic, "path": path})


def _weights(arrays: Arrays) -> List[float]:
    return [*arrays["00/kernel"][:, 0].tolist(), float(arrays["00/bias"][0])]


def _conclude(rows: Sequence[Row]) -> Tuple[str, str, str]:
    *weights, bias, probabilities = rows
    first, second = weights
    apart = max(number(row, "difference") for row in (*weights, bias))
    return (
        say(
            "one sigmoid unit computes 1 / (1 + exp(-({first:.3f} {one} {second:+.3f} {two} {bias:+.3f}))): that is "
            "the formula of logistic regression, of standardised columns",
            first=first["fcnn"],
            one=first["weight"],
            second=second["fcnn"],
            two=second["weight"],
            bias=bias["fcnn"],
        ),
        say(
            "gradient descent finds the weights that scikit-learn's solver finds: the largest difference is {apart:.1e}"
            if apart < SAME
            else "here gradient descent has not found the weights that scikit-learn's solver finds: the largest "
            "difference is {apart:.1e}",
            apart=apart,
        ),
        say(
            "so both say the same of every row: their probabilities differ by at most {apart:.1e}"
            if number(probabilities, "difference") < SAME
            else "so they do not say the same of every row: their probabilities differ by up to {apart:.1e}",
            apart=probabilities["difference"],
        ),
    )


def _draw(seen: Seen, sheet: Sheet) -> None:
    border, weights = sheet.panels
    trial, logistic = seen.more["trial"], seen.more["logistic"]
    part = trial.rows("train")
    draw_map(border, part.x, part.y, trial.probability, trial.prepared.dataset.target.classes)
    across, up, points = grid_of(part.x)
    theirs = logistic.predict_proba(points.astype(np.float64))[:, 1].reshape(len(up), len(across))
    border.contour(across, up, theirs, levels=[0.5], colors=ORANGE, linewidths=3.2, linestyles=[DOTTED])
    border.plot([], [], color=INK, label="fcnn")
    border.plot([], [], color=ORANGE, linewidth=3.2, linestyle=DOTTED, label="scikit-learn")
    border.legend(loc="upper right", framealpha=0.9, frameon=True)
    epochs = range(len(seen.more["path"]))
    for position, row in enumerate(seen.rows[:-1]):
        own = look(position)
        weights.plot(epochs, [step[position] for step in seen.more["path"]], label=row["weight"], **own)
        weights.axhline(number(row, "scikit-learn"), color=own["color"], linewidth=3.2, linestyle=DOTTED, alpha=0.5)
    weights.set_xlim(0, SHOWN)
    weights.legend(loc="upper right")
    sheet.label(
        border, say("Where both say one half"), say("mean_radius, standardised"), say("mean_texture, standardised")
    )
    sheet.label(weights, say("On the way to scikit-learn's (dotted)"), say("epoch"), say("weight"))


EXPERIMENT = Experiment(_data, CONFIG, _run, _conclude, _draw, panels=(4.8, 4.8))
