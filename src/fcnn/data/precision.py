"""Numbers with many zeros behind the point, of which pandas 1 by itself keeps few digits or none."""

import io
import re
from functools import lru_cache
from typing import Any, Dict

import pandas as pd

SMALL_AND_LONG = {
    mark: re.compile(rb"\%c0000(?<![1-9].0000)(?<!\d0.0000)\d{12}" % ord(mark))  # what begins literally is found fast
    for mark in (".", ",")
}
"""By decimal mark: nothing but zeros before it, four behind it, and 17 digits in all."""


def float_options(data: bytes, decimal: str) -> Dict[str, Any]:
    """What pandas must be told to read the numbers of a text rightly.

    pandas 1 keeps 17 digits of a number and counts leading zeros among them: 0.00000000000000000012 is 0 to it. Asked
    to be exact it takes three times as long, so it is only asked where such numbers are. Others keep 13 digits at
    least, which is far more than float32 has.

    Args:
        data: some records.
        decimal: the decimal mark of the file.
    """
    if not _is_exact() and f"{decimal}0000".encode() in data and SMALL_AND_LONG[decimal].search(data):
        return {"float_precision": "round_trip"}
    return {}


@lru_cache(maxsize=None)
def _is_exact() -> bool:
    return bool(pd.read_csv(io.StringIO("0.00000000000000000012"), header=None).iloc[0, 0] == 1.2e-19)
