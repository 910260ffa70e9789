"""Lines for a console: their width in columns, how they are wrapped, coloured, and put into its encoding."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import re
from typing import Callable, Iterator, List, Mapping, NamedTuple, Sequence, Tuple
from unicodedata import combining, east_asian_width

from fcnn.environment.rendering.language import Say, translator
from fcnn.environment.rules import RULES

Style = Callable[..., str]
"""Colours a text: ``style(text, fg="red", bold=True)``; click.style is one."""

INDENT = "  "
HARD_SPACE = "\u00a0"
"""A space at which no line is broken; it is written as a plain one."""
_MARKS = {"ok": ("✓", "+"), "error": ("✗", "x"), "warning": ("!", "!"), "note": ("·", "-"), "open": ("?", "?")}
_COLOURS: Mapping[str, Mapping[str, object]] = {
    "ok": {"fg": "green"},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"dim": True},
    "open": {"dim": True},
    "title": {"bold": True},
    "command": {"fg": "cyan"},
}
_NAMES = {"conda", "fcnn", "pip", "uv", *(name for rule in RULES for name in (rule.package, *rule.when))}
# What may not begin a line, and what may not end one.
_CLOSING = "，。；：、！？）」』》】〉”’…·%"
_OPENING = "（「『《【〈“‘"


def plain(text: str, **_: object) -> str:
    """The style of a console without colours."""
    return text


class Console(NamedTuple):
    """What is written on: encoding, language, width in columns, colours."""

    encoding: str
    say: Say
    language: str
    width: int
    style: Style

    def paint(self, text: str, role: str) -> str:
        """Colour a text as what it is: ``error``, ``title``, ``command`` ..."""
        return self.style(text, **_COLOURS[role])

    def mark(self, role: str) -> str:
        """The sign that stands before a line."""
        return self.paint(_MARKS[role][0 if _has_marks(self.encoding) else 1], role)

    def title(self, text: str) -> str:
        """A heading."""
        return self.paint(text, "title")

    def sentence(self, text: str, indent: str = INDENT) -> List[str]:
        """A sentence, wrapped, with its full stop."""
        stop = self.say(".")
        whole = text if text.endswith((stop, ".", ":", "：")) else text + stop
        return wrapped(begun_large(whole), self.width, indent, indent)

    def commands(self, commands: Sequence[str], indent: str = INDENT * 2) -> List[str]:
        """Lines to copy, which are never wrapped."""
        return [indent + self.paint(line, "command") for text in commands for line in text.splitlines()]

    def text(self, lines: List[str]) -> str:
        """All of it as the encoding can hold it."""
        return in_encoding("\n".join(line.rstrip() for line in lines), self.encoding)


def console(encoding: str, language: str, width: int, style: Style) -> Console:
    """A console; where its encoding has no Chinese, it speaks English."""
    spoken = spoken_in(encoding, language)
    return Console(encoding, translator(spoken), spoken, max(width, 40), style)


def spoken_in(encoding: str, language: str) -> str:
    """The language, or English where an encoding has no Chinese."""
    return language if language != "zh" or _can_hold("中文，。", encoding) else "en"


def in_encoding(text: str, encoding: str) -> str:
    """The text with what `encoding` cannot hold as backslash escapes."""
    try:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:  # a console whose encoding Python does not know
        return text.encode("ascii", "backslashreplace").decode("ascii")


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, width: int) -> str:
    """The text with spaces up to `width` columns."""
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> List[str]:
    """Break a text into lines of at most `width` columns.

    What stands in backticks is never broken, and a word that is too long for a line gets one of its own.

    Args:
        text: What to break.
        width: Columns of a line, its indent included.
        first: What the first line begins with.
        rest: What every other line begins with.
    """
    lines: List[str] = []
    line, used, begun = first, columns(first), False
    for spaced, piece in _pieces(text):
        space = " " if spaced and begun else ""
        if begun and used + len(space) + columns(piece) > width:
            lines.append(line.replace(HARD_SPACE, " "))
            line, used, space = rest, columns(rest), ""
        line += space + piece
        used += len(space) + columns(piece)
        begun = True
    return [*lines, line.replace(HARD_SPACE, " ")]


def begun_large(text: str) -> str:
    """The sentence with a capital letter, unless it begins with the name of a package."""
    word = re.match(r"[a-z]+(?=[ ,;])", text)
    return text if word is None or word.group() in _NAMES else text[:1].upper() + text[1:]


def _pieces(text: str) -> Iterator[Tuple[bool, str]]:
    """What cannot be broken, each with whether a space stands before it."""
    spaced, piece, quoted = False, "", False
    for letter in text:
        if letter == " " and not quoted:
            if piece:
                yield spaced, piece
            spaced, piece = True, ""
            continue
        wide = east_asian_width(letter) in "WF"
        breaks = piece and not quoted and (wide or east_asian_width(piece[-1]) in "WF")
        if breaks and letter not in _CLOSING and piece[-1] not in _OPENING:
            yield spaced, piece
            spaced, piece = False, ""
        piece += letter
        quoted ^= letter == "`"
    if piece:
        yield spaced, piece


def _has_marks(encoding: str) -> bool:
    return _can_hold("".join(nice for nice, _ in _MARKS.values()), encoding)


def _can_hold(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True
