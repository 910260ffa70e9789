"""Words for true and false."""

from typing import Dict, Iterable, Optional, Tuple

# (false, true) in their usual spellings, compared without case.
BOOLEANS = (
    ("no", "yes"), ("n", "y"), ("false", "true"), ("f", "t"), ("off", "on"), ("否", "是"), ("0", "1"), ("0.0", "1.0"),
)  # fmt: skip
SPELLINGS = tuple(zip(*BOOLEANS))
"""The usual words for false, and those for true."""


def boolean_words(texts: Iterable[str], least: int = 2) -> Optional[Tuple[str, str]]:
    """The (false, true) words of texts that are nothing else, casefolded; None where there is no such pair.

    Args:
        texts: the different ones.
        least: how many of the two words must be there; 1 where they are known to be booleans.
    """
    levels = {text.casefold() for text in texts}
    return next((pair for pair in BOOLEANS if len(levels) >= least and levels <= set(pair)), None)


def truths(texts: Iterable[str]) -> Dict[str, bool]:
    """What texts mean that are all words for true or false, of whatever pairs; empty where one is none."""
    meanings = {word: bool(truth) for truth, words in enumerate(SPELLINGS) for word in words}
    found = {text: meanings.get(text.casefold()) for text in texts}
    known = {text: meaning for text, meaning in found.items() if meaning is not None}
    return known if len(known) == len(found) else {}
