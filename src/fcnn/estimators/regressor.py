"""A network that predicts a quantity, as an estimator of scikit-learn."""

from typing import Any

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.utils.validation import check_consistent_length

from fcnn.data.column import Numbers
from fcnn.data.rows import frame_rows
from fcnn.data.target import Target
from fcnn.estimators.base import NetworkEstimator
from fcnn.estimators.given import quantities_given, rows_given, target_name, weights_given


class FcnnRegressor(RegressorMixin, NetworkEstimator):
    """A fully connected network that predicts a quantity.

    The parameters and attributes are those of :class:`fcnn.FcnnClassifier`, but for ``class_weight``,
    ``label_smoothing`` and ``classes_``;
    without hidden layers it is linear regression. The quantity is standardised by itself, its unit does not matter.
    """

    _TASKS = ("regression",)

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "FcnnRegressor":
        """Train.

        Args:
            X: (rows, columns) a frame, or an array.
            y: (rows,) finite numbers.
            sample_weight: (rows,) of 0 or more; rows of weight 0 are left out. None: all weigh the same.

        Raises:
            ValueError: a parameter, or something in the rows, cannot be used; it says what to do.
            fcnn.errors.TrainingError: the loss or the weights became non-finite.
        """
        rows = rows_given(self, X)
        quantities = quantities_given(self, y)
        check_consistent_length(rows.frame, quantities)
        rows, quantities, weights = weights_given(sample_weight, rows, quantities)
        target = Target(name=target_name(y, rows.frame), task="regression")
        self._fit(rows, Numbers(target.name, frame_rows(len(quantities)), quantities), target, weights)
        return self

    def predict(self, X: Any) -> np.ndarray:
        """(rows,) float64: the quantity, in the unit of the training.

        Raises:
            ValueError: other columns than in fitting, cells of number columns that are none.
            sklearn.exceptions.NotFittedError: it is not fitted.
        """
        output = self._output(X)
        return self.model_.target.unscale(output[:, 0])
