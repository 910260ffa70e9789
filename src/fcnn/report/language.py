"""The language of the labels in pictures: English, or another that a font here can draw."""

import unicodedata
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, Iterator, Mapping, Optional

from fcnn.wording import say, say_many, told, translated

ENGLISH: Mapping[str, str] = MappingProxyType({})
_SPOKEN: ContextVar[Mapping[str, str]] = ContextVar("_SPOKEN", default=ENGLISH)


@contextmanager
def labels_in(texts: Mapping[str, str]) -> Iterator[None]:
    """Have labels in another language while the block runs, in this thread; see :func:`fcnn.report.style.speaking`."""
    token = _SPOKEN.set(texts)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def label(template: str, **values: Any) -> str:
    """A text of ours in a picture, in the language that is spoken: ``label("kept epoch {epoch:,}", epoch=7)``.

    Args:
        template: the English text, a literal.
        values: what is put into it; names of the user's are to be drawable, as ``Names(...).texts`` are.
    """
    return translated(say(template, **values), _SPOKEN.get())


def as_label(text: str) -> str:
    """A text that may have been said elsewhere, in the language that is spoken; a name of the user's as it is."""
    return str(told(text, _SPOKEN.get()))


def letters_of_labels() -> str:
    """The letters that the labels need beyond Latin ones; none in English."""
    return letters_of(_SPOKEN.get())


def rows_of(count: int, of: Optional[str]) -> str:
    """How many rows a picture shows, and whose: ``53 test rows``.

    Args:
        count: of the rows.
        of: ``train``, ``validation`` or ``test``; the name of a file, drawable; None where there is nothing to say.
    """
    if of == "train":
        rows = say_many(count, "1 training row", "{count:,} training rows")
    elif of == "validation":
        rows = say_many(count, "1 validation row", "{count:,} validation rows")
    elif of == "test":
        rows = say_many(count, "1 test row", "{count:,} test rows")
    elif of is None:
        rows = say_many(count, "1 row", "{count:,} rows")
    else:
        rows = say_many(count, "1 row of {file}", "{count:,} rows of {file}", file=of)
    return translated(rows, _SPOKEN.get())


def letters_of(texts: Mapping[str, str]) -> str:
    """The ideographs of a language: other signs are in every font that has these, or can be done without."""
    found = {letter for text in texts.values() for letter in text if unicodedata.category(letter) == "Lo"}
    return "".join(sorted(found))
