"""``report.html`` of a run: at the end of a training, and again whenever it is asked for, with its pictures."""

import os
from pathlib import Path
from typing import List, Mapping

import msgspec

from fcnn.environment.rendering.language import choose_language
from fcnn.jobs.labels import texts_of_labels
from fcnn.report.page.facts import Facts, read_facts
from fcnn.report.page.render import write_page
from fcnn.runs.folder import PLOTS
from fcnn.runs.receipt import renew_receipt


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


def report_again(folder: Path, language: str = "") -> Path:
    """Write the page of a complete run once more, and the pictures that its files are enough for.

    The arguments, what is returned and what is raised are as of :func:`write_report`.
    """
    facts = read_facts(folder)
    written: List[Path] = []
    if facts.config["run"]["plots"]:
        from fcnn.report import style  # late: matplotlib

        with style.speaking(texts_of_labels(language or facts.config["report"]["language"])):
            written += _draw_again(folder / PLOTS, facts)
    page = write_report(folder, language)
    renew_receipt(folder, [path.relative_to(folder).as_posix() for path in (*written, page)])
    return page


def _draw_again(folder: Path, facts: Facts) -> List[Path]:
    """Draw the learning curves, the network, the repeated trainings, and what the predictions are enough for.

    Returns:
        The files that were written.
    """
    from fcnn.report import plots  # late: matplotlib

    folder.mkdir(exist_ok=True)
    drawn = [folder / "learning_curves.png", folder / "network.png"]
    plots.learning_curves(facts.history, facts.metrics["best_epoch"], drawn[0])
    target, network = facts.record.target, msgspec.to_builtins(facts.record.network)
    outputs = list(target.classes) or [target.name]
    plots.network_diagram(network["inputs"], network["layers"], outputs, drawn[1])
    repeats = facts.metrics.get("repeats")
    if repeats is not None:
        part = "validation" if repeats["kind"] == "folds" else facts.part
        drawn.append(folder / "members.png")
        plots.member_scores(repeats, part, drawn[-1])
    found = facts.predictions
    if found is None or len(found.row) < facts.scored_rows:  # those that were drawn show all rows
        return drawn
    if found.probabilities is None:
        scores = facts.metrics[facts.part]
        answers = plots.regression_plots(folder, found.truth, found.prediction, target.name, facts.part, scores)
    else:
        answers = plots.classification_plots(
            folder, found.truth, found.probabilities, target.classes, facts.part, found.weight
        )
    return [*drawn, *answers]


def _texts(language: str) -> Mapping[str, str]:
    """English templates and what they are in the language of the page."""
    if language != "zh":
        return {}
    from fcnn.chinese import TEXTS  # here, since who reads English needs none of it
    from fcnn.chinese.report_page import PAGE_TEXTS

    return {**TEXTS, **PAGE_TEXTS}
