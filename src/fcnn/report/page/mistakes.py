"""What it gets wrong: which class for which, how far off, and the worst rows with the lines of their files."""

from typing import Any, Dict, List, Mapping, Sequence, Tuple

import numpy as np

from fcnn.config.paths import shell_word
from fcnn.evaluation.metrics import PROBABILITY_FLOOR
from fcnn.report.page.charts import Chart, Line, Tell, histogram, line_chart, scatter
from fcnn.report.page.facts import Facts
from fcnn.report.page.quality import PARTS
from fcnn.report.page.tables import Cell, Column, Table, number, short
from fcnn.runs.predictions import Predictions
from fcnn.wording import say

MOST_CLASSES = 15
"""So many classes have a whole confusion matrix; of more the most frequent mistakes are listed."""
MOST_PAIRS = 25
WORST, FEWEST_WORST = 20, 5
"""Rows that are listed at most; and at least, where fewer are predicted wrongly."""
DOTS = 1500
"""Rows that are drawn."""


def mistakes(facts: Facts, tell: Tell) -> Dict[str, Any]:
    """The section as charts and tables; empty where the run has neither."""
    matrix = facts.metrics.get("confusion_matrix", {}).get(facts.part)
    tables = [_confusion(np.asarray(matrix), facts)] if matrix else []
    scored = facts.metrics.get("per_class", {}).get(facts.part)
    tables += [_per_class(scored)] if scored else []
    charts: List[Chart] = []
    found = facts.predictions
    if found is not None and len(found.row):
        if facts.record.target.classes:
            charts += _roc(facts, found, tell)
        else:
            charts += _errors(facts, found, tell)
            tables.append(_percentiles(found))
        tables.append(_worst(facts, found))
    return {"charts": charts, "tables": tables}


def _confusion(matrix: np.ndarray, facts: Facts) -> Table:
    names = facts.record.target.classes
    if len(names) > MOST_CLASSES:
        return _pairs(matrix, names)
    totals = np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    shares = matrix / totals
    rows = [
        [
            Cell(name),
            *(
                Cell(
                    f"{count:,}",
                    float(count),
                    ("hit" if true == guess else "miss") if count else "none",
                    float(shares[true, guess]) if count else None,
                )
                for guess, count in enumerate(matrix[true].tolist())
            ),
        ]
        for true, name in enumerate(names)
    ]
    return Table(
        say("Confusion matrix ({part} rows)", part=PARTS[facts.part]),
        [Column(say("true class")), *(Column(name, True) for name in names)],
        rows,
        note=say("True classes downwards, predicted ones across: what lies on the diagonal is right."),
    )


def _pairs(matrix: np.ndarray, names: Sequence[str]) -> Table:
    """The most frequent mistakes of many classes."""
    wrong = matrix * (1 - np.eye(len(names), dtype=matrix.dtype))
    order = np.argsort(-wrong, axis=None, kind="stable")[:MOST_PAIRS]
    pairs = [divmod(int(place), len(names)) for place in order]
    totals = matrix.sum(axis=1)
    return Table(
        say("The most frequent mistakes"),
        [Column(say("true class")), Column(say("predicted as")), *(
            Column(title, True) for title in (say("rows"), say("of the class, %")))],
        [
            [
                Cell(names[true]),
                Cell(names[guess]),
                number(float(wrong[true, guess])),
                number(100 * float(wrong[true, guess]) / max(int(totals[true]), 1), 3),
            ]
            for true, guess in pairs
            if wrong[true, guess]
        ],
        is_sortable=True,
    )  # fmt: skip


def _per_class(scored: Mapping[str, Mapping[str, float]]) -> Table:
    titles = {"precision": say("precision"), "recall": say("recall"), "f1": say("F1"), "support": say("rows")}
    return Table(
        say("Each class by itself"),
        [Column(say("class")), *(Column(title, True) for title in titles.values())],
        [
            [Cell(name), *(number(values[key])._replace(share=values[key] if key != "support" else None, mark="bar")
                           for key in titles)]
            for name, values in scored.items()
        ],
        is_sortable=True,
        note=say(
            "Precision: of the rows predicted as the class, how many are of it. Recall: of the rows of the class, how "
            "many are found. F1: the harmonic mean of both."
        ),
    )  # fmt: skip


def _roc(facts: Facts, found: Predictions, tell: Tell) -> List[Chart]:
    """The ROC curve of two classes."""
    if len(facts.record.target.classes) != 2 or found.probabilities is None or len(np.unique(found.truth)) < 2:
        return []
    order = np.argsort(-found.probabilities[:, 1], kind="stable")
    positive = found.truth[order] == 1
    ends = np.append(np.diff(found.probabilities[order, 1]) != 0, True)
    hits = np.append(0, np.cumsum(positive)[ends]) / positive.sum()
    false = np.append(0, np.cumsum(~positive)[ends]) / (~positive).sum()
    step = max(1, len(hits) // 300)
    kept = np.unique(np.append(np.arange(0, len(hits), step), len(hits) - 1))
    label = say("ROC curve of {name!r}", name=facts.record.target.classes[1])
    lines = [Line(false[kept], hits[kept], 1), Line(np.array([0.0, 1.0]), np.array([0.0, 1.0]), 6)]
    svg = line_chart(
        tell(label), lines, tell(say("share of the other rows that are taken for it")),
        tell(say("share of its rows that are found")), epochs=False,
    )  # fmt: skip
    return [Chart(label, svg)]


def _errors(facts: Facts, found: Predictions, tell: Tell) -> List[Chart]:
    """Predicted against true, and how the errors are spread."""
    chosen = np.linspace(0, len(found.row) - 1, min(DOTS, len(found.row))).astype(int)
    name = facts.record.target.name
    against = say("Predicted against true values of {name}; on the line both are equal", name=name)
    spread = say("How far off the predictions of {name} are", name=name)
    points = scatter(
        tell(against), found.truth[chosen], found.prediction[chosen], tell(say("true")), tell(say("predicted"))
    )
    bars = histogram(tell(spread), found.prediction - found.truth, tell(say("predicted minus true")), tell(say("rows")))
    return [Chart(against, points), Chart(spread, bars)]


def _percentiles(found: Predictions) -> Table:
    sizes = np.abs(found.prediction - found.truth)
    levels = (50, 75, 90, 95, 99, 100)
    return Table(
        say("How large the errors are"),
        [Column(say("share of the rows")), Column(say("error at most"), True)],
        [[Cell(f"{level} %", level), number(float(np.percentile(sizes, level)))] for level in levels],
    )


def _worst(facts: Facts, found: Predictions) -> Table:
    """The rows of the highest loss, or of the largest error."""
    if found.probabilities is not None:
        believed = found.probabilities[np.arange(len(found.truth)), found.truth]
        losses = -np.log(np.maximum(believed, PROBABILITY_FLOOR))
        titles = [say("true class"), say("predicted as"), say("probability of the true class"), say("loss")]
    else:
        losses = np.abs(found.prediction - found.truth)
        titles = [say("true"), say("predicted"), say("predicted minus true"), say("error, % of the true value")]
    wrong = WORST if found.probabilities is None else int((found.truth != found.prediction).sum())
    order = np.argsort(-losses, kind="stable")[: min(WORST, max(FEWEST_WORST, wrong))]
    numbers = [False, False, True, True] if found.probabilities is not None else [True] * 4
    several = found.file is not None
    columns = [Column(say("file"))] if several else []
    columns += [Column(say("line"), True), Column(say("row"), True), *map(Column, titles, numbers)]
    rows = []
    for place in order.tolist():
        named = [] if found.file is None else [Cell(str(found.file[place]))]
        line, row = int(found.line[place]), int(found.row[place])
        cells = [*named, Cell(str(line), line), Cell(str(row), row), *_worst_cells(facts, found, place, losses[place])]
        rows.append(cells)
    if found.probabilities is not None:
        caption = say("The {count} rows whose true class it believes least", count=len(rows))
    else:
        caption = say("The {count} largest errors", count=len(rows))
    return Table(
        caption, columns, rows, is_sortable=True,
        note=say(
            "line: of the file, the first line being 1. row: of the table, the first data row being 0; "
            "`fcnn trace {run} --row {row}` shows how the network came to its answer.",
            run=shell_word(facts.name),
            row=int(found.row[order[0]]),
        ),
    )  # fmt: skip


def _worst_cells(facts: Facts, found: Predictions, place: int, loss: float) -> Tuple[Cell, ...]:
    truth, guess = found.truth[place], found.prediction[place]
    if found.probabilities is None:
        share = 100 * (guess - truth) / abs(truth) if truth else float("nan")
        return number(truth, 6), number(guess, 6), number(guess - truth), Cell(short(share, 3), share)
    names = facts.record.target.classes
    return (
        Cell(names[truth]),
        Cell(names[guess], None, "hit" if truth == guess else "miss"),
        Cell(f"{found.probabilities[place, truth]:.3f}", float(found.probabilities[place, truth])),
        number(loss, 3),
    )
