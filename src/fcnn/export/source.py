"""Python source made from templates: what is put into it is written as Python writes it."""

import pkgutil
from typing import Any

from jinja2 import Environment, StrictUndefined

_ENVIRONMENT = Environment(
    autoescape=False,  # values come as literals of Python, names in comments as :func:`in_words` has them
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def rendered(name: str, /, **values: Any) -> str:
    """A template of this package filled in."""
    content = pkgutil.get_data("fcnn.export", f"templates/{name}")
    assert content is not None
    return _ENVIRONMENT.from_string(content.decode("utf-8")).render(values)


def in_words(text: str) -> str:
    """A user's text for a comment or a docstring: on one line, and nothing that could end it."""
    return "".join(sign if sign.isprintable() and sign not in "\\\"'" else "_" for sign in text)
