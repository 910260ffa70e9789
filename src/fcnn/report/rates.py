"""ROC curves and precision-recall curves: what a classifier's probabilities are worth at every threshold."""

from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from matplotlib.axes import Axes
from sklearn import metrics as scores

from fcnn.report import style
from fcnn.report.language import label, rows_of
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


def roc_curves(
    y_true: np.ndarray,
    probabilities: np.ndarray,
    class_names: Sequence[str],
    path: style.PathLike,
    of: Optional[str] = None,
    weight: Optional[np.ndarray] = None,
) -> None:
    """Draw `figure_of_roc_curves` into a PNG file."""
    style.save(figure_of_roc_curves(y_true, probabilities, class_names, of, weight), path)


def figure_of_roc_curves(
    y_true: np.ndarray,
    probabilities: np.ndarray,
    class_names: Sequence[str],
    of: Optional[str] = None,
    weight: Optional[np.ndarray] = None,
) -> style.Picture:
    """Draw the true positive rate against the false positive rate over all thresholds.

    Args:
        y_true: (rows,) int, the codes of the true classes.
        probabilities: (rows, classes) float.
        class_names: the names in code order. With two, the curve is that of code 1; with more, of each
            against the rest, and their mean; above 10, the mean, the middle 80 % and the worst five. A class
            that has no rows, or all of them, has no curve.
        of: whose rows they are; see `rows_of`.
        weight: (rows,) float, at least 0; None counts every row once.
    """
    curves, absent = _curves(y_true, probabilities, weight, _roc)
    names = Names(class_names, of=of)
    with style.drawing(names.families):
        picture, axes = _square(names, label("ROC"), rows_of(len(y_true), names.of))
        axes.set_xlabel(label("false positive rate: share of the other rows that is flagged"))
        axes.set_ylabel(label("true positive rate: share of the class that is found"))
        _draw_guessing(axes, 0.0, 1.0, 0.5)
        _draw_curves(axes, curves, absent, names.texts, steps=False)
        if len(names.texts) == 2 and curves:
            positive, found = np.asarray(y_true) == 1, probabilities[:, 1] > probabilities[:, 0]
            _mark_half(axes, _share(found, ~positive, weight), _share(found, positive, weight))
        _legend(axes, len(names.texts), label("area under the curve (AUC)"), curves)
    return picture


def precision_recall_curves(
    y_true: np.ndarray,
    probabilities: np.ndarray,
    class_names: Sequence[str],
    path: style.PathLike,
    of: Optional[str] = None,
    weight: Optional[np.ndarray] = None,
) -> None:
    """Draw `figure_of_precision_recall_curves` into a PNG file."""
    style.save(figure_of_precision_recall_curves(y_true, probabilities, class_names, of, weight), path)


def figure_of_precision_recall_curves(
    y_true: np.ndarray,
    probabilities: np.ndarray,
    class_names: Sequence[str],
    of: Optional[str] = None,
    weight: Optional[np.ndarray] = None,
) -> style.Picture:
    """Draw precision against recall over all thresholds; arguments as for `figure_of_roc_curves`."""
    curves, absent = _curves(y_true, probabilities, weight, _precision_recall)
    names = Names(class_names, of=of)
    with style.drawing(names.families):
        picture, axes = _square(names, label("Precision and recall"), rows_of(len(y_true), names.of))
        axes.set_xlabel(label("recall: share of the class that is found"))
        axes.set_ylabel(label("precision: share of the flagged rows that is right"))
        positive, found = np.asarray(y_true) == 1, probabilities[:, 1] > probabilities[:, 0]
        share = _share(positive, np.ones(len(positive), dtype=bool), weight)
        if len(names.texts) == 2 and curves:
            _draw_guessing(axes, share, share, share)
        _draw_curves(axes, curves, absent, names.texts, steps=True)
        if len(names.texts) == 2 and curves and found.any():
            _mark_half(axes, _share(found, positive, weight), _share(positive, found, weight))
        _legend(axes, len(names.texts), label("average precision (AP)"), curves, guessing=share)
    return picture


def _curves(
    y_true: np.ndarray,
    probabilities: np.ndarray,
    weight: Optional[np.ndarray],
    compute: Callable[[np.ndarray, np.ndarray, int, Optional[np.ndarray]], Curve],
) -> Tuple[List[Curve], List[int]]:
    """The curve of each class that has some rows and not all, and the codes of the other classes."""
    curves, absent = [], []
    if weight is not None:  # a row of weight 0 is none
        y_true, probabilities, weight = y_true[weight > 0], probabilities[weight > 0], weight[weight > 0]
    for code in [1] if probabilities.shape[1] == 2 else range(probabilities.shape[1]):
        positive = np.asarray(y_true) == code
        if positive.any() and not positive.all():
            curves.append(compute(positive, np.asarray(probabilities[:, code], np.float64), code, weight))
        else:
            absent.append(code)
    return curves, absent


def _roc(positive: np.ndarray, score: np.ndarray, code: int, weight: Optional[np.ndarray]) -> Curve:
    false_rate, true_rate, _ = scores.roc_curve(positive, score, sample_weight=weight)
    return Curve(code, false_rate, true_rate, float(scores.roc_auc_score(positive, score, sample_weight=weight)))


def _precision_recall(positive: np.ndarray, score: np.ndarray, code: int, weight: Optional[np.ndarray]) -> Curve:
    precision, recall, _ = scores.precision_recall_curve(positive, score, sample_weight=weight)
    area = scores.average_precision_score(positive, score, sample_weight=weight)
    return Curve(code, recall[::-1], precision[::-1], float(area))


def _share(which: np.ndarray, among: np.ndarray, weight: Optional[np.ndarray]) -> float:
    """Which part of some rows, of which there is one at least, has a property; rows count by their weight."""
    counts = among.astype(np.float64) if weight is None else among * weight
    return float((counts * which).sum() / counts.sum())


def _square(names: Names, title: str, rows: str) -> Tuple[style.Picture, Axes]:
    two = len(names.texts) == 2
    picture = style.Picture(5.6 if two else 8.2, 5.7, names.families, trimmed=True)
    axes = picture.add_subplot(1, 1, 1)
    if two:
        full = label("{title}: positive class {name}", title=title, name=names.texts[1])
    else:
        full = label("{title}: each class against the rest", title=title)
    style.title(axes, full, rows)
    axes.set_aspect("equal")
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    return picture, axes


def _legend(axes: Axes, classes: int, title: str, curves: Sequence[Curve], guessing: Optional[float] = None) -> None:
    """Explain the lines: many beside the axes, few in the corner that a good curve leaves free.

    Args:
        axes: of the lines.
        classes: how many there are.
        title: what the numbers in the legend are.
        curves: one or many; of very many, only some are drawn.
        guessing: the height of the line of guessing, where that is level.
    """
    if len(curves) > SEPARATE:
        title += "\n" + label("the worst {some} of {count} classes", some=WORST, count=len(curves))
    look: Dict[str, Any] = {"title": title, "frameon": True, "framealpha": 0.9, "edgecolor": "none"}
    if classes > 2:
        axes.legend(loc="upper left", title=title, bbox_to_anchor=(1.01, 1.0), borderaxespad=0.0)
    elif guessing is None:
        axes.legend(loc="lower right", **look)
    else:
        # Above the line of guessing, where that lies low.
        axes.legend(loc="lower left", bbox_to_anchor=(0.0, guessing + 0.02 if guessing < 0.3 else 0.0), **look)


def _draw_guessing(axes: Axes, left: float, right: float, score: float) -> None:
    text = label("guessing: {score:.3f}", score=score)
    axes.plot([0, 1], [left, right], color=style.GREY, linewidth=1, linestyle=style.DOTTED, label=text)


def _mark_half(axes: Axes, horizontal: float, vertical: float) -> None:
    """Mark what the class that is answered, the more probable one, amounts to."""
    axes.plot(
        [horizontal], [vertical], linestyle="none", marker="o", markersize=7, markerfacecolor="white",
        markeredgecolor=style.BLUE, markeredgewidth=1.8, zorder=5, label=label("at probability 0.5"),
    )  # fmt: skip


def _draw_curves(axes: Axes, curves: Sequence[Curve], absent: Sequence[int], names: Sequence[str], steps: bool) -> None:
    """Draw one curve; or one a class and their mean; or mean, band and the worst classes."""
    shape = "steps-pre" if steps else "default"  # precision between two points is that of the right one
    shown = sorted(curves, key=lambda curve: curve.area)[:WORST] if len(curves) > SEPARATE else curves
    heights = np.stack([_at_grid(curve, steps) for curve in curves]) if curves else np.zeros((0, len(GRID)))
    if len(curves) > SEPARATE:
        low, high = np.quantile(heights, [0.1, 0.9], axis=0)
        text = label("middle 80 % of the classes")
        axes.fill_between(GRID, low, high, color=style.SKY, alpha=0.35, linewidth=0, label=text)
    for position, curve in enumerate(shown):
        axes.plot(
            *_thin(curve), drawstyle=shape, linewidth=2.0 if len(names) == 2 else 1.3,
            color=style.COLOURS[position % 6], linestyle=style.DASHES[position % 5],
            label=f"{names[curve.code]}: {curve.area:.3f}",
        )  # fmt: skip
    if len(curves) > 1:
        mean = float(np.mean([curve.area for curve in curves]))
        text = label("mean of {count} classes: {mean:.3f}", count=len(curves), mean=mean)
        axes.plot(GRID, heights.mean(axis=0), color=style.INK, linewidth=2.4, label=text)
    if absent:
        some = ", ".join(names[code] for code in absent[:2]) + (", ..." if len(absent) > 2 else "")
        axes.plot([], [], linestyle="none", label=label("without rows: {names}", names=some))


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
