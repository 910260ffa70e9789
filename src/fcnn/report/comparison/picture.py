"""The learning curves of runs that are compared, in the language of the reader."""

from pathlib import Path
from typing import IO, List, Mapping, Union

from fcnn.files import atomic_write
from fcnn.report import style
from fcnn.report.comparison.facts import Comparison
from fcnn.report.overlay import Learnt, figure_of_overlaid_curves


def draw_curves(comparison: Comparison, path: Union[str, Path], texts: Mapping[str, str]) -> None:
    """Draw them into a PNG file.

    Args:
        comparison: the runs.
        path: of the file.
        texts: English templates and what they are in the reader's language; empty for English.
    """
    with atomic_write(path, "wb") as file:
        draw_curves_into(comparison, file, texts)


def draw_curves_into(comparison: Comparison, file: IO[bytes], texts: Mapping[str, str]) -> None:
    """The same into an open file."""
    with style.speaking(texts):
        style.write(figure_of_overlaid_curves(_learnt(comparison)), file)


def _learnt(comparison: Comparison) -> List[Learnt]:
    return [
        Learnt(f"{each.letter} {each.run.folder.name}", each.run.history, int(each.run.metrics["best_epoch"]))
        for each in comparison.runs
    ]
