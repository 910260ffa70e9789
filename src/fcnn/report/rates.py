"""ROC curves and precision-recall curves: what a classifier's probabilities are worth at every threshold."""

from typing import Any, Callable, Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
from matplotlib.axes import Axes
from sklearn import metrics as scores

from fcnn.report import style
from fcnn.report.names import Names

SEPARATE = 10
"""Up to so many classes, each has a curve of its own; more would be a rainbow that nobody can read."""
WORST = 5
"""Of more classes, so many of the worst are drawn and named."""
VERTICES = 1500
"""Points of a drawn curve: more cannot be seen at this size, and Agg fails on lines of some 100,000."""
GRID = np.linspace(0.0, 1.0, 501)
"""Where the curves of several classes are averaged."""


class Curve(NamedTuple):
    """One class against the rest."""

    code: int
    horizontal: np.ndarray  # (points,) ascending: false positive rate, or recall
    vertical: np.ndarray  # (points,) true positive rate, or precision
    area: float  # ROC AUC, or average precision


def roc_curves(y_true: np.ndarray, probabilities: np.ndarray, class_names: Sequence[str], path: style.PathLike) -> None:
    """Draw `figure_of_roc_curves` into a PNG file."""
    style.save(figure_of_roc_curves(y_true, probabilities, class_names), path)


def figure_of_roc_curves(y_true: np.ndarray, probabilities: np.ndarray, class_names: Sequence[str]) -> style.Picture:
    """Draw the true positive rate against the false positive rate over all thresholds.

    Args:
        y_true: (rows,) int, the codes of the true classes.
        probabilities: (rows, classes) float.
        class_names: the names in code order. With two, the curve is that of code 1; with more, of each
            against the rest, and their mean; above 10, the mean, the middle 80 % and the worst five. A class
            that has no rows, or all of them, has no curve.
    """
    curves, absent = _curves(y_true, probabilities, _roc)
    names = Names(class_names)
    with style.drawing(names.families):
        picture, axes = _square(names, "ROC")
        axes.set_xlabel("false positive rate: share of the other rows that is flagged")
        axes.set_ylabel("true positive rate: share of the class that is found")
        axes.plot([0, 1], [0, 1], color=style.GREY, linewidth=1, linestyle=style.DOTTED, label="guessing: 0.500")
        _draw_curves(axes, curves, absent, names.texts, steps=False)
        if len(names.texts) == 2 and curves:
            found = probabilities[:, 1] > probabilities[:, 0]
            positive = np.asarray(y_true) == 1
            _mark_half(axes, float(found[~positive].mean()), float(found[positive].mean()))
        _legend(axes, len(names.texts), f"area under the curve (AUC){_choice(curves)}")
    return picture


def precision_recall_curves(
    y_true: np.ndarray, probabilities: np.ndarray, class_names: Sequence[str], path: style.PathLike
) -> None:
    """Draw `figure_of_precision_recall_curves` into a PNG file."""
    style.save(figure_of_precision_recall_curves(y_true, probabilities, class_names), path)


def figure_of_precision_recall_curves(
    y_true: np.ndarray, probabilities: np.ndarray, class_names: Sequence[str]
) -> style.Picture:
    """Draw precision against recall over all thresholds; arguments as for `figure_of_roc_curves`."""
    curves, absent = _curves(y_true, probabilities, _precision_recall)
    names = Names(class_names)
    with style.drawing(names.families):
        picture, axes = _square(names, "Precision and recall")
        axes.set_xlabel("recall: share of the class that is found")
        axes.set_ylabel("precision: share of the flagged rows that is right")
        positive, found = np.asarray(y_true) == 1, probabilities[:, 1] > probabilities[:, 0]
        share = float(positive.mean())
        if len(names.texts) == 2 and curves:
            axes.plot(
                [0, 1], [share, share], color=style.GREY, linewidth=1, linestyle=style.DOTTED,
                label=f"guessing: {share:.3f}",
            )  # fmt: skip
        _draw_curves(axes, curves, absent, names.texts, steps=True)
        if len(names.texts) == 2 and curves and found.any():
            _mark_half(axes, float(found[positive].mean()), float(positive[found].mean()))
        _legend(axes, len(names.texts), f"average precision (AP){_choice(curves)}", below=share)
    return picture


def _curves(
    y_true: np.ndarray, probabilities: np.ndarray, compute: Callable[[np.ndarray, np.ndarray, int], Curve]
) -> Tuple[List[Curve], List[int]]:
    """The curve of each class that has some rows and not all, and the codes of the other classes."""
    curves, absent = [], []
    for code in [1] if probabilities.shape[1] == 2 else range(probabilities.shape[1]):
        positive = np.asarray(y_true) == code
        if positive.any() and not positive.all():
            curves.append(compute(positive, np.asarray(probabilities[:, code], np.float64), code))
        else:
            absent.append(code)
    return curves, absent


def _roc(positive: np.ndarray, score: np.ndarray, code: int) -> Curve:
    false_rate, true_rate, _ = scores.roc_curve(positive, score)
    return Curve(code, false_rate, true_rate, float(scores.roc_auc_score(positive, score)))


def _precision_recall(positive: np.ndarray, score: np.ndarray, code: int) -> Curve:
    precision, recall, _ = scores.precision_recall_curve(positive, score)
    return Curve(code, recall[::-1], precision[::-1], float(scores.average_precision_score(positive, score)))


def _square(names: Names, title: str) -> Tuple[style.Picture, Axes]:
    two = len(names.texts) == 2
    picture = style.Picture(5.6 if two else 8.2, 5.7, names.families, trimmed=True)
    axes = picture.add_subplot(1, 1, 1)
    axes.set_title(f"{title}: positive class {names.texts[1]}" if two else f"{title}: each class against the rest")
    axes.set_aspect("equal")
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    return picture, axes


def _legend(axes: Axes, classes: int, title: str, below: float = 0.0) -> None:
    """Explain the lines: many beside the axes, few in the corner that a good curve leaves free."""
    look: Dict[str, Any] = {"title": title, "frameon": True, "framealpha": 0.9, "edgecolor": "none"}
    if classes > 2:
        axes.legend(loc="upper left", title=title, bbox_to_anchor=(1.01, 1.0), borderaxespad=0.0)
    elif "AUC" in title:
        axes.legend(loc="lower right", **look)
    else:
        # Above the line of guessing, where that lies low.
        axes.legend(loc="lower left", bbox_to_anchor=(0.0, below + 0.02 if below < 0.3 else 0.0), **look)


def _choice(curves: Sequence[Curve]) -> str:
    """Say, where there are many classes, that only some are drawn."""
    return f"\nthe worst {WORST} of {len(curves)} classes" if len(curves) > SEPARATE else ""


def _mark_half(axes: Axes, horizontal: float, vertical: float) -> None:
    """Mark what the class that is answered, the more probable one, amounts to."""
    axes.plot(
        [horizontal], [vertical], linestyle="none", marker="o", markersize=7, markerfacecolor="white",
        markeredgecolor=style.BLUE, markeredgewidth=1.8, zorder=5, label="at probability 0.5",
    )  # fmt: skip


def _draw_curves(axes: Axes, curves: Sequence[Curve], absent: Sequence[int], names: Sequence[str], steps: bool) -> None:
    """Draw one curve; or one a class and their mean; or mean, band and the worst classes."""
    shape = "steps-pre" if steps else "default"  # precision between two points is that of the right one
    shown = sorted(curves, key=lambda curve: curve.area)[:WORST] if len(curves) > SEPARATE else curves
    heights = np.stack([_at_grid(curve, steps) for curve in curves]) if curves else np.zeros((0, len(GRID)))
    if len(curves) > SEPARATE:
        low, high = np.quantile(heights, [0.1, 0.9], axis=0)
        axes.fill_between(GRID, low, high, color=style.SKY, alpha=0.35, linewidth=0, label="middle 80 % of the classes")
    for position, curve in enumerate(shown):
        axes.plot(
            *_thin(curve), drawstyle=shape, linewidth=2.0 if len(names) == 2 else 1.3,
            color=style.COLOURS[position % 6], linestyle=style.DASHES[position % 5],
            label=f"{names[curve.code]}: {curve.area:.3f}",
        )  # fmt: skip
    if len(curves) > 1:
        mean = float(np.mean([curve.area for curve in curves]))
        label = f"mean of {len(curves)} classes: {mean:.3f}"
        axes.plot(GRID, heights.mean(axis=0), color=style.INK, linewidth=2.4, label=label)
    if absent:
        some = ", ".join(names[code] for code in absent[:2]) + (", ..." if len(absent) > 2 else "")
        axes.plot([], [], linestyle="none", label=f"without rows: {some}")


def _at_grid(curve: Curve, steps: bool) -> np.ndarray:
    """(501,) heights at the shared grid: linear between points or, in steps, that of the next one."""
    if not steps:
        return np.asarray(np.interp(GRID, curve.horizontal, curve.vertical))
    following = np.searchsorted(curve.horizontal, GRID)
    return np.asarray(curve.vertical[np.minimum(following, len(curve.vertical) - 1)])


def _thin(curve: Curve) -> Tuple[np.ndarray, np.ndarray]:
    """The curve with at most some 1,500 points, evenly along its length."""
    horizontal, vertical = curve.horizontal, curve.vertical
    if len(horizontal) <= VERTICES:
        return horizontal, vertical
    length = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(horizontal)) + np.abs(np.diff(vertical)))])
    wanted = np.searchsorted(length, np.linspace(0.0, length[-1], VERTICES))
    kept = np.unique(np.append(np.minimum(wanted, len(length) - 1), len(length) - 1))
    return horizontal[kept], vertical[kept]
