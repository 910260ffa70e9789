"""Words for true and false."""

import pytest

from fcnn.data.booleans import boolean_words, truths

PAIRS = {
    "one pair": (["Yes", "NO"], 2, ("no", "yes")),
    "one word of it": (["Yes"], 2, None),
    "one word of it, which is known to be a boolean": (["Yes"], 1, ("no", "yes")),
    "two pairs": (["yes", "false"], 2, None),
    "another word": (["yes", "no", "maybe"], 1, None),
}


@pytest.mark.parametrize(("texts", "least", "pair"), PAIRS.values(), ids=PAIRS)
def test_the_words_of_a_boolean_are(texts, least, pair):
    assert boolean_words(texts, least) == pair


MEANINGS = {
    "several pairs": (["TRUE", "0", "是", "n"], {"TRUE": True, "0": False, "是": True, "n": False}),
    "another word": (["TRUE", "0", "2"], {}),
    "nothing": ([], {}),
}


@pytest.mark.parametrize(("texts", "meanings"), MEANINGS.values(), ids=MEANINGS)
def test_truth_values_of_any_pairs_mean(texts, meanings):
    assert truths(texts) == meanings
