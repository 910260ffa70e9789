"""A network that tells classes apart, as an estimator of scikit-learn."""

from typing import Any, List, Mapping, Optional, Union

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils.validation import check_consistent_length

from fcnn.data.column import Text
from fcnn.data.rows import frame_rows
from fcnn.data.target import CLASS_TASKS, Target
from fcnn.estimators.base import NetworkEstimator
from fcnn.estimators.given import class_names, classes_given, rows_given, target_name, weights_given
from fcnn.inference.model import Predictor, class_probabilities


class FcnnClassifier(ClassifierMixin, NetworkEstimator):
    """A fully connected network that tells classes apart.

    Columns of a frame are prepared as ``fcnn train`` does it: text becomes one column for each level, dates their
    parts, numbers are standardised, missing values are allowed. The columns of an array of numbers are numbers.

    Args:
        hidden_layers: units of each; a layer can be a mapping as in a config's ``network.layers``. ``()`` is logistic
            regression.
        activation: of the layers that are numbers; ``relu``, ``tanh``, ``sigmoid`` ... or a mapping.
        dropout: share of their outputs set to 0 while training.
        batch_normalization: of them.
        l2: penalty on their kernels.
        optimizer: ``adam``, ``sgd``, ``rmsprop`` ... or a mapping, ``{"name": "sgd", "momentum": 0.9}``.
        learning_rate: None: that of the optimizer, for Adam 0.001.
        learning_rate_schedule: ``cosine``, ``step``, ``coslog4`` ..., a mapping, or None for none.
        loss: ``auto`` follows from the classes.
        batch_size: rows of a step; ``auto``: a power of two from 8 to 512 by the number of rows.
        epochs: at most.
        early_stopping: keep some rows away from training and stop when their loss has not improved for `patience`
            epochs; ``auto``: from 100 rows on, where each class has enough of them. The epoch with the lowest loss is
            the one that is kept: of those rows, or else of training.
        patience: epochs without improvement.
        validation_fraction: the share of the rows that is kept away.
        class_weight: ``balanced``, a weight by class, or None.
        label_smoothing: of the training loss, from 0 to 1.
        clipnorm: the largest norm that a weight's gradient may have.
        weight_averaging: a mapping, ``{"momentum": 0.99}``: keep an exponential moving average of the weights.
        scaler: of numbers and dates, ``standard``, ``robust`` or ``quantile``.
        smooth_clip: the limit of what is scaled, such as 3, or None.
        column_types: what columns are, where the guess is not wanted: ``{"year": "category"}``.
        compile: how TensorFlow runs the steps, as in a config; ``eager`` for trainings of few steps.
        random_state: a whole number makes split, weights, shuffling and dropout the same every time, and the same as
            that number as a config's ``seed``.

    Attributes:
        classes_: (classes,) in the order of the probabilities.
        history_: a list for each column of ``history.csv``.
        loss_curve_: the training loss of each epoch.
        best_epoch_: the one that was kept, counting from 1.
        n_iter_: epochs trained.
        n_features_in_: columns.
        feature_names_in_: their names, where they have some.
        model_: the network, computing in NumPy.
    """

    _TASKS = CLASS_TASKS

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
        class_weight: Any = None,
        label_smoothing: float = 0.0,
        clipnorm: Optional[float] = None,
        weight_averaging: Any = None,
        scaler: str = "standard",
        smooth_clip: Optional[float] = None,
        column_types: Any = None,
        compile: str = "auto",
        random_state: Any = None,
    ) -> None:
        """Keep the parameters; they are looked at when it is fitted."""
        super().__init__(
            hidden_layers,
            activation=activation,
            dropout=dropout,
            batch_normalization=batch_normalization,
            l2=l2,
            optimizer=optimizer,
            learning_rate=learning_rate,
            learning_rate_schedule=learning_rate_schedule,
            loss=loss,
            batch_size=batch_size,
            epochs=epochs,
            early_stopping=early_stopping,
            patience=patience,
            validation_fraction=validation_fraction,
            clipnorm=clipnorm,
            weight_averaging=weight_averaging,
            scaler=scaler,
            smooth_clip=smooth_clip,
            column_types=column_types,
            compile=compile,
            random_state=random_state,
        )
        self.class_weight = class_weight
        self.label_smoothing = label_smoothing

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "FcnnClassifier":
        """Train.

        Args:
            X: (rows, columns) a frame, or an array.
            y: (rows,) classes: text, whole numbers or truth values.
            sample_weight: (rows,) of 0 or more; rows of weight 0 are left out. None: all weigh the same.

        Raises:
            ValueError: a parameter, or something in the rows, cannot be used; it says what to do.
            fcnn.errors.TrainingError: the loss or the weights became non-finite.
        """
        rows = rows_given(self, X)
        classes, codes = classes_given(self, y)
        check_consistent_length(rows.frame, codes)
        rows, codes, weights = weights_given(sample_weight, rows, codes)
        if len(np.unique(codes)) < 2:
            raise ValueError("y has one class in the rows that have a weight: a classifier needs two at least")
        names = class_names(classes)
        target = Target(name=target_name(y, rows.frame), task=CLASS_TASKS[len(names) > 2], classes=tuple(names))
        labels = Text(target.name, frame_rows(len(codes)), codes, target.classes)
        self._fit(rows, labels, target, weights, _by_name(self.class_weight, classes, names))
        self.classes_ = classes
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        """(rows, classes) float64: the probability of each class, in the order of ``classes_``; rows sum to 1.

        Raises:
            ValueError: other columns than in fitting, cells of number columns that are none.
            sklearn.exceptions.NotFittedError: it is not fitted.
        """
        return class_probabilities(self._output(X), self.model_.target)

    def predict(self, X: Any) -> np.ndarray:
        """(rows,) the likeliest class, or that which a run's threshold says; raises as :meth:`predict_proba`."""
        probabilities = self.predict_proba(X)
        return np.asarray(self.classes_[self.model_.target.chosen(probabilities)])

    def _take(self, model: Predictor, *others: Any) -> None:
        super()._take(model, *others)
        self.classes_ = np.array(model.target.classes, dtype=object)


def _by_name(class_weight: Any, classes: np.ndarray, names: List[str]) -> Any:
    """The weights of classes by what they are called in a config; what is no mapping is left for it to judge.

    Raises:
        ValueError: a weight of something that is no class.
    """
    if not isinstance(class_weight, Mapping):
        return class_weight
    named = dict(zip(classes.tolist(), names))
    unknown = [key for key in class_weight if key not in named]
    if unknown:
        raise ValueError(f"class_weight: {unknown[0]!r} is none of the classes {', '.join(map(repr, named))}")
    return {named[key]: weight for key, weight in class_weight.items()}
