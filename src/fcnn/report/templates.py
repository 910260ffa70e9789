"""The HTML pages: how their templates are read, filled in and escaped."""

import pkgutil
from functools import partial
from typing import Dict, Mapping, Tuple

from jinja2 import Environment, FunctionLoader, StrictUndefined

from fcnn.wording import told

SHARED = {"head.html": "fcnn.report", "style.css": "fcnn.report"}
"""Files of all pages, and where they lie."""

_MADE: Dict[str, Tuple[Mapping[str, str], Environment]] = {}
"""By package the texts and the environment that were asked for last: compiling a template takes longer than its use."""


def environment_of(package: str, texts: Mapping[str, str]) -> Environment:
    """What renders the templates of a package; whatever is put into them is escaped.

    Args:
        package: where they lie, as Python names it.
        texts: English templates of sentences and what they are in the page's language; empty where that is English.
            Nobody may change them.
    """
    before, environment = _MADE.get(package, (None, None))
    if environment is None or before != texts:
        environment = _make(package, texts)
        _MADE[package] = texts, environment
    return environment


def _make(package: str, texts: Mapping[str, str]) -> Environment:
    return Environment(
        loader=FunctionLoader(partial(read, package)),
        autoescape=True,
        finalize=partial(told, texts=texts),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def read(package: str, name: str) -> str:
    """The text of a file of a package, or of one that all pages share."""
    content = pkgutil.get_data(SHARED.get(name, package), name)
    assert content is not None
    return content.decode("utf-8")
