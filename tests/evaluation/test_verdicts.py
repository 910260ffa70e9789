import numpy as np
import pytest

from fcnn.config.structs import Activation, Layer
from fcnn.evaluation.classes import never_predicted
from fcnn.evaluation.comparison import no_better_than_baseline
from fcnn.evaluation.gradients import never_recovered, vanishing
from fcnn.evaluation.judged import judged_split
from fcnn.evaluation.learning_rate import plateau, too_high
from fcnn.evaluation.progress import overfitting, still_improving
from fcnn.evaluation.settling import late_plateau
from fcnn.evaluation.stack import linear_stack
from fcnn.evaluation.verdict import Measured, Setting, Verdict
from fcnn.evaluation.verdicts import verdicts

ADAM = Setting((Layer(units=8),), 1e-6, 1e-3)


def history(loss, val_loss=None, **columns):
    result = {"epoch": list(range(1, len(loss) + 1)), "loss": loss, **columns}
    return result if val_loss is None else {**result, "val_loss": val_loss}


def only(problems):
    assert len(problems) == 1, problems
    return problems[0]


# --- baselines --------------------------------------------------------------------------------------------


def test_a_network_that_guesses_the_most_frequent_class_is_told_so():
    problem = only(
        no_better_than_baseline(
            "binary",
            "test",
            {"test": {"accuracy": 0.885, "roc_auc": 0.51}},
            {"majority": {"test": {"accuracy": 0.885, "roc_auc": 0.5}}},
            rows=678,
        )
    )
    assert problem.severity == "warning"
    assert problem.message == (
        "the network is no better than always answering the most frequent class: test accuracy 0.885 against "
        "0.885, ROC AUC 0.510 against 0.500"
    )
    assert problem.hint == "see whether the columns say anything about the target"
    assert problem.remedy == ()


def test_a_low_accuracy_with_a_good_roc_auc_is_no_guess():
    metrics = {"test": {"accuracy": 0.80, "roc_auc": 0.88}}
    assert no_better_than_baseline("binary", "test", metrics, {"majority": {"test": {"accuracy": 0.885}}}) == []


@pytest.mark.parametrize(
    ("accuracy", "rows", "severity"),
    [(0.97, 1000, None), (0.95, 1000, "note"), (0.945, 1000, "note"), (0.90, 1000, "warning"), (0.90, 30, "note")],
    ids=["better", "equal", "a little worse", "clearly worse", "worse by chance"],
)
def test_logistic_regression_is_compared_by_what_so_many_rows_can_tell(accuracy, rows, severity):
    metrics = {"test": {"accuracy": accuracy}}
    other = {"majority": {"test": {"accuracy": 0.3}}, "logistic_regression": {"test": {"accuracy": 0.95}}}
    found = no_better_than_baseline("multiclass", "test", metrics, other, rows)
    assert [problem.severity for problem in found] == ([severity] if severity else [])
    if found:
        assert f"test accuracy {accuracy:.3f} against 0.950" in found[0].message


def test_two_perfect_models_are_no_finding():
    other = {"majority": {"test": {"accuracy": 0.3}}, "logistic_regression": {"test": {"accuracy": 1.0}}}
    assert no_better_than_baseline("multiclass", "test", {"test": {"accuracy": 1.0}}, other, 30) == []


def test_binary_networks_are_compared_by_roc_auc():
    metrics = {"test": {"accuracy": 0.80, "roc_auc": 0.80}}
    other = {"logistic_regression": {"test": {"accuracy": 0.85, "roc_auc": 0.90}}}
    problem = only(no_better_than_baseline("binary", "test", metrics, other, 1000))
    assert problem.message == "the network does worse than logistic regression: test ROC AUC 0.800 against 0.900"


@pytest.mark.parametrize(
    ("rmse", "message"),
    [
        (50.0, None),
        (54.5, "the network is no better than ridge regression: test RMSE 54.5 against 54"),
        (60.0, "the network does worse than ridge regression: test RMSE 60 against 54"),
        (75.9, "the network is no better than always answering the mean: test RMSE 75.9 against 76, R2 0.003"),
    ],
    ids=["better", "as good", "worse than ridge", "the mean"],
)
def test_regression_is_compared_by_rmse(rmse, message):
    metrics = {"test": {"rmse": rmse, "r2": 1 - (rmse / 76) ** 2}}
    other = {"mean": {"test": {"rmse": 76.0}}, "ridge": {"test": {"rmse": 54.0}}}
    found = no_better_than_baseline("regression", "test", metrics, other)
    assert [problem.message for problem in found] == ([message] if message else [])


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_without_baselines_or_metrics_there_is_nothing_to_compare(task):
    assert no_better_than_baseline(task, "test", {"test": {"accuracy": 0.5, "rmse": 1.0}}, {}) == []
    assert no_better_than_baseline(task, "test", {}, {}) == []


# --- classes ----------------------------------------------------------------------------------------------


def test_a_class_that_is_never_predicted_is_named_with_its_rows():
    problem = only(never_predicted(np.array([[80, 0], [20, 0]]), ["no", "yes"], "test"))
    assert problem.message == "one class is never predicted in the test split of 100 rows: `yes` (20 rows)"
    assert problem.hint == "give rare classes more weight: training.class_weight=balanced"
    assert problem.severity == "warning"


def test_a_class_that_is_not_rare_is_not_given_more_weight():
    problem = only(never_predicted(np.array([[50, 0], [50, 0]]), ["no", "yes"], "test"))
    assert problem.hint == "they are no rarer than others: train longer, or with fewer or other layers"


def test_a_handful_of_rows_is_no_evidence_against_a_network():
    scores = {"test": {"accuracy": 0.5, "roc_auc": 0.0}}
    rivals = {"majority": {"test": {"accuracy": 0.5}}, "logistic_regression": {"test": {"accuracy": 1.0}}}
    few = verdicts("binary", history([0.5] * 3, [0.5] * 3), 1, scores, rivals, np.array([[1, 0], [1, 0]]), ["a", "b"])
    assert [problem for problem in few if "no better" in problem.message] == []


def test_of_many_classes_never_predicted_the_largest_five_are_named():
    matrix = np.zeros((9, 9), int)
    matrix[:, 0] = [50, 1, 2, 3, 4, 5, 6, 7, 8]
    problem = only(never_predicted(matrix, list("abcdefghi"), "test"))
    assert problem.message == (
        "8 classes are never predicted in the test split of 86 rows: `i` (8 rows), `h` (7 rows), `g` (6 rows), "
        "`f` (5 rows), `e` (4 rows) and 3 more"
    )


def test_a_class_of_very_few_rows_is_a_note():
    assert only(never_predicted(np.array([[80, 0], [1, 0]]), ["no", "yes"], "test")).severity == "note"


def test_classes_that_are_predicted_or_have_no_rows_are_no_finding():
    assert never_predicted(np.array([[80, 1, 0], [20, 2, 0], [0, 0, 0]]), ["a", "b", "c"], "test") == []


# --- the course of the losses -----------------------------------------------------------------------------


def test_a_rising_validation_loss_under_a_falling_training_loss_is_overfitting():
    loss = [1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1]
    held_out = [1.0, 0.9, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3]
    problem = only(overfitting(history(loss, held_out), best_epoch=3))
    assert problem.message == (
        "overfitting from epoch 4 on: the validation loss rose from 0.7 to 1.2 (+71 %) while the training loss "
        "fell from 0.6 to 0.15 (means of the last 3 epochs)"
    )
    assert problem.severity == "note"
    assert problem.remedy == ()
    assert only(overfitting(history(loss, held_out), 3, ADAM)).remedy == ("network.layers.0.dropout=0.3",)


@pytest.mark.parametrize(
    ("loss", "held_out", "best"),
    [
        ([1.0, 0.8, 0.6, 0.5, 0.4, 0.3], [1.0, 0.9, 0.70, 0.72, 0.71, 0.73], 3),
        ([1.0, 0.8, 0.6, 0.6, 0.6, 0.6], [1.0, 0.9, 0.70, 0.90, 0.95, 0.99], 3),
        ([1.1, 0.1, 0.01, 0.008, 0.007, 0.006], [1.1, 0.1, 0.010, 0.011, 0.012, 0.013], 3),
        ([1.0, 0.8, 0.6, 0.3], [1.0, 0.9, 0.7, 2.0], 3),
        ([1.0, 0.8, 0.6, 0.5, 0.4, float("nan")], [1.0, 0.9, 0.70, 1.5, 1.6, 1.7], 3),
        ([1.0, 0.8, 0.6, 0.5, 0.4, 0.3], None, 3),
    ],
    ids=["noise", "training stands still", "next to nothing", "one epoch after", "not finite", "no validation"],
)
def test_no_overfitting(loss, held_out, best):
    assert overfitting(history(loss, held_out), best) == []


def test_a_loss_that_still_falls_at_the_last_planned_epoch_asks_for_more_epochs():
    held_out = [1.0 - 0.04 * epoch for epoch in range(20)]
    problem = only(still_improving(history(held_out, held_out), best_epoch=20, planned_epochs=20))
    assert problem.message == (
        "still improving when it ended: the validation loss fell from 0.32 to 0.24 in the last 2 of 20 epochs"
    )
    assert problem.hint == "train longer: training.epochs=40"
    assert problem.severity == "note"


def test_without_validation_the_training_loss_tells():
    message = only(still_improving(history([1.0, 0.5]), best_epoch=2, planned_epochs=2)).message
    assert message == "still improving when it ended: the training loss fell from 1 to 0.5 in the last of 2 epochs"


@pytest.mark.parametrize(
    ("held_out", "best", "planned"),
    [
        ([1.0, 0.5, 0.3, 0.2], 4, 100),
        ([1.0, 0.5, 0.3, 0.2], 4, None),
        ([1.0, 0.5, 0.3, 0.4], 3, 4),
        ([1.0, 0.5, 0.3000, 0.2999], 4, 4),
        ([1.0], 1, 1),
    ],
    ids=["stopped early", "interrupted", "best was before", "by next to nothing", "one epoch"],
)
def test_not_still_improving(held_out, best, planned):
    assert still_improving(history(held_out, held_out), best, planned) == []


def test_a_loss_that_never_moves_asks_for_a_higher_learning_rate():
    flat = history([1.100, 1.099, 1.0995, 1.1, 1.0992])
    problem = only(plateau(flat, setting=ADAM))
    assert problem.message == (
        "the training loss never improved: 1.1 in the first epoch, 1.099 at its lowest, 1.099 in the last of 5"
    )
    assert problem.hint == "try a higher learning rate: training.optimizer.learning_rate=1e-05"
    assert problem.severity == "warning"


@pytest.mark.parametrize("loss", [[1.1, 1.1], [1.1, 1.0, 0.9, 0.8, 0.7]], ids=["two epochs", "it falls"])
def test_no_plateau(loss):
    assert plateau(history(loss)) == []


def test_a_flat_loss_after_a_first_epoch_that_learnt_everything_is_no_plateau():
    assert plateau(history([0.1] * 10), nothing_learnt=False) == []


# --- a loss that stands still ------------------------------------------------------------------------------

NOTHING_STOPS = Setting((Layer(units=8),), 1e-2, 1e-3, stops_early=False)
START = [1.0 - 0.035 * epoch for epoch in range(20)]


def test_a_loss_that_wavers_where_it_is_asks_for_smaller_steps():
    problem = only(late_plateau(history([*START, *[0.30, 0.31] * 15], learning_rate=[0.01] * 50), NOTHING_STOPS))
    assert problem.message == (
        "the training loss has stood still since epoch 26: 0.31 up to epoch 38, 0.305 up to the last of 50 (medians)"
    )
    assert problem.remedy == ("training.learning_rate_schedule=cosine",)
    assert problem.severity == "note"
    assert problem.evidence["wavering"] == pytest.approx(0.0328, abs=1e-4)


@pytest.mark.parametrize(
    ("end", "rates"),
    [([0.30] * 30, [0.01] * 50), ([0.30, 0.31] * 15, [0.01 - 1e-4 * epoch for epoch in range(50)])],
    ids=["level", "steps that get smaller"],
)
def test_a_loss_that_is_as_low_as_it_gets_asks_for_an_end(end, rates):
    flat = history([*START, *end], learning_rate=rates)
    assert only(late_plateau(flat, NOTHING_STOPS)).remedy == ("training.early_stopping.patience=10",)
    assert late_plateau(flat, NOTHING_STOPS, well=False) == []


@pytest.mark.parametrize(
    ("loss", "stops"),
    [
        ([*START, *[0.30] * 30], True),
        ([*START, *[0.30] * 19], False),
        ([0.32] * 20 + [0.30] * 30, False),
        ([0.97**epoch for epoch in range(100)], False),
        ([0.999**epoch * (0.3 if epoch > 20 else 1) for epoch in range(100)], False),
        ([*START, *[0.30] * 15, *[0.35] * 15], False),
        ([*START, *[0.30] * 29, float("nan")], False),
        ([0.0] * 50, False),
    ],
    ids=["early stopping", "few epochs", "no start", "it falls", "slowly", "it rises", "not finite", "nothing"],
)
def test_no_late_plateau(loss, stops):
    assert late_plateau(history(loss), Setting((), 1e-2, 1e-3, stops_early=stops)) == []


def test_what_a_wavering_loss_explains_has_no_remedy_of_its_own():
    found = verdicts(
        "multiclass",
        history([*START, *[0.30, 0.31] * 15], learning_rate=[0.01] * 50),
        49,
        {"test": {"accuracy": 0.80}},
        {"majority": {"test": {"accuracy": 0.3}}, "logistic_regression": {"test": {"accuracy": 0.95}}},
        setting=NOTHING_STOPS,
    )
    assert [(problem.kind, len(problem.remedy)) for problem in found] == [("worse_than_linear", 0), ("late_plateau", 1)]


# --- layers without a nonlinearity ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("activations", "is_linear"),
    [
        (["linear", "linear"], True),
        ([Activation("leaky_relu", 1.0), "linear"], True),
        ([Activation("leaky_relu", 0.99)], False),
        (["leaky_relu"], False),
        (["linear", "relu"], False),
        ([], False),
    ],
    ids=["linear", "slope 1", "slope 0.99", "usual slope", "one relu", "no hidden layer"],
)
def test_layers_that_let_everything_through_are_one_layer(activations, is_linear):
    setting = Setting(tuple(Layer(units=8, activation=each) for each in activations), 1e-3, 1e-3)
    assert [verdict.kind for verdict in linear_stack(setting)] == (["linear_stack"] if is_linear else [])


def test_the_remedy_of_a_slope_of_1_is_a_nonlinearity():
    problem = only(linear_stack(Setting((Layer(units=8, activation=Activation("leaky_relu", 1.0)),), 1e-3, 1e-3)))
    assert problem.remedy == ("network.layers.0.activation=relu",)


# --- steps that are too large -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "kinds"),
    [(Layer(units=8), ["learning_rate_too_high"]), (Layer(units=8, l1=0.3), []), (Layer(units=8, dropout=0.9), [])],
    ids=["free", "penalty", "dropout"],
)
def test_a_large_first_loss_that_is_a_penalty_or_dropout_says_nothing_of_the_learning_rate(layer, kinds):
    found = too_high(history([9.0, 5.0, 3.0, 2.0, 1.0]), 2, Setting((layer,), 1e-2, 1e-3))
    assert [verdict.kind for verdict in found] == kinds


# --- all together -----------------------------------------------------------------------------------------


def test_the_test_split_is_judged_else_validation_else_train():
    scores = {"accuracy": 0.5}
    assert judged_split({"train": scores, "validation": scores, "test": scores}) == "test"
    assert judged_split({"train": scores, "validation": scores, "test": {}}) == "validation"
    assert judged_split({"train": scores}) == "train"


def test_a_run_that_learnt_nothing_gets_its_warnings():
    found = verdicts(
        "binary",
        history([0.69] * 6, [0.69] * 6),
        1,
        {"train": {"accuracy": 0.8}, "test": {"accuracy": 0.8, "roc_auc": 0.5}},
        {"majority": {"test": {"accuracy": 0.8}}, "logistic_regression": {"test": {"accuracy": 0.9}}},
        np.array([[80, 0], [20, 0]]),
        ["no", "yes"],
        planned_epochs=6,
    )
    assert [(problem.severity, problem.kind) for problem in found] == [
        ("warning", "no_better_than_baseline"), ("warning", "class_never_predicted"), ("warning", "plateau")
    ]  # fmt: skip
    assert [problem.hint for problem in found[:2]] == ["see the other finding first: it may be the reason"] * 2
    assert [problem.remedy for problem in found[:2]] == [(), ()]


def test_warnings_come_before_notes_and_a_training_that_was_too_short_is_not_told_to_be_linear():
    found = verdicts(
        "multiclass",
        history([1.0, 0.5], [1.0, 0.5]),
        2,
        {"test": {"accuracy": 0.90}},
        {"majority": {"test": {"accuracy": 0.3}}, "logistic_regression": {"test": {"accuracy": 0.90}}},
        np.array([[80, 0], [20, 0]]),
        ["a", "b"],
        planned_epochs=2,
    )
    assert [(problem.severity, problem.kind) for problem in found] == [
        ("warning", "class_never_predicted"), ("note", "still_improving")
    ]  # fmt: skip
    assert found[0].remedy == ()


def test_a_good_run_has_no_verdicts():
    found = verdicts(
        "regression",
        history([1.0, 0.5, 0.3, 0.29, 0.28], [1.0, 0.6, 0.4, 0.41, 0.42]),
        3,
        {"train": {"rmse": 45.0, "r2": 0.6}, "test": {"rmse": 50.0, "r2": 0.56}},
        {"mean": {"test": {"rmse": 76.0}}, "ridge": {"test": {"rmse": 54.0}}},
        planned_epochs=100,
    )
    assert found == []


# --- gradients that had vanished at the beginning ----------------------------------------------------------------


def gradients(*norms):
    """What was measured of two hidden layers and an output layer: the gradients' norms in each measured epoch."""
    columns = {"epoch": [], "layer": [], "gradient_norm": []}
    for epoch, row in enumerate(norms, start=1):
        columns["epoch"] += [epoch] * 3
        columns["layer"] += [1, 2, 3]
        columns["gradient_norm"] += row
    return Measured(columns, best_epoch=len(norms))


SIGMOIDS = Setting((Layer(units=8, activation="sigmoid"), Layer(units=8, activation="sigmoid")), 1e-3, 1e-3)
POOR = Verdict("underfitting: ...", kind="underfitting", evidence={"train_accuracy": 0.2, "linear_train_accuracy": 1.0})
BROKE_FREE = gradients([1e-6, 0.1, 1.0], [0.03, 0.1, 1.0], [5.0, 0.1, 1.0])


def test_poor_scores_after_gradients_that_vanished_at_the_beginning_have_that_cause():
    problem = only(never_recovered(BROKE_FREE, SIGMOIDS, [POOR]))
    assert problem.kind == "vanishing_gradients"
    assert problem.message == (
        "vanishing gradients: in epoch 1 the first layer received 1/100,000 of the gradient of the last hidden layer, "
        "through 2 layers of sigmoid, and to the end the network explains the rows that it learns from worse than a "
        "linear model"
    )
    assert problem.remedy == ("network.layers=[8, 8]",)
    assert problem.evidence == {
        "first_to_last": pytest.approx(1e-5), "hidden_layers": 2, "epochs_measured": 3, "train_accuracy": 0.2,
        "linear_train_accuracy": 1.0,
    }  # fmt: skip


def test_gradients_that_vanished_at_the_beginning_are_no_trouble_of_a_network_that_learned():
    assert vanishing(BROKE_FREE, SIGMOIDS) == []
    assert never_recovered(BROKE_FREE, SIGMOIDS, []) == []


@pytest.mark.parametrize(
    "measured",
    [gradients([0.05, 0.1, 1.0], [1e-6, 0.1, 1.0]), gradients([0.0, 0.0, 1.0]), Measured({}, 1)],
    ids=["they were there at first", "no gradient anywhere", "nothing measured"],
)
def test_other_poor_scores_stay_what_they_are(measured):
    assert never_recovered(measured, SIGMOIDS, [POOR]) == [POOR]
