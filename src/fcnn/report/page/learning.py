"""How it learnt: curves, verdicts, and what was measured of each layer."""

from typing import Any, Dict, List, Mapping

import numpy as np

from fcnn.data.said_again import read_back
from fcnn.report.page.charts import Chart, Line, Tell, line_chart
from fcnn.report.page.facts import Facts
from fcnn.report.page.quality import title_of
from fcnn.report.page.tables import Cell, Column, Finding, Table, number
from fcnn.wording import say

NOT_METRICS = ("epoch", "loss", "learning_rate", "seconds")
MOST_LAYERS = 6
"""So many layers are drawn: the first ones, and the last."""
STOPPED = {
    "finished": say("all epochs were done"),
    "early_stopping": say("the loss had stopped improving"),
    "time_limit": say("the time limit was reached"),
    "interrupted": say("it was interrupted"),
}
MEASURED = {
    "gradient_norm": say("gradient norm"),
    "update_ratio": say("update / weight"),
    "dead_share": say("dead units"),
    "saturated_share": say("saturated units"),
    "activation_mean": say("mean activation"),
    "activation_std": say("its spread"),
}
"""Columns of ``diagnostics.csv``."""


def learning(facts: Facts, tell: Tell) -> Dict[str, Any]:
    """The section as sentences, verdicts, charts and tables."""
    metrics = facts.metrics
    stopped = STOPPED.get(metrics["stopped"], metrics["stopped"])
    words = {"kept": metrics["best_epoch"], "epochs": metrics["epochs"], "reason": stopped}
    return {
        "sentences": [say("Epoch {kept:,} of {epochs:,} is kept; training ended since {reason}.", **words)],
        "verdicts": [_verdict(each) for each in metrics["verdicts"]],
        "charts": [*_curves(facts, tell), *_gradients(facts, tell)],
        "tables": _layers(facts),
    }


def _verdict(stored: Mapping[str, Any]) -> Finding:
    """What was said of the training; an older run's in English."""
    message, hint = stored["message"], stored["hint"]
    if stored.get("said"):
        problem = read_back(stored["said"])
        message, hint = problem.message, problem.hint
    return Finding(stored["severity"], "", message, hint, stored.get("remedy", ()))


def _curves(facts: Facts, tell: Tell) -> List[Chart]:
    history = {name: np.asarray(values, dtype=np.float64) for name, values in facts.history.items()}
    if not history:
        return []
    metrics = [name for name in history if not name.startswith("val_") and name not in NOT_METRICS]
    drawn = ["loss", *metrics[:1]]
    if len(np.unique(history.get("learning_rate", np.zeros(1)))) > 1:
        drawn.append("learning_rate")
    kept = facts.metrics["best_epoch"]
    charts = []
    for name in drawn:
        title = {"loss": say("loss"), "learning_rate": say("learning rate")}.get(name, title_of(name))
        lines, keys = [Line(history["epoch"], history[name], 1)], [(1, say("training"))]
        if f"val_{name}" in history:
            lines.append(Line(history["epoch"], history[f"val_{name}"], 2))
            keys.append((2, say("validation")))
        ring = (float(kept), float(lines[-1].y[kept - 1])) if 0 < kept <= len(lines[-1].y) else None
        label = say("{what} by epoch", what=title)
        svg = line_chart(tell(label), lines, tell(say("epoch")), tell(title), ring)
        charts.append(Chart(label, svg, keys if len(keys) > 1 else ()))
    return charts


def _gradients(facts: Facts, tell: Tell) -> List[Chart]:
    """The gradient norm of each layer by epoch."""
    found = facts.diagnostics
    if "gradient_norm" not in found or len(found["epoch"]) < 1:
        return []
    epochs, norms = _numbers(found["epoch"]), _numbers(found["gradient_norm"])
    layers = list(dict.fromkeys(found["layer"]))
    drawn = layers if len(layers) <= MOST_LAYERS else [*layers[: MOST_LAYERS - 1], layers[-1]]
    of_layer = np.asarray(found["layer"])
    lines = [Line(epochs[of_layer == layer], norms[of_layer == layer], kind) for kind, layer in enumerate(drawn, 1)]
    if not np.isfinite(np.concatenate([line.y for line in lines])).any():
        return []
    label = say("How much gradient each layer receives")
    svg = line_chart(tell(label), lines, tell(say("epoch")), tell(say("gradient norm")))
    keys = [(kind, say("layer {number}", number=layer)) for kind, layer in enumerate(drawn, 1)]
    return [Chart(label, svg, keys)]


def _layers(facts: Facts) -> List[Table]:
    """What was measured of each layer in the epoch that is kept."""
    found = facts.diagnostics
    titles = {name: title for name, title in MEASURED.items() if name in found}
    if not titles or "layer" not in found:
        return []
    kept = str(facts.metrics["best_epoch"])
    epoch = kept if kept in found["epoch"] else found["epoch"][-1]
    places = [place for place, each in enumerate(found["epoch"]) if each == epoch]
    rows = [
        [
            Cell(found["layer"][place], float(found["layer"][place])),
            Cell(found.get("activation", found["layer"])[place]),
            *(number(float(found[name][place]), 3) if found[name][place] else Cell("") for name in titles),
        ]
        for place in places
    ]
    columns = [Column(say("layer"), True), Column(say("activation")), *(Column(each, True) for each in titles.values())]
    return [Table(say("Each layer in epoch {epoch}", epoch=epoch), columns, rows, is_sortable=True)]


def _numbers(cells: List[str]) -> np.ndarray:
    return np.array([float(cell) if cell else np.nan for cell in cells])
