"""A comparison as one self-contained HTML file."""

import base64
import io
import pkgutil
from functools import partial
from pathlib import Path
from typing import Dict, Mapping, Union

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

import fcnn
from fcnn.files import atomic_write
from fcnn.report.comparison.facts import Comparison
from fcnn.report.comparison.picture import draw_curves_into
from fcnn.report.comparison.tables import BEST, config_table, differences_tables, scores_table, training_table
from fcnn.report.comparison.words import sentences
from fcnn.wording import say, told


def write_page(comparison: Comparison, path: Union[str, Path], texts: Mapping[str, str]) -> None:
    """Write the page.

    Args:
        comparison: the runs.
        path: of the file.
        texts: English templates and what they are in the page's language; empty for English.

    Raises:
        OSError: it cannot be written.
    """
    page = render(comparison, texts)
    with atomic_write(path) as file:
        file.write(page)


def render(comparison: Comparison, texts: Mapping[str, str]) -> str:
    """The page as HTML; whatever comes from a run is escaped."""
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        finalize=partial(told, texts=texts),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    picture = io.BytesIO()
    draw_curves_into(comparison, picture, texts)
    tables = [scores_table(comparison), *differences_tables(comparison), config_table(comparison),
              training_table(comparison)]  # fmt: skip
    return environment.get_template("compare.html").render(
        words=_words(comparison),
        language="zh-CN" if texts else "en",
        version=fcnn.__version__,
        style=Markup(_read("style.css", "fcnn.report.page") + _read("compare.css")),
        runs=[(each.letter, each.run.folder.name, str(each.run.folder)) for each in comparison.runs],
        sentences=sentences(comparison),
        tables=[table for table in tables if table.rows],
        same=not comparison.config,
        best=BEST,
        curves=base64.b64encode(picture.getvalue()).decode("ascii"),
    )


def _words(comparison: Comparison) -> Dict[str, str]:
    """What the template says."""
    return {
        "title": say("{count} runs compared", count=len(comparison.runs)),
        "lead": say(
            "They predict {target!r}. Run A is the one that the others are compared with.",
            target=comparison.runs[0].run.record.target.name,
        ),
        "noise": say("Is it more than noise?"),
        "best": say("(best)"),
        "same": say("the configs are the same"),
        "curves": say("How they learnt"),
        "picture": say(
            "Loss of each run by epoch, and a metric where all have the same; the numbers are in history.csv"
        ),
    }


def _read(name: str, package: str = "fcnn.report.comparison") -> str:
    """A file of a package; the style sheet of the report is this page's, too."""
    content = pkgutil.get_data(package, name)
    assert content is not None
    return content.decode("utf-8")
