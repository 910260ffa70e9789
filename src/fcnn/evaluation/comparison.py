"""Is the network worth its trouble? Its scores against those of the baselines on the same rows."""

from math import sqrt
from typing import List, Mapping, Optional

from fcnn.errors import Problem

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
NOTHING_LEARNT = (
    "see whether the columns say anything about the target, then try more epochs or another "
    "training.optimizer.learning_rate (ten times higher, ten times lower)"
)


def no_better_than_baseline(
    task: str, split: str, metrics: Scores, baselines: Mapping[str, Scores], rows: Optional[int] = None
) -> List[Problem]:
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
) -> List[Problem]:
    accuracy = own.get("accuracy")
    if accuracy is None:
        return []
    # Class weights lower the accuracy on purpose; a ROC AUC above chance shows that something was learnt.
    if accuracy <= majority.get("accuracy", -1.0) and own.get("roc_auc", 0.0) <= CHANCE_AUC:
        ranking = f", ROC AUC {own['roc_auc']:.3f} against 0.500" if "roc_auc" in own else ""
        message = (
            f"the network is no better than always answering the most frequent class: {split} accuracy "
            f"{accuracy:.3f} against {majority['accuracy']:.3f}{ranking}"
        )
        return [Problem(message, hint=NOTHING_LEARNT, severity="warning")]
    name = "roc_auc" if "roc_auc" in own and "roc_auc" in linear else "accuracy"
    if name not in linear:
        return []
    # Two standard errors of a share of so many rows; for a ROC AUC it is a rough guide.
    chance = 2 * sqrt(max(linear[name] * (1 - linear[name]), 0.0) / rows)
    label = "ROC AUC" if name == "roc_auc" else "accuracy"
    return _linear(
        "logistic regression",
        f"{split} {label} {own[name]:.3f} against {linear[name]:.3f}",
        no_better=own[name] <= linear[name] < 1.0,
        worse=own[name] < linear[name] - max(chance, LEAST_GAP),
    )


def _numbers(
    split: str, own: Mapping[str, float], mean: Mapping[str, float], ridge: Mapping[str, float]
) -> List[Problem]:
    rmse = own.get("rmse")
    if rmse is None:
        return []
    if "rmse" in mean and rmse > MEAN_RMSE * mean["rmse"]:
        fit = f", R2 {own['r2']:.3f}" if "r2" in own else ""
        message = (
            f"the network is no better than always answering the mean: {split} RMSE {rmse:.4g} against "
            f"{mean['rmse']:.4g}{fit}"
        )
        return [Problem(message, hint=NOTHING_LEARNT, severity="warning")]
    if "rmse" not in ridge:
        return []
    return _linear(
        "ridge regression",
        f"{split} RMSE {rmse:.4g} against {ridge['rmse']:.4g}",
        no_better=rmse >= ridge["rmse"] > 0,
        worse=rmse > RIDGE_RMSE * ridge["rmse"],
    )


def _linear(model: str, evidence: str, no_better: bool, worse: bool) -> List[Problem]:
    if worse:
        hint = "a linear model suits these rows better: try fewer units, or network.layers.0.l2=1e-3"
        return [Problem(f"the network does worse than {model}: {evidence}", hint=hint, severity="warning")]
    if no_better:
        hint = "nothing is wrong, but a linear model does as well; `layers: []` trains one"
        return [Problem(f"the network is no better than {model}: {evidence}", hint=hint, severity="note")]
    return []
