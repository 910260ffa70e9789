"""Is the network worth its trouble? Its scores against those of the baselines on the same rows."""

from math import sqrt
from typing import List, Mapping, Optional

from fcnn.evaluation.verdict import SPLITS, Verdict, plain_evidence, typed
from fcnn.wording import say

Scores = Mapping[str, Mapping[str, float]]
"""Split -> metric -> number."""

CHANCE_AUC = 0.52
"""A ROC AUC up to here is guessing (0.5) on a split of some hundred rows."""
MEAN_RMSE = 0.98
"""An RMSE above this share of the RMSE of always answering the mean is R2 < 0.04: nothing was learnt."""
RIDGE_RMSE = 1.05
"""An RMSE above this multiple of ridge's is clearly worse; less than that is noise on some hundred rows."""
LEAST_GAP = 0.01
"""A lower accuracy or ROC AUC than the linear model's counts from here on, however many rows there are."""
UNKNOWN_ROWS = 100
"""How many rows are assumed where the number is not given: a cautious guess."""
LINEAR_GAIN = 0.05
"""Of accuracy or R2 that a linear model must have over always answering the same, to be proposed in place of a network
that has learnt nothing."""
NO_LAYERS = "network.layers=[]"


def no_better_than_baseline(
    task: str, split: str, metrics: Scores, baselines: Mapping[str, Scores], rows: Optional[int] = None
) -> List[Verdict]:
    """Compare the network with always answering the same, and with a linear model.

    Args:
        task: ``binary``, ``multiclass`` or ``regression``.
        split: the judged split.
        metrics: split -> metric -> number, of the network.
        baselines: baseline -> split -> metric -> number.
        rows: of the judged split: they say how large a difference chance makes.

    Returns:
        At most one finding: a ``warning`` where nothing was learnt or the linear model is clearly better, a
        ``note`` where it does as well.
    """
    own = metrics.get(split, {})
    other = {name: scores[split] for name, scores in baselines.items() if scores.get(split)}
    if task == "regression":
        return _numbers(split, own, other.get("mean", {}), other.get("ridge", {}))
    majority, linear = other.get("majority", {}), other.get("logistic_regression", {})
    return _classes(split, own, majority, linear, rows or UNKNOWN_ROWS)


def _classes(
    split: str,
    own: Mapping[str, float],
    majority: Mapping[str, float],
    linear: Mapping[str, float],
    rows: int,
) -> List[Verdict]:
    accuracy = own.get("accuracy")
    if accuracy is None:
        return []
    # Class weights lower the accuracy on purpose; a ROC AUC above chance shows that something was learnt.
    if accuracy <= majority.get("accuracy", -1.0) and own.get("roc_auc", 0.0) <= CHANCE_AUC:
        ranking = say(", ROC AUC {own:.3f} against 0.500", own=own["roc_auc"]) if "roc_auc" in own else ""
        message = say(
            "the network is no better than always answering the most frequent class: {split} accuracy {own:.3f} "
            "against {other:.3f}{ranking}",
            split=SPLITS[split],
            own=accuracy,
            other=majority["accuracy"],
            ranking=ranking,
        )
        gain = linear.get("accuracy", 0.0) - majority["accuracy"]
        return [_nothing_learnt(message, gain, accuracy=accuracy, majority_accuracy=majority["accuracy"])]
    name = "roc_auc" if "roc_auc" in own and "roc_auc" in linear else "accuracy"
    if name not in linear:
        return []
    # Two standard errors of a share of so many rows; for a ROC AUC it is a rough guide.
    chance = 2 * sqrt(max(linear[name] * (1 - linear[name]), 0.0) / rows)
    figures = say(
        "{split} {metric} {own:.3f} against {other:.3f}",
        split=SPLITS[split],
        metric="ROC AUC" if name == "roc_auc" else say("accuracy"),
        own=own[name],
        other=linear[name],
    )
    return _linear(
        say("logistic regression"),
        figures,
        no_better=own[name] <= linear[name] < 1.0,
        worse=own[name] < linear[name] - max(chance, LEAST_GAP),
        evidence=plain_evidence(**{name: own[name], f"linear_{name}": linear[name]}),
    )


def _numbers(
    split: str, own: Mapping[str, float], mean: Mapping[str, float], ridge: Mapping[str, float]
) -> List[Verdict]:
    rmse = own.get("rmse")
    if rmse is None:
        return []
    if "rmse" in mean and rmse > MEAN_RMSE * mean["rmse"]:
        fit = say(", R2 {own:.3f}", own=own["r2"]) if "r2" in own else ""
        message = say(
            "the network is no better than always answering the mean: {split} RMSE {own:.4g} against {other:.4g}{fit}",
            split=SPLITS[split],
            own=rmse,
            other=mean["rmse"],
            fit=fit,
        )
        gain = 1 - (ridge["rmse"] / mean["rmse"]) ** 2 if "rmse" in ridge and mean["rmse"] else 0.0
        return [_nothing_learnt(message, gain, rmse=rmse, mean_rmse=mean["rmse"])]
    if "rmse" not in ridge:
        return []
    figures = say("{split} RMSE {own:.4g} against {other:.4g}", split=SPLITS[split], own=rmse, other=ridge["rmse"])
    return _linear(
        say("ridge regression"),
        figures,
        no_better=rmse >= ridge["rmse"] > 0,
        worse=rmse > RIDGE_RMSE * ridge["rmse"],
        evidence=plain_evidence(rmse=rmse, linear_rmse=ridge["rmse"]),
    )


def _nothing_learnt(message: str, gain: float, **evidence: float) -> Verdict:
    """The warning of a network that answers always the same; `gain` is that of a linear model over such answers."""
    hint: str = say("see whether the columns say anything about the target")
    remedy = (NO_LAYERS,) if gain >= LINEAR_GAIN else ()
    if remedy:
        hint = say("the columns do say something, as a linear model finds: {line}", line=typed(remedy))
    numbers = plain_evidence(**evidence)
    return Verdict(
        message, hint=hint, severity="warning", kind="no_better_than_baseline", remedy=remedy, evidence=numbers
    )


def _linear(model: str, figures: str, no_better: bool, worse: bool, evidence: Mapping[str, float]) -> List[Verdict]:
    remedy = (NO_LAYERS,)
    if worse:
        message = say("the network does worse than {model}: {figures}", model=model, figures=figures)
        hint = say("a linear model suits these rows better: {line}", line=typed(remedy))
        kind, severity = "worse_than_linear", "warning"
    elif no_better:
        message = say("the network is no better than {model}: {figures}", model=model, figures=figures)
        hint = say("nothing is wrong, but a linear model does as well: {line}", line=typed(remedy))
        kind, severity = "no_better_than_linear", "note"
    else:
        return []
    return [Verdict(message, hint=hint, severity=severity, kind=kind, remedy=remedy, evidence=evidence)]
