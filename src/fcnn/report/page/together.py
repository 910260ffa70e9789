"""Which networks answer together, of an ensemble: how good each is alone, and what of the page is about one of them."""

from typing import Any, Dict

from fcnn.report.page.facts import Facts
from fcnn.report.page.quality import PARTS, title_of, trainings
from fcnn.report.page.tables import Cell, Column, Table, number
from fcnn.wording import say


def together(facts: Facts) -> Dict[str, Any]:
    """The section as sentences and tables; empty of a run that predicts with one network."""
    if not facts.is_ensemble:
        return {"sentences": [], "tables": []}
    repeats = facts.metrics["repeats"]
    return {
        "sentences": [
            say(
                "A prediction is the mean of what {count} networks say: of their probabilities, or of their numbers in "
                "the target's own unit. Each has a preprocessing of its own where its training rows are its own.",
                count=repeats["ensemble"],
            ),
            say(
                "The curves, verdicts, importance and layers on this page, and the pictures of what it answers between "
                "the rows, are of network {number} alone.",
                number=repeats["kept"],
            ),
        ],
        "tables": [*trainings(facts), *([_on_test(facts)] if facts.part == "test" else [])],
    }


def _on_test(facts: Facts) -> Table:
    """Each network on the test rows, beside all of them together."""
    repeats, part = facts.metrics["repeats"], facts.part
    names = [name for name in facts.metrics[part] if all(name in member[part] for member in repeats["members"])]
    rows = [
        [Cell(str(position), position), *(number(member[part][name]) for name in names)]
        for position, member in enumerate(repeats["members"], 1)
    ]
    rows.append(
        [Cell(say("together"), 1e9), *(number(facts.metrics[part][name])._replace(mark="best") for name in names)]
    )
    return Table(
        say("Each network alone and all together, on the {part} rows", part=PARTS[part]),
        [Column(say("network")), *(Column(title_of(name), True) for name in names)],
        rows,
        is_sortable=True,
    )
