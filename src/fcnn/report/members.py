"""The scores of several trainings: a dot for each, their mean and its spread, the linear baseline."""

from typing import Any, List, Mapping, Optional, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from fcnn.report import style
from fcnn.report.language import label

METRICS = ("accuracy", "log_loss", "roc_auc", "rmse", "mae", "r2")
"""Those that are drawn, where they are there: at most three of one task."""
LINEAR = ("logistic_regression", "ridge")
NAMED_MEMBERS = 12
"""Up to so many members each has its name on the axis."""


def member_scores(repeats: Mapping[str, Any], part: str, path: style.PathLike) -> None:
    """Draw `figure_of_member_scores` into a PNG file."""
    style.save(figure_of_member_scores(repeats, part), path)


def figure_of_member_scores(repeats: Mapping[str, Any], part: str) -> style.Picture:
    """Draw a panel a metric.

    Args:
        repeats: of ``metrics.json``.
        part: whose scores are drawn.
    """
    metrics = [name for name in METRICS if name in repeats["mean"][part]]
    with style.drawing():
        picture = style.Picture(8.0, 3.2)
        grid = picture.add_gridspec(2, len(metrics), height_ratios=[0.12, 1.0])
        for position, name in enumerate(metrics):
            axes = picture.add_subplot(grid[1, position])
            axes.set_title(title_of(part, name))
            _draw_members(axes, repeats, [member[part][name] for member in repeats["members"]])
            _draw_lines(axes, repeats, part, name)
            axes.yaxis.set_major_locator(MaxNLocator(nbins=6, min_n_ticks=2))
            axes.yaxis.set_major_formatter(style.Numbers())
            axes.grid(visible=False, axis="x")
        handles, labels = picture.axes[0].get_legend_handles_labels()
        legend = picture.add_subplot(grid[0, :])  # axes of its own: matplotlib 3.4 leaves a figure's legend no room
        legend.axis("off")
        legend.legend(handles, labels, loc="center", ncol=len(labels), borderaxespad=0.0)
    return picture


def title_of(part: str, metric: str) -> str:
    """What a panel shows: ``test RMSE``."""
    names = {
        "accuracy": label("accuracy"),
        "log_loss": label("log loss"),
        "roc_auc": label("ROC AUC"),
        "rmse": label("RMSE"),
        "mae": label("mean absolute error"),
        "r2": label("R2"),
    }
    templates = {
        "train": label("train {metric}", metric=names[metric]),
        "validation": label("validation {metric}", metric=names[metric]),
        "test": label("test {metric}", metric=names[metric]),
    }
    return templates[part]


def _draw_members(axes: Axes, repeats: Mapping[str, Any], values: Sequence[float]) -> None:
    """Draw a dot for each member, with a ring around the one that is kept."""
    folds = repeats["kind"] == "folds"
    names: List[str] = [str(number if folds else member["seed"]) for number, member in enumerate(repeats["members"], 1)]
    kept = repeats["kept"] - 1
    axes.plot(range(len(values)), values, linestyle="none", marker="o", markersize=5, color=style.BLUE, zorder=4)
    axes.plot(
        [kept], [values[kept]], linestyle="none", marker="o", markersize=9, zorder=5,
        markerfacecolor="none", markeredgecolor=style.VERMILLION, markeredgewidth=2, label=label("kept"),
    )  # fmt: skip
    axes.set_xlim(-0.6, len(values) - 0.4)
    axes.set_xlabel(label("fold") if folds else label("seed"))
    ticks = range(len(values)) if len(values) <= NAMED_MEMBERS else (0, len(values) - 1)
    axes.set_xticks(list(ticks))
    axes.set_xticklabels([names[tick] for tick in ticks])


def _draw_lines(axes: Axes, repeats: Mapping[str, Any], part: str, metric: str) -> None:
    """Draw the mean, a band of one standard deviation on both sides, and the linear baseline."""
    mean: float = repeats["mean"][part][metric]
    std: Optional[float] = repeats["std"].get(part, {}).get(metric)
    axes.axhline(mean, color=style.BLUE, linewidth=1.2, label=label("mean"))
    if std is not None:
        spread = label("one standard deviation")
        axes.axhspan(mean - std, mean + std, color=style.SKY, alpha=0.25, linewidth=0, label=spread)
    for name in LINEAR:
        value = repeats["baselines"].get(name, {}).get(part, {}).get(metric)
        if value is not None:
            linear = label("logistic regression") if name == "logistic_regression" else label("ridge")
            axes.axhline(value, color=style.GREY, linewidth=1.2, linestyle=style.DASHED, label=linear)
