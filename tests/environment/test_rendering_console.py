"""Lines for a console: width, wrapping, encodings, the choice of the language."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import sys
from types import SimpleNamespace
from typing import Dict, List

import pytest

from fcnn.environment.rendering import choose_language, in_encoding, translator
from fcnn.environment.rendering.console import begun_large, columns, wrapped


@pytest.mark.parametrize(
    ("text", "width"),
    [("numpy", 5), ("错误", 4), ("NumPy 太旧。", 12), ("✓", 1), ("e\u0301", 1), ("", 0)],
)
def test_a_chinese_character_takes_two_columns(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("one two three", 8, ["one two", "three"], id="at spaces"),
        pytest.param("one two", 7, ["one two"], id="just fits"),
        pytest.param("incomprehensibilities a", 5, ["incomprehensibilities", "a"], id="a word too long"),
        pytest.param("run `pip install x` now", 10, ["run", "`pip install x`", "now"], id="code is kept whole"),
        pytest.param("张量不能转换", 8, ["张量不能", "转换"], id="between Chinese characters"),
        pytest.param("张量不能，转换", 8, ["张量不", "能，转换"], id="no sign begins a line"),
        pytest.param("张量不（转换", 8, ["张量不", "（转换"], id="no bracket ends a line"),
        pytest.param("用TensorFlow训练", 12, ["用TensorFlow", "训练"], id="between both"),
        pytest.param("numpy\u00a01.19.5 there", 9, ["numpy 1.19.5", "there"], id="a hard space"),
        pytest.param("", 8, [""], id="nothing"),
    ],
)
def test_lines_are_broken_where_they_may_be(text: str, width: int, lines: List[str]) -> None:
    assert wrapped(text, width) == lines


def test_a_broken_line_hangs() -> None:
    assert wrapped("one two three", 9, "- ", "  ") == ["- one two", "  three"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the import fails", "The import fails"),
        ("protobuf 4 refuses", "protobuf 4 refuses"),
        ("h5py uses it", "h5py uses it"),
        ("tf.keras is Keras", "tf.keras is Keras"),
        ("`import keras` fails", "`import keras` fails"),
    ],
)
def test_a_sentence_begins_large_but_a_name_does_not(text: str, told: str) -> None:
    assert begun_large(text) == told


def test_what_an_encoding_cannot_hold_is_escaped() -> None:
    assert in_encoding("D:/课程 ✓", "gbk") == "D:/课程 \\u2713"
    assert in_encoding("D:/课程", "no-such-encoding") == "D:/\\u8bfe\\u7a0b"


@pytest.mark.parametrize(
    ("option", "environment", "language"),
    [
        pytest.param("zh", {"LANG": "en_US.UTF-8"}, "zh", id="asked for"),
        pytest.param("en", {"LANG": "zh_CN.UTF-8"}, "en", id="English asked for"),
        pytest.param("auto", {"LANG": "zh_CN.UTF-8"}, "zh", id="LANG"),
        pytest.param("auto", {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en", id="LC_ALL first"),
        pytest.param("auto", {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh", id="LC_MESSAGES next"),
        pytest.param("auto", {"LANG": "Chinese (Simplified)_China.936"}, "zh", id="as Windows calls it"),
        pytest.param("auto", {}, "en", id="nothing known"),
        pytest.param("nonsense", {}, "en", id="nonsense"),
        pytest.param("auto", {"FCNN_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh", id="FCNN_LANG before the locale"),
        pytest.param("auto", {"FCNN_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en", id="FCNN_LANG before LC_ALL"),
        pytest.param("auto", {"FCNN_LANG": "zh_CN.UTF-8"}, "zh", id="FCNN_LANG as a locale"),
        pytest.param("auto", {"FCNN_LANG": "ZH-hans"}, "zh", id="FCNN_LANG as in the web"),
        pytest.param("en", {"FCNN_LANG": "zh"}, "en", id="the option before FCNN_LANG"),
        pytest.param("auto", {"FCNN_LANG": "fr", "LANG": "zh_CN.UTF-8"}, "zh", id="another FCNN_LANG is none"),
        pytest.param("auto", {"FCNN_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh", id="an empty FCNN_LANG is none"),
    ],
)
def test_the_language_is_the_one_asked_for_or_that_of_the_system(
    option: str, environment: Dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert choose_language(option, environment) == language


@pytest.mark.parametrize(("number", "language"), [(0x0804, "zh"), (0x0404, "zh"), (0x0409, "en")])
def test_windows_is_asked_for_its_language(number: int, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "ctypes", SimpleNamespace(windll=SimpleNamespace(kernel32=kernel)))
    assert choose_language("auto", {}) == language
    assert choose_language("auto", {"LANG": "en_US"}) == "en"


def test_a_windows_that_does_not_answer_speaks_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "ctypes", SimpleNamespace())
    assert choose_language("auto", {}) == "en"


def test_a_text_without_translation_stays() -> None:
    assert translator("zh")("no such text") == "no such text"
    assert translator("zh")("Repair:") == "修复："
    assert translator("en")("Repair:") == "Repair:"
