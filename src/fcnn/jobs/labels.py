"""The language of the labels in the pictures of a run."""

import os
from typing import Mapping

from fcnn.environment.rendering.language import choose_language


def texts_of_labels(language: str) -> Mapping[str, str]:
    """English templates and what they are in the language of the labels in pictures.

    Args:
        language: ``auto``, ``en`` or ``zh``.
    """
    if choose_language(language, os.environ) != "zh":
        return {}
    from fcnn.chinese.plots import TEXTS

    return TEXTS
