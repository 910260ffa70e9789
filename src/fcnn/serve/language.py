"""In which language a request is answered: the sentences of the page and of errors; the names are the same in all."""

from typing import Mapping

from flask import Request

LANGUAGES = ("en", "zh")


def spoken(request: Request, fixed: str) -> str:
    """``en`` or ``zh``: what the address says (``?lang=zh``), else what is fixed, else what the browser prefers."""
    chosen = request.args.get("lang", "")
    if chosen in LANGUAGES:
        return chosen
    if fixed in LANGUAGES:
        return fixed
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def texts_of(language: str) -> Mapping[str, str]:
    """English templates and what they are in a language; empty for English."""
    if language != "zh":
        return {}
    from fcnn.chinese import TEXTS  # here, since who reads English needs none of it

    return TEXTS
