"""The tables of a comparison, as plain cells: for a terminal and for a page."""

from typing import List, NamedTuple, Optional, Sequence

from fcnn.report.comparison import words
from fcnn.report.comparison.facts import Comparison
from fcnn.report.comparison.words import aligned, verdict
from fcnn.wording import say

BEST = "*"
"""Behind the best numbers of a row; the others have a space there, so that all stand below each other."""
NOTHING = "-"
SIGNIFICANT = 4
"""Digits of the largest score of a row."""


class Table(NamedTuple):
    """Headings and cells, all of them text; what was said is still to be told in the reader's language."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: int
    """So many of the columns are text, the others numbers."""
    note: str = ""


def config_table(comparison: Comparison, widest: Optional[int] = None) -> Table:
    """The keys of the config whose values differ.

    Args:
        comparison: the runs.
        widest: columns of text that a value may fill; None for all of it.
    """
    letters = _letters(comparison)
    rows = [
        [each.key, *(value if widest is None else shortened(value, widest) for value in each.values)]
        for each in comparison.config
    ]
    return Table(say("Where the configs differ"), [say("config"), *letters], rows, left=1 + len(letters))


def scores_table(comparison: Comparison) -> Table:
    """The scores of the part that counts, the best of each row marked."""
    best = comparison.best
    rows: List[List[str]] = []
    for name in comparison.metrics:
        cells = _aligned([each.scores.get(name) for each in comparison.runs])
        marks = [BEST if place in best.get(name, ()) else " " for place in range(len(cells))]
        rows.append([name, *(f"{cell} {mark}" if name in best else f"{cell}  " for cell, mark in zip(cells, marks))])
    if len(comparison.parts) > 1:
        rows.insert(0, [say("judged by"), *(f"{each.part}  " for each in comparison.runs)])
    heading = comparison.parts[0] if len(comparison.parts) == 1 else say("scores")
    note = say("{mark} the best number of its row", mark=BEST) if best else ""
    return Table(say("Scores"), [heading, *(f"{letter}  " for letter in _letters(comparison))], rows, 1, note)


def training_table(comparison: Comparison) -> Table:
    """What it took."""
    titles = {
        "parameters": say("parameters"),
        "epochs": say("epochs"),
        "best_epoch": say("kept epoch"),
        "seconds": say("seconds"),
    }
    rows = [[title, *(_count(each.number(name)) for each in comparison.runs)] for name, title in titles.items()]
    stopped = [str(each.run.metrics["stopped"]) for each in comparison.runs]
    if len(set(stopped)) > 1:
        rows.append([say("stopped"), *stopped])
    return Table(say("What it took"), [say("training"), *_letters(comparison)], rows, 1)


def differences_table(comparison: Comparison) -> Table:
    """The differences from the first run, metric by metric, on common rows."""
    headings = [say("run"), say("score"), say("rows"), say("difference"), say("from"), say("to"), ""]
    rows = [
        [
            paired.letter,
            name,
            f"{paired.rows:,}",
            *aligned([difference.value, difference.low, difference.high], words.SIGNIFICANT, "+"),
            verdict(difference),
        ]
        for paired in comparison.paired
        for name, difference in paired.differences.items()
    ]
    note = say("difference from run A on common rows; from, to: its 95 % interval (paired bootstrap)") if rows else ""
    return Table(say("More than noise?"), headings, rows, 2, note)


def shortened(text: str, width: int) -> str:
    """A text in so many characters at most, with both of its ends."""
    if len(text) <= width:
        return text
    return f"{text[: width // 2 - 2]}...{text[len(text) - (width - width // 2 - 1) :]}"


def _letters(comparison: Comparison) -> List[str]:
    return [each.letter for each in comparison.runs]


def _aligned(values: Sequence[Optional[float]]) -> List[str]:
    there = iter(aligned([value for value in values if value is not None], SIGNIFICANT))
    return [NOTHING if value is None else next(there) for value in values]


def _count(value: Optional[float]) -> str:
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
