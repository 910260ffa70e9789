"""Scoring predictions on whole parts of a table, for training and for ``fcnn evaluate`` alike."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

import numpy as np

from fcnn.data.target import Target
from fcnn.evaluation.metrics import classification_metrics, confusion, per_class, regression_metrics
from fcnn.inference.model import class_probabilities


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

    @property
    def probabilities(self) -> np.ndarray:
        """(rows, classes) float64."""
        return class_probabilities(self.output)

    @property
    def predicted(self) -> np.ndarray:
        """(rows,) int codes, or float64 in the target's own unit."""
        if self.target.task == "regression":
            return self.target.unscale(self.output[:, 0])
        return self.probabilities.argmax(axis=1)

    def metrics(self) -> Dict[str, float]:
        """Metric -> number, computed by scikit-learn over all rows."""
        if self.target.task == "regression":
            return regression_metrics(self.truth, self.predicted, self.weight)
        return classification_metrics(self.truth, self.probabilities, self.target.classes, self.weight)

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

    def plots(self, folder: Path) -> List[Path]:
        """Draw what the task has: confusion matrix, ROC, precision-recall; or predicted against true, residuals."""
        from fcnn.report.plots import classification_plots, regression_plots  # late: matplotlib

        if self.target.task == "regression":
            return regression_plots(folder, self.truth, self.predicted, self.target.name)
        return classification_plots(folder, self.truth, self.probabilities, self.target.classes)


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
