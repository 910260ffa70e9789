"""Sentences that remember their templates."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import copy
import pickle
from typing import List

import msgspec
import pytest

from fcnn.errors import Problem
from fcnn.wording import Said, as_plain_text, say, say_joined, say_list, say_many, told, translated

CHINESE = {
    "no column {name!r}": "没有列 {name!r}",
    "1 row has no target": "1 行没有目标值",
    "{count:,} rows have no target": "{count:,} 行没有目标值",
    "{what} in {where}": "{where}中{what}",
    "plain": "普通",
    "{left} or {right}": "{left}或{right}",
    "line {number}": "第 {number} 行",
    "hint: ": "建议：",
}


@pytest.mark.parametrize(
    ("sentence", "english", "chinese"),
    [
        pytest.param(say("no column {name!r}", name="x"), "no column 'x'", "没有列 'x'", id="a value"),
        pytest.param(
            say_many(1, "1 row has no target", "{count:,} rows have no target"),
            "1 row has no target",
            "1 行没有目标值",
            id="one",
        ),
        pytest.param(
            say_many(2000, "1 row has no target", "{count:,} rows have no target"),
            "2,000 rows have no target",
            "2,000 行没有目标值",
            id="many",
        ),
        pytest.param(
            say("{what} in {where}", what=say("no column {name!r}", name="x"), where="plain"),
            "no column 'x' in plain",
            "plain中没有列 'x'",
            id="a sentence within is translated, the user's own text is not",
        ),
        pytest.param("plain", "plain", "普通", id="plain text"),
        pytest.param("penguins.csv", "penguins.csv", "penguins.csv", id="unknown text stays"),
        pytest.param(say("unknown {x}", x=1), "unknown 1", "unknown 1", id="an unknown template stays"),
    ],
)
def test_a_sentence_is_english_and_can_be_told_in_chinese(sentence: str, english: str, chinese: str) -> None:
    assert sentence == english
    assert translated(sentence, CHINESE) == chinese


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        pytest.param([], "", "", id="none"),
        pytest.param(["tanh"], "tanh", "tanh", id="one"),
        pytest.param(["tanh", "relu", "selu"], "tanh or relu or selu", "tanh或relu或selu", id="several"),
        pytest.param(["tanh", say("line {number}", number=3)], "tanh or line 3", "tanh或第 3 行", id="one is said"),
    ],
)
def test_words_in_a_row_are_joined_in_each_language(words: List[str], english: str, chinese: str) -> None:
    joined = say_joined("{left} or {right}", words)
    assert (joined, translated(joined, CHINESE)) == (english, chinese)


def test_a_list_says_that_there_are_more() -> None:
    lines = [say("line {number}", number=number) for number in (3, 7)]
    assert say_list(lines) == "line 3, line 7"
    assert say_list(lines, more=True) == "line 3, line 7, ..."
    assert translated(say_list(lines, more=True), CHINESE) == "第 3 行, 第 7 行, ..."


def test_of_a_problem_what_the_user_wrote_is_not_translated() -> None:
    problem = Problem("plain", where="plain", received="plain", hint="plain")
    assert str(problem) == "plain: plain\n  received: plain\n  hint: plain"
    assert problem.told(CHINESE) == "plain: 普通\n  received: plain\n  建议：普通"


def test_copies_remember_their_template() -> None:
    sentence = say("no column {name!r}", name="x")
    for copied in (copy.copy(sentence), copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):
        assert translated(copied, CHINESE) == "没有列 'x'"
    assert type(str(sentence)) is str
    assert isinstance(sentence, Said)


def test_what_was_not_said_is_told_as_it_is() -> None:
    assert told(say("no column {name!r}", name="x"), CHINESE) == "没有列 'x'"
    assert (told("plain", CHINESE), told(3, CHINESE)) == ("plain", 3)


def test_in_json_a_sentence_is_plain_text_and_an_object_is_still_a_mistake() -> None:
    (found,) = msgspec.to_builtins([say("no column {name!r}", name="x")], enc_hook=as_plain_text)
    assert (found, type(found)) == ("no column 'x'", str)
    with pytest.raises(TypeError, match="object is no plain data"):
        msgspec.to_builtins([object()], enc_hook=as_plain_text)
