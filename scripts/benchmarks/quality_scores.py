"""What the benchmark of quality makes of predictions: errors, normalised scores, ranks, and Markdown."""

from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from machine import markdown

JUDGED = {"binary": "auc_loss", "multiclass": "error", "regression": "rmse"}
"""The error by which a task's tables are judged: 1 - ROC AUC, the share of wrong rows, root mean square error."""
LEAST = 1e-15
"""Of a probability in the log-loss."""

Result = Dict[str, Any]
"""A line of the file of results: table, split, repeat, competitor, errors, seconds, processor, start."""


def errors(task: str, truth: np.ndarray, classes: Optional[List[str]], output: np.ndarray) -> Dict[str, float]:
    """How wrong predictions are; less is better in each.

    Args:
        task: binary, multiclass or regression.
        truth: (rows,) text of the class, or float.
        classes: the text of the columns of `output`; None for regression.
        output: (rows, classes) probabilities, or (rows,) numbers.
    """
    if not np.isfinite(output).all():
        raise ValueError("not all predictions are finite")
    if classes is None:
        away = np.asarray(truth, float) - output
        return {"rmse": float(np.sqrt(np.mean(away**2))), "mae": float(np.mean(np.abs(away)))}
    place = {name: column for column, name in enumerate(classes)}
    codes = np.array([place[str(name)] for name in truth])
    own = output[np.arange(len(codes)), codes] / output.sum(axis=1)
    found = {
        "error": float(np.mean(output.argmax(axis=1) != codes)),
        "log_loss": float(-np.mean(np.log(np.clip(own, LEAST, 1)))),
    }
    if task == "binary":
        found["auc_loss"] = 1 - roc_auc(codes == 1, output[:, 1])
    return found


def roc_auc(positive: np.ndarray, score: np.ndarray) -> float:
    """How likely a positive row has a higher score than a negative one; equal ones count half."""
    _values, places, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    positives, negatives = int(positive.sum()), int((~positive).sum())
    return float((ranks[positive].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def normalised(found: Dict[str, float], constant: str = "constant") -> Dict[str, float]:
    """The constant's error is 0, the least one 1; what is worse than the constant is 0, too."""
    best, worst = min(found.values()), found[constant]
    span = worst - best
    return {name: max(0.0, (worst - error) / span) if span > 0 else 1.0 for name, error in found.items()}


def ranks(found: Dict[str, float]) -> Dict[str, float]:
    """1 is the best; equal ones share the mean of their places."""
    values = list(found.values())
    return {
        name: 1 + sum(other < error for other in values) + (sum(other == error for other in values) - 1) / 2
        for name, error in found.items()
    }


class Standing(NamedTuple):
    """A competitor over all tables."""

    score: float
    """Mean normalised score: of the splits of a table, then of the tables."""
    rank: float
    """Mean of the ranks on the tables, by the mean error of the splits."""
    wins: int
    """Tables on which nobody is better."""
    ratio: float
    """Geometric mean over tables of its error through the least one."""
    seconds: float
    """Of training, sum over tables of the mean of the splits."""
    processor: float
    """The same in processor seconds."""
    start: float
    """Seconds until its process has imported what it needs."""


class Comparison(NamedTuple):
    """Everything that the pages tell."""

    tables: Dict[str, Dict[str, float]]
    """Mean error by table and competitor."""
    scores: Dict[str, Dict[str, float]]
    """Mean normalised score by table and competitor."""
    times: Dict[str, Dict[str, Tuple[float, float]]]
    """Mean seconds and processor seconds of the training, by table and competitor."""
    standings: Dict[str, Standing]
    incomplete: Dict[str, List[str]]
    """Tables that are left out, with the competitors that have no result for a split of them."""


def compare(results: Sequence[Result], competitors: Sequence[str], tasks: Dict[str, str], splits: int) -> Comparison:
    """Bring results together; a table counts where every competitor has a result for each of its splits."""
    found: Dict[str, Dict[int, Dict[str, List[Result]]]] = {}
    for result in results:
        by_split = found.setdefault(result["table"], {}).setdefault(result["split"], {})
        by_split.setdefault(result["competitor"], []).append(result)
    comparison = Comparison({}, {}, {}, {}, {})
    for table, task in tasks.items():
        judged: Dict[str, List[float]] = {name: [] for name in competitors}
        scores: Dict[str, List[float]] = {name: [] for name in competitors}
        for split in range(splits):
            of_split = found.get(table, {}).get(split, {})
            absent = [name for name in competitors if not of_split.get(name)]
            if absent:
                comparison.incomplete.setdefault(table, []).extend(absent)
                continue
            error = {name: _mean([each["errors"][JUDGED[task]] for each in of_split[name]]) for name in competitors}
            score = normalised(error)
            for name in competitors:
                judged[name].append(error[name])
                scores[name].append(score[name])
        if table in comparison.incomplete:
            continue
        comparison.tables[table] = {name: _mean(judged[name]) for name in competitors}
        comparison.scores[table] = {name: _mean(scores[name]) for name in competitors}
        comparison.times[table] = {name: _times(found[table], name) for name in competitors}
    starts = {name: [each["start"] for each in results if each["competitor"] == name] for name in competitors}
    for name in competitors if comparison.tables else ():
        comparison.standings[name] = _standing(comparison, name, _mean(starts[name]))
    return comparison


def _times(splits: Dict[int, Dict[str, List[Result]]], name: str) -> Tuple[float, float]:
    """Mean seconds and processor seconds."""
    lines = [result for split in splits.values() for result in split.get(name, [])]
    return _mean([each["seconds"] for each in lines]), _mean([each["processor"] for each in lines])


def _standing(comparison: Comparison, name: str, start: float) -> Standing:
    """One competitor's."""
    tables = comparison.tables
    ratios = [max(errors[name], LEAST) / max(min(errors.values()), LEAST) for errors in tables.values()]
    return Standing(
        score=_mean([scores[name] for scores in comparison.scores.values()]),
        rank=_mean([ranks(errors)[name] for errors in tables.values()]),
        wins=sum(errors[name] <= min(errors.values()) for errors in tables.values()),
        ratio=float(np.exp(np.mean(np.log(ratios)))),
        seconds=sum(times[name][0] for times in comparison.times.values()),
        processor=sum(times[name][1] for times in comparison.times.values()),
        start=start,
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


# --- Markdown -------------------------------------------------------------------------------------------------------


def page(comparison: Comparison, tasks: Dict[str, str], splits: int, own: Sequence[str]) -> str:
    """Everything, for docs/quality.md; `own` are beside each of the others, too."""
    if not comparison.tables:
        return "There is no table of which every competitor has all results."
    parts = [
        f"{len(comparison.tables)} tables, {splits} splits of each",
        summary(comparison),
        *(against(comparison, name) for name in own),
        "The error on the test rows, mean of the splits; the least of a table is bold",
        details(comparison, tasks),
        "Seconds of a training, in brackets processor seconds",
        training_times(comparison),
    ]
    return "\n\n".join(["", *parts])


def summary(comparison: Comparison) -> str:
    """A row for each competitor, the best first."""
    rows = [
        [
            name,
            f"{each.score:.3f}",
            f"{each.rank:.2f}",
            str(each.wins),
            f"{each.ratio:.2f}",
            f"{each.seconds:.1f} ({each.processor:.1f})",
            f"{each.start:.1f}",
        ]
        for name, each in sorted(comparison.standings.items(), key=lambda item: -item[1].score)
    ]
    head = ["", "mean score", "mean rank", "wins", "error / least", "training, s (processor)", "start, s"]
    return markdown(head, rows)


def details(comparison: Comparison, tasks: Dict[str, str]) -> str:
    """Mean error of each on each table; the least one is bold."""
    names = list(comparison.standings)
    rows = []
    for table, found in comparison.tables.items():
        best = min(found.values())
        cells = [f"**{figure(found[name])}**" if found[name] <= best else figure(found[name]) for name in names]
        rows.append([f"{table} ({SHORT[JUDGED[tasks[table]]]})", *cells])
    return markdown(["", *names], rows)


SHORT = {"auc_loss": "1 - AUC", "error": "wrong", "rmse": "RMSE"}


def training_times(comparison: Comparison) -> str:
    """Mean seconds of the training of each on each table, in brackets processor seconds."""
    names = list(comparison.standings)
    rows = [
        [table, *(f"{found[name][0]:.1f} ({found[name][1]:.1f})" for name in names)]
        for table, found in comparison.times.items()
    ]
    return markdown(["", *names], rows)


def against(comparison: Comparison, name: str) -> str:
    """On how many tables a competitor is better than each of the others, equal and worse."""
    rows = []
    for other in comparison.standings:
        if other != name:
            pairs = [(found[name], found[other]) for found in comparison.tables.values()]
            better, worse = sum(own < its for own, its in pairs), sum(own > its for own, its in pairs)
            rows.append([other, str(better), str(len(pairs) - better - worse), str(worse)])
    return markdown([f"{name} beside", "better", "equal", "worse"], rows)


def figure(value: float) -> str:
    """Four digits that count."""
    return f"{value:.4f}" if value < 1 else f"{value:,.4g}" if value < 1000 else f"{value:,.0f}"
