"""Writing the page of a study, in the language of the config."""

import os
from pathlib import Path
from typing import Mapping

from fcnn.environment.rendering.language import choose_language
from fcnn.report.study.facts import Study

PAGE = "study.html"


def write_study(study: Study, folder: Path, language: str) -> Path:
    """Write ``study.html``.

    Args:
        study: what was tried.
        folder: of the study.
        language: ``auto``, ``en`` or ``zh``.

    Raises:
        OSError: it cannot be written.
    """
    from fcnn.report.study.page import write_page  # late: matplotlib

    write_page(study, folder / PAGE, _texts(choose_language(language, os.environ)))
    return folder / PAGE


def _texts(language: str) -> Mapping[str, str]:
    """English templates and what they are in the language of the page."""
    if language != "zh":
        return {}
    from fcnn.chinese import TEXTS

    return TEXTS
