"""scikit-learn's own judgement: what its `check_estimator` asks, and what little is not met, with the reason.

Each check trains a network or several, so most get one that is trained for a moment; those that ask for skill get one
that has learnt. Of the regressor, what it shares with the classifier is not asked again. ``scripts/verify-estimators``
asks everything of both, as they come.
"""

import pytest
from sklearn.base import clone
from sklearn.utils.estimator_checks import parametrize_with_checks

from fcnn import FcnnClassifier, FcnnRegressor
from fcnn.estimators.base import UNMET
from fcnn.estimators.given import IS_OLD

MOMENT = {"hidden_layers": (4,), "epochs": 2, "batch_size": 1000, "compile": "graph"}
SKILLED = {"epochs": 40, "learning_rate": 0.1}
NEED_SKILL = ("check_class_weight_classifiers", "check_classifiers_train", "check_regressors_train")
OF_REGRESSORS = ("regressor", "_y", "weight", "pickle", "idempotent", "fit1d", "fit2d", "tag", "nan", "parameters")
"""In the names of checks about what a regressor has of its own."""

OPTIONS = {} if IS_OLD else {"expected_failed_checks": lambda estimator: UNMET}
"""scikit-learn up to 1.5 asks the estimator."""


def name_of(check):
    return getattr(check, "func", check).__name__


@pytest.mark.filterwarnings("ignore")  # of hostile rows; what is said of them has tests of its own
@parametrize_with_checks([FcnnClassifier(**MOMENT), FcnnRegressor(**MOMENT)], **OPTIONS)
def test_check_of_scikit_learn(estimator, check):
    name = name_of(check)
    if isinstance(estimator, FcnnRegressor) and not any(word in name for word in OF_REGRESSORS):
        return
    check(clone(estimator).set_params(**SKILLED) if name in NEED_SKILL else estimator)
