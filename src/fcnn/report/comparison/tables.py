"""The tables of a comparison, as plain cells: for a terminal and for a page."""

from typing import List, NamedTuple, Optional, Sequence

from fcnn.report.comparison import words
from fcnn.report.comparison.facts import Comparison
from fcnn.report.comparison.matching import Paired
from fcnn.report.comparison.words import aligned
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
    networks = [each.run.metrics.get("repeats", {}).get("ensemble", 1) for each in comparison.runs]
    if max(networks) > 1:
        rows.insert(0, [say("networks that predict together"), *map(_count, networks)])
    stopped = [str(each.run.metrics["stopped"]) for each in comparison.runs]
    if len(set(stopped)) > 1:
        rows.append([say("stopped"), *stopped])
    return Table(say("What it took"), [say("training"), *_letters(comparison)], rows, 1)


def differences_tables(comparison: Comparison) -> List[Table]:
    """For each run that can be compared with the first, how its scores differ on common rows."""
    return [_differences(paired) for paired in comparison.paired if paired.differences]


def _differences(paired: Paired) -> Table:
    rows = [
        [
            name,
            *aligned([difference.value, difference.low, difference.high], words.SIGNIFICANT, "+"),
            say("yes") if difference.is_more_than_noise else say("no"),
        ]
        for name, difference in paired.differences.items()
    ]
    note = say(
        "{letter} - A on {rows}; from, to: 95 % interval by a paired bootstrap",
        letter=paired.letter,
        rows=words.common_rows(paired),
    )
    headings = [paired.part, f"{paired.letter} - A", say("from"), say("to"), say("more than noise")]
    return Table(say("How run {letter} differs from run A", letter=paired.letter), headings, rows, 1, note)


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
