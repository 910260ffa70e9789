"""The quick errors are the metrics that scikit-learn computes."""

import numpy as np
import pytest

from fcnn.evaluation.error import log_loss, root_mean_squared_error
from fcnn.evaluation.metrics import classification_metrics, regression_metrics

GENERATOR = np.random.RandomState(5)
ROWS = 200
WEIGHTS = {"every row counts once": None, "rows have weights": np.where(np.arange(ROWS) % 3, 2.5, 0.0)}


@pytest.mark.parametrize("weight", WEIGHTS.values(), ids=WEIGHTS.keys())
@pytest.mark.parametrize("classes", [2, 3, 40])
def test_the_log_loss_is_scikit_learns(classes, weight) -> None:
    truth = GENERATOR.randint(0, classes, ROWS)
    shares = GENERATOR.dirichlet(np.full(classes, 0.1), ROWS)  # many of them 0 in float32
    names = [str(code) for code in range(classes)]
    expected = classification_metrics(truth, shares, names, weight)["log_loss"]
    assert log_loss(truth, shares, weight) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("weight", WEIGHTS.values(), ids=WEIGHTS.keys())
def test_the_rmse_is_scikit_learns(weight) -> None:
    truth, guess = GENERATOR.normal(1e4, 3e3, (2, ROWS))
    expected = regression_metrics(truth, guess, weight)["rmse"]
    assert root_mean_squared_error(truth, guess, weight) == pytest.approx(expected, rel=1e-12)


def test_a_probability_of_0_is_believed_no_more_than_the_metric_does() -> None:
    assert log_loss(np.array([0]), np.array([[0.0, 1.0]])) == pytest.approx(15.9424, abs=1e-4)
    assert root_mean_squared_error(np.array([1.0, 2.0]), np.array([4.0, 6.0])) == pytest.approx(12.5**0.5)
