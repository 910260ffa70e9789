"""Amounts of memory as people write them: ``2GB``, ``500 MB``, ``1.5GiB``, ``2000000000``."""

import re
from typing import Union

from fcnn.wording import say

AUTO = "auto"
_PREFIXES = "kmgt"
_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?|\.\d+)\s*(?P<prefix>[kmgt]?)(?P<binary>i?)b?", re.IGNORECASE | re.ASCII)


def parse_size(given: Union[str, int, float]) -> int:
    """Bytes of an amount of memory: a number of bytes, or text such as ``2GB`` (2,000,000,000) or ``2GiB`` (2 * 2**30).

    A ``b`` behind is optional, and case does not matter: nobody means bits, or thousandths of a byte.

    Raises:
        ValueError: where it is none, or less than a byte.
    """
    if isinstance(given, (int, float)):
        size = float(given)
    else:
        found = _SIZE.fullmatch(given.strip())
        if found is None or (found["binary"] and not found["prefix"]):
            raise ValueError(say("no amount of memory"))
        base = 1024 if found["binary"] else 1000
        power = _PREFIXES.index(found["prefix"].lower()) + 1 if found["prefix"] else 0
        size = float(found["number"]) * base**power
    if not 1 <= size < float("inf"):
        raise ValueError(say("an amount of memory is 1 byte at least"))
    return int(size)
