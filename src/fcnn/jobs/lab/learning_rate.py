"""Too small takes forever, too large never arrives."""

from typing import Any, Dict, List, Sequence, Tuple

from fcnn.jobs.lab.bench import Bench
from fcnn.jobs.lab.drawing import Sheet, look, powers
from fcnn.jobs.lab.experiment import Data, Experiment, Row, Seen, number
from fcnn.jobs.lab.layers import rate
from fcnn.report.style import DOTTED, GREY, VERMILLION
from fcnn.wording import say

RATES = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)
GOAL = 0.55
"""The training loss that is to be reached; 1 is what the mean of all rows would have."""
CONFIG = """\
data:
  path: data.csv
  target: progression
  task: regression
  split: {validation: 0.2, test: 0.2}
network:
  layers: [{units: 16, activation: tanh}]
training:
  epochs: 40
  batch_size: 16
  optimizer: {name: sgd, learning_rate: 0.01}   # try 0.0001, or 1
  early_stopping: null
"""


def _data() -> Data:
    from sklearn.datasets import load_diabetes

    bunch = load_diabetes(scaled=False)
    return Data([*bunch.feature_names, "progression"], [*bunch.data.T, bunch.target])


def _run(bench: Bench) -> Seen:
    rows: List[Row] = []
    curves: Dict[float, Sequence[float]] = {}
    for value in RATES:
        trial = bench.train(rate(value))
        losses = curves[value] = trial.history.get("loss", [])
        rows.append(
            {
                "learning rate": value,
                "epochs to the goal": next((epoch for epoch, loss in enumerate(losses, 1) if loss < GOAL), None),
                "last training loss": trial.last_loss,
                "lowest validation loss": None if trial.failed_epoch else min(trial.history["val_loss"]),
                "test r2": trial.score("test", "r2"),
                "not finite in epoch": trial.failed_epoch,
            }
        )
    return Seen(rows, {"curves": curves})


def _conclude(rows: Sequence[Row]) -> Tuple[str, str, str]:
    smallest, largest = rows[0], rows[-1]
    ended = [row for row in rows if row["not finite in epoch"] is None]
    fastest = min(
        ended, key=lambda row: number(row, "epochs to the goal") if row["epochs to the goal"] else float("inf")
    )
    best = min(ended, key=lambda row: number(row, "lowest validation loss"))
    slow = smallest["epochs to the goal"] is None
    return (
        say(
            "with {rate:g} the training loss is still {loss:.3f} after all epochs, with {other:g} it is below {goal} "
            "in epoch {epoch}: too small takes forever"
            if slow
            else "with {rate:g} the training loss is {loss:.3f} after all epochs, with {other:g} it is below {goal} "
            "in epoch {epoch}: here even the smallest is large enough",
            rate=smallest["learning rate"],
            loss=smallest["last training loss"],
            other=fastest["learning rate"],
            goal=GOAL,
            epoch=say("none") if fastest["epochs to the goal"] is None else fastest["epochs to the goal"],
        ),
        say(
            "with {rate:g} loss or weights are not finite any more in epoch {epoch}: every step goes too far, the "
            "next one further back",
            rate=largest["learning rate"],
            epoch=largest["not finite in epoch"],
        )
        if largest["not finite in epoch"] is not None
        else say(
            "with {rate:g} the training loss ends at {loss:.3f}: here even the largest arrives somewhere",
            rate=largest["learning rate"],
            loss=largest["last training loss"],
        ),
        say(
            "the lowest validation loss, {loss:.3f}, is that of {rate:g}, which explains {r2:.0%} of the variance of "
            "the test rows: between the two ends there is room, on a scale of powers of ten",
            loss=best["lowest validation loss"],
            rate=best["learning rate"],
            r2=best["test r2"],
        ),
    )


def _draw(seen: Seen, sheet: Sheet) -> None:
    by_epoch, by_rate = sheet.panels
    curves: Dict[float, Sequence[float]] = seen.more["curves"]
    for position, row in enumerate(seen.rows):
        losses = curves[number(row, "learning rate")]
        label = say(
            "{rate:g}" if row["not finite in epoch"] is None else "{rate:g}, not finite", rate=row["learning rate"]
        )
        by_epoch.plot(range(1, len(losses) + 1), losses, label=sheet.tell(label), **look(position))
    by_epoch.set_ylim(0, TOP)
    by_epoch.axhline(1, color=GREY, linewidth=1.0, linestyle=DOTTED)
    by_epoch.legend(ncol=3, loc="upper center", title=sheet.tell(say("learning rate")))
    ended = [row for row in seen.rows if row["not finite in epoch"] is None]
    for position, (column, name) in enumerate(LOSSES.items()):
        points: Any = [(number(row, "learning rate"), number(row, column)) for row in ended]
        by_rate.plot(*zip(*points), marker="o", label=sheet.tell(name), **look(position))
    for row in seen.rows:
        if row["not finite in epoch"] is not None:
            by_rate.axvspan(
                number(row, "learning rate") / 2, number(row, "learning rate") * 2, color=VERMILLION, alpha=0.18
            )
            by_rate.text(
                number(row, "learning rate"), 0.5, sheet.tell(say("not finite")), rotation=90, ha="center", va="center",
                transform=by_rate.get_xaxis_transform(),
            )  # fmt: skip
    powers(by_rate, x=True, y=False)
    by_rate.set_xlim(RATES[0] / 2, RATES[-1] * 2)
    by_rate.set_ylim(0, TOP)
    by_rate.legend(loc="lower left")
    sheet.label(by_epoch, say("Training, epoch by epoch"), say("epoch"), say("training loss (1: says the mean of all)"))
    sheet.label(by_rate, say("At the end"), say("learning rate"), say("loss"))


LOSSES = {"last training loss": say("training, last epoch"), "lowest validation loss": say("validation, best epoch")}
TOP = 1.5
EXPERIMENT = Experiment(_data, CONFIG, _run, _conclude, _draw, panels=(4.8, 4.8))
