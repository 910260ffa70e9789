"""A comparison as one self-contained HTML file."""

import base64
import io
from pathlib import Path
from typing import Dict, Mapping, Union

from markupsafe import Markup

import fcnn
from fcnn.files import atomic_write
from fcnn.report.comparison.facts import Comparison
from fcnn.report.comparison.picture import draw_curves_into
from fcnn.report.comparison.tables import BEST, config_table, differences_tables, scores_table, training_table
from fcnn.report.comparison.words import sentences
from fcnn.report.templates import environment_of, read
from fcnn.wording import say

PACKAGE = "fcnn.report.comparison"


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
    """The page as HTML, in the style of the report; whatever comes from a run is escaped."""
    picture = io.BytesIO()
    draw_curves_into(comparison, picture, texts)
    tables = [scores_table(comparison), *differences_tables(comparison), config_table(comparison),
              training_table(comparison)]  # fmt: skip
    return (
        environment_of(PACKAGE, texts)
        .get_template("compare.html")
        .render(
            words=_words(comparison),
            language="zh" if texts else "en",
            version=fcnn.__version__,
            style=Markup(read(PACKAGE, "style.css") + read(PACKAGE, "compare.css")),
            runs=[(each.letter, each.run.folder.name, str(each.run.folder)) for each in comparison.runs],
            sentences=sentences(comparison),
            tables=[table for table in tables if table.rows],
            same=not comparison.config,
            best=BEST,
            curves=base64.b64encode(picture.getvalue()).decode("ascii"),
        )
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
