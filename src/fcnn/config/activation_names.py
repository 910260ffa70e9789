"""The activations that somebody names, as a config may name them."""

from typing import List, Sequence

from fcnn.config.names import suggest_value
from fcnn.config.structs import ALIASES, ActivationName
from fcnn.errors import ConfigError, Problem
from fcnn.wording import say

NAMES: Sequence[str] = ActivationName.__args__  # type: ignore[attr-defined]
"""All names of a config, those that mean the same among them."""


def activation_names(words: Sequence[str]) -> List[str]:
    """Each activation that is named, once, under its canonical name; all of them where none is named.

    Raises:
        ConfigError: with a Problem for each word that is no activation.
    """
    problems = [
        Problem(say("there is no activation {name!r}", name=word), "NAME", hint=_hint(word))
        for word in dict.fromkeys(words)
        if word not in NAMES
    ]
    if problems:
        raise ConfigError(*problems)
    return list(dict.fromkeys(ALIASES.get(word, word) for word in words or NAMES))


def _hint(word: str) -> str:
    return suggest_value("activation", word, NAMES) or say("known: {names}", names=", ".join(NAMES))
