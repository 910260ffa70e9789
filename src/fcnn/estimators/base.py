"""What both estimators share: from parameters and rows to a trained network, and from a run folder to an estimator."""

import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Type, TypeVar, Union

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from fcnn.data.column import Column
from fcnn.data.frames import label_frame
from fcnn.data.guess import Guess
from fcnn.data.target import Target
from fcnn.errors import ConfigError, DataError, Problem, RunError, did_you_mean
from fcnn.estimators.fitting import fit
from fcnn.estimators.given import Rows, rows_given, seed_given
from fcnn.estimators.parameters import config_of, in_words_of_estimators, parameters_of
from fcnn.inference.model import Predictor
from fcnn.runs.run import load
from fcnn.wording import say

ENOUGH_ROWS = 100
"""From so many rows on, ``early_stopping="auto"`` keeps some away from training."""
SELF = TypeVar("SELF", bound="NetworkEstimator")
UNMET = {
    "check_sample_weight_equivalence_on_dense_data": (
        "a row of weight 2 and two equal rows are not in the same batches: the networks are alike, not equal"
    )
}
"""What of scikit-learn's checks, from 1.6 on, no network that is trained on batches passes, and why."""
UNMET_OLD = {
    "check_sample_weights_invariance": "rows in another order, or beside rows of weight 0, are in other batches"
}
"""Likewise of those up to 1.5; where one batch has all rows, it is met."""


class DataWarning(UserWarning):
    """Something about the rows or the parameters is doubtful; it says what to do."""


class NetworkEstimator(BaseEstimator):
    """A fully connected network as an estimator of scikit-learn; see :class:`fcnn.FcnnClassifier`."""

    _TASKS: Tuple[str, ...] = ()
    """The tasks of runs that :meth:`load` takes."""

    def __init__(
        self,
        hidden_layers: Any = (64, 32),
        *,
        activation: Any = "relu",
        dropout: float = 0.0,
        batch_normalization: bool = False,
        l2: float = 0.0,
        optimizer: Any = "adam",
        learning_rate: Optional[float] = None,
        learning_rate_schedule: Any = None,
        loss: str = "auto",
        batch_size: Union[int, str] = "auto",
        epochs: int = 200,
        early_stopping: Union[bool, str] = "auto",
        patience: int = 20,
        validation_fraction: float = 0.15,
        clipnorm: Optional[float] = None,
        weight_averaging: Any = None,
        scaler: str = "standard",
        smooth_clip: Optional[float] = None,
        column_types: Any = None,
        compile: str = "auto",
        random_state: Any = None,
    ) -> None:
        """Keep the parameters; they are looked at when it is fitted."""
        self.hidden_layers = hidden_layers
        self.activation = activation
        self.dropout = dropout
        self.batch_normalization = batch_normalization
        self.l2 = l2
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.learning_rate_schedule = learning_rate_schedule
        self.loss = loss
        self.batch_size = batch_size
        self.epochs = epochs
        self.early_stopping = early_stopping
        self.patience = patience
        self.validation_fraction = validation_fraction
        self.clipnorm = clipnorm
        self.weight_averaging = weight_averaging
        self.scaler = scaler
        self.smooth_clip = smooth_clip
        self.column_types = column_types
        self.compile = compile
        self.random_state = random_state

    @classmethod
    def load(cls: Type[SELF], run: Union[str, Path], runs: Optional[Path] = None) -> SELF:
        """A fitted estimator from a run folder.

        It predicts as the run does, an ensemble with all of its networks, in NumPy, and takes frames with the columns
        that the run learnt from, in their order (``feature_names_in_``). Its parameters are those of the run's config:
        a clone of it, fitted, trains one such network again.

        Args:
            run: a run folder, the name of one below `runs`, or ``latest``.
            runs: the folder of run folders; ``runs`` below the current one where it is None.

        Raises:
            RunError: there is none, it is damaged, or it predicts something else than this estimator.
        """
        opened = load(run, runs)
        model, task = opened.predictor, opened.record.target.task
        if task not in cls._TASKS:
            other = "FcnnRegressor" if task == "regression" else "FcnnClassifier"
            hint = say("fcnn.{estimator}.load", estimator=other)
            raise RunError(Problem(say("this run is one of {task}", task=task), str(opened.folder), hint=hint))
        known = cls().get_params(deep=False)
        estimator = cls(**{name: value for name, value in parameters_of(opened.config).items() if name in known})
        names = [state.name for state in model.preprocessing.columns]
        estimator.feature_names_in_ = np.array(names, dtype=object)
        estimator.n_features_in_ = len(names)
        estimator._take(model, names, opened.history, int(opened.metrics["best_epoch"]))
        return estimator

    def _take(self, model: Predictor, names: Sequence[str], history: Dict[str, List[float]], best_epoch: int) -> None:
        """Become what was trained."""
        self.model_ = model
        self._column_names = list(names)
        self.history_ = history
        self.loss_curve_ = history["loss"]
        self.best_epoch_ = best_epoch
        self.n_iter_ = len(self.loss_curve_)

    def _fit(
        self,
        rows: Rows,
        labels: Column,
        target: Target,
        weight: Optional[np.ndarray],
        class_weight: Any = None,
    ) -> None:
        """Train.

        Args:
            rows: the features.
            labels: (rows,) the target.
            target: what is predicted; a quantity is not scaled yet.
            weight: (rows,) float64 sample weights, or None.
            class_weight: of the config.
        """
        names = list(rows.frame.columns)
        parameters = {**self.get_params(deep=False), "class_weight": class_weight}
        column_types = parameters["column_types"]
        _check_columns(column_types, names)
        guesses = None
        if rows.are_numbers and not column_types:
            guesses = {name: Guess("number", say("numbers")) for name in names}
        with as_value_errors():
            seed = seed_given(parameters["random_state"])
            loaded = config_of(parameters, target.name, target.task, seed, self._validates(labels, target))
            fitted = fit(loaded, label_frame(loaded.config.data, rows.frame, labels, target, weight, guesses))
        for finding in fitted.findings:
            if finding.severity == "warning":
                warnings.warn(str(in_words_of_estimators(finding)), DataWarning, stacklevel=3)
        self._take(fitted.model, names, fitted.trained.history, fitted.trained.best_epoch)

    def _validates(self, labels: Column, target: Target) -> bool:
        """Whether some rows are kept away from training, to stop by."""
        if self.early_stopping in (True, False):
            return bool(self.early_stopping)
        if self.early_stopping != "auto":
            raise ValueError(f"early_stopping: expected True, False or 'auto', received {self.early_stopping!r}")
        classes = len(target.classes)
        rarest = min(labels.as_text().counts().values()) if classes else len(labels)
        return len(labels) >= ENOUGH_ROWS and rarest >= 2 and len(labels) * self.validation_fraction >= classes

    def _output(self, X: Any) -> np.ndarray:
        """(rows, units): what the network says of rows, computed in NumPy."""
        check_is_fitted(self)
        rows = rows_given(self, X, self._column_names)
        with as_value_errors():
            x, _ = self.model_.encode(rows.frame)
        return self.model_.output(x)

    def __sklearn_tags__(self) -> Any:
        """What scikit-learn from 1.6 on asks."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def _more_tags(self) -> Dict[str, Any]:
        """What scikit-learn up to 1.5 asks."""
        return {"allow_nan": True, "_xfail_checks": UNMET_OLD if self.batch_size == "auto" else {}}


def _check_columns(column_types: Any, names: Sequence[str]) -> None:
    """Raise where types of columns are stated that are not there."""
    if column_types is not None and not isinstance(column_types, Mapping):
        raise ValueError(f"column_types: expected a type by column name, or None, received {column_types!r}")
    for name in column_types or ():
        if name not in names:
            raise ValueError(f"column_types: there is no column {name!r}; {did_you_mean(str(name), names)}")


@contextmanager
def as_value_errors() -> Iterator[None]:
    """What is wrong with parameters or rows as a ValueError, which pipelines and searches know."""
    try:
        yield
    except (ConfigError, DataError) as error:
        raise ValueError("\n".join(str(in_words_of_estimators(problem)) for problem in error.problems)) from error
