"""Each picture is drawn, read back, and searched for texts that overlap or leave it."""

import re
import threading
from itertools import combinations
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from matplotlib.image import imread
from matplotlib.text import Text

from fcnn.evaluation.metrics import classification_metrics, regression_metrics
from fcnn.report import names as names_module
from fcnn.report import plots, style
from fcnn.report.confusion import figure_of_confusion_matrix
from fcnn.report.curves import figure_of_learning_curves
from fcnn.report.diagram import describe, figure_of_network_diagram
from fcnn.report.names import Names, escape, missing_font_note, plain, shorten
from fcnn.report.overlay import Learnt, figure_of_overlaid_curves
from fcnn.report.rates import figure_of_precision_recall_curves, figure_of_roc_curves
from fcnn.report.regression import figure_of_predicted_against_true, figure_of_residuals

CHINESE = ["健康", "糖尿病前期患者需要复查", "糖尿病"]
CLASSES = {
    "2 classes": ["no", "yes"],
    "3 classes": ["Adelie", "Chinstrap", "Gentoo"],
    "10 classes": [str(digit) for digit in range(10)],
    "40 classes": [f"category number {code}" for code in range(40)],
    "Chinese": CHINESE,
    "awkward": ["$x$ and $y$", "_hidden", "", "a name much longer than any axis has room for", "two\nlines"],
}


@pytest.fixture
def no_wide_fonts(monkeypatch):
    monkeypatch.setattr(names_module, "_wide_fonts", list)


def texts_of(picture):
    """The texts that can be seen, as (text, box in dots), after the picture was laid out.

    Texts that stay out of the layout (the cells of a confusion matrix) have a test of their own.
    """
    if not hasattr(picture, "texts_seen"):  # laying it out takes as long as drawing it
        picture.texts_seen = look_at(picture)
    return picture.texts_seen


def look_at(picture):
    with style.drawing(picture.families):
        picture.canvas.draw()
        renderer = picture.canvas.get_renderer()
        beyond = {id(label) for axes in picture.axes for label in labels_beyond(axes)}
        return [
            (text, text.get_window_extent(renderer))
            for text in picture.findobj(Text)
            if text.get_visible() and text.get_text().strip() and text.get_in_layout() and id(text) not in beyond
        ]


def labels_beyond(axes):
    """The tick labels that matplotlib keeps for places outside the axes, and does not draw."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not low <= tick.get_loc() <= high:
                yield from (tick.label1, tick.label2)


def written(picture):
    return [text.get_text() for text, _ in texts_of(picture)]


def assert_readable(picture):
    """No two texts overlap; in a picture that is not trimmed to its texts, none leaves it."""
    found = texts_of(picture)
    upright = [(text.get_text(), box) for text, box in found if text.get_rotation() in (0.0, 90.0)]
    for (one, first), (other, second) in combinations(upright, 2):
        # A fraction of a dot is rounding.
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        up = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert not (across > 1 and up > 1), f"{one!r} overlaps {other!r}"
    if not picture.trimmed:
        width, height = picture.bbox.width, picture.bbox.height
        for text, box in found:
            inside = box.x0 > -1 and box.y0 > -1 and box.x1 < width + 1 and box.y1 < height + 1
            assert inside, f"{text.get_text()!r} leaves the picture"


def assert_png(path, smallest=400, largest=4000):
    image = imread(str(path))
    assert smallest <= image.shape[0] <= largest
    assert smallest <= image.shape[1] <= largest
    assert image[..., :3].std() > 0.02  # something was drawn
    border = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    assert (border[:, :3] > 0.99).all()  # and nothing was cut
    return image


def training(epochs, **columns):
    """A history that falls and turns up again a little, with a little of noise."""
    epoch = np.arange(1, epochs + 1)
    noise = np.random.RandomState(0).randn(epochs)
    loss = 0.05 + 2 * np.exp(-6 * epoch / epochs) * np.exp(0.05 * noise)
    held_out = loss + 0.1 * (epoch / epochs) ** 2 + 0.01 * np.abs(noise)
    return {
        "epoch": epoch.tolist(),
        "loss": loss.tolist(),
        "accuracy": np.exp(-loss).tolist(),
        "val_loss": held_out.tolist(),
        "val_accuracy": np.exp(-held_out).tolist(),
        "learning_rate": [1e-3] * epochs,
        "seconds": [0.1] * epochs,
        **columns,
    }


def answers(classes, rows=400, last_is_absent=False):
    """True codes and probabilities that are right more often than not."""
    random = np.random.RandomState(0)
    truth = random.randint(0, classes - last_is_absent, rows)
    scores = random.randn(rows, classes)
    scores[np.arange(rows), truth] += 1.5
    shares = np.exp(scores)
    return truth, (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)


def layer(units, activation="relu", **more):
    return {
        "units": units, "use_bias": True, "activation": {"name": activation}, "batch_normalization": None,
        "dropout": 0.0, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("places", "complaint"),
    [([(0.1, 0.5), (0.12, 0.5)], "'one' overlaps 'other'"), ([(0.1, 0.5), (0.97, 0.1)], "'other' leaves")],
    ids=["overlap", "cut"],
)
def test_this_tests_own_eyes_are_open(places, complaint):
    picture = style.Picture(4, 4, arranged=False)
    for place, text in zip(places, ("one", "other")):
        picture.text(*place, text)
    with pytest.raises(AssertionError, match=complaint):
        assert_readable(picture)


# --- learning curves --------------------------------------------------------------------------------------


@pytest.mark.parametrize("epochs", [1, 2, 3, 200, 3000])
def test_learning_curves_are_readable_for_any_number_of_epochs(epochs, tmp_path):
    history = training(epochs)
    best = int(np.argmin(history["val_loss"])) + 1
    picture = figure_of_learning_curves(history, best)
    assert_readable(picture)
    assert_png(style.save(picture, tmp_path / "curves.png"))


def test_learning_curves_name_the_kept_epoch_and_its_values():
    picture = figure_of_learning_curves(training(3, val_loss=[0.9, 0.512345, 0.6], val_accuracy=[0.5, 0.8, 0.7]), 2)
    found = written(picture)
    assert [text for text in found if text in ("Loss", "Accuracy", "Learning rate")] == ["Loss", "Accuracy"]
    assert "kept epoch 2: 0.5123" in found
    assert "kept epoch 2: 0.8" in found
    assert {"training", "validation", "epoch"} <= set(found)


def test_a_learning_rate_that_changes_gets_a_panel_of_its_own():
    picture = figure_of_learning_curves(training(20, learning_rate=np.geomspace(1e-3, 1e-6, 20).tolist()), 20)
    assert [axes.get_title(loc="left") for axes in picture.axes] == ["Loss", "Accuracy", "Learning rate"]
    assert_readable(picture)


def test_a_loss_over_many_orders_is_drawn_on_a_logarithmic_scale_with_plain_numbers():
    picture = figure_of_learning_curves(training(50, loss=np.geomspace(1e4, 1e-3, 50).tolist()), 50)
    assert picture.axes[0].get_yscale() == "log"
    assert "10,000" in written(picture)
    assert_readable(picture)


@pytest.mark.parametrize("lowest", [0.1, 0.0, -1.0], ids=["small range", "zero", "negative"])
def test_other_losses_are_drawn_on_a_linear_scale(lowest):
    picture = figure_of_learning_curves(training(50, loss=np.linspace(1, lowest, 50).tolist()), 50)
    assert picture.axes[0].get_yscale() == "linear"


@pytest.mark.parametrize("hole", [float("nan"), float("inf"), None], ids=["nan", "infinity", "none"])
def test_learning_curves_leave_a_gap_where_there_is_no_number(hole):
    history = training(700)
    history["loss"][300:400] = [hole] * 100
    picture = figure_of_learning_curves(history, 700)
    drawn = next(line for line in picture.axes[0].lines if line.get_label() == "training").get_ydata()
    assert np.flatnonzero(np.isnan(drawn)).tolist() == list(range(300, 400))


def test_without_validation_and_metric_there_is_one_panel_and_one_curve():
    picture = figure_of_learning_curves({"epoch": [1, 2], "loss": [2.0, 1.0], "seconds": [1.0, 1.0]}, 2)
    assert len(picture.axes) == 1
    assert "validation" not in written(picture)
    assert "kept epoch 2: 1" in written(picture)


def test_the_mean_absolute_error_is_spelled_out():
    history = {"epoch": [1, 2], "loss": [2.0, 1.0], "mae": [51234.5, 40123.4], "val_mae": [6e4, 5e4]}
    picture = figure_of_learning_curves(history, 2)
    assert "Mean absolute error" in written(picture)
    assert_readable(picture)


def test_long_curves_are_medians_over_the_epochs_and_say_so():
    assert "epoch (lines: median of 31 epochs)" in written(figure_of_learning_curves(training(3000), 9))


# --- confusion matrix, ROC, precision and recall ----------------------------------------------------------


# The two kinds of curves are drawn by the same code: they share out the classes.
CURVES = dict(zip(CLASSES, 3 * ["roc", "precision and recall"]))


@pytest.mark.parametrize(
    ("kind", "names"),
    [(kind, name) for name in CLASSES for kind in ("confusion", CURVES[name])],
)
def test_pictures_of_classes_are_readable(kind, names, tmp_path):
    names = CLASSES[names]
    truth, shares = answers(len(names), last_is_absent=names is CLASSES["awkward"])
    if kind == "confusion":
        matrix = np.diag(np.bincount(truth, minlength=len(names))) // 2
        matrix[0] += 1
        picture = figure_of_confusion_matrix(matrix, names)
    else:
        draw = figure_of_roc_curves if kind == "roc" else figure_of_precision_recall_curves
        picture = draw(truth, shares, names)
    assert_readable(picture)
    assert_png(style.save(picture, tmp_path / "classes.png"))


def test_the_pictures_of_classes_are_written_together(tmp_path):
    files = plots.classification_plots(tmp_path, *answers(3), CLASSES["3 classes"])
    assert [file.name for file in files] == ["confusion_matrix.png", "roc.png", "precision_recall.png"]
    for file in files:
        assert_png(file)


def cells(picture):
    return [text.get_text() for text in texts_of_cells(picture)]


def texts_of_cells(picture):
    return [text for text in picture.axes[0].texts if not text.get_in_layout()]


def test_cells_hold_the_count_and_the_share_of_the_true_class():
    picture = figure_of_confusion_matrix(np.array([[12345, 0], [1, 2]]), ["no", "yes"])
    assert cells(picture) == ["12,345\n100 %", "0", "1\n33.3 %", "2\n66.7 %"]
    found = written(picture)
    assert {"Confusion matrix", "12,347 of 12,348 rows right"} <= set(found)
    assert {"no  (12,345)", "yes  (3)", "predicted class", "true class (its rows)"} <= set(found)


def test_letters_are_light_on_dark_cells():
    picture = figure_of_confusion_matrix(np.array([[9, 1], [5, 5]]), ["no", "yes"])
    assert [text.get_color() for text in texts_of_cells(picture)] == ["white", style.INK, style.INK, style.INK]


def test_the_counts_say_that_they_leave_out_weights():
    found = written(figure_of_confusion_matrix(np.array([[2, 0], [1, 2]]), ["no", "yes"], "test", weighted=True))
    assert "4 of 5 test rows right; no weights" in found


TRUTH, SHARES = np.array([0, 0, 1, 1]), np.array([[0.9, 0.1], [0.4, 0.6], [0.65, 0.35], [0.2, 0.8]])
NUMBERS = np.array([1.0, 2.0, 3.0, 4.0])
OF_ROWS = {
    "confusion": lambda of: figure_of_confusion_matrix(np.array([[1, 1], [1, 1]]), ["no", "yes"], of),
    "roc": lambda of: figure_of_roc_curves(TRUTH, SHARES, ["no", "yes"], of),
    "precision and recall": lambda of: figure_of_precision_recall_curves(TRUTH, SHARES, ["no", "yes"], of),
    "predicted against true": lambda of: figure_of_predicted_against_true(NUMBERS, NUMBERS, "y", of),
    "residuals": lambda of: figure_of_residuals(NUMBERS, NUMBERS, "y", of),
}
"""Pictures of predictions by whose rows they show."""


@pytest.mark.parametrize(
    ("of", "rows", "kinds"),
    [
        ("train", "4 training rows", ["confusion"]),
        ("validation", "4 validation rows", ["roc"]),
        ("test", "4 test rows", ["precision and recall"]),
        (None, "4 rows", ["predicted against true"]),
        ("new.csv", "4 rows of new.csv", ["residuals"]),
        ("a$b$ of last year, corrected by hand.csv", r"4 rows of a\$b\$ of last…by hand.csv", OF_ROWS),
    ],
    ids=["train", "validation", "test", "None", "a file", "a long name"],
)
def test_every_picture_of_predictions_says_whose_rows_it_shows(of, rows, kinds):
    for kind in kinds:
        picture = OF_ROWS[kind](of)
        assert (f"2 of {rows} right" if kind == "confusion" else rows) in written(picture)
        assert_readable(picture)


def test_scores_in_pictures_count_rows_by_their_weight():
    truth, weight = np.array([0, 0, 1, 1, 0]), np.array([1.0, 3.0, 1.0, 1.0, 0.0])
    shares = np.array([[0.9, 0.1], [0.4, 0.6], [0.65, 0.35], [0.2, 0.8], [0.0, 1.0]])
    scores = classification_metrics(truth, shares, ["no", "yes"], weight)
    roc = figure_of_roc_curves(truth, shares, ["no", "yes"], "test", weight)
    curve = figure_of_precision_recall_curves(truth, shares, ["no", "yes"], "test", weight)
    assert f"yes: {scores['roc_auc']:.3f}" in written(roc)
    assert {f"yes: {scores['average_precision']:.3f}", "guessing: 0.333"} <= set(written(curve))
    mark = next(line for line in roc.axes[0].lines if line.get_label() == "at probability 0.5")
    assert (mark.get_xdata()[0], mark.get_ydata()[0]) == (0.75, 0.5)
    numbers, guess = np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([1.0, 4.0, 3.0, 4.0, 9.0])
    figures = regression_metrics(numbers, guess, weight)
    picture = figure_of_predicted_against_true(numbers, guess, "y", "test", figures)
    assert any(text.endswith(f"RMSE {figures['rmse']:.4g})") for text in written(picture))


def test_many_classes_show_counts_only_and_nothing_for_zero():
    matrix = np.diag(np.arange(40)) * 400
    assert cells(figure_of_confusion_matrix(matrix, CLASSES["40 classes"]))[:4] == ["400", "800", "1.2k", "1.6k"]


def test_cell_texts_fit_their_cells():
    for classes, count in ((2, 54_000_000), (12, 99_999), (20, 999_999), (40, 999_999)):
        matrix = np.zeros((classes, classes), np.int64)
        matrix[0] = count
        picture = figure_of_confusion_matrix(matrix, ["x"] * classes)
        with style.drawing():
            picture.canvas.draw()
            axes, renderer = picture.axes[0], picture.canvas.get_renderer()
            cell = axes.get_window_extent(renderer).width / classes
            widest = max(text.get_window_extent(renderer).width for text in texts_of_cells(picture))
        assert widest < cell, (classes, widest, cell)


def test_a_hundred_and_fifty_classes_are_colours_with_every_third_named(tmp_path):
    names = [f"class {code}" for code in range(150)]
    picture = figure_of_confusion_matrix(np.eye(150, dtype=np.int64), names)
    assert cells(picture) == []
    assert {"class 0  (1)", "class 3  (1)", "class 147"} <= set(written(picture))
    assert_readable(picture)
    assert_png(style.save(picture, tmp_path / "confusion.png"))


def test_a_binary_roc_names_the_positive_class_and_its_area():
    truth, shares = np.array([0, 0, 1, 1]), np.array([[0.9, 0.1], [0.6, 0.4], [0.65, 0.35], [0.2, 0.8]])
    found = written(figure_of_roc_curves(truth, shares, ["no", "yes"]))
    assert {"ROC: positive class yes", "yes: 0.750", "guessing: 0.500", "at probability 0.5"} <= set(found)
    found = written(figure_of_precision_recall_curves(truth, shares, ["no", "yes"]))
    assert {"Precision and recall: positive class yes", "yes: 0.833", "guessing: 0.500"} <= set(found)


def test_the_class_that_is_answered_is_marked_on_the_binary_curves():
    truth, shares = np.array([0, 0, 1, 1]), np.array([[0.9, 0.1], [0.4, 0.6], [0.65, 0.35], [0.2, 0.8]])
    for figure_of, place in ((figure_of_roc_curves, (0.5, 0.5)), (figure_of_precision_recall_curves, (0.5, 0.5))):
        (axes,) = figure_of(truth, shares, ["no", "yes"]).axes
        mark = next(line for line in axes.lines if line.get_label() == "at probability 0.5")
        assert (mark.get_xdata()[0], mark.get_ydata()[0]) == place


def test_up_to_ten_classes_have_a_curve_each():
    (axes,) = figure_of_roc_curves(*answers(10), CLASSES["10 classes"]).axes
    lines = [line for line in axes.lines if re.match(r"\d: 0\.", line.get_label())]
    assert len(lines) == 10
    assert len({line.get_color() for line in lines}) == len(style.COLOURS)  # the rest differs by its dashes


def test_of_forty_classes_the_worst_five_are_drawn_beside_mean_and_band():
    found = written(figure_of_precision_recall_curves(*answers(40, 2000), CLASSES["40 classes"]))
    assert len([text for text in found if text.startswith("category number")]) == 5
    assert any(text.startswith("mean of 40 classes: 0.") for text in found)
    assert "middle 80 % of the classes" in found
    assert "average precision (AP)\nthe worst 5 of 40 classes" in found


def test_a_class_without_rows_is_said_to_have_no_curve():
    found = written(figure_of_roc_curves(*answers(3, last_is_absent=True), CLASSES["3 classes"]))
    assert "without rows: Gentoo" in found
    assert any(text.startswith("mean of 2 classes: ") for text in found)


@pytest.mark.parametrize("code", [0, 1])
def test_rows_of_one_class_only_make_empty_but_sound_pictures(code, tmp_path):
    shares = np.array([[0.4, 0.6], [0.7, 0.3]])
    for file in plots.classification_plots(tmp_path, np.array([code, code]), shares, ["no", "yes"]):
        assert_png(file)


def test_a_curve_of_many_rows_is_drawn_with_few_points():
    truth, shares = answers(2, 60_000)
    for figure_of in (figure_of_roc_curves, figure_of_precision_recall_curves):
        (axes,) = figure_of(truth, shares, ["no", "yes"]).axes
        curve = next(line for line in axes.lines if line.get_label().startswith("yes"))
        assert len(curve.get_xdata()) <= 1600
        assert (curve.get_xdata()[0], curve.get_xdata()[-1]) == (0.0, 1.0)


# --- regression -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 10, 442, 54_000])
def test_pictures_of_numbers_are_readable_for_any_number_of_rows(rows, tmp_path):
    random = np.random.RandomState(0)
    truth = np.exp(random.randn(rows) + 7)
    guess = truth * (1 + 0.1 * random.randn(rows))
    for draw in (figure_of_predicted_against_true, figure_of_residuals):
        picture = draw(truth, guess, "price")
        assert_readable(picture)
        assert_png(style.save(picture, tmp_path / "numbers.png"))


def test_the_pictures_of_numbers_are_written_together(tmp_path):
    files = plots.regression_plots(tmp_path, np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.5, 3.0]), "price")
    assert [file.name for file in files] == ["predicted_against_true.png", "residuals.png"]
    for file in files:
        assert_png(file)


def test_predicted_against_true_says_how_good_it_is():
    truth, guess, scores = np.array([1.0, 2, 3, 4]), np.array([1.0, 2, 4, 6]), {"r2": 0.0, "rmse": 1.1180339887}
    found = written(figure_of_predicted_against_true(truth, guess, "price", scores=scores))
    assert {"true price", "predicted price", "equal (R2 0.000, RMSE 1.118)"} <= set(found)
    assert "equal" in written(figure_of_predicted_against_true(truth, guess, "price"))


def test_rows_far_off_are_left_out_of_the_picture_and_counted():
    truth = np.random.RandomState(0).randn(5000)
    guess = truth.copy()
    guess[:3] = [1e9, -1e9, 1e6]
    for figure_of in (figure_of_predicted_against_true, figure_of_residuals):
        picture = figure_of(truth, guess, "y")
        assert any(text.endswith("\n3 of 5,000 rows lie far off, outside this picture") for text in written(picture))
        assert max(picture.axes[0].get_xlim()) < 10
        assert_readable(picture)


@pytest.mark.parametrize(
    ("middle", "spread"), [(1e6, 1e-3), (0.0, 1e-12), (1e17, 1e15), (-123_456.0, 0.5), (1.0, 1e-9)], ids=str
)
def test_numbers_of_an_axis_differ_and_do_not_touch_however_close_or_large_they_are(middle, spread):
    truth = middle + spread * np.random.RandomState(0).randn(300)
    guess = truth + 0.3 * spread * np.random.RandomState(1).randn(300)
    for figure_of in (figure_of_predicted_against_true, figure_of_residuals):
        picture = figure_of(truth, guess, "y")
        assert_readable(picture)
        for axis in (picture.axes[0].xaxis, picture.axes[0].yaxis):
            texts = [text.get_text() for text in axis.get_ticklabels()]
            assert len(set(texts)) == len(texts) >= 3


def test_pictures_of_very_many_rows_have_room_for_a_long_name(tmp_path):
    truth = np.exp(np.random.RandomState(0).randn(5000) + 7)
    name, scores = "a very long target name with many words in it", regression_metrics(truth, truth[::-1])
    picture = figure_of_predicted_against_true(truth, truth[::-1], name, scores=scores)
    image = assert_png(style.save(picture, tmp_path / "x.png"))
    assert image.shape[1] > 900
    assert any(re.match(r"equal \(R2 -\d\.\d{3}, RMSE ", text) for text in written(picture))


def test_a_score_far_from_all_others_is_written_short():
    truth = np.array([1.0, 2.0, 3.0])
    scores = {"r2": -4.99997e11, "rmse": 577348.5}
    found = written(figure_of_predicted_against_true(truth, np.array([1.0, 2.0, 1e6]), "y", scores=scores))
    assert "equal (R2 -5e+11, RMSE 5.773e+05)" in found


def test_few_rows_are_all_in_the_picture():
    truth = np.array([1.0, 2.0, 3.0, 1000.0])
    picture = figure_of_predicted_against_true(truth, truth, "y")
    assert max(picture.axes[0].get_xlim()) > 1000
    assert not any("far off" in text for text in written(picture))


@pytest.mark.parametrize("value", [0.0, 3.0, -2e8], ids=str)
def test_a_constant_target_predicted_exactly_is_drawn(value, tmp_path):
    for file in plots.regression_plots(tmp_path, np.full(5, value), np.full(5, value), "y"):
        assert_png(file)


def test_residuals_are_predicted_minus_true():
    picture = figure_of_residuals(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]), "price")
    dots = picture.axes[0].collections[0].get_offsets()
    assert np.asarray(dots).tolist() == [[2.0, 1.0], [4.0, 2.0], [6.0, 3.0]]
    found = written(picture)
    assert {"Residuals: predicted minus true", "residual, in units of price", "Median 2"} <= set(found)


# --- network diagram --------------------------------------------------------------------------------------

NETWORKS = {
    "penguins": (13, [layer(64, dropout=0.1), layer(32, "tanh"), layer(3, "softmax")], CLASSES["3 classes"]),
    "output only": (4, [layer(1, "sigmoid")], ["no", "yes"]),
    "twelve hidden": (
        1024,
        [layer(1024, "leaky_relu", batch_normalization={"epsilon": 0.001}, dropout=0.25)] * 11
        + [layer(1), layer(10, "softmax")],
        CLASSES["10 classes"],
    ),
    "wide": (100_352, [layer(1024), layer(40, "softmax")], CLASSES["40 classes"]),
    "regression": (26, [layer(128), layer(1, "linear")], ["房价 元"]),
}


@pytest.mark.parametrize(("inputs", "layers", "outputs"), NETWORKS.values(), ids=NETWORKS)
def test_network_diagrams_are_readable(inputs, layers, outputs, tmp_path):
    picture = figure_of_network_diagram(inputs, layers, outputs)
    assert_readable(picture)
    assert_png(style.save(picture, tmp_path / "network.png"), smallest=300)


def test_learning_curves_and_the_diagram_are_written_to_a_path(tmp_path):
    plots.learning_curves(training(3), 3, tmp_path / "curves.png")
    plots.network_diagram(*NETWORKS["penguins"], tmp_path / "network.png")
    assert_png(tmp_path / "curves.png")
    assert_png(tmp_path / "network.png")


def test_the_parameters_are_worked_out_by_hand():
    found = written(figure_of_network_diagram(*NETWORKS["penguins"]))
    assert "896 + 2,080 + 99 = 3,075 trained parameters" in found
    assert "13 \u2192 64 \u2192 32 \u2192 3" in found
    assert {"input: 13", "hidden 1: 64", "hidden 2: 32", "output: 3"} <= set(found)
    assert "relu\n(13+1)*64\n= 896\ndropout 0.1" in found
    assert {"Adelie", "Chinstrap", "Gentoo"} <= set(found)


def test_a_layer_without_bias_and_with_batch_normalization_is_counted_right():
    layers = [layer(8, use_bias=False, batch_normalization={"epsilon": 0.001}), layer(1, "sigmoid")]
    hidden, output = describe(4, layers)[1:]
    assert hidden.captions == ["relu", "4*8", "= 32", "batch normalization", "2*8 = 16"]
    assert (hidden.parameters, hidden.moving) == (48, 16)
    assert (output.parameters, output.moving) == (9, 0)
    found = written(figure_of_network_diagram(4, layers, ["no", "yes"]))
    assert "48 + 9 = 57 trained parameters" in found
    assert "4 \u2192 8 \u2192 1, and 16 moving averages that are not trained" in found
    assert "yes (else no)" in found


def test_the_weights_of_parametric_activations_are_counted():
    layers = [
        {"units": 8, "activation": {"name": "selu"}, "parametric": True},
        {"units": 1, "activation": {"name": "linear"}},
    ]
    hidden, output = describe(4, layers)[1:]
    assert hidden.captions == ["parametric selu", "(4+1)*8", "+ 8", "= 48"]
    assert (hidden.parameters, output.parameters) == (48, 9)


def test_of_forty_outputs_the_first_and_the_last_are_named():
    found = written(figure_of_network_diagram(*NETWORKS["wide"]))
    shown = [text for text in found if text.startswith("category")]
    assert shown == [f"category number {code}" for code in (0, 1, 2, 3, 38, 39)]


# --- names and fonts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("species", "species"),
        ("", "(empty)"),
        (" \t", "(empty)"),
        ("two\nlines", "two lines"),
        ("_hidden", " _hidden"),
        (7, "7"),
        ("price in $ or US$", r"price in \$ or US\$"),
        ("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvw\u2026"),
    ],
)
def test_a_name_is_made_drawable(name, drawn):
    assert Names([name]).texts == [drawn]


def test_dollars_are_drawn_as_they_are():
    with style.drawing():
        picture = style.Picture(4, 4)
        text = picture.text(0.1, 0.5, escape("$x^2$ costs $5"))
        picture.canvas.draw()
        flat = picture.text(0.1, 0.5, "x^2 costs 5")
        wide, narrow = (each.get_window_extent(picture.canvas.get_renderer()).width for each in (text, flat))
    assert wide > narrow  # three dollar signs wider, and no raised 2


def test_wide_characters_take_two_columns():
    assert shorten("糖尿病前期患者需要复查", 8) == "糖尿病\u2026"
    assert shorten("糖尿病", 6) == "糖尿病"


def test_names_that_differ_at_their_ends_only_keep_their_ends():
    assert Names(["sepal length of the flower, minimum", "sepal length of the flower, maximum"]).texts == [
        "sepal length\u2026er, minimum",
        "sepal length\u2026er, maximum",
    ]


def test_without_a_font_boxes_are_drawn_numbers_tell_them_apart_and_the_user_is_told(no_wide_fonts, tmp_path):
    assert Names(["ok", "健康", "疾病"]).texts == ["ok", "#1 \u25a1\u25a1", "#2 \u25a1\u25a1"]
    note = missing_font_note(["ok", "健康", "疾病"])
    assert note.startswith("no installed font can draw 健康疾病: ")
    assert "fonts-noto-cjk" in note
    for file in plots.classification_plots(tmp_path, *answers(3), CHINESE):
        assert_png(file)


def test_latin_names_need_no_note_and_no_search_for_fonts(monkeypatch):
    monkeypatch.setattr(names_module, "_wide_fonts", lambda: pytest.fail("searched"))
    assert Names(["Adélie"]).families == [names_module.LATIN_FONT]
    assert missing_font_note(["Adélie", "größer", "цена", "λ", "$"]) is None


def test_an_installed_chinese_font_is_chosen(tmp_path):
    if missing_font_note(CHINESE):
        pytest.skip("no font with Chinese characters is installed")
    names = Names(CHINESE)
    assert names.texts[0] == "健康"
    assert names.families[0] in names_module.WIDE_FONTS
    for file in plots.classification_plots(tmp_path, *answers(3), CHINESE):
        assert_png(file)


def test_a_font_installed_after_matplotlib_made_its_list_is_found_on_disk(monkeypatch):
    added = []
    manager = SimpleNamespace(ttflist=[], addfont=added.append)
    monkeypatch.setattr(names_module.font_manager, "fontManager", manager)
    monkeypatch.setattr(names_module, "_wide_font_files", lambda: ["/fonts/NotoSansCJK-Regular.ttc"])
    assert names_module._wide_fonts() == []
    assert added == ["/fonts/NotoSansCJK-Regular.ttc"]


def test_plain_text_survives():
    assert plain("Île d'Orléans (no. 3)") == "Île d'Orléans (no. 3)"


# --- style ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([0, 0.5, 1], ["0", "0.5", "1"]),
        ([1e6, 1e6 + 0.002], ["1,000,000", "1,000,000.002"]),
        ([1e-10, 1.004e-10], ["1e-10", "1.004e-10"]),
        ([1e17, 1.015e17], ["1e+17", "1.015e+17"]),
        ([7.0], ["7"]),
        ([], []),
    ],
    ids=str,
)
def test_numbers_beside_each_other_have_the_digits_that_tell_them_apart(values, texts):
    assert style.Numbers().format_ticks(values) == texts


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.25, "0.25"), (-999.5, "-999.5"), (53940, "53,940"), (1e-6, "1e-06"), (2.5e8, "2.5e+08")],
)
def test_numbers_of_an_axis(value, text):
    assert style.number(value) == text


def test_the_users_own_settings_neither_count_nor_change():
    with matplotlib.rc_context({"font.size": 31.0, "axes.facecolor": "black", "axes.grid": False}):
        before = dict(matplotlib.rcParams)
        picture = figure_of_residuals(np.array([1.0, 2.0]), np.array([1.0, 2.5]), "y")
        assert dict(matplotlib.rcParams) == before
    assert picture.axes[0].get_facecolor() == (1.0, 1.0, 1.0, 1.0)
    assert picture.axes[0].xaxis.label.get_fontsize() == 9.5


def test_pictures_drawn_in_threads_are_the_same_as_drawn_one_by_one(tmp_path):
    history = training(50)
    paths = [tmp_path / f"{index}.png" for index in range(3)]
    before = dict(matplotlib.rcParams)
    threads = [threading.Thread(target=plots.learning_curves, args=(history, 40, path)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    plots.learning_curves(history, 40, tmp_path / "alone.png")
    assert {path.read_bytes() for path in paths} == {(tmp_path / "alone.png").read_bytes()}
    assert dict(matplotlib.rcParams) == before


def test_a_picture_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    picture = figure_of_residuals(np.array([1.0, 2.0]), np.array([1.0, 2.5]), "y")
    monkeypatch.setattr(picture, "savefig", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        style.save(picture, tmp_path / "x.png")
    assert list(tmp_path.iterdir()) == []


# --- several runs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "epochs"), [(2, 3), (4, 50), (10, 3000)])
def test_overlaid_curves_are_readable_for_any_number_of_runs(count, epochs, tmp_path):
    runs = [
        Learnt(f"{'ABCDEFGHIJ'[place]} penguins-2026112{place}T042930Z", training(epochs + 5 * place), 2)
        for place in range(count)
    ]
    picture = figure_of_overlaid_curves(runs)
    assert_readable(picture)
    plots.overlaid_curves(runs, tmp_path / "curves.png")
    assert_png(tmp_path / "curves.png")
    assert [text for text in written(picture) if text in ("Loss", "Accuracy")] == ["Loss", "Accuracy"]


def test_each_run_has_a_line_of_its_validation_rows_and_a_ring_at_the_kept_epoch():
    first, second = training(4, val_loss=[0.9, 0.5, 0.6, 0.7]), training(2)
    del second["val_loss"]
    picture = figure_of_overlaid_curves([Learnt("A one", first, 2), Learnt("B two", second, 1)])
    loss = next(axes for axes in picture.axes if axes.get_title(loc="left") == "Loss")
    named = {line.get_label(): list(line.get_ydata()) for line in loss.lines if not line.get_label().startswith("_")}
    assert named == {"A one": [0.9, 0.5, 0.6, 0.7], "B two": second["loss"]}
    rings = [(line.get_xdata()[0], line.get_ydata()[0]) for line in loss.lines if line.get_linestyle() == "None"]
    assert rings == [(2.0, 0.5), (1.0, second["loss"][0])]
    assert [line.get_markeredgecolor() for line in loss.lines if line.get_linestyle() == "None"] == [
        style.BLUE,
        style.VERMILLION,
    ]
    assert "validation rows; pale: training rows; ring: the epoch that was kept" in written(picture)


def test_a_metric_that_not_all_runs_have_has_no_panel():
    numbers = {"epoch": [1, 2], "loss": [2.0, 1.0], "mae": [1.0, 0.5]}
    picture = figure_of_overlaid_curves([Learnt("A", training(2), 1), Learnt("B", numbers, 2)])
    assert "Accuracy" not in written(picture)
    assert "Loss" in written(picture)
