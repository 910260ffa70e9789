"""Sentences that can be told in another language: template and values are kept beside the English text."""

from functools import reduce
from typing import Any, Dict, Iterable, Mapping, Tuple


class Said(str):
    """A sentence in English that remembers its template; ``str(sentence)`` is the plain text, as msgspec wants it."""

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, values: Mapping[str, Any]) -> "Said":
        """Fill the template, as ``str.format`` does."""
        sentence = super().__new__(cls, template.format(**values))
        sentence.template = template
        sentence.values = values
        return sentence

    def __getnewargs__(self) -> Tuple[Any, ...]:
        """What copying and pickling make it from."""
        return self.template, dict(self.values)


def say(template: str, **values: Any) -> Said:
    """A sentence: ``say("there is no column {name!r}", name=name)``.

    Args:
        template: the English sentence, a literal: it is what a translation is found by.
        values: what is put into it; one that is itself said is translated with it, plain text (a column's name) is not.
    """
    return Said(template, values)


def say_many(count: int, one: str, many: str, **values: Any) -> Said:
    """A sentence about so many things: ``say_many(len(rows), "1 row has no target", "{count:,} rows have no target")``.

    Args:
        count: how many; it is the value ``count`` of both templates.
        one: the sentence about a single one.
        many: that about any other number.
        values: what else is put into it.
    """
    return Said(one if count == 1 else many, {"count": count, **values})


def say_joined(template: str, words: Iterable[str]) -> str:
    """Words in a row: ``say_joined("{left} or {right}", ["softmax", "sigmoid", "linear"])``.

    Args:
        template: how two of them stand together.
        words: any number of them; none is an empty text, one is itself.
    """
    parts = list(words)
    return reduce(lambda left, right: Said(template, {"left": left, "right": right}), parts) if parts else ""


def say_list(words: Iterable[str], more: bool = False) -> str:
    """Words as a list: ``a, b, c``, with ``, ...`` behind it where there are `more`."""
    listed = say_joined("{left}, {right}", words)
    return Said("{listed}, ...", {"listed": listed}) if more else listed


def translated(text: str, texts: Mapping[str, str]) -> str:
    """A text in another language, with every sentence that was put into it.

    Args:
        text: a sentence, or plain text, which is looked up as a whole.
        texts: English templates and what they are in the other language, with the same placeholders; a text that is not
            there (a name, a path, a number) stays as it is.
    """
    if not isinstance(text, Said):
        return texts.get(text, text)
    values: Dict[str, Any] = {name: told(value, texts) for name, value in text.values.items()}
    return texts.get(text.template, text.template).format(**values)


def told(value: Any, texts: Mapping[str, str]) -> Any:
    """A sentence in another language; whatever was not said (a name, a cell of a table, a number) as it is.

    Args:
        value: anything.
        texts: as :func:`translated` takes them.
    """
    return translated(value, texts) if isinstance(value, Said) else value


def as_plain_text(value: Any) -> str:
    """What msgspec writes of a sentence, as its ``enc_hook``: the English text.

    Raises:
        TypeError: it is no sentence: what else msgspec does not know is a mistake.
    """
    if isinstance(value, Said):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no plain data")
