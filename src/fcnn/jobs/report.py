"""``report.html`` of a run: at the end of a training, and again whenever it is asked for, with its pictures."""

import os
from pathlib import Path
from typing import Any, Dict, List, Mapping, Tuple

import numpy as np

from fcnn.config.paths import shell_word
from fcnn.environment.rendering.language import choose_language
from fcnn.errors import Problem
from fcnn.jobs.labels import notes_on_labels, texts_of_labels
from fcnn.report.drawings import draw_answers, draw_members, draw_training, rows_named
from fcnn.report.page.facts import Facts, read_facts
from fcnn.report.page.render import write_page
from fcnn.report.pictures import Pictures
from fcnn.runs.diagnostics import read_diagnostics
from fcnn.runs.folder import PLOTS
from fcnn.runs.receipt import renew_receipt
from fcnn.wording import say, say_list


def write_report(folder: Path, language: str = "") -> Path:
    """Write the page from the other files of a run folder.

    Args:
        folder: of the run, complete or about to be.
        language: ``auto``, ``en`` or ``zh``; empty for what the run's config says.

    Returns:
        The path of the page.

    Raises:
        RunError: a file of the run is damaged.
        OSError: it cannot be written.
    """
    facts = read_facts(folder)
    spoken = choose_language(language or facts.config["report"]["language"], os.environ)
    return write_page(folder, facts, _texts(spoken), spoken)


def report_again(folder: Path, language: str = "") -> Tuple[Path, List[Problem]]:
    """Write the page of a complete run once more, and the pictures that its files are enough for.

    The arguments and what is raised are as of :func:`write_report`.

    Returns:
        The path of the page, and notes about pictures that stay as they are.
    """
    facts, notes, written = read_facts(folder), [], []
    if facts.config["run"]["plots"]:
        texts = texts_of_labels(language or facts.config["report"]["language"])
        pictures = Pictures(texts)
        notes = [*notes_on_labels(texts), *_draw_again(pictures, folder, facts)]
        written = pictures.written
    page = write_report(folder, language)
    renew_receipt(folder, [path.relative_to(folder).as_posix() for path in (*written, page)])
    return page, notes


def _draw_again(pictures: Pictures, run: Path, facts: Facts) -> List[Problem]:
    """Draw what the files of a run are enough for, and tell what they are not enough for."""
    folder, record, metrics = run / PLOTS, facts.record, facts.metrics
    diagnostics = read_diagnostics(run) if facts.diagnostics else {}
    best, network = int(metrics["best_epoch"]), record.network
    draw_training(pictures, folder, facts.history, best, diagnostics, network, record.target)
    if "repeats" in metrics:
        draw_members(pictures, folder, metrics["repeats"], facts.part)
    if facts.importance and "importance" in metrics:
        pictures.draw("importance", **_importance(facts), path=folder / "importance.png")
    notes, found = _left_as_they_are(run), facts.predictions
    if found is not None and len(found.row) == facts.scored_rows:
        answers = found.prediction if found.probabilities is None else found.probabilities
        scores = metrics[facts.part]
        draw_answers(pictures, folder, record.target, found.truth, answers, facts.part, found.weight, scores)
    elif found is not None:
        message = say(
            "the pictures of the scores stay as they are: predictions.csv has {some:,} of the {count:,} rows that were "
            "scored",
            some=len(found.row),
            count=facts.scored_rows,
        )
        notes.append(Problem(message, PLOTS, severity="note"))
    return notes


def _importance(facts: Facts) -> Dict[str, Any]:
    """What :func:`fcnn.report.plots.importance` draws."""
    columns, summary = facts.importance, facts.metrics["importance"]
    repeats = [list(map(float, cells)) for name, cells in columns.items() if name.startswith("repeat_")]
    return {
        "names": columns["feature"],
        "increases": np.array(repeats).T,
        "metric": summary["metric"],
        "error": summary["error"],
        "rows": rows_named(summary["part"], summary["rows"], facts.record.rows[summary["part"]]),
        "groups": summary["correlated"],
    }


def _left_as_they_are(run: Path) -> List[Problem]:
    """A note about the pictures that are there and take the rows of the table."""
    there = [name for name in ("decision_surface.png", "neurons.png") if (run / PLOTS / name).exists()]
    if not there:
        return []
    message = say("{files} as before: to draw it takes rows of the table", files=say_list(there))
    hint = say("to draw it: fcnn surface {run}", run=shell_word(str(run)))
    return [Problem(message, PLOTS, hint=hint, severity="note")]


def _texts(language: str) -> Mapping[str, str]:
    """English templates and what they are in the language of the page."""
    if language != "zh":
        return {}
    from fcnn.chinese import TEXTS  # here, since who reads English needs none of it
    from fcnn.chinese.report_page import PAGE_TEXTS

    return {**TEXTS, **PAGE_TEXTS}
