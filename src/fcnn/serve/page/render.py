"""The page as HTML, with the policy that lets nothing run but its own script."""

import base64
import hashlib
from typing import Mapping, Sequence, Tuple
from urllib.parse import quote

from markupsafe import Markup

import fcnn
from fcnn.report.templates import environment_of, read
from fcnn.serve.page.words import WORDS
from fcnn.wording import translated

PACKAGE = "fcnn.serve.page"
SCRIPTS = ("table.js", "form.js", "result.js", "page.js")
"""One after another they are the script of the page."""


def render(prefix: str, names: Sequence[str], language: str) -> Tuple[str, str]:
    """The page, and its content security policy.

    Args:
        prefix: where the addresses of its run begin.
        names: of the runs that can be chosen, that of the page first; none where they are nobody's business.
        language: ``en`` or ``zh``.
    """
    texts = _texts(language)
    words = {key: translated(text, texts) for key, text in WORDS.items()}
    style, script = read(PACKAGE, "form.css"), "".join(read(PACKAGE, name) for name in SCRIPTS)
    page = (
        environment_of(PACKAGE, {})
        .get_template("page.html")
        .render(
            words=words,
            language=language,
            prefix=prefix,
            runs=[(name, f"/runs/{quote(name)}/") for name in names],
            version=fcnn.__version__,
            style=Markup(style),
            script=Markup(script),
        )
    )
    return page, _policy(style, script)


def _texts(language: str) -> Mapping[str, str]:
    """English texts of the page and what they are in a language."""
    if language != "zh":
        return {}
    from fcnn.chinese.serve_page import SERVE_TEXTS  # here, since who reads English needs none of it

    return SERVE_TEXTS


def _policy(style: str, script: str) -> str:
    allowed = {"script-src": _hash(script), "style-src": _hash(style), "connect-src": "'self'", "img-src": "data:"}
    closed = ("default-src", "base-uri", "form-action", "frame-ancestors")
    return "; ".join([*(f"{name} 'none'" for name in closed), *(f"{name} {value}" for name, value in allowed.items())])


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
