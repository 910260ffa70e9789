"""Labels of pictures in Chinese, where a font for it is there, and in English where none is."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import string
import threading
import warnings

import numpy as np
import pytest

from fcnn.chinese.plots import TEXTS
from fcnn.report import names as names_module
from fcnn.report import plots, style
from fcnn.report.confusion import figure_of_confusion_matrix
from fcnn.report.curves import figure_of_learning_curves
from fcnn.report.language import label
from fcnn.report.names import BOX, LATIN_FONT, Names, can_draw

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
