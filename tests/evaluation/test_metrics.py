"""Expected numbers are worked out by hand, in the comment beside them."""

from math import log

import numpy as np
import pytest

from fcnn.evaluation.metrics import classification_metrics, confusion, per_class, regression_metrics

BINARY_TRUTH = np.array([0, 0, 1, 1])
BINARY_SHARES = np.array([[0.9, 0.1], [0.6, 0.4], [0.65, 0.35], [0.2, 0.8]])
THREE_TRUTH = np.array([0, 1, 2])
THREE_SHARES = np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.5, 0.2, 0.3]])


def test_binary_metrics_are_the_ones_worked_out_by_hand():
    assert classification_metrics(BINARY_TRUTH, BINARY_SHARES, ["no", "yes"]) == pytest.approx(
        {
            "accuracy": 0.75,  # row 2 is wrong
            "balanced_accuracy": 0.75,  # recalls 1 and 1/2
            "f1_macro": (0.8 + 2 / 3) / 2,  # no: 2*2/(2*2+1), yes: 2*1/(2*1+1)
            "log_loss": -(log(0.9) + log(0.6) + log(0.35) + log(0.8)) / 4,
            "roc_auc": 0.75,  # 3 of the 4 pairs of a yes and a no are in order
            "average_precision": (1 + 2 / 3) / 2,  # precision 1/1 at the first yes, 2/3 at the second
        }
    )


def test_multiclass_metrics_are_the_ones_worked_out_by_hand():
    assert classification_metrics(THREE_TRUTH, THREE_SHARES, ["a", "b", "c"]) == pytest.approx(
        {
            "accuracy": 2 / 3,
            "balanced_accuracy": 2 / 3,
            "f1_macro": (2 / 3 + 1 + 0) / 3,
            "log_loss": -(log(0.7) + log(0.4) + log(0.3)) / 3,
            "roc_auc": (1 + 1 + 0.75) / 3,  # c: 0.3 is above 0.1 and ties with 0.3
        }
    )


def test_a_class_without_rows_leaves_roc_auc_out_and_the_rest_finite():
    result = classification_metrics(THREE_TRUTH[:2], THREE_SHARES[[0, 2]], ["a", "b", "c"])
    assert result == pytest.approx(
        {
            "accuracy": 0.5,
            "balanced_accuracy": 0.5,  # of a and b alone
            "f1_macro": (2 / 3 + 0) / 2,  # c has no rows and is not predicted
            "log_loss": -(log(0.7) + log(0.2)) / 2,
        }
    )


def test_a_predicted_class_without_rows_does_not_count_in_balanced_accuracy():
    result = classification_metrics(np.array([0, 0]), np.array([[0.1, 0.9], [0.8, 0.2]]), ["no", "yes"])
    assert result["balanced_accuracy"] == 0.5
    assert "roc_auc" not in result
    assert "average_precision" not in result


def test_a_single_row_is_scored():
    result = classification_metrics(np.array([1]), np.array([[0.25, 0.75]]), ["no", "yes"])
    assert result == pytest.approx({"accuracy": 1.0, "balanced_accuracy": 1.0, "f1_macro": 1.0, "log_loss": -log(0.75)})


def test_sample_weights_count_like_repeated_rows():
    weight = np.array([1.0, 2.0, 3.0, 1.0])
    repeated = np.repeat(np.arange(4), [1, 2, 3, 1])
    weighted = classification_metrics(BINARY_TRUTH, BINARY_SHARES, ["no", "yes"], weight)
    assert weighted["accuracy"] == pytest.approx(4 / 7)
    assert weighted == pytest.approx(
        classification_metrics(BINARY_TRUTH[repeated], BINARY_SHARES[repeated], ["no", "yes"])
    )


def test_rows_of_weight_zero_are_not_there():
    weight = np.array([1.0, 1.0, 0.0, 0.0])
    assert "roc_auc" not in classification_metrics(BINARY_TRUTH, BINARY_SHARES, ["no", "yes"], weight)
    assert classification_metrics(BINARY_TRUTH, BINARY_SHARES, ["no", "yes"], np.zeros(4)) == {}


def test_a_certain_and_wrong_float32_answer_costs_a_finite_log_loss():
    shares = np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)
    result = classification_metrics(np.array([1, 1]), shares, ["no", "yes"])
    assert result["log_loss"] == pytest.approx(-log(2.0**-23) / 2, rel=1e-6)  # float32's resolution


def test_float32_rows_that_sum_to_one_only_roughly_are_accepted():
    shares = np.random.RandomState(0).dirichlet(np.ones(40), size=400).astype(np.float32)
    truth = np.arange(400) % 40
    result = classification_metrics(truth, shares, [str(code) for code in range(40)])
    assert 0.4 < result["roc_auc"] < 0.6
    assert all(np.isfinite(value) and type(value) is float for value in result.values())


@pytest.mark.parametrize("shape", [(3, 2), (4, 3), (4, 1)], ids=["rows", "columns", "one column"])
def test_shapes_that_do_not_fit_are_refused(shape):
    with pytest.raises(ValueError, match=r"expected probabilities of shape \(4, 2\)"):
        classification_metrics(BINARY_TRUTH, np.ones(shape), ["no", "yes"])


def test_per_class_scores_name_every_class():
    result = per_class(np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1]), ["no", "yes", "never"])
    assert result == {
        "no": pytest.approx({"precision": 2 / 3, "recall": 1.0, "f1": 0.8, "support": 2}),
        "yes": pytest.approx({"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "support": 2}),
        "never": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 0},
    }


def test_per_class_support_is_a_sum_of_weights_where_there_are_weights():
    result = per_class(np.array([0, 1]), np.array([0, 1]), ["no", "yes"], np.array([0.5, 2.0]))
    assert [scores["support"] for scores in result.values()] == [0.5, 2.0]


def test_confusion_counts_true_by_predicted():
    matrix = confusion(np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 0, 2, 2]), 4)
    assert matrix.tolist() == [[1, 1, 0, 0], [0, 1, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]]
    assert matrix.dtype == np.int64


def test_regression_metrics_are_the_ones_worked_out_by_hand():
    truth, guess = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 2.0, 4.0, 6.0])
    assert regression_metrics(truth, guess) == pytest.approx(
        {"rmse": (5 / 4) ** 0.5, "mae": 0.75, "r2": 1 - 5 / 5, "median_absolute_error": 0.5}
    )


def test_weighted_regression_metrics_count_like_repeated_rows():
    truth, guess = np.array([1.0, 2.0, 3.0]), np.array([1.0, 4.0, 4.0])
    result = regression_metrics(truth, guess, np.array([2.0, 1.0, 0.0]))
    assert result["rmse"] == pytest.approx((4 / 3) ** 0.5)
    assert result["mae"] == pytest.approx(2 / 3)
    assert result["r2"] == pytest.approx(1 - 4 / (2 / 3))  # mean 4/3: squares 1/9 + 1/9 + 4/9


@pytest.mark.parametrize("truth", [[5.0], [5.0, 5.0, 5.0]], ids=["one row", "constant"])
def test_r2_is_left_out_where_it_has_no_meaning(truth):
    result = regression_metrics(np.array(truth), np.array(truth) + 1)
    assert result == {"rmse": 1.0, "mae": 1.0, "median_absolute_error": 1.0}


def test_no_rows_give_no_metrics():
    assert regression_metrics(np.zeros(0), np.zeros(0)) == {}
    assert classification_metrics(np.zeros(0, int), np.zeros((0, 2)), ["no", "yes"]) == {}
