"""All plots of a run, from one place: each function takes plain arrays and the path of a PNG file."""

from pathlib import Path
from typing import List, Mapping, Optional, Sequence

import numpy as np

from fcnn.report.confusion import confusion_matrix
from fcnn.report.curves import learning_curves
from fcnn.report.diagnostics import layer_diagnostics
from fcnn.report.diagram import network_diagram
from fcnn.report.importance import importance
from fcnn.report.members import member_scores
from fcnn.report.names import missing_font_note
from fcnn.report.neurons import neurons
from fcnn.report.overlay import overlaid_curves
from fcnn.report.rates import precision_recall_curves, roc_curves
from fcnn.report.regression import predicted_against_true, residuals
from fcnn.report.surface import decision_surface

__all__ = [
    "classification_plots",
    "confusion_matrix",
    "decision_surface",
    "importance",
    "layer_diagnostics",
    "learning_curves",
    "member_scores",
    "missing_font_note",
    "network_diagram",
    "neurons",
    "overlaid_curves",
    "precision_recall_curves",
    "predicted_against_true",
    "regression_plots",
    "residuals",
    "roc_curves",
]


def classification_plots(
    folder: Path,
    y_true: np.ndarray,
    probabilities: np.ndarray,
    class_names: Sequence[str],
    of: Optional[str] = None,
    weight: Optional[np.ndarray] = None,
    predicted: Optional[np.ndarray] = None,
) -> List[Path]:
    """Draw ``confusion_matrix.png``, ``roc.png`` and ``precision_recall.png`` into `folder`.

    Args:
        folder: an existing folder.
        y_true: (rows,) int, the codes of the true classes; at least one row.
        probabilities: (rows, classes) float, each row sums to 1.
        class_names: the names in code order.
        of: whose rows they are: ``train``, ``validation``, ``test``, or the name of a file.
        weight: (rows,) float, at least 0, of the rows; None counts every row once, as the confusion matrix always does.
        predicted: (rows,) int codes of the predicted classes; None: the likeliest ones.

    Returns:
        The files written.
    """
    from fcnn.evaluation.metrics import confusion  # late: scikit-learn, which not all pictures need

    files = [folder / "confusion_matrix.png", folder / "roc.png", folder / "precision_recall.png"]
    likeliest = probabilities.argmax(axis=1) if predicted is None else predicted
    matrix = confusion(y_true, likeliest, len(class_names))
    confusion_matrix(matrix, class_names, files[0], of, weighted=weight is not None)
    roc_curves(y_true, probabilities, class_names, files[1], of, weight)
    precision_recall_curves(y_true, probabilities, class_names, files[2], of, weight)
    return files


def regression_plots(
    folder: Path,
    y_true: np.ndarray,
    y_pred: np.ndarray,
    target: str,
    of: Optional[str] = None,
    scores: Optional[Mapping[str, float]] = None,
) -> List[Path]:
    """Draw ``predicted_against_true.png`` and ``residuals.png`` into `folder`.

    Args:
        folder: an existing folder.
        y_true: (rows,) float, in the target's own units; at least one row.
        y_pred: (rows,) float, in the target's own units.
        target: the target column's name.
        of: whose rows they are: ``train``, ``validation``, ``test``, or the name of a file.
        scores: of these rows, ``r2`` and ``rmse`` among them.

    Returns:
        The files written.
    """
    files = [folder / "predicted_against_true.png", folder / "residuals.png"]
    predicted_against_true(y_true, y_pred, target, files[0], of, scores)
    residuals(y_true, y_pred, target, files[1], of)
    return files
