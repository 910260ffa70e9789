"""``report.html`` of a run: at the end of a training, and again whenever it is asked for."""

import os
from pathlib import Path
from typing import Mapping

from fcnn.environment.rendering.language import choose_language
from fcnn.report.page.render import write_page
from fcnn.runs.folder import find_run
from fcnn.runs.run import Run


def write_report(folder: Path, language: str) -> Path:
    """Write the page from the other files of a run folder.

    Args:
        folder: of the run, complete or about to be.
        language: ``auto``, ``en`` or ``zh``.

    Returns:
        The path of the page.

    Raises:
        RunError: a file of the run is damaged.
        OSError: it cannot be written.
    """
    spoken = choose_language(language, os.environ)
    return write_page(folder, _texts(spoken), spoken)


def report_again(run_name: str, language: str = "") -> Path:
    """Write the page of a complete run once more.

    Args:
        run_name: a run folder, its name, or ``latest``.
        language: as of :func:`write_report`; empty for what the run's config says.

    Raises:
        RunError: there is no such run, or a file of it is damaged.
        OSError: it cannot be written.
    """
    folder = find_run(run_name)
    return write_report(folder, language or Run(folder).config.report.language)


def _texts(language: str) -> Mapping[str, str]:
    """English templates and what they are in the language of the page."""
    if language != "zh":
        return {}
    from fcnn.chinese import TEXTS  # here, since who reads English needs none of it
    from fcnn.chinese.report_page import PAGE_TEXTS

    return {**TEXTS, **PAGE_TEXTS}
