"""The page itself: facts of a run in, HTML out."""

from functools import partial
from pathlib import Path
from typing import Any, Dict, Mapping

from markupsafe import Markup

import fcnn
from fcnn.files import atomic_write
from fcnn.report.page.deciding import deciding
from fcnn.report.page.facts import Facts
from fcnn.report.page.learning import learning
from fcnn.report.page.matters import matters
from fcnn.report.page.mistakes import mistakes
from fcnn.report.page.origin import SEVERITIES, data, environment, repeating
from fcnn.report.page.quality import headline_metric, quality, title_of
from fcnn.report.page.structure import structure
from fcnn.report.page.tables import interval, short
from fcnn.report.page.together import together
from fcnn.report.templates import environment_of, read
from fcnn.runs.folder import REPORT
from fcnn.wording import say, told

PACKAGE = "fcnn.report.page"


def write_page(folder: Path, facts: Facts, texts: Mapping[str, str], language: str) -> Path:
    """Write ``report.html`` of a run folder.

    Args:
        folder: of the run; it may be about to be completed.
        facts: what is in it.
        texts: English templates and what they are in the page's language; empty where that is English.
        language: of the page: ``en`` or ``zh``.

    Returns:
        The path of the page.

    Raises:
        OSError: it cannot be written.
    """
    page = render(facts, texts, language)
    with atomic_write(folder / REPORT) as file:
        file.write(page)
    return folder / REPORT


def render(facts: Facts, texts: Mapping[str, str], language: str) -> str:
    """The page as HTML."""
    template = environment_of(PACKAGE, texts).get_template("page.html")
    return template.render(_context(facts, texts), say=say, language=language)


def _context(facts: Facts, texts: Mapping[str, str]) -> Dict[str, Any]:
    """All that the template shows, section by section."""
    tell = partial(told, texts=texts)
    return {
        "name": facts.name,
        "target": facts.record.target.name,
        "task": _task(facts),
        "tiles": _tiles(facts),
        "quality": quality(facts, tell),
        "together": together(facts),
        "deciding": deciding(facts, tell),
        "mistakes": mistakes(facts, tell),
        "learning": learning(facts, tell),
        "matters": matters(facts, tell),
        "structure": structure(facts, tell),
        "data": data(facts),
        "environment": environment(facts),
        "repeating": repeating(facts),
        "severities": SEVERITIES,
        "version": fcnn.__version__,
        "style": Markup(read(PACKAGE, "style.css")),
        "script": Markup(read(PACKAGE, "sort.js")),
    }


def _task(facts: Facts) -> str:
    """What is predicted, in a few words."""
    classes = facts.record.target.classes
    if len(classes) == 2:
        return say("{first!r} or {second!r}", first=classes[1], second=classes[0])
    return say("one of {count} classes", count=len(classes)) if classes else say("a number")


def _tiles(facts: Facts) -> Any:
    """The figures at the top: name, value, and what stands below."""
    metric = headline_metric(facts)
    rows = facts.record.rows
    tiles = []
    if metric is not None:
        ends = facts.metrics.get("confidence", {}).get(facts.part, {}).get(metric)
        below = say("95 %: {interval}", interval=interval(ends)) if ends else ""
        tiles.append((title_of(metric), short(facts.metrics[facts.part][metric], 3), below))
    learnt = say("{count:,} of them to learn from", count=rows["train"])
    used = rows["read"] - rows.get("without_target", 0)
    tiles.append((say("rows"), f"{used:,}", learnt))
    inputs = say("{count:,} inputs", count=facts.record.network.inputs)
    tiles.append((say("parameters"), f"{facts.metrics['parameters']:,}", inputs))
    epochs = say("of {count:,}", count=facts.metrics["epochs"])
    tiles.append((say("kept epoch"), f"{facts.metrics['best_epoch']:,}", epochs))
    return tiles
