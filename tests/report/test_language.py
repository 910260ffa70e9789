"""Labels of pictures in Chinese, where a font for it is there, and in English where none is."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import re
import string
import threading
import warnings

import numpy as np
import pytest
from matplotlib.text import Text

from fcnn.chinese.plots import TEXTS
from fcnn.inference.activations import parameters_of
from fcnn.insight.activation_facts import activation_facts
from fcnn.insight.neurons import LayerMaps
from fcnn.insight.plane import Axis, Plane
from fcnn.report import names as names_module
from fcnn.report import plots, style
from fcnn.report.activation_curves import LayerZ, figure_of_activation, figure_of_layers_z
from fcnn.report.confusion import figure_of_confusion_matrix
from fcnn.report.curves import figure_of_learning_curves
from fcnn.report.diagnostics import figure_of_layer_diagnostics
from fcnn.report.importance import figure_of_importance
from fcnn.report.language import label
from fcnn.report.names import BOX, LATIN_FONT, Names, can_draw
from fcnn.report.neurons import figure_of_neurons
from fcnn.report.surface import Rows, figure_of_decision_surface
from fcnn.wording import say

HISTORY = {"epoch": [1, 2], "loss": [2.0, 1.0], "val_loss": [2.0, 1.5]}
LETTERS = frozenset(map(ord, "".join(TEXTS.values()) + string.printable))


@pytest.fixture
def chinese_font(monkeypatch):
    """A font with the letters of the labels seems to be there; what is made is not to be drawn."""
    known = names_module._code_points
    monkeypatch.setattr(names_module, "_wide_fonts", lambda: [("Some Hei", "some.ttf")])
    monkeypatch.setattr(names_module, "_code_points", lambda path: LETTERS if path == "some.ttf" else known(path))
    names_module._with_latin.cache_clear()
    yield
    names_module._with_latin.cache_clear()


@pytest.fixture
def no_wide_fonts(monkeypatch):
    monkeypatch.setattr(names_module, "_wide_fonts", list)


def titles(picture):
    return [axes.get_title(loc="left") for axes in picture.axes]


@pytest.mark.parametrize("falls_back", [False, True], ids=["one font a text", "glyph by glyph"])
def test_labels_are_chinese_in_a_font_that_has_them(chinese_font, falls_back, monkeypatch) -> None:
    monkeypatch.setattr(names_module, "_FALLS_BACK", falls_back)
    with style.speaking(TEXTS) as spoken:
        curves = figure_of_learning_curves(HISTORY, 2)
        matrix = figure_of_confusion_matrix(np.array([[1, 0], [0, 2]]), ["1", "2"], "test")
    assert spoken
    assert titles(curves) == ["损失"]
    assert [text.get_text() for text in curves.axes[0].get_legend().get_texts()] == ["训练", "验证", "保留第 2 轮：1.5"]
    assert "3 行测试数据，答对 3 行" in [text.get_text() for text in matrix.axes[0].texts]
    assert curves.families == matrix.families == ["Some Hei", LATIN_FONT]


def test_without_a_font_the_labels_are_english_and_no_boxes(no_wide_fonts, tmp_path) -> None:
    with style.speaking(TEXTS) as spoken:
        curves = figure_of_learning_curves(HISTORY, 2)
    assert not spoken
    assert titles(curves) == ["Loss"]
    assert curves.families == [LATIN_FONT]


def test_afterwards_and_in_other_threads_labels_are_english(chinese_font) -> None:
    elsewhere = []
    with style.speaking(TEXTS):
        thread = threading.Thread(target=lambda: elsewhere.append(label("Loss")))
        thread.start()
        thread.join()
        assert label("Loss") == "损失"
        with style.speaking({}) as spoken:
            assert (spoken, label("Loss")) == (True, "Loss")
    assert (elsewhere, label("Loss")) == (["Loss"], "Loss")


def test_a_name_of_the_users_is_never_translated(chinese_font) -> None:
    with style.speaking(TEXTS):
        picture = figure_of_confusion_matrix(np.array([[1, 0], [0, 2]]), ["Loss", "epoch"], "rows")
    assert [tick.get_text() for tick in picture.axes[0].get_xticklabels()] == ["Loss", "epoch"]
    assert "rows 的 3 行，答对 3 行" in [text.get_text() for text in picture.axes[0].texts]


ROWS = say("the {part} rows", part=say("validation"))
SOME = say("{some:,} of the {count:,} {part} rows", some=500, count=8091, part=say("test"))
TRUTH = np.array([0, 1, 0, 11])
POINTS = np.array([[0.2, 0.2], [0.8, 0.8], [9.0, 9.0], [np.nan, 0.5]])
NUMBERS = np.linspace(0, 1, 4)
HELD = (("C", say("median")), ("D", say("missing")), ("E", say("rare")), ("F", "1"), ("G", "2"))


def plane(components):
    """Two by two points."""
    names = [say("component {number}", number=1), say("component {number}", number=2)] if components else ["X", "Y"]
    parts = (0.4, ("A", "B")) if components else ()
    axes = [Axis(name, np.array([0.0, 1.0]), *parts) for name in names]
    return Plane(axes[0], axes[1], np.zeros((4, 2), np.float32), POINTS, () if components else HELD)


def diagnostics(epochs, activation, gradient):
    figures = {name: [gradient] * 2 for name in ("gradient_norm", "update_ratio", "activation_std")}
    dead = [0.5 if activation == "relu" else None, None]
    saturated = [0.5 if activation == "tanh" else None, None]
    one = {**figures, "dead_share": dead, "saturated_share": saturated, "layer": [1, 2], "units": [3, 2]}
    columns = {name: values * len(epochs) for name, values in {**one, "activation": [activation, "softmax"]}.items()}
    return figure_of_layer_diagnostics({"epoch": [epoch for epoch in epochs for _ in range(2)], **columns}, epochs[-1])


def importance(metric):
    increases = np.linspace(2.0, 0.1, 25)[:, np.newaxis] + np.zeros((1, 5))
    return figure_of_importance([f"C{n}" for n in range(25)], increases, metric, 0.5, ROWS, [["C1", "C2"]])


def layers_z():
    titles = [say("layer {number}: {layer}", number=1, layer="3 tanh"), say("output layer: {layer}", layer="2 softmax")]
    names = ("tanh", "softmax")
    return figure_of_layers_z(
        [LayerZ(title, activation_facts(parameters_of(name)), NUMBERS, 0.5) for title, name in zip(titles, names)]
    )


def neurons():
    maps = [LayerMaps(1, "relu", 9, (0, 8), np.ones((2, 4))), LayerMaps(2, "sigmoid", 1, (0,), np.ones((1, 4)))]
    return figure_of_neurons(plane(components=True), maps, (2, 2), ["NO", "YES"])


CLASSES = [f"C{number}" for number in range(12)]
DRAWN = {
    "relu": lambda: figure_of_activation(activation_facts(parameters_of("relu"))),
    "exponential": lambda: figure_of_activation(activation_facts(parameters_of("exponential"))),
    "softmax": lambda: figure_of_activation(activation_facts(parameters_of("softmax"))),
    "layers of z": layers_z,
    "dead units": lambda: diagnostics([1, 2], "relu", 0.1),
    "saturated units, many epochs": lambda: diagnostics([1, 200], "tanh", 0.1),
    "no gradients": lambda: diagnostics([1], "elu", 0.0),
    "importance for classes": lambda: importance("log_loss"),
    "importance for a number": lambda: importance("rmse"),
    "classes on components": lambda: figure_of_decision_surface(
        plane(components=True), np.full((4, 12), 1 / 12), Rows(ROWS, TRUTH, TRUTH[::-1]), "T", CLASSES
    ),
    "a number on columns": lambda: figure_of_decision_surface(
        plane(components=False), NUMBERS, Rows(SOME, NUMBERS, NUMBERS), "T", []
    ),
    "units": neurons,
}
SIGNS = {"relu", "tanh", "elu", "exponential", "softmax", "sigmoid", "max", "sum", "inf", "diag", "ln", "dg", "dz"}
"""Words that are the same in every language: activations, and what formulas have."""


def words_of(picture):
    """Those of small Latin letters; the names in the pictures here have none."""
    texts = [text.get_text() for text in picture.findobj(Text) if text.get_visible()]
    return {word for text in texts for word in re.findall("[a-z]{2,}", text)} - SIGNS


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_no_word_is_left_in_english(chinese_font, draw) -> None:
    assert words_of(draw())
    with style.speaking(TEXTS):
        assert words_of(draw()) == set()


def test_what_was_said_elsewhere_is_told_in_chinese_too(chinese_font) -> None:
    with style.speaking(TEXTS):
        components, columns = DRAWN["classes on components"]().axes[0], DRAWN["a number on columns"]().axes[0]
    assert components.get_xlabel().split("\n") == [
        "主成分 1：占方差的 40 %",
        "主成分 1 主要是 A 和 B，",
        "主成分 2 主要是 A 和 B",
        "0：训练行的平均；点：验证集各行，图外的 1 行除外，缺值的 1 行除外",
    ]
    assert columns.get_xlabel().split("\n") == [
        "X",
        "固定不变：C = 中位数, D = 缺失, E = 少见, F = 1，另有 1 列",
        "点：测试集 8,091 行中的 500 行，图外的 1 行除外，缺值的 1 行除外",
    ]


def test_a_target_that_cannot_be_drawn_is_boxes_without_a_number(no_wide_fonts) -> None:
    assert Names(["房价"]).texts == [BOX * 2]
    assert Names(["y"], of="房价.csv").of == f"{BOX * 2}.csv"
    assert Names(["y"]).of is None


def test_pictures_in_chinese_are_drawn_without_a_warning(tmp_path) -> None:
    if not can_draw("损失"):
        pytest.skip("no font with Chinese characters is installed")
    with warnings.catch_warnings(), style.speaking(TEXTS):
        warnings.simplefilter("error")
        plots.learning_curves(HISTORY, 2, tmp_path / "curves.png")
    assert (tmp_path / "curves.png").stat().st_size > 5000
