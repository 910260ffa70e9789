"""Units around numbers that are no part of them: 3.5 kg, $590.4B, USD 5, or $5 beside €4; and what to do about them."""

import re
from typing import Dict, Iterable, List, Sequence

from fcnn.wording import say, say_list

CURRENCIES = "$€£¥￥₹₽₩元"
CURRENCY_CODES = "USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|KRW|RUB|HKD|SGD|TWD|AUD|NZD|CAD|BRL|MXN|ZAR|SEK|NOK|DKK|PLN|TRY"
MULTIPLES = frozenset(["k", "K", "M", "MM", "B", "bn", "Bn", "T", "mn", "Mio", "Mrd", "千", "万", "亿"])
"""Words behind a number by which it is multiplied; m is a metre, too."""
MOST_UNITS = 4
"""Of more different ones, or where they are hardly fewer than the texts, the texts are names such as 12A."""
LETTERS = frozenset("mgtlLhsWV")
"""Single letters that are units as well, beside those of :data:`MULTIPLES`."""
_QUANTITY = re.compile(
    rf"[+-]?(?P<before>(?:[A-Z]{{0,2}}[{CURRENCIES}]|(?:{CURRENCY_CODES})|Rs\.?)\s?)?[+-]?\d[\d.,]*\s?"
    r"(?P<after>[^\s\d.,:;+*/()<>%'\"-]\D{0,11})?"
)
_CURRENCY = re.compile(rf"[A-Z]{{0,2}}[{CURRENCIES}]|{CURRENCY_CODES}|Rs")


def units_of(texts: Iterable[str]) -> List[str]:
    """The units around the number in each of some texts: ``kg`` of 3.5 kg, ``$`` and ``B`` of $590.4B and $2B.

    Args:
        texts: different texts without surrounding blanks.

    Returns:
        The different ones, sorted; empty where a text is no number with a unit, or where they look like names.
    """
    found: Dict[str, None] = {}
    count = bare = 0
    for text in texts:
        match = _QUANTITY.fullmatch(text)
        if match is None:
            return []
        parts = [part.strip().rstrip(".") for part in (match["before"], match["after"]) if part]
        found.update(dict.fromkeys(parts))
        bare += not parts
        count += 1
        if len(found) > MOST_UNITS:
            return []
    units = sorted(found)
    others = [unit for unit in units if not (unit in MULTIPLES or _is_currency(unit))]
    if len(units) > 1 and (2 * len(units) > count or any(len(each) == 1 and each not in LETTERS for each in others)):
        return []
    return [] if bare and others else units


def unit_advice(units: Sequence[str]) -> str:
    """What to do in the file about units around numbers."""
    if sum(map(_is_currency, units)) > 1:
        return say("amounts in several currencies cannot be compared: convert them to one in the file")
    if not MULTIPLES.isdisjoint(units):
        return say("if they are quantities, write them out in the file: 1.2M as 1200000, 3k as 3000")
    if len(units) > 1:
        return say("if they are quantities, write all of them in one unit in the file, and leave it out")
    return say("if they are quantities, leave {unit!r} out in the file", unit=units[0])


def listed_units(units: Sequence[str]) -> str:
    """The units in words: ``'$', 'B'``."""
    return say_list(map(repr, units))


def _is_currency(unit: str) -> bool:
    return _CURRENCY.fullmatch(unit) is not None
