"""How a place in the config is written, for people and for shells."""

import shlex

import pytest

from fcnn.config import paths
from fcnn.config.paths import format_path, parse_path, shell_word, typed_override

NAMES = {
    "plain": ("size", "data.columns.size.type"),
    "Chinese": ("价格", "data.columns.价格.type"),
    "a dot": ("a.b", 'data.columns."a.b".type'),
    "a blank": ("a b", 'data.columns."a b".type'),
    "quotes": ('say "x"', 'data.columns."say \\"x\\"".type'),
    "an apostrophe": ("it's", 'data.columns."it\'s".type'),
    "two lines": ("two\nlines", 'data.columns."two\\nlines".type'),
    "a backslash": ("a\\b", 'data.columns."a\\\\b".type'),
    "an equals sign": ("a=b", 'data.columns."a=b".type'),
    "brackets": ("[0]", 'data.columns."[0]".type'),
}


@pytest.mark.parametrize(("name", "text"), NAMES.values(), ids=NAMES)
def test_a_path_reads_back_whatever_a_column_is_called(name, text):
    path = ("data", "columns", name, "type")
    assert format_path(path) == text
    assert parse_path(f"{text}=number") == (path, "=number")


def test_a_backslash_that_json_does_not_know_stands_for_what_follows():
    assert parse_path(r'data."a\qb"') == (("data", "aqb"), "")


WORDS = ["plain", "data.drop=[id]", "it's", "a b", '"', "$HOME", "价格", "a\\b", "*"]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_comes_out_of_a_posix_shell_as_it_went_in(word, monkeypatch):
    monkeypatch.setattr(paths.os, "name", "posix")
    assert shlex.split(shell_word(word)) == [word]


WINDOWS = {
    "plain": ("data.columns.size.type=number", "data.columns.size.type=number"),
    "a path": (r"C:\tables\a.csv", r"C:\tables\a.csv"),
    "a blank": ("a b", '"a b"'),
    "a quote": ('data."a.b"=1', '"data.\\"a.b\\"=1"'),
    "a backslash before a quote": ('a\\"', '"a\\\\\\""'),
}


@pytest.mark.parametrize(("word", "typed"), WINDOWS.values(), ids=WINDOWS)
def test_a_word_is_typed_in_double_quotes_on_windows(word, typed, monkeypatch):
    monkeypatch.setattr(paths.os, "name", "nt")
    assert shell_word(word) == typed


def test_an_override_is_quoted_where_a_shell_would_split_it(monkeypatch):
    monkeypatch.setattr(paths.os, "name", "posix")
    assert typed_override(("data", "columns", "size", "type"), "number") == "data.columns.size.type=number"
    assert typed_override(("data", "columns", "a b", "type"), "number") == "'data.columns.\"a b\".type=number'"
