"""Numbers as people write them: 1400.5, 1,400.5, 1.400,5, 12 %, €3.50, (200), 14:35, in the digits of any script."""

import re
import unicodedata
from collections import Counter
from typing import Dict, Iterable, List, NamedTuple, Sequence

from fcnn.data.clocks import read_clocks
from fcnn.data.units import CURRENCIES
from fcnn.wording import say, say_joined

_SAME = str.maketrans("￥元", "¥¥")
_BLANKS = " \u00a0\u202f"
_WIDE = "".join(chr(0xFF00 + ord(sign) - 0x20) for sign in "+-.,%()$:")
"""The full-width signs of a Chinese or Japanese keyboard."""
_SIGNS = {"\u2212": "-", "\u066a": "%", "\u066b": ".", "\u066c": ","}
"""The minus of typesetters, and the percent sign, decimal and thousands marks beside Arabic digits."""
_SPACES = _BLANKS + "'\u2019"  # what stands between groups of three, beside a point or a comma
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?(inf|infinity)", re.IGNORECASE | re.ASCII)
_MARKED = re.compile(
    rf"(?P<open>\()?(?P<sign>[+-]?)(?P<before>[{CURRENCIES}]?)[{_BLANKS}]?(?P<late>[+-]?)"
    rf"(?P<digits>\d[\d.,{_SPACES}]*|[.,]\d+)(?P<power>[eE][+-]?\d+)?[{_BLANKS}]?(?P<after>[%{CURRENCIES}]?)"
    r"(?P<close>\))?(?P<behind>(?<=[.,]\d\d)-)?",
    re.ASCII,
)
_GROUPED = {
    mark: re.compile(
        rf"([1-9]\d{{0,2}}(?P<group>[{other}{_SPACES}])\d{{3}}((?P=group)\d{{3}})*|\d+)([{mark}]\d*)?|[{mark}]\d+",
        re.ASCII,
    )
    for mark, other in ((".", ","), (",", "."))
}
_INDIAN = re.compile(r"[1-9]\d?(?P<group>,)(\d\d,)+\d{3}(\.\d*)?", re.ASCII)


class Numerals(NamedTuple):
    """What some texts are as numbers."""

    values: Dict[str, float]
    """Text to number, for those that are numbers."""
    decimal: str
    """The decimal mark that they were read with."""
    notation: str
    """What they have beyond digits and a point, in words; empty for plain numbers."""
    seconds: bool = False
    """Whether they are times or durations, as numbers of seconds."""


def read_numerals(texts: Sequence[str], decimal: str = ".") -> Numerals:
    """Read texts as numbers, with whichever decimal mark reads most of them.

    Args:
        texts: different texts without surrounding blanks.
        decimal: the mark that is tried first, and wins where both read as many: 1,234 is either.
    """
    plain = {text: float(text) for text in texts if _PLAIN.fullmatch(text)}
    if len(plain) == len(texts) and (decimal == "." or not any("." in text for text in plain)):
        return Numerals(plain, ".", "")
    typed = {text: _typed(text) for text in texts}
    different = list(dict.fromkeys(typed.values()))
    readings = [_read(different, mark) for mark in (decimal, "," if decimal == "." else ".")]
    readings.append(Numerals(read_clocks(different), decimal, say("hours and minutes, in seconds"), True))
    best = max(readings, key=lambda reading: len(reading.values))
    return best._replace(values={text: best.values[sign] for text, sign in typed.items() if sign in best.values})


def _typed(text: str) -> str:
    """A text with its digits of any script, its minus and its full-width signs as ASCII has them."""
    return text if text.isascii() else "".join(map(_sign, text))


def _sign(character: str) -> str:
    if character in _WIDE:
        return unicodedata.normalize("NFKC", character)
    return _SIGNS.get(character) or str(unicodedata.decimal(character, character))


def _read(texts: Sequence[str], decimal: str) -> Numerals:
    values: Dict[str, float] = {}
    seen: Dict[str, List[str]] = {}  # what each has beyond digits and a point
    for text in texts:
        match = _MARKED.fullmatch(text)
        if match is None:
            if _PLAIN.fullmatch(text):
                values[text] = float(text)
            continue
        digits = match["digits"].rstrip(_SPACES)
        grouped = _GROUPED[decimal].fullmatch(digits) or (_INDIAN.fullmatch(digits) if decimal == "." else None)
        signs = [match[name] for name in ("sign", "late", "behind") if match[name]]
        twice = (match["before"] and match["after"]) or len(signs) > 1
        if grouped is None or twice or bool(match["open"]) != bool(match["close"]):
            continue
        bare = re.sub(rf"[^\d{decimal}]", "", digits).replace(decimal, ".")
        negative = "-" in signs or bool(match["open"])
        values[text] = (-1.0 if negative else 1.0) * float(bare + (match["power"] or ""))
        seen[text] = list(_marks(match, grouped, decimal, digits))
    units = Counter(mark for marks in seen.values() for mark in marks if len(mark) == 1)
    if len(units) > 1:  # numbers with another unit than most are other numbers
        usual = max(units, key=lambda unit: units[unit])
        odd = [text for text, marks in seen.items() if any(len(mark) == 1 and mark != usual for mark in marks)]
        for text in odd:
            del values[text], seen[text]
    return Numerals(values, decimal, _in_words([mark for marks in seen.values() for mark in marks]))


def _marks(match: "re.Match[str]", grouped: "re.Match[str]", decimal: str, digits: str) -> Iterable[str]:
    if grouped["group"]:
        yield say("thousands separators")
    if decimal == "," and "," in digits:
        yield say("decimal commas")
    yield from (match[name].translate(_SAME) for name in ("before", "after") if match[name])
    if match["open"]:
        yield say("parentheses for minus")
    if match["behind"]:
        yield say("the minus behind")


def _in_words(seen: Sequence[str]) -> str:
    names = {mark: _name(mark) if len(mark) == 1 else mark for mark in seen}
    return say_joined("{left} and {right}", names.values())


def _name(mark: str) -> str:
    return say("percent signs") if mark == "%" else say("the mark {mark}", mark=mark)
