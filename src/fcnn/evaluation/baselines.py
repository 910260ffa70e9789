"""What the simplest models reach on the same rows, with the same metrics: the bar a network has to clear.

Classes: ``majority`` always answers the class shares of the training rows; ``logistic_regression`` is
scikit-learn's with its default penalty (C = 1). Numbers: ``mean`` always answers the training mean; ``ridge``
is linear regression whose penalty is chosen among powers of ten on the training rows alone.

They are a comparison, not the product, so their cost is bounded: of a table with more than 10 million cells a
random part of the rows is used for fitting, and the logistic regression stops after a bounded number of
steps. Tables of ordinary size reach neither bound.
"""

import warnings
from functools import partial
from typing import Any, Callable, Dict, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, Ridge, RidgeCV
from sklearn.model_selection import GridSearchCV

from fcnn.evaluation.metrics import classification_metrics, regression_metrics

Split = Tuple[np.ndarray, np.ndarray, Optional[np.ndarray]]
"""x (rows, columns) float32 as the network gets it; y (rows,) codes or numbers; weight (rows,) or None."""
Answer = Callable[[np.ndarray], np.ndarray]
"""From rows (rows, columns) to (rows, classes) float64 probabilities, or (rows,) float64 numbers."""

MOST_CELLS = 10_000_000
"""Cells (rows times columns) that a linear baseline is fitted on; 80 MB in float64."""
MOST_WORK = 1e10
"""Rows times columns times classes times steps of the logistic regression: about 5 s on one core."""
STEPS = (25, 300)
"""Fewest and most steps of the logistic regression. On standardised columns 5 to 60 are enough (measured)."""
LEAVE_ONE_OUT_WORK = 1e9
"""Rows times columns times the smaller of both, up to which ridge leaves out every row in turn: about 1 s.
Above it, three folds with an iterative solver cost less."""
PENALTIES = tuple(10.0**power for power in range(-2, 6))
"""Ridge's candidates for columns of unit variance: from next to none up to almost nothing but the mean."""


class Baselines(NamedTuple):
    """What baselines fitted on the same rows say of every split, and how good that is."""

    scores: Dict[str, Dict[str, Dict[str, float]]]
    """Baseline -> split -> metric -> number."""
    answers: Dict[str, Dict[str, np.ndarray]]
    """Baseline -> split -> (rows, classes) float64 probabilities, or (rows,) float64 numbers."""


def baselines(
    task: str,
    x_train: np.ndarray,
    y_train: np.ndarray,
    splits: Mapping[str, Split],
    class_names: Sequence[str] = (),
    weight_train: Optional[np.ndarray] = None,
    seed: int = 0,
) -> Baselines:
    """Fit the baselines on the training rows and score them on every split.

    Args:
        task: ``binary``, ``multiclass`` or ``regression``.
        x_train: (rows, columns) float32, standardised, as the network gets it.
        y_train: (rows,) class codes, or numbers in the target's own units.
        splits: name -> (x, y, weight or None), scored with the metrics of the network.
        class_names: the names in code order; empty for regression.
        weight_train: (rows,) float sample weights of the training rows, or None.
        seed: of the choice of rows, where a table is too large.

    Returns:
        Their scores and answers. The linear baseline is missing where it cannot be fitted: training rows of one class
        only, fewer than two rows, or no columns.

    Raises:
        ValueError: where no training row has weight.
    """
    if weight_train is not None:
        kept = np.asarray(weight_train) > 0
        x_train, y_train, weight_train = x_train[kept], y_train[kept], np.asarray(weight_train)[kept]
    if len(y_train) == 0:
        raise ValueError("expected training rows with a weight above 0, received none")
    if task == "regression":
        fitted = _regression(x_train, y_train, weight_train, seed)
    else:
        fitted = _classification(x_train, y_train, class_names, weight_train, seed)
    answers = {name: {split: answer(x) for split, (x, _, _) in splits.items()} for name, answer in fitted.items()}
    return Baselines(
        {
            name: {
                split: answer_metrics(task, truth, said[split], class_names, weight)
                for split, (_, truth, weight) in splits.items()
            }
            for name, said in answers.items()
        },
        answers,
    )


def answer_metrics(
    task: str, truth: np.ndarray, answers: np.ndarray, class_names: Sequence[str], weight: Optional[np.ndarray]
) -> Dict[str, float]:
    """The metrics of the network for what a baseline answers."""
    if task == "regression":
        return dict(regression_metrics(truth, answers, weight))
    return dict(classification_metrics(truth, answers, class_names, weight))


def _classification(
    x: np.ndarray, y: np.ndarray, class_names: Sequence[str], weight: Optional[np.ndarray], seed: int
) -> Dict[str, Answer]:
    majority = DummyClassifier(strategy="prior")
    models = {"majority": majority.fit(np.zeros((len(y), 1)), y, sample_weight=weight)}
    x_fit, y_fit, weight_fit = _rows_for_fitting(x, y, weight, seed)
    if x.shape[1] and len(np.unique(y_fit)) > 1:
        work = x_fit.size * (1 if len(class_names) == 2 else len(class_names))
        # lbfgs for every shape: it fits all classes at once in every scikit-learn, and was the fastest.
        model = LogisticRegression(solver="lbfgs", max_iter=int(np.clip(MOST_WORK / work, *STEPS)))
        with warnings.catch_warnings():
            # To stop early is what the bound on its steps asks for, and what the module's docstring says.
            warnings.simplefilter("ignore", ConvergenceWarning)
            models["logistic_regression"] = model.fit(x_fit, y_fit, sample_weight=weight_fit)
    return {name: partial(_probabilities, model, classes=len(class_names)) for name, model in models.items()}


def _probabilities(model: Any, x: np.ndarray, classes: int) -> np.ndarray:
    """Predict (rows, classes) float64; a class that was not among the training rows gets probability 0."""
    result = np.zeros((len(x), classes))
    if len(x):
        inputs = np.zeros((len(x), 1)) if isinstance(model, DummyClassifier) else x.astype(np.float64)
        result[:, np.asarray(model.classes_, np.int64)] = model.predict_proba(inputs)
    return result


def _regression(x: np.ndarray, y: np.ndarray, weight: Optional[np.ndarray], seed: int) -> Dict[str, Answer]:
    mean = float(np.average(y, weights=weight))
    result: Dict[str, Answer] = {"mean": lambda rows: np.full(len(rows), mean)}
    x_fit, y_fit, weight_fit = _rows_for_fitting(x, y, weight, seed)
    if x.shape[1] and len(y_fit) > 1:
        if x_fit.size * min(x_fit.shape) <= LEAVE_ONE_OUT_WORK:
            model = RidgeCV(alphas=PENALTIES)
        else:
            # Every second candidate: neighbours differ little where a fit is expensive.
            penalties = {"alpha": PENALTIES[::2]}
            model = GridSearchCV(Ridge(solver="lsqr"), penalties, scoring="neg_mean_squared_error", cv=3)
        result["ridge"] = partial(_numbers, model.fit(x_fit, y_fit, sample_weight=weight_fit))
    return result


def _numbers(model: Any, x: np.ndarray) -> np.ndarray:
    """Predict (rows,) float64; no rows are no error."""
    return np.asarray(model.predict(x.astype(np.float64))) if len(x) else np.zeros(0)


def _rows_for_fitting(
    x: np.ndarray, y: np.ndarray, weight: Optional[np.ndarray], seed: int
) -> Tuple[np.ndarray, np.ndarray, Optional[np.ndarray]]:
    """All rows, or a random part of them in file order where the table has too many cells; x in float64."""
    most = max(2, MOST_CELLS // max(1, x.shape[1]))
    if len(x) > most:
        rows = np.sort(np.random.RandomState(seed).choice(len(x), most, replace=False))
        x, y, weight = x[rows], y[rows], None if weight is None else weight[rows]
    return x.astype(np.float64), y, weight
