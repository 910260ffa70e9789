"""What a plain word of YAML means: the core schema of YAML 1.2, where PyYAML knows 1.1 only.

``1e-3``, ``.5`` and ``+1`` are numbers; ``010`` is ten; ``yes``, ``no``, ``on``, ``off``, ``1_000``, ``1:30``
and dates stay text, since they are names of classes as often as not.
"""

import math
import re
from typing import Union

Scalar = Union[None, bool, int, float, str]

MOST_DIGITS = 400  # more than the largest float has; Python 3.11 refuses to read 4,301

_WHOLE = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)


def resolve(text: str) -> Scalar:
    """The value of an unquoted word; infinities and NaN come out as such, for the caller to refuse."""
    folded = text.casefold()
    if folded in ("", "~", "null"):
        return None
    if folded in ("true", "false"):
        return folded == "true"
    if _WHOLE.fullmatch(text):
        return int(text) if len(text) <= MOST_DIGITS else math.inf
    if _OCTAL.fullmatch(text) or _HEXADECIMAL.fullmatch(text):
        return int(text, 0) if len(text) <= MOST_DIGITS else math.inf
    if _NUMBER.fullmatch(text):
        return float(text)
    if _NOT_FINITE.fullmatch(text):
        return float(folded.replace(".", ""))
    return text


def is_finite(value: Scalar) -> bool:
    """False for infinities and NaN only."""
    return not isinstance(value, float) or math.isfinite(value)
