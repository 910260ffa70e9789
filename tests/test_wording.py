"""Sentences that remember their templates."""

import copy
import pickle

import pytest

from fcnn.wording import Said, say, say_many, translated

CHINESE = {
    "no column {name!r}": "没有列 {name!r}",
    "1 row has no target": "1 行没有目标值",
    "{count:,} rows have no target": "{count:,} 行没有目标值",
    "{what} in {where}": "{where}中{what}",
    "plain": "普通",
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


def test_copies_remember_their_template() -> None:
    sentence = say("no column {name!r}", name="x")
    for copied in (copy.copy(sentence), copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):
        assert translated(copied, CHINESE) == "没有列 'x'"
    assert type(str(sentence)) is str
    assert isinstance(sentence, Said)
