"""How its probabilities were calibrated and its threshold chosen, and what that changed."""

from typing import Any, Dict, List

import numpy as np

from fcnn.report.page.charts import Chart, Line, Tell, line_chart
from fcnn.report.page.facts import Facts
from fcnn.report.page.quality import PARTS, title_of
from fcnn.report.page.tables import Cell, Column, Table, number, short
from fcnn.wording import say


def deciding(facts: Facts, tell: Tell) -> Dict[str, Any]:
    """The section as sentences, a chart and a table; empty where neither was asked for."""
    found = facts.metrics.get("decision")
    if not found:
        return {"sentences": [], "charts": [], "tables": []}
    classes = facts.record.target.classes
    sentences: List[str] = []
    if found.get("temperature") is not None:
        sentences.append(
            say(
                "The logits are divided by the temperature {temperature}, which has the least log loss on the "
                "validation rows: above 1 the network was too sure of itself, below 1 not sure enough.",
                temperature=short(found["temperature"]),
            )
        )
    if found.get("threshold") is not None:
        sentences.append(
            say(
                "A row is taken for {name!r} where its probability is above {threshold}, the threshold with the best "
                "{metric} on the validation rows.",
                name=classes[1],
                threshold=short(found["threshold"]),
                metric=found["metric"],
            )
        )
    charts = [] if found.get("temperature") is None else [_reliability(found["reliability"], tell)]
    return {"sentences": sentences, "charts": charts, "tables": [_changed(facts, found["before"][facts.part])]}


def _reliability(found: Dict[str, Any], tell: Tell) -> Chart:
    lines = [Line(np.array([0.0, 1.0]), np.array([0.0, 1.0]), 6)]
    for kind, name in ((2, "before"), (1, "after")):
        bins = found[name]["bins"]
        x, y = (np.array([each[key] for each in bins]) for key in ("probability", "share"))
        lines.append(Line(x, y, kind))
    part = PARTS[found["after"]["part"]]
    label = say(
        "Reliability on the {part} rows: expected calibration error {before} before, {after} after",
        part=part,
        before=short(found["before"]["error"], 2),
        after=short(found["after"]["error"], 2),
    )
    svg = line_chart(
        tell(label), lines, tell(say("probability of the likeliest class")), tell(say("share that is right")),
        epochs=False,
    )  # fmt: skip
    return Chart(label, svg, [(2, say("before")), (1, say("after")), (6, say("as sure as right"))])


def _changed(facts: Facts, before: Dict[str, float]) -> Table:
    now = facts.metrics[facts.part]
    rows = [[Cell(title_of(name)), number(before[name]), number(now[name])] for name in now if name in before]
    return Table(
        say("What it changed on the {part} rows", part=PARTS[facts.part]),
        [Column(say("score")), Column(say("before"), True), Column(say("after"), True)],
        rows,
    )
