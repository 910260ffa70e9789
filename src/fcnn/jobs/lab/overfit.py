"""What learning by heart looks like, and what helps against it."""

from functools import partial
from typing import List, Sequence, Tuple

import numpy as np

from fcnn.jobs.lab.bench import Arrays, Bench, Trial
from fcnn.jobs.lab.drawing import Sheet, draw_map, look
from fcnn.jobs.lab.experiment import Data, Experiment, Row, Seen, number
from fcnn.jobs.lab.layers import stack
from fcnn.jobs.lab.tables import moons, texts
from fcnn.report.style import DOTTED, GREY
from fcnn.wording import say

CONFIG = """\
data:
  path: data.csv
  target: moon
  split: {validation: 0.2, test: 0.7}    # 100 of 1,000 rows train: too few for so many weights
network:
  layers:                                # try dropout: 0.5, l2: 0.01, or fewer units
    - {units: 64, activation: relu}
    - {units: 64, activation: relu}
training:
  epochs: 120                            # far too many, and none of them is left out:
  early_stopping: null
  batch_size: 16
  optimizer: {name: adam, learning_rate: 3e-3}
"""
HEART = "last epoch"
KEPT = "best epoch"
DROPOUT = "dropout 0.5, last epoch"
MORE = "5 times the rows, last epoch"


def _data() -> Data:
    points, moon = moons(1000, noise=0.35, seed=3)
    return Data(["x", "y", "moon"], [*points.T, texts(np.where(moon == 0, "upper", "lower"))])


def _run(bench: Bench) -> Seen:
    plain = bench.train()
    dropout = bench.train(stack(2, 64, activation="relu", dropout=0.5))
    more = bench.train("data.split.test=0.3")
    rows = [
        _row(HEART, plain, plain.end, len(plain.history["loss"])),
        _row(KEPT, plain, plain.kept, plain.best_epoch),
        _row(DROPOUT, dropout, dropout.end, len(dropout.history["loss"])),
        _row(MORE, more, more.end, len(more.history["loss"])),
    ]
    return Seen(rows, {"trial": plain})


def _row(name: str, trial: Trial, arrays: Arrays, epoch: int) -> Row:
    scores = {part: trial.metrics(part, arrays) for part in ("train", "validation", "test")}
    return {
        "network": name,
        "training rows": len(trial.rows("train").y),
        "epoch": epoch,
        "train loss": scores["train"]["log_loss"],
        "validation loss": scores["validation"]["log_loss"],
        "test loss": scores["test"]["log_loss"],
        "train accuracy": scores["train"]["accuracy"],
        "test accuracy": scores["test"]["accuracy"],
    }


def _conclude(rows: Sequence[Row]) -> Tuple[str, str, str]:
    by = {str(row["network"]): row for row in rows}
    heart, kept = by[HEART], by[KEPT]
    rises = number(heart, "validation loss") > number(kept, "validation loss")
    losses = {name: number(row, "test loss") for name, row in by.items()}
    helped = [losses[name] < losses[HEART] for name in (DROPOUT, MORE)]
    return (
        say(
            "from epoch {best} to {last} the training loss falls from {train:.3f} to {heart:.3f}, but that of "
            "validation rises from {low:.3f} to {high:.3f}: the network learns its rows by heart"
            if rises
            else "from epoch {best} to {last} the training loss goes from {train:.3f} to {heart:.3f}, that of "
            "validation from {low:.3f} to {high:.3f}: here nothing is learnt by heart",
            best=kept["epoch"],
            last=heart["epoch"],
            train=kept["train loss"],
            heart=heart["train loss"],
            low=kept["validation loss"],
            high=heart["validation loss"],
        ),
        say(
            "the epoch of the lowest validation loss, which fcnn keeps, has a test loss of {kept:.3f} and an accuracy "
            "of {accuracy:.3f}; the last one has {heart:.3f} and {worse:.3f}",
            kept=kept["test loss"],
            accuracy=kept["test accuracy"],
            heart=heart["test loss"],
            worse=heart["test accuracy"],
        ),
        say(
            "dropout and more rows help, too: after as many epochs the test loss is {dropout:.3f} with dropout and "
            "{more:.3f} with {rows} training rows in place of {few}"
            if all(helped)
            else "not all that is said to help did so here: after as many epochs the test loss is {dropout:.3f} with "
            "dropout and {more:.3f} with {rows} training rows in place of {few}",
            dropout=losses[DROPOUT],
            rows=by[MORE]["training rows"],
            few=kept["training rows"],
            more=losses[MORE],
        ),
    )


def _draw(seen: Seen, sheet: Sheet) -> None:
    curves, *maps = sheet.panels
    trial: Trial = seen.more["trial"]
    names: List[str] = [say("training loss"), say("validation loss")]
    for position, (column, name) in enumerate(zip(("loss", "val_loss"), names)):
        losses = trial.history[column]
        curves.plot(range(1, len(losses) + 1), losses, label=sheet.tell(name), **look(position))
    curves.axvline(trial.best_epoch, color=GREY, linewidth=1.2, linestyle=DOTTED)
    curves.set_ylim(bottom=0)
    curves.legend()
    sheet.label(curves, say("Loss; the dotted epoch is kept"), say("epoch"), say("loss"))
    part = trial.rows("train")
    titles = (say("Kept: epoch {epoch}", epoch=trial.best_epoch), say("Last: epoch {epoch}", epoch=len(losses)))
    for axes, title, arrays in zip(maps, titles, (trial.kept, trial.end)):
        draw_map(axes, part.x, part.y, partial(trial.probability, arrays=arrays))
        sheet.label(axes, title, say("x, with the training rows"), "y")


EXPERIMENT = Experiment(_data, CONFIG, _run, _conclude, _draw, panels=(3.8, 3.6, 3.6))
