"""Is it any good: scores beside those of the baselines, and how sure they are."""

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence

from fcnn.report.page.charts import Chart, Estimate, Tell, estimates
from fcnn.report.page.facts import Facts
from fcnn.report.page.tables import Cell, Column, Table, interval, number, short
from fcnn.wording import say


class Metric(NamedTuple):
    """What a score is called and means."""

    title: str
    meaning: str
    more_is_better: bool


METRICS: Dict[str, Metric] = {
    "accuracy": Metric(say("accuracy"), say("share of the rows whose class is predicted rightly"), True),
    "balanced_accuracy": Metric(
        say("balanced accuracy"), say("the same for each class by itself, averaged: rare classes count as much"), True
    ),
    "f1_macro": Metric(
        say("F1 (macro)"), say("harmonic mean of precision and recall of each class, averaged over the classes"), True
    ),
    "log_loss": Metric(
        say("log loss"), say("how little probability the true class was given, in nats a row; 0 is perfect"), False
    ),
    "roc_auc": Metric(
        say("ROC AUC"),
        say("how often a row of the class gets more probability than one of another class; 0.5 is chance"),
        True,
    ),
    "average_precision": Metric(
        say("average precision"), say("precision of the positive class, averaged over all its recalls"), True
    ),
    "rmse": Metric(
        say("RMSE"), say("root of the mean squared error, in the target's unit; large errors weigh more"), False
    ),
    "mae": Metric(
        say("mean absolute error"), say("how far off a prediction is on average, in the target's unit"), False
    ),
    "median_absolute_error": Metric(
        say("median absolute error"), say("half of the predictions are closer than that, in the target's unit"), False
    ),
    "r2": Metric(say("R²"), say("share of the target's variance that is explained; 0 is as good as the mean"), True),
}
MAIN = {"binary": ("roc_auc", "accuracy"), "multiclass": ("accuracy", "log_loss"), "regression": ("r2", "mae")}
"""By task, the scores that are drawn; the first one that there is is the headline."""
BASELINES = {
    "majority": say("most frequent class"),
    "mean": say("mean of the target"),
    "logistic_regression": say("logistic regression"),
    "ridge": say("ridge regression"),
}
PARTS = {"train": say("training"), "validation": say("validation"), "test": say("test")}


def title_of(metric: str) -> str:
    """What a score is called; one that is not known here by its name."""
    return METRICS[metric].title if metric in METRICS else metric


def baseline_title(name: str) -> str:
    """What a baseline is called."""
    return BASELINES.get(name, name.replace("_", " "))


def headline_metric(facts: Facts) -> Optional[str]:
    """The score that stands for the run; None where no row has weight."""
    scores = facts.metrics[facts.part]
    return next((name for name in (*MAIN[facts.metrics["task"]], *scores) if name in scores), None)


def quality(facts: Facts, tell: Tell) -> Dict[str, Any]:
    """The section as sentences, charts and tables."""
    drawn = [name for name in MAIN[facts.metrics["task"]] if name in facts.metrics[facts.part]]
    return {
        "sentences": _sentences(facts),
        "charts": [_chart(facts, name, tell) for name in drawn],
        "tables": [_against_baselines(facts), _parts(facts), *([] if facts.is_ensemble else trainings(facts))],
        "meanings": [(title_of(name), METRICS[name].meaning) for name in facts.metrics[facts.part] if name in METRICS],
    }


def _baselines(facts: Facts) -> Mapping[str, Mapping[str, float]]:
    """Baseline -> metric -> number, of the part that counts."""
    return {name: parts[facts.part] for name, parts in facts.metrics["baselines"].items() if facts.part in parts}


def _ends(facts: Facts, metric: str) -> Optional[Sequence[float]]:
    ends: Optional[Sequence[float]] = facts.metrics.get("confidence", {}).get(facts.part, {}).get(metric)
    return ends


def _sentences(facts: Facts) -> List[str]:
    metric = headline_metric(facts)
    if metric is None:
        return []
    value, ends = facts.metrics[facts.part][metric], _ends(facts, metric)
    count = facts.scored_rows
    figure = short(value, 3)
    if ends is not None:
        figure = say("{value} (95 % interval {interval})", value=figure, interval=interval(ends))
    words = {"metric": title_of(metric), "value": figure, "count": count}
    found: List[str]
    if facts.part == "test":
        found = [say("On {count:,} test rows, which had no part in the training: {metric} {value}.", **words)]
    elif facts.part == "validation" and facts.is_ensemble and facts.metrics["repeats"]["kind"] == "folds":
        found = [
            say(
                "On {count:,} rows, each predicted by the network that did not learn from it (its epoch was chosen by "
                "them, so a little too good): {metric} {value}.",
                **words,
            )
        ]
    elif facts.part == "validation":
        found = [
            say(
                "On {count:,} validation rows, by which the epoch was chosen (so a little too good): {metric} {value}.",
                **words,
            )
        ]
    else:
        found = [
            say("On the {count:,} rows that it learnt from, which says little of new rows: {metric} {value}.", **words)
        ]
    found.extend(_compared(facts, metric, value, ends))
    if facts.metrics[facts.part].get("accuracy") == 1 and count >= 10:
        found.append(
            say(
                "No row is predicted wrongly. With {count:,} rows that still allows up to {share} % of errors among "
                "new ones (the rule of three).",
                count=count,
                share=short(300 / count, 2),
            )
        )
    return found


def _compared(facts: Facts, metric: str, value: float, ends: Optional[Sequence[float]]) -> List[str]:
    """What the best baseline says of the headline."""
    sign = 1 if metric not in METRICS or METRICS[metric].more_is_better else -1
    rivals = {name: scores[metric] for name, scores in _baselines(facts).items() if metric in scores}
    if not rivals:
        return []
    best = max(rivals, key=lambda name: sign * rivals[name])
    words = {"baseline": baseline_title(best), "other": short(rivals[best], 3)}
    if ends is not None and ends[0] <= rivals[best] <= ends[1]:
        return [
            say(
                "The best baseline, {baseline}, has {other}, which lies within that interval: no clear difference.",
                **words,
            )
        ]
    if value == rivals[best]:
        return [say("The best baseline, {baseline}, has the same.", **words)]
    if sign * value > sign * rivals[best]:
        return [say("That is better than the best baseline: {baseline} has {other}.", **words)]
    return [say("That is worse than the best baseline: {baseline} has {other}.", **words)]


def _chart(facts: Facts, metric: str, tell: Tell) -> Chart:
    rows = [Estimate(tell(_itself(facts)), facts.metrics[facts.part][metric], _ends(facts, metric))]
    rows += [
        Estimate(tell(baseline_title(name)), scores[metric])
        for name, scores in _baselines(facts).items()
        if metric in scores
    ]
    label = say("{metric} of the network and of the baselines", metric=title_of(metric))
    return Chart(label, estimates(tell(label), rows, tell(_direction(metric))))


def _itself(facts: Facts) -> str:
    return say("this ensemble") if facts.is_ensemble else say("this network")


def _direction(metric: str) -> str:
    words = {"metric": title_of(metric)}
    return (
        say("{metric} (more is better)", **words)
        if METRICS[metric].more_is_better
        else say("{metric} (less is better)", **words)
    )


def _against_baselines(facts: Facts) -> Table:
    rivals = _baselines(facts)
    scores = facts.metrics[facts.part]
    ends = {metric: _ends(facts, metric) for metric in scores}
    with_ends = any(each is not None for each in ends.values())
    rows = []
    for metric, value in scores.items():
        sign = 1 if metric not in METRICS or METRICS[metric].more_is_better else -1
        values = [value, *(each.get(metric, float("nan")) for each in rivals.values())]
        best = max(sign * each for each in values if each == each)
        cells = [number(each)._replace(mark="best" if sign * each == best else "") for each in values]
        if with_ends:
            found = ends[metric]
            cells.insert(1, Cell("") if found is None else Cell(interval(found), found[0]))
        rows.append([Cell(title_of(metric)), *cells])
    titles = [_itself(facts), *([say("95 % interval")] if with_ends else []), *map(baseline_title, rivals)]
    note = say(
        "The interval is that of a bootstrap over the judged rows: how much the score could have differed with other "
        "rows of the same kind. It knows nothing of rows of another kind."
    )
    return Table(
        say("Scores on the {part} rows; the best of each line is marked", part=PARTS[facts.part]),
        [Column(say("score")), *(Column(title, True) for title in titles)],
        rows,
        note=note if with_ends else "",
    )


def _parts(facts: Facts) -> Table:
    parts = [part for part in PARTS if part in facts.metrics]
    names = list(dict.fromkeys(name for part in parts for name in facts.metrics[part]))
    rows = [
        [Cell(title_of(name)), *(number(facts.metrics[part].get(name, float("nan"))) for part in parts)]
        for name in names
    ]
    return Table(
        say("The same network on every part of the table"),
        [Column(say("score")), *(Column(PARTS[part], True) for part in parts)],
        rows,
        note=say("Scores much better on the training rows than elsewhere would mean that it knows those by heart.")
        if len(parts) > 1
        else "",
    )


def trainings(facts: Facts) -> List[Table]:
    """Of a training that was repeated, each of them and their spread."""
    repeats = facts.metrics.get("repeats")
    if not repeats:
        return []
    part = "validation" if repeats["kind"] == "folds" else facts.part
    names = [name for name in repeats["mean"].get(part, {}) if name != "median_absolute_error"]
    rows = []
    for position, member in enumerate(repeats["members"], 1):
        name = (
            say("fold {number}", number=position)
            if repeats["kind"] == "folds"
            else say("seed {number}", number=member["seed"])
        )
        kept = position == repeats["kept"]
        cells = [number(member.get(part, {}).get(metric, float("nan"))) for metric in names]
        rows.append([Cell(say("{name} (kept)", name=name) if kept else name, position), *cells])
    mean = [number(repeats["mean"][part][metric])._replace(mark="best") for metric in names]
    spread = [number(repeats["std"].get(part, {}).get(metric, float("nan")), 2) for metric in names]
    rows += [[Cell(say("mean"), 1e9), *mean], [Cell(say("standard deviation"), 2e9), *spread]]
    return [
        Table(
            say("Each of the {count} trainings, on its {part} rows", count=len(repeats["members"]), part=PARTS[part]),
            [Column(say("training")), *(Column(title_of(metric), True) for metric in names)],
            rows,
            is_sortable=True,
        )
    ]
