"""What is drawn of a run, from plain facts: those of a training that ends, and those that the files of a run have."""

from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

import msgspec
import numpy as np

from fcnn.data.target import Target
from fcnn.evaluation.verdict import SPLITS
from fcnn.inference.network import Architecture
from fcnn.report.front import as_plain
from fcnn.report.pictures import Pictures
from fcnn.wording import say


def draw_training(
    pictures: Pictures,
    folder: Path,
    history: Mapping[str, Sequence[float]],
    best_epoch: int,
    diagnostics: Mapping[str, Sequence[Any]],
    architecture: Architecture,
    target: Target,
) -> None:
    """Draw how a network was trained, and what it is.

    Args:
        pictures: draws them, at the latest when it is finished.
        folder: of the pictures; it is made.
        history: columns of equal length, an entry an epoch.
        best_epoch: that was kept.
        diagnostics: the columns of ``diagnostics.csv``; empty where nothing was measured.
        architecture: the layers.
        target: what the network predicts.
    """
    folder.mkdir(exist_ok=True)  # a process that was killed may have begun
    pictures.draw("learning_curves", history=history, best_epoch=best_epoch, path=folder / "learning_curves.png")
    if diagnostics:
        pictures.draw("layer_diagnostics", columns=diagnostics, best_epoch=best_epoch, path=folder / "diagnostics.png")
    outputs = list(target.classes) or [target.name]
    layers = msgspec.to_builtins(architecture.layers)
    pictures.draw(
        "network_diagram",
        inputs=architecture.inputs,
        layers=layers,
        output_names=outputs,
        path=folder / "network.png",
        front=as_plain(architecture.front, architecture.inputs),
    )


def draw_members(pictures: Pictures, folder: Path, repeats: Mapping[str, Any], part: str) -> None:
    """Draw the scores of several trainings.

    Args:
        pictures: draws them, at the latest when it is finished.
        folder: of the pictures.
        repeats: what ``metrics.json`` has under that name.
        part: that counts; of folds it is the one that each of them holds out.
    """
    part = "validation" if repeats["kind"] == "folds" else part
    pictures.draw("member_scores", repeats=repeats, part=part, path=folder / "members.png")


def draw_answers(
    pictures: Pictures,
    folder: Path,
    target: Target,
    truth: np.ndarray,
    answers: np.ndarray,
    of: Optional[str],
    weight: Optional[np.ndarray],
    scores: Mapping[str, float],
) -> None:
    """Draw what the task has: confusion matrix, ROC, precision-recall; or predicted against true, residuals.

    Args:
        pictures: draws them, at the latest when it is finished.
        folder: an existing folder.
        target: what the network predicts.
        truth: (rows,) int codes, or float64 in the target's own unit.
        answers: (rows, classes) float64 probabilities, or (rows,) float64 in the target's own unit.
        of: whose rows they are: the name of a part, or of a file.
        weight: (rows,) sample weights.
        scores: metric -> number, of these rows.
    """
    rows = {"folder": folder, "y_true": truth, "of": of}
    if target.task == "regression":
        pictures.draw("regression_plots", y_pred=answers, target=target.name, scores=scores, **rows)
    else:
        names = target.classes
        own = {"predicted": target.chosen(answers)} if target.is_decided else {}
        pictures.draw("classification_plots", probabilities=answers, class_names=names, weight=weight, **own, **rows)


def rows_named(part: str, some: int, count: int) -> str:
    """So many of the rows of a part: ``the test rows``, ``5,000 of the 8,091 test rows``."""
    if some == count:
        return say("the {part} rows", part=SPLITS[part])
    return say("{some:,} of the {count:,} {part} rows", some=some, count=count, part=SPLITS[part])
