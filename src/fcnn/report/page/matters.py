"""What matters to it: the importance of the columns, and pictures of what it computes."""

import base64
from typing import Any, Dict, List

from fcnn.report.page.charts import Chart, Estimate, Tell, estimates
from fcnn.report.page.facts import Facts
from fcnn.report.page.quality import PARTS, title_of
from fcnn.report.page.tables import Cell, Column, Table, number
from fcnn.wording import say

DRAWN = 20
"""Columns in the chart; the table has all."""
TITLES = {
    "decision_surface.png": say("What it answers between the rows: the decision surface"),
    "neurons.png": say("What single units of the first layers respond to"),
    "members.png": say("The scores of the repeated trainings"),
}


def matters(facts: Facts, tell: Tell) -> Dict[str, Any]:
    """The section as charts, tables and pictures; all empty where nothing was measured or drawn."""
    return {"charts": _importance_chart(facts, tell), "tables": _importance(facts), "pictures": _pictures(facts)}


def _importance_chart(facts: Facts, tell: Tell) -> List[Chart]:
    found = facts.importance
    if not found.get("feature"):
        return []
    rows = []
    for name, mean, std in list(zip(found["feature"], found["importance"], found["std"]))[:DRAWN]:
        value, spread = float(mean), float(std)
        rows.append(Estimate(name, value, (value - spread, value + spread)))
    metric = str(facts.metrics.get("importance", {}).get("metric", "")) or "loss"
    label = say("How much worse it gets when a column is shuffled")
    title = tell(say("rise of the error ({metric})", metric=title_of(metric)))
    return [Chart(label, estimates(tell(label), rows, title, zero=True))]


def _importance(facts: Facts) -> List[Table]:
    found = facts.importance
    if not found.get("feature"):
        return []
    rows = [
        [Cell(name), number(float(mean)), number(float(std), 2)]
        for name, mean, std in zip(found["feature"], found["importance"], found["std"])
    ]
    columns = [Column(say("column")), Column(say("importance"), True), Column(say("standard deviation"), True)]
    note = say(
        "Permutation importance on the {part} rows: a column's values are shuffled among the rows, and the error rises "
        "by so much. Columns that tell the same share theirs.",
        part=PARTS[facts.metrics.get("importance", {}).get("part", facts.part)],
    )
    return [Table(say("Importance of each column"), columns, rows, is_sortable=True, note=note)]


def _pictures(facts: Facts) -> List[Dict[str, str]]:
    return [
        {
            "source": f"data:image/png;base64,{base64.b64encode(content).decode('ascii')}",
            "title": TITLES[name],
        }
        for name, content in facts.pictures.items()
    ]
