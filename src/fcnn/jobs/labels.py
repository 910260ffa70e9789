"""The language of the labels in the pictures of a run."""

import os
from typing import List, Mapping

from fcnn.environment.rendering.language import choose_language
from fcnn.errors import Problem
from fcnn.wording import say


def texts_of_labels(language: str) -> Mapping[str, str]:
    """English templates and what they are in the language of the labels in pictures.

    Args:
        language: ``auto``, ``en`` or ``zh``.
    """
    if choose_language(language, os.environ) != "zh":
        return {}
    from fcnn.chinese.plots import TEXTS

    return TEXTS


def notes_on_labels(texts: Mapping[str, str]) -> List[Problem]:
    """A note where the labels stay English for want of a font; `texts` are those of :func:`texts_of_labels`."""
    if not texts:
        return []
    from fcnn.report.language import letters_of
    from fcnn.report.names import can_draw  # late: matplotlib

    if can_draw(letters_of(texts)):
        return []
    message = say("no installed font has Chinese letters: the labels of the pictures are English")
    hint = say("for Chinese labels install one (`apt-get install fonts-noto-cjk` on Debian or Ubuntu)")
    return [Problem(message, "plots", hint=hint, severity="note")]
