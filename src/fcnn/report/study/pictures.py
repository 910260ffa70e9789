"""The pictures of a study: how the best came about, what matters, and the loss along each key."""

from typing import IO, Any, List, Mapping, Optional, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter, PercentFormatter

from fcnn.report import style
from fcnn.report.language import as_label, label
from fcnn.report.names import Names
from fcnn.report.study.facts import COMPLETE, FAILED, PRUNED, Key, Study, Trial
from fcnn.wording import say_many

MOST_SLICES = 12
"""Keys that are drawn, the first ones."""
ACROSS = 3
"""Panels in a row."""
KEY_WIDTH = 34
"""Columns of text of a key's name."""
LONGEST = 16
"""Characters of a choice below an axis."""
MOST_CHOICES = 8
"""Of one key; with more, their numbers stand below the axis."""
MUCH = 20.0
"""Times the lowest loss: from there on equal distances are equal factors."""
FEW = 4
"""Losses."""
BAR_HEIGHT = 0.3
"""Inches from bar to bar."""


def draw_history_into(study: Study, file: IO[bytes], texts: Mapping[str, str]) -> None:
    """Draw `figure_of_history` into an open file, in the language of `texts`."""
    with style.speaking(texts):
        style.write(figure_of_history(study), file)


def draw_importance_into(study: Study, file: IO[bytes], texts: Mapping[str, str]) -> None:
    """Draw `figure_of_key_importance` into an open file, in the language of `texts`."""
    with style.speaking(texts):
        style.write(figure_of_key_importance(study), file)


def draw_slices_into(study: Study, file: IO[bytes], texts: Mapping[str, str]) -> None:
    """Draw `figure_of_slices` into an open file, in the language of `texts`."""
    with style.speaking(texts):
        style.write(figure_of_slices(study), file)


def figure_of_history(study: Study) -> style.Picture:
    """Draw a dot for each trial, and a line of the best one so far."""
    with style.drawing():
        picture = style.Picture(8.0, 3.6)
        axes = picture.add_subplot(1, 1, 1)
        _dots(axes, study.trials, lambda trial: float(trial.number))
        best, numbers, losses = np.inf, [], []
        for trial in study.trials:
            if trial.state == COMPLETE and trial.loss is not None:
                best = min(best, trial.loss)
                numbers.append(trial.number)
                losses.append(best)
        axes.step(
            [*numbers, study.trials[-1].number], [*losses, best], where="post", color=style.VERMILLION,
            label=label("best so far"), zorder=2,
        )  # fmt: skip
        failed = [trial.number for trial in study.trials if trial.state == FAILED]
        bottom = _limit(axes, study.trials)
        if failed:
            axes.plot(failed, [bottom] * len(failed), linestyle="none", marker="|", markersize=9,
                      color=style.INK, label=label("failed"), clip_on=False)  # fmt: skip
        axes.set_xlabel(label("trial"))
        axes.set_ylabel(label("validation loss"))
        axes.xaxis.set_major_locator(MaxNLocator(nbins=10, integer=True))
        style.title(axes, label("How the best one was found"), _beyond(axes, study.trials))
        style.legend_above(axes, 4)
    return picture


def figure_of_key_importance(study: Study) -> style.Picture:
    """Draw a bar a key, the most important first."""
    shares, drawn = list(study.importance.values()), Names(study.importance, KEY_WIDTH)
    names = drawn.texts
    with style.drawing(drawn.families):
        picture = style.Picture(8.0, 1.0 + BAR_HEIGHT * len(names), drawn.families)
        axes = picture.add_subplot(1, 1, 1)
        axes.barh(np.arange(len(names)), shares, height=0.68, color=style.SKY)
        for place, share in enumerate(shares):
            axes.annotate(f"{share:.0%}", (share, place), (4, 0), textcoords="offset points", va="center", fontsize=8.5)
        axes.set_yticks(np.arange(len(names)))
        axes.set_yticklabels(names)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_xlim(0, max(0.1, max(shares) * 1.12))
        axes.grid(visible=False, axis="y")
        axes.spines["left"].set_visible(False)
        axes.set_title(label("Which keys matter"))
        axes.set_xlabel(label("share of the differences between complete trials"))
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    return picture


def figure_of_slices(study: Study) -> style.Picture:
    """Draw a panel a key: the loss of each trial over what it had there."""
    keys = study.keys[:MOST_SLICES]
    names = Names([text for key in keys for text in (key.name, *key.choices)], KEY_WIDTH)
    texts = iter(names.texts)
    with style.drawing(names.families):
        rows = -(-len(keys) // ACROSS)
        picture = style.Picture(8.6, 2.75 * rows + 0.3, names.families)
        grid = picture.add_gridspec(rows, ACROSS)
        for position, key in enumerate(keys):
            axes = picture.add_subplot(grid[position // ACROSS, position % ACROSS])
            _slice(axes, study, key, next(texts), [next(texts) for _ in key.choices])
            if position % ACROSS == 0:
                axes.set_ylabel(label("validation loss"))
    return picture


def _slice(axes: Axes, study: Study, key: Key, name: str, choices: Sequence[str]) -> None:
    """One panel; `name` and `choices` are those of the key, drawable."""

    def place(trial: Trial) -> Optional[float]:
        if key.choices:
            value = trial.values.get(key.name)
            return None if value is None else float(key.choices.index(value))
        return trial.numbers.get(key.name)

    with_key = [trial for trial in study.trials if place(trial) is not None]
    _dots(axes, with_key, place)
    best = study.best
    there = None if best is None else place(best)
    if best is not None and best.loss is not None and there is not None:
        axes.plot([there], [best.loss], linestyle="none", marker="o", markersize=10, markerfacecolor="none",
                  markeredgecolor=style.VERMILLION, markeredgewidth=1.8, zorder=5)  # fmt: skip
    _limit(axes, with_key)
    if key.choices:
        axes.set_xlim(-0.6, len(key.choices) - 0.4)
        axes.set_xticks(range(len(choices)))
        few = len(choices) <= MOST_CHOICES
        longest = max(map(len, choices))
        axes.set_xticklabels(
            [_short(text) if few else str(number) for number, text in enumerate(choices, 1)],
            rotation=35 if few and longest * len(choices) > 24 else 0,
            ha="right" if few and longest * len(choices) > 24 else "center",
        )
    elif key.log:
        axes.set_xscale("log")
        _log_numbers(axes.xaxis)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=4, min_n_ticks=2))
    axes.set_title(name, fontsize=8.5)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\u2026"


def _dots(axes: Axes, trials: Sequence[Trial], place: Any) -> None:
    for state, marker, colour, name in (
        (COMPLETE, "o", style.BLUE, label("complete")),
        (PRUNED, "x", style.GREY, label("pruned")),
    ):
        shown = [(place(trial), trial.loss) for trial in trials if trial.state == state and trial.loss is not None]
        if shown:
            axes.plot(
                [where for where, _ in shown], [loss for _, loss in shown], linestyle="none", marker=marker,
                markersize=5, color=colour, alpha=0.8, label=name, zorder=3,
            )  # fmt: skip


def _losses(trials: Sequence[Trial]) -> List[float]:
    return [trial.loss for trial in trials if trial.state in (COMPLETE, PRUNED) and trial.loss is not None]


def _limit(axes: Axes, trials: Sequence[Trial]) -> float:
    """Have the losses fill the axes, on a logarithmic scale where they differ much; gives the lower end."""
    losses = _losses(trials)
    low, high = min(losses, default=0.0), max(losses, default=1.0)
    if low > 0 and high / low > MUCH:
        axes.set_yscale("log")
        room = (high / low) ** 0.06
        axes.set_ylim(low / room, high * room)
        _log_numbers(axes.yaxis)
        return low / room
    if len(losses) >= FEW:  # those of a few bad trials would press all others together
        first, third = np.percentile(losses, [25, 75])
        high = min(high, third + 2.0 * (third - first))
    distance = 0.06 * (high - low) or max(abs(high), 1.0) * 0.05
    axes.set_ylim(low - distance, high + distance)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, min_n_ticks=2))
    axes.yaxis.set_major_formatter(style.Numbers())
    return low - distance


def _log_numbers(axis: Axis) -> None:
    """Have numbers along a logarithmic axis that everybody can read."""
    axis.set_major_locator(LogLocator(10.0, subs=(1.0, 3.0), numticks=6))
    axis.set_major_formatter(FuncFormatter(style.number))
    axis.set_minor_formatter(NullFormatter())


def _beyond(axes: Axes, trials: Sequence[Trial]) -> str:
    count = sum(loss > axes.get_ylim()[1] for loss in _losses(trials))
    return as_label(say_many(count, "1 trial lies above", "{count} trials lie above")) if count else ""
