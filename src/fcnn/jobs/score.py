"""Scoring predictions on whole parts of a table, for training and for ``fcnn evaluate`` alike."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Dict, Mapping, NamedTuple, Optional, Sequence

import numpy as np

from fcnn.data.parts import Part
from fcnn.data.stored import StoredMatrix, take
from fcnn.data.target import Target
from fcnn.evaluation.bootstrap import Interval, classification_intervals, regression_intervals
from fcnn.evaluation.metrics import classification_metrics, confusion, per_class, regression_metrics
from fcnn.inference.model import class_probabilities
from fcnn.report.drawings import draw_answers
from fcnn.report.pictures import Pictures

SCORED_ROWS = 1_000_000
"""Rows of a part that are scored at most: the standard error of a share of them is 0.05 % or less."""
SCORED_CELLS = 100_000_000
"""Cells likewise, of a part that lies on the disk: 400 MB."""


@dataclass(frozen=True)
class Scored:
    """A part of a table with its predictions."""

    target: Target
    truth: np.ndarray
    """(rows,) int codes, or float64 in the target's own unit."""
    output: np.ndarray
    """(rows, units) float32, the network's output."""
    weight: Optional[np.ndarray] = None
    """(rows,) sample weights."""
    rows: Optional[np.ndarray] = None
    """(rows,) int64 positions in the table, of those of a training."""

    @property
    def probabilities(self) -> np.ndarray:
        """(rows, classes) float64; made anew: kept for each of many networks, they would be most of the memory."""
        return class_probabilities(self.output, self.target)

    @property
    def predicted(self) -> np.ndarray:
        """(rows,) int codes, or float64 in the target's own unit."""
        if self.target.task == "regression":
            return self.target.unscale(self.output[:, 0])
        return self.target.chosen(self.probabilities)

    @cached_property
    def metrics(self) -> Mapping[str, float]:
        """Metric -> number, computed by scikit-learn over all rows."""
        if self.target.task == "regression":
            return regression_metrics(self.truth, self.predicted, self.weight)
        probabilities = self.probabilities
        return classification_metrics(
            self.truth, probabilities, self.target.classes, self.weight, self.target.chosen(probabilities)
        )

    def confidence(self, seed: int) -> Dict[str, Interval]:
        """Metric -> the ends of its 95 % interval, by the bootstrap."""
        if self.target.task == "regression":
            return regression_intervals(self.truth, self.predicted, self.weight, self.metrics, seed)
        return classification_intervals(self.truth, self.probabilities, self.weight, self.metrics, seed, self.predicted)

    def details(self) -> Dict[str, Any]:
        """``per_class`` and ``confusion_matrix`` (rows true, columns predicted); empty for regression."""
        if self.target.task == "regression":
            return {}
        classes = self.target.classes
        return {
            "per_class": per_class(self.truth, self.predicted, classes, self.weight),
            "confusion_matrix": self.confusion().tolist(),
        }

    def confusion(self) -> np.ndarray:
        """(classes, classes) int, rows true, columns predicted."""
        return confusion(self.truth, self.predicted, len(self.target.classes))

    def draw(self, pictures: Pictures, folder: Path, of: Optional[str] = None) -> None:
        """Draw what the task has: confusion matrix, ROC, precision-recall; or predicted against true, residuals.

        Args:
            pictures: draws them, at the latest when it is finished.
            folder: an existing folder.
            of: whose rows they are: the name of a part, or of a file.
        """
        answers = self.predicted if self.target.task == "regression" else self.probabilities
        draw_answers(pictures, folder, self.target, self.truth, answers, of, self.weight, self.metrics)


def pooled(parts: Sequence[Scored]) -> Dict[str, float]:
    """Metric -> number over the rows of several parts together, each predicted by a network of its own."""
    target = parts[0].target
    truth = np.concatenate([part.truth for part in parts])
    weights = [part.weight for part in parts if part.weight is not None]
    weight = np.concatenate(weights) if weights else None
    if target.task == "regression":
        return regression_metrics(truth, np.concatenate([part.predicted for part in parts]), weight)
    probabilities = np.concatenate([part.probabilities for part in parts])
    return classification_metrics(truth, probabilities, target.classes, weight)


class Sample(NamedTuple):
    """Rows of a part that are scored, in memory."""

    x: np.ndarray
    """(rows, features) float32."""
    y_raw: np.ndarray
    """(rows,) int32 codes, or float64 in the target's own unit."""
    weight: Optional[np.ndarray]
    """(rows,) sample weights, or None."""
    rows: np.ndarray
    """(rows,) int64 positions in the table."""


def rows_to_score(part: Part, seed: int, most: Optional[int] = None) -> Sample:
    """All rows of a part, or, where it is very large, some of them chosen at random.

    Args:
        part: of the split.
        seed: equal ones choose equal rows.
        most: how many at most, where fewer are enough.
    """
    rows, features = part.x.shape
    most = SCORED_ROWS if most is None else most
    if isinstance(part.x, StoredMatrix):
        most = min(most, SCORED_CELLS // max(1, features))
    if rows <= most:
        x = part.x if isinstance(part.x, np.ndarray) else part.x.rows(0, rows)
        return Sample(x, part.y_raw, part.weight, part.rows)
    chosen = np.sort(np.random.default_rng(seed).choice(rows, most, replace=False, shuffle=False))
    weight = None if part.weight is None else part.weight[chosen]
    return Sample(take(part.x, chosen), part.y_raw[chosen], weight, part.rows[chosen])
